package mail

import (
	"kompetansepilot/app/lang"
	"kompetansepilot/app/mail/link"
)

// ReasonWords is why a message belongs somewhere, in words.
func ReasonWords(words *lang.Printer, l link.Link) string {
	return words.T("mail.reason."+l.Reason, "Detail", l.Detail)
}

// KindWords is what a proposal is called.
func KindWords(words *lang.Printer, kind string) string { return words.T("mail.asks." + kind) }
