package need

import (
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// NewFinder makes a finder of needs, offers and decisions that are at hand.
func NewFinder(terms *Terms, places *reference.Tables, needs []data.Need, offers []Offer, decisions []data.MatchDecision, settings Settings) *Finder {
	m := NewMatcher(terms, places, offers, settings)
	readings := make([]reading, len(needs))
	for i := range needs {
		readings[i] = m.read(&needs[i])
	}
	return newFinder(m, needs, readings, decisions)
}
