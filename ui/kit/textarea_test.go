package kit

import (
	"math/rand"
	"strings"
	"testing"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
	"pgregory.net/rapid"

	"kompetansepilot/ui/theme"
)

func TestTextAreaKeepsUndo(t *testing.T) {
	area := NewTextArea(printers["nb"])
	w, _, _ := window(t, area)
	w.Canvas().Focus(area.entry)
	write(t, w, "hei der")
	area.SetText("hei der") // as when the saved text comes back
	area.entry.TypedShortcut(&fyne.ShortcutUndo{})
	if area.Text() == "hei der" {
		t.Error("an equal text cleared the undo")
	}
	long := strings.Repeat("Ord og linjer.\n", 2000)
	area.SetText(long)
	area.turn(1)
	area.SetText(long)
	if area.pages.at != 1 {
		t.Error("an equal text turned the page")
	}
}

func TestArrowsGoOverTheEdgeOfAPart(t *testing.T) {
	area := NewTextArea(printers["nb"])
	w, _, _ := window(t, area)
	area.SetText(strings.Repeat("Ord og linjer.\n", 2000))
	w.Canvas().Focus(area.entry)
	for _, step := range []struct {
		keys []fyne.KeyName
		page int
		end  bool // the cursor is at the end of the part
	}{
		{[]fyne.KeyName{fyne.KeyLeft}, 0, false},
		{[]fyne.KeyName{fyne.KeyPageDown, fyne.KeyRight}, 1, false},
		{[]fyne.KeyName{fyne.KeyLeft}, 0, true},
		{[]fyne.KeyName{fyne.KeyDown}, 1, false},
		{[]fyne.KeyName{fyne.KeyUp}, 0, true},
	} {
		key(t, w, step.keys...)
		if area.pages.at != step.page || (area.entry.CursorTextOffset() > 0) != step.end {
			t.Fatalf("after %v at part %d, character %d", step.keys, area.pages.at, area.entry.CursorTextOffset())
		}
	}
	area.entry.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyPageDown, Modifier: fyne.KeyModifierControl})
	if area.pages.at != 1 {
		t.Error("Ctrl+PgDn does not turn the part")
	}
}

func TestTextFieldKeepsUndo(t *testing.T) {
	field := NewTextField()
	w, _, _ := window(t, field)
	w.Canvas().Focus(field.entry)
	write(t, w, "hei")
	field.SetText("hei")
	field.entry.TypedShortcut(&fyne.ShortcutUndo{})
	if field.Text() == "hei" {
		t.Error("an equal text cleared the undo")
	}
}

func TestTextAreaEnterAndTab(t *testing.T) {
	area, next := NewTextArea(printers["nb"]), NewTextField()
	w, _, _ := window(t, Column(8, area, next))
	w.Canvas().Focus(area.entry)
	write(t, w, "a")
	key(t, w, fyne.KeyReturn)
	write(t, w, "b")
	if area.Text() != "a\nb" {
		t.Errorf("text is %q", area.Text())
	}
	w.Canvas().FocusNext()
	if w.Canvas().Focused() != next.FocusTarget() {
		t.Error("Tab did not go on")
	}
}

func TestTextAreaGrowsToItsLimit(t *testing.T) {
	area := NewTextArea(printers["nb"])
	area.SetRows(3, 10)
	window(t, Column(8, area))
	low := area.heightFor(600)
	area.SetText(strings.Repeat("linje\n", 6))
	mid := area.heightFor(600)
	area.SetText(strings.Repeat("linje\n", 200))
	high := area.heightFor(600)
	row := area.rowHeight()
	if !(low < mid && mid < high) || high > 10*row+40 {
		t.Errorf("heights %v, %v, %v with rows of %v", low, mid, high, row)
	}
}

func TestLongPasteIsKept(t *testing.T) {
	area := NewTextArea(printers["nb"])
	w, _, _ := window(t, Column(8, area))
	var told string
	area.OnChanged = func(s string) { told = s }
	w.Canvas().Focus(area.entry)
	write(t, w, "før etter")
	for range "etter" {
		key(t, w, fyne.KeyLeft)
	}
	for name, long := range map[string]string{
		"lines":         strings.Repeat("En linje med ord og æøå.\n", 4200),
		"no line break": strings.Repeat("x", 100_000),
		"emoji":         strings.Repeat("👩‍🚀 é ", 20_000),
	} {
		area.SetText("")
		write(t, w, "før etter")
		for range "etter" {
			key(t, w, fyne.KeyLeft)
		}
		area.entry.TypedShortcut(&fyne.ShortcutPaste{Clipboard: pasted(long)})
		if want := "før " + long + "etter"; area.Text() != want || told != want {
			t.Fatalf("%s: %d bytes kept, %d told, want %d", name, len(area.Text()), len(told), len(want))
		}
		if n := utf8.RuneCountInString(area.entry.Text); n > pageLimit {
			t.Errorf("%s: %d characters in the entry", name, n)
		}
		write(t, w, "!")
		if want := "før " + long + "!etter"; area.Text() != want {
			t.Errorf("%s: the cursor is not after what was pasted", name)
		}
		key(t, w, fyne.KeyRight, fyne.KeyBackspace, fyne.KeyBackspace) // over the edge of a part
		if !strings.HasSuffix(area.Text(), "etter") && !strings.HasSuffix(area.Text(), "tter") {
			t.Errorf("%s: ends with %q", name, area.Text()[len(area.Text())-10:])
		}
	}
}

