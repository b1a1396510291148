package kit

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
)

func TestDialogKeysAndFocus(t *testing.T) {
	opener := NewTextField()
	w, _, _ := window(t, opener)
	for name, c := range map[string]struct {
		danger bool
		key    fyne.KeyName
		yes    bool
	}{
		"Enter is the verb":                {false, fyne.KeyReturn, true},
		"Esc closes":                       {false, fyne.KeyEscape, false},
		"Enter does not do what is danger": {true, fyne.KeyReturn, false},
	} {
		w.Canvas().Focus(opener.entry)
		calls, answer := 0, false
		d := ShowConfirm(w, printers["nb"], Confirm{
			Title: "Slette?", Text: "Det kan ikke gjøres om.", Verb: "Slett", Danger: c.danger,
			OnDone: func(yes bool) { calls++; answer = yes },
		})
		if opener.Focused() {
			t.Errorf("%s: the field under the dialog keeps its ring", name)
		}
		key(t, w, c.key)
		if calls != 1 || answer != c.yes {
			t.Errorf("%s: answered %d times, %v", name, calls, answer)
		}
		if d.open || w.Canvas().Overlays().Top() != nil {
			t.Errorf("%s: still open", name)
		}
		if w.Canvas().Focused() != opener.FocusTarget() {
			t.Errorf("%s: the focus did not come back", name)
		}
	}
}

func TestDialogKeepsTheFocusInside(t *testing.T) {
	w, _, _ := window(t, NewTextField())
	d := ShowConfirm(w, printers["nb"], Confirm{Title: "x", Text: "y", Verb: "Slett"})
	seen := map[fyne.Focusable]bool{}
	for range 6 {
		w.Canvas().FocusNext()
		seen[w.Canvas().Focused()] = true
	}
	if len(seen) != 2 || !seen[d.cancel] || !seen[d.verb] {
		t.Errorf("Tab reaches %d places", len(seen))
	}
}

func TestFormStopsAtWhatIsWrong(t *testing.T) {
	w, _, _ := window(t, NewTextField())
	money := NewMoneyField(printers["nb"])
	field := NewField(printers["nb"], FieldOptions{Label: "Beløp"}, money)
	done, refuse := 0, true
	d := ShowForm(w, printers["nb"], Form{
		Title: "Ny rad", Verb: "Legg til", Fields: []fyne.CanvasObject{field},
		Check: func() error {
			if refuse {
				return errors.New("Velg en type.")
			}
			return nil
		},
		OnDone: func() { done++ },
	})
	if w.Canvas().Focused() != money.FocusTarget() {
		t.Fatal("the first field has not the focus")
	}
	write(t, w, "abc")
	key(t, w, fyne.KeyReturn)
	if done != 0 || !d.open || field.Error() == "" || w.Canvas().Focused() != money.FocusTarget() {
		t.Fatalf("a wrong amount went through: done %d, open %v", done, d.open)
	}
	write(t, w, "5")
	key(t, w, fyne.KeyReturn)
	if done != 0 || !d.open || d.problem.sentence != "Velg en type." {
		t.Fatalf("the check was passed over: %q", d.problem.sentence)
	}
	refuse = false
	key(t, w, fyne.KeyReturn)
	if done != 1 || d.open {
		t.Errorf("done %d times, open %v", done, d.open)
	}
}

func TestDialogFitsTheWindow(t *testing.T) {
	w, _, _ := window(t, NewTextField())
	long := strings.Repeat("Et ganske langt avsnitt om vilkår. ", 600)
	for _, size := range []fyne.Size{{Width: 1024, Height: 700}, {Width: 480, Height: 320}} {
		w.Resize(size)
		d := ShowText(w, printers["nb"], "Vilkår", long)
		for _, o := range []fyne.CanvasObject{d.face, d.cancel, d.scroll} {
			at := o.Position()
			if at.X < 0 || at.Y < 0 || at.X+o.Size().Width > size.Width || at.Y+o.Size().Height > size.Height {
				t.Errorf("in %v, %T is at %v, %v", size, o, at, o.Size())
			}
		}
		key(t, w, fyne.KeyEscape)
	}
}

func TestTextScrollsWithKeys(t *testing.T) {
	w, _, _ := window(t, NewTextField())
	d := ShowText(w, printers["nb"], "Vilkår", strings.Repeat("Linje\n", 300))
	d.scroll.Refresh()
	key(t, w, fyne.KeyPageDown)
	if d.scroll.Offset.Y == 0 {
		t.Error("PgDn does not scroll")
	}
	key(t, w, fyne.KeyHome)
	if d.scroll.Offset.Y != 0 {
		t.Error("Home does not go to the top")
	}
}

