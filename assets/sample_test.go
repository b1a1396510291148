package assets_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"kompetansepilot/app/reference"
	"kompetansepilot/assets"
)

type years map[string]int64

type sampleRow struct {
	Key, Type, Label, RateBasis string
	Amounts, Hours              years
	Hourly                      bool
	Rate                        int64
}

func (r sampleRow) amount(year string) int64 { return r.Amounts[year] + r.Hours[year]*r.Rate }

type sampleApplication struct {
	Key, Call, County, Language, Note string
	OutsideCeiling                    bool
	Answers                           map[string]string
	Goals                             []struct{ Field, Text, Measure, Due string }
	Activities                        []struct{ Key, Name, Responsible, Start, Finish, Goal, Result string }
	Milestones                        []struct{ Name, Date, Activity string }
	CostRows, FinancingRows           []sampleRow
	Partners                          []struct{ Name, OrgNumber, Kind, Role, Contribution string }
	Evidence                          []struct {
		Row, Kind, Reference, Date, Attachment string
		Amount                                 int64
	}
	Attachments []struct{ Field, Title, FileName, MediaType, Description, Text string }
}

type sampleOrganisation struct {
	Key, Kind, ProviderKind, Name, OrgNumber, Municipality, Industry, IndustryStandard string
	SizeBand, Norm, Contact, Email, Phone, Status                                      string
	Tags                                                                               []string
}

type sampleFile struct {
	County        string
	Applications  []sampleApplication
	Organisations []sampleOrganisation
}

func readJSON[T any](t *testing.T, name string) T {
	t.Helper()
	raw, err := assets.FS.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var v T
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatal(name, err)
	}
	return v
}

func sample(t *testing.T) sampleFile { return readJSON[sampleFile](t, "sample/innlandet.json") }

func sums(rows []sampleRow) (byYear years, total int64) {
	byYear = years{}
	for _, r := range rows {
		for _, year := range []string{"2020", "2021", "2022", "2023"} {
			byYear[year] += r.amount(year)
			total += r.amount(year)
		}
	}
	return byYear, total
}

// The sample's amounts are the county's public figures, 2 600 kroner above the
// limit.
func TestSampleBudget(t *testing.T) {
	a := sample(t).Applications[0]
	cost, total := sums(a.CostRows)
	financing, financed := sums(a.FinancingRows)
	if total != 6_282_000 || financed != total {
		t.Errorf("cost %d, financing %d", total, financed)
	}
	for year := range cost {
		if cost[year] != financing[year] {
			t.Errorf("%s: cost %d, financing %d", year, cost[year], financing[year])
		}
	}
	grant, _ := sums(a.FinancingRows[:1])
	if a.FinancingRows[0].Type != "grant" || grant["2020"] != 1_400_000 || grant["2021"] != 1_500_000 || grant["2022"] != 1_500_000 || grant["2023"] != 0 {
		t.Errorf("grant %v", grant)
	}
	if a.Answers["amountRequested"] != "4400000" || 4_400_000-total*70/100 != 2_600 {
		t.Error("the grant is not 2 600 above the limit")
	}
	if n := slices.IndexFunc(a.CostRows, func(r sampleRow) bool { return r.Hourly && r.Rate > 0 && r.RateBasis != "" }); n < 0 {
		t.Error("no row of hours with a documented rate")
	}
	for _, r := range append(slices.Clone(a.CostRows), a.FinancingRows...) {
		if r.Hourly == (r.Amounts != nil) || r.Hourly == (r.Hours == nil) {
			t.Errorf("%s has both amounts and hours, or neither", r.Label)
		}
	}
	if len(a.Evidence) != 1 || a.Evidence[0].Row != "county" || a.Evidence[0].Kind != "decision" || a.Evidence[0].Amount != 1_882_000 {
		t.Errorf("evidence %+v", a.Evidence)
	}
}

