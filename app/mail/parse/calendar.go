package parse

import (
	"slices"
	"strings"
	"time"
)

// Invitation is a meeting that somebody asks to, moves or calls off (RFC 5545, 5546).
// The program never answers it.
type Invitation struct {
	UID, Summary, Place, Description string
	// Method is REQUEST, CANCEL, REPLY or another of RFC 5546, or "".
	Method    string
	Organiser Address
	// Start and End are in the zone that the sender gave; End is zero when it gave
	// none. Of whole days End is the last one.
	Start, End time.Time
	WholeDay   bool
	Repeats    bool
}

// Cancelled tells whether the meeting is called off.
func (i *Invitation) Cancelled() bool { return i.Method == "CANCEL" }

const mostInvitations = 20

// invitations reads the meetings of a calendar, as far as it can be read.
func invitations(text string) []Invitation {
	var all []Invitation
	var now *Invitation
	var inner int // of what lies in a meeting, such as an alarm
	var length time.Duration
	method := ""
	for line := range strings.SplitSeq(unfold(text), "\n") {
		head, value, ok := cutProperty(line)
		if !ok {
			continue
		}
		name, p := params(head)
		switch {
		case name == "begin" && now == nil && strings.EqualFold(value, "VEVENT"):
			now, length = &Invitation{}, 0
		case name == "begin" && now != nil:
			inner++
		case name == "end" && now != nil && inner > 0:
			inner--
		case name == "end" && now != nil:
			now.finish(method, length)
			if all = append(all, *now); len(all) == mostInvitations {
				return all
			}
			now = nil
		case name == "method" && now == nil:
			method = strings.ToUpper(visible(value))
		case now != nil && inner == 0:
			if name == "duration" {
				length = lengthOf(value)
			}
			now.set(name, p, value)
		}
	}
	return all
}

func (i *Invitation) set(name string, p map[string]string, value string) {
	switch name {
	case "uid":
		i.UID = visible(value)
	case "summary":
		i.Summary = visible(unescaped(value))
	case "location":
		i.Place = visible(unescaped(value))
	case "description":
		i.Description = strings.TrimSpace(clean(unescaped(value)))
	case "dtstart":
		i.Start, i.WholeDay = moment(value, p)
	case "dtend":
		i.End, _ = moment(value, p)
	case "rrule", "rdate":
		i.Repeats = true
	case "status":
		if strings.EqualFold(value, "CANCELLED") {
			i.Method = "CANCEL"
		}
	case "organizer":
		scheme, addr, ok := strings.Cut(value, ":")
		if !ok || !strings.EqualFold(scheme, "mailto") {
			addr = value
		}
		i.Organiser = address(visible(p["cn"]), strings.TrimSpace(addr))
	}
}

func (i *Invitation) finish(method string, length time.Duration) {
	if i.Method == "" {
		i.Method = method
	}
	if i.End.IsZero() && length > 0 && !i.Start.IsZero() {
		i.End = i.Start.Add(length)
	}
	if i.WholeDay && !i.End.IsZero() { // the day after the last
		i.End = i.End.AddDate(0, 0, -1)
	}
	if i.End.Before(i.Start) {
		i.End = time.Time{}
	}
}

// unfold joins the lines that were cut because they were long.
func unfold(text string) string {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	return strings.ReplaceAll(strings.ReplaceAll(text, "\n ", ""), "\n\t", "")
}

// cutProperty divides a line at the first colon outside quotes.
func cutProperty(line string) (head, value string, ok bool) {
	quoted := false
	for i := range len(line) {
		switch {
		case line[i] == '"':
			quoted = !quoted
		case line[i] == ':' && !quoted:
			return line[:i], strings.TrimSpace(line[i+1:]), true
		}
	}
	return "", "", false
}

func unescaped(value string) string {
	return strings.NewReplacer(`\n`, "\n", `\N`, "\n", `\,`, ",", `\;`, ";", `\\`, `\`).Replace(value)
}

// moment reads a time or a day.
func moment(value string, p map[string]string) (t time.Time, day bool) {
	if t, err := time.Parse("20060102T150405Z", value); err == nil {
		return t, false
	}
	zone := zoneOf(p["tzid"])
	if t, err := time.ParseInLocation("20060102T150405", value, zone); err == nil {
		return t, false
	}
	if t, err := time.ParseInLocation("20060102", value, time.Local); err == nil {
		return t, true
	}
	return time.Time{}, false
}

// zoneOf is a zone by its name, also by Outlook's for ours; else the one of this
// machine.
func zoneOf(name string) *time.Location {
	name = strings.Trim(name, `"`)
	if slices.Contains([]string{"W. Europe Standard Time", "Central European Standard Time", "Central Europe Standard Time", "Romance Standard Time"}, name) {
		name = "Europe/Oslo"
	}
	if i := strings.Index(name, "/Europe/"); i >= 0 { // of programs that put their own name before it
		name = name[i+1:]
	}
	if len(name) > 64 || name == "" {
		return time.Local
	}
	if zone, err := time.LoadLocation(name); err == nil {
		return zone
	}
	return time.Local
}

// lengthOf reads a duration such as PT1H30M or P1D; 0 when it is none.
func lengthOf(value string) time.Duration {
	value, ok := strings.CutPrefix(strings.ToUpper(value), "P")
	if !ok {
		return 0
	}
	days, clock, _ := strings.Cut(value, "T")
	var total time.Duration
	for _, unit := range []struct {
		sign string
		of   time.Duration
	}{{"W", 7 * 24 * time.Hour}, {"D", 24 * time.Hour}} {
		if n, rest, ok := strings.Cut(days, unit.sign); ok {
			total += time.Duration(smallNumber(n)) * unit.of
			days = rest
		}
	}
	for _, unit := range []struct {
		sign string
		of   time.Duration
	}{{"H", time.Hour}, {"M", time.Minute}, {"S", time.Second}} {
		if n, rest, ok := strings.Cut(clock, unit.sign); ok {
			total += time.Duration(smallNumber(n)) * unit.of
			clock = rest
		}
	}
	return total
}

// smallNumber reads up to five digits; 0 when there is something else.
func smallNumber(s string) int {
	if len(s) > 5 {
		return 0
	}
	n := 0
	for _, r := range s {
		if r < '0' || r > '9' {
			return 0
		}
		n = n*10 + int(r-'0')
	}
	return n
}
