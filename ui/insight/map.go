package insight

import (
	"math"

	"kompetansepilot/app/insight"
	"kompetansepilot/app/placemap"
	"kompetansepilot/ui/kit"
)

// Sizes of the marks against an ordinary one.
const (
	leastMark = 0.85
	mostMark  = 2
)

// showMap puts the needs on the map, whatever they are counted by.
func (p *Page) showMap() {
	t := p.facts.Count(insight.ByMunicipality, nil, p.words)
	largest := 1
	for i := range t.Rows {
		largest = max(largest, len(t.Rows[i].Needs))
	}
	var points []kit.MapPoint
	for i := range t.Rows {
		r := &t.Rows[i]
		m, ok := p.env.Program.Places.Municipality(r.Key)
		if !ok {
			continue
		}
		points = append(points, kit.MapPoint{ID: r.Key, Label: r.Name, Note: p.words.N("insight.needs", len(r.Needs)), At: placemap.Centre(&m), Class: m.Centrality,
			Square: placemap.Rural(m.Centrality), Size: leastMark + (mostMark-leastMark)*float32(math.Sqrt(float64(len(r.Needs))/float64(largest))), Shade: float32(m.Centrality) / 6})
	}
	p.chart.SetPoints(points)
}
