package invite

import (
	"path/filepath"
	"strings"
	"testing"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/mail"
	"kompetansepilot/app/mail/mailtest"
	"kompetansepilot/app/need"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// TestAsksTheRightBusinesses: those with a like need come first, then the industry
// near by; those in the group, far away or in another industry are not asked, and
// each letter has the norm of its receiver and names nobody.
func TestAsksTheRightBusinesses(t *testing.T) {
	w, err := data.Open(filepath.Join(t.TempDir(), "a.kpilot"), data.Options{Create: true, AnyPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	places := reference.Load()
	s, desk := need.NewService(w, places), mail.NewDesk(w, places)
	put := func(id, municipality, industry, norm, status string) {
		t.Helper()
		o := data.Organisation{Row: data.Row{ID: id}, OrganisationOf: data.OrganisationBusiness, Name: id + " AS", Municipality: municipality, Industry: industry, IndustryStd: "SN2025", Norm: norm, Status: status, Email: "post@" + id + ".example"}
		if err := w.Update("Ny", func(tx *data.Tx) error { return tx.Put(&o) }); err != nil {
			t.Fatal(err)
		}
	}
	put("inne", "3446", "16.100", "nb", "mapped")
	put("inne2", "3446", "16.100", "nb", "mapped")
	put("onsker", "3447", "47.110", "nn", "mapped")
	put("sag", "3446", "16.230", "", "new")
	put("langtborte", "5601", "16.100", "", "new")
	put("butikk", "3446", "47.110", "", "new")
	put("nei", "3446", "16.100", "", "declined")
	say := func(business, text string, people int64, from, to int64) {
		t.Helper()
		n := data.Need{Organisation: business, Text: text, Municipality: map[string]string{"onsker": "3447"}[business], People: people, Level: need.Any, Form: need.FormGather, Reach: 80, FromMonth: from, ToMonth: to, Industry: "Sagbruk (SN2025 16)"}
		if n.Municipality == "" {
			n.Municipality = "3446"
		}
		if _, err := s.Add("La til", &n); err != nil {
			t.Fatal(err)
		}
	}
	say("inne", "Vi trenger førstehjelpskurs på sagbruket", 3, 9, 10)
	say("inne2", "Førstehjelp for alle på skiftet", 3, 9, 10)
	say("onsker", "Førstehjelp for to i butikken", 2, 2, 3)
	g, err := s.Group(need.PoolLimits{}, nil)
	if err != nil || len(g.Pools) != 1 {
		t.Fatalf("%+v %v", g.Pools, err)
	}
	pool := &g.Pools[0]
	likely, err := s.Likely(g, pool, 10)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	var businesses []data.Organisation
	words := lang.New("nb")
	for i := range likely {
		names = append(names, likely[i].Business.ID)
		businesses = append(businesses, likely[i].Business)
		if why := g.Pooler.LikelyText(words, pool, &likely[i]); len(why) == 0 {
			t.Errorf("%s has no reason", likely[i].Business.ID)
		}
	}
	if got := strings.Join(names, " "); got != "onsker sag" {
		t.Errorf("asked %s", got)
	}
	why := strings.Join(g.Pooler.LikelyText(words, pool, &likely[0]), " ")
	if !strings.Contains(why, "Førstehjelp for to i butikken") || !strings.Contains(why, "Kan i februar–mars, og gruppen kan i september–oktober.") {
		t.Error(why)
	}
	letters, err := Letters(desk, places, g, pool, businesses, "Kari Nordmann", "34")
	if err != nil {
		t.Fatal(err)
	}
	if letters[0].Norm != "nn" || !strings.Contains(letters[0].Text, "Venleg helsing\nKari Nordmann") || letters[0].Subject != "2 til, så blir det kurs: "+g.Pooler.Subject(lang.New("nn"), pool) {
		t.Errorf("%+v", letters[0])
	}
	if letters[1].Norm != "nb" || !strings.Contains(letters[1].Text, "september–oktober") || !strings.Contains(letters[1].Text, "Gran") {
		t.Errorf("%+v", letters[1])
	}
	for _, l := range letters {
		for _, word := range []string{"inne", "skiftet", "butikken"} {
			if strings.Contains(l.Text, " "+word) {
				t.Errorf("%s is told %q", l.Business, word)
			}
		}
	}
	if text := Copy(words, letters); strings.Count(text, "Til: ") != 2 || !strings.Contains(text, "onsker AS <post@onsker.example>") {
		t.Error(text)
	}
	if _, err := Drafts(t.Context(), words, desk, "", letters, nil); err == nil {
		t.Error("drafts without a mailbox gave no error")
	}
}

// TestDraftsLieInTheMailbox puts a draft for each business that has an address into
// the folder of drafts.
func TestDraftsLieInTheMailbox(t *testing.T) {
	s := mailtest.Dovecot(t)
	t.Setenv(mail.SecretVariable, mailtest.Password)
	w, err := data.Open(filepath.Join(t.TempDir(), "a.kpilot"), data.Options{Create: true, AnyPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	desk := mail.NewDesk(w, reference.Load())
	defer desk.Close()
	if _, err := desk.AddAccount(t.Context(), "La til", data.MailAccount{Address: mailtest.User, Host: s.Host, Port: int64(s.Port)}, mail.SignIn{Password: mailtest.Password, CA: s.CA}); err != nil {
		t.Fatal(err)
	}
	letters := []Letter{{Organisation: "a", Business: "Å Sag", To: "post@a.example", Norm: "nn", Subject: "2 til, så blir det kurs", Text: "Hei"}, {Business: "Uten adresse"}, {Business: "B", To: "post@b.example", Norm: "nb", Subject: "2 til", Text: "Hei"}}
	made, err := Drafts(t.Context(), lang.New("nb"), desk, "", letters, s.CA)
	if err != nil || made.Saved != 2 || made.Waits != nil {
		t.Fatalf("%+v, %v", made, err)
	}
	kept, err := data.Live[data.MailDraft](w, "saved <> '' AND about = 'organisation' AND record = 'a'", "id")
	if err != nil || len(kept) != 1 || kept[0].Receivers != "post@a.example" || kept[0].Subject != letters[0].Subject {
		t.Errorf("%+v %v", kept, err)
	}
	if list := s.Listing(t, mailtest.User); strings.Count(list, ".Utkast ") != 2 {
		t.Errorf("the server holds\n%s", list)
	}
}
