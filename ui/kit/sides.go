package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kompetansepilot/ui/theme"
)

// sidesWidth is the least width, at text size 1, for a list and a record beside
// each other.
const sidesWidth = 640

// Sides puts a list and the record that is chosen in it beside each other. Where
// there is no room for both, the page shows one of them, and a button in the
// record goes back.
type Sides struct {
	// Offset is where the divider stands, from 0 to 1; OnOffset is told when it is
	// moved.
	Offset   func() float64
	OnOffset func(float64)
	// OnSwapped is called when one side has given way to the other.
	OnSwapped func()

	object       *fyne.Container
	list, record fyne.CanvasObject
	back         *Button
	single       bool
	recordShown  bool // with single
	now          fyne.CanvasObject
}

// NewSides makes the two; back is shown where only one has room. The callbacks
// are set before it is shown.
func NewSides(list, record fyne.CanvasObject, back *Button) *Sides {
	s := &Sides{list: list, record: record, back: back}
	s.object = container.New(s)
	return s
}

// Content is what the page shows.
func (s *Sides) Content() *fyne.Container { return s.object }

// Single tells whether only one side has room.
func (s *Sides) Single() bool { return s.single }

// OnlyList and OnlyRecord tell which side is shown where only one has room.
func (s *Sides) OnlyList() bool { return s.single && !s.recordShown }

// OnlyRecord is described at OnlyList.
func (s *Sides) OnlyRecord() bool { return s.single && s.recordShown }

// MinSize is small, so that the window can become narrow enough for one side.
func (s *Sides) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(280, 200) }

// Layout chooses one side or both for the width.
func (s *Sides) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	single := size.Width/(theme.Size(theme.SizeNameFormWidth)/720) < sidesWidth
	if s.now == nil || single != s.single {
		s.single = single
		s.compose()
	}
	s.now.Resize(size)
}

func (s *Sides) compose() {
	s.back.Hidden = !s.single
	switch {
	case !s.single:
		s.now = NewSplit(s.list, s.record, s.Offset(), s.OnOffset)
	case s.recordShown:
		s.now = s.record
	default:
		s.now = s.list
	}
	s.object.Objects = []fyne.CanvasObject{s.now}
}

// ShowRecord brings the record, or the list, into sight where only one has room.
func (s *Sides) ShowRecord(record bool) {
	s.recordShown = record
	if !s.single {
		return
	}
	s.compose()
	s.object.Refresh()
	s.now.Resize(s.object.Size())
	s.OnSwapped()
}
