package application

import (
	"slices"

	"kompetansepilot/app/reference"
	"kompetansepilot/ui/kit"
)

// targetMap chooses municipalities on a map of the county.
type targetMap struct {
	view    *targetView
	control *kit.Map
}

func newTargetMap(v *targetView) *targetMap {
	m, words := &targetMap{view: v}, v.desk.words
	class := slices.Max(v.desk.call.RuralLevels())
	m.control = kit.NewMap(words, kit.MapOptions{
		Label: words.T("target.map.label"), Outline: v.places.Outline(), Neighbours: v.places.Neighbours(), Whole: words.T("target.map.whole"),
		Legend: []kit.MapKey{
			{Class: class, Square: true, Selected: true, Text: words.T("target.map.chosen")},
			{Class: class, Square: true, Text: words.T("target.map.square", "Levels", v.levels())},
			{Class: 1, Text: words.T("target.map.round")},
		},
	})
	m.control.OnToggled = m.onToggled
	return m
}

func (m *targetMap) onToggled(number string, on bool) { m.view.onToggled([]string{number}, on) }

// show draws the county's municipalities, and what is chosen outside it. The
// largest come first, for their names help to find the way.
func (m *targetMap) show() {
	v := m.view
	all := v.places.CountyMunicipalities(v.county())
	inside := len(all)
	all = append(all, v.target.Outside(v.places, v.county())...)
	points := make([]kit.MapPoint, len(all))
	for i, place := range all {
		points[i] = kit.MapPoint{
			ID: place.Number, Label: place.Name, Note: v.noteOn(place), At: reference.Point{Lat: place.AreaLat, Lon: place.AreaLon},
			Class: place.Centrality, Square: slices.Contains(v.target.Levels, place.Centrality),
			Selected: v.has(place.Number), Outside: i >= inside,
		}
	}
	population := map[string]int{}
	for _, place := range all {
		population[place.Number] = place.Population
	}
	slices.SortStableFunc(points, func(a, b kit.MapPoint) int { return population[b.ID] - population[a.ID] })
	m.control.SetPoints(points)
}
