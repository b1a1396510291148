package app_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"kompetansepilot/app"
	"kompetansepilot/app/brief"
	"kompetansepilot/app/course"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/mail"
	"kompetansepilot/app/mail/mailtest"
	"kompetansepilot/app/mail/parse"
	"kompetansepilot/app/need"
	"kompetansepilot/data"
)

// TestRequestsAsDrafts: each provider with an address gets a draft in its own norm
// with a PDF and a sheet that knows what it answers, and those who are declined the
// letter. Nothing is sent, and no business is named.
func TestRequestsAsDrafts(t *testing.T) {
	s := mailtest.Dovecot(t)
	t.Setenv(mail.SecretVariable, mailtest.Password)
	t.Setenv("KOMPETANSEPILOT_HOME", t.TempDir())
	p, err := app.Open(filepath.Join(t.TempDir(), "a"+data.Extension), app.LoadState(), app.Options{Create: true, AnyPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Close() })
	ctx := context.Background()
	if _, err := p.Mail.AddAccount(ctx, "La til postkasse", data.MailAccount{Address: mailtest.User, Host: s.Host, Port: int64(s.Port)}, mail.SignIn{Password: mailtest.Password, CA: s.CA}); err != nil {
		t.Fatal(err)
	}
	business := data.Organisation{OrganisationOf: data.OrganisationBusiness, Name: "Hemmelig Trelast AS"}
	providers := []data.Organisation{{Name: "Fagskulen", Norm: "nn", Email: "post@fagskulen.example"}, {Name: "NTNU", Norm: "nb"}, {Name: "Kurs AS", Norm: "nb", Email: "post@kurs.example"}}
	needed := data.Need{Text: "Sveising", People: 7}
	var to []string
	if err := p.Workspace.Update("La til", func(tx *data.Tx) error {
		if err := tx.Put(&business); err != nil {
			return err
		}
		needed.Organisation = business.ID
		for i := range providers {
			providers[i].OrganisationOf = data.OrganisationProvider
			if err := tx.Put(&providers[i]); err != nil {
				return err
			}
			to = append(to, providers[i].ID)
		}
		return tx.Put(&needed)
	}); err != nil {
		t.Fatal(err)
	}
	r := course.OfPool(&need.Pool{ID: "g", Needs: []string{needed.ID}, People: 7}, "Sveising")
	r.Due = "2027-01-10"
	sent, err := p.Courses.Ask("Spurte", r, to, course.ChannelMail)
	if err != nil {
		t.Fatal(err)
	}
	words := lang.New("nb")
	if made, err := p.RequestDrafts(ctx, "", &sent, words, s.CA); made.Saved != 2 || made.Waits != nil || err != nil {
		t.Fatal(made, err)
	}
	drafts := s.Files(t, mailtest.User, "Utkast")
	if len(drafts) != 2 {
		t.Fatalf("%d drafts", len(drafts))
	}
	nynorsk := 0
	for _, raw := range drafts {
		m := parse.Message(raw)
		if len(m.Attachments) != 2 || !strings.HasSuffix(m.Attachments[1].Name, ".xlsx") || strings.Contains(m.Subject+m.Own, "Hemmelig") {
			t.Errorf("%q %+v\n%s", m.Subject, m.Attachments, m.Own)
		}
		if strings.Contains(m.Own, "innan 10. januar 2027") {
			nynorsk++
		}
	}
	if nynorsk != 1 {
		t.Errorf("%d of two in nynorsk", nynorsk)
	}

	if sent, err = p.Courses.MarkSent("Sendte", sent.ID, strings.ToUpper); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Courses.AddReply("Svar", sent.Asked[0].ID, map[string]string{brief.FieldTotal: "90000"}); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Courses.Choose("Valgte", sent.Asked[0].ID, "Takk for svaret."); err != nil {
		t.Fatal(err)
	}
	if sent, err = p.Courses.Request(sent.ID); err != nil {
		t.Fatal(err)
	}
	if made, err := p.DeclineDrafts(ctx, "", &sent, words, s.CA); made.Saved != 1 || made.Waits != nil || err != nil {
		t.Error(made, err)
	}
	if n := len(s.Files(t, mailtest.User, "Utkast")); n != 3 {
		t.Errorf("%d drafts", n)
	}
}
