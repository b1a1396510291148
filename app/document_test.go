package app_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"kompetansepilot/app"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
)

func sample(t *testing.T) (p *app.Program, id string) {
	t.Helper()
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
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range all {
		if strings.HasPrefix(a.Title, "Fra skog") {
			return p, a.ID
		}
	}
	t.Fatal("the sample has no application")
	return nil, ""
}

func pdf(t *testing.T, p *app.Program, id, version, language string) []byte {
	t.Helper()
	content, replaced, err := p.PDF(id, version, language)
	if err != nil || len(replaced) > 0 {
		t.Fatal(err, replaced)
	}
	return content
}

// TestSameSampleSameBytes: two workspaces with the same content differ in ids
// only, and the file tells none of them.
func TestSameSampleSameBytes(t *testing.T) {
	p, id := sample(t)
	one := pdf(t, p, id, "", "")
	if !bytes.Equal(one, pdf(t, p, id, "", "nb")) {
		t.Error("the application's own language gives another file than asking for it")
	}
	if bytes.Equal(one, pdf(t, p, id, "", "nn")) {
		t.Error("nynorsk gives the same file as bokmål")
	}
	q, other := sample(t)
	if !bytes.Equal(one, pdf(t, q, other, "", "")) {
		t.Error("another workspace with the same content gives another file")
	}
}

// TestVersionKeepsItsDocument: what is done to the application, to the county's
// other ones and to the register changes nothing in a version's file.
func TestVersionKeepsItsDocument(t *testing.T) {
	p, id := sample(t)
	version, err := p.Grants.SaveVersion("Lagret", id, "Til styringsgruppen")
	if err != nil {
		t.Fatal(err)
	}
	before := pdf(t, p, id, version, "")
	if err := p.Grants.SaveAnswer("Skrev", id, "background", "Noe helt annet."); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Grants.Create("Ny", "kompetansepiloter-2020", "34", "nb", "En til"); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(before, pdf(t, p, id, version, "")) {
		t.Error("the version's document changed")
	}
	if _, _, err := p.PDF("another", version, ""); data.Code(err) != data.CodeNotFound {
		t.Errorf("a version of another application gave %v", err)
	}
	if _, _, err := p.PDF("none", "", ""); data.Code(err) != data.CodeNotFound {
		t.Errorf("an application that is not there gave %v", err)
	}
}

func TestPDFName(t *testing.T) {
	d := data.Draft{Application: data.Application{Language: "nn", Answers: data.Values{"title": "Fisk"}}}
	if got := app.PDFName(&d, ""); got != "Søknad – Fisk.pdf" {
		t.Errorf("got %q", got)
	}
}

// TestSampleAsOthersReadIt asks poppler and qpdf what the file says, where they
// are installed.
func TestSampleAsOthersReadIt(t *testing.T) {
	p, id := sample(t)
	name := filepath.Join(t.TempDir(), "sample.pdf")
	if err := os.WriteFile(name, pdf(t, p, id, "", ""), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Run("text", func(t *testing.T) {
		text := ask(t, "pdftotext", "-layout", name, "-")
		pages := strings.Split(strings.TrimSuffix(text, "\f"), "\f")
		if n := len(pages); n < 12 || n > 20 {
			t.Errorf("the sample has %d pages", n)
		}
		for i, page := range pages {
			if len(strings.Fields(page)) < 30 {
				t.Errorf("page %d is nearly empty:\n%s", i+1, page)
			}
		}
		for _, want := range []string{"70,04 % av kostnadene", "4 400 000 kroner", "side 1 av", "1. november 2020 – 31. oktober 2023 (36 måneder)"} {
			if !strings.Contains(strings.NewReplacer("\u00a0", " ", lang.NarrowSpace, " ").Replace(text), want) {
				t.Errorf("the file does not say %q", want)
			}
		}
	})
	t.Run("syntax", func(t *testing.T) {
		if out := ask(t, "qpdf", "--check", name); strings.Contains(out, "WARNING") {
			t.Error(out)
		}
	})
}

func ask(t *testing.T, program string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil {
		t.Skip(program + " is not installed")
	}
	out, err := exec.Command(program, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", program, err, out)
	}
	return string(out)
}
