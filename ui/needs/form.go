package needs

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"kompetansepilot/app"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/need"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
	"kompetansepilot/ui/form"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/parts"
	"kompetansepilot/ui/saving"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
)

// fieldWidth is the least that each of the fields beside each other gets, at text
// size 1.
const fieldWidth = 132

// needForm is the fields of one need.
type needForm struct {
	*form.Form[data.Need]
	env      *screen.Env
	words    *lang.Printer
	business data.Organisation // the one that is named, or one without an id
}

// newForm makes a form without fields. onTyped is called when something has changed
// that the proposals depend on.
func newForm(env *screen.Env, save *saving.Fields[data.Need], onTyped func()) *needForm {
	f := &needForm{env: env, words: env.Words}
	f.Form = form.New(env.Words, save, func(label string, n *data.Need) string {
		return env.Words.T("needs.step.field", "Field", label, "Text", shortText(env.Words, n))
	})
	f.OnEdited = func() {
		f.note()
		onTyped()
	}
	return f
}

// add makes one of the fields that a person fills in about the need itself.
func (f *needForm) add(id string) fyne.CanvasObject {
	w := f.words
	switch id {
	case need.FieldText:
		f.area(id, w.T("needs.field.text"), w.T("needs.hint.text"), 2, 8, func(n *data.Need) *string { return &n.Text })
	case need.FieldOwnWords:
		f.area(id, w.T("needs.field.ownWords"), w.T("needs.hint.ownWords"), 1, 6, func(n *data.Need) *string { return &n.OwnWords })
	case need.FieldPeople:
		f.number(id, w.T("needs.field.people"), 10_000, func(n *data.Need) *int64 { return &n.People })
	case need.FieldReach:
		f.number(id, w.T("needs.field.reach"), 3_000, func(n *data.Need) *int64 { return &n.Reach })
	case need.FieldEmployees:
		f.number(id, w.T("needs.field.employees"), 1_000_000, func(n *data.Need) *int64 { return &n.Employees })
	case need.FieldCredits:
		f.Number(id, w.T("needs.field.credits"), "", func(n *data.Need) *int64 { return &n.Credits },
			func(credits int64) string { return partner.CreditsText(credits, w.Decimal()) }, partner.ParseCredits, w.T("needs.wrong.number"))
	case need.FieldLevel:
		f.Choice(id, w.T("needs.field.level"), "", levelOptions(w), func(n *data.Need) *string { return &n.Level })
	case need.FieldForm:
		f.Choice(id, w.T("needs.field.form"), "", formOptions(w), func(n *data.Need) *string { return &n.Form })
	case need.FieldUrgency:
		f.Choice(id, w.T("needs.field.urgency"), "", urgencyOptions(w), func(n *data.Need) *string { return &n.Urgency })
	case need.FieldFrom:
		f.month(id, w.T("needs.field.from"), func(n *data.Need) *int64 { return &n.FromMonth })
	case need.FieldTo:
		f.month(id, w.T("needs.field.to"), func(n *data.Need) *int64 { return &n.ToMonth })
	case need.FieldNorm:
		f.Choice(id, w.T("needs.field.norm"), "", parts.Options([]string{"nb", "nn"}, func(norm string) string { return parts.LanguageWord(w, norm) }),
			func(n *data.Need) *string { return &n.Norm })
	case need.FieldIndustry:
		f.Text(id, w.T("needs.field.industry"), w.T("needs.hint.industry"), func(n *data.Need) *string { return &n.Industry })
	case need.FieldSaid:
		f.Date(id, w.T("needs.field.said"), "", func(n *data.Need) *string { return &n.Interview })
	case need.FieldShareable:
		f.share()
	case need.FieldMunicipality:
		f.municipality()
	default:
		f.organisation()
	}
	return f.Frame(id)
}

// show puts a need on the fields.
func (f *needForm) show(n data.Need, business data.Organisation) {
	f.business = business
	f.Show(n.ID, n)
	f.note()
}

// note shows what is odd under the fields.
func (f *needForm) note() {
	notes := map[string][]kit.FieldNote{}
	for _, found := range need.Findings(&f.Now, f.env.Program.Places) {
		if found.Kind == need.NoticeEmpty { // nothing is written yet
			continue
		}
		severity := kit.Warn
		if found.Heavy {
			severity = kit.Stop
		}
		notes[found.Field] = append(notes[found.Field], kit.FieldNote{Severity: severity, Message: found.Sentence(f.words)})
	}
	for _, x := range f.Fields() {
		x.Frame.SetFindings(notes[x.ID])
	}
}

