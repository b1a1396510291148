package application

import (
	"fyne.io/fyne/v2"

	"kompetansepilot/ui/screen"
)

// extraParts stand under the sections of the call.
func (p *Page) extraParts() []*part {
	return []*part{
		{id: partFindings, label: p.words.T("application.part.findings"), build: func() view { return newFindingsView(p.desk, p.FocusField) }},
		{id: partPreview, label: p.words.T("application.part.preview"), build: func() view {
			return newPreviewView(p.desk, func() bool { return p.current != nil && p.current.id == partPreview })
		}},
		{id: partVersions, label: p.words.T("application.part.versions"), build: func() view { return newVersionsView(p.desk, p.showSubmit) }},
		{id: partMail, label: p.words.T("mailui.title"), build: func() view { return newMailView(p.desk) }},
	}
}

// Commands are for the menu "application".
func (p *Page) Commands() []screen.Command {
	off := !p.Ready()
	return []screen.Command{
		{Name: p.words.T("application.command.next"), Do: p.NextPart, Disabled: off},
		{Name: p.words.T("application.command.previous"), Do: p.PreviousPart, Disabled: off},
		{Name: p.words.T("application.ask"), Do: p.showFindings, Disabled: off},
		{Name: p.words.T("application.makePDF"), Do: p.showPreview, Disabled: off},
		{Name: p.words.T("portal.command.start"), Do: p.showPortal, Disabled: off},
		{Name: p.words.T("application.command.versions"), Do: p.showVersions, Disabled: off},
		{Name: p.words.T("application.command.mail"), Do: p.showMail, Disabled: off},
		{Name: p.words.T("application.submit.button"), Do: p.showSubmit, Disabled: off},
		{Name: p.words.T("textio.out.command"), Do: p.showTextOut, Disabled: off},
		{Name: p.words.T("textio.in.command"), Do: p.showTextIn, Disabled: off},
		{Name: p.words.T("textio.tidy.command"), Do: p.showTidy, Disabled: off},
		{Name: p.words.T("application.command.copy"), Do: p.showCopy, Disabled: off},
		{Name: p.words.T("application.command.settings"), Do: p.showSettings, Disabled: off},
	}
}

// menu is what stands under the three dots: what the head has no button for.
func (p *Page) menu() []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for _, c := range p.Commands()[4:] {
		items = append(items, fyne.NewMenuItem(c.Name, c.Do))
	}
	return items
}

func (p *Page) showPortal() { p.env.Shell.Go(screen.Route{Page: screen.PagePortal, ID: p.id}) }

func (p *Page) showVersions() { p.onPart(partVersions) }

func (p *Page) showMail() { p.onPart(partMail) }
