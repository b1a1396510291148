package kit

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

// flowLines are the texts of a Flow, line by line.
func flowLines(f *Flow) []string {
	lines := make([]string, f.count)
	for i, p := range f.pieces {
		lines[p.line] += f.lines[i].(*canvas.Text).Text
	}
	return lines
}

func TestFlowBreaksBetweenWords(t *testing.T) {
	test.NewTempApp(t)
	f := NewFlow(Run{Text: "Trykk "}, Run{Text: "Kan jeg sende inn?", Bold: true}, Run{Text: ", eller "}, Run{Text: "Ctrl+K", Code: true}, Run{Text: "."})
	if got := f.AccessibilityLabel(); got != "Trykk Kan jeg sende inn?, eller Ctrl+K." {
		t.Error("read out as", got)
	}
	f.Resize(fyne.NewSize(2000, f.heightFor(2000)))
	if f.count != 1 {
		t.Fatal("one line is enough, and there are", f.count)
	}
	one := f.MinSize().Height
	var last *flowPiece
	for i := range f.pieces {
		if p := &f.pieces[i]; last != nil && p.x < last.x+measureRun(last.run)-1 {
			t.Errorf("%q lies over %q", p.run.Text, last.run.Text)
		} else {
			last = p
		}
	}
	high := f.heightFor(150)
	f.Resize(fyne.NewSize(150, high))
	if f.count < 2 || high < one*float32(f.count)-1 {
		t.Error("in 150 there are", f.count, "lines, and the height is", high)
	}
	for _, line := range flowLines(f) {
		if strings.HasPrefix(line, ",") || strings.HasPrefix(line, ".") {
			t.Errorf("a sign is parted from its word: %q", flowLines(f))
		}
	}
	for i, p := range f.pieces {
		if right := p.x + measureRun(p.run); right > 151 {
			t.Errorf("%q sticks out: %v", f.lines[i].(*canvas.Text).Text, right)
		}
	}
}

func TestFlowCutsWhatIsTooLong(t *testing.T) {
	test.NewTempApp(t)
	f := NewFlow(Run{Text: "a "}, Run{Text: strings.Repeat("x", 60), Code: true}, Run{Text: "\nb"})
	f.Resize(fyne.NewSize(100, f.heightFor(100)))
	lines := flowLines(f)
	if strings.Join(lines, "") != "a"+strings.Repeat("x", 60)+"b" || lines[len(lines)-1] != "b" {
		t.Errorf("%q", lines)
	}
	for _, p := range f.pieces {
		if p.x+measureRun(p.run) > 101 {
			t.Errorf("%q sticks out", p.run.Text)
		}
	}
	NewFlow().Resize(fyne.NewSize(100, 20)) // nothing to say
	NewFlow(Run{Text: "\n \n"}).Resize(fyne.NewSize(1, 1))
}

func TestReaderScrollsByKeyboard(t *testing.T) {
	test.NewTempApp(t)
	r := NewReader("Lang tekst", NewText(strings.Repeat("linje\n", 200)))
	w := test.NewTempWindow(t, r)
	w.Resize(fyne.NewSize(300, 200))
	w.Canvas().Focus(r)
	key := func(name fyne.KeyName) float32 {
		r.TypedKey(&fyne.KeyEvent{Name: name})
		return r.scroll.Offset.Y
	}
	if down := key(fyne.KeyDown); down <= 0 || key(fyne.KeyPageDown) <= down {
		t.Error("it does not scroll down")
	}
	end := key(fyne.KeyEnd)
	if end != r.scroll.Content.MinSize().Height-r.scroll.Size().Height || key(fyne.KeyPageDown) != end {
		t.Error("the end is not the end", end)
	}
	if key(fyne.KeyHome) != 0 || key(fyne.KeyUp) != 0 {
		t.Error("it does not go home")
	}
	if !r.ring.focused {
		t.Error("the ring is not shown")
	}
	key(fyne.KeyEnd)
	r.SetContent("Ny", NewText("kort"))
	if r.scroll.Offset.Y != 0 || r.AccessibilityLabel() != "Ny" {
		t.Error("new content does not begin at its top")
	}
}

func TestSideList(t *testing.T) {
	test.NewTempApp(t)
	var chosen []string
	l := NewSideList(func(id string) { chosen = append(chosen, id) })
	l.SetOptions([]Option{{ID: "a", Label: "En"}, {ID: "b", Label: "Et emne med et langt navn som trenger to linjer"}, {ID: "c", Label: "Tre"}})
	w := test.NewTempWindow(t, container.NewVScroll(l))
	w.Resize(fyne.NewSize(200, 300))
	w.Canvas().Focus(l)
	key := func(names ...fyne.KeyName) {
		for _, name := range names {
			l.TypedKey(&fyne.KeyEvent{Name: name})
		}
	}
	l.SetSelected("a")
	if len(chosen) != 0 {
		t.Error("SetSelected calls OnSelected")
	}
	key(fyne.KeyUp, fyne.KeyDown, fyne.KeyEnd, fyne.KeyDown, fyne.KeyHome)
	if got := strings.Join(chosen, ""); got != "bca" || l.AccessibilityLabel() != "En" {
		t.Error("the keys chose", got)
	}
	top, high := l.row(2, l.Size().Width)
	_, single := l.row(0, l.Size().Width)
	if _, long := l.row(1, l.Size().Width); long <= single {
		t.Error("a long label does not take more room")
	}
	l.Tapped(&fyne.PointEvent{Position: fyne.NewPos(20, top+high/2)})
	if l.Selected() != "c" {
		t.Error("a click chose", l.Selected())
	}
	l.SetOptions([]Option{{ID: "c", Label: "Tre"}})
	if l.Selected() != "c" {
		t.Error("what is still there is not kept")
	}
	l.SetOptions(nil)
	key(fyne.KeyDown, fyne.KeyEnd)
	l.Tapped(&fyne.PointEvent{})
	if l.Selected() != "" || l.AccessibilityLabel() != "" {
		t.Error("an empty list has something selected")
	}
}

func TestPairStandsBesideOrUnder(t *testing.T) {
	test.NewTempApp(t)
	name, meaning := NewText("Ctrl+N"), NewText("ny søknad")
	p := NewDefinition(name, meaning)
	p.Resize(fyne.NewSize(600, 40))
	if meaning.Position().Y != 0 || meaning.Position().X <= name.Position().X {
		t.Error("not beside each other in 600:", meaning.Position())
	}
	p.Resize(fyne.NewSize(250, 80))
	if meaning.Position().X != 0 || meaning.Position().Y < name.Size().Height {
		t.Error("not under each other in 250:", meaning.Position())
	}
}

// TestPaddedTakesNoRoomWhileHidden: a folded part must not leave a hole.
func TestPaddedTakesNoRoomWhileHidden(t *testing.T) {
	window(t, NewTextField())
	text := NewText("Noe å lese")
	padded := Padded(8, text)
	if padded.MinSize().Height <= 16 || heightOf(padded, 300) <= 16 {
		t.Fatal("no room for what is shown")
	}
	text.Hide()
	if size := padded.MinSize(); size.Height != 0 || heightOf(padded, 300) != 0 {
		t.Errorf("it takes %v, high %v", size, heightOf(padded, 300))
	}
}
