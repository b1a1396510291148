package kit

import (
	"strings"
	"unicode/utf8"
)

const (
	// pageLimit is how many characters Fyne's entry may hold at once: about 15 ms
	// a key.
	pageLimit = 12_000
	// pageLength is how long the parts are, in bytes, when a text is divided.
	pageLength = 6_000
)

// pagedText is a long text in parts. Together they are exactly the text.
type pagedText struct {
	list []string
	at   int // the part that is shown
}

func tooLong(text string) bool {
	return len(text) > pageLimit && utf8.RuneCountInString(text) > pageLimit
}

// splitPages divides a text that is too long. The part that ends where before
// and after meet is the current one, or the first when before is the whole.
func splitPages(before, after string) *pagedText {
	if !tooLong(before + after) {
		return nil
	}
	p := &pagedText{list: cutPages(before)}
	if after != "" {
		p.at = max(0, len(p.list)-1)
		p.list = append(p.list, cutPages(after)...)
	}
	return p
}

// cutPages divides text after a line break, else after a space, else between
// two characters.
func cutPages(text string) []string {
	var out []string
	for len(text) > pageLength {
		cut := strings.LastIndexByte(text[:pageLength], '\n') + 1
		if cut < pageLength/2 {
			cut = strings.LastIndexByte(text[:pageLength], ' ') + 1
		}
		if cut < pageLength/2 {
			cut = pageLength
			for cut > 0 && !utf8.RuneStart(text[cut]) {
				cut--
			}
			if cut == 0 { // not UTF-8 at all
				cut = pageLength
			}
		}
		out = append(out, text[:cut])
		text = text[cut:]
	}
	if text != "" {
		out = append(out, text)
	}
	return out
}

// offset is where the current part begins in the whole, in bytes.
func (p *pagedText) offset() int {
	n := 0
	for _, s := range p.list[:p.at] {
		n += len(s)
	}
	return n
}

// byteOffset is the place in s, in bytes, of its nth character.
func byteOffset(s string, n int) int {
	for i := range s {
		if n == 0 {
			return i
		}
		n--
	}
	return len(s)
}
