package application

import (
	"strings"

	"kompetansepilot/app/grant"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
)

// readable is the content of a field as lines that a person reads, for
// comparing and copying.
func readable(d *desk, draft *data.Draft, f *grant.Field) string {
	answer := draft.Application.Answers[f.ID]
	switch f.Type {
	case grant.TypeOrganisation:
		o := grant.ParseOrganisation(answer)
		return joined("\n", o.Name, o.OrgNumber)
	case grant.TypeContact:
		c := grant.ParseContact(answer)
		return joined("\n", c.Name, c.Role, c.Email, c.Phone)
	case grant.TypeMoney:
		if kroner, err := lang.ParseMoney(answer); err == nil && answer != "" {
			return d.words.T("application.kroner", "Amount", d.words.Money(kroner))
		}
	case grant.TypeSchedule:
		if from, to := grant.ParsePeriod(answer); from != "" || to != "" {
			return d.words.DateLong(from) + " – " + d.words.DateLong(to)
		}
	case grant.TypeMultiChoice:
		return readableChoices(d, f, answer)
	case grant.TypeMunicipalities:
		return readablePlaces(d, answer)
	case grant.TypeTable:
		return strings.ReplaceAll(answer, "\t", " · ")
	case grant.TypeYearTable:
		return readablePlan(d, draft, f)
	case grant.TypeList, grant.TypePartners, grant.TypeActivities, grant.TypeMilestones, grant.TypeFile, grant.TypeFiles:
		return readableRows(d, draft, f)
	}
	return answer
}

func readableChoices(d *desk, f *grant.Field, answer string) string {
	labels := map[string]string{}
	for _, o := range choiceOptions(d, f) {
		labels[o.ID] = o.Label
	}
	var lines []string
	for _, id := range grant.ParseChoices(answer) {
		if labels[id] != "" {
			id = labels[id]
		}
		lines = append(lines, id)
	}
	return strings.Join(lines, "\n")
}

func readablePlaces(d *desk, answer string) string {
	var lines []string
	for _, number := range grant.ParseChoices(answer) {
		if r, ok := d.env.Program.Places.Resolve(number); ok {
			number += " " + r.OldName
		}
		lines = append(lines, number)
	}
	return strings.Join(lines, "\n")
}

// readablePlan is a line for each row: "Lønn: 2020 400 000, 2021 500 000".
func readablePlan(d *desk, draft *data.Draft, f *grant.Field) string {
	b := grant.ComputeBudget(d.call, draft, nil, d.words.Code())
	rows := b.Cost
	if f.RowsFrom == rowsOfFinancing {
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
				years = append(years, d.words.T("application.plan.year", "Year", year, "Amount", d.words.Money(line.Amounts[i])))
			}
		}
		text := line.Label + ": " + strings.Join(years, ", ")
		if line.Row.Hourly {
			text += " (" + d.words.T("application.plan.rate", "Rate", d.words.Money(line.Row.Rate), "Basis", line.Row.RateBasis) + ")"
		}
		lines = append(lines, text)
	}
	return strings.Join(lines, "\n")
}

func readableRows(d *desk, draft *data.Draft, f *grant.Field) string {
	date := d.words.DateShort
	var lines []string
	switch f.Type {
	case grant.TypeList:
		for _, g := range draft.Goals {
			if g.Field == f.ID {
				lines = append(lines, joined(" · ", g.Text, g.Measure, date(g.Due), date(g.Done), g.Outcome))
			}
		}
	case grant.TypePartners:
		for _, p := range draft.Partners {
			lines = append(lines, joined(" · ", p.Name, p.OrgNumber, p.Role, p.Contribution))
		}
	case grant.TypeActivities:
		for _, a := range draft.Activities {
			lines = append(lines, joined(" · ", a.Name, a.Responsible, joined(" – ", date(a.Start), date(a.Finish)), a.Goal, a.Result))
		}
	case grant.TypeMilestones:
		for _, m := range draft.Milestones {
			lines = append(lines, joined(" · ", m.Name, date(m.Date)))
		}
	default:
		for _, a := range draft.Attachments {
			if a.Field == f.ID {
				lines = append(lines, joined(" · ", a.Title, a.FileName, a.Description))
			}
		}
	}
	return strings.Join(lines, "\n")
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

// rowsOfFinancing is what a call names the rows of the financing plan.
const rowsOfFinancing = "funding.financingSources"
