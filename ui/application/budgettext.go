package application

import (
	"slices"
	"strconv"
	"strings"

	"kompetansepilot/app/grant"
	"kompetansepilot/app/lang"
	"kompetansepilot/ui/kit"
)

// statement is a sentence about the budget, with how much it matters.
type statement struct {
	severity kit.Severity
	text     string
}

// shareStatement is the line that always stands under the plans.
func shareStatement(words *lang.Printer, call *grant.Call, b *grant.Budget) statement {
	limit := call.Funding.MaxShare
	pairs := []any{"Grant", words.Money(b.Grant), "Cost", words.Money(b.TotalCost), "Percent", words.Percent(b.Grant, b.TotalCost, 2),
		"Max", words.Money(b.MaxGrant), "Over", words.Money(b.OverShareBy), "Limit", words.Percent(limit.Numerator, limit.Denominator, 0)}
	switch {
	case b.TotalCost == 0 && b.Grant == 0:
		return statement{kit.Info, words.T("budget.empty")}
	case b.TotalCost <= 0:
		return statement{kit.Stop, words.T("budget.noCost", pairs[:2]...)}
	case limit.Denominator == 0:
		return statement{kit.Info, words.T("budget.share.noLimit", pairs[:6]...)}
	case b.OverShareBy > 0:
		return statement{kit.Stop, words.T("budget.share.over", pairs...)}
	}
	return statement{kit.Fine, words.T("budget.share.within", pairs...)}
}

// balanceStatements say where cost and financing differ, or that they do not. A
// difference matters as much as the call's own rule says.
func balanceStatements(words *lang.Printer, call *grant.Call, b *grant.Budget) []statement {
	severity := kit.Warn
	if slices.ContainsFunc(call.Rules, func(r grant.Rule) bool { return r.Kind == "balance" && r.Severity == "error" }) {
		severity = kit.Stop
	}
	var all []statement
	for i, year := range b.Years {
		cost, financing := b.CostByYear[i], b.FinancingByYear[i]
		pairs := []any{"Year", strconv.Itoa(year), "Cost", words.Money(cost), "Financing", words.Money(financing)}
		switch {
		case financing < cost:
			all = append(all, statement{severity, words.T("budget.balance.lacks", append(pairs, "Diff", words.Money(cost-financing))...)})
		case financing > cost:
			all = append(all, statement{severity, words.T("budget.balance.exceeds", append(pairs, "Diff", words.Money(financing-cost))...)})
		}
	}
	if all == nil && b.TotalCost > 0 {
		all = append(all, statement{kit.Fine, words.T("budget.balance.even", "Sum", words.Money(b.TotalCost))})
	}
	return all
}

// ceilingStatements compare all the county's projects with the ceilings, year
// by year and over the period.
func ceilingStatements(d *desk, b *grant.Budget) []statement {
	words := d.words
	own := func(i int) int64 {
		if d.draft.Application.OutsideCeiling {
			return 0
		}
		return b.GrantByYear[i]
	}
	var all []statement
	var total int64
	for i, year := range b.Years {
		sum := own(i)
		for _, o := range d.others {
			sum += o.ByYear[year]
		}
		total += sum
		c, ok := d.call.CeilingOf(year)
		if !ok {
			continue
		}
		pairs := []any{"Year", strconv.Itoa(year), "Sum", words.Money(sum), "Ceiling", words.Money(c.Amount)}
		switch {
		case sum > c.Amount && c.Firm:
			all = append(all, statement{kit.Stop, words.T("budget.ceiling.over", append(pairs, "Over", words.Money(sum-c.Amount))...)})
		case sum > c.Amount:
			all = append(all, statement{kit.Warn, words.T("budget.ceiling.overPlanned", append(pairs, "Over", words.Money(sum-c.Amount))...)})
		default:
			all = append(all, statement{kit.Fine, words.T("budget.ceiling.within", append(pairs, "Left", words.Money(c.Amount-sum))...)})
		}
	}
	if c := d.call.Funding.PeriodCeiling.Amount; c > 0 {
		pairs := []any{"Sum", words.Money(total), "Ceiling", words.Money(c)}
		if total > c {
			all = append(all, statement{kit.Warn, words.T("budget.period.over", append(pairs, "Over", words.Money(total-c))...)})
		} else {
			all = append(all, statement{kit.Fine, words.T("budget.period.within", append(pairs, "Left", words.Money(c-total))...)})
		}
	}
	for _, o := range d.others {
		if share := sumOf(o.ByYear); share != 0 {
			all = append(all, statement{kit.Info, words.T("budget.ceiling.other", "Title", titleOr(d, o.Title), "Sum", words.Money(share))})
		}
	}
	if d.draft.Application.OutsideCeiling {
		all = append(all, statement{kit.Info, words.T("budget.ceiling.outside")})
	}
	return all
}

func sumOf(byYear map[int]int64) int64 {
	var sum int64
	for _, n := range byYear {
		sum += n
	}
	return sum
}

// partsOfSum tells what a number is made of: "1 200 000 = Lønn 400 000 + …".
func partsOfSum(words *lang.Printer, sum int64, lines []grant.Line, of func(*grant.Line) int64) string {
	var parts []string
	for i := range lines {
		if n := of(&lines[i]); n != 0 {
			parts = append(parts, words.T("budget.part", "Label", lines[i].Label, "Amount", words.Money(n)))
		}
	}
	if len(parts) == 0 {
		return words.T("budget.sumEmpty")
	}
	return words.T("budget.sum", "Sum", words.Money(sum), "Parts", strings.Join(parts, " + "))
}

// lowered is the grant by year cut to what is allowed, from the last year on.
// What is already within stays as it is.
func lowered(grantByYear []int64, most int64) []int64 {
	cut := slices.Clone(grantByYear)
	var sum int64
	for _, n := range cut {
		sum += n
	}
	for i := len(cut) - 1; i >= 0 && sum > most; i-- {
		less := min(cut[i], sum-most)
		cut[i], sum = cut[i]-less, sum-less
	}
	return cut
}
