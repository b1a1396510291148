package grant

import (
	"encoding/json"
	"slices"
)

// Text is a text of a call in the languages that it has.
type Text struct {
	NB string `json:"nb"`
	NN string `json:"nn"`
	EN string `json:"en"`
}

// In is the text in a language, or in bokmål where the call lacks it.
func (t Text) In(language string) string {
	switch {
	case language == "nn" && t.NN != "":
		return t.NN
	case language == "en" && t.EN != "":
		return t.EN
	case t.NB != "":
		return t.NB
	case t.NN != "":
		return t.NN
	}
	return t.EN
}

// Call is an announcement of grants.
type Call struct {
	SchemaVersion int    `json:"schemaVersion"`
	ID            string `json:"id"`
	Title         Text   `json:"title"`
	Owner         struct {
		Name string `json:"name"`
	} `json:"owner"`
	Manager struct {
		Name string `json:"name"`
	} `json:"manager"`
	Portal             Portal             `json:"portal"`
	Dates              Dates              `json:"dates"`
	EligibleApplicants EligibleApplicants `json:"eligibleApplicants"`
	Period             struct {
		Years int `json:"years"`
	} `json:"period"`
	Funding     Funding           `json:"funding"`
	Objective   Text              `json:"objective"`
	TargetGroup TargetAlternative `json:"targetGroup"`
	// PartnersExpected are the kinds of partners that the call names.
	PartnersExpected struct {
		Value  []string `json:"value"`
		Source string   `json:"source"`
	} `json:"partnersExpected"`
	Form struct {
		Sections []Section `json:"sections"`
	} `json:"form"`
	Rules   []Rule            `json:"validationRules"`
	Sources map[string]string `json:"sources"`

	fields map[string]*Field
}

// Portal is where the application is handed in.
type Portal struct {
	Name     string   `json:"name"`
	System   string   `json:"system"`
	URL      string   `json:"url"`
	Counting Counting `json:"counting"`
}

// Counting is how the portal counts characters.
type Counting struct {
	// Unit is "utf16" (a web form's own way) or "character".
	Unit string `json:"unit"`
	// LineBreak is how many a line break counts.
	LineBreak int    `json:"lineBreak"`
	Source    string `json:"source"`
}

// Dates of the call.
type Dates struct {
	Deadline struct {
		Value  string `json:"value"` // YYYY-MM-DD
		Source string `json:"source"`
	} `json:"deadline"`
}

// EligibleApplicants says who may apply.
type EligibleApplicants struct {
	Rule     Text        `json:"rule"`
	Counties []CountyRef `json:"counties2020"`
	Excluded []CountyRef `json:"excluded"`
	Source   string      `json:"source"`
}

// CountyRef names a county by number.
type CountyRef struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

// Funding is the money side of the call. Amounts are whole kroner.
type Funding struct {
	YearlyCeilings []Ceiling `json:"yearlyCeilingPerApplicant"`
	PeriodCeiling  struct {
		Amount int64  `json:"amount"`
		Source string `json:"source"`
	} `json:"periodCeilingPerApplicant"`
	MaxShare struct {
		Numerator   int64  `json:"numerator"`
		Denominator int64  `json:"denominator"`
		Source      string `json:"source"`
	} `json:"maxGrantShare"`
	BudgetYears []int     `json:"budgetYears"`
	CostTypes   []RowType `json:"eligibleCostTypes"`
	Ineligible  []RowType `json:"ineligibleCostTypes"`
	Sources     []RowType `json:"financingSources"`
}

// Ceiling is the most that one applicant may get in a year.
type Ceiling struct {
	Year   int   `json:"year"`
	Amount int64 `json:"amount"`
	// Firm is false for an amount that the call only plans.
	Firm   bool   `json:"firm"`
	Source string `json:"source"`
}

// RowType is a cost type or a financing source.
type RowType struct {
	ID     string `json:"id"`
	Label  Text   `json:"label"`
	Source string `json:"source"`
}

