package insight

import (
	"strings"

	"kompetansepilot/app/lang"
)

// mostLines is how many subjects a text names.
const mostLines = 10

// Text tells in plain sentences and lines what is asked for, for an application.
// It leaves the county, so counts below five are left out of it. The same needs
// give the same text: its date is that of the newest half-year, not the clock.
// It is "" while there is nothing to tell.
func (f *Facts) Text(words *lang.Printer) string {
	subjects, places := f.Count(BySubject, nil, words), f.Count(ByMunicipality, nil, words)
	p := subjects.Public()
	if p.Sum.Needs <= 0 { // none, or too few to tell of
		return ""
	}
	n := func(key string, count int64) string { return words.N(key, int(count)) }
	known := 0
	for i := range places.Rows {
		if places.Rows[i].Key != "" {
			known++
		}
	}
	sentences := []string{words.T("insight.text.sum", "Needs", n("insight.needs", p.Sum.Needs), "Businesses", n("insight.businesses", p.Sum.Businesses))}
	if p.Sum.Businesses == Hidden {
		sentences[0] = words.T("insight.text.sumOnly", "Needs", n("insight.needs", p.Sum.Needs))
	}
	if known > 1 {
		sentences = append(sentences, words.N("insight.text.places", known))
	}
	if p.Sum.People > 0 {
		sentences = append(sentences, words.N("insight.text.people", int(p.Sum.People)))
	}
	if p.Sum.Unmet > 0 {
		sentences = append(sentences, words.N("insight.text.unmet", int(p.Sum.Unmet)))
	}
	if last := len(subjects.Halves); last > 0 {
		sentences = append(sentences, words.T("insight.text.until", "Half", HalfName(subjects.Halves[last-1], words)))
	}
	lines := f.lines(&subjects, &p, words)
	text := strings.Join(sentences, " ")
	if len(lines) > 0 {
		text += "\n\n" + words.T("insight.text.most") + "\n" + strings.Join(lines, "\n")
	}
	return text
}

// lines are the subjects most asked for, a line each.
func (f *Facts) lines(t *Table, p *PublicTable, words *lang.Printer) []string {
	var all []string
	for i := range t.Rows {
		r := &p.Rows[i]
		if t.Rows[i].Key == "" || r.Needs <= 0 || len(all) == mostLines {
			continue
		}
		line := words.T("insight.text.line", "Subject", r.Name, "Needs", words.N("insight.needs", int(r.Needs)))
		if r.Businesses > 0 && r.Businesses != r.Needs {
			line += words.T("insight.text.inBusinesses", "Businesses", words.N("insight.businesses", int(r.Businesses)))
		}
		if r.People > 0 {
			line += ", " + words.N("insight.people", int(r.People))
		}
		if t.Rows[i].Rises {
			line += words.T("insight.text.rising")
		}
		all = append(all, line)
	}
	return all
}
