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
	PopulationDate string
	// Levels are the centrality classes that the call asks for.
	Levels          []int
	Municipalities  []reference.Municipality
	Unknown         []string // numbers that no vintage knows
	Renumbered      []reference.Resolution
	Rural           int // municipalities at the call's levels
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
	levels := call.RuralLevels()
	t.Levels = levels
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

// RuralMunicipalities are those of the chosen municipalities that lie at the
// call's levels.
func (t *Target) RuralMunicipalities() []reference.Municipality {
	var rural []reference.Municipality
	for _, m := range t.Municipalities {
		if slices.Contains(t.Levels, m.Centrality) {
			rural = append(rural, m)
		}
	}
	return rural
}

// Outside are those of the chosen municipalities that do not lie in the county,
// of either structure. Without a county nothing lies outside.
func (t *Target) Outside(places *reference.Tables, county string) []reference.Municipality {
	if county == "" {
		return nil
	}
	inside := map[string]bool{}
	for _, m := range places.CountyMunicipalities(county) {
		inside[m.Number] = true
	}
	var outside []reference.Municipality
	for _, m := range t.Municipalities {
		if !inside[m.Number] {
			outside = append(outside, m)
		}
	}
	return outside
}

// ChangeMunicipalities gives the answer of a field of municipalities with some
// added and some taken away, both by today's numbers. With a municipality also
// its older numbers are taken away. What no structure knows is kept, unless it
// is named itself: nothing typed is lost.
func ChangeMunicipalities(places *reference.Tables, answer string, add, remove []string) string {
	var kept []string
	has := map[string]bool{}
	for _, number := range ParseChoices(answer) {
		today := number
		if r, ok := places.Resolve(number); ok {
			today = r.Number
		}
		if slices.Contains(remove, today) || slices.Contains(remove, number) {
			continue
		}
		has[today] = true
		kept = append(kept, number)
	}
	for _, number := range add {
		if !has[number] {
			has[number] = true
			kept = append(kept, number)
		}
	}
	return FormatChoices(kept)
}

// CurrentMunicipalities gives the answer with today's number in place of each
// older one. Of a municipality that was split it takes the main part.
func CurrentMunicipalities(places *reference.Tables, answer string) string {
	var numbers []string
	for _, number := range ParseChoices(answer) {
		if r, ok := places.Resolve(number); ok {
			number = r.Number
		}
		numbers = append(numbers, number)
	}
	return FormatChoices(numbers)
}

// addYears is the last day of a period of so many years from a date.
func addYears(from string, years int) string {
	t, err := time.Parse(time.DateOnly, from)
	if err != nil {
		return from
	}
	return t.AddDate(years, 0, -1).Format(time.DateOnly)
}
