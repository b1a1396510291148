package partner_test

import (
	"slices"
	"strings"
	"testing"

	"kompetansepilot/app/partner"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

const offerHead = "id,title,description,provider_kind,level,credits,form,place,language_norm,months_available,min_participants,max_participants,price_nok\n"

const offerFile = offerHead +
	`O1,Prising i overnatting,"Dynamisk prissetting, kanalmiks og RevPAR.",university,short,7.5,nett,,nb,1;2;9,10,40,0` + "\n" +
	`O2,Butikkdrift,"For butikksjefer.",fagskole,fagskole,10,nett+samling,,nb,,10,30,4900` + "\n" +
	`O3,Fiskevelferd ved slakting,Lovpålagt.,private,kurs,0,på stedet,Tynset,nn,1,1,40,3400` + "\n"

func importOffers(t *testing.T, s *partner.Offerings, text string) partner.Imported {
	t.Helper()
	done, err := s.Import("Hentet tilbud", "/et/sted/offers.csv", strings.NewReader(text), false)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func titles(all []partner.Offer) []string {
	var out []string
	for _, o := range all {
		out = append(out, o.Title)
	}
	return out
}

func TestImportKeepsIDs(t *testing.T) {
	_, w := newRegister(t)
	s := partner.NewOfferings(w, reference.Load())
	done := importOffers(t, s, "\ufeff"+offerFile)
	if done.Created != 3 || len(done.Rejected) != 0 || done.Transaction == 0 {
		t.Fatalf("%+v", done)
	}
	o, err := s.Get("O1")
	if err != nil || o.Credits != 750 || o.Level != partner.LevelShort || o.Form != partner.FormNet || o.Months != "1;2;9" || o.Capacity != 40 || o.Least != 10 || o.Source != "offers.csv" {
		t.Errorf("O1 is %+v, %v", o, err)
	}
	o, _ = s.Get("O3")
	if o.Municipality != "3427" || o.Place != "Tynset" || o.Language != "nn" || o.Form != partner.FormOnSite || o.Level != partner.LevelCourse || o.Price != 3400 {
		t.Errorf("O3 is %+v", o)
	}
	if o, _ = s.Get("O2"); o.ProviderKind != partner.ProviderVocationalCollege || o.Level != partner.LevelVocational || o.Form != partner.FormNetGatherings {
		t.Errorf("O2 is %+v", o)
	}
	if done = importOffers(t, s, offerFile); done.Unchanged != 3 || done.Created+done.Updated != 0 || done.Transaction != 0 {
		t.Errorf("read again: %+v", done)
	}
	if done = importOffers(t, s, strings.Replace(offerFile, "4900", "5200", 1)); done.Updated != 1 || done.Unchanged != 2 {
		t.Errorf("one price changed: %+v", done)
	}
	for range 2 { // a whole import is one step
		if _, err := w.Undo(); err != nil {
			t.Fatal(err)
		}
	}
	if all, _ := s.List(partner.OfferingQuery{}); len(all) != 0 {
		t.Errorf("undo left %q", titles(all))
	}
	if done = importOffers(t, s, offerFile); done.Created != 3 {
		t.Errorf("after undo: %+v", done)
	}
	if err := s.Delete("Slettet", []string{"O2"}); err != nil {
		t.Fatal(err)
	}
	if done = importOffers(t, s, offerFile); done.Updated != 1 || done.Unchanged != 2 {
		t.Errorf("one comes back from the trash: %+v", done)
	}
}

func TestImportGoesOnAfterBadRows(t *testing.T) {
	_, w := newRegister(t)
	s := partner.NewOfferings(w, reference.Load())
	business := data.Organisation{Name: "Bedrift"}
	put(t, w, &business)
	text := "id;title;price_nok;months_available;credits;due;provider\n" +
		"A;God;100;;;;\n" + // 2
		"A;To ganger;100;;;;\n" +
		";;100;;;;\n" +
		"B;Dyr;mange;;;;\n" +
		"C;Feil måned;1;13;;;\n" +
		"D;Feil poeng;1;;-3;;\n" +
		business.ID + ";En annens id;1;;;;\n" +
		"E;Feil dato;1;;;2026-02-30;\n" +
		"F;Ukjent tilbyder;1;;;;Ingen AS\n" +
		"G;For kort rad\n" +
		"H;God til slutt\x00;1 200;1,2;2,5;2026-03-01;\n" +
		"I;\"Aldri slutt;1;;;;\n"
	done := importOffers(t, s, text)
	if done.Created != 3 {
		t.Errorf("made %d", done.Created)
	}
	var rows []int
	for _, r := range done.Rejected {
		rows = append(rows, r.Row)
		if r.Reason == "" {
			t.Errorf("row %d has no reason", r.Row)
		}
	}
	slices.Sort(rows)
	if want := []int{3, 4, 5, 6, 7, 8, 9, 10, 13}; !slices.Equal(rows, want) {
		t.Errorf("refused %v, want %v", rows, want)
	}
	if o, _ := s.Get("H"); o.Title != "God til slutt" || o.Price != 1200 || o.Credits != 250 || o.Months != "1;2" || o.Due != "2026-03-01" {
		t.Errorf("H is %+v", o)
	}
	for _, bad := range []string{"", "<html><body>Feil</body></html>", "navn,pris\na,1\n"} {
		if _, err := s.Import("Hentet", "x.csv", strings.NewReader(bad), false); data.Code(err) != partner.CodeOfferFile {
			t.Errorf("%q gives %v", bad, err)
		}
	}
	before, _ := w.DataVersion()
	if done, err := s.Import("Hentet", "x.csv", strings.NewReader(offerFile), true); err != nil || done.Created != 3 || done.Transaction != 0 {
		t.Errorf("dry run %+v, %v", done, err)
	}
	if after, _ := w.DataVersion(); after != before {
		t.Error("a dry run wrote")
	}
}

func TestImportReadsOtherEncodings(t *testing.T) {
	for name, text := range map[string]string{
		"windows-1252": "title\tplace\nL\xe6re p\xe5 h\xf8yfjellet\tR\xf8ros\n",
		"utf-16":       "\xff\xfet\x00i\x00t\x00l\x00e\x00\n\x00\xd8\x00l\x00\n\x00",
	} {
		_, w := newRegister(t)
		s := partner.NewOfferings(w, reference.Load())
		if done := importOffers(t, s, text); done.Created != 1 {
			t.Errorf("%s: %+v", name, done)
		}
		all, _ := s.List(partner.OfferingQuery{})
		if got := titles(all); !slices.Equal(got, []string{"Lære på høyfjellet"}) && !slices.Equal(got, []string{"Øl"}) {
			t.Errorf("%s: %q", name, got)
		}
		if name == "windows-1252" && all[0].Where != "Røros" {
			t.Errorf("at %q", all[0].Where)
		}
	}
}

func TestOfferingsListed(t *testing.T) {
	_, w := newRegister(t)
	s := partner.NewOfferings(w, reference.Load())
	importOffers(t, s, offerFile)
	provider := data.Organisation{Name: "Østfjell fagskole", OrganisationOf: data.OrganisationProvider, ProviderKind: partner.ProviderPrivate}
	put(t, w, &provider)
	if err := s.Type("Endret", "O2", "organisation", func(o *data.Offering) { o.Organisation, o.Due = provider.ID, "2026-02-01" }); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		query partner.OfferingQuery
		want  []string
	}{
		"by title":       {partner.OfferingQuery{}, []string{"Butikkdrift", "Fiskevelferd ved slakting", "Prising i overnatting"}},
		"by level, down": {partner.OfferingQuery{Sort: []partner.Sort{{Column: partner.OfferingLevel, Descending: true}}}, []string{"Prising i overnatting", "Butikkdrift", "Fiskevelferd ved slakting"}},
		"by due, down":   {partner.OfferingQuery{Sort: []partner.Sort{{Column: partner.OfferingDue, Descending: true}}}, []string{"Butikkdrift", "Fiskevelferd ved slakting", "Prising i overnatting"}},
		"words":          {partner.OfferingQuery{Text: "ostfjell BUTIKK"}, []string{"Butikkdrift"}},
		"place":          {partner.OfferingQuery{Text: "tynset"}, []string{"Fiskevelferd ved slakting"}},
		"kind":           {partner.OfferingQuery{Kinds: []string{partner.ProviderPrivate}}, []string{"Butikkdrift", "Fiskevelferd ved slakting"}},
		"level and form": {partner.OfferingQuery{Levels: []string{partner.LevelShort, partner.LevelVocational}, Forms: []string{partner.FormNet}}, []string{"Prising i overnatting"}},
		"of a provider":  {partner.OfferingQuery{Organisation: provider.ID}, []string{"Butikkdrift"}},
		"open":           {partner.OfferingQuery{OpenOn: "2026-02-02"}, []string{"Fiskevelferd ved slakting", "Prising i overnatting"}},
	} {
		all, err := s.List(c.query)
		if got := titles(all); err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q, %v", name, got, c.want, err)
		}
	}
	if _, err := s.List(partner.OfferingQuery{Sort: []partner.Sort{{Column: "moon"}}}); err == nil {
		t.Error("sorted by a column that is none")
	}
}

