package exchange

import (
	"strings"
	"sync"
	"unicode"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/partner"
	"kompetansepilot/app/reference"
)

// languages are the printers of all the program's languages: a file may be in
// any of them.
var languages = sync.OnceValue(func() []*lang.Printer {
	var all []*lang.Printer
	for _, code := range lang.Codes {
		all = append(all, lang.New(code))
	}
	return all
})

// squeezed is a text without all that people write differently: only folded
// letters and digits.
func squeezed(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, lang.Fold(s))
}

// StatusWord is a status in words, on the screen as in a file; one of a newer
// program stays as it is.
func StatusWord(words *lang.Printer, s partner.Status) string {
	switch s {
	case partner.StatusUnknown:
		return words.T("register.status.new")
	case partner.StatusContacted:
		return words.T("register.status.contacted")
	case partner.StatusVisited:
		return words.T("register.status.visited")
	case partner.StatusMapped:
		return words.T("register.status.mapped")
	case partner.StatusGrouped:
		return words.T("register.status.grouped")
	case partner.StatusAgreed:
		return words.T("register.status.agreement")
	case partner.StatusParticipating:
		return words.T("register.status.participating")
	case partner.StatusFinished:
		return words.T("register.status.finished")
	case partner.StatusDeclined:
		return words.T("register.status.declined")
	}
	return string(s)
}

// SizeWord is a size band in a few words, for a cell: "5–9". With a hyphen Excel
// would take it for a date.
func SizeWord(words *lang.Printer, band string) string {
	switch band {
	case partner.SizeWithheld:
		return words.T("register.size.withheld")
	case partner.SizeNone:
		return words.T("register.size.none")
	}
	return strings.ReplaceAll(band, "-", "–")
}

func normWord(words *lang.Printer, norm string) string {
	switch norm {
	case reference.NormBokmal:
		return words.T("register.norm.nb")
	case reference.NormNynorsk:
		return words.T("register.norm.nn")
	}
	return norm
}

// readings are the stored values behind the words of all languages.
type readings struct {
	status, size, norm map[string]string
	heads              map[string]Field // what may stand over a column
}

var readWords = sync.OnceValue(func() *readings {
	r := &readings{status: map[string]string{}, size: map[string]string{}, norm: map[string]string{}, heads: map[string]Field{}}
	kinds := []Kind{Partners, Providers}
	for _, words := range languages() {
		for _, k := range kinds {
			for _, s := range partner.Pipeline(k.Organisation()) {
				r.status[squeezed(StatusWord(words, s))] = string(s)
				r.status[squeezed(string(s))] = string(s)
			}
		}
		for _, band := range partner.SizeBands() {
			r.size[squeezed(SizeWord(words, band))] = band
			r.size[squeezed(band)] = band
		}
		for _, n := range []string{reference.NormBokmal, reference.NormNynorsk} {
			r.norm[squeezed(normWord(words, n))] = n
			r.norm[n] = n
		}
	}
	for i := len(languages()) - 1; i >= 0; i-- { // the first language wins
		words := languages()[i]
		for _, f := range append(Partners.Fields(), Contacts.Fields()...) {
			for head := range strings.SplitSeq(f.heads(words), ",") {
				r.heads[squeezed(head)] = f
			}
			r.heads[squeezed(f.Label(words))] = f
			r.heads[squeezed(string(f))] = f
		}
	}
	return r
})
