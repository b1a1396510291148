package data

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold makes spellings that people mix up equal: lower case, æ as ae, ø and oe
// as o, å as aa, the Sámi letters without their strokes, and no accents.
func Fold(s string) string {
	if isPlain(s) {
		return foldOE(s)
	}
	s = foldSearchPairs.Replace(strings.ToLower(norm.NFC.String(s)))
	if !isASCII(s) {
		s = strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Mn, r) {
				return -1
			}
			return r
		}, norm.NFD.String(s))
	}
	return foldOE(s)
}

// isPlain tells whether a text has nothing but lower-case ASCII.
func isPlain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || c >= 'A' && c <= 'Z' {
			return false
		}
	}
	return true
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// foldOE takes the e's after an o away, so that "soer", "sør" and "sor" are one.
func foldOE(s string) string {
	if !strings.Contains(s, "oe") {
		return s
	}
	var b strings.Builder
	afterO := false
	for i := range len(s) {
		if afterO && s[i] == 'e' {
			continue
		}
		afterO = s[i] == 'o'
		b.WriteByte(s[i])
	}
	return b.String()
}

// foldLong is the fold of the register's cache, which is stored: å is aa.
func foldLong(s string) string {
	return foldLongPairs.Replace(strings.ToLower(norm.NFC.String(s)))
}

var (
	foldLongPairs = strings.NewReplacer("æ", "ae", "ä", "ae", "ø", "o", "ö", "o", "é", "e", "è", "e", "ê", "e", "ò", "o", "ó", "o", "ô", "o", "ü", "u", "á", "a",
		"č", "c", "đ", "d", "ŋ", "n", "š", "s", "ŧ", "t", "ž", "z", "å", "aa")
	foldSearchPairs = strings.NewReplacer("æ", "ae", "ä", "ae", "ø", "o", "ö", "o", "å", "aa", "đ", "d", "ŋ", "n", "ŧ", "t", "ß", "ss")
)

// token is a word of a text, folded, and where it stands.
type token struct {
	word     string
	from, to int
}

// tokens are the words of a text in NFC. A number written in groups of three is
// one word: an amount, an organisation number.
func tokens(text string) iter.Seq[token] {
	return func(yield func(token) bool) {
		for at := 0; at < len(text); {
			r, n := utf8.DecodeRuneInString(text[at:])
			if !isWordRune(r) {
				at += n
				continue
			}
			from := at
			digits := true
			for at < len(text) {
				r, n := utf8.DecodeRuneInString(text[at:])
				if !isWordRune(r) {
					break
				}
				digits = digits && r >= '0' && r <= '9'
				at += n
			}
			word := text[from:at]
			if digits && len(word) <= 3 {
				for {
					group, size := groupAt(text[at:])
					if size == 0 {
						break
					}
					word += group
					at += size
				}
			}
			if word = Fold(word); word != "" && !yield(token{word, from, at}) {
				return
			}
		}
	}
}

func isWordRune(r rune) bool {
	return r < utf8.RuneSelf && (r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9') ||
		r >= utf8.RuneSelf && r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r))
}

// groupAt is the next three digits of a number, when text begins with what
// stands between groups and they are exactly three; size is 0 else.
func groupAt(text string) (digits string, size int) {
	r, n := utf8.DecodeRuneInString(text)
	switch r {
	case ' ', '.', '\u00a0', '\u2009', '\u202f':
	default:
		return "", 0
	}
	rest := text[n:]
	if len(rest) < 3 || strings.Trim(rest[:3], "0123456789") != "" {
		return "", 0
	}
	if next, _ := utf8.DecodeRuneInString(rest[3:]); len(rest) > 3 && isWordRune(next) {
		return "", 0
	}
	return rest[:3], n + 3
}

// searchWords are the folded words of a text.
func searchWords(text string) []string {
	var all []string
	for t := range tokens(norm.NFC.String(text)) {
		all = append(all, t.word)
	}
	return all
}

func isNumber(word string) bool { return word != "" && strings.Trim(word, "0123456789") == "" }

// mostEdits is how many typing errors a word of a question may have: none in a
// short one or a number, one in 4–7 letters, two in longer ones.
func mostEdits(word string) int {
	switch n := len(word); {
	case n < 4 || strings.ContainsAny(word, "0123456789"):
		return 0
	case n < 8:
		return 1
	}
	return 2
}

// longestTypo is how long a word with errors can be.
const longestTypo = 48

// typos counts the errors that make wanted into word, or into the beginning of
// word: a letter too many, too few, another, or two that changed places. whole
// tells that it is all of word. More than most is -1.
func typos(wanted, word string, most int) (n int, whole bool) {
	if most == 0 || len(wanted) > longestTypo || len(word) < len(wanted)-most || !mayBegin(wanted, word, most) {
		return -1, false
	}
	word = word[:min(len(word), len(wanted)+most+1)] // a longer one is only begun
	// Of the table of distances only a band round the diagonal matters; what lies
	// beside it is far.
	const far = 100
	var before, last, now [longestTypo + 4]int8
	for j := range last {
		last[j] = far
		if j <= most {
			last[j] = int8(j)
		}
	}
	for i := 1; i <= len(wanted); i++ {
		from, to := max(1, i-most), min(len(word), i+most)
		now[from-1], now[min(to+1, len(now)-1)] = far, far
		if i <= most {
			now[0] = int8(i)
		}
		least := now[from-1]
		for j := from; j <= to; j++ {
			cost := int8(1)
			if wanted[i-1] == word[j-1] {
				cost = 0
			}
			d := min(last[j-1]+cost, last[j]+1, now[j-1]+1)
			if i > 1 && j > 1 && wanted[i-1] == word[j-2] && wanted[i-2] == word[j-1] {
				d = min(d, before[j-2]+1)
			}
			now[j] = d
			least = min(least, d)
		}
		if int(least) > most {
			return -1, false
		}
		before, last, now = last, now, before
	}
	from := max(0, len(wanted)-most)
	if len(word) >= from && len(word) <= len(wanted)+most && int(last[len(word)]) <= most {
		return int(last[len(word)]), true
	}
	best := int8(far)
	for j := from; j < len(word) && j <= len(wanted)+most; j++ {
		best = min(best, last[j])
	}
	if int(best) > most || len(wanted) < 5 { // the beginning of a short word is like too many
		return -1, false
	}
	return int(best), false
}

// mayBegin sorts out most words quickly: among the first letters of both, one
// must be shared.
func mayBegin(wanted, word string, most int) bool {
	for i := range min(most+1, len(wanted)) {
		for j := range min(most+1, len(word)) {
			if wanted[i] == word[j] {
				return true
			}
		}
	}
	return false
}
