package mail

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/mail"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/uitest"
)

// TestLetterThatWaits writes a letter while the mailbox can't be reached. The page
// tells of it, and lets go of it.
func TestLetterThatWaits(t *testing.T) {
	t.Setenv(mail.SecretVariable, "hemmelig")
	program := uitest.Program(t, false)
	fill(t, program, 0)
	accounts, err := program.Mail.Accounts()
	if err != nil {
		t.Fatal(err)
	}
	if err := program.Mail.Change("Flyttet", accounts[0].ID, func(a *data.MailAccount) { a.Host, a.Port = "127.0.0.1", 1 }); err != nil {
		t.Fatal(err)
	}
	w := uitest.Window(t, program)
	p := New(w.Env, "").(*Page)
	w.Show(p)
	top := func() fyne.CanvasObject { return w.Shell.Window().Canvas().Overlays().Top() }
	tap := func(in fyne.CanvasObject, text string) {
		t.Helper()
		uitest.Find(t, in, text, func(b *kit.Button) bool { return b.Text() == text }).Tapped(nil)
	}
	uitest.HasNot(t, p.Content(), "1 kladd venter på postkassen")

	p.write(mail.Letter{To: []string{"kari@bergsag.example"}, Subject: "Kurs i tørking av tømmer", Text: "Hei", Language: "nb"})
	tap(top(), "Lagre som kladd")
	if top() != nil || len(w.Shell.Toasts) != 1 || !strings.HasPrefix(w.Shell.Toasts[0], "Kladden ligger her, og legges i postkassen når den kan nås. Får ikke kontakt med 127.0.0.1:1.") {
		t.Fatal(top(), w.Shell.Toasts, w.Shell.Failed)
	}
	w.Picture("mail-waits")
	tap(p.Content(), "1 kladd venter på postkassen")
	uitest.Has(t, top(), "Kurs i tørking av tømmer")
	w.Picture("mail-waiting")
	tap(top(), "Legg i postkassen nå")
	uitest.Has(t, top(), "Får ikke kontakt med 127.0.0.1:1. Det som er hentet, ligger her. Se etter at navnet er riktig og at PC-en er på nett.")
	tap(top(), "Ta bort")
	if top() != nil {
		t.Error("the dialog stays")
	}
	uitest.HasNot(t, p.Content(), "1 kladd venter på postkassen")
	if _, err := program.Workspace.Undo(); err != nil {
		t.Fatal(err)
	}
	p.Changed(data.Changed{Kinds: []string{"mail_draft"}})
	uitest.Has(t, p.Content(), "1 kladd venter på postkassen")
}
