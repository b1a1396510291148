package render_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"kompetansepilot/app/document/documenttest"
	"kompetansepilot/app/document/render"
)

// sample writes the sample document to a file. DOCUMENT_OUT names a folder to
// keep it in, for a look at the pages.
func sample(t *testing.T) string {
	t.Helper()
	file, replaced, err := render.PDF(documenttest.Sample())
	if err != nil {
		t.Fatal(err)
	}
	if len(replaced) > 0 {
		t.Errorf("replaced characters in the sample: %v", replaced)
	}
	dir := os.Getenv("DOCUMENT_OUT")
	if dir == "" {
		dir = t.TempDir()
	}
	name := filepath.Join(dir, "sample.pdf")
	if err := os.WriteFile(name, file, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func run(t *testing.T, tool string, args ...string) string {
	t.Helper()
	path, err := exec.LookPath(tool)
	if err != nil {
		t.Skip(tool + " is not installed")
	}
	out, err := exec.Command(path, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", tool, err, out)
	}
	return string(out)
}

func TestQPDFFindsNoFault(t *testing.T) {
	out := run(t, "qpdf", "--check", sample(t))
	if !strings.Contains(out, "No syntax or stream encoding errors found") || strings.Contains(out, "WARNING") {
		t.Error(out)
	}
}

func TestTextCanBeRead(t *testing.T) {
	text := strings.Join(strings.Fields(run(t, "pdftotext", sample(t), "-")), " ")
	for _, want := range []string{"Kompetansepiloter i Salten", "1 400 000 kroner", "Boahtteáiggi gelbbolašvuohta", "side 1 av ", "Fjordfisk 60 AS"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in the text", want)
		}
	}
}

func TestSameDocumentSameBytes(t *testing.T) {
	first, _, err := render.PDF(documenttest.Sample())
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 5 {
				again, _, err := render.PDF(documenttest.Sample())
				if err != nil || !bytes.Equal(first, again) {
					t.Errorf("another file: %v", err)
				}
			}
		})
	}
	wg.Wait()
}

func BenchmarkRender(b *testing.B) {
	doc := documenttest.Sample()
	for b.Loop() {
		if _, _, err := render.PDF(doc); err != nil {
			b.Fatal(err)
		}
	}
}
