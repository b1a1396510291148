package ui

import (
	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app"
	"kompetansepilot/data"
	"kompetansepilot/ui/application"
	"kompetansepilot/ui/applications"
	"kompetansepilot/ui/companies"
	"kompetansepilot/ui/courses"
	"kompetansepilot/ui/documents"
	"kompetansepilot/ui/duplicates"
	"kompetansepilot/ui/exchange"
	"kompetansepilot/ui/insight"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/mail"
	"kompetansepilot/ui/needs"
	"kompetansepilot/ui/offerings"
	"kompetansepilot/ui/overview"
	"kompetansepilot/ui/people"
	"kompetansepilot/ui/pools"
	"kompetansepilot/ui/portal"
	"kompetansepilot/ui/register"
	"kompetansepilot/ui/safety"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/settings"
)

// destination is a page that one can go to.
type destination struct {
	page  string
	label string // key of its name; "" for a page that only others lead to
	under string // the line of the navigation that is marked, when it is another
	icon  fyne.Resource
	gap   bool // a little distance before it in the navigation
	build func(w *Window, r screen.Route) screen.Page
}

// destinations are all the pages, those of the navigation in its order.
func destinations() []destination {
	return []destination{
		{page: screen.PageOverview, label: "shell.page.overview", icon: fynetheme.HomeIcon(), build: func(w *Window, _ screen.Route) screen.Page {
			return overview.New(w.session.env, w.session.board, w.session.takeFacts())
		}},
		{page: screen.PageApplications, label: "shell.page.applications", icon: fynetheme.DocumentIcon(), build: func(w *Window, _ screen.Route) screen.Page {
			return applications.New(w.session.env, w.session.board)
		}},
		{page: screen.PageTasks, label: "people.title", icon: fynetheme.ListIcon(), build: func(w *Window, _ screen.Route) screen.Page {
			return people.New(w.session.env)
		}},
		{page: screen.PageBusinesses, label: "shell.page.businesses", icon: fynetheme.StorageIcon(), build: func(w *Window, r screen.Route) screen.Page {
			return register.New(w.session.env, data.OrganisationBusiness, r.ID)
		}},
		{page: screen.PageProviders, label: "shell.page.providers", icon: fynetheme.AccountIcon(), build: func(w *Window, r screen.Route) screen.Page {
			return register.New(w.session.env, data.OrganisationProvider, r.ID)
		}},
		{page: screen.PageCompanies, label: "companiesui.title", icon: fynetheme.SearchIcon(), build: func(w *Window, _ screen.Route) screen.Page {
			return companies.New(w.session.env, w.files)
		}},
		{page: screen.PageOfferings, label: "shell.page.offerings", icon: fynetheme.GridIcon(), build: func(w *Window, r screen.Route) screen.Page {
			return offerings.New(w.session.env, r.ID)
		}},
		{page: screen.PageNeeds, label: "needs.title", icon: fynetheme.QuestionIcon(), build: func(w *Window, r screen.Route) screen.Page {
			return needs.New(w.session.env, r.ID)
		}},
		{page: screen.PagePools, label: "pool.title", icon: fynetheme.AccountIcon(), build: func(w *Window, r screen.Route) screen.Page {
			return pools.New(w.session.env, r.ID)
		}},
		{page: screen.PageRequests, label: "course.requests.title", icon: fynetheme.MailSendIcon(), build: func(w *Window, r screen.Route) screen.Page {
			return courses.NewRequests(w.session.env, r.ID)
		}},
		{page: screen.PageCourses, label: "course.title", icon: fynetheme.ContentPasteIcon(), build: func(w *Window, r screen.Route) screen.Page {
			return courses.NewCourses(w.session.env, r.ID)
		}},
		{page: screen.PageInsight, label: "insight.title", icon: fynetheme.InfoIcon(), build: func(w *Window, _ screen.Route) screen.Page {
			return insight.New(w.session.env)
		}},
		{page: screen.PageMail, label: "mailui.title", icon: fynetheme.MailComposeIcon(), build: func(w *Window, r screen.Route) screen.Page {
			return mail.New(w.session.env, r.ID)
		}},
		{page: screen.PageDocuments, label: "bundle.page", icon: fynetheme.FolderIcon(), build: func(w *Window, _ screen.Route) screen.Page {
			return documents.New(w.session.env, w.files)
		}},
		{page: screen.PageCalls, label: "shell.page.calls", icon: fynetheme.FileTextIcon(), gap: true, build: func(w *Window, _ screen.Route) screen.Page {
			return settings.NewCalls(w.session.env, w.files)
		}},
		{page: screen.PageHistory, label: "shell.page.history", icon: fynetheme.HistoryIcon(), build: func(w *Window, r screen.Route) screen.Page {
			return safety.NewHistory(w.session.env, r.ID, r.Field)
		}},
		{page: screen.PageTrash, label: "shell.page.trash", icon: fynetheme.DeleteIcon(), build: func(w *Window, _ screen.Route) screen.Page {
			return safety.NewTrash(w.session.env)
		}},
		{page: screen.PageBackups, label: "shell.page.backups", icon: fynetheme.DownloadIcon(), build: func(w *Window, _ screen.Route) screen.Page {
			return safety.NewBackups(w.session.env, w)
		}},
		{page: screen.PageVerify, label: "shell.page.verify", icon: fynetheme.ConfirmIcon(), build: func(w *Window, _ screen.Route) screen.Page {
			return safety.NewVerify(w.session.env, w)
		}},
		{page: screen.PageSettings, label: "shell.page.settings", icon: fynetheme.SettingsIcon(), gap: true, build: func(w *Window, _ screen.Route) screen.Page {
			return settings.New(w.session.env, w)
		}},
		{page: screen.PageHelp, label: "shell.page.help", icon: fynetheme.HelpIcon(), build: func(w *Window, r screen.Route) screen.Page {
			return settings.NewHelp(w.session.env, r.ID)
		}},
		{page: screen.PageApplication, under: screen.PageApplications, build: func(w *Window, r screen.Route) screen.Page {
			return application.New(w.session.env, r.ID)
		}},
		{page: screen.PagePortal, under: screen.PageApplications, build: func(w *Window, r screen.Route) screen.Page {
			return portal.New(w.session.env, r.ID)
		}},
		{page: screen.PageImport, under: screen.PageBusinesses, build: func(w *Window, r screen.Route) screen.Page {
			return exchange.New(w.session.env, w.files, r.ID)
		}},
		{page: screen.PageInterview, under: screen.PageNeeds, build: func(w *Window, r screen.Route) screen.Page {
			return needs.NewInterview(w.session.env, r.ID)
		}},
		{page: screen.PageSurvey, under: screen.PageNeeds, build: func(w *Window, _ screen.Route) screen.Page {
			return needs.NewSurvey(w.session.env, w.files)
		}},
		{page: screen.PageTerms, under: screen.PageNeeds, build: func(w *Window, _ screen.Route) screen.Page {
			return needs.NewTerms(w.session.env)
		}},
		{page: screen.PageQuestions, under: screen.PageNeeds, build: func(w *Window, _ screen.Route) screen.Page {
			return needs.NewQuestions(w.session.env, w.files)
		}},
		{page: screen.PageDuplicates, under: screen.PageBusinesses, build: func(w *Window, r screen.Route) screen.Page {
			return duplicates.New(w.session.env, r.ID)
		}},
		{page: screen.PageNotifications, build: func(w *Window, _ screen.Route) screen.Page {
			return settings.NewMessages(w.session.env, w)
		}},
	}
}

