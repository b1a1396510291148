package data_test

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kompetansepilot/data"
)

func TestSearchFoldsWhatPeopleMixUp(t *testing.T) {
	w := newWorkspace(t)
	orgs := []*data.Organisation{{Name: "Østerdal Tømmer AS"}, {Name: "Aakre Sag"}, {Name: "Næringshagen i Alvdal"}, {Name: "Čáhppes Duodji"}, {Name: "A\u030as Gård"}}
	app := data.Application{CaseNumber: "2020/17", Answers: data.Values{"title": "Kompetanse for fjellregionen", "background": "skogbruk"}}
	put(t, w, orgs[0], orgs[1], orgs[2], orgs[3], orgs[4], &app)
	titles := func(query string) (all []string) {
		t.Helper()
		hits, err := w.Search(query, 10)
		if err != nil {
			t.Fatalf("%q: %v", query, err)
		}
		for _, h := range hits {
			all = append(all, h.Title)
		}
		slices.Sort(all)
		return all
	}
	for query, want := range map[string]string{
		"osterdal": orgs[0].Name, "ØSTERDAL": orgs[0].Name, "tomm": orgs[0].Name, "as østerdal": orgs[0].Name, "åkre": orgs[1].Name, "naering": orgs[2].Name,
		"cahppes": orgs[3].Name, "ås": orgs[4].Name, "aas": orgs[4].Name, "skogbr": app.Title(), "2020/17": app.Title(), `"fjell" OR (`: "",
	} {
		got := titles(query)
		if want == "" && len(got) > 0 || want != "" && !slices.Contains(got, want) {
			t.Errorf("%q finds %q, want %q", query, got, want)
		}
	}
	for _, query := range []string{"", "  ", "*", `"`, "🙂", "AND", "\x00", "\xff", "ukjent"} {
		if got := titles(query); len(got) != 0 {
			t.Errorf("%q finds %q", query, got)
		}
	}
	orgs[1].Name = "Nytt Navn"
	put(t, w, orgs[1])
	update(t, w, "Slettet", func(tx *data.Tx) error { return tx.Delete(orgs[0]) })
	if got := slices.Concat(titles("åkre"), titles("østerdal")); len(got) != 0 {
		t.Errorf("what was renamed or deleted is found: %q", got)
	}
	if got := titles("nytt"); !slices.Equal(got, []string{"Nytt Navn"}) {
		t.Errorf("the new name finds %q", got)
	}
	wantVerified(t, w)
}

func TestMatchOrganisations(t *testing.T) {
	w := newWorkspace(t)
	gone := data.Organisation{Name: "Østre Sag"}
	put(t, w, &data.Organisation{Name: "Østerdal Tømmer AS", OrgNumber: "314950283"}, &data.Organisation{Name: "Aakre Sag", Note: "leverer til Østerdal"},
		&data.Organisation{Name: "Bygg AS"}, &gone, &data.Application{Answers: data.Values{"title": "Østerdal"}})
	update(t, w, "Fjernet", func(tx *data.Tx) error { return tx.Delete(&gone) })
	for query, want := range map[string]string{
		"osterdal": "[Østerdal Tømmer AS Aakre Sag]", "ØST": "[Østerdal Tømmer AS Aakre Sag]", "åkre": "[Aakre Sag]", "as tom": "[Østerdal Tømmer AS]",
		"314 950": "[Østerdal Tømmer AS]", "314950283": "[Østerdal Tømmer AS]", `"' OR *`: "[]", "ukjent": "[]",
		"": "[Aakre Sag Bygg AS Østerdal Tømmer AS]",
	} {
		all, err := w.MatchOrganisations(query, 10)
		if err != nil {
			t.Fatalf("%q: %v", query, err)
		}
		got := []string{}
		for _, o := range all {
			got = append(got, o.Name)
		}
		if fmt.Sprint(got) != want {
			t.Errorf("%q finds %v, want %s", query, got, want)
		}
	}
	if all, err := w.MatchOrganisations("", 2); err != nil || len(all) != 2 {
		t.Errorf("%d hits, %v; want 2", len(all), err)
	}
}

