package people

import (
	"context"
	"path/filepath"

	"kompetansepilot/app/disk"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/people"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
)

// desk is what the lists and dialogs of this package work with.
type desk struct {
	env    *screen.Env
	words  *lang.Printer
	people *people.Service
	files  kit.FileChooser // nil makes one when it is needed
}

func newDesk(env *screen.Env) *desk {
	return &desk{env: env, words: env.Words, people: people.New(env.Program.Workspace, env.Program.Places)}
}

// read reads something in the background and hands it on.
func read[T any](d *desk, doing string, work func() (T, error), done func(T)) {
	task.Run(d.env.Tasks, context.Background(), func(context.Context) (T, error) { return work() }, func(v T, err error) {
		if err != nil {
			d.env.Shell.Fail(doing, err)
			return
		}
		done(v)
	})
}

// save asks where a file shall lie, writes it there and tells so with saved; nil
// is a toast.
func (d *desk) save(title, name string, filter kit.FileFilter, content func() ([]byte, error), saved func(name string)) {
	if saved == nil {
		saved = func(name string) { d.env.Shell.Toast(d.words.T("people.saved", "Name", name), false) }
	}
	files := d.files
	if files == nil {
		files = d.env.Chooser()
	}
	files.Save(title, name, filter, func(path string) {
		read(d, title, func() (struct{}, error) {
			raw, err := content()
			if err != nil {
				return struct{}{}, err
			}
			return struct{}{}, disk.Write(path, raw)
		}, func(struct{}) { saved(filepath.Base(path)) })
	})
}

// toOrganisation is where an organisation's record is.
func toOrganisation(o *data.Organisation) screen.Route {
	if o.OrganisationOf == data.OrganisationProvider {
		return screen.Route{Page: screen.PageProviders, ID: o.ID}
	}
	return screen.Route{Page: screen.PageBusinesses, ID: o.ID}
}

// open goes to an organisation's record.
func (d *desk) open(organisation string) {
	read(d, d.words.T("people.loading"), func() (data.Organisation, error) {
		return data.Get[data.Organisation](d.env.Program.Workspace, organisation)
	}, func(o data.Organisation) { d.env.Shell.Go(toOrganisation(&o)) })
}

// named is a name, or that there is none.
func (d *desk) named(name string) string {
	if name == "" {
		return d.words.T("people.unnamed")
	}
	return name
}

// mostHits is how many organisations a search shows; more would not be read.
const mostHits = 50

// organisationChoice is a choice of an organisation, searched for as one types.
func (d *desk) organisationChoice() *kit.Select {
	c := kit.NewSelect(d.words, nil)
	c.AllowEmpty = true
	latest := task.NewLatest(d.env.Tasks)
	store, places := d.env.Program.Workspace, d.env.Program.Places
	c.Search = func(query string, found func([]kit.Option)) {
		task.RunLatest(latest, context.Background(), func(context.Context) ([]data.Organisation, error) {
			return store.MatchOrganisations(query, mostHits)
		}, func(all []data.Organisation, err error) {
			if err != nil {
				d.env.Shell.Fail(d.words.T("people.loading"), err)
			}
			var options []kit.Option
			for _, o := range all {
				place := ""
				if r, ok := places.Resolve(o.Municipality); ok {
					place = r.Name
				}
				options = append(options, kit.Option{ID: o.ID, Label: o.Name, Note: place})
			}
			found(options)
		})
	}
	return c
}
