package safety

import (
	"strings"
	"unicode"
)

const (
	wholeUpTo = 160 // characters: a text up to this is shown as it is
	nearby    = 60  // characters round what changed
	mostShown = 400 // characters of one side
)

// excerpts are the parts of two texts that differ, with a little of what stands
// round them, so that a change in a long text is seen at once.
func excerpts(before, after string) (string, string) {
	a, b := []rune(before), []rune(after)
	if len(a) <= wholeUpTo && len(b) <= wholeUpTo {
		return before, after
	}
	head, tail := 0, 0
	if len(a) > 0 && len(b) > 0 {
		n := min(len(a), len(b))
		for head < n && a[head] == b[head] {
			head++
		}
		for tail < n-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
			tail++
		}
	}
	return excerpt(a, head, tail), excerpt(b, head, tail)
}

// excerpt leaves out what is alike in front and behind, but for some words.
func excerpt(text []rune, head, tail int) string {
	from, to := max(head-nearby, 0), min(len(text)-tail+nearby, len(text))
	for from > 0 && from < head && !unicode.IsSpace(text[from-1]) {
		from++
	}
	for to < len(text) && to > len(text)-tail && !unicode.IsSpace(text[to]) {
		to--
	}
	shown := text[from:max(from, to)]
	var out strings.Builder
	if from > 0 {
		out.WriteString("… ")
	}
	if len(shown) > mostShown {
		first, last := shown[:mostShown/2], shown[len(shown)-mostShown/2:]
		out.WriteString(untilWord(string(first)) + " … " + fromWord(string(last)))
	} else {
		out.WriteString(strings.TrimSpace(string(shown)))
	}
	if to < len(text) {
		out.WriteString(" …")
	}
	return out.String()
}

// untilWord leaves out the word that the end of a text may have been cut in.
func untilWord(text string) string {
	if i := strings.LastIndexFunc(text, unicode.IsSpace); i > 0 {
		text = text[:i]
	}
	return strings.TrimSpace(text)
}

// fromWord leaves out the word that the beginning may have been cut in.
func fromWord(text string) string {
	if i := strings.IndexFunc(text, unicode.IsSpace); i >= 0 {
		text = text[i:]
	}
	return strings.TrimSpace(text)
}
