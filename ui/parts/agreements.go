package parts

import (
	"kompetansepilot/app"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"

	"fyne.io/fyne/v2"
)

// Agreements are the agreements that an organisation is a party of, or that
// belong to an application.
type Agreements struct {
	*fold
	store   *partner.Agreements
	chooser kit.FileChooser
	drafts  drafts[data.Signed]
}

var _ Part = (*Agreements)(nil)

// NewAgreements makes the part. chooser may be nil.
func NewAgreements(env *screen.Env, chooser kit.FileChooser) *Agreements {
	if chooser == nil {
		chooser = newChooser(env)
	}
	w := env.Words
	a := &Agreements{drafts: drafts[data.Signed]{}, store: partner.NewAgreements(env.Program.Workspace), chooser: chooser,
		fold: newFold(env, partner.PartAgreements, w.T("agreement.title"), w.T("agreement.none"), "agreement", "signature")}
	a.read = a.readOwner
	a.onOpen = a.edit
	a.actions(addButton(w.T("agreement.add"), a.Add))
	return a
}

func (a *Agreements) readOwner(o Owner) (func() contents, error) {
	read, of := a.store.OfOrganisation, o.Organisation.ID
	if o.Application != "" {
		read, of = a.store.OfApplication, o.Application
	}
	all, err := read(of)
	return func() contents { return a.contents(all) }, err
}

func (a *Agreements) contents(all []data.Signed) contents {
	w, today := a.words, data.Today()
	c := contents{mark: kit.Fine}
	waiting := 0
	for i := range all {
		one := &all[i]
		state, severity := AgreementStateText(w, one, today)
		if severity == kit.Warn {
			waiting++
		}
		detail := []string{a.about(one), a.parties(one)}
		l := line{id: one.ID, title: AgreementName(w, &one.Agreement), state: state, severity: severity}
		if one.SHA256 != "" {
			kept := one.KeptFile
			detail = append(detail, w.T("agreement.file.kept", "Name", kept.FileName, "Hash", fileHash(kept)))
			l.buttons = []fyne.CanvasObject{kit.NewButton(w.T("agreement.file.open"), func() { openFile(a.env, kept) })}
		}
		l.detail = detail
		c.lines = append(c.lines, l)
	}
	if len(all) > 0 {
		c.summary = w.N("agreement.count", len(all))
	}
	if waiting > 0 {
		c.summary += " · " + w.N("agreement.waiting", waiting)
		c.mark, c.marked = kit.Warn, true
	}
	return c
}

// about is the kind and the dates.
func (a *Agreements) about(one *data.Signed) string {
	w := a.words
	kind := ""
	if one.Name != "" {
		kind = AgreementKindWord(w, one.AgreementOf)
	}
	date, end := "", ""
	if one.Date != "" {
		date = w.DateShort(one.Date)
	}
	if one.Finish != "" {
		end = w.T("agreement.until", "Date", w.DateShort(one.Finish))
	}
	return lang.Joined(" · ", kind, date, end)
}

// parties are who has signed, and when.
func (a *Agreements) parties(one *data.Signed) string {
	var all []string
	for _, p := range one.Parties {
		if p.Done != "" {
			all = append(all, a.words.T("agreement.signed", "Who", p.Who(), "Date", a.words.DateShort(p.Done)))
		}
	}
	return lang.Joined(", ", all...)
}

// Add begins an agreement with the parties that are known already: the
// organisation or the application's partners, and the county.
func (a *Agreements) Add() {
	one := data.Signed{Agreement: data.Agreement{Application: a.owner.Application, AgreementOf: data.AgreementCooperation}}
	if o := &a.owner.Organisation; o.ID != "" {
		one.Parties = append(one.Parties, data.Signature{Organisation: o.ID, Party: o.Name, Name: o.Contact})
	}
	a.begin(one)
}

// begin fills in, in the background, the partners of the application and the
// county, and opens the dialog.
func (a *Agreements) begin(one data.Signed) {
	program := a.env.Program
	a.ask(func() (data.Signed, error) {
		if one.Application != "" {
			draft, _, err := program.Grants.Load(one.Application)
			if err != nil {
				return one, err
			}
			for _, p := range draft.Partners {
				one.Parties = append(one.Parties, data.Signature{Organisation: p.Organisation, Party: p.Name})
			}
		}
		if c, ok := program.Places.County(program.Setting(app.SettingCounty)); ok {
			one.Parties = append(one.Parties, data.Signature{Party: c.Body})
		}
		return one, nil
	})
}

func (a *Agreements) edit(id string) {
	a.ask(func() (data.Signed, error) { return a.store.Get(id) })
}
