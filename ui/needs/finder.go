package needs

import (
	"context"
	"time"

	"kompetansepilot/app/need"
	"kompetansepilot/data"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
)

// finderKinds are the kinds of records that a finder holds.
var finderKinds = []string{"need", "offering", "match_decision", "term_correction"}

// finderRest is how long the workspace rests before a finder is made anew: a text
// that is being written changes many times a minute.
const finderRest = 400 * time.Millisecond

// finder keeps a need.Finder that follows the workspace. It belongs to Fyne's
// goroutine.
type finder struct {
	env   *screen.Env
	now   *need.Finder // nil until the first is made
	fresh func()       // a newer one is there
	loads *task.Latest
	rest  *task.Debouncer
}

// newFinder makes one that load fills.
func newFinder(env *screen.Env, fresh func()) *finder {
	f := &finder{env: env, fresh: fresh, loads: task.NewLatest(env.Tasks)}
	f.rest = task.NewDebouncer(env.Tasks, finderRest, f.load)
	return f
}

// changed makes a newer finder when a commit touched what it holds. A decision
// or a correction is seen at once.
func (f *finder) changed(c data.Changed) {
	switch {
	case c.Touches("match_decision", "term_correction", "offering"):
		f.rest.Stop()
		f.load()
	case c.Touches(finderKinds...):
		f.rest.Trigger()
	}
}

func (f *finder) load() {
	service := f.env.Program.Needs
	task.RunLatest(f.loads, context.Background(), func(context.Context) (*need.Finder, error) {
		return service.Finder(need.Settings{})
	}, func(made *need.Finder, err error) {
		if err != nil {
			f.env.Shell.Fail(f.env.Words.T("needs.loading"), err)
			return
		}
		f.now = made
		f.fresh()
	})
}

func (f *finder) leave() {
	f.rest.Stop()
	f.loads.Cancel()
}
