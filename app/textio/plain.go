package textio

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"kompetansepilot/internal/lazyregexp"
)

// listLine is a line of a simple list: indent, bullet or number, text.
var listLine = lazyregexp.New(`^([ \t]*)([-*+•]|\d{1,4}[.)])[ \t]+(\S.*)$`)

func isListLine(line string) bool { return listLine.MatchString(line) }

// clean is a text as it may be stored: valid, composed, \n for line breaks, no
// control characters or hidden hyphens, no blank ends and at most one empty line
// at a time.
func clean(text string) string {
	text = norm.NFC.String(strings.ToValidUTF8(text, "\uFFFD"))
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n\n", "\u2028", "\n", "\u2029", "\n\n", "\u0085", "\n").Replace(text)
	text = strings.Map(func(r rune) rune {
		switch r {
		case '\n', '\t':
			return r
		case '\u00ad', '\u200b', '\u2060', '\ufeff', '\ufffe', '\uffff':
			return -1
		}
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, text)
	// What goes may have stood between a letter and its accent.
	text = norm.NFC.String(text)
	var kept []string
	for _, line := range strings.Split(text, "\n") {
		line = strings.TrimRightFunc(line, unicode.IsSpace)
		if line == "" && (len(kept) == 0 || kept[len(kept)-1] == "") {
			continue
		}
		kept = append(kept, line)
	}
	return strings.TrimRight(strings.Join(kept, "\n"), "\n")
}

// normal is a text without what other programs change by themselves: kinds of
// spaces, bullets, empty lines round lists. Two texts that are the same in this
// form say the same.
func normal(text string) string {
	text = strings.Map(func(r rune) rune {
		switch r {
		case '\u200c', '\u200d':
			return -1
		case '\u2011':
			return '-'
		}
		return r
	}, clean(text))
	var kept []string
	for _, line := range strings.Split(text, "\n") {
		line = strings.Join(strings.Fields(line), " ")
		if m := listLine.FindStringSubmatch(line); m != nil {
			bullet := m[2]
			if len(bullet) == 1 || bullet == "•" {
				bullet = "-"
			}
			line = bullet + " " + m[3]
			if last := len(kept) - 1; last > 0 && kept[last] == "" {
				kept = kept[:last]
			}
		} else if line == "" && len(kept) > 0 && (kept[len(kept)-1] == "" || isListLine(kept[len(kept)-1])) {
			continue
		}
		kept = append(kept, line)
	}
	return strings.TrimSpace(norm.NFC.String(strings.Join(kept, "\n")))
}

// hashOf is a short hash of what a text says.
func hashOf(text string) string {
	sum := sha256.Sum256([]byte(normal(text)))
	return hex.EncodeToString(sum[:4])
}

// joinBlocks puts paragraphs together: an empty line between them, none inside a
// list.
func joinBlocks(texts []string) string {
	var b strings.Builder
	last := ""
	for _, text := range texts {
		if strings.TrimSpace(text) == "" {
			continue
		}
		if b.Len() > 0 {
			first, _, _ := strings.Cut(text, "\n")
			if isListLine(last) && isListLine(first) {
				b.WriteByte('\n')
			} else {
				b.WriteString("\n\n")
			}
		}
		b.WriteString(text)
		last = text[strings.LastIndexByte(text, '\n')+1:]
	}
	return b.String()
}
