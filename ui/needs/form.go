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
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/parts"
	"kompetansepilot/ui/saving"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
)

// fieldWidth is the least that each of the fields beside each other gets, at text
// size 1.
const fieldWidth = 132

// form is the fields of one need. They are made once and show one need after the
// other.
type form struct {
	env   *screen.Env
	words *lang.Printer
	save  *saving.Fields[data.Need]
	now   data.Need

	business data.Organisation // the one that is named, or one without an id
	fields   []*field
	byID     map[string]*field
	onTyped  func() // something that the proposals depend on
}

// field is one field of the need and how it shows one.
type field struct {
	id, label string
	frame     *kit.Field
	show      func(*data.Need)
	wrong     string // what was typed cannot be kept
}

func newForm(env *screen.Env, save *saving.Fields[data.Need], onTyped func()) *form {
	return &form{env: env, words: env.Words, save: save, byID: map[string]*field{}, onTyped: onTyped}
}

// add makes one of the fields that a person fills in about the need itself.
func (f *form) add(id string) fyne.CanvasObject {
	w := f.words
	var made *field
	switch id {
	case need.FieldText:
		made = f.areaField(id, w.T("needs.field.text"), w.T("needs.hint.text"), 2, 8, func(n *data.Need) *string { return &n.Text })
	case need.FieldOwnWords:
		made = f.areaField(id, w.T("needs.field.ownWords"), w.T("needs.hint.ownWords"), 1, 6, func(n *data.Need) *string { return &n.OwnWords })
	case need.FieldPeople:
		made = f.numberField(id, w.T("needs.field.people"), 10_000, func(n *data.Need) *int64 { return &n.People })
	case need.FieldReach:
		made = f.numberField(id, w.T("needs.field.reach"), 3_000, func(n *data.Need) *int64 { return &n.Reach })
	case need.FieldEmployees:
		made = f.numberField(id, w.T("needs.field.employees"), 1_000_000, func(n *data.Need) *int64 { return &n.Employees })
	case need.FieldCredits:
		made = f.creditsField()
	case need.FieldLevel:
		made = f.choiceField(id, w.T("needs.field.level"), levelOptions(w), func(n *data.Need) *string { return &n.Level })
	case need.FieldForm:
		made = f.choiceField(id, w.T("needs.field.form"), formOptions(w), func(n *data.Need) *string { return &n.Form })
	case need.FieldUrgency:
		made = f.choiceField(id, w.T("needs.field.urgency"), urgencyOptions(w), func(n *data.Need) *string { return &n.Urgency })
	case need.FieldFrom:
		made = f.monthField(id, w.T("needs.field.from"), func(n *data.Need) *int64 { return &n.FromMonth })
	case need.FieldTo:
		made = f.monthField(id, w.T("needs.field.to"), func(n *data.Need) *int64 { return &n.ToMonth })
	case need.FieldNorm:
		made = f.choiceField(id, w.T("needs.field.norm"), []kit.Option{{ID: "nb", Label: parts.LanguageWord(w, "nb")}, {ID: "nn", Label: parts.LanguageWord(w, "nn")}},
			func(n *data.Need) *string { return &n.Norm })
	case need.FieldIndustry:
		made = f.textField(id, w.T("needs.field.industry"), w.T("needs.hint.industry"), func(n *data.Need) *string { return &n.Industry })
	case need.FieldSaid:
		made = f.dateField()
	case need.FieldShareable:
		made = f.shareField()
	case need.FieldMunicipality:
		made = f.placeField()
	default:
		made = f.businessField()
	}
	f.fields = append(f.fields, made)
	f.byID[id] = made
	return made.frame
}

// show puts a need on the fields; one that is being typed in is left alone.
func (f *form) show(n data.Need, business data.Organisation) {
	another := f.now.ID != n.ID
	f.save.On(n.ID, &n)
	f.now, f.business = n, business
	for _, x := range f.fields {
		if another {
			x.fault("")
		}
		if x.wrong == "" && !f.save.Waiting(n.ID, x.id) {
			x.show(&f.now)
		}
	}
	f.note()
}

// note shows what is odd under the fields.
func (f *form) note() {
	notes := map[string][]kit.FieldNote{}
	for _, found := range need.Findings(&f.now, f.env.Program.Places) {
		if found.Kind == need.NoticeEmpty { // nothing is written yet
			continue
		}
		severity := kit.Warn
		if found.Heavy {
			severity = kit.Stop
		}
		notes[found.Field] = append(notes[found.Field], kit.FieldNote{Severity: severity, Message: found.Sentence(f.words)})
	}
	for _, x := range f.fields {
		x.frame.SetFindings(notes[x.id])
	}
}

