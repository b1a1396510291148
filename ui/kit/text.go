package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/ui/theme"
)

// Text is text that breaks between words. Unlike Fyne's label it has no space
// of its own round it, so it stands exactly where it is put.
type Text struct {
	widget.BaseWidget

	text  string
	color fyne.ThemeColorName
	size  fyne.ThemeSizeName
	bold  bool
	align fyne.TextAlign

	lines    []fyne.CanvasObject // of *canvas.Text
	laid     float32             // the width that lines were broken for
	lineHigh float32
	widest   float32 // longest word
}

var _ drawn = (*Text)(nil)

// NewText makes ordinary text, 14.
func NewText(text string) *Text {
	return newText(text, fynetheme.ColorNameForeground, fynetheme.SizeNameText, false)
}

// NewQuietText makes text that is not the point, 13.
func NewQuietText(text string) *Text {
	return newText(text, theme.ColorNameQuiet, theme.SizeNameLabel, false)
}

// NewHeading makes the title of a section, 17.
func NewHeading(text string) *Text {
	return newText(text, fynetheme.ColorNameForeground, theme.SizeNameSection, true)
}

// NewTitle makes the title of a page that has no frame, 22.
func NewTitle(text string) *Text {
	return newText(text, fynetheme.ColorNameForeground, theme.SizeNameTitle, true)
}

// NewStrong makes ordinary text in bold.
func NewStrong(text string) *Text {
	return newText(text, fynetheme.ColorNameForeground, fynetheme.SizeNameText, true)
}

func newText(text string, color fyne.ThemeColorName, size fyne.ThemeSizeName, bold bool) *Text {
	t := &Text{text: text, color: color, size: size, bold: bold}
	t.ExtendBaseWidget(t)
	return t
}

// Text is what it says.
func (t *Text) Text() string { return t.text }

// SetText changes what it says.
func (t *Text) SetText(text string) {
	if t.text != text {
		t.text = text
		t.Refresh()
	}
}

// SetColor changes the role that the colour is taken from.
func (t *Text) SetColor(name fyne.ThemeColorName) {
	if t.color != name {
		t.color = name
		t.Refresh()
	}
}

// SetQuiet makes the text stand back.
func (t *Text) SetQuiet(quiet bool) {
	if quiet {
		t.SetColor(theme.ColorNameQuiet)
		return
	}
	t.SetColor(fynetheme.ColorNameForeground)
}

// SetAlign lays the lines to the left, the middle or the right.
func (t *Text) SetAlign(align fyne.TextAlign) {
	t.align = align
	t.Refresh()
}

// AccessibilityLabel is the text, for screen readers.
func (t *Text) AccessibilityLabel() string { return t.text }

// AccessibilityRole is text.
func (t *Text) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer implements fyne.Widget.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	t.ExtendBaseWidget(t)
	return newDrawnRenderer(t)
}

func (t *Text) parts() []fyne.CanvasObject { return t.lines }

func (t *Text) paint() { t.breakLines(t.laid) }

func (t *Text) arrange(size fyne.Size) {
	if size.Width != t.laid {
		t.breakLines(size.Width)
	}
	for i, line := range t.lines {
		line.Move(fyne.NewPos(0, float32(i)*t.lineHigh))
		line.Resize(fyne.NewSize(size.Width, t.lineHigh))
	}
}

func (t *Text) least() fyne.Size {
	return fyne.NewSize(min(t.widest, 160), t.lineHigh*float32(max(len(t.lines), 1)))
}

// heightFor is the height that the text takes in a width.
func (t *Text) heightFor(width float32) float32 {
	if width != t.laid {
		t.breakLines(width)
	}
	return t.least().Height
}

// natural is the width of the longest paragraph on one line.
func (t *Text) natural() float32 {
	var width float32
	for paragraph := range strings.SplitSeq(t.text, "\n") {
		width = max(width, t.measure(paragraph))
	}
	return width + 1
}

func (t *Text) style() fyne.TextStyle { return fyne.TextStyle{Bold: t.bold} }

func (t *Text) measure(s string) float32 {
	return fyne.MeasureText(s, theme.Size(t.size), t.style()).Width
}

// breakLines fills lines for a width; 0 or less means one line a paragraph.
func (t *Text) breakLines(width float32) {
	t.laid = width
	t.lineHigh = fyne.MeasureText("Åg", theme.Size(t.size), t.style()).Height
	t.widest = 0
	var out []string
	space := t.measure(" ")
	for paragraph := range strings.SplitSeq(t.text, "\n") {
		out = append(out, t.wrap(paragraph, width, space)...)
	}
	color := theme.Color(t.color)
	t.lines = t.lines[:min(len(t.lines), len(out))]
	for i, s := range out {
		if i == len(t.lines) {
			t.lines = append(t.lines, &canvas.Text{})
		}
		line := t.lines[i].(*canvas.Text)
		line.Text, line.Color, line.TextSize, line.TextStyle, line.Alignment = s, color, theme.Size(t.size), t.style(), t.align
		line.Refresh()
	}
}

func (t *Text) wrap(paragraph string, width, space float32) []string {
	var out []string
	var line strings.Builder
	var used float32
	for word := range strings.SplitSeq(strings.TrimRight(paragraph, " \r\t"), " ") {
		w := t.measure(word)
		t.widest = max(t.widest, w)
		if width > 0 && line.Len() > 0 && used+space+w > width {
			out = append(out, line.String())
			line.Reset()
			used = 0
		}
		if width > 0 && w > width && width > 40 {
			head, tail := t.cut(word, width)
			out = append(out, head...)
			word, w = tail, t.measure(tail)
		}
		if line.Len() > 0 {
			line.WriteByte(' ')
			used += space
		}
		line.WriteString(word)
		used += w
	}
	return append(out, line.String())
}

// cut breaks a word that is wider than a line.
func (t *Text) cut(word string, width float32) (full []string, rest string) {
	runes := []rune(word)
	for len(runes) > 0 {
		n := 1
		for n < len(runes) && t.measure(string(runes[:n+1])) <= width {
			n++
		}
		if n == len(runes) {
			break
		}
		full = append(full, string(runes[:n]))
		runes = runes[n:]
	}
	return full, string(runes)
}
