package people

import (
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
)

// KindWord is what records of a kind are called.
func KindWord(words *lang.Printer, kind string) string {
	if kind == "tx" {
		return words.T("people.log")
	}
	if words.Has("safety.kind." + kind) {
		return words.T("safety.kind." + kind)
	}
	return kind
}

// FieldWord is what a column is called.
func FieldWord(words *lang.Printer, kind, field string) string {
	for _, key := range []string{"safety.column." + kind + "." + field, "safety.column." + field} {
		if words.Has(key) {
			return words.T(key)
		}
	}
	return field
}

// BasisWord is a legal basis in words, "" for none.
func BasisWord(words *lang.Printer, basis string) string {
	switch basis {
	case data.BasisTask:
		return words.T("people.basis.task")
	case data.BasisConsent:
		return words.T("people.basis.consent")
	case data.BasisOther:
		return words.T("people.basis.other")
	case data.BasisWithdrawn:
		return words.T("people.basis.withdrawn")
	}
	return basis
}

// NormWord is a written norm in words, "" for none.
func NormWord(words *lang.Printer, norm string) string {
	if norm == "" || !lang.Known(norm) {
		return norm
	}
	return words.T("people.norm." + norm)
}

// ReasonWord tells why a record is kept.
func ReasonWord(words *lang.Printer, reason string) string {
	switch reason {
	case data.KeptFrozen:
		return words.T("people.kept.frozen")
	case data.KeptFile:
		return words.T("people.kept.file")
	case data.KeptSelf:
		return words.T("people.kept.self")
	case data.KeptActor:
		return words.T("people.kept.actor")
	}
	return reason
}

// WarningWord tells what is the matter with a person.
func WarningWord(words *lang.Printer, c *Card, w Warning) string {
	switch w {
	case WarnExpired:
		return words.T("people.warn.expired", "Date", words.DateLong(c.Clock.Until))
	case WarnExpiring:
		return words.T("people.warn.expiring", "Date", words.DateLong(c.Clock.Until))
	case WarnNoBasis:
		return words.T("people.warn.noBasis")
	case WarnWithdrawn:
		return words.T("people.warn.withdrawn")
	case WarnNoProof:
		return words.T("people.warn.noProof")
	case WarnNotTold:
		return words.T("people.warn.notTold")
	case WarnNoSource:
		return words.T("people.warn.noSource")
	}
	return string(w)
}

// Reasons for an erasure.
const (
	ReasonRequest = "request" // the person asked for it
	ReasonExpired = "expired" // nobody needs the data any more
	ReasonConsent = "consent" // the consent was taken back
	ReasonWrong   = "wrong"   // they should never have been there
)

// Reasons are all of them, the most usual first.
func Reasons() []string { return []string{ReasonRequest, ReasonExpired, ReasonConsent, ReasonWrong} }

// Erase takes somebody out of the workspace for good; see [data.Workspace.Erase].
// The words are in the language of who works here.
func (s *Service) Erase(words *lang.Printer, subject data.Subject, reason string) (data.Traces, error) {
	return s.store.Erase(subject, data.EraseOptions{Label: words.T("people.step.erased"), Mark: words.T("people.erased.mark"), Reason: reason})
}

// Traces tells what an erasure would touch.
func (s *Service) Traces(subject data.Subject) (data.Traces, error) {
	return data.TracesOf(s.store, subject)
}
