package data

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// needles are the texts that tell who somebody is, for finding them in other
// texts.
type needles struct {
	anchors []string         // a text without any of these, folded, and without the digits, has no needle
	digits  []string         // of numbers, without what parts them
	exprs   []*regexp.Regexp // in running text
	whole   []string         // too short for that: only where they are the whole text
	ids     map[string]bool  // of records that go
}

// addName takes a name in. One of a single word is found only where it stands
// alone, for "Bo" is also the beginning of many words.
func (n *needles) addName(name string) {
	words := strings.Fields(name)
	if len(words) == 0 {
		return
	}
	if len(words) == 1 {
		n.whole = append(n.whole, strings.ToLower(words[0]))
		return
	}
	quoted := make([]string, len(words))
	longest := ""
	for i, w := range words {
		quoted[i] = regexp.QuoteMeta(w)
		if len(w) > len(longest) {
			longest = w
		}
	}
	last := len(quoted) - 1
	n.add(strings.ToLower(longest), strings.Join(quoted, `\s+`)+"s?")
	n.add(strings.ToLower(longest), quoted[last]+`,\s*`+strings.Join(quoted[:last], `\s+`))
}

// addAddress takes an e-mail address in.
func (n *needles) addAddress(address string) {
	if address = strings.TrimSpace(address); strings.Contains(address, "@") {
		n.add(strings.ToLower(address), regexp.QuoteMeta(address))
	}
}

// shortestNumber is how many digits a number has at least to be looked for.
const shortestNumber = 5

// addNumber takes a telephone or organisation number in, however it is grouped.
func (n *needles) addNumber(number string) {
	digits := digitsOf(number)
	if strings.HasPrefix(strings.TrimSpace(number), "+47") || strings.HasPrefix(digits, "0047") {
		digits = strings.TrimPrefix(strings.TrimPrefix(digits, "00"), "47")
	}
	if len(digits) < shortestNumber {
		return
	}
	n.digits = append(n.digits, digits)
	n.exprs = append(n.exprs, regexp.MustCompile(`(?:(?:\+|00)47[\s\x{a0}\x{202f}]*)?`+strings.Join(strings.Split(digits, ""), `[\s\x{a0}\x{202f}.-]?`)))
}

func (n *needles) add(anchor, expr string) {
	n.anchors = append(n.anchors, anchor)
	n.exprs = append(n.exprs, regexp.MustCompile("(?i)"+expr))
}

// withWords also finds each word of the names, written with the same letters.
func (n *needles) withWords(names []string) *needles {
	more := *n
	more.anchors, more.exprs = slices.Clone(n.anchors), slices.Clone(n.exprs)
	for _, name := range names {
		for _, word := range strings.Fields(name) {
			if first, _ := utf8.DecodeRuneInString(word); len(word) > 1 && unicode.IsUpper(first) {
				more.anchors = append(more.anchors, strings.ToLower(word))
				more.exprs = append(more.exprs, regexp.MustCompile(regexp.QuoteMeta(word)+"s?"))
			}
		}
	}
	return &more
}

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// may tells quickly whether a text can hold a needle; texts put together from
// several fields will do.
func (n *needles) may(text string) bool {
	if text == "" {
		return false
	}
	lower := strings.ToLower(text)
	for _, a := range n.anchors {
		if strings.Contains(lower, a) {
			return true
		}
	}
	for _, w := range n.whole {
		if strings.Contains(lower, w) {
			return true
		}
	}
	for id := range n.ids {
		if strings.Contains(text, id) {
			return true
		}
	}
	if len(n.digits) > 0 {
		found := digitsOf(text)
		for _, d := range n.digits {
			if strings.Contains(found, d) {
				return true
			}
		}
	}
	return false
}

// place is where a needle stands in a text, in bytes, and the whole of it: a
// needle that was being typed stands there only in part.
type place struct {
	from, to int
	whole    string
}

// find are the places of the needles in a text, in order and apart.
func (n *needles) find(text string) []place {
	var all []place
	for _, e := range n.exprs {
		for _, m := range e.FindAllStringIndex(text, -1) {
			if standsAlone(text, m[0], m[1]) {
				all = append(all, place{m[0], m[1], text[m[0]:m[1]]})
			}
		}
	}
	if len(all) == 0 && slices.Contains(n.whole, strings.ToLower(strings.TrimSpace(text))) {
		all = []place{{0, len(text), text}}
	}
	return apart(all)
}

// apart puts places in order and joins those that overlap.
func apart(all []place) []place {
	slices.SortFunc(all, func(a, b place) int { return a.from - b.from })
	var out []place
	for _, p := range all {
		if last := len(out) - 1; last >= 0 && p.from < out[last].to {
			out[last].to = max(out[last].to, p.to)
			continue
		}
		out = append(out, p)
	}
	return out
}

// standsAlone tells whether no letter or digit stands at either end.
func standsAlone(text string, from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:from])
	after, _ := utf8.DecodeRuneInString(text[to:])
	return !wordRune(before) && !wordRune(after)
}

func wordRune(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// findAll are the places in the texts that a field had one after the other. A
// name that was typed or taken away letter by letter is found in all of them.
func (n *needles) findAll(texts []string) [][]place {
	found := make([][]place, len(texts))
	for i, t := range texts {
		if n.may(t) {
			found[i] = n.find(t)
		}
	}
	for i := len(texts) - 2; i >= 0; i-- {
		found[i] = apart(append(found[i], partly(texts[i], found[i], texts[i+1], found[i+1])...))
	}
	for i := 1; i < len(texts); i++ {
		found[i] = apart(append(found[i], partly(texts[i], found[i], texts[i-1], found[i-1])...))
	}
	return found
}

// partly are places of text where only the beginning of a needle stands, which
// the text beside it in time has in full, or more of.
func partly(text string, known []place, beside string, there []place) []place {
	var all []place
	for _, p := range there {
		rest := beside[p.to:]
		end := len(text) - len(rest)
		if p.from >= end || len(text) < p.from || text[:p.from] != beside[:p.from] || text[end:] != rest {
			continue
		}
		if part := text[p.from:end]; len(part) < len(p.whole) && strings.HasPrefix(p.whole, part) &&
			!slices.ContainsFunc(known, func(k place) bool { return k.from < end && k.to > p.from }) {
			all = append(all, place{p.from, end, p.whole})
		}
	}
	return all
}

// without is a text with mark in the places. A text that is nothing but one of
// them is empty when the field may be.
func without(text string, places []place, mark string, mayBeEmpty bool) string {
	if len(places) == 0 {
		return text
	}
	var b strings.Builder
	at := 0
	for _, p := range places {
		b.WriteString(text[at:p.from])
		b.WriteString(mark)
		at = p.to
	}
	b.WriteString(text[at:])
	if out := b.String(); !mayBeEmpty || strings.TrimSpace(out) != mark {
		return out
	}
	return ""
}
