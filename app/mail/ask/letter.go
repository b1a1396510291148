package ask

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"kompetansepilot/internal/lazyregexp"
)

// sentence is a piece of a letter; at is where it begins.
type sentence struct {
	text string
	at   int
	due  bool // it stands in a list of deadlines
}

var (
	closing    = lazyregexp.New(`(?i)^\s*(--\s*|(med )?(vennlig|vennleg|venleg|beste|mange|varme) (hilsen|helsing|hilsning)(ar|er)?|(beste |venleg )?(hilsen|helsing|mvh|vh)\b.{0,40})[,!.]?\s*$`)
	quotedHead = lazyregexp.New(`(?i)^\s*(-{2,}\s*(opprinnelig|opphaveleg|opprinneleg|videresendt|vidaresend|original|forwarded)|_{10,}|(fra|frå|from):\s|(den\s)?.{0,60}\b(skrev|skreiv|wrote)\b.{0,80}:\s*$)`)
	reference  = lazyregexp.New(`(?i)^\s*(vår |dykkar |deres )?(ref|sak|saksnr|saksnummer|referanse)`)
	disclaimer = lazyregexp.New(`(fortrolig|fortruleg|konfidensiel|rett mottakar|rette mottaker|ved en feil|ved ein feil|slette? denne|må du slette|confidential|tenk på miljøet)`)
	listHead   = lazyregexp.New(`(?i)\b(frister|fristar|tidsfrister|tidsfristar)\b[^.?!]{0,40}:$`)
	fristHead  = lazyregexp.New(`(?i)\bfrist(en)?\b[^.?!]{0,40}:$`)
	listed     = lazyregexp.New(`^\s*([-•*–·]|\d{1,2}[.)]\s)`)
)

// ownLength is how much of a letter its writer wrote: up to the letters that it
// answers, and to the signature.
func ownLength(text string) int {
	at := 0
	for line := range strings.SplitAfterSeq(text, "\n") {
		trimmed := strings.TrimRight(line, "\r\n")
		if isQuotedHead(trimmed) && (at > 0 || !strings.HasPrefix(strings.TrimSpace(trimmed), "Fr")) ||
			at > 0 && len(trimmed) < 80 && hasAny(lower(trimmed), "hils", "helsing", "mvh", "vh", "--") && closing.MatchString(trimmed) {
			return at
		}
		at += len(line)
	}
	return at
}

func isQuotedHead(line string) bool {
	return hasAny(line, ":", "--", "__") && quotedHead.MatchString(line)
}

// sentences cuts a letter at line ends and at the full stops that end a sentence;
// the dots of dates, times and abbreviations do not. What stands after own is kept
// only where it names a case.
func sentences(text string, own int) []sentence {
	var all []sentence
	at, due, head, quoted := 0, false, "", false
	for line := range strings.SplitAfterSeq(text, "\n") {
		start := at
		at += len(line)
		line = strings.TrimRight(line, "\r\n")
		trimmed := strings.TrimSpace(line)
		quoted = quoted || start >= own && isQuotedHead(trimmed)
		switch {
		case trimmed == "", strings.HasPrefix(trimmed, ">"), quoted:
			continue
		case start >= own:
			if reference.MatchString(trimmed) {
				all = append(all, sentence{text: line, at: start})
			}
			continue
		}
		inList := due && listed.MatchString(line)
		due = inList || strings.HasSuffix(trimmed, ":") && listHead.MatchString(trimmed)
		for _, s := range cut(line, start) {
			s.due = inList || head != ""
			all = append(all, s)
		}
		head = ""
		if strings.HasSuffix(trimmed, ":") && fristHead.MatchString(trimmed) {
			head = trimmed
		}
	}
	return all
}

// cut makes sentences of a line.
func cut(line string, start int) []sentence {
	var all []sentence
	from := 0
	keep := func(to int) {
		if strings.TrimSpace(line[from:to]) != "" {
			all = append(all, sentence{text: line[from:to], at: start + from})
		}
		from = to
	}
	for i, r := range line {
		if r != '.' && r != '!' && r != '?' {
			continue
		}
		rest := line[i+1:]
		if rest == "" || !strings.HasPrefix(rest, " ") || r == '.' && !endsSentence(line[from:i], strings.TrimLeft(rest, " ")) {
			continue
		}
		keep(i + 1)
	}
	keep(len(line))
	return all
}

// endsSentence tells whether a full stop ends a sentence: not after a number that
// a month or a small letter follows, nor after an abbreviation.
func endsSentence(before, after string) bool {
	word := strings.ToLower(before[strings.LastIndexAny(before, " (")+1:])
	switch word {
	case "kl", "kr", "nr", "ca", "f.eks", "bl.a", "jf", "org", "org.nr", "saksnr", "ev", "evt", "mill", "pst", "dvs", "m.m", "tlf", "ref", "t.o.m", "s", "d", "pr", "inkl", "eks", "ekskl", "jan", "feb", "apr", "jun", "jul", "aug", "sep", "sept", "okt", "nov", "des":
		return false
	}
	first, _ := utf8.DecodeRuneInString(after)
	if word != "" && word[len(word)-1] >= '0' && word[len(word)-1] <= '9' {
		return len(word) > 2 && unicode.IsUpper(first) || len(word) <= 2 && unicode.IsUpper(first) && !strings.Contains(strings.ToLower(before), "nr") && monthOf(strings.ToLower(after)) == 0
	}
	return unicode.IsUpper(first) || unicode.IsDigit(first) || !unicode.IsLetter(first)
}

// lower is a text in small letters, with every letter where it was.
func lower(s string) string {
	if !utf8.ValidString(s) {
		b := []byte(s)
		for i := 0; i < len(b); {
			r, n := utf8.DecodeRune(b[i:])
			if r == utf8.RuneError && n == 1 {
				b[i] = ' '
			}
			i += n
		}
		s = string(b)
	}
	return strings.Map(func(r rune) rune {
		if l := unicode.ToLower(r); utf8.RuneLen(l) == utf8.RuneLen(r) {
			return l
		}
		return r
	}, s)
}
