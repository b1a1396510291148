package reference

import "slices"

// ProvidersVintage is when the list of providers was put together.
const ProvidersVintage = "2026-11"

// Provider is an education provider that anybody can look up: a suggestion for
// a register, never a rule. It may have another number or name today.
type Provider struct {
	OrgNumber    string // "" when it is not known
	Name         string
	ShortName    string // "" when it has none
	Kind         string // as package partner names the kinds
	Municipality string // number of today, or ""
	Website      string
	// Registered tells that the number and the name were read in the company
	// register; the others were only listed somewhere.
	Registered bool
}

// Providers are the universities, university colleges, vocational colleges and
// study centres of the list, by name.
func (t *Tables) Providers() []Provider { return slices.Clone(t.providers()) }

func parseProviders() []Provider {
	var all []Provider
	for _, r := range readTable("providers.csv") {
		all = append(all, Provider{OrgNumber: r.text("org_number"), Name: r.text("name"), ShortName: r.text("short_name"), Kind: r.text("kind"),
			Municipality: r.text("municipality"), Website: r.text("website"), Registered: r.text("source") == "register"})
	}
	byName(all, func(p Provider) string { return p.Name })
	return all
}
