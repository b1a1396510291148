package command

import (
	"fmt"
	"io"
	"text/tabwriter"

	"kompetansepilot/app"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/partner"
	"kompetansepilot/app/stateaid"
	"kompetansepilot/data"
)

// offeringsCommand are the commands for offerings.
type offeringsCommand struct {
	List   offeringListCommand   `cmd:"" help:"List tilbudene."`
	Show   offeringShowCommand   `cmd:"" help:"Vis et tilbud."`
	Add    offeringAddCommand    `cmd:"" help:"Legg inn et tilbud."`
	Set    offeringSetCommand    `cmd:"" help:"Endre felt i et tilbud."`
	Import offeringImportCommand `cmd:"" help:"Les inn tilbud fra en CSV-fil. Id-ene beholdes."`
}

// offeringJSON is an offering in JSON; the names are those of the import.
type offeringJSON struct {
	ID           string      `json:"id"`
	Title        string      `json:"title"`
	Description  string      `json:"description"`
	Provider     string      `json:"provider"` // name
	ProviderID   string      `json:"provider_id"`
	ProviderKind string      `json:"provider_kind"`
	Level        string      `json:"level"`
	Credits      decimalJSON `json:"credits"`
	Form         string      `json:"form"`
	Place        string      `json:"place"`
	Municipality string      `json:"municipality"` // number
	Language     string      `json:"language_norm"`
	Months       []int       `json:"months_available"`
	Start        string      `json:"start"`
	Finish       string      `json:"finish"`
	Due          string      `json:"due"`
	Least        int64       `json:"min_participants"`
	Capacity     int64       `json:"max_participants"`
	Price        int64       `json:"price_nok"`
	Source       string      `json:"source"`
}

func offeringOf(o *partner.Offer) offeringJSON {
	months, err := partner.ParseMonths(o.Months)
	if err != nil || months == nil {
		months = []int{}
	}
	return offeringJSON{ID: o.ID, Title: o.Title, Description: o.Description, Provider: o.Provider, ProviderID: o.Organisation, ProviderKind: o.Kind,
		Level: o.Level, Credits: decimalJSON(o.Credits), Form: o.Form, Place: o.Place, Municipality: o.Municipality, Language: o.Language, Months: months,
		Start: o.Start, Finish: o.Finish, Due: o.Due, Least: o.Least, Capacity: o.Capacity, Price: o.Price, Source: o.Source}
}

type offeringListCommand struct {
	Text string `arg:"" optional:"" help:"Ord i tittel, beskrivelse, tilbyder eller sted."`
}

func (c offeringListCommand) Run(s *session) error {
	return s.with(func(p *app.Program) error {
		found, err := partner.NewOfferings(p.Workspace, p.Places).List(partner.OfferingQuery{Text: c.Text})
		if err != nil {
			return err
		}
		all := make([]offeringJSON, len(found))
		for i := range found {
			all[i] = offeringOf(&found[i])
		}
		return s.print(all, func(w io.Writer) {
			table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
			for i := range found {
				o := &found[i]
				fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\n", o.ID, o.Title, lang.Joined(" ", o.Provider, o.Kind), o.Level, lang.Joined(" ", o.Form, o.Where), kroner(s, o.Price))
			}
			table.Flush()
		})
	})
}

type offeringShowCommand struct {
	Offering string `arg:"" help:"Id-en, begynnelsen på den, eller tittelen."`
}

func (c offeringShowCommand) Run(s *session) error {
	return s.with(func(p *app.Program) error {
		store := partner.NewOfferings(p.Workspace, p.Places)
		o, err := store.Resolve(c.Offering)
		if err != nil {
			return err
		}
		offer, err := store.Offer(o)
		if err != nil {
			return err
		}
		j := offeringOf(&offer)
		return s.print(j, func(w io.Writer) {
			fmt.Fprintf(w, "%s\n%s\n", j.Title, j.Description)
			for _, line := range [][2]string{{"id", j.ID}, {"provider", j.Provider}, {"provider_kind", j.ProviderKind}, {"level", j.Level},
				{"credits", partner.CreditsText(o.Credits, ",")}, {"form", j.Form}, {"place", offer.Where}, {"language_norm", j.Language}, {"start", j.Start},
				{"finish", j.Finish}, {"due", j.Due}, {"months", o.Months}, {"price_nok", kroner(s, j.Price)}, {"source", j.Source}} {
				if line[1] != "" && line[1] != "0" {
					fmt.Fprintf(w, "  %-14s %s\n", line[0], line[1])
				}
			}
			if j.Capacity > 0 {
				fmt.Fprintf(w, "  %-14s %d–%d\n", "participants", j.Least, j.Capacity)
			}
		})
	})
}

