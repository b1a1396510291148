// Package typography sets the signs of a text as Norwegian sets them: quotes,
// dashes, ellipses and spaces. It changes no word and no letter.
//
// The rules are Språkrådet's, "Skriveregler: tegnsetting": «» for quotes and ‘’
// inside them, a dash with spaces for a break in the sentence, a dash without
// for from–to, a space before the per cent sign.
package typography

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"kompetansepilot/internal/lazyregexp"
)

// Mend is text with its signs set right. What may mean something else stays as
// it is: quotes that don't come in pairs, hyphens in names, dates, telephone and
// case numbers, and everything in addresses of the web and of mail. Mend of what
// Mend gave is the same text.
func Mend(text string) string {
	lines := strings.Split(strings.ToValidUTF8(text, "\uFFFD"), "\n")
	for i, line := range lines {
		lines[i] = settled(line)
	}
	return strings.Join(lines, "\n")
}

// mostRounds is enough for what one mended sign makes of its neighbours.
const mostRounds = 8

func settled(line string) string {
	for range mostRounds {
		next := mendLine(line)
		if next == line {
			break
		}
		line = next
	}
	return line
}

// address is a word that is an address, and is not touched.
var address = lazyregexp.New(`(?i)\b(?:https?://|www\.)\S+|\S+@\S+`)

// bullet is what begins a line of a list.
var bullet = lazyregexp.New(`^[ \t]*(?:[-*+•–][ \t]+)?`)

func mendLine(line string) string {
	start := bullet.FindString(line)
	rest := line[len(start):]
	quotes := quotesOf(rest)
	var b strings.Builder
	b.WriteString(start)
	from := 0
	for _, at := range address.FindAllStringIndex(rest, -1) {
		b.WriteString(mendPart(rest[from:at[0]], quotes, from))
		b.WriteString(rest[at[0]:at[1]])
		from = at[1]
	}
	b.WriteString(mendPart(rest[from:], quotes, from))
	return b.String()
}

var (
	spaces     = lazyregexp.New(`([^\s]) {2,}([^\s])`)
	beforeSign = lazyregexp.New(`(\p{L}|\d|[)»]) +([,;!?]|\.(?:\s|$)|:(?:\s|$))`)
	ellipsis   = lazyregexp.New(`(^|[^.])\.{3}($|[^.])`)
	dash       = lazyregexp.New(`(\S) (?:-|--|—) (\S)`)
	percent    = lazyregexp.New(`(\d)(%)`)
	kroner     = lazyregexp.New(`\b([Kk]r\.?|NOK)(\d)`)
	amount     = lazyregexp.New(`(\b(?:[Kk]r\.?|NOK) ?)(\d[\d. ]*\d)|(\d[\d.]*\d)( (?:kroner|kr)\b)`)
	thousands  = lazyregexp.New(`^\d{1,3}(?:\.\d{3})+$`)
	section    = lazyregexp.New(`§(\d)`)
	span       = lazyregexp.New(`\d+-\d+`)
)

// mendPart is a part of a line with its signs set; at is where the part begins
// in the line that the quotes were found in.
func mendPart(s string, quotes map[int]string, at int) string {
	var b strings.Builder
	for i, r := range s {
		if with, ok := quotes[at+i]; ok {
			b.WriteString(with)
		} else {
			b.WriteRune(r)
		}
	}
	s = b.String()
	s = twice(spaces, s, "$1 $2")
	s = beforeSign.ReplaceAllString(s, "$1$2")
	s = ellipsis.ReplaceAllString(s, "$1…$2")
	s = twice(dash, s, "$1 – $2")
	s = percent.ReplaceAllString(s, "$1 $2")
	s = kroner.ReplaceAllString(s, "$1 $2")
	s = section.ReplaceAllString(s, "§ $1")
	s = amount.ReplaceAllStringFunc(s, grouped)
	return ranges(s)
}

// twice replaces matches that may share a character with the next one.
func twice(re *lazyregexp.Regexp, s, with string) string {
	return re.ReplaceAllString(re.ReplaceAllString(s, with), with)
}