// TestPagesAreTheWholeText: whatever is typed, deleted and turned, the parts
// together are the text that the same keys give without parts.
func TestPagesAreTheWholeText(t *testing.T) {
	area := NewTextArea(printers["nb"])
	w, _, _ := window(t, Column(8, area))
	w.Canvas().Focus(area.entry)
	random := rand.New(rand.NewSource(1))
	area.SetText(strings.Repeat("Ord og linjer.\n", 1000))
	for range 300 {
		before, at := area.Text(), area.entry.CursorTextOffset()
		offset := byteOffset(area.entry.Text, at)
		if area.pages != nil {
			offset += area.pages.offset()
		}
		var want string
		switch random.Intn(5) {
		case 0:
			write(t, w, "å")
			want = before[:offset] + "å" + before[offset:]
		case 1:
			key(t, w, fyne.KeyBackspace)
			_, size := utf8.DecodeLastRuneInString(before[:offset])
			want = before[:offset-size] + before[offset:]
		case 2:
			key(t, w, fyne.KeyDelete)
			_, size := utf8.DecodeRuneInString(before[offset:])
			want = before[:offset] + before[offset+size:]
		case 3:
			area.turn(1 - 2*random.Intn(2))
			want = before
		default:
			key(t, w, []fyne.KeyName{fyne.KeyHome, fyne.KeyEnd, fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeyUp, fyne.KeyLeft}[random.Intn(6)])
			want = before
		}
		if area.Text() != want {
			t.Fatalf("%d bytes, want %d", len(area.Text()), len(want))
		}
		if area.pages != nil && strings.Join(area.pages.list, "") != area.Text() {
			t.Fatal("the parts are not the text")
		}
	}
}

func TestCutPages(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		unit := rapid.SampledFrom([]string{"ord ", "å", "linje\n", "👩‍🚀", "\xff", "x"}).Draw(t, "unit")
		text := strings.Repeat(unit, rapid.IntRange(0, 20_000).Draw(t, "n"))
		parts := cutPages(text)
		if strings.Join(parts, "") != text {
			t.Fatal("the parts are not the text")
		}
		for _, p := range parts {
			if p == "" || len(p) > pageLength {
				t.Fatalf("a part of %d bytes", len(p))
			}
			if utf8.ValidString(text) && !utf8.ValidString(p) {
				t.Fatal("a character was cut in two")
			}
		}
	})
}

// BenchmarkKey is a key press in a text of 10 000 characters.
func BenchmarkKey(b *testing.B) {
	benchmarkKey(b, 10_000)
}

// BenchmarkKeyBare is the same in Fyne's own entry, to compare with.
func BenchmarkKeyBare(b *testing.B) {
	test.NewTempApp(b).Settings().SetTheme(theme.New(theme.Options{Variant: theme.Light}))
	entry := widget.NewMultiLineEntry()
	entry.Wrapping = fyne.TextWrapWord
	w := test.NewTempWindow(b, entry)
	w.Resize(fyne.NewSize(700, 600))
	entry.SetText(strings.Repeat("Et ord og et ord til.\n", 10_000/22))
	w.Canvas().Focus(entry)
	for b.Loop() {
		entry.TypedRune('x')
	}
}

// BenchmarkKeyLong is a key press in a text of 100 000 characters.
func BenchmarkKeyLong(b *testing.B) {
	benchmarkKey(b, 100_000)
}

func benchmarkKey(b *testing.B, length int) {
	test.NewTempApp(b).Settings().SetTheme(theme.New(theme.Options{Variant: theme.Light}))
	area := NewTextArea(printers["nb"])
	w := test.NewTempWindow(b, NewField(printers["nb"], FieldOptions{Label: "x", Max: 500}, area))
	w.Resize(fyne.NewSize(700, 600))
	area.SetText(strings.Repeat("Et ord og et ord til.\n", length/22))
	w.Canvas().Focus(area.entry)
	for b.Loop() {
		area.entry.TypedRune('x')
	}
}

// BenchmarkLongPaste is 100 000 characters pasted.
func BenchmarkLongPaste(b *testing.B) {
	test.NewTempApp(b).Settings().SetTheme(theme.New(theme.Options{Variant: theme.Light}))
	area := NewTextArea(printers["nb"])
	w := test.NewTempWindow(b, area)
	w.Resize(fyne.NewSize(700, 600))
	w.Canvas().Focus(area.entry)
	long := strings.Repeat("x", 100_000)
	for b.Loop() {
		area.SetText("")
		area.entry.TypedShortcut(&fyne.ShortcutPaste{Clipboard: pasted(long)})
	}
}

func TestCtrlEndGoesToTheEnd(t *testing.T) {
	area := NewTextArea(printers["nb"])
	w, _, _ := window(t, area)
	area.SetText("Første linje\nAndre linje")
	w.Canvas().Focus(area.FocusTarget())
	end := func(key fyne.KeyName) {
		w.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault})
	}
	end(fyne.KeyEnd)
	write(t, w, "!")
	end(fyne.KeyHome)
	write(t, w, "#")
	if got := area.Text(); got != "#Første linje\nAndre linje!" {
		t.Errorf("it is %q", got)
	}
}
