package mail

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	gosync "sync"
	"time"

	"kompetansepilot/app/mail/imap"
	"kompetansepilot/app/mail/signin"
	"kompetansepilot/app/mail/sync"
	"kompetansepilot/data"
)

// Status is how it went with a mailbox last.
type Status struct {
	Address string
	At      time.Time // when it was last fetched whole; zero for never
	Running bool
	Paused  bool
	// Progress is how far a fetch that runs is; its Folder is "" before the first.
	Progress sync.Progress
	Err      error // why the last attempt failed, or nil
}

// Status tells how it stands with mailboxes, in their order.
func (d *Desk) Status(accounts []data.MailAccount) []Status {
	d.mu.Lock()
	defer d.mu.Unlock()
	all := make([]Status, len(accounts))
	for i, a := range accounts {
		all[i] = d.status[a.ID]
		all[i].Address, all[i].Paused = a.Address, a.Paused
		_, all[i].Running = d.running[a.ID]
	}
	return all
}

// ended notes how an attempt went. One that somebody stopped says nothing.
func (d *Desk) ended(account string, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	s := d.status[account]
	s.Progress = sync.Progress{}
	switch {
	case err == nil:
		s.Err, s.At = nil, time.Now()
	case !errors.Is(err, context.Canceled):
		s.Err = err
	}
	d.status[account] = s
}

// far notes how far a fetch is.
func (d *Desk) far(account string, p sync.Progress) {
	d.mu.Lock()
	s := d.status[account]
	s.Progress = p
	d.status[account] = s
	d.mu.Unlock()
	d.tell()
}

// refused tells whether a mailbox waits for a person to sign in. It is then not tried
// again by itself: many servers lock an account after some tries.
func (d *Desk) refused(account string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return NeedsSignIn(d.status[account].Err)
}

// NeedsSignIn tells whether an error of a mailbox comes again until a person has
// signed in, or had something put right.
func NeedsSignIn(err error) bool {
	switch data.Code(err) {
	case imap.CodeAuth, imap.CodeExpired, imap.CodeNotConnected, "mailSecret", "mailKeychainLocked", "mailNoAccess":
		return true
	}
	return signin.NeedsPerson(err)
}

// Stop ends the fetch of a mailbox that runs. What has come stays; the next fetch goes
// on from there.
func (d *Desk) Stop(account string) {
	d.mu.Lock()
	stop := d.running[account]
	d.mu.Unlock()
	if stop != nil {
		stop()
	}
}

// Pause lets nothing of a mailbox be fetched by itself until it is taken up again, as
// one step named label, and stops the fetch that runs.
func (d *Desk) Pause(label, account string, paused bool) error {
	err := d.Change(label, account, func(a *data.MailAccount) { a.Paused = paused })
	if err == nil && paused {
		d.Stop(account)
	}
	return err
}

// Change changes how a mailbox is fetched, as one step named label.
func (d *Desk) Change(label, account string, change func(*data.MailAccount)) error {
	err := d.workspace.Update(label, func(tx *data.Tx) error {
		a, err := data.Get[data.MailAccount](tx, account)
		if err != nil {
			return err
		}
		change(&a)
		return tx.Put(&a)
	})
	if err != nil {
		return err
	}
	select {
	case d.wake <- struct{}{}:
	default:
	}
	return nil
}

// interval is how often a mailbox is looked into where the server does not tell of
// news.
const interval = 5 * time.Minute

// every is how long goes between looks, and false when nobody looks by itself.
func every(a *data.MailAccount) (time.Duration, bool) {
	switch {
	case a.Paused || a.Check == data.MailOnlyAsked:
		return 0, false
	case a.Check > 0:
		return time.Duration(a.Check) * time.Minute, true
	}
	return interval, true
}

// Follow fetches what is new until ctx ends: at once when the server tells of it, else
// at the interval of each mailbox. What goes wrong stands in Status.
func (d *Desk) Follow(ctx context.Context) {
	next := map[string]time.Time{}
	for ctx.Err() == nil {
		accounts, err := d.Accounts()
		if err != nil {
			slog.Error("read mailboxes", "err", err)
		}
		for i := range accounts {
			a := &accounts[i]
			gap, ok := every(a)
			if !ok || d.refused(a.ID) || time.Now().Before(next[a.ID]) {
				continue
			}
			if _, err := d.Sync(ctx, *a, nil, nil); err != nil && ctx.Err() == nil && !errors.Is(err, context.Canceled) {
				slog.Warn("fetch mail", "err", err)
			}
			next[a.ID] = time.Now().Add(gap)
		}
		d.wait(ctx, accounts, next)
	}
}

// wait waits until the next mailbox is to be looked into, or the server tells of news,
// which sets its time to now.
func (d *Desk) wait(ctx context.Context, accounts []data.MailAccount, next map[string]time.Time) {
	until := time.Now().Add(interval)
	var mu gosync.Mutex
	var waiting gosync.WaitGroup
	ctx, cancel := context.WithCancel(ctx)
	defer waiting.Wait()
	defer cancel()
	for i := range accounts {
		a := &accounts[i]
		if _, ok := every(a); !ok || d.refused(a.ID) {
			continue
		}
		mu.Lock()
		at := next[a.ID] // those before it wait already, and may write
		mu.Unlock()
		if at.Before(until) {
			until = at
		}
		if a.Check != 0 {
			continue
		}
		waiting.Go(func() {
			if err := d.idle(ctx, *a, func() {
				mu.Lock()
				next[a.ID] = time.Time{}
				mu.Unlock()
				cancel()
			}); err != nil && ctx.Err() == nil {
				slog.Info("no news from the server", "err", err)
			}
		})
	}
	select {
	case <-ctx.Done():
	case <-d.wake:
		mu.Lock()
		clear(next)
		mu.Unlock()
	case <-time.After(time.Until(until)):
	}
}

func (d *Desk) idle(ctx context.Context, a data.MailAccount, news func()) error {
	box, err := d.dial(ctx, &a, nil)
	if err != nil {
		return err
	}
	defer box.Close()
	if _, err := box.Examine(ctx, "INBOX"); err != nil {
		return err
	}
	return box.Idle(ctx, news)
}

// problem is an error as the store keeps it with a folder, so that it can be said in
// any language later.
type problem struct {
	Code, Message, Text string
	Args                map[string]any
}

func problemOf(err error) string {
	if err == nil {
		return ""
	}
	p := problem{Message: err.Error()}
	var known *data.Error
	if errors.As(err, &known) {
		p = problem{known.Code, known.Message, known.Text, known.Args}
	}
	raw, err := json.Marshal(p)
	if err != nil {
		return `{"Code":"fault"}`
	}
	return string(raw)
}

// problemIn is the error that problemOf kept, nil for none.
func problemIn(text string) error {
	if text == "" {
		return nil
	}
	var p problem
	if err := json.Unmarshal([]byte(text), &p); err != nil || p.Code == "" {
		return errors.New(text)
	}
	return &data.Error{Code: p.Code, Message: p.Message, Text: p.Text, Args: p.Args}
}
