package overview

import (
	"time"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/mail"
	"kompetansepilot/app/mail/ask"
	"kompetansepilot/data/post"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
)

// waiting are the conversations that wait for an answer.
type waiting struct {
	us, them int        // how many wait for each side
	longest  []post.Row // those that have waited longest for us
}

// readWaiting reads it; nothing while there is no mail.
func readWaiting(desk *mail.Desk) (w waiting, err error) {
	store, err := desk.StoreIfHere()
	if err != nil || store == nil {
		return w, err
	}
	us, them := post.Query{Owed: ask.Us, Threads: true}, post.Query{Owed: ask.Them, Threads: true}
	if w.us, err = store.Count(us); err != nil {
		return w, err
	}
	if w.them, err = store.Count(them); err != nil {
		return w, err
	}
	w.longest, err = store.List(us, 0, mostWaiting)
	return w, err
}

// mostWaiting is how many conversations are named.
const mostWaiting = 3

// answers are the lines about who owes whom an answer.
func (p *page) answers() []fyne.CanvasObject {
	w, words := &p.shown.waiting, p.words
	var lines []fyne.CanvasObject
	for i := range w.longest {
		r := &w.longest[i]
		title := r.Subject
		if title == "" {
			title = words.T("mailui.noSubject")
		}
		lines = append(lines, pair(p.link(title, screen.Route{Page: screen.PageMail, ID: r.Key}), r.From.Who()+" · "+mail.OwedWords(words, r.Owed, time.Now())))
	}
	if w.us > 0 {
		lines = append(lines, p.markedLink(kit.Warn, words.N("overview.mail.us", w.us), screen.Route{Page: screen.PageMail, Field: ask.Us}))
	}
	if w.them > 0 {
		lines = append(lines, p.markedLink(kit.Info, words.N("overview.mail.them", w.them), screen.Route{Page: screen.PageMail, Field: ask.Them}))
	}
	return lines
}
