package pdf_test

import (
	"bytes"
	"path/filepath"
	"testing"
	"time"

	"kompetansepilot/app"
	"kompetansepilot/app/brief"
	"kompetansepilot/app/document"
	"kompetansepilot/app/document/layout"
	"kompetansepilot/app/document/pdf"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/need"
	"kompetansepilot/app/people"
	"kompetansepilot/app/placemap"
	"kompetansepilot/data"
)

// county opens a workspace of its own, filled by fill.
func county(t *testing.T, fill func(*app.Program) error) *app.Program {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("KOMPETANSEPILOT_HOME", filepath.Join(dir, "home"))
	p, err := app.Open(filepath.Join(dir, "a"+data.Extension), app.LoadState(), app.Options{Create: true, AnyPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Close() })
	if err := fill(p); err != nil {
		t.Fatal(err)
	}
	return p
}

// mustBeTagged checks a document, and what error it was made with.
func mustBeTagged(t *testing.T, doc document.Document, err error) {
	t.Helper()
	if err != nil {
		t.Error(err)
		return
	}
	r, err := layout.Lay(doc)
	if err != nil {
		t.Error(doc.Title, err)
		return
	}
	var b bytes.Buffer
	if err := pdf.Write(&b, r); err != nil {
		t.Error(doc.Title, err)
		return
	}
	for _, fault := range pdf.CheckTags(b.Bytes(), len(r.Pages)) {
		t.Errorf("%s, %s: %s", doc.Title, doc.Lang, fault)
	}
}

// TestApplicationsAreTagged: the sample county's applications keep the tagging
// rules in all languages.
func TestApplicationsAreTagged(t *testing.T) {
	p := county(t, app.MakeSample)
	all, err := p.Grants.Applications()
	if err != nil || len(all) == 0 {
		t.Fatal("no applications", err)
	}
	for _, a := range all {
		for _, language := range []string{"nb", "nn", "en"} {
			doc, err := p.Document(a.ID, "", language)
			mustBeTagged(t, doc, err)
		}
	}
}

// TestReportsAreTagged: so do the other documents of the program, also those of a
// county that has registered nothing.
func TestReportsAreTagged(t *testing.T) {
	made := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	for name, fill := range map[string]func(*app.Program) error{"sample": app.MakeWholeSample, "empty": func(*app.Program) error { return nil }} {
		p := county(t, fill)
		for _, language := range []string{"nb", "nn"} {
			words := lang.New(language)
			facts, err := p.Insight.Facts(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			report := facts.Report(words, "Innlandet", made)
			mustBeTagged(t, report, nil)
			for _, b := range report.Blocks {
				if table, ok := b.(document.Table); ok && len(table.Rows)+len(table.Body) == 0 {
					t.Errorf("%s: the report has the empty table %q", name, table.Caption)
				}
			}
			places := p.Places.Municipalities()[:20]
			counts := make([]placemap.Count, len(places))
			for i := range places {
				counts[i] = placemap.Count{Municipality: places[i]}
				if name == "sample" {
					counts[i].Count = i
				}
			}
			mustBeTagged(t, placemap.Report{Title: "Kart", Filter: "alle", Counts: counts, Made: made}.Document(words, p.Places), nil)
			g, err := p.Needs.Group(need.PoolLimits{}, nil)
			if err != nil {
				t.Fatal(err)
			}
			for i := range min(len(g.Pools), 3) {
				b := brief.Of(&g.Pools[i], g.Pooler.Public(words, &g.Pools[i]), g.Needs, words, p.Places)
				mustBeTagged(t, b.Document(words, "Innlandet", made), nil)
			}
			businesses, err := data.Live[data.Organisation](p.Workspace, "", "name")
			if err != nil {
				t.Fatal(err)
			}
			for _, o := range businesses[:min(len(businesses), 3)] {
				doc, _, err := p.AidDeclaration(o.ID, "2026-03-02", language)
				mustBeTagged(t, doc, err)
			}
		}
		registered := people.New(p.Workspace, p.Places)
		cards, err := registered.People()
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range cards[:min(len(cards), 3)] {
			d, err := registered.Dossier(data.Subject{Kind: "person", ID: c.ID})
			mustBeTagged(t, d.Document(), err)
			file, _, err := registered.Notice(c.ID, "2026-03-02", nil)
			if err != nil {
				t.Error(err)
			}
			for _, fault := range pdf.CheckTags(file, 0) {
				t.Errorf("notice: %s", fault)
			}
		}
	}
}
