package mail

import (
	"cmp"
	"context"
	"crypto/x509"
	"log/slog"
	"strings"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/mail/imap"
	"kompetansepilot/app/mail/signin"
	"kompetansepilot/data"
)

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

// SignIn is what a person gives once to get into a mailbox.
type SignIn struct {
	Password     string // "" is the one that is kept, for a mailbox that is known
	ClientSecret string // as Password
	// CA are the roots that are trusted instead of the system's, for servers on this
	// machine.
	CA *x509.CertPool

	// For signing in in the browser.
	Words *lang.Printer        // of the page that the browser ends on
	Open  func(address string) // shows an address in the browser
	Show  func(signin.Prompt)  // tells where to write a code
}

// Find tells where the mailbox of an address is and how one signs in to it. It asks
// only the domain name system.
func Find(ctx context.Context, address string) (signin.Found, error) {
	address, err := cleanAddress(address)
	if err != nil {
		return signin.Found{}, err
	}
	return signin.Discover(ctx, address, nil), nil
}

func cleanAddress(address string) (string, error) {
	clean := strings.ToLower(strings.TrimSpace(address))
	name, domain, _ := strings.Cut(clean, "@")
	if name == "" || !strings.Contains(domain, ".") || strings.ContainsAny(clean, " \t\r\n,;<>\"") || strings.Contains(domain, "@") {
		return clean, data.NewError("mailAddress", "«{{.Address}}» er ikke en e-postadresse. Ingenting er lagret. Skriv den som navn@fylke.no.", nil, "Address", address)
	}
	return clean, nil
}

// AddAccount signs in, keeps the secret in the system's keychain, and then the
// mailbox in the workspace, as one step named label. A mailbox with the same address
// is changed. Nothing is kept when the sign-in fails.
func (d *Desk) AddAccount(ctx context.Context, label string, a data.MailAccount, how SignIn) (data.MailAccount, error) {
	way, err := d.complete(ctx, &a)
	if err != nil {
		return a, err
	}
	var credential signin.Credential
	var s secret
	var tokens *signin.Tokens
	if a.SignIn == signin.WithPassword {
		s.Password = how.Password
		if s.Password == "" && way == a.SignIn {
			if s.Password, err = Secret(a.Address); err != nil {
				return a, err
			}
		}
		if s.Password == "" {
			return a, data.NewError("mailNoPassword", "Passordet mangler. Ingenting er lagret. Skriv passordet til postkassen.", nil)
		}
		credential = signin.Password{User: a.User, Secret: s.Password}
	} else {
		s.Client = how.ClientSecret
		if s.Client == "" && way == a.SignIn {
			if known, err := loadTokens(a.Address); err == nil {
				s.Client = known.Client
			}
		}
		if tokens, err = authorize(ctx, &a, s.Client, how); err != nil {
			return a, err
		}
		credential = tokens
	}
	box, err := open(ctx, &a, credential, how.CA)
	if err != nil {
		return a, err
	}
	if err := box.Close(); err != nil {
		slog.Info("close mailbox", "err", err)
	}
	if tokens == nil {
		err = keep(&a, s)
	} else {
		err = tokens.Keep(kept{a.Address}, func(refresh string) error {
			s.Refresh = refresh
			return keep(&a, s)
		})
	}
	if err != nil {
		return a, err
	}
	if err := d.workspace.Update(label, func(tx *data.Tx) error { return tx.Put(&a) }); err != nil {
		return a, err
	}
	d.signedIn(&a, tokens)
	return a, d.recheck(a.ID, "") // more of it may be wanted than before
}

// complete fills in what is not said of a mailbox, from its address and from what is
// known of it. way is how one has signed in to it until now, "" for a new one.
func (d *Desk) complete(ctx context.Context, a *data.MailAccount) (way string, err error) {
	if a.Address, err = cleanAddress(a.Address); err != nil {
		return "", err
	}
	all, err := d.Accounts()
	if err != nil {
		return "", err
	}
	for _, known := range all {
		if known.Address == a.Address {
			a.ID, way = known.ID, cmp.Or(known.SignIn, signin.WithPassword)
		}
	}
	a.Host, a.User = strings.TrimSpace(a.Host), strings.TrimSpace(a.User)
	a.ClientID, a.Tenant = strings.TrimSpace(a.ClientID), strings.TrimSpace(a.Tenant)
	if a.User == "" {
		a.User = a.Address
	}
	if a.Host == "" {
		found := signin.Discover(ctx, a.Address, nil)
		if a.Host = found.Host; a.Host == "" {
			return "", data.NewError("mailServer", "Fant ikke e-posttjeneren til {{.Address}}. Ingenting er lagret. Skriv navnet på tjeneren selv, eller spør IT.", nil, "Address", a.Address)
		}
		if a.Port == 0 {
			a.Port = int64(found.Port)
		}
		if a.SignIn == "" {
			a.SignIn = found.SignIn
		}
	}
	if a.Port == 0 {
		a.Port = 993
	}
	if a.SignIn == "" {
		a.SignIn = signin.WayOf(a.Host)
	}
	if strings.ContainsAny(a.Host, "/ \t\r\n@") || a.Port < 1 || a.Port > 65535 {
		return "", data.NewError("mailHost", "«{{.Host}}» med port {{.Port}} er ikke en e-posttjener. Ingenting er lagret. Skriv bare navnet, for eksempel imap.fylke.no, og porten, vanligvis 993.", nil, "Host", a.Host, "Port", a.Port)
	}
	if a.SignIn == signin.WithPassword {
		a.ClientID, a.Tenant, a.DeviceCode, a.Endpoints = "", "", false, ""
		return way, nil
	}
	_, err = signin.ProviderOf(a.SignIn, a.Endpoints)
	return way, err
}