// use adds what is usual in an industry to the text.
func (f *needForm) use(text string) {
	x := f.Field(need.FieldText)
	if now := strings.TrimSpace(f.Now.Text); now != "" {
		text = now + ". " + text
	}
	f.Chosen(x, func(n *data.Need) { n.Text = text })
	x.Show(&f.Now)
	x.Frame.FocusControl()
}

// tellRead says under the text what the program reads in it.
func (f *needForm) tellRead(summary string) {
	if summary == "" {
		summary = f.words.T("needs.hint.text")
	}
	f.Field(need.FieldText).Frame.SetHint(summary)
}

func (f *needForm) area(id, label, hint string, least, most int, at func(*data.Need) *string) {
	f.Area(id, label, hint, at).Frame.Control().(*kit.TextArea).SetRows(least, most)
}

// number makes a field for a number that is no more than most.
func (f *needForm) number(id, label string, most int64, at func(*data.Need) *int64) {
	f.Parsed(id, label, "", func(n *data.Need) string {
		if *at(n) == 0 {
			return ""
		}
		return strconv.FormatInt(*at(n), 10)
	}, func(text string) (func(*data.Need), string) {
		n, err := partner.ParseCount(text)
		switch {
		case err != nil:
			return nil, f.words.T("needs.wrong.number")
		case n > most:
			return nil, f.words.T("needs.wrong.most", "Most", f.words.Number(most))
		}
		return func(to *data.Need) { *at(to) = n }, ""
	})
}

func (f *needForm) month(id, label string, at func(*data.Need) *int64) {
	var options []kit.Option
	for m := time.January; m <= time.December; m++ {
		options = append(options, kit.Option{ID: strconv.Itoa(int(m)), Label: f.words.Month(m)})
	}
	control := kit.NewSelect(f.words, options)
	control.AllowEmpty = true
	x := f.Add(id, label, "", control, func(n *data.Need) {
		stored := ""
		if *at(n) != 0 {
			stored = strconv.FormatInt(*at(n), 10) // also a month that does not exist: the finding says so
		}
		form.Choose(control, stored)
	})
	control.OnChanged = func(value string) {
		month, _ := strconv.ParseInt(value, 10, 64)
		f.Chosen(x, func(n *data.Need) { *at(n) = month })
	}
}

func (f *needForm) share() {
	control := kit.NewCheck(f.words.T("needs.field.shareable"), nil)
	x := f.Add(need.FieldShareable, f.words.T("needs.field.share"), "", control, func(n *data.Need) { control.SetChecked(n.Shareable) })
	control.OnChanged = func(on bool) { f.Chosen(x, func(n *data.Need) { n.Shareable = on }) }
}

// municipality makes the choice of a municipality by its name, or by a number, also
// one of before a reform; those of the own county come first.
func (f *needForm) municipality() {
	x := f.Choice(need.FieldMunicipality, f.words.T("needs.field.municipality"), "", nil, func(n *data.Need) *string { return &n.Municipality })
	control := x.Frame.Control().(*kit.Select)
	x.Show = func(n *data.Need) { parts.ShowPlace(f.env, control, n.Municipality) }
	searchPlaces(f.env, control)
}

// searchPlaces lets a control find municipalities by name and number.
func searchPlaces(env *screen.Env, control *kit.Select) {
	searches := task.NewLatest(env.Tasks)
	control.Search = func(query string, found func([]kit.Option)) {
		task.RunLatest(searches, context.Background(), func(context.Context) ([]kit.Option, error) {
			return places(env, query), nil
		}, func(options []kit.Option, _ error) { found(options) })
	}
}

func places(env *screen.Env, query string) []kit.Option {
	query = strings.TrimSpace(query)
	all := parts.PlaceOptions(env, env.Program.Setting(app.SettingCounty))
	if query == "" {
		return all
	}
	if strings.Trim(query, "0123456789") == "" {
		if len(query) < 4 {
			return slices.DeleteFunc(all, func(o kit.Option) bool { return !strings.HasPrefix(o.ID, query) })
		}
		if m, ok := env.Program.Places.Resolve(query); ok {
			o := kit.Option{ID: m.Number, Label: m.UniqueName, Note: m.Number}
			if m.Number != query {
				o.Note = env.Words.T("needs.formerPlace", "Number", query)
			}
			return []kit.Option{o}
		}
		return nil
	}
	folded := kit.Fold(query)
	all = slices.DeleteFunc(all, func(o kit.Option) bool { return !strings.Contains(kit.Fold(o.Label), folded) })
	slices.SortStableFunc(all, func(a, b kit.Option) int {
		return starts(b.Label, folded) - starts(a.Label, folded)
	})
	return all
}

