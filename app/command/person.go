package command

import (
	"fmt"
	"io"

	"kompetansepilot/app"
	"kompetansepilot/app/disk"
	"kompetansepilot/app/people"
	"kompetansepilot/data"
)

// personCommand is about one person: `person export`, `person erase`.
type personCommand struct {
	Export personExportCommand `cmd:"" help:"Lagre alt som står om en person, som JSON og PDF i en zip-fil."`
	Erase  personEraseCommand  `cmd:"" help:"Slett en person for godt, også fra historikken. Uten --yes vises bare hva det gjelder."`
}

type personExportCommand struct {
	ID     string `arg:"" help:"Personens id, navn eller e-postadresse, eller et enkeltpersonforetak."`
	Output string `short:"o" required:"" type:"path" placeholder:"FIL" help:"Zip-filen som skal lages."`
}

func (c personExportCommand) Run(s *session) error {
	return s.withPerson(c.ID, func(p *app.Program, service *people.Service, subject data.Subject) error {
		d, err := service.Dossier(subject)
		if err != nil {
			return err
		}
		content, err := d.Zip()
		if err != nil {
			return err
		}
		if err := disk.Write(c.Output, content); err != nil {
			return err
		}
		return s.print(map[string]any{"file": c.Output, "id": d.ID, "bytes": len(content)}, func(w io.Writer) {
			fmt.Fprintf(w, "Alt om «%s» ligger i %s.\n", d.Name, c.Output)
		})
	})
}

type personEraseCommand struct {
	ID     string `arg:"" help:"Personens id, navn eller e-postadresse, eller et enkeltpersonforetak."`
	Yes    bool   `help:"Slett nå. Det kan ikke angres."`
	Reason string `enum:"request,expired,consent,wrong" default:"request" help:"Hvorfor: request, expired, consent eller wrong."`
}

// eraseJSON is what an erasure touches, or has touched. Its names are a promise.
type eraseJSON struct {
	Erased  bool        `json:"erased"`
	Removed []traceJSON `json:"removed"`
	Changed []traceJSON `json:"changed"`
	Kept    []traceJSON `json:"kept"`
	Entries int         `json:"log_entries"`
	Mail    int         `json:"mail"`    // messages to and from them
	Backups []string    `json:"backups"` // that still hold the person
}

// traceJSON is a record. After the erasure it has no title.
type traceJSON struct {
	Kind   string   `json:"kind"`
	ID     string   `json:"id"`
	Title  string   `json:"title,omitempty"`
	Fields []string `json:"fields,omitempty"`
	Reason string   `json:"reason,omitempty"`
}

func (c personEraseCommand) Run(s *session) error {
	return s.withPerson(c.ID, func(p *app.Program, service *people.Service, subject data.Subject) error {
		backups, err := p.Backups()
		if err != nil {
			return err
		}
		var t app.Erased
		if c.Yes {
			t, err = p.Erase(s.words, subject, c.Reason)
		} else {
			t, err = preview(p, service, subject)
		}
		if err != nil {
			return err
		}
		out := eraseJSON{Erased: c.Yes, Removed: s.traces(t.Removed, !c.Yes), Changed: s.traces(t.Changed, !c.Yes), Kept: s.traces(t.Kept, true), Entries: t.Entries, Mail: t.Mail, Backups: []string{}}
		for _, b := range backups {
			out.Backups = append(out.Backups, b.Path)
		}
		return s.print(out, func(w io.Writer) { s.tellErase(w, &out) })
	})
}

// preview tells what an erasure would take away.
func preview(p *app.Program, service *people.Service, subject data.Subject) (app.Erased, error) {
	t, err := service.Traces(subject)
	if err != nil {
		return app.Erased{}, err
	}
	keys, err := p.Mail.About(subject)
	return app.Erased{Traces: t, Mail: len(keys)}, err
}

func (s *session) traces(all []data.Trace, titles bool) []traceJSON {
	out := make([]traceJSON, len(all))
	for i, t := range all {
		out[i] = traceJSON{Kind: t.Kind, ID: t.ID, Fields: t.Fields, Reason: t.Reason}
		if titles {
			out[i].Title = t.Title
		}
	}
	return out
}

func (s *session) tellErase(w io.Writer, e *eraseJSON) {
	verb := "Dette slettes"
	if e.Erased {
		verb = "Slettet"
	}
	fmt.Fprintf(w, "%s: %s. I %s til tas navnet ut av teksten. %s i loggen gjelder det.\n", verb, amount(len(e.Removed), "post", "poster"), amount(len(e.Changed), "post", "poster"), amount(e.Entries, "endring", "endringer"))
	for _, part := range []struct {
		head string
		all  []traceJSON
	}{{"slettes", e.Removed}, {"endres", e.Changed}, {"blir stående", e.Kept}} {
		for _, t := range part.all {
			fmt.Fprintf(w, "  %-14s %s", part.head, people.KindWord(s.words, t.Kind))
			if t.Title != "" {
				fmt.Fprintf(w, " «%s»", short(t.Title))
			}
			if t.Reason != "" {
				fmt.Fprintf(w, ": %s", people.ReasonWord(s.words, t.Reason))
			}
			fmt.Fprintln(w)
		}
	}
	if e.Mail > 0 {
		fmt.Fprintf(w, "  E-poster til og fra personen, bare her, ikke i postkassen: %d\n", e.Mail)
	}
	if len(e.Backups) > 0 {
		fmt.Fprintln(w, "Disse sikkerhetskopiene inneholder fortsatt personen, til de ryddes bort:")
		for _, b := range e.Backups {
			fmt.Fprintln(w, "  "+b)
		}
	}
	if !e.Erased {
		fmt.Fprintln(w, "Ingenting er endret. Skriv --yes for å slette. Det kan ikke angres.")
	}
}

// withPerson opens the workspace and finds whom a text means.
func (s *session) withPerson(text string, f func(*app.Program, *people.Service, data.Subject) error) error {
	return s.with(func(p *app.Program) error {
		service := people.New(p.Workspace, p.Places)
		subject, err := service.Resolve(text)
		if err != nil {
			return err
		}
		return f(p, service, subject)
	})
}
