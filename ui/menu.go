package ui

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"kompetansepilot/ui/needs"
	"kompetansepilot/ui/people"
	"kompetansepilot/ui/screen"
)

// Keys of the menu. Every shortcut is a menu's, for a field with the focus lets
// no other through; and none is Ctrl+Alt, which is AltGr on Windows.
func ctrl(key fyne.KeyName) fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}
}

func ctrlShift(key fyne.KeyName) fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift}
}

func alt(key fyne.KeyName) fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierAlt}
}

// item is a line of the menu.
func (w *Window) item(key string, shortcut fyne.Shortcut, do func()) *fyne.MenuItem {
	m := fyne.NewMenuItem(w.words.T(key), do)
	m.Shortcut = shortcut
	return m
}

// inSession is a line that needs an open workspace.
func (w *Window) inSession(key string, shortcut fyne.Shortcut, do func()) *fyne.MenuItem {
	m := w.item(key, shortcut, do)
	m.Disabled = w.session == nil
	if m.Disabled {
		m.Action = func() {}
	}
	return m
}

func (w *Window) to(key string, shortcut fyne.Shortcut, page string) *fyne.MenuItem {
	return w.inSession(key, shortcut, func() { w.Go(screen.Route{Page: page}) })
}

// menu is the whole menu as it is now.
func (w *Window) menu() *fyne.MainMenu {
	return fyne.NewMainMenu(w.fileMenu(), w.editMenu(), w.viewMenu(), w.applicationMenu(), w.registerMenu(), w.helpMenu())
}

// refreshMenu shows the menu anew where something in it has changed.
func (w *Window) refreshMenu() {
	next := w.menu()
	if sameMenu(w.window.MainMenu(), next) {
		takeActions(w.window.MainMenu(), next)
		return
	}
	w.window.SetMainMenu(next)
}

// sameMenu tells whether two menus look the same; an open one is then left alone.
func sameMenu(a, b *fyne.MainMenu) bool {
	if a == nil || len(a.Items) != len(b.Items) {
		return false
	}
	for i := range a.Items {
		if a.Items[i].Label != b.Items[i].Label || !sameItems(a.Items[i].Items, b.Items[i].Items) {
			return false
		}
	}
	return true
}

func sameItems(a, b []*fyne.MenuItem) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		x, y := a[i], b[i]
		if x.Label != y.Label || x.Disabled != y.Disabled || x.Checked != y.Checked || (x.ChildMenu == nil) != (y.ChildMenu == nil) {
			return false
		}
		if x.ChildMenu != nil && !sameItems(x.ChildMenu.Items, y.ChildMenu.Items) {
			return false
		}
	}
	return true
}

// takeActions lets the lines of a menu do what those of its equal do.
func takeActions(to, from *fyne.MainMenu) {
	for i := range to.Items {
		for j := range to.Items[i].Items {
			to.Items[i].Items[j].Action = from.Items[i].Items[j].Action
		}
	}
}

func (w *Window) fileMenu() *fyne.Menu {
	quit := w.item("shell.menu.quit", ctrl(fyne.KeyQ), w.Quit)
	quit.IsQuit = true
	return fyne.NewMenu(w.words.T("shell.menu.file"),
		w.inSession("shell.menu.newApplication", ctrl(fyne.KeyN), w.newApplication),
		w.item("shell.menu.open", ctrl(fyne.KeyO), w.askOpen),
		w.recentMenu(),
		w.item("shell.menu.newWorkspace", nil, w.askNew),
		w.item("shell.menu.sample", nil, func() { w.OpenSample("") }),
		fyne.NewMenuItemSeparator(),
		w.inSession("shell.menu.saveCopy", ctrlShift(fyne.KeyS), w.SaveCopy),
		w.to("shell.menu.backups", nil, screen.PageBackups),
		fyne.NewMenuItemSeparator(),
		quit,
	)
}