func FuzzImport(f *testing.F) {
	f.Add([]byte(offerFile))
	f.Add([]byte("\xff\xfe\x00"))
	f.Add([]byte("title\n\"a"))
	_, w := newRegister(f)
	s := partner.NewOfferings(w, reference.Load())
	f.Fuzz(func(t *testing.T, raw []byte) {
		done, err := s.Import("Hentet", "f.csv", strings.NewReader(string(raw)), true)
		if err != nil && data.Message(err) == "" {
			t.Errorf("no sentence for %v", err)
		}
		for _, r := range done.Rejected {
			if r.Row < 1 || r.Reason == "" {
				t.Errorf("a row is refused without a place or a reason: %+v", r)
			}
		}
		if all, _ := s.List(partner.OfferingQuery{}); len(all) != 0 {
			t.Error("a dry run wrote")
		}
	})
}

func TestCreditsAndMonths(t *testing.T) {
	for text, want := range map[string]int64{"": 0, "10": 1000, "7,5": 750, "2.25": 225, "0.1": 10} {
		if got, err := partner.ParseCredits(text); err != nil || got != want {
			t.Errorf("%q is %d, %v", text, got, err)
		}
	}
	for _, text := range []string{"x", "-1", "NaN", "1e9", "1.005"} {
		if _, err := partner.ParseCredits(text); err == nil {
			t.Errorf("%q was read", text)
		}
	}
	for n, want := range map[int64]string{0: "0", 1000: "10", 750: "7,5", 225: "2,25", 205: "2,05"} {
		if got := partner.CreditsText(n, ","); got != want {
			t.Errorf("%d is %q, want %q", n, got, want)
		}
	}
	if got, err := partner.ParseMonths("9; 1,2 1"); err != nil || partner.MonthsText(got) != "1;2;9" {
		t.Errorf("months %v, %v", got, err)
	}
}

