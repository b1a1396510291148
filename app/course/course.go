package course

import (
	"cmp"
	"maps"
	"slices"

	"kompetansepilot/app/lang"
	"kompetansepilot/data"
)

// Statuses of a course.
const (
	StatusPlanned   = "planned"
	StatusRunning   = "running"
	StatusDone      = "done"
	StatusCancelled = "cancelled" // its numbers are in no total
)

// Statuses are the statuses of a course in their order.
func Statuses() []string {
	return []string{StatusPlanned, StatusRunning, StatusDone, StatusCancelled}
}

// StatusWord is a status of a course in words.
func StatusWord(words *lang.Printer, status string) string {
	status = cmp.Or(status, StatusPlanned)
	if !slices.Contains(Statuses(), status) {
		return status // of a newer program
	}
	return words.T("course.status." + status)
}

// Reasons for dropping out.
const (
	ReasonTime      = "time"      // work did not leave the time
	ReasonNoStandIn = "standIn"   // nobody to stand in for them at work
	ReasonDistance  = "distance"  // the journey was too long
	ReasonContent   = "content"   // not what was needed
	ReasonLevel     = "level"     // too hard or too easy
	ReasonLeftJob   = "leftJob"   // no longer with the business
	ReasonPrivate   = "private"   // the rest of life; never said more about
	ReasonForm      = "form"      // the form did not suit
	ReasonOther     = "other"     // told in the note
	ReasonNotStated = "notStated" // nobody knows
	ReasonBusiness  = "business"  // the business closed, or called them back
)

// Reasons are the reasons for dropping out. None tells of health.
func Reasons() []string {
	return []string{ReasonTime, ReasonNoStandIn, ReasonDistance, ReasonContent, ReasonLevel, ReasonForm, ReasonLeftJob, ReasonBusiness, ReasonPrivate, ReasonOther, ReasonNotStated}
}

// ReasonWord is a reason for dropping out in words.
func ReasonWord(words *lang.Printer, reason string) string {
	if !slices.Contains(Reasons(), reason) {
		return reason
	}
	return words.T("course.reason." + reason)
}

// How far a named participant has come.
const (
	StageRegistered = "registered"
	StageStarted    = "started"
	StageCompleted  = "completed"
	StageDropped    = "dropped"
)

// Stages are the stages of a participant.
func Stages() []string { return []string{StageRegistered, StageStarted, StageCompleted, StageDropped} }

// StageWord is a stage in words.
func StageWord(words *lang.Printer, stage string) string {
	stage = cmp.Or(stage, StageRegistered)
	if !slices.Contains(Stages(), stage) {
		return stage
	}
	return words.T("course.stage." + stage)
}

// Why the name of a participant may be kept: GDPR article 6(1) a, b and e.
const (
	BasisConsent    = "consent"
	BasisAgreement  = "agreement"
	BasisPublicTask = "publicTask"
)

// Bases are the legal bases for keeping a name.
func Bases() []string { return []string{BasisConsent, BasisAgreement, BasisPublicTask} }

// BasisWord is a legal basis in words.
func BasisWord(words *lang.Printer, basis string) string {
	if !slices.Contains(Bases(), basis) {
		return basis
	}
	return words.T("course.basis." + basis)
}

// Business is a business in a course.
type Business struct {
	data.Participation
	Business string // its name
	People   []data.Participant
}

// Run is a course with all who take part.
type Run struct {
	data.Course
	Provider   string
	Businesses []Business
}

// Sum adds up all who take part.
func (r *Run) Sum() Counts {
	var sum Counts
	for i := range r.Businesses {
		sum.add(&r.Businesses[i].Participation)
	}
	return sum
}

// Runs are all courses with who takes part, the latest first; those without a date
// come before them.
func (s *Service) Runs() ([]Run, error) {
	return s.runs("", "start = '' DESC, start DESC, created DESC, id DESC")
}

// Run is one course, also one in the trash.
func (s *Service) Run(id string) (Run, error) {
	c, err := data.Get[data.Course](s.store, id)
	if err != nil {
		return Run{}, err
	}
	all, err := s.filled([]data.Course{c}, "course = ?", id)
	if err != nil {
		return Run{}, err
	}
	return all[0], nil
}

// OfOffering are the courses of an offering.
func (s *Service) OfOffering(offering string) ([]data.Course, error) {
	return data.Live[data.Course](s.store, "offering = ?", "created, id", offering)
}

func (s *Service) runs(where, order string) ([]Run, error) {
	all, err := data.Live[data.Course](s.store, where, order)
	if err != nil {
		return nil, err
	}
	return s.filled(all, "course IN (SELECT id FROM course WHERE deleted = '')")
}

