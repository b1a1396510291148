package portal

import (
	"fyne.io/fyne/v2"

	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/theme"
)

// beside puts the list of steps and the chosen step beside each other. Where the
// window is narrow a line to choose from takes the place of the list.
type beside struct {
	page    *Page
	whole   *fyne.Container
	now     arrangement
	content fyne.CanvasObject
	offset  float64
}

type arrangement int

const (
	unknown arrangement = iota
	narrow
	wide
)

// leastWidth is the width, at text size 1, from which the two stand beside each
// other.
const leastWidth = 560

func newBeside(p *Page) *beside {
	b := &beside{page: p, offset: 0.3}
	b.whole = &fyne.Container{Layout: b}
	return b
}

// MinSize is small, so that the window can become narrow enough to fold.
func (b *beside) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(280, 200) }

// Layout chooses the arrangement for the width.
func (b *beside) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	fit := wide
	if size.Width*720/theme.Size(theme.SizeNameFormWidth) < leastWidth { // what stands here grows with the text
		fit = narrow
	}
	if fit != b.now {
		turned := b.now != unknown
		b.now = fit
		b.content = b.compose()
		b.whole.Objects = []fyne.CanvasObject{b.content}
		if turned {
			kit.SettleFocus(b.page.env.Shell.Window().Canvas())
		}
	}
	b.content.Resize(size)
}

func (b *beside) compose() fyne.CanvasObject {
	p := b.page
	gap := theme.Size(theme.SizeNameGap)
	if b.now == narrow {
		head := kit.Column(theme.Size(theme.SizeNameGapSmall), p.choose, p.said)
		return footed(head, kit.NewScroll(kit.Column(theme.Size(theme.SizeNameGroup), p.detail, p.progress, p.tick)), nil)
	}
	foot := kit.Column(theme.Size(theme.SizeNameGapSmall), kit.Hairline(), p.progress, p.tick, p.said)
	split := kit.NewSplit(footed(nil, kit.NewScroll(p.steps), foot), kit.Padded(gap/2, kit.NewScroll(p.detail)), b.offset, func(offset float64) { b.offset = offset })
	return split
}

// footedLayout keeps a head over and a foot under what scrolls, each as high as
// its texts are at the width.
type footedLayout struct{ head, middle, foot fyne.CanvasObject }

func footed(head, middle, foot fyne.CanvasObject) fyne.CanvasObject {
	l := &footedLayout{head, middle, foot}
	c := &fyne.Container{Layout: l}
	for _, o := range []fyne.CanvasObject{head, middle, foot} {
		if o != nil {
			c.Objects = append(c.Objects, o)
		}
	}
	return c
}

// MinSize is small: the middle scrolls.
func (l *footedLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(120, 120) }

// Layout gives the head and the foot their heights and the middle the rest.
func (l *footedLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	gap := theme.Size(theme.SizeNameGap)
	top, bottom := float32(0), size.Height
	if l.head != nil {
		top = fit(l.head, size.Width)
		l.head.Move(fyne.Position{})
		top += gap
	}
	if l.foot != nil {
		bottom -= fit(l.foot, size.Width)
		l.foot.Move(fyne.NewPos(0, bottom))
		bottom -= gap
	}
	l.middle.Move(fyne.NewPos(0, top))
	l.middle.Resize(fyne.NewSize(size.Width, max(bottom-top, 0)))
}

// fit makes o as high as it must be at a width: only once it has the width does
// it know.
func fit(o fyne.CanvasObject, width float32) float32 {
	o.Resize(fyne.NewSize(width, o.Size().Height))
	high := o.MinSize().Height
	o.Resize(fyne.NewSize(width, high))
	return high
}
