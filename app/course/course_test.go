package course

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kompetansepilot/app/brief"
	"kompetansepilot/app/insight"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/need"
	"kompetansepilot/app/partner"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// world is a workspace with two businesses, a need that names none, and three
// providers.
type world struct {
	*Service
	words                   *lang.Printer
	berg, dal               data.Organisation
	ntnu, fagskole, private data.Organisation
	pool                    need.Pool
}

func newWorld(t *testing.T) *world {
	t.Helper()
	store, err := data.Open(filepath.Join(t.TempDir(), "a.kpilot"), data.Options{Create: true, AnyPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	w := &world{Service: NewService(store, reference.Load()), words: lang.New("nb")}
	business := func(name, place string) data.Organisation {
		return data.Organisation{OrganisationOf: data.OrganisationBusiness, Name: name, Municipality: place}
	}
	w.berg, w.dal = business("Berg Trelast AS", "3446"), business("Dal Sagbruk AS", "3446")
	provider := func(name, norm string) data.Organisation {
		return data.Organisation{OrganisationOf: data.OrganisationProvider, Name: name, Norm: norm, Contact: "Kari Ås"}
	}
	w.ntnu, w.fagskole, w.private = provider("NTNU", "nb"), provider("Fagskulen Innlandet", "nn"), provider("Kurs & Co AS", "")
	needs := make([]data.Need, 4)
	err = store.Update("La til", func(tx *data.Tx) error {
		for _, o := range []*data.Organisation{&w.berg, &w.dal, &w.ntnu, &w.fagskole, &w.private} {
			if err := tx.Put(o); err != nil {
				return err
			}
		}
		for i, n := range []data.Need{{Organisation: w.berg.ID, People: 4}, {Organisation: w.berg.ID, People: 2}, {Organisation: w.dal.ID, People: 5},
			{Industry: "Sagbruk (SN2025 16)", Municipality: "3447", People: 3}} {
			n.Text, n.Level, n.Form = "Sveising", "any", "any"
			if err := tx.Put(&n); err != nil {
				return err
			}
			needs[i] = n
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	w.pool = need.Pool{ID: "pulje", People: 14, Place: "3446", Months: []int{1, 2}, Level: "any", Form: "nett+samling"}
	for _, n := range needs {
		w.pool.Needs = append(w.pool.Needs, n.ID)
	}
	return w
}

func (w *world) send(t *testing.T) Requested {
	t.Helper()
	r := OfPool(&w.pool, "Sveising i Gran")
	r.Due = "2027-01-10"
	asked, err := w.Ask("Spurte", r, []string{w.ntnu.ID, w.fagskole.ID, w.private.ID}, ChannelMail)
	if err != nil {
		t.Fatal(err)
	}
	sent, err := w.MarkSent("Sendte", asked.ID, reminder)
	if err != nil {
		t.Fatal(err)
	}
	return sent
}

func reminder(name string) string { return "Purre: " + name }

// TestAsksOnceEach: a request stands with each provider, and nobody is asked
// twice.
func TestAsksOnceEach(t *testing.T) {
	w := newWorld(t)
	sent := w.send(t)
	if len(sent.Asked) != 3 || sent.State("2026-12-01") != StateWaiting || sent.State("2027-01-11") != StateLate || sent.Asked[1].Norm != "nn" || sent.Asked[0].Contact != "Kari Ås" {
		t.Fatalf("%+v", sent)
	}
	again, err := w.Ask("Sendte", sent.Request, []string{w.ntnu.ID}, ChannelPhone)
	if err != nil || len(again.Asked) != 3 {
		t.Error(len(again.Asked), err)
	}
	if _, err := w.Ask("Sendte", OfPool(&w.pool, "x"), nil, ""); data.Code(err) != "requestNobody" {
		t.Error(err)
	}
	all, err := partner.NewRegister(w.store, w.places).Enquiries(w.fagskole.ID, "")
	if err != nil || len(all) != 1 || all[0].Request != sent.ID {
		t.Error(all, err)
	}
	b, err := w.Brief(&sent.Request, lang.New("nn"))
	if err != nil || !slices.Contains(b.Facts, brief.Fact{Label: "Svar innan", Text: "10. januar 2027"}) {
		t.Error(b, err)
	}
}

// TestComparesReplies: the price is computed at the group's size, the best is
// marked, what was not answered is empty, and what does not fit is told.
func TestComparesReplies(t *testing.T) {
	w := newWorld(t)
	sent := w.send(t)
	add := func(i int, values map[string]string) {
		if _, err := w.AddReply("Svar", sent.Asked[i].ID, values); err != nil {
			t.Fatal(err)
		}
	}
	add(0, map[string]string{brief.FieldTotal: "140001", brief.FieldCredits: "750", brief.FieldForm: "net_gatherings", brief.FieldStart: "2027-02-01", brief.FieldCapacity: "12"})
	add(1, map[string]string{brief.FieldPrice: "9000", brief.FieldCredits: "0", brief.FieldForm: "on_site", brief.FieldStart: "2027-03-01", brief.FieldLeast: "16", brief.FieldCapacity: "20", brief.FieldValid: "2026-01-01"})
	r, err := w.Request(sent.ID)
	if err != nil || r.Replies() != 2 {
		t.Fatal(r.Replies(), err)
	}
	if r.Asked[0].Status != partner.EnquiryYes || r.Asked[0].Done == "" || r.Asked[2].Status != partner.EnquirySent {
		t.Errorf("%+v", r.Asked)
	}
	c := Compare(&r, w.words, "2026-12-01")
	line := map[string]Line{}
	for _, l := range c.Lines {
		line[l.ID] = l
	}
	for _, x := range []struct {
		id    string
		i     int
		text  string
		best  bool
		doubt string
	}{
		{CompareEach, 0, "10 001 kr", false, ""}, {CompareEach, 1, "9 000 kr", true, ""}, {CompareEach, 2, "", false, ""},
		{CompareCredits, 0, "7,5", true, ""}, {CompareCredits, 1, "0", false, ""},
		{CompareForm, 0, "Nett og samlinger", true, ""}, {CompareForm, 1, "På stedet", false, "gruppen ba om"},
		{CompareStart, 0, "01.02.2027", true, ""}, {CompareLeast, 1, "16", false, "2 personer for lite"},
		{CompareCapacity, 0, "12", false, "2 personer får ikke plass"}, {CompareCapacity, 1, "20", true, ""},
		{CompareValid, 1, "01.01.2026", false, "gjelder ikke"},
	} {
		got := line[x.id].Cells[x.i]
		if strings.ReplaceAll(got.Text, "\u00a0", " ") != x.text && strings.ReplaceAll(got.Text, "\u202f", " ") != x.text || got.Best != x.best || x.doubt == "" != (got.Doubt == "") || !strings.Contains(got.Doubt, x.doubt) {
			t.Errorf("%s %d: %+v, want %+v", x.id, x.i, got, x)
		}
	}
	path := filepath.Join(t.TempDir(), "a.xlsx")
	if err := c.Save(path, w.words); err != nil {
		t.Error(err)
	}
}

// TestPricesThatDisagreeAreTold, but not for a rounding.
func TestPricesThatDisagreeAreTold(t *testing.T) {
	r := Requested{Request: data.Request{People: 14}, Asked: []Asked{{Reply: data.Reply{Total: "140000", Price: "9000"}}, {Reply: data.Reply{Total: "140000", Price: "10000"}}, {Reply: data.Reply{Price: "0"}}}}
	for _, l := range Compare(&r, lang.New("nb"), "2026-12-01").Lines {
		if l.ID == CompareEach && (l.Cells[0].Doubt == "" || l.Cells[1].Doubt != "" || l.Cells[2].Text != "0 kr" || !l.Cells[2].Best) {
			t.Errorf("%+v", l)
		}
	}
}

// TestChoosesInOneStep makes an offering and a course with the group's businesses,
// declines the others, and undoes all of it at once.
func TestChoosesInOneStep(t *testing.T) {
	w := newWorld(t)
	sent := w.send(t)
	if _, err := w.Choose("Valgte", sent.Asked[0].ID, ""); data.Code(err) != "replyNone" {
		t.Errorf("without an answer: %v", err)
	}
	if _, err := w.AddReply("Svar", sent.Asked[0].ID, map[string]string{brief.FieldTotal: "140000", brief.FieldCredits: "750", brief.FieldStart: "2027-02-01", brief.FieldForm: "gatherings", brief.FieldCapacity: "16"}); err != nil {
		t.Fatal(err)
	}
	if err := w.TypeEnquiry("Nei", sent.Asked[2].ID, "status", reminder, func(e *data.Enquiry) { e.Status = partner.EnquiryNo }); err != nil {
		t.Fatal(err)
	}
	made, err := w.Choose("Valgte", sent.Asked[0].ID, "Takk for svaret.")
	if err != nil {
		t.Fatal(err)
	}
	if made.Offering.Price != 10000 || made.Offering.Organisation != w.ntnu.ID || made.Offering.Credits != 750 || made.Offering.Municipality != "3446" {
		t.Errorf("%+v", made.Offering)
	}
	run, err := w.Run(made.Course.ID)
	if err != nil || len(run.Businesses) != 3 || run.Sum().Expected != 14 || run.Businesses[0].Expected != 6 || run.Businesses[2].Business != "Sagbruk (SN2025 16)" || run.Businesses[2].Municipality != "3447" {
		t.Errorf("%+v %v", run, err)
	}
	r, err := w.Request(sent.ID)
	if err != nil || r.State("2026-12-01") != StateChosen || r.Asked[0].Status != partner.EnquiryChosen || r.Asked[1].Status != partner.EnquiryDeclined || r.Asked[2].Status != partner.EnquiryNo || r.Letter == "" {
		t.Errorf("%+v %v", r, err)
	}
	if _, err := w.Choose("Valgte", sent.Asked[0].ID, ""); data.Code(err) != "requestChosen" {
		t.Errorf("a second time: %v", err)
	}
	decided, err := data.Live[data.MatchDecision](w.store, "", "")
	if err != nil || len(decided) != 4 {
		t.Error(len(decided), err)
	}
	if _, err := w.store.Undo(); err != nil {
		t.Fatal(err)
	}
	runs, err := w.Runs()
	offers, err2 := data.Live[data.Offering](w.store, "", "")
	r, err3 := w.Request(sent.ID)
	if err != nil || err2 != nil || err3 != nil || len(runs) != 0 || len(offers) != 0 || r.Chosen != "" || r.Asked[1].Status != partner.EnquirySent {
		t.Errorf("after undo: %d courses, %d offerings, %+v", len(runs), len(offers), r)
	}
}

// TestKeepsWhatItCannotRead: what a provider wrote is never lost.
func TestKeepsWhatItCannotRead(t *testing.T) {
	w := newWorld(t)
	sent := w.send(t)
	filled := brief.Filled{Enquiry: sent.Asked[1].ID, Name: "svar.xlsx", Values: map[string]string{brief.FieldPlace: "Gjøvik"},
		Problems: []brief.Problem{{Field: brief.FieldTotal, Cell: "B4", Why: brief.ProblemNumber, Text: "ca. 90 000"}}}
	got, err := w.ImportReply("Leste inn", "", &filled, w.words)
	if err != nil || got.Place != "Gjøvik" || got.Total != "" || got.Unread != "Pris for hele kurset, kroner (B4): ca. 90 000" || got.Source != "svar.xlsx" {
		t.Errorf("%+v %v", got, err)
	}
	filled.Enquiry = "fremmed"
	if _, err := w.ImportReply("Leste inn", "", &filled, w.words); data.Code(err) != "replyForeign" {
		t.Error(err)
	}
	if _, err := w.ImportReply("Leste inn", sent.Asked[2].ID, &brief.Filled{}, w.words); data.Code(err) != "replyEmpty" {
		t.Error(err)
	}
	filled.Enquiry = ""
	if _, err := w.ImportReply("Leste inn", "", &filled, w.words); data.Code(err) != "replyUnknown" {
		t.Error(err)
	}
}

// run is a course with counts of businesses: registered, started, completed,
// dropped.
func run(name, start string, counts ...[4]int64) Run {
	r := Run{Course: data.Course{Name: name, Start: start, Credits: 500}}
	r.ID = name
	for i, c := range counts {
		b := Business{Participation: data.Participation{Organisation: string(rune('a' + i)), Municipality: "3446", Registered: c[0], Started: c[1], Completed: c[2], Dropped: c[3], Credits: 500 * c[2]}, Business: "Bedrift " + string(rune('A'+i))}
		b.ID = name + b.Organisation
		r.Businesses = append(r.Businesses, b)
	}
	return r
}

// TestFindsWhatCannotBeRight names the field and the business, and stops nothing.
func TestFindsWhatCannotBeRight(t *testing.T) {
	words := lang.New("nb")
	fine := run("Fint", "2026-02-01", [4]int64{6, 5, 4, 1})
	fine.Businesses[0].Reason, fine.Status = ReasonTime, StatusDone
	if found := Check(&fine, words, "2026-12-01"); len(found) > 0 {
		t.Errorf("%+v", found)
	}
	for _, x := range []struct {
		field  string
		change func(r *Run, b *Business)
	}{
		{"started", func(_ *Run, b *Business) { b.Started, b.Completed = 7, 6 }},
		{"completed", func(_ *Run, b *Business) { b.Completed, b.Dropped = 6, 0 }},
		{"dropped", func(_ *Run, b *Business) { b.Dropped = 2 }},
		{"completed", func(_ *Run, b *Business) { b.Dropped = 0 }},
		{"reason", func(_ *Run, b *Business) { b.Reason = "" }},
		{"note", func(_ *Run, b *Business) { b.Reason = ReasonOther }},
		{"credits", func(_ *Run, b *Business) { b.Credits = 2001 }},
		{"credits", func(r *Run, b *Business) { b.Completed, b.Dropped, b.Started = 0, 5, 5 }},
		{"basis", func(_ *Run, b *Business) { b.People = []data.Participant{{Name: "Ola"}} }},
		{"registered", func(_ *Run, b *Business) {
			b.People = slices.Repeat([]data.Participant{{Name: "Ola", Basis: BasisConsent}}, 7)
		}},
		{"finish", func(r *Run, _ *Business) { r.Finish = "2026-01-01" }},
		{"finish", func(r *Run, _ *Business) { r.Finish = "2026-12-24" }},
		{"capacity", func(r *Run, _ *Business) { r.Capacity = 5 }},
		{"start", func(r *Run, _ *Business) { r.Start = "" }},
		{"status", func(r *Run, _ *Business) { r.Status = StatusPlanned }},
		{"score", func(r *Run, _ *Business) { r.Score, r.Answers = 600, 3 }},
		{"score", func(r *Run, _ *Business) { r.Answers = 3 }},
		{"answers", func(r *Run, _ *Business) { r.Score = 400 }},
		{"answers", func(r *Run, _ *Business) { r.Score, r.Answers = 400, 6 }},
	} {
		r := run("Galt", "2026-02-01", [4]int64{6, 5, 4, 1})
		r.Businesses[0].Reason, r.Status = ReasonTime, StatusDone
		x.change(&r, &r.Businesses[0])
		found := Check(&r, words, "2026-12-01")
		if !slices.ContainsFunc(found, func(f Finding) bool { return f.Field == x.field && f.Text != "" }) {
			t.Errorf("nothing about %s: %+v", x.field, found)
		}
	}
}

// TestTotals counts by course, business, municipality and half-year, and leaves out
// what was cancelled.
func TestTotals(t *testing.T) {
	words, places := lang.New("nb"), reference.Load()
	off := run("Avlyst", "2026-02-01", [4]int64{50, 50, 50, 0})
	off.Status = StatusCancelled
	runs := []Run{run("Sveising", "2026-02-01", [4]int64{6, 5, 4, 1}, [4]int64{8, 8, 8, 0}), run("Ledelse", "2026-09-01", [4]int64{2, 2, 2, 0}), off}
	for by, want := range map[By]int{ByCourse: 2, ByBusiness: 2, ByMunicipality: 1, ByHalf: 2} {
		got := Total(runs, by, words, places)
		if len(got.Rows) != want || got.Sum.Registered != 16 || got.Sum.Completed != 14 || got.Sum.Credits != 7000 || len(got.Sum.Courses) != 2 || got.Sum.Businesses != 2 {
			t.Errorf("%s: %+v", by, got)
		}
	}
	business := Total(runs, ByBusiness, words, places)
	if a := business.Rows[0]; a.Registered != 8 || len(a.Courses) != 2 || a.Name != "Bedrift A" {
		t.Errorf("%+v", a)
	}
}

// TestNoSmallCountLeaves: no count from one to four is shown, and none can be told
// from the sums or from the differences.
func TestNoSmallCountLeaves(t *testing.T) {
	words, places := lang.New("nb"), reference.Load()
	rapid.Check(t, func(t *rapid.T) {
		var runs []Run
		for i := range rapid.IntRange(1, 5).Draw(t, "courses") {
			var counts [][4]int64
			for range rapid.IntRange(0, 4).Draw(t, "businesses") {
				registered := rapid.Int64Range(0, 30).Draw(t, "registered")
				started := rapid.Int64Range(0, registered).Draw(t, "started")
				completed := rapid.Int64Range(0, started).Draw(t, "completed")
				counts = append(counts, [4]int64{registered, started, completed, started - completed})
			}
			runs = append(runs, run("Kurs "+string(rune('A'+i)), "2026-02-01", counts...))
		}
		for _, by := range Splits() {
			totals := Total(runs, by, words, places)
			rows, sum := totals.Public()
			all := append(slices.Clone(rows), sum)
			for i, r := range all {
				for c, n := range r.Numbers {
					if n > 0 && n < insight.LeastShown && (c != countBusinesses || by != ByBusiness) {
						t.Fatalf("%s: %s shows %d", by, r.Name, n)
					}
				}
				if n := r.Numbers; n[countDropped] == insight.Hidden && n[countStarted] > 0 && n[countCompleted] != insight.Hidden {
					t.Fatalf("%s: row %d tells how many dropped out: %v", by, i, n)
				}
			}
			for c := countRegistered; c <= countDropped; c++ {
				hidden := 0
				for _, r := range rows {
					if r.Numbers[c] == insight.Hidden {
						hidden++
					}
				}
				if hidden == 1 && sum.Numbers[c] != insight.Hidden {
					t.Fatalf("%s: the sum tells column %d: %v %v", by, c, rows, sum)
				}
			}
		}
	})
}

// TestFiguresInApplications: what can be told is put in, and a change in the counts
// makes it untrue.
func TestFiguresInApplications(t *testing.T) {
	w := newWorld(t)
	if text, err := w.Text(context.Background(), w.words); text != "" || err != nil {
		t.Error(text, err)
	}
	offering := data.Offering{Title: "Sveising"}
	if err := w.store.Update("La til", func(tx *data.Tx) error { return tx.Put(&offering) }); err != nil {
		t.Fatal(err)
	}
	c, err := w.Start("Startet", offering.ID)
	if err != nil {
		t.Fatal(err)
	}
	p, err := w.Add("La til", c.ID, w.berg.ID)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := w.Add("La til", c.ID, w.berg.ID); err != nil || again.ID != p.ID {
		t.Error("the same business twice", err)
	}
	if err := w.EditBusiness("Telte", p.ID, "registered", func(p *data.Participation) { p.Registered, p.Started, p.Completed, p.Dropped = 12, 11, 10, 1 }); err != nil {
		t.Fatal(err)
	}
	text, err := w.Text(context.Background(), w.words)
	if err != nil || !strings.Contains(text, "12 deltakere") || !strings.Contains(text, "10 har fullført") || strings.Contains(text, "11") || strings.Contains(text, "Berg") {
		t.Errorf("%q %v", text, err)
	}
}

// TestErasingAPersonKeepsTheCounts: the name goes, the numbers stay.
func TestErasingAPersonKeepsTheCounts(t *testing.T) {
	w := newWorld(t)
	person := data.Person{Name: "Ola Nordmann"}
	offering := data.Offering{Title: "Sveising"}
	if err := w.store.Update("La til", func(tx *data.Tx) error {
		if err := tx.Put(&person); err != nil {
			return err
		}
		return tx.Put(&offering)
	}); err != nil {
		t.Fatal(err)
	}
	c, err := w.Start("Startet", offering.ID)
	if err != nil {
		t.Fatal(err)
	}
	p, err := w.Add("La til", c.ID, w.berg.ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.EditBusiness("Telte", p.ID, "registered", func(p *data.Participation) { p.Registered = 3 }); err != nil {
		t.Fatal(err)
	}
	if _, err := w.PutName("Navn", data.Participant{Participation: p.ID, Person: person.ID, Status: StageRegistered, Basis: BasisConsent}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.store.Erase(data.Subject{Kind: "person", ID: person.ID}, data.EraseOptions{Label: "Slettet", Mark: "…"}); err != nil {
		t.Fatal(err)
	}
	run, err := w.Run(c.ID)
	if err != nil || len(run.Businesses[0].People) != 0 || run.Businesses[0].Registered != 3 {
		t.Errorf("%+v %v", run, err)
	}
}

// BenchmarkRuns reads 500 courses with 10 businesses each and adds them up by
// municipality: more than a county has in ten years.
func BenchmarkRuns(b *testing.B) {
	store, err := data.Open(filepath.Join(b.TempDir(), "a.kpilot"), data.Options{Create: true, AnyPlace: true})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = store.Close() })
	s := NewService(store, reference.Load())
	if err := store.Update("La til", func(tx *data.Tx) error {
		for range 500 {
			c := data.Course{Name: "Sveising", Start: "2026-02-01"}
			if err := tx.Put(&c); err != nil {
				return err
			}
			for range 10 {
				if err := tx.Put(&data.Participation{Course: c.ID, Name: "Sagbruk", Municipality: "3446", Registered: 6, Started: 6, Completed: 5, Dropped: 1}); err != nil {
					return err
				}
			}
		}
		return nil
	}); err != nil {
		b.Fatal(err)
	}
	words := lang.New("nb")
	for b.Loop() {
		if _, err := s.Totals(ByMunicipality, words); err != nil {
			b.Fatal(err)
		}
	}
}
