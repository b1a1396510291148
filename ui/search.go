package ui

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/search"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// searchPause is how long the keyboard rests before the answers follow it: less
// than between two letters, more than when a key is held.
const searchPause = 25 * time.Millisecond

// hitList is the search field's answers: pages, commands, settings, records, the
// texts in them, and help.
type hitList struct {
	*kit.HitList
	behind *kit.Backdrop

	window *Window
	field  *kit.SearchField
	latest *task.Latest
	typing *task.Debouncer
	notes  *task.Serial
	finder *search.Finder // nil until the first search has made it

	shown map[string]search.Hit // by the line's id
	do    map[string]func()     // what the commands do, by name
	text  string                // what the answers are for
	hasty bool                  // Enter came before the answers
	from  fyne.Focusable        // what had the focus before the field
}

func newHitList(w *Window, field *kit.SearchField) *hitList {
	h := &hitList{window: w, field: field, latest: task.NewLatest(w.tasks), notes: task.NewSerial(w.tasks)}
	h.HitList = kit.NewHitList(h.onPick)
	h.behind = kit.NewBackdrop(h.hide)
	h.typing = task.NewDebouncer(w.tasks, searchPause, func() { h.search(false) })
	field.OnChanged = h.onChanged
	field.OnSubmitted = h.onSubmitted
	field.OnFocus = h.onFocus
	field.OnFocusLost = h.onFocusLost
	field.OnKey = h.onKey
	return h
}

func (h *hitList) onChanged(text string) {
	h.hasty = false
	if strings.TrimSpace(text) == "" {
		h.hide()
		if h.field.Focused() {
			h.recent()
		}
		return
	}
	h.typing.Trigger()
}

// onSubmitted takes the answer that is chosen, also when the answers are still on
// their way.
func (h *hitList) onSubmitted(text string) {
	if strings.TrimSpace(text) == "" || h.Visible() && h.text == text && !h.typing.Pending() {
		if h.Visible() {
			h.Pick()
		}
		return
	}
	h.hasty = true
	if h.typing.Pending() {
		h.typing.Flush()
	}
}

func (h *hitList) onFocus() {
	if strings.TrimSpace(h.field.Text()) == "" {
		h.recent()
	} else if !h.Visible() {
		h.search(false)
	}
}

// onFocusLost closes the answers when the focus has gone on to something else. A
// press among the answers takes it away too, but gives it to nothing.
func (h *hitList) onFocusLost() {
	w := h.window
	w.tasks.Post(func() {
		if now := w.window.Canvas().Focused(); h.Visible() && now != nil && now != h.field.FocusTarget() {
			h.hide()
		}
	})
}

// onKey moves among the answers and leaves the field.
func (h *hitList) onKey(key fyne.KeyName) bool {
	by := map[fyne.KeyName]int{fyne.KeyDown: 1, fyne.KeyUp: -1, fyne.KeyPageDown: 6, fyne.KeyPageUp: -6}[key]
	switch {
	case by != 0 && h.Visible():
		h.Step(by)
		return true
	case key == fyne.KeyEscape && h.field.Text() == "":
		h.leave()
		return true
	}
	return false
}

// leave goes back to where the focus was.
func (h *hitList) leave() {
	h.hide()
	canvas := h.window.window.Canvas()
	canvas.Unfocus()
	if h.from != nil {
		if o, ok := h.from.(fyne.CanvasObject); ok && fyne.CurrentApp().Driver().CanvasForObject(o) == canvas {
			canvas.Focus(h.from)
		}
	}
	h.from = nil
}

func (h *hitList) onPick(line kit.Hit) {
	hit, ok := h.shown[line.ID]
	text := strings.TrimSpace(h.text)
	if !ok {
		return
	}
	if hit.Kind == kindSearch {
		h.field.SetText(hit.ID)
		h.search(false)
		return
	}
	do := h.opens(hit)
	h.field.Clear()
	h.hide()
	finder := h.finder
	h.notes.Add(func(context.Context) error { return finder.Opened(text, hit) }, func(err error) {
		if err != nil { // only the order of later answers suffers
			slog.Warn("remember what was searched for", "err", err)
		}
	})
	do()
	h.goOn()
}

// goOn takes the focus on to the page, unless something there has taken it.
func (h *hitList) goOn() {
	w := h.window
	canvas := w.window.Canvas()
	if now := canvas.Focused(); now != nil && now != h.field.FocusTarget() || canvas.Overlays().Top() != nil {
		return
	}
	h.hide()
	canvas.Unfocus()
	if w.session == nil || w.session.page == nil {
		return
	}
	if first := kit.FirstFocusable(w.session.page.Content()); first != nil {
		canvas.Focus(first)
	}
}

