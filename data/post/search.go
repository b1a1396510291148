package post

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"kompetansepilot/data"
)

// Query picks messages.
type Query struct {
	// Text is what a person types: words, "a phrase", and fra:, til:, etter:, før:,
	// mappe:, fil: and har:vedlegg, or the same in English. Spellings that people
	// mix up are equal, a word is found by its beginning, and a longer one also in
	// the middle of a compound.
	Text    string
	Account string
	Folder  int64
	// Records keeps the messages linked to one of these (kind:id).
	Records []string
	// Keys keeps these; nil keeps all. Without leaves these out.
	Keys, Without []string
	// Unlinked keeps the messages that are linked to nothing, Linked the others.
	Unread, Attachment, Unlinked, Linked, Due bool
	Threads                                   bool // a line for each thread
	Oldest                                    bool // oldest first
	// Owed keeps the threads in which this side is to answer, the longest first; "" keeps
	// all.
	Owed string
	// Wrong keeps those that could not be fetched.
	Wrong bool
}

// picked is a query as SQL: what it reads from, and the conditions on message m.
type picked struct {
	from  string
	time  string // the place in time
	where []string
	args  []any
}

func (p *picked) add(part string, values ...any) {
	p.where, p.args = append(p.where, part), append(p.args, values...)
}

// sql is the end of a statement, from FROM on.
func (p *picked) sql() string {
	if len(p.where) == 0 {
		return " FROM " + p.from
	}
	return " FROM " + p.from + " WHERE " + strings.Join(p.where, " AND ")
}

// pick makes SQL of a query. Where it asks for words, the index of words leads: it
// gives the messages in the order of time, so that a page ends the search.
func (s *Store) pick(q *Query) (*picked, error) {
	parsed := parse(q.Text)
	p := &picked{from: "message m", time: "m.place_in_time"}
	add := p.add
	if match, err := s.match(&parsed); err != nil {
		return nil, err
	} else if match != "" {
		p.from, p.time = "words CROSS JOIN message m ON m.place_in_time = words.rowid", "words.rowid"
		add("words MATCH ?", match)
	}
	if parsed.after != "" {
		add(p.time+" >= ?", unix(parsed.after))
	}
	if parsed.before != "" {
		add(p.time+" < ?", unix(parsed.before))
	}
	if parsed.folder != "" {
		add("EXISTS (SELECT 1 FROM place p JOIN folder f ON f.id = p.folder WHERE p.message = m.id AND instr(lower(f.name), lower(?)) > 0)", parsed.folder)
	}
	if q.Account != "" {
		add("EXISTS (SELECT 1 FROM place p JOIN folder f ON f.id = p.folder WHERE p.message = m.id AND f.account = ?)", q.Account)
	}
	if q.Folder != 0 {
		add("EXISTS (SELECT 1 FROM place p WHERE p.message = m.id AND p.folder = ? AND p.gone = 0)", q.Folder)
	}
	list := func(head string, values []string) {
		if values == nil {
			return
		}
		marks := make([]string, len(values))
		for i, v := range values {
			marks[i] = "?"
			p.args = append(p.args, v)
		}
		p.where = append(p.where, fmt.Sprintf(head, strings.Join(marks, ", ")))
	}
	list("m.id IN (SELECT message FROM finding WHERE kind = 'link' AND record IN (%s))", q.Records)
	list("m.key IN (%s)", q.Keys)
	if len(q.Without) > 0 {
		keys, err := json.Marshal(q.Without) // there may be more than a statement takes values
		if err != nil {
			return nil, err
		}
		add("m.key NOT IN (SELECT value FROM json_each(?))", string(keys))
	}
	if q.Linked {
		add("EXISTS (SELECT 1 FROM finding f WHERE f.message = m.id AND f.kind = 'link')")
	}
	if q.Unlinked {
		add("NOT EXISTS (SELECT 1 FROM finding f WHERE f.message = m.id AND f.kind = 'link')")
	}
	if q.Unread {
		add("EXISTS (SELECT 1 FROM place p WHERE p.message = m.id AND p.flags & 1 = 0 AND p.gone = 0)")
	}
	if q.Attachment || parsed.attachment {
		add("m.attachments > 0")
	}
	if q.Due {
		add("EXISTS (SELECT 1 FROM finding f WHERE f.message = m.id AND f.due <> '')")
	}
	if q.Owed != "" {
		add("m.thread IN (SELECT thread FROM owed WHERE who = ?)", q.Owed)
	}
	if q.Wrong {
		add("m.state = 2")
	}
	return p, nil
}

// unix is where a day begins among the places in time.
func unix(date string) int64 {
	t, err := time.ParseInLocation(time.DateOnly, date, time.Local)
	if err != nil {
		return 0
	}
	return timeOf(t)
}

// parsed is what was typed, taken apart.
type parsed struct {
	words, phrases        []term
	after, before, folder string
	attachment            bool
}

// term is a word or a phrase, and the column that it must stand in.
type term struct{ column, text string }

