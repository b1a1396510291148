package submission

import (
	"bytes"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kompetansepilot/app/document"
	"kompetansepilot/app/document/layout"
	"kompetansepilot/app/document/render"
	"kompetansepilot/app/grant"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/reference"
	"kompetansepilot/assets"
	"kompetansepilot/data"
)

// What the tests share is read once and never changed.
var (
	places = reference.Load()
	nb     = lang.New("nb")
	nn     = lang.New("nn")
)

func theCall(t rapid.TB) *grant.Call {
	t.Helper()
	raw, err := fs.ReadFile(assets.FS, "calls/kompetansepiloter-2020.json")
	if err != nil {
		t.Fatal(err)
	}
	call, errs := grant.ParseCall(raw)
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	return call
}

// written is all the text of a document, with ordinary spaces.
func written(doc document.Document) string {
	var b strings.Builder
	spans := func(all []document.Span) {
		for _, s := range all {
			b.WriteString(s.Text)
		}
		b.WriteByte('\n')
	}
	rows := func(all [][]string) {
		for _, r := range all {
			b.WriteString(strings.Join(r, " | ") + "\n")
		}
	}
	for _, block := range doc.Blocks {
		switch x := block.(type) {
		case document.Cover:
			fmt.Fprintln(&b, x.County, x.Kind, x.Title)
			for _, r := range x.Summary {
				fmt.Fprintf(&b, "%s | %s\n", r.Label, r.Value)
			}
		case document.Heading:
			b.WriteString(x.Text + "\n")
		case document.Paragraph:
			spans(x.Spans)
		case document.Note:
			b.WriteString(x.Title + "\n")
			spans(x.Spans)
		case document.List:
			for _, item := range x.Items {
				spans(item)
			}
		case document.Table:
			b.WriteString(x.Caption + "\n")
			for i, c := range x.Columns {
				if i > 0 {
					b.WriteString(" | ")
				}
				b.WriteString(c.Header)
			}
			b.WriteByte('\n')
			rows(x.Rows)
			rows(x.Foot)
		case document.Figure:
			b.WriteString(x.Alt + "\n" + x.Caption + "\n")
		}
	}
	return strings.NewReplacer("\u202f", " ", "\u00a0", " ").Replace(b.String())
}

func wants(t rapid.TB, text string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if p = strings.NewReplacer("\u202f", " ", "\u00a0", " ").Replace(p); !strings.Contains(text, p) {
			t.Errorf("the document does not say %q:\n%s", p, text)
		}
	}
}

// anyFunding is the money side of a call that nobody wrote.
func anyFunding(t *rapid.T, f grant.Funding) grant.Funding {
	first := rapid.IntRange(2020, 2030).Draw(t, "first year")
	f.BudgetYears, f.YearlyCeilings = nil, nil
	amount := rapid.Int64Range(0, 3_000_000)
	for i := range rapid.IntRange(1, 6).Draw(t, "years") {
		f.BudgetYears = append(f.BudgetYears, first+i)
		if rapid.Bool().Draw(t, "ceiling") {
			f.YearlyCeilings = append(f.YearlyCeilings, grant.Ceiling{Year: first + i, Amount: amount.Draw(t, "amount"), Firm: rapid.Bool().Draw(t, "firm")})
		}
	}
	f.PeriodCeiling.Amount = rapid.SampledFrom([]int64{0, 1_000_000, 4_400_000}).Draw(t, "period ceiling")
	f.MaxShare.Numerator, f.MaxShare.Denominator = rapid.SampledFrom([]int64{50, 70, 100}).Draw(t, "share"), rapid.SampledFrom([]int64{0, 100, 100}).Draw(t, "of")
	return f
}

func anyRows(t *rapid.T, types []grant.RowType, years []int) []data.BudgetRow {
	var all []data.BudgetRow
	for i := range rapid.IntRange(0, 6).Draw(t, "rows") {
		r := data.BudgetRow{Row: data.Row{ID: "r" + strconv.Itoa(i)}, Type: rapid.SampledFrom(types).Draw(t, "type").ID,
			Label: rapid.SampledFrom([]string{"", "Egen post"}).Draw(t, "label")}
		if r.Hourly = rapid.IntRange(0, 4).Draw(t, "hourly") == 0; r.Hourly {
			r.Rate, r.RateBasis = rapid.Int64Range(0, 1200).Draw(t, "rate"), "Egen sats"
		}
		for _, y := range years {
			if rapid.Bool().Draw(t, "cell") {
				r.SetCell(y, rapid.Int64Range(0, 2_000_000).Draw(t, "kroner"))
			}
		}
		all = append(all, r)
	}
	return all
}

