package settings

import (
	"strings"

	"fyne.io/fyne/v2"

	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
)

// Messages is the window's memory of what it has said.
type Messages interface {
	// Messages are newest first.
	Messages() []kit.Message
}

// messagesPage lists what the window has said since the start: a toast goes away
// before everybody has read it.
type messagesPage struct {
	*screen.Env
	from Messages

	frame   *kit.Page
	copyAll *kit.Button
	shown   []kit.Message
}

var _ screen.Page = (*messagesPage)(nil)

// NewMessages makes the page. The window calls Reload when something new is said.
func NewMessages(env *screen.Env, w Messages) screen.Page {
	p := &messagesPage{Env: env, from: w}
	p.copyAll = kit.NewButton(env.Words.T("messages.copy"), p.onCopy)
	p.frame = kit.NewPage(env.Words, p.Title(), nil, nil, nil)
	p.frame.SetSubtitle(env.Words.T("messages.what"))
	p.Reload()
	return p
}

// Title is the name of the page.
func (p *messagesPage) Title() string { return p.Words.T("messages.title") }

// Content is the page.
func (p *messagesPage) Content() fyne.CanvasObject { return p.frame }

// Changed shows what has been said since.
func (p *messagesPage) Changed(data.Changed) { p.Reload() }

// Leave has nothing to hand over.
func (p *messagesPage) Leave() {}

// Reload shows what has been said since.
func (p *messagesPage) Reload() {
	messages := p.from.Messages()
	if len(messages) > 0 && len(messages) == len(p.shown) && messages[0] == p.shown[0] {
		return // nothing jumps
	}
	p.shown = messages
	p.copyAll.SetText(p.Words.T("messages.copy"))
	if len(messages) == 0 {
		p.frame.SetPrimary(nil)
		p.frame.SetContent(kit.NewEmpty(p.Words.T("messages.none"), "", nil))
		return
	}
	p.frame.SetPrimary(p.copyAll)
	column := kit.Column(gap())
	for i, m := range messages {
		if i > 0 {
			column.Add(kit.Hairline())
		}
		column.Add(p.row(m))
	}
	p.frame.SetContent(kit.NewReader(p.Title(), kit.Readable(column)))
}

func (p *messagesPage) row(m kit.Message) fyne.CanvasObject {
	severity := kit.Fine
	if m.Error {
		severity = kit.Stop
	}
	return kit.Column(smallGap(),
		kit.NewMarkedLine(p.Words, severity, joined(p.word(m), p.Words.Moment(m.At))),
		kit.NewText(m.Text),
	)
}

// word tells an error from the rest, so that the colour need not.
func (p *messagesPage) word(m kit.Message) string {
	if m.Error {
		return p.Words.T("messages.error")
	}
	return p.Words.T("messages.done")
}

func (p *messagesPage) onCopy() {
	var lines []string
	for _, m := range p.shown {
		lines = append(lines, p.Words.Moment(m.At)+" "+p.word(m)+": "+m.Text)
	}
	fyne.CurrentApp().Clipboard().SetContent(strings.Join(lines, "\n"))
	p.copyAll.SetText(p.Words.T("messages.copied"))
}
