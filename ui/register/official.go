package register

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	registry "kompetansepilot/app/companies"
	"kompetansepilot/data"
	"kompetansepilot/ui/companies"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/parts"
	"kompetansepilot/ui/task"
)

// official is what the company register has to do with the record: where its data
// came from, what differs now, and its sub-units.
type official struct {
	record *record
	row    *fyne.Container // over the fields
	fetch  *kit.Button
	update *kit.Button
	object *fyne.Container // under the fields: main unit or sub-units
	loads  *task.Latest
	asks   *task.Latest
	number string // that object is about
}

func newOfficial(r *record) *official {
	o := &official{record: r, object: kit.Column(spacing()), loads: task.NewLatest(r.page.env.Tasks), asks: task.NewLatest(r.page.env.Tasks)}
	o.fetch = kit.NewChip(r.words.T("companiesui.fetch"), o.onFetch)
	o.fetch.SetIcon(fynetheme.SearchIcon())
	o.update = kit.NewChip(r.words.T("companiesui.update"), o.onUpdate)
	o.update.SetIcon(fynetheme.ViewRefreshIcon())
	o.row = kit.Row(o.fetch, o.update)
	o.object.Hide()
	return o
}

// show fits the buttons to the organisation, and tells under each field where it
// came from.
func (o *official) show(origins registry.Origins) {
	r := o.record
	number, ok := registry.Number(r.form.Now.OrgNumber)
	o.update.Hidden, o.fetch.Hidden = !ok, false
	o.row.Refresh()
	for _, f := range r.form.Fields() {
		source := ""
		if at, ok := origins[f.ID]; ok {
			source = r.words.T("companiesui.source")
			if text := at.UTC().Format(time.RFC3339); text != r.form.Now.SourceTime { // the head tells the newest
				source = r.words.T("companiesui.sourceAt", "Time", r.words.DateShort(at.Local().Format(time.DateOnly)))
			}
		}
		f.Frame.SetSource(source)
	}
	if !ok {
		number = ""
	}
	if number != o.number {
		o.number = number
		o.object.Objects = nil
		o.object.Hide()
		o.relatives(false)
	}
}

// relatives are the units above and below the record's.
type relatives struct {
	own    registry.Unit
	parent registry.Unit
	subs   []registry.Unit
	known  bool // whether there are sub-units
	online bool
}

// relatives reads the units round the record's: in what is loaded, or with ask from
// the service if it may be asked.
func (o *official) relatives(ask bool) {
	number, program := o.number, o.record.page.env.Program
	if number == "" {
		o.loads.Cancel()
		return
	}
	desk := program.Companies
	task.RunLatest(o.loads, context.Background(), func(ctx context.Context) (f relatives, err error) {
		f.online = program.Online()
		a, err := desk.Lookup(ctx, number, ask && f.online)
		if data.Code(err) == registry.CodeNoRegister {
			return f, nil
		}
		if err != nil {
			return f, err
		}
		f.own = a.Unit
		if f.own.Sub && f.own.Parent != "" {
			above, err := desk.Lookup(ctx, f.own.Parent, ask && f.online)
			f.parent = above.Unit
			return f, err
		}
		f.subs, f.known, err = desk.SubUnits(ctx, number, ask && f.online)
		return f, err
	}, func(f relatives, err error) { o.onRelatives(number, f, err, ask) })
}

func (o *official) onRelatives(number string, f relatives, err error, asked bool) {
	r := o.record
	if r.page.left || number != o.number {
		return
	}
	if err != nil {
		if asked {
			r.page.env.Shell.Fail(r.words.T("companiesui.subunits.ask"), err)
		}
		return
	}
	o.object.Objects = nil
	switch {
	case f.own.Sub:
		name := f.parent.Name
		if name == "" {
			name = f.own.Parent
		}
		o.object.Add(kit.NewText(r.words.T("companiesui.subOf", "Name", name)))
		if f.own.Parent != "" {
			o.object.Add(kit.Row(kit.NewButton(r.words.T("companiesui.toMain"), func() { o.onSwitch(f.own.Parent) })))
		}
	case len(f.subs) > 0:
		o.object.Add(o.list(f.subs))
	case f.known && asked:
		o.object.Add(kit.NewQuietText(r.words.T("companiesui.subunits.none")))
	case !f.known && f.online:
		o.object.Add(kit.Row(kit.NewButton(r.words.T("companiesui.subunits.ask"), func() { o.relatives(true) })))
	}
	o.object.Hidden = len(o.object.Objects) == 0
	o.object.Refresh()
	kit.Relayout(o.object)
}

