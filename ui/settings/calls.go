package settings

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app/grant"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
)

// callsPage lists the calls that applications can be made for. The user adds
// and removes their own.
type callsPage struct {
	*screen.Env
	files kit.FileChooser

	loads  *task.Latest
	frame  *kit.Page
	add    *kit.Button
	all    []knownCall
	wrong  []wrongCall
	open   string      // the call that is shown, "" for the list
	reader *kit.Reader // shows it
}

// knownCall is a call and when the user added it, "" for one of the program's.
type knownCall struct {
	*grant.Call
	added string
}

// wrongCall is a stored call file that could not be read.
type wrongCall struct {
	id     string
	faults []grant.CallError
}

var (
	_ screen.Page    = (*callsPage)(nil)
	_ screen.Focuser = (*callsPage)(nil)
)

// NewCalls makes the page; it fills itself in the background.
func NewCalls(env *screen.Env, files kit.FileChooser) screen.Page {
	p := &callsPage{Env: env, files: files, loads: task.NewLatest(env.Tasks)}
	p.add = kit.NewPrimaryButton(env.Words.T("calls.add"), p.onAdd)
	p.frame = kit.NewPage(env.Words, p.Title(), p.add, nil, kit.NewQuietText(env.Words.T("calls.loading")))
	p.load()
	return p
}

// Title is the name of the page.
func (p *callsPage) Title() string { return p.Words.T("calls.title") }

// Content is the page.
func (p *callsPage) Content() fyne.CanvasObject { return p.frame }

// Changed reads the calls again.
func (p *callsPage) Changed(c data.Changed) {
	if c.Touches("call_file") {
		p.load()
	}
}

// Leave has nothing to hand over.
func (p *callsPage) Leave() { p.loads.Cancel() }

// FocusField shows the call with this id.
func (p *callsPage) FocusField(id string) {
	p.open = id
	if p.all != nil {
		p.show()
	}
}

type foundCalls struct {
	all   []knownCall
	wrong []wrongCall
}

func (p *callsPage) load() {
	task.RunLatest(p.loads, context.Background(), func(context.Context) (foundCalls, error) {
		calls := p.Program.Grants.Calls()
		own, faults := calls.Own(), calls.Faults()
		var found foundCalls
		for _, call := range calls.All() {
			known := knownCall{Call: call}
			if faults[call.ID] == nil {
				known.added = own[call.ID]
			}
			found.all = append(found.all, known)
		}
		for id, errs := range faults {
			found.wrong = append(found.wrong, wrongCall{id, errs})
		}
		slices.SortFunc(found.wrong, func(a, b wrongCall) int { return strings.Compare(a.id, b.id) })
		return found, nil
	}, p.onLoaded)
}

func (p *callsPage) onLoaded(found foundCalls, err error) {
	if err != nil {
		p.Shell.Fail(p.Words.T("calls.title"), err)
		return
	}
	p.all, p.wrong = found.all, found.wrong
	p.show()
}

// show draws the list, or the call that is open.
func (p *callsPage) show() {
	for _, call := range p.all {
		if call.ID == p.open {
			p.showCall(call)
			return
		}
	}
	p.open = ""
	p.frame.SetTitle(p.Title())
	p.frame.SetSubtitle(p.Words.T("calls.what"))
	p.frame.SetPrimary(p.add)
	var cards []fyne.CanvasObject
	for _, w := range p.wrong {
		cards = append(cards, p.wrongCard(w))
	}
	for _, call := range p.all {
		cards = append(cards, p.card(call))
	}
	if len(cards) == 0 {
		p.frame.SetContent(kit.NewEmpty(p.Words.T("calls.none"), p.Words.T("calls.add"), p.onAdd))
		return
	}
	p.frame.SetContent(kit.NewScroll(kit.FormColumn(cards...)))
}

func (p *callsPage) card(call knownCall) fyne.CanvasObject {
	show := kit.NewButton(p.Words.T("calls.show"), nil)
	show.SetTip(p.Words.T("calls.showTip", "Title", p.title(call.Call)))
	show.OnTapped = func() { p.onShow(call.ID) }
	actions := []fyne.CanvasObject{show}
	if call.added != "" {
		actions = append(actions, p.removeButton(call.ID, p.title(call.Call)))
	}
	return kit.NewCard(kit.Column(gap(),
		kit.NewHeading(p.title(call.Call)),
		kit.NewText(p.summary(call.Call)),
		kit.NewQuietText(p.origin(call)),
		kit.Row(actions...),
	))
}

// summary is the owner, the deadline and the size of the form.
func (p *callsPage) summary(call *grant.Call) string {
	fields := 0
	for _, s := range call.Form.Sections {
		fields += len(s.Fields)
	}
	return joined(call.Owner.Name, p.deadline(call), p.Words.N("calls.sections", len(call.Form.Sections)), p.Words.N("calls.fields", fields))
}

