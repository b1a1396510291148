package parts

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/stateaid"
	"kompetansepilot/data"
	"kompetansepilot/ui/form"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// aidDialog edits one award. Under the fields it tells what the award makes of
// the sum.
type aidDialog struct {
	of     *Aid
	stored data.Aid
	now    data.Aid
	dialog *kit.Dialog
	gone   bool // it goes to the trash

	donor, scheme, reference *kit.TextField
	date                     *kit.DateField
	amount                   *kit.MoneyField
	rate, eur                *kit.TextField
	rateFrame, eurFrame      *kit.Field
	basis                    *kit.Select
	freight                  *kit.Check
	note                     *kit.TextArea
	file                     *keptFile
	after                    *kit.SeverityLine
}

// Add begins an award.
func (a *Aid) Add() {
	one := data.Aid{Organisation: a.owner.Organisation.ID, Basis: stateaid.BasisDeMinimis, Date: data.Today()}
	if n := len(a.ledger.Awards); n > 0 {
		one.Sector = a.ledger.Awards[0].Sector
	}
	a.open(one)
}

func (a *Aid) edit(id string) {
	i := slices.IndexFunc(a.ledger.Awards, func(one stateaid.Award) bool { return one.ID == id })
	if i >= 0 {
		a.open(a.ledger.Awards[i].Aid)
		return
	}
	task.Run(a.env.Tasks, context.Background(), func(context.Context) (data.Aid, error) { return a.store.Get(id) }, func(one data.Aid, err error) {
		if err != nil {
			a.env.Shell.Fail(a.name, err)
			return
		}
		a.open(one)
	})
}

func (a *Aid) open(stored data.Aid) {
	w := a.words
	one := a.drafts.take(a.key(stored.ID), stored)
	d := &aidDialog{of: a, stored: stored, now: one, donor: kit.NewTextField(), scheme: kit.NewTextField(), reference: kit.NewTextField(), date: kit.NewDateField(w),
		amount: kit.NewMoneyField(w), rate: kit.NewTextField(), eur: kit.NewTextField(), note: kit.NewTextArea(w), file: newKeptFile(a.env, a.chooser, one.KeptFile),
		after: kit.NewMarkedLine(w, kit.Info, "")}
	d.donor.SetText(one.Donor)
	d.scheme.SetText(one.Scheme)
	d.reference.SetText(one.Reference)
	d.date.SetValue(one.Date)
	if one.Amount != 0 {
		d.amount.SetValue(one.Amount)
	}
	if one.Rate > 0 {
		d.rate.SetText(stateaid.DecimalText(one.Rate, 4, w.Decimal()))
	}
	if one.EUR > 0 {
		d.eur.SetText(stateaid.DecimalText(one.EUR, 2, w.Decimal()))
	}
	d.note.SetText(one.Note)
	d.basis = kit.NewSelect(w, Options(stateaid.Bases(), func(b string) string { return stateaid.BasisWord(w, b) }))
	form.Choose(d.basis, one.Basis)
	d.freight = kit.NewCheck(w.T("aid.field.freight"), func(bool) { d.recount() })
	d.freight.SetChecked(one.Sector == stateaid.SectorRoadFreight)
	d.basis.OnChanged = func(string) { d.recount() }
	d.date.OnChanged = func(string, bool) { d.recount() }
	d.amount.OnChanged = func(int64, bool) { d.recount() }
	d.rate.OnChanged = func(string) { d.recount() }
	d.eur.OnChanged = func(string) { d.recount() }
	content := d.content()
	d.recount()
	d.dialog = a.dialog(one.ID == "", w.T("aid.edit"), w.T("aid.new"), d.onDelete, kit.Custom{OnVerb: d.onSave, Height: 660, Focus: d.donor.FocusTarget(), Content: content, OnClosed: d.onClosed})
}

// onClosed keeps what was written when it was not saved.
func (d *aidDialog) onClosed(saved bool) {
	d.of.drafts.closed(d.of.fold, d.stored.ID, saved || d.gone, d.stored, func() data.Aid {
		now, _ := d.value()
		return now
	})
}

