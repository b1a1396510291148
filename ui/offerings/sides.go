package offerings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/theme"
)

// widthForTwo is the least width of the page, at text size 1, for the list and
// the offering beside each other.
const widthForTwo = 640

// sides puts the list and the offering beside each other. Where there is no room
// for both, Enter opens the offering over the list and a button goes back.
type sides struct {
	page   *Page
	object *fyne.Container
	list   fyne.CanvasObject
	single bool
	record bool // with single: the offering is shown
	now    fyne.CanvasObject
}

func newSides(p *Page, list fyne.CanvasObject) *sides {
	s := &sides{page: p, list: list}
	s.object = container.New(s)
	return s
}

// MinSize is small, so that the window can become narrow enough for one side.
func (s *sides) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(280, 200) }

// Layout chooses one side or both for the width.
func (s *sides) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	single := size.Width/(theme.Size(theme.SizeNameFormWidth)/720) < widthForTwo
	if s.now == nil || single != s.single {
		s.single = single
		s.compose()
	}
	s.now.Resize(size)
}

func (s *sides) compose() {
	s.page.record.back.Hidden = !s.single
	switch {
	case !s.single:
		s.now = kit.NewSplit(s.list, s.page.record.content, s.page.offset(), s.page.rememberOffset)
	case s.record:
		s.now = s.page.record.content
	default:
		s.now = s.list
	}
	s.object.Objects = []fyne.CanvasObject{s.now}
}

// showRecord brings the offering, or the list, into sight where only one has
// room.
func (s *sides) showRecord(record bool) {
	s.record = record
	if !s.single {
		return
	}
	s.compose()
	s.object.Refresh()
	s.now.Resize(s.object.Size())
	kit.SettleFocus(s.page.env.Shell.Window().Canvas())
}
