package ui

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/people"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

const (
	// searchPause is how long the keyboard rests before the answers follow it.
	searchPause = 90 * time.Millisecond
	// mostHits is how many records are shown.
	mostHits = 30
)

// hitList is the search field's answers: pages, commands and records.
type hitList struct {
	*kit.HitList

	window *Window
	field  *kit.SearchField
	latest *task.Latest
	typing *task.Debouncer
	do     map[string]func() // what each answer does, by its option's id
}

func newHitList(w *Window, field *kit.SearchField) *hitList {
	h := &hitList{window: w, field: field, latest: task.NewLatest(w.tasks)}
	h.HitList = kit.NewHitList(w.words, w.words.T("shell.search.none"), h.onPick, h.onLeave)
	h.typing = task.NewDebouncer(w.tasks, searchPause, h.search)
	field.OnChanged = h.onChanged
	field.OnSubmitted = h.onSubmitted
	field.OnDown = h.onDown
	return h
}

func (h *hitList) onChanged(text string) {
	if strings.TrimSpace(text) == "" {
		h.hide()
		return
	}
	h.typing.Trigger()
}

// onSubmitted takes the first answer, also when it is still on its way.
func (h *hitList) onSubmitted(string) {
	if h.typing.Pending() {
		h.typing.Flush()
	}
	if h.Visible() {
		h.Pick()
	}
}

func (h *hitList) onDown() {
	if h.Visible() {
		h.window.focus(h.FocusTarget())
	}
}

func (h *hitList) onLeave() { h.window.focus(h.field.FocusTarget()) }

func (h *hitList) onPick(o kit.Option) {
	do := h.do[o.ID]
	h.field.Clear()
	h.hide()
	if do != nil {
		do()
	}
}

func (h *hitList) hide() {
	h.typing.Stop()
	h.latest.Cancel()
	h.Hide()
}

// found is a record with where it is shown.
type found struct {
	data.Hit
	route screen.Route
}

func (h *hitList) search() {
	text := h.field.Text()
	s := h.window.session
	task.RunLatest(h.latest, context.Background(), func(context.Context) ([]found, error) {
		return findRecords(s, text)
	}, func(records []found, err error) {
		if err != nil {
			h.window.Fail(h.window.words.T("shell.search.placeholder"), err)
			return
		}
		h.show(text, records)
	})
}

// findRecords runs in the background.
func findRecords(s *session, text string) ([]found, error) {
	hits, err := s.program.Workspace.Search(text, mostHits)
	if err != nil {
		return nil, err
	}
	var all []found
	for _, hit := range hits {
		r, ok, err := routeTo(s, hit)
		if err != nil && data.Code(err) != data.CodeNotFound {
			return nil, err
		}
		if ok && err == nil {
			all = append(all, found{hit, r})
		}
	}
	return all, nil
}

// routeTo is where a record is shown.
func routeTo(s *session, hit data.Hit) (screen.Route, bool, error) {
	if hit.Kind == (*data.Organisation)(nil).Kind() {
		o, err := data.Get[data.Organisation](s.program.Workspace, hit.Record)
		page := screen.PageBusinesses
		if o.OrganisationOf == data.OrganisationProvider {
			page = screen.PageProviders
		}
		return screen.Route{Page: page, ID: hit.Record}, true, err
	}
	if r, ok, err := people.RouteTo(s.env, hit); ok || err != nil {
		return r, ok, err
	}
	place, ok, err := s.program.Grants.PlaceOf(hit.Kind, hit.Record)
	return screen.Route{Page: screen.PageApplication, ID: place.Application, Field: place.Field}, ok, err
}

// show lists the pages and commands with the words of the text, then the records.
func (h *hitList) show(text string, records []found) {
	w := h.window
	var options []kit.Option
	h.do = map[string]func(){}
	add := func(label, note string, icon fyne.Resource, do func()) {
		id := label + "\x00" + note + "\x00" + string(rune(len(options)))
		options = append(options, kit.Option{ID: id, Label: label, Note: note}.WithIcon(icon))
		h.do[id] = do
	}
	for _, d := range destinations() {
		if d.label != "" && hasWords(w.words.T(d.label), text) {
			add(w.words.T(d.label), w.words.T("shell.search.page"), d.icon, func() { w.Go(screen.Route{Page: d.page}) })
		}
	}
	for _, item := range commands(w.menu()) {
		if hasWords(item.Label, text) && !isPage(w, item.Label) {
			add(item.Label, w.words.T("shell.search.command"), fynetheme.NavigateNextIcon(), item.Action)
		}
	}
	for _, r := range records {
		add(r.Title, w.words.T("shell.kind."+r.Kind), iconOf(r.Kind), func() { w.Go(r.route) })
	}
	h.SetHits(options)
	h.Show()
	w.session.frame.object.Refresh()
}

// isPage tells whether a line of the menu only goes to a page.
func isPage(w *Window, label string) bool {
	for _, d := range destinations() {
		if d.label != "" && w.words.T(d.label) == label {
			return true
		}
	}
	return false
}

// hasWords tells whether each word of the text begins a word of the label.
func hasWords(label, text string) bool {
	words := strings.Fields(kit.Fold(label))
	for _, wanted := range strings.Fields(kit.Fold(text)) {
		begins := false
		for _, word := range words {
			begins = begins || strings.HasPrefix(word, wanted)
		}
		if !begins {
			return false
		}
	}
	return true
}

// commands are the lines of the menu that do something now, each once.
func commands(menu *fyne.MainMenu) []*fyne.MenuItem {
	var all []*fyne.MenuItem
	seen := map[string]bool{}
	for _, top := range menu.Items {
		for _, item := range top.Items {
			if item.IsSeparator || item.Disabled || item.Action == nil || item.ChildMenu != nil || seen[item.Label] {
				continue
			}
			seen[item.Label] = true
			all = append(all, item)
		}
	}
	return all
}

func iconOf(kind string) fyne.Resource {
	switch kind {
	case "organisation":
		return fynetheme.StorageIcon()
	case "attachment":
		return fynetheme.MailAttachmentIcon()
	case "goal", "activity", "milestone":
		return fynetheme.ListIcon()
	case "partner":
		return fynetheme.AccountIcon()
	}
	return fynetheme.DocumentIcon()
}

// place puts the answers under the search field, as high as they need and there
// is room for.
func (h *hitList) place(at fyne.Position, width, room float32) {
	h.Move(at)
	h.Resize(fyne.NewSize(width, min(h.Height(), room-theme.Size(theme.SizeNameGap))))
}

// focusSearch goes to the search field.
func (w *Window) focusSearch() {
	if s := w.session; s != nil {
		w.focus(s.frame.search.FocusTarget())
	}
}
