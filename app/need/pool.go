package need

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strings"

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
	ID string
	// Concept is what they are about, −1 when nobody can tell: needs that were put
	// together by hand.
	Concept int
	Needs   []string // ids, in order
	People  int64
	// Place is the municipality's number where they would meet, "" for online.
	Place  string
	Months []int // when everyone can; nil for any time
	// Apart tells that no month suits everyone: then Months are those that suit most.
	Apart bool
	// Timed tells that somebody has said the Months.
	Timed bool
	Level string
	Form  string
	// Least is how many make a course, Most how many it takes, 0 for no bound.
	Least, Most int64
	// Missing is how many more people make a course.
	Missing int64
	// Words are what the needs say that put them together, most common first, and of
	// those the longest: they say most.
	Words []string
	// Stored tells that somebody has decided about it, and Locked that nobody comes
	// in but by hand.
	Stored, Locked bool
	// Name is what a person called it, or "".
	Name string
	// Fresh are those of Needs that this calculation added to a stored pool, and Out
	// those that somebody keeps out of it.
	Fresh, Out []string
	far        int // how many do not reach Place
}

// Kept is a stored pool, with the ids of the needs that were put into it and of
// those that are kept out.
type Kept struct {
	data.Pool
	In, Out []string
}

// Decided is what people have decided, and a calculation keeps.
type Decided struct {
	Pools []Kept // oldest first
	// Used are the ids that pools have or had: no proposal gets one of them.
	Used map[string]bool
	// Matches are the decisions about offerings: need, offering, decision.
	Matches map[string]map[string]string
}

// Pooler groups needs. Its answers depend on nothing but the needs and what was
// decided.
type Pooler struct {
	terms  *Terms
	ground *geography
	limits PoolLimits
	// offers tells better what a need is about, where one of them fits it; or nil.
	offers *Matcher
	memo   *memo // nil for none
}

// NewPooler makes a pooler with limits. offers may be nil; with offers, needs
// that the same kind of offer fits belong together, and the text alone decides
// only where none fits.
func NewPooler(terms *Terms, places *reference.Tables, limits PoolLimits, offers *Matcher) *Pooler {
	return &Pooler{terms: terms, ground: newGeography(places, limits.RoadFactor), limits: limits, offers: offers}
}

// member is a need on its way into a pool.
type member struct {
	need    *data.Need
	subject int   // −1 when the text says nothing that can be learnt
	others  []int // subjects nearly as strong
	beside  []int // subjects that it is also about
	words   []string
	at      [2]float64
	known   bool // at is known
	months  uint16
	reach   float64
	pool    int // place of its pool among the pools, −1 for none
}

func (m *member) people() int64 { return max(m.need.People, 1) }

func (m *member) online() bool { return m.need.Form == FormOnline }

// about tells whether a subject is the member's, or nearly.
func (m *member) about(subject int) bool {
	return subject >= 0 && (m.subject == subject || slices.Contains(m.others, subject) || slices.Contains(m.beside, subject))
}

// subjectShare is how near the strongest subject another must be to be chosen
// instead, where more needs share it. What the text names gives way only to
// something else that it names.
const subjectShare = 0.9

// besideShare is how near the strongest subject another must be for the need to be
// told of as one that nearly fits.
const besideShare = 0.6

// Grouping is what a calculation found.
type Grouping struct {
	Pools   []Pool // most people first
	members []member
	byNeed  map[string]int
}

// Pools groups needs of two or more businesses of which nothing was decided.
func (p *Pooler) Pools(needs []data.Need) []Pool { return p.Group(needs, &Decided{}).Pools }

// Group groups needs of two or more businesses, and keeps what was decided: a
// stored pool has the needs that were put into it, and takes in others that fit
// unless it is locked. Locking a pool moves no need in any other, as long as there
// is no bound on the people. It takes time in proportion to the needs times the
// municipalities among those that share a subject.
func (p *Pooler) Group(needs []data.Need, decided *Decided) *Grouping {
	g := p.read(needs, decided)
	count := map[int]int{}
	for i := range g.members {
		count[g.members[i].subject]++
	}
	for i := range g.members {
		one := &g.members[i]
		first := one.subject
		for _, c := range one.others {
			if count[c] > count[one.subject] {
				one.subject = c
			}
		}
		if one.subject != first {
			one.others = append(one.others, first)
		}
	}
	var pools []Pool
	for i := range decided.Pools {
		pools = append(pools, p.kept(g, &decided.Pools[i], len(pools)))
	}
	p.takeIn(g, pools)
	used := map[string]bool{}
	for id := range decided.Used {
		used[id] = true
	}
	for i := range pools {
		p.fill(&pools[i], g.of(&pools[i])) // now that all are in it
		used[pools[i].ID] = true
	}
	g.Pools = append(pools, p.propose(g, used)...)
	slices.SortFunc(g.Pools, func(a, b Pool) int {
		return cmp.Or(cmp.Compare(b.People, a.People), cmp.Compare(len(b.Needs), len(a.Needs)), cmp.Compare(a.ID, b.ID))
	})
	for i := range g.Pools {
		for _, id := range g.Pools[i].Needs {
			g.members[g.byNeed[id]].pool = i
		}
	}
	return g
}

