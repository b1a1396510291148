package needs

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"kompetansepilot/app"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/need"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/parts"
	"kompetansepilot/ui/saving"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// question is one question with its answer.
type question struct {
	need.Question
	page  *interview
	frame *kit.Field
	show  func(*data.Interview)
}

func newQuestion(p *interview, q need.Question) *question {
	made := &question{Question: q, page: p}
	code := p.words.Code()
	var control fyne.CanvasObject
	switch q.Kind {
	case need.AskNumber:
		control = made.number()
	case need.AskYesNo:
		control = made.yesNo(func(i *data.Interview) string { return i.Answers[q.ID] }, func(i *data.Interview, v string) { setAnswer(i, q.ID, v) })
	case need.AskConsent:
		control = made.yesNo(func(i *data.Interview) string { return i.Consent }, func(i *data.Interview, v string) { i.Consent = v })
	case need.AskShare:
		control = made.yesNo(func(i *data.Interview) string { return i.Share }, func(i *data.Interview, v string) { i.Share = v })
	case need.AskChoice:
		control = made.choice(code)
	case need.AskSeveral:
		control = made.several(code)
	default:
		control = made.text()
	}
	made.frame = kit.NewField(p.words, kit.FieldOptions{Label: q.Label.In(code), Hint: q.Hint.In(code)}, control)
	return made
}

func setAnswer(i *data.Interview, id, text string) {
	if i.Answers == nil {
		i.Answers = data.Values{}
	}
	i.Answers[id] = text
}

// typed saves a text once the keyboard rests, chosen saves at once.
func (q *question) typed(text string) { q.page.typing(q.edit(text)) }

func (q *question) chosen(apply func(*data.Interview)) {
	p := q.page
	p.choose(p.edit(q.ID, q.Label.In(p.words.Code()), apply))
}

func (q *question) edit(text string) saving.FieldEdit[data.Interview] {
	id := q.ID
	return q.page.edit(id, q.Label.In(q.page.words.Code()), func(i *data.Interview) { setAnswer(i, id, text) })
}

func (p *interview) edit(field, label string, apply func(*data.Interview)) saving.FieldEdit[data.Interview] {
	apply(&p.now.Interview)
	return saving.FieldEdit[data.Interview]{Label: p.words.T("interview.step.field", "Field", lang.Inside(clip(label, 50))), ID: p.id, Field: field, Apply: apply}
}

func (p *interview) typing(e saving.FieldEdit[data.Interview]) { p.save.Type(e) }
func (p *interview) choose(e saving.FieldEdit[data.Interview]) { p.save.Choose(e); p.check() }

func (q *question) text() fyne.CanvasObject {
	control := kit.NewTextArea(q.page.words)
	control.SetRows(1, 6)
	q.show = func(i *data.Interview) { control.SetText(i.Answers[q.ID]) }
	control.OnChanged = q.typed
	control.OnFocusLost = q.page.save.Flush
	return control
}

func (q *question) number() fyne.CanvasObject {
	control := kit.NewTextField()
	q.show = func(i *data.Interview) {
		if q.frame.Error() == "" {
			control.SetText(i.Answers[q.ID])
		}
	}
	control.OnChanged = func(text string) {
		n, err := partner.ParseCount(text)
		switch {
		case err != nil:
			q.frame.SetError(q.page.words.T("needs.wrong.number"))
			return
		case q.Fills == need.FieldReach && n > 3_000:
			q.frame.SetError(q.page.words.T("needs.wrong.most", "Most", q.page.words.Number(3_000)))
			return
		}
		q.frame.SetError("")
		q.typed(strings.Join(strings.Fields(text), ""))
	}
	control.OnFocusLost = q.page.save.Flush
	return control
}

func (q *question) yesNo(get func(*data.Interview) string, set func(*data.Interview, string)) fyne.CanvasObject {
	w := q.page.words
	control := kit.NewRadio([]kit.Option{{ID: need.AnswerYes, Label: w.T("interview.yes")}, {ID: need.AnswerNo, Label: w.T("interview.no")}}, nil)
	q.show = func(i *data.Interview) { control.SetSelected(get(i)) }
	control.OnChanged = func(id string) {
		q.frame.SetError("")
		q.chosen(func(i *data.Interview) { set(i, id) })
	}
	return control
}

