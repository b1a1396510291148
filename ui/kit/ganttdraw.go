package kit

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/ui/theme"
)

// ganttFrame is where things are on a chart of a width.
type ganttFrame struct {
	scale        ganttScale
	years, parts []ganttTick
	labelWidth   float32
	stacked      bool // narrow: labels stand over their bars
	head         float32
	textHigh     float32
	lineHigh     float32
	barTop       float32 // within a line
	barHigh      float32
	bottom       float32 // under the last line
}

// Narrower than this, at text size 1, labels stand over the bars.
const ganttStacks = 460

// frame lays the chart out for a width.
func (g *Gantt) frame(width float32) ganttFrame {
	size, gap, small := theme.Size(theme.SizeNameLabel), theme.Size(theme.SizeNameGap), theme.Size(theme.SizeNameGapSmall)
	measure := func(s string) float32 { return fyne.MeasureText(s, size, fyne.TextStyle{}).Width }
	f := ganttFrame{textHigh: fyne.MeasureText("Åg", size, fyne.TextStyle{}).Height}
	f.stacked = width < ganttStacks*size/13
	f.barHigh = f.textHigh * 0.8
	left := gap
	if f.stacked {
		f.lineHigh = f.textHigh + f.barHigh + 3*small
		f.barTop = f.textHigh + 2*small
		f.labelWidth = max(0, width-2*gap)
	} else {
		f.lineHigh = max(theme.Size(theme.SizeNameTarget), f.textHigh+2*small)
		f.barTop = (f.lineHigh - f.barHigh) / 2
		var longest float32
		for i := range g.lines {
			longest = max(longest, measure(g.lines[i].Label))
		}
		f.labelWidth = min(longest+theme.Size(theme.SizeNameIcon)+small+1, width*0.4)
		left += f.labelWidth + gap
	}
	f.scale = ganttScale{ganttSpan: spanOf(&g.plan, numberOf(dateOf(g.today()))), left: left, width: max(1, width-left-gap)}
	f.years, f.parts = f.scale.ticks(g.words, measure)
	f.head = f.textHigh + 2*small
	if len(f.parts) > 0 {
		f.head += f.textHigh
	}
	if f.scale.has(numberOf(dateOf(g.today()))) {
		f.head += f.textHigh // for the word at the line of today
	}
	// Whole pixels keep thin lines thin, and edges where they are seen.
	f.head, f.lineHigh = whole(f.head), whole(f.lineHigh)
	f.bottom = f.head + float32(len(g.lines))*f.lineHigh
	return f
}

func whole(n float32) float32 { return float32(math.Ceil(float64(n))) }

func (f *ganttFrame) lineTop(line int) float32 { return f.head + float32(line)*f.lineHigh }

// bar is where a line's bar begins and ends. A bar with one date only is as
// long as it is high, from or to that date.
func (f *ganttFrame) bar(l *ganttLine) (left, right float32, ok bool) {
	from, to := l.first, l.last
	switch {
	case l.hasFirst && l.hasLast:
		if l.faulty() {
			from, to = to, from
		}
		if to < f.scale.first || from >= f.scale.last {
			return 0, 0, false
		}
		left, right = f.scale.x(from), f.scale.x(to+1)
	case l.hasFirst && f.scale.has(from):
		left = f.scale.x(from)
		right = left + f.barHigh
	case l.hasLast && f.scale.has(to):
		right = f.scale.x(to + 1)
		left = right - f.barHigh
	default:
		return 0, 0, false
	}
	return left, max(right, left+3), true
}

// diamond is the middle of a milestone; one off the axis is at its end.
func (f *ganttFrame) diamond(line int, m GanttMilestone) fyne.Position {
	day, _ := dayNumber(m.Date)
	x := f.scale.x(day)
	if f.scale.has(day) {
		x = (x + f.scale.x(day+1)) / 2
	}
	return fyne.NewPos(x, f.lineTop(line)+f.barTop+f.barHigh/2)
}

