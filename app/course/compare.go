package course

import (
	"cmp"
	"strconv"

	"kompetansepilot/app/brief"
	"kompetansepilot/app/exchange"
	"kompetansepilot/app/insight"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
)

// What replies are compared on.
const (
	CompareStatus   = "status"
	CompareEach     = "each" // computed, at the group's size
	CompareTotal    = "total"
	ComparePrice    = "price"
	CompareForm     = "form"
	ComparePlace    = "place"
	CompareStart    = "start"
	CompareFinish   = "finish"
	CompareDates    = "dates"
	CompareCredits  = "credits"
	CompareLevel    = "level"
	CompareLeast    = "least"
	CompareCapacity = "capacity"
	CompareLanguage = "language"
	CompareValid    = "valid"
	CompareNote     = "note"
)

// Cell is one provider's answer to one question.
type Cell struct {
	Text string `json:"text"` // "" when it was not answered
	// Best tells that no other answers better. Where all are equal none is best.
	Best bool `json:"best"`
	// Doubt is what is wrong with the answer for this group, as a sentence, or "".
	Doubt string `json:"doubt"`
}

// Line is one question with an answer of each provider.
type Line struct {
	ID, Label string
	Cells     []Cell
}

// Comparison sets the replies to a request beside each other.
type Comparison struct {
	Request   data.Request
	Asked     []Asked // the columns
	Providers []string
	Lines     []Line
}

// eachAt is the price a participant with so many of them, in kroner rounded up:
// the whole price shared, or else the price that was given for one. ok is false
// when no price was given, or when it is one for all and nobody takes part.
func eachAt(r *data.Reply, people int64) (kroner int64, ok bool) {
	if total, err := strconv.ParseInt(r.Total, 10, 64); err == nil && people > 0 {
		return (total + people - 1) / people, true
	}
	price, err := strconv.ParseInt(r.Price, 10, 64)
	return price, err == nil
}

// Compare sets replies beside each other on a day (YYYY-MM-DD). Providers who have
// not answered have a column too.
func Compare(r *Requested, words *lang.Printer, today string) Comparison {
	c := Comparison{Request: r.Request, Asked: r.Asked}
	for i := range r.Asked {
		c.Providers = append(c.Providers, r.Asked[i].Provider)
	}
	x := &comparer{c: &c, words: words, today: today}
	x.line(CompareStatus, words.T("course.compare.status"), func(a *Asked) Cell {
		return Cell{Text: words.T("offering.enquiry.status." + cmp.Or(a.Status, partner.EnquiryDraft))}
	})
	x.ranked(CompareEach, words.T("course.compare.each", "People", words.N("pool.people", int(r.People))), func(a *Asked) (Cell, int64, bool) {
		n, ok := eachAt(&a.Reply, r.People)
		if !ok {
			return Cell{}, 0, false
		}
		return Cell{Text: words.T("course.kroner", "Amount", words.Money(n)), Doubt: x.priceDoubt(a)}, -n, true
	})
	x.asAnswered(brief.FieldTotal)
	x.asAnswered(brief.FieldPrice)
	x.ranked(CompareForm, brief.FieldWord(words, brief.FieldForm), x.form)
	x.asAnswered(brief.FieldPlace)
	x.ranked(CompareStart, brief.FieldWord(words, brief.FieldStart), func(a *Asked) (Cell, int64, bool) {
		day, err := strconv.ParseInt(digits(a.Reply.Start), 10, 64)
		cell := Cell{Text: ReplyWord(words, brief.FieldStart, a.Reply.Start)}
		if a.Reply.Start != "" && a.Reply.Start < today {
			cell.Doubt = words.T("course.doubt.past")
		}
		return cell, -day, err == nil && cell.Doubt == ""
	})
	x.line(CompareFinish, brief.FieldWord(words, brief.FieldFinish), func(a *Asked) Cell {
		cell := Cell{Text: ReplyWord(words, brief.FieldFinish, a.Reply.Finish)}
		if a.Reply.Finish != "" && a.Reply.Finish < a.Reply.Start {
			cell.Doubt = words.T("course.doubt.order")
		}
		return cell
	})
	x.asAnswered(brief.FieldDates)
	x.ranked(CompareCredits, brief.FieldWord(words, brief.FieldCredits), x.number(brief.FieldCredits, nil))
	x.asAnswered(brief.FieldLevel)
	x.ranked(CompareLeast, brief.FieldWord(words, brief.FieldLeast), func(a *Asked) (Cell, int64, bool) {
		cell, n, ok := x.number(brief.FieldLeast, func(n int64) string {
			if n > r.People {
				return words.T("course.doubt.least", "Missing", words.N("pool.people", int(n-r.People)))
			}
			return ""
		})(a)
		return cell, -n, ok
	})
	x.ranked(CompareCapacity, brief.FieldWord(words, brief.FieldCapacity), x.number(brief.FieldCapacity, func(n int64) string {
		if n < r.People {
			return words.T("course.doubt.capacity", "Over", words.N("pool.people", int(r.People-n)))
		}
		return ""
	}))
	x.asAnswered(brief.FieldLanguage)
	x.line(CompareValid, brief.FieldWord(words, brief.FieldValid), func(a *Asked) Cell {
		cell := Cell{Text: ReplyWord(words, brief.FieldValid, a.Reply.Valid)}
		if a.Reply.Valid != "" && a.Reply.Valid < today {
			cell.Doubt = words.T("course.doubt.expired")
		}
		return cell
	})
	x.asAnswered(brief.FieldNote)
	return c
}

