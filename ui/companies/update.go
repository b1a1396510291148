package companies

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/companies"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// compared is what the register says about some records.
type compared struct {
	all      []companies.Comparison
	problems []companies.Problem
	online   bool
}

// Update asks the register about organisations of the workspace, by id, and shows
// what differs. Nothing is changed before the person says so. done is called when
// something was taken over; it may be nil.
func Update(env *screen.Env, ids []string, done func()) {
	if len(ids) == 0 {
		return
	}
	words, program := env.Words, env.Program
	label := words.T("companiesui.update.asking")
	ctx, stop := context.WithCancel(context.Background())
	progress(env, label, 0, stop)
	task.Run(env.Tasks, ctx, func(ctx context.Context) (compared, error) {
		all, err := data.OrganisationsByID(program.Workspace, ids)
		if err != nil {
			return compared{}, err
		}
		c := compared{online: online(env)}
		c.all, c.problems, err = companies.CompareAll(ctx, program.Workspace, program.Places, program.Companies.Register(c.online), all, func(n int) {
			env.Tasks.Post(func() {
				if ctx.Err() == nil {
					progress(env, label, float64(n)/float64(len(all)), stop)
				}
			})
		})
		return c, err
	}, func(c compared, err error) {
		stopped := ctx.Err() != nil
		stop()
		progressDone(env)
		switch {
		case stopped || errors.Is(err, context.Canceled):
			env.Shell.Toast(words.T("companiesui.update.stopped"), false)
		case err != nil:
			env.Shell.Fail(label, err)
		default:
			showUpdate(env, c, words.T("companiesui.update.title"), done)
		}
	})
}

// Replace shows what becomes of an organisation when it is tied to the unit of an
// answer. One that holds nothing of its own is filled in at once.
func Replace(env *screen.Env, id string, a companies.Answer, done func()) {
	words, program := env.Words, env.Program
	label := words.T("companiesui.step.fetched", "Name", a.Unit.Name)
	task.Run(env.Tasks, context.Background(), func(context.Context) (companies.Comparison, error) {
		o, err := data.Get[data.Organisation](program.Workspace, id)
		if err != nil {
			return companies.Comparison{}, err
		}
		origins, err := companies.Origin(program.Workspace, id)
		if err != nil {
			return companies.Comparison{}, err
		}
		if o.OrgNumber != a.Number {
			o.SourceTime = "" // what is older of another unit is no hindrance
		}
		return companies.Compare(program.Places, o, a, origins), nil
	}, func(c companies.Comparison, err error) {
		if err != nil {
			env.Shell.Fail(label, err)
			return
		}
		if c.Organisation.OrgNumber == "" && !loses(&c) {
			takeOver(env, label, []companies.Comparison{c}, done)
			return
		}
		showUpdate(env, compared{all: []companies.Comparison{c}}, words.T("companiesui.replace.title", "Name", a.Unit.Name), done)
	})
}

// loses tells whether taking all over loses what a person wrote.
func loses(c *companies.Comparison) bool {
	for _, d := range c.Differences {
		if d.Own && d.Field != companies.FieldTags && d.Old != "" {
			return true
		}
	}
	return false
}

func takeOver(env *screen.Env, label string, all []companies.Comparison, done func()) {
	runStep(env, label, func() error {
		_, err := companies.TakeOver(env.Program.Workspace, label, all)
		return err
	}, done)
}

// inDialog is how many records the dialog shows at once.
const inDialog = 25

// updating is the dialog of what differs.
type updating struct {
	env    *screen.Env
	done   func()
	told   []companies.Comparison // those with something to tell
	off    map[[2]int]bool        // differences, by record and place, that are not taken over
	body   *fyne.Container
	shown  int
	more   *kit.Button
	dialog *kit.Dialog
}

func showUpdate(env *screen.Env, c compared, title string, done func()) {
	words := env.Words
	u := &updating{env: env, done: done, off: map[[2]int]bool{}, body: kit.Column(2 * gap())}
	differ := 0
	for i := range c.all {
		one := &c.all[i]
		if one.Nothing() && len(one.Notices) == 0 {
			continue
		}
		if !one.Nothing() {
			differ++
		}
		u.told = append(u.told, *one)
		for n, d := range one.Differences {
			// What the register adds to the tags takes nothing away; and what it has
			// removed must go.
			if d.Own && d.Field != companies.FieldTags && one.Organisation.OrgNumber == one.Answer.Number {
				u.off[[2]int{len(u.told) - 1, n}] = true
			}
		}
	}
	same := len(c.all) - len(u.told)
	if same > 0 {
		u.body.Add(kit.NewMarkedLine(words, kit.Fine, words.N("companiesui.update.same", same)))
	}
	for _, p := range c.problems {
		name := p.Organisation.Name
		u.body.Add(kit.NewMarkedLine(words, kit.Warn, words.T("companiesui.update.problem", "Name", name, "Why", Sentence(words, p.Err))))
	}
	if differ > 0 {
		u.body.Add(kit.NewQuietText(words.T("companiesui.update.explain")))
	}
	u.more = kit.NewButton("", u.onMore)
	custom := kit.Custom{Title: title, Content: u.body, Width: 720}
	if differ > 0 {
		custom.Verb, custom.OnVerb = words.T("companiesui.update.verb"), u.onVerb
	}
	u.onMore()
	u.dialog = kit.ShowCustom(env.Shell.Window(), words, custom)
}

