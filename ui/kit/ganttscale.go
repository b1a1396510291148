package kit

import (
	"slices"
	"strconv"
	"time"

	"kompetansepilot/app/lang"
)

// ganttReach is how far from the project's period, or from the middle of the
// dates where there is none, the time axis goes. A year that was mistyped would
// otherwise press everything else together.
const ganttReach = 10 * 366

// dayNumber is a date as days since 1970; ok is false for what is no date.
func dayNumber(iso string) (day int64, ok bool) {
	t, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return 0, false
	}
	return numberOf(t), true
}

func numberOf(t time.Time) int64 { return floorDiv(t.Unix(), 24*60*60) }

func dayOf(number int64) time.Time { return time.Unix(number*24*60*60, 0).UTC() }

// floorDiv rounds down, for days before 1970 too.
func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// ganttSpan is what the time axis shows: from the first day, up to the last
// day, which is not on it.
type ganttSpan struct{ first, last int64 }

// spanOf holds all the dates of a plan that are within reach, in whole months,
// three at least. A plan without dates gets the year of today.
func spanOf(p *GanttPlan, today int64) ganttSpan {
	var days []int64
	note := func(iso string, after int64) {
		if day, ok := dayNumber(iso); ok {
			days = append(days, day+after)
		}
	}
	for _, r := range p.Rows {
		note(r.Start, 0)
		note(r.Finish, 1)
	}
	for _, m := range p.Milestones {
		note(m.Date, 0)
		note(m.Date, 1)
	}
	low, high, ok := p.period()
	if ok {
		days = append(days, low, high)
	} else if len(days) > 0 {
		slices.Sort(days)
		low = days[len(days)/2]
		high = low
	} else {
		year := dayOf(today).Year()
		days = []int64{numberOf(time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)), numberOf(time.Date(year+1, 1, 1, 0, 0, 0, 0, time.UTC))}
		low, high = days[0], days[1]
	}
	span := ganttSpan{low, high}
	for _, day := range days {
		if day >= low-ganttReach && day <= high+ganttReach {
			span.first, span.last = min(span.first, day), max(span.last, day)
		}
	}
	from := monthOf(span.first, 0)
	return ganttSpan{from, max(monthOf(span.last-1, 1), monthOf(from, 3))}
}

// monthOf is the first day of the month of a day, some months later.
func monthOf(day int64, later int) int64 {
	t := dayOf(day)
	return numberOf(time.Date(t.Year(), t.Month()+time.Month(later), 1, 0, 0, 0, 0, time.UTC))
}

// ganttScale puts days on the line from left and so wide.
type ganttScale struct {
	ganttSpan
	left, width float32
}

// x is where a day begins; days off the axis are at its ends.
func (s ganttScale) x(day int64) float32 {
	day = max(s.first, min(day, s.last))
	return s.left + float32(float64(day-s.first)/float64(s.last-s.first)*float64(s.width))
}

func (s ganttScale) has(day int64) bool { return day >= s.first && day < s.last }

// ganttTick is a piece of the time axis: a year, a quarter or a month.
type ganttTick struct {
	day, until int64
	label      string // "" where it has no room
}

// ticks are the years of the axis, and in each of them quarters or months, as
// fine as their names have room for.
func (s ganttScale) ticks(words *lang.Printer, measure func(string) float32) (years, parts []ganttTick) {
	const room = 8 // what a name needs beside it
	perDay := s.width / float32(s.last-s.first)
	years = s.pieces(12, func(t time.Time) string { return strconv.Itoa(t.Year()) })
	step := 1
	for step < 1000 && measure("2000")+room > 365*perDay*float32(step) {
		step = coarser(step)
	}
	for i, year := range years {
		tight := step == 1 && measure(year.label)+room > s.x(year.until)-s.x(year.day)
		if tight || dayOf(year.day).Year()%step != 0 {
			years[i].label = ""
		}
	}
	month := func(t time.Time) string { return words.MonthShort(t.Month()) }
	quarter := func(t time.Time) string { return words.T("plan.gantt.quarter", "Quarter", (int(t.Month())+2)/3) }
	var widest float32
	for m := time.January; m <= time.December; m++ {
		widest = max(widest, measure(words.MonthShort(m)))
	}
	switch {
	case widest+room <= 28*perDay:
		parts = s.pieces(1, month)
	case measure(quarter(dayOf(0)))+room <= 90*perDay:
		parts = s.pieces(3, quarter)
		for i := range parts {
			if measure(parts[i].label)+room > s.x(parts[i].until)-s.x(parts[i].day) {
				parts[i].label = ""
			}
		}
	}
	return years, parts
}

// coarser is the next of 1, 2, 5, 10, 20, 50 …
func coarser(step int) int {
	for unit := 1; ; unit *= 10 {
		for _, n := range []int{2 * unit, 5 * unit, 10 * unit} {
			if n > step {
				return n
			}
		}
	}
}

// pieces cuts the axis at every so many months of the year.
func (s ganttScale) pieces(months int, label func(time.Time) string) []ganttTick {
	var all []ganttTick
	for day := s.first; day < s.last; {
		t := dayOf(day)
		next := monthOf(day, months-(int(t.Month())-1)%months)
		all = append(all, ganttTick{day: day, until: min(next, s.last), label: label(t)})
		day = next
	}
	return all
}
