package ui

import (
	"context"
	"log/slog"
	"time"

	"kompetansepilot/app"
	"kompetansepilot/app/lang"
	"kompetansepilot/ui/applications"
	"kompetansepilot/ui/overview"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
)

// first is a workspace that was opened, and what the window shows of it first.
type first struct {
	program *app.Program // nil when there is none yet
	err     error        // why it could not be opened
	env     *screen.Env  // nil before begin
	board   *applications.Board
	look    *look // nil when it was not read in time
}

// look is what the frame and the first page show. It is read while Fyne makes
// the window, so that the first picture is the whole one.
type look struct {
	steps               steps
	applications, needs int             // that wait
	overview            *overview.Facts // nil when the first page is another
}

// How long the window waits for a workspace before it is shown without, and the
// workspace for its look before the page fills itself.
const (
	patience     = 100 * time.Millisecond
	lookPatience = 200 * time.Millisecond
)

func (f *first) begin(w *Window, words *lang.Printer) {
	f.env = &screen.Env{Program: f.program, Words: words, Tasks: w.tasks, Shell: w, Files: w.Files}
	f.board = applications.NewBoard(f.env)
}

// read reads the look, in the background. What is not ready in time is read on to
// its end, for the page waits for the same reading.
func (f *first) read(w *Window) {
	if unanswered(f.program) {
		return
	}
	prefs := w.state.Get()
	f.begin(w, lang.New(prefs.Language))
	done := make(chan *look, 1)
	task.Run(w.tasks, context.Background(), func(ctx context.Context) (struct{}, error) {
		l, err := f.readLook(ctx, firstRoute(prefs, f.program.Workspace.Path()).Page)
		if err != nil {
			slog.Warn("read beforehand", "err", err) // the page reads again, and tells
			l = nil
		}
		done <- l
		return struct{}{}, nil
	}, nil)
	select {
	case f.look = <-done:
	case <-time.After(lookPatience):
	}
}

func (f *first) readLook(ctx context.Context, page string) (l *look, err error) {
	l = &look{}
	if page == screen.PageOverview {
		if l.overview, err = overview.Read(ctx, f.env, f.board); err != nil {
			return nil, err
		}
	}
	if l.applications, err = f.board.Waiting(ctx); err != nil {
		return nil, err
	}
	if l.needs, err = f.program.Needs.Waiting(); err != nil {
		return nil, err
	}
	l.steps.undo, l.steps.redo, err = f.program.Workspace.Steps()
	return l, err
}
