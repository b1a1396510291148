package textio

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// wordStyle is what a paragraph style says of headings and lists.
type wordStyle struct {
	name, base string
	outline    int // heading level, 0 for none
	list       string
	level      int
}

// wordStyleSheet are the styles of a document by id.
type wordStyleSheet map[string]*wordStyle

// read collects the styles from the tokens of styles.xml.
func (s wordStyleSheet) read() func(xml.Token, int) error {
	var now *wordStyle
	return func(t xml.Token, _ int) error {
		start, ok := t.(xml.StartElement)
		if !ok {
			return nil
		}
		value := attribute(start, "val")
		if start.Name.Local == "style" {
			now = &wordStyle{}
			if len(s) < maxStyles {
				s[attribute(start, "styleId")] = now
			}
		}
		if now == nil {
			return nil
		}
		switch start.Name.Local {
		case "name":
			now.name = strings.ToLower(value)
		case "basedOn":
			now.base = value
		case "outlineLvl":
			now.outline = outlineLevel(value)
		case "numId":
			now.list = value
		case "ilvl":
			now.level = number(value, 0)
		}
		return nil
	}
}

// outlineLevel is 1 for Word's 0; its 9 is body text.
func outlineLevel(value string) int {
	if n := number(value, 9); n >= 0 && n < 9 {
		return n + 1
	}
	return 0
}

func number(text string, otherwise int) int {
	if n, err := strconv.Atoi(text); err == nil {
		return n
	}
	return otherwise
}

// heading is the level of the headings that a style makes, 0 for other styles.
// Word's own styles are known by their English names in all languages.
func (s wordStyleSheet) heading(id string) int {
	for range maxNesting {
		style := s[id]
		if style == nil {
			return 0
		}
		switch rest, is := strings.CutPrefix(style.name, "heading "); {
		case is && number(rest, 0) > 0:
			return min(number(rest, 0), 9)
		case style.name == "title":
			return 1
		case style.outline > 0:
			return style.outline
		}
		id = style.base
	}
	return 0
}

// list is the list that a style puts its paragraphs in.
func (s wordStyleSheet) list(id string) (list string, level int) {
	for range maxNesting {
		style := s[id]
		if style == nil {
			return "", 0
		}
		if style.list != "" {
			return style.list, style.level
		}
		id = style.base
	}
	return "", 0
}

// contents tells whether a style is for lines of a table of contents.
func (s wordStyleSheet) contents(id string) bool {
	return s[id] != nil && strings.HasPrefix(s[id].name, "toc ")
}

// wordLevel is a level of a list: what stands before its lines.
type wordLevel struct {
	format, text string
	start        int
}

// wordLists are the lists of a document, and how far each has counted.
type wordLists struct {
	kinds  map[string]map[int]wordLevel // by the id of the abstract list
	lists  map[string]string            // list -> abstract list
	starts map[string]map[int]int       // list -> where it begins anew
	counts map[string]map[int]int       // abstract list -> level -> last number
	begun  map[string]bool              // list and level
}

func newWordLists() *wordLists {
	return &wordLists{kinds: map[string]map[int]wordLevel{}, lists: map[string]string{}, starts: map[string]map[int]int{},
		counts: map[string]map[int]int{}, begun: map[string]bool{}}
}

// read collects the lists from the tokens of numbering.xml.
func (l *wordLists) read() func(xml.Token, int) error {
	kind, list, level := "", "", 0
	return func(t xml.Token, _ int) error {
		start, ok := t.(xml.StartElement)
		if !ok || len(l.kinds)+len(l.lists) > maxStyles {
			return nil
		}
		value := attribute(start, "val")
		change := func(f func(*wordLevel)) {
			if levels := l.kinds[kind]; levels != nil && list == "" && level >= 0 && level < wordLevels {
				now := levels[level]
				f(&now)
				levels[level] = now
			}
		}
		switch start.Name.Local {
		case "abstractNum":
			kind, list = attribute(start, "abstractNumId"), ""
			l.kinds[kind] = map[int]wordLevel{}
		case "num":
			list = attribute(start, "numId")
			l.starts[list] = map[int]int{}
		case "abstractNumId":
			l.lists[list] = value
		case "lvl", "lvlOverride":
			level = number(attribute(start, "ilvl"), 0)
		case "start":
			change(func(w *wordLevel) { w.start = number(value, 1) })
		case "numFmt":
			change(func(w *wordLevel) { w.format = value })
		case "lvlText":
			change(func(w *wordLevel) { w.text = value })
		case "startOverride":
			if list != "" && level >= 0 && level < wordLevels {
				l.starts[list][level] = number(value, 1)
			}
		}
		return nil
	}
}

// sign is what stands before the next line of a list: "- ", "3. " or "3) ",
// moved in by two spaces for each level. It counts.
func (l *wordLists) sign(list string, level int) string {
	kind, known := l.lists[list]
	if !known || level < 0 || level >= wordLevels {
		return "- "
	}
	indent := strings.Repeat("  ", level)
	now := l.kinds[kind][level]
	if now.format == "bullet" || now.format == "none" || now.format == "" {
		return indent + "- "
	}
	counts := l.counts[kind]
	if counts == nil {
		counts = map[int]int{}
		l.counts[kind] = counts
	}
	n, counted := counts[level]
	first, anew := l.starts[list][level]
	if key := list + "/" + strconv.Itoa(level); anew && !l.begun[key] {
		n, l.begun[key] = first, true
	} else if counted {
		n++
	} else {
		n = max(now.start, 0)
	}
	counts[level] = n
	for deeper := level + 1; deeper < wordLevels; deeper++ {
		delete(counts, deeper)
	}
	end := "."
	if strings.HasSuffix(now.text, ")") {
		end = ")"
	}
	return indent + strconv.Itoa(n) + end + " "
}
