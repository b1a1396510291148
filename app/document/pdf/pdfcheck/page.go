package pdfcheck

// checkPages goes through the page tree. inherited are the resources above.
func (f *file) checkPages(o any, inherited any, t *tree, seen map[mark]bool) {
	d := f.dict(o)
	if d["Resources"] != nil {
		inherited = d["Resources"]
	}
	if d["Type"] == name("Pages") {
		for _, k := range f.array(d["Kids"]) {
			f.checkPages(k, inherited, t, seen)
		}
		return
	}
	self, _ := o.(ref)
	annotations := f.array(d["Annots"])
	if len(annotations) > 0 && d["Tabs"] != name("S") {
		f.fault("tabs", "page %d", self)
	}
	for _, a := range annotations {
		f.checkAnnotation(a, t)
	}
	row := f.parentRow(d, t, self)
	r := f.dict(inherited)
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
)

func (f *file) checkAnnotation(o any, t *tree) {
	self, ok := o.(ref)
	a := f.dict(o)
	if a["Subtype"] != name("Link") || !ok {
		f.fault("annotation", "%v is no link of its own", a["Subtype"])
	}
	if flags, _ := a["F"].(int); flags&flagPrint == 0 || flags&(flagInvisible|flagHidden|flagNoView) != 0 {
		f.fault("flags", "annotation %d: %v", self, a["F"])
	}
	if unicodeText(a["Contents"]) == "" {
		f.fault("contents", "annotation %d", self)
	}
	key, ok := a["StructParent"].(int)
	if owner := t.objects[self]; !ok || owner == 0 || t.parents[key] != owner {
		f.fault("annotation", "%d is not in the tree", self)
	}
	f.checkDestination(a)
}

// opened is one open marked content sequence.
type opened struct{ artefact, content bool }

// contentReader reads the contents of a page.
type contentReader struct {
	*file
	page     ref
	fonts    map[string]*font
	pictures dict
	font     *font
	open     []opened
	states   int
	ids      []int
}

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
	if len(c.open) > 0 || c.states != 0 {
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
	switch op {
	case "BMC", "BDC":
		c.begin(args)
	case "EMC":
		if len(c.open) == 0 {
			c.fault("balance", "page %d: EMC", c.page)
			return
		}
		c.open = c.open[:len(c.open)-1]
	case "q":
		c.states++
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
		if actual, ok := d["ActualText"]; ok && unicodeText(actual) == "" {
			c.fault("actual", "page %d", c.page)
		}
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
					c.font.shown(c.file, c.page, []byte(s))
				}
			}
		}
	case "Do":
		if n, _ := args[0].(name); c.dict(c.pictures[string(n)])["Subtype"] != name("Image") {
			c.fault("image", "page %d: %v is not there", c.page, args[0])
		}
	}
}
