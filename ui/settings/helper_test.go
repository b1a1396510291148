package settings

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"kompetansepilot/app/lang"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/theme"
	"kompetansepilot/ui/uitest"
)

// looks is a window that notes what it is told.
type looks struct {
	language, look string
	scale          float32
	compact        bool
}

func (l *looks) SetLanguage(code string)    { l.language = code }
func (l *looks) SetLook(name string)        { l.look = name }
func (l *looks) SetTextScale(scale float32) { l.scale = scale }
func (l *looks) SetCompact(compact bool)    { l.compact = compact }

// says holds what the window has said.
type says []kit.Message

func (s says) Messages() []kit.Message { return s }

// find is the first object of a type for which ok.
func find[T fyne.CanvasObject](t *testing.T, from fyne.CanvasObject, ok func(T) bool) T {
	t.Helper()
	for _, o := range test.LaidOutObjects(from) {
		if x, is := o.(T); is && ok(x) {
			return x
		}
	}
	t.Fatalf("there is no %T", *new(T))
	panic("unreachable")
}

func button(t *testing.T, from fyne.CanvasObject, text string) *kit.Button {
	t.Helper()
	return find(t, from, func(b *kit.Button) bool { return b.Text() == text })
}

// says tells whether a text can be read on an object, however it breaks.
func reads(o fyne.CanvasObject, text string) bool {
	for _, in := range test.LaidOutObjects(o) {
		var said string
		switch x := in.(type) {
		case *kit.Text:
			said = x.Text()
		case *kit.Flow:
			said = x.AccessibilityLabel()
		case *kit.SeverityLine:
			said = x.AccessibilityLabel()
		case *kit.Button:
			said = x.Text()
		}
		if strings.Contains(strings.ReplaceAll(said, lang.NarrowSpace, " "), text) {
			return true
		}
	}
	return false
}

// pictures shows a page in every look and language.
func pictures(t *testing.T, name string, sample bool, page func(w *uitest.Tried) screen.Page) {
	t.Helper()
	if os.Getenv("PICTURES") == "" {
		return
	}
	for look, options := range uitest.Looks() {
		w := uitest.WindowIn(t, uitest.Program(t, sample), "nb", options, 1280, 800)
		w.Show(page(w))
		w.Picture(name + "-" + look)
	}
	for _, language := range []string{"nn", "en"} {
		w := uitest.WindowIn(t, uitest.Program(t, sample), language, theme.Options{Variant: theme.Light}, 1280, 800)
		w.Show(page(w))
		w.Picture(name + "-" + language)
	}
	for look, options := range map[string]theme.Options{"small": {Variant: theme.Light}, "small-200": {Variant: theme.Light, TextScale: 2}} {
		w := uitest.WindowIn(t, uitest.Program(t, sample), "nb", options, 1024-200, 700-80) // beside the navigation
		w.Show(page(w))
		w.Picture(name + "-" + look)
	}
}

// file writes a file in a folder of its own.
func file(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
