package grant

import (
	"slices"
	"strconv"
	"strings"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// ruleKind is what a rule of a kind does. field is where its findings lead when
// the call names none; "" leads to the field that each finding is about.
type ruleKind struct {
	field string
	check func(*checker)
}

// ruleKinds are all the kinds that a call may use.
func ruleKinds() map[string]ruleKind {
	return map[string]ruleKind{
		"required":              {"", (*checker).required},
		"maxLength":             {"", (*checker).maxLength},
		"suggestedLength":       {"", (*checker).suggestedLength},
		"share":                 {"financingPlan", (*checker).share},
		"yearCeiling":           {"financingPlan", (*checker).yearCeiling},
		"periodCeiling":         {"financingPlan", (*checker).periodCeiling},
		"balance":               {"financingPlan", (*checker).balance},
		"amountMatches":         {"amountRequested", (*checker).amountMatches},
		"minChoices":            {"targetAlternative", (*checker).minChoices},
		"eligibleApplicant":     {"projectOwner", (*checker).eligibleApplicant},
		"deadline":              {"title", (*checker).deadline},
		"period":                {"schedule", (*checker).period},
		"centralityShare":       {"municipalities", (*checker).centralityShare},
		"confirmedFinancing":    {"financingPlan", (*checker).confirmedFinancing},
		"hourlyRate":            {"costPlan", (*checker).hourlyRate},
		"attachmentCount":       {"", (*checker).attachmentCount},
		"mandatoryAttachment":   {"", (*checker).mandatoryAttachment},
		"organisationNumber":    {"partners", (*checker).organisationNumber},
		"activityPeriod":        {"activities", (*checker).activityPeriod},
		"activityOrder":         {"activities", (*checker).activityOrder},
		"goalsVerifiable":       {"mainGoals", (*checker).goalsVerifiable},
		"justification":         {"targetJustification", (*checker).justification},
		"unsupportedCharacters": {"", (*checker).unsupportedCharacters},
		"attachmentReference":   {"", (*checker).attachmentReference},
		"ineligibleCost":        {"costPlan", (*checker).ineligibleCost},
		"agreementSigned":       {"partners", (*checker).agreementSigned},
	}
}

// kindByID lets a call of the first form, which names its rules but not their
// kinds, be read.
var kindByID = map[string]string{
	"maxShare": "share", "yearCeiling": "yearCeiling", "periodCeiling": "periodCeiling", "planBalance": "balance",
	"amountMatchesPlan": "amountMatches", "shortDescriptionLength": "maxLength", "threeYears": "period",
	"targetAlternativeChosen": "minChoices", "applicantIsCounty": "eligibleApplicant", "beforeDeadline": "deadline",
	"centralityShare": "centralityShare",
}

// each calls f for every field of the form.
func (c *checker) each(f func(*Field)) {
	for i := range c.Call.Form.Sections {
		for j := range c.Call.Form.Sections[i].Fields {
			f(&c.Call.Form.Sections[i].Fields[j])
		}
	}
}

// required: a field that nobody has filled in. A required mark that no page
// states is advice (domain.md: inferred may not stop).
func (c *checker) required() {
	c.each(func(f *Field) {
		if f.Required && !Filled(c.Draft, f) {
			severity := c.severity()
			switch {
			case f.RequiredSeverity != "":
				severity = severityOf(f.RequiredSeverity)
			case f.RequiredSource == "inferred" && severity == Stop:
				severity = Warn
			}
			c.addTo(f.ID, severity, "", "Label", c.label(f.ID))
		}
	})
}

// Filled tells whether a field has content, whatever its type.
func Filled(d *data.Draft, f *Field) bool {
	answer := d.Application.Answers[f.ID]
	switch f.Type {
	case TypeOrganisation:
		return ParseOrganisation(answer).Name != ""
	case TypeContact:
		return ParseContact(answer).Name != ""
	case TypeList:
		return slices.ContainsFunc(d.Goals, func(g data.Goal) bool { return g.Field == f.ID && !Blank(g.Text) })
	case TypePartners:
		return len(d.Partners) > 0
	case TypeActivities:
		return len(d.Activities) > 0
	case TypeMilestones:
		return len(d.Milestones) > 0
	case TypeSchedule:
		from, to := ParsePeriod(answer)
		return from != "" && to != ""
	case TypeYearTable:
		return slices.ContainsFunc(*plan(d, f), func(r data.BudgetRow) bool { return len(r.Cells) > 0 })
	case TypeFile, TypeFiles:
		return slices.ContainsFunc(d.Attachments, func(a data.Attachment) bool { return a.Field == f.ID })
	}
	return !Blank(answer)
}

func (c *checker) maxLength() {
	c.lengths(func(f *Field) int { return f.MaxLength })
}

func (c *checker) suggestedLength() {
	c.lengths(func(f *Field) int {
		if f.MaxLength > 0 {
			return 0
		}
		return f.SuggestedMaxLength
	})
}

func (c *checker) lengths(limit func(*Field) int) {
	c.each(func(f *Field) {
		most := limit(f)
		if most == 0 || !f.Prose() || c.rule.Field != "" && c.rule.Field != f.ID {
			return
		}
		if n := c.Call.Portal.Counting.Count(c.answer(f.ID)); n > most {
			c.addTo(f.ID, c.severity(), "", "Label", c.label(f.ID), "Length", c.Words.Number(int64(n)),
				"Max", c.Words.Number(int64(most)), "Over", c.Words.Number(int64(n-most)))
		}
	})
}

func (c *checker) share() {
	b, s := c.budget, c.Call.Funding.MaxShare
	if s.Denominator == 0 || b.Grant*s.Denominator <= b.TotalCost*s.Numerator {
		return
	}
	pairs := []any{"Grant", c.money(b.Grant), "Cost", c.money(b.TotalCost), "Percent", c.Words.Percent(b.Grant, b.TotalCost, 2),
		"Over", c.money(b.OverShareBy), "Max", c.money(b.MaxGrant), "Limit", c.Words.Percent(s.Numerator, s.Denominator, 0)}
	if b.TotalCost <= 0 {
		c.addTo(c.rule.Field, c.severity(), "noCost", pairs...)
		return
	}
	c.add(pairs...)
}

func (c *checker) yearCeiling() {
	for _, o := range c.budget.Over {
		if o.Year == 0 {
			continue
		}
		severity := c.severity()
		if !o.Firm {
			severity = severityOf(c.rule.paramText("plannedSeverity", "warning"))
		}
		c.addTo(c.rule.Field, severity, "", "Year", strconv.Itoa(o.Year), "Ceiling", c.money(o.Ceiling), "Sum", c.money(o.Sum), "Over", c.money(o.By))
	}
}

func (c *checker) periodCeiling() {
	for _, o := range c.budget.Over {
		if o.Year == 0 {
			c.add("Ceiling", c.money(o.Ceiling), "Sum", c.money(o.Sum), "Over", c.money(o.By))
		}
	}
}

func (c *checker) balance() {
	b := c.budget
	for i, year := range b.Years {
		if diff := b.FinancingByYear[i] - b.CostByYear[i]; diff != 0 {
			c.add("Year", strconv.Itoa(year), "Cost", c.money(b.CostByYear[i]), "Financing", c.money(b.FinancingByYear[i]), "Diff", c.money(abs(diff)))
		}
	}
}

func abs(n int64) int64 { return max(n, -n) }

func (c *checker) amountMatches() {
	answer := c.answer(c.rule.Field)
	if Blank(answer) {
		return
	}
	amount, err := lang.ParseMoney(answer)
	if err != nil {
		// Advice when two amounts differ; but without an amount nothing is applied for.
		c.addTo(c.rule.Field, Stop, "unreadable", "Text", answer)
		c.found[len(c.found)-1].Remedy = c.Words.T("rule.amountMatches.unreadable.remedy")
		return
	}
	if amount != c.budget.Grant {
		c.add("Amount", c.money(amount), "Grant", c.money(c.budget.Grant))
	}
}

func (c *checker) minChoices() {
	if least := c.rule.param("min", 1); len(ParseChoices(c.answer(c.rule.Field))) < least {
		c.add("Label", c.label(c.rule.Field), "Min", least)
	}
}

func (c *checker) eligibleApplicant() {
	county := c.Draft.Application.County
	if county == "" {
		return
	}
	for _, ex := range c.Call.EligibleApplicants.Excluded {
		if ex.Code == county {
			c.add("County", ex.Name)
			return
		}
	}
	if owner := ParseOrganisation(c.answer("projectOwner")); owner.OrgNumber != "" && reference.ValidOrgNumber(owner.OrgNumber) && c.Places != nil && !c.isCounty(owner.OrgNumber) {
		c.addTo(c.rule.Field, Warn, "notCounty", "County", owner.Name)
	}
}

func (c *checker) isCounty(orgNumber string) bool {
	for _, structure := range []string{"2020", "2024"} {
		for _, county := range c.Places.Counties(structure) {
			if county.OrgNumber == orgNumber {
				return true
			}
		}
	}
	return false
}

// deadline tells of a submission after the deadline, as gravely as the call says;
// a draft is only told. The portal decides what it takes: what it took is noted.
func (c *checker) deadline() {
	deadline := c.Call.Dates.Deadline.Value
	if deadline == "" {
		return
	}
	date, severity := c.SubmissionDate, c.severity()
	if date == "" {
		date, severity = data.Today(), severityOf(c.rule.paramText("draftSeverity", "info"))
	}
	if date > deadline {
		c.addTo(c.rule.Field, severity, "", "Date", c.Words.DateShort(date), "Deadline", c.Words.DateLong(deadline))
	}
}

func (c *checker) period() {
	from, to := ParsePeriod(c.answer(c.rule.Field))
	if from == "" || to == "" {
		return
	}
	years := c.rule.param("years", c.Call.Period.Years)
	if to < from {
		c.addTo(c.rule.Field, c.severity(), "backwards", "From", c.Words.DateShort(from), "To", c.Words.DateShort(to))
		return
	}
	if to < addYears(from, years) {
		c.add("Years", years, "From", c.Words.DateShort(from), "To", c.Words.DateShort(to))
	}
}

// centralityShare shows the share and warns. What "overvekt" means is not
// defined by the call, so it never stops.
func (c *checker) centralityShare() {
	if c.Places == nil {
		return
	}
	chosen := ParseChoices(c.answer("targetAlternative"))
	target := ComputeTarget(c.Call, c.Places, c.answer("municipalities"), c.Businesses)
	numerator, denominator := int64(c.rule.param("numerator", 50)), int64(c.rule.param("denominator", 100))
	for _, alternative := range chosen {
		var part, whole int64
		switch alternative {
		case "a":
			part, whole = int64(target.Rural), int64(len(target.Municipalities))
		case "b":
			part, whole = int64(target.RuralBusinesses), int64(target.Businesses)
		default:
			continue
		}
		if whole > 0 && part*denominator < whole*numerator {
			c.addTo(c.rule.Field, Warn, "", "Alternative", alternative, "Count", part, "Total", whole,
				"Percent", c.Words.Percent(part, whole, 0), "Year", target.Vintage)
		}
	}
	for _, number := range target.Unknown {
		c.addTo(c.rule.Field, Warn, "unknown", "Number", number)
	}
	if outside := target.Outside(c.Places, c.Draft.Application.County); len(outside) > 0 {
		var names []string
		for _, m := range outside {
			names = append(names, m.UniqueName)
		}
		c.found = append(c.found, Finding{Severity: Warn, Rule: c.rule.ID, Field: c.rule.Field,
			Message: c.Words.N("rule.centralityShare.outside", len(names), "Names", strings.Join(names, ", ")),
			Remedy:  c.Words.N("rule.centralityShare.outsideRemedy", len(names))})
	}
}

func (c *checker) confirmedFinancing() {
	if c.budget.Unconfirmed == 0 {
		return
	}
	var rows []string
	for _, line := range c.budget.Financing {
		if !line.Confirmed && line.Row.Type != GrantSource && line.Sum != 0 {
			rows = append(rows, line.Label)
		}
	}
	c.add("Unconfirmed", c.money(c.budget.Unconfirmed), "Rows", strings.Join(rows, ", "))
}

func (c *checker) hourlyRate() {
	var rows []string
	for _, line := range c.budget.Cost {
		if line.Row.Hourly && len(line.Row.Cells) > 0 && (line.Row.Rate <= 0 || Blank(line.Row.RateBasis)) {
			rows = append(rows, line.Label)
		}
	}
	if len(rows) > 0 {
		c.add("Rows", strings.Join(rows, ", "))
	}
}

func (c *checker) attachmentCount() {
	most := c.rule.param("max", c.Call.MaxAttachments())
	if n := len(c.Draft.Attachments); most > 0 && n > most {
		c.addTo(c.attachmentField(), c.severity(), "", "Count", n, "Max", most)
	}
}

func (c *checker) attachmentField() string {
	if c.rule.Field != "" {
		return c.rule.Field
	}
	if all := c.Call.FieldsOf(TypeFile, TypeFiles); len(all) > 0 {
		return all[0].ID
	}
	return ""
}

func (c *checker) mandatoryAttachment() {
	for _, f := range c.Call.FieldsOf(TypeFile, TypeFiles) {
		if f.Required && !Filled(c.Draft, f) {
			c.addTo(f.ID, c.severity(), "", "Label", c.label(f.ID))
		}
	}
}

func (c *checker) organisationNumber() {
	for _, f := range c.Call.FieldsOf(TypeOrganisation) {
		if o := ParseOrganisation(c.answer(f.ID)); o.OrgNumber != "" && !reference.ValidOrgNumber(o.OrgNumber) {
			c.addTo(f.ID, c.severity(), "", "Name", o.Name, "Number", o.OrgNumber)
		}
	}
	for _, p := range c.Draft.Partners {
		if p.OrgNumber != "" && !reference.ValidOrgNumber(p.OrgNumber) {
			c.addRow(p.ID, "Name", p.Name, "Number", p.OrgNumber)
		}
	}
}

func (c *checker) activityPeriod() {
	from, to := ParsePeriod(c.answer("schedule"))
	if from == "" || to == "" {
		return
	}
	for _, a := range c.Draft.Activities {
		if a.Start != "" && (a.Start < from || a.Start > to) || a.Finish != "" && (a.Finish > to || a.Finish < from) {
			c.addRow(a.ID, "Activity", a.Name, "From", c.Words.DateShort(from), "To", c.Words.DateShort(to))
		}
	}
}

func (c *checker) activityOrder() {
	for _, a := range c.Draft.Activities {
		if a.Start != "" && a.Finish != "" && a.Finish < a.Start {
			c.addRow(a.ID, "Activity", a.Name, "From", c.Words.DateShort(a.Start), "To", c.Words.DateShort(a.Finish))
		}
	}
}

func (c *checker) goalsVerifiable() {
	vague := 0
	for _, g := range c.Draft.Goals {
		if g.Field == c.rule.Field && !Blank(g.Text) && Blank(g.Measure) {
			vague++
		}
	}
	if vague > 0 {
		c.add("Count", vague)
	}
}

func (c *checker) justification() {
	need := c.rule.paramList("alternatives")
	if len(need) == 0 {
		need = []string{"c"}
	}
	for _, chosen := range ParseChoices(c.answer("targetAlternative")) {
		if slices.Contains(need, chosen) && Blank(c.answer(c.rule.Field)) {
			c.add("Label", c.label(c.rule.Field), "Alternative", chosen)
		}
	}
}

func (c *checker) unsupportedCharacters() {
	if c.Unsupported == nil {
		return
	}
	c.each(func(f *Field) {
		if f.Prose() {
			if bad := c.Unsupported(c.answer(f.ID)); len(bad) > 0 {
				c.addTo(f.ID, c.severity(), "", "Label", c.label(f.ID), "Characters", strings.Join(bad, " "))
			}
		}
	})
}

// attachmentReference: a county returned applications that only pointed to an
// attachment (domain.md 2.3, S52).
func (c *checker) attachmentReference() {
	phrases := c.rule.paramList("phrases")
	if len(phrases) == 0 {
		phrases = []string{"se vedlegg", "sjå vedlegg"}
	}
	longest := c.rule.param("maxLength", 60)
	c.each(func(f *Field) {
		text := strings.ToLower(strings.TrimSpace(c.answer(f.ID)))
		if f.Prose() && len([]rune(text)) <= longest && slices.ContainsFunc(phrases, func(p string) bool { return strings.Contains(text, p) }) {
			c.addTo(f.ID, c.severity(), "", "Label", c.label(f.ID))
		}
	})
}

// ineligibleCost: a row that names what sibling calls do not pay for. words is
// the call's list of words by type.
func (c *checker) ineligibleCost() {
	words, _ := c.rule.Params["words"].(map[string]any)
	for _, line := range c.budget.Cost {
		label := strings.ToLower(line.Label)
		for _, t := range c.Call.Funding.Ineligible {
			hit := line.Row.Type == t.ID
			list, _ := words[t.ID].([]any)
			for _, w := range list {
				word, _ := w.(string)
				hit = hit || word != "" && strings.Contains(label, word)
			}
			if hit {
				c.add("Row", line.Label, "Type", t.Label.In(c.Words.Code()))
			}
		}
	}
}
