package insight

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"kompetansepilot/app/exchange"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/need"
	"kompetansepilot/app/partner"
	"kompetansepilot/app/reference"
)

// Facts are all needs as they are counted.
type Facts struct {
	All      []Fact // by id of the need
	concepts map[string]need.Concept
	places   *reference.Tables
}

// Dimension is what needs are counted by.
type Dimension string

// The dimensions.
const (
	BySubject      Dimension = "subject"
	ByMunicipality Dimension = "municipality"
	ByIndustry     Dimension = "industry"
	BySize         Dimension = "size"
	ByHalf         Dimension = "half"
)

// Dimensions are all of them, in the order that they are offered.
func Dimensions() []Dimension {
	return []Dimension{BySubject, ByMunicipality, ByIndustry, BySize, ByHalf}
}

// of is a need's key in a dimension.
func (d Dimension) of(f *Fact) string {
	switch d {
	case BySubject:
		return f.Subject
	case ByMunicipality:
		return f.Municipality
	case ByIndustry:
		return f.Industry
	case BySize:
		return f.Size
	}
	return f.Half
}

// Only narrows what is counted: to the needs with a key, by dimension.
type Only map[Dimension]string

func (o Only) has(f *Fact) bool {
	for d, key := range o {
		if d.of(f) != key {
			return false
		}
	}
	return true
}

// Row is what is counted under one key.
type Row struct {
	Key  string
	Name string // in the language that was asked for
	// Needs are the ids of the needs behind the counts, in order.
	Needs []string
	// Unmet are those of them that no offering fits.
	Unmet      []string
	Businesses int
	People     int64
	// Halves are the numbers of needs by half-year, as Table.Halves.
	Halves []int
	// Rises tells that more have asked lately; see rises.
	Rises bool
}

// Table is the needs counted by one dimension, most asked for first; half-years
// in order.
type Table struct {
	By     Dimension
	Halves []string // all half-years from the first need to the last
	Rows   []Row
	Sum    Row // businesses are counted once
}

// Count counts by a dimension.
func (f *Facts) Count(by Dimension, only Only, words *lang.Printer) Table {
	t := Table{By: by, Halves: f.halves(only)}
	sum := &counter{halves: t.Halves}
	counters := map[string]*counter{}
	for i := range f.All {
		fact := &f.All[i]
		if !only.has(fact) {
			continue
		}
		key := by.of(fact)
		if counters[key] == nil {
			counters[key] = &counter{halves: t.Halves}
		}
		counters[key].add(fact)
		sum.add(fact)
	}
	for key, c := range counters {
		t.Rows = append(t.Rows, c.row(key, f.Name(by, key, words)))
	}
	t.Sum = sum.row("", words.T("insight.sum"))
	t.sort()
	return t
}

func (t *Table) sort() {
	bands := partner.SizeBands()
	slices.SortFunc(t.Rows, func(a, b Row) int {
		switch {
		case (a.Key == "") != (b.Key == "") && t.By != BySize: // the unknown come last
			if a.Key == "" {
				return 1
			}
			return -1
		case t.By == ByHalf:
			return strings.Compare(a.Key, b.Key)
		case t.By == BySize:
			return slices.Index(bands, a.Key) - slices.Index(bands, b.Key)
		}
		return cmp.Or(len(b.Needs)-len(a.Needs), cmp.Compare(b.People, a.People), strings.Compare(a.Name, b.Name), strings.Compare(a.Key, b.Key))
	})
}

// halves are all half-years from the first to the last of those counted.
func (f *Facts) halves(only Only) []string {
	first, last := "", ""
	for i := range f.All {
		h := f.All[i].Half
		if h == "" || !only.has(&f.All[i]) {
			continue
		}
		if first == "" || h < first {
			first = h
		}
		last = max(last, h)
	}
	const most = 40 // twenty years; a slip in a date gives no thousand columns
	var all []string
	for h := last; h != "" && h >= first && len(all) < most; h = before(h) {
		all = append(all, h)
	}
	slices.Reverse(all)
	return all
}

// before is the half-year before one.
func before(half string) string {
	var year, part int
	if _, err := fmt.Sscanf(half, "%d-%d", &year, &part); err != nil {
		return ""
	}
	if part == 2 {
		return fmt.Sprintf("%04d-1", year)
	}
	return fmt.Sprintf("%04d-2", year-1)
}

// counter adds up the needs of a row.
type counter struct {
	halves       []string
	needs, unmet []string
	businesses   map[string]bool
	people       int64
	count        map[string]int
}

func (c *counter) add(f *Fact) {
	if c.count == nil {
		c.count, c.businesses = map[string]int{}, map[string]bool{}
	}
	c.needs = append(c.needs, f.ID)
	if f.Unmet {
		c.unmet = append(c.unmet, f.ID)
	}
	c.businesses[f.Business] = true
	c.people += f.People
	c.count[f.Half]++
}

func (c *counter) row(key, name string) Row {
	r := Row{Key: key, Name: name, Needs: c.needs, Unmet: c.unmet, Businesses: len(c.businesses), People: c.people}
	for _, h := range c.halves {
		r.Halves = append(r.Halves, c.count[h])
	}
	r.Rises = rises(r.Halves)
	return r
}

// What makes a need one that rises: at least so many in the newest half-year, and
// so many times the mean of the half-years before.
const (
	leastRising = 3
	timesRising = 1.5
)

// rises tells whether the newest half-year stands out from those before.
func rises(halves []int) bool {
	if len(halves) < 2 {
		return false
	}
	last, before := halves[len(halves)-1], 0
	for _, n := range halves[:len(halves)-1] {
		before += n
	}
	return last >= leastRising && float64(last)*float64(len(halves)-1) >= timesRising*float64(before)
}

// Name is what a key is called.
func (f *Facts) Name(by Dimension, key string, words *lang.Printer) string {
	if key == "" && by != BySize {
		return words.T("insight.unknown." + string(by))
	}
	switch by {
	case BySubject:
		if c, ok := f.concepts[key]; ok {
			return c.In(words.Code())
		}
	case ByMunicipality:
		if m, ok := f.places.Municipality(key); ok {
			return m.UniqueName
		}
	case ByIndustry:
		if name, ok := f.places.IndustryName(key); ok {
			return name
		}
	case BySize:
		return exchange.SizeWord(words, key)
	case ByHalf:
		return HalfName(key, words)
	}
	return key
}

// HalfName is a half-year in words: "1. halvår 2026".
func HalfName(half string, words *lang.Printer) string {
	year, part, ok := strings.Cut(half, "-")
	if !ok {
		return half
	}
	return words.T("insight.half", "Year", year, "Part", part)
}
