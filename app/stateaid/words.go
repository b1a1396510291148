package stateaid

import (
	"strings"

	"kompetansepilot/app/lang"
)

// BasisWord is a legal basis in words; one of a newer program stays as it is.
func BasisWord(w *lang.Printer, basis string) string {
	switch basis {
	case "":
		return w.T("aid.basis.none")
	case BasisDeMinimis:
		return w.T("aid.basis.deMinimis")
	case BasisDeMinimisServices:
		return w.T("aid.basis.deMinimisServices")
	case BasisBlock:
		return w.T("aid.basis.block")
	case BasisPurchase:
		return w.T("aid.basis.purchase")
	case BasisFramework:
		return w.T("aid.basis.framework")
	case BasisOther:
		return w.T("aid.basis.other")
	}
	return basis
}

// EURText is an amount in euros, with cents only when it has some.
func EURText(w *lang.Printer, cents int64) string {
	sign := ""
	if cents < 0 {
		sign, cents = "−", -cents
	}
	text := w.Number(cents / 100)
	if rest := cents % 100; rest != 0 {
		text += w.Decimal() + string([]byte{'0' + byte(rest/10), '0' + byte(rest%10)})
	}
	return sign + text
}

// SumText says how much of the cap is used and what is left.
func SumText(w *lang.Printer, s *Sum) string {
	if s.Regime == nil || s.Cap == nil {
		return w.T("aid.noRules", "Date", w.DateShort(s.Date))
	}
	pairs := []any{"Sum", EURText(w, s.Cents), "Cap", w.Number(s.Cap.EUR.Value), "Percent", w.Percent(s.Cents, max(s.Cap.EUR.Value*100, 1), 0)}
	if left := s.Left(); left < 0 {
		return w.T("aid.sumOver", append(pairs, "Over", EURText(w, -left))...)
	}
	return w.T("aid.sum", append(pairs, "Left", EURText(w, s.Left()))...)
}

// DoubtText says which facts behind a sum nobody has confirmed, "" for none.
func DoubtText(w *lang.Printer, s *Sum) string {
	var all []string
	for _, d := range s.Doubts() {
		switch d {
		case DoubtDates:
			all = append(all, w.T("aid.doubt.dates", "Law", s.Regime.Law, "From", w.DateLong(s.Regime.From.Value)))
		case DoubtWindow:
			all = append(all, w.T("aid.doubt.window"))
		case DoubtCap:
			all = append(all, w.T("aid.doubt.cap", "Cap", w.Number(s.Cap.EUR.Value)))
		}
	}
	return strings.Join(all, " ")
}
