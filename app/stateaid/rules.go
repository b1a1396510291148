// Package stateaid keeps the ledger of public support to each business and
// tells how much of the cap for de minimis aid it has used. The caps and their
// dates are data: they stand in assets/reference/stateaid.json, and a workspace
// may hold its own. What nobody has confirmed is marked so and stops nothing.
package stateaid

import (
	"encoding/json"
	"slices"
	"time"

	"kompetansepilot/assets"
	"kompetansepilot/data"
)

// Legal bases of an award, as the grant portal's case handlers class them
// (domain.md 1.6, S34). Only the de minimis ones count against a cap.
const (
	BasisDeMinimis         = "deMinimis"
	BasisDeMinimisServices = "deMinimisServices" // services of general economic interest
	BasisBlock             = "block"             // a block exemption
	BasisPurchase          = "purchase"          // a purchase of services, no aid
	BasisFramework         = "framework"         // a framework grant
	BasisOther             = "other"
)

// Bases are the legal bases to choose from.
func Bases() []string {
	return []string{BasisDeMinimis, BasisDeMinimisServices, BasisBlock, BasisPurchase, BasisFramework, BasisOther}
}

// SectorRoadFreight is the sector with a cap of its own until 2023.
const SectorRoadFreight = "roadFreight"

// Windows that a cap counts over.
const (
	WindowFiscalYears  = "fiscalYears"  // the year of the award and those before it
	WindowRollingYears = "rollingYears" // the years up to the day of the award
)

// Fact is a value of the rules, and where it was read.
type Fact[T any] struct {
	Value    T      `json:"value"`
	Verified bool   `json:"verified"`
	Source   string `json:"source"`
}

// Cap is how much a business may get.
type Cap struct {
	Basis  string      `json:"basis"`
	Sector string      `json:"sector"` // "" for all others
	EUR    Fact[int64] `json:"eur"`    // whole euros
}

// Regime is the rules of one regulation.
type Regime struct {
	ID  string `json:"id"`
	Law string `json:"law"` // number of the EU regulation
	// From and To are the first and the last day (YYYY-MM-DD) of awards under it;
	// an empty To has no end.
	From   Fact[string] `json:"from"`
	To     Fact[string] `json:"to"`
	Window Fact[string] `json:"window"`
	Years  int          `json:"years"`
	Caps   []Cap        `json:"caps"`
}

// Rules are all that the ledger counts by.
type Rules struct {
	Vintage string   `json:"vintage"`
	WarnAt  [2]int64 `json:"warnAt"` // per cent of the cap: near it, at it
	Regimes []Regime `json:"regimes"`
}

// Own tells whether the workspace's rules differ from the program's.
func (r *Rules) Own() bool {
	mine, errMine := json.Marshal(r)
	builtIn := BuiltIn()
	theirs, errTheirs := json.Marshal(&builtIn)
	return errMine == nil && errTheirs == nil && string(mine) != string(theirs)
}

// BuiltIn are the program's own rules. A file that cannot be read was built
// wrong and panics; a test reads it.
func BuiltIn() Rules {
	raw, err := assets.FS.ReadFile("reference/stateaid.json")
	if err != nil {
		panic("stateaid: " + err.Error())
	}
	rules, err := parse(raw)
	if err != nil {
		panic("stateaid: " + err.Error())
	}
	return rules
}

// CodeRules is the code of the error for rules that cannot be used.
const CodeRules = "stateAidRules"

// parse reads rules and refuses those that nothing can be counted by.
func parse(raw []byte) (Rules, error) {
	var r Rules
	if err := json.Unmarshal(raw, &r); err != nil {
		return Rules{}, data.NewError(CodeRules+".unreadable", "Reglene for offentlig støtte i arbeidsfilen kan ikke leses. Støtten er trygg. Sett reglene tilbake til programmets egne.", err)
	}
	return r, r.check()
}

// check tells what is wrong with rules.
func (r *Rules) check() error {
	if len(r.Regimes) == 0 || r.WarnAt[0] <= 0 || r.WarnAt[1] < r.WarnAt[0] {
		return data.NewError(CodeRules+".unreadable", "Reglene for offentlig støtte i arbeidsfilen kan ikke leses. Støtten er trygg. Sett reglene tilbake til programmets egne.", nil)
	}
	for i := range r.Regimes {
		g := &r.Regimes[i]
		day := func(text string) bool { _, err := time.Parse(time.DateOnly, text); return err == nil }
		switch {
		case !day(g.From.Value), g.To.Value != "" && (!day(g.To.Value) || g.To.Value < g.From.Value):
			return data.NewError(CodeRules+".dates", "Reglene i forordning {{.Law}} må ha en første dag, og den siste kan ikke komme før den. Ingenting er endret.", nil, "Law", g.Law)
		case g.Years < 1 || g.Years > 20, g.Window.Value != WindowFiscalYears && g.Window.Value != WindowRollingYears,
			slices.ContainsFunc(g.Caps, func(c Cap) bool { return c.EUR.Value < 0 || c.EUR.Value > data.MaxAmount }):
			return data.NewError(CodeRules+".values", "Reglene i forordning {{.Law}} har et tak eller en periode som ikke kan brukes. Ingenting er endret.", nil, "Law", g.Law)
		}
	}
	return nil
}

// On is the regime for awards on a day, nil when there is none. Of two that
// overlap it is the one that began last.
func (r *Rules) On(date string) *Regime {
	var found *Regime
	for i := range r.Regimes {
		g := &r.Regimes[i]
		if g.From.Value <= date && (g.To.Value == "" || date <= g.To.Value) && (found == nil || g.From.Value > found.From.Value) {
			found = g
		}
	}
	return found
}

// Cap is the cap of a basis in a sector, nil when the regime has none.
func (g *Regime) Cap(basis, sector string) *Cap {
	var general *Cap
	for i := range g.Caps {
		c := &g.Caps[i]
		switch {
		case c.Basis != basis:
		case c.Sector == sector:
			return c
		case c.Sector == "":
			general = c
		}
	}
	return general
}

// first is the first day of the window that ends on a day.
func (g *Regime) first(date string) string {
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return date
	}
	if g.Window.Value == WindowFiscalYears {
		return time.Date(day.Year()-g.Years+1, time.January, 1, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
	}
	return day.AddDate(-g.Years, 0, 1).Format(time.DateOnly)
}
