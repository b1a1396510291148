package command

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"kompetansepilot/app"
	"kompetansepilot/app/textdiff"
	"kompetansepilot/app/textio"
)

// textCommands take an application's text out and in again.
type textCommands struct {
	Export textExportCommand `cmd:"" help:"Skriv teksten til en fil. Endingen velger: .docx er Word, .md er Markdown."`
	Import textImportCommand `cmd:"" help:"Ta inn tekst fra en slik fil: feltene som bare er endret der."`
	Tidy   textTidyCommand   `cmd:"" help:"Rett anførselstegn, tankestreker og mellomrom i tekstene."`
}

type textExportCommand struct {
	Application string `arg:"" help:"Søknadens nummer, begynnelsen på det, eller navnet."`
	File        string `arg:"" type:"path" help:"Filen som skal lages, .docx eller .md."`
	Lang        string `enum:"nb,nn," default:"" placeholder:"nb|nn" help:"Målform for overskrifter og hjelp. Uten den brukes søknadens egen."`
}

func (c textExportCommand) Run(s *session) error {
	return s.withApplication(c.Application, func(p *app.Program, id string) error {
		if err := p.TextOut(id, c.File, c.Lang); err != nil {
			return err
		}
		return s.print(map[string]string{"file": c.File}, func(w io.Writer) { fmt.Fprintf(w, "Laget %s.\n", c.File) })
	})
}

type textImportCommand struct {
	Application string   `arg:"" help:"Søknadens nummer, begynnelsen på det, eller navnet."`
	File        string   `arg:"" type:"path" help:"Filen med teksten, .docx eller .md."`
	DryRun      bool     `help:"Vis hva som er endret, og ta ingenting inn."`
	Field       []string `placeholder:"ID" help:"Ta inn bare dette feltet, også om det er endret begge steder. Kan gjentas."`
}

// textImportJSON is a plan, and what became of it.
type textImportJSON struct {
	*textio.Plan
	DryRun bool     `json:"dryRun"`
	Taken  []string `json:"taken"` // ids
}

func (c textImportCommand) Run(s *session) error {
	return s.withApplication(c.Application, func(p *app.Program, id string) error {
		plan, err := p.TextIn(id, c.File, s.words.Code())
		if err != nil {
			return err
		}
		taken := []string{}
		switch {
		case c.DryRun:
		case len(c.Field) > 0:
			taken = c.Field
		default:
			taken = append(taken, plan.Sure()...)
		}
		if len(taken) > 0 {
			if err := plan.Take(p.Grants, "Importerte tekst fra "+filepath.Base(c.File), taken); err != nil {
				return err
			}
		}
		err = s.print(textImportJSON{plan, c.DryRun, taken}, func(w io.Writer) { printPlan(w, plan, taken, c.DryRun) })
		if err == nil && !c.DryRun && len(c.Field) == 0 && left(plan, taken) {
			return errStopped
		}
		return err
	})
}

type textTidyCommand struct {
	Application string `arg:"" help:"Søknadens nummer, begynnelsen på det, eller navnet."`
	DryRun      bool   `help:"Vis hva som ville bli endret, og endre ingenting."`
}

func (c textTidyCommand) Run(s *session) error {
	return s.withApplication(c.Application, func(p *app.Program, id string) error {
		plan, err := p.TextTidy(id, s.words.Code())
		if err != nil {
			return err
		}
		taken := []string{}
		if !c.DryRun {
			taken = append(taken, plan.Sure()...)
		}
		if len(taken) > 0 {
			if err := plan.Take(p.Grants, s.words.T("textio.tidy.step"), taken); err != nil {
				return err
			}
		}
		return s.print(textImportJSON{plan, c.DryRun, taken}, func(w io.Writer) { printTidy(w, plan, c.DryRun) })
	})
}

