package grant

import (
	"context"
	"slices"
	"strings"
	"time"

	"kompetansepilot/app/lang"
	"kompetansepilot/data"
)

// Standing is how one application stands: what a list or an overview shows of
// it. It is a copy and may be read from several goroutines.
type Standing struct {
	ID, Title  string
	County     string // number
	CallID     string
	Call       *Call  // nil when the workspace no longer has the call
	Status     string // data.StatusDraft or data.StatusSubmitted
	Submitted  string // YYYY-MM-DD
	CaseNumber string
	// OutsideCeiling keeps it from counting against the county's ceiling.
	OutsideCeiling bool
	Changed        time.Time
	Versions       int

	// The rest is empty when the call is gone.
	Report      Report
	Budget      Budget
	Target      Target
	Sections    []SectionState
	Unconfirmed []Line // financing without evidence, other than the grant
	Due         []Due
}

// Draft tells whether the application is still being written.
func (s *Standing) Draft() bool { return s.Status != data.StatusSubmitted }

// Stopped tells whether findings keep a draft from being handed in.
func (s *Standing) Stopped() bool { return s.Draft() && s.Call != nil && !s.Report.CanSubmit }

// Deadline of the call, YYYY-MM-DD, or "" when it has none.
func (s *Standing) Deadline() string {
	if s.Call == nil {
		return ""
	}
	return s.Call.Dates.Deadline.Value
}

// Standings are how all the live applications stand, the one changed last
// first. It reads the workspace once and then only computes; a check of one
// application takes a few milliseconds at most. The error is ctx's when it ends.
func (s *Service) Standings(ctx context.Context, words *lang.Printer) ([]Standing, error) {
	kept, err := data.LiveDrafts(s.w)
	if err != nil {
		return nil, err
	}
	businesses, err := s.Businesses()
	if err != nil {
		return nil, err
	}
	agreements, err := agreementsByApplication(s.w)
	if err != nil {
		return nil, err
	}
	calls := make([]*Call, len(kept))
	asked := make([]Commitment, len(kept))
	for i := range kept {
		if call, err := s.calls.Get(kept[i].Application.Call); err == nil {
			calls[i], asked[i] = call, commitmentOf(call, &kept[i].Draft)
		}
	}
	all := make([]Standing, len(kept))
	for i := range kept {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		all[i] = standingOf(&kept[i], calls[i])
		if calls[i] == nil {
			continue
		}
		d := &kept[i].Draft
		var others []Commitment
		for j := range kept {
			a := &kept[j].Application
			if j != i && a.County == d.Application.County && a.Call == d.Application.Call && !a.OutsideCeiling {
				others = append(others, asked[j])
			}
		}
		figures, err := s.changedFigures(d)
		if err != nil {
			return nil, err
		}
		all[i].compute(Input{Call: calls[i], Draft: d, Figures: figures, Others: others, Places: s.places, Businesses: businesses,
			Agreements: agreements[d.Application.ID], Words: words, SubmissionDate: d.Application.Submitted, Unsupported: s.unsupported})
	}
	return all, nil
}

func standingOf(k *data.Kept, call *Call) Standing {
	a := &k.Application
	return Standing{ID: a.ID, Title: a.Title(), County: a.County, CallID: a.Call, Call: call, Status: a.Status, Submitted: a.Submitted,
		CaseNumber: a.CaseNumber, OutsideCeiling: a.OutsideCeiling, Changed: k.Changed, Versions: k.Versions}
}

// compute fills in what follows from the draft.
func (s *Standing) compute(in Input) {
	s.Budget = ComputeBudget(in.Call, in.Draft, in.Others, in.Words.Code())
	s.Target = ComputeTarget(in.Call, in.Places, in.Draft.Application.Answers["municipalities"], in.Businesses)
	s.Report = Check(in)
	s.Sections = sectionStates(in.Call, in.Draft, &s.Report)
	for _, line := range s.Budget.Financing {
		if !line.Confirmed && line.Row.Type != GrantSource && line.Sum != 0 {
			s.Unconfirmed = append(s.Unconfirmed, line)
		}
	}
	s.Due = dueOf(in.Call, in.Draft)
}

// SectionState is how far a section of the form is filled in.
type SectionState struct {
	Section *Section
	// Filled of Required fields that must be filled in have content.
	Filled, Required int
	Optional         int // other fields with content
	Stops            int // findings that stop, on fields of the section
}

// sectionStates tells how far each section of the form is filled in.
func sectionStates(call *Call, d *data.Draft, r *Report) []SectionState {
	all := make([]SectionState, len(call.Form.Sections))
	for i := range call.Form.Sections {
		state := SectionState{Section: &call.Form.Sections[i]}
		for j := range state.Section.Fields {
			f := &state.Section.Fields[j]
			filled := Filled(d, f)
			switch {
			case f.Required && filled:
				state.Filled++
			case filled:
				state.Optional++
			}
			if f.Required {
				state.Required++
			}
			for _, found := range r.Findings {
				if found.Field == f.ID && found.Severity == Stop {
					state.Stops++
				}
			}
		}
		all[i] = state
	}
	return all
}

// Due is a goal or a milestone with a date that is not done yet.
type Due struct {
	Field     string // of the call
	Name      string
	Date      string // YYYY-MM-DD
	Milestone bool
}