// onMore shows some records more.
func (u *updating) onMore() {
	u.body.Remove(u.more)
	to := min(u.shown+inDialog, len(u.told))
	for ; u.shown < to; u.shown++ {
		u.body.Add(u.section(u.shown))
	}
	if rest := len(u.told) - u.shown; rest > 0 {
		u.more.SetText(u.env.Words.N("companiesui.update.more", rest))
		u.body.Add(u.more)
	}
	kit.Relayout(u.body)
}

func (u *updating) section(at int) fyne.CanvasObject {
	words, places, c := u.env.Words, u.env.Program.Places, &u.told[at]
	name := c.Organisation.Name
	if name == "" {
		name = words.T("register.unnamed")
	}
	source := words.T("companiesui.update.source", "Number", grouped(c.Answer.Number), "Time", words.Moment(c.Answer.Time))
	parts := []fyne.CanvasObject{kit.Column(0, kit.NewHeading(name), kit.NewQuietText(source))}
	for _, n := range c.Notices {
		parts = append(parts, kit.NewMarkedLine(words, severityOf(n.Kind), sentences(n.Sentence(words, places), n.Effect(words))))
	}
	for n, d := range c.Differences {
		if d.Field == companies.FieldStandard && u.tied(at) >= 0 {
			continue // goes with the code
		}
		parts = append(parts, u.line(at, n))
	}
	return kit.Column(gap(), parts...)
}

// sentences is two sentences after each other.
func sentences(first, second string) string {
	if second == "" {
		return first
	}
	return first + " " + second
}

// tied is the place of the industry code among the differences, which its standard
// goes with; -1 when the code is the same.
func (u *updating) tied(at int) int {
	for n, d := range u.told[at].Differences {
		if d.Field == companies.FieldIndustry {
			return n
		}
	}
	return -1
}

// line is a difference to tick.
func (u *updating) line(at, n int) fyne.CanvasObject {
	words, places, d := u.env.Words, u.env.Program.Places, u.told[at].Differences[n]
	check := kit.NewCheck(words.T("companiesui.update.line", "Field", companies.Label(words, d.Field),
		"Old", valueText(words, places, d.Field, d.Old), "New", u.newText(at, n)), func(on bool) { u.off[[2]int{at, n}] = !on })
	check.SetChecked(!u.off[[2]int{at, n}])
	if !d.Own || d.Field == companies.FieldTags {
		return check
	}
	return kit.Column(theme.Size(theme.SizeNameGapSmall)/2, check, kit.NewItem("", kit.NewMarkedLine(words, kit.Warn, words.T("companiesui.update.own"))))
}

// newText is what the register says; the code with its standard.
func (u *updating) newText(at, n int) string {
	c := &u.told[at]
	d := c.Differences[n]
	text := valueText(u.env.Words, u.env.Program.Places, d.Field, d.New)
	if d.Field == companies.FieldIndustry && c.Answer.Unit.IndustryName != "" {
		text += " " + c.Answer.Unit.IndustryName
	}
	if d.Field == companies.FieldIndustry && d.New != "" {
		text += " (" + companies.StandardAt(c.Answer.Time) + ")"
	}
	return text
}

func severityOf(kind companies.Kind) kit.Severity {
	switch kind {
	case companies.NoticeMoved, companies.NoticeStandard, companies.NoticePerson, companies.NoticeNotLoaded, companies.NoticeOlder:
		return kit.Info
	}
	return kit.Warn
}

// chosen are the comparisons with what is ticked alone.
func (u *updating) chosen() []companies.Comparison {
	var all []companies.Comparison
	for at := range u.told {
		c := u.told[at]
		c.Differences = nil
		for n, d := range u.told[at].Differences {
			by := n
			if tied := u.tied(at); d.Field == companies.FieldStandard && tied >= 0 {
				by = tied
			}
			if !u.off[[2]int{at, by}] {
				c.Differences = append(c.Differences, d)
			}
		}
		if !c.Nothing() {
			all = append(all, c)
		}
	}
	return all
}

func (u *updating) onVerb() bool {
	all := u.chosen()
	if len(all) == 0 {
		return true
	}
	label := u.env.Words.T("companiesui.step.updatedOne", "Name", all[0].Answer.Unit.Name)
	if len(all) > 1 || all[0].Answer.Unit.Name == "" {
		label = u.env.Words.N("companiesui.step.updated", len(all))
	}
	takeOver(u.env, label, all, u.done)
	return true
}
