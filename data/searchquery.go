package data

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// SearchText is what somebody looks for: words that must all be there, in any
// order, each as a word, the beginning of one, or a part of a compound.
type SearchText struct {
	words []searchWord
}

type searchWord struct {
	text string
	// also are words that stand for this one: the numbers of a municipality.
	also []string
}

// mostWords is how many words of a question count.
const mostWords = 12

// ParseSearch reads a question. Numbers may be written in groups, also while
// the last group is on its way; "kr" beside an amount and "NO … MVA" round an
// organisation number say nothing.
func ParseSearch(text string) SearchText {
	text = norm.NFC.String(text)
	digits := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
	if isNumber(digits) {
		return SearchText{words: []searchWord{{text: digits}}}
	}
	return parseWords(text)
}

func parseWords(text string) SearchText {
	var q SearchText
	words := searchWords(text)
	amount := slices.ContainsFunc(words, func(w string) bool { return len(w) > 3 && isNumber(w) })
	number := slices.ContainsFunc(words, func(w string) bool { return len(w) == 9 && isNumber(w) })
	for _, word := range words[:min(len(words), mostWords)] {
		silent := amount && (word == "kr" || word == "kroner" || word == "nok") || number && (word == "no" || word == "mva")
		if !silent && !slices.ContainsFunc(q.words, func(w searchWord) bool { return w.text == word }) {
			q.words = append(q.words, searchWord{text: word})
		}
	}
	return q
}

// Empty tells whether there is nothing to look for.
func (q SearchText) Empty() bool { return len(q.words) == 0 }

// With adds what stands for each folded word; nil adds nothing.
func (q SearchText) With(also func(folded string) []string) SearchText {
	if also == nil {
		return q
	}
	q.words = slices.Clone(q.words)
	for i := range q.words {
		q.words[i].also = also(q.words[i].text)
	}
	return q
}

// What a word that is found is worth.
const (
	worthWhole  = 100
	worthBegin  = 80
	worthEnd    = 60 // of a compound
	worthInside = 45
	worthAlso   = 40
	worthTypo   = 30
	eachEdit    = 8
	// leastInside is how long a part of a compound must be.
	leastInside = 3
)

// worth is what finding w in the word of a text is worth; 0 is not found.
// forgiving also takes typing errors.
func (w *searchWord) worth(word string, forgiving bool) int {
	switch at := strings.Index(word, w.text); {
	case at == 0 && len(word) == len(w.text):
		return worthWhole
	case at == 0:
		return worthBegin - min(len(word)-len(w.text), 15)
	case at > 0 && len(w.text) >= leastInside && strings.HasSuffix(word, w.text):
		return worthEnd
	case at > 0 && len(w.text) >= leastInside:
		return worthInside
	}
	if slices.Contains(w.also, word) {
		return worthAlso
	}
	if !forgiving {
		return 0
	}
	n, whole := typos(w.text, word, mostEdits(w.text))
	switch {
	case n < 0:
		return 0
	case whole:
		return worthTypo - n*eachEdit
	}
	return worthTypo - n*eachEdit - eachEdit/2
}

// The whole title is worth more than its words, and a title more than a text.
const (
	worthTitleIs     = 100
	worthTitleBegins = 40
	titleTimes       = 3
)

// Worth is how well a title and a text answer the question: 0 when a word is in
// neither. forgiving also takes typing errors.
func (q SearchText) Worth(title, text string, forgiving bool) int {
	if q.Empty() {
		return 0
	}
	var best [mostWords]int
	titleWords := searchWords(title)
	for _, word := range titleWords {
		for i := range q.words {
			best[i] = max(best[i], titleTimes*q.words[i].worth(word, forgiving))
		}
	}
	if slices.Min(best[:len(q.words)]) < worthWhole && text != "" {
		for t := range tokens(norm.NFC.String(text)) {
			for i := range q.words {
				if best[i] < worthWhole {
					best[i] = max(best[i], q.words[i].worth(t.word, forgiving))
				}
			}
		}
	}
	sum := 0
	for i := range q.words {
		if best[i] == 0 {
			return 0
		}
		sum += best[i]
	}
	sum /= len(q.words)
	typed, have := q.joined(), strings.Join(titleWords, " ")
	switch {
	case typed == have:
		sum += worthTitleIs + worthTitleBegins
	case strings.HasPrefix(have, typed):
		sum += worthTitleBegins
	}
	return sum
}

func (q SearchText) joined() string {
	var all []string
	for i := range q.words {
		all = append(all, q.words[i].text)
	}
	return strings.Join(all, " ")
}

// Span is a part of a text, in bytes.
type Span struct{ From, To int }

// Excerpt is some of a text round what was found in it.
type Excerpt struct {
	Text  string
	Marks []Span // what was found
}

// excerptLength is how long an excerpt is, in characters, and excerptBefore how
// much of it comes before the first mark.
const (
	excerptLength = 110
	excerptBefore = 30
)

// Excerpt is the line of a text that has most of the words, cut where it is
// long. It is empty when the text has none of them.
func (q SearchText) Excerpt(text string, forgiving bool) Excerpt {
	var best Excerpt
	var most int
	text = norm.NFC.String(strings.ToValidUTF8(text, "\ufffd"))
	for line := range strings.SplitSeq(text, "\n") {
		var marks []Span
		var found [mostWords]int
		for t := range tokens(line) {
			hit := false
			for i := range q.words {
				if worth := q.words[i].worth(t.word, forgiving); worth > 0 {
					hit = true
					found[i] = max(found[i], worth)
				}
			}
			if hit {
				marks = append(marks, Span{t.from, t.to})
			}
		}
		sum := 0
		for _, worth := range found {
			sum += worth
		}
		if sum > most {
			most, best = sum, Excerpt{line, marks}
		}
	}
	return best.cut()
}

// cut shortens an excerpt to what surrounds its first mark, at words.
func (e Excerpt) cut() Excerpt {
	if utf8.RuneCountInString(e.Text) <= excerptLength || len(e.Marks) == 0 {
		return e.trimmed(0, len(e.Text), "", "")
	}
	from := e.Marks[0].From
	for n := 0; n < excerptBefore && from > 0; n++ {
		_, size := utf8.DecodeLastRuneInString(e.Text[:from])
		from -= size
	}
	if from > 0 {
		if space := strings.IndexByte(e.Text[from:e.Marks[0].From], ' '); space >= 0 {
			from += space + 1
		}
	}
	to := from
	for n := 0; n < excerptLength && to < len(e.Text); n++ {
		_, size := utf8.DecodeRuneInString(e.Text[to:])
		to += size
	}
	if to < len(e.Text) {
		if space := strings.LastIndexByte(e.Text[e.Marks[0].From:to], ' '); space > 0 && e.Marks[0].From+space >= e.Marks[0].To {
			to = e.Marks[0].From + space
		}
	}
	before, after := "", ""
	if from > 0 {
		before = "… "
	}
	if to < len(e.Text) {
		after = " …"
	}
	return e.trimmed(from, to, before, after)
}

// trimmed is a part of an excerpt with the marks that are left; what cannot be
// shown on a line is a space.
func (e Excerpt) trimmed(from, to int, before, after string) Excerpt {
	text := strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf && unicode.IsControl(r) {
			return ' '
		}
		return r
	}, e.Text[from:to])
	short := Excerpt{Text: before + text + after}
	for _, m := range e.Marks {
		if m.From >= from && m.To <= to {
			short.Marks = append(short.Marks, Span{m.From - from + len(before), m.To - from + len(before)})
		}
	}
	return short
}
