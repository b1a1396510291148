package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/ui/theme"
)

// Run is a piece of a Flow in one style.
type Run struct {
	Text string
	Bold bool
	Code bool // letters of equal width, for what is typed as it stands
}

func (r Run) style() fyne.TextStyle { return fyne.TextStyle{Bold: r.Bold, Monospace: r.Code} }

// Flow is text that breaks between words, as Text, in which some words are bold
// or code.
type Flow struct {
	widget.BaseWidget

	words  []flowWord
	plain  string
	pieces []flowPiece
	lines  []fyne.CanvasObject // of *canvas.Text, one a piece
	laid   float32             // the width that pieces were made for
	high   float32             // of a line
	count  int                 // of lines
	widest float32
}

// flowWord is what never breaks: "viktig" in bold and the comma after it.
type flowWord struct {
	parts   []Run
	newLine bool // begins a line
}

// flowPiece is a text in one style on one line.
type flowPiece struct {
	run  Run
	x    float32
	line int
}

var _ drawn = (*Flow)(nil)

// NewFlow makes ordinary text, 14. A line break in a run is kept.
func NewFlow(runs ...Run) *Flow {
	f := &Flow{words: flowWords(runs)}
	for _, r := range runs {
		f.plain += r.Text
	}
	f.ExtendBaseWidget(f)
	return f
}

func flowWords(runs []Run) []flowWord {
	var words []flowWord
	open := false // the next part belongs to the last word
	for _, r := range runs {
		for i, line := range strings.Split(r.Text, "\n") {
			if i > 0 {
				words, open = append(words, flowWord{newLine: true}), true
			}
			for j, word := range strings.Split(line, " ") {
				if j > 0 {
					open = false
				}
				if word == "" {
					continue
				}
				if !open {
					words = append(words, flowWord{})
				}
				last := &words[len(words)-1]
				last.parts = append(last.parts, Run{Text: word, Bold: r.Bold, Code: r.Code})
				open = true
			}
		}
	}
	return words
}

// AccessibilityLabel is the text without its styles.
func (f *Flow) AccessibilityLabel() string { return f.plain }

// AccessibilityRole is text.
func (f *Flow) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer implements fyne.Widget.
func (f *Flow) CreateRenderer() fyne.WidgetRenderer {
	f.ExtendBaseWidget(f)
	return newDrawnRenderer(f)
}

func (f *Flow) parts() []fyne.CanvasObject { return f.lines }

func (f *Flow) paint() { f.breakLines(f.laid) }

func (f *Flow) arrange(size fyne.Size) {
	if size.Width != f.laid {
		f.breakLines(size.Width)
	}
	base := baseline(Run{Text: "Åg"})
	for i, p := range f.pieces {
		f.lines[i].Move(fyne.NewPos(p.x, float32(p.line)*f.high+base-baseline(p.run)))
		f.lines[i].Resize(f.lines[i].MinSize())
	}
}

func (f *Flow) least() fyne.Size {
	return fyne.NewSize(min(f.widest, 160), f.high*float32(max(f.count, 1)))
}

func (f *Flow) heightFor(width float32) float32 {
	if width != f.laid {
		f.breakLines(width)
	}
	return f.least().Height
}

func measureRun(r Run) float32 {
	return fyne.MeasureText(r.Text, theme.Size(fynetheme.SizeNameText), r.style()).Width
}

// baseline is how far under its top a run stands: the letters of code are of
// another typeface, and must stand on the same line.
func baseline(r Run) float32 {
	_, base := fyne.CurrentApp().Driver().RenderedTextSize(r.Text, theme.Size(fynetheme.SizeNameText), r.style(), nil)
	return base
}

// breakLines makes the pieces for a width; 0 or less means no limit.
func (f *Flow) breakLines(width float32) {
	f.laid, f.pieces, f.widest, f.count = width, f.pieces[:0], 0, 1
	f.high = fyne.MeasureText("Åg", theme.Size(fynetheme.SizeNameText), fyne.TextStyle{}).Height
	space := measureRun(Run{Text: " "})
	var x float32
	for i, word := range f.words {
		var wide float32
		for _, part := range word.parts {
			wide += measureRun(part)
		}
		f.widest = max(f.widest, wide)
		fits := width <= 0 || x == 0 || x+space+wide <= width
		switch {
		case i > 0 && (word.newLine || !fits):
			x, f.count = 0, f.count+1
		case x > 0:
			x = f.space(word.parts[0], x, space)
		}
		for _, part := range word.parts {
			x = f.putPart(part, x, width)
		}
	}
	f.drawPieces()
}

// space moves past a space; between words of one style it is a letter of theirs.
func (f *Flow) space(before Run, x, width float32) float32 {
	if last := f.pieces[len(f.pieces)-1].run; last.style() != before.style() {
		return x + width
	}
	before.Text = " "
	f.put(before, x)
	return x + measureRun(before)
}

// putPart puts a part of a word, cut where not even a whole line is enough, and
// tells where it ends.
func (f *Flow) putPart(part Run, x, width float32) float32 {
	for wide := measureRun(part); width > 40 && x+wide > width; wide = measureRun(part) {
		runes, n := []rune(part.Text), 0
		for n < len(runes) && x+measureRun(Run{Text: string(runes[:n+1]), Bold: part.Bold, Code: part.Code}) <= width {
			n++
		}
		if n == 0 && x == 0 {
			break
		}
		f.put(Run{Text: string(runes[:n]), Bold: part.Bold, Code: part.Code}, x)
		part.Text, x = string(runes[n:]), 0
		f.count++
	}
	f.put(part, x)
	return x + measureRun(part)
}

// put adds to the piece before when that has the same style.
func (f *Flow) put(r Run, x float32) {
	if i := len(f.pieces) - 1; i >= 0 && f.pieces[i].line == f.count-1 && f.pieces[i].run.style() == r.style() {
		f.pieces[i].run.Text += r.Text
		return
	}
	f.pieces = append(f.pieces, flowPiece{run: r, x: x, line: f.count - 1})
}

func (f *Flow) drawPieces() {
	f.lines = f.lines[:min(len(f.lines), len(f.pieces))]
	for i, p := range f.pieces {
		if i == len(f.lines) {
			f.lines = append(f.lines, &canvas.Text{})
		}
		line := f.lines[i].(*canvas.Text)
		line.Text, line.TextStyle = p.run.Text, p.run.style()
		line.Color, line.TextSize = theme.Color(fynetheme.ColorNameForeground), theme.Size(fynetheme.SizeNameText)
		line.Refresh()
	}
}
