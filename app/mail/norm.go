package mail

import (
	"strings"

	"kompetansepilot/app/mail/link"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// Nynorsk tells whether a text is rather in nynorsk than in bokmål: who writes to
// a public body is to be answered in the norm that was written (domain.md 4.4).
func Nynorsk(text string) bool { nn, nb := normWords(text); return nn > nb }

// bokmal tells whether a text is rather in bokmål. A text may be neither.
func bokmal(text string) bool { nn, nb := normWords(text); return nb > nn }

// normWords counts the words that only one of the norms has.
func normWords(text string) (nn, nb int) {
	for word := range strings.FieldsSeq(strings.ToLower(text)) {
		switch strings.Trim(word, ".,;:!?()\"") {
		case "ikkje", "eg", "dykk", "kva", "korleis", "kor", "frå", "ein", "eit", "gjere", "noko", "nokon", "veke", "veker", "berre", "meir", "sjå", "helsing", "venleg", "me", "dei", "vere", "vert", "hjå", "kjem", "treng", "gjev", "nokre":
			nn++
		case "ikke", "jeg", "dere", "hva", "hvordan", "hvor", "fra", "en", "et", "gjøre", "noe", "noen", "uke", "uker", "bare", "mer", "hilsen", "vennlig", "være", "blir", "hos", "kommer", "trenger":
			nb++
		}
	}
	return nn, nb
}

// NormOf is the written norm, "nb" or "nn", that a letter to an address should have
// (domain.md 4.4): a municipality's own decision goes before all; then what the
// person is noted to be written to in; then the norm of the latest letter from the
// address; then the organisation's; then that of its municipality. latest is that
// letter's text, or "". home is the answer when nobody has chosen.
func (d *Desk) NormOf(address, latest, home string) (string, error) {
	address = strings.ToLower(strings.TrimSpace(address))
	records, err := d.records()
	if err != nil {
		return home, err
	}
	organisations := records.ByAddress(address)
	if domain := link.Domain(address); len(organisations) == 0 && !link.Public(domain) {
		organisations = records.ByDomain(domain)
	}
	var of data.Organisation
	if len(organisations) == 1 {
		if of, err = data.Get[data.Organisation](d.workspace, organisations[0]); err != nil {
			return home, err
		}
	}
	place, _ := d.places.Municipality(of.Municipality)
	if of.LegalForm == municipalForm && known(place.Norm) {
		return place.Norm, nil
	}
	people, err := data.Live[data.Person](d.workspace, "lower(email) = ?", "id", address)
	if err != nil {
		return home, err
	}
	for i := range people {
		if known(people[i].Norm) {
			return people[i].Norm, nil
		}
	}
	switch {
	case Nynorsk(latest):
		return reference.NormNynorsk, nil
	case bokmal(latest):
		return reference.NormBokmal, nil
	case known(of.Norm):
		return of.Norm, nil
	case known(place.Norm):
		return place.Norm, nil
	case known(home):
		return home, nil
	}
	return reference.NormBokmal, nil
}

// municipalForm is the legal form of municipalities in the company register.
const municipalForm = "KOMM"

func known(norm string) bool { return norm == reference.NormBokmal || norm == reference.NormNynorsk }
