package safety

import (
	"slices"
	"strconv"
	"strings"

	"kompetansepilot/app/brief"
	"kompetansepilot/app/course"
	"kompetansepilot/app/need"
	"kompetansepilot/app/partner"
	"kompetansepilot/app/stateaid"
	"kompetansepilot/ui/parts"
)

// column is a field of a kind of record.
type column struct{ kind, field string }

// partColumn is a column of an agreement, an award, an offering, an enquiry or a
// provider as a person reads it; ok is false where the column needs no words of
// its own.
func (n *namer) partColumn(kind, field, text string) (said string, ok bool) {
	w := n.Words
	number, err := strconv.ParseInt(text, 10, 64)
	isNumber := err == nil
	switch field {
	case "agreement", "offering", "need", "interaction", "pool", "request", "enquiry", "course", "participation":
		return n.record(field, text), true
	case "provider_kind":
		return parts.ProviderKindWord(w, text), true
	case "accreditation":
		return text, true
	}
	if said, ok := n.courseColumn(kind, field, text); ok {
		return said, true
	}
	switch (column{kind, field}) {
	case column{"need", "level"}:
		return need.LevelWord(w, text), true
	case column{"need", "form"}:
		return need.FormWord(w, text), true
	case column{"pool", "level"}:
		return need.LevelWord(w, text), true
	case column{"pool", "form"}:
		return need.FormWord(w, text), true
	case column{"pool_need", "state"}:
		return n.coded(kind, text), true
	case column{"need", "credits"}:
		return partner.CreditsText(number, ","), true
	case column{"agreement", "kind"}:
		return parts.AgreementKindWord(w, text), true
	case column{"enquiry", "status"}:
		return parts.EnquiryWord(w, text), true
	case column{"offering", "level"}:
		return parts.LevelWord(w, text), true
	case column{"offering", "form"}:
		return parts.FormWord(w, text), true
	case column{"offering", "language"}:
		return parts.LanguageWord(w, text), true
	case column{"state_aid", "basis"}:
		return stateaid.BasisWord(w, text), true
	case column{"state_aid", "sector"}:
		return w.T("aid.field.freight"), true
	}
	if !isNumber {
		return "", false
	}
	switch (column{kind, field}) {
	case column{"offering", "credits"}:
		return partner.CreditsText(number, ","), true
	case column{"offering", "price"}:
		return w.T("aid.kroner", "Amount", w.Money(number)), true
	case column{"offering", "least"}, column{"offering", "capacity"}:
		return w.Number(number), true
	case column{"state_aid", "rate"}:
		return stateaid.DecimalText(number, 4, ","), true
	case column{"state_aid", "eur"}:
		return stateaid.EURText(w, number), true
	}
	return "", false
}

// courseColumn is a column of a request, a reply or a course as a person reads it.
func (n *namer) courseColumn(kind, field, text string) (said string, ok bool) {
	w := n.Words
	number, err := strconv.ParseInt(text, 10, 64)
	isNumber := err == nil
	switch kind {
	case "reply":
		if field == "start" || field == "finish" || field == "valid" || slices.Contains(brief.Fields(), field) {
			return course.ReplyWord(w, field, text), true
		}
	case "enquiry":
		if field == "channel" {
			return course.ChannelWord(w, text), true
		}
	case "request":
		switch field {
		case "chosen":
			return n.record("enquiry", text), true
		case "level":
			return need.LevelWord(w, text), true
		case "form":
			return need.FormWord(w, text), true
		case "needs":
			return w.N("needs.count", strings.Count(text, ";")+1), true
		}
	case "course":
		switch {
		case field == "status":
			return course.StatusWord(w, text), true
		case field == "score" && isNumber:
			return course.ScoreText(w, number), true
		case field == "price" && isNumber:
			return w.T("aid.kroner", "Amount", w.Money(number)), true
		}
	case "participation":
		if field == "reason" {
			return course.ReasonWord(w, text), true
		}
	case "participant":
		switch field {
		case "status":
			return course.StageWord(w, text), true
		case "basis":
			return course.BasisWord(w, text), true
		}
	}
	if field == "credits" && isNumber && (kind == "course" || kind == "participation") {
		return course.CreditsWord(w, number), true
	}
	return "", false
}
