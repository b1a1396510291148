package search

import (
	"context"
	"slices"

	"kompetansepilot/app"
	"kompetansepilot/data"
)

// MostRecent is how many things that were opened are offered before anything is
// typed.
const MostRecent = 6

// Recent are the newest things that were opened from a search and are still
// there. items are the pages, commands and settings of now.
func (f *Finder) Recent(ctx context.Context, items []Item) ([]Hit, error) {
	items = slices.Concat(items, f.help, f.calls())
	var hits []Hit
	for _, s := range f.p.State.Get().Searched {
		if len(hits) == MostRecent {
			break
		}
		if at := slices.IndexFunc(items, func(i Item) bool { return i.Kind == s.Kind && i.ID == s.ID && i.Field == s.Field }); at >= 0 {
			i := items[at]
			hits = append(hits, Hit{Kind: i.Kind, ID: i.ID, Field: i.Field, Title: i.Title, Where: i.Where})
			continue
		}
		records, err := f.p.Workspace.Opened(ctx, asUsed([]app.Searched{s}))
		if err != nil {
			return nil, err
		}
		more, err := f.shown(ctx, data.SearchText{}, records)
		if err != nil {
			return nil, err
		}
		hits = append(hits, more...)
	}
	return hits, nil
}

// Opened remembers that a search for text led to a hit.
func (f *Finder) Opened(text string, h Hit) error {
	field := h.Field
	if h.Kind != KindText && h.Kind != KindSetting {
		field = "" // it follows from the record
	}
	return f.p.State.NoteSearched(text, h.Kind, h.ID, field)
}
