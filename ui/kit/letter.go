package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/app/lang"
	"kompetansepilot/ui/theme"
)

// LetterKind is what a block of a letter is.
type LetterKind int

// The kinds of block.
const (
	LetterText LetterKind = iota
	LetterHeading
	LetterItem // of a list
	LetterLink
)

// LetterBlock is a paragraph or the like of somebody else's text. Nothing in it
// is read as markup.
type LetterBlock struct {
	Kind  LetterKind
	Text  string
	Quote int // how deep it is quoted, 0 for the writer's own words
	// Of a link: what pressing it does, and a warning that stands under it.
	Do      func()
	Warning string
}

// Letter shows a text that came from outside. Its words can be marked with the
// mouse and copied. What is quoted from earlier letters is folded; of a very
// long text the first part is shown.
type Letter struct {
	words   *lang.Printer
	content *fyne.Container
	blocks  []LetterBlock
	shown   int // blocks that are shown
	quoted  bool
}

const (
	// letterStep is how many blocks are shown at a time; Fyne lays all of them out
	// at each change of width.
	letterStep = 120
	// letterMost is how many characters one block may have before it is cut: Fyne
	// needs about a millisecond for each 1000.
	letterMost = 6000
)

// NewLetter makes an empty letter.
func NewLetter(words *lang.Printer) *Letter {
	return &Letter{words: words, content: Column(theme.Size(theme.SizeNameGap))}
}

// Content is what shows it.
func (l *Letter) Content() *fyne.Container { return l.content }

// SetBlocks shows another text from its top.
func (l *Letter) SetBlocks(blocks []LetterBlock) {
	l.blocks, l.shown, l.quoted = nil, letterStep, false
	for _, b := range blocks {
		for len(b.Text) > letterMost {
			parts := cutPages(b.Text)
			head := b
			head.Text = parts[0]
			l.blocks = append(l.blocks, head)
			b.Text = b.Text[len(parts[0]):]
		}
		l.blocks = append(l.blocks, b)
	}
	l.fill()
}

// hasOwn tells whether anything is not quoted.
func (l *Letter) hasOwn() bool {
	for _, b := range l.blocks {
		if b.Quote == 0 {
			return true
		}
	}
	return false
}

func (l *Letter) fill() {
	var all []fyne.CanvasObject
	fold := !l.quoted && l.hasOwn()
	hidden := 0
	for i, b := range l.blocks {
		if len(all) >= l.shown {
			left := len(l.blocks) - i
			all = append(all, NewButton(l.words.N("kit.letter.more", left), func() {
				l.shown += letterStep
				l.fill()
			}))
			break
		}
		if fold && b.Quote > 0 {
			hidden++
			if i+1 == len(l.blocks) || l.blocks[i+1].Quote == 0 {
				all = append(all, NewQuietButton(l.words.T("kit.letter.quoted"), func() {
					l.quoted = true
					l.fill()
				}))
			}
			continue
		}
		all = append(all, l.object(b))
	}
	l.content.Objects = all
	l.content.Refresh()
	Relayout(l.content)
}

func (l *Letter) object(b LetterBlock) fyne.CanvasObject {
	var o fyne.CanvasObject
	switch b.Kind {
	case LetterHeading:
		o = newPassage(b.Text, true)
	case LetterItem:
		o = newIndented("•", newPassage(b.Text, false))
	case LetterLink:
		o = NewTextLink(b.Text, b.Do)
		if b.Warning != "" {
			o = Column(2, o, NewMarkedLine(l.words, Warn, b.Warning))
		}
	default:
		o = newPassage(b.Text, false)
	}
	if b.Quote > 0 {
		return newQuotation(o, b.Quote)
	}
	return o
}

// passage is a paragraph whose words can be marked.
type passage struct {
	widget.BaseWidget
	label *widget.Label
	flush *container.ThemeOverride
	laid  float32
}

var _ drawn = (*passage)(nil)

func newPassage(text string, bold bool) *passage {
	p := &passage{label: widget.NewLabel(text)}
	p.label.Wrapping = fyne.TextWrapWord
	p.label.Selectable = true
	p.label.TextStyle.Bold = bold
	p.flush = container.NewThemeOverride(p.label, flush{})
	p.ExtendBaseWidget(p)
	return p
}

// AccessibilityLabel is what it says.
func (p *passage) AccessibilityLabel() string { return p.label.Text }