func (q *question) options(code string) []kit.Option {
	var all []kit.Option
	for _, o := range q.Options {
		all = append(all, kit.Option{ID: o.ID, Label: o.Label.In(code)})
	}
	return all
}

func (q *question) choice(code string) fyne.CanvasObject {
	control := kit.NewSelect(q.page.words, q.options(code))
	control.AllowEmpty = true
	q.show = func(i *data.Interview) { control.SetSelected(i.Answers[q.ID]) }
	control.OnChanged = func(id string) { q.chosen(func(i *data.Interview) { setAnswer(i, q.ID, id) }) }
	return control
}

func (q *question) several(code string) fyne.CanvasObject {
	control := kit.NewMultiCheck(q.page.words, q.options(code))
	q.show = func(i *data.Interview) {
		control.SetSelected(strings.FieldsFunc(i.Answers[q.ID], func(r rune) bool { return r == ';' }))
	}
	control.OnChanged = func(ids []string) {
		text := strings.Join(ids, ";")
		q.chosen(func(i *data.Interview) { setAnswer(i, q.ID, text) })
	}
	return control
}

// interviewHead is whom the interview is with, when, how, and how long it is.
type interviewHead struct {
	page     *interview
	content  fyne.CanvasObject
	business *kit.Field
	date     *kit.Field
	place    *kit.Field
	whoField *kit.Field
	note     *kit.TextArea

	choice  *kit.Select
	placing *kit.Select
	dateBox *kit.DateField
	channel *kit.Select
	who     *kit.Select
	length  *kit.Radio
	people  *task.Latest
	asked   string // organisation whose persons are offered
}

func newInterviewHead(p *interview) *interviewHead {
	w := p.words
	h := &interviewHead{page: p, choice: kit.NewSelect(w, nil), placing: kit.NewSelect(w, nil), dateBox: kit.NewDateField(w), who: kit.NewSelect(w, nil), note: kit.NewTextArea(w), people: task.NewLatest(p.env.Tasks)}
	var channels []kit.Option
	for _, c := range []string{data.InteractionCall, data.InteractionVisit, data.InteractionMeeting, data.InteractionEmail, data.InterviewSurvey} {
		channels = append(channels, kit.Option{ID: c, Label: channelWord(p, c)})
	}
	h.channel = kit.NewSelect(w, channels)
	h.who.AllowEmpty = true
	h.note.SetRows(1, 8)
	searchBusinesses(p.env, h.choice, true)
	searchPlaces(p.env, h.placing)
	h.length = kit.NewRadio([]kit.Option{{ID: "short", Label: w.T("interview.short")}, {ID: "long", Label: w.T("interview.long")}}, nil)
	h.business = kit.NewField(w, kit.FieldOptions{Label: w.T("needs.field.business"), Hint: w.T("interview.businessHint"), Required: true}, h.choice)
	h.date = kit.NewField(w, kit.FieldOptions{Label: w.T("interview.date")}, h.dateBox)
	h.place = kit.NewField(w, kit.FieldOptions{Label: w.T("needs.field.municipality"), Hint: w.T("interview.placeHint")}, h.placing)
	h.whoField = kit.NewField(w, kit.FieldOptions{Label: w.T("interview.with")}, h.who)
	h.choice.OnChanged = h.onBusiness
	h.placing.OnChanged = h.onPlace
	h.channel.OnChanged = func(id string) {
		p.choose(p.edit("channel", w.T("interview.channel"), func(i *data.Interview) { i.Channel = id }))
	}
	h.who.OnChanged = func(id string) {
		p.choose(p.edit("person", w.T("interview.with"), func(i *data.Interview) { i.Person = id }))
	}
	h.dateBox.OnChanged = func(iso string, ok bool) {
		if ok && iso != p.now.Date {
			p.choose(p.edit("date", w.T("interview.date"), func(i *data.Interview) { i.Date = iso }))
		}
	}
	h.length.OnChanged = h.onLength
	h.note.OnChanged = func(text string) {
		p.typing(p.edit("note", w.T("interview.note"), func(i *data.Interview) { i.Note = text }))
	}
	h.note.OnFocusLost = p.save.Flush
	h.content = kit.Column(theme.Size(theme.SizeNameGap)/2, h.length, h.business, h.place,
		kit.SideBySide(fieldWidth, h.date, kit.NewField(w, kit.FieldOptions{Label: w.T("interview.channel")}, h.channel), h.whoField))
	return h
}