// The first application fills every field of the call, and both stay within
// the lengths.
func TestSampleFillsTheForm(t *testing.T) {
	call := readCall(t)
	for i, a := range sample(t).Applications {
		known := map[string]bool{}
		for _, s := range call.Form.Sections {
			for _, f := range s.Fields {
				known[f.ID] = true
				text := a.Answers[f.ID]
				length := len(utf16.Encode([]rune(text))) + strings.Count(text, "\n")
				if f.MaxLength > 0 && length > f.MaxLength || f.SuggestedMaxLength > 0 && length > f.SuggestedMaxLength {
					t.Errorf("%s: %s has %d characters", a.Key, f.ID, length)
				}
				if i > 0 {
					continue
				}
				filled := text != ""
				switch f.Type {
				case "multiline":
					filled = length >= 400
				case "list":
					filled = slices.ContainsFunc(a.Goals, func(g struct{ Field, Text, Measure, Due string }) bool { return g.Field == f.ID })
				case "file", "files":
					filled = slices.ContainsFunc(a.Attachments, func(x struct{ Field, Title, FileName, MediaType, Description, Text string }) bool {
						return x.Field == f.ID
					})
				case "activities":
					filled = len(a.Activities) >= 14
				case "milestones":
					filled = len(a.Milestones) == 8
				case "partnerList":
					filled = len(a.Partners) == 8
				case "yearTable":
					filled = len(a.CostRows) > 0 && len(a.FinancingRows) > 0
				}
				if !filled {
					t.Errorf("%s: %s is not filled in (%d characters)", a.Key, f.ID, length)
				}
			}
		}
		for id := range a.Answers {
			if !known[id] {
				t.Errorf("%s answers %q, which the call does not ask", a.Key, id)
			}
		}
		if a.Call != call.ID || a.County != "34" {
			t.Errorf("%s: call %q, county %q", a.Key, a.Call, a.County)
		}
	}
}

func TestSampleTypes(t *testing.T) {
	call := readCall(t)
	ids := func(choices []choice) []string {
		var all []string
		for _, c := range choices {
			all = append(all, c.ID)
		}
		return all
	}
	costs, sources := ids(call.Funding.EligibleCostTypes), ids(call.Funding.FinancingSources)
	for _, a := range sample(t).Applications {
		for _, r := range a.CostRows {
			if !slices.Contains(costs, r.Type) {
				t.Errorf("cost type %q", r.Type)
			}
		}
		for _, r := range a.FinancingRows {
			if !slices.Contains(sources, r.Type) {
				t.Errorf("financing source %q", r.Type)
			}
		}
		for _, p := range a.Partners {
			if !slices.Contains(call.PartnersExpected.Value, p.Kind) || p.Role == "" || p.Contribution == "" {
				t.Errorf("partner %+v", p)
			}
		}
	}
}

func TestSampleDates(t *testing.T) {
	for _, a := range sample(t).Applications {
		from, to, _ := strings.Cut(a.Answers["schedule"], "/")
		inside := func(what string, dates ...string) {
			for _, d := range dates {
				if _, err := time.Parse(time.DateOnly, d); err != nil || d < from || d > to {
					t.Errorf("%s: %s on %q is outside %s–%s", a.Key, what, d, from, to)
				}
			}
		}
		keys := map[string]string{}
		for _, x := range a.Activities {
			inside(x.Name, x.Start, x.Finish)
			if x.Finish < x.Start || keys[x.Key] != "" || x.Responsible == "" || x.Result == "" {
				t.Errorf("activity %+v", x)
			}
			keys[x.Key] = x.Finish
		}
		for _, m := range a.Milestones {
			inside(m.Name, m.Date)
			if keys[m.Activity] == "" {
				t.Errorf("milestone %q belongs to no activity", m.Name)
			}
		}
		for _, g := range a.Goals {
			if g.Due != "" {
				inside(g.Text, g.Due)
			}
		}
	}
}

func TestSampleLinks(t *testing.T) {
	for _, a := range sample(t).Applications {
		for _, e := range a.Evidence {
			row := slices.ContainsFunc(a.FinancingRows, func(r sampleRow) bool { return r.Key == e.Row })
			file := slices.ContainsFunc(a.Attachments, func(x struct{ Field, Title, FileName, MediaType, Description, Text string }) bool {
				return x.FileName == e.Attachment
			})
			if !row || !file {
				t.Errorf("%s: evidence %+v points nowhere", a.Key, e)
			}
		}
		names := map[string]bool{}
		for _, x := range a.Attachments {
			if names[x.FileName] || x.Text == "" || x.Title == "" || x.Description == "" || x.MediaType != "text/plain" {
				t.Errorf("attachment %+v", x)
			}
			names[x.FileName] = true
		}
	}
}

