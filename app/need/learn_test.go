package need_test

import (
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/need"
	"kompetansepilot/app/partner"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

func newService(t testing.TB) (*need.Service, *data.Workspace) {
	t.Helper()
	w, err := data.Open(filepath.Join(t.TempDir(), "a.kpilot"), data.Options{Create: true, AnyPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	return need.NewService(w, reference.Load()), w
}

func putOffer(t testing.TB, w *data.Workspace, id, title, description string) {
	t.Helper()
	o := data.Offering{Row: data.Row{ID: id}, Title: title, Description: description, Level: "course", Form: "net"}
	if err := w.Update("Nytt tilbud", func(tx *data.Tx) error { return tx.Put(&o) }); err != nil {
		t.Fatal(err)
	}
}

func putNeed(t testing.TB, s *need.Service, text string) data.Need {
	t.Helper()
	n := data.Need{Text: text, Level: need.Any, Form: need.Any, People: 2, Industry: "Butikk (SN2007 47)"}
	if _, err := s.Add("Nytt behov", &n); err != nil {
		t.Fatal(err)
	}
	return n
}

func answer(t testing.TB, s *need.Service, n data.Need) need.Answer {
	t.Helper()
	f, err := s.Finder(need.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	return f.Answer(&n)
}

func titles(all []need.Ranked) []string {
	var ids []string
	for _, r := range all {
		ids = append(ids, r.Offer)
	}
	return ids
}

// TestOrderLearnsAndForgets: a rejection for a need moves the offer down for one
// that is like it, and undo takes that back.
func TestOrderLearnsAndForgets(t *testing.T) {
	s, w := newService(t)
	putOffer(t, w, "A", "Nettbutikk for små bedrifter", "Bygg og drift av nettbutikk.")
	putOffer(t, w, "B", "Nettbutikk og frakt", "Drift av nettbutikk, frakt og retur.")
	first, second := putNeed(t, s, "Vi trenger å lære å drive nettbutikk"), putNeed(t, s, "Hvordan driver vi en nettbutikk?")
	before := answer(t, s, second)
	if len(before.Fits) != 2 {
		t.Fatalf("fits %v", titles(before.Fits))
	}
	best := before.Fits[0]
	if err := s.Decide("Avviste", data.MatchDecision{Need: first.ID, Offering: best.Offer, Decision: data.MatchRejected, Reason: need.RejectSubject}); err != nil {
		t.Fatal(err)
	}
	after := answer(t, s, second)
	if got := titles(after.Fits); got[0] == best.Offer || after.Fits[len(after.Fits)-1].Against != 1 {
		t.Errorf("after a rejection for a need like it: %v", got)
	}
	if again := answer(t, s, second); !slices.Equal(titles(again.Fits), titles(after.Fits)) {
		t.Error("the same question has two answers")
	}
	if got := titles(answer(t, s, first).Rejected); !slices.Equal(got, []string{best.Offer}) {
		t.Errorf("rejected %v", got)
	}
	if _, err := w.Undo(); err != nil {
		t.Fatal(err)
	}
	if got := answer(t, s, second); got.Fits[0].Offer != best.Offer || got.Fits[0].Score != best.Score {
		t.Errorf("undo leaves %v", titles(got.Fits))
	}
	if err := s.Decide("Avviste", data.MatchDecision{Need: first.ID, Offering: best.Offer, Decision: data.MatchRejected, Reason: need.RejectPrice}); err != nil {
		t.Fatal(err)
	}
	if got := answer(t, s, second); got.Fits[0].Score != best.Score {
		t.Error("a rejection for the price counts for others")
	}
}

// TestAcceptedIsFoundForOthers: what the matching does not find is answered once
// it was accepted for a need that is alike.
func TestAcceptedIsFoundForOthers(t *testing.T) {
	s, w := newService(t)
	putOffer(t, w, "A", "Kransertifikat", "For kranførere.")
	first, second := putNeed(t, s, "Vi trenger å lære å drive nettbutikk"), putNeed(t, s, "Vi må lære å drive nettbutikk bedre")
	if got := answer(t, s, second); len(got.Fits) != 0 {
		t.Fatalf("fits %v", titles(got.Fits))
	}
	for _, d := range []string{data.MatchNone, data.MatchAccepted} {
		m := data.MatchDecision{Need: first.ID, Decision: d}
		if d == data.MatchAccepted {
			m.Offering = "A"
		}
		if err := s.Decide(d, m); err != nil {
			t.Fatal(err)
		}
	}
	if got := answer(t, s, second); !slices.Equal(titles(got.Fits), []string{"A"}) || got.Fits[0].For != 1 {
		t.Errorf("fits %+v", got.Fits)
	}
	if got := answer(t, s, first); got.None != nil || len(got.Accepted()) != 1 {
		t.Errorf("accepted and none at once: %+v", got)
	}
	if n, err := s.Waiting(); err != nil || n != 1 {
		t.Errorf("%d wait, %v", n, err)
	}
}

// TestWordsAreCorrected: a word that the table does not know is learnt, and one
// that it knows is unlearnt; undo takes both back.
func TestWordsAreCorrected(t *testing.T) {
	s, w := newService(t)
	has := func(n data.Need, concept string) bool {
		t.Helper()
		terms, err := s.Terms()
		if err != nil {
			t.Fatal(err)
		}
		return slices.ContainsFunc(terms.Find(&n, 10), func(f need.Found) bool { return f.Concept.ID == concept && f.Strength > 0.4 })
	}
	known := putNeed(t, s, "Vi trenger nettbutikk")
	terms, err := s.Terms()
	if err != nil {
		t.Fatal(err)
	}
	concept := terms.Find(&known, 1)[0].Concept.ID
	strange := data.Need{Text: "Vi må få orden på fjompeplinget"}
	if has(strange, concept) {
		t.Fatal("knows the word already")
	}
	if _, err := s.Correct("Rettet", data.TermCorrection{Word: "fjompepling", Concept: concept, Sense: data.TermMeans}); err != nil {
		t.Fatal(err)
	}
	if !has(strange, concept) {
		t.Error("the word was not learnt")
	}
	if _, err := w.Undo(); err != nil {
		t.Fatal(err)
	}
	if has(strange, concept) {
		t.Error("the word is still known after undo")
	}
	if _, err := s.Correct("Rettet", data.TermCorrection{Word: "nettbutikk", Concept: concept, Sense: data.TermMeansNot}); err != nil {
		t.Fatal(err)
	}
	if has(known, concept) {
		t.Error("the word still means it")
	}
	for _, word := range []string{"og", "", "vi"} {
		if _, err := s.Correct("Rettet", data.TermCorrection{Word: word, Concept: concept}); data.Message(err) == "" {
			t.Errorf("%q was taken: %v", word, err)
		}
	}
}

func TestFormsAreReadOrRefused(t *testing.T) {
	f, err := need.StandardForm()
	if err != nil || len(f.Parts) != 8 {
		t.Fatal(len(f.Parts), err)
	}
	short := 0
	for i := range f.Parts {
		short += len(f.Parts[i].Asked(true))
		for _, q := range f.Parts[i].Questions {
			for _, code := range lang.Codes {
				if q.Label[code] == "" {
					t.Errorf("%s has no label in %s", q.ID, code)
				}
			}
		}
	}
	if short < 4 || short > 8 {
		t.Errorf("the short form has %d questions", short)
	}
	for name, raw := range map[string]string{
		"no JSON": "{", "no needs": `{"parts":[]}`, "twice": `{"parts":[{"questions":[{"id":"a","kind":"needs","label":{"nb":"x"}},{"id":"a","kind":"text","label":{"nb":"x"}}]}]}`,
		"kind": `{"parts":[{"questions":[{"id":"a","kind":"moon","label":{"nb":"x"}}]}]}`, "options": `{"parts":[{"questions":[{"id":"a","kind":"choice","label":{"nb":"x"}}]}]}`,
		"unnamed": `{"parts":[{"questions":[{"kind":"text"}]}]}`,
	} {
		if _, err := need.ParseForm([]byte(raw)); data.Message(err) == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	s, w := newService(t)
	f.Parts[0].Questions[0].Label["nb"] = "Eget spørsmål?"
	if err := s.SetForm("Endret", f); err != nil {
		t.Fatal(err)
	}
	if got, own, err := s.Form(); err != nil || !own || got.Parts[0].Questions[0].Label["nb"] != "Eget spørsmål?" {
		t.Errorf("own form: %v %v", own, err)
	}
	if _, err := w.Undo(); err != nil {
		t.Fatal(err)
	}
	if _, own, _ := s.Form(); own {
		t.Error("undo left the county's form")
	}
	if err := s.SetForm("Endret", f); err != nil {
		t.Fatal(err)
	}
	if err := s.ResetForm("Tilbake"); err != nil {
		t.Fatal(err)
	}
	if err := s.SetForm("Endret", f); err != nil {
		t.Fatal(err)
	}
	if _, own, _ := s.Form(); !own {
		t.Error("a form set after a reset is not used")
	}
}

// TestInterviewFinishes: twice gives one activity, and a business that has come
// further stays there.
func TestInterviewFinishes(t *testing.T) {
	s, w := newService(t)
	o := data.Organisation{OrganisationOf: data.OrganisationBusiness, Name: "Berg Sag AS", Municipality: "3434", Industry: "16.110", IndustryStd: "SN2007", SizeBand: "5-9", Status: string(partner.StatusParticipating)}
	if err := w.Update("Ny", func(tx *data.Tx) error { return tx.Put(&o) }); err != nil {
		t.Fatal(err)
	}
	id, err := s.Start("Begynte", data.Interview{Organisation: o.ID})
	if err != nil {
		t.Fatal(err)
	}
	c, _ := s.Conversation(id)
	if err := s.Type("Endret", c.Needs[0].ID, "text", func(n *data.Need) { n.Text = "Sliping av sagblad" }); err != nil {
		t.Fatal(err)
	}
	if _, err := s.AddNeed("Et til", id); err != nil { // stays empty
		t.Fatal(err)
	}
	if err := s.TypeInterview("Endret", id, "followup", func(i *data.Interview) {
		i.Answers, i.Share = data.Values{"followup": "Ringe fagskolen", "form": need.FormBlended, "reach": "60"}, data.ConsentYes
	}); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := s.Finish("Fullførte", id, lang.New("nb")); err != nil {
			t.Fatal(err)
		}
	}
	all, _ := data.NeedsIn(w, id)
	if len(all) != 1 || all[0].Form != need.FormBlended || all[0].Reach != 60 || !all[0].Shareable || all[0].Employees != 9 || !strings.Contains(all[0].Industry, "16.110") {
		t.Errorf("needs %+v", all)
	}
	if log, _ := data.InteractionsAt(w, o.ID, 0); len(log) != 1 || !strings.Contains(log[0].Text, "Sliping") {
		t.Errorf("log %+v", log)
	}
	if tasks, _ := data.Live[data.Task](w, "organisation = ?", "", o.ID); len(tasks) != 1 || tasks[0].Text != "Ringe fagskolen" {
		t.Errorf("tasks %+v", tasks)
	}
	if got, _ := data.Get[data.Organisation](w, o.ID); got.Status != string(partner.StatusParticipating) {
		t.Errorf("status went back to %s", got.Status)
	}
}

const formsFile = "ID;Starttidspunkt;Fullføringstidspunkt;E-post;Hva heter bedriften?;Organisasjonsnummer;Hvilken kommune holder dere til i?;Hvor mange ansatte har dere?;Hva trenger dere å lære?;Hvor mange personer gjelder det?;Hvilket nivå?;Hvordan passer det best å gjennomføre kurset?;Hvor langt kan dere reise?;Når passer det tidligst?;Hva hindrer dere?;Kan behovet deles anonymt?\n" +
	"1;1.3.2026 10:00;1.3.2026 10:05;anonymous;Berg Sag;974760673;Øyer;8;Vedlikehold av sag;ca. 3 personer;Kort kurs;Nett og samlinger;inntil 60 km;Høsten 2026;Tid;Ja\n" +
	"2;1.3.2026 10:00;2.3.2026 11:05;post@fjord.no;Fjord Fisk AS;12;Lom;2-4;Pakking og hygiene;99999999;Doktorgrad;Digitalt;-5;mars;;Nei\n" +
	"3;1.3.2026 10:00;2.3.2026 11:05;;Tom AS;;;;;;;;;;;\n"

func TestSurveyIsTakenIn(t *testing.T) {
	s, w := newService(t)
	berg := data.Organisation{OrganisationOf: data.OrganisationBusiness, Name: "Berg Sag AS", OrgNumber: "974760673", Municipality: "3440"}
	if err := w.Update("Ny", func(tx *data.Tx) error { return tx.Put(&berg) }); err != nil {
		t.Fatal(err)
	}
	sheet := filepath.Join(t.TempDir(), "svar.xlsx")
	x := excelize.NewFile()
	rows, err := readAll(formsFile)
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		cell, _ := excelize.CoordinatesToCellName(1, i+1)
		if err := x.SetSheetRow("Sheet1", cell, &row); err != nil {
			t.Fatal(err)
		}
	}
	if err := x.SaveAs(sheet); err != nil {
		t.Fatal(err)
	}
	plain := filepath.Join(t.TempDir(), "svar.csv")
	if err := os.WriteFile(plain, []byte(formsFile), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{sheet, plain} {
		v, err := s.OpenSurvey(path, "")
		if err != nil {
			t.Fatal(err)
		}
		want := []need.Column{need.ColumnOfID, need.ColumnOfNothing, need.ColumnOfDate, need.ColumnOfEmail, need.ColumnOfBusiness, need.ColumnOfNumber, need.ColumnOfMunicipality, need.ColumnOfEmployees,
			need.ColumnOfNeed, need.ColumnOfPeople, need.ColumnOfLevel, need.ColumnOfForm, need.ColumnOfReach, need.ColumnOfFrom, need.ColumnOfNote, need.ColumnOfShare}
		if !slices.Equal(v.Matching, want) {
			t.Fatalf("%s: matched\n%q, want\n%q", filepath.Base(path), v.Matching, want)
		}
	}
	v, _ := s.OpenSurvey(plain, "")
	plan, err := s.PlanSurvey(context.Background(), v, need.Taking{Make: true})
	if err != nil {
		t.Fatal(err)
	}
	if needs, known, fresh, skipped := plan.Count(); needs != 2 || known != 1 || fresh != 1 || skipped != 1 {
		t.Errorf("plan %d %d %d %d", needs, known, fresh, skipped)
	}
	if n, err := s.TakeSurvey(context.Background(), "Leste inn", plan, lang.New("nb")); err != nil || n != 2 {
		t.Fatal(n, err)
	}
	list, err := s.List(need.Query{Sort: []need.Sort{{Column: need.ColumnText}}})
	if err != nil || len(list) != 2 {
		t.Fatal(len(list), err)
	}
	fish, saw := list[0], list[1]
	if saw.Business != "Berg Sag AS" || saw.People != 3 || saw.Level != need.LevelCourse || saw.Form != need.FormBlended || saw.Reach != 60 || saw.FromMonth != 8 || saw.ToMonth != 12 || !saw.Shareable || saw.Interview != "2026-03-01" {
		t.Errorf("saw %+v", saw)
	}
	if fish.Business != "Fjord Fisk AS" || fish.People != 1 || fish.Level != need.Any || fish.Reach != 0 || fish.Form != need.FormOnline || fish.Shareable || fish.Employees != 4 {
		t.Errorf("fish %+v", fish)
	}
	kinds := map[string]bool{}
	for _, n := range plan.Responses[1].Notices {
		kinds[n.Kind] = true
		if n.Sentence(lang.New("nb")) == "" {
			t.Errorf("no sentence for %s", n.Kind)
		}
	}
	if !kinds[need.NoticeNumber] || !kinds[need.NoticeLevel] || !kinds[need.NoticeOrgNumber] {
		t.Errorf("notices %v", kinds)
	}
	if got, _ := data.Get[data.Organisation](w, berg.ID); got.Status != string(partner.StatusMapped) {
		t.Errorf("status %q", got.Status)
	}
	if again, _ := s.PlanSurvey(context.Background(), v, need.Taking{Make: true}); again != nil {
		if needs, _, _, _ := again.Count(); needs != 0 {
			t.Errorf("taken in twice: %d", needs)
		}
	}
	if _, err := w.Undo(); err != nil {
		t.Fatal(err)
	}
	if list, _ = s.List(need.Query{}); len(list) != 0 {
		t.Errorf("undo leaves %d", len(list))
	}
}

func readAll(text string) ([][]any, error) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma = ';'
	all, err := r.ReadAll()
	var rows [][]any
	for _, row := range all {
		var cells []any
		for _, c := range row {
			cells = append(cells, c)
		}
		rows = append(rows, cells)
	}
	return rows, err
}

// TestFindings: what is odd in a kept need is told at its field.
func TestFindings(t *testing.T) {
	places := reference.Load()
	for name, c := range map[string]struct {
		need data.Need
		want string
	}{
		"empty":      {data.Need{}, need.FieldText},
		"one letter": {data.Need{Text: "a"}, need.FieldText},
		"digits":     {data.Need{Text: "12345 678"}, need.FieldText},
		"long":       {data.Need{Text: strings.Repeat("nettbutikk og ", 1500)}, need.FieldText},
		"month":      {data.Need{Text: "Nettbutikk", FromMonth: 13, ToMonth: 2}, need.FieldFrom},
		"to":         {data.Need{Text: "Nettbutikk", FromMonth: 1, ToMonth: 14}, need.FieldTo},
		"people":     {data.Need{Text: "Nettbutikk", People: -4}, need.FieldPeople},
		"employees":  {data.Need{Text: "Nettbutikk", People: 40, Employees: 3}, need.FieldPeople},
		"reach":      {data.Need{Text: "Nettbutikk", Reach: 90_000}, need.FieldReach},
		"place":      {data.Need{Text: "Nettbutikk", Municipality: "9999"}, need.FieldMunicipality},
		"old place":  {data.Need{Text: "Nettbutikk", Municipality: "0517"}, need.FieldMunicipality},
		"level":      {data.Need{Text: "Nettbutikk", Level: "doktor"}, need.FieldLevel},
		"no journey": {data.Need{Text: "Nettbutikk", Form: need.FormGather}, need.FieldReach},
	} {
		before := c.need
		got := need.Findings(&c.need, places)
		if len(got) != 1 || got[0].Field != c.want || got[0].Sentence(lang.New("nn")) == "" {
			t.Errorf("%s: %+v", name, got)
		}
		if c.need != before {
			t.Errorf("%s: the need was changed", name)
		}
	}
	if got := need.Findings(&data.Need{Text: "Nettbutikk", Level: need.Any, Form: need.Any}, places); len(got) != 0 {
		t.Errorf("a good one has %+v", got)
	}
}

func TestExportComesBack(t *testing.T) {
	s, _ := newService(t)
	n := data.Need{Text: "Nettbutikk", OwnWords: "«vi skjønner ingenting»", Level: need.LevelCourse, Form: need.FormOnline, People: 3, Municipality: "3440", FromMonth: 2, ToMonth: 4, Norm: "nb", Credits: 750, Urgency: data.UrgencyHigh, Shareable: true, Interview: "2026-01-02"}
	hidden := data.Need{Text: "Regnskap"}
	for _, x := range []*data.Need{&n, &hidden} {
		if _, err := s.Add("Nytt", x); err != nil {
			t.Fatal(err)
		}
	}
	list, _ := s.List(need.Query{})
	path := filepath.Join(t.TempDir(), "ut.csv")
	if count, err := need.Export(path, list, false, lang.New("nb")); err != nil || count != 2 {
		t.Fatal(count, err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	read, err := need.ReadNeeds(f, reference.Load())
	if err != nil {
		t.Fatal(err)
	}
	if done, err := s.Import("Leste inn", read); err != nil || done.Same != 2 {
		t.Errorf("came back as %+v, %v", done, err)
	}
	if count, err := need.Export(path, list, true, lang.New("nb")); err != nil || count != 1 {
		t.Fatal(count, err)
	}
	raw, _ := os.ReadFile(path)
	if strings.Contains(string(raw), "skjønner") || strings.Contains(string(raw), "Regnskap") {
		t.Error("an anonymous file tells too much")
	}
}

// FuzzSurvey: any file is planned whole or refused with a sentence, and planning
// keeps nothing.
func FuzzSurvey(f *testing.F) {
	f.Add([]byte(formsFile))
	f.Add([]byte("Behov;Reise\n\"a;999999999999999999999\n"))
	f.Add([]byte("\xff\xfeB\x00\n\x00"))
	s, w := newService(f)
	path := filepath.Join(f.TempDir(), "svar.csv")
	f.Fuzz(func(t *testing.T, raw []byte) {
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		v, err := s.OpenSurvey(path, "")
		if err == nil {
			_, err = s.PlanSurvey(context.Background(), v, need.Taking{Make: true})
		}
		if err != nil && data.Message(err) == "" {
			t.Fatalf("no sentence: %v", err)
		}
		if n, err := w.Count("SELECT (SELECT count(*) FROM need) + (SELECT count(*) FROM interview)"); err != nil || n != 0 {
			t.Fatalf("kept %d, %v", n, err)
		}
	})
}

func FuzzForm(f *testing.F) {
	f.Add([]byte(`{"parts":[{"questions":[{"id":"a","kind":"needs","label":{"nb":"x"}}]}]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		form, err := need.ParseForm(raw)
		if err != nil {
			if data.Message(err) == "" {
				t.Fatalf("no sentence: %v", err)
			}
			return
		}
		again, err := form.JSON()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := need.ParseForm(again); err != nil {
			t.Fatalf("does not come back: %v", err)
		}
	})
}
