package mail_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/mail"
	"kompetansepilot/app/mail/ask"
	"kompetansepilot/app/mail/imap"
	"kompetansepilot/app/mail/link"
	"kompetansepilot/app/mail/mailtest"
	"kompetansepilot/app/mail/parse"
	"kompetansepilot/app/mail/signin"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
	"kompetansepilot/data/post"
)

func workspace(t *testing.T) *data.Workspace {
	t.Helper()
	w, err := data.Open(filepath.Join(t.TempDir(), "a"+data.Extension), data.Options{Create: true, AnyPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	return w
}

func message(id, from, subject, text string, extra ...string) []byte {
	return []byte(strings.ReplaceAll(fmt.Sprintf("From: %s\nTo: %s\nSubject: %s\nDate: Mon, 2 Mar 2026 09:00:00 +0100\nMessage-ID: <%s>\n%sContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n%s\n",
		from, mailtest.User, subject, id, strings.Join(extra, ""), text), "\n", "\r\n"))
}

// TestJourney adds the mailbox, fetches it, finds the award letter and its deadline,
// links mail, answers it with a draft, and changes nothing else on the server.
func TestJourney(t *testing.T) {
	s := mailtest.Dovecot(t)
	t.Setenv(mail.SecretVariable, mailtest.Password)
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	s.Deliver(t, mailtest.User, "", message("a@berg.example", "Kari Berg <kari@bergsag.example>", "Kurs i tørking", "Hei, vi vil være med. Når begynner blåbærkurset?"), at)
	s.Deliver(t, mailtest.User, "", message("b@hkdir.example", "HK-dir <post@hkdir.example>", "Tilsagnsbrev, sak 2026/77", "Dere har fått innvilget kr 1 400 000 i tilskudd.\nSend aksept senest fredag 20. mars 2026."), at.Add(time.Hour))
	s.Deliver(t, mailtest.User, "", message("c@berg.example", "Kari Berg <kari@gmail.com>", "Sv: Kurs i tørking", "Jeg mente torsdag.", "In-Reply-To: <a@berg.example>\n"), at.Add(2*time.Hour))
	s.Deliver(t, mailtest.User, "", message("d@spam.example", "Reklame <x@aldri.example>", "Kjøp", "nå"), at)

	w := workspace(t)
	berg := data.Organisation{OrganisationOf: data.OrganisationBusiness, Name: "Berg Sag AS", Email: "kari@bergsag.example"}
	app := data.Application{Call: "x", CaseNumber: "2026/77", Answers: data.Values{"title": "Skog"}}
	if err := w.Update("Laget", func(tx *data.Tx) error {
		for _, r := range []data.Record{&berg, &app, &data.MailNever{Pattern: "aldri.example"}} {
			if err := tx.Put(r); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	d := mail.NewDesk(w, reference.Load())
	defer d.Close()
	ctx := context.Background()
	a, err := d.AddAccount(ctx, "La til postkasse", data.MailAccount{Address: mailtest.User, Host: s.Host, Port: int64(s.Port)}, mail.SignIn{Password: mailtest.Password, CA: s.CA})
	if err != nil {
		t.Fatal(err)
	}
	result, err := d.Sync(ctx, a, s.CA, nil)
	if err != nil {
		t.Fatal(err)
	}
	if f := result.Folders[0]; f.Name != "INBOX" || f.New != 3 || f.Failed != 0 {
		t.Fatalf("%+v", result.Folders)
	}
	before := s.Listing(t, mailtest.User)
	if again, err := d.Sync(ctx, a, s.CA, nil); err != nil || again.Folders[0].New != 0 {
		t.Errorf("%+v %v", again, err)
	}
	store, err := d.Store()
	if err != nil {
		t.Fatal(err)
	}
	find := func(text string) post.Row {
		t.Helper()
		rows, err := store.List(post.Query{Text: text}, 0, 10)
		if err != nil || len(rows) == 0 {
			t.Fatalf("%s: %v %v", text, rows, err)
		}
		return rows[0]
	}
	if rows, _ := store.List(post.Query{Text: "fra:aldri.example"}, 0, 10); len(rows) != 0 {
		t.Error("kept what is never to be kept")
	}
	if rows, _ := store.List(post.Query{Threads: true}, 0, 10); len(rows) != 2 {
		t.Errorf("%d threads", len(rows))
	}

	kari := find("blaabaer")
	x, err := d.Explain(kari)
	if err != nil || len(x.Links) != 1 || x.Links[0].Record != berg.ID || x.Links[0].Reason != link.ReasonAddress || !x.Links[0].Filed {
		t.Errorf("%+v %v", x, err)
	}
	// Anybody may name a message: an answer from an address that took no part in it
	// is proposed, not filed.
	if x, _ := d.Explain(find("torsdag")); len(x.Links) != 1 || x.Links[0].Reason != link.ReasonReply || x.Links[0].Filed {
		t.Errorf("the answer: %+v", x.Links)
	}
	award := find("tilsagnsbrev")
	x, err = d.Explain(award)
	if err != nil || len(x.Links) != 1 || x.Links[0].Record != app.ID || x.Links[0].Filed {
		t.Errorf("%+v %v", x.Links, err)
	}
	kinds := map[string]ask.Proposal{}
	for _, p := range x.Proposals {
		kinds[p.Kind] = p
	}
	if kinds[ask.Deadline].Date != "2026-03-20" || kinds[ask.Award].Amount != 1_400_000 {
		t.Errorf("%+v", x.Proposals)
	}
	for _, number := range []string{"2026/76", "2026/77"} {
		if err := d.Mark("Merket", []post.Row{award}, func(m *data.MailMark) { m.CaseNumber, m.Journaled = number, true }); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := w.Count("SELECT count(*) FROM mail_mark"); err != nil || n != 1 {
		t.Errorf("%d marks, %v", n, err)
	}
	folder := filepath.Join(t.TempDir(), "arkiv")
	if r, err := d.HandOver(folder, lang.New("nb"), []post.Row{award, kari}); err != nil || r.Messages != 2 {
		t.Errorf("%+v %v", r, err)
	}
	if journal, err := os.ReadFile(filepath.Join(folder, "Journalliste.csv")); err != nil || !strings.Contains(string(journal), "2026/77") {
		t.Errorf("%s %v", journal, err)
	}
	task, err := d.TakeTask("Tok frist", "Send aksept", award, kinds[ask.Deadline], "")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := data.Get[data.Task](w, task); err != nil || got.Due != "2026-03-20" {
		t.Error(got, err)
	}
	if err := d.Link("Koblet", award, link.Application, app.ID, true, false); err != nil {
		t.Fatal(err)
	}
	if rows, err := store.List(post.Query{Records: []string{"application:" + app.ID}}, 0, 10); err != nil || len(rows) != 1 {
		t.Error(rows, err)
	}
	if x, _ = d.Explain(award); !x.Links[0].Filed || x.Links[0].Reason != link.ReasonTaken {
		t.Errorf("%+v", x.Links)
	}
	for _, p := range x.Proposals {
		if p.Kind == ask.Deadline {
			t.Error("the deadline that was taken is offered again")
		}
	}

	m, err := d.Message(kari)
	if err != nil {
		t.Fatal(err)
	}
	answer := mail.Reply(kari, m, "nb")
	answer.Text = "Kurset begynner i mai.\r\nBcc: x@ond.example\r\n" + answer.Text
	answer.Subject += "\r\nBcc: x@ond.example"
	answer.Files = []mail.File{{Name: "søknad \"ny\".pdf", Content: []byte("%PDF-1.7")}}
	draft, err := d.Draft(ctx, "Skrev svar", "", answer, s.CA)
	if err != nil || draft.Saved == "" {
		t.Fatal(draft, err)
	}
	box, err := imap.Dial(ctx, imap.Server{Host: s.Host, Port: s.Port, CA: s.CA}, signin.Password{User: mailtest.User, Secret: mailtest.Password})
	if err != nil {
		t.Fatal(err)
	}
	defer box.Close()
	if found, err := box.Find(ctx, "Utkast", "<"+draft.MessageID+">"); err != nil || len(found) != 1 {
		t.Error("drafts", found, err)
	}
	after := strings.ReplaceAll(s.Listing(t, mailtest.User), "\n\n", "\n")
	for line := range strings.SplitSeq(after, "\n") {
		if !strings.Contains(before, line) && !strings.HasPrefix(line, ".Utkast") {
			t.Errorf("changed on the server: %s", line)
		}
	}
	raw := readDraft(t, s)
	head, _, _ := strings.Cut(strings.ReplaceAll(string(raw), "\r\n", "\n"), "\n\n")
	if m := parse.Message(raw); len(m.Attachments) != 1 || m.Attachments[0].Name != "søknad _ny_.pdf" || len(m.References) != 1 || m.References[0] != "a@berg.example" || strings.Contains(head, "\nBcc") {
		t.Errorf("%+v\n%s", m.Attachments, raw)
	}

	// The secret stands nowhere on the disk.
	for _, path := range []string{w.Path(), store.Path(), store.Path() + "-wal", w.Path() + "-wal"} {
		if content, err := os.ReadFile(path); err == nil && strings.Contains(string(content), mailtest.Password) {
			t.Errorf("the password lies in %s", path)
		}
	}
}

// readDraft is the draft as it lies on the server.
func readDraft(t *testing.T, s *mailtest.Server) []byte {
	t.Helper()
	raw := s.Files(t, mailtest.User, "Utkast")
	if len(raw) != 1 {
		t.Fatalf("%d drafts", len(raw))
	}
	return raw[0]
}

func TestTemplatesInAllNorms(t *testing.T) {
	for _, language := range []string{"nb", "nn", "en"} {
		for _, name := range mail.Templates() {
			l := mail.Letter{Template: name, Language: language}
			if err := l.Fill("Kåre"); err != nil || l.Subject == "" || !strings.Contains(l.Text, "Kåre") {
				t.Errorf("%s %s: %v %q", language, name, err, l.Text)
			}
		}
	}
	l := mail.Letter{Template: "finnes ikke", Language: "nb"}
	if err := l.Fill(""); data.Code(err) != "mailTemplate" {
		t.Error(err)
	}
}
