package kit

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/app/lang"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// Stage is the window's outermost part: its content, and over it tooltips and
// the messages that come and go.
type Stage struct {
	widget.BaseWidget

	// OnMessages is called when a message has come.
	OnMessages func()

	tasks    *task.Runner
	words    *lang.Printer
	content  fyne.CanvasObject
	tips     *tipLayer
	toasts   []*toast
	messages []Message
}

// Message is what a toast has said. Errors stay here after they are closed.
type Message struct {
	At    time.Time
	Text  string
	Error bool
}

var (
	_ drawn   = (*Stage)(nil)
	_ tipHost = (*Stage)(nil)
)

const (
	maxToasts   = 3
	maxMessages = 200
)

// NewStage makes the content of a window.
func NewStage(tasks *task.Runner, words *lang.Printer, content fyne.CanvasObject) *Stage {
	s := &Stage{tasks: tasks, words: words, content: content}
	s.tips = newTipLayer(tasks, s)
	s.ExtendBaseWidget(s)
	return s
}

// SetContent changes what stands under the messages.
func (s *Stage) SetContent(content fyne.CanvasObject) {
	s.content = content
	s.Refresh()
	settleFocusAround(s)
}

// Content is what stands under the messages.
func (s *Stage) Content() fyne.CanvasObject { return s.content }

// Messages are what the toasts have said since the start, newest first.
func (s *Stage) Messages() []Message {
	out := make([]Message, len(s.messages))
	for i, m := range s.messages {
		out[len(out)-1-i] = m
	}
	return out
}

// Toast tells what was done. action is the text of a button ("Angre"), "" for
// none. The toast goes away by itself.
func (s *Stage) Toast(text, action string, onAction func()) {
	s.add(text, action, onAction, false)
}

// ToastError tells what went wrong. It stays until it is closed.
func (s *Stage) ToastError(text string) { s.add(text, "", nil, true) }

func (s *Stage) add(text, action string, onAction func(), isError bool) {
	s.messages = append(s.messages, Message{At: time.Now(), Text: text, Error: isError})
	s.messages = s.messages[max(0, len(s.messages)-maxMessages):]
	// Something else was done, so that an older offer to undo the last step would
	// undo another one than it tells.
	for _, t := range slices.Clone(s.toasts) {
		if t.action != nil && !isError {
			s.remove(t)
		}
	}
	s.toasts = append(s.toasts, newToast(s, text, action, onAction, isError))
	s.trim()
	s.Refresh()
	if s.OnMessages != nil {
		s.OnMessages()
	}
}

// trim drops the oldest toasts, errors last.
func (s *Stage) trim() {
	for len(s.toasts) > maxToasts {
		drop := 0
		for i, t := range s.toasts[:len(s.toasts)-1] {
			if !t.isError {
				drop = i
				break
			}
		}
		s.remove(s.toasts[drop])
	}
}

func (s *Stage) remove(t *toast) {
	for i, other := range s.toasts {
		if other == t {
			t.stop()
			s.toasts = append(s.toasts[:i:i], s.toasts[i+1:]...)
			s.Refresh()
			return
		}
	}
}

func (s *Stage) tipLayer() *tipLayer { return s.tips }

// CreateRenderer implements fyne.Widget.
func (s *Stage) CreateRenderer() fyne.WidgetRenderer {
	s.ExtendBaseWidget(s)
	return newDrawnRenderer(s)
}

func (s *Stage) parts() []fyne.CanvasObject {
	parts := []fyne.CanvasObject{s.content}
	for _, t := range s.toasts {
		parts = append(parts, t)
	}
	return append(parts, s.tips.box)
}

func (s *Stage) paint() {}

func (s *Stage) least() fyne.Size { return s.content.MinSize() }

func (s *Stage) arrange(size fyne.Size) {
	s.content.Resize(size)
	s.content.Move(fyne.Position{})
	gap := theme.Size(theme.SizeNameGap)
	right := size.Width - theme.Size(theme.SizeNamePage)
	bottom := size.Height - theme.Size(theme.SizeNameControl) - theme.Size(theme.SizeNameGroup) // over the status bar
	for i := len(s.toasts) - 1; i >= 0; i-- {
		t := s.toasts[i]
		width := min(t.wanted(), size.Width-2*gap)
		height := t.heightFor(width)
		bottom -= height
		t.Resize(fyne.NewSize(width, height))
		t.Move(fyne.NewPos(right-width, bottom))
		bottom -= gap
	}
}
