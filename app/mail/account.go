package mail

import (
	"context"
	"crypto/x509"
	"errors"
	"log/slog"
	"os"
	"strings"

	"github.com/zalando/go-keyring"

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
	box, err := dialWith(ctx, &a, secret, ca)
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

// dial signs in to a mailbox with the secret from the keychain.
func dial(ctx context.Context, a *data.MailAccount, ca *x509.CertPool) (imap.Box, error) {
	secret, err := Secret(a.Address)
	if err != nil {
		return nil, err
	}
	return dialWith(ctx, a, secret, ca)
}

func dialWith(ctx context.Context, a *data.MailAccount, secret string, ca *x509.CertPool) (imap.Box, error) {
	return imap.Dial(ctx, imap.Server{Host: a.Host, Port: int(a.Port), CA: ca}, signin.Password{User: a.User, Secret: secret})
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
