package app_test

import (
	"path/filepath"
	"testing"

	"kompetansepilot/app"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
)

func TestEraseForgetsWhatWasSearchedFor(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("KOMPETANSEPILOT_HOME", filepath.Join(dir, "home"))
	state := app.LoadState()
	p, err := app.Open(filepath.Join(dir, "a"+data.Extension), state, app.Options{Create: true, AnyPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	person := data.Person{Name: "Kari Nordbø"}
	person.ID = data.NewID()
	if err := p.Workspace.Update("Ny", func(tx *data.Tx) error { return tx.Put(&person) }); err != nil {
		t.Fatal(err)
	}
	if err := state.NoteSearched("kari nordbø", "person", person.ID, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Erase(lang.New("nb"), data.Subject{Kind: "person", ID: person.ID}, "asked"); err != nil {
		t.Fatal(err)
	}
	if got := app.LoadState().Get().Searches; len(got) != 0 {
		t.Errorf("still remembers %q", got)
	}
}
