package grant

import "kompetansepilot/data"

// The kinds of partners that the program has words for. A call may name others.
const (
	PartnerBusiness     = "business"
	PartnerMunicipality = "municipality"
	PartnerEducation    = "education-provider"
	PartnerSkills       = "skills-actor"
	PartnerLabourMarket = "labour-market-actor"
)

// PartnerKinds are the kinds for a call that names none.
func PartnerKinds() []string {
	return []string{PartnerBusiness, PartnerMunicipality, PartnerEducation, PartnerSkills, PartnerLabourMarket}
}

// PartnerFrom fills a partner in from an organisation of the register: name,
// number, kind, and where it came from. Role and contribution are the
// project's own and stay as they are.
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