func printTidy(w io.Writer, plan *textio.Plan, dry bool) {
	for _, c := range plan.Changes {
		fmt.Fprintf(w, "%s: %s\n", c.Field, c.Label)
		if dry {
			fmt.Fprintln(w, marked(&c))
		}
	}
	switch n := len(plan.Changes); {
	case n == 0:
		fmt.Fprintln(w, "Tegnsettingen er i orden. Ingenting er endret.")
	case dry:
		fmt.Fprintf(w, "%d felt ville bli endret. Ingenting er endret.\n", n)
	default:
		fmt.Fprintf(w, "Rettet %d felt.\n", n)
	}
}

// left tells whether the file has text that nobody has decided on.
func left(plan *textio.Plan, taken []string) bool {
	return slices.ContainsFunc(plan.Changes, func(c textio.Change) bool { return c.NeedsEye() && !slices.Contains(taken, c.Field) })
}

func printPlan(w io.Writer, plan *textio.Plan, taken []string, dry bool) {
	if plan.OtherApplication {
		fmt.Fprintln(w, "Filen er laget fra en annen søknad. Velg feltene som skal tas inn, med --field.")
	}
	same := 0
	for i := range plan.Changes {
		c := &plan.Changes[i]
		if c.Status == textio.Unchanged {
			same++
			continue
		}
		name := c.Label
		if c.Label != c.Field {
			name += " [" + c.Field + "]"
		}
		fmt.Fprintf(w, "%s: %s\n", name, strings.Join(told(c), " "))
		if text := marked(c); text != "" {
			fmt.Fprintln(w, "    "+strings.ReplaceAll(text, "\n", "\n    "))
		}
	}
	fmt.Fprintf(w, "Uendret: %d. ", same)
	switch {
	case dry:
		fmt.Fprintln(w, "Ingenting er tatt inn.")
	case len(taken) == 0:
		fmt.Fprintln(w, "Ingenting ble tatt inn.")
	default:
		fmt.Fprintf(w, "Tatt inn: %s. Angre med «kompetansepilot undo».\n", strings.Join(taken, ", "))
	}
}

// told says what the file has for a field.
func told(c *textio.Change) []string {
	said := []string{map[textio.Status]string{
		textio.Changed:   "endret i filen.",
		textio.Conflict:  "endret begge steder. Tas bare inn med --field.",
		textio.Outdated:  "endret bare i programmet, og blir stående.",
		textio.Missing:   "ikke med i filen, og blir stående.",
		textio.Unknown:   "ikke et felt i denne søknaden; merket kan være skadet. Teksten er ikke tatt inn.",
		textio.Duplicate: "står flere ganger i filen med ulik tekst, og er ikke tatt inn.",
		textio.ReadOnly:  "endret i filen, men er ikke tekst som tas inn. Gjør endringen i programmet.",
	}[c.Status]}
	if c.CanTake() && c.NoBase {
		said = append(said, "Filen forteller ikke hva som sto der da den ble laget.")
	}
	if c.CanTake() && c.Damaged {
		said = append(said, "Merket er skadet.")
	}
	if c.Holds != "" {
		said = append(said, fmt.Sprintf("Teksten fra feltet %s ser ut til å ha havnet her.", c.Holds))
	}
	if c.Emptied {
		said = append(said, "Feltet er tomt i filen.")
	}
	if c.Over > 0 {
		said = append(said, fmt.Sprintf("%d tegn over portalens grense på %d.", c.Over, c.Limit))
	}
	return said
}

// marked is the text of a change in which [-this-] went and {+this+} came.
func marked(c *textio.Change) string {
	if c.Diff == nil && c.NeedsEye() {
		return c.New
	}
	var b strings.Builder
	for _, part := range c.Diff {
		switch part.Change {
		case textdiff.Added:
			b.WriteString("{+" + part.Text + "+}")
		case textdiff.Removed:
			b.WriteString("[-" + part.Text + "-]")
		default:
			b.WriteString(part.Text)
		}
	}
	return b.String()
}
