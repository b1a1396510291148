package submission

import (
	"strconv"

	"kompetansepilot/app/document"
	"kompetansepilot/app/placemap"
	"kompetansepilot/app/reference"
)

// Sizes of the dots, in mm.
const (
	dotChosen = 1.3
	dotOther  = 0.7
)

// areaMap draws the outline of the land round the county, with the chosen
// municipalities as dots with names and the county's others as small ones.
func (b *builder) areaMap() {
	chosen := b.chosen()
	var dots []placemap.Dot
	for _, m := range chosen {
		dots = append(dots, placemap.Dot{At: placemap.Centre(&m), Name: m.Name, Radius: dotChosen, Fill: document.ColourHeading()})
	}
	for _, m := range b.otherPlaces() {
		dots = append(dots, placemap.Dot{At: placemap.Centre(&m), Radius: dotOther, Fill: document.ColourMuted()})
	}
	b.add(placemap.Figure(placemap.Options{Outline: b.Places.Outline(), Neighbours: b.Places.Neighbours(), Alt: b.mapAlt(chosen),
		Caption: b.figureCaption(b.words.T("document.map.caption"))}, dots))
}

// otherPlaces are the county's municipalities that the project leaves out.
func (b *builder) otherPlaces() []reference.Municipality {
	in := map[string]bool{}
	for _, m := range b.target.Municipalities {
		in[m.Number] = true
	}
	var all []reference.Municipality
	for _, m := range b.Places.CountyMunicipalities(b.Draft.Application.County) {
		if !in[m.Number] {
			all = append(all, m)
		}
	}
	return all
}

func (b *builder) mapAlt(chosen []reference.Municipality) string {
	var names []string
	for _, m := range chosen {
		names = append(names, m.Name+" "+strconv.Itoa(m.Centrality))
	}
	return b.words.N("document.map.alt", len(names), "Names", list(names))
}