// prefixes are the names before a colon, folded, with what they mean.
func prefixes() map[string]string {
	return map[string]string{"fra": "people", "from": "people", "til": "people", "to": "people", "emne": "subject", "subject": "subject", "fil": "files", "file": "files", "vedlegg": "files",
		"etter": "after", "after": "after", "for": "before", "before": "before", "mappe": "folder", "folder": "folder", "har": "has", "has": "has"}
}

// parse takes apart what was typed.
func parse(text string) parsed {
	var p parsed
	known := prefixes()
	for _, token := range tokens(text) {
		name, value, ok := strings.Cut(token, ":")
		kind := known[data.Fold(name)]
		if !ok || kind == "" || value == "" {
			kind, value = "", token
		}
		value = strings.TrimSpace(value)
		quoted := strings.HasPrefix(value, `"`)
		value = strings.Trim(value, `"`)
		switch kind {
		case "after", "before":
			date, ok := dateOf(value)
			switch {
			case !ok:
				p.words = append(p.words, term{"", value})
			case kind == "after":
				p.after = date
			default:
				p.before = date
			}
		case "folder":
			p.folder = value
		case "has":
			p.attachment = true
		default:
			t := term{kind, value}
			if quoted || strings.ContainsAny(value, "@.-_ ") {
				p.phrases = append(p.phrases, t)
			} else {
				p.words = append(p.words, t)
			}
		}
	}
	return p
}

// tokens are what stands between spaces; what is quoted stays together.
func tokens(text string) []string {
	var all []string
	var now strings.Builder
	quoted := false
	for _, r := range text {
		switch {
		case r == '"' || r == '«' || r == '»' || r == '”' || r == '“':
			quoted = !quoted
			now.WriteByte('"')
		case unicode.IsSpace(r) && !quoted:
			if now.Len() > 0 {
				all = append(all, now.String())
				now.Reset()
			}
		default:
			now.WriteRune(r)
		}
	}
	if now.Len() > 0 {
		all = append(all, now.String())
	}
	return all
}

// dateOf reads 2026-03-01, 1.3.2026, 2026 and 2026-03.
func dateOf(text string) (string, bool) {
	for _, layout := range []string{time.DateOnly, "2.1.2006", "2006-01", "2006"} {
		if t, err := time.Parse(layout, text); err == nil {
			return t.Format(time.DateOnly), true
		}
	}
	return "", false
}

// How many words of the mail one typed word may stand for: by its beginning, in the
// middle, and at the end of a phrase.
const (
	mostBegun  = 1000
	mostInside = 200
	mostLast   = 50
)

// match is the query for the index, "" without words. A beginning is written out as
// the words that have it: the index reads those in the order of time and stops when a
// page is full, while it gathers all there is of a beginning first.
func (s *Store) match(p *parsed) (string, error) {
	var parts []string
	column := func(t term, forms []string) {
		expression := "(" + strings.Join(forms, " OR ") + ")"
		if t.column != "" {
			expression = "{" + t.column + "} : " + expression
		}
		parts = append(parts, expression)
	}
	for _, t := range p.phrases {
		words := split(t.text)
		if len(words) == 0 {
			continue
		}
		before, last := strings.Join(words[:len(words)-1], " "), words[len(words)-1]
		begun, err := s.begun(last, mostLast)
		if err != nil {
			return "", err
		}
		if begun == nil { // too many
			column(t, []string{quote(strings.Join(words, " ")) + "*"})
			continue
		}
		for i, form := range begun {
			begun[i] = quote(strings.TrimSpace(before + " " + form))
		}
		column(t, begun)
	}
	for _, t := range p.words {
		for _, word := range split(t.text) {
			forms, err := s.begun(word, mostBegun)
			if err != nil {
				return "", err
			}
			inside, err := s.inside(word)
			if err != nil {
				return "", err
			}
			tooMany := forms == nil
			forms = append(forms, inside...)
			for i, form := range forms {
				forms[i] = quote(form)
			}
			if tooMany {
				forms = append(forms, quote(word)+"*")
			}
			column(t, forms)
		}
	}
	return strings.Join(parts, " AND "), nil
}

// begun are the words of the mail that begin with a word, and that itself; nil when
// they are more than most.
func (s *Store) begun(word string, most int) ([]string, error) {
	all, err := texts(s.ro, "SELECT text FROM word WHERE text > ? AND text < ? LIMIT ?", word, word+string(utf8.MaxRune), most)
	if err != nil || len(all) == most {
		return nil, err
	}
	return append([]string{word}, all...), nil
}

func quote(word string) string { return `"` + strings.ReplaceAll(word, `"`, `""`) + `"` }

// inside are the words of the mail that have a word in their middle or end.
func (s *Store) inside(word string) ([]string, error) {
	if len(word) < 4 {
		return nil, nil
	}
	all, err := texts(s.ro, "SELECT text FROM wordpart WHERE text LIKE ? LIMIT ?", "%_"+word+"%", mostInside)
	return slices.DeleteFunc(all, func(text string) bool { return strings.HasPrefix(text, word) }), err
}
