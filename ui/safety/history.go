package safety

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

const (
	stepsOnPage = 50
	mostChanges = 200 // changes of one step that are shown
	searchPause = 250 * time.Millisecond
)

// NewHistory opens the history: of the whole workspace, of a record, or of one
// of its fields, as the log names it ("" is all of them).
func NewHistory(env *screen.Env, record, field string) screen.Page {
	if record != "" {
		return newRecordHistory(env, record, field)
	}
	h := &stepHistory{env: env, loads: task.NewLatest(env.Tasks), starts: []int64{0}, rows: map[int64]*stepRow{}}
	words := env.Words
	h.search = kit.NewSearchField(words, words.T("safety.history.search"))
	h.search.OnChanged = h.onSearch
	h.list = kit.Column(theme.Size(theme.SizeNameGroup), kit.NewQuietText(words.T("safety.history.loading")))
	h.pager = newPager(words, h.onNewer, h.onOlder)
	h.scroll = kit.NewScroll(kit.Column(theme.Size(theme.SizeNameGroup), kit.FormColumn(h.search), h.list, h.pager.box))
	h.frame = kit.NewPage(words, h.Title(), nil, nil, h.scroll)
	h.frame.SetSubtitle(words.T("safety.history.subtitle"))
	h.load()
	return h
}

// stepHistory is what was done in the workspace, a page at a time.
type stepHistory struct {
	env    *screen.Env
	loads  *task.Latest
	frame  *kit.Page
	search *kit.SearchField
	pager  *pager
	list   *fyne.Container
	scroll fyne.CanvasObject

	rows   map[int64]*stepRow
	starts []int64 // of the pages up to this one: steps before this number
	next   int64   // of the page after
	typed  func()  // ends the wait for the next letter
	left   bool
}

var _ screen.Page = (*stepHistory)(nil)

// Title of the page.
func (h *stepHistory) Title() string { return h.env.Words.T("safety.history.title") }

// Content is the page.
func (h *stepHistory) Content() fyne.CanvasObject { return h.frame }

// Changed reads the steps again.
func (h *stepHistory) Changed(data.Changed) {
	if !h.left {
		h.load()
	}
}

// Leave ends what runs.
func (h *stepHistory) Leave() {
	h.left = true
	h.loads.Cancel()
	if h.typed != nil {
		h.typed()
	}
}

// FocusField puts the focus on the search field.
func (h *stepHistory) FocusField(string) {
	h.env.Shell.Window().Canvas().Focus(h.search.FocusTarget())
}

func (h *stepHistory) onSearch(string) {
	if h.typed != nil {
		h.typed()
	}
	h.typed = h.env.Tasks.After(searchPause, func() {
		h.starts = []int64{0}
		h.load()
	})
}

func (h *stepHistory) onNewer() {
	h.starts = h.starts[:max(len(h.starts)-1, 1)]
	h.turn()
}

func (h *stepHistory) onOlder() {
	h.starts = append(h.starts, h.next)
	h.turn()
}

// turn goes to another page, from its top.
func (h *stepHistory) turn() {
	h.rows = map[int64]*stepRow{}
	scrollToTop(h.scroll)
	h.load()
}

// stepPage is a page of steps in words.
type stepPage struct {
	days []stepDay
	next int64
}

type stepDay struct {
	name  string
	steps []stepWords
}

// stepWords is a step ready to be shown.
type stepWords struct {
	id          int64
	title, note string
	tag         string
	severity    kit.Severity
	quiet       bool
}

func (h *stepHistory) load() {
	env := h.env
	query := data.StepQuery{Before: h.starts[len(h.starts)-1], Text: h.search.Text(), Limit: stepsOnPage + 1}
	task.RunLatest(h.loads, context.Background(), func(context.Context) (stepPage, error) {
		steps, err := env.Program.Workspace.FindSteps(query)
		if err != nil {
			return stepPage{}, err
		}
		return newNamer(env).stepPage(steps, time.Now())
	}, h.onLoaded)
}

// stepPage puts steps into words, by day. One step more than there is room for
// tells that there are older ones.
func (n *namer) stepPage(steps []data.DoneStep, now time.Time) (stepPage, error) {
	var p stepPage
	if len(steps) > stepsOnPage {
		steps = steps[:stepsOnPage]
		p.next = steps[stepsOnPage-1].Step
	}
	ids := map[string][]string{}
	for _, s := range steps {
		for _, t := range s.Touched {
			ids[t.Kind] = append(ids[t.Kind], t.Record)
		}
	}
	for kind, all := range ids {
		if err := n.learn(kind, all); err != nil {
			return p, err
		}
	}
	for i := range steps {
		day := n.day(steps[i].Last, now)
		if len(p.days) == 0 || p.days[len(p.days)-1].name != day {
			p.days = append(p.days, stepDay{name: day})
		}
		last := &p.days[len(p.days)-1]
		last.steps = append(last.steps, n.step(&steps[i]))
	}
	return p, nil
}

