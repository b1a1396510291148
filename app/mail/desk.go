// Package mail is the county's mailbox as the program sees it: fetched into the
// store, linked to records, and read for what it asks. The mailbox itself is only
// read; the one thing that is put into it is a draft.
package mail

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"slices"
	"strings"
	gosync "sync"
	"time"

	"github.com/zalando/go-keyring"

	"kompetansepilot/app/mail/ask"
	"kompetansepilot/app/mail/imap"
	"kompetansepilot/app/mail/link"
	"kompetansepilot/app/mail/parse"
	"kompetansepilot/app/mail/signin"
	"kompetansepilot/app/mail/sync"
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
}

// NewDesk makes the desk of a workspace. Nothing is opened yet.
func NewDesk(w *data.Workspace, places *reference.Tables) *Desk {
	d := &Desk{workspace: w, places: places, running: map[string]bool{}, status: map[string]Status{}}
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
		d.store = s
	}
	return d.store, nil
}

// Accounts are the mailboxes, by address.
func (d *Desk) Accounts() ([]data.MailAccount, error) {
	return data.Live[data.MailAccount](d.workspace, "", "address")
}

// Account finds a mailbox by address or id; "" is the only one.
func (d *Desk) Account(name string) (data.MailAccount, error) {
	all, err := d.Accounts()
	if err != nil {
		return data.MailAccount{}, err
	}
	for _, a := range all {
		if a.ID == name || strings.EqualFold(a.Address, name) || name == "" && len(all) == 1 {
			return a, nil
		}
	}
	if name == "" && len(all) > 1 {
		return data.MailAccount{}, data.NewError("mailWhich", "Det er flere postkasser. Si hvilken med adressen.", nil)
	}
	return data.MailAccount{}, data.NewError(data.CodeNotFound+".mailAccount", "Fant ingen postkasse med adressen «{{.Name}}». Legg den til først.", nil, "Name", name)
}

// keychain is the name that secrets lie under in the system's keychain.
const keychain = "Kompetansepilot e-post"

// AddAccount signs in, keeps the secret in the system's keychain, and then the
// mailbox in the workspace, as one step named label.
func (d *Desk) AddAccount(ctx context.Context, label string, a data.MailAccount, secret string, ca *x509.CertPool) (data.MailAccount, error) {
	a.Address = strings.ToLower(strings.TrimSpace(a.Address))
	if !strings.Contains(a.Address, "@") || strings.ContainsAny(a.Address, " \r\n") {
		return a, data.NewError("mailAddress", "«{{.Address}}» er ikke en e-postadresse. Ingenting er lagret. Skriv den som navn@fylke.no.", nil, "Address", a.Address)
	}
	if a.User == "" {
		a.User = a.Address
	}
	if a.Host == "" {
		host, port := signin.Discover(ctx, a.Address, nil)
		if a.Host, a.Port = host, int64(port); host == "" {
			return a, data.NewError("mailServer", "Fant ikke e-posttjeneren til {{.Address}}. Ingenting er lagret. Skriv navnet på tjeneren selv, eller spør IT.", nil, "Address", a.Address)
		}
	}
	box, err := imap.Dial(ctx, server(&a, ca), signin.Password{User: a.User, Secret: secret})
	if err != nil {
		return a, err
	}
	if err := box.Close(); err != nil {
		slog.Info("close mailbox", "err", err)
	}
	all, err := d.Accounts()
	if err != nil {
		return a, err
	}
	for _, known := range all {
		if known.Address == a.Address {
			a.ID = known.ID
		}
	}
	if err := keepSecret(a.Address, secret); err != nil {
		return a, err
	}
	err = d.workspace.Update(label, func(tx *data.Tx) error { return tx.Put(&a) })
	d.ended(a.ID, err)
	return a, err
}

func server(a *data.MailAccount, ca *x509.CertPool) imap.Server {
	return imap.Server{Host: a.Host, Port: int(a.Port), CA: ca}
}

// SecretVariable is the environment variable that a secret may stand in, for
// machines without a keychain.
const SecretVariable = "KOMPETANSEPILOT_MAIL_SECRET"

// keepSecret puts the secret into the keychain. Where there is none, nothing is
// kept: it must then be given each time.
func keepSecret(address, secret string) error {
	if err := keyring.Set(keychain, address, secret); err != nil {
		if os.Getenv(SecretVariable) != "" {
			slog.Info("no keychain; the secret is in the environment", "err", err)
			return nil
		}
		return data.NewError("mailKeychain", "Passordet kan ikke lagres trygt: maskinens nøkkelring svarer ikke. Ingenting er lagret. Lås opp nøkkelringen, og prøv igjen.", err)
	}
	return nil
}

// Secret is the secret of a mailbox.
func Secret(address string) (string, error) {
	if s := os.Getenv(SecretVariable); s != "" {
		return s, nil
	}
	s, err := keyring.Get(keychain, address)
	if err != nil {
		return "", data.NewError("mailSecret", "Passordet til {{.Address}} ligger ikke i nøkkelringen på denne maskinen. Posten som er hentet, kan leses. Logg på igjen.", err, "Address", address)
	}
	return s, nil
}

