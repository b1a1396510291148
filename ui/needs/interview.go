package needs

import (
	"context"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/need"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/parts"
	"kompetansepilot/ui/saving"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// interview is the conversation while it goes on: the questions to the left, to
// be typed in while talking, and what the program makes of it to the right.
type interview struct {
	env       *screen.Env
	words     *lang.Printer
	store     *need.Service
	save      *saving.Fields[data.Interview]
	saveNeeds *saving.Fields[data.Need]
	finder    *finder

	frame     *kit.Page
	finish    *kit.Button
	head      *interviewHead
	column    *fyne.Container
	scroll    *container.Scroll
	missing   *fyne.Container
	proposals *proposals

	loads     *task.Latest
	id        string
	asked     *need.Form
	now       need.Conversation
	cards     []*card
	cardBox   *fyne.Container
	questions []*question
	built     string // what the questions were built for
	current   *card  // whose proposals are shown
	wanted    string // need whose text gets the focus when it comes
	aim       string // field to go to when the interview comes
	next      string // field that a choice leads on to, when it is kept
	reminded  bool   // that consent was not asked for
	left      bool
}

var (
	_ screen.Page    = (*interview)(nil)
	_ screen.Focuser = (*interview)(nil)
)

// Talk is an interview on the screen, for the menu and its keys.
type Talk interface {
	More()   // one more need
	Finish() // the interview
}

// More makes one more need and goes to its text.
func (p *interview) More() { p.onMore() }

// Finish ends the interview.
func (p *interview) Finish() { p.onFinish() }

// StartInterview begins an interview, with a business when its id is not "", and
// goes there. It is kept at once, so that nothing typed can be lost.
func StartInterview(env *screen.Env, business string) {
	label, store := env.Words.T("interview.step.start"), env.Program.Needs
	short := !env.Program.State.Get().LongInterview
	task.Run(env.Tasks, context.Background(), func(context.Context) (string, error) {
		return store.Start(label, data.Interview{Organisation: business, Short: short})
	}, func(id string, err error) {
		if err != nil {
			env.Shell.Fail(label, err)
			return
		}
		env.Shell.Saved()
		env.Shell.Go(screen.Route{Page: screen.PageInterview, ID: id})
	})
}

// NewInterview opens an interview.
func NewInterview(env *screen.Env, id string) screen.Page {
	p := &interview{env: env, words: env.Words, store: env.Program.Needs, id: id, loads: task.NewLatest(env.Tasks)}
	store := p.store
	p.save = saving.NewFields(env, store.TypeInterview, p.load)
	p.saveNeeds = newSaving(env, p.load)
	p.finder = newFinder(env, p.onFinder)
	p.build()
	p.load()
	p.finder.load()
	return p
}

func (p *interview) build() {
	w, gap := p.words, theme.Size(theme.SizeNameGap)
	p.proposals = newProposals(p.env, p.finder, p.onUse)
	p.proposals.onFound = p.tellRead
	p.head = newInterviewHead(p)
	p.cardBox = kit.Column(theme.Size(theme.SizeNameGroup))
	p.missing = kit.Column(gap / 2)
	p.column = kit.Column(theme.Size(theme.SizeNameGroup))
	p.scroll = kit.NewScroll(kit.FormColumn(p.column))
	p.finish = kit.NewPrimaryButton(w.T("interview.finish"), p.onFinish)
	p.frame = kit.NewPage(w, p.Title(), p.finish, []*fyne.MenuItem{
		fyne.NewMenuItemWithIcon(w.T("register.history"), fynetheme.HistoryIcon(), p.onHistory),
		fyne.NewMenuItemWithIcon(w.T("interview.questions"), fynetheme.DocumentIcon(), func() { p.env.Shell.Go(screen.Route{Page: screen.PageQuestions}) }),
		fyne.NewMenuItemWithIcon(w.T("interview.delete"), fynetheme.DeleteIcon(), p.onDelete),
	}, kit.NewQuietText(w.T("needs.loading")))
}

// Title of the page.
func (p *interview) Title() string {
	if p.now.Business.ID == "" {
		return p.words.T("interview.title")
	}
	return p.words.T("interview.titleOf", "Name", parts.NameOr(p.words, p.now.Business.Name))
}

// Content is the page.
func (p *interview) Content() fyne.CanvasObject { return p.frame }

// Changed reads the interview again when a commit touched it.
func (p *interview) Changed(c data.Changed) {
	if p.left {
		return
	}
	p.finder.changed(c)
	touched := c.Outside || c.Touches("interview_form") || slices.Contains(c.Records, p.id) || slices.Contains(c.Records, p.now.Organisation)
	for i := range p.now.Needs {
		touched = touched || slices.Contains(c.Records, p.now.Needs[i].ID)
	}
	if touched || c.Touches("need") {
		p.load()
	}
}

// Leave hands over what is not saved yet.
func (p *interview) Leave() {
	p.left = true
	p.save.Flush()
	p.saveNeeds.Flush()
	p.finder.leave()
	p.proposals.leave()
}

// First is what gets the focus when the page opens.
func (p *interview) First() fyne.Focusable { return nil }

// FocusField goes to a question by its id, or to the needs.
func (p *interview) FocusField(field string) {
	if p.built == "" {
		p.aim = field
		return
	}
	p.goTo(field)
}

// fieldPlace is the municipality of the business.
const fieldPlace = "municipality"

func (p *interview) goTo(field string) {
	switch field {
	case "organisation", "":
		p.head.business.FocusControl()
		return
	case "date":
		p.head.date.FocusControl()
		return
	case fieldPlace:
		p.head.place.FocusControl()
		return
	case need.AskNeeds:
		if len(p.cards) > 0 {
			p.cards[0].form.Focus(need.FieldText)
		}
		return
	}
	for _, q := range p.questions {
		if q.ID == field || q.Kind == field {
			q.frame.FocusControl()
			return
		}
	}
}

// told is what a reading gives.
type told struct {
	need.Conversation
	form *need.Form
}

func (p *interview) load() {
	id, store := p.id, p.store
	task.RunLatest(p.loads, context.Background(), func(context.Context) (t told, err error) {
		if t.Conversation, err = store.Conversation(id); err != nil {
			return t, err
		}
		t.form, _, err = store.Form()
		return t, err
	}, p.onLoaded)
}

func (p *interview) onLoaded(t told, err error) {
	switch {
	case p.left:
		return
	case data.Code(err) == data.CodeNotFound: // its making was undone
		p.env.Shell.Go(screen.Route{Page: screen.PageNeeds})
		return
	case err != nil:
		p.env.Shell.Fail(p.words.T("needs.loading"), err)
		return
	}
	if t.Answers == nil {
		t.Answers = data.Values{}
	}
	p.save.On(t.ID, &t.Interview)
	fresh := p.built == ""
	p.now, p.asked = t.Conversation, t.form
	p.showQuestions()
	p.showCards()
	p.head.show()
	for _, q := range p.questions {
		if !p.save.Waiting(p.id, q.ID) {
			q.show(&p.now.Interview)
		}
	}
	p.check()
	p.frame.SetTitle(p.Title())
	p.tellState()
	if fresh {
		sides := kit.NewPair(kit.Tab{ID: "form", Label: p.words.T("interview.tab.form"), Content: p.scroll},
			kit.Tab{ID: "read", Label: p.words.T("interview.tab.read"), Content: kit.NewScroll(kit.Padded(theme.Size(theme.SizeNameGap), p.proposals.content))}, 900)
		sides.Fill = true
		p.frame.SetContent(sides)
		aim := p.aim
		if aim == "" && p.now.Organisation != "" {
			aim = need.AskNeeds
		}
		p.goTo(aim)
	}
	if field := p.next; field != "" && p.now.Organisation != "" && (field != fieldPlace || !p.head.place.Hidden) {
		p.next = ""
		if field == need.AskNeeds && p.now.Business.Municipality == "" {
			field = fieldPlace
		}
		p.goTo(field)
	}
	if p.wanted != "" {
		for _, c := range p.cards {
			if c.form.Now.ID == p.wanted {
				p.wanted = ""
				c.form.Focus(need.FieldText)
				break
			}
		}
	}
}

// tellState says under the title whether it is finished.
func (p *interview) tellState() {
	text := p.words.T("interview.goesOn")
	p.finish.SetText(p.words.T("interview.finish"))
	if p.now.Done != "" {
		text = p.words.T("interview.isDone", "Date", p.words.DateShort(p.now.Done))
		p.finish.SetText(p.words.T("interview.again"))
	}
	if p.now.InTrash() {
		text = p.words.T("register.inTrash")
	}
	p.frame.SetSubtitle(text)
}

// showQuestions builds the questions when the form, or how much of it is asked,
// is another than what stands there.
func (p *interview) showQuestions() {
	raw, _ := p.asked.JSON()
	key := strconv.FormatBool(p.now.Short) + string(raw)
	if key == p.built {
		return
	}
	p.built, p.questions = key, nil
	p.column.Objects = []fyne.CanvasObject{p.head.content, p.missing}
	for i := range p.asked.Parts {
		part := &p.asked.Parts[i]
		questions := part.Asked(p.now.Short)
		if len(questions) == 0 {
			continue
		}
		objects := []fyne.CanvasObject{}
		for k := range questions {
			objects = append(objects, p.objectOf(&questions[k])...)
		}
		p.column.Add(kit.NewSection(part.Title.In(p.words.Code()), objects...))
	}
	p.column.Add(kit.NewField(p.words, kit.FieldOptions{Label: p.words.T("interview.note")}, p.head.note))
	p.column.Refresh()
}

func (p *interview) objectOf(q *need.Question) []fyne.CanvasObject {
	if q.Kind == need.AskNeeds {
		return []fyne.CanvasObject{kit.NewText(q.Label.In(p.words.Code())), kit.NewQuietText(q.Hint.In(p.words.Code())), p.cardBox}
	}
	made := newQuestion(p, *q)
	p.questions = append(p.questions, made)
	return []fyne.CanvasObject{made.frame}
}

// showCards brings the cards of the needs in line with the needs.
func (p *interview) showCards() {
	var cards []*card
	for i := range p.now.Needs {
		n := p.now.Needs[i]
		at := slices.IndexFunc(p.cards, func(c *card) bool { return c.form.Now.ID == n.ID })
		var c *card
		if at >= 0 {
			c = p.cards[at]
		} else {
			c = newCard(p)
		}
		c.form.show(n, p.now.Business)
		c.title.SetText(p.words.T("interview.need", "Number", strconv.Itoa(i+1)))
		c.remove.Hidden = len(p.now.Needs) == 1
		c.shorten(p.now.Short)
		cards = append(cards, c)
	}
	if !slices.Equal(cards, p.cards) {
		p.cards = cards
		p.cardBox.Objects = nil
		for _, c := range cards {
			p.cardBox.Add(c.object)
		}
		more := kit.NewButton(p.words.T("interview.more"), p.onMore)
		more.SetIcon(fynetheme.ContentAddIcon())
		p.cardBox.Add(kit.Row(more))
		p.cardBox.Refresh()
		kit.Relayout(p.cardBox)
	}
	if p.current == nil || !slices.Contains(cards, p.current) {
		p.current = nil
		if len(cards) > 0 {
			p.current = cards[0]
		}
	}
	if p.current != nil {
		p.proposals.typed(p.current.form.Now)
	}
}

// check says what is missing; each line goes to where it is.
func (p *interview) check() {
	for i := range p.now.Needs { // with what is being typed
		for _, c := range p.cards {
			if c.form.Now.ID == p.now.Needs[i].ID {
				p.now.Needs[i] = c.form.Now
			}
		}
	}
	p.missing.Objects = nil
	for _, m := range p.now.Check() {
		if !m.Stops && p.now.Done == "" && m.Kind != need.LackRefused && m.Kind != need.LackDate {
			continue // it is asked for below; no nagging while they talk
		}
		field := m.Field
		severity := kit.Warn
		if m.Stops && p.now.Done != "" {
			severity = kit.Stop
		}
		if m.Stops && p.now.Done == "" {
			continue
		}
		p.missing.Add(kit.NewMarkedLink(severity, m.Sentence(p.words), func() { p.goTo(field) }))
	}
	p.missing.Hidden = len(p.missing.Objects) == 0
	p.missing.Refresh()
}

func (p *interview) onFinder() {
	if p.current != nil {
		p.proposals.show(p.current.form.Now)
	}
}

// onUse puts what is usual in the industry into the need that is written in.
func (p *interview) onUse(text string) {
	if p.current != nil {
		p.current.form.use(text)
	}
}

// onMore makes one more need and goes to its text.
func (p *interview) onMore() {
	label, id := p.words.T("needs.step.new"), ""
	p.saveNeeds.Do(func() (err error) {
		id, err = p.store.AddNeed(label, p.id)
		return err
	}, func(err error) {
		if err != nil {
			p.env.Shell.Fail(label, err)
			return
		}
		p.env.Shell.Saved()
		p.wanted = id
		p.load()
	})
}

func (p *interview) onRemove(id string) {
	label := p.words.T("needs.step.delete", "Count", p.words.N("needs.count", 1))
	p.saveNeeds.Do(func() error { return p.store.Delete(label, []string{id}) }, func(err error) {
		if !p.env.Done(label, err) {
			return
		}
		p.load()
	})
}

// onFinish ends the interview, after all that was typed is saved.
func (p *interview) onFinish() {
	if p.now.Organisation == "" {
		p.head.business.SetError(p.words.T("interview.lack.business"))
		p.goTo("organisation")
		return
	}
	if p.now.Consent == "" && !p.reminded && p.remind() {
		return
	}
	label := p.words.T("interview.step.finish", "Name", parts.NameOr(p.words, p.now.Business.Name))
	var done need.Finished
	p.save.Flushed(func() {
		p.saveNeeds.Do(func() (err error) {
			done, err = p.store.Finish(label, p.id, p.words)
			return err
		}, func(err error) {
			if err != nil {
				p.env.Shell.Fail(label, err)
				return
			}
			p.env.Shell.Saved()
			p.env.Shell.Toast(p.said(done), true)
			if !p.left {
				p.env.Shell.Go(screen.Route{Page: screen.PageNeeds, ID: p.firstNeed()})
			}
		})
	})
}

// remind goes to the question about consent, once; false when the form has none.
func (p *interview) remind() bool {
	for _, q := range p.questions {
		if q.Kind == need.AskConsent {
			p.reminded = true
			lack := need.Missing{Kind: need.LackConsent}
			q.frame.SetError(lack.Sentence(p.words))
			p.goTo(need.AskConsent)
			return true
		}
	}
	return false
}

// said tells what finishing made.
func (p *interview) said(done need.Finished) string {
	text := p.words.N("interview.done", done.Needs)
	if done.Status {
		text += " " + p.words.T("interview.doneStatus")
	}
	if done.Task {
		text += " " + p.words.T("interview.doneTask")
	}
	return text
}

func (p *interview) firstNeed() string {
	for _, c := range p.cards {
		if c.form.Now.Text != "" || c.form.Now.OwnWords != "" {
			return c.form.Now.ID
		}
	}
	return ""
}

func (p *interview) onHistory() {
	p.save.Flush()
	p.env.Shell.Go(screen.Route{Page: screen.PageHistory, ID: p.id})
}

func (p *interview) onDelete() {
	label := p.words.T("interview.step.delete")
	p.save.Flushed(func() {
		p.saveNeeds.Do(func() error { return p.store.DeleteInterview(label, p.id) }, func(err error) {
			if !p.env.Done(label, err) {
				return
			}
			p.env.Shell.Go(screen.Route{Page: screen.PageNeeds})
		})
	})
}

// tellRead says under the text of the need that is written what the program reads
// in it.
func (p *interview) tellRead(summary string) {
	if p.current != nil {
		p.current.form.tellRead(summary)
	}
}
