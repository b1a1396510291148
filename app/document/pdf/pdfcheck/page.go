package pdfcheck

import (
	"slices"
	"strings"
)

// checkPages goes through the page tree. box is the size that the pages above
// have.
func (f *file) checkPages(o any, box any, t *tree, seen map[mark]bool) {
	d := f.dict(o)
	if d["MediaBox"] != nil {
		box = d["MediaBox"]
	}
	if d["Type"] == name("Pages") {
		for _, k := range f.array(d["Kids"]) {
			f.checkPages(k, box, t, seen)
		}
		return
	}
	self, _ := o.(ref)
	f.checkPage(self, d, box)
	annotations := f.array(d["Annots"])
	if len(annotations) > 0 && d["Tabs"] != name("S") {
		f.fault("tabs", "page %d", self)
	}
	for _, a := range annotations {
		f.checkAnnotation(a, self, t)
	}
	row := f.parentRow(d, t, self)
	r := f.dict(d["Resources"])
	fonts := map[string]*font{}
	for key, o := range f.dict(r["Font"]) {
		fonts[key] = f.font(o)
	}
	reader := &contentReader{file: f, page: self, fonts: fonts, pictures: f.dict(r["XObject"])}
	reader.read(f.content(d["Contents"]))
	for _, id := range reader.ids {
		m := mark{self, id}
		if seen[m] {
			f.fault("mark", "page %d: %d twice", self, id)
		}
		seen[m] = true
		if id >= len(row) || row[id] != t.claimed[m] || t.claimed[m] == 0 {
			f.fault("parent-tree", "page %d: mark %d", self, id)
		}
	}
	if len(row) != len(reader.ids) {
		f.fault("parent-tree", "page %d: %d marks, %d entries", self, len(reader.ids), len(row))
	}
}

// checkPage looks at what a page says of itself.
func (f *file) checkPage(self ref, d dict, box any) {
	if f.dict(d["Resources"]) == nil {
		f.fault("resources", "page %d has none of its own", self)
	}
	const least, most = 3, 14400 // units (6.1.13)
	for _, size := range []any{box, d["CropBox"], d["BleedBox"], d["TrimBox"], d["ArtBox"]} {
		if size == nil {
			continue
		}
		if b := f.rectangle(size); min(b[2]-b[0], b[3]-b[1]) < least || max(b[2]-b[0], b[3]-b[1]) > most {
			f.fault("limit", "page %d is %v", self, size)
		}
	}
	if d["PresSteps"] != nil || d["Group"] != nil {
		f.fault("catalog", "page %d has steps or a transparency group", self)
	}
}

func (f *file) parentRow(page dict, t *tree, self ref) array {
	key, ok := page["StructParents"].(int)
	row, isRow := f.get(t.parents[key]).(array)
	if !ok || !isRow {
		f.fault("parent-tree", "page %d has no row", self)
	}
	return row
}

// The flags of an annotation (ISO 32000-1, table 165).
const (
	flagInvisible = 1
	flagHidden    = 2
	flagPrint     = 4
	flagNoView    = 32
	flagToggle    = 256 // ToggleNoView
)

func (f *file) checkAnnotation(o any, page ref, t *tree) {
	self, ok := o.(ref)
	a := f.dict(o)
	if a["Subtype"] != name("Link") || !ok {
		f.fault("annotation", "%v is no link of its own", a["Subtype"])
	}
	if flags, _ := a["F"].(int); flags&flagPrint == 0 || flags&(flagInvisible|flagHidden|flagNoView|flagToggle) != 0 {
		f.fault("flags", "annotation %d: %v", self, a["F"])
	}
	if unicodeText(a["Contents"]) == "" {
		f.fault("contents", "annotation %d", self)
	}
	key, ok := a["StructParent"].(int)
	if owner := t.objects[self]; !ok || owner.element == 0 || t.parents[key] != owner.element || owner.page != page || t.tags[owner.element] != "Link" {
		f.fault("annotation", "%d is not in the tree", self)
	}
	if r := f.rectangle(a["Rect"]); !(r[0] < r[2] && r[1] < r[3]) {
		f.fault("annotation", "%d has no room: %v", self, a["Rect"])
	}
	f.checkDestination(a)
}

// opened is one open marked content sequence.
type opened struct{ artefact, content, actual bool }

// contentReader reads the contents of a page.
type contentReader struct {
	*file
	page     ref
	fonts    map[string]*font
	pictures dict
	font     *font
	open     []opened
	states   int
	text     bool // within BT and ET
	marks    int  // how many were open at BT
	ids      []int
}

