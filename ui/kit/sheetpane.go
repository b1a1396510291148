package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/ui/theme"
)

// sheetPane draws some columns of a sheet: the first, which stays, or the rest.
type sheetPane struct {
	sheet    *Sheet
	from, to int // columns
	clip     *container.Clip
	box      *fyne.Container

	head   *canvas.Rectangle
	titles []*canvas.Text
	faces  []*canvas.Rectangle // one a row
	across []*canvas.Rectangle // under each row
	down   []*canvas.Rectangle // after each column
	block  *canvas.Rectangle
	ring   *outline
	cells  [][]*sheetCellFace
}

// sheetCellFace is what is drawn in a cell.
type sheetCellFace struct {
	text, second *canvas.Text
	mark         *canvas.Image
	icon         fyne.Resource
	color        fyne.ThemeColorName
	own          bool   // the second text is the cell's own
	whole        string // the text before it was cut
	rest         string // the second line of it
	cutFor       float32
	wraps        bool
	shortened    bool
}

func newSheetPane(s *Sheet, from, to int) *sheetPane {
	p := &sheetPane{sheet: s, from: from, to: to, box: container.NewWithoutLayout(), head: &canvas.Rectangle{},
		block: &canvas.Rectangle{}, ring: newOutline()}
	p.clip = container.NewClip(p.box)
	for range to - from {
		p.titles = append(p.titles, &canvas.Text{})
		p.down = append(p.down, &canvas.Rectangle{})
	}
	return p
}

// grow makes the parts of new rows and drops those of old ones.
func (p *sheetPane) grow() {
	rows := len(p.sheet.rows)
	if rows == len(p.cells) && len(p.box.Objects) > 0 {
		return
	}
	for len(p.cells) < rows {
		p.faces = append(p.faces, &canvas.Rectangle{})
		p.across = append(p.across, &canvas.Rectangle{})
		var row []*sheetCellFace
		for range p.to - p.from {
			c := &sheetCellFace{text: &canvas.Text{}, second: &canvas.Text{}, mark: &canvas.Image{FillMode: canvas.ImageFillContain}}
			c.mark.Hide()
			row = append(row, c)
		}
		p.cells = append(p.cells, row)
	}
	p.cells, p.faces, p.across = p.cells[:rows], p.faces[:rows], p.across[:rows]
	p.box.Objects = []fyne.CanvasObject{p.head}
	for _, o := range p.faces {
		p.box.Objects = append(p.box.Objects, o)
	}
	p.box.Objects = append(p.box.Objects, p.block)
	for _, o := range append(append([]*canvas.Rectangle{}, p.across...), p.down...) {
		p.box.Objects = append(p.box.Objects, o)
	}
	for _, o := range p.titles {
		p.box.Objects = append(p.box.Objects, o)
	}
	for _, row := range p.cells {
		for _, c := range row {
			p.box.Objects = append(p.box.Objects, c.mark, c.text, c.second)
		}
	}
	p.box.Objects = append(p.box.Objects, p.ring.sides()...)
}

// fillRect colours a rectangle only when it changes, as drawing is what costs.
func fillRect(r *canvas.Rectangle, c color.Color) {
	if r.FillColor != c {
		r.FillColor = c
		r.Refresh()
	}
}

func setText(t *canvas.Text, text string, c color.Color, size float32, bold bool, align fyne.TextAlign) {
	style := fyne.TextStyle{Bold: bold}
	if t.Text != text || t.Color != c || t.TextSize != size || t.TextStyle != style || t.Alignment != align {
		t.Text, t.Color, t.TextSize, t.TextStyle, t.Alignment = text, c, size, style, align
		t.Refresh()
	}
}

