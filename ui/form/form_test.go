package form_test

import (
	"errors"
	"strconv"
	"testing"

	"kompetansepilot/app/partner"
	"kompetansepilot/data"
	"kompetansepilot/ui/form"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/saving"
	"kompetansepilot/ui/uitest"
)

// course is a record of its own, so that a form is tried without a workspace.
type course struct {
	name  string
	seats int64
	level string
}

// TestForm: what is typed is saved under the record's id with a step of its own, and
// what is no number stays in the field until another record is shown.
func TestForm(t *testing.T) {
	w := uitest.Window(t, uitest.Program(t, false))
	var steps []string
	stored := map[string]course{"a": {name: "Krankurs", seats: 12}, "b": {name: "Svinn", level: "of_tomorrow"}}
	saves := saving.NewFields(w.Env, func(label, id, _ string, apply func(*course), _ ...data.Option) error {
		c := stored[id]
		apply(&c)
		stored[id] = c
		steps = append(steps, label)
		return nil
	}, func() {})
	f := form.New(w.Env.Words, saves, func(label string, c *course) string { return label + " for " + c.name })
	edits := 0
	f.OnEdited = func() { edits++ }
	name := f.Text("name", "Navn", "", func(c *course) *string { return &c.name })
	seats := f.Count("seats", "Plasser", func(c *course) *int64 { return &c.seats }, "Ikke et tall.")
	level := f.Choice("level", "Nivå", "", []kit.Option{{ID: "short", Label: "Kort"}}, func(c *course) *string { return &c.level })
	control := seats.Frame.Control().(*kit.TextField)
	type_ := func(text string) {
		control.SetText(text)
		control.OnChanged(text)
	}

	f.Show("a", stored["a"])
	type_("14")
	w.Tasks.Advance(saving.TypingPause)
	if stored["a"].seats != 14 || len(steps) != 1 || steps[0] != "plasser for Krankurs" || edits != 1 {
		t.Errorf("stored %+v in the steps %v after %d edits", stored["a"], steps, edits)
	}
	type_("tolv")
	w.Tasks.Advance(saving.TypingPause)
	f.Show("a", stored["a"]) // as when something else has changed
	if control.Text() != "tolv" || seats.Frame.Error() != "Ikke et tall." || stored["a"].seats != 14 {
		t.Errorf("what is no number: %q says %q, stored %d", control.Text(), seats.Frame.Error(), stored["a"].seats)
	}
	f.Show("b", stored["b"])
	if control.Text() != "" || seats.Frame.Error() != "" {
		t.Errorf("on another record stands %q with %q", control.Text(), seats.Frame.Error())
	}
	if got := level.Frame.Control().(*kit.Select).Selected(); got != "of_tomorrow" {
		t.Errorf("a value of a newer program is shown as %q", got)
	}
	if f.Drop([]*form.Field[course]{name}); f.Focus("name") || !f.Focus("") || f.Frame("name") != nil {
		t.Error("a field that was dropped is still there")
	}
}

// TestNumber: 0 is nothing, and what the reader refuses is told.
func TestNumber(t *testing.T) {
	w := uitest.Window(t, uitest.Program(t, false))
	saves := saving.NewFields(w.Env, func(string, string, string, func(*course), ...data.Option) error {
		return errors.New("not stored here")
	}, func() {})
	f := form.New(w.Env.Words, saves, func(label string, _ *course) string { return label })
	x := f.Number("seats", "Plasser", "", func(c *course) *int64 { return &c.seats }, func(n int64) string { return strconv.FormatInt(n/100, 10) }, partner.ParseCredits, "Nei.")
	control := x.Frame.Control().(*kit.TextField)
	for _, seats := range []int64{0, 1200} {
		f.Show("a", course{seats: seats})
		if want := map[int64]string{0: "", 1200: "12"}[seats]; control.Text() != want {
			t.Errorf("%d is shown as %q", seats, control.Text())
		}
	}
	if control.OnChanged("-"); x.Frame.Error() != "Nei." || f.Now.seats != 1200 {
		t.Errorf("says %q, keeps %d", x.Frame.Error(), f.Now.seats)
	}
}
