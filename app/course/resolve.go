package course

import (
	"slices"
	"strings"

	"kompetansepilot/app/brief"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
)

// resolve finds the one of some records that a person means by its id, the
// beginning of that, or its name.
func resolve[T any](all []T, name string, of func(*T) (id, title string)) (T, error) {
	var none T
	var found []*T
	for i := range all {
		id, title := of(&all[i])
		if id == name {
			return all[i], nil
		}
		if name != "" && (strings.HasPrefix(id, name) || data.Fold(title) == data.Fold(name)) {
			found = append(found, &all[i])
		}
	}
	switch len(found) {
	case 0:
		return none, data.NewError(data.CodeNotFound+".course", "Fant ingen med id-en eller navnet «{{.Name}}». Ingenting er endret.", nil, "Name", name)
	case 1:
		return *found[0], nil
	}
	return none, data.NewError(data.CodeAmbiguous+".course", "Flere passer med «{{.Name}}». Ingenting er endret. Skriv hele id-en.", nil, "Name", name)
}

// ResolveRequest finds a request by id, the beginning of its id, or its subject.
func (s *Service) ResolveRequest(name string) (Requested, error) {
	all, err := s.Requests()
	if err != nil {
		return Requested{}, err
	}
	return resolve(all, name, func(r *Requested) (string, string) { return r.ID, r.Name })
}

// ResolveAsked finds one provider's part of a request by id or the beginning of it.
func (s *Service) ResolveAsked(name string) (Asked, error) {
	all, err := s.Requests()
	if err != nil {
		return Asked{}, err
	}
	var asked []Asked
	for i := range all {
		asked = append(asked, all[i].Asked...)
	}
	return resolve(asked, name, func(a *Asked) (string, string) { return a.ID, "" })
}

// ResolveRun finds a course by id, the beginning of its id, or its name.
func (s *Service) ResolveRun(name string) (Run, error) {
	all, err := s.Runs()
	if err != nil {
		return Run{}, err
	}
	return resolve(all, name, func(r *Run) (string, string) { return r.ID, r.Name })
}

// Put stores a course as one step.
func (s *Service) Put(label string, c *data.Course) error {
	return s.store.Update(label, func(tx *data.Tx) error { return tx.Put(c) })
}

// SetColumn writes a field of a course by the name that the command line uses, and
// refuses what cannot be right.
func SetColumn(c *data.Course, column, value string) error {
	value = strings.TrimSpace(value)
	if at := map[string]*string{"name": &c.Name, "evaluation": &c.Evaluation, "note": &c.Note}[column]; at != nil {
		*at = value
		return nil
	}
	if at := map[string]*string{"start": &c.Start, "finish": &c.Finish}[column]; at != nil {
		day, why := brief.ParseField(brief.FieldStart, value, false)
		if why != "" {
			return badValue(column, value)
		}
		*at = day
		return nil
	}
	if column == "status" {
		if !slices.Contains(Statuses(), value) {
			return badValue(column, value)
		}
		c.Status = value
		return nil
	}
	return setNumber(map[string]*int64{"price": &c.Price, "least": &c.Least, "capacity": &c.Capacity, "answers": &c.Answers},
		map[string]*int64{"credits": &c.Credits, "score": &c.Score}, column, value)
}

// SetCount is SetColumn for how many take part from a business.
func SetCount(p *data.Participation, column, value string) error {
	value = strings.TrimSpace(value)
	switch column {
	case "note":
		p.Note = value
		return nil
	case "reason":
		if value != "" && !slices.Contains(Reasons(), value) {
			return badValue(column, value)
		}
		p.Reason = value
		return nil
	}
	return setNumber(map[string]*int64{"expected": &p.Expected, "registered": &p.Registered, "started": &p.Started, "completed": &p.Completed, "dropped": &p.Dropped},
		map[string]*int64{"credits": &p.Credits}, column, value)
}

func setNumber(whole, hundredths map[string]*int64, column, value string) error {
	parse, at := partner.ParseCount, whole[column]
	if at == nil {
		parse, at = partner.ParseCredits, hundredths[column]
	}
	if at == nil {
		return data.NewError(partner.CodeUnknownColumn+".course", "Det finnes ikke noe felt som heter «{{.Field}}». Ingenting er endret.", nil, "Field", column)
	}
	n, err := parse(value)
	if err != nil {
		return badValue(column, value)
	}
	*at = n
	return nil
}

func badValue(column, value string) error {
	return data.NewError(partner.CodeBadValue+".course", "«{{.Text}}» kan ikke stå i feltet {{.Field}}. Ingenting er endret.", nil, "Text", value, "Field", column)
}
