package layout

import (
	"strings"
	"unicode"

	"kompetansepilot/app/document"
	"kompetansepilot/app/document/fonts"
)

// line is one line of text, broken to fit.
type line struct {
	segs  []seg
	width float64 // mm, without the space at its end
	soft  bool    // ends at a soft hyphen, which is drawn
}

// seg is the part of a line that comes from one span.
type seg struct {
	span  int
	style fonts.Style
	text  string
	x, w  float64 // mm from the start of the line
}

// breaker breaks cleaned spans into lines.
type breaker struct {
	runes []rune
	span  []int32 // the span each rune comes from
	spans []document.Span
	fonts []*fonts.Font // of each span
	scale float64       // mm for 1/1000 em
}

const (
	softHyphen   = '\u00ad'
	noBreakSpace = '\u00a0'
)

// breakLines breaks text of size points into lines of at most width mm. The
// spans must be clean. Lines break at spaces, hyphens between letters and soft
// hyphens, never at a no-break space; a word wider than a line is split.
// There is always at least one line.
func breakLines(spans []document.Span, size, width float64) []line {
	b := newBreaker(spans, size)
	for n := len(b.runes); n > 0 && (b.runes[n-1] == '\n' || b.runes[n-1] == ' ' || b.runes[n-1] == softHyphen); n-- {
		b.runes = b.runes[:n-1]
	}
	var lines []line
	for start := 0; start < len(b.runes) || len(lines) == 0; {
		end, next, soft := b.lineEnd(start, width)
		lines = append(lines, b.line(start, end, next > end && !soft, soft))
		start = next
	}
	return lines
}

func newBreaker(spans []document.Span, size float64) *breaker {
	b := &breaker{spans: spans, scale: size * MMPerPoint / 1000}
	length := 0
	for _, s := range spans {
		length += len(s.Text)
	}
	b.runes, b.span = make([]rune, 0, length), make([]int32, 0, length)
	b.fonts = make([]*fonts.Font, len(spans))
	for i, s := range spans {
		b.fonts[i] = fonts.Get(fonts.Of(s.Bold, s.Italic))
		for _, r := range s.Text {
			b.runes = append(b.runes, r)
			b.span = append(b.span, int32(i))
		}
	}
	return b
}

// measure gives the room in mm that spans would like, and their longest word.
func measure(spans []document.Span, size float64) (whole, word float64) {
	b := newBreaker(spans, size)
	line, part := 0.0, 0.0
	for i, r := range b.runes {
		switch {
		case r == '\n':
			line, part = 0, 0
		case r == softHyphen:
			part = 0
		case r == ' ' && !b.glued(i):
			line += b.advance(i)
			part = 0
		default:
			line += b.advance(i)
			part += b.advance(i)
		}
		whole, word = max(whole, line), max(word, part)
	}
	return whole, word
}

// lineEnd finds where the line from start ends, and where the next one starts.
func (b *breaker) lineEnd(start int, width float64) (end, next int, soft bool) {
	width += 1e-6 // sums of widths are not exact
	x := 0.0
	breakAt, breakSoft, gluedAt := -1, false, -1
	for i := start; i < len(b.runes); i++ {
		r := b.runes[i]
		switch {
		case r == '\n':
			return i, i + 1, false
		case r == ' ':
			if i > start {
				if b.glued(i) {
					gluedAt = i
				} else {
					breakAt, breakSoft = i, false
				}
			}
			x += b.advance(i)
			continue
		case r == softHyphen:
			if i > start && unicode.IsLetter(b.runes[i-1]) && x+b.hyphenWidth(i) <= width {
				breakAt, breakSoft = i, true
			}
			continue
		}
		x += b.advance(i)
		if x > width && i > start {
			if breakAt < 0 {
				breakAt = gluedAt // what should stay together is wider than the line
			}
			if breakAt < 0 { // an over-long word; an accent stays with its letter
				for i > start+1 && unicode.Is(unicode.M, b.runes[i]) {
					i--
				}
				return i, i, false
			}
			return breakAt, b.afterBreak(breakAt, breakSoft), breakSoft
		}
		if b.mayBreakAfter(i) {
			breakAt, breakSoft = i+1, false
		}
	}
	return len(b.runes), len(b.runes), false
}

// afterBreak skips what a break swallows: the soft hyphen or all the spaces.
func (b *breaker) afterBreak(i int, soft bool) int {
	if soft {
		return i + 1
	}
	for i < len(b.runes) && b.runes[i] == ' ' {
		i++
	}
	return i
}

// mayBreakAfter tells whether a line may end after the visible rune i.
func (b *breaker) mayBreakAfter(i int) bool {
	if i == 0 || i+1 >= len(b.runes) {
		return false
	}
	before, after := b.runes[i-1], b.runes[i+1]
	switch b.runes[i] {
	case '-', '–', '—':
		return unicode.IsLetter(before) && unicode.IsLetter(after)
	case '/':
		return b.spans[b.span[i]].Link != "" && before != '/' && after != '/'
	case ']':
		return after == '[' // a row of replaced characters
	}
	return false
}

func (b *breaker) style(i int) fonts.Style {
	s := b.spans[b.span[i]]
	return fonts.Of(s.Bold, s.Italic)
}

func (b *breaker) advance(i int) float64 {
	return float64(b.fonts[b.span[i]].Advance(b.runes[i])) * b.scale
}

func (b *breaker) hyphenWidth(i int) float64 {
	return float64(b.fonts[b.span[i]].Advance('-')) * b.scale
}

// line makes the line of runes start to end. A space that the break swallowed is
// put back, so that words do not run together for those who read the text
// without the page.
func (b *breaker) line(start, end int, space, soft bool) line {
	for end > start && (b.runes[end-1] == ' ' || b.runes[end-1] == softHyphen) {
		end--
	}
	l := line{soft: soft}
	for i := start; i < end; {
		j := i
		var text strings.Builder
		w := 0.0
		for ; j < end && b.span[j] == b.span[i]; j++ {
			if b.runes[j] != softHyphen {
				text.WriteRune(b.runes[j])
				w += b.advance(j)
			}
		}
		l.segs = append(l.segs, seg{span: int(b.span[i]), style: b.style(i), text: text.String(), x: l.width, w: w})
		l.width += w
		i = j
	}
	if n := len(l.segs); space && n > 0 {
		l.segs[n-1].text += " "
	}
	return l
}

// oneLine sets a text on one line; one that is too long ends with dots after a
// word.
func oneLine(text string, size, width float64) line {
	lines := breakLines(document.Text(text), size, width)
	if len(lines) == 1 || len(lines[0].segs) == 0 {
		return lines[0]
	}
	words := strings.TrimRight(lines[0].segs[0].text, " ")
	for {
		if cut := breakLines(document.Text(words+" …"), size, width); len(cut) == 1 {
			return cut[0]
		}
		at := strings.LastIndexByte(words, ' ')
		if at <= 0 {
			return lines[0]
		}
		words = strings.TrimRight(words[:at], " ")
	}
}

// textWidthOf measures one line of clean text in mm.
func textWidthOf(text string, style fonts.Style, size float64) float64 {
	font := fonts.Get(style)
	sum := 0
	for _, r := range text {
		if r != softHyphen {
			sum += font.Advance(r)
		}
	}
	return float64(sum) * size * MMPerPoint / 1000
}
