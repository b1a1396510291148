package kit

import (
	"slices"
	"strings"

	"kompetansepilot/app/lang"
)

// GanttTone is what a bar says about its row. It is told by shape and icon too.
type GanttTone int

// The tones of a row.
const (
	GanttPlain GanttTone = iota
	GanttMend            // something is worth mending
	GanttStop            // something is wrong; so is a row that ends before it begins
)

// GanttRow is a line of a Gantt chart. Its dates are YYYY-MM-DD, the last one
// inclusive; what is no date counts as missing.
type GanttRow struct {
	ID, Label, Start, Finish string
	Tone                     GanttTone
}

// GanttMilestone is a day by which something stands. Row is the line that it
// belongs to; those of no row share a line at the foot.
type GanttMilestone struct {
	ID, Row, Label, Date string
	Done                 bool
}

// GanttPlan is what a Gantt chart shows. From and To are the project's period,
// inclusive, or "".
type GanttPlan struct {
	From, To   string
	Rows       []GanttRow
	Milestones []GanttMilestone
}

// period is the project's days, the last one not in it.
func (p *GanttPlan) period() (from, to int64, ok bool) {
	from, okFrom := dayNumber(p.From)
	to, okTo := dayNumber(p.To)
	return from, to + 1, okFrom && okTo && from <= to
}

func (p *GanttPlan) equal(o *GanttPlan) bool {
	return p.From == o.From && p.To == o.To && slices.Equal(p.Rows, o.Rows) && slices.Equal(p.Milestones, o.Milestones)
}

// ganttLine is a row as it is drawn, with the milestones on it.
type ganttLine struct {
	GanttRow
	loose       bool // the line of milestones that belong to no row
	first, last int64
	hasFirst    bool
	hasLast     bool
	milestones  []GanttMilestone // by date; those without one are not drawn
}

// faulty tells whether the row ends before it begins.
func (l *ganttLine) faulty() bool { return l.hasFirst && l.hasLast && l.last < l.first }

func (l *ganttLine) tone() GanttTone {
	if l.faulty() {
		return GanttStop
	}
	return l.Tone
}

// lines sorts the plan into the lines of the chart.
func (p *GanttPlan) lines(words *lang.Printer) []ganttLine {
	var all []ganttLine
	rows := map[string]int{}
	for i, r := range p.Rows {
		l := ganttLine{GanttRow: r}
		l.first, l.hasFirst = dayNumber(r.Start)
		l.last, l.hasLast = dayNumber(r.Finish)
		if strings.TrimSpace(l.Label) == "" {
			l.Label = words.T("plan.gantt.untitled")
		}
		rows[r.ID] = i
		all = append(all, l)
	}
	loose := ganttLine{loose: true, GanttRow: GanttRow{Label: words.T("plan.gantt.loose")}}
	for _, m := range p.Milestones {
		if strings.TrimSpace(m.Label) == "" {
			m.Label = words.T("plan.gantt.untitled")
		}
		if _, ok := dayNumber(m.Date); !ok {
			continue
		}
		if i, ok := rows[m.Row]; ok {
			all[i].milestones = append(all[i].milestones, m)
		} else {
			loose.milestones = append(loose.milestones, m)
		}
	}
	if len(loose.milestones) > 0 {
		all = append(all, loose)
	}
	for i := range all {
		slices.SortStableFunc(all[i].milestones, func(a, b GanttMilestone) int { return strings.Compare(a.Date, b.Date) })
	}
	return all
}

// sentence says in words what a line shows, without its milestones.
func (l *ganttLine) sentence(words *lang.Printer) string {
	from, to := words.DateLong(l.Start), words.DateLong(l.Finish)
	text := ""
	switch {
	case l.loose:
		return l.Label
	case l.faulty():
		return words.T("plan.gantt.rowFaulty", "Label", l.Label, "From", from, "To", to)
	case l.hasFirst && l.hasLast:
		text = words.T("plan.gantt.row", "Label", l.Label, "From", from, "To", to)
	case l.hasFirst:
		text = words.T("plan.gantt.rowStart", "Label", l.Label, "From", from)
	case l.hasLast:
		text = words.T("plan.gantt.rowFinish", "Label", l.Label, "To", to)
	default:
		text = words.T("plan.gantt.rowNone", "Label", l.Label)
	}
	switch l.Tone {
	case GanttMend:
		text += " (" + SeverityWord(words, Warn) + ")"
	case GanttStop:
		text += " (" + SeverityWord(words, Stop) + ")"
	}
	return text
}

func milestoneSentence(words *lang.Printer, m GanttMilestone) string {
	if m.Done {
		return words.T("plan.gantt.reached", "Label", m.Label, "Date", words.DateLong(m.Date))
	}
	return words.T("plan.gantt.milestone", "Label", m.Label, "Date", words.DateLong(m.Date))
}

// table is the chart as lines of words, for those who do not see it.
func (p *GanttPlan) table(words *lang.Printer) string {
	var all []string
	if _, _, ok := p.period(); ok {
		all = append(all, words.T("plan.gantt.period", "From", words.DateLong(p.From), "To", words.DateLong(p.To)))
	}
	for _, l := range p.lines(words) {
		all = append(all, l.sentence(words))
		for _, m := range l.milestones {
			all = append(all, milestoneSentence(words, m))
		}
	}
	return strings.Join(all, "\n")
}