// grouped is an amount with a space before each three digits.
func grouped(s string) string {
	m := amount.FindStringSubmatch(s)
	digits := m[2] + m[3]
	plain := digits
	if thousands.MatchString(digits) {
		plain = strings.ReplaceAll(digits, ".", "")
	}
	if strings.ContainsAny(plain, ". ") || plain[0] == '0' || len(plain) < 5 && plain == digits {
		return s
	}
	var b strings.Builder
	for i, r := range plain {
		if i > 0 && (len(plain)-i)%3 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return m[1] + b.String() + m[4]
}

// mostPage is the last number that a range from–to of other than years has.
const mostPage = 999

// ranges gives from–to its dash: two years, or two small numbers that rise and
// stand alone.
func ranges(s string) string {
	var b strings.Builder
	from := 0
	for _, at := range span.FindAllStringIndex(s, -1) {
		b.WriteString(s[from:at[0]])
		word := s[at[0]:at[1]]
		left, right, _ := strings.Cut(word, "-")
		before, _ := utf8.DecodeLastRuneInString(s[:at[0]])
		after, _ := utf8.DecodeRuneInString(s[at[1]:])
		if !joins(before) && !joins(after) && !thousandsBefore(s[:at[0]]) && isRange(left, right) {
			word = left + "–" + right
		}
		b.WriteString(word)
		from = at[1]
	}
	b.WriteString(s[from:])
	return b.String()
}

// joins tells whether a sign beside a range makes it a part of something else: a
// date, a name, a number of a case.
func joins(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-/_#+", r)
}

// thousandsBefore tells whether digits and a space come before: a number in
// groups, or a telephone number.
func thousandsBefore(s string) bool {
	trimmed := strings.TrimRight(s, " \u00a0")
	last, _ := utf8.DecodeLastRuneInString(trimmed)
	return len(trimmed) < len(s) && unicode.IsDigit(last)
}

func isRange(left, right string) bool {
	a, err := strconv.Atoi(left)
	if err != nil {
		return false
	}
	z, err := strconv.Atoi(right)
	if err != nil || a >= z || left[0] == '0' && len(left) > 2 {
		return false
	}
	year := func(n int) bool { return n >= 1900 && n <= 2100 }
	return year(a) && year(z) || z <= mostPage
}

// quotesOf finds what each quote of a line becomes, by its place in bytes. It is
// nil where the quotes don't come in pairs.
func quotesOf(line string) map[int]string {
	found := map[int]string{}
	var open []rune // the kinds that are open, outermost first
	runes := []rune(line)
	at := 0
	for i, r := range runes {
		before, after := ' ', ' '
		if i > 0 {
			before = runes[i-1]
		}
		if i+1 < len(runes) {
			after = runes[i+1]
		}
		here := at
		at += utf8.RuneLen(r)
		switch r {
		case '"', '“', '”', '„', '«', '»':
			if unicode.IsDigit(before) && r == '"' && len(open) == 0 {
				return nil // inches
			}
			opens := r == '«' || r == '„' || r != '»' && len(open) == 0 || r != '»' && opensAt(before, after) && !closesAt(before, after)
			switch {
			case opens:
				found[here] = "«"
				if len(open) > 0 {
					found[here] = "‘"
				}
				if len(open) > 1 {
					return nil
				}
				open = append(open, '"')
			case len(open) == 0:
				return nil
			default:
				open = open[:len(open)-1]
				found[here] = "»"
				if len(open) > 0 {
					found[here] = "’"
				}
			}
		case '\'':
			if unicode.IsLetter(before) && unicode.IsLetter(after) {
				found[here] = "’"
			}
		}
	}
	if len(open) > 0 {
		return nil
	}
	return found
}

func opensAt(before, after rune) bool {
	return (unicode.IsSpace(before) || strings.ContainsRune("([«–-", before)) && !unicode.IsSpace(after)
}

func closesAt(before, after rune) bool {
	return !unicode.IsSpace(before) && (unicode.IsSpace(after) || unicode.IsPunct(after))
}
