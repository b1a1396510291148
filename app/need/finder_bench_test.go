package need_test

import (
	"fmt"
	"testing"

	"kompetansepilot/app/need"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// manyNeeds are needs that say different things in different ways.
func manyNeeds(n int) []data.Need {
	subjects := []string{"nettbutikk og betaling", "sveising med sertifikat", "regnskap etter at daglig leder sluttet", "kran og løft i havna", "hygiene på slakteriet", "anbud og kalkulasjon",
		"gjester som skriver dårlige anmeldelser", "førstehjelp ved drukning", "vedlikehold av sagblad", "språk for nye kolleger"}
	starts := []string{"Vi trenger å lære ", "Me treng opplæring i ", "Ingen hos oss kan ", "Det haster med ", "Vi må få orden på "}
	all := make([]data.Need, n)
	for i := range all {
		all[i] = data.Need{Row: data.Row{ID: fmt.Sprintf("N%05d", i)}, Text: starts[i%len(starts)] + subjects[(i/3)%len(subjects)] + fmt.Sprintf(" på avdeling %d", i),
			People: int64(1 + i%7), Level: need.Any, Form: need.Any, Industry: "Butikk (SN2007 47)"}
	}
	return all
}

// BenchmarkPropose is what happens at a pause in the typing: terms, needs that
// are alike and the industry's usual ones, among 1 000 and 10 000 needs.
func BenchmarkPropose(b *testing.B) {
	terms, err := need.LoadTerms()
	if err != nil {
		b.Fatal(err)
	}
	for _, n := range []int{1_000, 10_000} {
		f := need.NewFinder(terms, reference.Load(), manyNeeds(n), nil, nil, need.Settings{})
		typed := data.Need{Text: "Vi vil selge på nett, men aner ikke hvordan vi setter opp en nettbutikk med betaling", Industry: "Butikk (SN2007 47)"}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				f.Propose(&typed)
			}
		})
	}
}

// BenchmarkList is what a filter of the page costs, with 10 000 needs.
func BenchmarkList(b *testing.B) {
	s, w := newService(b)
	all := manyNeeds(10_000)
	if err := w.Update("Mange", func(tx *data.Tx) error {
		for i := range all {
			if err := tx.Put(&all[i]); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	for b.Loop() {
		if _, err := s.List(need.Query{Text: "nettbutikk"}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFinder is how long a cold start takes with 1 000 needs, and how long
// one changed need takes after that.
func BenchmarkFinder(b *testing.B) {
	terms, err := need.LoadTerms()
	if err != nil {
		b.Fatal(err)
	}
	all := manyNeeds(1_000)
	for b.Loop() {
		need.NewFinder(terms, reference.Load(), all, nil, nil, need.Settings{})
	}
}
