package grant

import "kompetansepilot/data"

// Place is where a record is edited: its application, and the field of the call
// that shows it; "" is no field of its own.
type Place struct{ Application, Field string }

// PlaceOf finds where a part of an application is edited. ok is false for
// records of other kinds, and of an application in the trash.
func (s *Service) PlaceOf(kind, id string) (p Place, ok bool, err error) {
	shows := func(*Field) bool { return false }
	ofType := func(name string) func(*Field) bool { return func(f *Field) bool { return f.Type == name } }
	money := func(plan string) func(*Field) bool {
		return func(f *Field) bool { return f.Type == TypeYearTable && f.Plan() == plan }
	}
	switch kind {
	case (*data.Application)(nil).Kind():
		p.Application = id
	case (*data.Goal)(nil).Kind():
		var g data.Goal
		g, err = data.Get[data.Goal](s.w, id)
		p = Place{g.Application, g.Field}
	case (*data.Activity)(nil).Kind():
		var a data.Activity
		a, err = data.Get[data.Activity](s.w, id)
		p.Application, shows = a.Application, ofType(TypeActivities)
	case (*data.Milestone)(nil).Kind():
		var m data.Milestone
		m, err = data.Get[data.Milestone](s.w, id)
		p.Application, shows = m.Application, ofType(TypeMilestones)
	case (*data.BudgetRow)(nil).Kind():
		var b data.BudgetRow
		b, err = data.Get[data.BudgetRow](s.w, id)
		p.Application, shows = b.Application, money(b.Plan)
	case (*data.Evidence)(nil).Kind():
		var e data.Evidence
		e, err = data.Get[data.Evidence](s.w, id)
		p.Application, shows = e.Application, money(data.PlanFinancing)
	case (*data.Partner)(nil).Kind():
		var r data.Partner
		r, err = data.Get[data.Partner](s.w, id)
		p.Application, shows = r.Application, ofType(TypePartners)
	case (*data.Attachment)(nil).Kind():
		var a data.Attachment
		a, err = data.Get[data.Attachment](s.w, id)
		p = Place{a.Application, a.Field}
	case (*data.Version)(nil).Kind():
		var v data.Version
		v, err = data.Get[data.Version](s.w, id)
		p.Application = v.Application
	case (*data.Receipt)(nil).Kind():
		var r data.Receipt
		r, err = data.Get[data.Receipt](s.w, id)
		p.Application = r.Application
	case (*data.Transfer)(nil).Kind():
		var t data.Transfer
		t, err = data.Get[data.Transfer](s.w, id)
		p.Application, shows = t.Application, func(f *Field) bool { return f.ID == t.Field }
	default:
		return Place{}, false, nil
	}
	if err != nil {
		return p, false, err
	}
	if a, err := data.Get[data.Application](s.w, p.Application); err != nil || a.InTrash() {
		return p, false, err
	}
	if p.Field != "" {
		return p, true, nil
	}
	_, call, err := s.Load(p.Application)
	if err != nil {
		return p, false, err
	}
	for i := range call.Form.Sections {
		for j := range call.Form.Sections[i].Fields {
			if f := &call.Form.Sections[i].Fields[j]; p.Field == "" && shows(f) {
				p.Field = f.ID
			}
		}
	}
	return p, true, nil
}

// CodeInTrash is the code of InTrash.
const CodeInTrash = "inTrash"

// InTrash is what one who would edit a deleted application is told.
func InTrash() error {
	return data.NewError("inTrash", "Søknaden ligger i papirkurven. Hent den tilbake derfra for å arbeide videre med den.", nil)
}
