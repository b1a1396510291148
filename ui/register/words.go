package register

import (
	"kompetansepilot/app/exchange"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/partner"
	"kompetansepilot/app/reference"
	"kompetansepilot/ui/kit"
)

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
			all = append(all, kit.Option{ID: band, Label: words.T("register.size.employees", "Band", exchange.SizeWord(words, band))})
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
