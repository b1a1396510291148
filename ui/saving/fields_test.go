package saving_test

import (
	"testing"
	"time"

	"kompetansepilot/data"
	"kompetansepilot/ui/saving"
	"kompetansepilot/ui/uitest"
)

// note is a record of its own, so that the saver is tried without a workspace.
type note struct{ text string }

func TestSaver(t *testing.T) {
	w := uitest.Window(t, uitest.Program(t, false))
	var fails error
	var stored []string
	refused := 0
	s := saving.NewFields(w.Env, func(_, id, _ string, apply func(*note), _ ...data.Option) error {
		if fails != nil {
			return fails
		}
		n := note{}
		apply(&n)
		stored = append(stored, id+"="+n.text)
		return nil
	}, func() { refused++ })
	edit := func(id, text string) saving.FieldEdit[note] {
		return saving.FieldEdit[note]{Label: "Endret", ID: id, Field: "text", Apply: func(n *note) { n.text = text }}
	}
	s.Type(edit("a", "h"))
	s.Type(edit("a", "hei"))
	if len(stored) != 0 || !s.Waiting("a", "text") || s.Waiting("b", "text") {
		t.Errorf("while typing: %v", stored)
	}
	read := note{"gammel"}
	if s.On("a", &read); read.text != "hei" {
		t.Errorf("what is typed is lost on a reading: %q", read.text)
	}
	w.Tasks.Advance(saving.TypingPause)
	if len(stored) != 1 || stored[0] != "a=hei" || w.Shell.Saves != 1 {
		t.Errorf("after a pause: %v, %d saves", stored, w.Shell.Saves)
	}
	fails = &data.Error{Code: data.CodeDiskFull}
	s.Choose(edit("b", "full disk"))
	if len(w.Shell.Unsaves) != 1 || !s.Waiting("b", "text") {
		t.Errorf("a full disk: %v", w.Shell.Unsaves)
	}
	fails = nil
	w.Tasks.Advance(2 * time.Second)
	if len(stored) != 2 || s.Waiting("b", "text") {
		t.Errorf("not tried again: %v", stored)
	}
	fails = &data.Error{Code: data.CodeNotFound}
	s.Choose(edit("c", "gone"))
	if len(w.Shell.Failed) != 1 || refused != 1 || s.Waiting("c", "text") {
		t.Errorf("a record that is gone: %v, refused %d", w.Shell.Failed, refused)
	}
}
