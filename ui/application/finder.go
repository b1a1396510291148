package application

import (
	"context"

	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/task"
)

// mostHits is how many organisations a search shows; more would not be read.
const mostHits = 50

// finder finds organisations of the register for a choice.
type finder struct {
	desk   *desk
	latest *task.Latest
	hits   map[string]data.Organisation // what was found so far, by id
	shown  *string                      // id that label was last asked for
}

func newFinder(d *desk, latest *task.Latest) *finder {
	return &finder{desk: d, latest: latest, hits: map[string]data.Organisation{}}
}

// search gives found the organisations that match a query.
func (f *finder) search(query string, found func([]kit.Option)) {
	store := f.desk.env.Program.Workspace
	task.RunLatest(f.latest, context.Background(), func(context.Context) ([]data.Organisation, error) {
		return store.MatchOrganisations(query, mostHits)
	}, func(all []data.Organisation, err error) {
		if err != nil {
			f.desk.env.Shell.Fail(f.desk.words.T("plan.partner.searching"), err)
		}
		var options []kit.Option
		for _, o := range all {
			f.hits[o.ID] = o
			options = append(options, f.option(&o))
		}
		found(options)
	})
}

// option is an organisation with its place beside it.
func (f *finder) option(o *data.Organisation) kit.Option {
	place := o.Municipality
	if r, ok := f.desk.env.Program.Places.Resolve(o.Municipality); ok {
		place = r.Name
	}
	return kit.Option{ID: o.ID, Label: o.Name, Note: place}
}

// label gives found the organisation with an id as a choice, unless that is
// what it gave last. One that is gone from the register says so.
func (f *finder) label(id string, found func(kit.Option)) {
	if f.shown != nil && *f.shown == id {
		return
	}
	f.shown = &id
	if o, ok := f.hits[id]; ok || id == "" {
		option := kit.Option{}
		if ok {
			option = f.option(&o)
		}
		found(option)
		return
	}
	store := f.desk.env.Program.Workspace
	task.Run(f.desk.env.Tasks, context.Background(), func(context.Context) (data.Organisation, error) {
		return data.Get[data.Organisation](store, id)
	}, func(o data.Organisation, err error) {
		if err != nil || o.InTrash() {
			found(kit.Option{ID: id, Label: f.desk.words.T("plan.partner.gone")})
			return
		}
		f.hits[id] = o
		found(f.option(&o))
	})
}
