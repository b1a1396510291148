// Package listing is what pages of records have in common: a grid to the left, the
// record that is chosen in it to the right, and the person's own arrangement of both,
// which is remembered.
package listing

import (
	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app"
	"kompetansepilot/app/lang"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
)

// NewGrid makes a grid whose columns are remembered under a name. usual is how they
// are arranged until a person does it, "" for as they come.
func NewGrid(env *screen.Env, name string, columns []kit.GridColumn, usual string) *kit.Grid {
	g := kit.NewGrid(env.Words, columns, Layout(env, name, usual))
	g.OnLayout = func(layout string) { env.Remember(func(prefs *app.Preferences) { prefs.Columns[name] = layout }) }
	return g
}

// Layout is how a person arranged the columns of a grid, usual when nobody has.
func Layout(env *screen.Env, name, usual string) string {
	if layout, ok := env.Program.State.Get().Columns[name]; ok {
		return layout
	}
	return usual
}

// NewSides puts a list and the record beside each other. The divider is remembered
// under a name; usual is where it stands until it is moved, from 0 to 1.
func NewSides(env *screen.Env, name string, usual float64, list, record fyne.CanvasObject, back *kit.Button) *kit.Sides {
	s := kit.NewSides(list, record, back)
	s.Offset = func() float64 { return env.Divider(name, usual) }
	s.OnOffset = func(offset float64) { env.KeepDivider(name, offset) }
	s.OnSwapped = func() { kit.SettleFocus(env.Shell.Window().Canvas()) }
	return s
}

// NewBack makes the button that goes back to the list where only the record has room.
func NewBack(words *lang.Printer, back func()) *kit.Button {
	b := kit.NewButton(words.T("register.back"), back)
	b.SetIcon(fynetheme.NavigateBackIcon())
	return b
}

// Narrowed tells on the chip that opens a dialog of filters how many are in use.
func Narrowed(words *lang.Printer, chip *kit.Button, inUse int) {
	chip.SetOn(inUse > 0)
	if inUse == 0 {
		chip.SetText(words.T("register.narrow.none"))
		return
	}
	chip.SetText(words.T("register.narrow.some", "Count", words.Number(int64(inUse))))
}

// AskNarrow shows a dialog of filters. use is called when they are to be used, clear
// when all of them are to be taken away.
func AskNarrow(env *screen.Env, width float32, content fyne.CanvasObject, focus fyne.Focusable, use, clear func()) {
	w := env.Words
	var dialog *kit.Dialog
	reset := kit.NewButton(w.T("register.narrow.clear"), func() {
		dialog.Close()
		clear()
	})
	dialog = kit.ShowCustom(env.Shell.Window(), w, kit.Custom{
		Title: w.T("register.narrow.title"), Verb: w.T("register.narrow.verb"), Width: width, Buttons: []*kit.Button{reset}, Focus: focus, Content: content,
		OnVerb: func() bool {
			use()
			return true
		},
	})
}

// focus puts the focus on a control.
func focus(env *screen.Env, o kit.Control) {
	if c, target := env.Shell.Window().Canvas(), o.FocusTarget(); c != nil && target != nil {
		c.Focus(target)
	}
}

// Tally is the line under a list: how many records it shows, of how many, what else
// is said of them, and how many are selected. count says a number of records.
func Tally(words *lang.Printer, count func(n int) string, shown, all int, also string, selected int) string {
	text := count(shown)
	if all != shown {
		text = words.T("register.countOf", "Count", words.Number(int64(shown)), "All", count(all))
	}
	if selected > 1 {
		return lang.Joined(" · ", text, also, words.N("register.selected", selected))
	}
	return lang.Joined(" · ", text, also)
}
