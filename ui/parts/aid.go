package parts

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/disk"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/partner"
	"kompetansepilot/app/stateaid"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// Aid is the ledger of public support to a business.
type Aid struct {
	*fold
	store   *stateaid.Service
	chooser kit.FileChooser
	ledger  stateaid.Ledger // as it was read last
	drafts  drafts[data.Aid]
}

var _ Part = (*Aid)(nil)

// NewAid makes the part. chooser may be nil.
func NewAid(env *screen.Env, chooser kit.FileChooser) *Aid {
	if chooser == nil {
		chooser = newChooser(env)
	}
	w := env.Words
	a := &Aid{drafts: drafts[data.Aid]{}, store: stateaid.New(env.Program.Workspace), chooser: chooser,
		fold: newFold(env, partner.PartAid, w.T("aid.title"), w.T("aid.none"), "state_aid", "setting")}
	a.read = a.readOwner
	a.onOpen = a.edit
	a.actions(addButton(w.T("aid.add"), a.Add), kit.NewButton(w.T("aid.declare"), a.onDeclare), kit.NewQuietButton(w.T("aid.rules"), a.Rules))
	return a
}

func (a *Aid) readOwner(o Owner) (func() contents, error) {
	ledger, err := a.store.Ledger(o.Organisation.ID, data.Today())
	return func() contents {
		a.ledger = ledger
		return a.contents()
	}, err
}

func (a *Aid) contents() contents {
	w := a.words
	var c contents
	for i := range a.ledger.Now {
		c.above = append(c.above, a.sum(&a.ledger.Now[i])...)
	}
	if n := len(a.ledger.Undated); n > 0 {
		c.above = append(c.above, kit.NewMarkedLine(w, kit.Info, w.N("aid.undated", n)))
	}
	if n := len(a.ledger.Unclassed); n > 0 {
		c.above = append(c.above, kit.NewMarkedLine(w, kit.Info, w.N("aid.unclassed", n)))
	}
	for i := range a.ledger.Awards {
		c.lines = append(c.lines, a.line(&a.ledger.Awards[i]))
	}
	if len(a.ledger.Awards) == 0 {
		return c
	}
	c.summary = w.N("aid.count", len(a.ledger.Awards))
	for i := range a.ledger.Now {
		if s := levelSeverity(&a.ledger.Now[i]); !c.marked || s < c.mark {
			c.mark, c.marked = s, s != kit.Fine
		}
	}
	switch a.ledger.Level() {
	case stateaid.Near:
		c.summary += " · " + w.T("aid.near")
	case stateaid.Full:
		c.summary += " · " + w.T("aid.full")
	}
	return c
}

// levelSeverity is how much a sum matters. A sum that rests on something that
// nobody has confirmed never looks like a stop.
func levelSeverity(s *stateaid.Sum) kit.Severity {
	switch {
	case s.Level == stateaid.Low:
		return kit.Fine
	case s.Level == stateaid.Full && len(s.Doubts()) == 0:
		return kit.Stop
	}
	return kit.Warn
}

// sum shows how much of a cap is used, what that is made of, and what nobody
// has confirmed.
func (a *Aid) sum(s *stateaid.Sum) []fyne.CanvasObject {
	w := a.words
	title := stateaid.BasisWord(w, s.Basis)
	if s.Regime == nil || s.Cap == nil {
		return []fyne.CanvasObject{kit.NewStrong(title), kit.NewText(w.T("aid.noRules", "Date", w.DateShort(s.Date)))}
	}
	column := kit.Column(theme.Size(theme.SizeNameGapSmall), kit.NewStrong(title))
	text := stateaid.SumText(w, s)
	severity := levelSeverity(s)
	if severity == kit.Fine {
		column.Add(kit.NewText(text))
	} else {
		column.Add(kit.NewMarkedLine(w, severity, text))
	}
	column.Add(kit.NewMeter(s.Cents, s.Cap.EUR.Value*100, kit.SeverityColor(severity)))
	column.Add(kit.NewQuietText(w.T("aid.window", "From", w.DateShort(s.From), "To", w.DateShort(s.Date), "Law", s.Regime.Law)))
	if len(s.Counted) > 0 {
		column.Add(kit.Row(kit.NewTextLink(w.N("aid.entries", len(s.Counted)), func() { a.onEntries(s) })))
	}
	if len(s.Unpriced) > 0 {
		column.Add(kit.NewMarkedLine(w, kit.Warn, w.N("aid.unpriced", len(s.Unpriced))))
	}
	if len(s.Doubts()) > 0 {
		column.Add(kit.NewMarkedLine(w, kit.Info, w.T("aid.unconfirmed")+": "+stateaid.DoubtText(w, s)))
	}
	return []fyne.CanvasObject{column}
}

