package register

import (
	"kompetansepilot/app/lang"
	"kompetansepilot/app/partner"
	"kompetansepilot/app/reference"
	"kompetansepilot/ui/kit"
)

// statusWord is a status in words; one of a newer program stays as it is.
func statusWord(words *lang.Printer, s partner.Status) string {
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

// sizeWord is a size band for a cell.
func sizeWord(words *lang.Printer, band string) string {
	switch band {
	case partner.SizeWithheld:
		return words.T("register.size.withheld")
	case partner.SizeNone:
		return words.T("register.size.none")
	}
	return band
}

// sizeOptions are the size bands to choose from, with what they mean.
func sizeOptions(words *lang.Printer) []kit.Option {
	var all []kit.Option
	for _, band := range partner.SizeBands() {
		switch band {
		case partner.SizeWithheld:
			all = append(all, kit.Option{ID: withheld, Label: words.T("register.size.withheldLong")})
		case partner.SizeNone:
			all = append(all, kit.Option{ID: band, Label: words.T("register.size.noneLong")})
		default:
			all = append(all, kit.Option{ID: band, Label: words.T("register.size.employees", "Band", band)})
		}
	}
	return all
}

// withheld stands for partner.SizeWithheld in a Select, where "" is no choice.
const withheld = "withheld"

// normWord is a written norm in words, "" for none.
func normWord(words *lang.Printer, norm string) string {
	switch norm {
	case reference.NormBokmal:
		return words.T("register.norm.nb")
	case reference.NormNynorsk:
		return words.T("register.norm.nn")
	}
	return ""
}
