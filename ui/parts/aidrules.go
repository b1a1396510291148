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

// rulesDialog changes the rules that the ledger counts by.
type rulesDialog struct {
	of      *Aid
	rules   stateaid.Rules
	dialog  *kit.Dialog
	collect []func() bool // takes a field into rules; false when it cannot be read
}

// Rules opens the rules that the ledger counts by.
func (a *Aid) Rules() {
	task.Run(a.env.Tasks, context.Background(), func(context.Context) (stateaid.Rules, error) { return a.store.Rules() },
		func(rules stateaid.Rules, err error) {
			if err != nil {
				a.env.Shell.Fail(a.words.T("aid.rules"), err)
				if data.Code(err) != stateaid.CodeRules {
					return
				}
				rules = stateaid.BuiltIn()
			}
			a.openRules(rules)
		})
}

func (a *Aid) openRules(rules stateaid.Rules) {
	w := a.words
	d := &rulesDialog{of: a, rules: rules}
	d.rules.Regimes = slices.Clone(rules.Regimes)
	column := kit.Column(theme.Size(theme.SizeNameGroup), kit.NewText(w.T("aid.rulesText")))
	for i := range d.rules.Regimes {
		g := &d.rules.Regimes[i]
		g.Caps = slices.Clone(g.Caps)
		column.Add(d.regime(g))
	}
	var buttons []*kit.Button
	if rules.Own() {
		buttons = append(buttons, kit.NewButton(w.T("aid.rulesReset"), d.onReset))
	}
	d.dialog = kit.ShowCustom(a.env.Shell.Window(), w, kit.Custom{Title: w.T("aid.rulesTitle"), Verb: w.T("agreement.save"), OnVerb: d.onSave,
		Buttons: buttons, Width: 720, Height: 660, Content: column})
}

func (d *rulesDialog) regime(g *stateaid.Regime) fyne.CanvasObject {
	w := d.of.words
	fields := []fyne.CanvasObject{d.date(w.T("aid.rule.from"), &g.From), d.date(w.T("aid.rule.to"), &g.To), d.window(g)}
	for i := range g.Caps {
		c := &g.Caps[i]
		label := w.T("aid.rule.cap", "Basis", stateaid.BasisWord(w, c.Basis))
		if c.Sector == stateaid.SectorRoadFreight {
			label = w.T("aid.rule.capFreight")
		}
		fields = append(fields, d.limit(label, &c.EUR))
	}
	return kit.NewSection(w.T("aid.rule.law", "Law", g.Law), fields...)
}

// fact puts a field, whether it is confirmed, and where it was read, beside each
// other.
func fact[T any](d *rulesDialog, label string, control fyne.CanvasObject, of *stateaid.Fact[T]) fyne.CanvasObject {
	w := d.of.words
	confirmed := kit.NewCheck(w.T("aid.rule.confirmed"), nil)
	confirmed.SetChecked(of.Verified)
	source := kit.NewTextField()
	source.SetText(of.Source)
	d.collect = append(d.collect, func() bool {
		of.Verified, of.Source = confirmed.Checked(), source.Text()
		return true
	})
	frame := kit.NewField(w, kit.FieldOptions{Label: label}, control)
	if !of.Verified {
		frame.SetHint(w.T("aid.unconfirmed"))
	}
	confirmed.OnChanged = func(yes bool) {
		hint := ""
		if !yes {
			hint = w.T("aid.unconfirmed")
		}
		frame.SetHint(hint)
	}
	return kit.SideBySide(150, frame, kit.NewField(w, kit.FieldOptions{Label: w.T("aid.rule.source")}, source),
		kit.Column(theme.Size(theme.SizeNameGapSmall), kit.NewQuietText(""), confirmed))
}

func (d *rulesDialog) date(label string, of *stateaid.Fact[string]) fyne.CanvasObject {
	control := kit.NewDateField(d.of.words)
	control.SetValue(of.Value)
	d.collect = append(d.collect, func() bool {
		iso, ok := control.Value()
		of.Value = iso
		return ok
	})
	return fact(d, label, control, of)
}

func (d *rulesDialog) window(g *stateaid.Regime) fyne.CanvasObject {
	w := d.of.words
	control := kit.NewSelect(w, []kit.Option{{ID: stateaid.WindowFiscalYears, Label: w.N("aid.window.fiscal", g.Years)}, {ID: stateaid.WindowRollingYears, Label: w.N("aid.window.rolling", g.Years)}})
	form.Choose(control, g.Window.Value)
	d.collect = append(d.collect, func() bool {
		g.Window.Value = control.Selected()
		return true
	})
	return fact(d, w.T("aid.rule.window"), control, &g.Window)
}

func (d *rulesDialog) limit(label string, of *stateaid.Fact[int64]) fyne.CanvasObject {
	control := kit.NewMoneyField(d.of.words)
	control.SetValue(of.Value)
	d.collect = append(d.collect, func() bool {
		n, ok := control.Value()
		of.Value = n
		return ok
	})
	return fact(d, label, control, of)
}

func (d *rulesDialog) onSave() bool {
	for _, take := range d.collect {
		if !take() {
			d.dialog.SetProblem(d.of.words.T("aid.badForm"))
			return false
		}
	}
	label, rules, store := d.of.words.T("aid.step.rules"), d.rules, d.of.store
	d.of.save(label, func() error { return store.SetRules(label, rules) })
	return true
}

func (d *rulesDialog) onReset() {
	d.dialog.Close()
	label, store := d.of.words.T("aid.step.rulesReset"), d.of.store
	d.of.save(label, func() error { return store.ResetRules(label) })
}
