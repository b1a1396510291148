package search

import (
	"context"
	"strconv"
	"strings"

	"kompetansepilot/app"
	"kompetansepilot/app/grant"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
)

// records finds records and the texts of applications.
func (f *Finder) records(ctx context.Context, query Query, q data.SearchText, used []app.Searched) ([]Hit, error) {
	found, err := f.p.Workspace.Find(ctx, data.SearchQuery{Text: query.Text, Limit: 2 * Most, Used: asUsed(used), Also: f.towns.numbers, Fresh: query.Fresh})
	if err != nil {
		return nil, err
	}
	return f.shown(ctx, q, found)
}

// asUsed are the records among what was opened.
func asUsed(searched []app.Searched) []data.Used {
	var used []data.Used
	for _, s := range searched {
		u := data.Used{Kind: s.Kind, Record: s.ID, Field: s.Field, Times: s.Times}
		switch s.Kind {
		case KindPage, KindCommand, KindSetting, KindHelp, KindCall:
			continue
		case KindText:
			u.Kind = KindApplication
		case KindBusiness, KindProvider:
			u.Kind = organisation
		}
		if s.Kind != KindText {
			u.Field = ""
		}
		used = append(used, u)
	}
	return used
}

const organisation = "organisation"

// shown are the hits that can be shown, with where they belong. What was deleted
// meanwhile is left out.
func (f *Finder) shown(ctx context.Context, q data.SearchText, found []data.Hit) ([]Hit, error) {
	placer := f.p.Grants.NewPlacer()
	register, err := f.register(found)
	if err != nil {
		return nil, err
	}
	var hits []Hit
	for _, r := range found {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if r.Kind == organisation {
			if o, ok := register[r.Record]; ok {
				hits = append(hits, f.organisation(o, r))
			}
			continue
		}
		h, ok, err := f.hit(placer, q, r)
		if err != nil && data.Code(err) != data.CodeNotFound {
			return nil, err
		}
		if ok && err == nil {
			hits = append(hits, h)
		}
	}
	return hits, nil
}

func (f *Finder) hit(placer *grant.Placer, q data.SearchText, r data.Hit) (h Hit, ok bool, err error) {
	h = Hit{Kind: r.Kind, ID: r.Record, Title: r.Title, Excerpt: r.Excerpt, worth: r.Worth}
	switch {
	case r.Field != "":
		return f.text(placer, q, h, r.Field)
	case r.Kind == "call_file":
		return h, false, nil // found as a call
	}
	place, ok, err := placer.Place(r.Kind, r.Record)
	if err != nil {
		return h, false, err
	}
	if !ok { // a record of the register, which is shown with its organisation
		h.Title = f.named(h.Title)
		return h, true, nil
	}
	h.Application, h.Field = place.Application, place.Field
	switch r.Kind {
	case KindApplication:
		h.Title = f.named(h.Title)
		h.Where = lang.Joined(" · ", f.p.Grants.CountyName(place.In.County, f.words.Code()), place.In.CaseNumber)
		return h, true, nil
	case "budget_row":
		row, err := data.Get[data.BudgetRow](f.p.Workspace, r.Record)
		if err != nil {
			return h, false, err
		}
		if label := place.Label.In(f.words.Code()); row.Label == "" && label != "" {
			h.Title = label // the row is named by its type
		}
		h.Excerpt = f.money(q, r)
	case "evidence":
		h.Excerpt = f.money(q, r)
	}
	h.Title = f.named(h.Title)
	h.Where = f.in(place.FieldLabel(f.words.Code()), place.In)
	return h, true, nil
}

// named is a title, or that there is none.
func (f *Finder) named(title string) string {
	if strings.TrimSpace(title) == "" {
		return f.words.T("shell.search.untitled")
	}
	return title
}

// in is "Bakgrunn i «Fra skog til ferdig hus»".
func (f *Finder) in(what string, a *data.Application) string {
	title := f.named(a.Title())
	if what == "" {
		return title
	}
	return f.words.T("shell.search.in", "Part", what, "Application", title)
}

// register are the organisations among what was found.
func (f *Finder) register(found []data.Hit) (map[string]data.Organisation, error) {
	var ids []any
	for _, r := range found {
		if r.Kind == organisation {
			ids = append(ids, r.Record)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	all, err := data.Find[data.Organisation](f.p.Workspace, "WHERE id IN (?"+strings.Repeat(", ?", len(ids)-1)+")", ids...)
	byID := make(map[string]data.Organisation, len(all))
	for _, o := range all {
		byID[o.ID] = o
	}
	return byID, err
}

func (f *Finder) organisation(o data.Organisation, r data.Hit) Hit {
	h := Hit{Kind: KindBusiness, ID: r.Record, Title: f.named(r.Title), Excerpt: r.Excerpt, worth: r.Worth}
	if o.OrganisationOf == data.OrganisationProvider {
		h.Kind = KindProvider
	}
	h.Where = lang.Joined(" · ", f.towns.names[o.Municipality], orgNumber(o.OrgNumber))
	if h.Excerpt.Text == o.Municipality || h.Excerpt.Text == o.OrgNumber {
		h.Excerpt = data.Excerpt{} // it stands there in words
	}
	return h
}

// text is a field of an application. Fields that its call does not have are not
// shown anywhere.
func (f *Finder) text(placer *grant.Placer, q data.SearchText, h Hit, field string) (Hit, bool, error) {
	place, err := placer.Field(h.ID, field)
	if err != nil || place.Call == nil {
		return h, false, err
	}
	in := place.Call.Field(field)
	if in == nil {
		return h, false, nil
	}
	h.Kind, h.Field, h.Application = KindText, field, h.ID
	h.Title, h.Where = in.Label.In(f.words.Code()), f.named(place.In.Title())
	if !in.Prose() && h.Excerpt.Text != "" {
		reader := grant.Reader{Call: place.Call, Places: f.p.Places, Words: f.words}
		h.Excerpt = q.Excerpt(reader.Text(&data.Draft{Application: *place.In}, in), true)
	}
	return h, true, nil
}

// money is the excerpt of a record with its amounts as they are read.
func (f *Finder) money(q data.SearchText, r data.Hit) data.Excerpt {
	if r.Excerpt.Text == "" {
		return r.Excerpt
	}
	lines := strings.Split(r.Text, "\n")
	for i, line := range lines {
		year, amount, both := strings.Cut(line, ": ")
		if !both {
			year, amount = "", line
		}
		if kroner, err := strconv.ParseInt(amount, 10, 64); err == nil {
			lines[i] = lang.Joined(": ", year, f.words.T("readable.kroner", "Amount", f.words.Money(kroner)))
		}
	}
	return q.Excerpt(strings.Join(lines, "\n"), true)
}

// orgNumber is an organisation number as it is read: "912 345 678".
func orgNumber(digits string) string {
	if len(digits) != 9 {
		return digits
	}
	return digits[:3] + lang.NarrowSpace + digits[3:6] + lang.NarrowSpace + digits[6:]
}
