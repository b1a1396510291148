package needs

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app/need"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/parts"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// proposalRest is how long the keyboard rests before the text is read again.
const proposalRest = 60 * time.Millisecond

// proposals show what the program makes of a need while it is written: what it is
// about, which needs are like it, and what is usual in the industry.
type proposals struct {
	env     *screen.Env
	finder  *finder
	content *fyne.Container
	now     data.Need
	found   need.Proposals
	loads   *task.Latest
	rest    *task.Debouncer

	terms, alike, usual *kit.RowList
	noTerms, noAlike    *kit.Text
	termPart, alikePart *fyne.Container
	usualPart           *fyne.Container
	onUse               func(text string) // puts a usual need into the text; nil cannot
	onFound             func(summary string)
}

func newProposals(env *screen.Env, finder *finder, onUse func(string)) *proposals {
	p := &proposals{env: env, finder: finder, onUse: onUse, loads: task.NewLatest(env.Tasks)}
	w, gap := env.Words, theme.Size(theme.SizeNameGap)
	p.rest = task.NewDebouncer(env.Tasks, proposalRest, p.read)
	p.terms = kit.NewRowList(w.T("needs.term.menu"), p.onTerm)
	p.terms.OnDelete = p.onNotTerm
	p.alike = kit.NewRowList(w.T("needs.alike.menu"), p.onAlike)
	p.usual = kit.NewRowList(w.T("needs.usual.menu"), p.onUsual)
	p.noTerms, p.noAlike = kit.NewQuietText(w.T("needs.term.none")), kit.NewQuietText(w.T("needs.alike.none"))
	other := kit.NewLink(w.T("needs.term.other"), func() { askTerm(env, termQuestion{need: p.now}) })
	p.termPart = kit.Column(gap/2, kit.NewStrong(w.T("needs.term.title")), p.noTerms, p.terms, kit.Row(other))
	p.alikePart = kit.Column(gap/2, kit.NewStrong(w.T("needs.alike.title")), p.noAlike, p.alike)
	p.usualPart = kit.Column(gap/2, kit.NewStrong(w.T("needs.usual.title")), p.usual)
	p.content = kit.Column(theme.Size(theme.SizeNameGroup), p.termPart, p.alikePart, p.usualPart)
	p.put(need.Proposals{})
	return p
}

// show reads a need at once, typed once the keyboard rests.
func (p *proposals) show(n data.Need) {
	p.now = n
	p.rest.Stop()
	p.read()
}

func (p *proposals) typed(n data.Need) {
	p.now = n
	p.rest.Trigger()
}

func (p *proposals) leave() {
	p.rest.Stop()
	p.loads.Cancel()
}

func (p *proposals) read() {
	finder, n := p.finder.now, p.now
	if finder == nil {
		return // it comes with the finder
	}
	task.RunLatest(p.loads, context.Background(), func(context.Context) (need.Proposals, error) {
		return finder.Propose(&n), nil
	}, func(found need.Proposals, _ error) { p.put(found) })
}

func (p *proposals) put(found need.Proposals) {
	w := p.env.Words
	p.found = found
	var terms, alike, usual []kit.ListRow
	for _, t := range found.Terms {
		if t.Strength < 0.2 {
			continue
		}
		name := t.Concept.In(w.Code())
		why := w.T("needs.term.industry")
		if len(t.Words) > 0 {
			why = "«" + strings.Join(t.Words, " … ") + "»"
		}
		id := t.Concept.ID
		terms = append(terms, kit.ListRow{ID: id, Label: name + ": " + why,
			Content: kit.Column(2, kit.NewText(name), kit.NewQuietText(why)),
			Menu: []*fyne.MenuItem{
				fyne.NewMenuItemWithIcon(w.T("needs.term.right"), fynetheme.ConfirmIcon(), func() { p.onTerm(id) }),
				fyne.NewMenuItemWithIcon(w.T("needs.term.wrong"), fynetheme.CancelIcon(), func() { p.onNotTerm(id) }),
			}})
	}
	for i := range found.Alike {
		a := &found.Alike[i]
		detail := w.T("needs.alike.detail", "Percent", w.Number(int64(a.Likeness*100+0.5)), "Place", orNone(parts.PlaceName(p.env, a.Need.Municipality)), "People", w.N("needs.people", int(a.Need.People)))
		alike = append(alike, kit.ListRow{ID: a.Need.ID, Label: a.Need.Text, Content: kit.Column(2, kit.NewText(clip(a.Need.Text, 140)), kit.NewQuietText(detail))})
	}
	for _, u := range found.Usual {
		detail := w.T("needs.usual.table")
		if u.Needs > 0 {
			detail = w.N("needs.usual.count", u.Needs)
		}
		name := u.Concept.In(w.Code())
		usual = append(usual, kit.ListRow{ID: u.Concept.ID, Label: name + ", " + detail, Content: kit.Column(2, kit.NewText(name), kit.NewQuietText(detail))})
	}
	p.terms.SetRows(terms)
	p.alike.SetRows(alike)
	p.usual.SetRows(usual)
	written := strings.TrimSpace(p.now.Text+p.now.OwnWords) != ""
	p.noTerms.SetText(w.T("needs.term.waiting"))
	if written {
		p.noTerms.SetText(w.T("needs.term.none"))
	}
	p.noTerms.Hidden, p.noAlike.Hidden = len(terms) > 0, len(alike) > 0 || !written
	p.terms.Hidden, p.alike.Hidden = len(terms) == 0, len(alike) == 0
	p.alikePart.Hidden = !written
	p.usualPart.Hidden = len(usual) == 0
	for _, part := range []*fyne.Container{p.termPart, p.alikePart, p.usualPart, p.content} {
		part.Refresh()
	}
	kit.Relayout(p.content)
	if p.onFound != nil {
		p.onFound(p.summary())
	}
}

// summary is what the program makes of the text in one line, "" for nothing.
func (p *proposals) summary() string {
	w := p.env.Words
	var names []string
	for _, t := range p.found.Terms {
		if t.Strength >= 0.35 && len(t.Words) > 0 && len(names) < 2 {
			names = append(names, t.Concept.In(w.Code()))
		}
	}
	if len(names) == 0 {
		return ""
	}
	text := w.T("needs.term.reads", "Names", strings.Join(names, ", "))
	if n := len(p.found.Alike); n > 0 {
		text += " · " + w.N("needs.alike.count", n)
	}
	return text
}

func orNone(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// wordsOf are the words of the text that told a concept.
func (p *proposals) wordsOf(concept string) string {
	for _, t := range p.found.Terms {
		if t.Concept.ID == concept && len(t.Words) > 0 {
			return t.Words[0]
		}
	}
	return ""
}

func (p *proposals) onTerm(id string) {
	askTerm(p.env, termQuestion{need: p.now, concept: id, word: p.wordsOf(id), sense: data.TermMeans})
}

func (p *proposals) onNotTerm(id string) {
	askTerm(p.env, termQuestion{need: p.now, concept: id, word: p.wordsOf(id), sense: data.TermMeansNot})
}

func (p *proposals) onAlike(id string) { p.env.Shell.Go(screen.Route{Page: screen.PageNeeds, ID: id}) }

func (p *proposals) onUsual(id string) {
	for _, u := range p.found.Usual {
		if u.Concept.ID == id && p.onUse != nil {
			p.onUse(u.Concept.In(p.env.Words.Code()))
		}
	}
}
