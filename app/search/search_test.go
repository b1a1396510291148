package search_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kompetansepilot/app"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/search"
	"kompetansepilot/data"
	"kompetansepilot/data/datatest"
)

// open opens a workspace at path on a machine of its own.
func open(t testing.TB, path string) *app.Program {
	t.Helper()
	t.Setenv("KOMPETANSEPILOT_HOME", filepath.Join(t.TempDir(), "home"))
	p, err := app.Open(path, app.LoadState(), app.Options{Create: true, AnyPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	return p
}

func sample(t testing.TB) *app.Program {
	t.Helper()
	p := open(t, filepath.Join(t.TempDir(), "a.kpilot"))
	if err := app.MakeSample(p); err != nil {
		t.Fatal(err)
	}
	return p
}

func find(t testing.TB, f *search.Finder, text string, items ...search.Item) []search.Hit {
	t.Helper()
	hits, err := f.Find(context.Background(), search.Query{Text: text, Items: items, Fresh: true})
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return hits
}

// said is a hit on a line: "kind: title | where | excerpt".
func said(h search.Hit) string {
	return strings.ReplaceAll(fmt.Sprintf("%s: %s | %s | %s", h.Kind, h.Title, h.Where, h.Excerpt.Text), lang.NarrowSpace, " ")
}

func TestFindSaysWhereItBelongs(t *testing.T) {
	p := sample(t)
	f := search.New(p, lang.New("nb"))
	const project = "Fra skog til ferdig hus: kompetansepilot for trenæringen i Innlandet"
	for text, want := range map[string]string{
		"skogfylke":             "text: Bakgrunn | " + project + " | Innlandet er landets største skogfylke,",
		"bakgrunn":              "text: Bakgrunn | " + project + " | ",
		"fra skog til ferdig":   "application: " + project + " | Innlandet | ",
		"skogskolen granheim":   "provider: Skogskolen Granheim | Elverum · 320 414 393 | ",
		"furebotn":              "business: Furebotn Sag og Høvleri AS | Sel · 314 950 283 | ",
		"1 400 000":             "budget_row: Tilskudd fra Kompetansepiloter | Finansieringsplan i «" + project + "» | 2020: 1 400 000 kroner",
		"høgskolen østskogen":   "partner: Høgskolen Østskogen | Samarbeidspartnere i «" + project + "» | ",
		"fire kompetansemegler": "milestone: Fire kompetansemeglere er i arbeid | Milepæler i «" + project + "» | ",
		"hurtigtaster":          "help: Hurtigtaster |  | ",
		"kompetansepiloter":     "call: ",
		"alvdal":                "text: Kommuner | " + project + " | 3428 Alvdal",
		"plassalia alvdal":      "business: Plassalia Sag AS | Alvdal · 317 880 316 | ",
	} {
		hits := find(t, f, text)
		if !slices.ContainsFunc(hits, func(h search.Hit) bool { return strings.HasPrefix(said(h), want) }) {
			var lines []string
			for _, h := range hits {
				lines = append(lines, said(h))
			}
			t.Errorf("%q does not find %q but\n%s", text, want, strings.Join(lines, "\n"))
		}
	}
	hits := find(t, f, "landets største skogfylke")
	if h := hits[0]; h.Kind != search.KindText || h.Field != "background" || h.Application != h.ID || h.ID == "" {
		t.Errorf("the text leads to %+v", h)
	}
	for _, m := range hits[0].Excerpt.Marks {
		if word := hits[0].Excerpt.Text[m.From:m.To]; !strings.Contains("landets største skogfylke", word) {
			t.Errorf("%q is marked", word)
		}
	}
}

func TestItemsStandAmongRecords(t *testing.T) {
	p := sample(t)
	f := search.New(p, lang.New("nb"))
	items := []search.Item{{Kind: search.KindPage, ID: "trash", Title: "Papirkurv"}, {Kind: search.KindCommand, ID: "Mørkt utseende", Title: "Mørkt utseende"},
		{Kind: search.KindSetting, ID: "settings", Field: "text", Title: "Tekststørrelse", Text: "Ctrl + gjør teksten større"}}
	for text, want := range map[string]string{"papir": "Papirkurv", "papirkrv": "Papirkurv", "utseende": "Mørkt utseende", "moerkt": "Mørkt utseende", "ctrl": "Tekststørrelse"} {
		if hits := find(t, f, text, items...); len(hits) == 0 || !slices.ContainsFunc(hits, func(h search.Hit) bool { return h.Title == want }) {
			t.Errorf("%q does not find %q", text, want)
		}
	}
	if hits := find(t, f, "papirkurv", items...); hits[0].Kind != search.KindPage {
		t.Errorf("the page comes after %q", hits[0].Title)
	}
}

// TestGroupsStandTogether: the best of each group stand together, and there are
// never more than Most.
func TestGroupsStandTogether(t *testing.T) {
	p := sample(t)
	f := search.New(p, lang.New("nn"))
	for _, text := range []string{"a", "s", "k", "skog", "kompetanse", "tre"} {
		hits := find(t, f, text)
		if len(hits) == 0 || len(hits) > search.Most {
			t.Errorf("%q has %d hits", text, len(hits))
		}
		seen := map[string]bool{}
		for i, h := range hits {
			key := h.Kind + h.ID + h.Field
			if seen[key] {
				t.Errorf("%q: %s twice", text, said(h))
			}
			seen[key] = true
			if i > 0 && h.Kind == search.KindCall && hits[i-1].Kind != search.KindCall && seen[search.KindCall] {
				t.Errorf("%q: the calls are not together", text)
			}
		}
		again := find(t, f, text)
		if !slices.EqualFunc(hits, again, func(a, b search.Hit) bool { return said(a) == said(b) && a.ID == b.ID }) {
			t.Errorf("%q: the order changes", text)
		}
	}
}

func TestMostUsedComesFirstAndIsRemembered(t *testing.T) {
	p := sample(t)
	f := search.New(p, lang.New("nb"))
	hits := find(t, f, "trelast")
	if len(hits) < 2 || hits[1].Kind != search.KindBusiness {
		t.Fatal(hits)
	}
	second := hits[1]
	for range 4 {
		if err := f.Opened("trelast", second); err != nil {
			t.Fatal(err)
		}
	}
	if got := find(t, f, "trelast")[0]; got.ID != second.ID {
		t.Errorf("first is %s", said(got))
	}
	background := find(t, f, "skogfylke")[0]
	help := find(t, f, "hurtigtaster")[0]
	page := search.Item{Kind: search.KindPage, ID: "trash", Title: "Papirkurv"}
	trash := find(t, f, "papirkurv", page)[0]
	for _, h := range []search.Hit{background, help, trash} {
		if err := f.Opened("", h); err != nil {
			t.Fatal(err)
		}
	}
	// Another start of the program.
	p.State = app.LoadState()
	recent, err := search.New(p, lang.New("nb")).Recent(context.Background(), []search.Item{page})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, h := range recent {
		got = append(got, h.Title)
	}
	if want := []string{"Papirkurv", help.Title, "Bakgrunn", second.Title}; !slices.Equal(got, want) {
		t.Errorf("recent are %q, want %q", got, want)
	}
	if texts := p.State.Get().Searches; !slices.Equal(texts, []string{"trelast"}) {
		t.Errorf("searched for %q", texts)
	}
}

func TestMemoryStaysSmall(t *testing.T) {
	p := sample(t)
	var errs []error
	for i := range 300 {
		errs = append(errs, p.State.NoteSearched(fmt.Sprint("søk ", i), search.KindPage, fmt.Sprint(i), ""))
	}
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	prefs := p.State.Get()
	if len(prefs.Searched) > 200 || len(prefs.Searches) > 8 || prefs.Searched[0].ID != "299" || prefs.Searches[0] != "søk 299" {
		t.Errorf("%d things and %d texts are kept", len(prefs.Searched), len(prefs.Searches))
	}
}

// TestApplicationWithoutItsCall is found by its title, and its fields, which
// nothing can show, are not.
func TestApplicationWithoutItsCall(t *testing.T) {
	p := sample(t)
	err := p.Workspace.Update("Laget", func(tx *data.Tx) error {
		return tx.Put(&data.Application{Call: "borte", County: "34", Answers: data.Values{"title": "Ørnefjell", "background": "havørn"}})
	})
	if err != nil {
		t.Fatal(err)
	}
	f := search.New(p, lang.New("nb"))
	if hits := find(t, f, "ørnefjell"); len(hits) == 0 || hits[0].Title != "Ørnefjell" {
		t.Error(hits)
	}
	for _, h := range find(t, f, "havørn") {
		if h.Kind == search.KindText {
			t.Error(said(h))
		}
	}
}

// BenchmarkFind is all of one key press with 100 000 businesses.
func BenchmarkFind(b *testing.B) {
	path := filepath.Join(b.TempDir(), "big.kpilot")
	datatest.Big(b, path, 100_000, 2000).Close()
	p := open(b, path)
	if err := p.Workspace.FollowSearch(context.Background()); err != nil {
		b.Fatal(err)
	}
	f := search.New(p, lang.New("nb"))
	for _, text := range []string{"s", "tre", "fåvang sag", "tynset 777", "tømmerverdikjede", "kongsvigner"} {
		b.Run(text, func(b *testing.B) {
			for b.Loop() {
				if _, err := f.Find(context.Background(), search.Query{Text: text}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
