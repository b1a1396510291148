// Package screen is what the window and its pages agree on: where one can go,
// what a page is, and what a page may ask of the window.
package screen

import (
	"context"

	"fyne.io/fyne/v2"

	"kompetansepilot/app"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/task"
)

// Route is a place in the program: a page, the record that it shows, and the
// field to put the focus on. Routes are compared with ==.
type Route struct {
	Page  string
	ID    string
	Field string
}

// Pages.
const (
	PageOverview      = "overview"
	PageApplications  = "applications"
	PageApplication   = "application" // ID: application, Field: field of the call
	PagePortal        = "portal"      // ID: application
	PageBusinesses    = "businesses"
	PageProviders     = "providers"
	PageCompanies     = "companies"
	PageDuplicates    = "duplicates" // ID: data.OrganisationBusiness or data.OrganisationProvider
	PageImport        = "import"     // ID: exchange.Kind
	PageDocuments     = "documents"
	PageTasks         = "tasks"     // Field: "privacy" for the watch over personal data
	PageOfferings     = "offerings" // ID: offering
	PageNeeds         = "needs"     // ID: need, Field: field of it or "offers"
	PageInterview     = "interview" // ID: interview, Field: id of a question
	PageSurvey        = "survey"
	PageTerms         = "terms"
	PageQuestions     = "questions" // the form of the interview
	PagePools         = "pools"
	PageRequests      = "requests" // ID: request, Field: "compare", "reply" or "request"
	PageCourses       = "courses"  // ID: course, Field: "totals" or ""
	PageMail          = "mail"     // ID: key of a message
	PageInsight       = "insight"
	PageHistory       = "history" // ID: record or ""
	PageTrash         = "trash"
	PageBackups       = "backups"
	PageVerify        = "verify"
	PageCalls         = "calls"
	PageSettings      = "settings"
	PageHelp          = "help"
	PageNotifications = "notifications"
)

// Page is what stands in the middle of the window. Its methods run on Fyne's
// goroutine.
type Page interface {
	// Title stands in the window's title and over the page.
	Title() string
	Content() fyne.CanvasObject
	// Changed is called after each commit; a page queries again what it shows.
	Changed(data.Changed)
	// Leave is called before the page goes away: it hands over what is not saved yet.
	Leave()
}

// Focuser is a page that can jump to a field.
type Focuser interface{ FocusField(field string) }

// Commander is a page with commands of its own for the menu "Søknad".
type Commander interface{ Commands() []Command }

// Command is something to do, for menus and the search field.
type Command struct {
	Name     string
	Do       func()
	Disabled bool
}

// Shell is what a page may ask of the window.
type Shell interface {
	Window() fyne.Window
	Go(Route)
	// Toast tells what was done, with Angre when undo is true.
	Toast(text string, undo bool)
	// Fail shows an error: its sentence in the user's language when it has one.
	Fail(doing string, err error)
	// Saved tells the status line that a change is on the disk.
	Saved()
	// Unsaved tells that a change could not be saved yet; the page keeps it and tries again.
	Unsaved(err error)
	// CommandsChanged tells that a Commander's commands are others than when it was shown.
	CommandsChanged()
}

// Env is what every page works with.
type Env struct {
	Program *app.Program
	Words   *lang.Printer
	Tasks   *task.Runner
	Shell   Shell
	// Files is the window's chooser, which begins in the folder of the last choice;
	// nil gives one that begins at home.
	Files func() kit.FileChooser
}

// Chooser asks for files and folders.
func (e *Env) Chooser() kit.FileChooser {
	if e.Files != nil {
		return e.Files()
	}
	return kit.NewFileChooser(e.Shell.Window(), e.Words, nil, nil)
}

// Done tells that a step with a name is stored, with Angre, or why it is not. It tells
// which.
func (e *Env) Done(step string, err error) bool {
	if err != nil {
		e.Shell.Fail(step, err)
		return false
	}
	e.Shell.Saved()
	e.Shell.Toast(step, true)
	return true
}

// Do does something to the workspace in the background, as a step with a name, and
// tells how it went.
func (e *Env) Do(step string, work func() error) {
	task.Run(e.Tasks, context.Background(), func(context.Context) (struct{}, error) { return struct{}{}, work() }, func(_ struct{}, err error) { e.Done(step, err) })
}

// Remember keeps a choice of the person on this machine, in the background.
func (e *Env) Remember(change func(*app.Preferences)) {
	state := e.Program.State
	task.Run(e.Tasks, context.Background(), func(context.Context) (struct{}, error) {
		return struct{}{}, state.Change(change)
	}, nil)
}

// Divider is where the person left a divider, from 0 to 1; usual when it was never
// moved.
func (e *Env) Divider(name string, usual float64) float64 {
	if offset := e.Program.State.Get().Offsets[name]; offset > 0 {
		return offset
	}
	return usual
}

// KeepDivider remembers where the person moved a divider.
func (e *Env) KeepDivider(name string, offset float64) {
	e.Remember(func(prefs *app.Preferences) {
		if prefs.Offsets == nil {
			prefs.Offsets = map[string]float64{}
		}
		prefs.Offsets[name] = offset
	})
}
