package application

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kompetansepilot/app/document/layout"
	"kompetansepilot/app/submission"
	"kompetansepilot/ui/uitest"
)

func (w *tried) preview() *previewView {
	w.Helper()
	w.showPreview()
	v, ok := w.current.view.(*previewView)
	if !ok {
		w.Fatal("the preview does not open")
	}
	return v
}

func TestPreviewShowsTheDocument(t *testing.T) {
	w := trySample(t)
	v := w.preview()
	if n := v.pages.Pages(); n < 12 || n > 20 {
		t.Errorf("the sample has %d pages", n)
	}
	if !strings.Contains(texts(v.whole), "Side 1 av") || v.status.Visible() || v.replaced.Visible() {
		t.Errorf("the preview shows %s", texts(v.whole))
	}
}

// TestPreviewHasTheLogo: the preview shows what is handed in, the logo too.
func TestPreviewHasTheLogo(t *testing.T) {
	w := trySample(t)
	d := &w.draft
	pictures := func() (n int) {
		laid, err := layOut(w.program, submission.Content{Call: w.call, Draft: d, Places: w.program.Places}, "nb")
		if err != nil {
			t.Fatal(err)
		}
		for _, op := range laid.Pages[0].Ops {
			if op.Kind == layout.OpPath {
				n++
			}
		}
		return n
	}
	if n := pictures(); n != 0 {
		t.Errorf("%d shapes without a logo", n)
	}
	path := filepath.Join(t.TempDir(), "fylket.svg")
	if err := os.WriteFile(path, []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>`), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := w.program.SetLogo("Byttet logo", path); err != nil {
		t.Fatal(err)
	}
	if n := pictures(); n != 1 {
		t.Errorf("%d shapes with a logo", n)
	}
}

// TestPreviewFollows: what changes while the preview is open comes into it, and
// the place stays; while it is closed nothing is laid out.
func TestPreviewFollows(t *testing.T) {
	w := trySample(t)
	v := w.preview()
	v.pages.GoTo(4)
	pages := v.pages.Pages()
	long := strings.Repeat("Enda en setning om bakgrunnen. 😀", 400)
	if err := w.program.Grants.SaveAnswer("Skrev", w.id, "continuation", long); err != nil {
		t.Fatal(err)
	}
	if v.pages.Pages() <= pages || v.pages.Page() != 4 {
		t.Errorf("page %d of %d, was 4 of %d", v.pages.Page(), v.pages.Pages(), pages)
	}
	if text := texts(v.whole); !strings.Contains(text, "[U+1F600]") {
		t.Errorf("the smile is not told: %s", text)
	}
	w.open(w.parts[0])
	pages = v.pages.Pages()
	if err := w.program.Grants.SaveAnswer("Skrev", w.id, "continuation", "Kort."); err != nil {
		t.Fatal(err)
	}
	if v.pages.Pages() != pages {
		t.Error("a closed preview was laid out again")
	}
	w.showPreview()
	if v.pages.Pages() >= pages || v.replaced.Visible() {
		t.Error("an opened preview shows the text of before")
	}
}

// TestPreviewTakesTypedText: what was typed a moment ago is in the document.
func TestPreviewTakesTypedText(t *testing.T) {
	w := try(t)
	w.FocusField("background")
	w.write("Ny bakgrunn 😀")
	v := w.preview()
	if !v.replaced.Visible() {
		t.Error("the preview was made without what was typed")
	}
}

func TestPreviewSaves(t *testing.T) {
	w := trySample(t)
	v := w.preview()
	path := filepath.Join(t.TempDir(), "søknad.pdf")
	v.pdf().saveTo(path)
	one, err := os.ReadFile(path)
	if err != nil || !bytes.HasPrefix(one, []byte("%PDF-")) || len(w.shell.toasts) != 1 {
		t.Fatal(err, w.shell.toasts, w.shell.failed)
	}
	v.language.SetSelected("nn")
	v.onLanguage("nn")
	w.show()
	if v.language.Selected() != "nn" {
		t.Error("the choice of norm did not stay")
	}
	v.pdf().saveTo(path)
	two, err := os.ReadFile(path)
	if err != nil || bytes.Equal(one, two) {
		t.Error("nynorsk gave the same file", err)
	}
	v.pdf().saveTo(filepath.Join(path, "under", "a.pdf"))
	if len(w.shell.failed) != 1 {
		t.Error("a file that could not be written is not told")
	}
}

// TestVersionAsPDF: a version gives its own text, whatever is written later.
func TestVersionAsPDF(t *testing.T) {
	w := trySample(t)
	id, err := w.program.Grants.SaveVersion("Lagret", w.id, "Første")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	save := func(name, version string) []byte {
		pdfOf{desk: w.desk, version: version}.saveTo(filepath.Join(dir, name))
		content, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err, w.shell.failed)
		}
		return content
	}
	before := save("a.pdf", id)
	if err := w.program.Grants.SaveAnswer("Skrev", w.id, "background", "Noe annet."); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(before, save("b.pdf", id)) {
		t.Error("the version's PDF changed")
	}
}

func TestPreviewPictures(t *testing.T) {
	if os.Getenv("PICTURES") == "" {
		t.Skip("pictures are only for looking at")
	}
	for name, look := range uitest.Looks() {
		for size, wide := range map[string][2]float32{"1280": {1280, 800}, "1024": {1024, 700}} {
			for _, sample := range []bool{true, false} {
				p := uitest.Program(t, true)
				all, err := p.Grants.Applications()
				if err != nil {
					t.Fatal(err)
				}
				id := all[0].ID
				if !sample {
					if id, err = p.Grants.Create("Ny", "kompetansepiloter-2020", county, "nn", "Tom 😀"); err != nil {
						t.Fatal(err)
					}
				}
				w := uitest.WindowIn(t, p, "nb", look, wide[0], wide[1])
				page := New(w.Env, id).(*Page)
				w.Show(page)
				page.showPreview()
				page.focusPart()
				kind := "full-"
				if !sample {
					kind = "empty-"
				}
				w.Picture("preview-" + kind + name + "-" + size)
			}
		}
	}
}
