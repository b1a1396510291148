// Package brief makes a request to education providers for a course that a group
// of businesses needs. It names no business and no person, so nothing that anybody
// has written stands in it: names, numbers and addresses may stand in any text, also
// in one that may be shared. Numbers under five are not told.
package brief

import (
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"kompetansepilot/app/document"
	"kompetansepilot/app/exchange"
	"kompetansepilot/app/insight"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/need"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// Brief is a request, ready to be written.
type Brief struct {
	Title string
	// Facts are what the group needs, as label and text.
	Facts []Fact
	// Questions are what the provider is to answer.
	Questions []string
}

// Fact is a line of the request.
type Fact struct{ Label, Text string }

// Of makes the request for a pool. label is what the pool is called.
func Of(pool *need.Pool, label string, needs []data.Need, words *lang.Printer, places *reference.Tables) Brief {
	b := Brief{Title: label}
	in := map[string]bool{}
	for _, id := range pool.Needs {
		in[id] = true
	}
	businesses := map[string]bool{}
	for i := range needs {
		n := &needs[i]
		if !in[n.ID] {
			continue
		}
		who := n.Organisation
		if who == "" {
			who = n.ID
		}
		businesses[who] = true
	}
	fact := func(key, text string) {
		if text != "" {
			b.Facts = append(b.Facts, Fact{words.T("brief." + key), text})
		}
	}
	fact("subject", label)
	fact("people", few(pool.People, words))
	fact("businesses", few(int64(len(businesses)), words))
	place := words.T("brief.online")
	if m, ok := places.Municipality(pool.Place); ok {
		place = m.UniqueName
	}
	fact("place", place)
	var months []string
	for _, m := range pool.Months {
		months = append(months, words.Month(time.Month(m)))
	}
	if len(months) == 0 {
		months = []string{words.T("brief.anyTime")}
	}
	fact("months", strings.Join(months, ", "))
	if pool.Level != need.Any && pool.Level != "" {
		fact("level", need.LevelWord(words, pool.Level))
	}
	if pool.Form != need.Any && pool.Form != "" {
		fact("form", need.FormWord(words, pool.Form))
	}
	for _, key := range []string{"price", "form", "dates", "credits", "least", "most", "language"} {
		b.Questions = append(b.Questions, words.T("brief.ask."+key))
	}
	return b
}

// few is a number, or that it is under insight.LeastShown.
func few(n int64, words *lang.Printer) string {
	if n > 0 && n < insight.LeastShown {
		return words.T("insight.hidden")
	}
	return words.Number(n)
}

// Document is the request as a document. made is a date of the case.
func (b *Brief) Document(words *lang.Printer, author string, made time.Time) document.Document {
	title := words.T("brief.title", "Subject", b.Title)
	facts := document.Table{Caption: words.T("brief.facts"), RowHeader: true, Columns: []document.Column{{Header: words.T("brief.what")}, {Header: words.T("brief.details")}}}
	for _, f := range b.Facts {
		facts.Rows = append(facts.Rows, []string{f.Label, f.Text})
	}
	blocks := []document.Block{document.Heading{Level: 1, Text: title}, document.Paragraph{Spans: document.Text(words.T("brief.intro"))}, facts}
	questions := document.List{Ordered: true}
	for _, q := range b.Questions {
		questions.Items = append(questions.Items, document.Text(q))
	}
	blocks = append(blocks, document.Heading{Level: 2, Text: words.T("brief.questions")}, questions, document.Paragraph{Spans: document.Text(words.T("brief.anonymous"))})
	return document.Document{Title: title, Subject: words.T("brief.facts"), Author: author, Lang: words.Tag(), Created: made, Header: title,
		Footer: func(page, pages int) string { return words.T("document.footer", "Page", page, "Pages", pages) }, Blocks: blocks}
}

// AskBefore adds the last day to answer (YYYY-MM-DD); "" adds nothing.
func (b *Brief) AskBefore(due string, words *lang.Printer) {
	if due != "" {
		b.Facts = append(b.Facts, Fact{words.T("brief.due"), words.DateLong(due)})
	}
}

// Save writes the request as a form to fill in, XLSX or CSV as the file's name
// says. The answers of a workbook can be imported.
func (b *Brief) Save(path string, words *lang.Printer) error {
	if strings.EqualFold(filepath.Ext(path), ".xlsx") {
		return b.SaveForm(path, "", words)
	}
	return exchange.WriteTable(path, []string{words.T("brief.what"), words.T("brief.details"), words.T("brief.answer")}, func(yield func([]string) error) error {
		for _, f := range b.Facts {
			if err := yield([]string{f.Label, f.Text, ""}); err != nil {
				return err
			}
		}
		for i, q := range b.Questions {
			if err := yield([]string{strconv.Itoa(i+1) + ". " + q, "", ""}); err != nil {
				return err
			}
		}
		return nil
	})
}