// dueOf are the goals and milestones that are open, by date.
func dueOf(call *Call, d *data.Draft) []Due {
	var all []Due
	for _, g := range d.Goals {
		if g.Done == "" && validDate(g.Due) != "" && !Blank(g.Text) {
			all = append(all, Due{Field: g.Field, Name: strings.TrimSpace(g.Text), Date: g.Due})
		}
	}
	if fields := call.FieldsOf(TypeMilestones); len(fields) > 0 {
		for _, m := range d.Milestones {
			if m.Done == "" && validDate(m.Date) != "" {
				all = append(all, Due{Field: fields[0].ID, Name: strings.TrimSpace(m.Name), Date: m.Date, Milestone: true})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Due) int { return strings.Compare(a.Date, b.Date) })
	return all
}

// DueAhead is how many days before its date a goal or milestone is due soon.
const DueAhead = 30

// DueOf is something due, and the application that it belongs to.
type DueOf struct {
	Due
	Application *Standing
	Days        int // until the date; less than 0 when it has passed
}

// DueNow are the goals and milestones that are due within DueAhead days of
// today, the nearest first, and after them those that have passed, the latest
// first.
func DueNow(all []Standing, today string) (soon, passed []DueOf) {
	for i := range all {
		for _, due := range all[i].Due {
			days, ok := DaysBetween(today, due.Date)
			switch {
			case !ok || days > DueAhead:
			case days >= 0:
				soon = append(soon, DueOf{due, &all[i], days})
			default:
				passed = append(passed, DueOf{due, &all[i], days})
			}
		}
	}
	slices.SortStableFunc(soon, func(a, b DueOf) int { return a.Days - b.Days })
	slices.SortStableFunc(passed, func(a, b DueOf) int { return b.Days - a.Days })
	return soon, passed
}

// DaysBetween is how many days there are from one date to another (YYYY-MM-DD);
// less than 0 when to is the earlier.
func DaysBetween(from, to string) (days int, ok bool) {
	a, err := time.Parse(time.DateOnly, from)
	if err != nil {
		return 0, false
	}
	b, err := time.Parse(time.DateOnly, to)
	if err != nil {
		return 0, false
	}
	return int(b.Sub(a) / (24 * time.Hour)), true
}

// CallDeadline is the deadline of a call, with the drafts that wait for it.
type CallDeadline struct {
	Call   *Call
	Drafts []*Standing
	Days   int // until the deadline; less than 0 when it has passed
}

// Deadlines are the deadlines of the calls that drafts are written for, and
// those that are still ahead of all calls: the nearest first, then those that
// have passed, the latest first. A call without a date is left out.
func Deadlines(calls []*Call, all []Standing, today string) []CallDeadline {
	var out []CallDeadline
	for _, call := range calls {
		days, ok := DaysBetween(today, call.Dates.Deadline.Value)
		if !ok {
			continue
		}
		d := CallDeadline{Call: call, Days: days}
		for i := range all {
			if all[i].Draft() && all[i].CallID == call.ID {
				d.Drafts = append(d.Drafts, &all[i])
			}
		}
		if days >= 0 || len(d.Drafts) > 0 {
			out = append(out, d)
		}
	}
	slices.SortStableFunc(out, func(a, b CallDeadline) int {
		switch {
		case a.Days >= 0 && b.Days >= 0:
			return a.Days - b.Days
		case a.Days >= 0:
			return -1
		case b.Days >= 0:
			return 1
		}
		return b.Days - a.Days
	})
	return out
}

// CeilingUse is how much of a call's ceilings a county's applications ask for,
// in whole kroner. Those kept outside the ceiling do not count.
type CeilingUse struct {
	County string // number
	Call   *Call
	// Applications are those that count.
	Applications []*Standing
	Years        []YearUse
	Sum          int64 // of all years
	Period       int64 // ceiling of the whole period, 0 for none
}

// YearUse is the use of one year's ceiling.
type YearUse struct {
	Year     int
	Sum      int64
	Ceiling  int64 // 0 for a year without one
	HasLimit bool
	Firm     bool // false for an amount that the call only plans
}

// CeilingUses adds up what each county asks for of each call that has ceilings,
// in the order of the applications.
func CeilingUses(all []Standing) []CeilingUse {
	var uses []CeilingUse
	for i := range all {
		s := &all[i]
		if s.Call == nil || s.OutsideCeiling || len(s.Call.Funding.YearlyCeilings) == 0 && s.Call.Funding.PeriodCeiling.Amount == 0 {
			continue
		}
		at := slices.IndexFunc(uses, func(u CeilingUse) bool { return u.County == s.County && u.Call.ID == s.CallID })
		if at < 0 {
			uses = append(uses, newCeilingUse(s))
			at = len(uses) - 1
		}
		u := &uses[at]
		u.Applications = append(u.Applications, s)
		u.Sum += s.Budget.Grant
		for y := range u.Years {
			u.Years[y].Sum += s.Budget.GrantByYear[y]
		}
	}
	return uses
}

func newCeilingUse(s *Standing) CeilingUse {
	u := CeilingUse{County: s.County, Call: s.Call, Period: s.Call.Funding.PeriodCeiling.Amount}
	for _, year := range s.Call.Years() {
		c, ok := s.Call.CeilingOf(year)
		u.Years = append(u.Years, YearUse{Year: year, Ceiling: c.Amount, HasLimit: ok, Firm: c.Firm})
	}
	return u
}

// PlanField is the field that holds the cost plan, or the financing plan; ""
// when the form has none.
func (c *Call) PlanField(financing bool) string {
	for _, f := range c.FieldsOf(TypeYearTable) {
		if (f.RowsFrom == "funding.financingSources") == financing {
			return f.ID
		}
	}
	return ""
}

// EvenByYear tells whether cost and financing are the same each year.
func (b *Budget) EvenByYear() bool { return slices.Equal(b.CostByYear, b.FinancingByYear) }

// RuleKind is what a rule of the call does, "" for an unknown id.
func (c *Call) RuleKind(id string) string {
	for i := range c.Rules {
		if c.Rules[i].ID == id {
			return c.Rules[i].Kind
		}
	}
	return ""
}
