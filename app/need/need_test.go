package need

import (
	"encoding/csv"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/reference"
	"kompetansepilot/assets"
	"kompetansepilot/data"
)

func terms(t *testing.T) *Terms {
	t.Helper()
	all, err := LoadTerms()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestTermTable guards what a table must be: read without fault, large, and
// with words for every concept.
func TestTermTable(t *testing.T) {
	all := terms(t)
	if n := all.Entries(); n < 15000 {
		t.Errorf("the table has %d entries", n)
	}
	has := make([]bool, len(all.concepts))
	for _, e := range all.entries {
		has[e.concept] = has[e.concept] || e.kind == rowTerm
	}
	for i, c := range all.concepts {
		if !has[i] || c.Name == "" || c.NameNN == "" {
			t.Errorf("%s has no term or no name", c.ID)
		}
	}
}

// TestTermTableSaysNothingTwice reads the files themselves: an entry that stands
// twice, has no words or is not written plainly would be passed over in silence.
func TestTermTableSaysNothingTwice(t *testing.T) {
	names, err := fs.Glob(assets.FS, "terms/*.csv")
	if err != nil || len(names) < 10 {
		t.Fatal(names, err)
	}
	type place struct {
		concept string
		against bool
		word    string
	}
	seen := map[place]string{}
	named := map[string]bool{}
	for _, name := range names {
		f, err := assets.FS.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		rows := csv.NewReader(f)
		rows.Comment, rows.FieldsPerRecord = '#', 3
		all, err := rows.ReadAll()
		if err := errors.Join(err, f.Close()); err != nil {
			t.Fatal(name, err)
		}
		for _, row := range all {
			words := strings.Split(row[2], "|")
			switch row[1] {
			case rowName:
				if named[row[0]] || len(words) != 2 {
					t.Errorf("%s: %s must have one name, in bokmål and nynorsk", name, row[0])
				}
				named[row[0]] = true
			case rowTerm, rowCue, rowNot:
				for _, w := range words {
					at := place{row[0], row[1] == rowNot, w}
					if w == "" || w != strings.TrimSpace(w) || w != strings.ToLower(w) {
						t.Errorf("%s: %q of %s is not written plainly", name, w, row[0])
					}
					if before, ok := seen[at]; ok {
						t.Errorf("%s: %q of %s stands in %s too", name, w, row[0], before)
					}
					seen[at] = name
				}
			}
		}
	}
}

// TestBothNormsReadAlike: what a concept is called leads to it in nynorsk where
// it does in bokmål.
func TestBothNormsReadAlike(t *testing.T) {
	all := terms(t)
	finds := func(name, id string) bool {
		return slices.ContainsFunc(all.Find(&data.Need{Text: name}, 3), func(f Found) bool { return f.Concept.ID == id })
	}
	found := 0
	for _, c := range all.Concepts() {
		switch nb, nn := finds(c.Name, c.ID), finds(c.NameNN, c.ID); {
		case nb && nn:
			found++
		case nb:
			t.Errorf("%s is found by %q and not by %q", c.ID, c.Name, c.NameNN)
		}
	}
	if found*10 < len(all.Concepts())*9 {
		t.Errorf("only %d of %d concepts are found by their names", found, len(all.Concepts()))
	}
	words := all.words
	for other, one := range words.spellings {
		if words.spellings[one] != "" {
			t.Errorf("%q is a spelling of %q, which is a spelling of another", other, one)
		}
	}
}

func TestReadsThroughCompoundsNormsAndSlips(t *testing.T) {
	all := terms(t)
	for text, want := range map[string]string{
		"Vi trenger sveisesertifikat":                     "machine.welding",
		"Me treng sveisarbevis":                           "machine.welding",
		"hun vil lære exell":                              "digital.spreadsheet",
		"Rekneskapen er eit rot, likviditeten er borte":   "finance.basic",
		"truckserftifikat til tre":                        "machine.truck",
		"Vi vil lære spansk, ikke bare engelsk":           "lang.spanish",
		"Turnus kan vi, men ikke budsjett og likviditet.": "finance.basic",
		"Verneombodet må på kurs":                         "hse.delegate",
	} {
		found := all.Find(&data.Need{Text: text}, 1)
		if len(found) == 0 || found[0].Concept.ID != want {
			t.Errorf("%q: got %+v, want %s", text, found, want)
		}
	}
}

func TestLimitsBlockAndSayWhy(t *testing.T) {
	all, places := terms(t), reference.Load()
	offers := []Offer{
		{ID: "near", Title: "Sveisekurs", Level: LevelCourse, Form: FormOnSite, Months: []int{9, 10}, Least: 4, Most: 10},
		{ID: "far", Title: "Sveisekurs", Level: LevelCourse, Form: FormGather, Place: "Oslo", Months: []int{9, 10}, Most: 10},
		{ID: "level", Title: "Sveising på masternivå", Level: LevelMaster, Form: FormOnSite, Months: []int{9, 10}, Most: 10},
		{ID: "season", Title: "Sveisekurs", Level: LevelCourse, Form: FormOnSite, Months: []int{2}, Most: 10},
		{ID: "full", Title: "Sveisekurs", Level: LevelCourse, Form: FormOnSite, Full: true},
	}
	m := NewMatcher(all, places, offers, Settings{})
	n := &data.Need{Text: "Vi trenger sveisekurs", Municipality: "5601", Level: LevelCourse, Form: FormOnSite, Reach: 50, FromMonth: 9, ToMonth: 11, People: 3}
	found := m.Match(n)
	words := lang.New("nb")
	want := map[string]string{"near": "", "far": "km å reise til Oslo, ønsket er høyst 50", "level": "masternivå", "season": "Holdes bare i februar", "full": "ingen ledige plasser"}
	if len(found) != len(want) || found[0].Offer != "near" {
		t.Fatalf("got %+v", found)
	}
	for _, f := range found {
		blocked := strings.Join(m.BlockedBy(words, n, &f), "; ")
		if w := want[f.Offer]; !strings.Contains(blocked, w) || (w == "") != (blocked == "") {
			t.Errorf("%s is blocked by %q, want %q", f.Offer, blocked, w)
		}
	}
	if why := strings.Join(m.Reasons(words, n, &found[0]), "; "); !strings.Contains(why, "sveisekurs") || !strings.Contains(why, "en til") {
		t.Errorf("reasons: %s", why)
	}
}

func TestNothingFits(t *testing.T) {
	l := load(t, "testdata/matching")
	for _, text := range []string{"", "x", "12345 678", "!!!", "The quick brown fox jumps over a lazy dog", strings.Repeat("lorem ipsum dolor ", 2000), "Vi vil lære å klippe hår"} {
		if found := l.matcher.Match(&data.Need{Text: text, Municipality: "9999", People: -4, FromMonth: 77}); len(found) != 0 {
			t.Errorf("%.30q: %+v", text, found[0])
		}
	}
}

func TestSameAnswerAlways(t *testing.T) {
	a, b := load(t, "testdata/matching"), load(t, "testdata/matching")
	for i := range a.needs {
		x, y := a.matcher.Match(&a.needs[i]), b.matcher.Match(&b.needs[i])
		if len(x) != len(y) {
			t.Fatalf("%s: %d and %d offers", a.needs[i].ID, len(x), len(y))
		}
		for j := range x {
			if x[j].Offer != y[j].Offer || x[j].Score != y[j].Score {
				t.Errorf("%s: %v and %v", a.needs[i].ID, x[j], y[j])
			}
		}
	}
}

func TestReadNeedsTellsWhatIsOdd(t *testing.T) {
	list := "id,text,people,kommunenr,from_month,to_month,level_wanted,form_wanted,employees\n" +
		"A,Vi trenger sveis,-2,0402,13,2,doktor,telepati,4\nA,igjen,1,3407,1,2,kurs,nett,4\nB,,1,3407,1,2,kurs,nett,4\nC,1234,50,0000,1,2,kurs,nett,4\n"
	read, err := ReadNeeds(strings.NewReader(list), reference.Load())
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]bool{}
	for _, n := range read.Notices {
		got[n.Kind] = true
		if s := n.Sentence(lang.New("nn")); s == "" || strings.Contains(s, "need.") {
			t.Errorf("%s says %q", n.Kind, s)
		}
	}
	for _, kind := range []string{NoticeNumber, NoticeFormerPlace, NoticeMonth, NoticeLevel, NoticeForm, NoticeTwice, NoticeEmpty, NoticeNoWords, NoticePlace, NoticeEmployees} {
		if !got[kind] {
			t.Errorf("nothing told of %s", kind)
		}
	}
	if len(read.Needs) != 3 || read.Needs[0].Municipality != "3401" || read.Needs[0].People != 0 || read.Needs[0].Level != Any {
		t.Errorf("got %+v", read.Needs)
	}
	if _, err := ReadNeeds(strings.NewReader("navn;alder\na;3"), reference.Load()); data.Code(err) != CodeFile {
		t.Errorf("a list without the column: %v", err)
	}
}

