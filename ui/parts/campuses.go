package parts

import (
	"context"

	"kompetansepilot/app"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
	"kompetansepilot/ui/form"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// Campuses are the places where a provider teaches.
type Campuses struct {
	*fold
	register *partner.Register
	all      map[string]data.Campus // as they were read last
}

var _ Part = (*Campuses)(nil)

// NewCampuses makes the part.
func NewCampuses(env *screen.Env, register *partner.Register) *Campuses {
	w := env.Words
	c := &Campuses{register: register, fold: newFold(env, partner.PartCampuses, w.T("offering.campus.title"), w.T("offering.campus.none"), "campus")}
	c.read = c.readOwner
	c.onOpen = func(id string) { c.open(c.all[id]) }
	c.actions(addButton(w.T("offering.campus.add"), c.Add))
	return c
}

// Add begins a campus, last in the list.
func (c *Campuses) Add() {
	c.open(data.Campus{Organisation: c.owner.Organisation.ID, Position: int64(len(c.all))})
}

func (c *Campuses) readOwner(o Owner) (func() contents, error) {
	all, err := c.register.Campuses(o.Organisation.ID)
	return func() contents {
		out := contents{}
		c.all = map[string]data.Campus{}
		for _, one := range all {
			c.all[one.ID] = one
			out.lines = append(out.lines, line{id: one.ID, title: c.title(&one), detail: []string{lang.Joined(" · ", PlaceName(c.env, one.Municipality), one.Contact), one.Note}})
		}
		if len(all) > 0 {
			out.summary = c.words.N("offering.campus.count", len(all))
		}
		return out
	}, err
}

func (c *Campuses) title(one *data.Campus) string {
	if one.Name != "" {
		return one.Name
	}
	if place := PlaceName(c.env, one.Municipality); place != "" {
		return place
	}
	return c.words.T("offering.campus.unnamed")
}

func (c *Campuses) open(one data.Campus) {
	program := c.env.Program
	task.Run(c.env.Tasks, context.Background(), func(context.Context) ([]kit.Option, error) {
		return PlaceOptions(c.env, program.Setting(app.SettingCounty)), nil
	}, func(places []kit.Option, _ error) { c.show(one, places) })
}

func (c *Campuses) show(one data.Campus, places []kit.Option) {
	w := c.words
	name, contact, note, place := kit.NewTextField(), kit.NewTextField(), kit.NewTextArea(w), kit.NewSelect(w, places)
	name.SetText(one.Name)
	contact.SetText(one.Contact)
	note.SetText(one.Note)
	place.AllowEmpty = true
	form.Choose(place, one.Municipality)
	var dialog *kit.Dialog
	onDelete := func() {
		dialog.Close()
		label := w.T("offering.campus.deleted", "Name", c.title(&one))
		c.save(label, func() error { return c.register.DeleteCampus(label, one.ID) })
	}
	field := func(label string, control kit.Control) *kit.Field {
		return kit.NewField(w, kit.FieldOptions{Label: label}, control)
	}
	dialog = c.dialog(one.ID == "", w.T("offering.campus.edit"), w.T("offering.campus.new"), onDelete, kit.Custom{Width: 560, Focus: name.FocusTarget(),
		OnVerb: func() bool {
			one.Name, one.Contact, one.Note, one.Municipality = name.Text(), contact.Text(), note.Text(), place.Selected()
			label := w.T("offering.campus.saved", "Name", c.title(&one))
			c.save(label, func() error {
				_, err := c.register.SaveCampus(label, one)
				return err
			})
			return true
		},
		Content: kit.Column(theme.Size(theme.SizeNameGap),
			kit.SideBySide(pairWidth, field(w.T("offering.campus.name"), name), field(w.T("offering.column.place"), place)),
			field(w.T("offering.campus.contact"), contact), field(w.T("agreement.field.note"), note)),
	})
}
