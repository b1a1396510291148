package safety

import (
	"strconv"

	"kompetansepilot/app/partner"
	"kompetansepilot/app/stateaid"
	"kompetansepilot/ui/parts"
)

// partColumn is a column of an agreement, an award, an offering, an enquiry or a
// provider as a person reads it; ok is false where the column needs no words of
// its own.
func (n *namer) partColumn(kind, field, text string) (said string, ok bool) {
	w := n.Words
	number, err := strconv.ParseInt(text, 10, 64)
	isNumber := err == nil
	switch field {
	case "agreement", "offering":
		return n.record(field, text), true
	case "provider_kind":
		return parts.ProviderKindWord(w, text), true
	case "accreditation":
		return text, true
	}
	switch kind + "." + field {
	case "agreement.kind":
		return parts.AgreementKindWord(w, text), true
	case "enquiry.status":
		return parts.EnquiryWord(w, text), true
	case "offering.level":
		return parts.LevelWord(w, text), true
	case "offering.form":
		return parts.FormWord(w, text), true
	case "offering.language":
		return parts.LanguageWord(w, text), true
	case "state_aid.basis":
		return stateaid.BasisWord(w, text), true
	case "state_aid.sector":
		return w.T("aid.field.freight"), true
	}
	if !isNumber {
		return "", false
	}
	switch kind + "." + field {
	case "offering.credits":
		return partner.CreditsText(number, ","), true
	case "offering.price":
		return w.T("aid.kroner", "Amount", w.Money(number)), true
	case "offering.least", "offering.capacity":
		return w.Number(number), true
	case "state_aid.rate":
		return stateaid.DecimalText(number, 4, ","), true
	case "state_aid.eur":
		return stateaid.EURText(w, number), true
	}
	return "", false
}
