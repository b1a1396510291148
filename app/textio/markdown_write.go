package textio

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"kompetansepilot/internal/lazyregexp"
)

// writeMarkdown writes CommonMark: # for the title, ## for sections, ### for
// fields, and a backslash where a line ends inside a paragraph.
func writeMarkdown(d document) string {
	var b strings.Builder
	heading := func(level int, text string) {
		b.WriteString(strings.Repeat("#", level) + " " + escapeInline(strings.Join(strings.Fields(text), " ")) + "\n\n")
	}
	heading(1, d.title)
	b.WriteString(d.mark.String() + "\n\n")
	for _, text := range d.intro {
		b.WriteString(text + "\n\n")
	}
	for _, s := range d.sections {
		heading(2, s.label)
		for _, f := range s.fields {
			heading(3, f.label)
			b.WriteString(f.mark.String() + "\n\n")
			if f.text != "" {
				writeMarkdownText(&b, f.text)
				b.WriteString("\n\n")
			}
		}
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}

func writeMarkdownText(b *strings.Builder, text string) {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		list := isListLine(line)
		b.WriteString(escapeLine(line))
		switch {
		case i == len(lines)-1:
		case line == "" || lines[i+1] == "" || isListLine(lines[i+1]):
			b.WriteString("\n")
		case list:
			b.WriteString("\n\n") // or the next line would belong to the item
		default:
			b.WriteString("\\\n")
		}
	}
}

// blockSyntax is what makes a line something else than text.
var blockSyntax = lazyregexp.New(`^(?:#{1,6}(?:\s|$)|>|\||~~~|[-=]+$|(?:[-*_]\s*){3,}$)`)

// escapeLine is a line of text that Markdown reads back as the same text.
func escapeLine(line string) string {
	if m := listLine.FindStringSubmatch(line); m != nil && !blockSyntax.MatchString(strings.TrimSpace(line)) {
		indent := strings.ReplaceAll(m[1], "\t", "  ")
		return indent + m[2] + " " + escapeStart(m[3])
	}
	return escapeStart(strings.TrimSpace(line))
}

func escapeStart(text string) string {
	escaped := escapeInline(text)
	if blockSyntax.MatchString(text) && !strings.HasPrefix(escaped, "\\") {
		return "\\" + escaped
	}
	return escaped
}

// entityStart is what could be read as &name;
var entityStart = lazyregexp.New(`^&(?:[A-Za-z][A-Za-z0-9]*|#[0-9]+|#[xX][0-9A-Fa-f]+);`)

// escapeInline puts a backslash before what would be read as a sign, and leaves
// all else as people write it.
func escapeInline(text string) string {
	var b strings.Builder
	previous := ' '
	for i, r := range text {
		next, _ := utf8.DecodeRuneInString(text[i+utf8.RuneLen(r):])
		if i+utf8.RuneLen(r) == len(text) {
			next = ' '
		}
		if needsEscape(r, previous, next, text[i:]) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
		previous = r
	}
	return b.String()
}

func needsEscape(r, previous, next rune, rest string) bool {
	switch r {
	case '`', '[':
		return true
	case '\\':
		return next == ' ' && len(rest) == 1 || isPunct(next)
	case '*':
		return !unicode.IsSpace(previous) || !unicode.IsSpace(next)
	case '_':
		return !(isWord(previous) && isWord(next)) && !(unicode.IsSpace(previous) && unicode.IsSpace(next))
	case '<':
		return unicode.IsLetter(next) || next == '/' || next == '!'
	case '&':
		return entityStart.MatchString(rest)
	}
	return false
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// isPunct tells what a backslash can stand before (CommonMark 0.31, 2.4).
func isPunct(r rune) bool {
	return r > ' ' && r < unicode.MaxASCII && !isWord(r)
}
