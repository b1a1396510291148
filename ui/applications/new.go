package applications

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"kompetansepilot/app"
	"kompetansepilot/app/grant"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
)

// newCollator sorts as the user's language does: in Norwegian å comes last.
func newCollator(words *lang.Printer) *collate.Collator {
	if words.Code() == "en" {
		return collate.New(language.English)
	}
	return collate.New(language.Norwegian)
}

// AskNew asks what a new application is for, makes it and opens it.
func AskNew(env *screen.Env) { askNew(env, "") }

// askNew does so with an earlier application, whose id is from, to begin with.
func askNew(env *screen.Env, from string) {
	task.Run(env.Tasks, context.Background(), func(context.Context) (newFacts, error) {
		return readNewFacts(env)
	}, func(facts newFacts, err error) {
		if err != nil {
			env.Shell.Fail(env.Words.T("applications.new"), err)
			return
		}
		newForm(env, facts, from)
	})
}

// newFacts are what the dialog chooses between.
type newFacts struct {
	calls  []*grant.Call
	home   string // county of the workspace
	before []grant.Before
	today  string
}

func readNewFacts(env *screen.Env) (newFacts, error) {
	f := newFacts{calls: env.Program.Grants.Calls().All(), home: env.Program.Setting(app.SettingCounty), today: data.Today()}
	var err error
	f.before, err = env.Program.Grants.Earlier()
	return f, err
}

// form is the dialog for a new application.
type form struct {
	env   *screen.Env
	words *lang.Printer
	newFacts
	applicants []grant.Applicant // of the chosen call

	call, county, from *kit.Select
	title              *kit.TextField
	norm               *kit.Radio
	callField          *kit.Field
	countyField        *kit.Field
	normField          *kit.Field
	normChosen         bool   // by the person
	suggested          string // title that the program wrote
	dialog             *kit.Dialog
}

// newForm opens the dialog.
func newForm(env *screen.Env, facts newFacts, from string) *form {
	f := &form{env: env, words: env.Words, newFacts: facts}
	f.build()
	first := ""
	if call := grant.NextCall(facts.calls, facts.today); call != nil {
		first = call.ID
	}
	if b := f.earlier(from); b != nil {
		first, f.home = b.Call, b.County
	}
	f.call.SetSelected(first)
	f.onCall(first)
	if from != "" {
		f.from.SetSelected(from)
		f.onFrom(from)
	}
	f.dialog = kit.ShowForm(env.Shell.Window(), f.words, kit.Form{Title: f.words.T("applications.new"), Verb: f.words.T("applications.form.verb"),
		Fields: f.fields(), Check: f.check, OnDone: f.create})
	return f
}

func (f *form) fields() []fyne.CanvasObject {
	title := kit.NewField(f.words, kit.FieldOptions{Label: f.words.T("applications.form.title"), Hint: f.words.T("applications.form.titleHint"), Required: true}, f.title)
	all := []fyne.CanvasObject{title, f.callField, f.countyField, f.normField}
	if len(f.before) > 0 {
		all = append(all, kit.NewField(f.words, kit.FieldOptions{Label: f.words.T("applications.form.from"), Hint: f.words.T("applications.form.fromHint")}, f.from))
	}
	return all
}

func (f *form) build() {
	var calls, before []kit.Option
	for _, c := range f.calls {
		calls = append(calls, kit.Option{ID: c.ID, Label: c.Title.In(f.words.Code()), Note: f.words.DateShort(c.Dates.Deadline.Value)})
	}
	for _, b := range f.before {
		title := b.Title
		if grant.Blank(title) {
			title = f.words.T("applications.untitled")
		}
		before = append(before, kit.Option{ID: b.ID, Label: title, Note: f.env.Program.Grants.CountyName(b.County, f.words.Code())})
	}
	f.call, f.county, f.from = kit.NewSelect(f.words, calls), kit.NewSelect(f.words, nil), kit.NewSelect(f.words, before)
	f.call.OnChanged, f.county.OnChanged, f.from.OnChanged = f.onCall, f.onCounty, f.onFrom
	f.from.AllowEmpty = true
	f.title = kit.NewTextField()
	f.norm = kit.NewRadio([]kit.Option{{ID: "nb", Label: f.words.T("applications.norm.nb")}, {ID: "nn", Label: f.words.T("applications.norm.nn")}}, f.onNorm)
	f.callField = kit.NewField(f.words, kit.FieldOptions{Label: f.words.T("applications.form.call"), Required: true}, f.call)
	f.countyField = kit.NewField(f.words, kit.FieldOptions{Label: f.words.T("applications.form.county"), Required: true}, f.county)
	f.normField = kit.NewField(f.words, kit.FieldOptions{Label: f.words.T("applications.form.norm")}, f.norm)
}

func (f *form) chosenCall() *grant.Call {
	for _, c := range f.calls {
		if c.ID == f.call.Selected() {
			return c
		}
	}
	return nil
}

