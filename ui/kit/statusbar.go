package kit

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/app/lang"
	"kompetansepilot/ui/theme"
)

// StatusBar is the line at the bottom of the window: what was saved and fetched,
// and to the right what is going on, with a button that stops it.
type StatusBar struct {
	widget.BaseWidget

	words *lang.Printer
	order []string
	said  map[string]string

	line   fyne.CanvasObject
	face   *canvas.Rectangle
	text   *canvas.Text
	doing  *canvas.Text
	track  *canvas.Rectangle
	fill   *canvas.Rectangle
	stop   *Button
	label  string
	done   float64
	onStop func()
}

var _ drawn = (*StatusBar)(nil)

// NewStatusBar makes an empty line.
func NewStatusBar(words *lang.Printer) *StatusBar {
	s := &StatusBar{
		words: words, said: map[string]string{}, line: Hairline(), face: &canvas.Rectangle{},
		text: &canvas.Text{}, doing: &canvas.Text{}, track: &canvas.Rectangle{}, fill: &canvas.Rectangle{},
	}
	s.stop = NewLink(words.T("kit.stop"), s.onStopTapped)
	s.ExtendBaseWidget(s)
	return s
}

// SetText changes what one segment says; "" takes it away. Segments stand in
// the order in which they first spoke.
func (s *StatusBar) SetText(segment, text string) {
	if s.said[segment] == text {
		return
	}
	if !slices.Contains(s.order, segment) {
		s.order = append(s.order, segment)
	}
	s.said[segment] = text
	s.Refresh()
}

// Text is what one segment says.
func (s *StatusBar) Text(segment string) string { return s.said[segment] }

// SetProgress tells what is going on and how far it has come, 0 to 1; less than
// 0 means that nobody knows. onStop may be nil.
func (s *StatusBar) SetProgress(label string, done float64, onStop func()) {
	s.label, s.done, s.onStop = label, min(done, 1), onStop
	s.Refresh()
}

// ClearProgress tells that nothing is going on.
func (s *StatusBar) ClearProgress() {
	s.label, s.onStop = "", nil
	s.Refresh()
}

func (s *StatusBar) onStopTapped() {
	if s.onStop != nil {
		s.onStop()
	}
}

// AccessibilityLabel is all that the line says.
func (s *StatusBar) AccessibilityLabel() string { return s.all() + " " + s.label }

// AccessibilityRole is text.
func (s *StatusBar) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

func (s *StatusBar) all() string {
	var parts []string
	for _, segment := range s.order {
		if text := s.said[segment]; text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, " · ")
}

// CreateRenderer implements fyne.Widget.
func (s *StatusBar) CreateRenderer() fyne.WidgetRenderer {
	s.ExtendBaseWidget(s)
	return newDrawnRenderer(s)
}

func (s *StatusBar) parts() []fyne.CanvasObject {
	return []fyne.CanvasObject{s.face, s.line, s.text, s.doing, s.track, s.fill, s.stop}
}

func (s *StatusBar) paint() {
	s.face.FillColor = theme.Color(fynetheme.ColorNameBackground)
	for _, t := range []*canvas.Text{s.text, s.doing} {
		t.Color, t.TextSize = theme.Color(theme.ColorNameQuiet), theme.Size(theme.SizeNameLabel)
	}
	s.doing.Text = s.label
	if s.label != "" && s.done >= 0 {
		s.doing.Text += " " + s.words.Percent(int64(s.done*100+0.5), 100, 0) + " %"
	}
	busy := s.label != ""
	s.doing.Hidden = !busy
	s.track.Hidden, s.fill.Hidden = !busy || s.done < 0, !busy || s.done < 0
	s.stop.Hidden = !busy || s.onStop == nil
	s.track.FillColor, s.fill.FillColor = theme.Color(fynetheme.ColorNameBackground), theme.Color(fynetheme.ColorNamePrimary)
	s.track.StrokeColor, s.track.StrokeWidth = theme.Color(theme.ColorNameFieldBorder), 1
	for _, o := range []fyne.CanvasObject{s.face, s.text, s.doing, s.track, s.fill} {
		o.Refresh()
	}
}

func (s *StatusBar) least() fyne.Size {
	return fyne.NewSize(200, max(theme.Size(theme.SizeNameTarget), 24)+8)
}

func (s *StatusBar) arrange(size fyne.Size) {
	const barWidth, barHeight = 96, 10
	gap := theme.Size(theme.SizeNameGap)
	s.face.Resize(size)
	s.line.Resize(fyne.NewSize(size.Width, 1))
	right := size.Width - gap*2
	middle := func(o fyne.CanvasObject, min fyne.Size) {
		right -= min.Width
		o.Move(fyne.NewPos(right, (size.Height-min.Height)/2))
		o.Resize(min)
		right -= gap
	}
	if s.stop.Visible() {
		middle(s.stop, s.stop.MinSize())
	}
	if s.track.Visible() {
		middle(s.track, fyne.NewSize(barWidth, barHeight))
		s.fill.Move(s.track.Position())
		s.fill.Resize(fyne.NewSize(barWidth*float32(s.done), barHeight))
	}
	if s.doing.Visible() {
		middle(s.doing, s.doing.MinSize())
	}
	s.text.Text = fitText(s.all(), s.text.TextSize, right-gap*2)
	min := s.text.MinSize()
	s.text.Move(fyne.NewPos(gap*2, (size.Height-min.Height)/2))
	s.text.Resize(min)
}