// read makes members of the needs that can be pooled: those whose text tells what
// they are about, and those that somebody has put into a pool; by id.
func (p *Pooler) read(needs []data.Need, decided *Decided) *Grouping {
	in := map[string]bool{}
	for i := range decided.Pools {
		for _, id := range decided.Pools[i].In {
			in[id] = true
		}
	}
	g := &Grouping{members: make([]member, 0, len(needs)), byNeed: make(map[string]int, len(needs))}
	for i := range needs {
		n := &needs[i]
		profile := p.subjects(n, decided.Matches[n.ID])
		if len(profile) > 0 || in[n.ID] {
			g.members = append(g.members, p.member(n, profile))
		}
	}
	slices.SortFunc(g.members, func(a, b member) int { return cmp.Compare(a.need.ID, b.need.ID) })
	for i := range g.members {
		g.byNeed[g.members[i].need.ID] = i
	}
	return g
}

// propose groups the members that are in no stored pool.
func (p *Pooler) propose(g *Grouping, used map[string]bool) []Pool {
	type key struct {
		subject int
		online  bool
		level   string
	}
	levels := map[key]map[string]int{}
	for i := range g.members {
		one := &g.members[i]
		k := key{subject: one.subject, online: one.online()}
		if levels[k] == nil {
			levels[k] = map[string]int{}
		}
		if l := levelClass(one.need.Level); l != Any {
			levels[k][l]++
		}
	}
	groups := map[key][]*member{}
	for i := range g.members {
		one := &g.members[i]
		if one.subject < 0 {
			continue
		}
		k := key{one.subject, one.online(), levelClass(one.need.Level)}
		if k.level == Any { // goes where most are
			k.level = mostCommon(levels[key{subject: k.subject, online: k.online}])
		}
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
		pools = append(pools, p.group(k.subject, k.level, k.online, groups[k], used)...)
	}
	return pools
}

// leastSubject is how strongly a text must speak of something to be pooled by it.
const leastSubject = 0.3

// leastOffer is how well an offer must fit to tell what a need is about.
const leastOffer = 0.4

// subjects are what a need is about, strongest first: what the offers teach that
// fit it, or else what its text tells. decided are the decisions about offerings
// for it: one that was accepted tells most, one that was rejected nothing.
func (p *Pooler) subjects(n *data.Need, decided map[string]string) Profile {
	var all Profile
	add := func(concept int, strength float64, words []string) {
		if strength >= leastOffer && all.strength(concept) == 0 {
			all = append(all, Mark{Concept: concept, Strength: strength, Words: words})
		}
	}
	seen := p.look(n)
	if p.offers != nil {
		for _, offer := range slices.Sorted(maps.Keys(decided)) {
			if i, ok := p.offers.byID[offer]; ok && decided[offer] == data.MatchAccepted && len(p.offers.profiles[i]) > 0 {
				add(p.offers.profiles[i][0].Concept, 1, nil)
			}
		}
	}
	for i := range seen.taught {
		if one := &seen.taught[i]; decided[one.offer] == "" {
			add(one.concept, one.score, one.words)
		}
	}
	if len(all) == 0 {
		all = seen.profile
	}
	if len(all) > 0 && all[0].Strength < leastSubject {
		return nil
	}
	return all
}

// seen is what the texts tell of a need.
type seen struct {
	taught  []taught // what the offers teach that fit it, best first
	profile Profile  // what its own text tells
}

// taught is what an offer is about that fits a need.
type taught struct {
	offer   string
	concept int
	score   float64
	words   []string // of the need
}

// memo keeps what was seen of needs from one calculation to the next.
type memo struct{ before, now map[string]seen }

// look reads a need, or remembers it.
func (p *Pooler) look(n *data.Need) seen {
	if p.memo == nil {
		return p.see(n)
	}
	key := fmt.Sprint(n.Text, "\x00", n.OwnWords, "\x00", n.Industry, "\x00", n.Municipality, n.Norm, n.Level, n.Form, " ", n.People, " ", n.Reach, " ", n.FromMonth, " ", n.ToMonth)
	one, ok := p.memo.before[key]
	if !ok {
		if one, ok = p.memo.now[key]; !ok {
			one = p.see(n)
		}
	}
	p.memo.now[key] = one
	return one
}

