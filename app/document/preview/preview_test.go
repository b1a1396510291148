package preview_test

import (
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"kompetansepilot/app/document"
	"kompetansepilot/app/document/documenttest"
	"kompetansepilot/app/document/layout"
	"kompetansepilot/app/document/preview"
)

func lay(t testing.TB, doc document.Document) *preview.Preview {
	t.Helper()
	r, err := layout.Lay(doc)
	if err != nil {
		t.Fatal(err)
	}
	return preview.New(r)
}

func TestPagesHaveInk(t *testing.T) {
	p := lay(t, documenttest.Sample())
	for i := range p.Pages() {
		img := p.Render(i, 72)
		if img.Bounds() != image.Rect(0, 0, 595, 842) {
			t.Fatalf("size %v", img.Bounds())
		}
		if n := dark(img, img.Bounds()); n < 1000 {
			t.Errorf("page %d has %d dark pixels", i, n)
		}
		if n := dark(img, image.Rect(0, 0, 40, 842)); n != 0 {
			t.Errorf("page %d has %d dark pixels in its left margin", i, n)
		}
	}
	if dir := os.Getenv("DOCUMENT_OUT"); dir != "" {
		f, err := os.Create(filepath.Join(dir, "preview.png"))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if err := png.Encode(f, p.Render(0, 100)); err != nil {
			t.Fatal(err)
		}
	}
}

func dark(img image.Image, area image.Rectangle) (n int) {
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			if r, _, _, _ := img.At(x, y).RGBA(); r < 0x8000 {
				n++
			}
		}
	}
	return n
}

func TestShapesStandWhereTheyAreDrawn(t *testing.T) {
	red := document.Colour{R: 255}
	doc := document.Document{Title: "T", Lang: "nb", Blocks: []document.Block{document.Figure{Alt: "a", Height: 100,
		Draw: func(c document.Canvas, w, h float64) {
			c.Rect(0, 0, 10, 10, red)
			c.Circle(40, 10, 5, red)
			c.Line(60, 0, 60, 20, 3, red)
			c.Polygon([]document.Point{{X: 80, Y: 0}, {X: 100, Y: 0}, {X: 90, Y: 20}}, red)
			c.Rect(-1000, -1000, 10, 10, red) // outside the page
			c.Rect(20, 50, -10, 10, red)      // from right to left
			c.Text(120, 30, "I", 40, document.Center, true, red)
		}}}}
	img := lay(t, doc).Render(0, 254) // 10 pixels for a mm
	at := func(x, y float64) bool {
		r, g, _, _ := img.At(int((22+x)*10), int((22+y)*10)).RGBA()
		return r > 0xf000 && g < 0x1000
	}
	for _, c := range []struct {
		x, y float64
		want bool
	}{{5, 5, true}, {11, 5, false}, {40, 10, true}, {44.5, 6, false}, {60, 10, true}, {62, 10, false},
		{90, 10, true}, {81, 15, false}, {15, 55, true}, {25, 55, false}, {120, 29, true}, {120, 21, true}, {120, 31, false}, {120, 18, false}, {128, 25, false}} {
		if got := at(c.x, c.y); got != c.want {
			t.Errorf("at %g,%g: red %v, want %v", c.x, c.y, got, c.want)
		}
	}
}

func TestResolutionIsKeptInBounds(t *testing.T) {
	p := lay(t, document.Document{Title: "T", Lang: "nb"})
	for _, dpi := range []float64{-1, 0, 3} {
		if w := p.Render(0, dpi).Bounds().Dx(); w != 83 {
			t.Errorf("%g dpi: width %d, want 83", dpi, w)
		}
	}
}

func BenchmarkPage(b *testing.B) {
	p := lay(b, documenttest.Sample())
	for b.Loop() {
		p.Render(0, 110)
	}
}

// BenchmarkChangedPage lays a document out anew and draws one of its pages, as
// after a letter was typed. Goal: under 30 ms.
func BenchmarkChangedPage(b *testing.B) {
	doc := documenttest.Sample()
	for b.Loop() {
		lay(b, doc).Render(1, 110)
	}
}
