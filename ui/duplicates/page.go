package duplicates

import (
	"context"
	"log/slog"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/partner"
	"kompetansepilot/app/partner/duplicate"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// Columns of the list.
const (
	columnKeep    = "keep"
	columnLose    = "lose"
	columnLevel   = "level"
	columnReasons = "reasons"
)

// page lists the pairs and shows one of them.
type page struct {
	env      *screen.Env
	words    *lang.Printer
	kind     string
	register *partner.Register

	loads  *task.Latest
	writes *task.Serial
	frame  *kit.Page
	sure   *kit.Button
	sides  *sides
	grid   *kit.Grid
	merge  *kit.Button
	apart  *kit.Button
	detail *detail

	all  []duplicate.Candidate
	left bool
}

var _ screen.Page = (*page)(nil)

// New opens the duplicates of a kind, data.OrganisationBusiness or
// data.OrganisationProvider; "" is the first.
func New(env *screen.Env, kind string) screen.Page {
	if kind != data.OrganisationProvider {
		kind = data.OrganisationBusiness
	}
	p := &page{env: env, words: env.Words, kind: kind, register: partner.NewRegister(env.Program.Workspace, env.Program.Places),
		loads: task.NewLatest(env.Tasks), writes: task.NewSerial(env.Tasks)}
	p.build()
	p.load()
	return p
}

func (p *page) build() {
	p.sure = kit.NewPrimaryButton("", p.onSure)
	p.grid = kit.NewGrid(p.words, []kit.GridColumn{
		{ID: columnKeep, Label: p.words.T("duplicate.column.keep"), Width: 180, Fixed: true},
		{ID: columnLose, Label: p.words.T("duplicate.column.lose"), Width: 180},
		{ID: columnLevel, Label: p.words.T("duplicate.column.level"), Width: 140},
		{ID: columnReasons, Label: p.words.T("duplicate.column.reasons"), Width: 420},
	}, "")
	p.grid.Rows = func(from, to int, found func([]kit.GridRow)) { found(p.rows(from, to)) }
	p.grid.IDs = p.onIDs
	p.grid.OnCurrent = p.onCurrent
	p.grid.OnSelected = func(int) { p.showSelection() }
	p.grid.OnOpen = func(string) { p.goPair() }
	p.grid.OnDelete = p.onApart
	p.grid.Menu = p.selectionItems
	p.merge = kit.NewChip("", p.onMergeSelected)
	p.apart = kit.NewChip(p.words.T("duplicate.apart"), p.onApart)
	p.detail = newDetail(p)
	list := kit.Pane(nil, p.grid, kit.Padded(theme.Size(theme.SizeNameGap)/2, kit.Row(p.merge, p.apart)))
	p.sides = newSides(kit.Tab{ID: "list", Label: p.words.T("duplicate.list"), Content: list},
		kit.Tab{ID: "pair", Label: p.words.T("duplicate.pair"), Content: p.detail.content})
	p.frame = kit.NewPage(p.words, p.Title(), nil, nil, kit.NewQuietText(p.words.T("duplicate.loading")))
}

// Title of the page.
func (p *page) Title() string {
	if p.kind == data.OrganisationProvider {
		return p.words.T("duplicate.title.provider")
	}
	return p.words.T("duplicate.title.business")
}

// Content is the page.
func (p *page) Content() fyne.CanvasObject { return p.frame }

// Changed looks again.
func (p *page) Changed(c data.Changed) {
	if !p.left && c.Touches("organisation", "not_same") {
		p.load()
	}
}

// Leave ends what runs.
func (p *page) Leave() {
	p.left = true
	p.loads.Cancel()
}

// First is what gets the focus when the page opens.
func (p *page) First() fyne.Focusable { return p.grid.FocusTarget() }

func (p *page) load() {
	task.RunLatest(p.loads, context.Background(), func(ctx context.Context) ([]duplicate.Candidate, error) {
		return duplicate.In(ctx, p.register, p.kind)
	}, p.onLoaded)
}

func (p *page) onLoaded(all []duplicate.Candidate, err error) {
	if p.left {
		return
	}
	if err != nil {
		p.frame.SetContent(kit.Readable(kit.NewMarkedLine(p.words, kit.Stop, p.sentence(err))))
		return
	}
	row := max(p.grid.Row(), 0)
	current := p.grid.Current()
	p.all = all
	if len(all) == 0 {
		p.frame.SetSubtitle("")
		p.frame.SetPrimary(nil)
		p.frame.SetContent(kit.NewEmpty(p.words.T("duplicate.none"), p.words.T("duplicate.back"), p.goRegister))
		return
	}
	at := -1
	for i := range all {
		if idOf(&all[i]) == current {
			at = i
		}
	}
	if p.frame.Content() != p.sides.object {
		p.frame.SetContent(p.sides.object)
	}
	p.frame.SetSubtitle(p.words.N("duplicate.count", len(all)))
	p.showSure()
	from, to := p.grid.InSight()
	p.grid.SetRows(len(all), min(from, len(all)), p.rows(min(from, len(all)), min(to, len(all))), at)
	if at < 0 { // the next one comes in the place of the one that went
		at = min(row, len(all)-1)
		p.grid.GoTo(at, idOf(&all[at]))
	}
	p.grid.Deselect(p.gone())
	p.showSelection()
}

// gone are selected pairs that are no more.
func (p *page) gone() []string {
	there := map[string]bool{}
	for i := range p.all {
		there[idOf(&p.all[i])] = true
	}
	var gone []string
	for _, id := range p.grid.Selected() {
		if !there[id] {
			gone = append(gone, id)
		}
	}
	return gone
}

// sentence is what a person may read about an error.
func (p *page) sentence(err error) string {
	if s := screen.Sentence(p.words, err); s != "" {
		return s
	}
	slog.Error("duplicates page", "err", err)
	return p.words.T("duplicate.fault")
}

// idOf is the id of a pair in the grid.
func idOf(c *duplicate.Candidate) string { return c.First + "+" + c.Second }

func (p *page) rows(from, to int) []kit.GridRow {
	var rows []kit.GridRow
	for i := from; i < min(to, len(p.all)); i++ {
		c := &p.all[i]
		level := p.words.T("duplicate.confidence", "Level", c.Level(p.words), "Percent", strconv.Itoa(c.Confidence))
		rows = append(rows, kit.GridRow{ID: idOf(c), Cells: []string{p.named(&c.Keep), p.named(&c.Lose), level, strings.Join(c.Sentences(p.words), ", ")}})
	}
	return rows
}

// named is a name, or that there is none.
func (p *page) named(o *data.Organisation) string {
	if o.Name == "" {
		return p.words.T("register.unnamed")
	}
	return o.Name
}

func (p *page) onIDs(from, to int, found func([]string)) {
	var ids []string
	for i := from; i < min(to, len(p.all)); i++ {
		ids = append(ids, idOf(&p.all[i]))
	}
	found(ids)
}

func (p *page) onCurrent(id string) {
	for i := range p.all {
		if idOf(&p.all[i]) == id {
			p.detail.show(&p.all[i])
			return
		}
	}
}

// goPair goes to the pair from the list.
func (p *page) goPair() {
	p.sides.showPair()
	if c := p.env.Shell.Window().Canvas(); c != nil {
		if f := kit.FirstFocusable(p.detail.content); f != nil {
			c.Focus(f)
		}
	}
}

func (p *page) goRegister() {
	target := screen.PageBusinesses
	if p.kind == data.OrganisationProvider {
		target = screen.PageProviders
	}
	p.env.Shell.Go(screen.Route{Page: target})
}

// surest are the pairs that are as good as certain.
func (p *page) surest() []duplicate.Candidate {
	for i := range p.all {
		if p.all[i].Confidence < duplicate.Sure {
			return p.all[:i]
		}
	}
	return p.all
}

func (p *page) showSure() {
	n := len(p.surest())
	if n < 2 {
		p.frame.SetPrimary(nil)
		return
	}
	p.sure.SetText(p.words.N("duplicate.mergeSure", n))
	p.frame.SetPrimary(p.sure)
}

func (p *page) showSelection() {
	n := len(p.grid.Selected())
	p.merge.SetText(p.words.N("duplicate.mergeSelected", n))
	for _, b := range []*kit.Button{p.merge, p.apart} {
		if n == 0 {
			b.Disable()
		} else {
			b.Enable()
		}
	}
}

func (p *page) selectionItems() []*fyne.MenuItem {
	return []*fyne.MenuItem{
		fyne.NewMenuItemWithIcon(p.words.N("duplicate.mergeSelected", len(p.grid.Selected())), fynetheme.ConfirmIcon(), p.onMergeSelected),
		fyne.NewMenuItemWithIcon(p.words.T("duplicate.apart"), fynetheme.CancelIcon(), p.onApart),
	}
}

// chosen are the selected pairs.
func (p *page) chosen() []duplicate.Candidate {
	selected := map[string]bool{}
	for _, id := range p.grid.Selected() {
		selected[id] = true
	}
	var all []duplicate.Candidate
	for i := range p.all {
		if selected[idOf(&p.all[i])] {
			all = append(all, p.all[i])
		}
	}
	return all
}

func (p *page) onSure() { p.mergeAll(p.surest()) }

func (p *page) onMergeSelected() {
	all := p.chosen()
	if len(all) == 1 && p.detail.shows(&all[0]) {
		p.detail.onMerge() // with the choices that are made there
		return
	}
	p.mergeAll(all)
}

// mergeAll merges pairs as they are proposed, as one step.
func (p *page) mergeAll(all []duplicate.Candidate) {
	merges := make([]partner.Merge, len(all))
	for i := range all {
		merges[i] = partner.Merge{Keep: all[i].Keep.ID, Lose: all[i].Lose.ID}
	}
	label := p.words.N("duplicate.step.merge", len(all))
	if len(all) == 1 {
		label = p.words.T("duplicate.step.one", "Lose", p.named(&all[0].Lose), "Keep", p.named(&all[0].Keep))
	}
	p.do(label, merges)
}

func (p *page) do(label string, merges []partner.Merge) {
	if len(merges) == 0 {
		return
	}
	p.writes.Add(func(context.Context) error { return p.register.Merge(label, merges) }, func(err error) { p.env.Done(label, err) })
}

// onApart remembers that the selected pairs are two.
func (p *page) onApart() {
	var pairs [][2]string
	all := p.chosen()
	for i := range all {
		pairs = append(pairs, [2]string{all[i].First, all[i].Second})
	}
	if len(pairs) == 0 {
		return
	}
	label := p.words.N("duplicate.step.apart", len(pairs))
	p.writes.Add(func(context.Context) error { return p.register.TellApart(label, pairs...) }, func(err error) { p.env.Done(label, err) })
}
