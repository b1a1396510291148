package parts

import (
	"sync/atomic"
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

// mostMail is how many messages of a record are listed first, and how many more each
// time one asks.
const mostMail = 100

// afterMail is how long mail that comes is gathered before it is shown.
const afterMail = time.Second

// Mail is the correspondence with an organisation or about an application, newest
// first; each message leads to the page of mail.
type Mail struct {
	*fold
	most        atomic.Int64 // how many are listed; the background reads it
	left        bool
	unsubscribe func()
	soon        func() // ends the wait before mail that came is shown; nil without one
}

var _ Part = (*Mail)(nil)

// NewMail makes the part.
func NewMail(env *screen.Env) *Mail {
	w := env.Words
	m := &Mail{fold: newFold(env, PartMail, w.T("mailui.title"), w.T("mailui.noneHere"), "mail_link", "mail_decision", "mail_account")}
	m.most.Store(mostMail)
	m.read = m.readOwner
	m.onOpen = func(key string) { env.Shell.Go(screen.Route{Page: screen.PageMail, ID: key}) }
	m.unsubscribe = env.Program.Mail.Subscribe(func() { env.Tasks.Post(m.onNews) })
	return m
}

// Show implements Part.
func (m *Mail) Show(o Owner) {
	if m.owner.key() != o.key() {
		m.most.Store(mostMail)
	}
	m.fold.Show(o)
}

// Leave ends the watch for mail that comes.
func (m *Mail) Leave() {
	m.left = true
	m.unsubscribe()
	if m.soon != nil {
		m.soon()
	}
}

// onNews shows what came or was linked, soon.
func (m *Mail) onNews() {
	if m.left || m.soon != nil {
		return
	}
	m.soon = m.env.Tasks.After(afterMail, func() {
		m.soon = nil
		m.Reload()
	})
}

// onMore lists more of a long correspondence.
func (m *Mail) onMore() {
	m.most.Add(mostMail)
	m.Reload()
}

// recordOf is what the mail of an owner is linked to.
func recordOf(o Owner) string {
	if o.Application != "" {
		return link.Application + ":" + o.Application
	}
	return link.Organisation + ":" + o.Organisation.ID
}

// who is the other side of a message.
func (m *Mail) who(r *post.Row) string {
	if r.Sent {
		return m.words.T("mailui.to", "Receivers", r.Receivers)
	}
	return r.From.Who()
}

func (m *Mail) readOwner(owner Owner) (func() contents, error) {
	store, err := m.env.Program.Mail.StoreIfHere()
	if err != nil || store == nil {
		return func() contents { return contents{} }, err
	}
	q := post.Query{Records: []string{recordOf(owner)}}
	rows, err := store.List(q, 0, int(m.most.Load()))
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
			l := line{id: r.Key, title: title, detail: []string{m.words.DateShort(r.Date.Format("2006-01-02")) + " · " + m.who(r), r.Snippet}}
			if l.state = mail.OwedWords(m.words, r.Owed, time.Now()); told[r.Thread] {
				l.state = ""
			}
			if l.severity = kit.Info; r.Owed.Who == ask.Us {
				l.severity = kit.Warn
			}
			told[r.Thread] = true
			c.lines = append(c.lines, l)
		}
		if more := total - len(rows); more > 0 {
			c.below = append(c.below, kit.Row(kit.NewQuietButton(m.words.N("mailui.showMore", min(more, mostMail)), m.onMore)))
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
