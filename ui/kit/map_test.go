package kit

import (
	"image/color"
	"math"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"kompetansepilot/app/reference"
	"kompetansepilot/ui/theme"
)

// places are four points like a compass round a fifth, and one far outside.
func places() []MapPoint {
	at := func(lat, lon float64) reference.Point { return reference.Point{Lat: lat, Lon: lon} }
	return []MapPoint{
		{ID: "m", Label: "Midt", Note: "sentralitet 5", At: at(61, 10), Class: 5, Square: true},
		{ID: "n", Label: "Nord", At: at(62, 10), Class: 6, Square: true},
		{ID: "s", Label: "Sør", At: at(60, 10), Class: 3},
		{ID: "e", Label: "Øst", At: at(61, 12), Class: 4},
		{ID: "w", Label: "Vest", At: at(61, 8), Class: 2},
		{ID: "o", Label: "Ute", At: at(70, 25), Class: 1, Outside: true},
	}
}

// newTestMap shows a map that remembers what is chosen in it.
func newTestMap(t *testing.T) (*Map, fyne.Window, func(fyne.KeyName)) {
	t.Helper()
	window(t, NewText("")) // for the look
	m := NewMap(printers["nb"], MapOptions{Label: "Kart", Outline: reference.Load().Outline(), Whole: "Vis alt",
		Legend: []MapKey{{Class: 5, Square: true, Text: "Firkant"}, {Class: 1, Text: "Rund"}}})
	m.SetPoints(places())
	m.OnToggled = func(id string, on bool) {
		points := m.Points()
		for i := range points {
			if points[i].ID == id {
				points[i].Selected = on
			}
		}
		m.SetPoints(points)
	}
	w, _, _ := window(t, m)
	w.Canvas().Focus(m.FocusTarget())
	return m, w, func(name fyne.KeyName) { key(t, w, name) }
}

func selected(m *Map) string {
	var ids []string
	for _, p := range m.Points() {
		if p.Selected {
			ids = append(ids, p.ID)
		}
	}
	return strings.Join(ids, " ")
}

func TestMapByKeys(t *testing.T) {
	m, _, press := newTestMap(t)
	if m.Current() != "m" {
		t.Fatalf("the keys begin at %q, want the middle", m.Current())
	}
	for _, step := range []struct {
		name fyne.KeyName
		want string
	}{{fyne.KeyUp, "n"}, {fyne.KeyDown, "m"}, {fyne.KeyRight, "e"}, {fyne.KeyRight, "e"}, {fyne.KeyLeft, "m"}, {fyne.KeyLeft, "w"}, {fyne.KeyRight, "m"}, {fyne.KeyDown, "s"}} {
		if press(step.name); m.Current() != step.want {
			t.Errorf("%s goes to %q, want %q", step.name, m.Current(), step.want)
		}
	}
	press(fyne.KeySpace)
	press(fyne.KeyUp)
	press(fyne.KeyReturn)
	if got := selected(m); got != "m s" {
		t.Errorf("chosen %q", got)
	}
	press(fyne.KeyReturn)
	if got := selected(m); got != "s" {
		t.Errorf("chosen %q", got)
	}
	if said := m.plane.AccessibilityLabel(); said != "Kart. Midt: sentralitet 5, ikke valgt" {
		t.Errorf("it says %q", said)
	}
}

func TestMapByMouse(t *testing.T) {
	m, _, _ := newTestMap(t)
	mark := m.plane.marks[3]
	test.TapAt(m.plane, mark.face.Position().AddXY(mark.side/2, mark.side/2))
	if got := selected(m); got != "e" || m.Current() != "e" {
		t.Errorf("chosen %q, current %q", got, m.Current())
	}
	name := m.plane.names[1] // of "Nord"
	test.TapAt(m.plane, name.Position().AddXY(2, 2))
	if got := selected(m); got != "n e" {
		t.Errorf("chosen %q", got)
	}
	test.TapAt(m.plane, fyne.NewPos(3, 3))
	if got := selected(m); got != "n e" {
		t.Errorf("a click at sea chose %q", got)
	}
}

func TestMapReadOnly(t *testing.T) {
	m, _, press := newTestMap(t)
	m.OnToggled = nil
	opened := ""
	m.OnOpened = func(id string) { opened = id }
	press(fyne.KeyReturn)
	if opened != "m" || selected(m) != "" {
		t.Errorf("opened %q, chosen %q", opened, selected(m))
	}
	if said := m.plane.AccessibilityLabel(); said != "Kart. Midt: sentralitet 5" {
		t.Errorf("it says %q", said)
	}
	m.OnOpened = nil
	press(fyne.KeySpace) // does nothing
}

