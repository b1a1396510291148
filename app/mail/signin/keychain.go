package signin

import (
	"errors"
	"fmt"
	"strings"

	"github.com/zalando/go-keyring"
)

// Windows takes 2560 bytes in an entry of its keychain; a token may be longer.
const mostBytes = 2400

// mostParts is how many entries one secret may take.
const mostParts = 40

// split begins the entry of a secret that lies in parts. After it stands which of
// two rows of parts, and how many.
const split = "kompetansepilot/parts:"

func partName(user, row string, n int) string { return fmt.Sprintf("%s#%s%d", user, row, n) }

// parts reads where the parts are that a head tells of.
func parts(head string) (row string, n int) {
	rest, ok := strings.CutPrefix(head, split)
	if !ok || len(rest) < 2 {
		return "", 0
	}
	if _, err := fmt.Sscanf(rest[1:], "%d", &n); err != nil || n < 1 || n > mostParts {
		return "", 0
	}
	return rest[:1], n
}

// Keep puts a secret into the system's keychain. A long one is split over several
// entries; a secret that is there already is whole until the new one is.
func Keep(service, user, secret string) error {
	before := ""
	if head, err := keyring.Get(service, user); err == nil {
		before, _ = parts(head)
	}
	if len(secret) <= mostBytes && !strings.HasPrefix(secret, split) {
		if err := keyring.Set(service, user, secret); err != nil {
			return err
		}
		return dropRows(service, user, "ab")
	}
	row := "a"
	if before == "a" {
		row = "b"
	}
	if err := dropRows(service, user, row); err != nil {
		return err
	}
	n := 0
	for rest := secret; rest != ""; n++ {
		if n == mostParts {
			_ = dropRows(service, user, row) // the first error says more
			return keyring.ErrSetDataTooBig
		}
		part := rest[:min(mostBytes, len(rest))]
		rest = rest[len(part):]
		if err := keyring.Set(service, partName(user, row, n), part); err != nil {
			_ = dropRows(service, user, row)
			return err
		}
	}
	if err := keyring.Set(service, user, fmt.Sprintf("%s%s%d", split, row, n)); err != nil {
		_ = dropRows(service, user, row)
		return err
	}
	return dropRows(service, user, strings.Trim("ab", row))
}

// FromKeychain reads a secret from the keychain. It gives keyring.ErrNotFound when there is
// none, or not the whole of it.
func FromKeychain(service, user string) (string, error) {
	head, err := keyring.Get(service, user)
	if err != nil {
		return "", err
	}
	row, n := parts(head)
	if n == 0 {
		return head, nil
	}
	var whole strings.Builder
	for i := range n {
		part, err := keyring.Get(service, partName(user, row, i))
		if err != nil {
			return "", err
		}
		whole.WriteString(part)
	}
	return whole.String(), nil
}

// Forget takes a secret out of the keychain, with all its parts. One that is not
// there is no error.
func Forget(service, user string) error {
	err := keyring.Delete(service, user)
	if errors.Is(err, keyring.ErrNotFound) {
		err = nil
	}
	return errors.Join(err, dropRows(service, user, "ab"))
}

// dropRows deletes the parts of rows, the last first: what an interruption leaves is
// found again by its beginning.
func dropRows(service, user, rows string) error {
	for _, row := range rows {
		n := 0
		for n < mostParts {
			_, err := keyring.Get(service, partName(user, string(row), n))
			if errors.Is(err, keyring.ErrNotFound) {
				break
			}
			if err != nil {
				return err
			}
			n++
		}
		for n--; n >= 0; n-- {
			if err := keyring.Delete(service, partName(user, string(row), n)); err != nil && !errors.Is(err, keyring.ErrNotFound) {
				return err
			}
		}
	}
	return nil
}
