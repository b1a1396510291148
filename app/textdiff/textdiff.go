// Package textdiff tells what differs between two texts, word by word.
package textdiff

import (
	"strings"
	"time"
	"unicode"

	"github.com/sergi/go-diff/diffmatchpatch"
)

// Change is what became of a part of a text.
type Change int

// The changes.
const (
	Same Change = iota
	Added
	Removed
)

// Part is a run of words, spaces and line breaks.
type Part struct {
	Text   string
	Change Change
}

// patience is how long two texts are compared before what is left is called
// removed and added as a whole.
const patience = 500 * time.Millisecond

// Words compares two texts. Joined, the parts that are not Added are before, and
// those that are not Removed are after.
func Words(before, after string) []Part {
	numbers := map[string]rune{}
	var words []string
	a, b := encode(before, numbers, &words), encode(after, numbers, &words)
	d := diffmatchpatch.New()
	d.DiffTimeout = patience
	diffs := d.DiffCleanupSemantic(d.DiffMainRunes(a, b, false))
	var parts []Part
	for _, diff := range diffs {
		var text strings.Builder
		for _, r := range diff.Text {
			text.WriteString(words[index(r)])
		}
		parts = append(parts, Part{text.String(), change(diff.Type)})
	}
	return parts
}

func change(op diffmatchpatch.Operation) Change {
	switch op {
	case diffmatchpatch.DiffInsert:
		return Added
	case diffmatchpatch.DiffDelete:
		return Removed
	}
	return Same
}

// encode gives each different word a rune of its own.
func encode(text string, numbers map[string]rune, words *[]string) []rune {
	var out []rune
	for _, word := range split(text) {
		r, known := numbers[word]
		if !known {
			r = number(len(*words))
			numbers[word] = r
			*words = append(*words, word)
		}
		out = append(out, r)
	}
	return out
}

// Surrogates are no runes, so the numbers go round them.
const (
	firstSurrogate = 0xd800
	surrogates     = 0x800
)

func number(i int) rune {
	if i+1 < firstSurrogate {
		return rune(i + 1)
	}
	return rune(i + 1 + surrogates)
}

func index(r rune) int {
	if r < firstSurrogate {
		return int(r) - 1
	}
	return int(r) - 1 - surrogates
}

// mostWords is how many different words have a number.
const mostWords = unicode.MaxRune - surrogates - 1

// split cuts a text into words, spaces and line breaks.
func split(text string) []string {
	var words []string
	start := 0
	inSpace := false
	cut := func(end int) {
		if end > start {
			words = append(words, text[start:end])
		}
		start = end
	}
	for i, r := range text {
		space := unicode.IsSpace(r)
		if r == '\n' || space != inSpace {
			cut(i)
		}
		if r == '\n' {
			cut(i + 1)
			space = false
		}
		inSpace = space
	}
	cut(len(text))
	if len(words) > mostWords/2 {
		return []string{text}
	}
	return words
}