func (d *aidDialog) content() fyne.CanvasObject {
	w := d.of.words
	field := func(label, hint string, control fyne.CanvasObject) *kit.Field {
		return kit.NewField(w, kit.FieldOptions{Label: label, Hint: hint}, control)
	}
	d.rateFrame = field(w.T("aid.field.rate"), w.T("aid.hint.rate"), d.rate)
	d.eurFrame = field(w.T("aid.field.eur"), "", d.eur)
	return kit.Column(theme.Size(theme.SizeNameGap),
		kit.SideBySide(pairWidth, field(w.T("aid.field.donor"), "", d.donor), field(w.T("aid.field.scheme"), "", d.scheme)),
		kit.SideBySide(pairWidth, field(w.T("aid.field.date"), w.T("aid.hint.date"), d.date), field(w.T("aid.field.amount"), "", d.amount)),
		kit.SideBySide(pairWidth, d.rateFrame, d.eurFrame),
		field(w.T("aid.field.basis"), w.T("aid.hint.basis"), d.basis),
		d.freight,
		kit.NewCard(d.after),
		field(w.T("aid.field.reference"), "", d.reference),
		kit.NewSection(w.T("aid.field.file"), d.file.row),
		field(w.T("agreement.field.note"), "", d.note),
	)
}

// value is the award as it stands in the dialog; ok is false while a number or
// the date cannot be read.
func (d *aidDialog) value() (a data.Aid, ok bool) {
	w := d.of.words
	a = d.now
	a.Donor, a.Scheme, a.Reference, a.Note, a.Basis, a.Sector = d.donor.Text(), d.scheme.Text(), d.reference.Text(), d.note.Text(), d.basis.Selected(), ""
	if d.freight.Checked() {
		a.Sector = stateaid.SectorRoadFreight
	}
	var dateOK, amountOK bool
	a.Date, dateOK = d.date.Value()
	a.Amount, amountOK = d.amount.Value()
	rate, errRate := stateaid.ParseRate(d.rate.Text())
	eur, errEUR := stateaid.ParseEUR(d.eur.Text())
	a.Rate, a.EUR = rate, eur
	problem := func(f *kit.Field, err error) {
		if err != nil {
			f.SetError(w.T("aid.badNumber"))
		} else {
			f.SetError("")
		}
	}
	problem(d.rateFrame, errRate)
	problem(d.eurFrame, errEUR)
	return a, dateOK && amountOK && errRate == nil && errEUR == nil
}

// recount tells what the euros are, and what the sum of the day becomes.
func (d *aidDialog) recount() {
	w := d.of.words
	if d.eurFrame == nil {
		return
	}
	a, ok := d.value()
	hint := w.T("aid.hint.eur")
	if a.EUR == 0 && a.Rate > 0 && a.Amount > 0 {
		hint = w.T("aid.hint.eurByRate", "EUR", stateaid.EURText(w, stateaid.EUR(&a)))
	}
	d.eurFrame.SetHint(hint)
	counts := a.Basis == stateaid.BasisDeMinimis || a.Basis == stateaid.BasisDeMinimisServices
	switch {
	case !ok, a.Date == "":
		d.after.Set(kit.Info, w.T("aid.after.incomplete"))
	case !counts:
		d.after.Set(kit.Info, w.T("aid.after.outside"))
	case a.Amount != 0 && stateaid.EUR(&a) == 0:
		d.after.Set(kit.Warn, w.T("aid.after.noEUR"))
	default:
		d.tell(&a)
	}
}

func (d *aidDialog) tell(a *data.Aid) {
	w := d.of.words
	if a.ID == "" {
		a.ID = data.NewID() // only to count it
	}
	sum := d.of.ledger.Rules.Add(stateaid.With(d.of.awards(), *a), a.Date, a.Basis, a.Sector)
	severity := levelSeverity(&sum)
	text := w.T("aid.after.sum", "Sum", stateaid.SumText(w, &sum))
	if doubt := stateaid.DoubtText(w, &sum); doubt != "" {
		text += " " + w.T("aid.unconfirmed") + ": " + doubt
	}
	if sum.Regime == nil {
		severity = kit.Info
	}
	d.after.Set(severity, text)
}

// awards are those of the ledger that was read last.
func (a *Aid) awards() []data.Aid {
	var all []data.Aid
	for i := range a.ledger.Awards {
		all = append(all, a.ledger.Awards[i].Aid)
	}
	return all
}

func (d *aidDialog) onSave() bool {
	w := d.of.words
	a, ok := d.value()
	if !ok {
		d.dialog.SetProblem(w.T("aid.badForm"))
		return false
	}
	label := w.T("aid.step.saved", "Name", aidName(w, &a), "Business", d.of.owner.Organisation.Name)
	chosen, store := d.file.chosen, d.of.store
	d.of.save(label, func() error {
		_, err := store.Save(label, a, chosen)
		return err
	})
	return true
}

func (d *aidDialog) onDelete() {
	d.gone = true
	d.dialog.Close()
	label, id, store := d.of.words.T("aid.step.deleted", "Name", aidName(d.of.words, &d.now)), d.now.ID, d.of.store
	d.of.save(label, func() error { return store.Delete(label, id) })
}
