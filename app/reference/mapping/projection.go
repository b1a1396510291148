// Package mapping is the geometry of small maps of Norway: from degrees to
// kilometres on flat paper, from there to a drawing of any size, and where the
// names can stand. It draws nothing itself, so the window and the documents can
// share it.
package mapping

import (
	"math"

	"kompetansepilot/app/reference"
)

// earthRadius is the mean radius in kilometres. A sphere is near enough: the
// outline is simplified far coarser than the difference to the ellipsoid.
const earthRadius = 6371.0

// Place is a point on flat paper: kilometres east of the projection's meridian
// and north of the equator.
type Place struct{ X, Y float64 }

// Projection is transverse Mercator round a meridian: true to shape, as the
// official maps of Norway, and true to scale near the meridian. North is up
// there and leans a little to the sides of it.
type Projection struct {
	Meridian float64 // degrees east
}

// Norway is the projection for the whole country, with the meridian of UTM zone
// 33.
var Norway = Projection{Meridian: 15}

// Over gives the projection in the middle of the points, so that north is up on
// a map of a county at the edge of the country too.
func Over(points []reference.Point) Projection {
	if len(points) == 0 {
		return Norway
	}
	west, east := points[0].Lon, points[0].Lon
	for _, p := range points {
		west, east = min(west, p.Lon), max(east, p.Lon)
	}
	return Projection{Meridian: (west + east) / 2}
}

// Place is where a point comes on the paper.
func (p Projection) Place(at reference.Point) Place {
	lat, lon := radians(at.Lat), radians(at.Lon-p.Meridian)
	return Place{
		X: earthRadius * math.Atanh(math.Cos(lat)*math.Sin(lon)),
		Y: earthRadius * math.Atan2(math.Tan(lat), math.Cos(lon)),
	}
}

// Point is the inverse of Place.
func (p Projection) Point(at Place) reference.Point {
	x, y := at.X/earthRadius, at.Y/earthRadius
	return reference.Point{
		Lat: degrees(math.Asin(math.Sin(y) / math.Cosh(x))),
		Lon: p.Meridian + degrees(math.Atan2(math.Sinh(x), math.Cos(y))),
	}
}

// Places projects many points.
func (p Projection) Places(points []reference.Point) []Place {
	places := make([]Place, len(points))
	for i, at := range points {
		places[i] = p.Place(at)
	}
	return places
}

func radians(degrees float64) float64 { return degrees * math.Pi / 180 }
func degrees(radians float64) float64 { return radians * 180 / math.Pi }
