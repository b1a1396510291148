package application

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"kompetansepilot/app/mail/link"
	"kompetansepilot/app/mail/parse"
	"kompetansepilot/data"
	"kompetansepilot/data/post"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/uitest"
)

// TestMailOfTheApplication lists what is linked to the application, newest first and
// all of it, follows what comes and what is linked, and leads to the letter.
func TestMailOfTheApplication(t *testing.T) {
	p := uitest.Program(t, true)
	all, err := p.Grants.Applications()
	if err != nil || len(all) == 0 {
		t.Fatal(err)
	}
	w := uitest.Window(t, p)
	page := New(w.Env, all[0].ID).(*Page)
	w.Show(page)
	page.FocusField(partMail)
	content := page.current.view.content()
	uitest.Has(t, content, "Ingen e-post er koblet hit")
	says := func(mails int) {
		t.Helper()
		uitest.Find(t, content, "the number", func(d *kit.Disclosure) bool {
			return strings.Contains(d.AccessibilityLabel(), fmt.Sprintf("%d e-poster", mails))
		})
	}
	store, err := p.Mail.Store()
	if err != nil {
		t.Fatal(err)
	}
	folder, err := store.FolderOf("a", "INBOX", "inbox")
	if err != nil {
		t.Fatal(err)
	}
	const many = 101
	var came []post.Arrived
	for i := range many {
		raw := fmt.Appendf(nil, "From: HK-dir <post@hkdir.example>\r\nSubject: Brev nummer %d\r\nDate: %s\r\nMessage-ID: <m%d@x>\r\n\r\nHei", i, time.Date(2026, 3, 2, 9, i/60, i%60, 0, time.UTC).Format(time.RFC1123Z), i)
		came = append(came, post.Arrived{UID: uint32(i + 1), Raw: raw, Key: post.Key(raw), Index: parse.Index(raw)})
	}
	if err := store.Add(folder, came); err != nil {
		t.Fatal(err)
	}
	if err := p.Workspace.Update("Koblet", func(tx *data.Tx) error {
		for i := range came {
			if err := tx.Put(&data.MailLink{Message: came[i].Key, About: link.Application, Record: all[0].ID, State: data.MailLinkTaken}); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if err := p.Mail.Read(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.Env.Tasks.Advance(time.Minute)
	says(101)
	uitest.Has(t, content, "Brev nummer 100", "Brev nummer 1", "02.03.2026 · HK-dir")
	uitest.HasNot(t, content, "Brev nummer 0")
	w.Picture("application-mail")
	first := uitest.Find(t, content, "the newest", func(l *kit.TextLink) bool { return true })
	if first.Text() != "Brev nummer 100" {
		t.Error("first is", first.Text())
	}
	uitest.Find(t, content, "more", func(b *kit.Button) bool { return b.Text() == "Vis 1 eldre til" }).Tapped(nil)
	uitest.Has(t, content, "Brev nummer 0")
	first = uitest.Find(t, content, "the newest", func(l *kit.TextLink) bool { return l.Text() == "Brev nummer 100" })
	first.Tapped(nil)
	if want := (screen.Route{Page: screen.PageMail, ID: came[many-1].Key}); len(w.Shell.Went) != 1 || w.Shell.Went[0] != want {
		t.Error("went", w.Shell.Went)
	}
	if err := p.Mail.Link("Nei", post.Row{Key: came[many-1].Key}, link.Application, all[0].ID, false, false); err != nil {
		t.Fatal(err)
	}
	w.Env.Tasks.Advance(time.Minute)
	uitest.HasNot(t, content, "Brev nummer 100")
	page.Leave()
	if _, err := store.Delete([]string{came[0].Key}); err != nil {
		t.Fatal(err)
	}
	w.Env.Tasks.Advance(time.Minute)
	says(100) // reads no more
	if len(w.Shell.Failed) > 0 {
		t.Error(w.Shell.Failed)
	}
}
