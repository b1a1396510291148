package saving

import (
	"errors"
	"testing"
	"time"

	"kompetansepilot/data"
	"kompetansepilot/ui/uitest"
)

// list is a record to which texts are added: an addition made twice is seen.
type list struct{ texts []string }

func add(text string, save func(data.Option) error) *Edit[list] {
	return &Edit[list]{Label: text, Save: save, On: func(l *list) error {
		l.texts = append(l.texts, text)
		return nil
	}}
}

func queue(t *testing.T, refused func()) (*uitest.Tried, *Queue[list]) {
	w := uitest.Window(t, uitest.Program(t, false))
	return w, New[list](w.Env, refused)
}

// storing makes an update of the workspace, as the services do.
func storing(w *uitest.Tried, name string) func(data.Option) error {
	return func(committed data.Option) error {
		return w.Env.Program.Workspace.Update("Lagret", func(tx *data.Tx) error {
			return tx.Put(&data.Setting{Row: data.Row{ID: name}, Value: name})
		}, committed)
	}
}

func TestShownOnceHoweverReadingAndSavingFall(t *testing.T) {
	w, q := queue(t, func() {})
	var heard []int // how many edits a reading lacks, in the moment the save is heard of
	cancel := w.Env.Program.Workspace.Subscribe(func(c data.Changed) {
		var after list
		q.On(&after, c.Transaction)
		heard = append(heard, len(after.texts))
	})
	q.Do(add("én", storing(w, "a")))
	if len(heard) != 1 || heard[0] != 0 {
		t.Errorf("an edit that is stored is made again: %v", heard)
	}
	cancel()
	q.Do(add("to", storing(w, "b")))
	var before list // read before the save
	q.On(&before, q.stored[0].transaction-1)
	if len(before.texts) != 1 || before.texts[0] != "to" {
		t.Errorf("a reading from before the save gets %v", before.texts)
	}
}

func TestPassingErrorIsTriedAgainInOrder(t *testing.T) {
	w, q := queue(t, func() { t.Error("given up") })
	full := true
	var order []string
	save := func(name string) func(data.Option) error {
		return func(committed data.Option) error {
			if full {
				return &data.Error{Code: data.CodeDiskFull}
			}
			order = append(order, name)
			return storing(w, name)(committed)
		}
	}
	q.Do(add("a", save("a")))
	q.Do(add("b", save("b")))
	if len(w.Shell.Unsaves) == 0 {
		t.Fatal("nobody is told that it is not saved")
	}
	var shown list
	q.On(&shown, 0)
	if len(shown.texts) != 2 {
		t.Errorf("the screen shows %v", shown.texts)
	}
	full = false
	w.Tasks.Advance(time.Minute)
	if len(order) != 2 || order[0] != "a" || w.Shell.Saves == 0 {
		t.Errorf("saved %v", order)
	}
}

func TestRefusedEditIsToldAndLeaves(t *testing.T) {
	refused := 0
	w, q := queue(t, func() { refused++ })
	q.Do(add("a", func(data.Option) error { return errors.New("raden er borte") }))
	q.Do(add("b", storing(w, "b")))
	if refused != 1 || len(w.Shell.Failed) != 1 || w.Shell.Saves != 1 {
		t.Errorf("refused %d times, told %v, saved %d times", refused, w.Shell.Failed, w.Shell.Saves)
	}
}

func TestOnlyTheNewestTextIsSaved(t *testing.T) {
	w, q := queue(t, func() {})
	var saved []string
	typed := func(text string) {
		e := add(text, func(committed data.Option) error {
			saved = append(saved, text)
			return storing(w, text)(committed)
		})
		e.Key = "field"
		q.Type(e)
	}
	typed("S")
	typed("Sk")
	if !q.Waiting("field") {
		t.Error("nothing waits")
	}
	typed("Skog")
	w.Tasks.Advance(TypingPause)
	if len(saved) != 1 || saved[0] != "Skog" || q.Waiting("field") {
		t.Errorf("saved %v", saved)
	}
}