type offeringAddCommand struct {
	Title  string   `arg:"" help:"Tittelen."`
	Fields []string `arg:"" optional:"" name:"felt=verdi" help:"Flere felt, for eksempel provider=«Østfjell fagskole» level=fagskole credits=10."`
}

func (c offeringAddCommand) Run(s *session) error {
	return s.with(func(p *app.Program) error {
		store := partner.NewOfferings(p.Workspace, p.Places)
		var o data.Offering
		if err := setFields(append([]string{"title=" + c.Title}, c.Fields...), func(column, value string) error { return store.SetColumn(&o, column, value) }); err != nil {
			return err
		}
		if o.Title == "" {
			return data.NewError(partner.CodeBadValue+".title", "Tittelen mangler. Ingenting er endret.", nil)
		}
		id, err := store.Create("Nytt tilbud «"+o.Title+"»", o)
		if err != nil {
			return err
		}
		return s.print(map[string]string{"id": id}, func(w io.Writer) { fmt.Fprintf(w, "La til «%s» (%s).\n", o.Title, id) })
	})
}

type offeringSetCommand struct {
	Offering string   `arg:"" help:"Id-en, begynnelsen på den, eller tittelen."`
	Fields   []string `arg:"" name:"felt=verdi" help:"For eksempel start=2026-09-01 price_nok=4900. En tom verdi tømmer feltet."`
}

func (c offeringSetCommand) Run(s *session) error {
	return s.with(func(p *app.Program) error {
		store := partner.NewOfferings(p.Workspace, p.Places)
		o, err := store.Resolve(c.Offering)
		if err != nil {
			return err
		}
		if err := setFields(c.Fields, func(column, value string) error { return store.SetColumn(&o, column, value) }); err != nil {
			return err
		}
		if err := p.Workspace.Update("Endret «"+o.Title+"»", func(tx *data.Tx) error { return tx.Put(&o) }); err != nil {
			return err
		}
		return s.print(map[string]string{"id": o.ID}, func(w io.Writer) { fmt.Fprintf(w, "Endret «%s».\n", o.Title) })
	})
}

type offeringImportCommand struct {
	File   string `arg:"" type:"path" help:"CSV-filen."`
	DryRun bool   `name:"dry-run" help:"Les filen og fortell hva som ville skje, uten å skrive."`
}

func (c offeringImportCommand) Run(s *session) error {
	return s.with(func(p *app.Program) error {
		done, err := partner.NewOfferings(p.Workspace, p.Places).ImportFile("Leste inn tilbud", c.File, c.DryRun)
		if err != nil {
			return err
		}
		return s.print(done, func(w io.Writer) {
			fmt.Fprintf(w, "Nye: %d. Endret: %d. Uendret: %d.\n", done.Created, done.Updated, done.Unchanged)
			for _, r := range done.Rejected {
				fmt.Fprintf(w, "rad %d: %s\n", r.Row, r.Reason)
			}
		})
	})
}

// aidJSON is a business's public support in JSON.
type aidJSON struct {
	SumEUR  decimalJSON `json:"sumEur"` // ordinary de minimis aid of the window
	CapEUR  int64       `json:"capEur"` // 0 when no rules hold today
	From    string      `json:"from"`
	To      string      `json:"to"`
	Doubts  []string    `json:"unverified"`
	Entries []data.Aid  `json:"entries"`
}

func aidOf(p *app.Program, id string) (aidJSON, error) {
	ledger, err := stateaid.New(p.Workspace).Ledger(id, data.Today())
	if err != nil {
		return aidJSON{}, err
	}
	now := ledger.Now[0]
	j := aidJSON{SumEUR: decimalJSON(now.Cents), From: now.From, To: now.Date, Doubts: []string{}, Entries: []data.Aid{}}
	if now.Cap != nil {
		j.CapEUR = now.Cap.EUR.Value
	}
	for _, d := range now.Doubts() {
		j.Doubts = append(j.Doubts, string(d))
	}
	for _, a := range ledger.Awards {
		j.Entries = append(j.Entries, a.Aid)
	}
	return j, nil
}
