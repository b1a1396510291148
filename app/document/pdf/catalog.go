package pdf

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"kompetansepilot/app/document/layout"
)

// producer is what the file says it was made with.
const producer = "Kompetansepilot (gofpdf)"

// compressPages packs the page contents, which gofpdf wrote plainly.
func compressPages(f *file, pages int) {
	for i := range pages {
		n := pageObject(i) + 1
		if data, ok := streamData(f.objects[n]); ok {
			f.objects[n] = f.stream("", data, true)
		}
	}
}

// addCatalog replaces gofpdf's catalog and information dictionary.
func addCatalog(f *file, m layout.Meta, structureRoot, outlines int) {
	profile := f.addStream("/N 3 /Alternate /DeviceRGB", sRGBProfile(), true)
	metadata := f.addStream("/Type /Metadata /Subtype /XML", xmpPacket(m, f.profile), false) // must be readable without a PDF reader
	var b strings.Builder
	fmt.Fprintf(&b, "<</Type /Catalog /Pages 1 0 R /Lang (%s) /MarkInfo <</Marked true>> /StructTreeRoot %s /Metadata %s",
		m.Lang, ref(structureRoot), ref(metadata))
	b.WriteString(" /ViewerPreferences <</DisplayDocTitle true>>")
	fmt.Fprintf(&b, " /OutputIntents [<</Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB IEC61966-2.1)"+
		" /Info (sRGB IEC61966-2.1) /DestOutputProfile %s>>]", ref(profile))
	if outlines > 0 {
		fmt.Fprintf(&b, " /Outlines %s /PageMode /UseOutlines", ref(outlines))
	}
	b.WriteString(">>")
	f.objects[f.catalog] = []byte(b.String())

	var info bytes.Buffer
	info.WriteString("<<")
	for _, kv := range [][2]string{{"Title", m.Title}, {"Author", m.Author}, {"Subject", m.Subject}, {"Keywords", m.Keywords},
		{"Creator", producer}, {"Producer", producer}} {
		if kv[1] != "" {
			info.WriteString("/" + kv[0] + " " + textString(kv[1]) + "\n")
		}
	}
	fmt.Fprintf(&info, "/CreationDate (%s) /ModDate (%s)>>", pdfDate(m.Created), pdfDate(m.Created))
	f.objects[f.info] = info.Bytes()
}

func pdfDate(t time.Time) string {
	zone := t.Format("-07:00")
	return "D:" + t.Format("20060102150405") + zone[:3] + "'" + zone[4:] + "'"
}

// bookmark is an outline item while its neighbours become known.
type bookmark struct {
	number, parent int // object number; index of the parent, -1 for the root
	first, last    int // object numbers of the children
	previous, next int
	below          int // all items below it, which are shown open
}

// addOutlines writes the bookmarks and returns the number of their root, or 0.
func addOutlines(f *file, items []layout.OutlineItem) int {
	if len(items) == 0 {
		return 0
	}
	root := bookmark{number: f.add(""), parent: -1}
	marks := make([]bookmark, len(items))
	for i := range marks {
		marks[i].number = f.add("")
	}
	var open []int // the item that is open on each level
	for i, it := range items {
		level := min(max(it.Level, 0), len(open))
		open = append(open[:level], i)
		marks[i].parent = -1
		parent := &root
		if level > 0 {
			marks[i].parent = open[level-1]
			parent = &marks[open[level-1]]
		}
		if parent.first == 0 {
			parent.first = marks[i].number
		} else {
			marks[i].previous = parent.last
			marks[parent.last-marks[0].number].next = marks[i].number
		}
		parent.last = marks[i].number
		for p := marks[i].parent; p >= 0; p = marks[p].parent {
			marks[p].below++
		}
	}
	f.objects[root.number] = fmt.Appendf(nil, "<</Type /Outlines /First %s /Last %s /Count %d>>", ref(root.first), ref(root.last), len(items))
	for i, m := range marks {
		parent := root.number
		if m.parent >= 0 {
			parent = marks[m.parent].number
		}
		var b strings.Builder
		fmt.Fprintf(&b, "<</Title %s /Parent %s /Dest %s", textString(items[i].Text), ref(parent), destination(items[i].Page, items[i].Y))
		for _, kv := range []struct {
			key    string
			number int
		}{{"Prev", m.previous}, {"Next", m.next}, {"First", m.first}, {"Last", m.last}} {
			if kv.number > 0 {
				fmt.Fprintf(&b, " /%s %s", kv.key, ref(kv.number))
			}
		}
		if m.below > 0 {
			fmt.Fprintf(&b, " /Count %d", m.below)
		}
		b.WriteString(">>")
		f.objects[m.number] = []byte(b.String())
	}
	return root.number
}