func (h *hitList) hide() {
	h.typing.Stop()
	h.latest.Cancel()
	h.hasty = false
	h.Hide()
	h.behind.Hide()
}

// answer is what a search gives.
type answer struct {
	finder *search.Finder
	hits   []search.Hit
	behind bool // the index lacks changes
}

// search shows what there is at once, and where the index is behind asks again
// for all of it: fresh waits in the background, until another letter comes.
func (h *hitList) search(fresh bool) {
	text := h.field.Text()
	h.ask(func(ctx context.Context, f *search.Finder, items []search.Item) ([]search.Hit, error) {
		return f.Find(ctx, search.Query{Text: text, Items: items, Fresh: fresh})
	}, func(a answer) {
		again := a.behind && !fresh
		if len(a.hits) > 0 || !again {
			h.show(text, "", a.hits)
		}
		switch {
		case again:
			h.search(true)
		case h.hasty:
			h.hasty = false
			h.Pick()
		}
	})
}

// recent offers what was searched for and opened last.
func (h *hitList) recent() {
	state := h.window.state
	h.ask(func(ctx context.Context, f *search.Finder, items []search.Item) ([]search.Hit, error) {
		hits, err := f.Recent(ctx, items)
		for _, text := range state.Get().Searches[:min(len(state.Get().Searches), mostSearches)] {
			hits = append(hits, search.Hit{Kind: kindSearch, ID: text, Title: text})
		}
		return hits, err
	}, func(a answer) {
		if len(a.hits) > 0 && h.field.Focused() {
			h.show("", h.window.words.T("shell.search.recent"), a.hits)
		}
	})
}

// ask asks in the background; only the newest question is answered.
func (h *hitList) ask(work func(context.Context, *search.Finder, []search.Item) ([]search.Hit, error), done func(answer)) {
	w := h.window
	items := h.items()
	program, words, finder := w.session.program, w.words, h.finder
	task.RunLatest(h.latest, context.Background(), func(ctx context.Context) (answer, error) {
		if finder == nil {
			finder = search.New(program, words)
		}
		hits, err := work(ctx, finder, items)
		return answer{finder, hits, finder.Behind()}, err
	}, func(a answer, err error) {
		if err != nil {
			w.Fail(w.words.T("shell.search.doing"), err)
			return
		}
		h.finder = a.finder
		done(a)
	})
}

// show lists hits under a heading.
func (h *hitList) show(text, heading string, hits []search.Hit) {
	w := h.window
	h.text, h.shown = text, map[string]search.Hit{}
	lines := make([]kit.Hit, 0, len(hits))
	for _, hit := range hits {
		line := h.line(hit)
		h.shown[line.ID] = hit
		lines = append(lines, line)
	}
	h.SetHits(heading, lines, w.words.T("shell.search.none", "Text", strings.TrimSpace(text)))
	h.Show()
	h.behind.Show()
	w.session.frame.object.Refresh()
}

// line is a hit as it is shown.
func (h *hitList) line(hit search.Hit) kit.Hit {
	words := h.window.words
	line := kit.Hit{ID: hit.Kind + "\x00" + hit.ID + "\x00" + hit.Field, Icon: iconOf(hit), Label: hit.Title, Kind: words.T("shell.kind." + hit.Kind), Where: hit.Where}
	if hit.Kind == search.KindText {
		line.Label, line.Where = words.T("shell.search.in", "Part", hit.Title, "Application", hit.Where), ""
	}
	at, text := 0, hit.Excerpt.Text
	for _, mark := range hit.Excerpt.Marks {
		if mark.From > at {
			line.Excerpt = append(line.Excerpt, kit.HitRun{Text: text[at:mark.From]})
		}
		line.Excerpt = append(line.Excerpt, kit.HitRun{Text: text[mark.From:mark.To], Marked: true})
		at = mark.To
	}
	if at < len(text) {
		line.Excerpt = append(line.Excerpt, kit.HitRun{Text: text[at:]})
	}
	return line
}

// place puts the answers under the search field, as high as they need and there
// is room for.
func (h *hitList) place(at fyne.Position, width, room float32) {
	h.Move(at)
	h.Resize(fyne.NewSize(width, min(h.Height(), room-theme.Size(theme.SizeNameGap))))
}

// focusSearch goes to the search field.
func (w *Window) focusSearch() {
	s := w.session
	if s == nil {
		return
	}
	target := s.frame.search.FocusTarget()
	if now := w.window.Canvas().Focused(); now != target {
		s.frame.hits.from = now
		w.focus(target)
		return
	}
	s.frame.hits.onFocus()
}
