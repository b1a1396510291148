package grant

import (
	"slices"
	"strings"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// Reader writes fields as a person reads them, in one language.
type Reader struct {
	Call   *Call
	Places *reference.Tables
	Words  *lang.Printer
}

// Text is the content of a field as lines that a person reads: for comparing,
// copying and the portal.
func (r Reader) Text(draft *data.Draft, f *Field) string {
	answer := draft.Application.Answers[f.ID]
	switch f.Type {
	case TypeOrganisation:
		o := ParseOrganisation(answer)
		return lang.Joined("\n", o.Name, o.OrgNumber)
	case TypeContact:
		c := ParseContact(answer)
		return lang.Joined("\n", c.Name, c.Role, c.Email, c.Phone)
	case TypeMoney:
		if kroner, err := lang.ParseMoney(answer); err == nil && answer != "" {
			return r.Words.T("readable.kroner", "Amount", r.Words.Money(kroner))
		}
	case TypeSchedule:
		if from, to := ParsePeriod(answer); from != "" || to != "" {
			return r.Words.DateLong(from) + " – " + r.Words.DateLong(to)
		}
	case TypeMultiChoice:
		return r.choices(f, answer)
	case TypeMunicipalities:
		return r.places(answer)
	case TypeTable:
		return r.table(f, answer)
	case TypeYearTable:
		return r.plan(draft, f)
	case TypeList, TypePartners, TypeActivities, TypeMilestones, TypeFile, TypeFiles:
		return r.rows(draft, f)
	}
	return answer
}

// table is a line for each row, with amounts and dates as people write them.
func (r Reader) table(f *Field, answer string) string {
	var lines []string
	for _, cells := range ParseTable(answer, len(f.Columns)) {
		for i, cell := range cells {
			cell = strings.TrimSpace(cell)
			cells[i] = r.Words.DateShort(cell)
			if kroner, err := lang.ParseMoney(cell); err == nil && cell != "" && i < len(f.Columns) && f.Columns[i].IsAmount() {
				cells[i] = r.Words.Money(kroner)
			}
		}
		lines = append(lines, lang.Joined(" · ", cells...))
	}
	return strings.Join(lines, "\n")
}

func (r Reader) choices(f *Field, answer string) string {
	var lines []string
	for _, id := range ParseChoices(answer) {
		lines = append(lines, r.Call.ChoiceLabel(id, r.Words.Code()))
	}
	return strings.Join(lines, "\n")
}

func (r Reader) places(answer string) string {
	var lines []string
	for _, number := range ParseChoices(answer) {
		if m, ok := r.Places.Resolve(number); ok {
			number += " " + m.OldName
		}
		lines = append(lines, number)
	}
	return strings.Join(lines, "\n")
}

// plan is a line for each row: "Lønn: 2020 400 000, 2021 500 000".
func (r Reader) plan(draft *data.Draft, f *Field) string {
	b := ComputeBudget(r.Call, draft, nil, r.Words.Code())
	rows := b.Cost
	if f.Plan() == data.PlanFinancing {
		rows = b.Financing
	}
	var lines []string
	for _, line := range rows {
		if line.Sum == 0 && line.Row.Label == "" {
			continue
		}
		var years []string
		for i, year := range b.Years {
			if line.Amounts[i] != 0 {
				years = append(years, r.Words.T("readable.year", "Year", year, "Amount", r.Words.Money(line.Amounts[i])))
			}
		}
		text := line.Label + ": " + strings.Join(years, ", ")
		if line.Row.Hourly {
			text += " (" + r.Words.T("readable.rate", "Rate", r.Words.Money(line.Row.Rate), "Basis", line.Row.RateBasis) + ")"
		}
		lines = append(lines, text)
	}
	return strings.Join(lines, "\n")
}

func (r Reader) rows(draft *data.Draft, f *Field) string {
	return strings.Join(r.Lines(draft, f), "\n")
}

// Lines is a line for each row of a field of rows: goals, partners, activities,
// milestones, attachments. Other fields have none.
func (r Reader) Lines(draft *data.Draft, f *Field) []string {
	date := r.Words.DateShort
	var lines []string
	switch f.Type {
	case TypeList:
		for _, g := range draft.Goals {
			if g.Field == f.ID {
				lines = append(lines, lang.Joined(" · ", g.Text, g.Measure, date(g.Due), date(g.Done), g.Outcome))
			}
		}
	case TypePartners:
		for _, p := range draft.Partners {
			lines = append(lines, lang.Joined(" · ", p.Name, p.OrgNumber, p.Role, p.Contribution))
		}
	case TypeActivities:
		for _, a := range draft.Activities {
			lines = append(lines, lang.Joined(" · ", a.Name, a.Responsible, lang.Joined(" – ", date(a.Start), date(a.Finish)), a.Goal, a.Result))
		}
	case TypeMilestones:
		for _, m := range draft.Milestones {
			lines = append(lines, lang.Joined(" · ", m.Name, date(m.Date)))
		}
	case TypeFile, TypeFiles:
		for _, a := range draft.Attachments {
			if a.Field == f.ID {
				lines = append(lines, lang.Joined(" · ", a.Title, a.FileName, a.Description))
			}
		}
	}
	return lines
}

// ChoiceLabel is the text of a choice: the call's alternative of that id, or the
// id itself.
func (c *Call) ChoiceLabel(id, language string) string {
	for _, a := range c.TargetGroup.Alternatives {
		if a.ID == id {
			return a.ID + ") " + a.Label.In(language)
		}
	}
	return id
}

// Choices are the ids that a field of choices takes, in the call's order.
func (c *Call) Choices(f *Field) []string {
	var ids []string
	for _, a := range c.TargetGroup.Alternatives {
		if len(f.Options) == 0 || slices.Contains(f.Options, a.ID) {
			ids = append(ids, a.ID)
		}
	}
	for _, id := range f.Options {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}
