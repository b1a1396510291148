package need

import (
	"fmt"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// Fields of a need, as findings and routes name them.
const (
	FieldText         = "text"
	FieldOwnWords     = "own_words"
	FieldOrganisation = "organisation"
	FieldIndustry     = "industry"
	FieldMunicipality = "municipality"
	FieldEmployees    = "employees"
	FieldPeople       = "people"
	FieldLevel        = "level"
	FieldForm         = "form"
	FieldReach        = "reach"
	FieldFrom         = "from_month"
	FieldTo           = "to_month"
	FieldCredits      = "credits"
	FieldUrgency      = "urgency"
	FieldNorm         = "norm"
	FieldShareable    = "shareable"
	FieldSaid         = "interview"
)

// Finding is what is odd in a need that is kept, and the field that it is about.
type Finding struct {
	Field, Kind, Text string
	// Heavy is set for what keeps the program from finding offers.
	Heavy bool
}

// Kinds of findings beside those of notices.
const (
	FindShort   = "short"   // one letter
	FindNoReach = "noReach" // a gathering without any journey
)

// Findings are what is odd in a need. Nothing is changed.
func Findings(n *data.Need, places *reference.Tables) []Finding {
	var all []Finding
	add := func(field, kind, text string, heavy bool) { all = append(all, Finding{field, kind, text, heavy}) }
	fields := map[string]string{NoticeLevel: FieldLevel, NoticeForm: FieldForm, NoticePlace: FieldMunicipality, NoticeFormerPlace: FieldMunicipality, NoticeEmployees: FieldPeople}
	copied := *n
	for _, notice := range Tidy(&copied, places) {
		switch notice.Kind {
		case NoticeEmpty:
			add(FieldText, notice.Kind, "", true)
		case NoticeNoWords:
			kind := notice.Kind
			if len([]rune(n.Text)) == 1 {
				kind = FindShort
			}
			add(FieldText, kind, notice.Text, true)
		case NoticeLong:
			add(FieldText, notice.Kind, notice.Text, false)
		case NoticeMonth:
			field := FieldFrom
			if n.ToMonth < 0 || n.ToMonth > 12 {
				field = FieldTo
			}
			add(field, notice.Kind, notice.Text, false)
		case NoticeNumber:
			for _, c := range []struct {
				field string
				value int64
			}{{FieldPeople, n.People}, {FieldReach, n.Reach}, {FieldEmployees, n.Employees}} {
				if fmt.Sprint(c.value) == notice.Text {
					add(c.field, notice.Kind, notice.Text, false)
					break
				}
			}
		default:
			if field := fields[notice.Kind]; field != "" {
				add(field, notice.Kind, notice.Text, false)
			}
		}
	}
	if n.Reach == 0 && (n.Form == FormGather || n.Form == FormBlended) {
		add(FieldReach, FindNoReach, "", false)
	}
	return all
}

// Sentence says what is odd, and what to do.
func (f *Finding) Sentence(words *lang.Printer) string {
	switch f.Kind {
	case NoticeEmpty:
		return words.T("need.finding.empty")
	case FindShort:
		return words.T("need.finding.short")
	case NoticeNumber:
		return words.T("need.finding.number", "Text", f.Text)
	case NoticeMonth:
		return words.T("need.finding.month", "Text", f.Text)
	case NoticeFormerPlace:
		return words.T("need.finding.formerPlace", "Text", f.Text)
	case FindNoReach:
		return words.T("need.finding.noReach")
	}
	n := Notice{Kind: f.Kind, Text: f.Text}
	return n.Sentence(words)
}