// SetDays changes how far back mail of a mailbox is fetched, 0 for all of it, as one
// step named label.
func (d *Desk) SetDays(label, id string, days int64) error {
	a, err := d.Account(id)
	if err != nil || a.Days == days {
		return err
	}
	a.Days = max(days, 0)
	if err := d.workspace.Update(label, func(tx *data.Tx) error { return tx.Put(&a) }); err != nil {
		return err
	}
	return d.recheck(a.ID, "")
}

// ClientOf is the program as an account has it registered, without its secret.
func ClientOf(a data.MailAccount) (signin.Client, error) {
	p, err := signin.ProviderOf(a.SignIn, a.Endpoints)
	return signin.Client{Provider: p, ID: a.ClientID, Tenant: a.Tenant, User: a.User}, err
}

// authorize lets the person sign in to a mailbox, in the browser or with a code.
func authorize(ctx context.Context, a *data.MailAccount, clientSecret string, how SignIn) (*signin.Tokens, error) {
	c, err := ClientOf(*a)
	if err != nil {
		return nil, err
	}
	c.Secret, c.CA = clientSecret, how.CA
	var grant signin.Grant
	if a.DeviceCode {
		grant, err = c.WithCode(ctx, how.Show)
	} else {
		grant, err = c.Browser(ctx, how.Words, how.Open)
	}
	if err != nil {
		return nil, err
	}
	if grant.Person != "" {
		a.User = grant.Person
		c.User = grant.Person
	}
	return signin.TokensOf(c, a.Address, grant), nil
}

// dial signs in to a mailbox with what is in the keychain.
func (d *Desk) dial(ctx context.Context, a *data.MailAccount, ca *x509.CertPool) (imap.Box, error) {
	credential, err := d.credential(a, ca)
	if err != nil {
		return nil, err
	}
	return open(ctx, a, credential, ca)
}

// open signs in. When a server refuses a token that has only just come, it is the
// mailbox that is closed to the person.
func open(ctx context.Context, a *data.MailAccount, credential signin.Credential, ca *x509.CertPool) (imap.Box, error) {
	box, err := imap.Dial(ctx, imap.Server{Host: a.Host, Port: int(a.Port), CA: ca}, credential)
	tokens, ok := credential.(*signin.Tokens)
	if !ok {
		return box, err
	}
	switch data.Code(err) {
	case imap.CodeAuth, imap.CodeExpired:
		person := tokens.Person()
		if person == "" {
			person = a.User
		}
		return nil, data.NewError("mailNoAccess", "{{.Host}} kjenner {{.Person}}, men åpner ikke postkassen {{.Address}}. Det som er hentet, ligger her. IT må slå på IMAP for postkassen og gi brukeren full tilgang (FullAccess) til den.", err, "Host", a.Host, "Person", person, "Address", a.Address)
	}
	return box, err
}

// credential is what a mailbox is opened with. Tokens are shared by all that open it.
func (d *Desk) credential(a *data.MailAccount, ca *x509.CertPool) (signin.Credential, error) {
	if a.SignIn == "" || a.SignIn == signin.WithPassword {
		s, err := Secret(a.Address)
		return signin.Password{User: a.User, Secret: s}, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if known, ok := d.tokens[a.ID]; ok && known.of == signInOf(a) {
		return known.tokens, nil
	}
	c, err := ClientOf(*a)
	if err != nil {
		return nil, err
	}
	s, err := loadTokens(a.Address)
	if err != nil {
		return nil, err
	}
	c.Secret, c.CA = s.Client, ca
	t := signin.NewTokens(c, a.Address, kept{a.Address})
	d.tokens[a.ID] = deskTokens{signInOf(a), t}
	return t, nil
}

// deskTokens are the tokens of a mailbox, and what they were got with.
type deskTokens struct {
	of     string
	tokens *signin.Tokens
}

// signInOf tells sign-ins apart.
func signInOf(a *data.MailAccount) string {
	return strings.Join([]string{a.Address, a.User, a.SignIn, a.ClientID, a.Tenant, a.Endpoints}, "\x00")
}

// signedIn notes that a person has signed in to a mailbox.
func (d *Desk) signedIn(a *data.MailAccount, tokens *signin.Tokens) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.tokens, a.ID)
	if tokens != nil {
		d.tokens[a.ID] = deskTokens{signInOf(a), tokens}
	}
	s := d.status[a.ID]
	s.Err = nil
	d.status[a.ID] = s
}

// RemoveAccount forgets a mailbox and its secret. The mail that was fetched stays
// here, and the mailbox as it is.
func (d *Desk) RemoveAccount(label, name string) error {
	a, err := d.Account(name)
	if err != nil {
		return err
	}
	if err := signin.Forget(keychain, a.Address); err != nil {
		slog.Info("delete secret", "err", err)
	}
	d.mu.Lock()
	delete(d.tokens, a.ID)
	delete(d.status, a.ID)
	d.mu.Unlock()
	return d.workspace.Update(label, func(tx *data.Tx) error { return tx.Delete(&a) })
}
