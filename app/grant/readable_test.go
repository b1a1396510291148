package grant

import (
	"testing"

	"kompetansepilot/app/lang"
	"kompetansepilot/data"
)

// TestTableIsReadable: a row of an own table has its amount and its date as people
// write them, and what is neither as it stands.
func TestTableIsReadable(t *testing.T) {
	f := &Field{ID: "support", Type: TypeTable, Columns: []Column{{ID: "giver"}, {ID: "amount"}, {ID: "date", Type: "date"}, {ID: "basis"}}}
	d := &data.Draft{Application: data.Application{Answers: data.Values{"support": "Fondet\t180000\t2019-11-12\tramme\r\nStaten\tukjent\t\t2020"}}}
	want := "Fondet · 180\u202f000 · 12.11.2019 · ramme\nStaten · ukjent · 2020"
	if got := (Reader{Words: lang.New("nb")}).Text(d, f); got != want {
		t.Errorf("reads %q, want %q", got, want)
	}
}
