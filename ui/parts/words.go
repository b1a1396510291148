package parts

import (
	"kompetansepilot/app/lang"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
)

// NameOr is the name of an organisation, or that it has none.
func NameOr(w *lang.Printer, name string) string {
	if name == "" {
		return w.T("register.unnamed")
	}
	return name
}

// ProviderKindWord is a kind of provider in words; one of a newer program stays
// as it is.
func ProviderKindWord(w *lang.Printer, kind string) string {
	if kind == "" || !w.Has("offering.provider."+kind) {
		return kind
	}
	return w.T("offering.provider." + kind)
}

// LevelWord is a level in words.
func LevelWord(w *lang.Printer, level string) string {
	if level == "" || !w.Has("offering.level."+level) {
		return level
	}
	return w.T("offering.level." + level)
}

// FormWord is a form in words.
func FormWord(w *lang.Printer, form string) string {
	if form == "" || !w.Has("offering.form."+form) {
		return form
	}
	return w.T("offering.form." + form)
}

// EnquiryWord is the status of an enquiry in words.
func EnquiryWord(w *lang.Printer, status string) string {
	if status == "" {
		status = partner.EnquiryDraft
	}
	if !w.Has("offering.enquiry.status." + status) {
		return status
	}
	return w.T("offering.enquiry.status." + status)
}

// LanguageWord is the language of an offering in words.
func LanguageWord(w *lang.Printer, code string) string {
	switch code {
	case "nb":
		return w.T("offering.language.nb")
	case "nn":
		return w.T("offering.language.nn")
	case "en":
		return w.T("offering.language.en")
	}
	return code
}

// AgreementKindWord is a kind of agreement in words.
func AgreementKindWord(w *lang.Printer, kind string) string {
	switch kind {
	case data.AgreementIntent:
		return w.T("agreement.kind.intent")
	case data.AgreementSupport:
		return w.T("agreement.kind.support")
	case data.AgreementCooperation:
		return w.T("agreement.kind.cooperation")
	}
	return kind
}

// AgreementName is what an agreement is called: its name, or else its kind.
func AgreementName(w *lang.Printer, a *data.Agreement) string {
	if a.Name != "" {
		return a.Name
	}
	if a.AgreementOf == "" {
		return w.T("agreement.unnamed")
	}
	return AgreementKindWord(w, a.AgreementOf)
}

// AgreementStateText says how far an agreement has come, and how much that
// matters.
func AgreementStateText(w *lang.Printer, a *data.Signed, today string) (string, kit.Severity) {
	switch partner.StateOf(a, today) {
	case partner.AgreementOver:
		return w.T("agreement.state.over", "Date", w.DateShort(a.Finish)), kit.Info
	case partner.AgreementNobody:
		return w.T("agreement.state.nobody"), kit.Warn
	case partner.AgreementMissing:
		return w.T("agreement.state.missing", "Who", missingNames(a)), kit.Warn
	case partner.AgreementSigned:
		return w.T("agreement.state.signed"), kit.Info
	}
	return w.T("agreement.state.kept"), kit.Fine
}

// missingNames are those who have not signed: "Fåvang Sag AS (Kari), Ola".
func missingNames(a *data.Signed) string {
	var all []string
	for _, s := range a.Missing() {
		all = append(all, s.Who())
	}
	return lang.Joined(", ", all...)
}

// Options are codes to choose from, in words.
func Options(codes []string, word func(string) string) []kit.Option {
	all := make([]kit.Option, len(codes))
	for i, c := range codes {
		all[i] = kit.Option{ID: c, Label: word(c)}
	}
	return all
}

// ProviderKindOptions are the kinds of provider to choose from.
func ProviderKindOptions(w *lang.Printer) []kit.Option {
	return Options(partner.ProviderKinds(), func(c string) string { return ProviderKindWord(w, c) })
}

// LevelOptions are the levels to choose from.
func LevelOptions(w *lang.Printer) []kit.Option {
	return Options(partner.Levels(), func(c string) string { return LevelWord(w, c) })
}

// FormOptions are the forms to choose from.
func FormOptions(w *lang.Printer) []kit.Option {
	return Options(partner.Forms(), func(c string) string { return FormWord(w, c) })
}

// LanguageOptions are the languages to choose from.
func LanguageOptions(w *lang.Printer) []kit.Option {
	return Options(lang.Codes[:], func(c string) string { return LanguageWord(w, c) })
}
