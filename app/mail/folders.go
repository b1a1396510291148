package mail

import (
	"context"
	"crypto/x509"
	"strings"
	"time"

	"kompetansepilot/app/mail/imap"
	"kompetansepilot/data"
	"kompetansepilot/data/post"
)

// FolderChoice is a folder of a mailbox, and what is done with it.
type FolderChoice struct {
	Name  string `json:"name"`
	Role  string `json:"role"`
	Fetch bool   `json:"fetch"`
	Days  int    `json:"days"` // how far back it is fetched, 0 as for the mailbox, data.MailAll for all
	Keep  int    `json:"keep"` // how many days its mail is kept here, 0 for always
	// Of the last attempt: when, zero for never; what came, what the server could not
	// give, and why the folder is not whole.
	Tried  time.Time `json:"tried,omitzero"`
	New    int       `json:"new"`
	Failed int       `json:"failed"`
	Err    error     `json:"-"`
}

// KnownFolders are the folders of a mailbox as they were when it was last fetched, by
// name. The server is not asked.
func (d *Desk) KnownFolders(a data.MailAccount) ([]FolderChoice, error) {
	store, err := d.StoreIfHere()
	if err != nil || store == nil {
		return nil, err
	}
	all, err := store.Folders(a.ID)
	if err != nil {
		return nil, err
	}
	list := make([]imap.Folder, len(all))
	for i := range all {
		list[i] = imap.Folder{Name: all[i].Name, Role: imap.Role(all[i].Role)}
	}
	return d.choices(a, list)
}

// choices are folders with what is done with them and how it went.
func (d *Desk) choices(a data.MailAccount, all []imap.Folder) ([]FolderChoice, error) {
	wanted, err := d.wanted(&a)
	if err != nil {
		return nil, err
	}
	chosen, err := d.chosen(a)
	if err != nil {
		return nil, err
	}
	kept := map[string]post.Folder{}
	store, err := d.StoreIfHere()
	if err != nil {
		return nil, err
	}
	if store != nil {
		folders, err := store.Folders(a.ID)
		if err != nil {
			return nil, err
		}
		for _, f := range folders {
			kept[f.Name] = f
		}
	}
	out := make([]FolderChoice, len(all))
	for i, f := range all {
		c := FolderChoice{Name: f.Name, Role: string(f.Role), Days: int(chosen[f.Name].Days), Keep: int(chosen[f.Name].Keep)}
		c.Fetch, _ = wanted(f)
		if k := kept[f.Name]; k.Tried > 0 {
			c.Tried, c.New, c.Failed, c.Err = time.Unix(k.Tried, 0), k.Arrived, k.Failed, problemIn(k.Problem)
		}
		out[i] = c
	}
	return out, nil
}

// Folders asks the server for the folders of a mailbox.
func (d *Desk) Folders(ctx context.Context, a data.MailAccount, ca *x509.CertPool) ([]FolderChoice, error) {
	box, err := d.dial(ctx, &a, ca)
	if err != nil {
		return nil, err
	}
	defer box.Close()
	all, err := box.Folders(ctx)
	if err != nil {
		return nil, err
	}
	return d.choices(a, all)
}

func (d *Desk) chosen(a data.MailAccount) (map[string]data.MailFolder, error) {
	all, err := data.Live[data.MailFolder](d.workspace, "account = ?", "id", a.ID)
	byName := map[string]data.MailFolder{}
	for _, f := range all {
		byName[f.Name] = f
	}
	return byName, err
}

// Choose notes what is done with a folder, as one step named label.
func (d *Desk) Choose(label string, a data.MailAccount, c FolderChoice) error {
	if c.Name == "" || c.Days < data.MailAll || c.Keep < 0 {
		return data.NewError("mailFolder", "En mappe må ha et navn, og dager kan ikke være mindre enn null. Ingenting er endret.", nil)
	}
	known, err := d.chosen(a)
	if err != nil {
		return err
	}
	f := known[c.Name]
	f.Account, f.Name, f.Fetch, f.Days, f.Keep = a.ID, c.Name, c.Fetch, int64(c.Days), int64(c.Keep)
	if err := d.workspace.Update(label, func(tx *data.Tx) error { return tx.Put(&f) }); err != nil {
		return err
	}
	return d.recheck(a.ID, c.Name)
}