// GrantSource is the id of the financing source that is the grant itself.
const GrantSource = "grant"

// OwnEffort is the id of the cost type that is hours times a rate.
const OwnEffort = "ownEffort"

// TargetAlternative lists the alternatives of the target group.
type TargetAlternative struct {
	Description Text `json:"description"`
	Centrality  struct {
		Classification string `json:"classification"`
		Levels         []int  `json:"levels"`
	} `json:"centrality"`
	Alternatives []Alternative `json:"alternatives"`
}

// RuralLevels are the classes of centrality that the call asks for, 5 and 6 when
// it names none (domain.md, 1.4).
func (c *Call) RuralLevels() []int {
	if levels := c.TargetGroup.Centrality.Levels; len(levels) > 0 {
		return slices.Clone(levels)
	}
	return []int{5, 6}
}

// Alternative is one way to fit the target group.
type Alternative struct {
	ID    string `json:"id"`
	Label Text   `json:"label"`
	// Needs is what shows whether an application fits: see the constants.
	Needs  []string `json:"needs"`
	Source string   `json:"source"`
}

// What an alternative of the target group is shown by.
const (
	NeedsMunicipalities = "municipalities"
	NeedsBusinesses     = "businesses"
	NeedsJustification  = "justification"
)

// Section is a tab of the portal's form.
type Section struct {
	ID             string  `json:"id"`
	Tab            int     `json:"tab"`
	Label          Text    `json:"label"`
	Fields         []Field `json:"fields"`
	MaxAttachments *struct {
		Value int `json:"value"`
	} `json:"maxNamedAttachments"`
}

// Field types.
const (
	TypeText           = "text"
	TypeMultiline      = "multiline"
	TypeMoney          = "money"
	TypeOrganisation   = "organisation"
	TypeContact        = "contact"
	TypeBankAccount    = "bankAccount"
	TypeTable          = "table"
	TypeList           = "list"
	TypeMultiChoice    = "multichoice"
	TypePartners       = "partnerList"
	TypeActivities     = "activities"
	TypeMilestones     = "milestones"
	TypeSchedule       = "schedule"
	TypeYearTable      = "yearTable"
	TypeMunicipalities = "municipalityList"
	TypeFile           = "file"
	TypeFiles          = "files"
)

// fieldTypes are the types that a call may use.
func fieldTypes() []string {
	return []string{TypeText, TypeMultiline, TypeMoney, TypeOrganisation, TypeContact, TypeBankAccount, TypeTable, TypeList,
		TypeMultiChoice, TypePartners, TypeActivities, TypeMilestones, TypeSchedule, TypeYearTable, TypeMunicipalities, TypeFile, TypeFiles}
}

// Field is one field of the form.
type Field struct {
	ID             string `json:"id"`
	Label          Text   `json:"label"`
	Type           string `json:"type"`
	Required       bool   `json:"required"`
	RequiredSource string `json:"requiredSource"`
	// RequiredSeverity is "error" where a page states that the field is required.
	RequiredSeverity string `json:"requiredSeverity"`
	// MaxLength is the portal's hard limit, 0 when nobody knows it.
	MaxLength       int    `json:"maxLength"`
	MaxLengthSource string `json:"maxLengthSource"`
	// SuggestedMaxLength is our advice where the limit is unknown.
	SuggestedMaxLength int      `json:"suggestedMaxLength"`
	Help               Text     `json:"help"`
	Source             string   `json:"source"`
	Columns            []Column `json:"columns"`
	ColumnLabels       []Text   `json:"columnLabels"`
	ColumnTypes        []string `json:"columnTypes"`
	Options            []string `json:"options"`
	RowsFrom           string   `json:"rowsFrom"`

	Section string `json:"-"`
}

// Column is a column of a table field.
type Column struct {
	ID    string `json:"id"`
	Label Text   `json:"label"`
	Type  string `json:"type"` // "text", "money" or "date"
}

// IsAmount tells of a column of kroner. The first call files give its name only.
func (c Column) IsAmount() bool { return c.Type == TypeMoney || c.ID == "amount" }

