package need

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"math"
	"slices"

	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// PoolLimits bound the groups.
type PoolLimits struct {
	// Min is how many people a group must have to be shown, Max how many it may
	// have; 0 is no bound.
	Min, Max int64
	// Reach is the longest journey in kilometres for everyone, 0 for what each
	// need says.
	Reach      int64
	RoadFactor float64 // 0 is DefaultRoadFactor
}

// courseSize is how many make a course when nobody has said.
const courseSize = 8

// reachSlack lets a need join that is a little farther away than it said: where
// the course is held is not decided.
const reachSlack = 1.25

// Pool is a group of needs that one course could serve.
type Pool struct {
	ID      string
	Concept int
	Needs   []string // ids, in order
	People  int64
	// Place is the municipality's number where they would meet, "" for online.
	Place  string
	Months []int // when everyone can; nil for any time
	Level  string
	Form   string
	// Missing is how many more people make a course.
	Missing int64
	// Words are what the needs say that put them together, most common first.
	Words []string
}

// Pooler groups needs. Its answers depend on nothing but the needs.
type Pooler struct {
	terms  *Terms
	ground *geography
	limits PoolLimits
	// offers tells better what a need is about, where one of them fits it; or nil.
	offers *Matcher
}

// NewPooler makes a pooler with limits. offers may be nil; with offers, needs
// that the same kind of offer fits belong together, and the text alone decides
// only where none fits.
func NewPooler(terms *Terms, places *reference.Tables, limits PoolLimits, offers *Matcher) *Pooler {
	return &Pooler{terms, newGeography(places, limits.RoadFactor), limits, offers}
}

// member is a need on its way into a pool.
type member struct {
	need    *data.Need
	subject int
	others  []int // subjects nearly as strong
	words   []string
	at      [2]float64
	known   bool // at is known
	months  uint16
	reach   float64
}

// subjectShare is how near the strongest subject another must be to be chosen
// instead, where more needs share it.
const subjectShare = 0.9

// Pools groups needs of two or more businesses. It takes time in proportion to
// the needs times the municipalities among those that share a subject.
func (p *Pooler) Pools(needs []data.Need) []Pool {
	m := &Matcher{terms: p.terms}
	members := make([]member, 0, len(needs))
	count := map[int]int{}
	for i := range needs {
		profile := p.subjects(&needs[i])
		if len(profile) == 0 {
			profile = m.read(&needs[i]).profile
		}
		if len(profile) == 0 || profile[0].Strength < leastSubject {
			continue
		}
		one := p.member(&needs[i], profile)
		count[one.subject]++
		members = append(members, one)
	}
	type key struct {
		subject int
		online  bool
		level   string
	}
	groups := map[key][]*member{}
	for i := range members {
		one := &members[i]
		for _, c := range one.others {
			if count[c] > count[one.subject] {
				one.subject = c
			}
		}
	}
	levels := map[[2]int]map[string]int{}
	for i := range members {
		one := &members[i]
		k := [2]int{one.subject, onlineIndex(one.need.Form)}
		if levels[k] == nil {
			levels[k] = map[string]int{}
		}
		if l := levelClass(one.need.Level); l != Any {
			levels[k][l]++
		}
	}
	for i := range members {
		one := &members[i]
		level := levelClass(one.need.Level)
		if level == Any { // goes where most are
			level = mostCommon(levels[[2]int{one.subject, onlineIndex(one.need.Form)}])
		}
		k := key{one.subject, one.need.Form == FormOnline, level}
		groups[k] = append(groups[k], one)
	}
	keys := make([]key, 0, len(groups))
	for k := range groups {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b key) int {
		return cmp.Or(cmp.Compare(a.subject, b.subject), cmp.Compare(a.level, b.level), cmp.Compare(onlineOrder(a.online), onlineOrder(b.online)))
	})
	var pools []Pool
	for _, k := range keys {
		pools = append(pools, p.group(k.subject, k.level, k.online, groups[k])...)
	}
	slices.SortFunc(pools, func(a, b Pool) int {
		return cmp.Or(cmp.Compare(b.People, a.People), cmp.Compare(len(b.Needs), len(a.Needs)), cmp.Compare(a.ID, b.ID))
	})
	return pools
}

// leastSubject is how strongly a text must speak of something to be pooled by it.
const leastSubject = 0.3

// leastOffer is how well an offer must fit to tell what a need is about.
const leastOffer = 0.4

// subjects are what the offers that fit a need are about, best first.
func (p *Pooler) subjects(n *data.Need) Profile {
	if p.offers == nil {
		return nil
	}
	var all Profile
	for _, found := range p.offers.Match(n) {
		about := p.offers.profiles[p.offers.byID[found.Offer]]
		if len(about) == 0 || found.Score < leastOffer || all.strength(about[0].Concept) > 0 {
			continue
		}
		mark := Mark{Concept: about[0].Concept, Strength: found.Score}
		if len(found.Concepts) > 0 {
			mark.Words = found.Concepts[0].Words
		}
		all = append(all, mark)
	}
	return all
}

func onlineIndex(form string) int {
	if form == FormOnline {
		return 1
	}
	return 0
}

func onlineOrder(online bool) int {
	if online {
		return 1
	}
	return 0
}

// levelClass puts a course and a short module together.
func levelClass(level string) string {
	switch level {
	case LevelShort:
		return LevelCourse
	case "":
		return Any
	}
	return level
}

func mostCommon(counts map[string]int) string {
	best := Any
	for level, n := range counts {
		if best == Any || n > counts[best] || n == counts[best] && levelRank[level] < levelRank[best] {
			best = level
		}
	}
	return best
}

