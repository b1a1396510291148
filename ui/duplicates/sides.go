package duplicates

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/theme"
)

// widthForTwo is the least width of the page, at text size 1, for the list and a
// pair beside each other.
const widthForTwo = 760

// sides puts the list and the pair beside each other, or behind tabs where there
// is no room for both.
type sides struct {
	object     *fyne.Container
	list, pair kit.Tab
	offset     float64
	tabs       *kit.Tabs // nil while both are in sight
	now        fyne.CanvasObject
}

func newSides(list, pair kit.Tab) *sides {
	s := &sides{list: list, pair: pair, offset: 0.42}
	s.object = container.New(s)
	return s
}

// MinSize is small, so that the window can become narrow.
func (s *sides) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(280, 200) }

// Layout chooses one side or both for the width.
func (s *sides) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	single := size.Width/(theme.Size(theme.SizeNameFormWidth)/720) < widthForTwo
	if s.now == nil || single != (s.tabs != nil) {
		s.tabs = nil
		if single {
			s.tabs = kit.NewTabs(s.list, s.pair)
			s.now = s.tabs
		} else {
			s.now = kit.NewSplit(s.list.Content, s.pair.Content, s.offset, func(offset float64) { s.offset = offset })
		}
		s.object.Objects = []fyne.CanvasObject{s.now}
	}
	s.now.Resize(size)
}

// showPair brings the pair into sight.
func (s *sides) showPair() {
	if s.tabs != nil {
		s.tabs.Select(s.pair.ID)
	}
}
