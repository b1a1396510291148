package kit

// SetColumns changes which columns there are, as when somebody defines one.
// layout is what OnLayout gave once, or "". The rows go: their owner hands them
// over anew, with a text for each of the columns.
func (g *Grid) SetColumns(columns []GridColumn, layout string) {
	g.columns, g.layout = columns, parseGridLayout(columns, layout)
	g.generation++
	g.cache, g.asked = map[int]GridRow{}, gridRange{}
	g.column = min(g.column, max(len(g.layout.shown())-1, 0))
	g.body.rebuild()
	g.Refresh()
}

// Columns are the columns as their owner described them.
func (g *Grid) Columns() []GridColumn { return g.columns }