// comparer fills a comparison.
type comparer struct {
	c     *Comparison
	words *lang.Printer
	today string
}

func (x *comparer) line(id, label string, cell func(*Asked) Cell) {
	l := Line{ID: id, Label: label}
	for i := range x.c.Asked {
		l.Cells = append(l.Cells, cell(&x.c.Asked[i]))
	}
	x.c.Lines = append(x.c.Lines, l)
}

// asAnswered is a line of answers that none is better than another.
func (x *comparer) asAnswered(field string) {
	x.line(field, brief.FieldWord(x.words, field), func(a *Asked) Cell {
		return Cell{Text: ReplyWord(x.words, field, *ReplyAt(&a.Reply, field))}
	})
}

// ranked is a line where the answers with the highest worth are marked, unless all
// who answered are equal. Who said no is not in the ranking.
func (x *comparer) ranked(id, label string, cell func(*Asked) (c Cell, worth int64, ok bool)) {
	l := Line{ID: id, Label: label}
	worths := make([]*int64, len(x.c.Asked))
	var best, worst *int64
	for i := range x.c.Asked {
		a := &x.c.Asked[i]
		c, worth, ok := cell(a)
		l.Cells = append(l.Cells, c)
		if !ok || a.Status == partner.EnquiryNo {
			continue
		}
		worths[i] = &worth
		if best == nil || worth > *best {
			best = &worth
		}
		if worst == nil || worth < *worst {
			worst = &worth
		}
	}
	for i, w := range worths {
		l.Cells[i].Best = w != nil && *w == *best && *best != *worst
	}
	x.c.Lines = append(x.c.Lines, l)
}

// number is a cell with a number, whose worth is the number itself.
func (x *comparer) number(field string, doubt func(int64) string) func(*Asked) (Cell, int64, bool) {
	return func(a *Asked) (Cell, int64, bool) {
		value := *ReplyAt(&a.Reply, field)
		n, err := strconv.ParseInt(value, 10, 64)
		cell := Cell{Text: ReplyWord(x.words, field, value)}
		if err == nil && doubt != nil {
			cell.Doubt = doubt(n)
		}
		return cell, n, err == nil
	}
}

// form is best where it is the one that the group asked for.
func (x *comparer) form(a *Asked) (Cell, int64, bool) {
	cell := Cell{Text: ReplyWord(x.words, brief.FieldForm, a.Reply.Form)}
	wanted := partner.ParseForm(x.c.Request.Form)
	if a.Reply.Form == "" || wanted == "" || wanted == "any" {
		return cell, 0, false
	}
	if a.Reply.Form != wanted {
		cell.Doubt = x.words.T("course.doubt.form", "Form", known(x.words, "offering.form.", wanted))
		return cell, 0, true
	}
	return cell, 1, true
}

// priceDoubt tells when the two prices do not agree.
func (x *comparer) priceDoubt(a *Asked) string {
	total, err1 := strconv.ParseInt(a.Reply.Total, 10, 64)
	price, err2 := strconv.ParseInt(a.Reply.Price, 10, 64)
	people := x.c.Request.People
	if err1 != nil || err2 != nil || people == 0 || price > data.MaxAmount/people {
		return ""
	}
	if gap := total - price*people; gap > people || -gap > people { // more than rounding
		return x.words.T("course.doubt.price", "Price", x.words.Money(price), "Sum", x.words.Money(price*people))
	}
	return ""
}

func digits(date string) string {
	if len(date) != len("2006-01-02") {
		return ""
	}
	return date[:4] + date[5:7] + date[8:]
}

// Save writes the comparison to a file, XLSX or CSV as its name says. A price that
// would tell how few they are is left out where the group is smaller than what may
// be told.
func (c *Comparison) Save(path string, words *lang.Printer) error {
	header := append([]string{words.T("course.compare.what")}, c.Providers...)
	few := c.Request.People > 0 && c.Request.People < insight.LeastShown
	return exchange.WriteTable(path, header, func(yield func([]string) error) error {
		for _, l := range c.Lines {
			cells := []string{l.Label}
			if few && l.ID == CompareEach {
				continue
			}
			for _, one := range l.Cells {
				text := one.Text
				switch {
				case text == "" && l.ID != CompareStatus:
					text = words.T("course.compare.none")
				case one.Best:
					text += " " + words.T("course.compare.bestMark")
				}
				if one.Doubt != "" && !few {
					text += " – " + one.Doubt
				}
				cells = append(cells, text)
			}
			if err := yield(cells); err != nil {
				return err
			}
		}
		return nil
	})
}
