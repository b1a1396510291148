package mail

import (
	"context"
	"log/slog"
	"time"

	"kompetansepilot/app/mail/imap"
	"kompetansepilot/app/mail/signin"
	"kompetansepilot/data"
)

// Status is how it went with a mailbox last.
type Status struct {
	Address string
	At      time.Time // when it was last fetched whole; zero for never
	Running bool
	Err     error // why the last attempt failed, or nil
}

// Status tells how it stands with mailboxes, in their order.
func (d *Desk) Status(accounts []data.MailAccount) []Status {
	d.mu.Lock()
	defer d.mu.Unlock()
	all := make([]Status, len(accounts))
	for i, a := range accounts {
		all[i] = d.status[a.ID]
		all[i].Address, all[i].Running = a.Address, d.running[a.ID]
	}
	return all
}

// ended notes how an attempt went.
func (d *Desk) ended(account string, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	s := d.status[account]
	if s.Err = err; err == nil {
		s.At = time.Now()
	}
	d.status[account] = s
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

// How often the mailboxes are looked into where the server does not tell of news.
const interval = 5 * time.Minute

// Follow fetches what is new until ctx ends: at once when the server tells of it,
// else at an interval. What goes wrong stands in Status.
func (d *Desk) Follow(ctx context.Context) {
	for ctx.Err() == nil {
		accounts, err := d.Accounts()
		if err != nil {
			slog.Error("read mailboxes", "err", err)
		}
		for _, a := range accounts {
			if d.refused(a.ID) {
				continue
			}
			if _, err := d.Sync(ctx, a, nil, nil); err != nil && ctx.Err() == nil {
				slog.Warn("fetch mail", "err", err)
			}
		}
		d.wait(ctx, accounts)
	}
}

// wait waits for news of the first mailbox, at most as long as the interval.
func (d *Desk) wait(ctx context.Context, accounts []data.MailAccount) {
	ctx, cancel := context.WithTimeout(ctx, interval)
	defer cancel()
	if len(accounts) > 0 && !d.refused(accounts[0].ID) {
		if err := d.idle(ctx, accounts[0], cancel); err != nil {
			slog.Info("no news from the server", "err", err)
		}
	}
	<-ctx.Done()
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
