package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/app/lang"
	"kompetansepilot/ui/theme"
)

// Hit is a line of a HitList.
type Hit struct {
	ID    string
	Icon  fyne.Resource
	Label string
	Kind  string // in quiet text to the right
	// Where and Excerpt are a second line in quiet text: where it belongs, and what
	// was found in it.
	Where   string
	Excerpt []HitRun
}

// HitRun is some of an excerpt.
type HitRun struct {
	Text   string
	Marked bool
}

// HitList is the answers of a search, on paper of their own under the search
// field, which keeps the focus and hands the arrow keys on.
type HitList struct {
	widget.BaseWidget

	rows    *hitRows
	scroll  *container.Scroll
	heading *Text
	none    *Text
	face    *canvas.Rectangle
}

var _ drawn = (*HitList)(nil)

// NewHitList makes a hidden list.
func NewHitList(onPick func(Hit)) *HitList {
	l := &HitList{none: NewQuietText(""), heading: NewQuietText(""), face: &canvas.Rectangle{}}
	l.rows = newHitRows(onPick)
	l.scroll = container.NewVScroll(l.rows)
	l.ExtendBaseWidget(l)
	l.Hide()
	return l
}

// SetHits shows answers under a heading, "" for none. Without answers it shows
// the sentence.
func (l *HitList) SetHits(heading string, hits []Hit, sentence string) {
	l.heading.SetText(heading)
	l.none.SetText(sentence)
	l.rows.set(hits)
	l.scroll.ScrollToTop()
	l.Refresh()
}

// Len is how many answers there are.
func (l *HitList) Len() int { return len(l.rows.hits) }

// Step goes some lines down, or up.
func (l *HitList) Step(by int) { l.rows.move(by) }

// Pick takes the answer under the arrow keys, the first when nobody has moved.
func (l *HitList) Pick() { l.rows.pick() }

// Current is the answer under the arrow keys.
func (l *HitList) Current() (Hit, bool) {
	if l.rows.at < len(l.rows.hits) {
		return l.rows.hits[l.rows.at], true
	}
	return Hit{}, false
}

// Height is what all the answers need.
func (l *HitList) Height() float32 {
	if l.Len() == 0 {
		return l.none.MinSize().Height + 2*theme.Size(theme.SizeNameGap)
	}
	return l.headingHeight() + l.rows.least().Height + 2*hitPadding
}

// AccessibilityLabel is the line under the arrow keys, or that there is none.
func (l *HitList) AccessibilityLabel() string {
	h, ok := l.Current()
	if !ok {
		return l.none.Text()
	}
	excerpt := ""
	for _, run := range h.Excerpt {
		excerpt += run.Text
	}
	return lang.Joined(", ", h.Label, h.Kind, h.Where, excerpt)
}

// AccessibilityRole is link.
func (l *HitList) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleLink }

// CreateRenderer implements fyne.Widget.
func (l *HitList) CreateRenderer() fyne.WidgetRenderer { return newDrawnRenderer(l) }

func (l *HitList) parts() []fyne.CanvasObject {
	return []fyne.CanvasObject{l.face, l.heading, l.scroll, l.none}
}

func (l *HitList) paint() {
	paintPaper(l.face)
	l.none.Hidden = l.Len() > 0
	l.heading.Hidden = l.heading.Text() == "" || l.Len() == 0
}

func (l *HitList) least() fyne.Size { return fyne.NewSize(200, theme.Size(theme.SizeNameControl)) }

const hitPadding = 6

func (l *HitList) headingHeight() float32 {
	if l.heading.Text() == "" {
		return 0
	}
	return l.heading.MinSize().Height + theme.Size(theme.SizeNameGapSmall)
}

func (l *HitList) arrange(size fyne.Size) {
	l.face.Resize(size)
	gap, top := theme.Size(theme.SizeNameGap), l.headingHeight()
	l.heading.Move(fyne.NewPos(hitPadding+gap/2, hitPadding))
	l.heading.Resize(fyne.NewSize(size.Width-2*hitPadding, l.heading.MinSize().Height))
	l.scroll.Move(fyne.NewPos(hitPadding, hitPadding+top))
	l.scroll.Resize(size.SubtractWidthHeight(2*hitPadding, 2*hitPadding+top))
	l.none.Move(fyne.NewSquareOffsetPos(gap))
	l.none.Resize(size.SubtractWidthHeight(2*gap, 2*gap))
}

// Backdrop lies unseen under an open list, over what is beside it: a press there
// closes the list.
type Backdrop struct {
	widget.BaseWidget
	onTap func()
}

// NewBackdrop makes a hidden backdrop.
func NewBackdrop(onTap func()) *Backdrop {
	b := &Backdrop{onTap: onTap}
	b.ExtendBaseWidget(b)
	b.Hide()
	return b
}

// Tapped implements fyne.Tappable.
func (b *Backdrop) Tapped(*fyne.PointEvent) { b.onTap() }

// CreateRenderer implements fyne.Widget; there is nothing to see.
func (b *Backdrop) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewWithoutLayout())
}
