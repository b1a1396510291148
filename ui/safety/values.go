package safety

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"kompetansepilot/app/grant"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
)

// technical are fields that say nothing to a person.
func technical(kind, field string) bool {
	switch field {
	case "sha256", "media_type", "size":
		return kind == "attachment" || kind == "version" || kind == "made_document" || kind == "agreement" || kind == "state_aid"
	case "concept":
		return kind == "pool"
	case "content":
		return kind == "version" || kind == "call_file"
	}
	return false
}

// value is the text of a field as a person reads it.
func (n *namer) value(e *data.Entry, text string) string {
	if text == "" {
		return ""
	}
	words := n.Words
	switch e.Kind {
	case "application":
		if !applicationColumn(e.Field) {
			return n.answer(e.Record, e.Field, text)
		}
	case "setting":
		switch {
		case e.Record == "county":
			return n.Program.Grants.CountyName(text, words.Code())
		case strings.HasPrefix(text, "{"), strings.HasPrefix(text, "["):
			return words.T("safety.value.own")
		}
		return text
	case "budget_row":
		if amount, err := strconv.ParseInt(text, 10, 64); err == nil && strings.Trim(e.Field, "0123456789") == "" {
			return words.Number(amount)
		}
	}
	return n.column(e, text)
}

// column is the text of a column.
func (n *namer) column(e *data.Entry, text string) string {
	words := n.Words
	if said, ok := n.partColumn(e.Kind, e.Field, text); ok {
		return said
	}
	switch e.Field {
	case "outside_ceiling", "hourly", "frozen", "shareable", "locked", "named":
		return words.T("safety.value.yes")
	case "interview", "due", "done", "start", "finish", "date", "submitted", "basis_date", "obtained", "told", "keep_until":
		return words.DateShort(text)
	case "created", "added", "made", "source_time", "deleted":
		if t, err := time.Parse(time.RFC3339, text); err == nil {
			return words.Moment(t)
		}
	case "rate", "amount":
		if kroner, err := strconv.ParseInt(text, 10, 64); err == nil {
			return words.T("safety.value.kroner", "Amount", words.Money(kroner))
		}
	case "position":
		if at, err := strconv.ParseInt(text, 10, 64); err == nil {
			return words.Number(at + 1)
		}
	case "language", "norm", "plan", "basis", "reason", "subject", "urgency", "level":
		return n.coded(e.Field, text)
	case "status":
		if words.Has("status." + text) {
			return words.T("status." + text)
		}
	case "kind":
		return n.coded(e.Kind, text)
	case "county":
		return n.Program.Grants.CountyName(text, words.Code())
	case "municipality":
		return n.place(text)
	case "call":
		if call, err := n.Program.Grants.Calls().Get(text); err == nil {
			return call.Title.In(words.Code())
		}
	case "type":
		row := n.row(e.Record)
		return n.rowType(row.Application, row.Plan, text)
	case "field":
		if f := n.callField(n.application(e.Kind, e.Record), text); f != nil {
			return f.Label.In(words.Code())
		}
	case "application", "activity", "budget_row", "attachment", "organisation", "version", "person", "interaction":
		return n.record(e.Field, text)
	}
	return text
}

// coded is the word for one of the program's own codes.
func (n *namer) coded(of, code string) string {
	if n.Words.Has("safety.value." + of + "." + code) {
		return n.Words.T("safety.value." + of + "." + code)
	}
	return code
}

func (n *namer) place(number string) string {
	if r, ok := n.Program.Places.Resolve(number); ok {
		return number + " " + r.OldName
	}
	return number
}

// answer is the text of a field of the call.
func (n *namer) answer(application, field, text string) string {
	f := n.callField(application, field)
	if f == nil {
		return text
	}
	words := n.Words
	switch f.Type {
	case grant.TypeOrganisation:
		o := grant.ParseOrganisation(text)
		return joined(" · ", o.Name, o.OrgNumber)
	case grant.TypeContact:
		c := grant.ParseContact(text)
		return joined(" · ", c.Name, c.Role, c.Email, c.Phone)
	case grant.TypeMoney:
		if kroner, err := lang.ParseMoney(text); err == nil {
			return words.T("safety.value.kroner", "Amount", words.Money(kroner))
		}
	case grant.TypeSchedule:
		if from, to := grant.ParsePeriod(text); from != "" || to != "" {
			return joined(" – ", words.DateLong(from), words.DateLong(to))
		}
	case grant.TypeMultiChoice:
		return strings.Join(grant.ParseChoices(text), ", ")
	case grant.TypeMunicipalities:
		var names []string
		for _, number := range grant.ParseChoices(text) {
			names = append(names, n.place(number))
		}
		return strings.Join(names, ", ")
	case grant.TypeTable:
		return strings.ReplaceAll(text, "\t", " · ")
	}
	if json.Valid([]byte(text)) && strings.ContainsAny(text[:1], "[{") {
		return words.T("safety.value.own")
	}
	return text
}

// joined puts those parts together that say something.
func joined(with string, parts ...string) string {
	var said []string
	for _, p := range parts {
		if p != "" {
			said = append(said, p)
		}
	}
	return strings.Join(said, with)
}
