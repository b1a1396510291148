package exchange

import (
	"strconv"

	"kompetansepilot/app/exchange/table"
	"kompetansepilot/app/lang"
)

// why a row is refused.
type why int

const (
	whyFault why = iota + 1
	whyNameless
	whyLetters
	whyLength
	whyControl
	whyTwice
	whyEmail
	whyPlace
	whyPlaces
	whyStatus
	whySize
	whyIndustry
	whyNorm
	whyAmbiguous
	whyNobody
	whyNoContact
	whyGone
)

// Reason is why a row is refused. The zero value is no reason.
type Reason struct {
	why   why
	fault table.Fault
	value string
	row   int
}

// Refused tells whether there is a reason.
func (r Reason) Refused() bool { return r.why != 0 }

// Sentence is the reason in words.
func (r Reason) Sentence(words *lang.Printer) string {
	switch r.why {
	case whyFault:
		return r.faultSentence(words)
	case whyNameless:
		return words.T("exchange.why.nameless")
	case whyLetters:
		return words.T("exchange.why.letters", "Number", r.value)
	case whyLength:
		return words.T("exchange.why.length", "Number", r.value, "Digits", strconv.Itoa(len(r.value)))
	case whyControl:
		return words.T("exchange.why.control", "Number", r.value)
	case whyTwice:
		return words.T("exchange.why.twice", "Value", r.value, "Row", strconv.Itoa(r.row))
	case whyEmail:
		return words.T("exchange.why.email", "Email", r.value)
	case whyPlace:
		return words.T("exchange.why.place", "Place", r.value)
	case whyPlaces:
		return words.T("exchange.why.places", "Place", r.value)
	case whyStatus:
		return words.T("exchange.why.status", "Status", r.value)
	case whySize:
		return words.T("exchange.why.size", "Size", r.value)
	case whyIndustry:
		return words.T("exchange.why.industry", "Code", r.value)
	case whyNorm:
		return words.T("exchange.why.norm", "Norm", r.value)
	case whyAmbiguous:
		return words.T("exchange.why.ambiguous", "Name", r.value)
	case whyNobody:
		return words.T("exchange.why.nobody", "Name", r.value)
	case whyNoContact:
		return words.T("exchange.why.noContact")
	case whyGone:
		return words.T("exchange.why.gone")
	}
	return ""
}

func (r Reason) faultSentence(words *lang.Printer) string {
	switch r.fault {
	case table.FaultQuote:
		return words.T("exchange.fault.quote")
	case table.FaultNUL:
		return words.T("exchange.fault.nul")
	case table.FaultFormula:
		return words.T("exchange.fault.formula")
	}
	return words.T("exchange.fault.card")
}