// operators are all that ISO 32000-1 defines (annex A).
const operators = " b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k l M m MP n q Q re RG rg ri s S SC sc SCN scn sh " +
	"T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' \" "

// maxStates is how deep graphics states may lie in each other (6.1.13).
const maxStates = 28

func (c *contentReader) read(b []byte) {
	l := &lexer{b: b}
	var args []any
	for {
		o, err := l.next()
		if err != nil {
			if err != errEnd {
				c.fault("syntax", "page %d: %v", c.page, err)
			}
			break
		}
		op, ok := o.(operator)
		if !ok {
			args = append(args, o)
			continue
		}
		c.run(op, args)
		args = args[:0]
	}
	if len(c.open) > 0 || c.states != 0 || c.text {
		c.fault("balance", "page %d: %d marks and %d states open", c.page, len(c.open), c.states)
	}
}

func (c *contentReader) within() (artefact, content bool) {
	for _, o := range c.open {
		artefact, content = artefact || o.artefact, content || o.content
	}
	return artefact, content
}

func (c *contentReader) run(op operator, args []any) {
	if !strings.Contains(operators, " "+string(op)+" ") {
		c.fault("operator", "page %d: %s", c.page, op)
	}
	for _, a := range args {
		c.checkLimits(a)
	}
	switch op {
	case "BMC", "BDC":
		c.begin(args)
	case "EMC":
		if len(c.open) == 0 {
			c.fault("balance", "page %d: EMC", c.page)
			return
		}
		c.open = c.open[:len(c.open)-1]
	case "BT", "ET":
		if c.text == (op == "BT") || op == "ET" && len(c.open) != c.marks {
			c.fault("balance", "page %d: %s", c.page, op)
		}
		c.text, c.marks = op == "BT", len(c.open)
	case "q":
		if c.states++; c.states > maxStates {
			c.fault("limit", "page %d: %d states", c.page, c.states)
		}
	case "Q":
		if c.states--; c.states < 0 {
			c.fault("balance", "page %d: Q", c.page)
		}
	case "Tf":
		font, _ := args[0].(name)
		c.font = c.fonts[string(font)]
		if c.font == nil {
			c.fault("font-file", "page %d: %v is unknown", c.page, args[0])
		}
	case "k", "K":
		c.fault("colour", "page %d: CMYK", c.page)
	case "gs":
		c.fault("state", "page %d: %v", c.page, args)
	case "cs", "CS", "sc", "SC", "scn", "SCN":
		c.fault("colour", "page %d: %s", c.page, op)
	case "Tj", "TJ", "'", "\"", "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh", "BI":
		c.paint(op, args)
	}
}

func (c *contentReader) begin(args []any) {
	o := opened{}
	artefact, content := c.within()
	if len(args) > 0 && args[0] == name("Artifact") {
		o.artefact = true
		if artefact || content {
			c.fault("artefact", "page %d: within content", c.page)
		}
	}
	if len(args) > 1 {
		d := c.dict(args[1])
		if id, ok := d["MCID"].(int); ok {
			o.content = true
			c.ids = append(c.ids, id)
			if artefact || content {
				c.fault("artefact", "page %d: mark %d within other content", c.page, id)
			}
		}
		if actual, ok := d["ActualText"]; ok {
			o.actual = true
			if unicodeText(actual) == "" {
				c.fault("actual", "page %d", c.page)
			}
		}
	}
	if artefact && !o.artefact {
		c.fault("artefact", "page %d: %v within an artefact", c.page, args)
	}
	c.open = append(c.open, o)
}

func (c *contentReader) paint(op operator, args []any) {
	if artefact, content := c.within(); !artefact && !content {
		c.fault("untagged", "page %d: %s", c.page, op)
	}
	switch op {
	case "Tj", "TJ":
		for _, a := range args {
			parts := array{a}
			if list, ok := a.(array); ok {
				parts = list
			}
			for _, p := range parts {
				if s, ok := p.(text); ok && c.font != nil {
					c.font.shown(c.file, c.page, []byte(s), slices.ContainsFunc(c.open, func(o opened) bool { return o.actual }))
				}
			}
		}
	case "Do":
		if n, _ := args[0].(name); c.dict(c.pictures[string(n)])["Subtype"] != name("Image") {
			c.fault("image", "page %d: %v is not there", c.page, args[0])
		}
	}
}
