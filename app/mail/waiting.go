package mail

import (
	"context"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"log/slog"
	"slices"
	"strings"
	"time"

	"kompetansepilot/app/mail/imap"
	"kompetansepilot/data"
	"kompetansepilot/data/post"
)

// sumOf is a checksum of what a letter says.
func sumOf(d *data.MailDraft) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{d.Receivers, d.Subject, d.Text}, "\x00")))
	return hex.EncodeToString(sum[:])
}

// letter is one that waits, with its record: nil when it was undone or deleted, or
// says something else since a person was erased.
type letter struct {
	post.Waiting
	draft *data.MailDraft
}

// letters are all that wait, the oldest first.
func (d *Desk) letters(store *post.Store) ([]letter, error) {
	waiting, err := store.Waiting()
	if err != nil {
		return nil, err
	}
	all := make([]letter, len(waiting))
	for i, w := range waiting {
		all[i].Waiting = w
		drafts, err := data.Live[data.MailDraft](d.workspace, "message_id = ?", "id", w.MessageID)
		if err != nil {
			return nil, err
		}
		if len(drafts) > 0 && sumOf(&drafts[0]) == w.Sum {
			all[i].draft = &drafts[0]
		}
	}
	return all, nil
}

// Waiting are the letters that wait here until their mailbox can be reached, the
// oldest first.
func (d *Desk) Waiting() ([]data.MailDraft, error) {
	store, err := d.StoreIfHere()
	if err != nil || store == nil {
		return nil, err
	}
	letters, err := d.letters(store)
	if err != nil {
		return nil, err
	}
	var all []data.MailDraft
	for _, l := range letters {
		if l.draft != nil {
			all = append(all, *l.draft)
		}
	}
	return all, nil
}

// Deliver puts the letters that wait for a mailbox into it, and tells how many came
// there. An error stops it after those.
func (d *Desk) Deliver(ctx context.Context, a data.MailAccount, ca *x509.CertPool) (int, error) {
	done, err := d.deliver(ctx, &a, ca, func(w *post.Waiting) bool { return w.Account == a.ID })
	return len(done), err
}

// deliver puts letters that wait into a mailbox, each once: after a connection that
// was lost it may lie there already. It gives their Message-IDs.
func (d *Desk) deliver(ctx context.Context, a *data.MailAccount, ca *x509.CertPool, mine func(*post.Waiting) bool) (done []string, err error) {
	d.delivering.Lock()
	defer d.delivering.Unlock()
	store, err := d.StoreIfHere()
	if err != nil || store == nil {
		return nil, err
	}
	letters, err := d.letters(store)
	if err != nil {
		return nil, err
	}
	for _, l := range letters {
		if l.draft != nil && mine(&l.Waiting) {
			done = append(done, l.MessageID)
		}
	}
	if len(done) == 0 {
		return nil, nil
	}
	box, err := d.dial(ctx, a, ca)
	if err != nil {
		return nil, err
	}
	defer box.Close()
	folder, err := folderOfDrafts(ctx, box)
	if err != nil {
		return nil, err
	}
	for i, id := range done {
		if err := put(ctx, box, folder, store, id); err != nil {
			return done[:i], err
		}
	}
	d.tell()
	return done, nil
}

func folderOfDrafts(ctx context.Context, box imap.Box) (string, error) {
	folders, err := box.Folders(ctx)
	if err != nil {
		return "", err
	}
	at := slices.IndexFunc(folders, func(f imap.Folder) bool { return f.Role == imap.RoleDrafts })
	if at < 0 {
		return "", data.NewError("mailNoDrafts", "Postkassen har ingen mappe for kladder. Kladden ligger her. Lag en mappe som heter «Kladder» i e-postprogrammet, og prøv igjen.", nil)
	}
	return folders[at].Name, nil
}

func put(ctx context.Context, box imap.Box, folder string, store *post.Store, id string) error {
	there, err := box.Find(ctx, folder, "<"+id+">")
	if err != nil {
		return err
	}
	if len(there) == 0 {
		raw, err := store.WaitingRaw(id)
		if err != nil || raw == nil { // an erasure took it away meanwhile
			return err
		}
		if _, err := box.Append(ctx, folder, raw, time.Now()); err != nil {
			return err
		}
	}
	return store.NoLongerWaits(id)
}

// deliverWaiting is Deliver after a fetch that went well. What goes wrong is only
// logged: the letters wait on.
func (d *Desk) deliverWaiting(ctx context.Context, a *data.MailAccount, ca *x509.CertPool) {
	if _, err := d.Deliver(ctx, *a, ca); err != nil && ctx.Err() == nil {
		slog.Warn("put drafts into the mailbox", "err", err)
	}
}

// forgetWaiting takes away letters whose record is gone or says something else by now.
func (d *Desk) forgetWaiting(store *post.Store) error {
	letters, err := d.letters(store)
	if err != nil {
		return err
	}
	var gone []string
	for _, l := range letters {
		if l.draft == nil {
			gone = append(gone, l.MessageID)
		}
	}
	if len(gone) == 0 {
		return nil
	}
	return store.NoLongerWaits(gone...)
}
