package command

import (
	"context"
	"fmt"
	"io"

	"kompetansepilot/app"
	"kompetansepilot/app/mail"
	"kompetansepilot/data"
)

type mailFolderList struct {
	testCA
	Account string `help:"Postkassen." placeholder:"ADRESSE"`
}

func (c mailFolderList) Run(s *session) error {
	return s.withMail(func(p *app.Program, desk *mail.Desk) error {
		pool, err := c.pool()
		if err != nil {
			return err
		}
		a, err := desk.Account(c.Account)
		if err != nil {
			return err
		}
		all, err := desk.Folders(context.Background(), a, pool)
		if err != nil {
			return err
		}
		return s.print(all, func(w io.Writer) {
			for _, f := range all {
				what := "hentes ikke"
				if f.Fetch {
					what = "hentes"
				}
				if f.Fetch && f.Days == data.MailAll {
					what += ", alt"
				}
				if f.Fetch && f.Days > 0 {
					what += fmt.Sprintf(", %s tilbake", amount(f.Days, "dag", "dager"))
				}
				if f.Keep > 0 {
					what += fmt.Sprintf(", ligger her i %s", amount(f.Keep, "dag", "dager"))
				}
				if !f.Tried.IsZero() {
					what += fmt.Sprintf(", sist %s: %s, %d feilet", s.words.Moment(f.Tried), amount(f.New, "ny", "nye"), f.Failed)
				}
				if f.Err != nil {
					what += ". " + data.Message(f.Err)
				}
				fmt.Fprintf(w, "%s: %s\n", f.Name, what)
			}
		})
	})
}

type mailFolderSet struct {
	Name    string `arg:"" help:"Mappen."`
	Account string `help:"Postkassen." placeholder:"ADRESSE"`
	Fetch   bool   `help:"Hent mappen." default:"true" negatable:""`
	Days    int    `help:"Hvor mange dager tilbake som hentes; 0 er som for postkassen, -1 er alt." default:"0"`
	Keep    int    `help:"Hvor mange dager posten blir liggende her; 0 er for alltid. Det som er koblet eller journalført, blir liggende." default:"0"`
}

func (c mailFolderSet) Run(s *session) error {
	return s.withMail(func(p *app.Program, desk *mail.Desk) error {
		a, err := desk.Account(c.Account)
		if err != nil {
			return err
		}
		choice := mail.FolderChoice{Name: c.Name, Fetch: c.Fetch, Days: c.Days, Keep: c.Keep}
		if err := desk.Choose("Valgte hva som hentes fra "+c.Name, a, choice); err != nil {
			return err
		}
		return s.print(choice, func(w io.Writer) { fmt.Fprintln(w, "Lagret valget for", c.Name) })
	})
}

type mailNeverCommand struct {
	Pattern string `arg:"" help:"En adresse eller et domene."`
}

func (c mailNeverCommand) Run(s *session) error {
	return s.withMail(func(p *app.Program, desk *mail.Desk) error {
		n, err := desk.Never("Henter aldri post fra "+c.Pattern, c.Pattern)
		if err != nil {
			return err
		}
		return s.print(map[string]any{"pattern": c.Pattern, "deleted": n}, func(w io.Writer) {
			fmt.Fprintf(w, "Post fra %s hentes ikke lenger. %d ble slettet her.\n", c.Pattern, n)
		})
	})
}
