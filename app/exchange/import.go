package exchange

import (
	"context"
	"reflect"

	"kompetansepilot/app/partner"
	"kompetansepilot/data"
)

// Rejected is a row that was refused.
type Rejected struct {
	Row    int
	Reason Reason
	cells  []string
}

// Result is what an import did.
type Result struct {
	Created, Updated, Unchanged, Skipped int
	Rejected                             []Rejected
	// Transaction is the one that holds all of it, 0 when nothing was written.
	Transaction int64
}

// count notes what a row did.
func (r *Result) count(d *Decision) {
	switch d.Action {
	case Create:
		r.Created++
	case Update:
		r.Updated++
	case Unchanged:
		r.Unchanged++
	case Skip:
		r.Skipped++
	case Refuse:
		r.Rejected = append(r.Rejected, Rejected{Row: d.Row, Reason: d.Reason, cells: d.cells})
	}
}

// Apply does what a plan says as one step named label, and remembers how the
// columns were matched. Nothing is written when it fails.
func (s *Service) Apply(ctx context.Context, label string, p *Plan) (Result, error) {
	var result Result
	err := s.store.Update(label, func(tx *data.Tx) error {
		for i := range p.Decisions {
			if i%1000 == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			d := p.Decisions[i]
			if err := s.apply(tx, p.File, &d); err != nil {
				return err
			}
			result.count(&d)
		}
		return s.finish(tx, p.File, &result)
	}, data.Committed(func(transaction int64) { result.Transaction = transaction }))
	return result, err
}

// apply writes one row. The record that it is about is read again: it may have
// been changed since the plan was made.
func (s *Service) apply(tx *data.Tx, f *File, d *Decision) error {
	if f.Kind == Contacts {
		return putContact(tx, f, d)
	}
	switch d.Action {
	case Create:
		o := data.Organisation{OrganisationOf: f.Kind.Organisation(), Status: string(partner.StatusUnknown)}
		d.values.into(&o)
		return tx.Put(&o)
	case Update:
		o, err := data.Get[data.Organisation](tx, d.Match)
		if data.Code(err) == data.CodeNotFound || err == nil && o.InTrash() {
			d.Action, d.Reason = Refuse, Reason{why: whyGone}
			return nil
		}
		if err != nil {
			return err
		}
		before := o
		d.values.into(&o)
		if reflect.DeepEqual(o, before) {
			d.Action = Unchanged
			return nil
		}
		return tx.Put(&o)
	}
	return nil
}

// finish remembers the columns of a file that gave something.
func (s *Service) finish(tx *data.Tx, f *File, r *Result) error {
	if r.Created+r.Updated == 0 || len(f.Header) == 0 {
		return nil
	}
	return remember(tx, f.Kind, f.Header, f.Matching)
}

// Import looks at a file and does what it says in one go, as one step named
// label: the rows are written while those after them are read. dry only looks.
func (s *Service) Import(ctx context.Context, label string, f *File, policy Policy, dry bool) (Result, error) {
	var result Result
	if err := f.Enough(); err != nil {
		return result, err
	}
	if dry {
		err := s.decide(ctx, s.store, f, policy, func(d *Decision, _ *data.Organisation) error {
			result.count(d)
			return nil
		})
		return result, err
	}
	err := s.store.Update(label, func(tx *data.Tx) error {
		err := s.decide(ctx, tx, f, policy, func(d *Decision, o *data.Organisation) error {
			if f.Kind == Contacts {
				err := putContact(tx, f, d)
				result.count(d)
				return err
			}
			result.count(d)
			if o == nil {
				return nil
			}
			return tx.Put(o)
		})
		if err != nil {
			return err
		}
		return s.finish(tx, f, &result)
	}, data.Committed(func(transaction int64) { result.Transaction = transaction }))
	if err != nil {
		return Result{}, err
	}
	return result, nil
}
