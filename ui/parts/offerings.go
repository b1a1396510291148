package parts

import (
	"context"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
	"kompetansepilot/ui/screen"
)

// Offerings are the offerings of a provider; each leads to its own page.
type Offerings struct {
	*fold
	store *partner.Offerings
}

var _ Part = (*Offerings)(nil)

// NewOfferings makes the part.
func NewOfferings(env *screen.Env) *Offerings {
	w := env.Words
	o := &Offerings{store: partner.NewOfferings(env.Program.Workspace, env.Program.Places),
		fold: newFold(env, partner.PartOfferings, w.T("offering.title"), w.T("offering.none"), "offering")}
	o.read = o.readOwner
	o.onOpen = func(id string) { env.Shell.Go(screen.Route{Page: screen.PageOfferings, ID: id}) }
	o.actions(addButton(w.T("offering.add"), o.onAdd))
	return o
}

func (o *Offerings) readOwner(owner Owner) (func() contents, error) {
	all, err := o.store.List(partner.OfferingQuery{Organisation: owner.Organisation.ID})
	return func() contents {
		c := contents{}
		for i := range all {
			c.lines = append(c.lines, line{id: all[i].ID, title: OfferingTitle(o.words, &all[i].Offering), detail: []string{OfferLine(o.words, &all[i])}})
		}
		if len(all) > 0 {
			c.summary = o.words.N("offering.count", len(all))
		}
		return c
	}, err
}

func (o *Offerings) onAdd() {
	label, provider, store := o.words.T("offering.step.new"), o.owner.Organisation.ID, o.store
	id := ""
	o.serial.Add(func(context.Context) (err error) {
		id, err = store.Create(label, data.Offering{Organisation: provider})
		return err
	}, func(err error) {
		if err != nil {
			o.env.Shell.Fail(label, err)
			return
		}
		o.env.Shell.Saved()
		o.env.Shell.Go(screen.Route{Page: screen.PageOfferings, ID: id, Field: "title"})
	})
}

// OfferingTitle is a title, or that there is none.
func OfferingTitle(w *lang.Printer, o *data.Offering) string {
	if o.Title != "" {
		return o.Title
	}
	return w.T("offering.untitled")
}

// OfferLine is an offering in short: "Fagskole · 10 studiepoeng · På nett".
func OfferLine(w *lang.Printer, o *partner.Offer) string {
	credits, start, price := "", "", ""
	if o.Credits > 0 {
		credits = w.T("offering.credits", "Count", partner.CreditsText(o.Credits, w.Decimal()))
	}
	if o.Start != "" {
		start = w.DateShort(o.Start)
	}
	if o.Price > 0 {
		price = w.T("aid.kroner", "Amount", w.Money(o.Price))
	}
	return lang.Joined(" · ", LevelWord(w, o.Level), credits, FormWord(w, o.Form), o.Where, start, price)
}
