package grant

import "kompetansepilot/data"

// Kinds of partners that every call has words for.
const (
	PartnerBusiness  = "business"
	PartnerEducation = "education-provider"
)

// PartnerFrom makes a partner of an organisation of the register: its name and
// number, what kind of partner it is, and where it came from. Role and
// contribution are the project's own and stay as they are.
func PartnerFrom(p data.Partner, o *data.Organisation) data.Partner {
	p.Organisation, p.Name, p.OrgNumber = o.ID, o.Name, o.OrgNumber
	switch o.OrganisationOf {
	case data.OrganisationBusiness:
		p.PartnerKind = PartnerBusiness
	case data.OrganisationProvider:
		p.PartnerKind = PartnerEducation
	}
	return p
}
