package kit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/ui/theme"
)

// How long a toast stays: longer when it offers something to press. An error
// stays until it is closed.
const (
	toastTime       = 6 * time.Second
	toastActionTime = 12 * time.Second
)

// toast is one message over the window.
type toast struct {
	widget.BaseWidget

	stage   *Stage
	isError bool
	cancel  func()

	face   *canvas.Rectangle
	mark   *iconBox
	text   *Text
	action *Button // nil without an action
	close  *Button
}

var (
	_ drawn             = (*toast)(nil)
	_ desktop.Hoverable = (*toast)(nil)
)

func newToast(stage *Stage, text, action string, onAction func(), isError bool) *toast {
	t := &toast{stage: stage, isError: isError, face: &canvas.Rectangle{}, text: NewText(text)}
	severity := Fine
	if isError {
		severity = Stop
	}
	t.mark = newSeverityMark(severity)
	t.close = NewIconButton(fynetheme.CancelIcon(), stage.words.T("kit.close"), t.dismiss)
	if action != "" {
		t.action = NewLink(action, func() {
			t.dismiss()
			onAction()
		})
	}
	t.ExtendBaseWidget(t)
	t.start()
	return t
}

func (t *toast) start() {
	t.stop()
	if t.isError {
		return
	}
	stay := toastTime
	if t.action != nil {
		stay = toastActionTime
	}
	t.cancel = t.stage.tasks.After(stay, t.dismiss)
}

func (t *toast) stop() {
	if t.cancel != nil {
		t.cancel()
		t.cancel = nil
	}
}

func (t *toast) dismiss() { t.stage.remove(t) }

// MouseIn keeps the toast while it is being read.
func (t *toast) MouseIn(*desktop.MouseEvent) { t.stop() }

// MouseMoved implements desktop.Hoverable.
func (t *toast) MouseMoved(*desktop.MouseEvent) {}

// MouseOut lets the time run again.
func (t *toast) MouseOut() { t.start() }

// CreateRenderer implements fyne.Widget.
func (t *toast) CreateRenderer() fyne.WidgetRenderer {
	t.ExtendBaseWidget(t)
	return newDrawnRenderer(t)
}

func (t *toast) parts() []fyne.CanvasObject {
	parts := []fyne.CanvasObject{t.face, t.mark, t.text}
	if t.action != nil {
		parts = append(parts, t.action)
	}
	return append(parts, t.close)
}

func (t *toast) paint() {
	t.face.FillColor = theme.Color(fynetheme.ColorNameOverlayBackground)
	t.face.StrokeColor, t.face.StrokeWidth = theme.Color(theme.ColorNameFieldBorder), 1
	t.face.CornerRadius = theme.Size(theme.SizeNameRadius)
	t.face.Shadow = canvas.Shadow{BlurRadius: 8, Offset: fyne.NewPos(0, 2), Color: theme.Color(fynetheme.ColorNameShadow)}
	t.face.Refresh()
}

// around is the width of what is not text.
func (t *toast) around() float32 {
	gap := theme.Size(theme.SizeNameGap)
	width := 2*gap + t.mark.MinSize().Width + gap + gap + t.close.MinSize().Width
	if t.action != nil {
		width += t.action.MinSize().Width + gap
	}
	return width
}

func (t *toast) wanted() float32 {
	return min(t.text.measure(t.text.text)+1, 420*theme.Size(fynetheme.SizeNameText)/14) + t.around()
}

func (t *toast) heightFor(width float32) float32 {
	return max(t.text.heightFor(width-t.around()), t.close.MinSize().Height) + 2*theme.Size(theme.SizeNameGap)
}

func (t *toast) least() fyne.Size { return fyne.NewSize(t.around(), t.close.MinSize().Height) }

func (t *toast) arrange(size fyne.Size) {
	gap := theme.Size(theme.SizeNameGap)
	t.face.Resize(size)
	middle := func(o fyne.CanvasObject, x float32) float32 {
		min := o.MinSize()
		o.Resize(min)
		o.Move(fyne.NewPos(x, (size.Height-min.Height)/2))
		return min.Width
	}
	x := gap
	x += middle(t.mark, x) + gap
	width := size.Width - t.around()
	height := t.text.heightFor(width)
	t.text.Move(fyne.NewPos(x, (size.Height-height)/2))
	t.text.Resize(fyne.NewSize(width, height))
	x += width + gap
	if t.action != nil {
		x += middle(t.action, x) + gap
	}
	middle(t.close, x)
}
