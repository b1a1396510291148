// Package pdfcheck looks for breaches of PDF/A-2a (ISO 19005-2) and PDF/UA-1
// (ISO 14289-1) in a file. It reads the file itself and shares no code with what
// wrote it. Only tests import it. It knows the rules that a file of this
// program can break; it is no complete validator.
package pdfcheck

import (
	"fmt"
	"slices"
)

// Fault is a rule that a file breaks, and where.
type Fault struct{ Rule, Where string }

func (f Fault) String() string { return f.Rule + ": " + f.Where }

// Rules are the names of all rules, with what they ask.
func Rules() map[string]string {
	return map[string]string{
		"header":       "%PDF-1.n and a comment with four high bytes (19005-2, 6.1.2)",
		"id":           "the trailer has an /ID (6.1.3)",
		"eof":          "nothing stands after %%EOF (6.1.3)",
		"encrypt":      "the file is not encrypted (6.1.3)",
		"xref":         "all entries lead to their objects (6.1.4)",
		"length":       "streams are as long as they say (6.1.7)",
		"filter":       "streams are packed with Flate or DCT and stand in the file (6.1.7)",
		"syntax":       "objects can be read, strings have whole bytes (6.1.6)",
		"spacing":      "objects stand on lines of their own (6.1.9)",
		"limit":        "strings, names, numbers, states and pages are not too large (6.1.13)",
		"catalog":      "no forms, layers, other presentations, requirements (6.4, 6.9–6.11)",
		"lang":         "the document has a language (14289-1, 7.2)",
		"marked":       "the document says that it is tagged (6.7.2)",
		"title":        "the title is shown (14289-1, 7.1)",
		"action":       "nothing acts by itself, no script (6.5)",
		"intent":       "an output intent with a whole sRGB profile (6.2.3)",
		"embedded":     "no files within the file (6.8)",
		"metadata":     "an XMP packet that is not packed (6.6.2)",
		"xmp-claim":    "XMP names PDF/A-2a and PDF/UA-1 (6.6.4; 14289-1, 5)",
		"xmp-title":    "XMP has a title (14289-1, 7.1)",
		"xmp-schema":   "XMP describes the pdfuaid schema (6.6.2.3)",
		"xmp-property": "XMP has known properties only, each once, with their prefixes (6.6.2.3)",
		"xmp-info":     "XMP and the information dictionary agree (6.6.3)",
		"tree":         "there is a structure tree (6.7.3)",
		"type":         "elements have standard types (6.7.3.4)",
		"parent":       "elements know their parents",
		"nesting":      "elements stand where they may (14289-1, 7.1)",
		"caption":      "captions come first or last, once (14289-1, 7.2, 7.3)",
		"section":      "a table's head and foot have a body, in order (14289-1, 7.2)",
		"empty":        "no element but a cell is empty",
		"heading":      "heading levels begin at 1 and skip none (14289-1, 7.4)",
		"figure-alt":   "figures have a text alternative (14289-1, 7.3)",
		"figure-box":   "figures have a box",
		"scope":        "heading cells have a scope (14289-1, 7.5)",
		"grid":         "table rows are equally wide, merged cells counted (14289-1, 7.5)",
		"numbering":    "lists with labels tell their numbering (14289-1, 7.6)",
		"elem-lang":    "languages of elements are language tags (14289-1, 7.2)",
		"link":         "a link element holds its annotation (14289-1, 7.18.5)",
		"claim":        "marked content is drawn, and belongs to one element",
		"parent-tree":  "the parent tree leads back to the elements",
		"next-key":     "the next key of the parent tree is free",
		"tabs":         "pages with annotations go by structure (14289-1, 7.18.3)",
		"operator":     "pages use no unknown operators (6.2.2)",
		"resources":    "pages have resources of their own (6.2.2)",
		"untagged":     "all that is drawn is content or artefact (14289-1, 7.1)",
		"artefact":     "no artefact within content, no content within content (14289-1, 7.1)",
		"balance":      "marked content and graphics states are closed",
		"mark":         "mark numbers are used once on a page",
		"flags":        "annotations are printed and not hidden (6.3.2)",
		"contents":     "annotations say what they are (14289-1, 7.18.1)",
		"annotation":   "annotations are links in the structure tree, on their page (14289-1, 7.18.1)",
		"destination":  "links and bookmarks lead to pages or addresses",
		"outline":      "bookmarks have titles, and are counted",
		"font-file":    "fonts are in the file, whole (6.2.11.4)",
		"font-name":    "fonts are named as subsets",
		"font-dict":    "fonts tell what their kind needs (6.2.11.2, 6.2.11.3)",
		"font-map":     "fonts map codes to glyphs (6.2.11.3)",
		"unicode":      "all that is shown can be read as text (6.2.11.7)",
		"private":      "characters of private use have a text besides (6.2.11.7.3)",
		"notdef":       "no missing glyph is shown (6.2.11.8)",
		"width":        "widths are those of the font (6.2.11.5)",
		"colour":       "colours are RGB or grey (6.2.4)",
		"image":        "pictures are plain and as large as they say: 8 bits, no interpolation, no alternates (6.2.8)",
		"state":        "no transfer functions, halftones or transparency (6.2.5, 6.2.10)",
		"actual":       "text that stands for other text is whole",
	}
}

// Check gives all faults of a file, without doubles.
func Check(raw []byte) []Fault {
	f, err := parse(raw)
	if err != nil {
		return []Fault{{"syntax", err.Error()}}
	}
	f.checkFile()
	f.checkCatalog()
	f.checkStructure()
	return f.faults
}

func (f *file) fault(rule, format string, args ...any) {
	fault := Fault{rule, fmt.Sprintf(format, args...)}
	if !slices.Contains(f.faults, fault) && len(f.faults) < 200 {
		f.faults = append(f.faults, fault)
	}
}
