package pools

import (
	"context"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"kompetansepilot/app"
	"kompetansepilot/app/brief"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/need"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/parts"
	"kompetansepilot/ui/task"
)

// deciding is a change to the group that is shown.
type deciding func(needs *need.Service, f *found, pool *need.Pool) (data.Pool, error)

// act makes a change, goes to the group that came of it, and offers to take it
// back. step names it.
func (p *Page) act(step string, do deciding) {
	f, pool, needs, w := p.found, p.pool(), p.env.Program.Needs, p.words
	if pool == nil {
		return
	}
	label := w.T("need.pool.step."+step, "Name", p.label(pool))
	p.acting = true
	task.Run(p.env.Tasks, context.Background(), func(context.Context) (data.Pool, error) { return do(needs, &f, pool) }, func(kept data.Pool, err error) {
		p.acting = false
		if p.left {
			return
		}
		if !p.env.Done(label, err) {
			return
		}
		if kept.ID != "" {
			p.roll.Shown = kept.ID
		}
		p.marked, p.shown = map[string]bool{}, needsStep
		p.load()
	})
}

// decide makes one of the changes that a group takes with something of its own.
func decide[T any](p *Page, step string, do func(*need.Service, *lang.Printer, *need.Grouped, *need.Pool, T) (data.Pool, error), with T) {
	p.act(step, func(needs *need.Service, f *found, pool *need.Pool) (data.Pool, error) {
		return do(needs, p.words, f.Grouped, pool, with)
	})
}

func (p *Page) onLock() {
	step, locked := "lock", p.pool().Locked
	if locked {
		step = "unlock"
	}
	decide(p, step, (*need.Service).LockPool, !locked)
}

func (p *Page) onRename() {
	w, name := p.words, kit.NewTextField()
	name.SetText(p.label(p.pool()))
	kit.ShowForm(p.env.Shell.Window(), w, kit.Form{Title: w.T("pool.rename.title"), Verb: w.T("pool.rename.verb"),
		Fields: []fyne.CanvasObject{kit.NewField(w, kit.FieldOptions{Label: w.T("pool.name"), Hint: w.T("pool.rename.hint")}, name)},
		OnDone: func() { decide(p, "rename", (*need.Service).RenamePool, name.Text()) }})
}

// chosenNeeds are the needs that are chosen in the list, by id.
func (p *Page) chosenNeeds() []string {
	var all []string
	for id := range p.marked {
		all = append(all, id)
	}
	slices.Sort(all)
	return all
}

func (p *Page) onSplit() { decide(p, "split", (*need.Service).SplitPool, p.chosenNeeds()) }

func (p *Page) onOut() { decide(p, "out", (*need.Service).KeepOut, p.chosenNeeds()) }

func (p *Page) onTake(id string) { decide(p, "move", (*need.Service).MoveToPool, []string{id}) }

func (p *Page) onRelease() {
	p.act("release", func(needs *need.Service, f *found, pool *need.Pool) (data.Pool, error) {
		return data.Pool{}, needs.ReleasePool(p.words, f.Grouped, pool)
	})
}

// otherPools are the groups that the shown one can be joined with, those about the
// same first.
func (p *Page) otherPools() []kit.Option {
	w, now := p.words, p.pool()
	var same, rest []kit.Option
	for i := range p.found.Pools {
		pool := &p.found.Pools[i]
		if pool.ID == now.ID {
			continue
		}
		o := kit.Option{ID: pool.ID, Label: p.label(pool), Note: w.T("pool.other.note", "People", w.Number(pool.People), "Needs", w.Number(int64(len(pool.Needs))))}
		if pool.Concept == now.Concept {
			same = append(same, o)
		} else {
			rest = append(rest, o)
		}
	}
	return slices.Concat(same, rest)
}

// askOther lets the person choose another group, and goes on with it.
func (p *Page) askOther(title, verb string, then func(other *need.Pool)) {
	w, options := p.words, p.otherPools()
	other := kit.NewSelect(w, options)
	if len(options) > 0 {
		other.SetSelected(options[0].ID)
	}
	kit.ShowForm(p.env.Shell.Window(), w, kit.Form{Title: w.T(title), Verb: w.T(verb),
		Fields: []fyne.CanvasObject{kit.NewField(w, kit.FieldOptions{Label: w.T("pool.other")}, other)},
		OnDone: func() {
			if i := p.index(other.Selected()); i >= 0 {
				then(&p.found.Pools[i])
			}
		}})
}

