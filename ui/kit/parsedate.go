package kit

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Why a text is not a date.
var (
	errNotDate   = errors.New("not a date")
	errNoSuchDay = errors.New("no such day")
)

var (
	dayMonthYear = regexp.MustCompile(`^(\d{1,2})[./\- ]+(\d{1,2})(?:[./\- ]+(\d{2}|\d{4}))?\.?$`)
	isoDate      = regexp.MustCompile(`^(\d{4})-(\d{1,2})-(\d{1,2})$`)
	allDigits    = regexp.MustCompile(`^(\d{2})(\d{2})(\d{2}|\d{4})$`)
	namedMonth   = regexp.MustCompile(`^(\d{1,2})\.? +(\pL{3,9})\.?(?: +(\d{4}))?$`)
	plusDays     = regexp.MustCompile(`^([+-])\s*(\d{1,4})$`)
)

// monthStarts are the first letters of the months in Norwegian and English.
var monthStarts = map[string]time.Month{
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "mai": 5, "may": 5, "jun": 6, "jul": 7,
	"aug": 8, "sep": 9, "okt": 10, "oct": 10, "nov": 11, "des": 12, "dec": 12,
}

// ParseDate reads a date as people type it and gives it as YYYY-MM-DD:
// "17.5.26", "17.05.2026", "170526", "17/5" (this year), "2026-05-17",
// "17. mai 2026", "i dag", "i morgen", "i går", "+7" (days from today). Two
// digits of a year mean 2000 to 2099. Empty is "" without an error.
func ParseDate(text string, today time.Time) (iso string, err error) {
	s := strings.Join(strings.Fields(strings.ToLower(text)), " ")
	switch s {
	case "":
		return "", nil
	case "i dag", "idag", "today":
		return today.Format(time.DateOnly), nil
	case "i morgen", "imorgen", "i morgon", "tomorrow":
		return today.AddDate(0, 0, 1).Format(time.DateOnly), nil
	case "i går", "igår", "yesterday":
		return today.AddDate(0, 0, -1).Format(time.DateOnly), nil
	}
	if weekday, ok := weekdayOf(s); ok {
		days := (int(weekday-today.Weekday()) + 6) % 7
		return today.AddDate(0, 0, days+1).Format(time.DateOnly), nil
	}
	if m := plusDays.FindStringSubmatch(s); m != nil {
		days, _ := strconv.Atoi(m[1] + m[2])
		return today.AddDate(0, 0, days).Format(time.DateOnly), nil
	}
	if m := isoDate.FindStringSubmatch(s); m != nil {
		return day(m[3], m[2], m[1], today)
	}
	if m := allDigits.FindStringSubmatch(s); m != nil {
		return day(m[1], m[2], m[3], today)
	}
	if m := dayMonthYear.FindStringSubmatch(s); m != nil {
		return day(m[1], m[2], m[3], today)
	}
	if m := namedMonth.FindStringSubmatch(s); m != nil {
		if month, ok := monthStarts[string([]rune(m[2])[:3])]; ok {
			return day(m[1], strconv.Itoa(int(month)), m[3], today)
		}
	}
	return "", errNotDate
}

// weekdays are the days in both norms and in English; three letters will do.
var weekdays = [7][]string{
	{"søndag", "sundag", "sunday"}, {"mandag", "måndag", "monday"}, {"tirsdag", "tysdag", "tuesday"}, {"onsdag", "wednesday"},
	{"torsdag", "thursday"}, {"fredag", "friday"}, {"lørdag", "laurdag", "saturday"},
}

func weekdayOf(s string) (time.Weekday, bool) {
	for d, names := range weekdays {
		for _, name := range names {
			if len([]rune(s)) >= 3 && strings.HasPrefix(name, s) {
				return time.Weekday(d), true
			}
		}
	}
	return 0, false
}

// day checks that the day exists.
func day(d, m, y string, today time.Time) (string, error) {
	year := today.Year()
	if y != "" {
		year, _ = strconv.Atoi(y)
		if len(y) == 2 {
			year += 2000
		}
	}
	dayNumber, _ := strconv.Atoi(d)
	month, _ := strconv.Atoi(m)
	t := time.Date(year, time.Month(month), dayNumber, 0, 0, 0, 0, time.UTC)
	if t.Day() != dayNumber || int(t.Month()) != month || year < 1000 {
		return "", errNoSuchDay
	}
	return t.Format(time.DateOnly), nil
}
