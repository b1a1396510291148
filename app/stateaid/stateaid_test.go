package stateaid_test

import (
	"path/filepath"
	"slices"
	"testing"

	"kompetansepilot/app/stateaid"
	"kompetansepilot/data"
)

// award is ordinary de minimis aid of so many euros.
func award(date string, eur int64) data.Aid {
	return data.Aid{Row: data.Row{ID: "a" + date}, Date: date, Amount: eur * 10, EUR: eur * 100, Basis: stateaid.BasisDeMinimis}
}

func TestCapOfTheDay(t *testing.T) {
	rules := stateaid.BuiltIn()
	awards := []data.Aid{award("2020-12-31", 60_000), award("2021-01-01", 50_000), award("2022-06-01", 40_000), award("2023-12-31", 70_000), award("2024-01-01", 100_000), award("2026-06-01", 30_000)}
	for _, c := range []struct {
		date, from string
		sum, limit int64
		counted    int
		level      stateaid.Level
	}{
		{"2022-12-31", "2020-01-01", 150_000, 200_000, 3, stateaid.Low},
		{"2023-12-31", "2021-01-01", 160_000, 200_000, 3, stateaid.Near}, // three fiscal years: 2020 is out, 80 %
		{"2024-01-01", "2021-01-02", 210_000, 300_000, 3, stateaid.Low},  // any three years, to the day
		{"2026-12-31", "2024-01-01", 130_000, 300_000, 2, stateaid.Low},  // the first day counts
		{"2027-01-01", "2024-01-02", 30_000, 300_000, 1, stateaid.Low},   // and is out a day later
		{"2013-12-31", "2013-12-31", 0, -1, 0, stateaid.Low},             // no rules
	} {
		s := rules.Add(awards, c.date, stateaid.BasisDeMinimis, "")
		limit := int64(-1)
		if s.Cap != nil {
			limit = s.Cap.EUR.Value
		}
		if s.From != c.from || s.Cents != c.sum*100 || limit != c.limit || len(s.Counted) != c.counted || s.Level != c.level {
			t.Errorf("%s: from %s, %d cents of %d, %d entries, level %d; want %+v", c.date, s.From, s.Cents, limit, len(s.Counted), s.Level, c)
		}
	}
	freight := rules.Add([]data.Aid{award("2022-01-01", 100_000)}, "2022-02-01", stateaid.BasisDeMinimis, stateaid.SectorRoadFreight)
	if freight.Cap.EUR.Value != 100_000 || freight.Level != stateaid.Full || freight.Left() != 0 {
		t.Errorf("road freight %+v", freight)
	}
	over := rules.Add([]data.Aid{award("2025-01-01", 300_001)}, "2025-02-01", stateaid.BasisDeMinimis, "")
	if over.Level != stateaid.Full || over.Left() != -100 {
		t.Errorf("over the cap: %d left, level %d", over.Left(), over.Level)
	}
}

func TestUnconfirmedIsTold(t *testing.T) {
	rules := stateaid.BuiltIn()
	old, now := rules.Add(nil, "2022-01-01", stateaid.BasisDeMinimis, ""), rules.Add(nil, "2026-01-01", stateaid.BasisDeMinimis, "")
	if got := old.Doubts(); slices.Contains(got, stateaid.DoubtCap) || slices.Contains(got, stateaid.DoubtWindow) {
		t.Errorf("doubts of 2022: %v", got)
	}
	if got := now.Doubts(); !slices.Equal(got, []stateaid.Doubt{stateaid.DoubtDates, stateaid.DoubtWindow}) {
		t.Errorf("doubts of 2026: %v", got)
	}
	freight := rules.Add(nil, "2026-01-01", stateaid.BasisDeMinimis, stateaid.SectorRoadFreight)
	if got := freight.Doubts(); !slices.Contains(got, stateaid.DoubtCap) {
		t.Errorf("that road freight has no cap of its own is not confirmed: %v", got)
	}
}

