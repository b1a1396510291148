package companies_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"kompetansepilot/app/companies"
	"kompetansepilot/app/companies/companiestest"
	"kompetansepilot/data"
)

// shelf is a store of a few units to find things in.
func shelf(t *testing.T) *companies.Store {
	t.Helper()
	var all []string
	for i, name := range []string{"HØVRINGEN FJELLHOTELL AS", "HOTELL UNION", "UNION HOTELL GEIRANGER AS", "ÅSE ØDEGÅRD RØR", "RØROS HOTELL AS", "HOTELLDRIFT AS",
		"VÅGÅ SAG & HØVLERI AS", "KAFÉ ČÁHPPES", "NORSK HYDRO ASA", "HYDRO NORSK KRAFT AS", "KIOSK 1881 AS"} {
		place := "3435"
		if i%2 == 1 {
			place = "3434"
		}
		unit := companiestest.Company(companiestest.Number(i), name, place)
		if i == 4 || i == 5 {
			unit = strings.Replace(unit, `"kode":"16.110"`, `"kode":"55.101"`, 1)
		}
		if i == 2 {
			unit = strings.Replace(unit, `"antallAnsatte":17,`, "", 1) // withheld
		}
		if i == 3 {
			unit = strings.Replace(unit, `"kode":"AS"`, `"kode":"ENK"`, 1)
			unit = strings.Replace(unit, `"antallAnsatte":17,"harRegistrertAntallAnsatte":true`, `"harRegistrertAntallAnsatte":false`, 1)
		}
		all = append(all, unit)
	}
	all = append(all, companiestest.Workplace(companiestest.Number(20), "HOTELL UNION", "3434", companiestest.Number(1)))
	s := newStore(t)
	load(t, s, file(t, units(all...)), companies.Selection{Everything: true})
	return s
}

func TestFind(t *testing.T) {
	s := shelf(t)
	sub := "HOTELL UNION/sub"
	for _, c := range []struct {
		name string
		q    companies.Query
		want []string
	}{
		{"names that begin so, then those with the word, then compounds", companies.Query{Text: "hotell"},
			[]string{"HOTELL UNION", sub, "HOTELLDRIFT AS", "RØROS HOTELL AS", "UNION HOTELL GEIRANGER AS", "HØVRINGEN FJELLHOTELL AS"}},
		{"in the order that was typed first", companies.Query{Text: "Norsk hydro"}, []string{"NORSK HYDRO ASA", "HYDRO NORSK KRAFT AS"}},
		{"folded", companies.Query{Text: "aase odegaard"}, []string{"ÅSE ØDEGÅRD RØR"}},
		{"with its letters", companies.Query{Text: "åse øde"}, []string{"ÅSE ØDEGÅRD RØR"}},
		{"accents", companies.Query{Text: "cahp KAFE"}, []string{"KAFÉ ČÁHPPES"}},
		{"signs between words", companies.Query{Text: "sag & høvl"}, []string{"VÅGÅ SAG & HØVLERI AS"}},
		{"inside one word, beginning another", companies.Query{Text: "hotell høv"}, []string{"HØVRINGEN FJELLHOTELL AS"}},
		{"quotes and operators are words", companies.Query{Text: `hotell" OR "sag*`}, nil},
		{"only signs", companies.Query{Text: `"*^`}, nil},
		{"a number", companies.Query{Text: companiestest.Number(8)}, []string{"NORSK HYDRO ASA"}},
		{"digits in a name", companies.Query{Text: "1881"}, []string{"KIOSK 1881 AS"}},
		{"the beginning of numbers, elsewhere", companies.Query{Text: "8000 0", Municipalities: []string{"0301"}}, nil},
		{"a number with signs", companies.Query{Text: "no 8000 011 14 mva"}, nil},
		{"in a municipality", companies.Query{Text: "hotell", Municipalities: []string{"3435"}}, []string{"RØROS HOTELL AS", "UNION HOTELL GEIRANGER AS", "HØVRINGEN FJELLHOTELL AS"}},
		{"in an industry", companies.Query{Text: "hotell", Industry: "55.1"}, []string{"HOTELLDRIFT AS", "RØROS HOTELL AS"}},
		{"in both, without words", companies.Query{Municipalities: []string{"3435", "3434"}, Industry: "55"}, []string{"HOTELLDRIFT AS", "RØROS HOTELL AS"}},
		{"a form", companies.Query{Form: "enk"}, []string{"ÅSE ØDEGÅRD RØR"}},
		{"main units", companies.Query{Text: "hotell union", Main: true}, []string{"HOTELL UNION", "UNION HOTELL GEIRANGER AS"}},
		{"workplaces of one", companies.Query{Parent: companiestest.Number(1)}, []string{sub}},
		{"few employees: those withheld count, none does not", companies.Query{From: 1, To: 4}, []string{"UNION HOTELL GEIRANGER AS"}},
		{"up to four: none counts too", companies.Query{To: 4}, []string{"ÅSE ØDEGÅRD RØR", "UNION HOTELL GEIRANGER AS"}},
		{"many employees", companies.Query{From: 50}, []string{sub}},
		{"between", companies.Query{Text: "norsk", From: 5, To: 17}, []string{"NORSK HYDRO ASA", "HYDRO NORSK KRAFT AS"}},
	} {
		found, err := s.Find(context.Background(), c.q)
		var got []string
		for _, u := range found.Units {
			name := u.Name
			if u.Sub {
				name += "/sub"
			}
			got = append(got, name)
		}
		if err != nil || !slices.Equal(got, c.want) || found.More {
			t.Errorf("%s: %q, want %q, %v", c.name, got, c.want, err)
		}
		if n, err := s.Count(context.Background(), c.q); err != nil || n != len(c.want) {
			t.Errorf("%s: counted %d, %v", c.name, n, err)
		}
	}
}

