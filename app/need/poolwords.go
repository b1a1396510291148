package need

import (
	"slices"
	"strings"

	"kompetansepilot/app/lang"
	"kompetansepilot/data"
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

// Label is what a pool is called: by a person, or else after what it is about and
// where they would meet.
func (p *Pooler) Label(words *lang.Printer, pool *Pool) string {
	if pool.Name != "" || pool.Concept < 0 {
		return pool.Name
	}
	return p.Public(words, pool)
}

// Subject is what a pool is about, in the words of the term table. What a person
// called it does not count: names may stand in that.
func (p *Pooler) Subject(words *lang.Printer, pool *Pool) string {
	if pool.Concept < 0 {
		return words.T("need.pool.some")
	}
	return p.terms.concepts[pool.Concept].In(words.Code())
}

// Public is what a pool is called to others: its subject and place, and nothing
// that a person has written.
func (p *Pooler) Public(words *lang.Printer, pool *Pool) string {
	if pool.Place == "" {
		return words.T("need.pool.online", "Concept", p.Subject(words, pool))
	}
	return words.T("need.pool.place", "Concept", p.Subject(words, pool), "Place", p.ground.name(pool.Place))
}

// PlaceName is what the place of a pool is called, "" for online.
func (p *Pooler) PlaceName(pool *Pool) string {
	if pool.Place == "" {
		return ""
	}
	return p.ground.name(pool.Place)
}

// MonthsText is when everyone can, as a person says it.
func (p *Pooler) MonthsText(words *lang.Printer, pool *Pool) string {
	return monthList(words, pool.Months)
}

// Why says why the needs of a pool belong together, and what is missing.
func (p *Pooler) Why(words *lang.Printer, pool *Pool) string {
	return strings.Join(append(p.Together(words, pool), p.Standing(words, pool)), " ")
}

// Together says why the needs of a pool belong together, a sentence each.
func (p *Pooler) Together(words *lang.Printer, pool *Pool) []string {
	var parts []string
	if pool.Stored {
		parts = append(parts, words.T("need.pool.byHand"))
	}
	if pool.Concept >= 0 && len(pool.Needs) > 0 {
		parts = append(parts, words.N("need.pool.same", len(pool.Needs), "Concept", p.terms.concepts[pool.Concept].In(words.Code())))
	}
	if len(pool.Words) > 0 {
		parts = append(parts, words.T("need.pool.words", "Words", strings.Join(pool.Words, ", ")))
	}
	if pool.Level != Any {
		parts = append(parts, words.T("need.pool.level", "Level", levelName(words, pool.Level)))
	}
	switch {
	case pool.Place == "":
		parts = append(parts, words.T("need.pool.noTravel"))
	case pool.far > 0:
		parts = append(parts, words.N("need.pool.far", pool.far, "Place", p.ground.name(pool.Place)))
	default:
		parts = append(parts, words.T("need.pool.meet", "Place", p.ground.name(pool.Place)))
	}
	switch {
	case pool.Timed:
		parts = append(parts, words.T("need.pool.timed", "Months", monthList(words, pool.Months)))
	case pool.Apart:
		parts = append(parts, words.T("need.pool.apart", "Months", monthList(words, pool.Months)))
	case len(pool.Months) > 0:
		parts = append(parts, words.T("need.pool.months", "Months", monthList(words, pool.Months)))
	}
	return parts
}

// Standing says whether a pool is enough for a course: "to til, så er det kurs".
func (p *Pooler) Standing(words *lang.Printer, pool *Pool) string {
	if pool.Missing > 0 {
		return words.N("need.pool.missing", int(pool.Missing))
	}
	return words.N("need.pool.enough", int(pool.People))
}

// StopText says what keeps a need from a pool, in one sentence.
func (p *Pooler) StopText(words *lang.Printer, pool *Pool, n *data.Need, stop Stop) string {
	switch stop.Kind {
	case StopLevel:
		return words.T("need.stop.level", "Wanted", levelName(words, n.Level), "Pool", levelName(words, pool.Level))
	case StopForm:
		if pool.Place == "" {
			return words.T("need.stop.meets", "Wanted", formName(words, n.Form))
		}
		return words.T("need.stop.online")
	case StopReach:
		return words.T("need.stop.reach", "Place", p.ground.name(pool.Place), "Km", words.Number(int64(stop.Km)), "Reach", words.Number(max(n.Reach, 0)))
	case StopPlace:
		return words.T("need.stop.place")
	case StopMonths:
		return words.T("need.stop.months", "Wanted", monthList(words, season(n.FromMonth, n.ToMonth)), "Pool", monthList(words, pool.Months))
	}
	return words.N("need.stop.full", int(stop.Over), "Most", words.Number(pool.Most))
}

// NearText says what stops a need that nearly fits, a sentence each; or that
// nothing does, and what keeps it out all the same.
func (p *Pooler) NearText(words *lang.Printer, pool *Pool, near *Near, label string) []string {
	var all []string
	if near.About >= 0 {
		all = append(all, words.T("need.stop.about", "Concept", p.terms.concepts[near.About].In(words.Code())))
	}
	for _, stop := range near.Stops {
		all = append(all, p.StopText(words, pool, near.Need, stop))
	}
	switch {
	case near.Out:
		all = append(all, words.T("need.stop.out"))
	case near.Pool != "":
		all = append(all, words.T("need.stop.other", "Name", label))
	case len(all) > 0:
	case pool.Locked:
		all = append(all, words.T("need.stop.locked"))
	default:
		all = append(all, words.T("need.stop.nothing"))
	}
	return all
}
