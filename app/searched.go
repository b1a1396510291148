package app

import (
	"context"
	"log/slog"
	"slices"
	"time"
)

// Searched is something that was opened from the search field.
type Searched struct {
	Kind  string `json:"kind"`
	ID    string `json:"id"`
	Field string `json:"field,omitempty"`
	Times int    `json:"times"`
}

const (
	mostSearched = 200
	mostSearches = 8
)

// NoteSearched remembers that text was searched for and led to a thing; text ""
// is none.
func (s *State) NoteSearched(text, kind, id, field string) error {
	return s.Change(func(p *Preferences) {
		if text != "" {
			p.Searches = slices.DeleteFunc(p.Searches, func(old string) bool { return old == text })
			p.Searches = slices.Insert(p.Searches, 0, text)
			p.Searches = p.Searches[:min(len(p.Searches), mostSearches)]
		}
		now := Searched{Kind: kind, ID: id, Field: field}
		p.Searched = slices.DeleteFunc(p.Searched, func(old Searched) bool {
			same := old.Kind == kind && old.ID == id && old.Field == field
			if same {
				now.Times = old.Times
			}
			return same
		})
		now.Times++
		p.Searched = slices.Insert(p.Searched, 0, now)
		p.Searched = p.Searched[:min(len(p.Searched), mostSearched)]
	})
}

// forgetSearches drops the texts that were searched for: they may name somebody
// who was erased.
func (s *State) forgetSearches() error {
	return s.Change(func(p *Preferences) { p.Searches = nil })
}

// tellSearch wakes followSearch.
func (p *Program) tellSearch() {
	select {
	case p.news <- struct{}{}:
	default: // it is awake
	}
}

// searchQuiet is how long nothing must change before the search index follows,
// so that it does not work at each letter typed.
const searchQuiet = 400 * time.Millisecond

// followSearch keeps the search index up to date, so that a search never waits
// for it.
func (p *Program) followSearch(ctx context.Context) {
	for {
		if err := p.Workspace.FollowSearch(ctx); err != nil && ctx.Err() == nil {
			slog.Warn("search index is behind", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-p.news:
		}
		for quiet := false; !quiet; {
			timer := time.NewTimer(searchQuiet)
			select {
			case <-ctx.Done():
				timer.Stop()
				return
			case <-p.news:
				timer.Stop()
			case <-timer.C:
				quiet = true
			}
		}
	}
}