// ganttDrawing are the parts of the chart; they are used again when it changes.
type ganttDrawing struct {
	face, shade, over *canvas.Rectangle
	rules             pool[*canvas.Rectangle] // thin lines
	bars              pool[*canvas.Rectangle]
	texts             pool[*canvas.Text]
	marks             pool[*canvas.Image]
	diamonds          pool[*canvas.RegularPolygon]
}

func (d *ganttDrawing) build() {
	d.face, d.shade, d.over = &canvas.Rectangle{}, &canvas.Rectangle{}, &canvas.Rectangle{}
	d.rules.build = func() *canvas.Rectangle { return &canvas.Rectangle{} }
	d.bars.build = d.rules.build
	d.texts.build = func() *canvas.Text { return &canvas.Text{} }
	d.marks.build = func() *canvas.Image { return &canvas.Image{FillMode: canvas.ImageFillContain} }
	d.diamonds.build = func() *canvas.RegularPolygon { return &canvas.RegularPolygon{Sides: 4} }
}

// objects are the parts from the back to the front.
func (d *ganttDrawing) objects() []fyne.CanvasObject {
	all := []fyne.CanvasObject{d.face, d.shade, d.over}
	all = d.rules.append(all)
	all = d.bars.append(all)
	all = d.marks.append(all)
	all = d.texts.append(all)
	return d.diamonds.append(all)
}

// pool hands out parts, old ones first.
type pool[T fyne.CanvasObject] struct {
	build func() T
	all   []T
	used  int
}

func (p *pool[T]) next() T {
	if p.used == len(p.all) {
		p.all = append(p.all, p.build())
	}
	p.used++
	return p.all[p.used-1]
}

func (p *pool[T]) append(to []fyne.CanvasObject) []fyne.CanvasObject {
	for _, o := range p.all[:p.used] {
		to = append(to, o)
	}
	return to
}

func (g *Gantt) paint() { g.ring.paint() }

func (g *Gantt) heightFor(width float32) float32 {
	gap := theme.Size(theme.SizeNameGap)
	f := g.frame(width)
	return whole(f.bottom + 2*gap + g.legend.heightFor(width-2*gap))
}

func (g *Gantt) least() fyne.Size {
	const width = 120
	return fyne.NewSize(width, g.heightFor(max(g.Size().Width, width)))
}

func (g *Gantt) arrange(size fyne.Size) {
	d := &g.drawing
	d.rules.used, d.bars.used, d.texts.used, d.marks.used, d.diamonds.used = 0, 0, 0, 0, 0
	f := g.frame(size.Width)
	gap := theme.Size(theme.SizeNameGap)

	d.face.FillColor = theme.Color(theme.ColorNameSurface)
	d.face.StrokeColor, d.face.StrokeWidth = theme.Color(theme.ColorNameHairline), 1
	d.face.CornerRadius = theme.Size(theme.SizeNameRadius)
	d.face.Resize(size)
	d.face.Refresh()

	g.drawGround(&f, size)
	g.drawAxis(&f)
	for i := range g.lines {
		g.drawLine(&f, i)
	}
	g.drawToday(&f)

	g.legend.Move(fyne.NewPos(gap, f.bottom+gap))
	g.legend.Resize(fyne.NewSize(size.Width-2*gap, g.legend.heightFor(size.Width-2*gap)))
	if len(g.lines) > 0 {
		g.ring.around(g.place(g.at))
	}
}

// drawGround shades the project's period and the line that is chosen.
func (g *Gantt) drawGround(f *ganttFrame, size fyne.Size) {
	d := &g.drawing
	from, to, ok := g.plan.period()
	d.shade.Hidden = !ok
	if ok {
		left, right := f.scale.x(from), f.scale.x(to)
		d.shade.FillColor = theme.Color(theme.ColorNameHoverRow)
		d.shade.Move(fyne.NewPos(left, f.head))
		d.shade.Resize(fyne.NewSize(right-left, f.bottom-f.head))
		for _, x := range []float32{left, right - 1} {
			g.upright(f, x, 1, theme.ColorNameFieldBorder)
		}
	}
	d.shade.Refresh()
	line := g.hovered.line
	if g.ring.focused {
		line = g.at.line
	}
	d.over.Hidden = line < 0 || line >= len(g.lines)
	if !d.over.Hidden {
		d.over.FillColor = theme.Color(theme.ColorNameSelectedRow)
		d.over.Move(fyne.NewPos(1, f.lineTop(line)))
		d.over.Resize(fyne.NewSize(size.Width-2, f.lineHigh))
	}
	d.over.Refresh()
}

