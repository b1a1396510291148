package needs

import (
	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app/need"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/theme"
)

// card is one need of the interview.
type card struct {
	object fyne.CanvasObject
	title  *kit.Text
	remove *kit.Button
	form   *needForm
	longer []fyne.CanvasObject // what the short form leaves out
}

func newCard(p *interview) *card {
	c := &card{title: kit.NewStrong("")}
	c.form = newForm(p.env, p.saveNeeds, func() {
		p.current = c
		p.proposals.typed(c.form.Now)
	})
	c.remove = kit.NewIconButton(fynetheme.DeleteIcon(), p.words.T("interview.remove"), func() { p.onRemove(c.form.Now.ID) })
	f := c.form
	text := f.add(need.FieldText)
	first := kit.SideBySide(fieldWidth, f.add(need.FieldPeople), f.add(need.FieldLevel), f.add(need.FieldUrgency))
	c.longer = []fyne.CanvasObject{
		kit.SideBySide(fieldWidth, f.add(need.FieldForm), f.add(need.FieldReach), f.add(need.FieldCredits)),
		kit.SideBySide(fieldWidth, f.add(need.FieldFrom), f.add(need.FieldTo)),
		f.add(need.FieldOwnWords),
	}
	c.object = kit.NewCard(kit.Column(theme.Size(theme.SizeNameGap)/2, append([]fyne.CanvasObject{kit.Row(c.title, kit.Spacer(), c.remove), text, first}, c.longer...)...))
	return c
}

// shorten leaves out what the short form does not ask, unless it is filled in.
func (c *card) shorten(short bool) {
	n := &c.form.Now
	filled := []bool{n.Form != need.Any || n.Reach > 0 || n.Credits > 0, n.FromMonth > 0 || n.ToMonth > 0, n.OwnWords != ""}
	for i, o := range c.longer {
		if short && !filled[i] {
			o.Hide()
		} else {
			o.Show()
		}
	}
	kit.Relayout(c.object)
}
