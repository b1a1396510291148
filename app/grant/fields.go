package grant

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"kompetansepilot/app/lang"
	"kompetansepilot/data"
)

// FieldText is a field's content as text. Fields that are typed come back
// exactly as they were given; lists and plans come as lines of tab-separated
// cells, in the form that setFieldText takes.
func FieldText(d *data.Draft, f *Field) string {
	switch f.Type {
	case TypeList:
		return lines(d.Goals, func(g data.Goal) []string {
			if g.Field != f.ID {
				return nil
			}
			return []string{g.Text, g.Measure, g.Due}
		})
	case TypePartners:
		return lines(d.Partners, func(p data.Partner) []string {
			return []string{p.Name, p.OrgNumber, p.PartnerKind, p.Role, p.Contribution}
		})
	case TypeActivities:
		return lines(d.Activities, func(a data.Activity) []string {
			return []string{a.Name, a.Responsible, a.Start, a.Finish, a.Goal, a.Result}
		})
	case TypeMilestones:
		return lines(d.Milestones, func(m data.Milestone) []string { return []string{m.Name, m.Date} })
	case TypeYearTable:
		return lines(*plan(d, f), func(r data.BudgetRow) []string {
			cells := []string{r.Type, r.Label}
			for _, year := range sortedYears(r.Cells) {
				cells = append(cells, year+"="+r.Cells[year])
			}
			if r.Hourly {
				cells = append(cells, "rate="+strconv.FormatInt(r.Rate, 10), "basis="+r.RateBasis)
			}
			return cells
		})
	case TypeFile, TypeFiles:
		return lines(d.Attachments, func(a data.Attachment) []string {
			if a.Field != f.ID {
				return nil
			}
			return []string{a.Title, a.FileName, strconv.FormatInt(a.Size, 10), a.SHA256}
		})
	}
	return d.Application.Answers[f.ID]
}

func lines[T any](rows []T, cells func(T) []string) string {
	var table [][]string
	for _, r := range rows {
		if c := cells(r); c != nil {
			for len(c) > 1 && c[len(c)-1] == "" {
				c = c[:len(c)-1]
			}
			table = append(table, c)
		}
	}
	return FormatTable(table)
}

func sortedYears(cells data.Values) []string {
	var years []string
	for y := 1900; y < 2200; y++ {
		if s := strconv.Itoa(y); cells[s] != "" {
			years = append(years, s)
		}
	}
	return years
}

// Plan is the plan that a table of years holds, data.PlanCost or
// data.PlanFinancing.
func (f *Field) Plan() string {
	if f.RowsFrom == "funding.financingSources" {
		return data.PlanFinancing
	}
	return data.PlanCost
}

func plan(d *data.Draft, f *Field) *[]data.BudgetRow {
	if f.Plan() == data.PlanFinancing {
		return &d.Financing
	}
	return &d.Cost
}