// found are the titles that a question gives, best first; a field of an
// application is "field: excerpt".
func found(t testing.TB, w *data.Workspace, q data.SearchQuery) []string {
	t.Helper()
	q.Limit, q.Fresh = max(q.Limit, 20), true
	hits, err := w.Find(context.Background(), q)
	if err != nil {
		t.Fatalf("%q: %v", q.Text, err)
	}
	all := []string{}
	for _, h := range hits {
		if h.Field != "" {
			all = append(all, h.Field+": "+h.Excerpt.Text)
			continue
		}
		all = append(all, h.Title)
	}
	return all
}

func wantFound(t testing.TB, w *data.Workspace, text string, want ...string) {
	t.Helper()
	if got := found(t, w, data.SearchQuery{Text: text}); !slices.Equal(got, want) {
		t.Errorf("%q finds %q, want %q", text, got, want)
	}
}

func TestSearchFindsPartsOfCompounds(t *testing.T) {
	w := newWorkspace(t)
	put(t, w, &data.Organisation{Name: "Lom Trebygg AS"}, &data.Organisation{Name: "Bygg og Anlegg"}, &data.Organisation{Name: "Byggverk AS"},
		&data.Organisation{Name: "Nybyggerne"})
	// Whole words come before beginnings, these before ends and middles.
	wantFound(t, w, "bygg", "Bygg og Anlegg", "Byggverk AS", "Lom Trebygg AS", "Nybyggerne")
	wantFound(t, w, "tre lom", "Lom Trebygg AS")
	wantFound(t, w, "yg") // too short for the middle
	app := data.Application{Answers: data.Values{"title": "Et prosjekt"}}
	put(t, w, &app)
	put(t, w, &data.Goal{Application: app.ID, Text: "Kompetansemekling i alle kommuner"}, &data.Milestone{Application: app.ID, Name: "Blåbærtur"})
	wantFound(t, w, "mekling", "Kompetansemekling i alle kommuner")
	for _, spelling := range []string{"blaabaer", "BLÅBÆR", "blåbær", "blaabær", "bla\u030abær"} {
		wantFound(t, w, spelling, "Blåbærtur")
	}
}

func TestSearchForgivesTypingErrors(t *testing.T) {
	w := newWorkspace(t)
	put(t, w, &data.Organisation{Name: "Skogskolen Granheim"}, &data.Organisation{Name: "Skogselskapet"}, &data.Organisation{Name: "Kari Reiseliv", OrgNumber: "314950283"})
	wantFound(t, w, "skogskoeln", "Skogskolen Granheim")
	wantFound(t, w, "kogskolen granhiem", "Skogskolen Granheim")
	wantFound(t, w, "reisliv", "Kari Reiseliv")
	wantFound(t, w, "reisevliet") // too much is wrong
	wantFound(t, w, "314950284")  // another number is another business
	for i := range 6 {
		put(t, w, &data.Organisation{Name: fmt.Sprint("Skogselskab ", i)})
	}
	if got := found(t, w, data.SearchQuery{Text: "skogselskab"}); slices.Contains(got, "Skogselskapet") {
		t.Errorf("errors are forgiven where there are enough hits: %q", got)
	}
}

func TestSearchFindsNumbers(t *testing.T) {
	w := newWorkspace(t)
	app := data.Application{CaseNumber: "2020/1744", Answers: data.Values{"title": "Skog", "soughtAmount": "4400000", "note": "Rammen er 4 400 000 kroner."}}
	put(t, w, &app, &data.Organisation{Name: "Furu AS", OrgNumber: "314950283"})
	put(t, w, &data.BudgetRow{Application: app.ID, Plan: data.PlanCost, Label: "Lønn", Hourly: true, Rate: 500, Cells: data.Values{"2021": "240"}},
		&data.BudgetRow{Application: app.ID, Plan: data.PlanCost, Label: "Reise", Cells: data.Values{"2021": "73500"}})
	for _, text := range []string{"314950283", "314 950 283", "314 950 2", "NO 314 950 283 MVA", "3149"} {
		wantFound(t, w, text, "Furu AS")
	}
	wantFound(t, w, "2020/1744", "Skog")
	wantFound(t, w, "2020 1744", "Skog")
	wantFound(t, w, "73 500 kr", "Reise")
	wantFound(t, w, "120.000", "Lønn") // 240 hours at 500
	if got := found(t, w, data.SearchQuery{Text: "4 400 000"}); len(got) != 2 || !slices.Contains(got, "note: Rammen er 4 400 000 kroner.") {
		t.Errorf("the amount finds %q", got)
	}
}

