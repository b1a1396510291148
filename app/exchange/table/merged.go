package table

import (
	"archive/zip"
	"encoding/xml"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

const (
	// maxMerged is how many merged areas are kept; a table has few.
	maxMerged = 20_000
	// maxHeight is how many rows an area that means something may have.
	maxHeight = 2000
)

// mergedArea is cells that show as one. Rows and columns are from 1 and
// inclusive.
type mergedArea struct {
	left, top, right, bottom int
	text                     string
}

// mergedCells gives each row of an area what stands in its first: a municipality
// that is written once over ten businesses is theirs all. Columns of an area
// stay empty, for they would be other fields.
type mergedCells struct {
	waiting []mergedArea // by top
	open    []mergedArea // those that the row may be in
}

func mergedOf(file *excelize.File, archive *zip.Reader, sheet string) *mergedCells {
	m := &mergedCells{}
	part := partOf(file, archive, sheet)
	if part == nil {
		return m
	}
	r, err := part.Open()
	if err != nil {
		return m
	}
	defer r.Close()
	for _, ref := range mergedRefs(r) {
		from, to, ok := strings.Cut(ref, ":")
		left, top, err1 := excelize.CellNameToCoordinates(from)
		right, bottom, err2 := excelize.CellNameToCoordinates(to)
		if ok && err1 == nil && err2 == nil && bottom > top && bottom-top < maxHeight {
			m.waiting = append(m.waiting, mergedArea{left: left, top: top, right: right, bottom: bottom})
		}
	}
	return m
}

// fill writes the first row's text into the others.
func (m *mergedCells) fill(row int, cells []string) []string {
	if len(m.waiting) == 0 && len(m.open) == 0 {
		return cells
	}
	kept := m.waiting[:0]
	for _, a := range m.waiting {
		if a.top != row {
			kept = append(kept, a)
			continue
		}
		if a.left <= len(cells) {
			a.text = cells[a.left-1]
		}
		m.open = append(m.open, a)
	}
	m.waiting = kept
	still := m.open[:0]
	for _, a := range m.open {
		if a.bottom < row {
			continue
		}
		still = append(still, a)
		if a.top < row && a.text != "" && a.left <= MaxColumns {
			for len(cells) < a.left {
				cells = append(cells, "")
			}
			if cells[a.left-1] == "" {
				cells[a.left-1] = a.text
			}
		}
	}
	m.open = still
	return cells
}

// mergedRefs finds the merged areas behind the rows of a sheet without reading
// the rows as XML, which would take as long as reading the sheet.
func mergedRefs(r io.Reader) []string {
	rest, ok := after(r, "<mergeCells")
	if !ok {
		return nil
	}
	d := xml.NewDecoder(io.MultiReader(strings.NewReader("<mergeCells"), rest))
	var refs []string
	for len(refs) < maxMerged {
		t, err := d.Token()
		if err != nil {
			break
		}
		switch e := t.(type) {
		case xml.StartElement:
			for _, a := range e.Attr {
				if e.Name.Local == "mergeCell" && a.Name.Local == "ref" {
					refs = append(refs, a.Value)
				}
			}
		case xml.EndElement:
			if e.Name.Local == "mergeCells" {
				return refs
			}
		}
	}
	return refs
}

// after reads until it has passed a text, and gives what follows.
func after(r io.Reader, text string) (io.Reader, bool) {
	buffer := make([]byte, 256<<10)
	n := 0
	for {
		m, err := r.Read(buffer[n:])
		n += m
		if at := strings.Index(string(buffer[:n]), text); at >= 0 {
			tail := strings.Clone(string(buffer[at+len(text) : n]))
			return io.MultiReader(strings.NewReader(tail), r), true
		}
		if err != nil {
			return nil, false
		}
		if keep := len(text) - 1; n > keep {
			n = copy(buffer, buffer[n-keep:n])
		}
	}
}

// partOf is the part of the archive that holds a sheet.
func partOf(file *excelize.File, archive *zip.Reader, sheet string) *zip.File {
	path := sheetPath(file, archive, sheet)
	for _, f := range archive.File {
		if path != "" && strings.EqualFold(strings.ReplaceAll(f.Name, "\\", "/"), path) {
			return f
		}
	}
	return nil
}

// sheetPath follows the workbook's relations to the part of a sheet, "" when
// they lead nowhere.
func sheetPath(file *excelize.File, archive *zip.Reader, sheet string) string {
	relation := ""
	if file.WorkBook != nil {
		for _, s := range file.WorkBook.Sheets.Sheet {
			if strings.EqualFold(s.Name, sheet) {
				relation = s.ID
			}
		}
	}
	f, err := archive.Open("xl/_rels/workbook.xml.rels")
	if err != nil {
		return ""
	}
	defer f.Close()
	var all struct {
		Relation []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if err := xml.NewDecoder(io.LimitReader(f, 4<<20)).Decode(&all); err != nil {
		return ""
	}
	for _, r := range all.Relation {
		if r.ID == relation && strings.HasPrefix(r.Target, "/") {
			return r.Target[1:]
		} else if r.ID == relation {
			return "xl/" + r.Target
		}
	}
	return ""
}
