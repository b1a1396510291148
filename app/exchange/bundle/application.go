package bundle

import (
	"bytes"
	"encoding/json"
	"slices"

	"kompetansepilot/app/grant"
	"kompetansepilot/data"
)

// SchemaVersion is the form of søknad.json.
const SchemaVersion = 1

// Application is søknad.json, described by assets/schema/application.schema.json.
// Amounts are whole kroner.
type Application struct {
	Schema        string       `json:"$schema"`
	SchemaVersion int          `json:"schemaVersion"`
	Program       Program      `json:"program"`
	ID            string       `json:"id"`
	Title         string       `json:"title"`
	Language      string       `json:"language"`
	Version       *Version     `json:"version"` // null for the draft as it was
	ContentSHA256 string       `json:"contentSHA256"`
	Call          Call         `json:"call"`
	Budget        Budget       `json:"budget"`
	Target        Target       `json:"target"`
	Report        grant.Report `json:"report"`
	// Draft is the content of the application, in a version byte for byte as it
	// was kept once the white space is taken out. Only the internal note is left
	// out: it never leaves the county.
	Draft json.RawMessage `json:"draft"`
}

// Version names the version that a bundle was made of.
type Version struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	Created    string `json:"created"` // RFC 3339, UTC
	Actor      string `json:"actor"`
	Frozen     bool   `json:"frozen"`
	Submitted  string `json:"submitted"` // YYYY-MM-DD
	CaseNumber string `json:"caseNumber"`
	SHA256     string `json:"sha256"` // that the workspace keeps, of the content with its note
}

// Call names the call file of the bundle.
type Call struct {
	ID     string `json:"id"`
	Title  string `json:"title"`
	File   string `json:"file"`
	SHA256 string `json:"sha256"`
}

// Figure is an amount in whole kroner with the budget rows that it sums: those
// of Records less those of Less. Year 0 is the whole period.
type Figure struct {
	Year    int      `json:"year,omitempty"`
	Amount  int64    `json:"amount"`
	Records []string `json:"records"`
	Less    []string `json:"less,omitempty"`
}

// Line is a row of a plan. Its id is the record that holds it.
type Line struct {
	Record    string   `json:"record"`
	Type      string   `json:"type"`
	Label     string   `json:"label"`
	Years     []Figure `json:"years"`
	Sum       Figure   `json:"sum"`
	Confirmed bool     `json:"confirmed,omitempty"`
	Evidence  []string `json:"evidence,omitempty"` // ids
}

// Plan is the cost plan or the financing plan.
type Plan struct {
	Lines []Line   `json:"lines"`
	Years []Figure `json:"years"`
	Total Figure   `json:"total"`
}

// Other is what another of the county's applications counts against the
// ceilings. Its name is left out: it concerns nobody else.
type Other struct {
	Application string       `json:"application"` // id
	Years       []YearAmount `json:"years"`
}

// YearAmount is an amount in whole kroner in a year.
type YearAmount struct {
	Year   int   `json:"year"`
	Amount int64 `json:"amount"`
}

// OverCeiling tells by how much the county's applications exceed a ceiling. Year
// 0 is the whole period.
type OverCeiling struct {
	Year         int      `json:"year"`
	Ceiling      int64    `json:"ceiling"`
	Sum          int64    `json:"sum"`
	By           int64    `json:"by"`
	Firm         bool     `json:"firm"`
	Records      []string `json:"records"`      // budget rows of this application
	Applications []string `json:"applications"` // ids of the others
}

// MaxGrant is the largest grant that the cost allows: the cost times the
// share, rounded down.
type MaxGrant struct {
	Figure
	Numerator   int64 `json:"numerator"`
	Denominator int64 `json:"denominator"`
}

// Budget is the money of the application.
type Budget struct {
	Cost        Plan          `json:"cost"`
	Financing   Plan          `json:"financing"`
	GrantYears  []Figure      `json:"grantYears"`
	Grant       Figure        `json:"grant"`
	Balance     Figure        `json:"balance"` // financing less cost
	Unconfirmed Figure        `json:"unconfirmed"`
	MaxGrant    MaxGrant      `json:"maxGrant"` // Amount is after the share
	OverShareBy int64         `json:"overShareBy"`
	OverCeiling []OverCeiling `json:"overCeiling"`
	Others      []Other       `json:"others"`
}

