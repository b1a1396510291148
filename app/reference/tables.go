// Package reference holds the tables that do not change while the program
// runs: municipalities, counties, the reforms between them, and the outline of
// Norway. They are built into the program and parsed the first time they are
// asked for. Nothing here can be written to: every answer is a copy.
package reference

import (
	"slices"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// Current is the structure of municipalities and counties that the tables lead
// to. Older numbers resolve to it.
const Current = "2024"

// Tables are the reference tables. Make them with [Load]; they may be used from
// several goroutines.
type Tables struct {
	municipalities func() municipalityTable
	changes        func() map[string][]change
	counties       func() []County
	outline        func() [][]Point
	neighbours     func() [][]Point
	credits        func() []string
	providers      func() []Provider
	industries     func() map[string]string
}

// Load makes the tables. It reads nothing yet, so it costs next to nothing at
// start. A table that cannot be parsed was built wrong and panics at first use;
// the package's tests read them all.
func Load() *Tables {
	return &Tables{
		municipalities: sync.OnceValue(parseMunicipalities),
		changes:        sync.OnceValue(parseChanges),
		counties:       sync.OnceValue(parseCounties),
		outline:        sync.OnceValue(func() [][]Point { return parseRings("outline.json") }),
		neighbours:     sync.OnceValue(func() [][]Point { return parseRings("neighbours.json") }),
		credits:        sync.OnceValue(parseCredits),
		providers:      sync.OnceValue(parseProviders),
		industries:     sync.OnceValue(parseIndustries),
	}
}

// Credits are the lines that the licences of the tables ask the program to
// show, in bokmål.
func (t *Tables) Credits() []string { return slices.Clone(t.credits()) }

// Point is a place, in degrees of WGS 84.
type Point struct{ Lat, Lon float64 }

// Outline is the coast and border of Norway, simplified, as closed rings. Small
// islands are left out, and some places lie outside the simplified coast: draw
// them as dots, and never test whether a point lies inside.
func (t *Tables) Outline() [][]Point { return cloned(t.outline()) }

// Neighbours are the countries round Norway, simplified, as closed rings: without
// them a map shows sea behind the border. They end at a box round Norway and lie
// a little off the outline along the border, so draw them below it.
func (t *Tables) Neighbours() [][]Point { return cloned(t.neighbours()) }

func cloned(all [][]Point) [][]Point {
	rings := slices.Clone(all)
	for i, ring := range rings {
		rings[i] = slices.Clone(ring)
	}
	return rings
}

// byName sorts in Norwegian order, where å comes last.
func byName[T any](all []T, name func(T) string) {
	// x/text has the Norwegian order under nynorsk only.
	norwegian := collate.New(language.MustParse("nn"))
	slices.SortStableFunc(all, func(a, b T) int { return norwegian.CompareString(name(a), name(b)) })
}
