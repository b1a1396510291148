package companies_test

import (
	"context"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"kompetansepilot/app/companies"
	"kompetansepilot/app/companies/companiestest"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
)

// answer is what the register said when it was asked in 2026.
func answer(t *testing.T, standing companies.Standing, unit string) companies.Answer {
	t.Helper()
	a := companies.Answer{Number: one, Standing: standing, Time: may2026}
	if unit == "" {
		return a
	}
	s := companiestest.NewServer(t)
	s.Add(unit)
	c, _ := client(t, s)
	got, err := c.Lookup(context.Background(), one)
	if err != nil {
		t.Fatal(err)
	}
	a.Unit = got.Unit
	return a
}

// as is the organisation that a company of companiestest fills.
func as() data.Organisation {
	return data.Organisation{OrganisationOf: data.OrganisationBusiness, Name: "ØRNE SAG AS", OrgNumber: one, Municipality: "3435", Industry: "16.110",
		IndustryStd: "SN2025", SizeBand: "10-19", Norm: "nn", Website: "www.example.no", Email: "post@example.no", Phone: "51 99 00 00"}
}

func fields(c companies.Comparison) string {
	var all []string
	for _, d := range c.Differences {
		own := ""
		if d.Own {
			own = "!"
		}
		all = append(all, own+d.Field+"="+d.New)
		if d.Source != companies.Source || !d.Time.Equal(may2026) {
			all = append(all, "no source")
		}
	}
	return strings.Join(all, " ")
}

func TestCompare(t *testing.T) {
	company := companiestest.Company(one, "ØRNE SAG AS", "3435")
	all := companies.Origins{}
	for _, f := range companies.Fields() {
		all[f] = may2026
	}
	for _, c := range []struct {
		name     string
		change   func(o *data.Organisation)
		standing companies.Standing
		unit     string
		origins  companies.Origins
		want     string
		notices  []companies.Kind
	}{
		{name: "nothing differs", unit: company},
		{name: "the same, written otherwise", unit: company, change: func(o *data.Organisation) {
			o.Name, o.Website, o.Email, o.Phone, o.Municipality = "Ørne Sag AS", "https://example.no/", "Post@Example.no", "+47 51990000", "0515"
			o.OrgNumber = "NO " + one + " MVA"
		}, want: "!municipality=3435"}, // a number that a reform changed: no move
		{name: "an empty record", unit: company, change: func(o *data.Organisation) { *o = data.Organisation{OrgNumber: one} },
			want: "name=ØRNE SAG AS municipality=3435 industry=16.110 industry_std=SN2025 size_band=10-19 norm=nn website=www.example.no email=post@example.no phone=51 99 00 00"},
		{name: "what the register is silent about stays", unit: companiestest.SoleProprietor(one, "ØRNE SAG AS", "3435"),
			origins: all, want: "industry=74.103 norm=nb tags=enkeltpersonforetak", notices: []companies.Kind{companies.NoticePerson}},
		{name: "withheld is no zero", unit: companiestest.Withheld(one, "ØRNE SAG AS", "3435"), want: "!size_band="},
		{name: "withheld and one to four agree", unit: companiestest.Withheld(one, "ØRNE SAG AS", "3435"), change: func(o *data.Organisation) { o.SizeBand = "1-4" }},
		{name: "moved", unit: companiestest.Company(one, "ØRNE SAG AS", "3434"), origins: all, want: "municipality=3434", notices: []companies.Kind{companies.NoticeMoved}},
		{name: "another standard", unit: company, change: func(o *data.Organisation) { o.IndustryStd = "SN2007" }, want: "!industry_std=SN2025", notices: []companies.Kind{companies.NoticeStandard}},
		{name: "bankrupt", unit: companiestest.Bankrupt(one, "ØRNE SAG AS", "3435"), origins: all, change: func(o *data.Organisation) { o.Tags = "tre, sag" },
			want: "size_band=0 tags=tre, sag, konkurs", notices: []companies.Kind{companies.NoticeBankrupt}},
		{name: "no longer bankrupt", unit: company, change: func(o *data.Organisation) { o.Tags = "tre, Konkurs" }, want: "tags=tre"},
		{name: "deleted", unit: companiestest.Deleted(one, "ØRNE SAG AS"), change: func(o *data.Organisation) { o.Tags = "konkurs" },
			want: "tags=konkurs, slettet i registeret", notices: []companies.Kind{companies.NoticeDeleted}},
		{name: "404", standing: companies.Unknown, origins: all, notices: []companies.Kind{companies.NoticeUnknown}},
		{name: "410 takes the copies, not what a person wrote", standing: companies.Removed, origins: companies.Origins{companies.FieldName: may2026, companies.FieldEmail: may2026},
			want: "name= email=", notices: []companies.Kind{companies.NoticeRemoved}},
		{name: "not in the loaded part", standing: companies.NotLoaded, origins: all, notices: []companies.Kind{companies.NoticeNotLoaded}},
		{name: "an older file", unit: companiestest.Company(one, "GAMMELT NAVN", "3434"), change: func(o *data.Organisation) { o.Source, o.SourceTime = companies.Source, "2026-05-21T08:00:00Z" },
			notices: []companies.Kind{companies.NoticeOlder}},
	} {
		o := as()
		if c.change != nil {
			c.change(&o)
		}
		got := companies.Compare(places, o, answer(t, c.standing, c.unit), c.origins)
		var kinds []companies.Kind
		for _, n := range got.Notices {
			kinds = append(kinds, n.Kind)
			for _, code := range lang.Codes {
				words := lang.New(code)
				if s := n.Sentence(words, places); s == "" || strings.Contains(s, "{{") || strings.HasPrefix(s, "companies.") || n.Effect(words) == "" {
					t.Errorf("%s: says %q, %q", c.name, s, n.Effect(words))
				}
			}
		}
		if fields(got) != c.want || !slices.Equal(kinds, c.notices) || got.Nothing() != (c.want == "") {
			t.Errorf("%s: %q %q, want %q %q", c.name, fields(got), kinds, c.want, c.notices)
		}
	}
}