// TestMoneyIsTheBudget: for any call and plans the document tells the sums, the
// share and the overruns that the budget and the rules tell.
func TestMoneyIsTheBudget(t *testing.T) {
	base := theCall(t)
	rapid.Check(t, func(t *rapid.T) {
		call := *base
		call.Funding = anyFunding(t, base.Funding)
		d := &data.Draft{Application: data.Application{Call: call.ID, County: "34", Created: "2020-08-24T07:00:00Z", Answers: data.Values{"title": "Prøve"},
			OutsideCeiling: rapid.IntRange(0, 5).Draw(t, "outside") == 0}}
		d.Cost = anyRows(t, call.Funding.CostTypes, call.Years())
		d.Financing = anyRows(t, call.Funding.Sources, call.Years())
		for i := range d.Financing {
			d.Financing[i].ID = "f" + strconv.Itoa(i)
			if rapid.Bool().Draw(t, "confirmed") {
				d.Evidence = append(d.Evidence, data.Evidence{BudgetRow: d.Financing[i].ID, EvidenceOf: data.EvidenceLetter, Reference: "20/17", Date: "2020-09-01"})
			}
		}
		var others []grant.Commitment
		if rapid.Bool().Draw(t, "others") {
			others = []grant.Commitment{{Title: "Annen", ByYear: map[int]int64{call.Years()[0]: rapid.Int64Range(0, 2_000_000).Draw(t, "other")}}}
		}
		b := grant.ComputeBudget(&call, d, others, "nb")
		text := written(Document(Content{Call: &call, Draft: d, Places: places, Words: nb, Others: others}))
		if b.Grant != 0 {
			wants(t, text, "Søknadsbeløp | "+nb.Money(b.Grant)+" kroner")
		}
		if b.TotalCost != 0 {
			wants(t, text, "Samlede kostnader | "+nb.Money(b.TotalCost)+" kroner")
		}
		moneyRows(t, text, &b)
		report := grant.Check(grant.Input{Call: &call, Draft: d, Others: others, Places: places, Words: nb})
		found := func(kind string) int {
			n := 0
			for _, f := range report.Findings {
				for _, r := range call.Rules {
					if r.ID == f.Rule && r.Kind == kind {
						n++
					}
				}
			}
			return n
		}
		if b.TotalCost > 0 && len(shownLines(b.Financing)) > 0 {
			share := nb.Percent(b.Grant, b.TotalCost, 2) + " %"
			wants(t, text, share)
			if over := strings.Contains(text, "kroner over taket på"); over != (found("share") > 0) {
				t.Errorf("the document says over the share: %v; the rule has %d findings", over, found("share"))
			}
		}
		if negative := strings.Count(text, "| −"); len(shownLines(b.Financing)) > 0 && negative != len(b.Over) {
			t.Errorf("%d ceilings are exceeded, the document shows %d:\n%s", len(b.Over), negative, text)
		}
	})
}

func moneyRows(t *rapid.T, text string, b *grant.Budget) {
	t.Helper()
	row := func(label string, byYear []int64, sum int64) string {
		cells := []string{label}
		for _, n := range append(slices.Clone(byYear), sum) {
			cells = append(cells, nb.Money(n))
		}
		return strings.Join(cells, " | ")
	}
	if len(shownLines(b.Cost)) > 0 {
		wants(t, text, row("Sum kostnader", b.CostByYear, b.TotalCost))
	}
	for _, l := range shownLines(b.Cost) {
		wants(t, text, row(l.Label, l.Amounts, l.Sum))
	}
	if len(shownLines(b.Financing)) > 0 {
		wants(t, text, row("Sum finansiering", b.FinancingByYear, b.TotalFinancing))
	}
	for _, l := range shownLines(b.Financing) {
		mark := "Nei"
		if l.Row.Type == grant.GrantSource {
			mark = "Søkt"
		} else if l.Confirmed {
			mark = "Ja"
		}
		wants(t, text, row(l.Label, l.Amounts, l.Sum)+" | "+mark)
	}
}

// everywhere is an application with a text in every place that takes one.
func everywhere(call *grant.Call, text string) *data.Draft {
	d := &data.Draft{Application: data.Application{Call: call.ID, County: text, Created: text, Language: text, CaseNumber: text,
		Status: data.StatusSubmitted, Submitted: text, Answers: data.Values{}}}
	for _, s := range call.Form.Sections {
		for _, f := range s.Fields {
			d.Application.Answers[f.ID] = text
			d.Goals = append(d.Goals, data.Goal{Field: f.ID, Text: text, Measure: text, Due: text})
			d.Attachments = append(d.Attachments, data.Attachment{Row: data.Row{ID: f.ID}, Field: f.ID, Title: text, FileName: text, SHA256: text, Size: 1 << 40, Description: text})
		}
	}
	d.Application.Answers["municipalities"] = "3401,3414,9999,0412"
	d.Activities = []data.Activity{{Name: text, Responsible: text, Start: "0001-01-01", Finish: "9999-12-31", Goal: text, Result: text}, {Name: text, Start: text, Finish: text}}
	d.Milestones = []data.Milestone{{Name: text, Date: "2021-02-28"}, {Name: text, Date: text, Activity: text}}
	d.Cost = []data.BudgetRow{{Row: data.Row{ID: "c"}, Type: text, Label: text, Hourly: true, Rate: 1 << 60, RateBasis: text, Note: text, Cells: data.Values{"2020": "9223372036854775807", "2021": text}}}
	d.Financing = []data.BudgetRow{{Row: data.Row{ID: "f"}, Type: grant.GrantSource, Label: text, Note: text, Cells: data.Values{"2020": "-9223372036854775807"}}}
	d.Evidence = []data.Evidence{{BudgetRow: "f", EvidenceOf: text, Reference: text, Date: text, Amount: -1, Attachment: "background"}}
	d.Partners = []data.Partner{{Name: text, OrgNumber: text, Role: text, Contribution: text}}
	return d
}