func (n *namer) step(s *data.DoneStep) stepWords {
	words := n.Words
	w := stepWords{id: s.Step, title: s.Label}
	switch {
	case s.Kind == "undo":
		w.title = words.T("safety.history.undid", "Label", s.Label)
		w.quiet = true
	case s.Kind == "redo":
		w.title = words.T("safety.history.redid", "Label", s.Label)
		w.quiet = true
	case s.Kind == "fixed":
		w.tag, w.severity = words.T("safety.history.fixed"), kit.Info
	case s.State == "undone":
		w.tag, w.severity, w.quiet = words.T("safety.history.undone"), kit.Warn, true
	case s.State == "dropped":
		w.tag, w.severity, w.quiet = words.T("safety.history.dropped"), kit.Info, true
	}
	w.note = joined(" · ", clock(words.Clock(s.Last)), s.Actor, n.touched(s.Touched))
	return w
}

// clock is a time without its seconds.
func clock(time string) string { return time[:strings.LastIndex(time, ":")] }

// touched tells what a step was about: at most three kinds of records.
func (n *namer) touched(all []data.Touched) string {
	var parts []string
	for i, t := range all {
		switch {
		case i == 3:
			parts = append(parts, n.Words.T("safety.history.others"))
		case i > 3:
		case t.Count == 1:
			parts = append(parts, n.record(t.Kind, t.Record))
		default:
			parts = append(parts, n.counted(t.Kind, t.Count))
		}
	}
	return strings.Join(parts, ", ")
}

// day is what a person calls the day of a time.
func (n *namer) day(t, now time.Time) string {
	iso, today := t.Local().Format(time.DateOnly), now.Local()
	switch iso {
	case today.Format(time.DateOnly):
		return n.Words.T("safety.history.today")
	case today.AddDate(0, 0, -1).Format(time.DateOnly):
		return n.Words.T("safety.history.yesterday")
	}
	return n.Words.DateLong(iso)
}

func (h *stepHistory) onLoaded(p stepPage, err error) {
	words := h.env.Words
	switch {
	case h.left || errors.Is(err, context.Canceled):
		return
	case err != nil:
		h.list.Objects = []fyne.CanvasObject{kit.Readable(kit.NewMarkedLine(words, kit.Stop, sentence(h.env, err)))}
		h.list.Refresh()
		return
	}
	h.next = p.next
	h.list.Objects = nil
	rows := map[int64]*stepRow{}
	for _, d := range p.days {
		day := kit.Column(0)
		for i, s := range d.steps {
			row := h.rows[s.id]
			if row == nil {
				row = newStepRow(h, s)
			}
			row.mark(s)
			rows[s.id] = row
			if i > 0 {
				day.Add(kit.Hairline())
			}
			day.Add(row.line)
		}
		h.list.Add(kit.Column(theme.Size(theme.SizeNameGap), kit.NewStrong(d.name), kit.NewCard(day)))
	}
	h.rows = rows
	content := h.scroll
	switch searched := strings.TrimSpace(h.search.Text()); {
	case len(p.days) > 0:
	case searched != "":
		h.list.Add(kit.NewText(words.T("safety.history.noHits", "Text", searched)))
	default:
		content = kit.NewEmpty(words.T("safety.history.none"), "", nil)
	}
	h.frame.SetContent(content)
	h.pager.show(len(h.starts) > 1, p.next != 0)
	h.relay()
	kit.SettleFocus(h.env.Shell.Window().Canvas())
}

// relay lays the list out again after a row opened.
func (h *stepHistory) relay() {
	h.list.Refresh()
	h.scroll.Refresh()
}

// stepRow is a step that opens to what it changed.
type stepRow struct {
	history *stepHistory
	id      int64
	line    *kit.Expander
	asked   bool
}

func newStepRow(h *stepHistory, s stepWords) *stepRow {
	r := &stepRow{history: h, id: s.id}
	r.line = kit.NewExpander(s.title, s.note, r.onToggled)
	return r
}

func (r *stepRow) mark(s stepWords) {
	r.line.SetTag(s.severity, s.tag)
	r.line.SetQuiet(s.quiet)
}

func (r *stepRow) onToggled(open bool) {
	if open && !r.asked {
		r.asked = true
		r.line.SetContent(kit.NewQuietText(r.history.env.Words.T("safety.history.loadingStep")))
		r.load()
	}
	r.history.relay()
}

// stepDetail is what a step changed, in words.
type stepDetail struct {
	groups []group
	more   int
}

func (r *stepRow) load() {
	env, id := r.history.env, r.id
	task.Run(env.Tasks, context.Background(), func(context.Context) (stepDetail, error) {
		entries, total, err := env.Program.Workspace.StepChanges(id, mostChanges)
		if err != nil {
			return stepDetail{}, err
		}
		return stepDetail{newNamer(env).groups(entries), total - len(entries)}, nil
	}, r.onLoaded)
}

func (r *stepRow) onLoaded(d stepDetail, err error) {
	env := r.history.env
	if err != nil {
		r.asked = false
		r.line.SetContent(kit.NewMarkedLine(env.Words, kit.Stop, sentence(env, err)))
	} else {
		r.line.SetContent(showGroups(env, d.groups, d.more))
	}
	r.history.relay()
}

// sentence is what a person may read about an error.
func sentence(env *screen.Env, err error) string {
	var known *data.Error
	if errors.As(err, &known) {
		if key := "error." + known.Code; env.Words.Has(key) {
			var pairs []any
			for name, value := range known.Args {
				pairs = append(pairs, name, value)
			}
			return env.Words.T(key, pairs...)
		}
		return known.Message
	}
	slog.Error("safety page", "err", err)
	return env.Words.T("safety.fault")
}