func starts(label, folded string) int {
	if strings.HasPrefix(kit.Fold(label), folded) {
		return 1
	}
	return 0
}

func (f *needForm) organisation() {
	control := kit.NewSelect(f.words, nil)
	control.AllowEmpty = true
	searchBusinesses(f.env, control, false)
	x := f.Add(need.FieldOrganisation, f.words.T("needs.field.business"), "", control, func(n *data.Need) {
		switch {
		case n.Organisation == "":
			control.SetSelected("")
		case f.business.ID == n.Organisation:
			control.SetChoice(kit.Option{ID: n.Organisation, Label: parts.NameOr(f.words, f.business.Name)})
		}
	})
	control.OnChanged = func(id string) { f.Chosen(x, func(n *data.Need) { n.Organisation = id }) }
}

// mostHits is how many businesses a search shows.
const mostHits = 50

// makeNew begins the id of the option that makes a new business.
const makeNew = "new:"

// searchBusinesses lets a control find businesses while their names are typed;
// make offers to make one of that name last.
func searchBusinesses(env *screen.Env, control *kit.Select, make bool) {
	searches := task.NewLatest(env.Tasks)
	store := env.Program.Workspace
	control.Search = func(query string, found func([]kit.Option)) {
		task.RunLatest(searches, context.Background(), func(context.Context) ([]data.Organisation, error) {
			all, err := store.MatchOrganisations(query, mostHits*4)
			all = slices.DeleteFunc(all, func(o data.Organisation) bool { return o.OrganisationOf != data.OrganisationBusiness })
			return all[:min(len(all), mostHits)], err
		}, func(all []data.Organisation, err error) {
			if err != nil {
				env.Shell.Fail(env.Words.T("needs.field.business"), err)
			}
			var options []kit.Option
			same := false
			for _, o := range all {
				options = append(options, kit.Option{ID: o.ID, Label: parts.NameOr(env.Words, o.Name), Note: parts.PlaceName(env, o.Municipality)})
				same = same || kit.Fold(o.Name) == kit.Fold(strings.TrimSpace(query))
			}
			if name := strings.TrimSpace(query); make && name != "" && !same {
				options = append(options, kit.Option{ID: makeNew + name, Label: env.Words.T("interview.newBusiness", "Name", name)})
			}
			found(options)
		})
	}
}

func levelOptions(w *lang.Printer) []kit.Option {
	return anyOr(w, parts.Options(need.Levels(), func(l string) string { return need.LevelWord(w, l) }))
}

func formOptions(w *lang.Printer) []kit.Option {
	return anyOr(w, parts.Options(need.Forms(), func(f string) string { return need.FormWord(w, f) }))
}

// anyOr are choices, with that it does not matter before them.
func anyOr(w *lang.Printer, options []kit.Option) []kit.Option {
	return append([]kit.Option{{ID: need.Any, Label: w.T("needs.any")}}, options...)
}

func urgencyOptions(w *lang.Printer) []kit.Option {
	return parts.Options([]string{data.UrgencyHigh, data.UrgencyNormal, data.UrgencyLow}, func(u string) string { return urgencyWord(w, u) })
}

func urgencyWord(w *lang.Printer, urgency string) string {
	switch urgency {
	case data.UrgencyHigh:
		return w.T("needs.urgency.high")
	case data.UrgencyNormal:
		return w.T("needs.urgency.normal")
	case data.UrgencyLow:
		return w.T("needs.urgency.low")
	}
	return urgency
}

// shortText is the beginning of a need, for names of steps.
func shortText(w *lang.Printer, n *data.Need) string {
	text := strings.Join(strings.Fields(n.Text+" "+n.OwnWords), " ")
	if text == "" {
		return w.T("needs.untitled")
	}
	return clip(text, 40)
}

// clip cuts a text after so many characters.
func clip(text string, most int) string {
	if r := []rune(text); len(r) > most {
		return strings.TrimSpace(string(r[:most])) + "…"
	}
	return text
}
