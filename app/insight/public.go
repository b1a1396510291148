package insight

import "slices"

// LeastShown is the least count that is shown to others than the county itself.
const LeastShown = 5

// PublicRow is a row as others may see it. A number that is not shown is Hidden.
type PublicRow struct {
	Name string
	// Needs, Businesses, People and Unmet are counts, or Hidden.
	Needs, Businesses, People, Unmet int64
	Halves                           []int64
}

// Hidden stands for a count that is not shown.
const Hidden int64 = -1

// PublicTable is a table as others may see it.
type PublicTable struct {
	By     Dimension
	Halves []string
	Rows   []PublicRow
	Sum    PublicRow
}

// Public is the table as it may leave the county: every count from one to four is
// hidden. What is counted in fewer than five businesses is hidden altogether, for
// its other numbers would tell of them. Where one number of a column alone is
// hidden, so that the sum would give it away, the smallest one that is left is
// hidden too. Zero says nothing of anybody and is shown.
func (t *Table) Public() PublicTable {
	p := PublicTable{By: t.By, Halves: t.Halves, Sum: public(&t.Sum)}
	for i := range t.Rows {
		p.Rows = append(p.Rows, public(&t.Rows[i]))
	}
	for p.protectColumns() || p.protectRows() { // each round hides one number more
	}
	return p
}

func public(r *Row) PublicRow {
	p := PublicRow{Name: r.Name, Needs: int64(len(r.Needs)), Businesses: int64(r.Businesses), People: r.People, Unmet: int64(len(r.Unmet))}
	for _, n := range r.Halves {
		p.Halves = append(p.Halves, int64(n))
	}
	few := r.Businesses > 0 && r.Businesses < LeastShown
	for c := range fixedColumns + len(p.Halves) {
		if n := p.column(c); few || *n > 0 && *n < LeastShown {
			*n = Hidden
		}
	}
	return p
}

// allHidden tells whether the row shows nothing but its name.
func (r *PublicRow) allHidden() bool {
	return r.Needs == Hidden && r.Businesses == Hidden && r.People == Hidden
}

// fixedColumns are the numbers before the half-years.
const fixedColumns = 4

// column is a number of the row: its counts, then the half-years.
func (r *PublicRow) column(c int) *int64 {
	fixed := [fixedColumns]*int64{&r.Needs, &r.Businesses, &r.People, &r.Unmet}
	if c < fixedColumns {
		return fixed[c]
	}
	return &r.Halves[c-fixedColumns]
}

// protectColumns hides a second number of each column where a single one is
// hidden under a sum that is shown. It tells whether it hid any.
func (p *PublicTable) protectColumns() (hid bool) {
	for c := range fixedColumns + len(p.Halves) {
		numbers := make([]*int64, len(p.Rows))
		for i := range p.Rows {
			numbers[i] = p.Rows[i].column(c)
		}
		hid = Protect(p.Sum.column(c), numbers) || hid
	}
	return hid
}

// protectRows does the same along the rows, where the half-years add up to all
// needs.
func (p *PublicTable) protectRows() (hid bool) {
	one := func(r *PublicRow) {
		numbers := make([]*int64, len(r.Halves))
		for i := range r.Halves {
			numbers[i] = &r.Halves[i]
		}
		hid = Protect(&r.Needs, numbers) || hid
	}
	for i := range p.Rows {
		one(&p.Rows[i])
	}
	one(&p.Sum)
	return hid
}

// Protect hides the smallest number that is shown where a single one is hidden
// and the sum would tell it; where nothing else is left, the sum. It tells whether
// it hid any.
func Protect(sum *int64, numbers []*int64) bool {
	if *sum == Hidden {
		return false
	}
	hidden := 0
	var shown []*int64
	for _, n := range numbers {
		switch {
		case *n == Hidden:
			hidden++
		case *n > 0:
			shown = append(shown, n)
		}
	}
	switch {
	case hidden != 1:
		return false
	case len(shown) == 0: // the sum is the hidden number itself
		*sum = Hidden
	default:
		*slices.MinFunc(shown, func(a, b *int64) int { return int(*a - *b) }) = Hidden
	}
	return true
}
