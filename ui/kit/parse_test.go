package kit

import (
	"errors"
	"testing"
	"time"
)

func TestParseDate(t *testing.T) {
	today := time.Date(2026, 11, 24, 15, 0, 0, 0, time.Local)
	for text, want := range map[string]string{
		"":              "",
		"  ":            "",
		"17.5.26":       "2026-05-17",
		"17.05.2026":    "2026-05-17",
		"17.05.2026.":   "2026-05-17",
		"17/5":          "2026-05-17",
		"17.5":          "2026-05-17",
		"17.5.":         "2026-05-17",
		"17-5-2027":     "2027-05-17",
		"17 5 27":       "2027-05-17",
		"170526":        "2026-05-17",
		"17052026":      "2026-05-17",
		"2026-05-17":    "2026-05-17",
		"17. mai 2026":  "2026-05-17",
		"17 Mai":        "2026-05-17",
		"1. desember":   "2026-12-01",
		"3. oct 2025":   "2025-10-03",
		"29.2.2028":     "2028-02-29",
		"i dag":         "2026-11-24",
		" I  DAG ":      "2026-11-24",
		"i morgen":      "2026-11-25",
		"i går":         "2026-11-23",
		"+7":            "2026-12-01",
		"fre":           "2026-11-27",
		"Tysdag":        "2026-12-01",
		"lau":           "2026-11-28",
		"+ 40":          "2027-01-03",
		"-24":           "2026-10-31",
		"01.01.00":      "2000-01-01",
		"31.12.2026   ": "2026-12-31",
	} {
		if got, err := ParseDate(text, today); err != nil || got != want {
			t.Errorf("ParseDate(%q) = %q, %v, want %q", text, got, err, want)
		}
	}
	for text, want := range map[string]error{
		"31.2.2026":  errNoSuchDay,
		"29.2.2026":  errNoSuchDay,
		"1.13.2026":  errNoSuchDay,
		"0.1.2026":   errNoSuchDay,
		"320526":     errNoSuchDay,
		"2026-02-30": errNoSuchDay,
		"snart":      errNotDate,
		"17":         errNotDate,
		"17.5.202":   errNotDate,
		"17. mars26": errNotDate,
		"+":          errNotDate,
		"17. foo":    errNotDate,
	} {
		if got, err := ParseDate(text, today); !errors.Is(err, want) {
			t.Errorf("ParseDate(%q) = %q, %v, want %v", text, got, err, want)
		}
	}
}

// FuzzParseDate: whatever is typed, the answer is a date that reads back.
func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"17.5.26", "i dag", "+7", "31.02.26", "17. mai", "æ.ø.å"} {
		f.Add(s)
	}
	today := time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, s string) {
		iso, err := ParseDate(s, today)
		if err != nil || iso == "" {
			return
		}
		if again, err := ParseDate(iso, today); err != nil || again != iso {
			t.Errorf("%q became %q, which reads as %q, %v", s, iso, again, err)
		}
	})
}

func TestFold(t *testing.T) {
	for text, want := range map[string]string{
		"Sør-Aurdal": "sor-aurdal", "Ås": "aas", "VÆRØY": "vaeroy", "Kárášjohka": "karasjohka",
		"Ŋ": "n", "e\u0301": "e", "A\u030angstrom": "aangstrom",
	} {
		if got := Fold(text); got != want {
			t.Errorf("Fold(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestFilterOptions(t *testing.T) {
	options := []Option{{ID: "1", Label: "Nord-Aurdal"}, {ID: "2", Label: "Åsnes", Note: "3418"}, {ID: "3", Label: "Aurskog"}}
	ids := func(query string) string {
		out := ""
		for _, o := range filterOptions(options, query) {
			out += o.ID
		}
		return out
	}
	for query, want := range map[string]string{
		"": "123", "aur": "31", "asnes": "2", "aasnes": "2", "Ås": "2", "3418": "2", "aur nord": "1", "oslo": "",
	} {
		if got := ids(query); got != want {
			t.Errorf("%q finds %q, want %q", query, got, want)
		}
	}
	many := make([]Option, 500)
	if got := len(filterOptions(many, "")); got != maxHits {
		t.Errorf("%d hits, want at most %d", got, maxHits)
	}
}