func (w *Window) recentMenu() *fyne.MenuItem {
	m := w.item("shell.menu.recent", nil, nil)
	m.ChildMenu = fyne.NewMenu("")
	for _, path := range w.state.Get().Recent {
		label := filepath.Base(path) + "  –  " + shortFolder(path)
		m.ChildMenu.Items = append(m.ChildMenu.Items, fyne.NewMenuItem(label, func() { w.OpenWorkspace(path) }))
	}
	m.Disabled = len(m.ChildMenu.Items) == 0
	if m.Disabled {
		m.ChildMenu = nil
	}
	return m
}

func (w *Window) editMenu() *fyne.Menu {
	undo := w.inSession("shell.menu.undo", &fyne.ShortcutUndo{}, w.Undo)
	redo := w.inSession("shell.menu.redo", &fyne.ShortcutRedo{}, w.Redo)
	if s := w.session; s != nil {
		name := func(m *fyne.MenuItem, key, step string) {
			if step != "" {
				m.Label = w.words.T(key, "Step", short(step))
			}
			// Ctrl+Z must not reach the field under it, so the line stays enabled for its key.
			m.Disabled = step == ""
		}
		name(undo, "shell.menu.undoStep", s.undo)
		name(redo, "shell.menu.redoStep", s.redo)
	}
	return fyne.NewMenu(w.words.T("shell.menu.edit"), undo, redo,
		fyne.NewMenuItemSeparator(),
		w.item("shell.menu.cut", &fyne.ShortcutCut{}, func() { w.give(&fyne.ShortcutCut{Clipboard: w.app.Clipboard()}) }),
		w.item("shell.menu.copy", &fyne.ShortcutCopy{}, func() { w.give(&fyne.ShortcutCopy{Clipboard: w.app.Clipboard()}) }),
		w.item("shell.menu.paste", &fyne.ShortcutPaste{}, func() { w.give(&fyne.ShortcutPaste{Clipboard: w.app.Clipboard()}) }),
		w.item("shell.menu.selectAll", &fyne.ShortcutSelectAll{}, func() { w.give(&fyne.ShortcutSelectAll{}) }),
		fyne.NewMenuItemSeparator(),
		w.inSession("shell.menu.search", ctrl(fyne.KeyK), w.focusSearch),
	)
}

// longestStep is how much of a step's name fits in the menu, in characters.
const longestStep = 60

func short(step string) string {
	if r := []rune(step); len(r) > longestStep {
		return string(r[:longestStep-1]) + "…"
	}
	return step
}

// give hands a shortcut to what has the focus, as if the menu had not had it.
func (w *Window) give(s fyne.Shortcut) {
	if f, ok := w.window.Canvas().Focused().(fyne.Shortcutable); ok {
		f.TypedShortcut(s)
	}
}

func (w *Window) viewMenu() *fyne.Menu {
	m := fyne.NewMenu(w.words.T("shell.menu.view"))
	n := 0
	for _, d := range destinations() {
		if d.label == "" {
			continue
		}
		n++
		var key fyne.Shortcut
		if n <= 9 {
			key = ctrl(fyne.KeyName(strconv.Itoa(n)))
		}
		m.Items = append(m.Items, w.to(d.label, key, d.page))
	}
	prefs := w.state.Get()
	look := func(key, name string) *fyne.MenuItem {
		i := w.item(key, nil, func() { w.SetLook(name) })
		i.Checked = prefs.Look == name || name == "system" && prefs.Look == ""
		return i
	}
	compact := w.item("shell.menu.compact", nil, func() { w.SetCompact(!w.state.Get().Compact) })
	compact.Checked = prefs.Compact
	m.Items = append(m.Items,
		w.inSession("shell.menu.back", alt(fyne.KeyLeft), w.Back),
		w.inSession("shell.menu.forward", alt(fyne.KeyRight), w.Forward),
		w.inSession("shell.menu.pane", ctrl(fyne.KeyF6), w.NextPane),
		fyne.NewMenuItemSeparator(),
		look("shell.look.system", "system"), look("shell.look.light", "light"), look("shell.look.dark", "dark"), look("shell.look.contrast", "contrast"),
		fyne.NewMenuItemSeparator(),
		w.item("shell.menu.larger", ctrl(fyne.KeyPlus), func() { w.changeTextScale(1) }),
		w.item("shell.menu.smaller", ctrl(fyne.KeyMinus), func() { w.changeTextScale(-1) }),
		w.item("shell.menu.usualSize", ctrl(fyne.Key0), func() { w.SetTextScale(1) }),
		compact,
	)
	return m
}