// onCall shows the counties of the call's structure. The one chosen stays, under
// the number that it has there.
func (f *form) onCall(string) {
	call := f.chosenCall()
	if call == nil {
		return
	}
	hint := f.words.T("applications.form.owner", "Owner", call.Owner.Name)
	if text := DeadlineText(f.words, call.Dates.Deadline.Value, f.today); text != "" {
		hint = text + " " + hint
	}
	f.callField.SetHint(hint)
	wanted := f.county.Selected()
	if wanted == "" {
		wanted = f.home
	}
	grants := f.env.Program.Grants
	f.applicants = grants.Applicants(call)
	var options []kit.Option
	for _, a := range f.applicants {
		o := kit.Option{ID: a.County.Number, Label: grants.CountyName(a.County.Number, f.words.Code())}
		if a.County.Structure == call.Structure() && f.words.Code() != "nn" {
			o.Label = a.County.Name
		}
		if !a.Eligible {
			o.Note = f.words.T("applications.form.mayNot")
		}
		options = append(options, o)
	}
	f.county.SetOptions(options)
	f.county.SetSelected(grants.ApplicantFor(call, wanted))
	f.onCounty(f.county.Selected())
}

// standsAs tells that the county one works in has another name in the call, ""
// when it has not.
func (f *form) standsAs(number string) string {
	grants, call := f.env.Program.Grants, f.chosenCall()
	if call == nil || f.home == "" || number != grants.ApplicantFor(call, f.home) {
		return ""
	}
	home, there := grants.CountyName(f.home, f.words.Code()), grants.CountyName(number, f.words.Code())
	if home == there {
		return ""
	}
	return f.words.T("applications.form.standsAs", "Home", home, "County", there)
}

// onCounty tells whether the county may apply and suggests its written norm.
func (f *form) onCounty(number string) {
	f.countyField.SetFindings(nil)
	f.countyField.SetHint(f.standsAs(number))
	f.normField.SetHint("")
	i := slices.IndexFunc(f.applicants, func(a grant.Applicant) bool { return a.County.Number == number })
	norm := ""
	if i >= 0 {
		a := &f.applicants[i]
		if call := f.chosenCall(); !a.Eligible && call != nil {
			f.countyField.SetFindings([]kit.FieldNote{{Severity: kit.Warn,
				Message: f.words.T("applications.form.excluded", "County", a.County.Name, "Rule", call.EligibleApplicants.Rule.In(f.words.Code())),
				Remedy:  f.words.T("applications.form.excludedRemedy")}})
		}
		norm = f.env.Program.Grants.NormOf(a.County)
		switch norm {
		case "nb":
			f.normField.SetHint(f.words.T("applications.form.normNB", "County", a.County.Name))
		case "nn":
			f.normField.SetHint(f.words.T("applications.form.normNN", "County", a.County.Name))
		}
	}
	if norm == "" {
		norm = "nb"
		if f.words.Code() == "nn" {
			norm = "nn"
		}
	}
	if !f.normChosen && f.from.Selected() == "" {
		f.norm.SetSelected(norm)
	}
	if f.dialog != nil {
		f.dialog.Fit()
	}
}

func (f *form) onNorm(string) { f.normChosen = true }

func (f *form) earlier(id string) *grant.Before {
	for i := range f.before {
		if f.before[i].ID == id {
			return &f.before[i]
		}
	}
	return nil
}

// onFrom takes over the norm of the earlier application, whose texts are
// copied, and suggests a title.
func (f *form) onFrom(id string) {
	b := f.earlier(id)
	if b == nil {
		return
	}
	if !f.normChosen {
		f.norm.SetSelected(b.Language)
	}
	if now := f.title.Text(); (now == "" || now == f.suggested) && !grant.Blank(b.Title) {
		f.suggested = f.words.T("applications.form.copyOf", "Title", b.Title)
		f.title.SetText(f.suggested)
	}
}

func (f *form) check() error {
	missing := ""
	switch {
	case grant.Blank(f.title.Text()):
		missing = f.words.T("applications.form.titleMissing")
	case f.call.Selected() == "":
		missing = f.words.T("applications.form.callMissing")
	case f.county.Selected() == "":
		missing = f.words.T("applications.form.countyMissing")
	default:
		return nil
	}
	return &data.Error{Code: "missing", Message: missing}
}

func (f *form) create() {
	title, call, county, norm, from := strings.TrimSpace(f.title.Text()), f.call.Selected(), f.county.Selected(), f.norm.Selected(), f.from.Selected()
	label := f.words.T("applications.created", "Title", title)
	task.Run(f.env.Tasks, context.Background(), func(context.Context) (string, error) {
		if from != "" {
			return f.env.Program.Grants.CreateFrom(label, call, county, norm, title, from)
		}
		return f.env.Program.Grants.Create(label, call, county, norm, title)
	}, func(id string, err error) {
		if err != nil {
			f.env.Shell.Fail(f.words.T("applications.new"), err)
			return
		}
		f.env.Shell.Saved()
		f.env.Shell.Toast(label, true)
		f.env.Shell.Go(screen.Route{Page: screen.PageApplication, ID: id})
	})
}
