// Package mail is the county's mailbox as the program sees it: fetched into the
// store, linked to records, and read for what it asks. The mailbox itself is only
// read; the one thing that is put into it is a draft.
package mail

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	gosync "sync"
	"time"

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

	reading    gosync.Mutex  // held while messages are read
	delivering gosync.Mutex  // held while letters are put into a mailbox
	soon       chan struct{} // something that the reading rests on has changed
	wake       chan struct{} // how a mailbox is fetched has changed

	mu        gosync.Mutex
	stale     bool              // the messages may rest on what has changed
	store     *post.Store       // nil until it is needed
	directory *directory        // nil when records have changed
	running   map[string]func() // what stops the fetch, by id of the account
	status    map[string]Status // by id of the account
	tokens    map[string]deskTokens
	listeners map[int]func()
	next      int
}

// NewDesk makes the desk of a workspace. Nothing is opened yet.
func NewDesk(w *data.Workspace, places *reference.Tables) *Desk {
	d := &Desk{workspace: w, places: places, stale: true, soon: make(chan struct{}, 1), wake: make(chan struct{}, 1), running: map[string]func(){}, status: map[string]Status{}, tokens: map[string]deskTokens{}, listeners: map[int]func(){}}
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
	records := c.Touches(kindsOfDirectory()...)
	if !records && !c.Touches("mail_link", "mail_decision", "mail_draft", "mail_account") {
		return
	}
	d.mu.Lock()
	d.stale = true
	if records {
		d.directory = nil
	}
	d.mu.Unlock()
	select {
	case d.soon <- struct{}{}:
	default:
	}
}

// quiet is how long the register must be left alone before mail is read again for it.
const quiet = 300 * time.Millisecond

// Tend reads mail again when what its links rest on has changed, until ctx ends.
func (d *Desk) Tend(ctx context.Context) {
	for {
		if err := d.Read(ctx); err != nil && ctx.Err() == nil {
			slog.Error("read mail", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-d.soon:
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(quiet):
		}
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
