package grant

import (
	"kompetansepilot/data"
)

// Line is a row of a plan with its amounts in whole kroner, one a year.
type Line struct {
	Row       data.BudgetRow
	Label     string
	Amounts   []int64
	Sum       int64
	Confirmed bool // only for financing
}

// Commitment is what another of the county's applications asks for.
type Commitment struct {
	Application string
	Title       string
	ByYear      map[int]int64
}

// OverCeiling is by how much the county's applications exceed a ceiling. Year 0
// is the whole period.
type OverCeiling struct {
	Year    int
	Ceiling int64
	Sum     int64 // of all the county's applications
	By      int64
	Firm    bool
}

// Budget is the money of an application, all in whole kroner.
type Budget struct {
	Years           []int
	Cost, Financing []Line
	CostByYear      []int64
	FinancingByYear []int64
	GrantByYear     []int64
	TotalCost       int64
	TotalFinancing  int64
	Balance         int64 // financing less cost
	Grant           int64
	// MaxGrant is the largest grant that the cost allows, and OverShareBy by how
	// much the grant exceeds it: 100·grant <= 70·cost, in whole numbers (call S1).
	MaxGrant    int64
	OverShareBy int64
	Over        []OverCeiling
	Unconfirmed int64 // financing other than the grant without evidence
}

// ComputeBudget adds up the plans of a draft. others are the county's other
// applications to the same call.
func ComputeBudget(call *Call, d *data.Draft, others []Commitment, language string) Budget {
	b := Budget{Years: call.Years()}
	n := len(b.Years)
	b.CostByYear, b.FinancingByYear, b.GrantByYear = make([]int64, n), make([]int64, n), make([]int64, n)
	for _, row := range d.Cost {
		line := b.line(row, rowLabel(row, call.Funding.CostTypes, language))
		add(b.CostByYear, line.Amounts)
		b.TotalCost += line.Sum
		b.Cost = append(b.Cost, line)
	}
	for _, row := range d.Financing {
		line := b.line(row, rowLabel(row, call.Funding.Sources, language))
		line.Confirmed = d.Confirmed(row.ID)
		add(b.FinancingByYear, line.Amounts)
		b.TotalFinancing += line.Sum
		if row.Type == GrantSource {
			add(b.GrantByYear, line.Amounts)
			b.Grant += line.Sum
		} else if !line.Confirmed {
			b.Unconfirmed += line.Sum
		}
		b.Financing = append(b.Financing, line)
	}
	b.Balance = b.TotalFinancing - b.TotalCost
	if s := call.Funding.MaxShare; s.Denominator > 0 {
		b.MaxGrant = floorDiv(b.TotalCost*s.Numerator, s.Denominator)
		b.OverShareBy = max(0, b.Grant-b.MaxGrant)
	} else {
		b.MaxGrant = b.TotalCost
	}
	b.ceilings(call, d.Application.OutsideCeiling, others)
	return b
}

func (b *Budget) line(row data.BudgetRow, label string) Line {
	line := Line{Row: row, Label: label, Amounts: make([]int64, len(b.Years))}
	for i, year := range b.Years {
		line.Amounts[i] = row.Amount(year)
		line.Sum += line.Amounts[i]
	}
	return line
}

// ceilings compares the county's applications with the ceilings. The sum of a
// county's projects must stay within its ceiling (call S1, S2).
func (b *Budget) ceilings(call *Call, outside bool, others []Commitment) {
	var total int64
	for i, year := range b.Years {
		sum := int64(0)
		if !outside {
			sum = b.GrantByYear[i]
		}
		for _, o := range others {
			sum += o.ByYear[year]
		}
		total += sum
		if c, ok := call.CeilingOf(year); ok && sum > c.Amount {
			b.Over = append(b.Over, OverCeiling{year, c.Amount, sum, sum - c.Amount, c.Firm})
		}
	}
	if p := call.Funding.PeriodCeiling; p.Amount > 0 && total > p.Amount {
		b.Over = append(b.Over, OverCeiling{0, p.Amount, total, total - p.Amount, false})
	}
}

// commitmentOf is what a draft counts against the county's ceiling.
func commitmentOf(call *Call, d *data.Draft) Commitment {
	c := Commitment{Application: d.Application.ID, Title: d.Application.Title(), ByYear: map[int]int64{}}
	for _, row := range d.Financing {
		if row.Type == GrantSource {
			for _, year := range call.Years() {
				c.ByYear[year] += row.Amount(year)
			}
		}
	}
	return c
}

func rowLabel(row data.BudgetRow, types []RowType, language string) string {
	if row.Label != "" {
		return row.Label
	}
	if t, ok := findRow(types, row.Type); ok {
		return t.Label.In(language)
	}
	return row.Type
}

func add(sums, amounts []int64) {
	for i := range amounts {
		sums[i] += amounts[i]
	}
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}
