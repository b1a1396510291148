package mail

import (
	"context"
	"crypto/x509"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"time"

	"kompetansepilot/app/mail/imap"
	"kompetansepilot/app/mail/parse"
	"kompetansepilot/app/mail/sync"
	"kompetansepilot/data"
	"kompetansepilot/data/post"
)

// Sync fetches what is new of a mailbox, and reads it. The secret comes from the
// keychain. progress may be nil.
func (d *Desk) Sync(ctx context.Context, a data.MailAccount, ca *x509.CertPool, progress func(sync.Progress)) (sync.Result, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	end, ok := d.begin(a.ID, stop)
	if !ok {
		return sync.Result{}, data.NewError("mailBusy", "Postkassen {{.Address}} hentes allerede. Vent til den er ferdig.", nil, "Address", a.Address)
	}
	defer end()
	result, err := d.sync(ctx, a, ca, func(p sync.Progress) {
		d.far(a.ID, p)
		if progress != nil {
			progress(p)
		}
	})
	d.ended(a.ID, err)
	return result, err
}

func (d *Desk) sync(ctx context.Context, a data.MailAccount, ca *x509.CertPool, progress func(sync.Progress)) (sync.Result, error) {
	store, err := d.Store()
	if err != nil {
		return sync.Result{}, err
	}
	wanted, err := d.wanted(&a)
	if err != nil {
		return sync.Result{}, err
	}
	never, err := d.never()
	if err != nil {
		return sync.Result{}, err
	}
	job := sync.Job{Account: a.ID, Store: store, Wanted: wanted, Index: parse.Index, Withhold: never, Progress: progress,
		Dial: func(ctx context.Context) (imap.Box, error) { return d.dial(ctx, &a, ca) }}
	result, err := job.Run(ctx)
	if noted := tried(store, a.ID, result, time.Now()); noted != nil {
		err = errors.Join(err, noted)
	}
	if err == nil {
		err = d.retire(store, a, time.Now())
		d.deliverWaiting(ctx, &a, ca)
	}
	if reading := d.Read(context.WithoutCancel(ctx)); reading != nil {
		err = errors.Join(err, reading)
	}
	return result, err
}

// tried notes how it went with each folder.
func tried(store *post.Store, account string, r sync.Result, now time.Time) error {
	for i := range r.Folders {
		f := &r.Folders[i]
		err := f.Err
		if errors.Is(err, context.Canceled) {
			err = nil // somebody stopped it
		}
		if err := store.Tried(post.Folder{Account: account, Name: f.Name, Tried: now.Unix(), Arrived: f.New, Failed: f.Failed, Problem: problemOf(err)}); err != nil {
			return err
		}
	}
	return nil
}

// begin takes a mailbox for this sync alone: against another one of this program, and
// against another window or command line on the same workspace.
func (d *Desk) begin(account string, stop func()) (end func(), ok bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.running[account] != nil {
		return nil, false
	}
	unlock := func() {}
	lock, err := data.LockFor(d.workspace.Path() + " mail " + account)
	if err != nil {
		slog.Warn("no lock for the mailbox", "err", err) // better twice than never
	} else {
		ok, err := lock.TryLock()
		if err == nil && !ok {
			return nil, false
		}
		unlock = func() { _ = lock.Unlock() }
	}
	d.running[account] = stop
	return func() {
		d.mu.Lock()
		unlock() // first: who sees it free here must not find it locked
		delete(d.running, account)
		d.mu.Unlock()
		d.tell()
	}, true
}

// wanted tells which folders are fetched: those that were chosen, else all but
// trash, junk, drafts and the folder that holds what stands in others.
func (d *Desk) wanted(a *data.MailAccount) (func(f imap.Folder) (bool, int), error) {
	chosen, err := d.chosen(*a)
	if err != nil {
		return nil, err
	}
	return func(f imap.Folder) (bool, int) {
		days := int(a.Days)
		if c, ok := chosen[f.Name]; ok {
			switch {
			case c.Days > 0:
				days = int(c.Days)
			case c.Days == data.MailAll:
				days = 0
			}
			return c.Fetch, days
		}
		return !slices.Contains([]imap.Role{imap.RoleTrash, imap.RoleJunk, imap.RoleDrafts, imap.RoleAll}, f.Role), days
	}, nil
}

// never tells which messages are not kept.
func (d *Desk) never() (func(x *post.Index) bool, error) {
	all, err := data.Live[data.MailNever](d.workspace, "", "id")
	if err != nil {
		return nil, err
	}
	return func(x *post.Index) bool {
		address := strings.ToLower(x.From.Address)
		for _, n := range all {
			pattern := strings.ToLower(n.Pattern)
			if address == pattern || !strings.Contains(pattern, "@") && (strings.HasSuffix(address, "@"+pattern) || strings.HasSuffix(address, "."+pattern)) {
				return true
			}
		}
		return false
	}, nil
}
