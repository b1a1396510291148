package need

import (
	"math"
	"slices"

	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// Kinds of limits that block an offer, or only count against it.
const (
	BlockLevel    = "level"
	BlockForm     = "form"
	BlockDistance = "distance"
	BlockMonths   = "months"
	BlockFull     = "full"
	BlockPeople   = "people"
)

// Block is a limit that an offer breaks.
type Block struct {
	Kind string
	// Near says that it is only a step away: it counts less, and does not keep
	// the offer from being used as it is.
	Near bool
	// Distance is kilometres by road, for BlockDistance.
	Distance int
	// People is how many too many, for BlockPeople.
	People int64
}

// DefaultRoadFactor is how much longer a road is than the line through the air;
// a county with many fjords sets a higher one.
const DefaultRoadFactor = 1.3

// geography measures distances between municipalities.
type geography struct {
	factor float64
	at     map[string][2]float64 // by number, and by name as it is and in lower case
	names  map[string]string
}

func newGeography(places *reference.Tables, factor float64) *geography {
	if factor < 1 || factor > 5 || math.IsNaN(factor) {
		factor = DefaultRoadFactor
	}
	g := &geography{factor, map[string][2]float64{}, map[string]string{}}
	twice := map[string]bool{}
	for _, m := range places.Municipalities() {
		at := [2]float64{m.Lat, m.Lon}
		g.at[m.Number], g.names[m.Number] = at, m.Name
		for _, name := range []string{m.Name, m.UniqueName, m.SamiName} {
			if name == "" {
				continue
			}
			key := clean(name)
			if old, ok := g.at[key]; ok && old != at {
				twice[key] = true
			}
			g.at[key] = at
		}
	}
	for key := range twice { // which of them is meant cannot be known
		delete(g.at, key)
	}
	for _, r := range places.Former() {
		if _, ok := g.at[r.OldNumber]; !ok {
			g.at[r.OldNumber], g.names[r.OldNumber] = [2]float64{r.Lat, r.Lon}, r.Name
		}
	}
	return g
}

// where is the place of a municipality number or name.
func (g *geography) where(place string) ([2]float64, bool) {
	at, ok := g.at[place]
	if !ok {
		at, ok = g.at[clean(place)]
	}
	return at, ok
}

// between is the distance by road in kilometres.
func (g *geography) between(a, b [2]float64) float64 { return g.factor * air(a, b) }

// air is the distance through the air in kilometres.
func air(a, b [2]float64) float64 {
	const radius = 6371
	rad := math.Pi / 180
	dLat, dLon := (b[0]-a[0])*rad, (b[1]-a[1])*rad
	h := math.Pow(math.Sin(dLat/2), 2) + math.Cos(a[0]*rad)*math.Cos(b[0]*rad)*math.Pow(math.Sin(dLon/2), 2)
	return 2 * radius * math.Asin(math.Min(1, math.Sqrt(h)))
}

// levelRank puts levels on a scale; a short module is half a step above a course.
var levelRank = map[string]float64{LevelCourse: 0, LevelShort: 0.5, LevelFagskole: 1, LevelBachelor: 2, LevelMaster: 3}

// levelBlock compares what is wanted with what is offered.
func levelBlock(wanted, offered string) (Block, bool) {
	w, ok := levelRank[wanted]
	o, known := levelRank[offered]
	if !ok || !known {
		return Block{}, false
	}
	d := math.Abs(w - o)
	return Block{Kind: BlockLevel, Near: d <= 1}, d > 0.5
}

// formBlock compares forms. Teaching in the business is never too far away;
// being online suits nobody who wants to try a machine.
func formBlock(wanted, offered string) (Block, bool) {
	fits, near := false, false
	online, blended, gather, onSite := offered == FormOnline, offered == FormBlended, offered == FormGather, offered == FormOnSite
	if !online && !blended && !gather && !onSite {
		return Block{}, false
	}
	switch wanted {
	case FormOnline:
		fits, near = online, onSite
	case FormBlended:
		fits, near = !gather, true
	case FormGather:
		fits, near = !online, true
	case FormOnSite:
		fits, near = onSite, true
	default:
		return Block{}, false
	}
	return Block{Kind: BlockForm, Near: near}, !fits
}

// season are the months from one to another, over New Year if need be; nil
// where either is no month.
func season(from, to int64) []int {
	if from < 1 || from > 12 || to < 1 || to > 12 {
		return nil
	}
	var all []int
	for m := from; ; m = m%12 + 1 {
		all = append(all, int(m))
		if m == to {
			return all
		}
	}
}

// common are the months that two lists share; an empty list is any month.
func common(a, b []int) []int {
	if len(a) == 0 {
		return b
	}
	if len(b) == 0 {
		return a
	}
	var both []int
	for _, m := range a {
		if slices.Contains(b, m) {
			both = append(both, m)
		}
	}
	return both
}

// travels tells whether the participants of a form meet somewhere.
func travels(form string) bool { return form == FormBlended || form == FormGather }

// limits are what an offer breaks of a need's limits; km is the journey, or -1
// where there is none or it is not known.
func (g *geography) limits(n *data.Need, o *Offer) (blocks []Block, km int) {
	if b, ok := levelBlock(n.Level, o.Level); ok {
		blocks = append(blocks, b)
	}
	if b, ok := formBlock(n.Form, o.Form); ok {
		blocks = append(blocks, b)
	}
	km = -1
	if travels(o.Form) {
		from, ok := g.where(n.Municipality)
		to, known := g.where(o.Place)
		if ok && known {
			km = int(math.Round(g.between(from, to)))
			if int64(km) > max(n.Reach, 0) {
				blocks = append(blocks, Block{Kind: BlockDistance, Distance: km, Near: float64(km) <= 1.25*float64(n.Reach)})
			}
		}
	}
	if want := season(n.FromMonth, n.ToMonth); want != nil && len(o.Months) > 0 && len(common(want, o.Months)) == 0 {
		blocks = append(blocks, Block{Kind: BlockMonths})
	}
	switch {
	case o.Full:
		blocks = append(blocks, Block{Kind: BlockFull})
	case o.Most > 0 && n.People > o.Most:
		blocks = append(blocks, Block{Kind: BlockPeople, People: n.People - o.Most, Near: true})
	}
	return blocks, km
}
