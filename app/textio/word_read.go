package textio

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
)

// Limits of a Word document. A part is never read further than this, whatever
// the archive says of its size.
const (
	maxParts   = 4096     // files in the archive
	maxPart    = 24 << 20 // bytes of a part, unpacked
	maxDepth   = 256      // elements in each other
	maxStyles  = 20000    // styles, lists and links that are remembered
	maxNesting = 32       // styles based on styles
	maxBlocks  = 250_000  // paragraphs; those without text are cheap to write and dear to keep
)

var (
	errTooLarge = errors.New("unpacks to more than is read")
	errDeep     = errors.New("elements are nested too deep")
	errDTD      = errors.New("holds a document type, which no Word document does")
)

// readWord reads the blocks of a Word document.
func readWord(name string, content []byte) ([]block, error) {
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, damaged(name, err)
	}
	if len(archive.File) > maxParts {
		return nil, tooLarge(name)
	}
	if slices.ContainsFunc(archive.File, func(f *zip.File) bool { return f.Flags&1 != 0 }) {
		return nil, locked(name)
	}
	p := wordPackage{}
	for _, f := range archive.File {
		key := strings.ToLower(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(f.Name, "\\", "/")), "/"))
		if p[key] == nil {
			p[key] = f
		}
	}
	blocks, err := p.read()
	switch {
	case errors.Is(err, errTooLarge):
		return nil, tooLarge(name)
	case errors.Is(err, errNoDocument):
		return nil, notWord(name, err)
	case err != nil:
		return nil, damaged(name, err)
	}
	return blocks, nil
}

var errNoDocument = errors.New("no main document")

// wordPackage are the parts of a document, by name in lower case.
type wordPackage map[string]*zip.File

// read finds the main document by its relationship (not all programs call it
// word/document.xml), then what it needs, then its text.
func (p wordPackage) read() ([]block, error) {
	main := ""
	top, err := p.relations("_rels/.rels", "")
	if err != nil {
		return nil, err
	}
	for _, r := range top {
		if strings.HasSuffix(r.kind, "/officeDocument") {
			main = r.target
		}
	}
	if p[main] == nil {
		main = "word/document.xml"
	}
	if p[main] == nil {
		return nil, errNoDocument
	}
	rels, err := p.relations(path.Join(path.Dir(main), "_rels", path.Base(main)+".rels"), path.Dir(main))
	if err != nil {
		return nil, err
	}
	b := newWordBody()
	styles, numbering := false, false // a document has one of each, and each is read once
	for _, r := range rels {
		switch {
		case strings.HasSuffix(r.kind, "/styles") && p[r.target] != nil && !styles:
			styles, err = true, p.each(r.target, b.styles.read())
		case strings.HasSuffix(r.kind, "/numbering") && p[r.target] != nil && !numbering:
			numbering, err = true, p.each(r.target, b.lists.read())
		case strings.HasSuffix(r.kind, "/hyperlink") && r.outside && len(b.links) < maxStyles:
			b.links[r.id] = r.target
		}
		if err != nil {
			return nil, err
		}
	}
	if err := p.each(main, b.token); err != nil {
		return nil, err
	}
	if !b.seen {
		return nil, errNoDocument
	}
	return b.end(), nil
}

// relation is a link from one part to another, or out of the document.
type relation struct {
	id, kind, target string
	outside          bool
}

func (p wordPackage) relations(name, folder string) ([]relation, error) {
	if p[strings.ToLower(name)] == nil {
		return nil, nil
	}
	var all []relation
	err := p.each(strings.ToLower(name), func(t xml.Token, _ int) error {
		s, ok := t.(xml.StartElement)
		if !ok || s.Name.Local != "Relationship" || len(all) >= maxStyles {
			return nil
		}
		r := relation{id: attribute(s, "Id"), kind: attribute(s, "Type"), target: attribute(s, "Target"), outside: attribute(s, "TargetMode") == "External"}
		if !r.outside {
			target := r.target
			if !strings.HasPrefix(target, "/") {
				target = folder + "/" + target
			}
			r.target = strings.ToLower(strings.TrimPrefix(path.Clean("/"+target), "/"))
		}
		all = append(all, r)
		return nil
	})
	return all, err
}

// each hands over the tokens of a part, with how deep each start stands. No
// entity is ever looked up outside: a document type is refused.
func (p wordPackage) each(name string, f func(t xml.Token, depth int) error) error {
	file := p[name]
	if file.UncompressedSize64 > maxPart {
		return fmt.Errorf("%s: %w", name, errTooLarge)
	}
	r, err := file.Open()
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	defer r.Close()
	dec := xml.NewDecoder(&limited{r: r, left: maxPart})
	depth := 0
	for {
		t, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		switch t.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return fmt.Errorf("%s: %w", name, errDeep)
			}
		case xml.EndElement:
			depth--
		case xml.Directive:
			return fmt.Errorf("%s: %w", name, errDTD)
		}
		if err := f(t, depth); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
}

// limited reads so many bytes and then fails, where io.LimitReader would make
// half a part look whole.
type limited struct {
	r    io.Reader
	left int64
}

func (l *limited) Read(b []byte) (int, error) {
	if l.left <= 0 {
		return 0, errTooLarge
	}
	if int64(len(b)) > l.left {
		b = b[:l.left]
	}
	n, err := l.r.Read(b)
	l.left -= int64(n)
	return n, err
}

// attribute is the value of an attribute, in whatever namespace.
func attribute(s xml.StartElement, name string) string {
	for _, a := range s.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
