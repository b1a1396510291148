package mail

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/zalando/go-keyring"

	"kompetansepilot/app/mail"
	"kompetansepilot/app/mail/mailtest"
	"kompetansepilot/app/mail/signin"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/uitest"
)

func overlay(w *uitest.Tried) fyne.CanvasObject { return w.Shell.Window().Canvas().Overlays().Top() }

func mailPage(t *testing.T) (*uitest.Tried, *Page) {
	t.Helper()
	keyring.MockInit()
	t.Setenv(mail.SecretVariable, "")
	w := uitest.Window(t, uitest.Program(t, false))
	p := New(w.Env, "").(*Page)
	w.Show(p)
	return w, p
}

// lookedUp shows what a search would have given, without asking anybody.
func (f *accountForm) lookedUp(address string, x signin.Found) {
	f.address.SetText(address)
	f.onFound(x)
}

// TestSignsInInTheBrowser adds a shared mailbox of Microsoft 365 as a person would,
// and signs in to it again when the sign-in no longer counts.
func TestSignsInInTheBrowser(t *testing.T) {
	s := mailtest.DovecotOAuth(t)
	w, p := mailPage(t)
	f := p.newAccountForm(data.MailAccount{Endpoints: s.OIDC.Endpoints()}, s.CA, func(u *url.URL) error {
		uitest.Has(t, overlay(w), "Logg på der som kari.nordmann@fylke.example", "Tilbake", "Kopier oppskrift til IT")
		go func() { _, _ = s.OIDC.Browser(u.String()) }()
		return nil
	})
	f.show()
	w.Write("postmottak@fylke.example")
	f.lookedUp(mailtest.Shared, signin.Found{Host: s.Host, Port: s.Port, SignIn: signin.WithMicrosoft, How: signin.ByMX})
	uitest.Has(t, overlay(w), "Postkassen er hos Microsoft 365", "Logg på i nettleseren", "Klient-ID", "Leietaker")
	uitest.HasNot(t, overlay(w), "Passord *", "Klienthemmelighet")
	f.onVerb()
	uitest.Has(t, overlay(w), "Klient-ID mangler")
	f.client.SetText(mailtest.ClientID)
	f.person.SetText(mailtest.Person)
	f.onVerb()
	uitest.Has(t, overlay(w), "FullAccess") // no right yet
	s.OIDC.Opens(mailtest.Shared)
	f.onVerb()
	if overlay(w) != nil || len(p.accounts) != 1 || p.accounts[0].User != mailtest.Person {
		t.Fatalf("%+v %v", p.accounts, w.Shell.Failed)
	}

	// The first fetch, of the test's server, is done by hand: the page trusts only the
	// system's roots.
	a := p.accounts[0]
	s.OIDC.Revoke()
	if err := p.desk.RemoveAccount("Fjernet", a.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Env.Program.Workspace.Undo(); err != nil { // the mailbox is back, its sign-in is not
		t.Fatal(err)
	}
	w.Shell.Failed = nil
	p.onFetch()
	uitest.Has(t, overlay(w), "Logg på postmottak@fylke.example", "ligger ikke i nøkkelringen")
	if len(w.Shell.Failed) != 0 {
		t.Error(w.Shell.Failed)
	}
}

// TestSignInCanBeLeft goes back from the browser, and closes while it waits.
func TestSignInCanBeLeft(t *testing.T) {
	o := mailtest.NewOIDC(t)
	w, p := mailPage(t)
	leave := func() {
		uitest.Find(t, overlay(w), "back", func(b *kit.Button) bool { return b.Text() == "Tilbake" }).Tapped(nil)
	}
	f := p.newAccountForm(data.MailAccount{Endpoints: o.Endpoints()}, o.CA, func(*url.URL) error {
		leave()
		return nil
	})
	f.show()
	f.lookedUp(mailtest.Person, signin.Found{Host: "127.0.0.1", Port: 1, SignIn: signin.WithMicrosoft})
	f.client.SetText(mailtest.ClientID)
	f.onVerb()
	uitest.Has(t, overlay(w), "Klient-ID")
	if got := f.client.Text(); got != mailtest.ClientID {
		t.Error("what was written is lost", got)
	}
	leave = func() { w.Key(fyne.KeyEscape) }
	f.onVerb()
	if overlay(w) != nil || len(p.accounts) != 0 || len(w.Shell.Failed) != 0 {
		t.Error("closed while it waited", p.accounts, w.Shell.Failed)
	}
}

// TestSignsInWithACode shows the code and where it is written.
func TestSignsInWithACode(t *testing.T) {
	s := mailtest.DovecotOAuth(t)
	w, p := mailPage(t)
	f := p.newAccountForm(data.MailAccount{Endpoints: s.OIDC.Endpoints()}, s.CA, inBrowser)
	f.show()
	f.lookedUp(mailtest.Person, signin.Found{Host: s.Host, Port: s.Port, SignIn: signin.WithMicrosoft})
	f.client.SetText(mailtest.ClientID)
	f.device.SetChecked(true)
	f.onCode(context.Background(), signin.Prompt{Code: "ABCD-EFGH", Address: "https://login.example/kode"})
	uitest.Has(t, overlay(w), "ABCD-EFGH", "https://login.example/kode", "Kopier koden")
	f.back("")
	s.OIDC.Approve()
	f.onVerb()
	if len(p.accounts) != 1 || !p.accounts[0].DeviceCode {
		t.Fatal(p.accounts, w.Shell.Failed)
	}
}

// TestAddressFirst: nothing else is asked for before the address is known, and
// another address begins again.
func TestAddressFirst(t *testing.T) {
	w, p := mailPage(t)
	p.onAdd()
	uitest.HasNot(t, overlay(w), "Passord", "Klient-ID")
	uitest.Has(t, overlay(w), "Finn postkassen")
	w.Write("ikke en adresse")
	w.Key(fyne.KeyReturn)
	uitest.Has(t, overlay(w), "er ikke en e-postadresse")
	w.Key(fyne.KeyEscape)
	f := p.newAccountForm(data.MailAccount{}, nil, inBrowser)
	f.show()
	f.lookedUp("post@ukjent.example", signin.Found{Port: 993, SignIn: signin.WithPassword})
	uitest.Has(t, overlay(w), "Domenet sier ikke hvor postkassen er", "Logg på og legg til", "Passord")
	if !f.host.Focused() {
		t.Error("the server is not what is asked for")
	}
	f.lookedUp("post@fylke.example", signin.Found{Host: "imap.fylke.example", Port: 993, SignIn: signin.WithPassword, How: signin.BySRV})
	uitest.Has(t, overlay(w), "Postkassen er på imap.fylke.example")
	f.address.SetText("post@annet.example")
	f.onAddress()
	uitest.HasNot(t, overlay(w), "Postkassen er på")
	uitest.Has(t, overlay(w), "Finn postkassen")
}

// TestAccountsAreChangedAndRemoved goes through what can be done with mailboxes.
func TestAccountsAreChangedAndRemoved(t *testing.T) {
	s := mailtest.Dovecot(t)
	w, p := mailPage(t)
	for _, address := range []string{mailtest.User, mailtest.Other} {
		a := data.MailAccount{Address: address, Host: s.Host, Port: int64(s.Port), Days: 365}
		if _, err := p.desk.AddAccount(context.Background(), "La til", a, mail.SignIn{Password: mailtest.Password, CA: s.CA}); err != nil {
			t.Fatal(err)
		}
	}
	p.onAccounts()
	uitest.Has(t, overlay(w), mailtest.User, mailtest.Other, "Passord · 127.0.0.1", mailtest.User+" er ikke hentet siden programmet ble åpnet")
	w.Key(fyne.KeyEscape)
	second := p.newAccountForm(data.MailAccount{}, nil, inBrowser)
	second.show()
	second.lookedUp("naering@fylke.example", signin.Found{Port: 993, SignIn: signin.WithPassword})
	if second.host.Text() != s.Host {
		t.Error("the server of the county's other mailboxes is not offered")
	}
	second.dialog.Close()
	a := p.accounts[1]
	f := p.newAccountForm(a, s.CA, inBrowser)
	f.show()
	uitest.Has(t, overlay(w), "Logg på post@fylke.example", "Tomt felt betyr at det som er lagret, brukes")
	f.days.SetSelected("90")
	f.days.OnChanged("90")
	if got, err := p.desk.Account(a.ID); err != nil || got.Days != 90 {
		t.Error(got, err)
	}
	f.password.SetText("feil")
	f.onVerb()
	uitest.Has(t, overlay(w), "godtok ikke brukernavnet og passordet")
	f.password.SetText("")
	f.onVerb() // with the one that is kept
	if overlay(w) != nil {
		t.Fatal(uitest.Texts(overlay(w)))
	}

	p.showPrivacy(tabFolders, a.ID, s.CA)
	uitest.Has(t, overlay(w), "INBOX (innboks)", "Utkast (kladder)")
	uitest.Find(t, overlay(w), "the sent mail", func(c *kit.Check) bool { return strings.HasPrefix(c.Label(), "Sendt") }).Tapped(nil)
	if rows, err := data.Live[data.MailFolder](w.Env.Program.Workspace, "", "id"); err != nil || len(rows) != 1 || rows[0].Fetch || rows[0].Name != "Sendt" {
		t.Error(rows, err)
	}
	// Drafts are not fetched by themselves and so not in the store; the choice shows all the same.
	drafts := func() *kit.Check {
		return uitest.Find(t, overlay(w), "the drafts", func(c *kit.Check) bool { return strings.HasPrefix(c.Label(), "Utkast") })
	}
	drafts().Tapped(nil)
	if !drafts().Checked() {
		t.Error("the choice of a folder that was never fetched is not shown")
	}
	w.Key(fyne.KeyEscape)

	p.onRemove(a)
	w.Key(fyne.KeyEscape)
	if len(p.accounts) != 2 {
		t.Fatal("removed without an answer")
	}
	p.onRemove(a)
	uitest.Find(t, overlay(w), "the verb", func(b *kit.Button) bool { return b.Text() == "Fjern postkassen" }).Tapped(nil)
	if len(p.accounts) != 1 || p.accounts[0].Address != mailtest.Other {
		t.Errorf("%+v %v", p.accounts, w.Shell.Failed)
	}
	if _, err := mail.Secret(a.Address); data.Code(err) != "mailSecret" {
		t.Error("its password is still there", err)
	}
}

func TestRecipeForIT(t *testing.T) {
	w, p := mailPage(t)
	f := p.newAccountForm(data.MailAccount{}, nil, inBrowser)
	f.show()
	f.lookedUp(mailtest.Shared, signin.Found{Host: "outlook.office365.com", Port: 993, SignIn: signin.WithMicrosoft, How: signin.ByMX})
	f.client.SetText(mailtest.ClientID)
	f.tenant.SetText("fylke.example")
	f.person.SetText(mailtest.Person)
	uitest.Find(t, overlay(w), "the recipe", func(b *kit.Button) bool { return b.Text() == "Kopier oppskrift til IT" }).Tapped(nil)
	text := fyne.CurrentApp().Clipboard().Content()
	for _, part := range []string{"http://localhost", "IMAP.AccessAsUser.All", "Add-MailboxPermission -Identity " + mailtest.Shared + " -User " + mailtest.Person, "https://login.microsoftonline.com/fylke.example/v2.0/adminconsent?client_id=" + mailtest.ClientID, "Set-CASMailbox"} {
		if !strings.Contains(text, part) {
			t.Errorf("%q is missing in\n%s", part, text)
		}
	}
	f.way.SetSelected(signin.WithGoogle)
	if text := f.recipe(); !strings.Contains(text, "Desktop app") || strings.Contains(text, "Entra") {
		t.Error(text)
	}
}

// TestAccountPictures makes pictures to look at, when PICTURES names a folder.
func TestAccountPictures(t *testing.T) {
	for look, options := range uitest.Looks() {
		program := uitest.Program(t, false)
		w := uitest.WindowIn(t, program, "nb", options, 1024, 700)
		p := New(w.Env, "").(*Page)
		w.Show(p)
		shown := func(name string, found signin.Found, address string) *accountForm {
			f := p.newAccountForm(data.MailAccount{}, nil, inBrowser)
			f.show()
			if address != "" {
				f.lookedUp(address, found)
			}
			w.Picture("account-" + name + "-" + look)
			return f
		}
		shown("1-empty", signin.Found{}, "").dialog.Close()
		f := shown("2-microsoft", signin.Found{Host: "outlook.office365.com", Port: 993, SignIn: signin.WithMicrosoft, How: signin.ByMX}, "postmottak@innlandetfylkeskommune.example")
		f.onBrowser(context.Background(), "https://login.example/")
		w.Picture("account-3-waiting-" + look)
		f.onCode(context.Background(), signin.Prompt{Code: "ABCD-EFGH", Address: "https://microsoft.com/devicelogin"})
		w.Picture("account-4-code-" + look)
		f.back(p.sentence(data.NewError(signin.CodeConsent, "", nil, "Client", mailtest.ClientID, "Provider", "Microsoft 365")))
		w.Picture("account-5-problem-" + look)
		f.dialog.Close()
		shown("6-password", signin.Found{Host: "imap.fylke.example", Port: 993, SignIn: signin.WithPassword, How: signin.BySRV}, "post@fylke.example").dialog.Close()
		shown("7-none", signin.Found{Port: 993, SignIn: signin.WithPassword}, "post@fylke.example").dialog.Close()
		shown("8-google", signin.Found{Host: "imap.gmail.com", Port: 993, SignIn: signin.WithGoogle}, "post@fylke.example").dialog.Close()
		fill(t, program, 0)
		p.load()
		p.onAccounts()
		w.Picture("account-9-list-" + look)
		w.Key(fyne.KeyEscape)
	}
}
