package grant

import (
	"slices"

	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// Applicant is a county that an application can be begun for.
type Applicant struct {
	County reference.County
	// Eligible is false for a county that the call leaves out.
	Eligible bool
}

// Structure is the county structure that the call counts in, "2020" or "2024".
// A call from before 1 January 2024 names the counties of 2020.
func (c *Call) Structure() string {
	if d := c.Dates.Deadline.Value; d != "" && d < "2024-01-01" {
		return "2020"
	}
	return reference.Current
}

// NextCall is the call whose deadline is the nearest ahead of today, or the
// first when none is ahead; nil without calls.
func NextCall(calls []*Call, today string) *Call {
	if len(calls) == 0 {
		return nil
	}
	next, least := calls[0], -1
	for _, c := range calls {
		if days, ok := DaysBetween(today, c.Dates.Deadline.Value); ok && days >= 0 && (least < 0 || days < least) {
			next, least = c, days
		}
	}
	return next
}

// Applicants are the counties of a call's structure, by number, and whether
// they may apply.
func (s *Service) Applicants(call *Call) []Applicant {
	var all []Applicant
	named := func(in []CountyRef, number string) bool {
		return slices.ContainsFunc(in, func(r CountyRef) bool { return r.Code == number })
	}
	for _, county := range s.places.Counties(call.Structure()) {
		may := !named(call.EligibleApplicants.Excluded, county.Number) &&
			(len(call.EligibleApplicants.Counties) == 0 || named(call.EligibleApplicants.Counties, county.Number))
		all = append(all, Applicant{County: county, Eligible: may})
	}
	return all
}

// ApplicantFor is the number that a county, given by a number of any structure,
// has among a call's applicants: today's Telemark was part of Vestfold og
// Telemark in 2020. It is "" when no applicant covers the county.
func (s *Service) ApplicantFor(call *Call, county string) string {
	all := s.Applicants(call)
	for _, a := range all {
		if a.County.Number == county {
			return county
		}
	}
	for _, a := range all {
		if slices.Contains(a.County.Successors, county) {
			return a.County.Number
		}
	}
	return ""
}

// NormOf is the written norm that a county has decided: "nb" or "nn", or ""
// when it is neutral, not known, or the parts of a dissolved county differ.
func (s *Service) NormOf(c reference.County) string {
	norms := []string{c.Norm}
	if c.Structure != reference.Current {
		norms = nil
		for _, number := range c.Successors {
			if today, ok := s.places.County(number); ok {
				norms = append(norms, today.Norm)
			}
		}
	}
	if len(norms) == 0 || len(slices.Compact(norms)) > 1 || norms[0] != "nb" && norms[0] != "nn" {
		return ""
	}
	return norms[0]
}

// CreateFrom makes an application that begins as a copy of another, as one
// step. The title is the one given; fields that the new call does not have are
// left behind. Files are not copied twice: both applications refer to the same.
func (s *Service) CreateFrom(label, callID, county, language, title, from string) (string, error) {
	call, err := s.calls.Get(callID)
	if err != nil {
		return "", err
	}
	source, sourceCall, err := s.Load(from)
	if err != nil {
		return "", err
	}
	d := s.empty(call, county, language, title)
	for _, id := range sharedFields(sourceCall, call) {
		if f := call.Field(id); Filled(&source, f) && !Filled(&d, f) {
			copyField(&d, &source, f)
		}
	}
	err = s.w.Update(label, func(tx *data.Tx) error {
		d.Application.Created = tx.Now()
		return tx.SaveDraft(&d)
	})
	return d.Application.ID, err
}

// sharedFields are the fields that two calls have alike, in the order of to.
func sharedFields(from, to *Call) []string {
	var ids []string
	for _, section := range to.Form.Sections {
		for _, f := range section.Fields {
			if other := from.Field(f.ID); other != nil && other.Type == f.Type {
				ids = append(ids, f.ID)
			}
		}
	}
	return ids
}

// SetOutsideCeiling keeps an application from counting against the county's
// ceiling, or lets it count again.
func (s *Service) SetOutsideCeiling(label, id string, outside bool) error {
	return s.Save(label, id, func(d *data.Draft) error {
		d.Application.OutsideCeiling = outside
		return nil
	})
}

// Before is an application that a new one can begin as a copy of.
type Before struct {
	ID, Title, Call, County, Language string
}

// Earlier are the live applications to copy from, the newest first.
func (s *Service) Earlier() ([]Before, error) {
	apps, err := data.Live[data.Application](s.w, "", "id DESC")
	if err != nil {
		return nil, err
	}
	all := make([]Before, len(apps))
	for i, a := range apps {
		all[i] = Before{ID: a.ID, Title: a.Title(), Call: a.Call, County: a.County, Language: a.Language}
	}
	return all, nil
}