func (p *Pooler) member(n *data.Need, profile Profile) member {
	one := member{need: n, subject: profile[0].Concept, words: profile[0].Words, months: math.MaxUint16, reach: float64(n.Reach)}
	for _, mark := range profile[1:] {
		if mark.Strength >= subjectShare*profile[0].Strength {
			one.others = append(one.others, mark.Concept)
		}
	}
	if p.limits.Reach > 0 {
		one.reach = float64(p.limits.Reach)
	}
	one.at, one.known = p.ground.where(n.Municipality)
	if all := season(n.FromMonth, n.ToMonth); all != nil {
		one.months = 0
		for _, month := range all {
			one.months |= 1 << month
		}
	}
	return one
}

// group makes pools of needs that share a subject: again and again the place
// and month that gather the most people.
func (p *Pooler) group(subject int, level string, online bool, members []*member) []Pool {
	if len(members) < 2 {
		return nil
	}
	slices.SortFunc(members, func(a, b *member) int { return cmp.Compare(a.need.ID, b.need.ID) })
	places := []string{""}
	if !online {
		places = p.placesOf(members)
	}
	near := p.reachable(places, members, online)
	left := make([]bool, len(members))
	for i := range left {
		left[i] = true
	}
	var pools []Pool
	for {
		best := p.best(members, near, left)
		if len(best.members) < 2 {
			return pools
		}
		chosen := p.fill(members, best.members)
		for _, i := range chosen {
			left[i] = false
		}
		if len(chosen) < 2 {
			continue
		}
		pool := p.pool(subject, level, places[best.place], members, chosen)
		if pool.People >= p.limits.Min {
			pools = append(pools, pool)
		}
	}
}

// placesOf are the municipalities of some needs.
func (p *Pooler) placesOf(members []*member) []string {
	var all []string
	for _, m := range members {
		if m.known {
			all = append(all, m.need.Municipality)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// reachable tells, for each place, which members can come there.
func (p *Pooler) reachable(places []string, members []*member, online bool) [][]int32 {
	near := make([][]int32, len(places))
	for at, place := range places {
		if online {
			for i := range members {
				near[at] = append(near[at], int32(i))
			}
			continue
		}
		where, _ := p.ground.where(place)
		for i, m := range members {
			if !m.known {
				continue
			}
			if m.need.Municipality == place || p.ground.between(m.at, where) <= reachSlack*m.reach {
				near[at] = append(near[at], int32(i))
			}
		}
	}
	return near
}

// choice is a place and month, and who can be there then.
type choice struct {
	place   int
	members []int
}

func (p *Pooler) best(members []*member, near [][]int32, left []bool) choice {
	var best choice
	var bestNeeds, bestPeople int64
	bestMonth := 0
	for place := range near {
		var needs, people [13]int64
		for _, i := range near[place] {
			if !left[i] {
				continue
			}
			for month := 1; month <= 12; month++ {
				if members[i].months&(1<<month) != 0 {
					needs[month]++
					people[month] += max(members[i].need.People, 1)
				}
			}
		}
		for month := 1; month <= 12; month++ {
			if needs[month] > bestNeeds || needs[month] == bestNeeds && people[month] > bestPeople {
				best.place, bestMonth, bestNeeds, bestPeople = place, month, needs[month], people[month]
			}
		}
	}
	if bestNeeds < 2 {
		return choice{}
	}
	for _, i := range near[best.place] {
		if left[i] && members[i].months&(1<<bestMonth) != 0 {
			best.members = append(best.members, int(i))
		}
	}
	return best
}

// fill takes as many of the chosen as the limit lets in, in order.
func (p *Pooler) fill(members []*member, chosen []int) []int {
	if p.limits.Max <= 0 {
		return chosen
	}
	var in []int
	var people int64
	for _, i := range chosen {
		n := max(members[i].need.People, 1)
		if len(in) > 0 && people+n > p.limits.Max {
			continue
		}
		people += n
		in = append(in, i)
	}
	return in
}

func (p *Pooler) pool(subject int, level, place string, members []*member, chosen []int) Pool {
	pool := Pool{Concept: subject, Place: place, Level: level, Form: members[chosen[0]].need.Form}
	months := uint16(math.MaxUint16)
	said := map[string]int{}
	h := fnv.New32a()
	fmt.Fprint(h, p.terms.concepts[subject].ID)
	for _, i := range chosen {
		m := members[i]
		pool.Needs = append(pool.Needs, m.need.ID)
		pool.People += max(m.need.People, 1)
		if m.need.Form != pool.Form {
			pool.Form = Any
		}
		months &= m.months
		for _, w := range m.words {
			said[w]++
		}
	}
	fmt.Fprint(h, " ", pool.Needs[0])
	pool.ID = fmt.Sprintf("P%08x", h.Sum32())
	if months != math.MaxUint16 {
		for month := 1; month <= 12; month++ {
			if months&(1<<month) != 0 {
				pool.Months = append(pool.Months, month)
			}
		}
		pool.Months = inOrder(pool.Months)
	}
	for w := range said {
		if !stopWords[w] {
			pool.Words = append(pool.Words, w)
		}
	}
	slices.SortFunc(pool.Words, func(a, b string) int { return cmp.Or(cmp.Compare(said[b], said[a]), cmp.Compare(a, b)) })
	pool.Words = pool.Words[:min(5, len(pool.Words))]
	pool.Missing = max(max(p.limits.Min, courseSize)-pool.People, 0)
	return pool
}