func channelWord(p *interview, channel string) string {
	if channel == data.InterviewSurvey {
		return p.words.T("interview.survey")
	}
	return p.words.T("people.interaction." + channel)
}

func (h *interviewHead) show() {
	i := &h.page.now
	if i.Organisation == "" {
		h.choice.SetSelected("")
	} else {
		h.choice.SetChoice(kit.Option{ID: i.Organisation, Label: parts.NameOr(h.page.words, i.Business.Name)})
		h.business.SetError("")
	}
	h.place.Hidden = i.Organisation == "" || i.Business.Municipality != "" && h.placing.Selected() != i.Business.Municipality
	parts.ShowPlace(h.page.env, h.placing, i.Business.Municipality)
	if now, ok := h.dateBox.Value(); !ok || now != i.Date {
		h.dateBox.SetValue(i.Date)
	}
	h.channel.SetSelected(i.Channel)
	h.length.SetSelected("long")
	if i.Short {
		h.length.SetSelected("short")
	}
	if !h.page.save.Waiting(h.page.id, "note") {
		h.note.SetText(i.Note)
	}
	h.showPeople()
	kit.Relayout(h.content)
}

// showPeople offers the persons of the business.
func (h *interviewHead) showPeople() {
	organisation, person := h.page.now.Organisation, h.page.now.Person
	h.who.SetSelected(person)
	if organisation == h.asked {
		h.whoField.Hidden = organisation == ""
		return
	}
	h.asked = organisation
	store := h.page.env.Program.Workspace
	task.RunLatest(h.people, context.Background(), func(context.Context) ([]data.Person, error) { return data.PeopleAt(store, organisation) }, func(all []data.Person, err error) {
		if err != nil {
			h.page.env.Shell.Fail(h.page.words.T("interview.with"), err)
			return
		}
		var options []kit.Option
		for _, p := range all {
			options = append(options, kit.Option{ID: p.ID, Label: p.Name, Note: p.Role})
		}
		h.who.SetOptions(options)
		h.who.SetSelected(h.page.now.Person)
		h.whoField.Hidden = len(options) == 0
		kit.Relayout(h.content)
	})
}

func (h *interviewHead) onBusiness(id string) {
	p := h.page
	if name, fresh := strings.CutPrefix(id, makeNew); fresh {
		label := p.words.T("interview.step.business", "Name", name)
		p.save.Do(func() error { return p.store.CreateBusiness(label, p.id, name, "") }, func(err error) {
			if err != nil {
				p.env.Shell.Fail(label, err)
				return
			}
			p.env.Shell.Saved()
			p.next = fieldPlace
			p.load()
		})
		return
	}
	p.saveNeeds.Flush()
	p.next = need.AskNeeds
	p.choose(p.edit("organisation", p.words.T("needs.field.business"), func(i *data.Interview) { i.Organisation, i.Person = id, "" }))
}

// onPlace gives the business, and the needs, a municipality.
func (h *interviewHead) onPlace(number string) {
	p := h.page
	organisation, ids := p.now.Organisation, []string{}
	if organisation == "" {
		return
	}
	for i := range p.now.Needs {
		ids = append(ids, p.now.Needs[i].ID)
	}
	label := p.words.T("interview.step.place", "Name", parts.NameOr(p.words, p.now.Business.Name))
	p.saveNeeds.Do(func() error { return p.store.Place(label, organisation, number, ids) }, func(err error) {
		if err != nil {
			p.env.Shell.Fail(label, err)
			return
		}
		p.env.Shell.Saved()
		p.next = need.AskNeeds
		p.load()
	})
}

// onLength asks the short form or all of it, and the next interview likewise.
func (h *interviewHead) onLength(id string) {
	p, short := h.page, id == "short"
	p.choose(p.edit("short", p.words.T("interview.length"), func(i *data.Interview) { i.Short = short }))
	p.showQuestions()
	for _, c := range p.cards {
		c.shorten(short)
	}
	for _, q := range p.questions {
		q.show(&p.now.Interview)
	}
	p.env.Remember(func(prefs *app.Preferences) { prefs.LongInterview = !short })
}
