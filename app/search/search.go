// Package search is the one search over everything: records, the texts inside
// applications, files, help, calls, and what a screen adds of its own, as pages
// and commands. It ranks them together and says where each belongs.
package search

import (
	"cmp"
	"context"
	"log/slog"
	"slices"

	"kompetansepilot/app"
	"kompetansepilot/app/help"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
)

// Kinds of hit besides the kinds of record. They are names in the JSON of the
// command line.
const (
	KindApplication = "application"
	KindText        = "text" // a field of an application
	KindBusiness    = "business"
	KindProvider    = "provider"
	KindHelp        = "help"
	KindCall        = "call"
	KindPage        = "page"
	KindCommand     = "command"
	KindSetting     = "setting"
)

// Hit is something that was found.
type Hit struct {
	Kind string
	ID   string // of the record, of the application for KindText, or of the thing
	// Field is the field of a call that shows it, or the setting; "" is none.
	Field string
	// Application is where a part of one belongs.
	Application string
	Title       string
	Where       string // where it belongs, "" when that says nothing
	Excerpt     data.Excerpt

	worth int
}

// Item is something besides records that can be found: a page, a command, a
// setting.
type Item struct {
	Kind, ID, Field string
	Title, Where    string
	Text            string // also looked in
}

// Most is how many hits there are.
const Most = 50

const (
	// mostOfGroup is how many of one group stand before the other groups.
	mostOfGroup = 8
	// fewHits is how many there are at most when typing errors are forgiven.
	fewHits = 5
)

// Finder finds in one workspace, in one language. It may be used from several
// goroutines.
type Finder struct {
	p     *app.Program
	words *lang.Printer
	towns towns
	help  []Item

	fields fields
}

// New makes a Finder. It reads the help, so it is made in the background.
func New(p *app.Program, words *lang.Printer) *Finder {
	f := &Finder{p: p, words: words, towns: newTowns(p.Places)}
	topics, err := help.Load(words.Code())
	if err != nil {
		slog.Error("search in the help", "err", err)
	}
	for i := range topics {
		f.help = append(f.help, Item{Kind: KindHelp, ID: topics[i].ID, Title: topics[i].Title, Text: topics[i].Text()})
	}
	return f
}

// Query is a question.
type Query struct {
	Text  string
	Items []Item
	// Fresh waits until the index has all that changed; a command wants that, a
	// window does not.
	Fresh bool
}

// Find gives at most Most hits, best first, those of one group together. ctx ends
// it.
func (f *Finder) Find(ctx context.Context, query Query) ([]Hit, error) {
	q := data.ParseSearch(query.Text).With(f.towns.numbers)
	if q.Empty() {
		return nil, nil
	}
	used := f.p.State.Get().Searched
	hits, err := f.records(ctx, query, q, used)
	if err != nil {
		return nil, err
	}
	named, err := f.fieldItems()
	if err != nil {
		return nil, err
	}
	items := slices.Concat(query.Items, f.help, f.calls())
	found, fields := inItems(q, items, used, false), inItems(q, named, used, false)
	if len(found)+len(fields)+len(hits) < fewHits {
		found, fields = inItems(q, items, used, true), inItems(q, named, used, true)
	}
	hits = append(withFields(hits, fields), found...)
	slices.SortStableFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.worth, a.worth), cmp.Compare(kindRank(a.Kind), kindRank(b.Kind)))
	})
	return grouped(hits), nil
}

// Behind tells whether a search that does not wait may miss something.
func (f *Finder) Behind() bool { return f.p.Workspace.SearchBehind() }

// inItems finds among things that are no records.
func inItems(q data.SearchText, items []Item, used []app.Searched, forgiving bool) []Hit {
	var hits []Hit
	for _, item := range items {
		worth := q.Worth(item.Title, item.Text, forgiving)
		if worth == 0 {
			continue
		}
		h := Hit{Kind: item.Kind, ID: item.ID, Field: item.Field, Title: item.Title, Where: item.Where}
		if q.Worth(item.Title, "", true) == 0 {
			h.Excerpt = q.Excerpt(item.Text, forgiving)
		}
		h.worth = worth + data.WorthOfUse(timesOf(used, item.Kind, item.ID, item.Field))
		hits = append(hits, h)
	}
	return hits
}

func timesOf(used []app.Searched, kind, id, field string) int {
	at := slices.IndexFunc(used, func(s app.Searched) bool { return s.Kind == kind && s.ID == id && s.Field == field })
	if at < 0 {
		return 0
	}
	return used[at].Times
}

// calls are the calls as items.
func (f *Finder) calls() []Item {
	var items []Item
	for _, call := range f.p.Grants.Calls().All() {
		items = append(items, Item{Kind: KindCall, ID: call.ID, Title: call.Title.In(f.words.Code())})
	}
	return items
}

// groups are the kinds that stand together, in the order of equal hits.
var groups = [...][]string{
	{KindPage, KindCommand, KindSetting},
	{KindApplication, KindText},
	{KindBusiness, KindProvider},
	{"partner"},
	{"attachment", "receipt", "made_document", "version"},
	{"goal", "activity", "milestone"},
	{"budget_row", "evidence"},
	{KindCall},
	{KindHelp},
}

func groupOf(kind string) int {
	for i, kinds := range groups {
		if slices.Contains(kinds, kind) {
			return i
		}
	}
	return len(groups)
}

func kindRank(kind string) int {
	g := groupOf(kind)
	if g == len(groups) {
		return 10 * g
	}
	return 10*g + slices.Index(groups[g], kind)
}

// grouped puts the best hits of one group together, the group of the best first.
// What there is more of stands behind.
func grouped(hits []Hit) []Hit {
	var order []int
	byGroup := map[int][]Hit{}
	for _, h := range hits {
		g := groupOf(h.Kind)
		if byGroup[g] == nil {
			order = append(order, g)
		}
		byGroup[g] = append(byGroup[g], h)
	}
	var all, more []Hit
	for _, g := range order {
		n := min(len(byGroup[g]), mostOfGroup)
		all = append(all, byGroup[g][:n]...)
		more = append(more, byGroup[g][n:]...)
	}
	all = append(all, more...)
	return all[:min(len(all), Most)]
}