func TestSearchRanksAndTiesStandStill(t *testing.T) {
	w := newWorkspace(t)
	app := data.Application{Answers: data.Values{"title": "Kurs i Valdres", "background": "Fagskolen holder kurs."}}
	other := data.Organisation{Name: "Kursholder Vest"}
	orgs := []data.Record{&data.Organisation{Name: "Kurs"}, &data.Organisation{Name: "Vest Kurs og Messe"}, &other, &data.Organisation{Name: "Kurssenter", Note: "kurs"}, &data.Organisation{Name: "Lom AS", Note: "vil ha kurs"}}
	put(t, w, append(orgs, &app)...)
	want := []string{"Kurs", "Kurs i Valdres", "Vest Kurs og Messe", "Kurssenter", "Kursholder Vest", "Lom AS", "background: Fagskolen holder kurs."}
	for range 3 {
		wantFound(t, w, "kurs", want...)
	}
	used := []data.Used{{Kind: "organisation", Record: other.ID, Times: 9}}
	if got := found(t, w, data.SearchQuery{Text: "kurs", Used: used}); got[0] != other.Name {
		t.Errorf("what is used comes as %q", got)
	}
	if got := found(t, w, data.SearchQuery{Text: "lom", Used: used}); slices.Contains(got, other.Name) {
		t.Error("what is used is found though it does not answer")
	}
	if got := found(t, w, data.SearchQuery{Text: "kurs", Kind: "organisation", Limit: 20}); slices.Contains(got, "Kurs i Valdres") {
		t.Errorf("organisations alone are %q", got)
	}
	also := func(word string) []string {
		if word == "valdres" {
			return []string{"3453"}
		}
		return nil
	}
	put(t, w, &data.Organisation{Name: "Skogkurs", Municipality: "3453"})
	if got := found(t, w, data.SearchQuery{Text: "valdres kurs", Also: also}); !slices.Equal(got, []string{"Kurs i Valdres", "Skogkurs"}) {
		t.Errorf("the name of a municipality finds %q", got)
	}
}

// TestUsedIsFoundAmongMany: what one always opens is found, however many newer
// records answer too.
func TestUsedIsFoundAmongMany(t *testing.T) {
	w := newWorkspace(t)
	old := data.Organisation{Name: "Tre Nord"}
	put(t, w, &old)
	var many []data.Record
	for i := range 300 {
		many = append(many, &data.Organisation{Name: fmt.Sprintf("Tre %d", i)})
	}
	put(t, w, many...)
	if got := found(t, w, data.SearchQuery{Text: "tre", Used: []data.Used{{Kind: "organisation", Record: old.ID, Times: 3}}}); got[0] != old.Name {
		t.Errorf("first is %q", got[0])
	}
}

func TestSearchFollowsTheTrashAndFields(t *testing.T) {
	w := newWorkspace(t)
	app := data.Application{Answers: data.Values{"title": "Skog", "background": "elgjakt", "effects": "røyskatt"}}
	put(t, w, &app)
	goal := data.Goal{Application: app.ID, Text: "Flere elger"}
	put(t, w, &goal)
	wantFound(t, w, "elg", "Flere elger", "background: elgjakt")
	update(t, w, "Endret", func(tx *data.Tx) error { return tx.SetValue(&app, "background", "ulvejakt") })
	wantFound(t, w, "elg", "Flere elger")
	wantFound(t, w, "ulve", "background: ulvejakt")
	wantFound(t, w, "røyskatt", "effects: røyskatt")
	update(t, w, "Endret", func(tx *data.Tx) error { return tx.SetValue(&app, "title", "Fjell") })
	wantFound(t, w, "fjell", "Fjell")
	update(t, w, "Slettet", func(tx *data.Tx) error { return tx.Delete(&app) })
	for _, text := range []string{"elg", "ulve", "fjell"} {
		wantFound(t, w, text) // what goes with it is not found either
	}
	if _, err := w.Undo(); err != nil {
		t.Fatal(err)
	}
	wantFound(t, w, "elg", "Flere elger")
	wantFound(t, w, "ulve", "background: ulvejakt")
	wantVerified(t, w)
}

