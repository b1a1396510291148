package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app/lang"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/theme"
)

// frame is what stands round the pages: the navigation, the line on top, what
// must be known, and the status line.
type frame struct {
	object *fyne.Container

	nav     *kit.Nav
	side    *container.Scroll
	top     *fyne.Container
	search  *kit.SearchField
	back    *kit.Button
	forward *kit.Button
	undo    *kit.Button
	redo    *kit.Button
	banner  *fyne.Container // empty while all is well
	page    *fyne.Container
	hits    *hitList
	status  *kit.StatusBar
}

func newFrame(words *lang.Printer, w *Window) *frame {
	f := &frame{nav: kit.NewNav(navigation(words.T), w.onNavigate), status: kit.NewStatusBar(words)}
	f.side = container.NewVScroll(f.nav)
	f.search = kit.NewSearchField(words, words.T("shell.search.placeholder"))
	f.back = kit.NewIconButton(fynetheme.NavigateBackIcon(), words.T("shell.back"), w.Back)
	f.forward = kit.NewIconButton(fynetheme.NavigateNextIcon(), words.T("shell.forward"), w.Forward)
	f.undo = kit.NewQuietButton(words.T("shell.undo"), w.Undo)
	f.undo.SetIcon(fynetheme.ContentUndoIcon())
	f.redo = kit.NewQuietButton(words.T("shell.redo"), w.Redo)
	f.redo.SetIcon(fynetheme.ContentRedoIcon())
	f.top = container.New(&topLayout{}, f.back, f.forward, f.search, f.undo, f.redo, kit.Hairline())
	f.banner = container.NewStack()
	f.page = container.NewStack()
	f.hits = newHitList(w, f.search)
	f.object = container.New(&frameLayout{f}, f.side, f.top, f.banner, f.page, f.status, f.hits.behind, f.hits.HitList)
	return f
}

func (f *frame) setPage(content fyne.CanvasObject) {
	f.page.Objects = []fyne.CanvasObject{content}
	f.page.Refresh()
	if c := fyne.CurrentApp().Driver().CanvasForObject(f.page); c != nil {
		kit.SettleFocus(c)
	}
}

// setBanner shows what must be known over the page; nil takes it away.
func (f *frame) setBanner(o fyne.CanvasObject) {
	if o == nil && len(f.banner.Objects) == 0 {
		return
	}
	f.banner.Objects = nil
	if o != nil {
		f.banner.Objects = []fyne.CanvasObject{o}
	}
	f.object.Refresh()
}

// setCount shows what waits at a line of the navigation, which may need another
// width for it.
func (f *frame) setCount(page string, count int) {
	if f.nav.Count(page) != count {
		f.nav.SetCount(page, count)
		f.object.Refresh()
	}
}

// foldBelow is the width of the window, at text size 1, under which the
// navigation shows icons only.
const foldBelow = 1100

// textScale is how much larger than usual the text is.
func textScale() float32 { return theme.Size(fynetheme.SizeNameText) / 14 }

// frameLayout folds the navigation where there is little room.
type frameLayout struct{ *frame }

func (l *frameLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	l.nav.SetFolded(size.Width < foldBelow*textScale())
	status := l.status.MinSize().Height
	side := l.nav.MinSize().Width
	l.side.Move(fyne.Position{})
	l.side.Resize(fyne.NewSize(side, size.Height-status))
	width := size.Width - side
	top := l.top.MinSize().Height
	l.top.Move(fyne.NewPos(side, 0))
	l.top.Resize(fyne.NewSize(width, top))
	y := top
	banner := l.bannerHeight(width)
	l.banner.Move(fyne.NewPos(side, y))
	l.banner.Resize(fyne.NewSize(width, banner))
	y += banner
	l.page.Move(fyne.NewPos(side, y))
	l.page.Resize(fyne.NewSize(width, max(size.Height-y-status, 0)))
	l.status.Move(fyne.NewPos(0, size.Height-status))
	l.status.Resize(fyne.NewSize(size.Width, status))
	l.hits.behind.Move(fyne.NewPos(side, top))
	l.hits.behind.Resize(fyne.NewSize(width, max(size.Height-top-status, 0)))
	field := l.search.Position()
	l.hits.place(fyne.NewPos(side+field.X, field.Y+l.search.Size().Height+4), max(l.search.Size().Width, min(720*textScale(), width-2*field.X)), size.Height-status-top)
}

// bannerHeight needs the banner's width first, for its text breaks.
func (l *frameLayout) bannerHeight(width float32) float32 {
	if len(l.banner.Objects) == 0 {
		return 0
	}
	l.banner.Resize(fyne.NewSize(width, l.banner.MinSize().Height))
	return l.banner.MinSize().Height
}

func (l *frameLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return leastFrame()
}

// leastFrame is the least size of the window. The page decides nothing here: what
// does not fit in it scrolls.
func leastFrame() fyne.Size { return fyne.NewSize(480, 320) }

// topLayout is the line on top: back and forward, the search field, undo and
// redo to the right.
type topLayout struct{}

func (topLayout) parts(o []fyne.CanvasObject) (back, forward, search, undo, redo, line fyne.CanvasObject) {
	return o[0], o[1], o[2], o[3], o[4], o[5]
}

func (t topLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	back, forward, search, undo, redo, line := t.parts(objects)
	gap, page := theme.Size(theme.SizeNameGap), theme.Size(theme.SizeNamePage)
	place := func(o fyne.CanvasObject, x, width float32) {
		high := o.MinSize().Height
		o.Move(fyne.NewPos(x, (size.Height-high)/2))
		o.Resize(fyne.NewSize(width, high))
	}
	right := size.Width - page
	for _, o := range []fyne.CanvasObject{redo, undo} {
		width := o.MinSize().Width
		right -= width
		place(o, right, width)
		right -= gap / 2
	}
	x := gap
	for _, o := range []fyne.CanvasObject{back, forward} {
		width := o.MinSize().Width
		place(o, x, width)
		x += width + gap/2
	}
	x += gap / 2
	place(search, x, max(0, min(right-gap-x, 480*textScale())))
	line.Move(fyne.NewPos(0, size.Height-1))
	line.Resize(fyne.NewSize(size.Width, 1))
}

func (t topLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	_, _, search, _, _, _ := t.parts(objects)
	return fyne.NewSize(320, search.MinSize().Height+2*theme.Size(theme.SizeNameGap))
}