func (g *Gantt) drawAxis(f *ganttFrame) {
	small := theme.Size(theme.SizeNameGapSmall)
	y := small
	for _, year := range f.years {
		x := f.scale.x(year.day)
		g.text(year.label, fyne.NewPos(x+small, y), fynetheme.ColorNameForeground, true)
		g.rule(fyne.NewPos(x, y), fyne.NewSize(1, f.head-y), theme.ColorNameHairline)
		g.upright(f, x, 1, theme.ColorNameHairline)
	}
	for _, part := range f.parts {
		x := f.scale.x(part.day)
		g.text(part.label, fyne.NewPos(x+small, y+f.textHigh), theme.ColorNameQuiet, false)
		g.rule(fyne.NewPos(x, y+f.textHigh+small), fyne.NewSize(1, f.textHigh-small), theme.ColorNameHairline)
	}
	right := f.scale.left + f.scale.width
	g.rule(fyne.NewPos(f.scale.left, f.head-1), fyne.NewSize(right-f.scale.left, 1), theme.ColorNameFieldBorder)
}

// drawToday is a line through the chart with its word over it.
func (g *Gantt) drawToday(f *ganttFrame) {
	today := numberOf(dateOf(g.today()))
	if !f.scale.has(today) {
		return
	}
	small := theme.Size(theme.SizeNameGapSmall)
	x := f.scale.x(today)
	g.rule(fyne.NewPos(x, f.head-small), fyne.NewSize(2, small), fynetheme.ColorNameForeground)
	g.upright(f, x, 2, fynetheme.ColorNameForeground)
	word := g.words.T("plan.gantt.today")
	width := fyne.MeasureText(word, theme.Size(theme.SizeNameLabel), fyne.TextStyle{}).Width
	at := max(f.scale.left, min(x-width/2, f.scale.left+f.scale.width-width))
	g.text(word, fyne.NewPos(at, f.head-f.textHigh-small), fynetheme.ColorNameForeground, false)
}

// upright is a line down through the chart, that goes through no words.
func (g *Gantt) upright(f *ganttFrame, x, width float32, name fyne.ThemeColorName) {
	small := theme.Size(theme.SizeNameGapSmall)
	for i := range g.lines {
		l := &g.lines[i]
		if _, _, ok := f.bar(l); !ok && !l.loose {
			continue // words stand in the place of the bar
		}
		top, high := f.lineTop(i), f.lineHigh
		if f.stacked {
			top, high = top+f.barTop-small/2, f.barHigh+small
		}
		g.rule(fyne.NewPos(x, top), fyne.NewSize(width, high), name)
	}
}

func (g *Gantt) drawLine(f *ganttFrame, line int) {
	l := &g.lines[line]
	gap, small := theme.Size(theme.SizeNameGap), theme.Size(theme.SizeNameGapSmall)
	top := f.lineTop(line)
	textTop := top + (f.lineHigh-f.textHigh)/2
	if f.stacked {
		textTop = top + small
	}
	left, right, ok := f.bar(l)
	tone := l.tone()
	if tone == GanttPlain && !l.loose && !ok && (l.hasFirst || l.hasLast) {
		tone = GanttMend // its dates are far off
	}
	x, room := gap, f.labelWidth
	if tone != GanttPlain {
		icon := theme.Size(theme.SizeNameIcon)
		severity := Warn
		if tone == GanttStop {
			severity = Stop
		}
		mark := g.drawing.marks.next()
		mark.Resource = fynetheme.NewColoredResource(SeverityIcon(severity), SeverityColor(severity))
		mark.Move(fyne.NewPos(x, textTop+(f.textHigh-icon)/2))
		mark.Resize(fyne.NewSquareSize(icon))
		mark.Refresh()
		x, room = x+icon+small, room-icon-small
	}
	g.text(fitText(l.Label, theme.Size(theme.SizeNameLabel), room), fyne.NewPos(x, textTop), fynetheme.ColorNameForeground, false)
	switch {
	case ok:
		g.bar(l, tone, fyne.NewPos(left, top+f.barTop), fyne.NewSize(right-left, f.barHigh))
	case !l.loose:
		g.drawInstead(f, l, top+f.barTop+(f.barHigh-f.textHigh)/2)
	}
	for _, m := range l.milestones {
		g.diamond(f.diamond(line, m), f.textHigh, m.Done)
	}
}

