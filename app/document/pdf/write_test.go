package pdf

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kompetansepilot/app/document"
	"kompetansepilot/app/document/documenttest"
	"kompetansepilot/app/document/layout"
)

func write(t rapid.TB, doc document.Document) ([]byte, *layout.Result) {
	t.Helper()
	r, err := layout.Lay(doc)
	if err != nil {
		t.Skip(err)
	}
	var b bytes.Buffer
	if err := Write(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), r
}

func TestSampleIsTagged(t *testing.T) {
	file, r := write(t, documenttest.Sample())
	for _, f := range check(file, len(r.Pages)) {
		t.Error(f)
	}
}

func TestEverythingIsTagged(t *testing.T) {
	for _, doc := range []document.Document{documenttest.Everything(), documenttest.Letter()} {
		file, r := write(t, doc)
		for _, f := range check(file, len(r.Pages)) {
			t.Error(f)
		}
	}
}

func TestEmptyDocument(t *testing.T) {
	file, r := write(t, document.Document{Title: "Tom", Lang: "nb"})
	for _, f := range check(file, len(r.Pages)) {
		t.Error(f)
	}
}

// TestLinkOfNoWidth has a link of an accent alone, which takes no room to click in.
func TestLinkOfNoWidth(t *testing.T) {
	link := document.Span{Text: "\u0301", Link: "https://a.example/"}
	file, r := write(t, document.Document{Title: "Lenke", Lang: "nb", Blocks: []document.Block{document.Paragraph{Spans: []document.Span{{Text: "Før"}, link}}, document.Paragraph{Spans: []document.Span{link}}}})
	for _, f := range check(file, len(r.Pages)) {
		t.Error(f)
	}
}

func TestAnyDocumentIsTagged(t *testing.T) {
	dir := t.TempDir()
	qpdf, _ := exec.LookPath("qpdf") // a second opinion where it is installed
	rapid.Check(t, func(t *rapid.T) {
		file, r := write(t, documenttest.Hostile(t))
		for _, f := range check(file, len(r.Pages)) {
			t.Error(f)
		}
		if qpdf == "" {
			return
		}
		name := filepath.Join(dir, "hostile.pdf")
		if err := os.WriteFile(name, file, 0o600); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command(qpdf, "--check", name).CombinedOutput(); err != nil || strings.Contains(string(out), "WARNING") {
			t.Fatalf("qpdf: %v\n%s", err, out)
		}
	})
}

func TestFaultInARunIsAnError(t *testing.T) {
	var b bytes.Buffer
	broken := &layout.Result{Root: &layout.Elem{Tag: "Document"}, Pages: []layout.Page{{Ops: []layout.Op{{Kind: layout.OpText, Text: "\U0001F600", Size: 10}}}}}
	if err := Write(&b, broken); err == nil {
		t.Error("text that gofpdf cannot write gives no error")
	}
	if b.Len() > 0 {
		t.Error("half a file was written")
	}
}

func TestOutlineCounts(t *testing.T) {
	f := &file{objects: make([][]byte, 1)}
	addOutlines(f, []layout.OutlineItem{{Text: "1"}, {Text: "1.1", Level: 1}, {Text: "1.1.1", Level: 2}, {Text: "1.2", Level: 1}, {Text: "2"}})
	for n, want := range map[int]string{1: "/First 2 0 R /Last 6 0 R /Count 5", 2: "/Next 6 0 R /First 3 0 R /Last 5 0 R /Count 3",
		3: "/Next 5 0 R /First 4 0 R /Last 4 0 R /Count 1", 5: "/Prev 3 0 R>>", 6: "/Prev 2 0 R>>"} {
		if !strings.Contains(string(f.objects[n]), want) {
			t.Errorf("bookmark %d is %s, want %s", n, f.objects[n], want)
		}
	}
}