func (p *sheetPane) paint() {
	p.grow()
	s := p.sheet
	ground, surface := theme.Color(fynetheme.ColorNameBackground), theme.Color(theme.ColorNameSurface)
	hairline := theme.Color(theme.ColorNameHairline)
	fillRect(p.head, ground)
	for i, title := range p.titles {
		c := s.columns[p.from+i]
		setText(title, c.Title, theme.Color(theme.ColorNameQuiet), theme.Size(theme.SizeNameLabel), true, alignOf(c))
		fillRect(p.down[i], hairline)
	}
	for i := range s.rows {
		face := surface
		if s.rows[i].Sum {
			face = ground
		}
		fillRect(p.faces[i], face)
		fillRect(p.across[i], hairline)
		for j, c := range p.cells[i] {
			p.paintCell(c, place{i, p.from + j})
		}
	}
	fillRect(p.block, theme.Color(theme.ColorNameSelectedRow))
	if s.focused || s.edit.on {
		p.ring.paint(theme.Color(theme.ColorNameFocusRing), theme.Size(theme.SizeNameFocusRing))
	} else {
		p.ring.paint(theme.Color(theme.ColorNameFieldBorder), 1)
	}
}

func alignOf(c SheetColumn) fyne.TextAlign {
	if c.Amount {
		return fyne.TextAlignTrailing
	}
	return fyne.TextAlignLeading
}

func (p *sheetPane) paintCell(f *sheetCellFace, at place) {
	s := p.sheet
	c := s.Cell(at.row, at.column)
	role := fynetheme.ColorNameForeground
	switch {
	case c.Problem != "":
		role = theme.ColorNameStop
	case c.Quiet:
		role = theme.ColorNameQuiet
	case c.Marked && c.Tone != Info:
		role = SeverityColor(c.Tone)
	case c.Opens && !s.rows[at.row].Sum:
		role = fynetheme.ColorNamePrimary
	}
	if f.whole != c.Text {
		f.whole, f.cutFor = c.Text, -1
		f.text.Text = c.Text
		f.text.Refresh()
	}
	align := alignOf(s.columns[at.column])
	setText(f.text, f.text.Text, theme.Color(role), s.textSize(), s.rows[at.row].Sum, align)
	f.own = c.Second != ""
	if f.own {
		setText(f.second, c.Second, theme.Color(theme.ColorNameQuiet), theme.Size(theme.SizeNameLabel), false, align)
	}
	tone := c.Tone
	if c.Problem != "" {
		tone = Stop
	}
	f.mark.Hidden = !c.Marked && c.Problem == ""
	if !f.mark.Hidden {
		f.mark.Resource = fynetheme.NewColoredResource(SeverityIcon(tone), SeverityColor(tone))
		f.mark.Refresh()
	}
}

// arrange puts everything in its place, in a pane of the sheet.
func (p *sheetPane) arrange() {
	s := p.sheet
	pad, gap := float32(sheetPad), theme.Size(theme.SizeNameGapSmall)
	left := s.lefts[p.from]
	width := s.lefts[p.to] - left
	bottom := s.tops[len(s.tops)-1]
	put := func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, h))
	}
	put(p.head, 0, 0, width, s.tops[0])
	for i, title := range p.titles {
		x, w := s.lefts[p.from+i]-left, s.lefts[p.from+i+1]-s.lefts[p.from+i]
		high := title.MinSize().Height
		put(title, x+pad, (s.tops[0]-high)/2, w-2*pad, high)
		put(p.down[i], x+w-1, 0, 1, bottom)
	}
	for i, row := range p.cells {
		y, high := s.tops[i], s.tops[i+1]-s.tops[i]
		put(p.faces[i], 0, y, width, high)
		put(p.across[i], 0, y, width, 1)
		for j, f := range row {
			x, w := s.lefts[p.from+j]-left+pad, s.lefts[p.from+j+1]-s.lefts[p.from+j]-2*pad
			if !f.mark.Hidden {
				side := theme.Size(theme.SizeNameIcon)
				put(f.mark, x, y+(high-side)/2, side, side)
				x, w = x+side+gap, w-side-gap
			}
			f.cut(w, s.textSize(), s.rows[i].Sum, !f.own && !s.columns[p.from+j].Amount)
			if !f.own {
				setText(f.second, f.rest, f.text.Color, f.text.TextSize, s.rows[i].Sum, f.text.Alignment)
			}
			f.second.Hidden = f.second.Text == ""
			text := f.text.MinSize().Height
			if f.second.Hidden {
				put(f.text, x, y+(high-text)/2, w, text)
				continue
			}
			second := f.second.MinSize().Height
			top := y + (high-text-second)/2
			put(f.text, x, top, w, text)
			put(f.second, x, top+text, w, second)
		}
	}
	p.arrangeChoice(left)
}

