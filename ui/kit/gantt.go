package kit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/app/lang"
	"kompetansepilot/ui/theme"
)

// Gantt shows rows as bars on a time axis, with milestones as diamonds. It is
// one stop for Tab: up and down choose a row, left and right its bar and
// milestones, Enter opens what is chosen.
type Gantt struct {
	widget.BaseWidget

	OnOpen func(id string) // of a row or a milestone

	words *lang.Printer
	today func() time.Time
	plan  GanttPlan
	lines []ganttLine
	at    ganttSpot

	tip     *tooltip
	hovered ganttSpot
	drawing ganttDrawing
	legend  *Text
	ring    *focusRing
}

// ganttSpot is a line of the chart and what is on it: 0 for the bar, then the
// milestones. A line of -1 is nowhere.
type ganttSpot struct{ line, thing int }

var (
	_ drawn             = (*Gantt)(nil)
	_ fyne.Focusable    = (*Gantt)(nil)
	_ desktop.Hoverable = (*Gantt)(nil)
	_ fyne.Accessible   = (*Gantt)(nil)
	_ Control           = (*Gantt)(nil)
)

// NewGantt makes an empty chart.
func NewGantt(words *lang.Printer) *Gantt { return newGantt(words, time.Now) }

func newGantt(words *lang.Printer, today func() time.Time) *Gantt {
	g := &Gantt{words: words, today: today, hovered: ganttSpot{line: -1}, legend: NewQuietText(""), ring: newFocusRing(true)}
	g.drawing.build()
	g.tip = &tooltip{owner: g}
	g.ExtendBaseWidget(g)
	return g
}

// SetPlan changes what is shown. What was chosen stays so while it is there.
func (g *Gantt) SetPlan(p GanttPlan) {
	if g.lines != nil && g.plan.equal(&p) {
		return
	}
	chosen := g.idAt(g.at)
	g.plan, g.lines = p, p.lines(g.words)
	g.at = ganttSpot{line: max(0, min(g.at.line, len(g.lines)-1))}
	for i := range g.lines {
		for thing := range g.things(i) {
			if spot := (ganttSpot{i, thing}); chosen != "" && g.idAt(spot) == chosen {
				g.at = spot
			}
		}
	}
	g.settle()
	text := g.words.T("plan.gantt.legend")
	if _, _, ok := p.period(); ok {
		text = g.words.T("plan.gantt.legendPeriod") + " " + text
	}
	g.legend.SetText(text)
	g.hovered = ganttSpot{line: -1}
	g.tip.hide()
	g.Refresh()
}

// Chosen is the id of what the arrow keys are on, or "".
func (g *Gantt) Chosen() string { return g.idAt(g.at) }

// things is how many things on a line can be chosen, counted from the bar.
func (g *Gantt) things(line int) int { return 1 + len(g.lines[line].milestones) }

func (g *Gantt) idAt(spot ganttSpot) string {
	if spot.line < 0 || spot.line >= len(g.lines) {
		return ""
	}
	l := &g.lines[spot.line]
	switch {
	case spot.thing == 0:
		return l.ID
	case spot.thing <= len(l.milestones):
		return l.milestones[spot.thing-1].ID
	}
	return ""
}

// settle keeps the choice on something: the line of loose milestones has no bar.
func (g *Gantt) settle() {
	if g.at.line >= len(g.lines) || g.at.line < 0 {
		g.at = ganttSpot{}
		return
	}
	g.at.thing = max(0, min(g.at.thing, g.things(g.at.line)-1))
	if g.lines[g.at.line].loose && g.at.thing == 0 {
		g.at.thing = 1
	}
}

func (g *Gantt) sentenceAt(spot ganttSpot) string {
	if spot.line < 0 || spot.line >= len(g.lines) {
		return ""
	}
	l := &g.lines[spot.line]
	if spot.thing > 0 && spot.thing <= len(l.milestones) {
		return milestoneSentence(g.words, l.milestones[spot.thing-1])
	}
	return l.sentence(g.words)
}

func (g *Gantt) move(lines, things int) {
	if len(g.lines) == 0 {
		return
	}
	if lines != 0 {
		g.at = ganttSpot{line: max(0, min(g.at.line+lines, len(g.lines)-1))}
	}
	g.at.thing += things
	g.settle()
	g.Refresh()
	pos, size := g.place(g.at)
	reveal(g, pos, size)
	g.tell(g.at)
}

// tell shows in a moment what stands at a spot.
func (g *Gantt) tell(spot ganttSpot) {
	pos, size := g.place(spot)
	g.tip.text, g.tip.part = g.sentenceAt(spot), size.Height
	g.tip.showSoon(pos.AddXY(0, size.Height))
}

