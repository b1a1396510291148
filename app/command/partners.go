package command

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"

	"kompetansepilot/app"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
)

// partnersCommand are the commands for businesses.
type partnersCommand struct {
	List partnerListCommand `cmd:"" help:"List bedriftene."`
	Show partnerShowCommand `cmd:"" help:"Vis en bedrift."`
	Add  partnerAddCommand  `cmd:"" help:"Legg inn en bedrift."`
	Set  partnerSetCommand  `cmd:"" help:"Endre felt i en bedrift."`
}

// partnerJSON is a business in JSON.
type partnerJSON struct {
	ID           string `json:"id"`
	OrgNumber    string `json:"orgnr"`
	Name         string `json:"name"`
	Municipality string `json:"municipality"` // number
	Centrality   int    `json:"centrality"`   // 0 when it is not known
	Industry     string `json:"industry"`
	Employees    string `json:"employees"` // size band, "" when it is withheld
	Status       string `json:"status"`
}

func partnerOf(p *app.Program, o *data.Organisation) partnerJSON {
	j := partnerJSON{ID: o.ID, OrgNumber: o.OrgNumber, Name: o.Name, Municipality: o.Municipality, Industry: o.Industry, Employees: o.SizeBand,
		Status: string(partner.ParseStatus(o.Status))}
	if r, ok := p.Places.Resolve(o.Municipality); ok {
		j.Centrality = r.Centrality
	}
	return j
}

// detailJSON is what show adds to an organisation.
type detailJSON struct {
	Norm       string          `json:"norm"`
	Website    string          `json:"website"`
	Contact    string          `json:"contact"`
	Email      string          `json:"email"`
	Phone      string          `json:"phone"`
	Tags       []string        `json:"tags"`
	Note       string          `json:"note"`
	Source     string          `json:"source"`
	Agreements []agreementJSON `json:"agreements"`
}

type agreementJSON struct {
	ID      string           `json:"id"`
	Kind    string           `json:"kind"`
	Name    string           `json:"name"`
	State   string           `json:"state"`
	SHA256  string           `json:"sha256"`
	Parties []data.Signature `json:"parties"`
}

func detailOf(p *app.Program, o *data.Organisation) (detailJSON, error) {
	d := detailJSON{Norm: o.Norm, Website: o.Website, Contact: o.Contact, Email: o.Email, Phone: o.Phone, Tags: partner.Tags(o.Tags), Note: o.Note, Source: o.Source, Agreements: []agreementJSON{}}
	if d.Tags == nil {
		d.Tags = []string{}
	}
	all, err := partner.NewAgreements(p.Workspace).OfOrganisation(o.ID)
	for i := range all {
		a := &all[i]
		d.Agreements = append(d.Agreements, agreementJSON{ID: a.ID, Kind: a.AgreementOf, Name: a.Name, State: string(partner.StateOf(a, data.Today())), SHA256: a.SHA256, Parties: a.Parties})
	}
	return d, err
}

// registered lists the organisations of a kind by name, those that text finds.
func registered(p *app.Program, kind, text string) ([]data.Organisation, error) {
	return partner.NewRegister(p.Workspace, p.Places).Rows(partner.Query{Kind: kind, Text: text}, 0, 1<<30)
}

type partnerListCommand struct {
	Text string `arg:"" optional:"" help:"Ord i navn, nummer, kontakt, merkelapper eller kommune."`
}

func (c partnerListCommand) Run(s *session) error {
	return s.with(func(p *app.Program) error {
		found, err := registered(p, data.OrganisationBusiness, c.Text)
		if err != nil {
			return err
		}
		all := make([]partnerJSON, len(found))
		for i := range found {
			all[i] = partnerOf(p, &found[i])
		}
		return s.print(all, func(w io.Writer) {
			table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
			for i := range all {
				fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", all[i].ID, all[i].OrgNumber, all[i].Name, placeName(p, all[i].Municipality), all[i].Status)
			}
			table.Flush()
		})
	})
}

func placeName(p *app.Program, number string) string {
	if r, ok := p.Places.Resolve(number); ok {
		return r.UniqueName
	}
	return number
}

type partnerShowCommand struct {
	Partner string `arg:"" help:"Id-en, begynnelsen på den, organisasjonsnummeret eller navnet."`
}

func (c partnerShowCommand) Run(s *session) error {
	return s.with(func(p *app.Program) error {
		o, err := partner.NewRegister(p.Workspace, p.Places).Resolve(data.OrganisationBusiness, c.Partner)
		if err != nil {
			return err
		}
		detail, err := detailOf(p, &o)
		if err != nil {
			return err
		}
		aid, err := aidOf(p, o.ID)
		if err != nil {
			return err
		}
		return s.print(struct {
			partnerJSON
			detailJSON
			StateAid aidJSON `json:"stateAid"`
		}{partnerOf(p, &o), detail, aid}, func(w io.Writer) { showOrganisation(w, p, &o, detail) })
	})
}

