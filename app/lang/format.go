package lang

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// NarrowSpace groups the digits of an amount: U+202F, which never breaks.
const NarrowSpace = "\u202f"

// Number groups the digits in threes: "1 400 000". Norwegian practice
// (Språkrådet, "Tall") and, for consistency on the screen, English too.
func (p *Printer) Number(n int64) string {
	s := strconv.FormatInt(n, 10)
	sign := ""
	if s[0] == '-' {
		sign, s = "−", s[1:]
	}
	if len(s) <= 3 {
		return sign + s
	}
	var b strings.Builder
	b.WriteString(sign)
	head := len(s) % 3
	b.WriteString(s[:head])
	for i := head; i < len(s); i += 3 {
		if i > 0 {
			b.WriteString(NarrowSpace)
		}
		b.WriteString(s[i : i+3])
	}
	return b.String()
}

// Money is an amount in whole kroner, without a unit.
func (p *Printer) Money(kroner int64) string { return p.Number(kroner) }

// Percent is part/whole in per cent with decimals digits, rounded half up,
// without the sign: "70,04".
func (p *Printer) Percent(part, whole int64, decimals int) string {
	if whole == 0 {
		return "0"
	}
	s := strconv.FormatFloat(float64(part)*100/float64(whole), 'f', decimals, 64)
	return strings.Replace(s, ".", p.Decimal(), 1)
}

// Decimal stands before the decimals of a number: a comma, in English a point.
func (p *Printer) Decimal() string {
	if p.code == "en" {
		return "."
	}
	return ","
}

// DateShort is "12.11.2026" for an ISO date; another text comes back as it is.
func (p *Printer) DateShort(iso string) string {
	t, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return iso
	}
	return t.Format("02.01.2006")
}

// DateLong is "12. november 2026" ("12 November 2026" in English) for an ISO
// date; another text comes back as it is.
func (p *Printer) DateLong(iso string) string {
	t, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return iso
	}
	month := p.Month(t.Month())
	if p.code == "en" {
		return fmt.Sprintf("%d %s %d", t.Day(), month, t.Year())
	}
	return fmt.Sprintf("%d. %s %d", t.Day(), month, t.Year())
}

// Clock is "14:32:05" in local time.
func (p *Printer) Clock(t time.Time) string { return t.Local().Format("15:04:05") }

// Moment is "12.11.2026 14:32" in local time.
func (p *Printer) Moment(t time.Time) string { return t.Local().Format("02.01.2006 15:04") }

// Month is the name of the month inside a sentence.
func (p *Printer) Month(m time.Month) string {
	if p.code == "en" {
		return m.String()
	}
	return norwegianMonths[m-1]
}

// MonthShort is the name of the month in a tight place: "jan".
func (p *Printer) MonthShort(m time.Month) string {
	r := []rune(p.Month(m))
	return string(r[:3])
}

// Both norms write the months alike.
var norwegianMonths = [...]string{
	"januar", "februar", "mars", "april", "mai", "juni",
	"juli", "august", "september", "oktober", "november", "desember",
}

// ParseMoney reads an amount as people type or paste it: "1 400 000",
// "1.400.000", "kr 1400000,-", "1400000,00". Empty is 0. Decimals other than
// zero are refused, for the plans are in whole kroner.
func ParseMoney(s string) (int64, error) {
	s = strings.ToLower(strings.TrimSpace(s))
	s = strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(strings.TrimPrefix(s, "kr"), ",-"), "kr"))
	s = strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\u00a0', '\u202f', '\u2009', '\'', '\t':
			return -1
		case '−', '–':
			return '-'
		}
		return r
	}, s)
	if i := strings.IndexByte(s, ','); i >= 0 {
		if strings.Trim(s[i+1:], "0") != "" {
			return 0, fmt.Errorf("not whole kroner: %q", s)
		}
		s = s[:i]
	}
	if i := strings.LastIndexByte(s, '.'); i >= 0 {
		// A point before three digits groups; before one or two zeros it is a decimal point.
		if tail := s[i+1:]; len(tail) < 3 {
			if strings.Trim(tail, "0") != "" {
				return 0, fmt.Errorf("not whole kroner: %q", s)
			}
			s = s[:i]
		}
		s = strings.ReplaceAll(s, ".", "")
	}
	if s == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n > MaxKroner || n < -MaxKroner {
		return 0, fmt.Errorf("not an amount: %q", s)
	}
	return n, nil
}

// MaxKroner is the largest amount that a field takes: a thousand billion, far
// over any grant and far under what would overflow when multiplied by 100.
const MaxKroner = 1_000_000_000_000

// Joined puts those parts together that say something.
func Joined(with string, parts ...string) string {
	var said []string
	for _, p := range parts {
		if p != "" {
			said = append(said, p)
		}
	}
	return strings.Join(said, with)
}

// Inside is a label as it stands in the middle of a sentence: with a small first
// letter.
func Inside(label string) string {
	first, size := utf8.DecodeRuneInString(label)
	return string(unicode.ToLower(first)) + label[size:]
}
