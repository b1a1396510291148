package command

import (
	"fmt"
	"io"

	"kompetansepilot/app"
	"kompetansepilot/app/mail"
	"kompetansepilot/data"
)

type mailMarkCommand struct {
	Messages    []string `arg:"" name:"message" help:"Numrene til e-postene."`
	Case        *string  `help:"Saksnummeret." placeholder:"2026/1234"`
	Journaled   bool     `xor:"journal" help:"Den er journalført."`
	Unjournaled bool     `xor:"journal" help:"Den er ikke journalført."`
	Basis       *string  `help:"Hjemmelen for unntak fra offentlighet: business, personal, internal, advice eller negotiation, eller loven med paragraf. Tom for ingen." placeholder:"HJEMMEL"`
	WholeThread bool     `name:"thread" help:"Hele tråden."`
}

func (c mailMarkCommand) Run(s *session) error {
	return s.withMail(func(_ *app.Program, desk *mail.Desk) error {
		rows, err := desk.Rows(c.Messages, c.WholeThread)
		if err != nil {
			return err
		}
		if err := desk.Mark("Merket e-post for arkivet", rows, func(m *data.MailMark) {
			m.Journaled = c.Journaled || m.Journaled && !c.Unjournaled
			if c.Case != nil {
				m.CaseNumber = *c.Case
			}
			if c.Basis != nil {
				m.Basis = *c.Basis
			}
		}); err != nil {
			return err
		}
		marks := []data.MailMark{}
		for _, r := range rows {
			m, err := desk.MarkOf(r.Key)
			if err != nil {
				return err
			}
			marks = append(marks, m)
		}
		return s.print(marks, func(w io.Writer) { fmt.Fprintf(w, "Merket %s.\n", amount(len(marks), "e-post", "e-poster")) })
	})
}

type mailArchiveCommand struct {
	Messages    []string `arg:"" name:"message" help:"Numrene til e-postene."`
	Folder      string   `short:"o" name:"output" required:"" type:"path" placeholder:"MAPPE" help:"Mappen som lages."`
	WholeThread bool     `name:"thread" help:"Hele trådene."`
}

func (c mailArchiveCommand) Run(s *session) error {
	return s.withMail(func(_ *app.Program, desk *mail.Desk) error {
		rows, err := desk.Rows(c.Messages, c.WholeThread)
		if err != nil {
			return err
		}
		r, err := desk.HandOver(c.Folder, s.words, rows)
		if err != nil {
			return err
		}
		return s.print(r, func(w io.Writer) {
			fmt.Fprintf(w, "Skrev %s i %s\n", amount(r.Messages, "e-post", "e-poster"), r.Folder)
		})
	})
}