// focus goes to a field; "" is the first. It tells whether there is one.
func (f *form) focus(id string) bool {
	for _, x := range f.fields {
		if x.id == id || id == "" {
			x.frame.FocusControl()
			return true
		}
	}
	return false
}

func (x *field) fault(sentence string) {
	x.wrong = sentence
	x.frame.SetError(sentence)
}

func (f *form) newField(id, label, hint string, control fyne.CanvasObject) *field {
	return &field{id: id, label: label, frame: kit.NewField(f.words, kit.FieldOptions{Label: label, Hint: hint}, control)}
}

// typed saves a text once the keyboard rests, chosen saves at once.
func (f *form) typed(x *field, apply func(*data.Need)) {
	f.save.Type(f.edit(x, apply))
	f.after(x)
}

func (f *form) chosen(x *field, apply func(*data.Need)) {
	f.save.Choose(f.edit(x, apply))
	f.after(x)
}

func (f *form) edit(x *field, apply func(*data.Need)) saving.FieldEdit[data.Need] {
	apply(&f.now)
	label := f.words.T("needs.step.field", "Field", lang.Inside(x.label), "Text", shortText(f.words, &f.now))
	return saving.FieldEdit[data.Need]{Label: label, ID: f.now.ID, Field: x.id, Apply: apply}
}

func (f *form) after(*field) {
	f.note()
	if f.onTyped != nil {
		f.onTyped()
	}
}

func (f *form) areaField(id, label, hint string, least, most int, at func(*data.Need) *string) *field {
	control := kit.NewTextArea(f.words)
	control.SetRows(least, most)
	x := f.newField(id, label, hint, control)
	x.show = func(n *data.Need) { control.SetText(*at(n)) }
	control.OnChanged = func(text string) { f.typed(x, func(n *data.Need) { *at(n) = text }) }
	control.OnFocusLost = f.save.Flush
	return x
}

func (f *form) textField(id, label, hint string, at func(*data.Need) *string) *field {
	control := kit.NewTextField()
	x := f.newField(id, label, hint, control)
	x.show = func(n *data.Need) { control.SetText(*at(n)) }
	control.OnChanged = func(text string) { f.typed(x, func(n *data.Need) { *at(n) = text }) }
	control.OnFocusLost = f.save.Flush
	return x
}

// numberField takes a number; what cannot be one stays on the screen with a
// sentence and is not kept.
func (f *form) numberField(id, label string, most int64, at func(*data.Need) *int64) *field {
	control := kit.NewTextField()
	x := f.newField(id, label, "", control)
	x.show = func(n *data.Need) {
		text := ""
		if *at(n) != 0 {
			text = strconv.FormatInt(*at(n), 10)
		}
		control.SetText(text)
	}
	control.OnChanged = func(text string) {
		n, err := partner.ParseCount(text)
		switch {
		case err != nil:
			x.fault(f.words.T("needs.wrong.number"))
		case n > most:
			x.fault(f.words.T("needs.wrong.most", "Most", f.words.Number(most)))
		default:
			x.fault("")
			f.typed(x, func(to *data.Need) { *at(to) = n })
		}
	}
	control.OnFocusLost = f.save.Flush
	return x
}

func (f *form) creditsField() *field {
	control := kit.NewTextField()
	x := f.newField(need.FieldCredits, f.words.T("needs.field.credits"), "", control)
	x.show = func(n *data.Need) {
		text := ""
		if n.Credits != 0 {
			text = partner.CreditsText(n.Credits, decimalOf(f.words))
		}
		control.SetText(text)
	}
	control.OnChanged = func(text string) {
		n, err := partner.ParseCredits(text)
		if err != nil {
			x.fault(f.words.T("needs.wrong.number"))
			return
		}
		x.fault("")
		f.typed(x, func(to *data.Need) { to.Credits = n })
	}
	control.OnFocusLost = f.save.Flush
	return x
}

func (f *form) choiceField(id, label string, options []kit.Option, at func(*data.Need) *string) *field {
	control := kit.NewSelect(f.words, options)
	control.AllowEmpty = true
	x := f.newField(id, label, "", control)
	x.show = func(n *data.Need) {
		value := *at(n)
		control.SetSelected(value)
		if value != "" && control.Selected() == "" {
			control.SetChoice(kit.Option{ID: value, Label: value})
		}
	}
	control.OnChanged = func(value string) { f.chosen(x, func(n *data.Need) { *at(n) = value }) }
	return x
}

