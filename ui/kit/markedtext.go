package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/app/lang"
	"kompetansepilot/ui/theme"
)

// Mark is what became of a run of words.
type Mark int

// The marks. Colour never stands alone: what came in is underlined, what was
// taken out is struck through.
const (
	Unmarked Mark = iota
	Inserted
	Deleted
)

// MarkedRun is a run of words with one mark.
type MarkedRun struct {
	Text string
	Mark Mark
}

// MarkedText is running text in which some words are marked.
type MarkedText struct {
	widget.BaseWidget

	words *lang.Printer
	runs  []MarkedRun
	laid  float32
	high  float32
	lines int
	texts []fyne.CanvasObject
	at    []fyne.Position
}

var _ drawn = (*MarkedText)(nil)

// NewMarkedText makes a text of runs.
func NewMarkedText(words *lang.Printer, runs []MarkedRun) *MarkedText {
	t := &MarkedText{words: words, runs: runs}
	t.ExtendBaseWidget(t)
	return t
}

// AccessibilityLabel says the marks in words.
func (t *MarkedText) AccessibilityLabel() string {
	var b strings.Builder
	for _, run := range t.runs {
		switch run.Mark {
		case Inserted:
			b.WriteString(t.words.T("kit.marked.inserted", "Text", strings.TrimSpace(run.Text)) + " ")
		case Deleted:
			b.WriteString(t.words.T("kit.marked.deleted", "Text", strings.TrimSpace(run.Text)) + " ")
		default:
			b.WriteString(run.Text)
		}
	}
	return b.String()
}

// AccessibilityRole is text.
func (t *MarkedText) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer implements fyne.Widget.
func (t *MarkedText) CreateRenderer() fyne.WidgetRenderer {
	t.ExtendBaseWidget(t)
	return newDrawnRenderer(t)
}

func (t *MarkedText) parts() []fyne.CanvasObject { return t.texts }

func (t *MarkedText) paint() { t.lay(t.laid) }

func (t *MarkedText) least() fyne.Size { return fyne.NewSize(120, t.high*float32(max(t.lines, 1))) }

func (t *MarkedText) heightFor(width float32) float32 {
	if width != t.laid {
		t.lay(width)
	}
	return t.least().Height
}

func (t *MarkedText) arrange(size fyne.Size) {
	if size.Width != t.laid {
		t.lay(size.Width)
	}
	for i, o := range t.texts {
		o.Move(t.at[i])
		o.Resize(o.MinSize())
	}
}

func (t *MarkedText) style(m Mark) (fyne.TextStyle, fyne.ThemeColorName) {
	switch m {
	case Inserted:
		return fyne.TextStyle{Underline: true, Bold: true}, theme.ColorNameFine
	case Deleted:
		return fyne.TextStyle{Strikethrough: true}, theme.ColorNameStop
	}
	return fyne.TextStyle{}, fynetheme.ColorNameForeground
}

// lay breaks the runs into lines of a width. Words of one run on one line are
// one object.
func (t *MarkedText) lay(width float32) {
	t.laid, t.texts, t.at, t.lines = width, nil, nil, 1
	size := theme.Size(fynetheme.SizeNameText)
	t.high = fyne.MeasureText("Åg", size, fyne.TextStyle{}).Height
	var x float32
	for _, run := range t.runs {
		style, color := t.style(run.Mark)
		var open strings.Builder
		start := x
		flush := func() {
			if open.Len() > 0 {
				t.texts = append(t.texts, &canvas.Text{Text: open.String(), TextSize: size, TextStyle: style, Color: theme.Color(color)})
				t.at = append(t.at, fyne.NewPos(start, float32(t.lines-1)*t.high))
				open.Reset()
			}
			start = x
		}
		breakLine := func() {
			flush()
			t.lines++
			x, start = 0, 0
		}
		for i, paragraph := range strings.Split(run.Text, "\n") {
			if i > 0 {
				if run.Mark != Unmarked {
					open.WriteString("¶") // a line break that came or went can be seen
				}
				breakLine()
			}
			for _, word := range strings.SplitAfter(paragraph, " ") {
				w := fyne.MeasureText(strings.TrimRight(word, " "), size, style).Width
				if width > 0 && x > 0 && x+w > width {
					breakLine()
				}
				open.WriteString(word)
				x += fyne.MeasureText(word, size, style).Width
			}
		}
		flush()
	}
}
