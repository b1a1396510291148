package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app"
	"kompetansepilot/app/instance"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
	"kompetansepilot/ui/applications"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/overview"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// The size of the window until the person chooses another, and the least that
// is taken from the memory.
const (
	firstWidth, firstHeight = 1280, 800
	leastWidth, leastHeight = 640, 480
)

// Window is the program's window. It belongs to Fyne's goroutine.
type Window struct {
	options Options
	state   *app.State
	tasks   *task.Runner
	places  *task.Serial // writes of where one is
	words   *lang.Printer
	held    *instance.Instance
	exit    int

	app    fyne.App
	window fyne.Window
	stage  *kit.Stage
	files  kit.FileChooser

	// session is what hangs on the open workspace; nil while none is open.
	session  *session
	messages []kit.Message
	closing  bool
	made     chan struct{} // closed when Fyne takes what the background has to tell
	opened   chan *first   // what start opened
}

// session is an open workspace in the window.
type session struct {
	program     *app.Program
	env         *screen.Env
	board       *applications.Board
	unsubscribe func()

	facts  *overview.Facts // read beforehand, for the first overview; nil when used
	frame  *frame
	trail  trail
	page   screen.Page
	undo   string // names of the steps that undo and redo would do; "" for none
	redo   string
	saving saving

	stepsOf  *task.Latest
	countsOf *task.Latest
	needsOf  *task.Latest
	recount  *task.Debouncer
}

var _ screen.Shell = (*Window)(nil)

func newWindow(o Options, state *app.State, tasks *task.Runner) *Window {
	return &Window{options: o, state: state, tasks: tasks, places: task.NewSerial(tasks), made: make(chan struct{}), opened: make(chan *first, 1)}
}

// make makes Fyne's window, with nothing in it yet.
func (w *Window) make(a fyne.App) {
	w.app = a
	w.dress()
	prefs := w.state.Get()
	w.window = a.NewWindow(app.Name)
	w.window.SetPadded(false)
	w.window.SetMaster()
	w.window.SetCloseIntercept(w.Quit)
	w.window.Canvas().SetOnTypedKey(w.onKey)
	size := fyne.NewSize(firstWidth, firstHeight)
	if prefs.Width >= leastWidth && prefs.Height >= leastHeight {
		size = fyne.NewSize(prefs.Width, prefs.Height)
	}
	w.window.Resize(size)
	close(w.made)
}

// appear shows the window. The system takes longer to make it than everything
// else takes together, so the fonts are read meanwhile: nothing measures text
// before the window is there. What the window shows is made when Fyne asks for
// its size, just before it paints for the first time.
func (w *Window) appear() {
	read := make(chan struct{})
	task.Run(w.tasks, context.Background(), func(context.Context) (struct{}, error) {
		defer close(read)
		for _, bold := range []bool{false, true} {
			fyne.MeasureText("Åg", theme.Size(fynetheme.SizeNameText), fyne.TextStyle{Bold: bold})
		}
		return struct{}{}, nil
	}, nil)
	late := &lateLayout{fill: func() {
		<-read
		w.fill()
		w.enterFirst(patience)
	}}
	w.window.SetContent(container.New(late))
	late.due = true
	w.window.Show()
	late.do() // should Fyne not have asked
}

// lateLayout fills the window once, when it is asked for its size and that is
// due.
type lateLayout struct {
	fill func()
	due  bool
}

func (l *lateLayout) do() {
	if l.due {
		l.due = false
		l.fill()
	}
}

// Layout has nothing to lay out.
func (l *lateLayout) Layout([]fyne.CanvasObject, fyne.Size) {}

// MinSize is that of the frame.
func (l *lateLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	l.do()
	return leastFrame()
}

// fill puts into the window what it has before a workspace is open.
func (w *Window) fill() {
	w.words = lang.New(w.state.Get().Language)
	speak(w.words.Code())
	w.window.SetMainMenu(w.menu())
	w.stand(kit.NewQuietText(""))
}

// dress applies the looks that the person chose.
func (w *Window) dress() {
	prefs := w.state.Get()
	w.app.Settings().SetTheme(theme.New(theme.Options{
		Variant: theme.ParseVariant(prefs.Look), TextScale: prefs.TextScale, Compact: prefs.Compact,
	}))
}

// stand makes the window's outer layer anew, in the language of now.
func (w *Window) stand(content fyne.CanvasObject) {
	w.stage = kit.NewStage(w.tasks, w.words, content)
	w.stage.OnMessages = w.onMessages
	w.files = kit.NewFileChooser(w.window, w.words, w.lastFolder, w.rememberFolder)
	w.window.SetContent(w.stage)
}

// Window is Fyne's window, for dialogs.
func (w *Window) Window() fyne.Window { return w.window }

// Files asks for files and folders.
func (w *Window) Files() kit.FileChooser { return w.files }

// lastFolder is where the person last chose a file.
func (w *Window) lastFolder() string { return w.app.Preferences().String("lastFolder") }

func (w *Window) rememberFolder(folder string) { w.app.Preferences().SetString("lastFolder", folder) }

// onAsked runs when a second start asks for the window.
func (w *Window) onAsked() {
	w.tasks.Post(func() {
		if w.window != nil {
			w.window.Show()
			w.window.RequestFocus()
		}
	})
}

// onChanged runs on Fyne's goroutine after each commit.
func (w *Window) onChanged(c data.Changed) {
	s := w.session
	if s == nil {
		return
	}
	if c.Touches("call_file") {
		w.reloadCalls(c)
	}
	if s.page != nil {
		s.page.Changed(c)
		w.showTitle()
	}
	w.refreshSteps()
	s.recount.Trigger()
}

func (w *Window) showTitle() {
	title := app.Name
	if s := w.session; s != nil && s.page != nil {
		title = s.page.Title() + " – " + app.Name
	}
	w.window.SetTitle(title)
}