func (f *form) monthField(id, label string, at func(*data.Need) *int64) *field {
	var options []kit.Option
	for m := time.January; m <= time.December; m++ {
		options = append(options, kit.Option{ID: strconv.Itoa(int(m)), Label: f.words.Month(m)})
	}
	control := kit.NewSelect(f.words, options)
	control.AllowEmpty = true
	x := f.newField(id, label, "", control)
	x.show = func(n *data.Need) {
		value := strconv.FormatInt(*at(n), 10)
		control.SetSelected(value)
		if *at(n) != 0 && control.Selected() == "" {
			control.SetChoice(kit.Option{ID: value, Label: value}) // a month that does not exist: the finding says so
		}
	}
	control.OnChanged = func(value string) {
		month, _ := strconv.ParseInt(value, 10, 64)
		f.chosen(x, func(n *data.Need) { *at(n) = month })
	}
	return x
}

func (f *form) dateField() *field {
	control := kit.NewDateField(f.words)
	x := f.newField(need.FieldSaid, f.words.T("needs.field.said"), "", control)
	x.show = func(n *data.Need) {
		if now, ok := control.Value(); !ok || now != n.Interview {
			control.SetValue(n.Interview)
		}
	}
	control.OnChanged = func(iso string, ok bool) {
		if ok && iso != f.now.Interview {
			f.typed(x, func(n *data.Need) { n.Interview = iso })
		}
	}
	return x
}

func (f *form) shareField() *field {
	control := kit.NewCheck(f.words.T("needs.field.shareable"), nil)
	x := f.newField(need.FieldShareable, f.words.T("needs.field.share"), "", control)
	x.show = func(n *data.Need) { control.SetChecked(n.Shareable) }
	control.OnChanged = func(on bool) { f.chosen(x, func(n *data.Need) { n.Shareable = on }) }
	return x
}

// placeField chooses a municipality by its name, or by a number, also one of
// before a reform; those of the own county come first.
func (f *form) placeField() *field {
	x := f.choiceField(need.FieldMunicipality, f.words.T("needs.field.municipality"), nil, func(n *data.Need) *string { return &n.Municipality })
	control := x.frame.Control().(*kit.Select)
	x.show = func(n *data.Need) { showPlace(f.env, control, n.Municipality) }
	searchPlaces(f.env, control)
	return x
}

func showPlace(env *screen.Env, control *kit.Select, number string) {
	if number == "" {
		control.SetSelected("")
		return
	}
	label := number
	if m, ok := env.Program.Places.Resolve(number); ok {
		label = m.UniqueName
	}
	control.SetChoice(kit.Option{ID: number, Label: label})
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

func (f *form) businessField() *field {
	control := kit.NewSelect(f.words, nil)
	control.AllowEmpty = true
	x := f.newField(need.FieldOrganisation, f.words.T("needs.field.business"), "", control)
	searchBusinesses(f.env, control, false)
	control.OnChanged = func(id string) { f.chosen(x, func(n *data.Need) { n.Organisation = id }) }
	x.show = func(n *data.Need) {
		switch {
		case n.Organisation == "":
			control.SetSelected("")
		case f.business.ID == n.Organisation:
			control.SetChoice(kit.Option{ID: n.Organisation, Label: nameOr(f.words, f.business.Name)})
		}
	}
	return x
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
				options = append(options, kit.Option{ID: o.ID, Label: nameOr(env.Words, o.Name), Note: placeName(env, o.Municipality)})
				same = same || kit.Fold(o.Name) == kit.Fold(strings.TrimSpace(query))
			}
			if name := strings.TrimSpace(query); make && name != "" && !same {
				options = append(options, kit.Option{ID: makeNew + name, Label: env.Words.T("interview.newBusiness", "Name", name)})
			}
			found(options)
		})
	}
}

func placeName(env *screen.Env, number string) string {
	if m, ok := env.Program.Places.Resolve(number); ok {
		return m.UniqueName
	}
	return number
}

func nameOr(w *lang.Printer, name string) string {
	if name == "" {
		return w.T("register.unnamed")
	}
	return name
}

func levelOptions(w *lang.Printer) []kit.Option {
	all := []kit.Option{{ID: need.Any, Label: w.T("needs.any")}}
	for _, l := range need.Levels() {
		all = append(all, kit.Option{ID: l, Label: need.LevelWord(w, l)})
	}
	return all
}

func formOptions(w *lang.Printer) []kit.Option {
	all := []kit.Option{{ID: need.Any, Label: w.T("needs.any")}}
	for _, l := range need.Forms() {
		all = append(all, kit.Option{ID: l, Label: need.FormWord(w, l)})
	}
	return all
}

func urgencyOptions(w *lang.Printer) []kit.Option {
	var all []kit.Option
	for _, u := range []string{data.UrgencyHigh, data.UrgencyNormal, data.UrgencyLow} {
		all = append(all, kit.Option{ID: u, Label: urgencyWord(w, u)})
	}
	return all
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

func decimalOf(w *lang.Printer) string {
	if w.Code() == "en" {
		return "."
	}
	return ","
}
