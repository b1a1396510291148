package application

import (
	"fyne.io/fyne/v2"

	"kompetansepilot/app/grant"
	"kompetansepilot/ui/screen"
)

// extraParts stand under the sections of the call.
func (p *Page) extraParts() []*part {
	return []*part{
		{id: partFindings, label: p.words.T("application.part.findings"), build: func() view { return newFindingsView(p.desk, p.FocusField) }},
	}
}

// Commands are for the menu "Søknad".
func (p *Page) Commands() []screen.Command {
	ready := p.Ready()
	return []screen.Command{
		{Name: p.words.T("application.command.next"), Do: p.NextPart, Disabled: !ready},
		{Name: p.words.T("application.command.previous"), Do: p.PreviousPart, Disabled: !ready},
		{Name: p.words.T("application.command.ask"), Do: p.showFindings, Disabled: !ready},
		{Name: p.words.T("application.makePDF"), Do: p.showPreview, Disabled: !ready},
	}
}

// menu is what stands under the three dots.
func (p *Page) menu() []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for _, c := range p.Commands()[2:] {
		items = append(items, fyne.NewMenuItem(c.Name, c.Do))
	}
	return items
}

// showHistory tells what has stood in a field.
func showHistory(d *desk, f *grant.Field) {}