// arrangeChoice shows the block and the ring where they touch this pane.
func (p *sheetPane) arrangeChoice(left float32) {
	s := p.sheet
	from, to := s.block()
	active := (s.focused || s.edit.on) && len(s.rows) > 0
	first, last := max(from.column, p.from), min(to.column, p.to-1)
	p.block.Hidden = !active || first > last || from == to
	if !p.block.Hidden {
		p.block.Move(fyne.NewPos(s.lefts[first]-left, s.tops[from.row]))
		p.block.Resize(fyne.NewSize(s.lefts[last+1]-s.lefts[first], s.tops[to.row+1]-s.tops[from.row]))
	}
	at := s.at
	p.ring.hide(!s.touched || len(s.rows) == 0 || at.column < p.from || at.column >= p.to)
	if !p.ring.hidden {
		p.ring.around(fyne.NewPos(s.lefts[at.column]-left, s.tops[at.row]),
			fyne.NewSize(s.lefts[at.column+1]-s.lefts[at.column], s.tops[at.row+1]-s.tops[at.row]))
	}
}

// outline is a line round something, of four parts: they can be cut anywhere,
// and stand inside what they go round.
type outline struct {
	parts  [4]*canvas.Rectangle // left, top, right, bottom
	thick  float32
	hidden bool
}

func newOutline() *outline {
	o := &outline{}
	for i := range o.parts {
		o.parts[i] = &canvas.Rectangle{}
	}
	return o
}

func (o *outline) sides() []fyne.CanvasObject {
	var all []fyne.CanvasObject
	for _, p := range o.parts {
		all = append(all, p)
	}
	return all
}

func (o *outline) paint(c color.Color, thick float32) {
	o.thick = thick
	for _, p := range o.parts {
		fillRect(p, c)
	}
}

func (o *outline) hide(hidden bool) {
	o.hidden = hidden
	for _, p := range o.parts {
		p.Hidden = hidden
	}
}

func (o *outline) around(pos fyne.Position, size fyne.Size) {
	put := func(p *canvas.Rectangle, x, y, w, h float32) {
		p.Move(pos.AddXY(x, y))
		p.Resize(fyne.NewSize(w, h))
	}
	t := o.thick
	put(o.parts[0], 0, 0, t, size.Height)
	put(o.parts[1], 0, 0, size.Width, t)
	put(o.parts[2], size.Width-t, 0, t, size.Height)
	put(o.parts[3], 0, size.Height-t, size.Width, t)
}

// cut breaks the text into at most two lines and shortens what is too long. A
// cell with a second text of its own has one line.
func (f *sheetCellFace) cut(width, size float32, bold, wraps bool) {
	if f.cutFor == width && f.wraps == wraps {
		return
	}
	f.cutFor, f.wraps = width, wraps
	line, rest := f.whole, ""
	if wraps {
		line, rest = breakLine(f.whole, width, size, bold)
	}
	line, cut1 := shortLine(line, width, size, bold)
	rest, cut2 := shortLine(rest, width, size, bold)
	f.shortened = cut1 || cut2
	if f.text.Text != line {
		f.text.Text = line
		f.text.Refresh()
	}
	f.rest = rest
}

// breakLine splits a text that is too wide after the last word that fits.
func breakLine(text string, width, size float32, bold bool) (line, rest string) {
	if wideText(text, size, bold) <= width+1 {
		return text, ""
	}
	at := -1
	for i, r := range text {
		if r == ' ' && i > 0 {
			if wideText(text[:i], size, bold) > width {
				break
			}
			at = i
		}
	}
	if at < 0 {
		return text, ""
	}
	return text[:at], text[at+1:]
}

// shortLine cuts a text to a width.
func shortLine(text string, width, size float32, bold bool) (short string, cut bool) {
	if wideText(text, size, bold) <= width+1 {
		return text, false
	}
	runes := []rune(text)
	low, high := 0, len(runes)
	for low < high {
		middle := (low + high + 1) / 2
		if wideText(string(runes[:middle])+"…", size, bold) <= width {
			low = middle
		} else {
			high = middle - 1
		}
	}
	return string(runes[:low]) + "…", true
}
