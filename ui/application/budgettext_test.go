package application

import (
	"slices"
	"strings"
	"testing"

	"kompetansepilot/app/grant"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
)

func TestOtherProjectsCountInTheCeiling(t *testing.T) {
	w := trySample(t)
	id, err := w.program.Grants.Create("Ny søknad", "kompetansepiloter-2020", county, "nb", "Vinterturisme")
	if err != nil {
		t.Fatal(err)
	}
	if err := w.program.Grants.SetField("x", id, "financingPlan", "grant\t\t2020=100000"); err != nil {
		t.Fatal(err)
	}
	w.Load()
	cost, _ := w.grids()
	w.wantSaid(cost, "«Vinterturisme» teller med 100 000 kroner i taket.")
	w.wantSaid(cost, "2020: 1 500 000 er 100 000 kroner over taket på 1 400 000.")
	w.Change("prøve", func(d *data.Draft) error {
		d.Application.OutsideCeiling = true
		return nil
	})
	w.wantSaid(cost, "2020: 100 000 av 1 400 000 kroner. 1 300 000 er igjen.")
	w.wantSaid(cost, "Dette prosjektet teller ikke i taket (valgt under «Om søknaden»).")
}

func TestLowered(t *testing.T) {
	for _, c := range []struct {
		years []int64
		most  int64
		want  []int64
	}{
		{[]int64{1400, 1500, 1500}, 4397, []int64{1400, 1500, 1497}},
		{[]int64{100, 200, 50}, 120, []int64{100, 20, 0}},
		{[]int64{100, 200}, 0, []int64{0, 0}},
		{[]int64{100, 200}, 300, []int64{100, 200}},
	} {
		if got := lowered(c.years, c.most); !slices.Equal(got, c.want) {
			t.Errorf("lowered(%v, %d) = %v, want %v", c.years, c.most, got, c.want)
		}
	}
}

func TestStatementsInEveryLanguage(t *testing.T) {
	p := newProgram(t)
	call, err := p.Grants.Calls().Get("kompetansepiloter-2020")
	if err != nil {
		t.Fatal(err)
	}
	budgetOf := func(cost, asked int64) *grant.Budget {
		var d data.Draft
		d.Cost = []data.BudgetRow{{Type: "salary"}}
		d.Financing = []data.BudgetRow{{Type: grant.GrantSource}}
		d.Cost[0].SetCell(2021, cost)
		d.Financing[0].SetCell(2021, asked)
		b := grant.ComputeBudget(call, &d, nil, "nb")
		return &b
	}
	for _, code := range lang.Codes {
		words := lang.New(code)
		for _, c := range []struct {
			cost, asked int64
			severity    kit.Severity
		}{{0, 0, kit.Info}, {0, 5, kit.Stop}, {1000, 700, kit.Fine}, {1000, 701, kit.Stop}} {
			s := shareStatement(words, call, budgetOf(c.cost, c.asked))
			if s.severity != c.severity || strings.Contains(s.text, "budget.") || strings.Contains(s.text, "{{") {
				t.Errorf("%s: %d of %d is %v: %s", code, c.asked, c.cost, s.severity, s.text)
			}
		}
		for _, asked := range []int64{900, 1000, 1100} {
			all := balanceStatements(words, call, budgetOf(1000, asked))
			want := kit.Warn // as in the call
			if asked == 1000 {
				want = kit.Fine
			}
			if len(all) != 1 || all[0].severity != want || strings.Contains(all[0].text, "budget.") {
				t.Errorf("%s: %d of 1000 gives %v", code, asked, all)
			}
		}
	}
}
