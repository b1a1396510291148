package kit

import (
	"image"
	"image/draw"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"kompetansepilot/ui/task"
)

// book is a source that notes what is drawn.
type book struct {
	drawn []int
	dpi   float64
}

func (b *book) source(pages int) PageSource {
	return PageSource{Pages: pages, Width: 210, Height: 297, Render: func(page int, dpi float64) image.Image {
		b.drawn, b.dpi = append(b.drawn, page), dpi
		return image.NewRGBA(image.Rect(0, 0, int(210*dpi/25.4+0.5), int(297*dpi/25.4+0.5)))
	}}
}

func pageView(t *testing.T, pages int) (*PageView, *book, fyne.Window, fyne.CanvasObject) {
	t.Helper()
	tasks := task.NewSync()
	v := NewPageView(tasks, printers["nb"])
	bar := NewPageBar(printers["nb"], v)
	w, _, _ := window(t, Dock(nil, bar, nil, v))
	b := &book{}
	v.SetSource(b.source(pages))
	w.Canvas().Focus(v)
	return v, b, w, bar
}

func TestPageViewDrawsWhatIsSeen(t *testing.T) {
	v, b, w, _ := pageView(t, 1000)
	if len(b.drawn) == 0 || len(b.drawn) > 5 {
		t.Errorf("drew the pages %v at the start", b.drawn)
	}
	b.drawn = nil
	key(t, w, fyne.KeyEnd)
	for _, p := range b.drawn {
		if p < 990 {
			t.Errorf("drew page %d at the end", p)
		}
	}
	if v.Page() != 999 || v.AccessibilityLabel() != "Side 1000 av 1000" {
		t.Errorf("at page %d: %s", v.Page(), v.AccessibilityLabel())
	}
	for range 300 {
		key(t, w, fyne.KeyPageUp)
	}
	if n := v.store.pixels(); n > pagePixels*3/2 {
		t.Errorf("%d dots are kept", n)
	}
	key(t, w, fyne.KeyHome)
	if v.Page() != 0 {
		t.Errorf("Home went to page %d", v.Page())
	}
}

// TestPageViewIsSharp: a picture has as many dots as its place.
func TestPageViewIsSharp(t *testing.T) {
	v, b, w, _ := pageView(t, 3)
	for _, scale := range []float32{1, 1.5, 2} {
		w.Canvas().(interface{ SetScale(float32) }).SetScale(scale)
		for _, z := range []Zoom{ZoomWidth, ZoomPage, 50, 110} {
			v.SetZoom(z)
			picture := v.sheet.papers[0].picture
			dots, units := picture.Image.Bounds(), picture.Size()
			if d := units.Width*scale - float32(dots.Dx()); d > 0.01 || d < -0.01 {
				t.Errorf("scale %g, zoom %d: %d dots in %g units", scale, z, dots.Dx(), units.Width)
			}
			if d := units.Height*scale - float32(dots.Dy()); d > 0.01 || d < -0.01 {
				t.Errorf("scale %g, zoom %d: %d dots in a height of %g units", scale, z, dots.Dy(), units.Height)
			}
		}
	}
	v.SetZoom(300)
	if b.dpi > pageDPI {
		t.Errorf("drew at %g dots per inch", b.dpi)
	}
}

func TestPageViewKeepsThePlace(t *testing.T) {
	v, b, _, _ := pageView(t, 20)
	v.GoTo(7)
	if v.Page() != 7 {
		t.Fatalf("at page %d", v.Page())
	}
	before := v.anchor()
	for range 3 {
		v.ZoomBy(1)
	}
	v.SetSource(b.source(20))
	if now := v.anchor(); now.page != before.page || now.down < before.down-0.02 || now.down > before.down+0.02 {
		t.Errorf("the middle went from %v to %v", before, now)
	}
	v.Resize(v.Size().SubtractWidthHeight(100, 40))
	if now := v.anchor(); now.page != before.page {
		t.Errorf("after a new size the middle went from %v to %v", before, now)
	}
	v.SetSource(b.source(3))
	if v.Page() > 2 || v.Pages() != 3 {
		t.Errorf("at page %d of %d", v.Page(), v.Pages())
	}
	v.SetSource(PageSource{})
	if v.AccessibilityLabel() != "" {
		t.Errorf("without a document it says %q", v.AccessibilityLabel())
	}
}

func TestPageViewZoom(t *testing.T) {
	v, _, w, bar := pageView(t, 5)
	wide := v.Percent()
	write(t, w, "+")
	if v.Percent() <= wide {
		t.Errorf("+ went from %d to %d %%", wide, v.Percent())
	}
	v.SetZoom(100)
	for range 2 {
		v.touch.wheel(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, 5)}, true)
	}
	if v.Percent() != 110 || v.Zoom() != 110 {
		t.Errorf("Ctrl and the wheel gave %d %%", v.Percent())
	}
	if text := test.RenderObjectToMarkup(bar); !strings.Contains(text, "110 %") || !strings.Contains(text, "Side 1 av 5") {
		t.Errorf("the bar says %s", text)
	}
	for range 20 {
		write(t, w, "+")
	}
	if v.Percent() != 300 {
		t.Errorf("the largest is %d %%", v.Percent())
	}
	for range 30 {
		write(t, w, "-")
	}
	if v.Percent() != 50 {
		t.Errorf("the least is %d %%", v.Percent())
	}
	write(t, w, "0")
	if v.Zoom() != ZoomWidth || v.Percent() != wide {
		t.Errorf("0 gave %d", v.Zoom())
	}
	v.SetZoom(ZoomPage)
	if m := v.sizes(); m.height > v.scroll.Size().Height || m.width > v.scroll.Size().Width {
		t.Errorf("a page of %g × %g does not fit in %v", m.width, m.height, v.scroll.Size())
	}
	for i := range 5 {
		if v.Page() != i {
			t.Errorf("PgDn is at page %d, want %d", v.Page(), i)
		}
		key(t, w, fyne.KeyPageDown)
	}
}

// TestPageViewIsCut: nothing is drawn outside the view. Fyne cuts at the
// innermost object that scrolls, which must be the view's own scroll area.
func TestPageViewIsCut(t *testing.T) {
	v, _, w, _ := pageView(t, 3)
	v.SetSource(PageSource{Pages: 3, Width: 210, Height: 297, Render: func(int, float64) image.Image {
		p := image.NewRGBA(image.Rect(0, 0, 210, 297))
		draw.Draw(p, p.Bounds(), image.Black, image.Point{}, draw.Src)
		return p
	}})
	v.Resize(fyne.NewSize(400, 200))
	below := fyne.CurrentApp().Driver().AbsolutePositionForObject(v).AddXY(200, 210)
	if r, _, _, _ := w.Canvas().Capture().At(int(below.X), int(below.Y)).RGBA(); r < 0x8000 {
		t.Error("a page is drawn below its view")
	}
	if r, _, _, _ := w.Canvas().Capture().At(int(below.X), int(below.Y)-60).RGBA(); r > 0x8000 {
		t.Error("the page is not drawn in its view")
	}
}

// TestPageViewSurvivesAFault: a page that can't be drawn stays white.
func TestPageViewSurvivesAFault(t *testing.T) {
	v, _, _, _ := pageView(t, 2)
	tries := 0
	v.SetSource(PageSource{Pages: 2, Width: 210, Height: 297, Render: func(int, float64) image.Image {
		tries++
		panic("broken page")
	}})
	v.sheet.Refresh()
	v.follow()
	if tries == 0 || tries > 4 {
		t.Errorf("tried %d times", tries)
	}
}