func destinationOf(page string) (destination, bool) {
	for _, d := range destinations() {
		if d.page == page {
			return d, true
		}
	}
	return destination{}, false
}

// needsRecord tells whether a page shows a record and nothing without one.
func needsRecord(page string) bool {
	return page == screen.PageApplication || page == screen.PageInterview
}

// trail is where one has been, for back and forward. The route that is shown
// stands at index at.
type trail struct {
	routes []screen.Route
	at     int
}

// mostTrail is how far back one can go.
const mostTrail = 50

func (t *trail) now() screen.Route {
	if t.at < len(t.routes) {
		return t.routes[t.at]
	}
	return screen.Route{}
}

// push goes on to r; what lay ahead is forgotten.
func (t *trail) push(r screen.Route) {
	if len(t.routes) > 0 {
		t.routes = t.routes[:t.at+1]
	}
	t.routes = append(t.routes, r)
	t.routes = t.routes[max(0, len(t.routes)-mostTrail):]
	t.at = len(t.routes) - 1
}

func (t *trail) canBack() bool    { return t.at > 0 }
func (t *trail) canForward() bool { return t.at+1 < len(t.routes) }

// takeFacts gives what was read for the overview beforehand, once: later it is
// old.
func (s *session) takeFacts() *overview.Facts {
	facts := s.facts
	s.facts = nil
	return facts
}

