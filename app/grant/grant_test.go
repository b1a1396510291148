package grant

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/reference"
	"kompetansepilot/assets"
	"kompetansepilot/data"
)

func shippedCall(t testing.TB) *Call {
	t.Helper()
	raw, err := os.ReadFile("../../assets/calls/kompetansepiloter-2020.json")
	if err != nil {
		t.Fatal(err)
	}
	call, errs := ParseCall(raw)
	for _, e := range errs {
		t.Error(e)
	}
	if call == nil {
		t.FailNow()
	}
	return call
}

// TestBuiltInCalls checks what a start takes for granted.
func TestBuiltInCalls(t *testing.T) {
	files, err := fs.Glob(assets.FS, "calls/*.json")
	if err != nil {
		t.Fatal(err)
	}
	calls := builtIn()
	if len(files) == 0 || len(calls) != len(files) {
		t.Fatalf("%d files, %d calls", len(files), len(calls))
	}
	for i, file := range files {
		raw, err := fs.ReadFile(assets.FS, file)
		if err != nil {
			t.Fatal(err)
		}
		checked, errs := ParseCall(raw)
		if len(errs) > 0 {
			t.Errorf("%s: %v", file, errs)
		}
		if !reflect.DeepEqual(calls[i], checked) {
			t.Errorf("%s is read otherwise than it is checked", file)
		}
	}
}

func row(kind string, cells map[int]int64) data.BudgetRow {
	r := data.BudgetRow{Row: data.Row{ID: kind}, Type: kind}
	for year, n := range cells {
		r.SetCell(year, n)
	}
	return r
}

// innlandet has the public figures: 4 400 000 in grant, 1 882 000 of the
// county's own (domain.md, S17).
func innlandet() data.Draft {
	return data.Draft{
		Application: data.Application{County: "34", Answers: data.Values{"amountRequested": "4400000"}},
		Cost:        []data.BudgetRow{row("salary", map[int]int64{2020: 1_400_000, 2021: 1_500_000, 2022: 1_500_000, 2023: 1_882_000})},
		Financing: []data.BudgetRow{row("grant", map[int]int64{2020: 1_400_000, 2021: 1_500_000, 2022: 1_500_000}),
			row("countyOwn", map[int]int64{2023: 1_882_000})},
	}
}

func check(call *Call, d *data.Draft, others ...Commitment) Report {
	return Check(Input{Call: call, Draft: d, Others: others, Places: reference.Load(), Words: lang.New("nb")})
}

func findingsOf(r Report, rule string) []Finding {
	var all []Finding
	for _, f := range r.Findings {
		if f.Rule == rule {
			all = append(all, f)
		}
	}
	return all
}

func TestInnlandetIs2600OverTheShare(t *testing.T) {
	call, d := shippedCall(t), innlandet()
	b := ComputeBudget(call, &d, nil, "nb")
	if b.TotalCost != 6_282_000 || b.Grant != 4_400_000 || b.MaxGrant != 4_397_400 || b.OverShareBy != 2_600 || b.Balance != 0 {
		t.Fatalf("budget = %+v", b)
	}
	got := findingsOf(check(call, &d), "maxShare")
	const want = "Tilskudd 4 400 000 av 6 282 000 = 70,04 %. Det er 2 600 kroner over taket på 70 %. Største tilskudd: 4 397 400."
	if len(got) != 1 || strings.ReplaceAll(got[0].Message, lang.NarrowSpace, " ") != want || got[0].Severity != Stop || got[0].Field != "financingPlan" {
		t.Fatalf("finding = %+v\nwant %q", got, want)
	}
	d.Financing[0].SetCell(2022, 1_497_400)
	if got := findingsOf(check(call, &d), "maxShare"); len(got) != 0 {
		t.Errorf("4 397 400 of 6 282 000 is within the limit, got %+v", got)
	}
}

