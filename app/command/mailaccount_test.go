package command_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"kompetansepilot/app/command"
	"kompetansepilot/app/mail/mailtest"
	"kompetansepilot/data"
)

// reader is a person who reads what the program writes, and signs in where it says.
type reader struct {
	oidc *mailtest.OIDC
	mu   sync.Mutex
	text bytes.Buffer
	once sync.Once
}

var address = regexp.MustCompile(`https://\S+/authorize\?\S+`)

func (r *reader) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if at := address.Find(p); at != nil {
		r.once.Do(func() { go func() { _, _ = r.oidc.Browser(string(at)) }() })
	}
	return r.text.Write(p)
}

func (r *reader) String() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.text.String()
}

type accountJSON struct{ Address, User, Host, SignIn, ClientID, Tenant string }

func TestMailAccountFromTheCommandLine(t *testing.T) {
	keyring.MockInit()
	dir := home(t)
	t.Setenv("PATH", "") // no browser
	t.Setenv("KOMPETANSEPILOT_MAIL_SECRET", "")
	w := filepath.Join(dir, "a"+data.Extension)
	if code, _, errOut := run(t, "demo", "--workspace", w); code != 0 {
		t.Fatal(errOut)
	}
	s := mailtest.DovecotOAuth(t)
	s.Deliver(t, mailtest.Shared, "", []byte("From: a@b.example\r\nSubject: Hei\r\nMessage-ID: <1@b.example>\r\n\r\nHei\r\n"), time.Now())
	s.OIDC.Opens(mailtest.Shared)
	endpoints := write(t, filepath.Join(dir, "login.json"), s.OIDC.Endpoints())
	at := []string{"--workspace", w, "--host", s.Host, "--port", strconv.Itoa(s.Port), "--tls-ca", s.CAFile}
	add := func(args ...string) (int, accountJSON, string) {
		t.Helper()
		heard := &reader{oidc: s.OIDC}
		var out bytes.Buffer
		code := command.Run(append(append([]string{"mail", "account", "add"}, args...), append(at, "--json")...), strings.NewReader(mailtest.Password+"\n"), &out, heard, command.Version{})
		var a accountJSON
		if code == 0 {
			if err := json.Unmarshal(out.Bytes(), &a); err != nil {
				t.Fatal(err)
			}
		}
		return code, a, heard.String()
	}
	code, a, errOut := add(mailtest.Shared, "--sign-in", "microsoft", "--user", mailtest.Person, "--client-id", mailtest.ClientID, "--tenant", "fylke.example", "--endpoints", endpoints)
	if code != 0 || a.SignIn != "microsoft" || a.User != mailtest.Person || a.Tenant != "fylke.example" || !strings.Contains(errOut, "Logg på i nettleseren") {
		t.Fatalf("%d %+v\n%s", code, a, errOut)
	}
	// What is not said again stays as it was.
	if code, a, errOut = add(mailtest.Shared, "--days", "90"); code != 0 || a.ClientID != mailtest.ClientID || a.User != mailtest.Person {
		t.Fatalf("%d %+v\n%s", code, a, errOut)
	}
	s.OIDC.Approve()
	if code, _, errOut = add(mailtest.Shared, "--device-code"); code != 0 || !strings.Contains(errOut, "ABCD-EFGH") {
		t.Errorf("%d %s", code, errOut)
	}
	if code, a, errOut = add(mailtest.User, "--sign-in", "password"); code != 0 || a.SignIn != "password" {
		t.Errorf("%d %+v\n%s", code, a, errOut)
	}
	synced := answer[struct{ Folders []struct{ New int } }](t, "mail", "sync", "--workspace", w, "--account", mailtest.Shared, "--tls-ca", s.CAFile)
	if len(synced.Folders) == 0 || synced.Folders[0].New != 1 {
		t.Errorf("%+v", synced)
	}
	if all := answer[[]accountJSON](t, "mail", "account", "list", "--workspace", w); len(all) != 2 {
		t.Errorf("%+v", all)
	}
	if code, _, errOut := run(t, "mail", "account", "remove", mailtest.Shared, "--workspace", w); code != 0 {
		t.Error(errOut)
	}
	if code, _, errOut := run(t, "mail", "sync", "--workspace", w, "--account", mailtest.Shared); code == 0 || !strings.Contains(errOut, "Legg den til først") {
		t.Error(code, errOut)
	}
	for _, bad := range []struct {
		args []string
		says string
	}{
		{[]string{mailtest.Person, "--sign-in", "microsoft"}, "Klient-ID mangler"},
		{[]string{mailtest.Person, "--sign-in", "google", "--client-id", "a b"}, "er ikke en klient-ID"},
		{[]string{mailtest.Person, "--sign-in", "microsoft", "--client-id", "abc", "--tenant", "a/b"}, "er ikke en leietaker"},
		{[]string{mailtest.Person, "--sign-in", "microsoft", "--endpoints", write(t, filepath.Join(dir, "bad.json"), `{"authorize":"http://x","token":"https://x","scopes":["x"]}`)}, "https://"},
		{[]string{"ingen adresse", "--sign-in", "password"}, "er ikke en e-postadresse"},
	} {
		if code, _, errOut := add(bad.args...); code == 0 || !strings.Contains(errOut, bad.says) {
			t.Errorf("%v: %d %s", bad.args, code, errOut)
		}
	}
	// Neither the workspace nor the log, nor anything else that was written, has a token.
	for _, token := range s.OIDC.Issued() {
		err := filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
			if err != nil || info.IsDir() {
				return err
			}
			raw, err := os.ReadFile(path)
			if bytes.Contains(raw, []byte(token)) {
				t.Errorf("a token lies in %s", path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
