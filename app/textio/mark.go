package textio

import (
	"strings"

	"kompetansepilot/internal/lazyregexp"
)

// mark is the quiet line that begins a field, or tells which application the
// file came from.
type mark struct {
	file bool   // names an application, not a field
	id   string // "" when it can't be read
	hash string // of the text that went out, "" when it can't be read
	note string // help for the writer

	open    bool // its end is lost
	damaged bool // something in it is
}

// String is the mark as it stands in a file.
func (m mark) String() string {
	var b strings.Builder
	b.WriteString("[[kp")
	if m.file {
		b.WriteString("-file")
	}
	b.WriteString(":" + m.id)
	if m.hash != "" {
		b.WriteString("#" + m.hash)
	}
	if m.note != "" {
		// The first closing bracket ends the mark.
		b.WriteString(" | " + strings.NewReplacer("[", "(", "]", ")", "\n", " ", "|", "/").Replace(m.note))
	}
	b.WriteString("]]")
	return b.String()
}

var (
	markStart = lazyregexp.New(`(?i)^[\s\x{200b}\x{feff}]*\[\s*\[?\s*kp\s*(-\s*file)?\s*:`)
	markHead  = lazyregexp.New(`^\s*([\pL\pN_.-]+)\s*(?:#\s*([0-9a-fA-F]*))?\s*(.*)$`)
	markHash  = lazyregexp.New(`^[0-9a-f]{8}$`)
)

// parseMark reads the mark that a paragraph begins with, and gives what stands
// after it. It is patient with what typing does to brackets and spaces.
func parseMark(text string) (m mark, rest string, ok bool) {
	at := markStart.FindStringSubmatchIndex(text)
	if at == nil {
		return mark{}, "", false
	}
	m.file = at[2] >= 0
	inner := text[at[1]:]
	if end := strings.IndexByte(inner, ']'); end >= 0 {
		rest = strings.TrimPrefix(inner[end+1:], "]")
		inner = inner[:end]
	} else {
		m.open, m.damaged = true, true
	}
	head, note, _ := strings.Cut(inner, "|")
	m.note = strings.TrimSpace(note)
	parts := markHead.FindStringSubmatch(strings.ReplaceAll(head, "\n", " "))
	if parts == nil {
		m.damaged = true
		return m, strings.TrimSpace(rest), true
	}
	m.id, m.hash = parts[1], strings.ToLower(parts[2])
	m.damaged = m.damaged || parts[3] != ""
	if !markHash.MatchString(m.hash) {
		m.hash = ""
	}
	return m, strings.TrimSpace(rest), true
}

// closeMark looks for the lost end of a mark in the paragraph after it, as when
// somebody pressed Enter inside it.
func closeMark(text string) (rest string, ok bool) {
	_, rest, ok = strings.Cut(text, "]]")
	return strings.TrimSpace(rest), ok
}

// bookmarkPrefix begins the names of our bookmarks: kp_FIELD_HASH.
const bookmarkPrefix = "kp_"

// maxBookmark is the longest name that Word keeps.
const maxBookmark = 40

var bookmarkID = lazyregexp.New(`^[A-Za-z0-9_]+$`)

// bookmark is the name of a field's bookmark, "" for an id that no bookmark can
// hold.
func bookmark(id, hash string) string {
	name := bookmarkPrefix + id + "_" + hash
	if !bookmarkID.MatchString(id) || len(name) > maxBookmark {
		return ""
	}
	return name
}

// parseBookmark reads the name of a bookmark of ours.
func parseBookmark(name string) (m mark, ok bool) {
	rest, ours := strings.CutPrefix(name, bookmarkPrefix)
	cut := strings.LastIndexByte(rest, '_')
	if !ours || cut <= 0 || !markHash.MatchString(rest[cut+1:]) {
		return mark{}, false
	}
	return mark{id: rest[:cut], hash: rest[cut+1:]}, true
}
