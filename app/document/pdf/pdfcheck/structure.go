package pdfcheck

import (
	"slices"
	"strings"
)

// mark is one marked content sequence.
type mark struct {
	page ref
	id   int
}

// place is the element that an annotation belongs to, and its page.
type place struct{ element, page ref }

// tree is the structure tree while it is walked.
type tree struct {
	*file
	claimed map[mark]ref  // the element that a mark belongs to
	objects map[ref]place // where an annotation belongs
	heading int
	parents map[int]any    // the parent tree
	tags    map[ref]string // of the elements
}

const standardTypes = " Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private H H1 H2 H3 H4 H5 H6 P L LI Lbl LBody " +
	"Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Figure Formula Form "

// places tells which parents an element may have.
func places(tag string) string {
	switch tag {
	case "LI":
		return " L "
	case "Lbl", "LBody":
		return " LI "
	case "TOCI":
		return " TOC "
	case "TR":
		return " Table THead TBody TFoot "
	case "TH", "TD":
		return " TR "
	case "THead", "TBody", "TFoot":
		return " Table "
	case "Caption":
		return " Table Figure L TOC Div "
	}
	return ""
}

// children tells which elements may stand within one, "" for any.
func children(tag string) string {
	switch tag {
	case "L":
		return " L LI Caption "
	case "LI":
		return " Lbl LBody "
	case "TOC":
		return " TOC TOCI Caption "
	case "Table":
		return " TR THead TBody TFoot Caption "
	case "THead", "TBody", "TFoot":
		return " TR "
	case "TR":
		return " TH TD "
	}
	return ""
}

func (f *file) checkStructure() {
	root := f.dict(f.trailer["Root"])
	sr := f.dict(root["StructTreeRoot"])
	if sr == nil {
		f.fault("tree", "none")
		return
	}
	t := &tree{file: f, claimed: map[mark]ref{}, objects: map[ref]place{}, parents: map[int]any{}, tags: map[ref]string{}}
	t.readParents(sr["ParentTree"])
	next, _ := sr["ParentTreeNextKey"].(int)
	for key := range t.parents {
		if key >= next {
			f.fault("next-key", "%d is in use, the next is %d", key, next)
		}
	}
	if sr["Type"] != name("StructTreeRoot") || sr["RoleMap"] != nil { // standard types need no map, and may have none
		f.fault("tree", "the root is %v", sr["Type"])
	}
	top, _ := root["StructTreeRoot"].(ref)
	for _, k := range f.array(sr["K"]) {
		t.walk(k, top, "", 0)
	}
	seen := map[mark]bool{}
	f.checkPages(root["Pages"], nil, t, seen)
	for m := range t.claimed {
		if !seen[m] {
			f.fault("claim", "mark %d on page %d is not drawn", m.id, m.page)
		}
	}
}

// readParents reads a number tree, whose keys go up (ISO 32000-1, 7.9.7).
func (t *tree) readParents(o any) {
	d := t.dict(o)
	for _, k := range t.array(d["Kids"]) {
		t.readParents(k)
	}
	nums := t.array(d["Nums"])
	last := -1
	for i := 0; i+1 < len(nums); i += 2 {
		key, ok := nums[i].(int)
		if !ok || key <= last {
			t.fault("parent-tree", "%v after %d", nums[i], last)
		}
		t.parents[key], last = nums[i+1], key
	}
}

// walk goes through an element and all below it.
func (t *tree) walk(o any, parent ref, parentTag string, depth int) {
	self, _ := o.(ref)
	d := t.dict(o)
	if d == nil || depth > 60 {
		t.fault("tree", "a broken element below %s", parentTag)
		return
	}
	tag := t.name(d["S"])
	if !strings.Contains(standardTypes, " "+tag+" ") || d["Type"] != name("StructElem") {
		t.fault("type", "%v %s", d["Type"], tag)
	}
	t.tags[self] = tag
	if d["P"] != parent {
		t.fault("parent", "%s %d has parent %v, not %d", tag, self, d["P"], parent)
	}
	if p := places(tag); p != "" && !strings.Contains(p, " "+parentTag+" ") {
		t.fault("nesting", "%s within %s", tag, parentTag)
	}
	if p := children(parentTag); p != "" && !strings.Contains(p, " "+tag+" ") {
		t.fault("nesting", "%s within %s", tag, parentTag)
	}
	if l := d["Lang"]; l != nil && !languageTag.MatchString(unicodeText(l)) {
		t.fault("elem-lang", "%q", unicodeText(l))
	}
	t.checkElement(tag, d)
	annotations := t.kids(self, tag, d, depth)
	if tag == "Link" && annotations == 0 {
		t.fault("link", "element %d has no annotation", self)
	}
}