func TestHostileTexts(t *testing.T) {
	call := theCall(t)
	for name, text := range map[string]string{
		"empty": "", "emoji": "😀👩‍👩‍👧 🇳🇴", "rtl": "\u202eسلام שלום", "control": "\x00\x1b[31m\r\n\x7f\u2028\ufeff", "sami": "Áŋŧi Čáhci – Ž Đuođđar",
		"invalid": "a\xff\xfe", "brackets": "(\\)<>[]{{.X}}%/ /Type", "list": "- a\n- b\n\n1. c\n2. d\n9. e", "word": strings.Repeat("W", 3000),
	} {
		for _, words := range []*lang.Printer{nb, nn} {
			doc := Document(Content{Call: call, Draft: everywhere(call, text), Places: places, Words: words})
			if _, _, err := render.PDF(doc); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// TestLongText: nothing of 100 000 characters is lost.
func TestLongText(t *testing.T) {
	call := theCall(t)
	var b strings.Builder
	for i := 0; b.Len() < 100_000; i++ {
		fmt.Fprintf(&b, "Avsnitt %d forteller noe nytt.\n\n", i)
	}
	d := &data.Draft{Application: data.Application{Call: call.ID, County: "34", Answers: data.Values{"title": "Lang", "background": b.String()}}}
	doc := Document(Content{Call: call, Draft: d, Places: places, Words: nb})
	text := written(doc)
	for _, p := range strings.Split(strings.TrimSpace(b.String()), "\n\n") {
		if !strings.Contains(text, p) {
			t.Fatalf("%q is lost", p)
		}
	}
	if _, _, err := render.PDF(doc); err != nil {
		t.Fatal(err)
	}
}

// TestAnyText: any text gives a file, the same for the same content, and what
// could not be shown is told.
func TestAnyText(t *testing.T) {
	call := theCall(t)
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		d := everywhere(call, text)
		in := Content{Call: call, Draft: d, Places: places, Words: nb}
		laid, err := layout.Lay(Document(in))
		if err != nil {
			t.Fatal(err)
		}
		if rapid.IntRange(0, 9).Draw(t, "write") == 0 {
			one, _, err := render.PDF(Document(in))
			if err != nil {
				t.Fatal(err)
			}
			two, _, err := render.PDF(Document(in))
			if err != nil || !bytes.Equal(one, two) {
				t.Fatal("the same content gave another file", err)
			}
		}
		if unsupported := document.Unsupported(text); len(unsupported) > 0 && len(laid.Replaced) == 0 {
			t.Errorf("nobody is told that %v was replaced", unsupported)
		}
	})
}

func TestEmptyApplication(t *testing.T) {
	call := theCall(t)
	d := &data.Draft{Application: data.Application{Call: call.ID, County: "34"}}
	text := written(Document(Content{Call: call, Draft: d, Places: places, Words: nn}))
	wants(t, text, "Søknad utan namn", "Innlandet fylkeskommune, org.nr. 920 717 152", "Ikkje fylt ut: Bakgrunn, Hovudmål", "Ikkje fylt ut: Kostnadsplan, Finansieringsplan.")
	for _, s := range call.Form.Sections {
		wants(t, text, s.Label.In("nn"))
	}
}

func TestWholeMonths(t *testing.T) {
	for _, c := range []struct {
		from, to string
		want     int
	}{{"2020-11-01", "2023-10-31", 36}, {"2020-01-15", "2020-02-14", 1}, {"2020-01-01", "2020-01-30", 0}, {"2020-02-01", "2020-01-31", 0}, {"", "2020-01-01", 0}} {
		if got := wholeMonths(c.from, c.to); got != c.want {
			t.Errorf("%s – %s: %d months, want %d", c.from, c.to, got, c.want)
		}
	}
}

func TestFileName(t *testing.T) {
	name := func(title string) string {
		return FileName(&data.Draft{Application: data.Application{Answers: data.Values{"title": title}}}, nb)
	}
	if got := name("Fra skog: a/b\n" + strings.Repeat("x", 300)); len([]rune(got)) > 120 || !strings.HasSuffix(got, ".pdf") || strings.ContainsAny(got, "/:\n") {
		t.Errorf("not a file name: %q", got)
	}
	if got := name(" "); got != "Søknad uten navn.pdf" {
		t.Errorf("got %q", got)
	}
}
