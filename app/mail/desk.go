// Package mail is the county's mailbox as the program sees it: fetched into the
// store, linked to records, and read for what it asks. The mailbox itself is only
// read; the one thing that is put into it is a draft.
package mail

import (
	"maps"
	"slices"
	gosync "sync"

	"kompetansepilot/app/reference"
	"kompetansepilot/data"
	"kompetansepilot/data/post"
)

// Desk is what one can do with the mail of a workspace. Its methods may be called
// from any goroutine but Fyne's.
type Desk struct {
	workspace *data.Workspace
	places    *reference.Tables
	cancel    func()

	mu        gosync.Mutex
	store     *post.Store // nil until it is needed
	directory *directory  // nil when records have changed
	running   map[string]bool
	status    map[string]Status // by id of the account
	tokens    map[string]deskTokens
	listeners map[int]func()
	next      int
}

// NewDesk makes the desk of a workspace. Nothing is opened yet.
func NewDesk(w *data.Workspace, places *reference.Tables) *Desk {
	d := &Desk{workspace: w, places: places, running: map[string]bool{}, status: map[string]Status{}, tokens: map[string]deskTokens{}, listeners: map[int]func(){}}
	d.cancel = w.Subscribe(d.onChanged)
	return d
}

// Close lets go of the store.
func (d *Desk) Close() error {
	d.cancel()
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.store == nil {
		return nil
	}
	err := d.store.Close()
	d.store = nil
	return err
}

func (d *Desk) onChanged(c data.Changed) {
	if c.Touches(kindsOfDirectory()...) {
		d.mu.Lock()
		d.directory = nil
		d.mu.Unlock()
	}
}

// Store is the mail store, opened when it is first asked for.
func (d *Desk) Store() (*post.Store, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.store == nil {
		s, err := post.Open(post.PathFor(d.workspace.Path()))
		if err != nil {
			return nil, err
		}
		s.Subscribe(func(post.Changed) { d.tell() })
		d.store = s
	}
	return d.store, nil
}

// Subscribe calls f after each change of the mail that is kept here, on the
// goroutine that made it. The returned function ends it.
func (d *Desk) Subscribe(f func()) (cancel func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	id := d.next
	d.next++
	d.listeners[id] = f
	return func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		delete(d.listeners, id)
	}
}

func (d *Desk) tell() {
	d.mu.Lock()
	all := slices.Collect(maps.Values(d.listeners))
	d.mu.Unlock()
	for _, f := range all {
		f()
	}
}

// records is the directory of now.
func (d *Desk) records() (*directory, error) {
	d.mu.Lock()
	known := d.directory
	d.mu.Unlock()
	if known != nil {
		return known, nil
	}
	made, err := readDirectory(d.workspace)
	if err != nil {
		return nil, err
	}
	d.mu.Lock()
	d.directory = made
	d.mu.Unlock()
	return made, nil
}
