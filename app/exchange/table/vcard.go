package table

import (
	"encoding/base64"
	"io"
	"mime/quotedprintable"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Columns of a file of contact cards, in the order of Row.Cells. The first row
// that is read holds these names.
const (
	CardName         = "FN"
	CardOrganisation = "ORG"
	CardTitle        = "TITLE"
	CardEmail        = "EMAIL"
	CardPhone        = "TEL"
	CardWebsite      = "URL"
	CardPlace        = "ADR"
	CardTags         = "CATEGORIES"
	CardNote         = "NOTE"
	CardNumber       = "X-ORGNR"
	CardLanguage     = "LANG"
)

// cardColumns are the columns of contact cards.
func cardColumns() []string {
	return []string{CardName, CardOrganisation, CardTitle, CardEmail, CardPhone, CardWebsite, CardPlace, CardTags, CardNote, CardNumber, CardLanguage}
}

// isCards tells a file of contact cards.
func isCards(text string) bool {
	text = strings.TrimLeft(text, "\ufeff \t\r\n")
	return len(text) >= len("BEGIN:VCARD") && strings.EqualFold(text[:len("BEGIN:VCARD")], "BEGIN:VCARD")
}

// cards reads contact cards of versions 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350).
type cards struct {
	rest   string
	number int
}

func readCards(text string) *Reader {
	c := &cards{rest: strings.TrimPrefix(text, "\ufeff")}
	return &Reader{Info: Info{Format: VCard}, next: c.next, close: func() error { return nil }}
}

func (c *cards) next() (Row, error) {
	if c.number == 0 {
		c.number = 1
		return Row{Number: 0, Cells: cardColumns()}, nil
	}
	for {
		line, ok := c.line()
		if !ok {
			return Row{}, io.EOF
		}
		if strings.EqualFold(strings.TrimSpace(line), "BEGIN:VCARD") {
			return c.card(), nil
		}
	}
}

// card reads to the end of a card. One that is cut off is told of.
func (c *cards) card() Row {
	row := Row{Number: c.number, Cells: make([]string, len(cardColumns())), Fault: FaultCard}
	c.number++
	best := map[string]int{}
	for {
		before := c.rest
		line, ok := c.line()
		if !ok {
			return row
		}
		switch strings.ToUpper(strings.TrimSpace(line)) {
		case "END:VCARD":
			row.Fault = ""
			for _, cell := range row.Cells {
				if strings.ContainsRune(cell, 0) {
					row.Fault = FaultNUL
				}
			}
			return row
		case "BEGIN:VCARD": // the one before never ended
			c.rest = before
			return row
		}
		if len(line) <= 2*MaxCell { // no picture
			row.take(parseProperty(line), best)
		}
	}
}

// line is the next line with those that continue it.
func (c *cards) line() (string, bool) {
	if c.rest == "" {
		return "", false
	}
	first := c.physical()
	soft := strings.Contains(strings.ToUpper(first[:min(len(first), 200)]), "QUOTED-PRINTABLE")
	var line strings.Builder
	line.WriteString(first)
	for last := first; c.rest != ""; {
		switch {
		case c.rest[0] == ' ' || c.rest[0] == '\t':
			last = c.physical()[1:]
		case soft && strings.HasSuffix(last, "="):
			line.WriteString("\r\n")
			last = c.physical()
		default:
			return line.String(), true
		}
		line.WriteString(last)
	}
	return line.String(), true
}

func (c *cards) physical() string {
	end := lineEnd(c.rest)
	line := c.rest[:end]
	c.rest = c.rest[end:]
	switch {
	case strings.HasPrefix(c.rest, "\r\n"):
		c.rest = c.rest[2:]
	case c.rest != "":
		c.rest = c.rest[1:]
	}
	return line
}

// property is one line of a card.
type property struct {
	name   string
	params map[string][]string
	value  string
}

func parseProperty(line string) property {
	head, value, ok := cutOutside(line, ':')
	if !ok {
		return property{}
	}
	p := property{value: value, params: map[string][]string{}}
	for i, part := range splitOutside(head, ';') {
		if i == 0 {
			if _, name, ok := strings.Cut(part, "."); ok { // item1.EMAIL
				part = name
			}
			p.name = strings.ToUpper(strings.TrimSpace(part))
			continue
		}
		name, text, ok := strings.Cut(part, "=")
		if !ok {
			name, text = "TYPE", part // 2.1: TEL;WORK
		}
		name = strings.ToUpper(strings.TrimSpace(name))
		for v := range strings.SplitSeq(text, ",") {
			p.params[name] = append(p.params[name], strings.ToUpper(strings.Trim(v, `" `)))
		}
	}
	p.decode()
	return p
}

func (p *property) has(param, value string) bool {
	for _, v := range p.params[param] {
		if v == value {
			return true
		}
	}
	return false
}

func (p *property) decode() {
	switch {
	case p.has("ENCODING", "QUOTED-PRINTABLE"):
		raw, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(p.value)))
		if err == nil || len(raw) > 0 {
			p.value = string(raw)
		}
	case p.has("ENCODING", "B"), p.has("ENCODING", "BASE64"):
		if raw, err := base64.StdEncoding.DecodeString(p.value); err == nil && utf8.Valid(raw) {
			p.value = string(raw)
		}
	}
	if !utf8.ValidString(p.value) {
		if text, err := charmap.Windows1252.NewDecoder().String(p.value); err == nil {
			p.value = text
		}
	}
}

