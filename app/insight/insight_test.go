package insight

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/need"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

func TestHalfOf(t *testing.T) {
	for date, want := range map[string]string{"2026-06-30": "2026-1", "2026-07-01": "2026-2", "2026-01-01T10:00:00Z": "2026-1",
		"": "", "2026-13-01": "", "2026": "", "ukjent-dato": ""} {
		if got := HalfOf(date); got != want {
			t.Errorf("HalfOf(%q) = %q, want %q", date, got, want)
		}
	}
	if got := before("2026-1"); got != "2025-2" {
		t.Error("before", got)
	}
}

func TestSizeAndIndustry(t *testing.T) {
	terms, err := need.LoadTerms()
	if err != nil {
		t.Fatal(err)
	}
	r := &reader{terms: terms, places: reference.Load()}
	for n, want := range map[int64]string{0: "", 1: "1-4", 4: "1-4", 5: "5-9", 249: "100-249", 250: "250+", 4000: "250+"} {
		if got := r.fact(&data.Need{Employees: n}).Size; got != want {
			t.Errorf("size of %d = %q, want %q", n, got, want)
		}
	}
	for text, want := range map[string]string{"Lakseoppdrett (SN2007 03)": "03", "55.101": "55", "Hotell": "", "(SN2025 47.1)": "47", "": ""} {
		if got := division(text); got != want {
			t.Errorf("division(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestRises(t *testing.T) {
	for _, c := range []struct {
		halves []int
		want   bool
	}{{[]int{2, 2, 5}, true}, {[]int{2, 2, 2}, false}, {[]int{0, 0, 2}, false}, {[]int{5}, false}, {[]int{0, 3}, true}, {[]int{10, 14}, false}} {
		if got := rises(c.halves); got != c.want {
			t.Errorf("rises(%v) = %v", c.halves, got)
		}
	}
}

// TestFactsFollowTheRecords counts what is stored, and again when it changes.
func TestFactsFollowTheRecords(t *testing.T) {
	w, err := data.Open(filepath.Join(t.TempDir(), "a.kpilot"), data.Options{Create: true, AnyPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	places := reference.Load()
	needs := need.NewService(w, places)
	s := NewService(w, needs, places)
	add := func(text, municipality, date string, people int64) string {
		n := data.Need{Text: text, Municipality: municipality, Interview: date, People: people, Industry: "Hotell (SN2025 55)", Employees: 7, Level: need.Any, Form: need.Any}
		if _, err := needs.Add("La til behov", &n); err != nil {
			t.Fatal(err)
		}
		return n.ID
	}
	first := add("Vi trenger førstehjelpskurs", "3446", "2025-10-01", 4)
	add("Førstehjelp for alle ansatte", "0501", "2026-03-01", 6) // Lillehammer until 2020
	add("Kurs i regnskap", "3446", "2026-04-01", 1)
	words := lang.New("nb")
	facts, err := s.Facts(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	table := facts.Count(BySubject, nil, words)
	if len(table.Rows) != 2 || len(table.Rows[0].Needs) != 2 || table.Rows[0].People != 10 || table.Rows[0].Businesses != 2 || len(table.Rows[0].Unmet) != 2 {
		t.Fatalf("by subject: %+v", table.Rows)
	}
	if !slices.Equal(table.Halves, []string{"2025-2", "2026-1"}) || !slices.Equal(table.Rows[0].Halves, []int{1, 1}) {
		t.Errorf("half-years %v %v", table.Halves, table.Rows[0].Halves)
	}
	if len(table.Sum.Needs) != 3 || table.Sum.People != 11 {
		t.Errorf("sum %+v", table.Sum)
	}
	if by := facts.Count(ByMunicipality, nil, words); len(by.Rows) != 2 || by.Rows[1].Name != "Lillehammer" {
		t.Errorf("by municipality: %+v", by.Rows)
	}
	if by := facts.Count(BySize, Only{ByMunicipality: "3446"}, words); len(by.Rows) != 1 || by.Rows[0].Key != "5-9" || len(by.Rows[0].Needs) != 2 {
		t.Errorf("by size in Gran: %+v", by.Rows)
	}
	if again, _ := s.Facts(context.Background(), nil); again != facts {
		t.Error("read anew though nothing changed")
	}
	if err := w.Update("Slettet", func(tx *data.Tx) error { return tx.Delete(&data.Need{Row: data.Row{ID: first}}) }); err != nil {
		t.Fatal(err)
	}
	if facts, err = s.Facts(context.Background(), nil); err != nil || len(facts.All) != 2 {
		t.Errorf("after deletion: %v %v", facts, err)
	}
}

// TestPublicHides lets nobody find a count below five, neither by reading it nor
// by subtraction.
func TestPublicHides(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := Table{Halves: make([]string, rapid.IntRange(0, 3).Draw(t, "halves"))}
		sum := &counter{}
		rows := rapid.IntRange(0, 6).Draw(t, "rows")
		for i := range table.Halves {
			table.Halves[i] = fmt.Sprintf("202%d-1", i)
		}
		sum.halves = table.Halves
		next := 0
		for r := range rows {
			c := &counter{halves: table.Halves}
			for range rapid.IntRange(1, 12).Draw(t, "needs") {
				next++
				f := Fact{ID: fmt.Sprint(next), Business: fmt.Sprint(rapid.IntRange(0, 20).Draw(t, "business")), People: 1, Unmet: rapid.Bool().Draw(t, "unmet")}
				if len(table.Halves) > 0 {
					f.Half = rapid.SampledFrom(table.Halves).Draw(t, "half")
				}
				c.add(&f)
				sum.add(&f)
			}
			table.Rows = append(table.Rows, c.row(fmt.Sprint(r), fmt.Sprint("rad ", r)))
		}
		table.Sum = sum.row("", "Sum")
		p := table.Public()
		for c := range fixedColumns + len(p.Halves) {
			hidden := 0
			for i := range p.Rows {
				n := *p.Rows[i].column(c)
				if n > 0 && n < LeastShown {
					t.Fatalf("row %d shows %d", i, n)
				}
				if n == Hidden {
					hidden++
				}
			}
			// businesses are counted once in the sum, so their rows do not add up
			if hidden == 1 && *p.Sum.column(c) != Hidden {
				t.Fatalf("column %d: one number hidden under a sum that is shown: %+v", c, p)
			}
		}
	})
}

// TestTextInApplication puts the figures into a field, sees when they change, and
// lets the new text take the old one's place.
func TestTextInApplication(t *testing.T) {
	w, err := data.Open(filepath.Join(t.TempDir(), "a.kpilot"), data.Options{Create: true, AnyPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	places := reference.Load()
	needs := need.NewService(w, places)
	s := NewService(w, needs, places)
	app := data.Application{Call: "x", Language: "nn", Answers: data.Values{"background": "Innleiing."}}
	add := func(n int) {
		for i := range n {
			if _, err := needs.Add("La til", &data.Need{Text: "Førstehjelpskurs", People: int64(2 + i), Municipality: "3446", Interview: "2026-02-01"}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := w.Update("Laget søknad", func(tx *data.Tx) error { return tx.Put(&app) }); err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	insert := func() error { return s.Insert(ctx, "Sette inn tal", "", app.ID, "background") }
	if add(4); data.Code(insert()) != "insightEmpty" {
		t.Error("four businesses are told of")
	}
	add(3)
	if err := insert(); err != nil {
		t.Fatal(err)
	}
	draft := func() *data.Draft {
		d, err := data.LoadDraft(w, app.ID)
		if err != nil {
			t.Fatal(err)
		}
		return &d
	}
	first := draft().Application.Answers["background"]
	if want := "Innleiing.\n\nVi har kartlagt 7 behov i 7 bedrifter."; !strings.HasPrefix(first, want) || !strings.Contains(first, "\n– ") {
		t.Fatalf("text %q", first)
	}
	if changed, err := s.Changed(ctx, draft()); err != nil || len(changed) != 0 {
		t.Errorf("changed at once: %v %v", changed, err)
	}
	add(1)
	changed, err := s.Changed(ctx, draft())
	if err != nil || len(changed) != 1 || !changed[0].Stands || !strings.Contains(changed[0].New, "8 behov") {
		t.Fatalf("changed: %+v %v", changed, err)
	}
	if err := insert(); err != nil {
		t.Fatal(err)
	}
	second := draft().Application.Answers["background"]
	if strings.Contains(second, "7 behov") || strings.Count(second, "Vi har kartlagt") != 1 || !strings.HasPrefix(second, "Innleiing.") {
		t.Errorf("second text %q", second)
	}
	if changed, _ := s.Changed(ctx, draft()); len(changed) != 0 {
		t.Errorf("still changed: %+v", changed)
	}
	if _, err := w.Undo(); err != nil {
		t.Fatal(err)
	}
	if got := draft().Application.Answers["background"]; got != first {
		t.Errorf("undone: %q", got)
	}
}

// told is a source of one text.
type told struct{ text string }

func (*told) Name() string { return "other" }

func (t *told) Text(context.Context, *lang.Printer) (string, error) { return t.text, nil }

// TestSourcesStandBesideEachOther: two texts stand in one field, each is watched by
// itself, and one that changes takes its own place.
func TestSourcesStandBesideEachOther(t *testing.T) {
	w, err := data.Open(filepath.Join(t.TempDir(), "a.kpilot"), data.Options{Create: true, AnyPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	places, other := reference.Load(), &told{"Tretten har fullført."}
	needs := need.NewService(w, places)
	s := NewService(w, needs, places, other)
	app := data.Application{Call: "kompetansepiloter-2020", Language: "nb", Answers: data.Values{}}
	if err := w.Update("Ny", func(tx *data.Tx) error { return tx.Put(&app) }); err != nil {
		t.Fatal(err)
	}
	for i := range 6 {
		if _, err := needs.Add("La til", &data.Need{Text: "Førstehjelpskurs", People: int64(2 + i), Municipality: "3446"}); err != nil {
			t.Fatal(err)
		}
	}
	ctx := context.Background()
	for _, source := range []string{"", "other"} {
		if err := s.Insert(ctx, "Satte inn", source, app.ID, "background"); err != nil {
			t.Fatal(err)
		}
	}
	other.text = "Femten har fullført."
	d, err := data.LoadDraft(w, app.ID)
	if err != nil {
		t.Fatal(err)
	}
	changed, err := s.ChangedFigures(&d)
	if err != nil || len(changed) != 1 || changed[0].Source != "other" || !changed[0].Stands {
		t.Fatalf("%+v %v", changed, err)
	}
	if err := s.Insert(ctx, "Satte inn", "other", app.ID, "background"); err != nil {
		t.Fatal(err)
	}
	if d, err = data.LoadDraft(w, app.ID); err != nil {
		t.Fatal(err)
	}
	text := d.Application.Answers["background"]
	if strings.Contains(text, "Tretten") || strings.Count(text, "Femten") != 1 || !strings.Contains(text, "behov") {
		t.Errorf("%q", text)
	}
	other.text = ""
	if err := s.Insert(ctx, "Satte inn", "other", app.ID, "background"); data.Code(err) != "figuresEmpty" {
		t.Error(err)
	}
}
