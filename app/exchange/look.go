package exchange

import (
	"context"
	"reflect"

	"kompetansepilot/app/exchange/table"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
)

// Policy is what is done with a row about somebody whom the register has.
type Policy string

// Policies.
const (
	PolicyUpdate Policy = "update" // what the row says goes into the record
	PolicySkip   Policy = "skip"   // the record stays as it is
	PolicyNew    Policy = "new"    // a record more
)

// Action is what a row does.
type Action int

// Actions.
const (
	Refuse    Action = iota // nothing, for a Reason
	Create                  // makes a record
	Update                  // changes one
	Unchanged               // says what the register has already
	Skip                    // is passed over, as was chosen
)

// Decision is what one row will do.
type Decision struct {
	Row    int
	Action Action
	Reason Reason
	// Name is what the row is about, and Match the record that it is about, "" for
	// none; MatchName is that record's name, and ByNumber tells that the number
	// says so, not the name.
	Name, Match, MatchName string
	ByNumber               bool

	cells  []string
	values values
	// organisation is where a contact belongs.
	organisation string
}

// Plan is what an import will do, row by row, before it does it.
type Plan struct {
	File      *File
	Policy    Policy
	Decisions []Decision
}

// Count is how many rows do each thing.
func (p *Plan) Count() map[Action]int {
	counts := map[Action]int{}
	for i := range p.Decisions {
		counts[p.Decisions[i].Action]++
	}
	return counts
}

// SetAction changes what a row about a known record does: Update, Skip or
// Create. Other rows stay as they are.
func (p *Plan) SetAction(i int, a Action) {
	if d := &p.Decisions[i]; d.Match != "" && d.Action != Refuse && (a == Update || a == Skip || a == Create) {
		d.Action = a
	}
}

// Look reads the whole file and decides what each row will do, without writing
// anything. progress is told the number of rows now and then; it may be nil.
func (s *Service) Look(ctx context.Context, f *File, policy Policy, progress func(rows int)) (*Plan, error) {
	if err := f.Enough(); err != nil {
		return nil, err
	}
	p := &Plan{File: f, Policy: policy}
	err := s.decide(ctx, s.store, f, policy, func(d *Decision, _ *data.Organisation) error {
		p.Decisions = append(p.Decisions, *d)
		if n := len(p.Decisions); progress != nil && n%2000 == 0 {
			progress(n)
		}
		return nil
	})
	return p, err
}

// decider decides what rows do.
type decider struct {
	kind    Kind
	policy  Policy
	parser  *parser
	index   *index
	people  *people        // of contacts
	numbers map[string]int // number -> the row that has it
	names   map[string]int // name and municipality of rows without a number
}

// decide gives each row's decision, and the record as the row would leave it;
// nil when it does nothing.
func (s *Service) decide(ctx context.Context, r data.Reader, f *File, policy Policy, yield func(*Decision, *data.Organisation) error) error {
	where, args := "kind = ?", []any{f.Kind.Organisation()}
	if f.Kind == Contacts {
		where, args = "", nil
	}
	all, err := data.Live[data.Organisation](r, where, "", args...)
	if err != nil {
		return err
	}
	d := &decider{kind: f.Kind, policy: policy, parser: newParser(f.Kind, f.Matching, s.places), index: newIndex(all, s.places),
		numbers: map[string]int{}, names: map[string]int{}}
	if f.Kind == Contacts {
		if d.people, err = readPeople(r); err != nil {
			return err
		}
	}
	return f.rows(ctx, func(row table.Row) error {
		decision, o := d.row(row)
		return yield(&decision, o)
	})
}

func (d *decider) row(row table.Row) (Decision, *data.Organisation) {
	out := Decision{Row: row.Number, Name: d.parser.name(row.Cells), cells: row.Cells}
	refuse := func(r Reason) (Decision, *data.Organisation) {
		out.Reason = r
		return out, nil
	}
	if row.Fault != "" {
		return refuse(Reason{why: whyFault, fault: row.Fault})
	}
	v, reason := d.parser.row(row.Cells)
	if reason.Refused() {
		return refuse(reason)
	}
	out.values = v
	if out.Name == "" {
		out.Name = first(v[FieldNumber], v[FieldEmail], v[FieldPhone])
	}
	if d.kind == Contacts {
		return d.contact(out), nil
	}
	if reason := d.twice(v, row.Number); reason.Refused() {
		return refuse(reason)
	}
	found, how, several := d.index.find(v)
	switch {
	case several && d.policy != PolicyNew:
		return refuse(Reason{why: whyAmbiguous, value: v[FieldName]})
	case found == nil:
		o := &data.Organisation{OrganisationOf: d.kind.Organisation(), Status: string(partner.StatusUnknown)}
		v.into(o)
		out.Action = Create
		return out, o
	}
	out.Match, out.MatchName, out.ByNumber = found.ID, found.Name, how == byNumber
	o := *found
	v.into(&o)
	switch {
	case reflect.DeepEqual(o, *found):
		out.Action = Unchanged
		return out, nil
	case d.policy == PolicySkip:
		out.Action = Skip
		return out, nil
	case d.policy == PolicyNew:
		o := &data.Organisation{OrganisationOf: d.kind.Organisation(), Status: string(partner.StatusUnknown)}
		v.into(o)
		out.Action = Create
		return out, o
	}
	out.Action = Update
	return out, &o
}

// twice tells of a row that says again what an earlier one said.
func (d *decider) twice(v values, row int) Reason {
	seen, key, value := d.numbers, v[FieldNumber], v[FieldNumber]
	if key == "" {
		seen, key, value = d.names, nameKey(v[FieldName])+"\n"+v[FieldMunicipality], v[FieldName]
	}
	if earlier, ok := seen[key]; ok {
		return Reason{why: whyTwice, value: value, row: earlier}
	}
	seen[key] = row
	return Reason{}
}

// into writes what a row says into an organisation. What it leaves open stays.
func (v values) into(o *data.Organisation) {
	for f, text := range v {
		*f.at(o) = text
	}
}

func first(all ...string) string {
	for _, s := range all {
		if s != "" {
			return s
		}
	}
	return ""
}