func TestServiceKeepsIDsAndUndoes(t *testing.T) {
	w, err := data.Open(filepath.Join(t.TempDir(), "a.kpilot"), data.Options{Create: true, AnyPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	s := NewService(w, reference.Load())
	read := &Read{Needs: []data.Need{{Row: data.Row{ID: "N1"}, Text: "Vi trenger førstehjelp"}, {Text: "Uten nummer"}, {Row: data.Row{ID: "N2"}}}}
	done, err := s.Import("Leste inn behov", read)
	if err != nil || done.Added != 2 || done.Skipped != 1 {
		t.Fatalf("%+v, %v", done, err)
	}
	if n, err := s.Resolve("førstehjelp"); err != nil || n.ID != "N1" || n.Created == "" {
		t.Errorf("%+v, %v", n, err)
	}
	read.Needs = read.Needs[:1]
	if done, err := s.Import("Leste inn behov", read); err != nil || done.Same != 1 {
		t.Errorf("the same again: %+v, %v", done, err)
	}
	if _, err := s.Add("La til", &data.Need{}); data.Code(err) != "needEmpty" {
		t.Errorf("an empty need: %v", err)
	}
	if _, err := w.Undo(); err != nil {
		t.Fatal(err)
	}
	if all, err := s.All(); err != nil || len(all) != 0 {
		t.Errorf("after undo: %v, %v", all, err)
	}
}
