package need

import (
	"slices"
	"strings"
	"time"

	"kompetansepilot/app/lang"
	"kompetansepilot/data"
)

// Reasons says why an offer fits a need, most telling first.
func (m *Matcher) Reasons(words *lang.Printer, n *data.Need, match *Match) []string {
	o, ok := m.Offer(match.Offer)
	if !ok {
		return nil
	}
	reasons := m.termReasons(words, match)
	blocked := func(kind string) bool {
		return slices.ContainsFunc(match.Blocks, func(b Block) bool { return b.Kind == kind })
	}
	if n.Level != "" && n.Level != Any && o.Level != "" && !blocked(BlockLevel) {
		reasons = append(reasons, words.T("need.reason.level", "Level", levelName(words, o.Level)))
	}
	switch {
	case o.Form == FormOnline && !blocked(BlockForm):
		reasons = append(reasons, words.T("need.reason.online"))
	case o.Form == FormOnSite:
		reasons = append(reasons, words.T("need.reason.onSite"))
	case match.Km >= 0 && !blocked(BlockDistance):
		reasons = append(reasons, words.T("need.reason.distance", "Place", m.ground.name(o.Place), "Km", words.Number(int64(match.Km))))
	}
	if both := common(season(n.FromMonth, n.ToMonth), o.Months); len(both) > 0 && !blocked(BlockMonths) {
		reasons = append(reasons, words.T("need.reason.months", "Months", monthList(words, both)))
	}
	switch {
	case o.Least > max(n.People, 1):
		reasons = append(reasons, words.N("need.reason.fewer", int(o.Least-max(n.People, 0)), "Least", words.Number(o.Least)))
	case o.Most > 0 && !blocked(BlockPeople) && !blocked(BlockFull):
		reasons = append(reasons, words.T("need.reason.places", "Most", words.Number(o.Most)))
	}
	if o.Price > 0 {
		reasons = append(reasons, words.T("need.reason.price", "Price", words.Money(o.Price)))
	} else if o.Price == 0 {
		reasons = append(reasons, words.T("need.reason.free"))
	}
	if o.Language != "" && n.Norm != "" && o.Language != n.Norm {
		reasons = append(reasons, words.T("need.reason.norm", "Norm", normName(words, o.Language)))
	}
	return reasons
}

func (m *Matcher) termReasons(words *lang.Printer, match *Match) []string {
	var reasons []string
	for i := range match.Concepts {
		s := &match.Concepts[i]
		if i == 3 || s.Strength < 0.1 {
			break
		}
		name := m.terms.concepts[s.Concept].In(words.Code())
		switch {
		case s.Via >= 0:
			reasons = append(reasons, words.T("need.reason.near", "Concept", name, "Via", m.terms.concepts[s.Via].In(words.Code())))
		case len(s.Words) == 0:
			reasons = append(reasons, words.T("need.reason.industry", "Concept", name))
		default:
			reasons = append(reasons, words.T("need.reason.concept", "Concept", name, "Words", strings.Join(s.Words, " … ")))
		}
	}
	if match.Alike >= 0.15 {
		reasons = append(reasons, words.T("need.reason.alike"))
	}
	return reasons
}

// BlockedBy says what would have to change for an offer to fit.
func (m *Matcher) BlockedBy(words *lang.Printer, n *data.Need, match *Match) []string {
	o, ok := m.Offer(match.Offer)
	if !ok {
		return nil
	}
	var all []string
	for _, b := range match.Blocks {
		switch b.Kind {
		case BlockLevel:
			all = append(all, words.T("need.block.level", "Offered", levelName(words, o.Level), "Wanted", levelName(words, n.Level)))
		case BlockForm:
			all = append(all, words.T("need.block.form", "Offered", formName(words, o.Form), "Wanted", formName(words, n.Form)))
		case BlockDistance:
			all = append(all, words.T("need.block.distance", "Place", m.ground.name(o.Place), "Km", words.Number(int64(b.Distance)), "Reach", words.Number(n.Reach)))
		case BlockMonths:
			all = append(all, words.T("need.block.months", "Offered", monthList(words, o.Months), "Wanted", monthList(words, season(n.FromMonth, n.ToMonth))))
		case BlockFull:
			all = append(all, words.T("need.block.full"))
		case BlockPeople:
			all = append(all, words.N("need.block.people", int(b.People), "Most", words.Number(o.Most)))
		}
	}
	return all
}

func levelName(words *lang.Printer, level string) string {
	switch level {
	case LevelCourse:
		return words.T("need.level.kurs")
	case LevelShort:
		return words.T("need.level.short")
	case LevelFagskole:
		return words.T("need.level.fagskole")
	case LevelBachelor:
		return words.T("need.level.bachelor")
	case LevelMaster:
		return words.T("need.level.master")
	}
	return words.T("need.any")
}

func formName(words *lang.Printer, form string) string {
	switch form {
	case FormOnline:
		return words.T("need.form.online")
	case FormBlended:
		return words.T("need.form.blended")
	case FormGather:
		return words.T("need.form.gather")
	case FormOnSite:
		return words.T("need.form.onSite")
	}
	return words.T("need.any")
}

func normName(words *lang.Printer, norm string) string {
	switch norm {
	case "nb":
		return words.T("need.norm.nb")
	case "nn":
		return words.T("need.norm.nn")
	}
	return norm
}

// monthList writes months as a person says them: "september–november, januar".
func monthList(words *lang.Printer, months []int) string {
	if len(months) == 0 || len(months) == 12 {
		return words.T("need.allYear")
	}
	name := func(m int) string { return words.Month(time.Month(m)) }
	var parts []string
	for i := 0; i < len(months); {
		j := i
		for j+1 < len(months) && months[j+1] == months[j]%12+1 {
			j++
		}
		switch {
		case j == i:
			parts = append(parts, name(months[i]))
		default:
			parts = append(parts, name(months[i])+"–"+name(months[j]))
		}
		i = j + 1
	}
	return strings.Join(parts, ", ")
}

// name is what a place is called, by its number or its name.
func (g *geography) name(place string) string {
	if name, ok := g.names[place]; ok {
		return name
	}
	return place
}