func TestLedger(t *testing.T) {
	unpriced, undated, unclassed, purchase := award("2026-02-01", 0), award("", 10), award("2026-03-01", 10), award("2026-03-02", 1000)
	unpriced.Amount, unclassed.Basis, purchase.Basis = 50_000, "", stateaid.BasisPurchase
	byRate := data.Aid{Row: data.Row{ID: "r"}, Date: "2026-01-10", Amount: 1_143_250, Rate: 114_325, Basis: stateaid.BasisDeMinimis}
	l := stateaid.NewLedger(stateaid.BuiltIn(), []data.Aid{unpriced, undated, unclassed, purchase, byRate}, "2026-11-25")
	if len(l.Now) != 1 || l.Now[0].Cents != 100_000*100 || len(l.Now[0].Counted) != 1 || len(l.Now[0].Unpriced) != 1 {
		t.Errorf("today: %+v", l.Now)
	}
	if len(l.Undated) != 1 || len(l.Unclassed) != 1 || len(l.Awards) != 5 || l.Awards[0].Date != "2026-03-02" || l.Awards[0].Counts {
		t.Errorf("ledger %+v", l)
	}
	for _, a := range l.Awards {
		if a.ID == "r" && (!a.Counts || a.Then.Date != "2026-01-10" || a.Then.Cents != 100_000*100) {
			t.Errorf("on the day of the award: %+v", a.Then)
		}
	}
	if l.Level() != stateaid.Low {
		t.Error("a third of the cap warns")
	}
	after := stateaid.With([]data.Aid{byRate}, data.Aid{Row: data.Row{ID: "r"}, Amount: 1})
	if len(after) != 1 || after[0].Amount != 1 || byRate.Amount == 1 {
		t.Error("With changes the wrong thing")
	}
}

func TestNumbers(t *testing.T) {
	for text, want := range map[string]int64{"": 0, "11,4325": 114325, "11.5": 115000, "12": 120000} {
		if got, err := stateaid.ParseRate(text); err != nil || got != want {
			t.Errorf("rate %q is %d, %v", text, got, err)
		}
	}
	for _, text := range []string{"x", "-1", "1,23456", ",5", "99999999999999999999", "1e3"} {
		if got, err := stateaid.ParseRate(text); err == nil {
			t.Errorf("rate %q is %d", text, got)
		}
	}
	if got, err := stateaid.ParseEUR("12 345,6"); err != nil || got != 1_234_560 || stateaid.DecimalText(got, 2, ",") != "12345,6" {
		t.Errorf("euros %d, %v", got, err)
	}
	if got := stateaid.DecimalText(114_025, 4, ","); got != "11,4025" {
		t.Errorf("rate text %q", got)
	}
	if got := stateaid.Cents(data.MaxAmount, 1); got <= 0 {
		t.Errorf("the largest amount overflows: %d", got)
	}
}

func TestRulesAreChangedAsData(t *testing.T) {
	w, err := data.Open(filepath.Join(t.TempDir(), "a.kpilot"), data.Options{Create: true, Actor: "Kari", AnyPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	s := stateaid.New(w)
	rules, err := s.Rules()
	if err != nil || rules.Own() {
		t.Fatalf("own %v, %v", rules.Own(), err)
	}
	rules.Regimes[1].From = stateaid.Fact[string]{Value: "2025-05-01", Verified: true, Source: "Lovdata"}
	if err := s.SetRules("Endret reglene", rules); err != nil {
		t.Fatal(err)
	}
	if rules, err = s.Rules(); err != nil || !rules.Own() || rules.On("2024-06-01") != nil || rules.On("2025-05-01") == nil {
		t.Errorf("changed rules %+v, %v", rules, err)
	}
	bad := rules
	bad.Regimes = slices.Clone(rules.Regimes)
	bad.Regimes[1].From.Value = "i fjor"
	if err := s.SetRules("Endret", bad); data.Code(err) != stateaid.CodeRules {
		t.Errorf("a date that is none: %v", err)
	}
	if _, err := w.Undo(); err != nil {
		t.Fatal(err)
	}
	if rules, _ = s.Rules(); rules.Own() {
		t.Error("undo keeps the change")
	}
	if err := s.ResetRules("Satt tilbake"); err != nil {
		t.Fatal(err)
	}
}
