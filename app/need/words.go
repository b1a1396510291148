package need

import (
	"slices"
	"strings"
	"unicode"
)

// word is a word of a text.
type word struct {
	raw      string // as it was written, in lower case
	folded   string
	stem     string
	sentence int
	// weight is less than 1 where the writer says that this is not what they
	// lack: "turnus kan vi", "ikke bare engelsk".
	weight float64
}

// How much words count that are not what the writer lacks.
const (
	weightHave     = 0.12 // "… kan vi fra før", "… er i orden"
	weightConceded = 0.75 // what stands before "men"
	weightWithout  = 0.1  // "ikke bare …", "uten …"
)

// split cuts a text into words. Sentences end at a full stop, a question mark or
// a line break.
func split(text string) []word {
	var words []word
	sentence := 0
	var breaks []int // words before which a part of a sentence begins
	runes := []rune(clean(text))
	for i := 0; i < len(runes); {
		r := runes[i]
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			if strings.ContainsRune(".!?;:\n", r) && (r != '.' || i+1 >= len(runes) || !unicode.IsDigit(runes[i+1])) {
				sentence++
				breaks = append(breaks, len(words))
			}
			i++
			continue
		}
		start := i
		for i < len(runes) && (unicode.IsLetter(runes[i]) || unicode.IsDigit(runes[i]) || inWord(runes, i)) {
			i++
		}
		raw := string(runes[start:i])
		for _, part := range strings.Split(raw, "-") {
			if part == "" {
				continue
			}
			folded := fold(part)
			words = append(words, word{part, folded, stem(folded), sentence, 1})
		}
	}
	weigh(words, breaks)
	return words
}

// inWord tells whether a sign inside a word belongs to it: "a-melding", "vi's".
func inWord(runes []rune, i int) bool {
	return strings.ContainsRune("-'’", runes[i]) && i+1 < len(runes) && unicode.IsLetter(runes[i+1])
}

// weigh finds what the writer has already, or does not mean.
func weigh(words []word, breaks []int) {
	start := 0
	for i := 0; i <= len(words); i++ {
		contrast := i < len(words) && (words[i].raw == "men" || words[i].raw == "mens" || words[i].raw == "medan" || words[i].raw == "enda")
		if i < len(words) && !contrast && !slices.Contains(breaks, i) {
			continue
		}
		part := words[start:i]
		switch {
		case have(part):
			scale(part, weightHave)
		case contrast && words[i].raw == "men":
			scale(part, weightConceded)
		}
		except(part)
		start = i
	}
}

func scale(words []word, by float64) {
	for i := range words {
		words[i].weight *= by
	}
}

var (
	pronouns = set("vi me de dei han ho hun jeg eg dem folka alle")
	missing  = set("ikke ikkje ingen ingenting inkje manglar mangler lite dårlig dårleg treng trenger hva kva hvordan korleis hvem kven hvorfor kvifor dårlige dårlege aldri elendig")
	already  = set("fra frå før nok av allerede alt godt det bra fint selv sjølv no nå")
	doWell   = []string{"er i orden", "går av seg", "er trygge", "er trygg", "er gode", "er god", "er flinke", "er flink", "er bra", "er greie", "er grei", "går fint", "går bra", "er på plass", "har vi nok", "har me nok", "er stor nok", "er nok"}
)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// have tells whether a part of a sentence says what the business can or has.
func have(part []word) bool {
	raw := make([]string, len(part))
	for i, w := range part {
		raw[i] = w.raw
		if missing[w.raw] {
			return false
		}
	}
	for i := 1; i+1 < len(raw); i++ {
		if (raw[i] != "kan" && raw[i] != "har") || !pronouns[raw[i+1]] || missing[raw[0]] {
			continue
		}
		if !slices.ContainsFunc(raw[i+2:], func(w string) bool { return !already[w] }) {
			return true
		}
	}
	joined := " " + strings.Join(raw, " ") + " "
	return slices.ContainsFunc(doWell, func(p string) bool { return strings.Contains(joined, " "+p+" ") })
}

var (
	notOnly   = set("bare berre")
	negation  = set("ikke ikkje")
	papers    = set("å at lapp papir kurs bevis sertifikat noe noko noen nokon")
	stopsWhat = set("og som for at så fordi om til")
)

// except finds "ikke bare …", "uten …" and "i stedet for …".
func except(part []word) {
	for i := range part {
		raw := part[i].raw
		next := func(n int) string {
			if i+n < len(part) {
				return part[i+n].raw
			}
			return ""
		}
		switch {
		case negation[raw] && notOnly[next(1)]:
			for j := i + 2; j < len(part) && j < i+4 && !stopsWhat[part[j].raw]; j++ {
				part[j].weight *= weightWithout
			}
		case (raw == "uten" || raw == "utan") && !papers[next(1)]:
			for j := i + 1; j < len(part) && j < i+5; j++ {
				part[j].weight *= weightWithout
			}
		case (raw == "staden" || raw == "stedet") && next(1) == "for", raw == "framfor", raw == "heller" && next(1) == "enn":
			for j := i + 1; j < len(part); j++ {
				part[j].weight *= weightWithout
			}
		}
	}
}
