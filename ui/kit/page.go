package kit

import (
	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/app/lang"
	"kompetansepilot/ui/theme"
)

// Page is the frame of a page: its title, what can be done with it, and under a
// hairline its content.
type Page struct {
	widget.BaseWidget

	title    *Text
	subtitle *Text
	head     *fyne.Container // row of what stands to the right of the title
	extra    []fyne.CanvasObject
	primary  *Button
	more     *Button
	line     fyne.CanvasObject
	content  fyne.CanvasObject
}

var _ drawn = (*Page)(nil)

// NewPage makes a page. primary and content may be nil, more may be empty.
func NewPage(words *lang.Printer, title string, primary *Button, more []*fyne.MenuItem, content fyne.CanvasObject) *Page {
	p := &Page{
		title:    newText(title, fynetheme.ColorNameForeground, theme.SizeNameTitle, true),
		subtitle: NewQuietText(""), head: Row(), line: Hairline(), content: content, primary: primary,
		more: NewMenuButton("", more...),
	}
	p.subtitle.Hide()
	p.more.SetTip(words.T("kit.page.more"))
	p.more.Hidden = len(more) == 0
	p.fillHead()
	p.ExtendBaseWidget(p)
	return p
}

// SetTitle changes the title.
func (p *Page) SetTitle(text string) {
	p.title.SetText(text)
	p.Refresh()
}

// SetSubtitle shows a quiet line under the title; "" takes it away.
func (p *Page) SetSubtitle(text string) {
	p.subtitle.Hidden = text == ""
	p.subtitle.SetText(text)
	p.Refresh()
}

// SetMore changes the menu for what is done seldom.
func (p *Page) SetMore(items []*fyne.MenuItem) {
	p.more.Hidden = len(items) == 0
	p.more.SetMenu(items...)
	p.Refresh()
}

// SetPrimary changes the main button; nil takes it away.
func (p *Page) SetPrimary(b *Button) {
	p.primary = b
	p.fillHead()
	p.Refresh()
}

// AddHead puts an object to the left of the main button.
func (p *Page) AddHead(o fyne.CanvasObject) {
	p.extra = append(p.extra, o)
	p.fillHead()
	p.Refresh()
}

// SetContent changes what stands under the hairline.
func (p *Page) SetContent(content fyne.CanvasObject) {
	p.content = content
	p.Refresh()
	settleFocusAround(p)
}

// Content is what stands under the hairline.
func (p *Page) Content() fyne.CanvasObject { return p.content }

func (p *Page) fillHead() {
	p.head.Objects = append([]fyne.CanvasObject{}, p.extra...)
	if p.primary != nil {
		p.head.Objects = append(p.head.Objects, p.primary)
	}
	p.head.Objects = append(p.head.Objects, p.more)
}

// CreateRenderer implements fyne.Widget.
func (p *Page) CreateRenderer() fyne.WidgetRenderer {
	p.ExtendBaseWidget(p)
	return newDrawnRenderer(p)
}

func (p *Page) parts() []fyne.CanvasObject {
	parts := []fyne.CanvasObject{p.title, p.subtitle, p.head, p.line}
	if p.content != nil {
		parts = append(parts, p.content)
	}
	return parts
}

func (p *Page) paint() {}

// headWidth is how wide the row beside the title wants to be.
func (p *Page) headWidth() float32 {
	var width float32
	for _, o := range p.head.Objects {
		if o.Visible() {
			if width > 0 {
				width += theme.Size(theme.SizeNameGap)
			}
			width += o.MinSize().Width
		}
	}
	return width
}

func (p *Page) least() fyne.Size {
	page := theme.Size(theme.SizeNamePage)
	size := fyne.NewSize(200, theme.Size(theme.SizeNameControl)+2*page)
	if p.content != nil {
		min := p.content.MinSize()
		size = fyne.NewSize(max(size.Width, min.Width+2*page), size.Height+min.Height)
	}
	return size
}

func (p *Page) arrange(size fyne.Size) {
	page, gap := theme.Size(theme.SizeNamePage), theme.Size(theme.SizeNameGap)
	inner := size.Width - 2*page
	side := p.headWidth()
	stacked := side > inner*0.6 // no room beside the title: the row goes under it
	titleWidth := inner - side - gap
	if stacked {
		side, titleWidth = inner, inner
	}
	high := heightOf(p.head, side)
	title := p.title.heightFor(titleWidth)
	sub := float32(0)
	if p.subtitle.Visible() {
		sub = p.subtitle.heightFor(titleWidth)
	}
	row := max(title+sub, high, theme.Size(theme.SizeNameControl))
	if stacked {
		row = title + sub
	}
	y := gap * 2
	p.title.Move(fyne.NewPos(page, y+(row-title-sub)/2))
	p.title.Resize(fyne.NewSize(titleWidth, title))
	p.subtitle.Move(fyne.NewPos(page, y+(row-title-sub)/2+title))
	p.subtitle.Resize(fyne.NewSize(titleWidth, sub))
	if stacked {
		p.head.Move(fyne.NewPos(page, y+row+gap))
		row += gap + high
	} else {
		p.head.Move(fyne.NewPos(size.Width-page-side, y+(row-high)/2))
	}
	p.head.Resize(fyne.NewSize(side, high))
	y += row + gap*1.5
	p.line.Move(fyne.NewPos(page, y))
	p.line.Resize(fyne.NewSize(inner, 1))
	y += 1 + gap
	if p.content != nil {
		room := scrollRoom(p.content)
		p.content.Move(fyne.NewPos(page-room, y))
		p.content.Resize(fyne.NewSize(inner+2*room, max(size.Height-y-gap, 0)))
	}
}