// place is where a spot is on the chart.
func (g *Gantt) place(spot ganttSpot) (fyne.Position, fyne.Size) {
	f := g.frame(g.Size().Width)
	if spot.line < 0 || spot.line >= len(g.lines) {
		return fyne.Position{}, fyne.Size{}
	}
	if l := &g.lines[spot.line]; spot.thing > 0 && spot.thing <= len(l.milestones) {
		centre := f.diamond(spot.line, l.milestones[spot.thing-1])
		side := theme.Size(theme.SizeNameTarget)
		return centre.SubtractXY(side/2, side/2), fyne.NewSquareSize(side)
	}
	return fyne.NewPos(1, f.lineTop(spot.line)), fyne.NewSize(g.Size().Width-2, f.lineHigh)
}

// hit is what is under the mouse. Diamonds come before bars, for they lie on them.
func (g *Gantt) hit(pos fyne.Position) (ganttSpot, bool) {
	f := g.frame(g.Size().Width)
	line := int((pos.Y - f.head) / f.lineHigh)
	if pos.Y < f.head || line >= len(g.lines) {
		return ganttSpot{line: -1}, false
	}
	spot, nearest := ganttSpot{line: line}, theme.Size(theme.SizeNameTarget)/2
	for i, m := range g.lines[line].milestones {
		away := f.diamond(line, m).X - pos.X
		if away = max(away, -away); away <= nearest {
			spot.thing, nearest = i+1, away
		}
	}
	return spot, spot.thing > 0 || !g.lines[line].loose
}

func (g *Gantt) open(spot ganttSpot) {
	if id := g.idAt(spot); id != "" && g.OnOpen != nil {
		g.tip.hide()
		g.OnOpen(id)
	}
}

// FocusTarget is what takes the focus.
func (g *Gantt) FocusTarget() fyne.Focusable { return g }

// Tapped chooses and opens what was hit.
func (g *Gantt) Tapped(ev *fyne.PointEvent) {
	spot, ok := g.hit(ev.Position)
	if !ok {
		return
	}
	g.at = spot
	focus(g)
	g.open(spot)
}

// TypedRune implements fyne.Focusable.
func (g *Gantt) TypedRune(rune) {}

// TypedKey chooses with the arrows, PgUp, PgDn, Home and End, and opens with
// Enter or Space.
func (g *Gantt) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyUp:
		g.move(-1, 0)
	case fyne.KeyDown:
		g.move(1, 0)
	case fyne.KeyPageUp:
		g.move(-8, 0)
	case fyne.KeyPageDown:
		g.move(8, 0)
	case fyne.KeyHome:
		g.move(-len(g.lines), 0)
	case fyne.KeyEnd:
		g.move(len(g.lines), 0)
	case fyne.KeyLeft:
		g.move(0, -1)
	case fyne.KeyRight:
		g.move(0, 1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		g.open(g.at)
	default:
		forwardKey(g, ev)
	}
}

// FocusGained shows the ring.
func (g *Gantt) FocusGained() {
	g.ring.focused = true
	pos, size := g.place(g.at)
	reveal(g, pos, size)
	g.Refresh()
}

// FocusLost hides the ring.
func (g *Gantt) FocusLost() {
	g.ring.focused = false
	g.tip.hide()
	g.Refresh()
}

// MouseIn implements desktop.Hoverable.
func (g *Gantt) MouseIn(ev *desktop.MouseEvent) { g.MouseMoved(ev) }

// MouseMoved tells what is under the mouse.
func (g *Gantt) MouseMoved(ev *desktop.MouseEvent) {
	spot, ok := g.hit(ev.Position)
	if !ok {
		spot = ganttSpot{line: -1}
	}
	if spot == g.hovered {
		return
	}
	g.hovered = spot
	if ok {
		g.tell(spot)
	} else {
		g.tip.hide()
	}
	g.Refresh()
}

// MouseOut hides what was told.
func (g *Gantt) MouseOut() {
	g.hovered = ganttSpot{line: -1}
	g.tip.hide()
	g.Refresh()
}

// Cursor is a hand over what can be opened.
func (g *Gantt) Cursor() desktop.Cursor {
	if g.hovered.line >= 0 {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// AccessibilityLabel says what is chosen, and then the whole plan in words.
func (g *Gantt) AccessibilityLabel() string {
	if len(g.lines) == 0 {
		return g.words.T("plan.gantt.title")
	}
	return g.words.T("plan.gantt.chosen", "Text", g.sentenceAt(g.at)) + "\n" + g.words.T("plan.gantt.title") + "\n" + g.plan.table(g.words)
}

// AccessibilityRole is text, the nearest that Fyne has.
func (g *Gantt) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer implements fyne.Widget.
func (g *Gantt) CreateRenderer() fyne.WidgetRenderer {
	g.ExtendBaseWidget(g)
	return newDrawnRenderer(g)
}

func (g *Gantt) parts() []fyne.CanvasObject {
	return append(g.drawing.objects(), g.legend, g.ring.rect)
}