// UnmarshalJSON also takes a plain id, the form of the first call files.
func (c *Column) UnmarshalJSON(raw []byte) error {
	if len(raw) > 0 && raw[0] == '"' {
		if err := json.Unmarshal(raw, &c.ID); err != nil {
			return err
		}
		c.Label, c.Type = Text{NB: c.ID}, TypeText
		return nil
	}
	type plain Column
	return json.Unmarshal(raw, (*plain)(c))
}

// Prose tells whether the field holds running text.
func (f *Field) Prose() bool { return f.Type == TypeText || f.Type == TypeMultiline }

// Rule is a rule of the call. What its kind does is in rules.go.
type Rule struct {
	ID         string         `json:"id"`
	Kind       string         `json:"kind"`
	Field      string         `json:"field"`
	Params     map[string]any `json:"params"`
	Severity   string         `json:"severity"` // "error", "warning" or "info"
	Source     string         `json:"source"`
	SourceText Text           `json:"sourceText"`
	Inferred   bool           `json:"inferred"`
	Message    Text           `json:"message"`
	Remedy     Text           `json:"remedy"`

	implied bool // Field is what the kind goes by, not what the file says
}

// param is a whole number among the rule's parameters.
func (r *Rule) param(name string, otherwise int) int {
	if n, ok := r.Params[name].(float64); ok {
		return int(n)
	}
	return otherwise
}

// paramText is a text among the rule's parameters.
func (r *Rule) paramText(name, otherwise string) string {
	if s, ok := r.Params[name].(string); ok {
		return s
	}
	return otherwise
}

// paramList is a list of texts among the rule's parameters.
func (r *Rule) paramList(name string) []string {
	var all []string
	list, _ := r.Params[name].([]any)
	for _, v := range list {
		if s, ok := v.(string); ok {
			all = append(all, s)
		}
	}
	return all
}

// Field finds a field by id; nil when the call has none.
func (c *Call) Field(id string) *Field { return c.fields[id] }

// FieldsOf are the fields of a type, in the form's order.
func (c *Call) FieldsOf(types ...string) []*Field {
	var all []*Field
	for i := range c.Form.Sections {
		for j := range c.Form.Sections[i].Fields {
			f := &c.Form.Sections[i].Fields[j]
			for _, t := range types {
				if f.Type == t {
					all = append(all, f)
				}
			}
		}
	}
	return all
}

// Years are the budget's years, in order.
func (c *Call) Years() []int {
	if len(c.Funding.BudgetYears) > 0 {
		return c.Funding.BudgetYears
	}
	var years []int
	for _, y := range c.Funding.YearlyCeilings {
		years = append(years, y.Year)
	}
	return years
}

// CeilingOf is the ceiling of a year.
func (c *Call) CeilingOf(year int) (Ceiling, bool) {
	for _, y := range c.Funding.YearlyCeilings {
		if y.Year == year {
			return y, true
		}
	}
	return Ceiling{}, false
}

// CostType and FinancingSource find a row type by id.
func (c *Call) CostType(id string) (RowType, bool) { return findRow(c.Funding.CostTypes, id) }

// FinancingSource finds a source of money by id.
func (c *Call) FinancingSource(id string) (RowType, bool) { return findRow(c.Funding.Sources, id) }

func findRow(rows []RowType, id string) (RowType, bool) {
	for _, r := range rows {
		if r.ID == id {
			return r, true
		}
	}
	return RowType{}, false
}

// MaxAttachments is how many attachments the portal takes, 0 for no known limit.
func (c *Call) MaxAttachments() int {
	for _, s := range c.Form.Sections {
		if s.MaxAttachments != nil {
			return s.MaxAttachments.Value
		}
	}
	return 0
}

// Reference is where a source tag was read: an address, or the tag itself.
func (c *Call) Reference(tag string) string {
	if address := c.Sources[tag]; address != "" {
		return address
	}
	return tag
}
