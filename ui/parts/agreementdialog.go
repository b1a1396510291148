package parts

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app/grant"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
	"kompetansepilot/ui/form"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

const (
	// pairWidth is the least that each of two fields beside each other gets, at
	// text size 1.
	pairWidth = 200
	// mostHits is how many organisations a search shows.
	mostHits = 50
	// dialogWidth is wished for, at text size 1.
	dialogWidth = 640
)

// agreementDialog edits one agreement.
type agreementDialog struct {
	of     *Agreements
	stored data.Signed
	now    data.Signed
	dialog *kit.Dialog
	gone   bool // it goes to the trash

	kind        *kit.Select
	name        *kit.TextField
	application *kit.Select
	date, end   *kit.DateField
	note        *kit.TextArea
	file        *keptFile
	parties     []*partyForm
	list        *fyne.Container
	add         *kit.Button
}

// asked is what a dialog needs to know before it opens.
type asked struct {
	agreement    data.Signed
	applications []grant.Summary
}

// ask reads an agreement in the background and opens it.
func (a *Agreements) ask(read func() (data.Signed, error)) {
	grants := a.env.Program.Grants
	task.Run(a.env.Tasks, context.Background(), func(context.Context) (asked, error) {
		one, err := read()
		if err != nil {
			return asked{}, err
		}
		applications, err := grants.Applications()
		return asked{one, applications}, err
	}, func(got asked, err error) {
		if err != nil {
			a.env.Shell.Fail(a.name, err)
			return
		}
		a.open(got)
	})
}

func (a *Agreements) open(got asked) {
	w := a.words
	d := &agreementDialog{of: a, stored: got.agreement, now: a.drafts.take(a.key(got.agreement.ID), got.agreement), list: kit.Column(theme.Size(theme.SizeNameGap))}
	d.kind = kit.NewSelect(w, Options(partner.AgreementKinds(),
		func(c string) string { return AgreementKindWord(w, c) }))
	form.Choose(d.kind, d.now.AgreementOf)
	d.name = kit.NewTextField()
	d.name.SetText(d.now.Name)
	d.application = kit.NewSelect(w, applicationOptions(w, got.applications))
	d.application.AllowEmpty = true
	form.Choose(d.application, d.now.Application)
	d.date, d.end = kit.NewDateField(w), kit.NewDateField(w)
	d.date.SetValue(d.now.Date)
	d.end.SetValue(d.now.Finish)
	d.note = kit.NewTextArea(w)
	d.note.SetText(d.now.Note)
	d.file = newKeptFile(a.env, a.chooser, d.now.KeptFile)
	d.add = addButton(w.T("agreement.party.add"), d.onAddParty)
	for _, p := range d.now.Parties {
		d.addParty(p)
	}
	d.dialog = a.dialog(d.now.ID == "", w.T("agreement.edit"), w.T("agreement.new"), d.onDelete, kit.Custom{OnVerb: d.onSave, Height: 640, Focus: d.kind.FocusTarget(), Content: d.content(), OnClosed: d.onClosed})
}

// onClosed keeps what was written when it was not saved.
func (d *agreementDialog) onClosed(saved bool) {
	d.of.drafts.closed(d.of.fold, d.stored.ID, saved || d.gone, d.stored, func() data.Signed {
		d.take()
		return d.now
	})
}

func (d *agreementDialog) content() fyne.CanvasObject {
	w, gap := d.of.words, theme.Size(theme.SizeNameGap)
	return kit.Column(gap,
		kit.SideBySide(pairWidth, kit.NewField(w, kit.FieldOptions{Label: w.T("agreement.field.kind")}, d.kind),
			kit.NewField(w, kit.FieldOptions{Label: w.T("agreement.field.application"), Hint: w.T("agreement.hint.application")}, d.application)),
		kit.NewField(w, kit.FieldOptions{Label: w.T("agreement.field.name"), Hint: w.T("agreement.hint.name")}, d.name),
		kit.SideBySide(pairWidth, kit.NewField(w, kit.FieldOptions{Label: w.T("agreement.field.date")}, d.date),
			kit.NewField(w, kit.FieldOptions{Label: w.T("agreement.field.end")}, d.end)),
		kit.NewSection(w.T("agreement.parties"), kit.NewQuietText(w.T("agreement.partiesHint")), d.list, kit.Row(d.add)),
		kit.NewSection(w.T("agreement.field.file"), d.file.row),
		kit.NewField(w, kit.FieldOptions{Label: w.T("agreement.field.note")}, d.note),
	)
}

// applicationOptions are the applications to choose from.
func applicationOptions(w *lang.Printer, all []grant.Summary) []kit.Option {
	var list []kit.Option
	for _, a := range all {
		title := a.Title
		if grant.Blank(title) {
			title = w.T("agreement.untitled")
		}
		list = append(list, kit.Option{ID: a.ID, Label: title, Note: a.County})
	}
	return list
}

func (d *agreementDialog) onAddParty() {
	p := d.addParty(data.Signature{})
	d.resized()
	kit.FocusOn(p.register, p.whole)
}

func (d *agreementDialog) addParty(s data.Signature) *partyForm {
	p := newPartyForm(d, s)
	d.parties = append(d.parties, p)
	d.list.Add(p.whole)
	return p
}

func (d *agreementDialog) removeParty(p *partyForm) {
	d.parties = slices.DeleteFunc(d.parties, func(o *partyForm) bool { return o == p })
	d.list.Remove(p.whole)
	d.resized()
	kit.FocusOn(d.add, d.add)
}