func TestCeilingCountsAllTheCountysProjects(t *testing.T) {
	call, d := shippedCall(t), innlandet()
	others := []Commitment{{Application: "x", ByYear: map[int]int64{2020: 100_000, 2022: 1}}}
	b := ComputeBudget(call, &d, others, "nb")
	want := []OverCeiling{{2020, 1_400_000, 1_500_000, 100_000, true}, {2022, 1_500_000, 1_500_001, 1, false}, {0, 4_400_000, 4_500_001, 100_001, false}}
	if len(b.Over) != len(want) {
		t.Fatalf("over = %+v", b.Over)
	}
	for i := range want {
		if b.Over[i] != want[i] {
			t.Errorf("over[%d] = %+v, want %+v", i, b.Over[i], want[i])
		}
	}
	r := check(call, &d, others...)
	severities := map[Severity]int{}
	for _, f := range findingsOf(r, "yearCeiling") {
		severities[f.Severity]++
	}
	if severities[Stop] != 1 || severities[Warn] != 1 {
		t.Errorf("2020 is firm and 2022 only planned, got %v", severities)
	}
	d.Application.OutsideCeiling = true
	if b := ComputeBudget(call, &d, nil, "nb"); len(b.Over) != 0 {
		t.Errorf("an application outside the ceiling counts: %+v", b.Over)
	}
}

// TestNothingInferredStops holds the promise of domain.md: what no page states
// may not become a hard stop.
func TestNothingInferredStops(t *testing.T) {
	call := shippedCall(t)
	for _, r := range call.Rules {
		if (r.Inferred || r.Source == "inferred") && r.Severity == "error" {
			t.Errorf("rule %s is inferred but stops", r.ID)
		}
	}
	d := data.Draft{Application: data.Application{County: "34"}}
	for _, f := range check(call, &d).Findings {
		if field := call.Field(f.Field); f.Severity == Stop && f.Rule == "required" && field.RequiredSource == "inferred" {
			t.Errorf("%s is required by nobody's word but stops", f.Field)
		}
	}
}

// TestAmountThatIsNone: that two amounts differ is advice, but letters are no
// amount to apply for.
func TestAmountThatIsNone(t *testing.T) {
	d := innlandet()
	d.Application.Answers = data.Values{"amountRequested": "abc12"}
	report := check(shippedCall(t), &d)
	for _, f := range report.Of("amountRequested") {
		if f.Rule == "amountMatchesPlan" {
			if f.Severity != Stop || !strings.Contains(f.Remedy, "1 400 000") {
				t.Fatalf("%s: %s %s", f.Severity, f.Message, f.Remedy)
			}
			return
		}
	}
	t.Fatal("not found")
}

func TestEveryFindingHasWordsInThreeLanguages(t *testing.T) {
	call := shippedCall(t)
	d := innlandet()
	d.Application.Answers = data.Values{"shortDescription": strings.Repeat("å", 501), "background": "se vedlegg", "targetAlternative": "a,c",
		"municipalities": "0301,9999", "schedule": "2020-11-01/2021-01-01", "amountRequested": "5", "projectDescription": strings.Repeat("x", 5000)}
	d.Partners = []data.Partner{{Name: "Feil AS", OrgNumber: "123456789"}}
	d.Activities = []data.Activity{{Name: "Bakvendt", Start: "2021-02-01", Finish: "2020-01-01"}}
	d.Goals = []data.Goal{{Field: "mainGoals", Text: "Bedre"}}
	for _, code := range lang.Codes {
		r := Check(Input{Call: call, Draft: &d, Places: reference.Load(), Words: lang.New(code), SubmissionDate: "2020-10-02",
			Unsupported: func(s string) []string { return nil }})
		rules := map[string]bool{}
		for _, f := range append(r.Findings, r.Passed...) {
			rules[f.Rule] = true
			for _, text := range []string{f.Message, f.Remedy, f.Reference} {
				if strings.Contains(text, "{{") || strings.Contains(text, "<no value>") || strings.HasPrefix(text, "rule.") {
					t.Errorf("%s %s: %q", code, f.Rule, text)
				}
			}
			if f.Message == "" {
				t.Errorf("%s %s says nothing", code, f.Rule)
			}
		}
		if len(rules) != len(call.Rules) {
			t.Errorf("%d of %d rules gave an answer", len(rules), len(call.Rules))
		}
		for _, kind := range []string{"beforeDeadline", "shortDescriptionLength"} {
			found := false
			for _, rule := range call.Rules {
				found = found || rule.ID == kind
			}
			if found && len(findingsOf(r, kind)) == 0 {
				t.Errorf("%s: rule %s found nothing", code, kind)
			}
		}
	}
}