// budgetOf names the records behind each figure of a budget.
func budgetOf(call *grant.Call, d *data.Draft, b *grant.Budget, others []grant.Commitment) Budget {
	out := Budget{Cost: planOf(b.Years, b.Cost, b.CostByYear, b.TotalCost), Financing: planOf(b.Years, b.Financing, b.FinancingByYear, b.TotalFinancing),
		GrantYears: []Figure{}, OverShareBy: b.OverShareBy, OverCeiling: []OverCeiling{}, Others: []Other{}}
	for i := range out.Financing.Lines {
		line := &out.Financing.Lines[i]
		line.Confirmed = b.Financing[i].Confirmed
		for _, e := range d.Evidence {
			if e.BudgetRow == line.Record {
				line.Evidence = append(line.Evidence, e.ID)
			}
		}
	}
	cost, financing := rowsOf(b.Cost, all), rowsOf(b.Financing, all)
	granted := rowsOf(b.Financing, func(l *grant.Line) bool { return l.Row.Type == grant.GrantSource })
	out.Grant = Figure{Amount: b.Grant, Records: granted}
	for i, year := range b.Years {
		out.GrantYears = append(out.GrantYears, Figure{Year: year, Amount: b.GrantByYear[i], Records: granted})
	}
	out.Balance = Figure{Amount: b.Balance, Records: financing, Less: cost}
	out.Unconfirmed = Figure{Amount: b.Unconfirmed, Records: rowsOf(b.Financing, func(l *grant.Line) bool {
		return l.Row.Type != grant.GrantSource && !l.Confirmed
	})}
	share := call.Funding.MaxShare
	if share.Denominator <= 0 {
		share.Numerator, share.Denominator = 1, 1
	}
	out.MaxGrant = MaxGrant{Figure: Figure{Amount: b.MaxGrant, Records: cost}, Numerator: share.Numerator, Denominator: share.Denominator}
	applications := []string{}
	for _, o := range others {
		applications = append(applications, o.Application)
		other := Other{Application: o.Application, Years: []YearAmount{}}
		for _, year := range b.Years {
			other.Years = append(other.Years, YearAmount{year, o.ByYear[year]})
		}
		out.Others = append(out.Others, other)
	}
	own := granted
	if d.Application.OutsideCeiling {
		own = []string{}
	}
	for _, o := range b.Over {
		out.OverCeiling = append(out.OverCeiling, OverCeiling{Year: o.Year, Ceiling: o.Ceiling, Sum: o.Sum, By: o.By, Firm: o.Firm, Records: own, Applications: applications})
	}
	return out
}

func planOf(years []int, lines []grant.Line, byYear []int64, total int64) Plan {
	records := rowsOf(lines, all)
	p := Plan{Lines: []Line{}, Years: []Figure{}, Total: Figure{Amount: total, Records: records}}
	for _, l := range lines {
		own := []string{l.Row.ID}
		line := Line{Record: l.Row.ID, Type: l.Row.Type, Label: l.Label, Years: []Figure{}, Sum: Figure{Amount: l.Sum, Records: own}}
		for i, year := range years {
			line.Years = append(line.Years, Figure{Year: year, Amount: l.Amounts[i], Records: own})
		}
		p.Lines = append(p.Lines, line)
	}
	for i, year := range years {
		p.Years = append(p.Years, Figure{Year: year, Amount: byYear[i], Records: records})
	}
	return p
}

func all(*grant.Line) bool { return true }

func rowsOf(lines []grant.Line, picks func(*grant.Line) bool) []string {
	ids := []string{}
	for i := range lines {
		if picks(&lines[i]) {
			ids = append(ids, lines[i].Row.ID)
		}
	}
	return ids
}

// Target is how the chosen municipalities lie on SSB's centrality scale.
type Target struct {
	Vintage         int            `json:"vintage"`        // of the classification
	PopulationDate  string         `json:"populationDate"` // YYYY-MM-DD
	Levels          []int          `json:"levels"`         // classes that the call asks for
	Municipalities  []Municipality `json:"municipalities"`
	Unknown         []string       `json:"unknown"` // numbers that no vintage knows
	Rural           int            `json:"rural"`   // municipalities at the levels
	Population      int            `json:"population"`
	RuralPopulation int            `json:"ruralPopulation"`
	Businesses      int            `json:"businesses"`
	RuralBusinesses int            `json:"ruralBusinesses"`
}

// Municipality is one that was chosen.
type Municipality struct {
	Number     string   `json:"number"`        // today's
	Was        []string `json:"was,omitempty"` // older numbers that were chosen
	Name       string   `json:"name"`
	Centrality int      `json:"centrality"`
	Population int      `json:"population"`
	Rural      bool     `json:"rural"`
	Businesses []string `json:"businesses"` // ids in the register
}

// targetOf names the records behind the counts of a target. businesses are the
// ids of the register's businesses by municipality.
func targetOf(t *grant.Target, businesses map[string][]string) Target {
	out := Target{Vintage: t.Vintage, PopulationDate: t.PopulationDate, Levels: append([]int{}, t.Levels...), Municipalities: []Municipality{},
		Unknown: append([]string{}, t.Unknown...), Rural: t.Rural, Population: t.Population, RuralPopulation: t.RuralPopulation,
		Businesses: t.Businesses, RuralBusinesses: t.RuralBusinesses}
	was := map[string][]string{}
	for _, r := range t.Renumbered {
		was[r.Number] = append(was[r.Number], r.OldNumber)
	}
	for _, m := range t.Municipalities {
		out.Municipalities = append(out.Municipalities, Municipality{Number: m.Number, Was: was[m.Number], Name: m.Name, Centrality: m.Centrality,
			Population: m.Population, Rural: slices.Contains(t.Levels, m.Centrality), Businesses: append([]string{}, businesses[m.Number]...)})
	}
	return out
}

// content is the draft as it was hashed: without the white space round it.
func (a *Application) content() ([]byte, error) {
	var b bytes.Buffer
	err := json.Compact(&b, a.Draft)
	return b.Bytes(), err
}
