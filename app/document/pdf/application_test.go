package pdf_test

import (
	"bytes"
	"path/filepath"
	"testing"

	"kompetansepilot/app"
	"kompetansepilot/app/document/layout"
	"kompetansepilot/app/document/pdf"
	"kompetansepilot/data"
)

// TestApplicationsAreTagged: the sample county's applications keep the tagging
// rules in all languages.
func TestApplicationsAreTagged(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("KOMPETANSEPILOT_HOME", filepath.Join(dir, "home"))
	p, err := app.Open(filepath.Join(dir, "a"+data.Extension), app.LoadState(), app.Options{Create: true, AnyPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Close() })
	if err := app.MakeSample(p); err != nil {
		t.Fatal(err)
	}
	all, err := p.Grants.Applications()
	if err != nil || len(all) == 0 {
		t.Fatal("no applications", err)
	}
	for _, a := range all {
		for _, language := range []string{"nb", "nn", "en"} {
			doc, err := p.Document(a.ID, "", language)
			if err != nil {
				t.Fatal(err)
			}
			r, err := layout.Lay(doc)
			if err != nil {
				t.Fatal(err)
			}
			var b bytes.Buffer
			if err := pdf.Write(&b, r); err != nil {
				t.Fatal(err)
			}
			for _, fault := range pdf.CheckTags(b.Bytes(), len(r.Pages)) {
				t.Errorf("%s, %s: %s", a.Title, language, fault)
			}
		}
	}
}