// TestFindPages: pages of any size, laid after each other, are the whole.
func TestFindPages(t *testing.T) {
	s := newStore(t)
	load(t, s, bulk(t, companiestest.Bulk{Units: 3000, Seed: 4}), companies.Selection{Everything: true})
	for _, q := range []companies.Query{{Text: "hotell"}, {Text: "as"}, {Industry: "55"}, {Text: "fjell", Form: "AS"}, {Text: "8000"}} {
		whole := q
		whole.Limit = 1 << 20
		want, err := s.Find(context.Background(), whole)
		if err != nil || len(want.Units) < 20 {
			t.Fatalf("%+v: %d, %v", q, len(want.Units), err)
		}
		for _, size := range []int{1, 7, 64} {
			var got []companies.Unit
			page := q
			page.Limit = size
			for page.Offset = 0; ; page.Offset += size {
				found, err := s.Find(context.Background(), page)
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, found.Units...)
				if !found.More {
					break
				}
			}
			if !slices.Equal(got, want.Units) {
				t.Errorf("%+v in pages of %d: %d of %d", q, size, len(got), len(want.Units))
			}
		}
	}
}

func FuzzFind(f *testing.F) {
	path := bulk(f, companiestest.Bulk{Units: 200, Seed: 4})
	s := newStore(f)
	load(f, s, path, companies.Selection{Everything: true})
	for _, seed := range []string{"hotell as", `"`, "^*", "NEAR(a b)", "name:x", "å\x00", "974 760 673", strings.Repeat("a ", 100), "\xff"} {
		f.Add(seed, seed)
	}
	f.Fuzz(func(t *testing.T, text, industry string) {
		for _, q := range []companies.Query{{Text: text}, {Text: text, Industry: industry, Municipalities: []string{industry}, Form: text}} {
			if _, err := s.Find(context.Background(), q); err != nil {
				t.Errorf("%+v: %v", q, err)
			}
		}
	})
}

func TestGetAndLookup(t *testing.T) {
	s := shelf(t)
	u, ok, err := s.Get(context.Background(), companiestest.Number(8))
	if err != nil || !ok || u.Name != "NORSK HYDRO ASA" || u.Employees != 17 || u.Norm != "nn" || u.Street == "" {
		t.Errorf("%+v, %v, %v", u, ok, err)
	}
	a, err := s.Lookup(context.Background(), fmt.Sprintf("NO%sMVA", companiestest.Number(8)))
	if err != nil || a.Standing != companies.Registered || a.Unit != u || a.Time.IsZero() {
		t.Errorf("%+v, %v", a, err)
	}
	if a, err = s.Lookup(context.Background(), companiestest.Number(99)); err != nil || a.Standing != companies.NotLoaded {
		t.Errorf("%+v, %v", a, err)
	}
	if _, err = s.Lookup(context.Background(), "12"); data.Code(err) != companies.CodeRequest {
		t.Error(err)
	}
}

func TestNumber(t *testing.T) {
	for text, want := range map[string]string{"NO 974 760 673 MVA": "974760673", "974760673": "974760673", "974.760.673": "974760673", "no974760673": "974760673", "974\u00a0760\u00a0673": "974760673"} {
		if got, ok := companies.Number(text); !ok || got != want {
			t.Errorf("%q: %q, %v", text, got, ok)
		}
	}
	for _, text := range []string{"974760674", "97476067", "9747606733", "97476O673", "MVA", ""} {
		if _, ok := companies.Number(text); ok {
			t.Errorf("%q is taken", text)
		}
	}
}

func TestEmployees(t *testing.T) {
	for n, want := range map[companies.Employees]string{companies.EmployeesWithheld: "", companies.EmployeesUnknown: "", 0: "0", 1: "1-4", 5: "5-9", 19: "10-19", 20: "20-49", 99: "50-99", 249: "100-249", 250: "250+"} {
		if n.Band() != want || n.Known() != (n >= 0) {
			t.Errorf("%d: %q", n, n.Band())
		}
	}
}
