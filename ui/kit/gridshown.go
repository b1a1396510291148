package kit

// Shown are the columns in sight, in their order, as indexes into the columns
// that NewGrid got and into GridRow.Cells.
func (g *Grid) Shown() []int {
	var all []int
	for _, c := range g.layout.shown() {
		all = append(all, c.index)
	}
	return all
}

// ColumnLabel is the name of a column, by its index among those that NewGrid got.
func (g *Grid) ColumnLabel(index int) string { return g.columns[index].Label }
