package needs

import (
	"context"
	"errors"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/need"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// termQuestion is what a person is asked about a word, with what is known.
type termQuestion struct {
	need                 data.Need
	word, concept, sense string
}

// askTerm asks what a word means, and keeps it as a correction.
func askTerm(env *screen.Env, q termQuestion) {
	task.Run(env.Tasks, context.Background(), func(context.Context) (*need.Terms, error) { return env.Program.Needs.Terms() },
		func(terms *need.Terms, err error) {
			if err != nil {
				env.Shell.Fail(env.Words.T("needs.term.ask"), err)
				return
			}
			newTermForm(env, terms, q)
		})
}

func newTermForm(env *screen.Env, terms *need.Terms, q termQuestion) {
	w := env.Words
	word := kit.NewTextField()
	word.SetText(q.word)
	concept := kit.NewSelect(w, conceptOptions(w, terms))
	concept.SetSelected(q.concept)
	sense := kit.NewRadio([]kit.Option{{ID: data.TermMeans, Label: w.T("needs.term.means")}, {ID: data.TermMeansNot, Label: w.T("needs.term.meansNot")}}, nil)
	sense.SetSelected(data.TermMeans)
	if q.sense != "" {
		sense.SetSelected(q.sense)
	}
	fields := []fyne.CanvasObject{
		kit.NewField(w, kit.FieldOptions{Label: w.T("needs.term.word"), Hint: w.T("needs.term.wordHint")}, word),
		kit.NewField(w, kit.FieldOptions{Label: w.T("needs.term.sense")}, sense),
		kit.NewField(w, kit.FieldOptions{Label: w.T("needs.term.concept")}, concept),
	}
	kit.ShowForm(env.Shell.Window(), w, kit.Form{Title: w.T("needs.term.ask"), Verb: w.T("needs.term.keep"), Fields: fields,
		Check: func() error {
			switch {
			case strings.TrimSpace(word.Text()) == "":
				return errors.New(w.T("needs.term.noWord"))
			case concept.Selected() == "":
				return errors.New(w.T("needs.term.noConcept"))
			}
			return nil
		},
		OnDone: func() {
			c := data.TermCorrection{Word: strings.TrimSpace(word.Text()), Concept: concept.Selected(), Sense: sense.Selected(), Need: q.need.ID}
			label := correctionLabel(w, terms, &c)
			env.Do(label, func() error {
				_, err := env.Program.Needs.Correct(label, c)
				return err
			})
		}})
}

// correctionLabel is the name of the step that keeps a correction.
func correctionLabel(w *lang.Printer, terms *need.Terms, c *data.TermCorrection) string {
	concept, _ := terms.Concept(c.Concept)
	if c.Sense == data.TermMeansNot {
		return w.T("needs.step.meansNot", "Word", c.Word, "Concept", concept.In(w.Code()))
	}
	return w.T("needs.step.means", "Word", c.Word, "Concept", concept.In(w.Code()))
}

func conceptOptions(w *lang.Printer, terms *need.Terms) []kit.Option {
	var all []kit.Option
	for _, c := range terms.Concepts() {
		all = append(all, kit.Option{ID: c.ID, Label: c.In(w.Code())})
	}
	sortOptions(all)
	return all
}

// Terms is the page of the term corrections.
type Terms struct {
	env   *screen.Env
	words *lang.Printer
	frame *kit.Page
	list  *kit.RowList
	body  fyne.CanvasObject
	empty fyne.CanvasObject
	loads *task.Latest
	left  bool
}

var _ screen.Page = (*Terms)(nil)

// NewTerms opens the page.
func NewTerms(env *screen.Env) screen.Page {
	w, gap := env.Words, theme.Size(theme.SizeNameGap)
	p := &Terms{env: env, words: w, loads: task.NewLatest(env.Tasks)}
	p.list = kit.NewRowList(w.T("needs.term.menu"), p.onOpen)
	p.list.OnDelete = p.onDelete
	p.body = kit.NewScroll(kit.Readable(kit.Padded(gap, kit.Column(gap, kit.NewQuietText(w.T("needs.terms.about")), p.list))))
	p.empty = kit.NewEmpty(w.T("needs.terms.empty"), w.T("needs.term.other"), p.onNew)
	p.frame = kit.NewPage(w, p.Title(), nil, nil, kit.NewQuietText(w.T("needs.loading")))
	p.load()
	return p
}

// Title of the page.
func (p *Terms) Title() string { return p.words.T("needs.terms.title") }

// Content is the page.
func (p *Terms) Content() fyne.CanvasObject { return p.frame }

// Changed reads the list again.
func (p *Terms) Changed(c data.Changed) {
	if !p.left && c.Touches("term_correction") {
		p.load()
	}
}

// Leave stops the reading.
func (p *Terms) Leave() {
	p.left = true
	p.loads.Cancel()
}

// First is what gets the focus.
func (p *Terms) First() fyne.Focusable { return p.list }

func (p *Terms) onNew() { askTerm(p.env, termQuestion{}) }

type termList struct {
	terms *need.Terms
	all   []data.TermCorrection
}

func (p *Terms) load() {
	service := p.env.Program.Needs
	task.RunLatest(p.loads, context.Background(), func(context.Context) (l termList, err error) {
		if l.all, err = service.Corrections(); err == nil {
			l.terms, err = service.Terms()
		}
		return l, err
	}, p.onLoaded)
}

func (p *Terms) onLoaded(l termList, err error) {
	if p.left {
		return
	}
	if err != nil {
		p.env.Shell.Fail(p.words.T("needs.loading"), err)
		return
	}
	if len(l.all) == 0 {
		p.frame.SetPrimary(nil)
		p.frame.SetContent(p.empty)
		return
	}
	w := p.words
	var rows []kit.ListRow
	for i := len(l.all) - 1; i >= 0; i-- {
		c := l.all[i]
		detail := ""
		if at, err := time.Parse(time.RFC3339, c.Created); err == nil {
			detail = w.Moment(at)
		}
		if _, ok := l.terms.Concept(c.Concept); !ok {
			detail = lang.Joined(" · ", detail, w.T("needs.terms.gone"))
		}
		label := correctionLabel(w, l.terms, &c)
		rows = append(rows, kit.ListRow{ID: c.ID, Label: label, Content: kit.Column(2, kit.NewText(label), kit.NewQuietText(detail)),
			Menu: []*fyne.MenuItem{
				fyne.NewMenuItemWithIcon(w.T("needs.terms.show"), fynetheme.SearchIcon(), func() { p.onOpen(c.ID) }),
				fyne.NewMenuItemWithIcon(w.T("needs.terms.remove"), fynetheme.DeleteIcon(), func() { p.onDelete(c.ID) }),
				fyne.NewMenuItemWithIcon(w.T("register.history"), fynetheme.HistoryIcon(), func() { p.env.Shell.Go(screen.Route{Page: screen.PageHistory, ID: c.ID}) }),
			}})
	}
	p.list.SetRows(rows)
	p.frame.SetPrimary(kit.NewPrimaryButton(w.T("needs.term.other"), p.onNew))
	p.frame.SetContent(p.body)
}

// onOpen goes to the need where a correction was made.
func (p *Terms) onOpen(id string) {
	store := p.env.Program.Workspace
	task.Run(p.env.Tasks, context.Background(), func(context.Context) (data.TermCorrection, error) {
		return data.Get[data.TermCorrection](store, id)
	}, func(c data.TermCorrection, err error) {
		switch {
		case err != nil:
			p.env.Shell.Fail(p.words.T("needs.loading"), err)
		case c.Need != "":
			p.env.Shell.Go(screen.Route{Page: screen.PageNeeds, ID: c.Need})
		default:
			askTerm(p.env, termQuestion{word: c.Word, concept: c.Concept, sense: c.Sense})
		}
	})
}

func (p *Terms) onDelete(id string) {
	label := p.words.T("needs.step.uncorrect")
	p.env.Do(label, func() error { return p.env.Program.Needs.Uncorrect(label, []string{id}) })
}