// showOrganisation writes what is filled in.
func showOrganisation(w io.Writer, p *app.Program, o *data.Organisation, detail detailJSON) {
	fmt.Fprintf(w, "%s\n", o.Name)
	for _, line := range [][2]string{{"id", o.ID}, {"orgnr", o.OrgNumber}, {"kind", o.ProviderKind}, {"accreditation", o.Accreditation}, {"municipality", placeName(p, o.Municipality)}, {"industry", o.Industry},
		{"employees", o.SizeBand}, {"status", string(partner.ParseStatus(o.Status))}, {"norm", o.Norm}, {"website", o.Website}, {"contact", o.Contact},
		{"email", o.Email}, {"phone", o.Phone}, {"tags", o.Tags}, {"note", o.Note}, {"source", o.Source}} {
		if line[1] != "" {
			fmt.Fprintf(w, "  %-14s %s\n", line[0], line[1])
		}
	}
	for _, a := range detail.Agreements {
		fmt.Fprintf(w, "  %-14s %s (%s)\n", "agreement", lang.Joined(" ", a.Kind, a.Name), a.State)
	}
}

type partnerAddCommand struct {
	Name   string   `arg:"" help:"Navnet."`
	Fields []string `arg:"" optional:"" name:"felt=verdi" help:"Flere felt, for eksempel orgnr=974760673 municipality=3427."`
}

func (c partnerAddCommand) Run(s *session) error {
	return s.addOrganisation(data.OrganisationBusiness, "Ny bedrift", c.Name, c.Fields)
}

// addOrganisation makes a business or a provider.
func (s *session) addOrganisation(kind, label, name string, fields []string) error {
	return s.with(func(p *app.Program) error {
		register := partner.NewRegister(p.Workspace, p.Places)
		o := data.Organisation{OrganisationOf: kind, Name: strings.TrimSpace(name), Status: string(partner.StatusUnknown)}
		if o.Name == "" {
			return data.NewError(partner.CodeBadValue+".name", "Navnet mangler. Ingenting er endret.", nil)
		}
		if err := setFields(fields, func(column, value string) error { return register.SetColumn(&o, column, value) }); err != nil {
			return err
		}
		if other, twice, err := register.SameNumber(&o); err != nil || twice {
			if err == nil {
				err = data.NewError(partner.CodeBadValue+".number", "{{.Name}} har det nummeret allerede. Ingenting er endret.", nil, "Name", other.Name)
			}
			return err
		}
		if err := p.Workspace.Update(label+" «"+o.Name+"»", func(tx *data.Tx) error { return tx.Put(&o) }); err != nil {
			return err
		}
		return s.print(map[string]string{"id": o.ID}, func(w io.Writer) { fmt.Fprintf(w, "La til «%s» (%s).\n", o.Name, o.ID) })
	})
}

// setFields takes "field=value" one by one.
func setFields(fields []string, set func(column, value string) error) error {
	for _, f := range fields {
		column, value, ok := strings.Cut(f, "=")
		if !ok {
			return data.NewError(partner.CodeUnknownColumn+".form", "«{{.Text}}» er ikke skrevet som felt=verdi. Ingenting er endret.", nil, "Text", f)
		}
		if err := set(strings.TrimSpace(column), value); err != nil {
			return err
		}
	}
	return nil
}

type partnerSetCommand struct {
	Partner string   `arg:"" help:"Id-en, begynnelsen på den, organisasjonsnummeret eller navnet."`
	Fields  []string `arg:"" name:"felt=verdi" help:"For eksempel status=mapped employees=10-19. En tom verdi tømmer feltet."`
}

func (c partnerSetCommand) Run(s *session) error {
	return s.setOrganisation(data.OrganisationBusiness, c.Partner, c.Fields)
}

func (s *session) setOrganisation(kind, name string, fields []string) error {
	return s.with(func(p *app.Program) error {
		register := partner.NewRegister(p.Workspace, p.Places)
		o, err := register.Resolve(kind, name)
		if err != nil {
			return err
		}
		if err := setFields(fields, func(column, value string) error { return register.SetColumn(&o, column, value) }); err != nil {
			return err
		}
		if err := p.Workspace.Update("Endret «"+o.Name+"»", func(tx *data.Tx) error { return tx.Put(&o) }); err != nil {
			return err
		}
		return s.print(map[string]string{"id": o.ID}, func(w io.Writer) { fmt.Fprintf(w, "Endret «%s».\n", o.Name) })
	})
}

