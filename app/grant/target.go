package grant

import (
	"slices"
	"time"

	"kompetansepilot/app/reference"
)

// Target is how the chosen municipalities lie on SSB's centrality scale.
type Target struct {
	// Vintage is the year of the centrality classification.
	Vintage int
	// PopulationDate is when the inhabitants were counted, YYYY-MM-DD.
	PopulationDate  string
	Municipalities  []reference.Municipality
	Unknown         []string // numbers that no vintage knows
	Renumbered      []reference.Resolution
	Rural           int // municipalities at the call's levels (5 and 6)
	Population      int
	RuralPopulation int
	// Businesses of the register in the chosen municipalities, for alternative b.
	Businesses      int
	RuralBusinesses int
	ByClass         [7]int // municipalities by class 1–6
}

// ComputeTarget looks the chosen municipalities up. answer is the field's text:
// numbers, old or new, with commas between.
func ComputeTarget(call *Call, places *reference.Tables, answer string, businesses map[string]int) Target {
	var t Target
	levels := call.TargetGroup.Centrality.Levels
	if len(levels) == 0 {
		levels = []int{5, 6}
	}
	seen := map[string]bool{}
	for _, number := range ParseChoices(answer) {
		r, ok := places.Resolve(number)
		if !ok {
			t.Unknown = append(t.Unknown, number)
			continue
		}
		m := r.Municipality
		if m.Number != number {
			t.Renumbered = append(t.Renumbered, r)
		}
		if seen[m.Number] {
			continue
		}
		seen[m.Number] = true
		t.Municipalities = append(t.Municipalities, m)
		t.Population += m.Population
		t.Businesses += businesses[m.Number]
		t.Vintage = max(t.Vintage, m.CentralityYear)
		t.PopulationDate = max(t.PopulationDate, m.PopulationDate)
		if m.Centrality >= 1 && m.Centrality <= 6 {
			t.ByClass[m.Centrality]++
		}
		if slices.Contains(levels, m.Centrality) {
			t.Rural++
			t.RuralPopulation += m.Population
			t.RuralBusinesses += businesses[m.Number]
		}
	}
	return t
}

// addYears is the last day of a period of so many years from a date.
func addYears(from string, years int) string {
	t, err := time.Parse(time.DateOnly, from)
	if err != nil {
		return from
	}
	return t.AddDate(years, 0, -1).Format(time.DateOnly)
}
