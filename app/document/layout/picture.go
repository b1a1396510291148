package layout

import (
	"kompetansepilot/app/document"
)

// picture draws a picture for an element, or as an artefact when e is nil, with
// its top left corner at x, y and w mm wide.
func (l *layouter) picture(page int, e *Elem, kind Artefact, p *document.Picture, x, y, w float64) {
	h := w * p.Height / p.Width
	emit := func(op Op) {
		op.Artefact = kind
		l.emit(page, e, op)
	}
	if p.Points != nil {
		emit(Op{Kind: OpPicture, X: x, Y: y, W: w, H: h, Picture: p.Points})
		return
	}
	scale := w / p.Width
	emit(Op{Kind: OpClip, X: x, Y: y, W: w, H: h})
	for _, s := range p.Shapes {
		path := make([]document.Segment, len(s.Path))
		for i, g := range s.Path {
			path[i].Kind = g.Kind
			for k, pt := range g.P {
				path[i].P[k] = document.Point{X: x + pt.X*scale, Y: y + pt.Y*scale}
			}
		}
		emit(Op{Kind: OpPath, Path: path, EvenOdd: s.EvenOdd, Colour: s.Fill})
	}
	emit(Op{Kind: OpUnclip})
}

// usable tells whether there is a picture with a size.
func usable(p *document.Picture) bool { return p != nil && p.Width > 0 && p.Height > 0 }

// fitted gives a picture's size within width and height, never larger than it is
// unless grow says so.
func fitted(p *document.Picture, width, height float64, grow bool) (w, h float64) {
	scale := min(width/p.Width, height/p.Height)
	if !grow {
		scale = min(scale, 1)
	}
	return p.Width * scale, p.Height * scale
}

// The room of a logo in mm: at the top of the first page and in the header.
const (
	logoHeight       = 16.0
	logoWidth        = 62.0
	headerLogoHeight = 5.5
	headerLogoWidth  = 24.0
)

// letterhead places the sender at the top of the first page: the logo to the
// left, name and address to its right or, without a logo, from the margin.
func (l *layouter) letterhead(h *document.Letterhead) {
	if h == nil {
		return
	}
	top, left, bottom := l.y, marginLeft, l.y
	if usable(h.Logo) {
		w, height := fitted(h.Logo, logoWidth, logoHeight, true)
		e := l.root.child("Figure")
		e.Alt = l.inline(h.LogoAlt)
		if e.Alt == "" {
			e.Alt = l.inline(h.Name)
		}
		if e.Alt == "" {
			e.Alt = l.result.Meta.Author
		}
		if e.Alt == "" {
			e.Alt = l.result.Meta.Title
		}
		e.Box = [4]float64{left, top, w, height}
		l.picture(l.page, e, ArtefactLayout, h.Logo, left, top, w)
		left, bottom = left+w+6, top+height
	}
	width := PageWidth - marginRight - left
	y := top
	put := func(f *flow) {
		for i := range min(len(f.lines), 3) {
			l.drawLines(f, i, i+1, left, y, width, document.Left)
			y += f.style.lineHeight()
		}
	}
	if name := l.inline(h.Name); name != "" {
		put(l.bold(l.root.child("P"), name, textStyle{12, 16, document.ColourText()}, width))
	}
	for _, text := range h.Lines[:min(len(h.Lines), 6)] {
		if text = l.inline(text); text != "" {
			put(newFlow(l.root.child("P"), document.Text(text), textStyle{9, 12, document.ColourMuted()}, width))
		}
	}
	if bottom = max(bottom, y); bottom > top {
		l.y = bottom
		l.gap = 8
		l.headEnd = bottom
	}
}

// onlyHead tells that nothing but the letterhead stands on the page.
func (l *layouter) onlyHead() bool { return l.page == 0 && l.y == l.headEnd }

// headerLogo draws the logo in the header of a page and gives the room it took.
func (l *layouter) headerLogo(page int, h *document.Letterhead) float64 {
	if h == nil || !usable(h.Logo) {
		return 0
	}
	w, height := fitted(h.Logo, headerLogoWidth, headerLogoHeight, true)
	l.picture(page, nil, ArtefactHeader, h.Logo, marginLeft, 15-height, w)
	return w + 3
}
