package mail

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"kompetansepilot/app/mail/parse"
	"kompetansepilot/data"
	"kompetansepilot/data/post"
)

// here tells whether mail was ever fetched, so that nothing is made by asking.
func (d *Desk) here() (bool, error) {
	d.mu.Lock()
	open := d.store != nil
	d.mu.Unlock()
	if open {
		return true, nil
	}
	return exists(post.PathFor(d.workspace.Path()))
}

func exists(path string) (bool, error) {
	_, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// Keep backs up the mail that no backup in dir holds yet; see [post.Store.Keep].
func (d *Desk) Keep(ctx context.Context, dir string) error {
	store, err := d.StoreIfHere()
	if err != nil || store == nil {
		return err
	}
	// Not the file's name: two workspaces may have the same, and one may get another.
	name, err := d.workspace.Identity()
	if err != nil || name == "" {
		return err
	}
	_, err = store.Keep(ctx, dir, name)
	return err
}

// StoreIfHere is the mail store, nil while no mail was ever fetched: asking makes no
// file.
func (d *Desk) StoreIfHere() (*post.Store, error) {
	if here, err := d.here(); err != nil || !here {
		return nil, err
	}
	return d.Store()
}

// Bring takes back the mail that the backups in dir hold and the store beside the
// workspace does not; see [post.Store.Bring]. The workspace may not be open.
func Bring(ctx context.Context, workspace, dir string) (err error) {
	name, err := data.IdentityAt(workspace)
	if err != nil || name == "" {
		return err
	}
	if kept, err := post.Kept(dir, name); err != nil || !kept {
		return err
	}
	store, err := post.Open(post.PathFor(workspace))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	_, err = store.Bring(ctx, dir, name, parse.Index)
	return err
}

// Bring takes back the mail that the backups in dir hold and that is not here, as
// when only the workspace was moved.
func (d *Desk) Bring(ctx context.Context, dir string) error {
	name, err := d.workspace.Identity()
	if err != nil || name == "" {
		return err
	}
	if kept, err := post.Kept(dir, name); err != nil || !kept {
		return err
	}
	store, err := d.Store()
	if err != nil {
		return err
	}
	n, err := store.Bring(ctx, dir, name, parse.Index)
	if n > 0 {
		err = errors.Join(err, d.Read(ctx))
	}
	return err
}

// CopyTo writes the mail beside a copy of the workspace.
func (d *Desk) CopyTo(workspace string) error {
	store, err := d.StoreIfHere()
	if err != nil || store == nil {
		return err
	}
	return store.CopyTo(post.PathFor(workspace))
}

// Verify reads all mail and tells whether it is whole.
func (d *Desk) Verify() error {
	store, err := d.StoreIfHere()
	if err != nil || store == nil {
		return err
	}
	return store.Verify()
}

// About are the keys of the messages that somebody sent or got, without those that
// were journaled: they are archive, as an application that was submitted is.
func (d *Desk) About(subject data.Subject) ([]string, error) {
	store, err := d.StoreIfHere()
	if err != nil || store == nil {
		return nil, err
	}
	address := ""
	switch subject.Kind {
	case "person":
		p, err := data.Get[data.Person](d.workspace, subject.ID)
		if err != nil {
			return nil, err
		}
		address = p.Email
	case "organisation":
		o, err := data.Get[data.Organisation](d.workspace, subject.ID)
		if err != nil {
			return nil, err
		}
		address = o.Email
	}
	keys, err := store.Of([]string{address})
	if err != nil {
		return nil, err
	}
	journaled, err := d.Journaled(nil)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(keys, func(k string) bool { return journaled[k] }), nil
}

// Forget deletes messages here for good, also from the file's free room, and keeps
// them from being fetched again. The mailbox is not touched. Backups let go of them
// with the next one.
func (d *Desk) Forget(keys []string) error {
	store, err := d.StoreIfHere()
	if err != nil || store == nil {
		return err
	}
	if _, err := store.Delete(keys); err != nil {
		return fmt.Errorf("forget mail: %w", err)
	}
	if err := d.Read(context.Background()); err != nil { // it forgets the address too
		return err
	}
	if err := d.forgetWaiting(store); err != nil {
		return err
	}
	return store.Scrub()
}

// Delete deletes messages here, and keeps them from being fetched again. The mailbox
// is not touched.
func (d *Desk) Delete(keys []string) (int, error) {
	store, err := d.Store()
	if err != nil {
		return 0, err
	}
	n, err := store.Delete(keys)
	if err != nil {
		return n, err
	}
	return n, d.Read(context.Background())
}