func (s *Service) filled(courses []data.Course, where string, args ...any) ([]Run, error) {
	parts, err := data.Live[data.Participation](s.store, where, "course, position, id", args...)
	if err != nil {
		return nil, err
	}
	people, err := data.Live[data.Participant](s.store, "participation IN (SELECT id FROM participation WHERE "+where+")", "name, id", args...)
	if err != nil {
		return nil, err
	}
	businesses, err := organisations(s.store, "id IN (SELECT organisation FROM participation WHERE "+where+")", args...)
	if err != nil {
		return nil, err
	}
	providers, err := organisations(s.store, "id IN (SELECT organisation FROM course)")
	if err != nil {
		return nil, err
	}
	named := map[string][]data.Participant{}
	for _, p := range people {
		named[p.Participation] = append(named[p.Participation], p)
	}
	of := map[string][]Business{}
	for _, p := range parts {
		o := businesses[p.Organisation]
		b := Business{Participation: p, Business: cmp.Or(o.Name, p.Name), People: named[p.ID]}
		b.Municipality = cmp.Or(p.Municipality, o.Municipality)
		of[p.Course] = append(of[p.Course], b)
	}
	all := make([]Run, len(courses))
	for i, c := range courses {
		all[i] = Run{Course: c, Provider: providers[c.Organisation].Name, Businesses: of[c.ID]}
	}
	return all, nil
}

// Edit changes one field of a course, as one step with what was typed in it just
// before.
func (s *Service) Edit(label, id, field string, apply func(*data.Course), opts ...data.Option) error {
	return type1(s, label, id, field, apply, opts)
}

// EditBusiness changes one field of how many take part from a business.
func (s *Service) EditBusiness(label, id, field string, apply func(*data.Participation), opts ...data.Option) error {
	return type1(s, label, id, field, apply, opts)
}

// EditBusinesses changes several of them as one step named label, as when numbers
// are pasted.
func (s *Service) EditBusinesses(label string, apply map[string]func(*data.Participation)) error {
	return s.store.Update(label, func(tx *data.Tx) error {
		for _, id := range slices.Sorted(maps.Keys(apply)) {
			p, err := data.Get[data.Participation](tx, id)
			if err != nil {
				return err
			}
			apply[id](&p)
			if err := tx.Put(&p); err != nil {
				return err
			}
		}
		return nil
	})
}

// Add lets a business take part in a course, unless it does already.
func (s *Service) Add(label, course, organisation string) (data.Participation, error) {
	return s.Count(label, course, organisation, nil)
}

// Count changes how many take part from a business, which comes into the course when
// it is not there, as one step named label. apply may be nil.
func (s *Service) Count(label, course, organisation string, apply func(*data.Participation)) (data.Participation, error) {
	var p data.Participation
	err := s.store.Update(label, func(tx *data.Tx) (err error) {
		if p, err = part(tx, course, organisation); err != nil || p.ID != "" && apply == nil {
			return err
		}
		if apply != nil {
			apply(&p)
		}
		return tx.Put(&p)
	})
	return p, err
}

// part is a business's part in a course, without an id when it has none yet.
func part(tx *data.Tx, course, organisation string) (data.Participation, error) {
	var p data.Participation
	o, err := data.Get[data.Organisation](tx, organisation)
	if err != nil {
		return p, err
	}
	all, err := data.Live[data.Participation](tx, "course = ?", "position, id", course)
	if err != nil {
		return p, err
	}
	for _, one := range all {
		if one.Organisation == organisation {
			return one, nil
		}
		p.Position = max(p.Position, one.Position)
	}
	p.Course, p.Organisation, p.Municipality = course, organisation, o.Municipality
	p.Position++
	return p, nil
}

// Remove moves a business's part in a course to the trash, with the names.
func (s *Service) Remove(label, participation string) error {
	return s.store.Update(label, func(tx *data.Tx) error { return remove(tx, participation) })
}

func remove(tx *data.Tx, participation string) error {
	people, err := data.Live[data.Participant](tx, "participation = ?", "id", participation)
	if err != nil {
		return err
	}
	for i := range people {
		if err := tx.Delete(&people[i]); err != nil {
			return err
		}
	}
	return tx.Delete(&data.Participation{Row: data.Row{ID: participation}})
}

// DeleteCourse moves a course to the trash with all who took part.
func (s *Service) DeleteCourse(label, id string) error {
	return s.store.Update(label, func(tx *data.Tx) error {
		all, err := data.Live[data.Participation](tx, "course = ?", "id", id)
		if err != nil {
			return err
		}
		for i := range all {
			if err := remove(tx, all[i].ID); err != nil {
				return err
			}
		}
		return tx.Delete(&data.Course{Row: data.Row{ID: id}})
	})
}

// PutName stores a named participant; a new one gets an id.
func (s *Service) PutName(label string, p data.Participant) (string, error) {
	err := s.store.Update(label, func(tx *data.Tx) error { return tx.Put(&p) })
	return p.ID, err
}

// DeleteName moves a named participant to the trash; the counts stay.
func (s *Service) DeleteName(label, id string) error {
	return s.store.Update(label, func(tx *data.Tx) error { return tx.Delete(&data.Participant{Row: data.Row{ID: id}}) })
}
