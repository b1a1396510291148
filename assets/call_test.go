package assets_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"text/template"
)

type words struct{ NB, NN, EN string }

func (w words) all() []string { return []string{w.NB, w.NN, w.EN} }

type choice struct {
	ID    string
	Label words
}

type callFile struct {
	ID               string
	Title            words
	PartnersExpected struct{ Value []string }
	Portal           struct {
		Counting struct {
			Unit      string
			LineBreak int
		}
	}
	Funding struct {
		BudgetYears               []int
		YearlyCeilingPerApplicant []struct {
			Year   int
			Amount int64
			Firm   *bool
		}
		MaxGrantShare                       struct{ Numerator, Denominator int }
		EligibleCostTypes, FinancingSources []choice
		IneligibleCostTypes                 []choice
		PeriodCeilingPerApplicant           struct{ Amount int64 }
	}
	TargetGroup struct{ Alternatives []choice }
	Form        struct {
		Sections []struct {
			ID          string
			Label, Help words
			Fields      []struct {
				ID, Type, Source, RequiredSource, RequiredSeverity string
				Label, Help                                        words
				Required                                           bool
				MaxLength, SuggestedMaxLength                      int
				Columns                                            []string
				ColumnLabels                                       []words
				Options                                            []string
			}
		}
	}
	ValidationRules []struct {
		ID, Kind, Field, Severity, Source string
		Inferred                          bool
		Params                            map[string]any
		SourceText, Message, Remedy       words
	}
	Sources map[string]string
}

func readCall(t *testing.T) callFile {
	return readJSON[callFile](t, "calls/kompetansepiloter-2020.json")
}

// placeholders of the rule kinds; the schema documents the same.
func placeholders() map[string]string {
	return map[string]string{
		"required": "Label", "maxLength": "Label Length Max Over", "suggestedLength": "Label Length Max Over",
		"share": "Grant Cost Percent Over Limit Max", "yearCeiling": "Year Ceiling Sum Over", "periodCeiling": "Ceiling Sum Over",
		"balance": "Year Cost Financing Diff", "amountMatches": "Amount Grant", "minChoices": "Label Min", "eligibleApplicant": "County",
		"deadline": "Date Deadline", "period": "Years From To", "centralityShare": "Alternative Count Total Percent Year",
		"confirmedFinancing": "Unconfirmed Rows", "hourlyRate": "Rows", "ineligibleCost": "Row Type", "attachmentCount": "Count Max",
		"mandatoryAttachment": "Label", "organisationNumber": "Number Name", "agreementSigned": "Agreement Who", "activityPeriod": "Activity From To", "activityOrder": "Activity",
		"goalsVerifiable": "Count", "justification": "Alternative Label", "attachmentReference": "Label", "unsupportedCharacters": "Label Characters",
	}
}

func TestRulesSpeakThreeLanguages(t *testing.T) {
	call := readCall(t)
	known := placeholders()
	for _, r := range call.ValidationRules {
		values := map[string]string{}
		for _, name := range strings.Fields(known[r.Kind]) {
			values[name] = "x"
		}
		if len(values) == 0 {
			t.Errorf("%s has the unknown kind %q", r.ID, r.Kind)
		}
		for _, w := range []words{r.SourceText, r.Message, r.Remedy} {
			for _, text := range w.all() {
				tmpl, err := template.New(r.ID).Option("missingkey=error").Parse(text)
				if err != nil || text == "" {
					t.Errorf("%s: %q: %v", r.ID, text, err)
					continue
				}
				if err := tmpl.Execute(&strings.Builder{}, values); err != nil {
					t.Errorf("%s: %q: %v", r.ID, text, err)
				}
			}
			if w.NB == w.EN || w.NN == w.EN {
				t.Errorf("%s: %q is not translated", r.ID, w.EN)
			}
		}
	}
	kinds := map[string]bool{}
	for _, r := range call.ValidationRules {
		kinds[r.Kind] = true
	}
	for kind := range known {
		if !kinds[kind] {
			t.Errorf("no rule of the kind %s", kind)
		}
	}
}

