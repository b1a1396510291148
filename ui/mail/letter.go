package mail

import (
	"net/url"
	"strings"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/mail/parse"
	"kompetansepilot/ui/kit"
)

// blocks are the letter as the kit shows it.
func (r *reader) blocks() []kit.LetterBlock {
	if r.now.mail == nil {
		return []kit.LetterBlock{{Text: r.now.row.Snippet}}
	}
	w := r.page.words
	kinds := map[parse.BlockKind]kit.LetterKind{parse.Paragraph: kit.LetterText, parse.Heading: kit.LetterHeading, parse.Item: kit.LetterItem, parse.Link: kit.LetterLink}
	var all []kit.LetterBlock
	for _, b := range r.now.mail.Blocks {
		k := kit.LetterBlock{Kind: kinds[b.Kind], Text: b.Text, Quote: b.Quote}
		if b.Kind == parse.Link {
			k.Text = b.Host
			if b.Text != b.Host && !strings.Contains(b.Text, b.Host) {
				k.Text = b.Text + " (" + b.Host + ")" // an arrow takes the space after it to a font without one
			}
			if b.Differs {
				k.Warning = w.T("mailui.differs", "Host", b.Host)
			}
			k.Do = func() { r.follow(b) }
		}
		all = append(all, k)
	}
	return all
}

// follow opens a link after having shown where it leads.
func (r *reader) follow(b parse.Block) {
	p, w := r.page, r.page.words
	u, err := url.Parse(b.Address)
	if err != nil {
		return
	}
	kit.ShowConfirm(p.env.Shell.Window(), w, kit.Confirm{Title: w.T("mailui.openLink"), Text: w.T("mailui.leadsTo", "Host", b.Host, "Address", b.Address), Verb: w.T("mailui.openVerb"),
		OnDone: func(yes bool) {
			if !yes {
				return
			}
			if err := fyne.CurrentApp().OpenURL(u); err != nil {
				p.env.Shell.Fail(w.T("mailui.openLink"), err)
			}
		}})
}
