package partner_test

import (
	"path/filepath"
	"slices"
	"testing"

	"kompetansepilot/app/partner"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

func newRegister(t testing.TB) (*partner.Register, *data.Workspace) {
	t.Helper()
	w, err := data.Open(filepath.Join(t.TempDir(), "a.kpilot"), data.Options{Create: true, Actor: "Kari", AnyPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	return partner.NewRegister(w, reference.Load()), w
}

func put(t *testing.T, w *data.Workspace, all ...*data.Organisation) {
	t.Helper()
	if err := w.Update("Nye", func(tx *data.Tx) error {
		for _, o := range all {
			if o.OrganisationOf == "" {
				o.OrganisationOf = data.OrganisationBusiness
			}
			if err := tx.Put(o); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

func look(t *testing.T, r *partner.Register, q partner.Query, from, to int, follow string, around bool) (partner.View, []string) {
	t.Helper()
	q.Kind = data.OrganisationBusiness
	v, err := r.Look(q, from, to, follow, around)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, o := range v.Rows {
		names = append(names, o.Name)
	}
	return v, names
}

func TestPipelineIsWhole(t *testing.T) {
	for _, kind := range []string{data.OrganisationBusiness, data.OrganisationProvider} {
		all := partner.Pipeline(kind)
		if all[0] != partner.StatusUnknown || all[len(all)-1] != partner.StatusDeclined {
			t.Errorf("%s goes from %s to %s", kind, all[0], all[len(all)-1])
		}
	}
	if partner.ParseStatus("") != partner.StatusUnknown || partner.ParseStatus("later") != "later" {
		t.Error("a stored status is read wrongly")
	}
}

func TestLookCountsAndSorts(t *testing.T) {
	r, w := newRegister(t)
	put(t, w,
		&data.Organisation{Name: "Fem", SizeBand: "5-9", Status: "mapped", Municipality: "3446"},     // Gran, centrality 4 or so
		&data.Organisation{Name: "Ingen", SizeBand: "0", Municipality: "0301"},                       // Oslo, 1
		&data.Organisation{Name: "Holdt tilbake", SizeBand: "", Status: "new", Municipality: "3430"}, // Os
		&data.Organisation{Name: "Hundre", SizeBand: "100-249", Status: "new", Municipality: "3437"}, // Sel
		&data.Organisation{Name: "Ti", SizeBand: "10-19", Status: "later"},
	)
	v, names := look(t, r, partner.Query{Sort: []partner.Sort{{Column: partner.ColumnSize}}}, 0, 10, "", false)
	if want := []string{"Ingen", "Holdt tilbake", "Fem", "Ti", "Hundre"}; !slices.Equal(names, want) {
		t.Errorf("by size %q, want %q", names, want)
	}
	if v.Total != 5 || v.Counts[partner.StatusUnknown] != 3 || v.Counts["later"] != 1 || v.All() != 5 {
		t.Errorf("counts %v", v.Counts)
	}
	v, names = look(t, r, partner.Query{Statuses: []partner.Status{partner.StatusUnknown}, Sort: []partner.Sort{{Column: partner.ColumnMunicipality}}}, 0, 10, "", false)
	if want := []string{"Holdt tilbake", "Ingen", "Hundre"}; v.Total != 3 || !slices.Equal(names, want) {
		t.Errorf("unknown by municipality %q, want %q", names, want)
	}
	_, names = look(t, r, partner.Query{Sort: []partner.Sort{{Column: partner.ColumnCentrality, Descending: true}}}, 0, 10, "", false)
	if names[len(names)-1] != "Ti" || names[len(names)-2] != "Ingen" {
		t.Errorf("the most remote first: %q", names)
	}
	if _, err := r.Look(partner.Query{Sort: []partner.Sort{{Column: "moon"}}}, 0, 1, "", false); err == nil {
		t.Error("sorted by a column that is none")
	}
	narrow := partner.Narrow{Centrality: []int{5, 6}, Sizes: []string{partner.SizeWithheld, "100-249"}}
	if v, names = look(t, r, partner.Query{Narrow: narrow}, 0, 10, "", false); !slices.Equal(names, []string{"Holdt tilbake", "Hundre"}) || v.Total != 2 {
		t.Errorf("remote and withheld or large: %q of %d", names, v.Total)
	}
	if n := narrow.Count(); n != 2 {
		t.Errorf("%d are in use", n)
	}
	if _, names = look(t, r, partner.Query{Text: "oslo"}, 0, 10, "", false); !slices.Equal(names, []string{"Ingen"}) {
		t.Errorf("in Oslo: %q", names)
	}
}

func TestLookAround(t *testing.T) {
	r, w := newRegister(t)
	var all []*data.Organisation
	for i := range 200 {
		all = append(all, &data.Organisation{Name: string(rune('A'+i/20)) + string(rune('b'+i%20))})
	}
	put(t, w, all...)
	v, names := look(t, r, partner.Query{}, 0, 40, all[150].ID, true)
	if v.Position != 150 || v.From != 130 || names[20] != all[150].Name {
		t.Errorf("position %d, from %d", v.Position, v.From)
	}
	v, names = look(t, r, partner.Query{}, 190, 230, all[3].ID, false)
	if v.From != 160 || len(names) != 40 || v.Position != 3 {
		t.Errorf("past the end: from %d, %d rows, position %d", v.From, len(names), v.Position)
	}
	row, id, err := r.Find(partner.Query{Kind: data.OrganisationBusiness}, "c", 0)
	if err != nil || row != 40 || id != all[40].ID {
		t.Errorf("found %d, %v", row, err)
	}
	got, err := r.Among(partner.Query{Kind: data.OrganisationBusiness}, []string{all[9].ID, "gone", all[2].ID})
	if err != nil || len(got) != 2 || got[0].ID != all[2].ID {
		t.Errorf("among %v, %v", got, err)
	}
}

func TestChangesAreOneStep(t *testing.T) {
	r, w := newRegister(t)
	a, b := &data.Organisation{Name: "A", OrgNumber: "314950283"}, &data.Organisation{Name: "B", OrgNumber: "314950283"}
	put(t, w, a, b)
	if other, ok, err := r.SameNumber(a); err != nil || !ok || other.ID != b.ID {
		t.Errorf("same number: %v %v %v", other, ok, err)
	}
	if err := r.Change("Satte status", []string{a.ID, b.ID}, func(o *data.Organisation) { o.Status = "mapped" }); err != nil {
		t.Fatal(err)
	}
	if err := r.Change("Satte status", []string{a.ID, "gone"}, func(o *data.Organisation) { o.Status = "visited" }); data.Code(err) != data.CodeNotFound {
		t.Errorf("error %v", err)
	}
	if o, _ := r.Get(a.ID); o.Status != "mapped" {
		t.Errorf("half a change was kept: %s", o.Status)
	}
	if err := r.Delete("Slettet", []string{a.ID, b.ID}); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := w.Undo(); err != nil {
			t.Fatal(err)
		}
	}
	if o, _ := r.Get(b.ID); o.Status != "" || o.InTrash() {
		t.Errorf("not as before: %+v", o)
	}
}

func TestTags(t *testing.T) {
	if got := partner.WithTag("sag , høst  2026,", "Bær, sag"); got != "sag, høst 2026, Bær" {
		t.Errorf("with: %q", got)
	}
	if got := partner.WithoutTag("sag, Høst 2026, bær", "høst 2026,BÆR"); got != "sag" {
		t.Errorf("without: %q", got)
	}
}

func TestForms(t *testing.T) {
	for text, want := range map[string]bool{
		"post@bedrift.no": true, "kari.ås@øst.example.no": true, "post@bedrift": false, "post bedrift.no": false, "": false, "@bedrift.no": false,
		"Kari <post@bedrift.no>": false, "post@bedrift.no ": false, "a@b@c.no": false, "post@.no": false,
	} {
		if partner.ValidEmail(text) != want {
			t.Errorf("e-mail %q: %v", text, !want)
		}
	}
	for text, want := range map[string]bool{"16": true, "16.1": true, "16.110": true, "02.400": true, "1": false, "16.": false, "16.1101": false, "ab.110": false, "16,110": false} {
		if partner.ValidIndustry(text) != want {
			t.Errorf("industry %q: %v", text, !want)
		}
	}
}
