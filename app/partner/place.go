package partner

import "kompetansepilot/data"

// Shelf is where a record of the register's neighbourhood is seen.
type Shelf struct {
	Organisation string // id of the organisation whose record shows it, or ""
	OfProvider   bool   // that organisation is a provider
	Application  string // id, for an agreement without an organisation of the register
	Offering     string // id, for an offering
	Part         string // the part of the record: one of the Part constants
}

// Parts of an organisation's record.
const (
	PartAgreements = "agreements"
	PartAid        = "aid"
	PartCampuses   = "campuses"
	PartOfferings  = "offerings"
	PartEnquiries  = "enquiries"
)

// ShelfOf finds where a record is seen. ok is false for records of other kinds,
// and for one that nothing shows. The error has CodeNotFound when there is no
// such record.
func ShelfOf(store *data.Workspace, kind, id string) (s Shelf, ok bool, err error) {
	switch kind {
	case "offering":
		o, err := data.Get[data.Offering](store, id)
		return Shelf{Offering: o.ID}, err == nil, err
	case "enquiry":
		e, err := data.Get[data.Enquiry](store, id)
		if err == nil && e.Organisation == "" && e.Offering != "" {
			return Shelf{Offering: e.Offering, Part: PartEnquiries}, true, nil
		}
		s = Shelf{Organisation: e.Organisation, Part: PartEnquiries}
		return s.found(store, err)
	case "campus":
		c, err := data.Get[data.Campus](store, id)
		s = Shelf{Organisation: c.Organisation, Part: PartCampuses}
		return s.found(store, err)
	case "state_aid":
		a, err := data.Get[data.Aid](store, id)
		s = Shelf{Organisation: a.Organisation, Part: PartAid}
		return s.found(store, err)
	case "signature":
		p, err := data.Get[data.Signature](store, id)
		if err != nil {
			return s, false, err
		}
		return ShelfOf(store, "agreement", p.Agreement)
	case "agreement":
		a, err := NewAgreements(store).Get(id)
		s = Shelf{Application: a.Application, Part: PartAgreements}
		for _, p := range a.Parties {
			if s.Organisation == "" {
				s.Organisation = p.Organisation
			}
		}
		return s.found(store, err)
	}
	return s, false, nil
}

// found looks up what kind of organisation it is.
func (s Shelf) found(store *data.Workspace, err error) (Shelf, bool, error) {
	if err != nil || s.Organisation == "" {
		return s, err == nil && s.Application != "", err
	}
	o, err := data.Get[data.Organisation](store, s.Organisation)
	s.OfProvider = o.OrganisationOf == data.OrganisationProvider
	return s, err == nil, err
}