// RemoveAccount forgets a mailbox and its secret. The mail that was fetched stays
// here, and the mailbox as it is.
func (d *Desk) RemoveAccount(label, name string) error {
	a, err := d.Account(name)
	if err != nil {
		return err
	}
	if err := keyring.Delete(keychain, a.Address); err != nil && !errors.Is(err, keyring.ErrNotFound) {
		slog.Info("delete secret", "err", err)
	}
	return d.workspace.Update(label, func(tx *data.Tx) error { return tx.Delete(&a) })
}

// Sync fetches what is new of a mailbox, and reads it. The secret comes from the
// keychain. progress may be nil.
func (d *Desk) Sync(ctx context.Context, a data.MailAccount, ca *x509.CertPool, progress func(sync.Progress)) (sync.Result, error) {
	if !d.begin(a.ID) {
		return sync.Result{}, data.NewError("mailBusy", "Postkassen {{.Address}} hentes allerede. Vent til den er ferdig.", nil, "Address", a.Address)
	}
	defer d.end(a.ID)
	result, err := d.sync(ctx, a, ca, progress)
	d.ended(a.ID, err)
	return result, err
}

func (d *Desk) sync(ctx context.Context, a data.MailAccount, ca *x509.CertPool, progress func(sync.Progress)) (sync.Result, error) {
	secret, err := Secret(a.Address)
	if err != nil {
		return sync.Result{}, err
	}
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
		Dial: func(ctx context.Context) (imap.Box, error) {
			return imap.Dial(ctx, server(&a, ca), signin.Password{User: a.User, Secret: secret})
		}}
	result, err := job.Run(ctx)
	if err == nil {
		err = d.retire(store, a, time.Now())
	}
	if reading := d.Read(context.WithoutCancel(ctx)); reading != nil {
		err = errors.Join(err, reading)
	}
	return result, err
}

func (d *Desk) begin(account string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.running[account] {
		return false
	}
	d.running[account] = true
	return true
}

func (d *Desk) end(account string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.running, account)
}