// recheck has a folder looked through whole the next time, "" for all of a mailbox: a
// server that says that nothing is new says nothing of what was left out before.
func (d *Desk) recheck(account, folder string) error {
	store, err := d.StoreIfHere()
	if err != nil || store == nil {
		return err
	}
	return store.Recheck(account, folder)
}

// Nevers are the addresses and domains whose mail is never kept, by name.
func (d *Desk) Nevers() ([]data.MailNever, error) {
	return data.Live[data.MailNever](d.workspace, "", "pattern, id")
}

// Allow lets mail from an address or domain be kept again, as one step named label:
// what comes from now on. What was deleted here does not come back.
func (d *Desk) Allow(label, id string) error {
	return d.workspace.Update(label, func(tx *data.Tx) error {
		n, err := data.Get[data.MailNever](tx, id)
		if err != nil {
			return err
		}
		return tx.Delete(&n)
	})
}

// Never lets mail from an address or a domain not be kept from now on, and deletes
// here what was fetched of it, as one step named label. The mailbox is not touched.
func (d *Desk) Never(label, pattern string) (deleted int, err error) {
	pattern = strings.ToLower(strings.TrimPrefix(strings.TrimSpace(pattern), "@"))
	if !strings.Contains(pattern, ".") || strings.ContainsAny(pattern, " \r\n,;") {
		return 0, data.NewError("mailNever", "«{{.Pattern}}» er verken en adresse eller et domene. Ingenting er endret. Skriv den som navn@firma.no eller firma.no.", nil, "Pattern", pattern)
	}
	known, err := data.Live[data.MailNever](d.workspace, "pattern = ?", "id", pattern)
	if err != nil {
		return 0, err
	}
	if len(known) == 0 {
		if err := d.workspace.Update(label, func(tx *data.Tx) error { return tx.Put(&data.MailNever{Pattern: pattern}) }); err != nil {
			return 0, err
		}
	}
	store, err := d.StoreIfHere()
	if err != nil || store == nil {
		return 0, err
	}
	keys, err := store.From(pattern)
	if err != nil {
		return 0, err
	}
	return d.drop(keys)
}

// retire deletes here what the rules of a mailbox's folders keep no longer.
func (d *Desk) retire(store *post.Store, a data.MailAccount, now time.Time) error {
	chosen, err := d.chosen(a)
	if err != nil {
		return err
	}
	folders, err := store.Folders(a.ID)
	if err != nil {
		return err
	}
	for _, f := range folders {
		days := int(chosen[f.Name].Keep)
		if days <= 0 {
			continue
		}
		keys, err := store.Older(f.ID, now.AddDate(0, 0, -days).Unix())
		if err != nil {
			return err
		}
		if _, err := d.drop(keys); err != nil {
			return err
		}
	}
	return nil
}

// drop deletes messages here, but for those that people have filed or journaled.
func (d *Desk) drop(keys []string) (int, error) {
	if len(keys) == 0 {
		return 0, nil
	}
	filed := map[string]bool{}
	links, err := data.Live[data.MailLink](d.workspace, "state = ?", "id", data.MailLinkTaken)
	if err != nil {
		return 0, err
	}
	for _, l := range links {
		filed[l.Message] = true
	}
	marks, err := data.Live[data.MailMark](d.workspace, "", "id")
	if err != nil {
		return 0, err
	}
	for _, m := range marks {
		filed[m.Message] = true
	}
	var free []string
	for _, k := range keys {
		if !filed[k] {
			free = append(free, k)
		}
	}
	return d.Delete(free)
}
