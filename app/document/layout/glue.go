package layout

import (
	"slices"
	"strings"
	"unicode"
)

// maxWord is as far as glued looks back and ahead.
const maxWord = 12

// glued tells whether the space at i stands within something that a reader takes
// in at one glance, and where Norwegian text does not break (Språkrådet,
// "Tall, tid og dato"): "1 400 000", "kr 500", "500 kroner", "§ 13",
// "13. januar". What the person wrote is not changed.
func (b *breaker) glued(i int) bool {
	if i == 0 || i+1 >= len(b.runes) {
		return false
	}
	before, after := b.runes[i-1], b.runes[i+1]
	switch {
	case isDigit(after) && isDigit(before):
		return b.digitsBefore(i) <= 3 && b.digitsAfter(i+1) == 3
	case isDigit(after):
		return slices.Contains([]string{"§", "§§", "kr", "kr.", "nr.", "kl.", "ca.", "s.", "kap.", "pkt.", "art.", "tlf.", "NOK"}, b.wordBefore(i))
	case isDigit(before):
		return slices.Contains([]string{"kr", "kroner", "%", "prosent", "mill.", "mrd.", "millionar", "millioner", "km", "m²"}, b.wordAfter(i+1))
	case before == '.' && i > 1 && isDigit(b.runes[i-2]):
		return b.digitsBefore(i-1) <= 2 && slices.Contains([]string{"januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september",
			"oktober", "november", "desember"}, b.wordAfter(i+1))
	}
	return false
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// digitsBefore counts the digits that end before i; 4 stands for more.
func (b *breaker) digitsBefore(i int) (n int) {
	for i > n && n < 4 && isDigit(b.runes[i-n-1]) {
		n++
	}
	return n
}

// digitsAfter counts the digits from i; 4 stands for more.
func (b *breaker) digitsAfter(i int) (n int) {
	for i+n < len(b.runes) && n < 4 && isDigit(b.runes[i+n]) {
		n++
	}
	return n
}

// wordBefore is the word that ends before i, without an opening bracket.
func (b *breaker) wordBefore(i int) string {
	from := i
	for from > 0 && i-from < maxWord && !unicode.IsSpace(b.runes[from-1]) && b.runes[from-1] != '(' {
		from--
	}
	return string(b.runes[from:i])
}

// wordAfter is the word from i, without the signs that end a sentence part.
func (b *breaker) wordAfter(i int) string {
	to := i
	for to < len(b.runes) && to-i < maxWord && !unicode.IsSpace(b.runes[to]) {
		to++
	}
	word := string(b.runes[i:to])
	if trimmed := strings.TrimRight(word, ".,;:)!?"); trimmed != "mill" && trimmed != "mrd" {
		return trimmed
	}
	return strings.TrimRight(word, ",;:)!?")
}
