package data_test

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"kompetansepilot/data"
	"kompetansepilot/data/datatest"
)

// BenchmarkRegister is what the grid asks for with 100 000 businesses: a page,
// and the counts of the chips.
func BenchmarkRegister(b *testing.B) {
	w := datatest.Big(b, filepath.Join(b.TempDir(), "a.kpilot"), 100_000, 0)
	start := time.Now()
	read := func(fn func(data.Reader) error) {
		b.Helper()
		if err := w.ReadRegister(fn); err != nil {
			b.Fatal(err)
		}
	}
	read(func(data.Reader) error { return nil })
	b.Logf("first reading: %v", time.Since(start))
	places, ranks := map[string]string{}, map[string]int{}
	for i := range 360 {
		number := fmt.Sprint(3400 + i)
		places[number], ranks[number] = fmt.Sprintf("Kommune %d", i), 360-i
	}
	sorted := slices.Sorted(maps.Keys(places))
	for name, c := range map[string]struct {
		data.OrganisationQuery
		offset int
	}{
		"first":        {},
		"last":         {offset: 99_900},
		"common":       {OrganisationQuery: data.OrganisationQuery{Text: "tre"}},
		"rare":         {OrganisationQuery: data.OrganisationQuery{Text: "person 77777"}},
		"place":        {OrganisationQuery: data.OrganisationQuery{Text: "kommune 27"}},
		"few":          {OrganisationQuery: data.OrganisationQuery{Municipalities: []string{"3420"}}},
		"many":         {OrganisationQuery: data.OrganisationQuery{Municipalities: sorted[:40]}},
		"industry":     {OrganisationQuery: data.OrganisationQuery{Industry: "55", SizeBands: []string{"1-4", "5-9"}, Municipalities: sorted[:40]}},
		"status":       {OrganisationQuery: data.OrganisationQuery{Order: []data.Order{{Column: data.ColumnStatus, Ranks: map[string]int{"new": 1}}}}},
		"contact":      {OrganisationQuery: data.OrganisationQuery{Order: []data.Order{{Column: data.ColumnContact, Descending: true}}}},
		"municipality": {OrganisationQuery: data.OrganisationQuery{Order: []data.Order{{Column: data.ColumnMunicipality, Ranks: ranks}, {Column: data.ColumnSizeBand}}}},
	} {
		c.Kind, c.Places = data.OrganisationBusiness, places
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				read(func(r data.Reader) error {
					_, err := data.Organisations(r, c.OrganisationQuery, c.offset, 100)
					return err
				})
			}
		})
		b.Run(name+"/count", func(b *testing.B) {
			for b.Loop() {
				read(func(r data.Reader) error {
					_, err := data.CountOrganisations(r, c.OrganisationQuery)
					return err
				})
			}
		})
		b.Run(name+"/position", func(b *testing.B) {
			var id string
			read(func(r data.Reader) error {
				page, err := data.Organisations(r, c.OrganisationQuery, 0, 5)
				id = page[len(page)-1].ID
				return err
			})
			for b.Loop() {
				read(func(r data.Reader) error {
					_, err := data.OrganisationPosition(r, c.OrganisationQuery, id)
					return err
				})
			}
		})
		b.Run(name+"/letters", func(b *testing.B) {
			for b.Loop() {
				read(func(r data.Reader) error {
					_, err := data.OrganisationStarting(r, c.OrganisationQuery, "øst", 50)
					return err
				})
			}
		})
	}
}
