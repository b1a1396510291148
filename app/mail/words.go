package mail

import (
	"strings"
	"time"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/mail/ask"
	"kompetansepilot/app/mail/link"
	"kompetansepilot/app/mail/parse"
	"kompetansepilot/data/post"
)

// ReasonWords is why a message belongs somewhere, in words.
func ReasonWords(words *lang.Printer, l link.Link) string {
	return words.T("mail.reason."+l.Reason, "Detail", l.Detail)
}

// KindWords is what a proposal is called.
func KindWords(words *lang.Printer, kind string) string { return words.T("mail.asks." + kind) }

// InvitationWords are the lines that say what a meeting is, when, where, and who
// invites to it.
func InvitationWords(words *lang.Printer, i parse.Invitation) []string {
	what := "mail.invite.request"
	switch {
	case i.Cancelled():
		what = "mail.invite.cancelled"
	case i.Method == "REPLY":
		what = "mail.invite.reply"
	}
	lines := []string{words.T(what, "Name", i.Summary)}
	if !i.Start.IsZero() {
		key := "mail.invite.when"
		if i.Repeats {
			key = "mail.invite.repeats"
		}
		lines = append(lines, words.T(key, "When", meetingTime(words, i)))
	}
	if i.Place != "" {
		lines = append(lines, words.T("mail.invite.where", "Place", i.Place))
	}
	if who := i.Organiser.Name; who != "" || i.Organiser.Address != "" {
		if i.Organiser.Address != "" {
			who = strings.TrimSpace(who + " <" + i.Organiser.Address + ">")
		}
		lines = append(lines, words.T("mail.invite.organiser", "Name", who))
	}
	return lines
}

// meetingTime is when a meeting is, by the clock of this machine.
func meetingTime(words *lang.Printer, i parse.Invitation) string {
	from, to := i.Start.Local(), i.End.Local()
	day := func(t time.Time) string { return words.DateLong(t.Format(time.DateOnly)) }
	at := func(t time.Time) string { return words.T("mail.invite.at", "Day", day(t), "From", t.Format("15:04")) }
	same := from.Format(time.DateOnly) == to.Format(time.DateOnly)
	switch {
	case i.WholeDay && (i.End.IsZero() || same):
		return day(from)
	case i.WholeDay:
		return words.T("mail.invite.span", "From", day(from), "To", day(to))
	case i.End.IsZero() || to.Equal(from):
		return at(from)
	case same:
		return words.T("mail.invite.at", "Day", day(from), "From", from.Format("15:04")+"–"+to.Format("15:04"))
	}
	return words.T("mail.invite.span", "From", at(from), "To", at(to))
}

// OwedWords is who is to answer in a thread and for how long, "" when nobody is.
func OwedWords(words *lang.Printer, o post.Owed, now time.Time) string {
	switch days, anybody := owedFor(o, now); {
	case !anybody:
		return ""
	case days <= 0:
		return words.T("mail.owed." + o.Who + ".today")
	default:
		return words.N("mail.owed."+o.Who, days)
	}
}

// OwedShort is OwedWords for a column that says what it is about.
func OwedShort(words *lang.Printer, o post.Owed, now time.Time) string {
	switch days, anybody := owedFor(o, now); {
	case !anybody:
		return ""
	case days <= 0:
		return words.T("mailui.owed." + o.Who + ".today")
	default:
		return words.N("mailui.owed."+o.Who, days)
	}
}

// owedFor is for how many days somebody has been to answer.
func owedFor(o post.Owed, now time.Time) (days int, anybody bool) {
	if o.Who == ask.Nobody {
		return 0, false
	}
	return ask.Days(o.Since, now), true
}

// StepWords names the step in which letters are written.
func StepWords(w *lang.Printer, letters []Letter) string {
	if len(letters) == 1 {
		return w.T("mailui.step.draft", "To", strings.Join(letters[0].To, ", "))
	}
	return w.N("mail.step.drafts", len(letters))
}

// DraftedWords tells how it went with letters that were written. sentence says an
// error to a person.
func DraftedWords(w *lang.Printer, d Drafted, sentence func(error) string) string {
	if d.Waits == nil {
		return w.N("mailui.draftSaved", d.Saved)
	}
	return w.N("mail.draftWaits", len(d.Kept)-d.Saved, "Why", sentence(d.Waits))
}
