package document

import (
	"strconv"
	"strings"
)

// Prose makes blocks of a text as people type it: empty lines divide paragraphs,
// and lines that begin with a dash, a bullet or a number become a list. A
// paragraph that introduces a list stays with it.
func Prose(text string) []Block {
	var all []Block
	parts := paragraphs(text)
	for i, part := range parts {
		if part.items == nil {
			all = append(all, Paragraph{Spans: Text(part.text), KeepWithNext: i+1 < len(parts) && parts[i+1].items != nil})
			continue
		}
		items := make([][]Span, len(part.items))
		for k, item := range part.items {
			items[k] = Text(item)
		}
		all = append(all, List{Items: items, Ordered: part.ordered})
	}
	return all
}

// passage is a paragraph, or a list when it has items.
type passage struct {
	text    string
	items   []string
	ordered bool
}

// Tidy makes line ends alike and takes away what stands empty before and after.
func Tidy(text string) string {
	return strings.Trim(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), "\n \t")
}

func paragraphs(text string) []passage {
	var all []passage
	open := false // the next line goes on in the last passage
	for _, line := range strings.Split(Tidy(text), "\n") {
		line = strings.TrimRight(line, " \t")
		last := len(all) - 1
		item, kind := listItem(line)
		switch {
		case strings.TrimSpace(line) == "":
			open = false
		case kind == bullet && open && all[last].items != nil && !all[last].ordered:
			all[last].items = append(all[last].items, item)
		case kind > bullet && open && all[last].ordered && kind == len(all[last].items)+1:
			all[last].items = append(all[last].items, item)
		case kind == bullet || kind == first:
			all = append(all, passage{items: []string{item}, ordered: kind == first})
			open = true
		case open && all[last].items != nil && strings.HasPrefix(line, " "):
			// An indented line goes on in the item above it.
			items := all[last].items
			items[len(items)-1] += " " + strings.TrimSpace(line)
		case open && all[last].items == nil:
			all[last].text += "\n" + line
		default:
			all = append(all, passage{text: line})
			open = true
		}
	}
	return loosened(all)
}

// loosened turns a list of one back into the line that was written.
func loosened(all []passage) []passage {
	for i, p := range all {
		if p.ordered && len(p.items) == 1 {
			all[i] = passage{text: "1. " + p.items[0]}
		}
	}
	return all
}

// What listItem may say besides the number of a numbered item.
const (
	noItem = -1
	bullet = 0
	first  = 1
)

// listItem tells whether a line is an item of a list: noItem, bullet, or the
// number it begins with.
func listItem(line string) (text string, kind int) {
	line = strings.TrimLeft(line, " \t")
	for _, mark := range []string{"- ", "– ", "• ", "* ", "•\t", "-\t"} {
		if rest, ok := strings.CutPrefix(line, mark); ok && strings.TrimSpace(rest) != "" {
			return strings.TrimSpace(rest), bullet
		}
	}
	number, rest, ok := strings.Cut(line, ". ")
	if n, err := strconv.Atoi(number); ok && err == nil && n > 0 && n < 100 && number[0] != '0' && number[0] != '+' && strings.TrimSpace(rest) != "" {
		return strings.TrimSpace(rest), n
	}
	return "", noItem
}
