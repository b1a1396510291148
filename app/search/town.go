package search

import (
	"slices"
	"strings"

	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// towns let records, which keep the number of a municipality, be found by its
// name.
type towns struct {
	words map[string][]string // numbers by the folded words of the name
	names map[string]string   // by number, of former municipalities too
}

func newTowns(places *reference.Tables) towns {
	t := towns{words: map[string][]string{}, names: map[string]string{}}
	add := func(number, name string) {
		if t.names[number] != "" {
			return
		}
		t.names[number] = name
		for _, word := range strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '-' }) {
			folded := data.Fold(word)
			t.words[folded] = append(t.words[folded], number)
		}
	}
	for _, m := range places.Municipalities() {
		add(m.Number, m.Name)
	}
	for _, former := range places.Former() {
		add(former.OldNumber, former.OldName)
	}
	return t
}

// leastBegun is how many letters of a name must be typed to stand for it.
const leastBegun = 4

// numbers are the municipalities that a folded word names.
func (t towns) numbers(word string) []string {
	all := slices.Clone(t.words[word])
	if len(word) >= leastBegun {
		for name, numbers := range t.words {
			if name != word && strings.HasPrefix(name, word) {
				all = append(all, numbers...)
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}
