package companies_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kompetansepilot/app/companies"
	"kompetansepilot/app/companies/companiestest"
	"kompetansepilot/data"
)

func newStore(t testing.TB) *companies.Store {
	t.Helper()
	s := companies.NewStore(filepath.Join(t.TempDir(), companies.FileName), places)
	t.Cleanup(func() { s.Close() })
	return s
}

// bulk writes a bulk file and gives its path.
func bulk(t testing.TB, b companiestest.Bulk) string {
	t.Helper()
	var content bytes.Buffer
	if err := b.Write(&content); err != nil {
		t.Fatal(err)
	}
	return file(t, content.Bytes())
}

func file(t testing.TB, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "enheter_alle")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func units(all ...string) []byte { return []byte("[" + strings.Join(all, ",") + "]") }

func load(t testing.TB, s *companies.Store, path string, sel companies.Selection) companies.Loaded {
	t.Helper()
	done, err := s.Load(context.Background(), path, sel, nil)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func everything(t *testing.T, s *companies.Store) []companies.Unit {
	t.Helper()
	found, err := s.Find(context.Background(), companies.Query{Limit: 1 << 20})
	if err != nil {
		t.Fatal(err)
	}
	return found.Units
}

var innlandet = companies.Selection{County: "34"}

// TestFormsSayTheSame: JSON and CSV, packed or not, give the same store.
func TestFormsSayTheSame(t *testing.T) {
	for _, sub := range []bool{false, true} {
		var want []companies.Unit
		for i, b := range []companiestest.Bulk{{}, {Gzip: true}, {CSV: true}, {CSV: true, Gzip: true}} {
			b.Units, b.Seed, b.Sub = 4000, 7, sub
			s := newStore(t)
			done := load(t, s, bulk(t, b), innlandet)
			got := everything(t, s)
			if i == 0 {
				want = got
			}
			if done.Seen != b.Units || done.Kept != len(got) || done.Rejected != 0 || len(got) < 150 || !slices.Equal(got, want) {
				t.Errorf("%+v: %+v, %d units, as the first: %v", b, done, len(got), slices.Equal(got, want))
			}
			for _, u := range got {
				if !strings.HasPrefix(u.Municipality, "34") || u.Sub != sub {
					t.Fatalf("kept %+v", u)
				}
			}
			info, err := s.Info()
			part := info.Main
			if sub {
				part = info.Sub
			}
			if err != nil || part.Units != len(got) || part.File != "enheter_alle" || part.Retrieved.IsZero() || info.Selection.County != "34" {
				t.Errorf("info %+v, %v", info, err)
			}
		}
	}
}

func TestWhatIsKept(t *testing.T) {
	number := func(i int) string { return companiestest.Number(i) }
	content := units(
		companiestest.Company(number(1), "VÅGÅ SAG AS", "0515"),   // Vågå before 2020
		companiestest.Withheld(number(2), "LOM BYGG AS", "3434"),  // Lom
		companiestest.Company(number(3), "OSLO SAG AS", "0301"),   // Oslo
		companiestest.Company("123456789", "GALT NUMMER", "3434"), // wrong check digit
		companiestest.Company("", "UTEN NUMMER", "3434"),          //
		companiestest.Company(number(4), "", "3434"),              // no name
		companiestest.Company(number(2), "LOM BYGG NYTT", "3434"), // twice
		companiestest.Company(number(5), `NUL\u0000I NAVNET`, "3434"),
		companiestest.Deleted(number(6), "BORTE AS"),
	)
	s := newStore(t)
	selection, err := companies.Select(places, "", []string{"Vågå", "0514"})
	if err != nil {
		t.Fatal(err)
	}
	done := load(t, s, file(t, append([]byte("\xef\xbb\xbf\n "), content...)), selection)
	if done.Seen != 9 || done.Rejected != 3 || done.Kept != 4 || done.Main != 3 {
		t.Errorf("%+v", done)
	}
	var names []string
	for _, u := range everything(t, s) {
		names = append(names, u.Municipality+" "+u.Name)
	}
	if want := []string{"3434 NULI NAVNET", "3434 LOM BYGG NYTT", "3435 VÅGÅ SAG AS"}; !slices.Equal(names, want) {
		t.Errorf("kept %q", names)
	}
}

// TestHalvesStand: the file of the sub-units does not take the main units away.
func TestHalvesStand(t *testing.T) {
	s := newStore(t)
	main := load(t, s, bulk(t, companiestest.Bulk{Units: 3000, Seed: 1}), innlandet)
	both := load(t, s, bulk(t, companiestest.Bulk{Units: 2000, Seed: 2, Sub: true}), innlandet)
	info, err := s.Info()
	if err != nil || both.Sub == 0 || info.Sub.Units != both.Sub || info.Main.Units != both.Main || info.Main.File == "" || both.Main > main.Main {
		t.Errorf("%+v then %+v, %+v, %v", main, both, info, err)
	}
	// Another area begins anew.
	other := load(t, s, bulk(t, companiestest.Bulk{Units: 3000, Seed: 1}), companies.Selection{County: "11"})
	if info, _ = s.Info(); info.Sub.Units != 0 || info.Main.Units != other.Kept {
		t.Errorf("another area: %+v", info)
	}
}

func TestStopAndGoOn(t *testing.T) {
	for _, b := range []companiestest.Bulk{{Gzip: true}, {CSV: true}} {
		b.Units, b.Seed = 8000, 3
		path := bulk(t, b)
		whole := newStore(t)
		want := load(t, whole, path, innlandet)
		dir := t.TempDir()
		s := companies.NewStore(filepath.Join(dir, companies.FileName), places)
		defer s.Close()
		before := load(t, s, bulk(t, companiestest.Bulk{Units: 500, Seed: 9}), innlandet)

		ctx, stop := context.WithCancel(context.Background())
		_, err := s.Load(ctx, path, innlandet, func(p companies.Progress) {
			if p.Seen > 2000 {
				stop()
			}
		})
		if data.Code(err) != companies.CodeStopped || !errors.Is(err, context.Canceled) {
			t.Fatalf("stopped: %v", err)
		}
		if got := len(everything(t, s)); got != before.Main {
			t.Errorf("%d units while stopped, not the %d of before", got, before.Main)
		}
		first := -1
		done, err := s.Load(context.Background(), path, innlandet, func(p companies.Progress) {
			if first < 0 {
				first = p.Seen
			}
		})
		if err != nil || !done.Resumed || first < 2000 || done.Seen != want.Seen || done.Kept != want.Kept {
			t.Errorf("went on at %d: %+v, %v; in one go %+v", first, done, err, want)
		}
		if !slices.Equal(everything(t, s), everything(t, whole)) {
			t.Error("a load with a stop gives another store")
		}
		if again := load(t, s, path, innlandet); again.Resumed {
			t.Error("a load that was whole is gone on with")
		}
		left, _ := filepath.Glob(filepath.Join(dir, "*"))
		if len(left) != 2 { // the store and its lock
			t.Errorf("left behind %q", left)
		}
	}
}

// TestOtherFileBeginsAnew: what was gathered of one file is not mixed with another.
func TestOtherFileBeginsAnew(t *testing.T) {
	s := newStore(t)
	ctx, stop := context.WithCancel(context.Background())
	if _, err := s.Load(ctx, bulk(t, companiestest.Bulk{Units: 4000, Seed: 3}), innlandet, func(p companies.Progress) {
		if p.Seen > 1000 {
			stop()
		}
	}); data.Code(err) != companies.CodeStopped {
		t.Fatal(err)
	}
	path := bulk(t, companiestest.Bulk{Units: 300, Seed: 5})
	if done := load(t, s, path, innlandet); done.Resumed || done.Seen != 300 {
		t.Errorf("%+v", done)
	}
}

func TestBadFiles(t *testing.T) {
	s := newStore(t)
	if _, err := s.Find(context.Background(), companies.Query{Text: "sag"}); data.Code(err) != companies.CodeNoRegister {
		t.Errorf("nothing loaded: %v", err)
	}
	load(t, s, file(t, units(companiestest.Company(one, "VÅGÅ SAG AS", "3435"))), innlandet)
	var packed, plain bytes.Buffer
	if err := errors.Join(companiestest.Bulk{Units: 3000, Gzip: true}.Write(&packed), companiestest.Bulk{Units: 30}.Write(&plain)); err != nil {
		t.Fatal(err)
	}
	corrupt := bytes.Clone(packed.Bytes())
	corrupt[len(corrupt)-6] ^= 0xff // the checksum
	unit := companiestest.Company(two, "B", "3435")
	for name, c := range map[string]struct {
		content string
		code    string
	}{
		"an empty file":             {"", companies.CodeBulkFile},
		"only space":                {" \n\n", companies.CodeBulkFile},
		"a web page":                {companiestest.LoginPage, companies.CodeBulkFile},
		"a workbook":                {"PK\x03\x04aaaaaaa", companies.CodeBulkFile},
		"another table":             {"navn;adresse\nA;B\n", companies.CodeBulkFile},
		"a text":                    {"Hei på deg", companies.CodeBulkFile},
		"NUL bytes":                 {strings.Repeat("\x00", 5000), companies.CodeBulkFile},
		"a cut packed file":         {packed.String()[:packed.Len()/2], companies.CodeBulkDamaged},
		"a wrong checksum":          {string(corrupt), companies.CodeBulkDamaged},
		"only a packed file's head": {packed.String()[:5], companies.CodeBulkDamaged},
		"a cut file":                {plain.String()[:plain.Len()-30], companies.CodeBulkDamaged},
		"no comma":                  {"[" + unit + unit + "]", companies.CodeBulkDamaged},
		"more behind the end":       {"[" + unit + "] [", companies.CodeBulkDamaged},
		"an end too early":          {"[" + unit + ",", companies.CodeBulkDamaged},
		"another JSON":              {`{"name":"x","list":[]}`, companies.CodeBulkFile},
		"an empty array":            {"[]", companies.CodeBulkFile},
		"numbers":                   {"[1,2]", companies.CodeBulkDamaged},
		"too deep":                  {`[{"a":` + strings.Repeat("[", 100_000), companies.CodeBulkDamaged},
		"an endless text":           {`[{"navn":"` + strings.Repeat("a", 10<<20), companies.CodeBulkDamaged},
		"a quote that never closes": {"organisasjonsnummer,navn\n" + one + ",\"A\n" + strings.Repeat("x,y\n", 1000), companies.CodeBulkDamaged},
	} {
		_, err := s.Load(context.Background(), file(t, []byte(c.content)), innlandet, nil)
		if data.Code(err) != c.code || !strings.Contains(data.Message(err), "er i bruk som før") {
			t.Errorf("%s: %v", name, err)
		}
		if all := everything(t, s); len(all) != 1 || all[0].Number != one {
			t.Fatalf("%s: the store is now %+v", name, all)
		}
	}
	for _, path := range []string{filepath.Join(t.TempDir(), "none"), t.TempDir()} {
		if _, err := s.Load(context.Background(), path, innlandet, nil); data.Code(err) != companies.CodeBulkFile {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// TestSavedBySpreadsheet: a table that a spreadsheet saved again, with semicolons
// and in Windows-1252.
func TestSavedBySpreadsheet(t *testing.T) {
	s := newStore(t)
	load(t, s, file(t, []byte("organisasjonsnummer;navn;forretningsadresse.kommunenummer\r\n"+one+";\xd8RNE SAG;3435\r\n\r\n"+two+";\"A \"\"B\"\"\";3434")), innlandet)
	if all := everything(t, s); len(all) != 2 || all[0].Name != `A "B"` || all[1].Name != "ØRNE SAG" {
		t.Errorf("%+v", all)
	}
}

func TestNotAStore(t *testing.T) {
	path := filepath.Join(t.TempDir(), companies.FileName)
	if err := os.WriteFile(path, bytes.Repeat([]byte("no database "), 1000), 0o600); err != nil {
		t.Fatal(err)
	}
	s := companies.NewStore(path, places)
	defer s.Close()
	if _, err := s.Info(); data.Code(err) != companies.CodeNoRegister {
		t.Errorf("%v", err)
	}
	// Loading mends it.
	if done := load(t, s, file(t, units(companiestest.Company(one, "A", "3435"))), innlandet); done.Main != 1 || len(everything(t, s)) != 1 {
		t.Errorf("%+v", done)
	}
}

// TestDamagedStoreIsReplaced: a store that is damaged inside does not keep a new
// one from being made.
func TestDamagedStoreIsReplaced(t *testing.T) {
	path := filepath.Join(t.TempDir(), companies.FileName)
	s := companies.NewStore(path, places)
	defer s.Close()
	load(t, s, bulk(t, companiestest.Bulk{Units: 3000, Seed: 1}), innlandet)
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for at := 20 * 4096; at < len(content); at += 4096 { // each page from the twentieth on
		copy(content[at:], bytes.Repeat([]byte{0xff}, 64))
	}
	if err := errors.Join(s.Close(), os.WriteFile(path, content, 0o600)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Find(context.Background(), companies.Query{Limit: 1 << 20}); data.Code(err) != companies.CodeNoRegister {
		t.Errorf("a damaged store: %v", err)
	}
	done := load(t, s, bulk(t, companiestest.Bulk{Units: 2000, Seed: 2, Sub: true}), innlandet)
	if done.Main != 0 || done.Sub == 0 || len(everything(t, s)) != done.Sub {
		t.Errorf("%+v", done)
	}
}

// TestNewStoreIsSeen: a store that another program loaded is read at once.
func TestNewStoreIsSeen(t *testing.T) {
	path := filepath.Join(t.TempDir(), companies.FileName)
	a, b := companies.NewStore(path, places), companies.NewStore(path, places)
	defer a.Close()
	defer b.Close()
	load(t, a, file(t, units(companiestest.Company(one, "A", "3435"))), innlandet)
	everything(t, a)
	load(t, b, file(t, units(companiestest.Company(one, "A", "3435"), companiestest.Company(two, "B", "3435"))), innlandet)
	if got := len(everything(t, a)); got != 2 {
		t.Errorf("%d units", got)
	}
}

func TestSelect(t *testing.T) {
	s, err := companies.Select(places, "34", []string{"0301", "Bærum", "Oslo"})
	if err != nil || s.County != "34" || !slices.Equal(s.Municipalities, []string{"0301", "3201"}) {
		t.Errorf("%+v, %v", s, err)
	}
	for _, c := range []struct {
		county string
		places []string
	}{{"", nil}, {"99", nil}, {"x", nil}, {"", []string{"Atlantis"}}, {"34", []string{"Våler"}}} { // two are called Våler
		if _, err := companies.Select(places, c.county, c.places); data.Code(err) != companies.CodeNoSelection {
			t.Errorf("%+v: %v", c, err)
		}
	}
}
