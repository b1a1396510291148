package mapping

import (
	"math"
	"testing"

	"kompetansepilot/app/reference"
)

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if math.Abs(got-want) > within {
		t.Errorf("%s is %.3f, want %.3f", what, got, want)
	}
}

// Distances known from elsewhere: on the meridian a degree is 111,2 km, and
// Oslo–Bergen is 305 km, Oslo–Trondheim 391 km as the crow flies.
func TestProjectionKeepsDistances(t *testing.T) {
	a, b := Norway.Place(reference.Point{Lat: 60, Lon: 15}), Norway.Place(reference.Point{Lat: 61, Lon: 15})
	near(t, "a degree", b.Y-a.Y, 111.2, 0.1)
	near(t, "the meridian", a.X, 0, 1e-9)
	oslo := reference.Point{Lat: 59.913, Lon: 10.739}
	for _, c := range []struct {
		name string
		to   reference.Point
		want float64
	}{
		{"Bergen", reference.Point{Lat: 60.393, Lon: 5.324}, 305},
		{"Trondheim", reference.Point{Lat: 63.430, Lon: 10.395}, 391},
	} {
		p := Over([]reference.Point{oslo, c.to})
		from, to := p.Place(oslo), p.Place(c.to)
		near(t, c.name, math.Hypot(from.X-to.X, from.Y-to.Y), c.want, 3)
	}
}

func TestProjectionGoesBothWays(t *testing.T) {
	p := Projection{Meridian: 10}
	for _, at := range []reference.Point{{Lat: 58, Lon: 5}, {Lat: 71, Lon: 31}, {Lat: 62, Lon: 10}} {
		back := p.Point(p.Place(at))
		near(t, "latitude", back.Lat, at.Lat, 1e-9)
		near(t, "longitude", back.Lon, at.Lon, 1e-9)
	}
}

func TestFitShowsEverything(t *testing.T) {
	tables := reference.Load()
	for _, county := range []string{"34", "18", "54", "03"} {
		var points []reference.Point
		for _, m := range tables.CountyMunicipalities(county) {
			points = append(points, reference.Point{Lat: m.AreaLat, Lon: m.AreaLon})
		}
		places := Over(points).Places(points)
		v := Fit(Around(places), 640, 480, 30)
		touches := false
		for _, p := range places {
			x, y := v.At(p)
			if x < 29.9 || x > 610.1 || y < 29.9 || y > 450.1 {
				t.Errorf("%s: a place comes at %.1f, %.1f", county, x, y)
			}
			touches = touches || x < 31 || y < 31
		}
		if len(places) > 1 && !touches {
			t.Errorf("%s is smaller than it could be", county)
		}
	}
}

func TestZoomKeepsWhatIsUnderTheMouse(t *testing.T) {
	v := Fit(Box{0, 0, 100, 100}, 400, 300, 0)
	before := v.Place(300, 50)
	v = v.Zoomed(1.5, 300, 50)
	after := v.Place(300, 50)
	near(t, "east", after.X, before.X, 1e-9)
	near(t, "north", after.Y, before.Y, 1e-9)
	near(t, "scale", v.Scale, 4.5, 1e-9)
	v = v.Moved(10, -20)
	moved := v.Place(310, 30)
	near(t, "dragged east", moved.X, before.X, 1e-9)
	near(t, "dragged north", moved.Y, before.Y, 1e-9)
}

func TestRevealing(t *testing.T) {
	v := Fit(Box{0, 0, 100, 100}, 400, 400, 0)
	if same := v.Revealing(Place{50, 50}, 20); same != v {
		t.Error("a view moved for a place in sight")
	}
	x, y := v.Revealing(Place{150, -40}, 20).At(Place{150, -40})
	near(t, "x", x, 380, 1e-9)
	near(t, "y", y, 380, 1e-9)
}

func TestToward(t *testing.T) {
	places := []Place{{0, 0}, {10, 1}, {4.5, 4.4}, {-5, 0}, {0, -7}, {1, -3}}
	for _, c := range []struct {
		d    Direction
		want int
	}{{East, 1}, {West, 3}, {South, 5}, {North, -1}} {
		if got := Toward(places, 0, c.d); got != c.want {
			t.Errorf("%v goes to %d, want %d", c.d, got, c.want)
		}
	}
}

// Every municipality of every county can be reached with the arrows.
func TestArrowsReachAll(t *testing.T) {
	tables := reference.Load()
	for _, county := range append(tables.Counties("2020"), tables.Counties("2024")...) {
		var points []reference.Point
		for _, m := range tables.CountyMunicipalities(county.Number) {
			points = append(points, reference.Point{Lat: m.AreaLat, Lon: m.AreaLon})
		}
		places := Over(points).Places(points)
		seen := map[int]bool{0: true}
		for queue := []int{0}; len(queue) > 0; queue = queue[1:] {
			for _, d := range []Direction{North, South, East, West} {
				if to := Toward(places, queue[0], d); to >= 0 && !seen[to] {
					seen[to] = true
					queue = append(queue, to)
				}
			}
		}
		if len(seen) != len(places) {
			t.Errorf("%s: the arrows reach %d of %d", county.Name, len(seen), len(places))
		}
	}
}

func TestClip(t *testing.T) {
	box := Box{0, 0, 10, 10}
	whole := []Place{{2, 2}, {8, 2}, {5, 8}}
	if got := Clip(whole, box); len(got) != 3 {
		t.Errorf("a ring inside became %v", got)
	}
	if got := Clip([]Place{{20, 20}, {30, 20}, {25, 30}}, box); got != nil {
		t.Errorf("a ring outside became %v", got)
	}
	got := Clip([]Place{{-10, -10}, {20, -10}, {20, 20}, {-10, 20}}, box)
	if b := Around(got); b != box {
		t.Errorf("a ring round the box became %v", got)
	}
	for _, ring := range reference.Load().Outline() {
		for _, p := range Clip(Norway.Places(ring), Box{-200, 6600, 100, 7000}) {
			if !(Box{-200, 6600, 100, 7000}).Grown(1e-6).Holds(p) {
				t.Fatalf("%v is outside", p)
			}
		}
	}
}

func TestLabelsNeverOverlap(t *testing.T) {
	var labels []Label
	for i := range 60 {
		x, y := float64(i*37%300), float64(i*53%200)
		labels = append(labels, Label{Mark: Rect{x, y, 16, 16}, Width: 70, Height: 16})
	}
	at, ok := PlaceLabels(labels, 340, 240, 3)
	shown := 0
	for i := range at {
		if !ok[i] {
			continue
		}
		shown++
		if !at[i].inside(340, 240) {
			t.Errorf("label %d stands outside", i)
		}
		for j := range at {
			if j != i && (ok[j] && at[i].overlaps(at[j]) || at[i].overlaps(labels[j].Mark)) {
				t.Errorf("label %d covers %d", i, j)
			}
		}
	}
	if shown == 0 || shown == len(labels) {
		t.Errorf("%d of %d labels are shown: the test tries nothing", shown, len(labels))
	}
}
