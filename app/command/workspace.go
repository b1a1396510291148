package command

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"kompetansepilot/app"
	"kompetansepilot/app/disk"
	"kompetansepilot/app/grant"
	"kompetansepilot/data"
)

type demoCommand struct {
	Whole bool `help:"Ta også med det fylket har gjort: samtaler, avtaler, støtte, tilbud og behov."`
}

func (c demoCommand) Run(s *session) error {
	path := s.path
	if path == "" {
		path = filepath.Join(filepath.Dir(app.DefaultWorkspace()), "Eksempelfylket"+data.Extension)
	}
	if _, err := os.Stat(path); err == nil {
		return &data.Error{Code: data.CodeExists, Message: fmt.Sprintf("Det finnes allerede en fil på %s. Den er ikke rørt. Velg et annet navn med --workspace.", path)}
	}
	p, err := app.Open(path, s.state, app.Options{Create: true})
	if err != nil {
		return err
	}
	sample := app.MakeSample
	if c.Whole {
		sample = app.MakeWholeSample
	}
	if err := errors.Join(sample(p), p.Close()); err != nil {
		return err
	}
	return s.print(map[string]string{"workspace": p.Workspace.Path()}, func(w io.Writer) {
		fmt.Fprintf(w, "Eksempelfylket ligger i %s.\n", p.Workspace.Path())
	})
}

type historyCommand struct {
	Record string `arg:"" help:"Postens nummer, eller en søknads navn."`
	Field  string `arg:"" optional:"" help:"Feltets id."`
}

type historyJSON struct {
	Time        time.Time `json:"time"`
	Actor       string    `json:"actor"`
	Field       string    `json:"field"`
	Old         string    `json:"old"`
	New         string    `json:"new"`
	Transaction int64     `json:"transaction"`
}

func (c historyCommand) Run(s *session) error {
	return s.with(func(p *app.Program) error {
		record := c.Record
		if id, err := p.Grants.Resolve(c.Record); err == nil {
			record = id
		}
		entries, err := p.Workspace.History(record, c.Field, 0)
		if err != nil {
			return err
		}
		all := make([]historyJSON, len(entries))
		for i, e := range entries {
			all[i] = historyJSON{e.Time.UTC(), e.Actor, e.Field, e.Old, e.New, e.Transaction}
		}
		return s.print(all, func(w io.Writer) {
			for _, e := range entries {
				fmt.Fprintf(w, "%s  %s  %s\n    før: %s\n    nå:  %s\n", s.words.Moment(e.Time), e.Actor, e.Field, short(e.Old), short(e.New))
			}
		})
	})
}

type undoCommand struct{}

func (undoCommand) Run(s *session) error {
	return s.turn("Angret", func(p *app.Program) (string, error) { return p.Workspace.Undo() })
}

type redoCommand struct{}

func (redoCommand) Run(s *session) error {
	return s.turn("Gjorde om igjen", func(p *app.Program) (string, error) { return p.Workspace.Redo() })
}

func (s *session) turn(did string, f func(*app.Program) (string, error)) error {
	return s.with(func(p *app.Program) error {
		label, err := f(p)
		if err != nil {
			return err
		}
		return s.print(map[string]string{"step": label}, func(w io.Writer) { fmt.Fprintf(w, "%s: %s\n", did, label) })
	})
}

type backupCommand struct {
	File string `arg:"" optional:"" type:"path" help:"Filen kopien skal ligge i. Uten den brukes mappen for sikkerhetskopier."`
}

func (c backupCommand) Run(s *session) error {
	return s.with(func(p *app.Program) error {
		path := c.File
		if path == "" {
			b, err := p.Backup()
			if err != nil {
				return err
			}
			path = b.Path
		} else if err := p.BackupTo(path); err != nil {
			return err
		}
		return s.print(map[string]string{"file": path}, func(w io.Writer) {
			fmt.Fprintf(w, "Sikkerhetskopien er tatt og kontrollert: %s\n", path)
		})
	})
}

type restoreCommand struct {
	File string `arg:"" type:"path" help:"Sikkerhetskopien."`
}

