package settings

import (
	"testing"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/lang"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/uitest"
)

func tryHelp(t *testing.T, topic string) (*uitest.Tried, *helpPage) {
	t.Helper()
	w := uitest.Window(t, uitest.Program(t, false))
	p := NewHelp(w.Env, topic).(*helpPage)
	w.Show(p)
	return w, p
}

func TestHelpOpensATopic(t *testing.T) {
	_, p := tryHelp(t, TopicShortcuts)
	if p.list.Selected() != TopicShortcuts || !reads(p.Content(), "Ctrl+Shift+S") {
		t.Error("the shortcuts are not shown")
	}
	if _, p = tryHelp(t, "unknown"); p.list.Selected() != "start" {
		t.Error("an unknown topic opens", p.list.Selected())
	}
	p.FocusField("backup")
	if p.list.Selected() != "backup" || !reads(p.Content(), "sikkerhetskopier selv") {
		t.Error("FocusField does not open a topic")
	}
}

func TestHelpIsSearched(t *testing.T) {
	w, p := tryHelp(t, "")
	w.Shell.Window().Canvas().Focus(p.search.FocusTarget())
	w.Write("KRAAKE")
	if !p.none.Visible() || p.list.Selected() != "" {
		t.Error("a word that is nowhere finds", p.list.Selected())
	}
	w.Key(fyne.KeyEscape)
	w.Write("onedrive")
	if p.none.Visible() || p.list.Selected() != "backup" || !reads(p.Content(), "Hvor lenge de beholdes") {
		t.Error("the first hit is not shown:", p.list.Selected())
	}
	w.Key(fyne.KeyDown, fyne.KeyDown)
	if p.list.Selected() != "privacy" {
		t.Error("arrow down in the list shows", p.list.Selected())
	}
	if w.Key(fyne.KeyReturn); w.Shell.Window().Canvas().Focused() != fyne.Focusable(p.reader) {
		t.Error("Enter does not go to the text")
	}
}

// TestEveryTopicIsDrawn: also in narrow panes and with large text.
func TestEveryTopicIsDrawn(t *testing.T) {
	for _, code := range lang.Codes {
		w := uitest.WindowIn(t, uitest.Program(t, false), code, uitest.Looks()["light-200"], 700, 500)
		p := NewHelp(w.Env, "").(*helpPage)
		w.Show(p)
		for _, topic := range p.topics {
			p.show(topic.ID)
			if !reads(p.Content(), topic.Title) {
				t.Errorf("%s/%s is not shown", code, topic.ID)
			}
		}
	}
}

func TestHelpPictures(t *testing.T) {
	for _, topic := range []string{"start", TopicShortcuts, "commandline"} {
		pictures(t, "help-"+topic, false, func(w *uitest.Tried) screen.Page { return NewHelp(w.Env, topic) })
	}
}

// TestFocusPictures: where the focus is must be seen.
func TestFocusPictures(t *testing.T) {
	for look, options := range uitest.Looks() {
		w := uitest.WindowIn(t, uitest.Program(t, false), "nb", options, 1280, 800)
		p := NewHelp(w.Env, "backup").(*helpPage)
		w.Show(p)
		p.focus(p.list)
		w.Picture("help-focus-list-" + look)
		p.focus(p.reader)
		w.Key(fyne.KeyDown)
		w.Picture("help-focus-text-" + look)
	}
}
