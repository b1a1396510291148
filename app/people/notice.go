package people

import (
	"strings"
	"time"

	"kompetansepilot/app/document"
	"kompetansepilot/app/document/render"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/system"
	"kompetansepilot/data"
)

// Notice is the letter that tells a person what is kept about them (GDPR article
// 14): who keeps what, why, on which basis, from where, how long, and which
// rights the person has. date is the letter's, YYYY-MM-DD. The same facts give
// the same bytes. head is the county's letterhead, nil for none.
func (s *Service) Notice(person, date string, head *document.Letterhead) (pdf []byte, name string, err error) {
	c, err := s.Card(person)
	if err != nil {
		return nil, "", err
	}
	words := NormOf(&c.Person)
	doc := (&notice{Card: c, rules: s.Rules(), county: s.county(), date: date, words: words}).document()
	doc.Letterhead = head
	pdf, _, err = render.PDF(doc)
	return pdf, system.SafeName(words.T("people.notice.file", "Name", c.Name) + ".pdf"), err
}

// NormOf speaks the language that a person is written to in.
func NormOf(p *data.Person) *lang.Printer { return lang.New(p.Norm) }

// sender is the county council as it signs.
type sender struct{ name, number string }

func (s *Service) county() sender {
	if c, ok := s.places.County(s.setting("county")); ok {
		return sender{c.Body, c.OrgNumber}
	}
	return sender{}
}

type notice struct {
	Card
	rules  Rules
	county sender
	date   string
	words  *lang.Printer
	blocks []document.Block
}

func (n *notice) document() document.Document {
	w := n.words
	sender := n.county.name
	if sender == "" {
		sender = w.T("people.notice.county")
	}
	title := w.T("people.notice.title")
	n.blocks = []document.Block{document.Cover{County: sender, Kind: w.T("people.notice.kind"), Title: title, Summary: n.facts()}}
	n.paragraph(w.T("people.notice.intro", "County", sender))
	n.heading(w.T("people.notice.what"))
	n.list(n.what())
	n.heading(w.T("people.notice.source"))
	n.paragraph(n.source())
	n.heading(w.T("people.notice.why"))
	n.paragraph(w.T("people.notice.purpose"))
	n.paragraph(n.basis())
	n.heading(w.T("people.notice.who"))
	n.paragraph(w.T("people.notice.recipients", "County", sender))
	n.heading(w.T("people.notice.howLong"))
	n.paragraph(n.howLong())
	n.heading(w.T("people.notice.rights"))
	n.list(n.rights())
	n.paragraph(w.T("people.notice.answer"))
	n.heading(w.T("people.notice.contact"))
	n.paragraph(n.contact(sender))
	created := day(n.date)
	if created.IsZero() {
		created = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return document.Document{Title: title, Subject: title, Author: sender, Lang: w.Tag(), Created: created, Header: sender,
		Footer: func(page, pages int) string { return w.T("document.footer", "Page", page, "Pages", pages) }, Blocks: n.blocks}
}

func (n *notice) facts() []document.SummaryRow {
	to := []string{n.Name}
	for _, at := range n.At {
		to = append(to, at.Name)
	}
	return []document.SummaryRow{
		{Label: n.words.T("people.notice.to"), Value: strings.Join(to, "\n")},
		{Label: n.words.T("people.notice.date"), Value: n.words.DateLong(n.date)},
	}
}

// what lists the kinds of data that are really there.
func (n *notice) what() []string {
	w := n.words
	all := []string{w.T("people.notice.name")}
	for _, f := range []struct{ value, text string }{
		{n.Role, w.T("people.notice.role", "Role", n.Role)},
		{n.Email, w.T("people.notice.email", "Email", n.Email)},
		{n.Phone, w.T("people.notice.phone", "Phone", n.Phone)},
	} {
		if f.value != "" {
			all = append(all, f.text)
		}
	}
	var at []string
	for _, o := range n.At {
		at = append(at, o.Name)
	}
	if len(at) > 0 {
		all = append(all, w.T("people.notice.at", "Names", strings.Join(at, ", ")))
	}
	return append(all, w.T("people.notice.notes"))
}

func (n *notice) source() string {
	w := n.words
	switch {
	case n.Source == "" && n.Obtained == "":
		return w.T("people.notice.noSource")
	case n.Source == "":
		return w.T("people.notice.sourceDate", "Date", w.DateLong(n.Obtained))
	case n.Obtained == "":
		return w.T("people.notice.sourceOnly", "Source", n.Source)
	}
	return w.T("people.notice.sourceAndDate", "Source", n.Source, "Date", w.DateLong(n.Obtained))
}

func (n *notice) basis() string {
	w := n.words
	switch {
	case n.Basis == data.BasisConsent && n.BasisDate != "":
		return w.T("people.notice.consentAt", "Date", w.DateLong(n.BasisDate))
	case n.Basis == data.BasisConsent:
		return w.T("people.notice.consent")
	case n.Basis == data.BasisOther && n.BasisNote != "":
		return w.T("people.notice.other", "Basis", n.BasisNote)
	}
	return w.T("people.notice.task")
}

func (n *notice) howLong() string {
	if n.Clock.Decided {
		return n.words.T("people.notice.until", "Date", n.words.DateLong(n.Clock.Until))
	}
	return n.words.N("people.notice.months", n.rules.Months)
}

func (n *notice) rights() []string {
	w := n.words
	all := []string{w.T("people.notice.right.access"), w.T("people.notice.right.correct"), w.T("people.notice.right.erase"), w.T("people.notice.right.restrict")}
	if n.Basis == data.BasisConsent {
		all = append(all, w.T("people.notice.right.withdraw"))
	} else {
		all = append(all, w.T("people.notice.right.object"))
	}
	return append(all, w.T("people.notice.right.complain"))
}

func (n *notice) contact(sender string) string {
	w := n.words
	lines := []string{sender}
	if n.county.number != "" {
		lines[0] = w.T("people.notice.sender", "County", sender, "Number", grouped(n.county.number))
	}
	if n.rules.Contact != "" {
		lines = append(lines, n.rules.Contact)
	}
	if n.rules.Officer != "" {
		lines = append(lines, w.T("people.notice.officer", "Officer", n.rules.Officer))
	}
	return strings.Join(lines, "\n")
}

func (n *notice) heading(text string) {
	n.blocks = append(n.blocks, document.Heading{Level: 1, Text: text})
}

func (n *notice) paragraph(text string) {
	n.blocks = append(n.blocks, document.Paragraph{Spans: document.Text(text)})
}

func (n *notice) list(items []string) {
	l := document.List{}
	for _, i := range items {
		l.Items = append(l.Items, document.Text(i))
	}
	n.blocks = append(n.blocks, l)
}

// grouped is an organisation number in threes that stay on one line.
func grouped(digits string) string {
	if len(digits) != 9 {
		return digits
	}
	return digits[:3] + "\u00a0" + digits[3:6] + "\u00a0" + digits[6:]
}