// AccessibilityRole is text.
func (p *passage) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer implements fyne.Widget.
func (p *passage) CreateRenderer() fyne.WidgetRenderer {
	p.ExtendBaseWidget(p)
	return newDrawnRenderer(p)
}

func (p *passage) parts() []fyne.CanvasObject { return []fyne.CanvasObject{p.flush} }
func (p *passage) paint()                     { p.laid = 0 }
func (p *passage) arrange(size fyne.Size)     { p.flush.Resize(size) }
func (p *passage) least() fyne.Size           { return fyne.NewSize(60, p.heightFor(p.Size().Width)) }

func (p *passage) heightFor(width float32) float32 {
	if width > 0 && p.laid != width {
		p.laid = width
		p.label.Resize(fyne.NewSize(width, p.label.Size().Height))
	}
	return p.label.MinSize().Height
}

// flush is the running theme without the room that Fyne's label keeps round its
// text.
type flush struct{ barless }

// Size implements fyne.Theme.
func (f flush) Size(name fyne.ThemeSizeName) float32 {
	if name == fynetheme.SizeNameInnerPadding {
		return 0
	}
	return f.running().Size(name)
}

// indented is an object with a sign before it.
type indented struct {
	widget.BaseWidget
	sign    *Text
	content fyne.CanvasObject
}

var _ drawn = (*indented)(nil)

func newIndented(sign string, content fyne.CanvasObject) *indented {
	i := &indented{sign: NewText(sign), content: content}
	i.ExtendBaseWidget(i)
	return i
}

// CreateRenderer implements fyne.Widget.
func (i *indented) CreateRenderer() fyne.WidgetRenderer {
	i.ExtendBaseWidget(i)
	return newDrawnRenderer(i)
}

func (i *indented) room() float32               { return i.sign.natural() + theme.Size(theme.SizeNameGap) }
func (i *indented) parts() []fyne.CanvasObject  { return []fyne.CanvasObject{i.sign, i.content} }
func (i *indented) paint()                      {}
func (i *indented) heightFor(w float32) float32 { return heightOf(i.content, w-i.room()) }
func (i *indented) least() fyne.Size {
	min := i.content.MinSize()
	return fyne.NewSize(min.Width+i.room(), min.Height)
}

func (i *indented) arrange(size fyne.Size) {
	room := i.room()
	i.sign.Resize(fyne.NewSize(room, i.sign.MinSize().Height))
	i.content.Move(fyne.NewPos(room, 0))
	i.content.Resize(fyne.NewSize(size.Width-room, size.Height))
}

// quotation is an object with a line to its left for each level that it is
// quoted.
type quotation struct {
	widget.BaseWidget
	content fyne.CanvasObject
	lines   []*canvas.Rectangle
}

var _ drawn = (*quotation)(nil)

// mostQuotes is how many levels are shown.
const mostQuotes = 4

func newQuotation(content fyne.CanvasObject, depth int) *quotation {
	q := &quotation{content: content}
	for range min(depth, mostQuotes) {
		q.lines = append(q.lines, &canvas.Rectangle{})
	}
	q.ExtendBaseWidget(q)
	return q
}

// CreateRenderer implements fyne.Widget.
func (q *quotation) CreateRenderer() fyne.WidgetRenderer {
	q.ExtendBaseWidget(q)
	return newDrawnRenderer(q)
}

func (q *quotation) parts() []fyne.CanvasObject {
	all := []fyne.CanvasObject{q.content}
	for _, line := range q.lines {
		all = append(all, line)
	}
	return all
}

func (q *quotation) paint() {
	for _, line := range q.lines {
		line.FillColor = theme.Color(theme.ColorNameHairline)
		line.Refresh()
	}
}

func (q *quotation) room() float32 {
	return float32(len(q.lines)) * (theme.Size(theme.SizeNameGap) + 2)
}

func (q *quotation) heightFor(width float32) float32 { return heightOf(q.content, width-q.room()) }

func (q *quotation) least() fyne.Size {
	min := q.content.MinSize()
	return fyne.NewSize(min.Width+q.room(), min.Height)
}

func (q *quotation) arrange(size fyne.Size) {
	room := q.room()
	for i, line := range q.lines {
		line.Move(fyne.NewPos(float32(i)*(theme.Size(theme.SizeNameGap)+2), 0))
		line.Resize(fyne.NewSize(2, size.Height))
	}
	q.content.Move(fyne.NewPos(room, 0))
	q.content.Resize(fyne.NewSize(size.Width-room, size.Height))
}