// drawInstead says in the place of a bar why there is none.
func (g *Gantt) drawInstead(f *ganttFrame, l *ganttLine, y float32) {
	text := g.words.T("plan.gantt.noDates")
	switch {
	case l.hasFirst:
		text = g.words.T("plan.gantt.farOff", "Date", g.words.DateShort(l.Start))
	case l.hasLast:
		text = g.words.T("plan.gantt.farOff", "Date", g.words.DateShort(l.Finish))
	}
	small := theme.Size(theme.SizeNameGapSmall)
	text = fitText(text, theme.Size(theme.SizeNameLabel), f.scale.width-2*small)
	g.text(text, fyne.NewPos(f.scale.left+small, y), theme.ColorNameQuiet, false)
}

// bar is filled when all is well with its dates; one with a date missing or the
// wrong way round is hollow.
func (g *Gantt) bar(l *ganttLine, tone GanttTone, pos fyne.Position, size fyne.Size) {
	name := fynetheme.ColorNamePrimary
	switch tone {
	case GanttMend:
		name = theme.ColorNameMend
	case GanttStop:
		name = theme.ColorNameStop
	}
	bar := g.drawing.bars.next()
	bar.FillColor, bar.StrokeColor, bar.StrokeWidth = theme.Color(name), color.Transparent, 0
	if l.faulty() || !l.hasFirst || !l.hasLast {
		bar.FillColor, bar.StrokeColor, bar.StrokeWidth = theme.Color(theme.ColorNameSurface), theme.Color(name), 2
	}
	bar.CornerRadius = min(theme.Size(theme.SizeNameRadius)/2, size.Width/2)
	bar.Move(pos)
	bar.Resize(size)
	bar.Refresh()
}

// diamond is filled when the milestone is reached. Its edge tells it from the
// bar that it lies on.
func (g *Gantt) diamond(centre fyne.Position, side float32, done bool) {
	edge := g.drawing.diamonds.next()
	edge.FillColor = theme.Color(fynetheme.ColorNameForeground)
	inner := g.drawing.diamonds.next()
	inner.FillColor = theme.Color(theme.ColorNameSurface)
	const line = 3 // what the slanting edge of 2 takes sideways
	put := func(p *canvas.RegularPolygon, side float32) {
		p.Move(centre.SubtractXY(side/2, side/2))
		p.Resize(fyne.NewSquareSize(side))
		p.Refresh()
	}
	if done {
		// a light edge round a dark face
		edge.FillColor, inner.FillColor = inner.FillColor, edge.FillColor
	}
	put(edge, side)
	put(inner, side-2*line)
}

func (g *Gantt) rule(pos fyne.Position, size fyne.Size, name fyne.ThemeColorName) {
	r := g.drawing.rules.next()
	r.FillColor = theme.Color(name)
	r.Move(pos)
	r.Resize(size)
	r.Refresh()
}

func (g *Gantt) text(text string, pos fyne.Position, name fyne.ThemeColorName, bold bool) {
	if text == "" {
		return
	}
	t := g.drawing.texts.next()
	t.Text, t.Color, t.TextSize, t.TextStyle = text, theme.Color(name), theme.Size(theme.SizeNameLabel), fyne.TextStyle{Bold: bold}
	t.Move(pos)
	t.Resize(t.MinSize())
	t.Refresh()
}
