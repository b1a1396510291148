package uitest

import (
	"reflect"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"kompetansepilot/ui/kit"
)

// Find is the first T on an object that picks says yes to; what names it.
func Find[T fyne.CanvasObject](t testing.TB, root fyne.CanvasObject, what string, picks func(T) bool) T {
	t.Helper()
	var found T
	ok := false
	Walk(root, func(o fyne.CanvasObject) bool {
		if x, is := o.(T); is && !ok && picks(x) {
			found, ok = x, true
		}
		return !ok
	})
	if !ok {
		t.Fatalf("no %s %q in:\n%s", reflect.TypeFor[T](), what, Said(root))
	}
	return found
}

// Walk visits all that can be seen, in order, until visit says no.
func Walk(o fyne.CanvasObject, visit func(fyne.CanvasObject) bool) bool {
	if o == nil || !o.Visible() {
		return true
	}
	if !visit(o) {
		return false
	}
	var children []fyne.CanvasObject
	switch x := o.(type) {
	case *fyne.Container:
		children = x.Objects
	case fyne.Widget:
		children = test.WidgetRenderer(x).Objects()
	}
	for _, c := range children {
		if !Walk(c, visit) {
			return false
		}
	}
	return true
}

// Has wants the texts to stand on an object.
func Has(t testing.TB, o fyne.CanvasObject, texts ...string) {
	t.Helper()
	all := Said(o)
	for _, text := range texts {
		if !strings.Contains(all, text) {
			t.Errorf("%q is not shown in:\n%s", text, all)
		}
	}
}

// HasNot wants none of the texts on an object.
func HasNot(t testing.TB, o fyne.CanvasObject, texts ...string) {
	t.Helper()
	all := Said(o)
	for _, text := range texts {
		if strings.Contains(all, text) {
			t.Errorf("%q is shown in:\n%s", text, all)
		}
	}
}

// Said is all that the kit's texts, buttons and severity lines say, in order.
func Said(o fyne.CanvasObject) string {
	var all []string
	Walk(o, func(o fyne.CanvasObject) bool {
		switch x := o.(type) {
		case *kit.Text:
			all = append(all, x.Text())
		case *kit.Button:
			all = append(all, "["+x.Text()+"]")
		case *kit.SeverityLine:
			all = append(all, x.AccessibilityLabel())
		}
		return true
	})
	return strings.NewReplacer("\u202f", " ", "\u00a0", " ").Replace(strings.Join(all, "\n"))
}