// TestProgramHasWordsForEveryRuleKind: a county's own call may leave the words
// to the program.
func TestProgramHasWordsForEveryRuleKind(t *testing.T) {
	for _, code := range lang.Codes {
		p := lang.New(code)
		for kind := range ruleKinds() {
			for _, part := range []string{"message", "remedy", "fine"} {
				if !p.Has("rule." + kind + "." + part) {
					t.Errorf("%s lacks rule.%s.%s", code, kind, part)
				}
			}
		}
	}
}

func TestDeadlineIsToldAsTheCallSays(t *testing.T) {
	call, d := shippedCall(t), innlandet()
	in := Input{Call: call, Draft: &d, Words: lang.New("nb")}
	for _, c := range []struct {
		date string
		want Severity
	}{{"2020-10-02", Warn}, {"", Info}} {
		in.SubmissionDate = c.date
		got := findingsOf(Check(in), "beforeDeadline")
		if len(got) != 1 || got[0].Severity != c.want {
			t.Errorf("%q: %+v", c.date, got)
		}
	}
	in.SubmissionDate = "2020-10-01"
	if got := findingsOf(Check(in), "beforeDeadline"); len(got) != 0 {
		t.Errorf("the last day is in time: %+v", got)
	}
}

func TestCount(t *testing.T) {
	web := Counting{Unit: "utf16", LineBreak: 2}
	for text, want := range map[string]int{
		"": 0, "æøå": 3, "a\nb": 4, "a\r\nb": 4, "a\rb": 4, "😀": 2, "e\u0301": 2, "\xed\xa0\x80": 1, "áŋŧ": 3, "שלום": 4, "\x00": 1, "\xff": 1,
	} {
		if got := web.Count(text); got != want {
			t.Errorf("%q counts %d, want %d", text, got, want)
		}
	}
	if got := (Counting{Unit: "character", LineBreak: 1}).Count("😀\n"); got != 2 {
		t.Errorf("by character: %d", got)
	}
}

func TestCallWithErrors(t *testing.T) {
	base := `{
  "id": "c", "title": {"nb": "C"},
  "form": {"sections": [
    {"id": "s", "label": {"nb": "S"}, "fields": [
      {"id": "title", "label": {"nb": "Tittel"}, "type": "text"}%s
    ]}
  ]},
  "validationRules": [%s]
}`
	for name, c := range map[string]struct {
		field, rule, want string
		line              int
	}{
		"unknown type":    {",\n{\"id\": \"x\", \"label\": {\"nb\": \"X\"}, \"type\": \"blob\"}", "", "typen «blob»", 6},
		"missing id":      {",\n{\"label\": {\"nb\": \"X\"}, \"type\": \"text\"}", "", "mangler «id»", 6},
		"duplicate id":    {",\n{\"id\": \"title\", \"label\": {\"nb\": \"X\"}, \"type\": \"text\"}", "", "samme «id»", 6},
		"no such field":   {"", `{"id": "r", "kind": "required", "field": "nope", "severity": "error"}`, "feltet «nope»", 8},
		"names no field":  {"", `{"id": "r", "kind": "share", "severity": "error"}`, "nevner ikke noe felt", 8},
		"unknown rule":    {"", `{"id": "r", "kind": "magic", "severity": "error"}`, "typen «magic»", 8},
		"same name twice": {"", `{"id": "r", "id": "q", "kind": "required", "severity": "error"}`, "står to ganger", 8},
	} {
		_, errs := ParseCall(fmt.Appendf(nil, base, c.field, c.rule))
		found := false
		for _, e := range errs {
			found = found || strings.Contains(e.Message, c.want) && e.Line == c.line
		}
		if !found {
			t.Errorf("%s: want %q on line %d, got %v", name, c.want, c.line, errs)
		}
	}
	if _, errs := ParseCall([]byte(base[:40])); len(errs) != 1 || errs[0].Line == 0 {
		t.Errorf("cut file: %v", errs)
	}
	if _, errs := ParseCall(bytes.Repeat([]byte(" "), 50<<20)); len(errs) != 1 || !strings.Contains(errs[0].Message, "større enn") {
		t.Errorf("50 MB: %v", errs)
	}
	if _, errs := ParseCall([]byte(strings.Repeat("[", 100000))); len(errs) != 1 {
		t.Errorf("deep nesting: %v", errs)
	}
	if _, errs := ParseCall([]byte(`{"id": 5}`)); len(errs) != 1 || !strings.Contains(errs[0].Message, "en tekst") {
		t.Errorf("wrong type: %v", errs)
	}
}

