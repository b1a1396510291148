package parts

import (
	"time"

	"kompetansepilot/app/mail"
	"kompetansepilot/app/mail/ask"
	"kompetansepilot/app/mail/link"
	"kompetansepilot/data/post"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
)

// PartMail is the part with the mail of a record, as routes name it.
const PartMail = "mail"

// mostMail is how many messages of a record are listed; the page of mail has all.
const mostMail = 100

// Mail is the correspondence with an organisation, newest first; each message
// leads to the page of mail.
type Mail struct{ *fold }

var _ Part = (*Mail)(nil)

// NewMail makes the part.
func NewMail(env *screen.Env) *Mail {
	w := env.Words
	m := &Mail{fold: newFold(env, PartMail, w.T("mailui.title"), w.T("mailui.noneHere"), "mail_link", "mail_decision", "mail_account")}
	m.read = m.readOwner
	m.onOpen = func(key string) { env.Shell.Go(screen.Route{Page: screen.PageMail, ID: key}) }
	return m
}

func (m *Mail) readOwner(owner Owner) (func() contents, error) {
	store, err := m.env.Program.Mail.StoreIfHere()
	if err != nil || store == nil {
		return func() contents { return contents{} }, err
	}
	q := post.Query{Records: []string{link.Organisation + ":" + owner.Organisation.ID}}
	rows, err := store.List(q, 0, mostMail)
	if err != nil {
		return nil, err
	}
	total, err := store.Count(q)
	if err != nil {
		return nil, err
	}
	q.Owed, q.Threads = ask.Us, true
	owed, err := store.Count(q)
	return func() contents {
		c := contents{}
		told := map[int64]bool{} // once for each thread, at its newest
		for i := range rows {
			r := &rows[i]
			title := r.Subject
			if title == "" {
				title = m.words.T("mailui.noSubject")
			}
			l := line{id: r.Key, title: title, detail: []string{m.words.DateShort(r.Date.Format("2006-01-02")) + " · " + r.From.Who(), r.Snippet}}
			if l.state = mail.OwedWords(m.words, r.Owed, time.Now()); told[r.Thread] {
				l.state = ""
			}
			if l.severity = kit.Info; r.Owed.Who == ask.Us {
				l.severity = kit.Warn
			}
			told[r.Thread] = true
			c.lines = append(c.lines, l)
		}
		if total > 0 {
			c.summary = m.words.N("mailui.messages", total)
		}
		if owed > 0 {
			c.summary += " · " + m.words.N("mailui.owedHere", owed)
			c.mark, c.marked = kit.Warn, true
		}
		return c
	}, err
}
