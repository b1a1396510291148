package need

import (
	"fmt"
	"sync"
	"sync/atomic"
)

// piece is a word that stands in a text, on its own or inside another, and how
// surely.
type piece struct {
	stem string
	sure float64
}

// How surely a word of the table stands in a word of a text.
const (
	sureWhole   = 1.0
	sureSlip    = 0.8  // one letter wrong
	sureShort   = 0.5  // another form of a very short word, and maybe another word
	surePart    = 0.75 // every part of the compound is known
	sureInside  = 0.45 // the whole is known too, and may mean something else
	surePartial = 0.6  // only this part of the compound is known
)

// vocabulary are the words of the term table.
type vocabulary struct {
	stems map[string]bool
	// forms are the words as the table has them, folded.
	forms map[string]bool
	// near finds a word with one letter left out, added, changed or swapped.
	near map[string][]string
	// spellings lead from the stems of other spellings of a word to the one that
	// stands for all.
	spellings map[string]string
	others    map[string][]string // the other way
	// known are the pieces of words that were read before, for they come again.
	known sync.Map // word -> []piece
	count atomic.Int64
}

// maxKnown bounds what is remembered.
const maxKnown = 50_000

func (v *vocabulary) remember(word string, pieces []piece) {
	if v.count.Load() < maxKnown {
		v.known.Store(word, pieces)
		v.count.Add(1)
	}
}

func newVocabulary() *vocabulary {
	return &vocabulary{stems: map[string]bool{}, forms: map[string]bool{}, near: map[string][]string{}, spellings: map[string]string{}, others: map[string][]string{}}
}

// same takes in that words are spellings of the first.
func (v *vocabulary) same(words []string) error {
	first := stem(fold(clean(words[0])))
	if of, ok := v.spellings[first]; ok {
		return fmt.Errorf("%q is a spelling of %q already", words[0], of)
	}
	for _, w := range words[1:] {
		s := stem(fold(clean(w)))
		if of, ok := v.spellings[s]; ok && of != first {
			return fmt.Errorf("%q is a spelling of %q already", w, of)
		}
		if s != first && v.spellings[s] == "" {
			v.spellings[s] = first
			v.others[first] = append(v.others[first], s)
		}
	}
	return nil
}

// one is the spelling that stands for all of a stem's.
func (v *vocabulary) one(s string) string {
	if first, ok := v.spellings[s]; ok {
		return first
	}
	return s
}

func (v *vocabulary) add(s string) {
	for _, other := range v.others[s] {
		v.addOne(other)
	}
	v.addOne(s)
}

func (v *vocabulary) addOne(s string) {
	if v.stems[s] {
		return
	}
	v.stems[s] = true
	runes := []rune(s)
	if len(runes) < 5 {
		return
	}
	for i := 1; i < len(runes); i++ {
		left := string(runes[:i]) + string(runes[i+1:])
		v.near[left] = append(v.near[left], s)
	}
}

// pieces are the words of the table in a word of a text.
func (v *vocabulary) pieces(w *word) []piece {
	if v.stems[w.stem] {
		all := []piece{{w.stem, v.whole(w)}}
		for _, p := range v.cut([]rune(w.folded), 3) {
			if p != w.stem {
				all = append(all, piece{p, sureInside})
			}
		}
		return all
	}
	runes := []rune(w.folded)
	if len(runes) < 6 {
		return nil
	}
	if parts := v.cut(runes, 3); parts != nil {
		all := make([]piece, len(parts))
		for i, p := range parts {
			all[i] = piece{p, surePart}
		}
		return all
	}
	if s := v.slip(w.stem); s != "" {
		return []piece{{s, sureSlip}}
	}
	return v.partial(runes)
}

// whole is how surely a word is the one that its stem stands for: "dame" is no
// form of "dam".
func (v *vocabulary) whole(w *word) float64 {
	if len([]rune(w.stem)) > shortStem || v.forms[w.folded] || w.folded == w.stem {
		return sureWhole
	}
	return sureShort
}

// shortStem is how many letters a stem has that many words share.
const shortStem = 3

// cut splits a compound into at most so many known words, or gives nil. The
// longest first word that leaves a known rest wins.
func (v *vocabulary) cut(runes []rune, most int) []string {
	if most < 2 || len(runes) < 6 {
		return nil
	}
	for i := len(runes) - 3; i >= 3; i-- {
		first := v.first(runes[:i])
		if first == "" {
			continue
		}
		rest := runes[i:]
		if s := stem(string(rest)); v.stems[s] && (len(rest) > 3 || i > 3) {
			return []string{first, s}
		}
		if more := v.cut(rest, most-1); more != nil {
			return append([]string{first}, more...)
		}
	}
	return nil
}

// first is the known word that is the first part of a compound, with or without
// the s or e that binds it, or "".
func (v *vocabulary) first(runes []rune) string {
	text := string(runes)
	if s := stem(text); v.stems[s] {
		return s
	}
	if last := runes[len(runes)-1]; len(runes) > 3 && (last == 's' || last == 'e') {
		if s := string(runes[:len(runes)-1]); v.stems[s] {
			return s
		} else if s = stem(s); v.stems[s] {
			return s
		}
	}
	return ""
}

// partial finds the longest known beginning and end of a compound whose other
// parts are not known.
func (v *vocabulary) partial(runes []rune) []piece {
	var all []piece
	for i := 3; i <= len(runes)-5; i++ {
		if s := stem(string(runes[i:])); v.stems[s] && len([]rune(s)) >= 4 {
			all = append(all, piece{s, surePartial})
			break
		}
	}
	for i := len(runes) - 2; i >= 5; i-- {
		if s := v.first(runes[:i]); s != "" && len(s) >= 4 {
			all = append(all, piece{s, surePartial})
			break
		}
	}
	return all
}

// slip finds the known word that differs in one letter, or "".
func (v *vocabulary) slip(s string) string {
	runes := []rune(s)
	if len(runes) < 5 {
		return ""
	}
	best := ""
	take := func(candidate string) {
		if candidate != s && (best == "" || candidate < best) && []rune(candidate)[0] == runes[0] {
			best = candidate
		}
	}
	for _, c := range v.near[s] { // a letter is missing here
		take(c)
	}
	for i := 1; i < len(runes); i++ {
		left := string(runes[:i]) + string(runes[i+1:])
		if len(runes) > 5 && v.stems[left] { // a letter too many here
			take(left)
		}
		if len(runes) < 6 {
			continue
		}
		for _, c := range v.near[left] {
			if oneWrong([]rune(c), runes) {
				take(c)
			}
		}
	}
	return best
}

// oneWrong tells whether two words differ in one letter or in two that changed
// places.
func oneWrong(a, b []rune) bool {
	if len(a) != len(b) {
		return false
	}
	var at []int
	for i := range a {
		if a[i] != b[i] {
			at = append(at, i)
		}
	}
	return len(at) == 1 || len(at) == 2 && at[1] == at[0]+1 && a[at[0]] == b[at[1]] && a[at[1]] == b[at[0]]
}
