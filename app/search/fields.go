package search

import (
	"sync"

	"kompetansepilot/data"
)

// fields are the fields of all the applications, found by their names. They are
// kept until something is written.
type fields struct {
	mu      sync.Mutex
	version int64
	items   []Item
}

func (f *Finder) fieldItems() ([]Item, error) {
	version, err := f.p.Workspace.DataVersion()
	if err != nil {
		return nil, err
	}
	f.fields.mu.Lock()
	defer f.fields.mu.Unlock()
	if f.fields.items != nil && f.fields.version == version {
		return f.fields.items, nil
	}
	all, err := data.Live[data.Application](f.p.Workspace, "", "id DESC") // the newest first
	if err != nil {
		return nil, err
	}
	items := []Item{}
	for i := range all {
		call, err := f.p.Grants.Calls().Get(all[i].Call)
		if err != nil {
			continue // without its call it has no fields
		}
		for _, section := range call.Form.Sections {
			for _, field := range section.Fields {
				items = append(items, Item{Kind: KindText, ID: all[i].ID, Field: field.ID, Title: field.Label.In(f.words.Code()), Where: f.named(all[i].Title())})
			}
		}
	}
	f.fields.version, f.fields.items = version, items
	return items, nil
}

// withFields adds the fields that are named as the question asks to the hits; a
// field whose text was found too stands once.
func withFields(hits, named []Hit) []Hit {
	type key struct{ id, field string }
	at := map[key]int{}
	for i, h := range hits {
		if h.Kind == KindText {
			at[key{h.ID, h.Field}] = i
		}
	}
	for _, h := range named {
		if i, twice := at[key{h.ID, h.Field}]; twice {
			hits[i].worth = max(hits[i].worth, h.worth)
			continue
		}
		h.Application = h.ID
		hits = append(hits, h)
	}
	return hits
}
