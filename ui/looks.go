package ui

import (
	"context"
	"log/slog"
	"math"
	"path/filepath"

	"fyne.io/fyne/v2"

	"kompetansepilot/app"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/logfile"
	"kompetansepilot/app/system"
	"kompetansepilot/data"
	"kompetansepilot/ui/applications"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
)

// The text sizes, as parts of the usual one, and the step between them.
const (
	smallestText, largestText = 1.0, 2.0
	textStep                  = 0.1
)

// prefer changes a preference and keeps it; the looks are put on at once.
func (w *Window) prefer(change func(*app.Preferences)) {
	if err := w.state.Change(change); err != nil {
		slog.Warn("remember preferences", "err", err)
	}
	w.dress()
	if s := w.session; s != nil {
		s.frame.object.Refresh()
		s.page.Changed(data.Changed{Outside: true}) // it may show the looks
	}
	w.refreshMenu()
}

// SetLook chooses "system", "light", "dark" or "contrast".
func (w *Window) SetLook(name string) { w.prefer(func(p *app.Preferences) { p.Look = name }) }

// SetCompact chooses how close rows stand.
func (w *Window) SetCompact(compact bool) {
	w.prefer(func(p *app.Preferences) { p.Compact = compact })
}

// SetTextScale chooses how large the text is, 1.0 to 2.0.
func (w *Window) SetTextScale(scale float32) {
	tenths := math.Round(float64(scale)/textStep) * textStep
	scale = float32(min(max(tenths, smallestText), largestText))
	w.prefer(func(p *app.Preferences) { p.TextScale = scale })
}

func (w *Window) changeTextScale(steps int) {
	scale := w.state.Get().TextScale
	if scale == 0 {
		scale = 1
	}
	w.SetTextScale(scale + float32(steps)*textStep)
}

// SetLanguage speaks another language from now on. The page is built anew.
func (w *Window) SetLanguage(code string) {
	if code == w.words.Code() {
		return
	}
	w.prefer(func(p *app.Preferences) { p.Language = code })
	w.words = lang.New(code)
	speak(code)
	s := w.session
	if s == nil {
		w.stand(kit.NewQuietText(""))
		w.showWelcome(app.DefaultWorkspace())
		return
	}
	w.whenStored(func() {
		r := s.trail.now()
		r.Field = w.focusedField()
		s.page.Leave()
		w.stand(kit.NewQuietText(""))
		w.furnish(r, nil)
	})
}

// ShowAbout tells what the program is and what it rests on.
func (w *Window) ShowAbout() {
	text := w.words.T("shell.about.text", "Version", w.options.Version, "Build", w.options.Build, "Commit", w.options.Commit)
	if s := w.session; s != nil {
		for _, credit := range s.program.Places.Credits() {
			text += "\n\n" + credit
		}
	}
	kit.ShowText(w.window, w.words, app.Name, text)
}

// Version is the program's own, for who helps.
func (w *Window) Version() string { return w.options.Version + " (" + w.options.Commit + ")" }

// showLog opens the log in the system's program for texts.
func (w *Window) showLog() {
	path := filepath.Join(w.options.Logs, logfile.Name)
	task.Run(w.tasks, context.Background(), func(context.Context) (struct{}, error) {
		return struct{}{}, system.Open(path)
	}, func(_ struct{}, err error) {
		if err != nil {
			w.Fail(w.words.T("shell.menu.log"), err)
		}
	})
}

// newApplication asks for what a new application needs.
func (w *Window) newApplication() {
	if w.session != nil {
		applications.AskNew(w.session.env)
	}
}

// onNavigate goes to a page of the navigation.
func (w *Window) onNavigate(page string) { w.Go(screen.Route{Page: page}) }

// onKey takes the keys that nothing with the focus wanted.
func (w *Window) onKey(ev *fyne.KeyEvent) {
	switch {
	case ev.Name == fyne.KeyF6:
		w.NextPane()
	case ev.Name == fyne.KeyEscape && w.session != nil && w.session.frame.hits.Visible():
		w.session.frame.hits.hide()
	}
}

// NextPane takes the focus round: navigation, search, page.
func (w *Window) NextPane() {
	s := w.session
	if s == nil {
		return
	}
	c := w.window.Canvas()
	switch c.Focused() {
	case s.frame.nav.FocusTarget():
		w.focusSearch()
	case s.frame.search.FocusTarget():
		s.frame.hits.hide()
		if f, ok := s.page.(interface{ First() fyne.Focusable }); ok && f.First() != nil {
			c.Focus(f.First())
			return
		}
		if first := kit.FirstFocusable(s.page.Content()); first != nil {
			c.Focus(first)
		}
	default:
		c.Focus(s.frame.nav.FocusTarget())
	}
}
