package application

import (
	"fyne.io/fyne/v2"

	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/parts"
)

// mailView is the correspondence about the application.
type mailView struct {
	desk   *desk
	mail   *parts.Mail
	whole  fyne.CanvasObject
	opened bool
}

var (
	_ leaver  = (*mailView)(nil)
	_ changer = (*mailView)(nil)
)

func newMailView(d *desk) *mailView {
	v := &mailView{desk: d, mail: parts.NewMail(d.env)}
	v.whole = kit.NewScroll(narrowed(v.mail.Object()))
	return v
}

func (v *mailView) content() fyne.CanvasObject { return v.whole }

// show unfolds the letters the first time; whoever folds them has them so.
func (v *mailView) show() {
	v.mail.Show(parts.Owner{Application: v.desk.id})
	if !v.opened {
		v.opened = true
		v.mail.Unfold()
	}
}

func (v *mailView) focus(string) { v.mail.Open() }

func (v *mailView) changed(c data.Changed) { v.mail.Changed(c) }

func (v *mailView) leave() { v.mail.Leave() }
