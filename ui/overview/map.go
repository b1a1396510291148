package overview

import (
	"slices"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/reference"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
)

// where shows the municipalities that the county's applications are for. A mark
// leads to the application that has it.
func (p *page) where() []fyne.CanvasObject {
	chosen := map[string]screen.Route{} // by municipality
	for i := range p.shown.Standings {
		s := &p.shown.Standings[i]
		for _, m := range s.Target.Municipalities {
			if _, has := chosen[m.Number]; !has && s.Call != nil {
				chosen[m.Number] = toApplication(s, "municipalities")
			}
		}
	}
	if len(chosen) == 0 {
		return nil
	}
	places := p.env.Program.Places
	all := places.CountyMunicipalities(p.shown.County)
	// The largest come first, for their names help to find the way.
	slices.SortStableFunc(all, func(a, b reference.Municipality) int { return b.Population - a.Population })
	points := make([]kit.MapPoint, len(all))
	for i, m := range all {
		_, has := chosen[m.Number]
		points[i] = kit.MapPoint{
			ID: m.Number, Label: m.Name, At: reference.Point{Lat: m.AreaLat, Lon: m.AreaLon}, Class: m.Centrality, Selected: has,
			Note: p.words.T("overview.map.note", "Class", m.Centrality, "People", p.words.Number(int64(m.Population))),
		}
	}
	if p.plan == nil {
		p.plan = kit.NewMap(p.words, kit.MapOptions{
			Label: p.words.T("overview.map.label"), Outline: places.Outline(), Neighbours: places.Neighbours(), Whole: p.words.T("overview.map.whole"),
			Legend: []kit.MapKey{{Class: 6, Selected: true, Text: p.words.T("overview.map.chosen")}, {Class: 1, Text: p.words.T("overview.map.other")}},
		})
	}
	p.plan.OnOpened = func(number string) {
		if r, has := chosen[number]; has {
			p.env.Shell.Go(r)
		}
	}
	p.plan.SetPoints(points)
	return []fyne.CanvasObject{p.plan}
}
