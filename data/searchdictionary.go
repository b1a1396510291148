package data

import (
	"cmp"
	"database/sql"
	"slices"
	"strings"
	"sync"
)

// dictionary is every word of the search index, in memory: a few megabytes in
// the largest workspace. It finds the words that have others inside them, and
// those that somebody may have mistyped, faster than an index of its own would.
type dictionary struct {
	mu     sync.RWMutex
	loaded bool
	state  int64  // how far the index had come
	words  string // all of them, each with a line break before it, and one at the end
	fresh  map[string]bool
}

// mostFresh is how many new words are kept beside the others until all of them
// are read again.
const mostFresh = 20_000

const (
	// mostInside is how many of the words with another inside are asked for.
	mostInside = 48
	// mostLooked is how many are chosen among.
	mostLooked = 4000
	// mostMistyped is how many of the words near a mistyped one are asked for.
	mostMistyped = 24
)

// follow reads the words of an index that has come to state.
func (d *dictionary) follow(db *sql.DB, state int64) error {
	d.mu.RLock()
	ok := d.loaded && d.state == state && len(d.fresh) < mostFresh
	d.mu.RUnlock()
	if ok {
		return nil
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	rows, err := db.Query("SELECT term FROM search_word")
	if err != nil {
		return err
	}
	defer rows.Close()
	var b strings.Builder
	b.WriteByte('\n')
	for rows.Next() {
		var word sql.RawBytes
		if err := rows.Scan(&word); err != nil {
			return err
		}
		b.Write(word)
		b.WriteByte('\n')
	}
	if err := rows.Err(); err != nil {
		return err
	}
	d.words, d.fresh, d.state, d.loaded = b.String(), map[string]bool{}, state, true
	return nil
}

// add takes in the words of what was indexed between two states.
func (d *dictionary) add(from, to int64, words map[string]bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.loaded || d.state != from {
		return // it reads them all when it is asked
	}
	for word := range words {
		if !d.has(word) {
			d.fresh[word] = true
		}
	}
	d.state = to
}

func (d *dictionary) has(word string) bool {
	return d.fresh[word] || strings.Contains(d.words, "\n"+word+"\n")
}

// forget makes it read all its words anew.
func (d *dictionary) forget() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.loaded = false
}

// inside are the words that have part inside, not at the beginning: those that
// end with it first, for in a Norwegian compound the last part says what it is.
func (d *dictionary) inside(part string) []string {
	d.mu.RLock()
	defer d.mu.RUnlock()
	var found []string
	for at := 0; len(found) < mostLooked; {
		i := strings.Index(d.words[at:], part)
		if i < 0 {
			break
		}
		at += i
		from := strings.LastIndexByte(d.words[:at], '\n') + 1
		to := at + strings.IndexByte(d.words[at:], '\n')
		if from < at && !strings.HasPrefix(d.words[from:to], part) {
			found = append(found, d.words[from:to])
		}
		at = to
	}
	for word := range d.fresh {
		if strings.Contains(word, part) && !strings.HasPrefix(word, part) {
			found = append(found, word)
		}
	}
	atEnd := func(word string) int {
		if strings.HasSuffix(word, part) {
			return 0
		}
		return 1
	}
	slices.SortFunc(found, func(a, b string) int {
		return cmp.Or(cmp.Compare(atEnd(a), atEnd(b)), cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
	})
	return found[:min(len(found), mostInside)]
}

// near are the words that a mistyped one may stand for, the nearest first.
func (d *dictionary) near(mistyped string) []string {
	most := mostEdits(mistyped)
	if most == 0 {
		return nil
	}
	type match struct {
		word  string
		worth int
	}
	var found []match
	look := func(word string) {
		if n, whole := typos(mistyped, word, most); n >= 0 {
			worth := 2 * n
			if !whole {
				worth++
			}
			found = append(found, match{word, worth})
		}
	}
	d.mu.RLock()
	defer d.mu.RUnlock()
	rest := strings.TrimPrefix(d.words, "\n")
	for rest != "" {
		word, after, _ := strings.Cut(rest, "\n")
		rest = after
		if word != "" && word[0] > '9' {
			look(word)
		}
	}
	for word := range d.fresh {
		look(word)
	}
	slices.SortFunc(found, func(a, b match) int {
		return cmp.Or(cmp.Compare(a.worth, b.worth), cmp.Compare(len(a.word), len(b.word)), cmp.Compare(a.word, b.word))
	})
	var words []string
	for _, m := range found[:min(len(found), mostMistyped)] {
		words = append(words, m.word)
	}
	return words
}
