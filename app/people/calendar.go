package people

import (
	"bytes"
	"strings"
	"time"
	"unicode/utf8"

	"kompetansepilot/app/lang"
	"kompetansepilot/data"
)

// CalendarForm is how tasks stand in a calendar file.
type CalendarForm string

// Outlook reads events only; other calendars also read tasks.
const (
	CalendarEvents CalendarForm = "events"
	CalendarTodos  CalendarForm = "todos"
)

// Calendar is the open tasks with a date, and the planned interactions, as an
// iCalendar file (RFC 5545). A record has the same UID each time, so that a
// calendar that reads the file again makes no copies.
func Calendar(words *lang.Printer, d Day, form CalendarForm, now time.Time) []byte {
	c := &calendar{stamp: now.UTC().Format("20060102T150405Z")}
	c.line("BEGIN", "VCALENDAR")
	c.line("VERSION", "2.0")
	c.line("PRODID", "-//Kompetansepilot//Kompetansepilot//NO")
	c.line("CALSCALE", "GREGORIAN")
	c.line("METHOD", "PUBLISH")
	for _, tasks := range [][]TaskRow{d.Overdue, d.Today, d.Soon, d.Later} {
		for i := range tasks {
			c.task(&tasks[i], form)
		}
	}
	for i := range d.Planned {
		c.planned(words, &d.Planned[i])
	}
	c.line("END", "VCALENDAR")
	return c.Bytes()
}

type calendar struct {
	bytes.Buffer
	stamp string
}

func (c *calendar) task(t *TaskRow, form CalendarForm) {
	who := lang.Joined(", ", t.OrganisationName, t.PersonName)
	if form == CalendarTodos {
		c.begin("VTODO", &t.Row)
		c.line("DUE;VALUE=DATE", date(t.Due))
		c.text("SUMMARY", t.Text)
		c.text("DESCRIPTION", who)
		c.line("STATUS", "NEEDS-ACTION")
		c.line("END", "VTODO")
		return
	}
	c.event(&t.Row, t.Due, lang.Joined(" – ", t.Text, t.OrganisationName), who)
}

func (c *calendar) planned(words *lang.Printer, i *Contact) {
	var who []string
	for _, n := range append(append([]Named{}, i.Organisations...), i.People...) {
		who = append(who, n.Name)
	}
	c.event(&i.Row, i.Date, lang.Joined(": ", words.T("people.interaction."+i.InteractionOf), strings.Join(who, ", ")), i.Text)
}

// event lasts the whole day and takes nobody's time.
func (c *calendar) event(r *data.Row, iso, summary, description string) {
	c.begin("VEVENT", r)
	c.line("DTSTART;VALUE=DATE", date(iso))
	c.line("DTEND;VALUE=DATE", day(iso).AddDate(0, 0, 1).Format("20060102"))
	c.text("SUMMARY", summary)
	c.text("DESCRIPTION", description)
	c.line("TRANSP", "TRANSPARENT")
	c.line("END", "VEVENT")
}

func (c *calendar) begin(component string, r *data.Row) {
	c.line("BEGIN", component)
	c.line("UID", r.ID+"@kompetansepilot")
	c.line("DTSTAMP", c.stamp)
}

func date(iso string) string { return strings.ReplaceAll(iso, "-", "") }

// text writes a property with characters that mean something made harmless; an
// empty one is left out.
func (c *calendar) text(name, value string) {
	value = strings.ToValidUTF8(strings.ReplaceAll(value, "\r", ""), "")
	value = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, value)
	if value != "" {
		c.line(name, strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`).Replace(value))
	}
}

// lineOctets is the longest line without its end (RFC 5545, 3.1).
const lineOctets = 75

// line writes a property, folded between characters.
func (c *calendar) line(name, value string) {
	rest := name + ":" + value
	for limit := lineOctets; len(rest) > limit; limit = lineOctets - 1 {
		cut := limit
		for !utf8.RuneStart(rest[cut]) {
			cut--
		}
		c.WriteString(rest[:cut] + "\r\n ")
		rest = rest[cut:]
	}
	c.WriteString(rest + "\r\n")
}
