package kit

import (
	"encoding/json"
	"slices"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/ui/theme"
)

// GridColumn is a column as its owner describes it.
type GridColumn struct {
	ID, Label string
	Width     float32 // at text size 1
	Align     fyne.TextAlign
	Sortable  bool
	Hidden    bool // until it is chosen
	Fixed     bool // cannot be hidden
}

// GridSort is one column to sort by.
type GridSort struct {
	Column     string `json:"column"`
	Descending bool   `json:"descending,omitempty"`
}

// The narrowest and widest that a column may be made, at text size 1.
const (
	narrowestColumn = 48
	widestColumn    = 800
	columnStep      = 24 // by keyboard
)

// gridLayout is how a person wants the columns.
type gridLayout struct {
	columns []gridColumnLayout // in order
	sort    []GridSort
}

type gridColumnLayout struct {
	index  int // of the description
	id     string
	width  float32
	hidden bool
}

// storedLayout is a gridLayout as it is remembered.
type storedLayout struct {
	Columns []storedColumn `json:"columns"`
	Sort    []GridSort     `json:"sort,omitempty"`
}

type storedColumn struct {
	ID     string  `json:"id"`
	Width  float32 `json:"width"`
	Hidden bool    `json:"hidden,omitempty"`
}

// parseGridLayout reads a remembered layout. What it does not know, as columns
// that are new, is as described; what is gone is passed over.
func parseGridLayout(columns []GridColumn, text string) gridLayout {
	var stored storedLayout
	_ = json.Unmarshal([]byte(text), &stored) // a broken one gives the described layout
	var l gridLayout
	add := func(i int, width float32, hidden bool) {
		c := columns[i]
		if l.find(c.ID) >= 0 {
			return
		}
		width = min(max(width, narrowestColumn), widestColumn)
		l.columns = append(l.columns, gridColumnLayout{index: i, id: c.ID, width: width, hidden: hidden && !c.Fixed})
	}
	for _, s := range stored.Columns {
		if i := slices.IndexFunc(columns, func(c GridColumn) bool { return c.ID == s.ID }); i >= 0 {
			add(i, s.Width, s.Hidden)
		}
	}
	for i, c := range columns {
		add(i, c.Width, c.Hidden)
	}
	for _, s := range stored.Sort {
		if i := l.find(s.Column); i >= 0 && columns[l.columns[i].index].Sortable {
			l.sort = append(l.sort, s)
		}
	}
	return l
}

func (l *gridLayout) String() string {
	s := storedLayout{Sort: l.sort}
	for _, c := range l.columns {
		s.Columns = append(s.Columns, storedColumn{c.id, c.width, c.hidden})
	}
	text, err := json.Marshal(s)
	if err != nil {
		return "" // nothing in it can fail
	}
	return string(text)
}

func (l *gridLayout) find(id string) int {
	return slices.IndexFunc(l.columns, func(c gridColumnLayout) bool { return c.id == id })
}

// shown are the columns that are not hidden, in order.
func (l *gridLayout) shown() []gridColumnLayout {
	var all []gridColumnLayout
	for _, c := range l.columns {
		if !c.hidden {
			all = append(all, c)
		}
	}
	return all
}

// textScale is how much larger than at text size 1 columns are.
func textScale() float32 { return theme.Size(fynetheme.SizeNameText) / 14 }

// width of all the columns shown.
func (l *gridLayout) width() float32 {
	var width float32
	for _, c := range l.shown() {
		width += c.width * textScale()
	}
	return width
}

// edges are where the columns shown begin, and where the last one ends: at
// least at room.
func (l *gridLayout) edges(room float32) []float32 {
	edges := []float32{0}
	var x float32
	for _, c := range l.shown() {
		x += c.width * textScale()
		edges = append(edges, x)
	}
	if last := len(edges) - 1; last > 0 {
		edges[last] = max(edges[last], room)
	}
	return edges
}

// Layout is how the columns stand, to be remembered.
func (g *Grid) Layout() string { return g.layout.String() }

// Sort is what the rows are sorted by, the first first.
func (g *Grid) Sort() []GridSort { return slices.Clone(g.layout.sort) }

// SortBy sorts by a column, or turns its direction. add keeps the other columns
// that are sorted by; then the third time takes the column away.
func (g *Grid) SortBy(column string, add bool) {
	i := g.layout.find(column)
	if i < 0 || !g.columns[g.layout.columns[i].index].Sortable {
		return
	}
	sort := slices.Clone(g.layout.sort)
	at := slices.IndexFunc(sort, func(s GridSort) bool { return s.Column == column })
	switch {
	case !add && at >= 0 && len(sort) == 1:
		sort[0].Descending = !sort[0].Descending
	case !add:
		sort = []GridSort{{Column: column}}
	case at < 0:
		sort = append(sort, GridSort{Column: column})
	case !sort[at].Descending:
		sort[at].Descending = true
	default:
		sort = slices.Delete(sort, at, at+1)
	}
	g.setSort(sort)
}

func (g *Grid) setSort(sort []GridSort) {
	g.layout.sort = sort
	g.layoutChanged()
	if g.OnSort != nil {
		g.OnSort(g.Sort())
	}
}

// ShowColumn shows or hides a column. The last one, and one that is fixed,
// cannot be hidden.
func (g *Grid) ShowColumn(id string, show bool) {
	i := g.layout.find(id)
	if i < 0 || !show && (g.columns[g.layout.columns[i].index].Fixed || len(g.layout.shown()) == 1) {
		return
	}
	g.layout.columns[i].hidden = !show
	g.column = min(g.column, len(g.layout.shown())-1)
	g.layoutChanged()
}

// MoveColumn moves a column by a number of places.
func (g *Grid) MoveColumn(id string, by int) {
	i := g.layout.find(id)
	to := min(max(i+by, 0), len(g.layout.columns)-1)
	if i < 0 || to == i {
		return
	}
	c := g.layout.columns[i]
	g.layout.columns = slices.Insert(slices.Delete(g.layout.columns, i, i+1), to, c)
	g.layoutChanged()
}

// moveShown moves a column before or after its neighbours in sight, passing
// over hidden ones.
func (g *Grid) moveShown(id string, by int) {
	shown := g.layout.shown()
	at := slices.IndexFunc(shown, func(c gridColumnLayout) bool { return c.id == id })
	to := at + by
	if at < 0 || to < 0 || to >= len(shown) {
		return
	}
	g.MoveColumn(id, g.layout.find(shown[to].id)-g.layout.find(id))
}

// WidenColumn makes a column wider, or narrower when by is negative; at text
// size 1.
func (g *Grid) WidenColumn(id string, by float32) {
	if i := g.layout.find(id); i >= 0 {
		c := &g.layout.columns[i]
		c.width = min(max(c.width+by, narrowestColumn), widestColumn)
		g.layoutChanged()
	}
}

// ResetColumns puts the columns back as they were described.
func (g *Grid) ResetColumns() {
	g.layout = parseGridLayout(g.columns, "")
	g.setSort(nil)
}

func (g *Grid) layoutChanged() {
	g.body.rebuild()
	g.Refresh()
	if g.OnLayout != nil {
		g.OnLayout(g.Layout())
	}
}
