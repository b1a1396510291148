package post

import (
	"hash/maphash"
	"maps"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"kompetansepilot/data"
)

// Words of the index.
const (
	longestWord = 64 // bytes; longer ones are cut, also when they are searched for
	// Words that are remembered for finding the middle of compounds.
	leastWord = 6
	mostWord  = 48
)

// split cuts a text into words as they stand in the index.
func split(text string) []string {
	words := strings.FieldsFunc(data.Fold(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	for i, w := range words {
		if len(w) > longestWord {
			end := longestWord
			for !utf8.RuneStart(w[end]) {
				end--
			}
			words[i] = w[:end]
		}
	}
	return words
}

// isCompound tells whether a word may hold others.
func isCompound(word string) bool {
	if len(word) < leastWord || len(word) > mostWord {
		return false
	}
	for _, r := range word {
		if r < utf8.RuneSelf && (r < 'a' || r > 'z') {
			return false
		}
	}
	return true
}

// vocabulary remembers which words stand in the file for certain, so that not each
// word of each message asks for it.
type vocabulary struct {
	mu   sync.Mutex
	seed maphash.Seed
	all  map[uint64]struct{}
}

// mostKnown is how many words are remembered; then it begins anew.
const mostKnown = 400_000

func (v *vocabulary) hash(word string) uint64 {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.all == nil {
		v.all, v.seed = map[uint64]struct{}{}, maphash.MakeSeed()
	}
	return maphash.String(v.seed, word)
}

func (v *vocabulary) has(hash uint64) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	_, ok := v.all[hash]
	return ok
}

func (v *vocabulary) add(hashes map[uint64]struct{}) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if len(hashes) == 0 {
		return
	}
	if len(v.all)+len(hashes) > mostKnown {
		clear(v.all)
	}
	maps.Copy(v.all, hashes)
}

func (v *vocabulary) forget() {
	v.mu.Lock()
	defer v.mu.Unlock()
	clear(v.all)
}

// learn remembers the words that are new.
func (a *adder) learn(words map[string]bool) error {
	for word := range words {
		hash := a.known.hash(word)
		if _, ok := a.fresh[hash]; ok || a.known.has(hash) {
			continue
		}
		a.fresh[hash] = struct{}{}
		n, err := affected(a.word.Exec(word))
		if err != nil {
			return err
		}
		if n == 0 || !isCompound(word) {
			continue
		}
		if _, err := a.wordpart.Exec(word); err != nil {
			return err
		}
	}
	return nil
}