// see reads a need.
func (p *Pooler) see(n *data.Need) seen {
	var s seen
	if p.offers != nil {
		for _, found := range p.offers.Match(n) {
			about := p.offers.profiles[p.offers.byID[found.Offer]]
			if len(about) == 0 || found.Score < leastOffer {
				continue
			}
			one := taught{offer: found.Offer, concept: about[0].Concept, score: found.Score}
			if len(found.Concepts) > 0 {
				one.words = found.Concepts[0].Words
			}
			s.taught = append(s.taught, one)
		}
	}
	s.profile = (&Matcher{terms: p.terms}).read(n).profile
	return s
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
	one := member{need: n, subject: -1, months: anyMonth, reach: float64(n.Reach), pool: -1}
	if len(profile) > 0 {
		one.subject, one.words = profile[0].Concept, profile[0].Words
		for _, mark := range profile[1:] {
			switch {
			case mark.Strength >= subjectShare*profile[0].Strength && (mark.named || !profile[0].named):
				one.others = append(one.others, mark.Concept)
			case mark.Strength >= besideShare*profile[0].Strength:
				one.beside = append(one.beside, mark.Concept)
			}
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

// anyMonth are all months as the bits 1 to 12.
const anyMonth uint16 = 1<<13 - 2

// monthsOf are the months of a mask, in order; nil for all.
func monthsOf(mask uint16) []int {
	if mask == anyMonth {
		return nil
	}
	var all []int
	for month := 1; month <= 12; month++ {
		if mask&(1<<month) != 0 {
			all = append(all, month)
		}
	}
	return inOrder(all)
}

// maskOf is the mask of some months; none are all.
func maskOf(months []int) uint16 {
	if len(months) == 0 {
		return anyMonth
	}
	var mask uint16
	for _, month := range months {
		mask |= 1 << month
	}
	return mask
}

// group makes pools of needs that share a subject: again and again the place
// and month that gather the most people. Those that have a pool only help to find
// places, so that nothing moves when a pool is locked.
func (p *Pooler) group(subject int, level string, online bool, members []*member, used map[string]bool) []Pool {
	if len(members) < 2 {
		return nil
	}
	s := p.newSpread(members, online)
	var pools []Pool
	for {
		place, month, ok := s.best()
		if !ok {
			return pools
		}
		chosen := s.take(place, month, p.limits.Max)
		if len(chosen) < 2 {
			continue
		}
		pool := p.pool(subject, level, s.places[place], chosen, used)
		if pool.People >= p.limits.Min {
			used[pool.ID] = true
			pools = append(pools, pool)
		}
	}
}

func (p *Pooler) pool(subject int, level, place string, members []*member, used map[string]bool) Pool {
	pool := Pool{Concept: subject, Place: place, Level: level, Least: max(p.limits.Min, courseSize), Most: p.limits.Max}
	for i := 0; pool.ID == "" || used[pool.ID]; i++ {
		pool.ID = poolID(p.terms.concepts[subject].ID, members[0].need.ID, i)
	}
	p.fill(&pool, members)
	return pool
}

// poolID is the id of a pool: of what it is about and its first need. again is 0,
// or how many such there were.
func poolID(concept, first string, again int) string {
	h := fnv.New32a()
	fmt.Fprint(h, concept, " ", first)
	if again > 0 {
		fmt.Fprint(h, " ", again)
	}
	return fmt.Sprintf("P%08x", h.Sum32())
}

// fill puts members into a pool, and says what they have in common.
func (p *Pooler) fill(pool *Pool, members []*member) {
	pool.Needs, pool.People, pool.Form, pool.Words = nil, 0, Any, nil
	all := anyMonth
	var can [13]int
	said := map[string]int{}
	for i, m := range members {
		pool.Needs = append(pool.Needs, m.need.ID)
		pool.People += m.people()
		switch {
		case i == 0:
			pool.Form = m.need.Form
		case m.need.Form != pool.Form:
			pool.Form = Any
		}
		all &= m.months
		for month := 1; month <= 12; month++ {
			if m.months&(1<<month) != 0 {
				can[month]++
			}
		}
		for _, w := range m.words {
			said[w]++
		}
	}
	if pool.Apart = all == 0 && !pool.Timed; pool.Apart {
		most := slices.Max(can[:])
		for month, n := range can {
			if n == most {
				all |= 1 << month
			}
		}
	}
	if !pool.Timed {
		pool.Months = monthsOf(all)
	}
	for w := range said {
		if !stopWords[w] {
			pool.Words = append(pool.Words, w)
		}
	}
	slices.SortFunc(pool.Words, func(a, b string) int {
		return cmp.Or(cmp.Compare(said[b], said[a]), cmp.Compare(len(b), len(a)), cmp.Compare(a, b))
	})
	pool.Words = firstOfStems(pool.Words, 5)
	pool.far = 0
	if pool.Place != "" {
		pool.far = len(members) - p.reachedBy(members, pool.Place)
	}
	pool.Missing = max(pool.Least-pool.People, 0)
}

// firstOfStems are the first words, at most so many, without those that are a form
// of one before or begin it: "likviditet" after "likviditeten".
func firstOfStems(all []string, most int) []string {
	var some []string
	for _, w := range all {
		form := func(before string) bool { return stem(fold(before)) == stem(fold(w)) || strings.HasPrefix(before, w) }
		if len(some) < most && !slices.ContainsFunc(some, form) {
			some = append(some, w)
		}
	}
	return some
}
