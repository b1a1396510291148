package people

import (
	"strings"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/people"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/theme"
)

// personRow shows a person as a row of a list. organisation is the one whose
// record this is, "" on the watch list, which names them instead.
func (d *desk) personRow(c people.Card, organisation string) kit.ListRow {
	name := d.named(c.Name)
	head := []fyne.CanvasObject{kit.NewStrong(name)}
	about := lang.Joined(" · ", c.Role, c.Email, c.Phone)
	if organisation == "" {
		about = lang.Joined(" · ", c.Role, namesOf(c.At))
	}
	if about != "" {
		head = append(head, kit.NewQuietText(about))
	}
	said := []string{name, about}
	for _, w := range c.Warnings {
		text := people.WarningWord(d.words, &c, w)
		tone := kit.Warn
		if w.Stops() {
			tone = kit.Stop
		}
		head = append(head, kit.NewMarkedLine(d.words, tone, text))
		said = append(said, text)
	}
	return kit.ListRow{ID: c.ID, Label: lang.Joined(", ", said...), Menu: d.personMenu(c, organisation),
		Content: kit.Column(theme.Size(theme.SizeNameGapSmall), head...)}
}

func (d *desk) personMenu(c people.Card, organisation string) []*fyne.MenuItem {
	w := d.words
	subject := data.Subject{Kind: "person", ID: c.ID}
	items := []*fyne.MenuItem{
		fyne.NewMenuItem(w.T("people.change"), func() { d.askPerson(c.ID) }),
		fyne.NewMenuItem(w.T("people.log.title"), func() { d.askActivity(organisationOf(c, organisation), c.ID, "") }),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(w.T("people.notice.make"), func() { d.makeNotice(c) }),
		fyne.NewMenuItem(w.T("people.notice.told"), func() { d.noteTold(c) }),
		fyne.NewMenuItem(w.T("people.export"), func() { d.export(subject) }),
		fyne.NewMenuItemSeparator(),
	}
	if organisation != "" {
		items = append(items, fyne.NewMenuItem(w.T("people.unlink"), func() { d.unlink(c, organisation) }))
	}
	return append(items,
		fyne.NewMenuItem(w.T("people.delete"), func() { d.deletePerson(c) }),
		fyne.NewMenuItem(w.T("people.erase"), func() { d.askErase(subject, c.Name) }))
}

func organisationOf(c people.Card, organisation string) string {
	if organisation == "" && len(c.At) > 0 {
		return c.At[0].ID
	}
	return organisation
}

func (d *desk) unlink(c people.Card, organisation string) {
	label := d.words.T("people.step.unlinked", "Name", d.named(c.Name))
	d.env.Do(label, func() error { return d.people.Unlink(label, c.ID, organisation) })
}

func (d *desk) deletePerson(c people.Card) {
	label := d.words.T("people.step.deleted", "Name", d.named(c.Name))
	d.env.Do(label, func() error { return d.people.Delete(label, c.ID) })
}

// contactRow shows an interaction as a row of the log. organisation is left out
// of those who took part.
func (d *desk) contactRow(c *people.Contact, organisation string) kit.ListRow {
	w := d.words
	id := c.ID
	title := d.words.DateShort(c.Date) + " · " + w.T("people.interaction."+c.InteractionOf)
	with := []string{namesOf(c.People)}
	for _, o := range c.Organisations {
		if o.ID != organisation {
			with = append(with, o.Name)
		}
	}
	parts := []fyne.CanvasObject{kit.NewStrong(title)}
	if who := lang.Joined(", ", with...); who != "" {
		parts = append(parts, kit.NewQuietText(who))
	}
	if c.Text != "" {
		parts = append(parts, kit.NewText(beginning(c.Text)))
	}
	return kit.ListRow{ID: id, Label: lang.Joined(", ", title, lang.Joined(", ", with...), c.Text),
		Menu: []*fyne.MenuItem{
			fyne.NewMenuItem(w.T("people.change"), func() { d.askActivity(organisation, "", id) }),
			fyne.NewMenuItem(w.T("people.delete"), func() { d.deleteContact(id) }),
		},
		Content: kit.Column(theme.Size(theme.SizeNameGapSmall), parts...)}
}

func (d *desk) deleteContact(id string) {
	label := d.words.T("people.step.deletedLog")
	d.env.Do(label, func() error { return d.people.DeleteInteraction(label, id) })
}

// mostOfText is how much of a text stands in the log, in characters; the rest is
// in the dialog.
const mostOfText = 600

func beginning(text string) string {
	if r := []rune(text); len(r) > mostOfText {
		return strings.TrimSpace(string(r[:mostOfText])) + " …"
	}
	return text
}

func namesOf(all []people.Named) string {
	var n []string
	for _, one := range all {
		n = append(n, one.Name)
	}
	return strings.Join(n, ", ")
}
