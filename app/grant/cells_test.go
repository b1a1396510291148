package grant

import (
	"testing"

	"kompetansepilot/data"
)

func TestCellsKeepWhatIsTyped(t *testing.T) {
	for typed, want := range map[string]struct {
		text   string
		ok     bool
		amount int64
	}{
		"":                  {"", true, 0},
		"0":                 {"", true, 0},
		"1 400 000":         {"1400000", true, 1400000},
		"kr 1400000,00":     {"1400000", true, 1400000},
		"ukjent":            {"ukjent", false, 0},
		"12,50":             {"12,50", false, 0},
		"99999999999999999": {"99999999999999999 ", false, 0},
	} {
		var row data.BudgetRow
		row.SetCell(2021, 7)
		SetCellText(&row, 2021, typed)
		text, ok := CellText(&row, 2021)
		if text != want.text || ok != want.ok || row.Amount(2021) != want.amount {
			t.Errorf("%q became %q, %v, %d", typed, text, ok, row.Amount(2021))
		}
		bad := 0
		if !want.ok {
			bad = 1
		}
		if got := BadCells([]data.BudgetRow{row}, []int{2020, 2021}); got != bad {
			t.Errorf("%q: %d bad cells", typed, got)
		}
	}
}

func TestCheckStopsAtCellsThatAreNoNumbers(t *testing.T) {
	call := shippedCall(t)
	var d data.Draft
	d.Cost = []data.BudgetRow{{Type: "salary"}}
	found := func() int {
		n, report := 0, check(call, &d)
		for _, f := range report.Of("costPlan") {
			if f.Rule == RuleCells && f.Severity == Stop {
				n++
			}
		}
		return n
	}
	SetCellText(&d.Cost[0], 2021, "100 000")
	if found() != 0 {
		t.Fatal("a number is refused")
	}
	SetCellText(&d.Cost[0], 2021, "ca. 100")
	if found() != 1 {
		t.Fatal("a text in place of a number does not stop the application")
	}
}
