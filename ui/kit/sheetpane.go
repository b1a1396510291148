package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/ui/theme"
)

// sheetPane draws the cells of a sheet.
type sheetPane struct {
	sheet *Sheet
	box   *fyne.Container

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
	marked       bool
	own          bool    // the second text is the cell's own
	whole        string  // the text before it was cut
	rest         string  // the second line of it
	cutFor       float32 // the width, and the size of the letters
	cutSize      float32
	wraps        bool
	shortened    bool
}

func newSheetPane(s *Sheet) *sheetPane {
	p := &sheetPane{sheet: s, box: container.NewWithoutLayout(), head: &canvas.Rectangle{},
		block: &canvas.Rectangle{}, ring: newOutline()}
	for range s.columns {
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
		for range p.sheet.columns {
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
		c := s.columns[i]
		setText(title, p.fitting(c.Title, i, 0, true), theme.Color(theme.ColorNameQuiet), theme.Size(theme.SizeNameLabel), true, alignOf(c))
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
			p.paintCell(c, place{i, j})
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

// fitting is a small text cut to the width of a column, less what stands before it.
func (p *sheetPane) fitting(text string, column int, before float32, bold bool) string {
	s := p.sheet
	if column+1 >= len(s.lefts) {
		return text // not laid out yet
	}
	short, _ := shortLine(text, s.lefts[column+1]-s.lefts[column]-2*sheetPad-before, theme.Size(theme.SizeNameLabel), bold)
	return short
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
		before := float32(0)
		if c.Marked || c.Problem != "" {
			before = theme.Size(fynetheme.SizeNameInlineIcon)
		}
		setText(f.second, p.fitting(c.Second, at.column, before, false), theme.Color(theme.ColorNameQuiet), theme.Size(theme.SizeNameLabel), false, align)
	}
	tone := c.Tone
	if c.Problem != "" {
		tone = Stop
	}
	f.marked = c.Marked || c.Problem != ""
	if f.marked {
		f.mark.Resource = fynetheme.NewColoredResource(SeverityIcon(tone), SeverityColor(tone))
		f.mark.Refresh()
	}
}

// arrange puts everything that is in sight in its place.
func (p *sheetPane) arrange() {
	s := p.sheet
	width, bottom := s.seen(), s.tops[len(s.tops)-1]
	put(p.head, 0, 0, width, s.tops[0])
	for i, title := range p.titles {
		shown := s.shown(i)
		title.Hidden, p.down[i].Hidden = !shown, !shown
		if shown {
			x, w := s.x(i), s.lefts[i+1]-s.lefts[i]
			if text := p.fitting(s.columns[i].Title, i, 0, true); title.Text != text {
				title.Text = text
				title.Refresh()
			}
			high := title.MinSize().Height
			put(title, x+sheetPad, (s.tops[0]-high)/2, w-2*sheetPad, high)
			put(p.down[i], x+w-1, 0, 1, bottom)
		}
	}
	for i, row := range p.cells {
		y, high := s.tops[i], s.tops[i+1]-s.tops[i]
		put(p.faces[i], 0, y, width, high)
		put(p.across[i], 0, y, width, 1)
		for j, f := range row {
			p.arrangeCell(f, place{i, j})
		}
	}
	p.arrangeChoice()
}

func put(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}

func (p *sheetPane) arrangeCell(f *sheetCellFace, at place) {
	s := p.sheet
	shown := s.shown(at.column)
	f.text.Hidden, f.mark.Hidden = !shown, !shown || !f.marked
	if !shown {
		f.second.Hidden = true
		return
	}
	pos, size := s.spot(at)
	x, w := pos.X+sheetPad, size.Width-2*sheetPad
	if f.marked {
		side, gap := theme.Size(theme.SizeNameIcon), theme.Size(theme.SizeNameGapSmall)
		put(f.mark, x, pos.Y+(size.Height-side)/2, side, side)
		x, w = x+side+gap, w-side-gap
	}
	sum := s.rows[at.row].Sum
	f.cut(w, s.textSize(), sum, !f.own && !s.columns[at.column].Amount)
	if !f.own {
		setText(f.second, f.rest, f.text.Color, f.text.TextSize, sum, f.text.Alignment)
	}
	f.second.Hidden = f.second.Text == ""
	text := f.text.MinSize().Height
	if f.second.Hidden {
		put(f.text, x, pos.Y+(size.Height-text)/2, w, text)
		return
	}
	second := f.second.MinSize().Height
	top := pos.Y + (size.Height-text-second)/2
	put(f.text, x, top, w, text)
	put(f.second, x, top+text, w, second)
}

// arrangeChoice shows the block and the ring.
func (p *sheetPane) arrangeChoice() {
	s := p.sheet
	from, to := s.block()
	active := (s.focused || s.edit.on) && len(s.rows) > 0
	left, right := float32(-1), float32(-1)
	for c := from.column; c <= to.column && c < len(s.columns); c++ {
		if s.shown(c) {
			if left < 0 {
				left = s.x(c)
			}
			right = s.x(c) + s.lefts[c+1] - s.lefts[c]
		}
	}
	p.block.Hidden = !active || from == to || left < 0
	if !p.block.Hidden {
		put(p.block, left, s.tops[from.row], right-left, s.tops[to.row+1]-s.tops[from.row])
	}
	p.ring.hide(!s.touched || len(s.rows) == 0 || !s.shown(s.at.column))
	if !p.ring.hidden {
		p.ring.around(s.spot(s.at))
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
	t := o.thick
	put(o.parts[0], pos.X, pos.Y, t, size.Height)
	put(o.parts[1], pos.X, pos.Y, size.Width, t)
	put(o.parts[2], pos.X+size.Width-t, pos.Y, t, size.Height)
	put(o.parts[3], pos.X, pos.Y+size.Height-t, size.Width, t)
}

// cut breaks the text into at most two lines and shortens what is too long. A
// cell with a second text of its own has one line.
func (f *sheetCellFace) cut(width, size float32, bold, wraps bool) {
	if f.cutFor == width && f.cutSize == size && f.wraps == wraps {
		return
	}
	f.cutFor, f.cutSize, f.wraps = width, size, wraps
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