func TestCopyButton(t *testing.T) {
	w, _, _ := window(t, NewTextField())
	d := ShowError(w, printers["nb"], ErrorText{Happened: "A.", Kept: "B.", Do: "C.", Detail: "d"})
	click(d.custom.Buttons[0])
	if got := fyne.CurrentApp().Clipboard().Content(); got != "A.\nB.\nC.\nd" {
		t.Errorf("copied %q", got)
	}
}

func TestFileChooser(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"søknad.pdf", "brev.docx", "Arkiv/gammel.pdf", ".skjult.pdf"} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	w, _, _ := window(t, NewTextField())
	var remembered, got string
	chooser := NewFileChooser(w, printers["nb"], func() string { return dir }, func(s string) { remembered = s })
	pdf := FileFilter{Name: "PDF-filer", Extensions: []string{".pdf"}}
	done := func(path string) { got = path }

	t.Run("open with the keyboard", func(t *testing.T) {
		got = ""
		chooser.Open("Åpne", pdf, done)
		list := w.Canvas().Focused().(*focusList)
		if len(list.options) != 2 || list.options[0].Label != "Arkiv" || list.options[1].Label != "søknad.pdf" {
			t.Fatalf("shows %v", list.options)
		}
		key(t, w, fyne.KeyReturn) // into Arkiv
		if len(list.options) != 1 {
			t.Fatalf("in Arkiv it shows %v", list.options)
		}
		key(t, w, fyne.KeyBackspace) // up again
		write(t, w, "s")
		key(t, w, fyne.KeyReturn, fyne.KeyReturn) // the name, then the verb
		if got != filepath.Join(dir, "søknad.pdf") || remembered != dir {
			t.Errorf("got %q, remembered %q", got, remembered)
		}
	})
	t.Run("save adds the extension and asks", func(t *testing.T) {
		got = ""
		chooser.Save("Lagre", "ny", pdf, done)
		key(t, w, fyne.KeyReturn)
		if got != filepath.Join(dir, "ny.pdf") {
			t.Errorf("got %q", got)
		}
		got = ""
		chooser.Save("Lagre", "søknad", pdf, done)
		key(t, w, fyne.KeyReturn)
		if got != "" {
			t.Fatal("wrote over a file without asking")
		}
		key(t, w, fyne.KeyTab, fyne.KeyEscape) // keep it
		if got != "" {
			t.Fatal("Esc wrote over the file")
		}
		key(t, w, fyne.KeyReturn)
		w.Canvas().FocusNext()
		key(t, w, fyne.KeySpace)
		if got != filepath.Join(dir, "søknad.pdf") {
			t.Errorf("got %q", got)
		}
	})
	t.Run("a name that is typed takes the place of the suggested one", func(t *testing.T) {
		got = ""
		chooser.Save("Lagre", "Søknad – Fra skog.pdf", pdf, done)
		write(t, w, "ut")
		key(t, w, fyne.KeyReturn)
		if got != filepath.Join(dir, "ut.pdf") {
			t.Errorf("got %q", got)
		}
	})
	t.Run("a whole path, and one that is not there", func(t *testing.T) {
		got = ""
		chooser.Open("Åpne", FileFilter{}, done)
		d := w.Canvas().Overlays().Top().(*Dialog)
		w.Canvas().FocusNext()
		write(t, w, filepath.Join(dir, "borte.pdf"))
		key(t, w, fyne.KeyReturn)
		if got != "" || !strings.Contains(d.problem.sentence, "borte.pdf") {
			t.Errorf("got %q, said %q", got, d.problem.sentence)
		}
		key(t, w, fyne.KeyEscape)
	})
	t.Run("a whole path typed over the list", func(t *testing.T) {
		got = ""
		chooser.Open("Åpne", pdf, done)
		path := filepath.ToSlash(filepath.Join(dir, "søknad.pdf"))
		if path[0] != '/' {
			t.Skip("a path begins with a drive here")
		}
		write(t, w, path[:1]) // goes to the list, which hands the focus on
		write(t, w, path[1:])
		key(t, w, fyne.KeyReturn)
		if got != filepath.Join(dir, "søknad.pdf") {
			t.Errorf("got %q", got)
		}
	})
	t.Run("folder", func(t *testing.T) {
		got = ""
		chooser.Folder("Mappe", done)
		d := w.Canvas().Overlays().Top().(*Dialog)
		key(t, w, fyne.KeyReturn) // into Arkiv
		click(d.verb)
		if got != filepath.Join(dir, "Arkiv") {
			t.Errorf("got %q", got)
		}
	})
}
