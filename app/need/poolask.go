package need

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
)

// Candidate is a business that may supply more people to a pool.
type Candidate struct {
	Business data.Organisation
	// Need is what it has said that is about the same, or nil.
	Need *Near
	// Same is how many of the pool's needs come from its industry.
	Same int
	// Home tells that the pool is about something that belongs to its industry.
	Home bool
	Km   int // by road to the place, −1 when not known or online
	// Known tells that the county has talked with it.
	Known bool
	Score float64
}

// How much each thing says for a business. One that has said that it needs the
// same is most likely; that it lies near by alone says nothing.
const (
	likelyNeed   = 3
	likelyStop   = 0.6 // less for each thing that stops the need
	otherSubject = 3   // as many things is a need that is more about something else
	likelySame   = 1
	likelyHome   = 0.5
	likelyNear   = 1 // at the place, falling to nothing where nobody would go
	likelyKnown  = 0.25
	likelySize   = 0.25
)

// leastReach is how far away a business may at least lie, in kilometres, to be
// asked to a pool whose members go less far.
const leastReach = 60

// Likely are the businesses that most likely supply more people to a pool and are
// not in it, best first, at most so many. Those that have said no, and those whose
// need somebody took out of the pool, are left out.
func (s *Service) Likely(g *Grouped, pool *Pool, most int) ([]Candidate, error) {
	p := g.Pooler
	members := g.Grouping.of(pool)
	in, divisions, reaches := map[string]bool{}, map[int]int{}, []float64{leastReach}
	for _, m := range members {
		if m.need.Organisation != "" {
			in[m.need.Organisation] = true
		}
		if d := Division(m.need.Industry); d > 0 {
			divisions[d]++
		}
		reaches = append(reaches, m.reach)
	}
	slices.Sort(reaches)
	far := max(leastReach, reaches[len(reaches)/2])
	said := map[string]*Near{}
	near := p.Nearly(g.Grouping, pool, len(g.Needs))
	for i := range near {
		n := &near[i]
		who := n.Need.Organisation
		switch {
		case who == "":
		case n.Out:
			in[who] = true
		case said[who] == nil:
			said[who] = n
		}
	}
	home := map[int]bool{}
	if pool.Concept >= 0 {
		for _, d := range p.terms.concepts[pool.Concept].Industries {
			home[d] = true
		}
	}
	all, err := data.Live[data.Organisation](s.store, "kind = ? AND status <> ?", "id", data.OrganisationBusiness, string(partner.StatusDeclined))
	if err != nil {
		return nil, err
	}
	var found []Candidate
	for i := range all {
		o := &all[i]
		if in[o.ID] {
			continue
		}
		d := Division(o.Industry)
		c := Candidate{Business: *o, Need: said[o.ID], Same: divisions[d], Home: home[d], Km: -1,
			Known: partner.ParseStatus(o.Status) != partner.StatusUnknown}
		if c.Need == nil && c.Same == 0 && !c.Home {
			continue
		}
		at, known := p.ground.where(o.Municipality)
		if where, ok := p.ground.where(pool.Place); ok && known {
			km := p.ground.between(at, where)
			if o.Municipality == pool.Place {
				km = 0
			}
			c.Km = int(math.Round(km))
			if c.Need == nil && km > far {
				continue
			}
			c.Score += likelyNear * max(0, 1-km/(2*far))
		} else if c.Need == nil && pool.Place != "" {
			continue // where it lies is not known
		}
		if c.Need != nil {
			stops := float64(len(c.Need.Stops))
			if c.Need.About >= 0 {
				stops += otherSubject
			}
			c.Score += max(likelyNeed-likelyStop*stops, likelyStop)
		}
		switch {
		case c.Same > 0:
			c.Score += likelySame * (0.5 + 0.5*float64(c.Same)/float64(len(members)))
		case c.Home:
			c.Score += likelyHome
		}
		if c.Known {
			c.Score += likelyKnown
		}
		c.Score += likelySize * min(float64(mostOf(o.SizeBand)), 50) / 50
		c.Score = math.Round(c.Score*1000) / 1000
		found = append(found, c)
	}
	slices.SortFunc(found, func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(max(a.Km, 0), max(b.Km, 0)), strings.Compare(a.Business.Name, b.Business.Name), strings.Compare(a.Business.ID, b.Business.ID))
	})
	return found[:min(len(found), most)], nil
}

// LikelyText says why a business is likely to supply people, a sentence each.
func (p *Pooler) LikelyText(words *lang.Printer, pool *Pool, c *Candidate) []string {
	var all []string
	if c.Need != nil {
		text := c.Need.Need.Text
		if text == "" {
			text = c.Need.Need.OwnWords
		}
		all = append(all, words.N("need.likely.need", int(max(c.Need.Need.People, 1)), "Text", excerptOf(text)))
		for _, stop := range c.Need.Stops {
			all = append(all, p.StopText(words, pool, c.Need.Need, stop))
		}
	}
	switch {
	case c.Same > 0:
		all = append(all, words.N("need.likely.same", c.Same))
	case c.Home:
		all = append(all, words.T("need.likely.home", "Concept", p.Subject(words, pool)))
	}
	switch {
	case c.Km == 0:
		all = append(all, words.T("need.likely.here", "Place", p.ground.name(pool.Place)))
	case c.Km > 0:
		all = append(all, words.T("need.likely.near", "Km", words.Number(int64(c.Km)), "Place", p.ground.name(pool.Place)))
	}
	if c.Known {
		all = append(all, words.T("need.likely.known"))
	}
	return all
}

// excerptOf is the beginning of a text, in one line.
func excerptOf(text string) string {
	const most = 80
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > most {
		cut := string(runes[:most])
		if at := strings.LastIndexByte(cut, ' '); at > most/2 {
			cut = cut[:at]
		}
		return cut + " …"
	}
	return text
}

// Invitation is the words of a letter that asks a business to join a pool, in the
// norm of words; business may be "". It names nobody in the pool and quotes nothing that anybody said.
func (p *Pooler) Invitation(words *lang.Printer, pool *Pool, business, sender string) (subject, text string) {
	about := p.Subject(words, pool)
	subject = words.T("need.invite.subject", "Subject", about)
	if pool.Missing > 0 {
		subject = words.N("need.invite.few", int(pool.Missing), "Subject", about)
	}
	where := words.T("need.invite.online")
	if place := p.PlaceName(pool); place != "" {
		where = words.T("need.invite.place", "Place", place)
	}
	when := words.T("need.invite.anyTime")
	if len(pool.Months) > 0 {
		when = words.T("need.invite.months", "Months", monthList(words, pool.Months))
	}
	level := ""
	if pool.Level != Any && pool.Level != "" {
		level = " " + words.T("need.invite.level", "Level", levelName(words, pool.Level))
	}
	standing := words.T("need.invite.enough")
	if pool.Missing > 0 {
		standing = words.N("need.invite.missing", int(pool.Missing))
	}
	hello := words.T("need.invite.helloAll")
	if business != "" {
		hello = words.T("need.invite.hello", "Business", business)
	}
	return subject, words.T("need.invite.text", "Hello", hello, "Subject", about, "Standing", standing, "Where", where, "When", when, "Level", level, "Sender", sender)
}