// onEntries shows what a sum is made of.
func (a *Aid) onEntries(s *stateaid.Sum) {
	w := a.words
	text := ""
	for i := range s.Counted {
		one := &s.Counted[i]
		text += w.DateShort(one.Date) + "  " + lang.Joined(", ", one.Donor, one.Scheme) + ": " + a.amounts(one) + "\n"
	}
	kit.ShowText(a.env.Shell.Window(), w, w.T("aid.entriesTitle", "From", w.DateShort(s.From), "To", w.DateShort(s.Date)), text+"\n"+stateaid.SumText(w, s))
}

// amounts are "114 325 kroner = 10 000 euro (kurs 11,4325)".
func (a *Aid) amounts(one *data.Aid) string {
	w := a.words
	kroner, cents := w.Money(one.Amount), stateaid.EUR(one)
	switch {
	case cents == 0:
		return w.T("aid.kroner", "Amount", kroner)
	case one.Rate > 0:
		return w.T("aid.kronerEURRate", "Amount", kroner, "EUR", stateaid.EURText(w, cents), "Rate", stateaid.DecimalText(one.Rate, 4, w.Decimal()))
	}
	return w.T("aid.kronerEUR", "Amount", kroner, "EUR", stateaid.EURText(w, cents))
}

// decimal is what stands before the decimals.
func (a *Aid) line(one *stateaid.Award) line {
	w := a.words
	date := ""
	if one.Date != "" {
		date = w.DateShort(one.Date)
	}
	l := line{id: one.ID, title: aidName(w, &one.Aid), detail: []string{
		lang.Joined(" · ", date, a.amounts(&one.Aid)),
		lang.Joined(" · ", stateaid.BasisWord(w, one.Basis), one.Reference),
	}}
	if one.Counts && one.Cents == 0 && one.Amount != 0 {
		l.state, l.severity = w.T("aid.notCounted"), kit.Warn
	} else if one.Counts && one.Then.Level > stateaid.Low {
		l.state, l.severity = w.T("aid.then", "Sum", stateaid.SumText(w, &one.Then)), levelSeverity(&one.Then)
	}
	if one.SHA256 != "" {
		kept := one.KeptFile
		l.detail = append(l.detail, w.T("agreement.file.kept", "Name", kept.FileName, "Hash", fileHash(kept)))
		l.buttons = []fyne.CanvasObject{kit.NewButton(w.T("agreement.file.open"), func() { openFile(a.env, kept) })}
	}
	return l
}

// aidName is what an award is called.
func aidName(w *lang.Printer, a *data.Aid) string {
	if name := lang.Joined(" – ", a.Donor, a.Scheme); name != "" {
		return name
	}
	return w.T("aid.unnamed")
}

// onDeclare makes the self-declaration of today as a PDF.
func (a *Aid) onDeclare() {
	w, program, id := a.words, a.env.Program, a.owner.Organisation.ID
	type made struct {
		pdf  []byte
		name string
	}
	task.Run(a.env.Tasks, context.Background(), func(context.Context) (made, error) {
		pdf, name, err := program.AidDeclarationPDF(id, data.Today(), "")
		return made{pdf, name}, err
	}, func(m made, err error) {
		if err != nil {
			a.env.Shell.Fail(w.T("aid.declare"), err)
			return
		}
		filter := kit.FileFilter{Name: w.T("preview.files"), Extensions: []string{".pdf"}}
		a.chooser.Save(w.T("aid.declareTitle"), m.name, filter, func(path string) { a.write(path, m.pdf) })
	})
}

func (a *Aid) write(path string, pdf []byte) {
	w, name := a.words, filepath.Base(path)
	task.Run(a.env.Tasks, context.Background(), func(context.Context) (struct{}, error) {
		return struct{}{}, disk.Write(path, pdf)
	}, func(_ struct{}, err error) {
		if err != nil {
			a.env.Shell.Fail(w.T("aid.declare"), err)
			return
		}
		a.env.Shell.Toast(w.T("preview.saved", "Name", name), false)
	})
}