func TestAgreementStates(t *testing.T) {
	_, w := newRegister(t)
	s := partner.NewAgreements(w)
	o := data.Organisation{Name: "Fåvang Sag AS"}
	put(t, w, &o)
	a := data.Signed{Agreement: data.Agreement{AgreementOf: data.AgreementCooperation, Name: "Samarbeid"},
		Parties: []data.Signature{{Organisation: o.ID, Party: o.Name, Name: "Kari"}, {Party: "Fylkeskommunen", Name: "Ola", Done: "2026-03-01"}, {}}}
	id, err := s.Save("Ny avtale", a, nil)
	if err != nil {
		t.Fatal(err)
	}
	all, err := s.OfOrganisation(o.ID)
	if err != nil || len(all) != 1 || len(all[0].Parties) != 2 || len(all[0].Missing()) != 1 {
		t.Fatalf("%+v, %v", all, err)
	}
	a = all[0]
	state := func(want partner.AgreementState) {
		t.Helper()
		if got := partner.StateOf(&a, "2026-04-01"); got != want {
			t.Errorf("state %s, want %s", got, want)
		}
	}
	state(partner.AgreementMissing)
	if waiting, _ := s.Unsigned("2026-04-01"); len(waiting) != 1 {
		t.Errorf("%d wait", len(waiting))
	}
	a.Parties[0].Done = "2026-03-05"
	state(partner.AgreementSigned)
	if _, err := s.Save("Underskrevet", a, &partner.File{Name: "a.pdf", MediaType: "application/pdf", Content: []byte("pdf")}); err != nil {
		t.Fatal(err)
	}
	a, _ = s.Get(id)
	state(partner.AgreementKept)
	if content, err := data.Blob(w, a.SHA256); err != nil || string(content) != "pdf" || a.Size != 3 {
		t.Errorf("the file is %q, %v", content, err)
	}
	a.Finish = "2026-03-31"
	state(partner.AgreementOver)
	a.Finish, a.Parties = "", a.Parties[:1]
	if _, err := s.Save("Færre", a, nil); err != nil {
		t.Fatal(err)
	}
	if a, _ = s.Get(id); len(a.Parties) != 1 || a.SHA256 == "" {
		t.Errorf("after taking a party away: %+v", a)
	}
	if err := s.Delete("Slettet", id); err != nil {
		t.Fatal(err)
	}
	if all, _ := s.OfOrganisation(o.ID); len(all) != 0 {
		t.Error("the agreement is still there")
	}
	if shelf, ok, err := partner.ShelfOf(w, "agreement", id); err != nil || ok || shelf.Organisation != "" {
		t.Errorf("shelf %+v %v %v", shelf, ok, err)
	}
	if _, err := w.Undo(); err != nil {
		t.Fatal(err)
	}
	if shelf, ok, err := partner.ShelfOf(w, "agreement", id); err != nil || !ok || shelf.Organisation != o.ID || shelf.Part != partner.PartAgreements {
		t.Errorf("shelf %+v %v %v", shelf, ok, err)
	}
}
