package data

// NeedFigures is a text of figures, about the needs or what Source says, that was put into a field of an
// application, so that one sees when the figures behind it have changed.
type NeedFigures struct {
	Row
	Application string `db:"application" json:"application"`
	Field       string `db:"field" json:"field"` // of the call
	Text        string `db:"text" json:"text"`   // as it was put in
	Made        string `db:"made" json:"made"`   // RFC 3339, UTC
	// Source is what the figures are about, one of app/insight's; "" for needs.
	Source string `db:"source" json:"source,omitempty"`
}

// Kind names the table.
func (*NeedFigures) Kind() string { return "need_figures" }

// FiguresOf are the texts about the needs in an application, oldest first.
func FiguresOf(r Reader, application string) ([]NeedFigures, error) {
	return Live[NeedFigures](r, "application = ?", "made, id", application)
}