// list shows the sub-units; the workplace is one of them.
func (o *official) list(subs []registry.Unit) fyne.CanvasObject {
	r := o.record
	rows := kit.NewRowList(r.words.T("companiesui.subunits.menu"), o.onSwitch)
	all := make([]kit.ListRow, len(subs))
	for i := range subs {
		u := subs[i]
		line := companies.Line(r.words, r.page.env.Program.Places, &u)
		all[i] = kit.ListRow{ID: u.Number, Label: u.Name + ", " + line,
			Content: kit.Column(0, kit.NewStrong(u.Name), kit.NewQuietText(line)),
			Menu: []*fyne.MenuItem{
				fyne.NewMenuItem(r.words.T("companiesui.toSub"), func() { o.onSwitch(u.Number) }),
				fyne.NewMenuItem(r.words.T("companiesui.newFromSub"), func() { o.onNewFrom(u.Number) }),
			}}
	}
	rows.SetRows(all)
	return kit.NewSection(r.words.N("companiesui.subunits", len(subs)), kit.NewQuietText(r.words.T("companiesui.subunits.hint")), rows)
}

// onSwitch ties the record to another unit, after showing what changes.
func (o *official) onSwitch(number string) {
	env, id := o.record.page.env, o.record.form.ID
	task.RunLatest(o.asks, context.Background(), func(ctx context.Context) (registry.Answer, error) {
		return env.Program.Companies.Lookup(ctx, number, env.Program.Online())
	}, func(a registry.Answer, err error) {
		if err != nil {
			env.Shell.Fail(env.Words.T("companiesui.toSub"), err)
			return
		}
		companies.Replace(env, id, a, nil)
	})
}

func (o *official) onNewFrom(number string) {
	env := o.record.page.env
	task.RunLatest(o.asks, context.Background(), func(ctx context.Context) (registry.Answer, error) {
		return env.Program.Companies.Lookup(ctx, number, env.Program.Online())
	}, func(a registry.Answer, err error) {
		if err != nil {
			env.Shell.Fail(env.Words.T("companiesui.newFromSub"), err)
			return
		}
		o.record.page.makeFrom(a)
	})
}

// onFetch finds the unit for the record.
func (o *official) onFetch() {
	r, id := o.record, o.record.form.ID
	r.page.save.Flush()
	text := r.form.Now.OrgNumber
	if _, ok := registry.Number(text); !ok {
		text = r.form.Now.Name
	}
	companies.ShowFind(r.page.env, companies.Finding{Title: r.words.T("companiesui.fetchTitle", "Name", parts.NameOr(r.words, r.form.Now.Name)), Text: text,
		Known: r.page.knownNumbers, OnChosen: func(a registry.Answer) { companies.Replace(r.page.env, id, a, nil) }})
}

func (o *official) onUpdate() {
	p := o.record.page
	p.save.Flush()
	companies.Update(p.env, []string{o.record.form.ID}, nil)
}

// onFetchNew makes an organisation of a unit of the company register.
func (p *Page) onFetchNew() {
	p.save.Flush()
	companies.ShowFind(p.env, companies.Finding{Title: p.say("companiesui.new.business", "companiesui.new.provider"), Known: p.knownNumbers, OnChosen: p.makeFrom})
}

// onAddMany adds many of the loaded units at once.
func (p *Page) onAddMany() {
	p.save.Flush()
	companies.ShowAddMany(p.env, p.kind)
}

// onUpdateSelected compares the selection with the company register.
func (p *Page) onUpdateSelected() {
	p.save.Flush()
	companies.Update(p.env, p.grid.Selected(), nil)
}

// knownNumbers are the organisations of the page's kind that have some numbers.
func (p *Page) knownNumbers(numbers []string) (map[string]string, error) {
	return p.register.ByNumber(p.kind, numbers)
}

// makeFrom makes an organisation of an answer, or goes to the one that has the number
// already.
func (p *Page) makeFrom(a registry.Answer) {
	label := p.words.T("companiesui.step.made", "Name", a.Unit.Name)
	id, had := "", false
	p.save.Do(func() error {
		known, err := p.register.ByNumber(p.kind, []string{a.Number})
		if err != nil {
			return err
		}
		if id, had = known[a.Number]; had {
			return nil
		}
		id, err = p.register.CreateFilled(label, p.kind, a.Fill)
		return err
	}, func(err error) {
		if err == nil && had {
			p.env.Shell.Toast(p.words.T("companiesui.had", "Name", a.Unit.Name), false)
		} else if !p.env.Done(label, err) {
			return
		}
		p.filter.SetText("")
		p.chips.clear()
		p.narrow.clear()
		p.wanted = id
		p.load(true)
	})
}
