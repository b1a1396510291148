package kit

import (
	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/app/lang"
	"kompetansepilot/ui/theme"
)

// Severity is how much a finding matters.
type Severity int

// From the worst to the best.
const (
	Stop Severity = iota
	Warn
	Info
	Fine
)

// ParseSeverity reads "stop", "warn", "info" or "fine"; anything else is Info.
func ParseSeverity(s string) Severity {
	switch s {
	case "stop":
		return Stop
	case "warn":
		return Warn
	case "fine":
		return Fine
	}
	return Info
}

// SeverityIcon is the shape that goes with a severity, so that colour never
// tells alone.
func SeverityIcon(s Severity) fyne.Resource {
	switch s {
	case Stop:
		return fynetheme.ErrorIcon()
	case Warn:
		return fynetheme.WarningIcon()
	case Fine:
		return fynetheme.ConfirmIcon()
	}
	return fynetheme.InfoIcon()
}

// SeverityColor is the role of the colour of a severity.
func SeverityColor(s Severity) fyne.ThemeColorName {
	switch s {
	case Stop:
		return theme.ColorNameStop
	case Warn:
		return theme.ColorNameMend
	case Fine:
		return theme.ColorNameFine
	}
	return theme.ColorNameQuiet
}

// SeverityWord is the word that goes with a severity: "Stopper".
func SeverityWord(words *lang.Printer, s Severity) string {
	switch s {
	case Stop:
		return words.T("kit.severity.stop")
	case Warn:
		return words.T("kit.severity.warn")
	case Fine:
		return words.T("kit.severity.fine")
	}
	return words.T("kit.severity.info")
}

// newSeverityMark is the icon of a severity in its colour.
func newSeverityMark(s Severity) *iconBox { return newIconBox(SeverityIcon(s), SeverityColor(s)) }

// SeverityLine is an icon, the word of its severity in bold, and a text.
type SeverityLine struct {
	widget.BaseWidget

	words    *lang.Printer
	severity Severity
	mark     *iconBox
	text     *Text
	sentence string
	withWord bool
}

var _ drawn = (*SeverityLine)(nil)

// NewSeverityLine makes a line that starts with the word of the severity.
func NewSeverityLine(words *lang.Printer, s Severity, text string) *SeverityLine {
	return newSeverityLine(words, s, text, true)
}

// NewMarkedLine makes a line with the icon only; the text must carry the
// meaning by itself.
func NewMarkedLine(words *lang.Printer, s Severity, text string) *SeverityLine {
	return newSeverityLine(words, s, text, false)
}

func newSeverityLine(words *lang.Printer, s Severity, text string, withWord bool) *SeverityLine {
	l := &SeverityLine{
		words: words, severity: s, sentence: text, withWord: withWord, mark: newSeverityMark(s),
		text: newText("", SeverityColor(s), theme.SizeNameLabel, false),
	}
	l.ExtendBaseWidget(l)
	l.say()
	return l
}

// Set changes severity and text.
func (l *SeverityLine) Set(s Severity, text string) {
	l.severity, l.sentence = s, text
	l.mark.set(SeverityIcon(s), SeverityColor(s))
	l.say()
	l.Refresh()
}

func (l *SeverityLine) say() {
	l.text.color = SeverityColor(l.severity)
	text := l.sentence
	if l.withWord {
		text = SeverityWord(l.words, l.severity) + ": " + text
	}
	l.text.text = text
	l.text.Refresh()
}

// AccessibilityLabel is the word and the text.
func (l *SeverityLine) AccessibilityLabel() string {
	return SeverityWord(l.words, l.severity) + ": " + l.sentence
}

// AccessibilityRole is text.
func (l *SeverityLine) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer implements fyne.Widget.
func (l *SeverityLine) CreateRenderer() fyne.WidgetRenderer {
	l.ExtendBaseWidget(l)
	return newDrawnRenderer(l)
}

func (l *SeverityLine) parts() []fyne.CanvasObject { return []fyne.CanvasObject{l.mark, l.text} }

func (l *SeverityLine) paint() {}

func (l *SeverityLine) indent() float32 {
	return theme.Size(theme.SizeNameIcon) + theme.Size(theme.SizeNameGap)*0.75
}

func (l *SeverityLine) least() fyne.Size {
	min := l.text.least()
	return fyne.NewSize(min.Width+l.indent(), max(min.Height, theme.Size(theme.SizeNameIcon)))
}

func (l *SeverityLine) heightFor(width float32) float32 {
	return max(l.text.heightFor(width-l.indent()), theme.Size(theme.SizeNameIcon))
}

func (l *SeverityLine) arrange(size fyne.Size) {
	side := theme.Size(theme.SizeNameIcon)
	l.text.Move(fyne.NewPos(l.indent(), 0))
	l.text.Resize(fyne.NewSize(size.Width-l.indent(), size.Height))
	l.mark.Resize(fyne.NewSquareSize(side))
	l.mark.Move(fyne.NewPos(0, (l.text.lineHigh-side)/2))
}