func TestMapZoom(t *testing.T) {
	m, w, press := newTestMap(t)
	p := m.plane
	whole := p.view
	write(t, w, "++")
	if got := p.view.Scale / whole.Scale; got < 2.2 || got > 2.3 {
		t.Errorf("two steps enlarge %.2f times", got)
	}
	if x, y := p.view.At(p.places[0]); x < 1 || y < 1 || p.marks[0].face.Hidden {
		t.Error("the current point is out of sight")
	}
	if !p.marks[1].face.Hidden {
		t.Error("a mark stands out over the edge")
	}
	press(fyne.KeyUp)
	if p.marks[1].face.Hidden {
		t.Error("the keys went to a point and left it out of sight")
	}
	write(t, w, "++++++++++++++++++++")
	if got := p.view.Scale / whole.Scale; got > mostZoom+0.01 {
		t.Errorf("enlarged %.1f times", got)
	}
	write(t, w, "------------------------")
	for i, mark := range p.marks {
		if mark.face.Hidden {
			t.Errorf("%s is not to be seen on the map of the whole country", p.points[i].Label)
		}
	}
	write(t, w, "0")
	if p.view != whole {
		t.Errorf("0 shows %+v, want %+v", p.view, whole)
	}
	p.Dragged(&fyne.DragEvent{Dragged: fyne.Delta{DX: 40, DY: -30}})
	if x, y := p.view.At(whole.Middle); math.Abs(x-whole.Width/2-40) > 0.01 || math.Abs(y-whole.Height/2+30) > 0.01 {
		t.Errorf("dragged to %v, %v", x, y)
	}
	m.ShowWhole()
	if p.view != whole {
		t.Error("the button does not show the whole")
	}
}

// The picture under the marks costs nothing while only the marks change.
func TestMapLandIsKept(t *testing.T) {
	m, w, press := newTestMap(t)
	w.Canvas().Capture()
	before := m.plane.land.times
	if before == 0 {
		t.Fatal("no land was drawn")
	}
	press(fyne.KeyUp)
	press(fyne.KeySpace)
	m.Refresh()
	w.Canvas().Capture()
	if got := m.plane.land.times; got != before {
		t.Errorf("%d pictures for a choice, want none", got-before)
	}
	write(t, w, "+")
	w.Canvas().Capture()
	if got := m.plane.land.times; got != before+1 {
		t.Errorf("%d pictures for a zoom, want 1", got-before)
	}
	fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Options{Variant: theme.HighContrast}))
	w.Canvas().Capture()
	if m.plane.land.made.land != theme.Color(theme.ColorNameSurface) {
		t.Error("the land has the colour of the look before")
	}
}

func TestMapLandIsWhereNorwayIs(t *testing.T) {
	m, _, _ := newTestMap(t)
	p := m.plane
	picture := p.land.generate(400, 300)
	// The middle is inland; the far west of this view is the North Sea.
	if got := picture.At(200, 150); !same(got, theme.Color(theme.ColorNameSurface)) {
		t.Errorf("inland is %v", got)
	}
	m.ZoomOut()
	m.ZoomOut()
	picture = p.land.generate(400, 300)
	if got := picture.At(2, 150); !same(got, theme.Color(theme.ColorNameHoverRow)) {
		t.Errorf("the sea is %v", got)
	}
}

func same(a, b color.Color) bool {
	r1, g1, b1, _ := a.RGBA()
	r2, g2, b2, _ := b.RGBA()
	return r1>>8 == r2>>8 && g1>>8 == g2>>8 && b1>>8 == b2>>8
}

func TestMapTooltip(t *testing.T) {
	window(t, NewText(""))
	m := NewMap(printers["nb"], MapOptions{Label: "Kart", Outline: reference.Load().Outline()})
	m.SetPoints(places())
	_, stage, tasks := window(t, m)
	mark := m.plane.marks[0]
	m.plane.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: mark.face.Position().AddXY(4, 4)}})
	tasks.Advance(tooltipDelay)
	if !stage.tips.box.Visible() || stage.tips.text.Text() != "Midt: sentralitet 5" || m.plane.shade.Hidden {
		t.Errorf("the tooltip says %q", stage.tips.text.Text())
	}
	m.plane.MouseOut()
	if stage.tips.box.Visible() || !m.plane.shade.Hidden {
		t.Error("the tooltip stays")
	}
}

// Shape and fill tell the classes and the choice apart without colour.
func TestMapMarksDiffer(t *testing.T) {
	window(t, NewText(""))
	square, round, filled := newMapMark(), newMapMark(), newMapMark()
	square.paint(MapKey{Class: 5, Square: true})
	round.paint(MapKey{Class: 3})
	filled.paint(MapKey{Class: 5, Square: true, Selected: true})
	if square.face.CornerRadius == round.face.CornerRadius || square.figure.Text == round.figure.Text {
		t.Error("5 and 3 look alike")
	}
	if square.face.FillColor == filled.face.FillColor {
		t.Error("chosen and not chosen look alike")
	}
}

func TestMapWithoutPoints(t *testing.T) {
	window(t, NewText(""))
	m := NewMap(printers["nb"], MapOptions{Label: "Kart", Outline: reference.Load().Outline(), Whole: "Vis alt"})
	w, _, _ := window(t, m)
	w.Canvas().Focus(m.FocusTarget())
	key(t, w, fyne.KeyUp, fyne.KeySpace, fyne.KeyReturn)
	write(t, w, "+-0")
	if m.Current() != "" || m.plane.AccessibilityLabel() != "Kart" {
		t.Errorf("current %q", m.Current())
	}
}

func TestMapTooltipFollowsTheChoice(t *testing.T) {
	m, w, press := newTestMap(t)
	stage := w.Content().(*Stage)
	tasks := stage.tips.tasks
	tasks.Advance(tooltipDelay)
	if got := stage.tips.text.Text(); got != "Midt: sentralitet 5, ikke valgt" {
		t.Fatalf("the tooltip says %q", got)
	}
	press(fyne.KeySpace)
	if stage.tips.box.Visible() {
		t.Error("the tooltip tells what was before")
	}
	tasks.Advance(tooltipDelay)
	if got := stage.tips.text.Text(); got != "Midt: sentralitet 5, valgt" || selected(m) != "m" {
		t.Errorf("the tooltip says %q", got)
	}
}