// take puts a property into the row. Of several addresses the preferred one is
// kept, then one for work, then the first.
func (r *Row) take(p property, best map[string]int) {
	at := -1
	for i, name := range cardColumns() {
		if name == p.name {
			at = i
		}
	}
	value := ""
	switch p.name {
	case CardOrganisation:
		value = strings.Join(nonEmpty(parts(p.value, ';')), ", ")
	case "N":
		if n := parts(p.value, ';'); r.Cells[0] == "" && len(n) > 1 {
			r.Cells[0] = strings.TrimSpace(strings.Join(nonEmpty([]string{n[1], n[0]}), " "))
		}
		return
	case CardPlace:
		if a := parts(p.value, ';'); len(a) > 3 {
			value = a[3] // the locality
		}
	case CardTags:
		value = strings.Join(nonEmpty(parts(p.value, ',')), ", ")
	case CardPhone:
		value = strings.TrimPrefix(plain(p.value), "tel:")
	case CardEmail:
		value = strings.TrimPrefix(plain(p.value), "mailto:")
	default:
		if at < 0 {
			return
		}
		value = plain(p.value)
	}
	value = strings.TrimSpace(value)
	if rank := p.rank(); value != "" && (r.Cells[at] == "" || rank > best[p.name]) {
		r.Cells[at], best[p.name] = value, rank
	}
}

func (p *property) rank() int {
	switch {
	case p.has("TYPE", "PREF") || p.has("PREF", "1"):
		return 3
	case p.has("TYPE", "FAX"):
		return 0
	case p.has("TYPE", "WORK"):
		return 2
	}
	return 1
}

// parts splits a value at a mark that has no backslash before it, and takes the
// backslashes away.
func parts(s string, mark byte) []string {
	var all []string
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s):
			i++
			if s[i] == 'n' || s[i] == 'N' {
				b.WriteByte('\n')
			} else {
				b.WriteByte(s[i])
			}
		case mark != 0 && s[i] == mark:
			all = append(all, b.String())
			b.Reset()
		default:
			b.WriteByte(s[i])
		}
	}
	return append(all, b.String())
}

func plain(s string) string { return parts(s, 0)[0] }

func nonEmpty(all []string) []string {
	var kept []string
	for _, s := range all {
		if s = strings.TrimSpace(s); s != "" {
			kept = append(kept, s)
		}
	}
	return kept
}

// cutOutside cuts at the first mark outside quotation marks.
func cutOutside(s string, mark byte) (before, after string, ok bool) {
	quoted := false
	for i := range len(s) {
		switch {
		case s[i] == '"':
			quoted = !quoted
		case s[i] == mark && !quoted:
			return s[:i], s[i+1:], true
		}
	}
	return s, "", false
}

func splitOutside(s string, mark byte) []string {
	var all []string
	for {
		before, rest, ok := cutOutside(s, mark)
		all = append(all, before)
		if !ok {
			return all
		}
		s = rest
	}
}
