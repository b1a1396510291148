package mail

import (
	"strings"
	"testing"

	"kompetansepilot/app/mail/mailtest"
	"kompetansepilot/app/mail/parse"
	"kompetansepilot/data/post"
	"kompetansepilot/ui/uitest"
)

// TestReaderAsksForNothing opens letters that lure in every way in the window; nobody
// goes where they point.
func TestReaderAsksForNothing(t *testing.T) {
	trap := mailtest.SetTrap(t)
	program := uitest.Program(t, false)
	fill(t, program, 0)
	store, err := program.Mail.Store()
	if err != nil {
		t.Fatal(err)
	}
	f, err := store.FolderOf("x", "Lokkemat", "")
	if err != nil {
		t.Fatal(err)
	}
	var all []post.Arrived
	for i, raw := range mailtest.Luring(trap.Address) {
		all = append(all, post.Arrived{UID: uint32(i + 1), Raw: raw, Key: post.Key(raw), Index: parse.Index(raw)})
	}
	if err := store.Add(f, all); err != nil {
		t.Fatal(err)
	}
	w := uitest.Window(t, program)
	p := New(w.Env, "").(*Page)
	w.Show(p)
	for _, m := range all {
		p.reader.open(m.Key)
		if p.reader.now.mail == nil {
			t.Fatalf("%s is not shown: %v", m.Index.Subject, w.Shell.Failed)
		}
		if b := p.reader.blocks(); len(b) == 0 || !strings.Contains(b[0].Text, "lokketekst") {
			t.Errorf("%s: %+v", m.Index.Subject, b)
		}
		w.Picture(m.Index.Subject)
	}
	if n := trap.Calls(); n != 0 {
		t.Errorf("somebody went there %d times", n)
	}
}