func (p *callsPage) deadline(call *grant.Call) string {
	if call.Dates.Deadline.Value == "" {
		return p.Words.T("calls.noDeadline")
	}
	return p.Words.T("calls.deadline", "Date", p.Words.DateLong(call.Dates.Deadline.Value))
}

// origin tells whose the call is, and its id.
func (p *callsPage) origin(call knownCall) string {
	if call.added == "" {
		return p.Words.T("calls.shipped", "ID", call.ID)
	}
	added := call.added
	if t, err := time.Parse(time.RFC3339, added); err == nil {
		added = p.Words.Moment(t)
	}
	return p.Words.T("calls.own", "Time", added, "ID", call.ID)
}

func (p *callsPage) wrongCard(w wrongCall) fyne.CanvasObject {
	return kit.NewCard(kit.Column(gap(),
		kit.NewHeading(w.id),
		kit.NewMarkedLine(p.Words, kit.Stop, p.Words.T("calls.wrong")),
		p.faultLines(w.faults),
		kit.Row(p.removeButton(w.id, w.id)),
	))
}

// maxFaults is how many faults of a file are shown; mending those tells more
// than reading thousands.
const maxFaults = 50

// faultLines are the faults of a file, each with its line and its place.
func (p *callsPage) faultLines(faults []grant.CallError) fyne.CanvasObject {
	column := kit.Column(smallGap())
	for _, f := range faults[:min(len(faults), maxFaults)] {
		column.Add(kit.NewText(p.fault(f)))
	}
	if more := len(faults) - maxFaults; more > 0 {
		column.Add(kit.NewQuietText(p.Words.N("calls.moreFaults", more)))
	}
	return column
}

func (p *callsPage) fault(f grant.CallError) string {
	where := ""
	if f.Line > 0 {
		where = p.Words.T("calls.line", "Line", f.Line)
	}
	if where = joined(where, f.Path); where != "" {
		return where + ": " + f.Message
	}
	return f.Message
}

func (p *callsPage) removeButton(id, title string) *kit.Button {
	b := kit.NewButton(p.Words.T("calls.remove"), func() { p.onRemove(id, title) })
	b.SetIcon(fynetheme.DeleteIcon())
	b.SetTip(p.Words.T("calls.removeTip", "Title", title))
	return b
}

func (p *callsPage) onRemove(id, title string) {
	label := p.Words.T("calls.removed", "Title", title)
	p.Do(label, func() error { return p.Program.Grants.Calls().Remove(id, label) })
}

func (p *callsPage) onAdd() {
	filter := kit.FileFilter{Name: p.Words.T("calls.filter"), Extensions: []string{".json"}}
	p.files.Open(p.Words.T("calls.addTitle"), filter, p.onFile)
}

// addedCall is what became of a file.
type addedCall struct {
	call   *grant.Call
	faults []grant.CallError
}

func (p *callsPage) onFile(path string) {
	name := filepath.Base(path)
	label := p.Words.T("calls.added", "File", name)
	task.Run(p.Tasks, context.Background(), func(context.Context) (addedCall, error) {
		call, faults, err := p.Program.Grants.Calls().AddFile(path, label)
		return addedCall{call, faults}, err
	}, func(a addedCall, err error) {
		switch {
		case err != nil:
			p.Shell.Fail(label, err)
		case len(a.faults) > 0:
			p.showFaults(name, a.faults)
		default:
			p.Shell.Saved()
			p.Shell.Toast(label, true)
		}
	})
}

// showFaults tells why a file was not taken, so that whoever made it can mend it.
func (p *callsPage) showFaults(name string, faults []grant.CallError) {
	copyAll := kit.NewButton(p.Words.T("calls.copyFaults"), nil)
	copyAll.OnTapped = func() {
		lines := []string{name}
		for _, f := range faults {
			lines = append(lines, p.fault(f))
		}
		fyne.CurrentApp().Clipboard().SetContent(strings.Join(lines, "\n"))
		copyAll.SetText(p.Words.T("calls.copied"))
	}
	kit.ShowCustom(p.Shell.Window(), p.Words, kit.Custom{
		Title: p.Words.T("calls.refused"), Width: 720, Buttons: []*kit.Button{copyAll},
		Content: kit.Column(gap(),
			kit.NewMarkedLine(p.Words, kit.Stop, p.Words.N("calls.faults", len(faults), "File", name)),
			p.faultLines(faults),
			kit.NewText(p.Words.T("calls.refusedKept")),
		),
	})
}

func (p *callsPage) title(call *grant.Call) string { return call.Title.In(p.Words.Code()) }

// joined puts the parts that say something after each other.
func joined(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " · ")
}
