package grant

import (
	"slices"

	"kompetansepilot/data"
)

// Place is where a record is edited: its application, and the field of the call
// that shows it; "" is no field of its own.
type Place struct{ Application, Field string }

// PlaceOf finds where a part of an application is edited. ok is false for
// records of other kinds, and of an application in the trash.
func (s *Service) PlaceOf(kind, id string) (p Place, ok bool, err error) {
	shown, ok, err := s.NewPlacer().Place(kind, id)
	return shown.Place, ok, err
}

// Shown is a place with what stands there.
type Shown struct {
	Place
	In   *data.Application
	Call *Call // of the application; nil when the workspace no longer has it
	// Label is what the call names the record by its type, in a budget.
	Label Text
}

// FieldLabel is the name of the field, "" when the place has none.
func (s *Shown) FieldLabel(language string) string {
	if s.Call == nil || s.Field == "" {
		return ""
	}
	if f := s.Call.Field(s.Field); f != nil {
		return f.Label.In(language)
	}
	return ""
}

// Placer finds many places, and reads each application once.
type Placer struct {
	s     *Service
	known map[string]*Shown
}

// NewPlacer makes a Placer. It sees the workspace as it is when it first asks
// for an application, so it is used for one list and thrown away.
func (s *Service) NewPlacer() *Placer { return &Placer{s: s, known: map[string]*Shown{}} }

// Field is the place of a field of a call.
func (p *Placer) Field(application, field string) (Shown, error) {
	shown, err := p.in(application)
	shown.Field = field
	return shown, err
}

// in is the application itself.
func (p *Placer) in(application string) (Shown, error) {
	if s := p.known[application]; s != nil {
		return *s, nil
	}
	a, err := data.Get[data.Application](p.s.w, application)
	if err != nil {
		return Shown{}, err
	}
	s := &Shown{Place: Place{Application: application}, In: &a}
	// Without its call an application can still be found and opened.
	s.Call, err = p.s.calls.Get(a.Call)
	if err != nil && data.Code(err) == "" {
		return Shown{}, err
	}
	p.known[application] = s
	return *s, nil
}

// Place is [Service.PlaceOf].
func (p *Placer) Place(kind, id string) (shown Shown, ok bool, err error) {
	w := p.s.w
	switch kind {
	case (*data.Application)(nil).Kind():
		shown, err = p.in(id)
	case (*data.Goal)(nil).Kind():
		var g data.Goal
		if g, err = data.Get[data.Goal](w, id); err == nil {
			shown, err = p.Field(g.Application, g.Field)
		}
	case (*data.Activity)(nil).Kind():
		var a data.Activity
		if a, err = data.Get[data.Activity](w, id); err == nil {
			shown, err = p.first(a.Application, ofType(TypeActivities))
		}
	case (*data.Milestone)(nil).Kind():
		var m data.Milestone
		if m, err = data.Get[data.Milestone](w, id); err == nil {
			shown, err = p.first(m.Application, ofType(TypeMilestones))
		}
	case (*data.BudgetRow)(nil).Kind():
		shown, err = p.budgetRow(id)
	case (*data.Evidence)(nil).Kind():
		var e data.Evidence
		if e, err = data.Get[data.Evidence](w, id); err == nil {
			shown, err = p.first(e.Application, ofPlan(data.PlanFinancing))
		}
	case (*data.Partner)(nil).Kind():
		var r data.Partner
		if r, err = data.Get[data.Partner](w, id); err == nil {
			shown, err = p.first(r.Application, ofType(TypePartners))
		}
	case (*data.Attachment)(nil).Kind():
		var a data.Attachment
		if a, err = data.Get[data.Attachment](w, id); err == nil {
			shown, err = p.Field(a.Application, a.Field)
		}
	case (*data.Version)(nil).Kind():
		var v data.Version
		if v, err = data.Get[data.Version](w, id); err == nil {
			shown, err = p.in(v.Application)
		}
	case (*data.Receipt)(nil).Kind():
		var r data.Receipt
		if r, err = data.Get[data.Receipt](w, id); err == nil {
			shown, err = p.in(r.Application)
		}
	case (*data.MadeDocument)(nil).Kind():
		var m data.MadeDocument
		if m, err = data.Get[data.MadeDocument](w, id); err == nil {
			shown, err = p.in(m.Application)
		}
	case (*data.Transfer)(nil).Kind():
		var t data.Transfer
		if t, err = data.Get[data.Transfer](w, id); err == nil {
			shown, err = p.first(t.Application, func(f *Field) bool { return f.ID == t.Field })
		}
	default:
		return Shown{}, false, nil
	}
	return shown, err == nil && (shown.In == nil || !shown.In.InTrash()), err
}

func (p *Placer) budgetRow(id string) (Shown, error) {
	b, err := data.Get[data.BudgetRow](p.s.w, id)
	if err != nil {
		return Shown{}, err
	}
	shown, err := p.first(b.Application, ofPlan(b.Plan))
	if err != nil || shown.Call == nil {
		return shown, err
	}
	row, ok := shown.Call.CostType(b.Type)
	if b.Plan == data.PlanFinancing {
		row, ok = shown.Call.FinancingSource(b.Type)
	}
	if ok {
		shown.Label = row.Label
	}
	return shown, nil
}

// first is the first field of an application's call that shows the record.
func (p *Placer) first(application string, shows func(*Field) bool) (Shown, error) {
	shown, err := p.in(application)
	if err != nil || shown.Call == nil {
		return shown, err
	}
	for i := range shown.Call.Form.Sections {
		fields := shown.Call.Form.Sections[i].Fields
		if at := slices.IndexFunc(fields, func(f Field) bool { return shows(&f) }); at >= 0 {
			shown.Field = fields[at].ID
			return shown, nil
		}
	}
	return shown, nil
}

func ofType(name string) func(*Field) bool { return func(f *Field) bool { return f.Type == name } }

func ofPlan(plan string) func(*Field) bool {
	return func(f *Field) bool { return f.Type == TypeYearTable && f.Plan() == plan }
}

// CodeInTrash is the code of InTrash.
const CodeInTrash = "inTrash"

// InTrash is what one who would edit a deleted application is told.
func InTrash() error {
	return data.NewError("inTrash", "Søknaden ligger i papirkurven. Hent den tilbake derfra for å arbeide videre med den.", nil)
}
