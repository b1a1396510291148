package course

import (
	"cmp"
	"maps"
	"slices"

	"kompetansepilot/app/exchange"
	"kompetansepilot/app/insight"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// By is what totals are split by.
type By string

// What totals are split by.
const (
	ByCourse       By = "course"
	ByBusiness     By = "business"
	ByMunicipality By = "municipality" // of the business
	ByHalf         By = "half"         // in which the course began
)

// Splits are all ways to split.
func Splits() []By { return []By{ByCourse, ByBusiness, ByMunicipality, ByHalf} }

// Row is one row of totals.
type Row struct {
	Key        string   `json:"key"` // id, number or half-year; "" when not known
	Name       string   `json:"name"`
	Courses    []string `json:"courses"` // ids, in order
	Businesses int      `json:"businesses"`
	Counts
}

// Totals are counts of those who take part. Courses that are cancelled are not
// among them, and a business counts when somebody from it is registered.
type Totals struct {
	By   By    `json:"by"`
	Rows []Row `json:"rows"`
	Sum  Row   `json:"sum"`
}

// Total counts those who take part in courses: rows by the name of what they are
// split by, halves by time.
func Total(runs []Run, by By, words *lang.Printer, places *reference.Tables) Totals {
	t := Totals{By: by, Rows: []Row{}, Sum: Row{Name: words.T("course.total.sum"), Courses: []string{}}}
	rows := map[string]*Row{}
	businesses := map[*Row]map[string]bool{}
	count := func(r *Row, course string, b *Business) {
		if n := len(r.Courses); n == 0 || r.Courses[n-1] != course { // one course comes after the other
			r.Courses = append(r.Courses, course)
		}
		if b == nil {
			return
		}
		r.add(&b.Participation)
		if b.Registered == 0 && b.Started == 0 && b.Completed == 0 {
			return // it has only asked for places
		}
		if businesses[r] == nil {
			businesses[r] = map[string]bool{}
		}
		businesses[r][cmp.Or(b.Organisation, b.ID)] = true
		r.Businesses = len(businesses[r])
	}
	row := func(key, name string) *Row {
		if rows[key] == nil {
			rows[key] = &Row{Key: key, Name: cmp.Or(name, words.T("course.total.unknown"))}
		}
		return rows[key]
	}
	for i := range runs {
		run := &runs[i]
		if run.Status == StatusCancelled {
			continue
		}
		if len(run.Businesses) == 0 {
			count(&t.Sum, run.ID, nil)
			switch by {
			case ByCourse:
				count(row(run.ID, run.Name), run.ID, nil)
			case ByHalf:
				half := insight.HalfOf(run.Start)
				count(row(half, halfName(half, words)), run.ID, nil)
			}
		}
		for j := range run.Businesses {
			b := &run.Businesses[j]
			key, name := keyOf(by, run, b, words, places)
			count(row(key, name), run.ID, b)
			count(&t.Sum, run.ID, b)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(rows)) {
		t.Rows = append(t.Rows, *rows[key])
	}
	if by != ByHalf {
		names := make([]string, len(t.Rows))
		for i := range t.Rows {
			names[i] = t.Rows[i].Name
		}
		rank := data.SortRanks(names)
		slices.SortStableFunc(t.Rows, func(a, b Row) int { return cmp.Or(cmp.Compare(rank[a.Name], rank[b.Name]), cmp.Compare(a.Key, b.Key)) })
	}
	return t
}

func halfName(half string, words *lang.Printer) string {
	if half == "" {
		return ""
	}
	return insight.HalfName(half, words)
}

func keyOf(by By, run *Run, b *Business, words *lang.Printer, places *reference.Tables) (key, name string) {
	switch by {
	case ByCourse:
		return run.ID, run.Name
	case ByBusiness:
		return cmp.Or(b.Organisation, b.ID), b.Business
	case ByMunicipality:
		if m, ok := places.Resolve(b.Municipality); ok {
			return m.Number, m.UniqueName
		}
		return "", ""
	}
	half := insight.HalfOf(run.Start)
	return half, halfName(half, words)
}

// Totals are the counts of the workspace.
func (s *Service) Totals(by By, words *lang.Printer) (Totals, error) {
	runs, err := s.Runs()
	if err != nil {
		return Totals{}, err
	}
	return Total(runs, by, words, s.places), nil
}

// Header are the headings of the columns of totals.
func (t *Totals) Header(words *lang.Printer) []string {
	return []string{words.T("course.by." + string(t.By)), words.T("course.column.courses"), words.T("course.column.businesses"), words.T("course.column.registered"),
		words.T("course.column.started"), words.T("course.column.completed"), words.T("course.column.dropped"), words.T("course.column.credits")}
}

// counts are the columns that count people or businesses; what counts below five
// is hidden of.
func (r *Row) counts() []int64 {
	return []int64{int64(r.Businesses), r.Registered, r.Started, r.Completed, r.Dropped}
}

// Public is a row as it may leave the county: each number of Row.counts, or
// insight.Hidden. Credits are hidden where the number of those who got them is.
type Public struct {
	Name    string
	Courses int
	Numbers []int64
	Credits int64
}

// The places of numbers in Row.counts.
const (
	countBusinesses = iota
	countRegistered
	countStarted
	countCompleted
	countDropped
)

// Public are the rows and the sum as they may leave the county: each count from one
// to four is hidden, and one number more where a hidden one could be told from the
// sum, or from those who started and completed.
func (t *Totals) Public() (rows []Public, sum Public) {
	all := make([]Public, len(t.Rows)+1) // the sum last
	for i := range t.Rows {
		all[i] = t.Rows[i].public()
		if t.By == ByBusiness {
			all[i].Numbers[countBusinesses] = int64(t.Rows[i].Businesses) // the row is the business
		}
	}
	sums := &all[len(t.Rows)]
	*sums = t.Sum.public()
	rows = all[:len(t.Rows)]
	for again := true; again; { // each round hides one number more
		again = false
		for i := range all {
			again = all[i].protect() || again
		}
		for c := range sums.Numbers {
			if c == countBusinesses && t.By != ByMunicipality {
				continue // a business is in several rows, so that these have no sum
			}
			column := make([]*int64, len(rows))
			for i := range rows {
				column[i] = &rows[i].Numbers[c]
			}
			again = insight.Protect(&sums.Numbers[c], column) || again
		}
	}
	hidden := 0
	for i := range all {
		if all[i].Numbers[countCompleted] == insight.Hidden && all[i].Credits > 0 {
			all[i].Credits = insight.Hidden
			hidden++
		}
	}
	if hidden == 1 {
		sums.Credits = insight.Hidden
	}
	return rows, *sums
}

func (r *Row) public() Public {
	p := Public{Name: r.Name, Courses: len(r.Courses), Numbers: r.counts(), Credits: r.Credits}
	for i, n := range p.Numbers {
		if n > 0 && n < insight.LeastShown {
			p.Numbers[i] = insight.Hidden
		}
	}
	return p
}

// protect hides how many started where the number of those who dropped out is
// hidden and would be told by it: those who completed are what reports ask for.
func (p *Public) protect() bool {
	started, completed := p.Numbers[countStarted], p.Numbers[countCompleted]
	if p.Numbers[countDropped] != insight.Hidden || completed == insight.Hidden || started <= 0 {
		return false
	}
	p.Numbers[countStarted] = insight.Hidden
	return true
}

// Cells are a row as it may leave the county, ready to be shown.
func (p *Public) Cells(words *lang.Printer) []string {
	cells := []string{p.Name, words.Number(int64(p.Courses))}
	for _, n := range p.Numbers {
		if n == insight.Hidden {
			cells = append(cells, words.T("insight.hidden"))
			continue
		}
		cells = append(cells, words.Number(n))
	}
	if p.Credits == insight.Hidden {
		return append(cells, words.T("insight.hidden"))
	}
	return append(cells, CreditsWord(words, p.Credits))
}

// Save writes the totals to a file, XLSX or CSV as its name says. Unless it is for
// the county's own use, counts below five are hidden.
func (t *Totals) Save(path string, own bool, words *lang.Printer) error {
	return exchange.WriteTable(path, t.Header(words), func(yield func([]string) error) error {
		if own {
			for i := range t.Rows {
				if err := yield(t.Rows[i].Cells(words)); err != nil {
					return err
				}
			}
			return yield(t.Sum.Cells(words))
		}
		rows, sum := t.Public()
		for i := range rows {
			if err := yield(rows[i].Cells(words)); err != nil {
				return err
			}
		}
		return yield(sum.Cells(words))
	})
}

// Cells are a row with all its numbers, ready to be shown in the county.
func (r *Row) Cells(words *lang.Printer) []string {
	cells := []string{r.Name, words.Number(int64(len(r.Courses)))}
	for _, n := range r.counts() {
		cells = append(cells, words.Number(n))
	}
	return append(cells, CreditsWord(words, r.Credits))
}
