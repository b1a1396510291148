package kit

import (
	"maps"
	"slices"
	"strings"
)

// gridMarks is the selection: IDs, so that it outlives sorting and filtering.
type gridMarks struct {
	ids     map[string]bool
	anchor  int  // where a range begins
	pending bool // the current row is not loaded yet
	asks    int  // ranges asked for; late answers are dropped
}

func (m *gridMarks) clear() { m.ids, m.pending = map[string]bool{}, false }

func (m *gridMarks) has(id string) bool { return m.ids[id] }

func (m *gridMarks) only(id string) {
	m.clear()
	m.asks++
	if id != "" {
		m.ids[id] = true
	}
}

func (m *gridMarks) toggle(id string) {
	m.asks++
	if m.ids[id] {
		delete(m.ids, id)
	} else if id != "" {
		m.ids[id] = true
	}
}

// Selected are the IDs of the selected rows, in no order.
func (g *Grid) Selected() []string { return slices.Collect(maps.Keys(g.marks.ids)) }

// Select selects rows by ID and no others.
func (g *Grid) Select(ids []string) {
	g.marks.clear()
	g.marks.asks++
	for _, id := range ids {
		g.marks.ids[id] = true
	}
	g.selectionChanged()
}

// Deselect takes rows out of the selection, as when they have left the list.
func (g *Grid) Deselect(ids []string) {
	for _, id := range ids {
		delete(g.marks.ids, id)
	}
	if len(ids) > 0 {
		g.selectionChanged()
	}
}

// SelectAll selects every row, also those that are not loaded.
func (g *Grid) SelectAll() { g.selectRange(0, g.total) }

// selectRange selects the rows from–to and no others.
func (g *Grid) selectRange(from, to int) {
	g.marks.asks++
	mine := g.marks.asks
	found := func(ids []string) {
		if mine != g.marks.asks {
			return
		}
		g.marks.ids = make(map[string]bool, len(ids))
		for _, id := range ids {
			g.marks.ids[id] = true
		}
		g.selectionChanged()
	}
	ids := make([]string, 0, min(to-from, len(g.cache)))
	for i := from; i < to; i++ {
		row, ok := g.cache[i]
		if !ok {
			if g.IDs != nil {
				g.IDs(from, to, found)
			}
			return
		}
		ids = append(ids, row.ID)
	}
	found(ids)
}

func (g *Grid) selectionChanged() {
	g.body.Refresh()
	if g.OnSelected != nil {
		g.OnSelected(len(g.marks.ids))
	}
}

// moveTo makes a row current. extend selects all from where the range began.
func (g *Grid) moveTo(row int, extend bool) {
	if g.total == 0 {
		return
	}
	row = min(max(row, 0), g.total-1)
	if extend && g.currentID == "" {
		g.marks.anchor = row
	}
	g.place(row, g.cache[row].ID)
	g.marks.pending = g.currentID == "" && !extend
	if extend {
		from, to := min(g.marks.anchor, row), max(g.marks.anchor, row)+1
		g.revealRow()
		g.selectRange(from, to)
	} else {
		pending := g.marks.pending
		g.marks.only(g.currentID)
		g.marks.pending = pending
		g.marks.anchor = row
		g.revealRow()
		g.selectionChanged()
	}
	if g.currentID != "" {
		g.tellCurrent()
	}
}

// settle gives the current row its ID now that it is loaded.
func (g *Grid) settle() {
	g.currentID = g.cache[g.at].ID
	g.marks.only(g.currentID)
	g.selectionChanged()
	g.tellCurrent()
}

// toggleAt adds a row to the selection or takes it out.
func (g *Grid) toggleAt(row int) {
	r, ok := g.cache[row]
	if !ok {
		return
	}
	g.place(row, r.ID)
	g.marks.anchor = row
	g.marks.toggle(r.ID)
	g.selectionChanged()
	g.tellCurrent()
}

// copySelected hands the selection over to be copied.
func (g *Grid) copySelected() {
	if ids := g.Selected(); len(ids) > 0 && g.OnCopy != nil {
		g.OnCopy(ids)
	}
}

// CopyText is rows as a spreadsheet takes them: the columns in sight with their
// names first, parted by tabs.
func (g *Grid) CopyText(rows []GridRow) string {
	var b strings.Builder
	line := func(cell func(gridColumnLayout) string) {
		for i, c := range g.layout.shown() {
			if i > 0 {
				b.WriteByte('\t')
			}
			b.WriteString(oneLine.Replace(cell(c)))
		}
		b.WriteByte('\n')
	}
	line(func(c gridColumnLayout) string { return g.columns[c.index].Label })
	for _, r := range rows {
		line(func(c gridColumnLayout) string { return r.cell(c.index) })
	}
	return b.String()
}

// oneLine keeps a cell in its place.
var oneLine = strings.NewReplacer("\t", " ", "\r\n", " ", "\n", " ", "\r", " ")
