package need

import "slices"

// spread counts, for the needs of one subject, how many can meet at each place in
// each month. Taking some away costs as much as there are places that they reach,
// so that many pools of one subject take no longer than few.
type spread struct {
	members []*member
	places  []string
	// near are, for each place, the members that can come there, by id; those that
	// are taken fall out when the place is looked at.
	near    [][]int32
	from    []int32   // the origin of each member, −1 where that is not known
	reached [][]int32 // places, by origin
	left    []bool
	counts  []tally // by place
	fewest  int64   // people of the smallest member
}

// tally is how many needs and people can in each month.
type tally struct{ needs, people [13]int64 }

// origin is where members come from and how far: they reach the same places.
type origin struct {
	municipality string
	reach        float64
}

func (p *Pooler) newSpread(members []*member, online bool) *spread {
	s := &spread{members: members, places: []string{""}, from: make([]int32, len(members)), left: make([]bool, len(members))}
	if !online {
		s.places = placesOf(members)
	}
	s.near, s.counts = make([][]int32, len(s.places)), make([]tally, len(s.places))
	origins := map[origin]int32{}
	for i, m := range members {
		if s.fewest == 0 || m.people() < s.fewest {
			s.fewest = m.people()
		}
		s.left[i] = m.pool < 0
		o := origin{m.need.Municipality, m.reach}
		if online {
			o = origin{}
		} else if !m.known {
			s.from[i] = -1
			continue
		}
		at, seen := origins[o]
		if !seen {
			at = int32(len(s.reached))
			origins[o] = at
			s.reached = append(s.reached, p.reaches(s.places, m, online))
		}
		s.from[i] = at
		if s.left[i] {
			for _, place := range s.reached[at] {
				s.near[place] = append(s.near[place], int32(i))
			}
			s.count(i, 1)
		}
	}
	return s
}

// placesOf are the municipalities of some needs.
func placesOf(members []*member) []string {
	var all []string
	for _, m := range members {
		if m.known {
			all = append(all, m.need.Municipality)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// reaches are the places that a member can come to.
func (p *Pooler) reaches(places []string, m *member, online bool) []int32 {
	var all []int32
	for i, place := range places {
		if online {
			all = append(all, int32(i))
			continue
		}
		if _, ok := p.travel(m, place); ok {
			all = append(all, int32(i))
		}
	}
	return all
}

// travel is how many kilometres a member has to a place, and whether it goes that
// far.
func (p *Pooler) travel(m *member, place string) (km float64, ok bool) {
	if m.need.Municipality == place {
		return 0, m.known
	}
	where, known := p.ground.where(place)
	if !m.known || !known {
		return 0, false
	}
	km = p.ground.between(m.at, where)
	return km, km <= reachSlack*m.reach
}

// count adds a member to all the places that it reaches, or takes it away with −1.
func (s *spread) count(i int, by int64) {
	m := s.members[i]
	people := by * m.people()
	for _, place := range s.reached[s.from[i]] {
		t := &s.counts[place]
		for month := 1; month <= 12; month++ {
			if m.months&(1<<month) != 0 {
				t.needs[month] += by
				t.people[month] += people
			}
		}
	}
}

// best is the place and month that most needs can, and of those most people; ok is
// false when no two can.
func (s *spread) best() (place, month int, ok bool) {
	var needs, people int64
	for at := range s.counts {
		t := &s.counts[at]
		for m := 1; m <= 12; m++ {
			if t.needs[m] > needs || t.needs[m] == needs && t.people[m] > people {
				place, month, needs, people = at, m, t.needs[m], t.people[m]
			}
		}
	}
	return place, month, needs >= 2
}

// take takes those who can meet at a place in a month, in order, as many as go
// within most people; 0 is no bound.
func (s *spread) take(place, month int, most int64) []*member {
	var in []*member
	var people int64
	rest := s.near[place][:0]
	for at, i := range s.near[place] {
		if most > 0 && len(in) > 0 && people+s.fewest > most { // nobody else goes in
			rest = append(rest, s.near[place][at:]...)
			break
		}
		m := s.members[i]
		if !s.left[i] {
			continue
		}
		if m.months&(1<<month) == 0 || most > 0 && len(in) > 0 && people+m.people() > most {
			rest = append(rest, i)
			continue
		}
		people += m.people()
		s.left[i] = false
		s.count(int(i), -1)
		in = append(in, m)
	}
	s.near[place] = rest
	return in
}