func (w *Window) applicationMenu() *fyne.Menu {
	m := fyne.NewMenu(w.words.T("shell.menu.application"), w.inSession("shell.menu.newApplication", nil, w.newApplication))
	m.Items = append(m.Items, w.to("shell.page.applications", nil, screen.PageApplications))
	if s := w.session; s != nil {
		if c, ok := s.page.(screen.Commander); ok {
			if commands := c.Commands(); len(commands) > 0 {
				m.Items = append(m.Items, fyne.NewMenuItemSeparator())
				for _, command := range commands {
					i := fyne.NewMenuItem(command.Name, command.Do)
					i.Disabled = command.Disabled
					m.Items = append(m.Items, i)
				}
			}
		}
	}
	return m
}

func (w *Window) registerMenu() *fyne.Menu {
	return fyne.NewMenu(w.words.T("shell.menu.register"),
		w.inSession("people.log.title", ctrl(fyne.KeyL), func() { people.AskActivity(w.session.env, "") }),
		w.inSession("needs.interview", ctrl(fyne.KeyI), func() { needs.StartInterview(w.session.env, "") }),
		w.inInterview("interview.more", ctrlShift(fyne.KeyB), needs.Talk.More),
		w.inInterview("interview.finish", ctrl(fyne.KeyReturn), needs.Talk.Finish),
		w.inSession("survey.menu", nil, func() { w.Go(screen.Route{Page: screen.PageSurvey}) }),
		w.to("needs.title", nil, screen.PageNeeds),
		w.to("needs.terms.title", nil, screen.PageTerms),
		w.to("interview.questions", nil, screen.PageQuestions),
		w.to("course.requests.title", nil, screen.PageRequests),
		w.to("course.title", nil, screen.PageCourses),
		w.to("people.title", nil, screen.PageTasks),
		w.to("shell.page.businesses", nil, screen.PageBusinesses),
		w.to("shell.page.providers", nil, screen.PageProviders),
		w.to("shell.page.offerings", nil, screen.PageOfferings),
		w.to("shell.page.calls", nil, screen.PageCalls),
	)
}

// inInterview is a line of the menu that works while an interview is shown.
func (w *Window) inInterview(key string, shortcut fyne.Shortcut, do func(needs.Talk)) *fyne.MenuItem {
	item := w.inSession(key, shortcut, func() {
		if talk, ok := w.session.page.(needs.Talk); ok {
			do(talk)
		}
	})
	if w.session != nil {
		if _, ok := w.session.page.(needs.Talk); !ok {
			item.Disabled = true
		}
	}
	return item
}

func (w *Window) helpMenu() *fyne.Menu {
	help := func(topic string) func() { return func() { w.Go(screen.Route{Page: screen.PageHelp, ID: topic}) } }
	return fyne.NewMenu(w.words.T("shell.menu.help"),
		w.inSession("shell.menu.shortcuts", ctrl(fyne.KeyF1), help("shortcuts")),
		w.inSession("shell.page.help", nil, help("")),
		fyne.NewMenuItemSeparator(),
		w.to("shell.page.verify", nil, screen.PageVerify),
		w.to("shell.page.messages", nil, screen.PageNotifications),
		w.item("shell.menu.log", nil, w.showLog),
		fyne.NewMenuItemSeparator(),
		w.item("shell.menu.about", nil, w.ShowAbout),
	)
}

// shortFolder is the folder of a file as far as it tells files apart.
func shortFolder(path string) string {
	folder := filepath.Dir(path)
	if home, err := os.UserHomeDir(); err == nil && home != "" {
		if rest, ok := strings.CutPrefix(folder, home); ok {
			folder = "~" + rest
		}
	}
	if r := []rune(folder); len(r) > longestStep {
		return "…" + string(r[len(r)-longestStep:])
	}
	return folder
}
