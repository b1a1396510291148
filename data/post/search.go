package post

import (
	"fmt"
	"strings"
	"time"
	"unicode"

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
	// Keys keeps these; nil keeps all.
	Keys                              []string
	Unread, Attachment, Unlinked, Due bool
	Threads                           bool // a line for each thread
	Oldest                            bool // oldest first
	// Owed keeps the threads in which this side is to answer, the longest first; "" keeps
	// all.
	Owed string
	// Wrong keeps those that could not be fetched.
	Wrong bool
}

// where is the condition of a query as SQL.
func (s *Store) where(q *Query) (string, []any, error) {
	parsed := parse(q.Text)
	var parts []string
	var args []any
	add := func(part string, values ...any) { parts, args = append(parts, part), append(args, values...) }
	if match, err := s.match(&parsed); err != nil {
		return "", nil, err
	} else if match != "" {
		add("m.id IN (SELECT rowid FROM words WHERE words MATCH ?)", match)
	}
	if parsed.after != "" {
		add("m.date >= ?", unix(parsed.after))
	}
	if parsed.before != "" {
		add("m.date < ?", unix(parsed.before))
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
			args = append(args, v)
		}
		parts = append(parts, fmt.Sprintf(head, strings.Join(marks, ", ")))
	}
	list("m.id IN (SELECT message FROM finding WHERE kind = 'link' AND record IN (%s))", q.Records)
	list("m.key IN (%s)", q.Keys)
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
	if q.Threads && len(parts) == 0 {
		add("NOT EXISTS (SELECT 1 FROM message n WHERE n.thread = m.thread AND (n.date > m.date OR n.date = m.date AND n.id > m.id))")
	} else if q.Threads { // the newest of those that fit
		parts = []string{"m.id IN (SELECT id FROM (SELECT m.id, row_number() OVER (PARTITION BY m.thread ORDER BY m.date DESC, m.id DESC) AS nr FROM message m WHERE " +
			strings.Join(parts, " AND ") + ") WHERE nr = 1)"}
	}
	if len(parts) == 0 {
		return "", nil, nil
	}
	return " WHERE " + strings.Join(parts, " AND "), args, nil
}

func unix(date string) int64 {
	t, err := time.ParseInLocation(time.DateOnly, date, time.Local)
	if err != nil {
		return 0
	}
	return t.Unix()
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

// mostForms is how many words of the mail one typed word may stand for.
const mostForms = 200

// match is the query for the index, "" without words.
func (s *Store) match(p *parsed) (string, error) {
	var parts []string
	column := func(t term, expression string) string {
		if t.column == "" {
			return "(" + expression + ")"
		}
		return "{" + t.column + "} : (" + expression + ")"
	}
	for _, t := range p.phrases {
		if words := split(t.text); len(words) > 0 {
			parts = append(parts, column(t, quote(strings.Join(words, " "))+"*"))
		}
	}
	for _, t := range p.words {
		for _, word := range split(t.text) {
			forms := []string{quote(word) + "*"}
			inside, err := s.inside(word)
			if err != nil {
				return "", err
			}
			for _, form := range inside {
				forms = append(forms, quote(form))
			}
			parts = append(parts, column(t, strings.Join(forms, " OR ")))
		}
	}
	return strings.Join(parts, " AND "), nil
}

// split cuts a text into words as the index does.
func split(text string) []string {
	return strings.FieldsFunc(data.Fold(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

func quote(word string) string { return `"` + strings.ReplaceAll(word, `"`, `""`) + `"` }

// inside are the words of the mail that have a word in their middle or end.
func (s *Store) inside(word string) ([]string, error) {
	if len(word) < 4 {
		return nil, nil
	}
	rows, err := s.ro.Query("SELECT text FROM wordpart WHERE text LIKE ? LIMIT ?", "%_"+word+"%", mostForms)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		if !strings.HasPrefix(text, word) {
			all = append(all, text)
		}
	}
	return all, rows.Err()
}
