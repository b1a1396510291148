package command

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"kompetansepilot/app"
	"kompetansepilot/app/disk"
	"kompetansepilot/app/exchange"
	"kompetansepilot/app/partner"
	"kompetansepilot/app/partner/duplicate"
	"kompetansepilot/data"
)

type importCommand struct {
	File      string `arg:"" type:"path" help:"Tabellen: .xlsx, .csv eller .vcf."`
	Kind      string `enum:"partners,providers,contacts" default:"partners" help:"Hva radene er: partners, providers eller contacts."`
	Map       string `type:"path" placeholder:"FIL" help:"JSON med kolonnevalg: {\"Firma\": \"name\"}."`
	Sheet     string `help:"Arket i arbeidsboken." placeholder:"ARK"`
	Duplicate string `enum:"update,skip,new" default:"update" help:"Rader om noen registeret har: update, skip eller new."`
	Rejected  string `type:"path" placeholder:"FIL" help:"Skriv radene som ikke ble tatt med, til denne filen."`
	DryRun    bool   `help:"Bare vis hva som ville skje."`
}

type rejectedJSON struct {
	Row    int    `json:"row"`
	Reason string `json:"reason"`
}

type importJSON struct {
	Created     int            `json:"created"`
	Updated     int            `json:"updated"`
	Unchanged   int            `json:"unchanged"`
	Skipped     int            `json:"skipped"`
	Rejected    []rejectedJSON `json:"rejected"`
	Transaction int64          `json:"transaction"`
}

func (c importCommand) Run(s *session) error {
	return s.with(func(p *app.Program) error {
		service := exchange.New(p.Workspace, p.Places)
		f, err := service.Open(c.File, c.Sheet, exchange.Kind(c.Kind))
		if err != nil {
			return err
		}
		if c.Map != "" {
			raw, err := disk.Read(c.Map, maxInput)
			if err != nil {
				return err
			}
			if err := exchange.ParseMatching(raw, f); err != nil {
				return err
			}
		}
		result, err := service.Import(context.Background(), "Importerte "+f.Name(), f, exchange.Policy(c.Duplicate), c.DryRun)
		if err != nil {
			return err
		}
		if c.Rejected != "" && len(result.Rejected) > 0 {
			if err := exchange.WriteRejected(c.Rejected, f, result.Rejected, s.words); err != nil {
				return err
			}
		}
		return c.tell(s, result)
	})
}

func (c importCommand) tell(s *session, r exchange.Result) error {
	out := importJSON{Created: r.Created, Updated: r.Updated, Unchanged: r.Unchanged, Skipped: r.Skipped, Rejected: []rejectedJSON{}, Transaction: r.Transaction}
	for _, x := range r.Rejected {
		out.Rejected = append(out.Rejected, rejectedJSON{x.Row, x.Reason.Sentence(s.words)})
	}
	return s.print(out, func(w io.Writer) {
		did := "Importen er gjort som ett steg."
		if c.DryRun {
			did = "Ingenting er skrevet. Dette ville skjedd:"
		} else if r.Transaction == 0 {
			did = "Ingenting er endret."
		}
		fmt.Fprintf(w, "%s\n%s, %d oppdatert, %d uendret, %d hoppet over, %d tatt ut.\n", did, amount(r.Created, "ny", "nye"), r.Updated, r.Unchanged, r.Skipped, len(r.Rejected))
		for _, x := range out.Rejected {
			fmt.Fprintf(w, "rad %d: %s\n", x.Row, x.Reason)
		}
	})
}

type exportCommand struct {
	Kind   string `arg:"" enum:"partners,providers" help:"Hva som skal ut: partners eller providers."`
	Output string `short:"o" required:"" type:"path" placeholder:"FIL" help:"Filen: .xlsx, .csv eller .vcf."`
}

func (c exportCommand) Run(s *session) error {
	return s.with(func(p *app.Program) error {
		n, err := exchange.New(p.Workspace, p.Places).Export(c.Output, exchange.Kind(c.Kind), s.words)
		if err != nil {
			return err
		}
		return s.print(map[string]any{"file": c.Output, "rows": n}, func(w io.Writer) {
			fmt.Fprintf(w, "Skrev %s til %s.\n", amount(n, "rad", "rader"), filepath.Base(c.Output))
		})
	})
}

type duplicatesCommand struct {
	Kind string `enum:"partners,providers" default:"partners" help:"Hvilket register: partners eller providers."`
}

type sideJSON struct {
	ID           string `json:"id"`
	Orgnr        string `json:"orgnr"`
	Name         string `json:"name"`
	Municipality string `json:"municipality"`
}

type duplicateJSON struct {
	Keep       sideJSON `json:"keep"`
	Lose       sideJSON `json:"lose"`
	Confidence int      `json:"confidence"` // percent
	Reasons    []string `json:"reasons"`
}

func (c duplicatesCommand) Run(s *session) error {
	return s.with(func(p *app.Program) error {
		found, err := duplicate.In(context.Background(), partner.NewRegister(p.Workspace, p.Places), exchange.Kind(c.Kind).Organisation())
		if err != nil {
			return err
		}
		all := make([]duplicateJSON, len(found))
		for i := range found {
			d := &found[i]
			all[i] = duplicateJSON{sideOf(p, &d.Keep), sideOf(p, &d.Lose), d.Confidence, d.Sentences(s.words)}
		}
		return s.print(all, func(w io.Writer) {
			if len(all) == 0 {
				fmt.Fprintln(w, "Ingen står der to ganger.")
			}
			for i, d := range all {
				fmt.Fprintf(w, "%s (%d %%): %s\n    %s  %s %s\n    %s  %s %s\n", found[i].Level(s.words), d.Confidence, strings.Join(d.Reasons, ", "),
					d.Keep.ID, d.Keep.Name, d.Keep.Orgnr, d.Lose.ID, d.Lose.Name, d.Lose.Orgnr)
			}
		})
	})
}

func sideOf(p *app.Program, o *data.Organisation) sideJSON {
	place := o.Municipality
	if r, ok := p.Places.Resolve(place); ok {
		place = r.UniqueName
	}
	return sideJSON{o.ID, o.OrgNumber, o.Name, place}
}