// providersCommand are the commands for education providers.
type providersCommand struct {
	List providerListCommand `cmd:"" help:"List tilbyderne."`
	Show providerShowCommand `cmd:"" help:"Vis en tilbyder."`
	Add  providerAddCommand  `cmd:"" help:"Legg inn en tilbyder."`
	Set  providerSetCommand  `cmd:"" help:"Endre felt i en tilbyder."`
}

// providerJSON is a provider in JSON.
type providerJSON struct {
	ID            string `json:"id"`
	OrgNumber     string `json:"orgnr"`
	Name          string `json:"name"`
	Kind          string `json:"kind"`
	Accreditation string `json:"accreditation"`
	Municipality  string `json:"municipality"` // number
	Centrality    int    `json:"centrality"`
	Status        string `json:"status"`
}

func providerOf(p *app.Program, o *data.Organisation) providerJSON {
	b := partnerOf(p, o)
	return providerJSON{b.ID, b.OrgNumber, b.Name, o.ProviderKind, o.Accreditation, b.Municipality, b.Centrality, b.Status}
}

type providerListCommand struct {
	Text string `arg:"" optional:"" help:"Ord i navn, nummer, kontakt, merkelapper eller kommune."`
}

func (c providerListCommand) Run(s *session) error {
	return s.with(func(p *app.Program) error {
		found, err := registered(p, data.OrganisationProvider, c.Text)
		if err != nil {
			return err
		}
		all := make([]providerJSON, len(found))
		for i := range found {
			all[i] = providerOf(p, &found[i])
		}
		return s.print(all, func(w io.Writer) {
			table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
			for i := range all {
				fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", all[i].ID, all[i].OrgNumber, all[i].Name, all[i].Kind, placeName(p, all[i].Municipality))
			}
			table.Flush()
		})
	})
}

type providerShowCommand struct {
	Provider string `arg:"" help:"Id-en, begynnelsen på den, organisasjonsnummeret eller navnet."`
}

func (c providerShowCommand) Run(s *session) error {
	return s.with(func(p *app.Program) error {
		register := partner.NewRegister(p.Workspace, p.Places)
		o, err := register.Resolve(data.OrganisationProvider, c.Provider)
		if err != nil {
			return err
		}
		detail, err := detailOf(p, &o)
		if err != nil {
			return err
		}
		campuses, err := register.Campuses(o.ID)
		if err != nil {
			return err
		}
		enquiries, err := register.Enquiries(o.ID, "")
		if err != nil {
			return err
		}
		return s.print(struct {
			providerJSON
			detailJSON
			Campuses  []data.Campus  `json:"campuses"`
			Enquiries []data.Enquiry `json:"enquiries"`
		}{providerOf(p, &o), detail, notNil(campuses), notNil(enquiries)}, func(w io.Writer) {
			showOrganisation(w, p, &o, detail)
			for _, c := range campuses {
				fmt.Fprintf(w, "  %-14s %s\n", "campus", lang.Joined(", ", c.Name, placeName(p, c.Municipality)))
			}
			for _, e := range enquiries {
				fmt.Fprintf(w, "  %-14s %s\n", "enquiry", lang.Joined(" · ", e.Name, e.Status, e.Date))
			}
		})
	})
}

// notNil makes an empty list of none, for JSON.
func notNil[T any](all []T) []T {
	if all == nil {
		return []T{}
	}
	return all
}

type providerAddCommand struct {
	Name   string   `arg:"" help:"Navnet."`
	Fields []string `arg:"" optional:"" name:"felt=verdi" help:"Flere felt, for eksempel kind=vocational_college municipality=Tynset."`
}

func (c providerAddCommand) Run(s *session) error {
	return s.addOrganisation(data.OrganisationProvider, "Ny tilbyder", c.Name, c.Fields)
}

type providerSetCommand struct {
	Provider string   `arg:"" help:"Id-en, begynnelsen på den, organisasjonsnummeret eller navnet."`
	Fields   []string `arg:"" name:"felt=verdi" help:"For eksempel accreditation=fagområde status=agreement. En tom verdi tømmer feltet."`
}

func (c providerSetCommand) Run(s *session) error {
	return s.setOrganisation(data.OrganisationProvider, c.Provider, c.Fields)
}

// kroner is an amount for a person.
func kroner(s *session, n int64) string {
	if n == 0 {
		return ""
	}
	return s.words.Money(n) + " kr"
}

// decimalJSON is hundredths as a JSON number.
type decimalJSON int64

// MarshalJSON writes 750 as 7.5.
func (d decimalJSON) MarshalJSON() ([]byte, error) {
	return strconv.AppendFloat(nil, float64(d)/100, 'f', -1, 64), nil
}
