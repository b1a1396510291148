package safety

import (
	"strings"

	"kompetansepilot/app/grant"
	"kompetansepilot/data"
	"kompetansepilot/ui/screen"
)

// exists is the field of an entry that tells that a record came or went.
const exists = "+"

// namer puts kinds, records and fields into words. It reads the workspace, so
// it is made and used in the background, by one piece of work at a time.
type namer struct {
	*screen.Env
	titles map[[2]string]string      // by kind and id
	calls  map[string]*grant.Call    // by application; nil when there is none
	rows   map[string]data.BudgetRow // by id
	owners map[[2]string]string      // application that a record belongs to, by kind and id
}

func newNamer(env *screen.Env) *namer {
	return &namer{Env: env, titles: map[[2]string]string{}, calls: map[string]*grant.Call{},
		rows: map[string]data.BudgetRow{}, owners: map[[2]string]string{}}
}

// kind is what records of a kind are called: "Søknad".
func (n *namer) kind(kind string) string { return n.Words.T("safety.kind." + kind) }

// counted is a number of records: "12 budsjettrader".
func (n *namer) counted(kind string, count int) string {
	return n.Words.N("safety.count."+kind, count)
}

// learn reads the titles of records that will be asked for, many at a time.
func (n *namer) learn(kind string, ids []string) error {
	titles, err := n.Program.Workspace.Titles(kind, ids)
	for id, title := range titles {
		n.titles[[2]string{kind, id}] = title
	}
	return err
}

// title is what a record is known by, or "".
func (n *namer) title(kind, id string) string {
	key := [2]string{kind, id}
	title, known := n.titles[key]
	if !known {
		if err := n.learn(kind, []string{id}); err != nil {
			return ""
		}
		title = n.titles[key]
		n.titles[key] = title
	}
	switch {
	case kind == "setting":
		return n.setting(id)
	case kind == "budget_row":
		if row := n.row(id); row.Label == "" {
			return n.rowType(row.Application, row.Plan, title)
		}
	}
	return title
}

// setting is the name of a choice of the workspace.
func (n *namer) setting(id string) string {
	if n.Words.Has("safety.setting." + id) {
		return n.Words.T("safety.setting." + id)
	}
	return ""
}

// record is a record in words: "Søknad «Fra skog til hus»".
func (n *namer) record(kind, id string) string { return n.named(kind, n.title(kind, id)) }

func (n *namer) named(kind, title string) string {
	title = oneLine(title, 80)
	switch {
	case title == "":
		return n.kind(kind)
	case kind == "setting":
		return n.Words.T("safety.named.setting", "Title", title)
	}
	return n.Words.T("safety.named", "Kind", n.kind(kind), "Title", title)
}

// call is the call of an application, or nil.
func (n *namer) call(application string) *grant.Call {
	call, known := n.calls[application]
	if !known {
		if a, err := data.Get[data.Application](n.Program.Workspace, application); err == nil {
			call, _ = n.Program.Grants.Calls().Get(a.Call)
		}
		n.calls[application] = call
	}
	return call
}

// callField is a field of an application's call. When the application or its
// call is gone, any call that has such a field will do.
func (n *namer) callField(application, field string) *grant.Field {
	if call := n.call(application); call != nil {
		if f := call.Field(field); f != nil {
			return f
		}
	}
	for _, call := range n.Program.Grants.Calls().All() {
		if f := call.Field(field); f != nil {
			return f
		}
	}
	return nil
}

func (n *namer) row(id string) data.BudgetRow {
	row, known := n.rows[id]
	if !known {
		row, _ = data.Get[data.BudgetRow](n.Program.Workspace, id)
		n.rows[id] = row
	}
	return row
}

// rowType is the name of a type of cost or source of money.
func (n *namer) rowType(application, plan, id string) string {
	call := n.call(application)
	if call == nil {
		return id
	}
	t, ok := call.CostType(id)
	if plan == data.PlanFinancing || !ok {
		if source, found := call.FinancingSource(id); found {
			t, ok = source, true
		}
	}
	if !ok {
		return id
	}
	return t.Label.In(n.Words.Code())
}

// application is the application that a record belongs to, or is.
func (n *namer) application(kind, id string) string {
	if kind == "application" {
		return id
	}
	key := [2]string{kind, id}
	owner, known := n.owners[key]
	if !known {
		w := n.Program.Workspace
		switch kind {
		case "goal":
			r, _ := data.Get[data.Goal](w, id)
			owner = r.Application
		case "budget_row":
			owner = n.row(id).Application
		case "attachment":
			r, _ := data.Get[data.Attachment](w, id)
			owner = r.Application
		}
		n.owners[key] = owner
	}
	return owner
}

// field is what a person knows a field by: the label in the call, or the word
// for the column.
func (n *namer) field(kind, record, field string) string {
	words := n.Words
	if words.Has("safety.column." + kind + "." + field) {
		return words.T("safety.column." + kind + "." + field)
	}
	switch kind {
	case "application":
		if !applicationColumn(field) {
			if f := n.callField(record, field); f != nil {
				return f.Label.In(words.Code())
			}
			return words.T("safety.field.unknown")
		}
	case "budget_row":
		if strings.Trim(field, "0123456789") == "" {
			if n.row(record).Hourly {
				return words.T("safety.field.hours", "Year", field)
			}
			return words.T("safety.field.year", "Year", field)
		}
	case "organisation":
		if name := n.title("own_field", field); name != "" {
			return name
		}
	case "setting":
		if name := n.setting(record); name != "" {
			return name
		}
	}
	if words.Has("safety.column." + field) {
		return words.T("safety.column." + field)
	}
	return words.T("safety.field.unknown")
}

// applicationColumn tells a column of the application from an answer to a field
// of the call.
func applicationColumn(field string) bool {
	switch field {
	case "call", "county", "language", "status", "created", "submitted", "case_number", "outside_ceiling", "note", "deleted":
		return true
	}
	return false
}

// oneLine is the beginning of a text, on one line, at most so many characters.
func oneLine(text string, most int) string {
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > most {
		return strings.TrimRight(string(runes[:most-1]), " ,.;:") + "…"
	}
	return text
}