// wanted tells which folders are fetched: those that were chosen, else all but
// trash, junk, drafts and the folder that holds what stands in others.
func (d *Desk) wanted(a *data.MailAccount) (func(f imap.Folder) (bool, int), error) {
	chosen, err := data.Live[data.MailFolder](d.workspace, "account = ?", "id", a.ID)
	if err != nil {
		return nil, err
	}
	return func(f imap.Folder) (bool, int) {
		days := int(a.Days)
		for _, c := range chosen {
			if c.Name == f.Name {
				if c.Days > 0 {
					days = int(c.Days)
				}
				return c.Fetch, days
			}
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

// Explanation is what the program makes of a message.
type Explanation struct {
	Links     []link.Link    `json:"links"`
	Proposals []ask.Proposal `json:"proposals"`
}

// Explain reads a message: where it belongs and why, and what it asks for. What
// the user has refused is left out.
func (d *Desk) Explain(row post.Row) (Explanation, error) {
	store, err := d.Store()
	if err != nil {
		return Explanation{}, err
	}
	x := Explanation{Links: []link.Link{}, Proposals: []ask.Proposal{}}
	raw, err := store.Raw(row.ID)
	if err != nil {
		if strings.HasPrefix(data.Code(err), data.CodeNotFound) {
			return x, nil
		}
		return x, err
	}
	m := parse.Message(raw)
	records, err := d.records()
	if err != nil {
		return x, err
	}
	own, err := d.own()
	if err != nil {
		return x, err
	}
	facts := factsOf(m, row.Sent, own)
	if facts.Earlier, err = d.earlier(store, m.References); err != nil {
		return x, err
	}
	x.Links = append(x.Links, link.Decide(facts, records)...)
	if x.Links, err = d.decided(row.Key, x.Links); err != nil {
		return x, err
	}
	if !row.Sent && !m.Automatic {
		sent := row.Date
		x.Proposals = append(x.Proposals, ask.Find(m.Subject, m.Own, sent)...)
		x.Proposals, err = d.open(row.Key, x.Proposals)
	}
	return x, err
}

// own are the addresses of the county's mailboxes.
func (d *Desk) own() (map[string]bool, error) {
	all, err := d.Accounts()
	own := map[string]bool{}
	for _, a := range all {
		own[a.Address] = true
	}
	return own, err
}

// decided puts what the user has said over what the rules say.
func (d *Desk) decided(key string, links []link.Link) ([]link.Link, error) {
	said, err := data.Live[data.MailLink](d.workspace, "message = ?", "id", key)
	if err != nil {
		return nil, err
	}
	for _, s := range said {
		links = slices.DeleteFunc(links, func(l link.Link) bool { return l.Record == s.Record })
		if s.State == data.MailLinkTaken {
			links = append([]link.Link{{About: s.About, Record: s.Record, Reason: link.ReasonTaken, Confidence: 1, Filed: true}}, links...)
		}
	}
	return links, nil
}

// open leaves out the proposals that were taken or refused.
func (d *Desk) open(key string, proposals []ask.Proposal) ([]ask.Proposal, error) {
	said, err := data.Live[data.MailDecision](d.workspace, "message = ?", "id", key)
	for _, s := range said {
		proposals = slices.DeleteFunc(proposals, func(p ask.Proposal) bool { return p.Key == s.Asked })
	}
	return proposals, err
}

// kindLink is the kind of findings that are links; others are kinds of package
// ask.
const kindLink = "link"

// readBatch is how many messages are read before what was found is stored.
const readBatch = 200

// Read finds links and proposals of the messages that were not read yet, oldest
// first, so that an answer comes after what it answers.
func (d *Desk) Read(ctx context.Context) error {
	store, err := d.Store()
	if err != nil {
		return err
	}
	for ctx.Err() == nil {
		rows, err := store.Unread(readBatch)
		if err != nil || len(rows) == 0 {
			return err
		}
		for _, r := range rows {
			if err := d.reread(store, r); err != nil {
				return err
			}
		}
	}
	return ctx.Err()
}

// reread finds and stores what a message says.
func (d *Desk) reread(store *post.Store, r post.Row) error {
	x, err := d.Explain(r)
	if err != nil {
		return err
	}
	var found []post.Finding
	for _, l := range x.Links {
		if l.Filed {
			content, err := json.Marshal(l)
			if err != nil {
				return err
			}
			found = append(found, post.Finding{Kind: kindLink, Record: l.About + ":" + l.Record, Content: string(content)})
		}
	}
	for _, p := range x.Proposals {
		f := post.Finding{Kind: p.Kind, Record: p.Key}
		if p.Kind == ask.Deadline {
			f.Due = p.Date
		}
		found = append(found, f)
	}
	return store.SetFindings(r.ID, found)
}

// Link ties a message to a record, or refuses that, as one step named label. With
// learn the sender's address is tied to the organisation too.
func (d *Desk) Link(label string, row post.Row, about, record string, taken, learn bool) error {
	state := data.MailLinkTaken
	if !taken {
		state = data.MailLinkRefused
	}
	err := d.workspace.Update(label, func(tx *data.Tx) error {
		before, err := data.Live[data.MailLink](tx, "message = ? AND record = ?", "id", row.Key, record)
		if err != nil {
			return err
		}
		l := data.MailLink{Message: row.Key, About: about, Record: record}
		if len(before) > 0 {
			l = before[0]
		}
		l.State = state
		if err := tx.Put(&l); err != nil {
			return err
		}
		if !learn || about != link.Organisation || row.From.Address == "" {
			return nil
		}
		return tx.Put(&data.MailLearned{Pattern: row.From.Address, Organisation: record})
	})
	if err != nil {
		return err
	}
	store, err := d.Store()
	if err != nil {
		return err
	}
	return d.reread(store, row)
}

// TakeTask makes a task of a proposal, as one step named label; organisation may
// be "". It gives the task's id.
func (d *Desk) TakeTask(label, text string, row post.Row, p ask.Proposal, organisation string) (string, error) {
	t := data.Task{Text: text, Due: p.Date, Organisation: organisation}
	err := d.workspace.Update(label, func(tx *data.Tx) error {
		if err := tx.Put(&t); err != nil {
			return err
		}
		return tx.Put(&data.MailDecision{Message: row.Key, Asked: p.Key, State: data.MailLinkTaken, Became: t.ID})
	})
	if err != nil {
		return "", err
	}
	return t.ID, d.again(row)
}

// Refuse leaves a proposal out from now on.
func (d *Desk) Refuse(label string, row post.Row, p ask.Proposal) error {
	err := d.workspace.Update(label, func(tx *data.Tx) error {
		return tx.Put(&data.MailDecision{Message: row.Key, Asked: p.Key, State: data.MailLinkRefused})
	})
	if err != nil {
		return err
	}
	return d.again(row)
}

func (d *Desk) again(row post.Row) error {
	store, err := d.Store()
	if err != nil {
		return err
	}
	return d.reread(store, row)
}

// Message reads a message for showing it.
func (d *Desk) Message(row post.Row) (*parse.Mail, error) {
	store, err := d.Store()
	if err != nil {
		return nil, err
	}
	raw, err := store.Raw(row.ID)
	if err != nil {
		return nil, err
	}
	return parse.Message(raw), nil
}

// Waiting tells who owes whom an answer in a thread: "us", "them", or "" when
// nobody does; days is for how long.
func Waiting(thread []post.Row, asked func(post.Row) bool, now time.Time) (who string, days int) {
	if len(thread) == 0 {
		return "", 0
	}
	last := thread[len(thread)-1]
	days = int(now.Sub(last.Date).Hours() / 24)
	switch {
	case last.Sent:
		return "them", days
	case last.Answered || !asked(last):
		return "", 0
	}
	return "us", days
}