func (p *Page) onJoin() {
	p.askOther("pool.join.title", "pool.join.verb", func(other *need.Pool) {
		decide(p, "join", (*need.Service).JoinPools, other)
	})
}

func (p *Page) onMove() {
	some := p.chosenNeeds()
	p.askOther("pool.move.title", "pool.move.verb", func(other *need.Pool) {
		p.act("move", func(needs *need.Service, f *found, _ *need.Pool) (data.Pool, error) {
			return needs.MoveToPool(p.words, f.Grouped, other, some)
		})
	})
}

// online is the choice of no place.
const online = "online"

// onSet asks where and when the group meets and how many it may be.
func (p *Page) onSet() {
	w, pool := p.words, p.pool()
	options := append([]kit.Option{{ID: online, Label: w.T("pool.set.online")}}, parts.PlaceOptions(p.env, p.env.Program.Setting(app.SettingCounty))...)
	place, least, most := kit.NewSelect(w, options), kit.NewMoneyField(w), kit.NewMoneyField(w)
	place.SetSelected(online)
	if pool.Place != "" {
		place.SetSelected(pool.Place)
	}
	months := make([]*kit.Check, 12)
	row := kit.Row()
	for i := range months {
		month := time.Month(i + 1)
		months[i] = kit.NewCheck(w.MonthShort(month), nil)
		months[i].SetChecked(pool.Timed && slices.Contains(pool.Months, int(month)))
		row.Add(months[i])
	}
	least.SetValue(pool.Least)
	if pool.Most > 0 {
		most.SetValue(pool.Most)
	}
	kit.ShowForm(p.env.Shell.Window(), w, kit.Form{Title: w.T("pool.set.title"), Verb: w.T("pool.set.verb"),
		Fields: []fyne.CanvasObject{kit.NewField(w, kit.FieldOptions{Label: w.T("pool.set.place")}, place),
			kit.NewField(w, kit.FieldOptions{Label: w.T("pool.set.months"), Hint: w.T("pool.set.monthsHint")}, row),
			kit.NewField(w, kit.FieldOptions{Label: w.T("pool.set.least"), Hint: w.T("pool.set.leastHint")}, least),
			kit.NewField(w, kit.FieldOptions{Label: w.T("pool.set.most"), Hint: w.T("pool.set.mostHint")}, most)},
		OnDone: func() {
			where := strings.TrimPrefix(place.Selected(), online)
			low, high := number(least), number(most)
			when := []int{}
			for i, c := range months {
				if c.Checked() {
					when = append(when, i+1)
				}
			}
			decide(p, "set", (*need.Service).SetPool, need.PoolTerms{Place: &where, Months: &when, Least: &low, Most: &high})
		}})
}

// number is what a field says, 0 for nothing.
func number(field *kit.MoneyField) int64 {
	if n, ok := field.Value(); ok && field.Text() != "" {
		return n
	}
	return 0
}

// onBrief saves a request for the group, PDF or XLSX.
func (p *Page) onBrief(language string) {
	words, program, f, pool := lang.New(language), p.env.Program, p.found, p.pool()
	label := f.Pooler.Public(words, pool)
	p.chooser.Save(p.words.T("pool.brief"), words.T("brief.title", "Subject", label)+".pdf", kit.FileFilter{Name: p.words.T("pool.briefFiles"), Extensions: []string{".pdf", ".xlsx", ".csv"}}, func(path string) {
		task.Run(p.env.Tasks, context.Background(), func(context.Context) (struct{}, error) {
			b := brief.Of(pool, label, f.Needs, words, program.Places)
			if strings.HasSuffix(strings.ToLower(path), ".xlsx") || strings.HasSuffix(strings.ToLower(path), ".csv") {
				return struct{}{}, b.Save(path, words)
			}
			return struct{}{}, program.SaveReport(b.Document(words, program.Setting(app.SettingName), time.Now().UTC().Truncate(time.Second)), path)
		}, func(_ struct{}, err error) {
			if err != nil {
				p.env.Shell.Fail(p.words.T("pool.brief"), err)
				return
			}
			p.env.Shell.Toast(p.words.T("pool.saved", "Path", path), false)
		})
	})
}
