package mail

import (
	"encoding/json"
	"errors"
	"log/slog"
	"os"

	"github.com/zalando/go-keyring"

	"kompetansepilot/app/mail/signin"
	"kompetansepilot/data"
)

// keychain is the name that secrets lie under in the system's keychain.
const keychain = "Kompetansepilot e-post"

// SecretVariable is the environment variable that a password may stand in, for
// machines without a keychain.
const SecretVariable = "KOMPETANSEPILOT_MAIL_SECRET"

// secret is what a mailbox has in the keychain: a password as it is, or as JSON what
// renews tokens. Access tokens are never kept.
type secret struct {
	Password string `json:"-"`
	Refresh  string `json:"refreshToken"`
	Client   string `json:"clientSecret,omitempty"`
}

// keep puts the secret of a mailbox into the keychain. Where there is none, a
// password may stand in the environment instead; a refresh token may not, for it
// changes.
func keep(a *data.MailAccount, s secret) error {
	text := s.Password
	if a.SignIn != signin.WithPassword {
		raw, err := json.Marshal(s)
		if err != nil {
			return err
		}
		text = string(raw)
	}
	err := signin.Keep(keychain, a.Address, text)
	if err != nil && a.SignIn == signin.WithPassword && os.Getenv(SecretVariable) != "" {
		slog.Info("no keychain; the secret is in the environment", "err", err)
		return nil
	}
	if err != nil {
		return data.NewError("mailKeychain", "Påloggingen kan ikke lagres trygt: maskinens nøkkelring svarer ikke. Ingenting er lagret. Lås opp nøkkelringen, og prøv igjen.", err)
	}
	return nil
}

// Secret is the password of a mailbox.
func Secret(address string) (string, error) {
	if s := os.Getenv(SecretVariable); s != "" {
		return s, nil
	}
	return fromKeychain(address)
}

func fromKeychain(address string) (string, error) {
	s, err := signin.FromKeychain(keychain, address)
	switch {
	case errors.Is(err, keyring.ErrNotFound):
		return "", noSecret(address, err)
	case err != nil:
		return "", data.NewError("mailKeychainLocked", "Maskinens nøkkelring svarer ikke, og der ligger påloggingen til {{.Address}}. Posten som er hentet, kan leses. Lås opp nøkkelringen, og hent posten igjen.", err, "Address", address)
	}
	return s, nil
}

func noSecret(address string, cause error) error {
	return data.NewError("mailSecret", "Påloggingen til {{.Address}} ligger ikke i nøkkelringen på denne maskinen. Posten som er hentet, kan leses. Logg på igjen.", cause, "Address", address)
}

// loadTokens is what renews the tokens of a mailbox.
func loadTokens(address string) (secret, error) {
	var s secret
	text, err := fromKeychain(address)
	if err != nil {
		return s, err
	}
	if json.Unmarshal([]byte(text), &s) != nil || s.Refresh == "" {
		return s, noSecret(address, nil) // a password from before
	}
	return s, nil
}

// kept is the refresh token of an address in the keychain.
type kept struct{ address string }

// Load implements signin.Kept.
func (k kept) Load() (string, error) {
	s, err := loadTokens(k.address)
	return s.Refresh, err
}

// Save implements signin.Kept.
func (k kept) Save(refresh string) error {
	s, err := loadTokens(k.address)
	if err != nil {
		return err
	}
	s.Refresh = refresh
	raw, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return signin.Keep(keychain, k.address, string(raw))
}
