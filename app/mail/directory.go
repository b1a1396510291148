package mail

import (
	"strings"

	"kompetansepilot/app/mail/link"
	"kompetansepilot/data"
)

// directory answers the rules' questions from memory. It is made anew when the
// records that it was made of change.
type directory struct {
	addresses, domains, learned, names map[string][]string
	numbers, cases                     map[string]string
}

var _ link.Directory = (*directory)(nil)

func (d *directory) ByAddress(a string) []string { return d.addresses[a] }
func (d *directory) ByDomain(n string) []string  { return d.domains[n] }
func (d *directory) ByName(n string) []string    { return d.names[n] }
func (d *directory) ByNumber(n string) string    { return d.numbers[n] }
func (d *directory) ByCase(n string) string      { return d.cases[n] }

func (d *directory) Learned(pattern string) string {
	if all := d.learned[pattern]; len(all) > 0 {
		return all[len(all)-1]
	}
	return ""
}

// kindsOfDirectory are the records that it is made of.
func kindsOfDirectory() []string {
	return []string{"organisation", "person", "person_at", "application", "mail_learned"}
}

func readDirectory(w *data.Workspace) (*directory, error) {
	d := &directory{addresses: map[string][]string{}, domains: map[string][]string{}, learned: map[string][]string{}, names: map[string][]string{}, numbers: map[string]string{}, cases: map[string]string{}}
	add := func(m map[string][]string, key, id string) {
		if key == "" {
			return
		}
		for _, known := range m[key] {
			if known == id {
				return
			}
		}
		m[key] = append(m[key], id)
	}
	address := func(a, id string) {
		if a = strings.ToLower(strings.TrimSpace(a)); !strings.Contains(a, "@") {
			return
		}
		add(d.addresses, a, id)
		if domain := link.Domain(a); !link.Public(domain) {
			add(d.domains, domain, id)
		}
	}
	organisations, err := data.Live[data.Organisation](w, "", "id")
	if err != nil {
		return nil, err
	}
	for i := range organisations {
		o := &organisations[i]
		if o.OrgNumber != "" {
			d.numbers[o.OrgNumber] = o.ID
		}
		add(d.names, strings.ToLower(strings.TrimSpace(o.Name)), o.ID)
		address(o.Email, o.ID)
		site := strings.TrimPrefix(strings.TrimPrefix(strings.ToLower(o.Website), "https://"), "http://")
		site, _, _ = strings.Cut(strings.TrimPrefix(site, "www."), "/")
		if domain := link.Domain(site); site != "" && !link.Public(domain) {
			add(d.domains, domain, o.ID)
		}
	}
	persons, err := data.Live[data.Person](w, "email <> ''", "id")
	if err != nil {
		return nil, err
	}
	at, err := data.Live[data.PersonAt](w, "", "id")
	if err != nil {
		return nil, err
	}
	of := map[string][]string{}
	for _, a := range at {
		of[a.Person] = append(of[a.Person], a.Organisation)
	}
	for i := range persons {
		for _, o := range of[persons[i].ID] {
			address(persons[i].Email, o)
		}
	}
	applications, err := data.Live[data.Application](w, "case_number <> ''", "id")
	if err != nil {
		return nil, err
	}
	for i := range applications {
		d.cases[strings.TrimSpace(applications[i].CaseNumber)] = applications[i].ID
	}
	learned, err := data.Live[data.MailLearned](w, "", "id")
	for i := range learned {
		add(d.learned, learned[i].Pattern, learned[i].Organisation)
	}
	return d, err
}
