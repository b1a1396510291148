package parts

import (
	"fyne.io/fyne/v2"

	"kompetansepilot/app/lang"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
)

// Mailbox lets a person choose which mailbox a draft is put into. There is nothing to
// see where there is no choice.
type Mailbox struct {
	chosen string
	field  fyne.CanvasObject
}

// NewMailbox makes the choice; usual is chosen from the start.
func NewMailbox(w *lang.Printer, all []data.MailAccount, usual data.MailAccount) *Mailbox {
	m := &Mailbox{chosen: usual.ID}
	if len(all) < 2 {
		nothing := kit.Column(0)
		nothing.Hide()
		m.field = nothing
		return m
	}
	var options []kit.Option
	for _, a := range all {
		options = append(options, kit.Option{ID: a.ID, Label: a.Address})
	}
	control := kit.NewSelect(w, options)
	control.SetSelected(m.chosen)
	control.OnChanged = func(id string) { m.chosen = id }
	m.field = kit.NewField(w, kit.FieldOptions{Label: w.T("mailui.account"), Hint: w.T("mailui.accountHint")}, control)
	return m
}

// Object is the field.
func (m *Mailbox) Object() fyne.CanvasObject { return m.field }

// Account is the id of the mailbox that is chosen.
func (m *Mailbox) Account() string { return m.chosen }
