package placemap

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"kompetansepilot/app/document"
)

func TestClippedStaysInside(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := rapid.Float64Range(-200, 300)
		shape := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) document.Point {
			return document.Point{X: at.Draw(t, "x"), Y: at.Draw(t, "y")}
		}), 0, 12).Draw(t, "shape")
		for _, p := range clipped(shape, 100, 60) {
			if p.X < -1e-6 || p.X > 100+1e-6 || p.Y < -1e-6 || p.Y > 60+1e-6 || math.IsNaN(p.X+p.Y) {
				t.Fatalf("%v is outside", p)
			}
		}
	})
	whole := []document.Point{{X: 1, Y: 1}, {X: 9, Y: 1}, {X: 5, Y: 9}}
	if got := clipped(whole, 10, 10); len(got) != 3 {
		t.Errorf("a shape inside became %v", got)
	}
}
