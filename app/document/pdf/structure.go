package pdf

import (
	"bytes"
	"fmt"
	"strings"

	"kompetansepilot/app/document/layout"
)

// structure writes the structure tree and what points into it.
type structure struct {
	file    *file
	result  *layout.Result
	root    int // object number of the tree's root
	elems   []*layout.Elem
	numbers map[*layout.Elem]int
	links   []int            // object number of each link annotation
	owners  []*layout.Elem   // element of each link annotation
	marks   [][]*layout.Elem // by page and mark
}

// pageObject is the object number that gofpdf gives a page, counted from 0.
func pageObject(page int) int { return 3 + 2*page }

// newStructure gives every element an object number, so that objects made
// later can point at them.
func newStructure(f *file, r *layout.Result) *structure {
	s := &structure{file: f, result: r, numbers: map[*layout.Elem]int{},
		links: make([]int, r.Links()), owners: make([]*layout.Elem, r.Links())}
	for _, p := range r.Pages {
		s.marks = append(s.marks, make([]*layout.Elem, p.Marks))
	}
	s.root = f.add("")
	s.number(r.Root)
	return s
}

func (s *structure) number(e *layout.Elem) {
	s.numbers[e] = s.file.add("")
	s.elems = append(s.elems, e)
	for _, k := range e.Kids {
		switch {
		case k.Elem != nil:
			s.number(k.Elem)
		case k.Link != nil:
			s.owners[k.Link.Index] = e
		default:
			s.marks[k.Page][k.Mark] = e
		}
	}
}

// addPages gives the pages their links and their place in the tree.
func (s *structure) addPages() error {
	for i := range s.result.Pages {
		n := pageObject(i)
		const head = "<</Type /Page\n"
		if n >= len(s.file.objects) || !bytes.HasPrefix(s.file.objects[n], []byte(head)) {
			return fmt.Errorf("%w: page %d", errShape, i+1)
		}
		var b bytes.Buffer
		fmt.Fprintf(&b, "%s/StructParents %d\n/Tabs /S\n", head, i)
		var refs []string
		for k := range s.result.Pages[i].Ops {
			if op := &s.result.Pages[i].Ops[k]; op.Kind == layout.OpLink {
				s.links[op.Link.Index] = s.addLink(op)
				refs = append(refs, ref(s.links[op.Link.Index]))
			}
		}
		if len(refs) > 0 {
			fmt.Fprintf(&b, "/Annots [%s]\n", strings.Join(refs, " "))
		}
		b.Write(s.file.objects[n][len(head):])
		s.file.objects[n] = b.Bytes()
	}
	return nil
}

func ref(n int) string { return fmt.Sprintf("%d 0 R", n) }

// addLink writes an annotation. Flag 4 means that it is printed, which the
// archive standard demands of everything on a page.
func (s *structure) addLink(op *layout.Op) int {
	target := fmt.Sprintf("/A <</S /URI /URI (%s)>>", op.Link.URL)
	if op.Link.URL == "" {
		target = "/Dest " + destination(op.Link.Page, op.Link.TargetY)
	}
	return s.file.add(fmt.Sprintf("<</Type /Annot /Subtype /Link /Rect %s /Border [0 0 0] /F 4 /StructParent %d /Contents %s %s>>",
		rectangle(op.X, op.Y, op.W, op.H), len(s.result.Pages)+op.Link.Index, textString(op.Link.Contents), target))
}

// rectangle turns mm from the top of the page to points from its bottom.
func rectangle(x, y, w, h float64) string {
	const k = 1 / layout.MMPerPoint
	return fmt.Sprintf("[%.2f %.2f %.2f %.2f]", x*k, (layout.PageHeight-y-h)*k, (x+w)*k, (layout.PageHeight-y)*k)
}

func destination(page int, y float64) string {
	return fmt.Sprintf("[%s /XYZ 0 %.2f null]", ref(pageObject(page)), (layout.PageHeight-max(y-3, 0))/layout.MMPerPoint)
}

// addTree writes the elements, the root, and the way back from marks and links
// to their elements.
func (s *structure) addTree() {
	for _, e := range s.elems {
		s.file.objects[s.numbers[e]] = []byte(s.element(e))
	}
	var parents strings.Builder
	for i, marks := range s.marks {
		var list strings.Builder
		for _, e := range marks {
			list.WriteString(ref(s.numbers[e]) + " ")
		}
		fmt.Fprintf(&parents, "%d %s ", i, ref(s.file.add("["+list.String()+"]")))
	}
	pages := len(s.result.Pages)
	for i, e := range s.owners {
		fmt.Fprintf(&parents, "%d %s ", pages+i, ref(s.numbers[e]))
	}
	tree := s.file.add("<</Nums [" + parents.String() + "]>>")
	s.file.objects[s.root] = fmt.Appendf(nil, "<</Type /StructTreeRoot /K [%s] /ParentTree %s /ParentTreeNextKey %d>>",
		ref(s.numbers[s.result.Root]), ref(tree), pages+len(s.owners))
}

func (s *structure) element(e *layout.Elem) string {
	var b strings.Builder
	parent := s.root
	if e.Parent != nil {
		parent = s.numbers[e.Parent]
	}
	fmt.Fprintf(&b, "<</Type /StructElem /S /%s /P %s", e.Tag, ref(parent))
	if e.Alt != "" {
		b.WriteString(" /Alt " + textString(e.Alt))
	}
	if e.Lang != "" {
		b.WriteString(" /Lang (" + e.Lang + ")")
	}
	b.WriteString(attributes(e))
	page := -1 // the page that plain mark numbers belong to
	for _, k := range e.Kids {
		if k.Elem == nil {
			page = k.Page
			fmt.Fprintf(&b, " /Pg %s", ref(pageObject(page)))
			break
		}
	}
	b.WriteString(" /K [")
	for _, k := range e.Kids {
		switch {
		case k.Elem != nil:
			b.WriteString(ref(s.numbers[k.Elem]) + " ")
		case k.Link != nil:
			fmt.Fprintf(&b, "<</Type /OBJR /Obj %s /Pg %s>> ", ref(s.links[k.Link.Index]), ref(pageObject(k.Page)))
		case k.Page == page:
			fmt.Fprintf(&b, "%d ", k.Mark)
		default:
			fmt.Fprintf(&b, "<</Type /MCR /Pg %s /MCID %d>> ", ref(pageObject(k.Page)), k.Mark)
		}
	}
	b.WriteString("]>>")
	return b.String()
}

func attributes(e *layout.Elem) string {
	switch {
	case e.Scope != "" || e.Cols > 1 || e.Rows > 1:
		table := "/O /Table"
		if e.Scope != "" {
			table += " /Scope /" + e.Scope
		}
		if e.Cols > 1 {
			table += fmt.Sprintf(" /ColSpan %d", e.Cols)
		}
		if e.Rows > 1 {
			table += fmt.Sprintf(" /RowSpan %d", e.Rows)
		}
		return " /A <<" + table + ">>"
	case e.List != "":
		return " /A <</O /List /ListNumbering /" + e.List + ">>"
	case e.Tag == "Figure":
		return " /A <</O /Layout /Placement /Block /BBox " + rectangle(e.Box[0], e.Box[1], e.Box[2], e.Box[3]) + ">>"
	}
	return ""
}