// TestSearchWithoutWaiting: a window's search takes in a few changes at once, and
// many only when they have been followed.
func TestSearchWithoutWaiting(t *testing.T) {
	w := newWorkspace(t)
	find := func(text string) int {
		hits, err := w.Find(context.Background(), data.SearchQuery{Text: text, Limit: 5})
		if err != nil {
			t.Fatal(err)
		}
		return len(hits)
	}
	put(t, w, &data.Organisation{Name: "Furu"})
	if find("furu") != 1 {
		t.Error("one change is not taken in")
	}
	var many []data.Record
	for i := range 1200 {
		many = append(many, &data.Organisation{Name: fmt.Sprint("Gran ", i)})
	}
	put(t, w, many...)
	if find("gran") != 0 {
		t.Error("it waited for many changes")
	}
	if err := w.FollowSearch(context.Background()); err != nil {
		t.Fatal(err)
	}
	if find("gran") != 5 || find("1199") != 1 {
		t.Error("they are not found after they were followed")
	}
	ended, end := context.WithCancel(context.Background())
	end()
	if _, err := w.Find(ended, data.SearchQuery{Text: "gran", Limit: 5}); err == nil {
		t.Error("a dropped question is answered")
	}
}

// TestSearchInOtherForms: a file of an older program, and one that cannot be
// written to with an index that is behind or missing, are searched all the same.
func TestSearchInOtherForms(t *testing.T) {
	fill := func(t *testing.T) string {
		path := filepath.Join(t.TempDir(), "a.kpilot")
		w := openWorkspace(t, path)
		put(t, w, &data.Organisation{Name: "Lom Trebygg"})
		wantFound(t, w, "bygg", "Lom Trebygg")
		put(t, w, &data.Organisation{Name: "Bygg Vest"})
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return path
	}
	t.Run("older", func(t *testing.T) {
		path := fill(t)
		olderForm(t, path, 4)
		w := openWorkspace(t, path)
		wantFound(t, w, "bygg", "Bygg Vest", "Lom Trebygg")
		wantVerified(t, w)
	})
	for name, damage := range map[string]string{"behind": "", "missing": "DROP TABLE search_word; DROP TABLE search_text; DROP TABLE search_doc"} {
		t.Run(name, func(t *testing.T) {
			path := fill(t)
			db, err := sql.Open("sqlite3", path)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := db.Exec(damage + "; INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)"); err != nil {
				t.Fatal(err)
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			w := openWorkspace(t, path)
			if w.ReadOnly() == nil {
				t.Fatal("a newer file is not read-only")
			}
			for range 2 {
				wantFound(t, w, "bygg", "Bygg Vest", "Lom Trebygg")
				wantFound(t, w, "trebyhg", "Lom Trebygg")
			}
		})
	}
}

// TestSearchAnswersAnything: no text is a fault in the language of the index.
func TestSearchAnswersAnything(t *testing.T) {
	w := newWorkspace(t)
	put(t, w, &data.Organisation{Name: "NEAR OR AND NOT"})
	for _, text := range []string{`"`, `a" OR "b`, "NEAR(a b)", "head : x", "*", "^as", "-", "a*b", "\xff\xfe", "½", "ª", "²³", "日本語", "Ａ", strings.Repeat("ord ", 400), strings.Repeat("x", 5000), "near or", "'; DROP TABLE x"} {
		if _, err := w.Search(text, 5); err != nil {
			t.Errorf("%.20q: %v", text, err)
		}
	}
	wantFound(t, w, "near or and", "NEAR OR AND NOT")
}
