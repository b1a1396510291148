package parts

import (
	"kompetansepilot/app/need"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
)

// PartNeeds is the part of a business's record with its needs, as routes name it.
const PartNeeds = "needs"

// Needs are the needs of a business; each leads to its own page.
type Needs struct {
	*fold
	store *need.Service
}

var _ Part = (*Needs)(nil)

// NewNeeds makes the part; interview begins one with a business.
func NewNeeds(env *screen.Env, interview func(business string)) *Needs {
	w := env.Words
	n := &Needs{store: env.Program.Needs, fold: newFold(env, PartNeeds, w.T("needs.title"), w.T("needs.noneHere"), "need", "match_decision")}
	n.read = n.readOwner
	n.onOpen = func(id string) { env.Shell.Go(screen.Route{Page: screen.PageNeeds, ID: id}) }
	n.actions(addButton(w.T("needs.interview"), func() { interview(n.owner.Organisation.ID) }), kit.NewQuietButton(w.T("needs.add"), n.onAdd))
	return n
}

func (n *Needs) readOwner(owner Owner) (func() contents, error) {
	all, err := n.store.List(need.Query{Organisation: owner.Organisation.ID, Sort: []need.Sort{{Column: need.ColumnSaid, Descending: true}}})
	return func() contents {
		c := contents{}
		for i := range all {
			l := &all[i]
			title := l.Text
			if title == "" {
				title = l.OwnWords
			}
			if title == "" {
				title = n.words.T("needs.untitled")
			}
			state := need.StateWord(n.words, l.State)
			if l.Offer != "" {
				state = l.Offer
			}
			c.lines = append(c.lines, line{id: l.ID, title: title, detail: []string{need.Brief(n.words, &l.Need), state}})
		}
		if len(all) > 0 {
			c.summary = n.words.N("needs.count", len(all))
		}
		return c
	}, err
}

// onAdd makes a need of the business and goes to it.
func (n *Needs) onAdd() {
	label, id := n.words.T("needs.step.new"), ""
	owner := n.owner.Organisation.ID
	n.save(label, func() (err error) {
		id, err = n.store.Create(label, data.Need{Organisation: owner, People: 1, Urgency: data.UrgencyNormal, Interview: data.Today()})
		if err == nil {
			n.env.Tasks.Post(func() {
				n.env.Shell.Go(screen.Route{Page: screen.PageNeeds, ID: id, Field: need.FieldText})
			})
		}
		return err
	})
}
