package submission

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"kompetansepilot/app/document"
	"kompetansepilot/app/document/fonts"
	"kompetansepilot/app/grant"
)

// The timeline's measures, in mm and points.
const (
	laneHeight = 5.6
	headHeight = 9.0
	labelWidth = 72.0
	laneText   = 7.8
	laneLine   = 3.3   // a second line of a name
	mostLanes  = 180.0 // in one chart
	barHeight  = 3.0
)

// timelineField is the field that the timeline stands under: the last filled
// one of those that it shows.
func (b *builder) timelineField() *grant.Field {
	var last *grant.Field
	for _, f := range b.Call.FieldsOf(grant.TypeActivities, grant.TypeMilestones, grant.TypeSchedule) {
		if b.filled(f) {
			last = f
		}
	}
	return last
}

// lane is a line of the timeline: a bar, or a diamond for a single day.
type lane struct {
	name     string
	lines    []string // the name as it stands in the chart
	from, to time.Time
	day      bool
}

func newLane(name string, from, to time.Time, day bool) lane {
	return lane{name: name, lines: nameLines(name), from: from, to: to, day: day}
}

func (l *lane) height() float64 { return laneHeight + float64(len(l.lines)-1)*laneLine }

// nameLines sets a name on one line, or on two when it is long.
func nameLines(name string) []string {
	const room = labelWidth - 3
	name = strings.Join(strings.Fields(clip(name, 200)), " ")
	if nameWidth(name) <= room {
		return []string{name}
	}
	for at := len(name) - 1; at > 0; at-- {
		if name[at] == ' ' && nameWidth(name[:at]) <= room {
			return []string{name[:at], name[at+1:]}
		}
	}
	return []string{name}
}

// nameWidth measures a name in mm.
func nameWidth(name string) float64 {
	font, sum := fonts.Get(fonts.Regular), 0
	for _, r := range name {
		sum += font.Advance(r)
	}
	return float64(sum) * laneText * 25.4 / 72 / 1000
}

// timeline adds the activities and milestones as a Gantt chart, in parts when
// they are many.
func (b *builder) timeline() {
	lanes := b.lanes()
	if len(lanes) == 0 {
		return
	}
	axis := newAxis(lanes)
	for len(lanes) > 0 {
		n, height := 0, 0.0
		for n < len(lanes) && (n == 0 || height+lanes[n].height() <= mostLanes) {
			height += lanes[n].height()
			n++
		}
		part := lanes[:n]
		lanes = lanes[n:]
		b.add(document.Figure{
			Alt: b.timelineAlt(part), Caption: b.figureCaption(b.words.T("document.timeline.caption")),
			Height: headHeight + height + 2,
			Draw:   func(c document.Canvas, width, height float64) { b.drawTimeline(c, width, part, axis) },
		})
	}
}

// lanes are the activities, then the milestones, that have dates.
func (b *builder) lanes() []lane {
	var all []lane
	for _, a := range b.Draft.Activities {
		from, okFrom := day(a.Start)
		to, okTo := day(a.Finish)
		if okFrom && okTo && !to.Before(from) {
			all = append(all, newLane(a.Name, from, to, false))
		}
	}
	for _, m := range b.Draft.Milestones {
		if at, ok := day(m.Date); ok {
			all = append(all, newLane(m.Name, at, at, true))
		}
	}
	return all
}

// timelineAlt says what the chart shows.
func (b *builder) timelineAlt(lanes []lane) string {
	text := b.words.T("document.timeline.alt")
	for _, l := range lanes {
		from, to := l.from.Format(time.DateOnly), l.to.Format(time.DateOnly)
		if l.day {
			text += " " + b.words.T("document.timeline.day", "Name", clip(l.name, 100), "Date", b.words.DateShort(from))
		} else {
			text += " " + b.words.T("document.timeline.bar", "Name", clip(l.name, 100), "From", b.words.DateShort(from), "To", b.words.DateShort(to))
		}
	}
	return text
}

// clip shortens a text to so many characters.
func clip(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most-1]) + "…"
}

// axis is the time that the chart spans, whole months.
type axis struct{ from, to time.Time }

func newAxis(lanes []lane) axis {
	a := axis{lanes[0].from, lanes[0].to}
	for _, l := range lanes {
		if l.from.Before(a.from) {
			a.from = l.from
		}
		if l.to.After(a.to) {
			a.to = l.to
		}
	}
	a.from = time.Date(a.from.Year(), a.from.Month(), 1, 0, 0, 0, 0, time.UTC)
	a.to = time.Date(a.to.Year(), a.to.Month()+1, 1, 0, 0, 0, 0, time.UTC)
	return a
}