func (c restoreCommand) Run(s *session) error {
	path, err := s.workspacePath()
	if err != nil {
		return err
	}
	if err := app.Restore(path, c.File, s.state); err != nil {
		return err
	}
	return s.print(map[string]string{"workspace": path, "restored": c.File}, func(w io.Writer) {
		fmt.Fprintf(w, "Arbeidsfilen %s er nå slik den var i %s. Det som sto der før, ligger blant sikkerhetskopiene.\n", path, c.File)
	})
}

type verifyCommand struct {
	File string `arg:"" optional:"" type:"path" help:"En innsendingspakke (ZIP), eller en arbeidsfil. Uten den kontrolleres arbeidsfilen."`
}

func (c verifyCommand) Run(s *session) error {
	switch {
	case c.File == "":
	case strings.EqualFold(filepath.Ext(c.File), data.Extension):
		s.path, s.passing = c.File, true // often a backup
	default:
		return s.verifyBundle(c.File)
	}
	return s.with(func(p *app.Program) error {
		r, err := p.Verify()
		if err != nil {
			return err
		}
		err = s.print(r, func(w io.Writer) {
			if r.OK {
				fmt.Fprintf(w, "Alt er i orden. %s endringer i loggen, %s byte.\n", s.words.Number(int64(r.Changes)), s.words.Number(r.Bytes))
			}
			for _, problem := range r.Problems {
				fmt.Fprintln(w, problem)
			}
		})
		if err == nil && !r.OK {
			return errStopped
		}
		return err
	})
}

type versionCommand struct{}

func (versionCommand) Run(s *session) error {
	return s.print(s.version, func(w io.Writer) { fmt.Fprintf(w, "%s %s (%s)\n", app.Name, s.version.Number, s.version.Build) })
}

type callListCommand struct{}

func (callListCommand) Run(s *session) error {
	return s.with(func(p *app.Program) error {
		type row struct {
			ID       string `json:"id"`
			Title    string `json:"title"`
			Deadline string `json:"deadline"`
		}
		var all []row
		for _, call := range p.Grants.Calls().All() {
			all = append(all, row{call.ID, call.Title.In("nb"), call.Dates.Deadline.Value})
		}
		return s.print(all, func(w io.Writer) {
			for _, r := range all {
				fmt.Fprintf(w, "%s  %s (frist %s)\n", r.ID, r.Title, s.words.DateShort(r.Deadline))
			}
			for id := range p.Grants.Calls().Faults() {
				fmt.Fprintf(w, "%s  (filen har feil og er utelatt)\n", id)
			}
		})
	})
}

type callAddCommand struct {
	File string `arg:"" type:"path" help:"Utlysningsfilen."`
}

func (c callAddCommand) Run(s *session) error {
	raw, err := readCallFile(c.File)
	if err != nil {
		return err
	}
	return s.with(func(p *app.Program) error {
		call, errs, err := p.Grants.Calls().Add(raw, "La til utlysning")
		if err != nil {
			return err
		}
		if len(errs) > 0 {
			return errors.Join(s.printCallErrors(errs), errStopped)
		}
		return s.print(map[string]string{"id": call.ID}, func(w io.Writer) { fmt.Fprintf(w, "La til «%s» (%s).\n", call.Title.In("nb"), call.ID) })
	})
}

type callCheckCommand struct {
	File string `arg:"" type:"path" help:"Utlysningsfilen."`
}

func (c callCheckCommand) Run(s *session) error {
	raw, err := readCallFile(c.File)
	if err != nil {
		return err
	}
	_, errs := grant.ParseCall(raw)
	if err := s.printCallErrors(errs); err != nil {
		return err
	}
	if len(errs) > 0 {
		return errStopped
	}
	return nil
}

func readCallFile(path string) ([]byte, error) {
	return disk.Read(path, grant.MaxCallSize)
}

func (s *session) printCallErrors(errs []grant.CallError) error {
	if errs == nil {
		errs = []grant.CallError{}
	}
	return s.print(map[string]any{"ok": len(errs) == 0, "errors": errs}, func(w io.Writer) {
		if len(errs) == 0 {
			fmt.Fprintln(w, "Utlysningsfilen er i orden.")
		}
		for _, e := range errs {
			fmt.Fprintf(w, "linje %d: %s", e.Line, e.Message)
			if e.Path != "" {
				fmt.Fprintf(w, " [%s]", e.Path)
			}
			fmt.Fprintln(w)
		}
	})
}