func TestStandardAt(t *testing.T) {
	for day, want := range map[string]string{"2025-08-31": companies.SN2007, "2025-09-01": companies.SN2025, "2020-01-01": companies.SN2007} {
		at, _ := time.Parse(time.DateOnly, day)
		if got := companies.StandardAt(at); got != want {
			t.Errorf("%s: %s", day, got)
		}
	}
}

func workspace(t *testing.T, all ...*data.Organisation) *data.Workspace {
	t.Helper()
	w, err := data.Open(filepath.Join(t.TempDir(), "a.kpilot"), data.Options{Create: true, Actor: "Kari", AnyPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	put(t, w, all...)
	return w
}

func put(t *testing.T, w *data.Workspace, all ...*data.Organisation) {
	t.Helper()
	if err := w.Update("Endret bedrift", func(tx *data.Tx) error {
		for _, o := range all {
			if err := tx.Put(o); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

// compared asks a scripted register about all organisations.
func compared(t *testing.T, w *data.Workspace, r companies.Register) []companies.Comparison {
	t.Helper()
	all, err := data.Live[data.Organisation](w, "", "org_number")
	if err != nil {
		t.Fatal(err)
	}
	got, problems, err := companies.CompareAll(context.Background(), w, places, r, all, nil)
	if err != nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}
	return got
}

// TestTakeOverAndPurge follows a record: filled from the register, changed by a
// person, brought up to date, and removed from the register.
func TestTakeOverAndPurge(t *testing.T) {
	s := companiestest.NewServer(t)
	s.Add(companiestest.Company(one, "ØRNE SAG AS", "3435"), companiestest.Company(two, "ULVE BYGG AS", "3434"))
	c, _ := client(t, s)
	a, err := c.Lookup(context.Background(), one)
	if err != nil {
		t.Fatal(err)
	}
	o := &data.Organisation{OrganisationOf: data.OrganisationBusiness}
	a.Fill(o)
	if o.Name != "ØRNE SAG AS" || o.SizeBand != "10-19" || o.Source != companies.Source || o.SourceTime != "2026-05-20T10:00:00Z" {
		t.Errorf("filled %+v", o)
	}
	typed := &data.Organisation{OrganisationOf: data.OrganisationBusiness, OrgNumber: two, Name: "Ulve Bygg", Note: "Ringte i mai"}
	w := workspace(t, o, typed)
	o.Email, o.Note = "kari@example.no", "Besøkt"
	put(t, w, o)

	origins, err := companies.Origin(w, o.ID)
	if _, own := origins[companies.FieldEmail]; err != nil || own || !origins[companies.FieldName].Equal(may2026) || len(origins) != 8 {
		t.Errorf("origins %v, %v", origins, err)
	}
	all := compared(t, w, c)
	if got := fields(all[0]); got != "!email=post@example.no" {
		t.Errorf("differs: %s", got)
	}
	// A person leaves out the difference that is theirs.
	all[0].Differences = nil
	if n, err := companies.TakeOver(w, "Oppdaterte fra registeret", all); err != nil || n != 1 {
		t.Fatalf("%d, %v", n, err)
	}
	got, _ := data.Get[data.Organisation](w, typed.ID)
	if got.Name != "ULVE BYGG AS" || got.Note != "Ringte i mai" || got.Municipality != "3434" || got.Source != companies.Source {
		t.Errorf("taken over %+v", got)
	}
	if again := compared(t, w, c); !again[1].Nothing() {
		t.Errorf("still differs: %s", fields(again[1]))
	}

	// One step, undone and done again.
	if label, err := w.Undo(); err != nil || label != "Oppdaterte fra registeret" {
		t.Fatal(label, err)
	}
	if got, _ = data.Get[data.Organisation](w, typed.ID); got.Name != "Ulve Bygg" || got.Source != "" {
		t.Errorf("undone %+v", got)
	}
	if _, err := w.Redo(); err != nil {
		t.Fatal(err)
	}

	named, _ := data.Get[data.Organisation](w, o.ID)
	named.Note = "Besøkt igjen"
	if err := w.Update("Notat om ØRNE SAG AS og Ulve Bygg", func(tx *data.Tx) error { return tx.Put(&named) }); err != nil {
		t.Fatal(err)
	}
	s.On("enheter/"+one, companiestest.Reply{Status: 410, Body: companiestest.Removed(one)})
	if _, err := companies.TakeOver(w, "Oppdaterte fra registeret", compared(t, w, c)); err != nil {
		t.Fatal(err)
	}
	got, _ = data.Get[data.Organisation](w, o.ID)
	want := data.Organisation{Row: o.Row, OrganisationOf: o.OrganisationOf, OrgNumber: one, Email: "kari@example.no", Note: "Besøkt igjen"}
	want.Own = got.Own
	if !reflect.DeepEqual(got, want) {
		t.Errorf("after 410: %+v", got)
	}

	// The name is gone from what was done too; another's stays.
	steps, err := w.FindSteps(data.StepQuery{})
	if err != nil {
		t.Fatal(err)
	}
	var labels []string
	for _, s := range steps {
		labels = append(labels, s.Label)
	}
	if !slices.Contains(labels, "Notat om … og Ulve Bygg") || strings.Contains(strings.Join(labels, "\n"), "ØRNE") {
		t.Errorf("steps are named %q", labels)
	}

	// Nothing brings the copies back: not undo, and not the history.
	if _, err := w.Undo(); err != nil {
		t.Fatal(err)
	}
	got, err = data.Get[data.Organisation](w, o.ID)
	if err != nil || got.Name != "" || got.Email != "kari@example.no" {
		t.Errorf("after 410 and undo: %+v, %v", got, err)
	}
	for _, field := range []string{companies.FieldName, companies.FieldMunicipality} {
		history, err := w.History(o.ID, field, 0)
		if err != nil || len(history) != 0 {
			t.Errorf("%s had %+v, %v", field, history, err)
		}
	}
	if report, err := w.Verify(); err != nil || len(report.Problems) != 0 {
		t.Errorf("verify: %+v, %v", report, err)
	}
}

// TestSameFileAgain: what is taken over from the same file once more counts as
// the register's too.
func TestSameFileAgain(t *testing.T) {
	s := companiestest.NewServer(t)
	s.Add(companiestest.Company(one, "ØRNE SAG AS", "3435"))
	c, _ := client(t, s)
	o := &data.Organisation{OrganisationOf: data.OrganisationBusiness, OrgNumber: one}
	w := workspace(t, o)
	takeOver := func() {
		t.Helper()
		if n, err := companies.TakeOver(w, "Oppdaterte", compared(t, w, c)); err != nil || n != 1 {
			t.Fatal(n, err)
		}
	}
	takeOver()
	stored, _ := data.Get[data.Organisation](w, o.ID)
	stored.Email = "kari@example.no"
	put(t, w, &stored)
	takeOver()
	origins, err := companies.Origin(w, o.ID)
	if _, ok := origins[companies.FieldEmail]; err != nil || !ok || len(origins) != 9 {
		t.Errorf("%v, %v", origins, err)
	}
}

// TestLaterEditsStay: what somebody wrote between looking and taking over is kept.
func TestLaterEditsStay(t *testing.T) {
	s := companiestest.NewServer(t)
	s.Add(companiestest.Company(one, "ØRNE SAG AS", "3435"))
	c, _ := client(t, s)
	o := &data.Organisation{OrganisationOf: data.OrganisationBusiness, OrgNumber: one}
	w := workspace(t, o)
	all := compared(t, w, c)
	o.Email = "kari@example.no"
	put(t, w, o)
	if _, err := companies.TakeOver(w, "Oppdaterte", all); err != nil {
		t.Fatal(err)
	}
	if got, _ := data.Get[data.Organisation](w, o.ID); got.Email != "kari@example.no" || got.Name != "ØRNE SAG AS" {
		t.Errorf("%+v", got)
	}
}

func TestCompareAllGoesOn(t *testing.T) {
	s := companiestest.NewServer(t)
	s.Add(companiestest.Company(one, "ØRNE SAG AS", "3435"))
	s.On("enheter/"+two, companiestest.Reply{Type: "text/html", Body: companiestest.LoginPage})
	s.On("enheter/"+three, companiestest.Reply{Status: 500})
	c, _ := client(t, s)
	w := workspace(t)
	all := []data.Organisation{{OrgNumber: "12"}, {OrgNumber: two}, {OrgNumber: one}}
	done := 0
	got, problems, err := companies.CompareAll(context.Background(), w, places, c, all, func(n int) { done = n })
	if err != nil || len(got) != 1 || len(problems) != 2 || done != 3 || data.Message(problems[0].Err) == "" {
		t.Errorf("%v %v %v", got, problems, err)
	}
	if _, _, err = companies.CompareAll(context.Background(), w, places, c, append(all, data.Organisation{OrgNumber: three}), nil); data.Code(err) != companies.CodeOffline {
		t.Errorf("a register that does not answer: %v", err)
	}
}