func (a axis) months() int {
	return (a.to.Year()-a.from.Year())*12 + int(a.to.Month()-a.from.Month())
}

// place is where a moment lies, 0 to 1. Seconds, for a Duration ends after 292
// years.
func (a axis) place(t time.Time) float64 {
	return float64(t.Unix()-a.from.Unix()) / float64(a.to.Unix()-a.from.Unix())
}

// step is the distance between lines of the chart, in months.
func (a axis) step() int {
	switch m := a.months(); {
	case m <= 15:
		return 1
	case m <= 60:
		return 3
	case m <= 180:
		return 12
	default:
		return 12 * (1 + m/180)
	}
}

func (b *builder) drawTimeline(c document.Canvas, width float64, lanes []lane, a axis) {
	left, room := labelWidth, width-labelWidth
	bottom := headHeight
	for i := range lanes {
		bottom += lanes[i].height()
	}
	at := func(t time.Time) float64 { return left + room*a.place(t) }
	c.Rect(0, 0, width, headHeight, document.ColourShade())
	b.drawAxis(c, a, at, bottom)
	top := headHeight
	for _, l := range lanes {
		middle := top + l.height()/2
		for k, text := range l.lines {
			y := middle + 1 + (float64(k)-float64(len(l.lines)-1)/2)*laneLine
			c.Text(0.8, y, fit(c, text, laneText, labelWidth-3), laneText, document.Left, false, document.ColourText())
		}
		if l.day {
			x := at(l.from.Add(12 * time.Hour))
			c.Polygon([]document.Point{{X: x, Y: middle - 2}, {X: x + 2, Y: middle}, {X: x, Y: middle + 2}, {X: x - 2, Y: middle}}, document.ColourHeading())
		} else {
			from, to := at(l.from), at(l.to.AddDate(0, 0, 1))
			c.Rect(from, middle-barHeight/2, max(to-from, 0.7), barHeight, document.ColourBar())
		}
		top += l.height()
		c.Line(0, top, width, top, 0.25, document.ColourRule())
	}
	c.Line(0, headHeight, width, headHeight, 0.9, document.ColourHeading())
}

// drawAxis draws the years, the months where there is room, and lines down.
func (b *builder) drawAxis(c document.Canvas, a axis, at func(time.Time) float64, bottom float64) {
	step := a.step()
	b.drawYears(c, a, at)
	for t := a.from; t.Before(a.to); t = t.AddDate(0, 1, 0) {
		months := t.Year()*12 + int(t.Month()) - 1
		if t != a.from && months%step != 0 {
			continue
		}
		line := 0.2
		if t.Month() == time.January && step < 12 {
			line = 0.7 // a year begins
		}
		c.Line(at(t), headHeight, at(t), bottom, line, document.ColourRule())
		next := t.AddDate(0, step-months%step, 0)
		if next.After(a.to) {
			next = a.to
		}
		if month := b.words.MonthShort(t.Month()); step < 12 && at(next)-at(t) > c.TextWidth(month, 7, false)+0.8 {
			c.Text(at(t)+0.6, 7.6, month, 7, document.Left, false, document.ColourMuted())
		}
	}
}

// drawYears writes each year where it begins. The first one stands before the
// second when it has too little room, above the names.
func (b *builder) drawYears(c document.Canvas, a axis, at func(time.Time) float64) {
	free := 0.0
	for year := a.from.Year(); year <= a.to.Year(); year++ {
		start := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)
		next := start.AddDate(1, 0, 0)
		if start.Before(a.from) {
			start = a.from
		}
		text := strconv.Itoa(year)
		need := c.TextWidth(text, laneText, true) + 2
		gives := year == a.from.Year() && next.Before(a.to) && at(next)-at(start) < need
		x := at(start) + 0.6
		if gives {
			x = at(next) - need + 0.6
		}
		if at(start) < free || at(start)+need-1 > at(a.to) && !gives {
			continue
		}
		c.Text(x, 3.8, text, laneText, document.Left, true, document.ColourHeading())
		free = x - 0.6 + need
	}
}

// fit shortens a line of text to a width in mm.
func fit(c document.Canvas, text string, size, width float64) string {
	runes := []rune(clip(text, 200))
	if c.TextWidth(string(runes), size, false) <= width {
		return string(runes)
	}
	low, high := 0, len(runes)
	for low+1 < high {
		middle := (low + high) / 2
		if c.TextWidth(string(runes[:middle])+"…", size, false) <= width {
			low = middle
		} else {
			high = middle
		}
	}
	return string(runes[:low]) + "…"
}
