package mail

import (
	"time"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/mail/ask"
	"kompetansepilot/app/mail/link"
	"kompetansepilot/data/post"
)

// ReasonWords is why a message belongs somewhere, in words.
func ReasonWords(words *lang.Printer, l link.Link) string {
	return words.T("mail.reason."+l.Reason, "Detail", l.Detail)
}

// KindWords is what a proposal is called.
func KindWords(words *lang.Printer, kind string) string { return words.T("mail.asks." + kind) }

// OwedWords is who is to answer in a thread and for how long, "" when nobody is.
func OwedWords(words *lang.Printer, o post.Owed, now time.Time) string {
	if o.Who == ask.Nobody {
		return ""
	}
	days := ask.Days(o.Since, now)
	if days <= 0 {
		return words.T("mail.owed." + o.Who + ".today")
	}
	return words.N("mail.owed."+o.Who, days)
}