// Go shows a page, and the field that the route names.
func (w *Window) Go(r screen.Route) {
	s := w.session
	if s == nil {
		return
	}
	d, ok := destinationOf(r.Page)
	if !ok || needsRecord(r.Page) && r.ID == "" {
		return
	}
	now := s.trail.now()
	if s.page != nil && now.Page == r.Page && now.ID == r.ID {
		if r.Page != screen.PageHistory || now.Field == r.Field {
			w.focusField(r.Field)
			return
		}
	}
	s.trail.push(r)
	w.show(d, r)
}

// Back goes to the page before, Forward to the one after it again.
func (w *Window) Back() { w.along(-1) }

// Forward goes where Back came from.
func (w *Window) Forward() { w.along(1) }

func (w *Window) along(by int) {
	s := w.session
	if s == nil || s.trail.at+by < 0 || s.trail.at+by >= len(s.trail.routes) {
		return
	}
	s.trail.routes[s.trail.at].Field = w.focusedField()
	s.trail.at += by
	r := s.trail.now()
	if d, ok := destinationOf(r.Page); ok {
		w.show(d, r)
	}
}

// show builds a page and puts it into the window.
func (w *Window) show(d destination, r screen.Route) {
	s := w.session
	if s.page != nil {
		s.page.Leave()
	}
	s.page = d.build(w, r)
	s.frame.setPage(s.page.Content())
	marked := d.page
	if d.under != "" {
		marked = d.under
	}
	s.frame.nav.SetSelected(marked)
	w.afterPage()
	w.keepPlace(r)
	if r.Field != "" && d.page != screen.PageHistory {
		w.focusField(r.Field)
	} else if f, ok := s.page.(interface{ First() fyne.Focusable }); ok {
		w.focus(f.First())
	}
}

// afterPage brings what depends on the page up to date.
func (w *Window) afterPage() {
	w.showTitle()
	w.showSteps()
	w.session.frame.search.Clear()
	w.session.frame.hits.hide()
}

func (w *Window) focusField(field string) {
	if f, ok := w.session.page.(screen.Focuser); ok && field != "" {
		f.FocusField(field)
	}
}

func (w *Window) focusedField() string {
	if f, ok := w.session.page.(interface{ FocusedField() string }); ok {
		return f.FocusedField()
	}
	return ""
}

func (w *Window) focus(f fyne.Focusable) {
	if f != nil {
		w.window.Canvas().Focus(f)
	}
}

// firstRoute is where the window begins: where this workspace was left.
func firstRoute(prefs app.Preferences, path string) screen.Route {
	place := prefs.Places[path]
	r := screen.Route{Page: place.Page, ID: place.ID, Field: place.Field}
	if _, ok := destinationOf(r.Page); !ok || needsRecord(r.Page) && r.ID == "" {
		return screen.Route{Page: screen.PageOverview}
	}
	return r
}

// navigation are the lines to the left.
func navigation(label func(string, ...any) string) []kit.NavItem {
	var items []kit.NavItem
	for _, d := range destinations() {
		if d.label != "" {
			items = append(items, kit.NavItem{ID: d.page, Label: label(d.label), Icon: d.icon, Gap: d.gap})
		}
	}
	return items
}
