package grant

import (
	"context"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

const call2020 = "kompetansepiloter-2020"

// service is a service on an empty workspace.
func service(t testing.TB) *Service {
	t.Helper()
	w, err := data.Open(filepath.Join(t.TempDir(), "a"+data.Extension), data.Options{Create: true, AnyPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	calls, err := LoadCalls(w)
	if err != nil {
		t.Fatal(err)
	}
	return NewService(w, calls, reference.Load(), nil, nil)
}

// begin makes an application with the public figures of Innlandet.
func begin(t testing.TB, s *Service, county, title string) string {
	t.Helper()
	id, err := s.Create("Ny", call2020, county, "nb", title)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Save("Fylt ut", id, func(d *data.Draft) error {
		from := innlandet()
		for i := range from.Cost {
			from.Cost[i].ID = ""
		}
		for i := range from.Financing {
			from.Financing[i].ID = ""
		}
		d.Cost, d.Financing = from.Cost, from.Financing
		d.Milestones = []data.Milestone{{Name: "Start", Date: "2021-01-10"}, {Name: "Nådd", Date: "2021-01-09", Done: "2021-01-09"}}
		d.Goals = []data.Goal{{Field: "mainGoals", Text: "Vekst", Due: "2021-02-20"}, {Field: "mainGoals", Text: "Uten dato"}}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return id
}

func standings(t testing.TB, s *Service) []Standing {
	t.Helper()
	all, err := s.Standings(context.Background(), lang.New("nb"))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestStandingsSayWhatTheCheckSays(t *testing.T) {
	s := service(t)
	for _, county := range []string{"34", "34", "18"} {
		begin(t, s, county, "Skog")
	}
	outside := begin(t, s, "34", "Utenfor")
	if err := s.SetOutsideCeiling("Utenfor", outside, true); err != nil {
		t.Fatal(err)
	}
	all := standings(t, s)
	if len(all) != 4 {
		t.Fatalf("%d standings, want 4", len(all))
	}
	for _, got := range all {
		report, err := s.Check(got.ID, lang.New("nb"), "")
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got.Report, report) {
			t.Errorf("%s in %s: the report differs from the check's", got.Title, got.County)
		}
		budget, err := s.Budget(got.ID, "nb")
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got.Budget, budget) {
			t.Errorf("%s in %s: the budget differs", got.Title, got.County)
		}
		if !got.Stopped() || len(got.Unconfirmed) != 1 || got.Unconfirmed[0].Sum != 1_882_000 {
			t.Errorf("stopped %v, unconfirmed %+v", got.Stopped(), got.Unconfirmed)
		}
	}
}

func TestStandingOfALostCall(t *testing.T) {
	s := service(t)
	id := begin(t, s, "34", "Skog")
	if err := s.Save("x", id, func(d *data.Draft) error { d.Application.Call = "gone"; return nil }); err != nil {
		t.Fatal(err)
	}
	all := standings(t, s)
	if len(all) != 1 || all[0].Call != nil || all[0].Stopped() || all[0].Deadline() != "" {
		t.Fatalf("got %+v", all)
	}
	if len(CeilingUses(all)) != 0 {
		t.Error("an application without a call counts against a ceiling")
	}
}

func TestSectionsCountWhatMustBeFilledIn(t *testing.T) {
	s := service(t)
	begin(t, s, "34", "Skog")
	got := standings(t, s)[0].Sections
	want := map[string][2]int{"applicationInfo": {1, 4}, "contactInfo": {1, 3}, "economy": {2, 2}, "geography": {0, 1}, "attachments": {0, 0}}
	for _, state := range got {
		if w, ok := want[state.Section.ID]; ok && (state.Filled != w[0] || state.Required != w[1]) {
			t.Errorf("%s: %d of %d, want %d of %d", state.Section.ID, state.Filled, state.Required, w[0], w[1])
		}
	}
	if i := slices.IndexFunc(got, func(s SectionState) bool { return s.Section.ID == "economy" }); got[i].Stops == 0 {
		t.Error("the share stops, but not on the economy section")
	}
}

func TestDueNow(t *testing.T) {
	s := service(t)
	begin(t, s, "34", "Skog")
	all := standings(t, s)
	names := func(in []DueOf) (out []string) {
		for _, d := range in {
			out = append(out, d.Name)
		}
		return out
	}
	for _, c := range []struct {
		today        string
		soon, passed []string
	}{
		{"2020-12-01", nil, nil},
		{"2020-12-11", []string{"Start"}, nil}, // 30 days before
		{"2020-12-10", nil, nil},               // 31
		{"2021-01-10", []string{"Start"}, nil}, // the day itself
		{"2021-01-25", []string{"Vekst"}, []string{"Start"}},
		{"2022-01-01", nil, []string{"Vekst", "Start"}},
	} {
		soon, passed := DueNow(all, c.today)
		if !slices.Equal(names(soon), c.soon) || !slices.Equal(names(passed), c.passed) {
			t.Errorf("%s: soon %v, passed %v; want %v, %v", c.today, names(soon), names(passed), c.soon, c.passed)
		}
	}
}

func TestDeadlines(t *testing.T) {
	at := func(id, date string) *Call {
		c := &Call{ID: id}
		c.Dates.Deadline.Value = date
		return c
	}
	calls := []*Call{at("old", "2020-10-01"), at("later", "2026-12-01"), at("none", ""), at("older", "2019-01-01"), at("soon", "2026-11-26"), at("unused", "2020-10-02")}
	all := []Standing{{CallID: "old", Status: data.StatusDraft}, {CallID: "older", Status: data.StatusDraft}, {CallID: "old", Status: data.StatusSubmitted}}
	var got []string
	for _, d := range Deadlines(calls, all, "2026-11-25") {
		got = append(got, d.Call.ID)
		if d.Call.ID == "old" && len(d.Drafts) != 1 {
			t.Errorf("%d drafts wait for the old deadline, want 1", len(d.Drafts))
		}
	}
	if next := NextCall(calls, "2026-11-25"); next.ID != "soon" {
		t.Errorf("the next call is %q, want soon", next.ID)
	}
	if next := NextCall(calls, "2030-01-01"); next.ID != "old" || NextCall(nil, "2030-01-01") != nil {
		t.Errorf("with all deadlines passed the call is %q, want the first", next.ID)
	}
	if want := []string{"soon", "later", "old", "older"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestCeilingUses(t *testing.T) {
	s := service(t)
	begin(t, s, "34", "En")
	begin(t, s, "34", "To")
	begin(t, s, "18", "Annet fylke")
	if err := s.SetOutsideCeiling("x", begin(t, s, "34", "Utenfor"), true); err != nil {
		t.Fatal(err)
	}
	uses := CeilingUses(standings(t, s))
	if len(uses) != 2 {
		t.Fatalf("%d uses, want one a county", len(uses))
	}
	i := slices.IndexFunc(uses, func(u CeilingUse) bool { return u.County == "34" })
	u := uses[i]
	if len(u.Applications) != 2 || u.Sum != 8_800_000 || u.Period != 4_400_000 {
		t.Errorf("use = %+v", u)
	}
	if y := u.Years[0]; y.Year != 2020 || y.Sum != 2_800_000 || y.Ceiling != 1_400_000 || !y.Firm {
		t.Errorf("2020 = %+v", y)
	}
	if y := u.Years[3]; y.HasLimit {
		t.Errorf("2023 has no ceiling, got %+v", y)
	}
}

func TestApplicants(t *testing.T) {
	s := service(t)
	call, err := s.calls.Get(call2020)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range s.Applicants(call) {
		if a.Eligible != (a.County.Number != "03") {
			t.Errorf("%s may apply: %v", a.County.Name, a.Eligible)
		}
	}
	for number, want := range map[string]string{"34": "34", "40": "38", "39": "38", "32": "30", "55": "54", "38": "38", "99": "", "": ""} {
		if got := s.ApplicantFor(call, number); got != want {
			t.Errorf("county %q applies as %q, want %q", number, got, want)
		}
	}
	norms := map[string]string{"15": "nn", "46": "nn", "34": "", "38": "", "30": ""}
	for _, a := range s.Applicants(call) {
		if want, ok := norms[a.County.Number]; ok && s.NormOf(a.County) != want {
			t.Errorf("%s writes %q, want %q", a.County.Name, s.NormOf(a.County), want)
		}
	}
}

func TestCreateFromIsOneStep(t *testing.T) {
	s := service(t)
	from := begin(t, s, "34", "Skog")
	before, _, err := s.Load(from)
	if err != nil {
		t.Fatal(err)
	}
	id, err := s.CreateFrom("Laget søknaden", call2020, "18", "nn", "Hav", from)
	if err != nil {
		t.Fatal(err)
	}
	d, _, err := s.Load(id)
	if err != nil {
		t.Fatal(err)
	}
	if a := d.Application; a.Title() != "Hav" || a.County != "18" || a.Language != "nn" || a.Status != data.StatusDraft ||
		ParseOrganisation(a.Answers["projectOwner"]).Name != "Nordland fylkeskommune" {
		t.Errorf("application = %+v", a)
	}
	call, _ := s.calls.Get(call2020)
	if b := ComputeBudget(call, &d, nil, "nb"); b.TotalCost != 6_282_000 || b.Grant != 4_400_000 {
		t.Errorf("the budget did not follow: %+v", b)
	}
	if len(d.Goals) != 2 || len(d.Milestones) != 2 || d.Milestones[1].Done != "" {
		t.Errorf("goals %+v, milestones %+v", d.Goals, d.Milestones)
	}
	after, _, err := s.Load(from)
	if err != nil || !reflect.DeepEqual(before, after) {
		t.Errorf("the earlier application changed (%v)", err)
	}
	if label, err := s.w.Undo(); err != nil || label != "Laget søknaden" {
		t.Fatal(label, err)
	}
	if all := standings(t, s); len(all) != 1 {
		t.Errorf("%d applications after one undo, want 1", len(all))
	}
}

// BenchmarkStandings is what the overview waits for with twenty full
// applications.
func BenchmarkStandings(b *testing.B) {
	s := service(b)
	first := begin(b, s, "34", "Skog")
	for range 19 {
		if _, err := s.CreateFrom("x", call2020, "34", "nb", "Kopi", first); err != nil {
			b.Fatal(err)
		}
	}
	words := lang.New("nb")
	for b.Loop() {
		if _, err := s.Standings(context.Background(), words); err != nil {
			b.Fatal(err)
		}
	}
}