// A rule that nobody has read in the call warns; it never stops.
func TestWhatIsInferredNeverStops(t *testing.T) {
	call := readCall(t)
	fields, ids := map[string]bool{"": true}, map[string]bool{}
	for _, s := range call.Form.Sections {
		for _, f := range s.Fields {
			if fields[f.ID] {
				t.Errorf("two fields %q", f.ID)
			}
			fields[f.ID] = true
			want := ""
			if f.Required {
				want = "error"
				if f.RequiredSource == "inferred" {
					want = "warning"
				}
			}
			if f.RequiredSeverity != want {
				t.Errorf("%s: a missing answer has the severity %q, want %q", f.ID, f.RequiredSeverity, want)
			}
		}
	}
	for _, r := range call.ValidationRules {
		if ids[r.ID] || !fields[r.Field] {
			t.Errorf("rule %s stands twice, or its field %q does not exist", r.ID, r.Field)
		}
		ids[r.ID] = true
		if r.Severity == "error" && (r.Inferred || r.Source == "inferred") || r.Source == "inferred" && !r.Inferred {
			t.Errorf("rule %s: severity %s, source %s, inferred %v", r.ID, r.Severity, r.Source, r.Inferred)
		}
		if r.Source != "inferred" && call.Sources[r.Source] == "" {
			t.Errorf("rule %s: unknown source %q", r.ID, r.Source)
		}
	}
}

func TestFormHasWords(t *testing.T) {
	call := readCall(t)
	check := func(what string, all ...words) {
		for _, w := range all {
			if slices.Contains(w.all(), "") {
				t.Errorf("%s lacks a language: %+v", what, w)
			}
		}
	}
	check("title", call.Title)
	for _, s := range call.Form.Sections {
		check(s.ID, s.Label, s.Help)
		for _, f := range s.Fields {
			check(f.ID, f.Label, f.Help)
			check(f.ID, f.ColumnLabels...)
			if len(f.Columns) != len(f.ColumnLabels) || (f.Type == "table") != (len(f.Columns) > 0) {
				t.Errorf("%s has %d columns and %d labels", f.ID, len(f.Columns), len(f.ColumnLabels))
			}
			for _, id := range f.Options {
				if !slices.ContainsFunc(call.TargetGroup.Alternatives, func(c choice) bool { return c.ID == id }) {
					t.Errorf("%s: option %q has no label", f.ID, id)
				}
			}
		}
	}
	for _, c := range slices.Concat(call.Funding.EligibleCostTypes, call.Funding.IneligibleCostTypes, call.Funding.FinancingSources, call.TargetGroup.Alternatives) {
		check(c.ID, c.Label)
	}
}

func TestCallFacts(t *testing.T) {
	call := readCall(t)
	f := call.Funding
	if !slices.Equal(f.BudgetYears, []int{2020, 2021, 2022, 2023}) || f.MaxGrantShare.Numerator != 70 || f.MaxGrantShare.Denominator != 100 {
		t.Errorf("years %v, share %v", f.BudgetYears, f.MaxGrantShare)
	}
	sum := int64(0)
	for _, c := range f.YearlyCeilingPerApplicant {
		sum += c.Amount
		if c.Firm == nil || *c.Firm != (c.Year == 2020) {
			t.Errorf("the ceiling of %d", c.Year)
		}
	}
	if sum != 4_400_000 || f.PeriodCeilingPerApplicant.Amount != sum {
		t.Errorf("the ceilings add up to %d", sum)
	}
	if call.Portal.Counting.Unit != "utf16" || call.Portal.Counting.LineBreak != 2 {
		t.Errorf("counting %+v", call.Portal.Counting)
	}
	for _, r := range call.ValidationRules {
		switch r.Kind {
		case "share":
			if want := "Tilskudd {{.Grant}} av {{.Cost}} = {{.Percent}} %. Det er {{.Over}} kroner over taket på {{.Limit}} %. Største tilskudd: {{.Max}}."; r.Message.NB != want {
				t.Errorf("share says %q", r.Message.NB)
			}
			if r.Params["numerator"] != 70.0 || r.Params["denominator"] != 100.0 {
				t.Errorf("share %v", r.Params)
			}
		case "ineligibleCost":
			for id := range r.Params["words"].(map[string]any) {
				if !slices.ContainsFunc(f.IneligibleCostTypes, func(c choice) bool { return c.ID == id }) {
					t.Errorf("words for the unknown cost type %q", id)
				}
			}
		}
	}
}

// The schema names the same rule kinds and field types as the call uses.
func TestSchemaFitsTheCall(t *testing.T) {
	type enum struct{ Enum []string }
	schema := readJSON[struct {
		Defs struct {
			Rule  struct{ Properties struct{ Kind enum } }
			Field struct{ Properties struct{ Type enum } }
		} `json:"$defs"`
	}](t, "schema/call.schema.json")
	kinds := slices.Sorted(maps.Keys(placeholders()))
	if got := slices.Sorted(slices.Values(schema.Defs.Rule.Properties.Kind.Enum)); !slices.Equal(got, kinds) {
		t.Errorf("kinds %v, want %v", got, kinds)
	}
	for _, s := range readCall(t).Form.Sections {
		for _, f := range s.Fields {
			if !slices.Contains(schema.Defs.Field.Properties.Type.Enum, f.Type) {
				t.Errorf("the schema lacks the type %q", f.Type)
			}
		}
	}
}
