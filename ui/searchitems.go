package ui

import (
	"context"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/search"
	"kompetansepilot/data"
	"kompetansepilot/ui/parts"
	"kompetansepilot/ui/people"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/settings"
	"kompetansepilot/ui/task"
)

// kindSearch is a text that was searched for before.
const kindSearch = "search"

// mostSearches is how many of these are offered.
const mostSearches = 3

// items are the pages, the commands and the settings of now, for the search.
func (h *hitList) items() []search.Item {
	w := h.window
	var items []search.Item
	pages := map[string]bool{}
	for _, d := range destinations() {
		if d.label == "" {
			continue
		}
		name := w.words.T(d.label)
		pages[name] = true
		items = append(items, search.Item{Kind: search.KindPage, ID: d.page, Title: name})
	}
	h.do = map[string]func(){}
	for _, item := range commands(w.menu()) {
		if pages[item.Label] || h.do[item.Label] != nil {
			continue // the line of the menu only goes to a page
		}
		h.do[item.Label] = item.Action
		items = append(items, search.Item{Kind: search.KindCommand, ID: item.Label, Title: item.Label})
	}
	return append(items, settingItems(w.words)...)
}

// settingItems are the choices of the settings' page.
func settingItems(words *lang.Printer) []search.Item {
	var items []search.Item
	add := func(field, label, hint string) {
		items = append(items, search.Item{Kind: search.KindSetting, ID: screen.PageSettings, Field: field, Title: label, Text: hint})
	}
	add(settings.FieldCounty, words.T("settings.county"), words.T("settings.countyHint"))
	add(settings.FieldName, words.T("settings.name"), words.T("settings.nameHint"))
	add(settings.FieldLogo, words.T("settings.logo"), words.T("settings.logoHint"))
	add(settings.FieldLanguage, words.T("settings.language"), words.T("settings.language.nb")+"\n"+words.T("settings.language.nn")+"\n"+words.T("settings.language.en"))
	add(settings.FieldLook, words.T("settings.look"), words.T("settings.look.light")+"\n"+words.T("settings.look.dark")+"\n"+words.T("settings.look.contrast"))
	add(settings.FieldText, words.T("settings.text"), words.T("settings.textHint"))
	add(settings.FieldRows, words.T("settings.rows"), words.T("settings.rowsHint"))
	add(settings.FieldBackup, words.T("settings.backup"), words.T("settings.backupHint"))
	return items
}

// opens is what taking a hit does.
func (h *hitList) opens(hit search.Hit) func() {
	if hit.Kind == search.KindCommand {
		if do := h.do[hit.ID]; do != nil {
			return do
		}
		return func() {}
	}
	if inRegister(hit.Kind) {
		return func() { h.window.goToRecord(hit) }
	}
	return func() { h.window.Go(routeTo(hit)) }
}

// inRegister tells whether a kind of record is shown with its organisation.
func inRegister(kind string) bool {
	switch kind {
	case "person", "interaction", "task", "offering", "enquiry", "campus", "agreement", "signature", "state_aid":
		return true
	}
	return false
}

// goToRecord finds where a record of the register is shown, in the background,
// and goes there.
func (w *Window) goToRecord(hit search.Hit) {
	s := w.session
	task.Run(w.tasks, context.Background(), func(context.Context) (screen.Route, error) {
		if r, ok, err := people.RouteTo(s.env, data.Hit{Kind: hit.Kind, Record: hit.ID, Title: hit.Title}); ok || err != nil {
			return r, err
		}
		r, _, err := parts.RouteOf(s.program.Workspace, hit.Kind, hit.ID)
		return r, err
	}, func(r screen.Route, err error) {
		switch {
		case err != nil:
			w.Fail(w.words.T("shell.search.placeholder"), err)
		case w.session == s:
			w.Go(r)
		}
	})
}

// routeTo is where a hit is shown.
func routeTo(hit search.Hit) screen.Route {
	switch hit.Kind {
	case search.KindPage:
		return screen.Route{Page: hit.ID}
	case search.KindSetting:
		return screen.Route{Page: screen.PageSettings, Field: hit.Field}
	case search.KindHelp:
		return screen.Route{Page: screen.PageHelp, ID: hit.ID}
	case search.KindCall:
		return screen.Route{Page: screen.PageCalls}
	case search.KindBusiness:
		return screen.Route{Page: screen.PageBusinesses, ID: hit.ID}
	case search.KindProvider:
		return screen.Route{Page: screen.PageProviders, ID: hit.ID}
	case "made_document":
		return screen.Route{Page: screen.PageDocuments}
	case "need":
		return screen.Route{Page: screen.PageNeeds, ID: hit.ID}
	case "request":
		return screen.Route{Page: screen.PageRequests, ID: hit.ID}
	case "course":
		return screen.Route{Page: screen.PageCourses, ID: hit.ID}
	case "interview":
		return screen.Route{Page: screen.PageInterview, ID: hit.ID}
	case "pool":
		return screen.Route{Page: screen.PagePools, ID: hit.ID}
	}
	return screen.Route{Page: screen.PageApplication, ID: hit.Application, Field: hit.Field}
}

// commands are the lines of the menu that do something now, each once.
func commands(menu *fyne.MainMenu) []*fyne.MenuItem {
	var all []*fyne.MenuItem
	seen := map[string]bool{}
	for _, top := range menu.Items {
		for _, item := range top.Items {
			if item.IsSeparator || item.Disabled || item.Action == nil || item.ChildMenu != nil || seen[item.Label] {
				continue
			}
			seen[item.Label] = true
			all = append(all, item)
		}
	}
	return all
}

func iconOf(hit search.Hit) fyne.Resource {
	switch hit.Kind {
	case search.KindPage:
		if d, ok := destinationOf(hit.ID); ok && d.icon != nil {
			return d.icon
		}
	case search.KindCommand:
		return fynetheme.NavigateNextIcon()
	case search.KindSetting:
		return fynetheme.SettingsIcon()
	case search.KindHelp:
		return fynetheme.HelpIcon()
	case search.KindBusiness:
		return fynetheme.StorageIcon()
	case search.KindProvider, "partner", "person", "signature":
		return fynetheme.AccountIcon()
	case search.KindText:
		return fynetheme.FileTextIcon()
	case kindSearch:
		return fynetheme.SearchIcon()
	case "offering", "campus":
		return fynetheme.GridIcon()
	case "need", "interview", "pool":
		return fynetheme.QuestionIcon()
	case "enquiry", "interaction", "request":
		return fynetheme.MailComposeIcon()
	case "attachment", "receipt":
		return fynetheme.MailAttachmentIcon()
	case "goal", "activity", "milestone", "budget_row", "evidence":
		return fynetheme.ListIcon()
	}
	return fynetheme.DocumentIcon()
}