// TestBudgetHoldsForAnyInput: sums, findings and limits agree for any plan.
func TestBudgetHoldsForAnyInput(t *testing.T) {
	call := shippedCall(t)
	years := call.Years()
	rapid.Check(t, func(rt *rapid.T) {
		amounts := rapid.Int64Range(-1000, 3_000_000)
		plan := func(kinds ...string) []data.BudgetRow {
			var rows []data.BudgetRow
			for range rapid.IntRange(0, 4).Draw(rt, "rows") {
				r := data.BudgetRow{Type: rapid.SampledFrom(kinds).Draw(rt, "type"), Hourly: rapid.Bool().Draw(rt, "hourly"), Rate: rapid.Int64Range(0, 2000).Draw(rt, "rate")}
				for _, y := range years {
					r.SetCell(y, amounts.Draw(rt, "amount"))
				}
				rows = append(rows, r)
			}
			return rows
		}
		d := data.Draft{Cost: plan("salary", "ownEffort"), Financing: plan(GrantSource, "countyOwn")}
		b := ComputeBudget(call, &d, nil, "nb")
		var cost, grant int64
		for _, r := range d.Cost {
			for _, y := range years {
				cost += r.Amount(y)
			}
		}
		for _, r := range d.Financing {
			if r.Type == GrantSource {
				for _, y := range years {
					grant += r.Amount(y)
				}
			}
		}
		if b.TotalCost != cost || b.Grant != grant || b.Balance != b.TotalFinancing-cost {
			rt.Fatalf("sums: %+v", b)
		}
		if over := 100*grant > 70*cost; over != (b.OverShareBy > 0) || over != (len(findingsOf(check(call, &d), "maxShare")) > 0) {
			rt.Fatalf("grant %d of %d: over by %d", grant, cost, b.OverShareBy)
		}
		if within := b.MaxGrant; 100*within > 70*cost || 100*(within+1) <= 70*cost {
			rt.Fatalf("%d is not the largest grant of %d", within, cost)
		}
	})
}

func TestTargetTakesOldAndNewNumbers(t *testing.T) {
	call, places := shippedCall(t), reference.Load()
	now := ComputeTarget(call, places, "3437,3438", map[string]int{"3437": 2, "3438": 3})
	old := ComputeTarget(call, places, "0517,0519", map[string]int{"3437": 2, "3438": 3})
	if len(now.Municipalities) != 2 || now.Rural != old.Rural || now.Population != old.Population || now.Businesses != 5 {
		t.Errorf("new %+v\nold %+v", now, old)
	}
	if len(old.Renumbered) != 2 || len(now.Renumbered) != 0 {
		t.Errorf("renumbered: %d and %d", len(old.Renumbered), len(now.Renumbered))
	}
	if again := ComputeTarget(call, places, "3437,0517,0000", nil); len(again.Municipalities) != 1 || len(again.Unknown) != 1 {
		t.Errorf("a municipality counts once: %+v", again)
	}
}

