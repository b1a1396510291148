package data_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kompetansepilot/data"
	"kompetansepilot/data/datatest"
)

// businesses makes businesses that differ in their names alone.
func businesses(t *testing.T, w *data.Workspace, names ...string) []data.Organisation {
	t.Helper()
	all := make([]data.Organisation, len(names))
	update(t, w, "Nye bedrifter", func(tx *data.Tx) error {
		for i, name := range names {
			all[i] = data.Organisation{OrganisationOf: data.OrganisationBusiness, Name: name}
			if err := tx.Put(&all[i]); err != nil {
				return err
			}
		}
		return nil
	})
	return all
}

// namesOf are the names that a query gives, all of them on one page.
func namesOf(t *testing.T, w *data.Workspace, q data.OrganisationQuery) []string {
	t.Helper()
	if q.Kind == "" {
		q.Kind = data.OrganisationBusiness
	}
	names := []string{}
	if err := w.ReadRegister(func(r data.Reader) error {
		all, err := data.Organisations(r, q, 0, 1000)
		for _, o := range all {
			names = append(names, o.Name)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return names
}

func wantNames(t *testing.T, w *data.Workspace, q data.OrganisationQuery, want ...string) {
	t.Helper()
	if got := namesOf(t, w, q); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestOrganisationsInNorwegianOrder(t *testing.T) {
	w := newWorkspace(t)
	businesses(t, w, "åpen dør", "Øst", "Ås", "Ærlig talt", "Zoo", "Aas og sønn", "andre", "Tre 10", "Tre 2", "Tre 0", "Tre 0 AS", "Tre 00 Ø", "Tre 1 AS", "Åsen", "Él", "Ek")
	wantNames(t, w, data.OrganisationQuery{},
		"andre", "Ek", "Él", "Tre 0", "Tre 0 AS", "Tre 00 Ø", "Tre 1 AS", "Tre 2", "Tre 10", "Zoo", "Ærlig talt", "Øst", "åpen dør", "Ås", "Aas og sønn", "Åsen")
	wantNames(t, w, data.OrganisationQuery{Text: "aas", Order: []data.Order{{Column: data.ColumnName, Descending: true}}},
		"Åsen", "Aas og sønn", "Ås")
}

func TestOrganisationsFilter(t *testing.T) {
	w := newWorkspace(t)
	put(t, w,
		&data.Organisation{OrganisationOf: "business", Name: "Sæter Bær", OrgNumber: "314950283", Municipality: "3437", Contact: "Åse Haugsbakk", Email: "Post@Saeter.example.no", Tags: "bær, gard"},
		&data.Organisation{OrganisationOf: "business", Name: "Østerdal Tre", Municipality: "3427", Tags: "sagbruk"},
		&data.Organisation{OrganisationOf: "provider", Name: "Studiesenter Sæter"},
		&data.Organisation{OrganisationOf: "business", Name: "100 % Tre_verk"},
	)
	places := map[string]string{"3437": "Sel", "3427": "Tynset"}
	for text, want := range map[string][]string{
		"saeter": {"Sæter Bær"}, "SÆTER": {"Sæter Bær"}, "osterdal": {"Østerdal Tre"}, "aase": {"Sæter Bær"}, "åse": {"Sæter Bær"},
		"314 950": {"Sæter Bær"}, "post@saeter": {"Sæter Bær"}, "sagbruk": {"Østerdal Tre"}, "tynset tre": {"Østerdal Tre"},
		"tynset bær": {}, "%": {"100 % Tre_verk"}, "tre": {"100 % Tre_verk", "Østerdal Tre"}, "  ": {"100 % Tre_verk", "Sæter Bær", "Østerdal Tre"},
	} {
		if got := namesOf(t, w, data.OrganisationQuery{Text: text, Places: places}); !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestOrganisationsSortByRanksAndSeveralColumns(t *testing.T) {
	w := newWorkspace(t)
	for _, o := range []data.Organisation{
		{Name: "A", Status: "mapped", SizeBand: "1-4"}, {Name: "B", Status: "new", SizeBand: "1-4"}, {Name: "C", Status: "new", SizeBand: "20-49"}, {Name: "D"},
	} {
		o.OrganisationOf = data.OrganisationBusiness
		put(t, w, &o)
	}
	ranks := map[string]int{"new": 1, "mapped": 2}
	wantNames(t, w, data.OrganisationQuery{Order: []data.Order{{Column: data.ColumnStatus, Ranks: ranks}, {Column: data.ColumnSizeBand, Descending: true}}}, "D", "C", "B", "A")
	wantNames(t, w, data.OrganisationQuery{Order: []data.Order{{Column: data.ColumnStatus, Ranks: ranks, Descending: true}}}, "A", "B", "C", "D")
	wantNames(t, w, data.OrganisationQuery{Statuses: []string{"new", ""}}, "B", "C", "D")
	wantNames(t, w, data.OrganisationQuery{Statuses: []string{}})
	wantNames(t, w, data.OrganisationQuery{SizeBands: []string{"1-4"}, Statuses: []string{"new"}}, "B")
	put(t, w, &data.Organisation{OrganisationOf: "business", Name: "E", Industry: "55.101", Municipality: "3437"}, &data.Organisation{OrganisationOf: "business", Name: "F", Industry: "5", Municipality: "3437"})
	wantNames(t, w, data.OrganisationQuery{Industry: "55.1"}, "E")
	wantNames(t, w, data.OrganisationQuery{Municipalities: []string{"3437", "3401"}}, "E", "F")
	if _, err := data.Organisations(w, data.OrganisationQuery{Order: []data.Order{{Column: "note; DROP TABLE tx"}}}, 0, 1); err == nil {
		t.Error("sorted by a column that is none")
	}
}

func TestOrganisationPages(t *testing.T) {
	w := datatest.Big(t, filepath.Join(t.TempDir(), "a.kpilot"), 250, 0)
	q := data.OrganisationQuery{Kind: data.OrganisationBusiness, Text: "sag", Order: []data.Order{{Column: data.ColumnContact, Descending: true}}}
	if err := w.ReadRegister(func(r data.Reader) error {
		ids, err := data.OrganisationIDs(r, q)
		if err != nil {
			return err
		}
		counts, err := data.CountOrganisations(r, q)
		if err != nil {
			return err
		}
		if counts["new"] != len(ids) || len(ids) != 42 {
			t.Errorf("%d ids, counts %v", len(ids), counts)
		}
		for offset := 0; offset < len(ids); offset += 10 {
			page, err := data.Organisations(r, q, offset, 10)
			if err != nil {
				return err
			}
			for i, o := range page {
				if o.ID != ids[offset+i] {
					t.Fatalf("row %d is %s, want %s", offset+i, o.ID, ids[offset+i])
				}
			}
		}
		n, err := data.OrganisationPosition(r, q, ids[17])
		if err != nil || n != 17 {
			t.Errorf("position %d, %v", n, err)
		}
		if n, err = data.OrganisationPosition(r, q, "nobody"); err != nil || n != -1 {
			t.Errorf("position of nobody %d, %v", n, err)
		}
		first, err := data.OrganisationStarting(r, q, "FÅVANG sag 1", 0)
		if err != nil || first < 0 {
			return err
		}
		next, err := data.OrganisationStarting(r, q, "faavang sag 1", first+1)
		if err != nil || next <= first {
			t.Errorf("type-ahead goes from %d to %d, %v", first, next, err)
		}
		last, err := data.OrganisationStarting(r, q, "Fåvang Sag 1", len(ids))
		if err != nil || last != first {
			t.Errorf("type-ahead from the end goes to %d, want %d, %v", last, first, err)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

// TestPositionsAgreeWithTheOrder: counting those before gives the same as
// sorting all of them.
func TestPositionsAgreeWithTheOrder(t *testing.T) {
	w := newWorkspace(t)
	for i := range 120 {
		put(t, w, &data.Organisation{OrganisationOf: "business", Name: []string{"Ås", "Øst", "ås", "Berg"}[i%4], Municipality: []string{"", "3401", "3437", "9999", "O'Hara"}[i%5],
			Status: []string{"new", "mapped", "later"}[i%3], Contact: []string{"", "Åse", "Bo"}[i%3]})
	}
	ranks := map[string]int{"3437": 1, "3401": 2, "O'Hara": 0}
	for _, order := range [][]data.Order{
		nil,
		{{Column: data.ColumnName, Descending: true}},
		{{Column: data.ColumnMunicipality, Ranks: ranks}},
		{{Column: data.ColumnMunicipality, Ranks: ranks, Descending: true}, {Column: data.ColumnContact}, {Column: data.ColumnName, Descending: true}},
		{{Column: data.ColumnStatus, Ranks: map[string]int{"mapped": 3}}, {Column: data.ColumnMunicipality, Descending: true}},
	} {
		q := data.OrganisationQuery{Kind: "business", Statuses: []string{"new", "mapped"}, Order: order}
		if err := w.ReadRegister(func(r data.Reader) error {
			ids, err := data.OrganisationIDs(r, q)
			if len(ids) != 80 {
				t.Errorf("%d are new or mapped", len(ids))
			}
			for i, id := range ids {
				if n, err := data.OrganisationPosition(r, q, id); n != i || err != nil {
					t.Fatalf("%v: position %d, want %d, %v", order, n, i, err)
				}
			}
			half := append([]string{"nobody"}, ids[60], ids[10])
			among, err2 := data.OrganisationIDsAmong(r, q, half)
			if !slices.Equal(among, []string{ids[10], ids[60]}) {
				t.Errorf("among gives %q, %v", among, err2)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
}

func TestRegisterFollowsTheLog(t *testing.T) {
	w := newWorkspace(t)
	all := businesses(t, w, "Berg", "Aas")
	wantNames(t, w, data.OrganisationQuery{}, "Berg", "Aas")
	all[0].Name = "Øvre Berg"
	put(t, w, &all[0])
	wantNames(t, w, data.OrganisationQuery{}, "Øvre Berg", "Aas")
	update(t, w, "Slettet", func(tx *data.Tx) error { return tx.Delete(&all[1]) })
	wantNames(t, w, data.OrganisationQuery{}, "Øvre Berg")
	for _, want := range [][]string{{"Øvre Berg", "Aas"}, {"Berg", "Aas"}, {}} {
		if _, err := w.Undo(); err != nil {
			t.Fatal(err)
		}
		wantNames(t, w, data.OrganisationQuery{}, want...)
	}
	if _, err := w.Redo(); err != nil {
		t.Fatal(err)
	}
	wantNames(t, w, data.OrganisationQuery{}, "Berg", "Aas")
	wantVerified(t, w)
}

// TestRegisterTakesInMany: in batches, and all at once when it is behind by more.
func TestRegisterTakesInMany(t *testing.T) {
	for _, n := range []int{1, 999, 1000, 1001, 2500, 5001} {
		w := newWorkspace(t)
		names := make([]string, n)
		for i := range names {
			names[i] = fmt.Sprintf("Bedrift %05d", n-i)
		}
		businesses(t, w, names...)
		if err := w.ReadRegister(func(r data.Reader) error {
			ids, err := data.OrganisationIDs(r, data.OrganisationQuery{Kind: data.OrganisationBusiness})
			if len(ids) != n {
				t.Errorf("%d of %d are in the register", len(ids), n)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		w.Close()
	}
}

// TestOpenVersionOne: a workspace of the first form gets the register's cache.
func TestOpenVersionOne(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.kpilot")
	w := openWorkspace(t, path)
	businesses(t, w, "Øst", "Ås", "Vest")
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	olderForm(t, path, 1)
	backedUp := false
	w = openWorkspace(t, path, func(o *data.Options) { o.BeforeMigration = func(string) error { backedUp = true; return nil } })
	wantNames(t, w, data.OrganisationQuery{}, "Vest", "Øst", "Ås")
	wantVerified(t, w)
	if !backedUp {
		t.Error("no backup before the migration")
	}
	if r, err := w.Verify(); err != nil || r.Form < 2 {
		t.Errorf("form %d, %v", r.Form, err)
	}
}

// TestRegisterOfAReadOnlyFile: neither the cache of an older form nor one that
// is behind hides anything.
func TestRegisterOfAReadOnlyFile(t *testing.T) {
	for name, damage := range map[string][]string{
		"older form": {"DROP TABLE organisation_row", "DELETE FROM cache_state"},
		"behind":     {"DELETE FROM organisation_row", "UPDATE cache_state SET value = 1"},
		"up to date": {},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "a.kpilot")
			w := openWorkspace(t, path)
			all := businesses(t, w, "Øst", "Ås", "Vest")
			update(t, w, "Slettet", func(tx *data.Tx) error { return tx.Delete(&all[2]) })
			all[1].Own = data.Values{"f": "Lærebedrift", "n": "12"}
			update(t, w, "Endret", func(tx *data.Tx) error { return tx.Put(&all[1]) })
			wantNames(t, w, data.OrganisationQuery{}, "Øst", "Ås")
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			db, err := sql.Open("sqlite3", path)
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range append(damage, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)") {
				if _, err := db.Exec(s); err != nil {
					t.Fatal(err)
				}
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			w = openWorkspace(t, path)
			if w.ReadOnly() == nil {
				t.Fatal("a newer file is not read-only")
			}
			wantNames(t, w, data.OrganisationQuery{}, "Øst", "Ås")
			wantNames(t, w, data.OrganisationQuery{Text: "aas"}, "Ås")
			wantNames(t, w, data.OrganisationQuery{Text: "laerebedr"}, "Ås")
			wantNames(t, w, data.OrganisationQuery{Own: []data.OwnCondition{{Field: "n", From: "9", Number: true}}}, "Ås")
			wantNames(t, w, data.OrganisationQuery{Order: []data.Order{{Own: "f", Descending: true}}}, "Ås", "Øst")
		})
	}
}

// TestOwnFieldsFollowTheRecord: what stands in an own field is found by the filter
// and the search, and goes when it is undone or the record is deleted.
func TestOwnFieldsFollowTheRecord(t *testing.T) {
	w := openWorkspace(t, filepath.Join(t.TempDir(), "a.kpilot"))
	all := businesses(t, w, "Øst", "Vest")
	all[0].Own = data.Values{"f": "Kåre"}
	update(t, w, "Endret", func(tx *data.Tx) error { return tx.Put(&all[0]) })
	kaare := data.OrganisationQuery{Own: []data.OwnCondition{{Field: "f", OneOf: []string{"Kåre"}}}}
	wantNames(t, w, kaare, "Øst")
	if hits, err := w.Search("kaare", 5); err != nil || len(hits) != 1 || hits[0].Record != all[0].ID {
		t.Errorf("search finds %v, %v", hits, err)
	}
	if _, err := w.Undo(); err != nil {
		t.Fatal(err)
	}
	wantNames(t, w, kaare)
	if _, err := w.Redo(); err != nil {
		t.Fatal(err)
	}
	wantNames(t, w, kaare, "Øst")
	update(t, w, "Slettet", func(tx *data.Tx) error { return tx.Delete(&all[0]) })
	wantNames(t, w, kaare)
	wantVerified(t, w)
}

// TestRegisterUsesItsIndexes: a page in the order of the names reads no more
// than it shows.
func TestRegisterUsesItsIndexes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.kpilot")
	openWorkspace(t, path)
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query("EXPLAIN QUERY PLAN SELECT r.id FROM organisation_row r WHERE r.kind = 'business' ORDER BY r.name_key, r.id LIMIT 10")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var a, b, c int
		var detail string
		if err := rows.Scan(&a, &b, &c, &detail); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(detail, "TEMP B-TREE") || strings.Contains(detail, "SCAN") {
			t.Error(detail)
		}
	}
}