func TestSampleMunicipalities(t *testing.T) {
	tables := reference.Load()
	file := sample(t)
	want := map[string]int{"skog-til-hus": 21, "valdres": 6}
	for _, a := range file.Applications {
		numbers := strings.Split(a.Answers["municipalities"], ",")
		if len(numbers) != want[a.Key] {
			t.Errorf("%s has %d municipalities", a.Key, len(numbers))
		}
		for _, n := range numbers {
			if m, ok := tables.Municipality(n); !ok || m.CountyNumber != "34" {
				t.Errorf("%s: municipality %q", a.Key, n)
			}
		}
	}
	project := strings.Split(file.Applications[0].Answers["municipalities"], ",")
	for _, o := range file.Organisations {
		m, ok := tables.Municipality(o.Municipality)
		if !ok || m.CountyNumber != "34" || o.Kind == "business" && !slices.Contains(project, m.Number) {
			t.Errorf("%s lies in %q", o.Name, o.Municipality)
		}
	}
	// The text says that these three consist of municipalities at centrality 5
	// and 6 only.
	for _, r := range tables.SubRegions("34") {
		if !slices.Contains([]string{"Nord-Gudbrandsdal", "Midt-Gudbrandsdal", "Fjellregionen"}, r.Name) {
			continue
		}
		for _, m := range r.Municipalities {
			if m.Centrality < 5 || !slices.Contains(project, m.Number) {
				t.Errorf("%s in %s: centrality %d", m.Name, r.Name, m.Centrality)
			}
		}
	}
}

func TestSampleOrganisations(t *testing.T) {
	file := sample(t)
	seen := map[string]string{}
	once := func(kind, value, of string) {
		if value == "" || seen[kind+value] != "" {
			t.Errorf("%s %q of %s is empty or also of %s", kind, value, of, seen[kind+value])
		}
		seen[kind+value] = of
	}
	synthetic := func(number, of string) {
		if !reference.ValidOrgNumber(number) || number[0] != '2' && number[0] != '3' {
			t.Errorf("organisation number %q of %s", number, of)
		}
	}
	count := map[string]int{}
	small := 0
	for _, o := range file.Organisations {
		count[o.Kind]++
		once("key", o.Key, o.Name)
		once("name", o.Name, o.Name)
		once("number", o.OrgNumber, o.Name)
		synthetic(o.OrgNumber, o.Name)
		if !strings.HasSuffix(o.Email, ".example.no") || !strings.HasPrefix(o.Phone, "000 ") || o.Contact == "" || o.Status == "" || len(o.Tags) == 0 {
			t.Errorf("contact of %+v", o)
		}
		if len(o.Industry) != 6 || o.IndustryStandard != "SN2025" || (o.Kind == "provider") != (o.ProviderKind != "") {
			t.Errorf("%s: industry %q %q, kind %q", o.Name, o.IndustryStandard, o.Industry, o.ProviderKind)
		}
		if slices.Contains([]string{"", "1-4", "5-9"}, o.SizeBand) && o.Kind == "business" {
			small++
		}
	}
	if count["business"] != 60 || count["provider"] != 15 || len(count) != 2 || small < 30 {
		t.Errorf("%v, %d small businesses", count, small)
	}
	byName := map[string]string{}
	for _, o := range file.Organisations {
		byName[o.Name] = o.OrgNumber
	}
	for _, a := range file.Applications {
		for _, p := range a.Partners {
			synthetic(p.OrgNumber, p.Name)
			if n, ok := byName[p.Name]; ok && n != p.OrgNumber {
				t.Errorf("%s has two numbers", p.Name)
			}
		}
		var owner struct{ Name, OrgNr string }
		if err := json.Unmarshal([]byte(a.Answers["projectOwner"]), &owner); err != nil || owner.OrgNr != "920717152" {
			t.Errorf("%s: project owner %+v, %v", a.Key, owner, err)
		}
	}
}
