package grant

import (
	"slices"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// Severity of a finding.
type Severity string

// The severities, worst first. Fine is for what a rule looked at and accepted.
const (
	Stop Severity = "stop"
	Warn Severity = "warn"
	Info Severity = "info"
	Fine Severity = "fine"
)

// Finding is what a rule has to say about an application.
type Finding struct {
	Severity  Severity `json:"severity"`
	Rule      string   `json:"rule"`
	Field     string   `json:"field"` // the field it jumps to
	Message   string   `json:"message"`
	Remedy    string   `json:"remedy"`
	Reference string   `json:"reference"` // the sentence of the call, and where it was read
	// Row is the id of the row of the field that it is about, or "".
	Row string `json:"row,omitempty"`
	// Source is whose figures have changed; see ChangedFigures.
	Source string `json:"source,omitempty"`
}

// Report is the answer to "Kan jeg sende inn?".
type Report struct {
	CanSubmit bool      `json:"can_submit"`
	Findings  []Finding `json:"findings"`
	// Passed are the rules that found nothing to mend.
	Passed []Finding `json:"-"`
}

// Count is the number of findings of a severity.
func (r *Report) Count(s Severity) int {
	n := 0
	for _, f := range r.Findings {
		if f.Severity == s {
			n++
		}
	}
	return n
}

// Of are the findings of a field.
func (r *Report) Of(field string) []Finding {
	var all []Finding
	for _, f := range r.Findings {
		if f.Field == field {
			all = append(all, f)
		}
	}
	return all
}

// Input is everything that the rules read.
type Input struct {
	Call   *Call
	Draft  *data.Draft
	Others []Commitment
	Places *reference.Tables
	// Businesses counts the register's businesses by municipality number.
	Businesses map[string]int
	// Agreements belong to the application.
	Agreements []data.Signed
	// Figures are the fields with a text whose figures have changed.
	Figures []ChangedFigures
	Words   *lang.Printer
	// SubmissionDate is YYYY-MM-DD, or "" while drafting.
	SubmissionDate string
	// Unsupported gives the characters of a text that the PDF can't show; nil
	// skips the rule.
	Unsupported func(text string) []string
}

// Check runs the call's rules. It reads nothing but its input.
func Check(in Input) Report {
	c := &checker{Input: in, budget: ComputeBudget(in.Call, in.Draft, in.Others, in.Words.Code())}
	report := Report{Findings: []Finding{}}
	kinds := ruleKinds()
	for i := range in.Call.Rules {
		c.rule, c.found = &in.Call.Rules[i], nil
		kinds[c.rule.Kind].check(c)
		if len(c.found) == 0 {
			report.Passed = append(report.Passed, c.passed())
		}
		report.Findings = append(report.Findings, c.found...)
	}
	report.Findings = append(report.Findings, badCells(&in)...)
	report.Findings = append(report.Findings, changedFigures(&in)...)
	report.Findings = append(report.Findings, oddFiles(&in)...)
	order := map[Severity]int{Stop: 0, Warn: 1, Info: 2}
	slices.SortStableFunc(report.Findings, func(a, b Finding) int { return order[a.Severity] - order[b.Severity] })
	report.CanSubmit = report.Count(Stop) == 0
	return report
}

type checker struct {
	Input
	budget Budget
	rule   *Rule
	found  []Finding
}

func (c *checker) severity() Severity { return severityOf(c.rule.Severity) }

func severityOf(name string) Severity {
	switch name {
	case "error":
		return Stop
	case "warning":
		return Warn
	}
	return Info
}

// add notes a finding in the rule's own words, with the values that its text
// names.
func (c *checker) add(pairs ...any) { c.addTo(c.rule.Field, c.severity(), "", pairs...) }

// addRow notes a finding on a row of the rule's field.
func (c *checker) addRow(id string, pairs ...any) {
	c.add(pairs...)
	c.found[len(c.found)-1].Row = id
}

// addTo notes a finding on a field. variant picks other words of the same rule
// from the program's own texts: "rule.<kind>.<variant>".
func (c *checker) addTo(field string, severity Severity, variant string, pairs ...any) {
	f := Finding{Severity: severity, Rule: c.rule.ID, Field: field, Reference: c.reference()}
	language := c.Words.Code()
	key := "rule." + c.rule.Kind
	if variant == "" {
		f.Message = c.words(c.rule.Message.In(language), key+".message", pairs)
		f.Remedy = c.words(c.rule.Remedy.In(language), key+".remedy", pairs)
	} else {
		f.Message = c.Words.T(key+"."+variant, pairs...)
		f.Remedy = c.words(c.rule.Remedy.In(language), key+".remedy", pairs)
	}
	c.found = append(c.found, f)
}

// words fills in the call's own text, or the program's when the call has none.
func (c *checker) words(own, key string, pairs []any) string {
	if own != "" {
		if s, err := lang.Fill(own, pairs...); err == nil {
			return s
		}
	}
	return c.Words.T(key, pairs...)
}

func (c *checker) reference() string {
	text := c.rule.SourceText.In(c.Words.Code())
	where := c.Call.Reference(c.rule.Source)
	switch {
	case c.rule.Source == "inferred" || c.rule.Inferred && c.rule.Source == "":
		where = c.Words.T("rule.inferred")
	case c.rule.Source == "" || c.rule.Source == "not-found" || c.rule.Source == "n/a":
		where = ""
	}
	switch {
	case text == "":
		return where
	case where == "":
		return text
	}
	return text + " (" + where + ")"
}

func (c *checker) passed() Finding {
	return Finding{Severity: Fine, Rule: c.rule.ID, Field: c.rule.Field,
		Message: c.Words.T("rule." + c.rule.Kind + ".fine"), Reference: c.reference()}
}

// label is a field's name in the report's language.
func (c *checker) label(field string) string {
	if f := c.Call.Field(field); f != nil {
		return f.Label.In(c.Words.Code())
	}
	return field
}

func (c *checker) answer(field string) string { return c.Draft.Application.Answers[field] }
func (c *checker) money(n int64) string       { return c.Words.Money(n) }
