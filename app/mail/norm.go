package mail

import "strings"

// Nynorsk tells whether a text is rather in nynorsk than in bokmål: who writes to
// a public body is to be answered in the norm that was written (domain.md 4.4).
func Nynorsk(text string) bool {
	nn, nb := 0, 0
	for word := range strings.FieldsSeq(strings.ToLower(text)) {
		switch strings.Trim(word, ".,;:!?()\"") {
		case "ikkje", "eg", "dykk", "kva", "korleis", "kor", "frå", "ein", "eit", "gjere", "noko", "nokon", "veke", "veker", "berre", "meir", "sjå", "helsing", "venleg", "me", "dei", "vere", "vert", "hjå":
			nn++
		case "ikke", "jeg", "dere", "hva", "hvordan", "hvor", "fra", "en", "et", "gjøre", "noe", "noen", "uke", "uker", "bare", "mer", "se", "hilsen", "vennlig", "meg", "de", "være", "blir", "hos":
			nb++
		}
	}
	return nn > nb
}