func testService(t *testing.T) (*Service, *data.Workspace) {
	t.Helper()
	w, err := data.Open(t.TempDir()+"/a.kpilot", data.Options{Create: true, Actor: "Test", AnyPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	calls, err := LoadCalls(w)
	if err != nil {
		t.Fatal(err)
	}
	return NewService(w, calls, reference.Load(), nil, nil), w
}

func TestCopyDoesNotOverwrite(t *testing.T) {
	s, _ := testService(t)
	from, err := s.Create("a", "kompetansepiloter-2020", "34", "nb", "Første")
	if err != nil {
		t.Fatal(err)
	}
	to, _ := s.Create("b", "kompetansepiloter-2020", "34", "nb", "Andre")
	for field, text := range map[string]string{"background": "Bakgrunn én", "anchoring": "Vedtak", "mainGoals": "Mål én\t10 kurs\t2022-12-31\nMål to",
		"costPlan": "salary\tLønn\t2021=500000\nownEffort\tTimer\t2021=100\trate=600\tbasis=vedtak"} {
		if err := s.SetField("x", from, field, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.SetField("x", to, "background", "Min egen"); err != nil {
		t.Fatal(err)
	}
	skipped, err := s.CopyFields("Kopierte", from, to, []string{"background", "anchoring", "mainGoals", "costPlan", "effects"})
	if err != nil || len(skipped) != 1 || skipped[0] != "background" {
		t.Fatalf("skipped %v, %v", skipped, err)
	}
	d, call, err := s.Load(to)
	if err != nil {
		t.Fatal(err)
	}
	if d.Application.Answers["background"] != "Min egen" || d.Application.Answers["anchoring"] != "Vedtak" || len(d.Goals) != 2 || d.Goals[0].Due != "2022-12-31" {
		t.Errorf("copy = %+v", d)
	}
	if b := ComputeBudget(call, &d, nil, "nb"); b.TotalCost != 560_000 {
		t.Errorf("copied cost = %d", b.TotalCost)
	}
	for _, f := range []string{"mainGoals", "costPlan"} {
		src, _, _ := s.Load(from)
		if FieldText(&src, call.Field(f)) != FieldText(&d, call.Field(f)) {
			t.Errorf("%s differs: %q", f, FieldText(&d, call.Field(f)))
		}
	}
}

func TestFieldTextComesBackAsGiven(t *testing.T) {
	s, _ := testService(t)
	id, err := s.Create("a", "kompetansepiloter-2020", "34", "nb", "")
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"linje én\r\n\r\nlinje to\n", "😀 \x00\x07 שלום e\u0301", "\xed\xa0\x80 enslig", strings.Repeat("åæø ", 25_000), "  luft  "} {
		if err := s.SetField("x", id, "background", text); err != nil {
			t.Fatal(err)
		}
		d, call, _ := s.Load(id)
		if got := FieldText(&d, call.Field("background")); got != text {
			t.Errorf("%.30q came back as %.30q", text, got)
		}
	}
	for field, text := range map[string]string{"amountRequested": "mye", "schedule": "snart", "targetAlternative": "z", "activities": "Kurs\tNN\t1. mai", "nope": "x", "projectPlan": "x"} {
		if err := s.SetField("x", id, field, text); data.Message(err) == "" {
			t.Errorf("%s=%q: %v", field, text, err)
		}
	}
}

func TestSubmitFreezesForGood(t *testing.T) {
	s, w := testService(t)
	id, err := s.Create("a", "kompetansepiloter-2020", "34", "nb", "Prosjekt")
	if err != nil {
		t.Fatal(err)
	}
	if _, r, err := s.Submit("Innsendt", id, "2020-09-28", "2020/123", lang.New("nb")); err == nil || r.CanSubmit {
		t.Fatal("an empty application can be submitted")
	}
	for field, text := range map[string]string{"amountRequested": "700000", "shortDescription": "Kort", "projectDescription": "Lang", "contactPerson": "Kari", "projectLead": "Ola",
		"background": "B", "mainGoals": "Mål\tTall", "targetAlternative": "a", "municipalities": "3437", "schedule": "2020-11-01/2023-10-31",
		"costPlan": "salary\tLønn\t2021=1000000", "financingPlan": "grant\t\t2021=700000\ncountyOwn\t\t2021=300000", "activities": "Kurs\tNN\t2021-01-01\t2021-02-01"} {
		if err := s.SetField("x", id, field, text); err != nil {
			t.Fatal(field, err)
		}
	}
	for _, bad := range [][2]string{{"28.9.20", "1"}, {"2020-09-28", " "}} {
		if _, _, err := s.Submit("Innsendt", id, bad[0], bad[1], lang.New("nb")); data.Message(err) == "" {
			t.Errorf("submit %v: %v", bad, err)
		}
	}
	// What the portal took after the deadline is a fact to note, with advice.
	if late, err := s.Check(id, lang.New("nb"), "2020-10-02"); err != nil || !late.CanSubmit || late.Count(Warn) == 0 {
		t.Errorf("after the deadline: %+v, %v", late, err)
	}
	v, r, err := s.Submit("Innsendt", id, "2020-09-28", "2020/123", lang.New("nb"))
	if err != nil {
		t.Fatal(err, r.Findings)
	}
	if err := w.Update("Rør", func(tx *data.Tx) error { v.Name = "Annet"; return tx.Put(&v) }); err == nil {
		t.Error("a frozen version was changed")
	}
	if err := w.Update("Slett", func(tx *data.Tx) error { return tx.Delete(&v) }); err == nil {
		t.Error("a frozen version was deleted")
	}
	if label, err := w.Undo(); err != nil || label == "Innsendt" {
		t.Errorf("undo = %q, %v", label, err)
	}
	if again, err := s.Version(v.ID); err != nil || !again.Frozen || again.CaseNumber != "2020/123" {
		t.Errorf("after undo: %+v, %v", again, err)
	}
	if err := s.RestoreVersion("Gikk tilbake", "Før", v.ID); err != nil {
		t.Fatal(err)
	}
	d, _, _ := s.Load(id)
	if d.Application.Status != data.StatusSubmitted || d.Application.Answers["shortDescription"] != "Kort" {
		t.Errorf("restored = %+v", d.Application)
	}
}

func FuzzParseCall(f *testing.F) {
	f.Add([]byte(`{"id":"c","title":{"nb":"C"},"form":{"sections":[{"id":"s","label":{"nb":"S"},"fields":[]}]}}`))
	f.Add([]byte("\xef\xbb\xbf{"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		call, errs := ParseCall(raw)
		if (call == nil) != (len(errs) > 0) {
			t.Fatalf("call %v with errors %v", call != nil, errs)
		}
		if call != nil {
			d := data.Draft{Application: data.Application{Answers: data.Values{}}}
			Check(Input{Call: call, Draft: &d, Words: lang.New("nb")})
		}
	})
}

func BenchmarkCheck(b *testing.B) {
	call, d := shippedCall(b), innlandet()
	for _, f := range call.FieldsOf(TypeMultiline) {
		d.Application.Answers[f.ID] = strings.Repeat("Kompetanse i hele fylket. ", 150)
	}
	d.Application.Answers["municipalities"] = "3437,3438,3439,3440,3441,3442"
	d.Application.Answers["targetAlternative"] = "a,b"
	for i := range 20 {
		d.Activities = append(d.Activities, data.Activity{Name: fmt.Sprint(i), Start: "2021-01-01", Finish: "2021-02-01"})
	}
	in := Input{Call: call, Draft: &d, Places: reference.Load(), Words: lang.New("nb")}
	for b.Loop() {
		Check(in)
	}
}
