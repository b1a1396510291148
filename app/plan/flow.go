package plan

// flow is a network in which people go from groups to offerings, at the price of
// each. Sending them along the cheapest way again and again serves each number of
// people as cheaply as can be, when groups may be divided and no offering needs a
// least number.
type flow struct {
	edges []edge
	from  [][]int // edges by node
}

type edge struct {
	to         int
	room, cost int64
}

func newFlow(nodes int) *flow { return &flow{from: make([][]int, nodes)} }

func (f *flow) add(a, b int, room, cost int64) {
	f.from[a] = append(f.from[a], len(f.edges))
	f.edges = append(f.edges, edge{b, room, cost})
	f.from[b] = append(f.from[b], len(f.edges))
	f.edges = append(f.edges, edge{a, 0, -cost})
}

const far = int64(1) << 60

// cheapest finds the cheapest way from s to t that has room: the edge that leads to
// each node, or −1.
func (f *flow) cheapest(s, t int) (last []int, cost int64) {
	n := len(f.from)
	dist, queued := make([]int64, n), make([]bool, n)
	last = make([]int, n)
	for i := range dist {
		dist[i], last[i] = far, -1
	}
	dist[s] = 0
	queue := []int{s}
	for len(queue) > 0 {
		a := queue[0]
		queue = queue[1:]
		queued[a] = false
		for _, e := range f.from[a] {
			if to := f.edges[e].to; f.edges[e].room > 0 && dist[a]+f.edges[e].cost < dist[to] {
				dist[to], last[to] = dist[a]+f.edges[e].cost, e
				if !queued[to] {
					queue, queued[to] = append(queue, to), true
				}
			}
		}
	}
	return last, dist[t]
}

// relaxed serves as many as the money allows when groups may be divided. share is
// how many of each group go to each of its offerings, in their order.
func (p *Problem) relaxed() (served int64, share [][]int64) {
	groups := len(p.Groups)
	s, t := groups+len(p.Offers), groups+len(p.Offers)+1
	f := newFlow(t + 1)
	first := make([]int, groups) // the first edge to an offering
	for i := range p.Groups {
		f.add(s, i, p.Groups[i].People, 0)
		first[i] = len(f.edges)
		for _, o := range p.Groups[i].Offers {
			f.add(i, groups+o, p.Groups[i].People, p.Offers[o].Price)
		}
	}
	for j := range p.Offers {
		room := p.Offers[j].Most
		if room == 0 {
			room = far
		}
		f.add(groups+j, t, room, 0)
	}
	spent := int64(0)
	for {
		last, cost := f.cheapest(s, t)
		if last[t] < 0 {
			break
		}
		n := far
		for at := t; at != s; at = f.edges[last[at]^1].to {
			n = min(n, f.edges[last[at]].room)
		}
		enough := true
		if p.Budget >= 0 && cost > 0 && (p.Budget-spent)/cost < n {
			n, enough = (p.Budget-spent)/cost, false
		}
		for at := t; at != s; at = f.edges[last[at]^1].to {
			f.edges[last[at]].room -= n
			f.edges[last[at]^1].room += n
		}
		served, spent = served+n, spent+n*cost
		if !enough {
			break
		}
	}
	share = make([][]int64, groups)
	for i := range p.Groups {
		for k := range p.Groups[i].Offers {
			share[i] = append(share[i], f.edges[first[i]+2*k+1].room)
		}
	}
	return served, share
}
