package signin_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"

	"kompetansepilot/app/mail/signin"
)

const service = "Kompetansepilot prøve"

// left are the entries that lie in the keychain for a user.
func left() (all []string) {
	for _, name := range []string{"u", "u#a%d", "u#b%d"} {
		for n := range 50 {
			key := name
			if strings.Contains(name, "%") {
				key = fmt.Sprintf(name, n)
			} else if n > 0 {
				break
			}
			if s, err := keyring.Get(service, key); err == nil {
				all = append(all, key)
				if len(s) > 2400 {
					all = append(all, "too long for Windows: "+key)
				}
			}
		}
	}
	return all
}

func TestLongSecretsAreSplit(t *testing.T) {
	keyring.MockInit()
	long := func(n int, c string) string { return strings.Repeat(c, n) }
	for _, x := range []struct {
		secret  string
		entries int
	}{
		{"kort", 1}, {long(2400, "x"), 1}, {long(2401, "y"), 3}, {long(9000, "z"), 5}, {long(2400, "w"), 1}, {long(5000, "q"), 4}, {"kompetansepilot/parts:a9", 2}, {"", 1},
	} {
		if err := signin.Keep(service, "u", x.secret); err != nil {
			t.Fatal(err)
		}
		if got, err := signin.FromKeychain(service, "u"); err != nil || got != x.secret {
			t.Errorf("%.20s: %d bytes, %v", x.secret, len(got), err)
		}
		if all := left(); len(all) != x.entries {
			t.Errorf("%.20s: %v", x.secret, all)
		}
	}
	if err := signin.Keep(service, "u", long(9000, "a")); err != nil {
		t.Fatal(err)
	}
	if err := signin.Keep(service, "u", long(500_000, "b")); !errors.Is(err, keyring.ErrSetDataTooBig) {
		t.Error(err)
	}
	if got, err := signin.FromKeychain(service, "u"); err != nil || got != long(9000, "a") {
		t.Error("the old secret was lost", len(got), err)
	}
	if err := signin.Forget(service, "u"); err != nil {
		t.Fatal(err)
	}
	if all := left(); len(all) != 0 {
		t.Errorf("left after it was forgotten: %v", all)
	}
	if _, err := signin.FromKeychain(service, "u"); !errors.Is(err, keyring.ErrNotFound) {
		t.Error(err)
	}
	if err := signin.Forget(service, "u"); err != nil {
		t.Error("a second time:", err)
	}

	// A part that is gone makes no half secret, and what is left can be forgotten.
	if err := signin.Keep(service, "u", long(9000, "a")); err != nil {
		t.Fatal(err)
	}
	if err := keyring.Delete(service, "u#a3"); err != nil {
		t.Fatal(err)
	}
	if got, err := signin.FromKeychain(service, "u"); !errors.Is(err, keyring.ErrNotFound) || got != "" {
		t.Error(len(got), err)
	}
	if err := signin.Forget(service, "u"); err != nil || len(left()) != 0 {
		t.Error(left(), err)
	}
	keyring.MockInitWithError(errors.New("locked"))
	defer keyring.MockInit()
	if signin.Keep(service, "u", "x") == nil || signin.Forget(service, "u") == nil {
		t.Error("a keychain that is locked makes no error")
	}
}
