package companies

import (
	"context"
	"errors"
	"strconv"

	"kompetansepilot/app/companies"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/partner"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// progressor is a window that tells how far work in the background has come.
type progressor interface {
	// Progress takes 0 to 1, less than 0 when nobody knows; stop may be nil.
	Progress(label string, done float64, stop func())
	ProgressDone()
}

// progress tells the window's status line, if it has one.
func progress(env *screen.Env, label string, done float64, stop func()) {
	if p, ok := env.Shell.(progressor); ok {
		p.Progress(label, done, stop)
	}
}

func progressDone(env *screen.Env) {
	if p, ok := env.Shell.(progressor); ok {
		p.ProgressDone()
	}
}

// online asks the workspace whether the service may be asked; it reads, so it is
// called in the background.
func online(env *screen.Env) bool { return env.Program.Online() }

// gap is the distance between related things.
func gap() float32 { return theme.Size(theme.SizeNameGap) }

// focus gives a control the focus.
func focus(env *screen.Env, o kit.Control) {
	if target := o.FocusTarget(); target != nil {
		env.Shell.Window().Canvas().Focus(target)
	}
}

// place is the name of a municipality, or the number when it is none.
func place(places *reference.Tables, number string) string {
	if r, ok := places.Resolve(number); ok {
		return r.UniqueName
	}
	return number
}

// grouped is "912 345 678".
func grouped(number string) string {
	if len(number) != 9 {
		return number
	}
	return number[:3] + lang.NarrowSpace + number[3:6] + lang.NarrowSpace + number[6:]
}

// employees is a headcount in words.
func employees(words *lang.Printer, e companies.Employees) string {
	switch {
	case e == companies.EmployeesWithheld:
		return words.T("companiesui.employees.withheld")
	case !e.Known():
		return ""
	case e == 0:
		return words.T("companiesui.employees.none")
	}
	return words.N("companiesui.employees", int(e))
}

// Line is what a person should know of a unit to recognise it.
func Line(words *lang.Printer, places *reference.Tables, u *companies.Unit) string {
	kind := u.Form
	if u.Sub {
		kind = words.T("companiesui.sub")
	}
	where := place(places, u.Municipality)
	if where == "" {
		where = u.PostPlace
	}
	industry := u.Industry
	if industry != "" && u.IndustryName != "" {
		industry += " " + u.IndustryName
	}
	state := ""
	switch {
	case u.Deleted != "":
		state = words.T("companiesui.state.deleted")
	case u.Bankrupt:
		state = words.T("companiesui.state.bankrupt")
	case u.Dissolving:
		state = words.T("companiesui.state.dissolving")
	case u.Person():
		state = words.T("companiesui.state.person")
	}
	return lang.Joined(" · ", grouped(u.Number), kind, where, industry, employees(words, u.Employees), state)
}

// valueText is what a field holds as a person reads it.
func valueText(words *lang.Printer, places *reference.Tables, field, value string) string {
	switch field {
	case companies.FieldNumber:
		return grouped(value)
	case companies.FieldMunicipality:
		if r, ok := places.Resolve(value); ok {
			return words.T("companiesui.place", "Name", r.UniqueName, "Centrality", strconv.Itoa(r.Centrality))
		}
	case companies.FieldSize:
		switch value {
		case partner.SizeWithheld:
			return words.T("register.size.withheld")
		case partner.SizeNone:
			return words.T("register.size.none")
		}
		return words.T("register.size.employees", "Band", value)
	case companies.FieldNorm:
		switch value {
		case reference.NormBokmal:
			return words.T("register.norm.nb")
		case reference.NormNynorsk:
			return words.T("register.norm.nn")
		}
	}
	if value == "" {
		return words.T("companiesui.nothing")
	}
	return value
}

// runStep does something that writes, and tells how it went. done may be nil.
func runStep(env *screen.Env, label string, work func() error, done func()) {
	task.Run(env.Tasks, context.Background(), func(context.Context) (struct{}, error) {
		return struct{}{}, work()
	}, func(_ struct{}, err error) {
		if !env.Done(label, err) {
			return
		}
		if done != nil {
			done()
		}
	})
}

// Sentence is what a person may read about an error, or "".
func Sentence(words *lang.Printer, err error) string {
	var e *data.Error
	if !errors.As(err, &e) {
		return ""
	}
	if e.Text == "" || !words.Has(e.Text) {
		return e.Message
	}
	var pairs []any
	for name, value := range e.Args {
		pairs = append(pairs, name, value)
	}
	return words.T(e.Text, pairs...)
}