func (d *agreementDialog) resized() {
	d.list.Refresh()
	kit.Relayout(d.list)
}

// take puts what the fields say into now; dates tells whether all dates can be
// read.
func (d *agreementDialog) take() (dates bool) {
	d.now.AgreementOf, d.now.Name, d.now.Application, d.now.Note = d.kind.Selected(), d.name.Text(), d.application.Selected(), d.note.Text()
	var fine, endFine bool
	d.now.Date, fine = d.date.Value()
	d.now.Finish, endFine = d.end.Value()
	d.now.Parties = nil
	for _, p := range d.parties {
		s, ok := p.value()
		fine = fine && ok
		d.now.Parties = append(d.now.Parties, s)
	}
	return fine && endFine
}

func (d *agreementDialog) onSave() bool {
	w := d.of.words
	switch dates := d.take(); {
	case !dates:
		d.dialog.SetProblem(w.T("agreement.badDate"))
		return false
	case d.now.Date != "" && d.now.Finish != "" && d.now.Finish < d.now.Date:
		d.dialog.SetProblem(w.T("agreement.backwards"))
		return false
	}
	label := w.T("agreement.step.saved", "Name", AgreementName(w, &d.now.Agreement))
	now, chosen, store := d.now, d.file.chosen, d.of.store
	d.of.save(label, func() error {
		_, err := store.Save(label, now, chosen)
		return err
	})
	return true
}

func (d *agreementDialog) onDelete() {
	d.gone = true
	d.dialog.Close()
	label, id, store := d.of.words.T("agreement.step.deleted", "Name", AgreementName(d.of.words, &d.now.Agreement)), d.now.ID, d.of.store
	d.of.save(label, func() error { return store.Delete(label, id) })
}

// partyForm is one party in the dialog.
type partyForm struct {
	of       *agreementDialog
	now      data.Signature
	register *kit.Select
	party    *kit.TextField
	name     *kit.TextField
	role     *kit.TextField
	date     *kit.DateField
	whole    fyne.CanvasObject
	hits     map[string]data.Organisation
	searches *task.Latest
}

func newPartyForm(d *agreementDialog, s data.Signature) *partyForm {
	w := d.of.words
	p := &partyForm{of: d, now: s, register: kit.NewSelect(w, nil), party: kit.NewTextField(), name: kit.NewTextField(), role: kit.NewTextField(),
		date: kit.NewDateField(w), hits: map[string]data.Organisation{}, searches: task.NewLatest(d.of.env.Tasks)}
	p.register.AllowEmpty = true
	p.register.Search = p.search
	p.register.OnChanged = p.onRegister
	if s.Organisation != "" {
		p.register.SetChoice(kit.Option{ID: s.Organisation, Label: s.Party})
	}
	p.party.SetText(s.Party)
	p.name.SetText(s.Name)
	p.role.SetText(s.Role)
	p.date.SetValue(s.Done)
	remove := kit.NewIconButton(fynetheme.DeleteIcon(), w.T("agreement.party.remove"), func() { d.removeParty(p) })
	p.whole = kit.NewCard(kit.Column(theme.Size(theme.SizeNameGapSmall),
		kit.SideBySide(pairWidth, kit.NewField(w, kit.FieldOptions{Label: w.T("agreement.party.register")}, p.register),
			kit.NewField(w, kit.FieldOptions{Label: w.T("agreement.party.party")}, p.party)),
		kit.SideBySide(pairWidth, kit.NewField(w, kit.FieldOptions{Label: w.T("agreement.party.name")}, p.name),
			kit.NewField(w, kit.FieldOptions{Label: w.T("agreement.party.role")}, p.role)),
		kit.SideBySide(pairWidth, kit.NewField(w, kit.FieldOptions{Label: w.T("agreement.party.signed"), Hint: w.T("agreement.party.signedHint")}, p.date),
			kit.Row(kit.Spacer(), remove)),
	))
	return p
}

// value is the party as it stands in the form.
func (p *partyForm) value() (data.Signature, bool) {
	s := p.now
	s.Organisation, s.Party, s.Name, s.Role = p.register.Selected(), p.party.Text(), p.name.Text(), p.role.Text()
	var ok bool
	s.Done, ok = p.date.Value()
	return s, ok
}

// onRegister fills the party in from the register.
func (p *partyForm) onRegister(id string) {
	o, ok := p.hits[id]
	if !ok {
		return
	}
	p.party.SetText(o.Name)
	if p.name.Text() == "" {
		p.name.SetText(o.Contact)
	}
}

func (p *partyForm) search(query string, found func([]kit.Option)) {
	searchOrganisations(p.of.of.fold, p.searches, query, func(all []data.Organisation) {
		var list []kit.Option
		for _, o := range all {
			p.hits[o.ID] = o
			list = append(list, kit.Option{ID: o.ID, Label: o.Name, Note: PlaceName(p.of.of.env, o.Municipality)})
		}
		found(list)
	})
}

// searchOrganisations finds organisations of the register for a choice.
func searchOrganisations(f *fold, latest *task.Latest, query string, found func([]data.Organisation)) {
	store := f.env.Program.Workspace
	task.RunLatest(latest, context.Background(), func(context.Context) ([]data.Organisation, error) {
		return store.MatchOrganisations(query, mostHits)
	}, func(all []data.Organisation, err error) {
		if err != nil {
			f.env.Shell.Fail(f.name, err)
		}
		found(all)
	})
}
