package applications

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"

	"kompetansepilot/app"
	"kompetansepilot/app/grant"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
	"kompetansepilot/ui/screen"
)

// Snapshot is how all the applications stood at one moment. Nothing in it
// changes.
type Snapshot struct {
	Standings []grant.Standing
	Calls     []*grant.Call
	County    string // number of the workspace's own county, "" when none is chosen
	Today     string // YYYY-MM-DD

	version  int64 // of the workspace
	language string
}

// CountyName is the name of the workspace's own county, "" when none is chosen.
func (s *Snapshot) CountyName(env *screen.Env) string {
	if s.County == "" {
		return ""
	}
	return env.Program.Grants.CountyName(s.County, env.Words.Code())
}

// Board is what the pages show of all the applications. It keeps the last
// answer until the workspace, the calls or the day are others, so that the
// overview, the list and the navigation share one reading. Read and Waiting are
// for the background; Latest may be called from anywhere.
type Board struct {
	env     *screen.Env
	words   atomic.Pointer[lang.Printer] // env's belong to Fyne's goroutine
	reading sync.Mutex                   // one reading at a time; the others get its answer
	last    atomic.Pointer[Snapshot]
}

// NewBoard makes a board that has read nothing yet.
func NewBoard(env *screen.Env) *Board {
	b := &Board{env: env}
	b.Speak(env.Words)
	return b
}

// Speak changes the language that findings are told in. Each page does so when
// it opens.
func (b *Board) Speak(words *lang.Printer) { b.words.Store(words) }

// Latest is the last answer, to show at once while a new one is read; nil when
// there is none yet in this language.
func (b *Board) Latest() *Snapshot {
	if s := b.last.Load(); s != nil && s.language == b.words.Load().Code() {
		return s
	}
	return nil
}

// Read gives how the applications stand now.
func (b *Board) Read(ctx context.Context) (*Snapshot, error) {
	b.reading.Lock()
	defer b.reading.Unlock()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	program, words := b.env.Program, b.words.Load()
	version, err := program.Workspace.DataVersion()
	if err != nil {
		return nil, err
	}
	s := &Snapshot{Calls: program.Grants.Calls().All(), Today: data.Today(), version: version, language: words.Code()}
	if last := b.last.Load(); last != nil && last.same(s) {
		return last, nil
	}
	if s.Standings, err = program.Grants.Standings(ctx, words); err != nil {
		return nil, err
	}
	s.County = program.Setting(app.SettingCounty)
	b.last.Store(s)
	return s, nil
}

// same tells whether another snapshot was taken of the same.
func (s *Snapshot) same(o *Snapshot) bool {
	return s.version == o.version && s.Today == o.Today && s.language == o.language && slices.Equal(s.Calls, o.Calls)
}

// Waiting is the number of drafts that findings still stop.
func (b *Board) Waiting(ctx context.Context) (int, error) {
	s, err := b.Read(ctx)
	if err != nil {
		return 0, err
	}
	n := 0
	for i := range s.Standings {
		if s.Standings[i].Stopped() {
			n++
		}
	}
	return n, nil
}

// Title is what an application is called on the screen.
func Title(words *lang.Printer, s *grant.Standing) string {
	if grant.Blank(s.Title) {
		return words.T("applications.untitled")
	}
	return s.Title
}

// CallTitle is the name of an application's call, or its id when the call is
// gone.
func CallTitle(words *lang.Printer, s *grant.Standing) string {
	if s.Call == nil {
		return s.CallID
	}
	return s.Call.Title.In(words.Code())
}

// DeadlineText tells how far away a deadline (YYYY-MM-DD) is; "" when there is
// none.
func DeadlineText(words *lang.Printer, deadline, today string) string {
	days, ok := grant.DaysBetween(today, deadline)
	switch {
	case !ok:
		return ""
	case days < 0:
		return words.T("applications.deadline.passed", "Date", words.DateLong(deadline))
	case days == 0:
		return words.T("applications.deadline.today")
	case days == 1:
		return words.T("applications.deadline.tomorrow", "Date", words.DateLong(deadline))
	}
	return words.N("applications.deadline.left", days, "Date", words.DateLong(deadline))
}