// kids goes through what an element holds and counts its annotations.
func (t *tree) kids(self ref, tag string, d dict, depth int) (annotations int) {
	page, hasPage := d["Pg"].(ref)
	kids := t.array(d["K"])
	for _, k := range kids {
		switch k := k.(type) {
		case int:
			if !hasPage {
				t.fault("claim", "element %d has a mark and no page", self)
			}
			t.claim(mark{page, k}, self)
		case dict:
			at, ok := k["Pg"].(ref)
			if !ok {
				t.fault("claim", "element %d has a mark and no page", self)
			}
			if k["Type"] == name("OBJR") {
				object, _ := k["Obj"].(ref)
				if _, twice := t.objects[object]; twice {
					t.fault("claim", "annotation %d belongs to two elements", object)
				}
				t.objects[object] = place{self, at}
				annotations++
				continue
			}
			id, _ := k["MCID"].(int)
			t.claim(mark{at, id}, self)
		default:
			t.walk(k, self, tag, depth+1)
		}
	}
	if len(kids) == 0 && tag != "TD" && depth > 0 {
		t.fault("empty", "%s", tag)
	}
	t.checkKids(tag, kids)
	return annotations
}

// checkKids tells how often and where parts may stand (14289-1, 7.2).
func (t *tree) checkKids(tag string, kids array) {
	count, tags := map[string]int{}, make([]string, len(kids))
	for i, k := range kids {
		self, _ := k.(ref)
		tags[i] = t.tags[self]
		count[tags[i]]++
		if tags[i] == "" && children(tag) != "" {
			t.fault("nesting", "content within %s", tag)
		}
	}
	if i := slices.Index(tags, "Caption"); i >= 0 {
		last := len(tags) - 1
		if count["Caption"] > 1 || i > 0 && (tag == "L" || tag == "TOC" || i < last) || tag == "Div" && count["Figure"] == 0 {
			t.fault("caption", "%v within %s", tags, tag)
		}
	}
	if tag != "Table" {
		return
	}
	order := []string{"THead", "TBody", "TFoot"}
	at := 0
	for _, part := range tags {
		i := slices.Index(order, part)
		if i >= 0 && i < at {
			t.fault("section", "%v", tags)
		}
		at = max(at, i)
	}
	if count["THead"] > 1 || count["TFoot"] > 1 || count["THead"]+count["TFoot"] > 0 && count["TBody"] == 0 || count["TBody"] > 0 && count["TR"] > 0 {
		t.fault("section", "%v", tags)
	}
}

func (t *tree) claim(m mark, self ref) {
	if other, ok := t.claimed[m]; ok {
		t.fault("claim", "mark %d on page %d belongs to %d and %d", m.id, m.page, other, self)
	}
	t.claimed[m] = self
}

func (t *tree) checkElement(tag string, d dict) {
	a := t.dict(d["A"])
	switch tag {
	case "H1", "H2", "H3", "H4", "H5", "H6":
		level := int(tag[1] - '0')
		if level > t.heading+1 {
			t.fault("heading", "level %d after %d", level, t.heading)
		}
		t.heading = level
	case "Figure":
		if strings.TrimSpace(unicodeText(d["Alt"])) == "" {
			t.fault("figure-alt", "none")
		}
		if box := t.rectangle(a["BBox"]); !(box[0] < box[2] && box[1] < box[3]) {
			t.fault("figure-box", "%v", a["BBox"])
		}
	case "TH":
		if !slices.Contains([]string{"Row", "Column", "Both"}, t.name(a["Scope"])) {
			t.fault("scope", "%v", a)
		}
	case "L":
		if a["ListNumbering"] == nil && len(t.array(d["K"])) > 0 {
			t.fault("numbering", "none")
		}
	case "Table":
		var rows []dict
		for _, k := range t.array(d["K"]) {
			switch part := t.dict(k); t.name(part["S"]) {
			case "TR":
				rows = append(rows, part)
			case "THead", "TBody", "TFoot":
				t.checkGrid(&rows, part)
			}
		}
		if len(rows) == 0 {
			t.fault("grid", "a table without rows")
		}
		t.checkRows(rows)
	}
}

// rectangle gives four numbers, all 0 when there are none.
func (f *file) rectangle(o any) (out [4]float64) {
	list := f.array(o)
	if len(list) != 4 {
		return out
	}
	for i, v := range list {
		out[i] = value(f.number(v))
	}
	return out
}

func (t *tree) checkGrid(rows *[]dict, part dict) {
	for _, k := range t.array(part["K"]) {
		*rows = append(*rows, t.dict(k))
	}
}

// checkRows puts the cells of a table in their places.
func (t *tree) checkRows(rows []dict) {
	left := map[int]int{} // by column: rows still filled from above
	width := -1
	for i, r := range rows {
		used, next := 0, map[int]int{}
		for col, n := range left {
			if n > 0 {
				used++
				next[col] = n - 1
			}
		}
		col := 0
		for _, k := range t.array(r["K"]) {
			a := t.dict(t.dict(k)["A"])
			cols, rowsDown := span(a["ColSpan"]), span(a["RowSpan"])
			for left[col] > 0 {
				col++
			}
			for range cols {
				if left[col] > 0 {
					t.fault("grid", "row %d: cells lie over each other", i+1)
				}
				used++
				next[col] = max(next[col], rowsDown-1)
				col++
			}
			if rowsDown > len(rows)-i {
				t.fault("grid", "row %d: a cell goes out of the table", i+1)
			}
		}
		if width >= 0 && used != width {
			t.fault("grid", "rows of %d and %d columns", width, used)
		}
		width, left = used, next
	}
}

func span(o any) int {
	if n, ok := o.(int); ok && n > 0 {
		return n
	}
	return 1
}
