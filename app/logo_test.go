package app_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"kompetansepilot/app"
	"kompetansepilot/app/document"
	"kompetansepilot/data"
)

// square is a PNG file of one colour.
func square(t *testing.T, c color.Color) string {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 40, 20))
	for i := range img.Pix {
		r, g, b, a := c.RGBA()
		img.Pix[i] = []byte{byte(r >> 8), byte(g >> 8), byte(b >> 8), byte(a >> 8)}[i%4]
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "logo.png")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestLogoStandsOnDocumentsAndVersionsKeepTheirs(t *testing.T) {
	t.Setenv("KOMPETANSEPILOT_HOME", t.TempDir())
	p, err := app.Open(filepath.Join(t.TempDir(), "a"+data.Extension), app.LoadState(), app.Options{Create: true, AnyPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	id, err := p.Grants.Create("Ny", "kompetansepiloter-2020", "34", "nb", "Skog")
	if err != nil {
		t.Fatal(err)
	}
	pdf := func(version string) []byte {
		t.Helper()
		content, _, err := p.PDF(id, version, "")
		if err != nil {
			t.Fatal(err)
		}
		return content
	}
	plain := pdf("")
	if err := p.SetLogo("Byttet logo", square(t, color.RGBA{200, 0, 0, 255})); err != nil {
		t.Fatal(err)
	}
	red := pdf("")
	if bytes.Equal(plain, red) || p.Logo().FileName != "logo.png" {
		t.Fatal("the logo is not on the document")
	}
	version, err := p.Grants.SaveVersion("Lagret", id, "Utkast")
	if err != nil {
		t.Fatal(err)
	}
	kept := pdf(version)
	if err := p.SetLogo("Byttet logo", square(t, color.RGBA{0, 0, 200, 255})); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(pdf(version), kept) {
		t.Error("a version gets the new logo")
	}
	if bytes.Equal(pdf(""), red) {
		t.Error("the draft keeps the old logo")
	}
	if _, err := p.Workspace.Undo(); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(pdf(""), red) {
		t.Error("undo does not bring the old logo back")
	}
	if err := p.RemoveLogo("Fjernet logoen"); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(pdf(""), plain) {
		t.Error("the logo stays")
	}

	script := filepath.Join(t.TempDir(), "ond.svg")
	if err := os.WriteFile(script, []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>alert(1)</script></svg>`), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{script, filepath.Join(t.TempDir(), "borte.png")} {
		if err := p.SetLogo("Byttet logo", path); data.Message(err) == "" {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// TestTheCountysOwnDocumentsTellTheSender: a report has the county, who wrote it
// and the day at the top, and the logo when there is one.
func TestTheCountysOwnDocumentsTellTheSender(t *testing.T) {
	t.Setenv("KOMPETANSEPILOT_HOME", t.TempDir())
	p, err := app.Open(filepath.Join(t.TempDir(), "a"+data.Extension), app.LoadState(), app.Options{Create: true, AnyPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	if err := p.Workspace.Update("Fylke", func(tx *data.Tx) error {
		return tx.Put(&data.Setting{Row: data.Row{ID: app.SettingCounty}, Value: "34"})
	}); err != nil {
		t.Fatal(err)
	}
	doc := document.Document{Title: "Rapport", Author: "Kari Nordmann", Lang: "nn", Created: time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC),
		Blocks: []document.Block{document.Heading{Level: 1, Text: "Rapport"}}}
	write := func() []byte {
		t.Helper()
		path := filepath.Join(t.TempDir(), "r.pdf")
		if err := p.SaveReport(doc, path); err != nil {
			t.Fatal(err)
		}
		text, err := exec.Command("pdftotext", path, "-").Output()
		if err != nil {
			t.Skip(err)
		}
		for _, want := range []string{"Innlandet fylkeskommune", "Kari Nordmann", "4. mars 2026"} {
			if !bytes.Contains(text, []byte(want)) {
				t.Errorf("the report does not say %q: %s", want, text)
			}
		}
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return content
	}
	plain := write()
	if err := p.SetLogo("Byttet logo", square(t, color.RGBA{200, 0, 0, 255})); err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(write(), plain) {
		t.Error("the logo is not on the report")
	}
	if head, err := p.Letterhead(); err != nil || head == nil || head.LogoAlt != "Innlandet fylkeskommune" || head.Name != "" {
		t.Errorf("the letterhead is %+v, %v", head, err)
	}
}
