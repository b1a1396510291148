package need

import (
	"slices"
	"strings"

	"kompetansepilot/app/lang"
)

// inOrder begins a season that goes over New Year in the autumn.
func inOrder(months []int) []int {
	if len(months) == 0 || len(months) == 12 || months[0] != 1 || months[len(months)-1] != 12 {
		return months
	}
	for i := 1; i < len(months); i++ {
		if months[i] != months[i-1]+1 {
			return append(slices.Clone(months[i:]), months[:i]...)
		}
	}
	return months
}

// Label is what a pool is called.
func (p *Pooler) Label(words *lang.Printer, pool *Pool) string {
	name := p.terms.concepts[pool.Concept].In(words.Code())
	if pool.Place == "" {
		return words.T("need.pool.online", "Concept", name)
	}
	return words.T("need.pool.place", "Concept", name, "Place", p.ground.name(pool.Place))
}

// Why says why the needs of a pool belong together, and what is missing.
func (p *Pooler) Why(words *lang.Printer, pool *Pool) string {
	parts := []string{words.N("need.pool.same", len(pool.Needs), "Concept", p.terms.concepts[pool.Concept].In(words.Code()))}
	if len(pool.Words) > 0 {
		parts = append(parts, words.T("need.pool.words", "Words", strings.Join(pool.Words, ", ")))
	}
	if pool.Level != Any {
		parts = append(parts, words.T("need.pool.level", "Level", levelName(words, pool.Level)))
	}
	if pool.Place == "" {
		parts = append(parts, words.T("need.pool.noTravel"))
	} else {
		parts = append(parts, words.T("need.pool.meet", "Place", p.ground.name(pool.Place)))
	}
	if len(pool.Months) > 0 {
		parts = append(parts, words.T("need.pool.months", "Months", monthList(words, pool.Months)))
	}
	if pool.Missing > 0 {
		parts = append(parts, words.N("need.pool.missing", int(pool.Missing)))
	} else {
		parts = append(parts, words.N("need.pool.enough", int(pool.People)))
	}
	return strings.Join(parts, " ")
}
