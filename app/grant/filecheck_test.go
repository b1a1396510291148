package grant

import (
	"testing"

	"kompetansepilot/app/lang"
	"kompetansepilot/data"
)

// TestOddFiles: files that no receiver can use are told of, each in its field.
func TestOddFiles(t *testing.T) {
	in := Input{Words: lang.New("nb"), Draft: &data.Draft{Attachments: []data.Attachment{
		{Row: data.Row{ID: "1"}, Field: "a", FileName: "plan.pdf", Size: 9, SHA256: "x"},
		{Row: data.Row{ID: "2"}, Field: "a", FileName: "tom.pdf", SHA256: "e"},
		{Row: data.Row{ID: "3"}, Field: "b", FileName: "Oppsett.EXE", Size: 9, SHA256: "y"},
		{Row: data.Row{ID: "4"}, Field: "b", FileName: "plan 2.pdf", Size: 9, SHA256: "x"},
	}}}
	all := oddFiles(&in)
	want := []struct{ row, field, message string }{
		{"2", "a", "«tom.pdf» er tom."},
		{"3", "b", "«Oppsett.EXE» er et program, ikke et dokument. Mottakere avviser slike filer."},
		{"4", "b", "«plan 2.pdf» er den samme filen som «plan.pdf»."},
	}
	if len(all) != len(want) {
		t.Fatalf("%d findings: %+v", len(all), all)
	}
	for i, w := range want {
		if f := all[i]; f.Row != w.row || f.Field != w.field || f.Message != w.message || f.Severity != Warn || f.Remedy == "" {
			t.Errorf("finding %d is %+v", i, f)
		}
	}
}