// setFieldText replaces a field's content by text. A text that the field can't
// hold is refused with a sentence, and the draft is left as it was.
func setFieldText(d *data.Draft, call *Call, f *Field, text string) error {
	bad := func(format string, args ...any) error {
		return &data.Error{Code: "badField", Message: fmt.Sprintf(format, args...) + " Ingenting er endret."}
	}
	rows := func(columns int) [][]string { return ParseTable(text, columns) }
	date := func(s string) error {
		if _, err := time.Parse(time.DateOnly, s); s != "" && err != nil {
			return bad("«%s» er ikke en dato. Skriv den som 2021-05-17.", s)
		}
		return nil
	}
	switch f.Type {
	case TypeMoney:
		if _, err := lang.ParseMoney(text); err != nil {
			return bad("«%s» er ikke et beløp i hele kroner.", strings.TrimSpace(text))
		}
	case TypeSchedule:
		if from, to := ParsePeriod(text); text != "" && (from == "" || to == "") {
			return bad("«%s» er ikke en periode. Skriv den som 2020-11-01/2023-10-31.", strings.TrimSpace(text))
		}
	case TypeMultiChoice:
		for _, id := range ParseChoices(text) {
			if !hasOption(call, f, id) {
				return bad("«%s» er ikke et av valgene i «%s».", id, f.Label.In("nb"))
			}
		}
	case TypeFile, TypeFiles:
		return bad("«%s» tar filer, ikke tekst. Legg dem ved i vinduet.", f.Label.In("nb"))
	case TypeList:
		var goals []data.Goal
		for _, g := range d.Goals {
			if g.Field != f.ID {
				goals = append(goals, g)
			}
		}
		old := ownGoals(d.Goals, f.ID)
		for i, c := range rows(3) {
			g := data.Goal{Field: f.ID}
			if i < len(old) {
				g = old[i]
			}
			g.Position, g.Text, g.Measure, g.Due = int64(i), c[0], c[1], c[2]
			if err := date(g.Due); err != nil {
				return err
			}
			goals = append(goals, g)
		}
		d.Goals = goals
		return nil
	case TypePartners:
		var all []data.Partner
		for i, c := range rows(5) {
			p := at(d.Partners, i)
			p.Position, p.Name, p.OrgNumber, p.PartnerKind, p.Role, p.Contribution = int64(i), c[0], strings.ReplaceAll(c[1], " ", ""), c[2], c[3], c[4]
			all = append(all, p)
		}
		d.Partners = all
		return nil
	case TypeActivities:
		var all []data.Activity
		for i, c := range rows(6) {
			a := at(d.Activities, i)
			a.Position, a.Name, a.Responsible, a.Start, a.Finish, a.Goal, a.Result = int64(i), c[0], c[1], c[2], c[3], c[4], c[5]
			if err := date(a.Start); err != nil {
				return err
			}
			if err := date(a.Finish); err != nil {
				return err
			}
			all = append(all, a)
		}
		d.Activities = all
		return nil
	case TypeMilestones:
		var all []data.Milestone
		for i, c := range rows(2) {
			m := at(d.Milestones, i)
			m.Position, m.Name, m.Date = int64(i), c[0], c[1]
			if err := date(m.Date); err != nil {
				return err
			}
			all = append(all, m)
		}
		d.Milestones = all
		return nil
	case TypeYearTable:
		all, err := parsePlan(*plan(d, f), rows(2), bad)
		if err != nil {
			return err
		}
		*plan(d, f) = all
		return nil
	}
	if d.Application.Answers == nil {
		d.Application.Answers = data.Values{}
	}
	d.Application.Answers[f.ID] = text
	return nil
}

func hasOption(call *Call, f *Field, id string) bool {
	for _, o := range f.Options {
		if o == id {
			return true
		}
	}
	if len(f.Options) == 0 {
		for _, a := range call.TargetGroup.Alternatives {
			if a.ID == id {
				return true
			}
		}
	}
	return false
}

func ownGoals(goals []data.Goal, field string) []data.Goal {
	var own []data.Goal
	for _, g := range goals {
		if g.Field == field {
			own = append(own, g)
		}
	}
	return own
}

func at[T any](rows []T, i int) T {
	var zero T
	if i < len(rows) {
		return rows[i]
	}
	return zero
}

// parsePlan reads the rows of a plan: type, label, then year=amount cells, and
// for hours rate= and basis=. Rows keep their ids by place.
func parsePlan(old []data.BudgetRow, table [][]string, bad func(string, ...any) error) ([]data.BudgetRow, error) {
	var all []data.BudgetRow
	for i, cells := range table {
		r := at(old, i)
		r.Position, r.Type, r.Label, r.Cells = int64(i), cells[0], cells[1], data.Values{}
		r.Hourly, r.Rate, r.RateBasis = false, 0, ""
		for _, cell := range cells[2:] {
			if strings.TrimSpace(cell) == "" {
				continue
			}
			name, value, ok := strings.Cut(cell, "=")
			if name = strings.TrimSpace(name); !ok {
				return nil, bad("«%s» mangler år. Skriv for eksempel 2021=500000.", cell)
			}
			if name == "basis" {
				r.Hourly, r.RateBasis = true, value
				continue
			}
			n, err := lang.ParseMoney(value)
			if err != nil {
				return nil, bad("«%s» er ikke et beløp i hele kroner.", value)
			}
			if name == "rate" {
				r.Hourly, r.Rate = true, n
				continue
			}
			year, err := strconv.Atoi(name)
			if err != nil || year < 1900 || year >= 2200 {
				return nil, bad("«%s» er ikke et årstall.", name)
			}
			r.SetCell(year, n)
		}
		all = append(all, r)
	}
	return all, nil
}

// SetField stores a field's text as one step to undo.
func (s *Service) SetField(label, id, field, text string) error {
	d, call, err := s.Load(id)
	if err != nil {
		return err
	}
	f := call.Field(field)
	if f == nil {
		return data.NewError("unknownField", "Utlysningen har ikke noe felt som heter «{{.Field}}». Ingenting er endret.", nil, "Field", field)
	}
	if f.Prose() {
		return s.w.Update(label, func(tx *data.Tx) error {
			return tx.SetValue(&data.Application{Row: data.Row{ID: d.Application.ID}}, field, text)
		})
	}
	return s.Save(label, id, func(d *data.Draft) error { return setFieldText(d, call, f, text) })
}
