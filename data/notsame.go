package data

// NotSame says that two organisations that look alike are two. Its id is made
// of theirs, so that each pair is told once.
type NotSame struct {
	Row
	First  string `db:"first" json:"first"` // the smaller of the ids
	Second string `db:"second" json:"second"`
}

// Kind names the table.
func (*NotSame) Kind() string { return "not_same" }

// NewNotSame tells two organisations apart, whichever is named first.
func NewNotSame(a, b string) *NotSame {
	if b < a {
		a, b = b, a
	}
	return &NotSame{Row: Row{ID: a + "+" + b}, First: a, Second: b}
}
