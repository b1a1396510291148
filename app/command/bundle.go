package command

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"kompetansepilot/app"
	"kompetansepilot/app/exchange/bundle"
	"kompetansepilot/data"
)

type bundleCommand struct {
	Application string `arg:"" help:"Søknadens nummer, begynnelsen på det, eller navnet."`
	Output      string `short:"o" required:"" type:"path" placeholder:"FIL" help:"ZIP-filen som skal lages."`
	Version     string `placeholder:"N" help:"Versjonen: 1 er den eldste. Eller versjonens nummer eller navn. Uten den brukes søknaden slik den er nå."`
	Lang        string `enum:"nb,nn," default:"" placeholder:"nb|nn" help:"Målform. Uten den brukes søknadens egen."`
}

type bundleJSON struct {
	File     string          `json:"file"`
	Bytes    int64           `json:"bytes"`
	SHA256   string          `json:"sha256"`
	Manifest bundle.Manifest `json:"manifest"`
}

func (c bundleCommand) Run(s *session) error {
	return s.withApplication(c.Application, func(p *app.Program, id string) error {
		version, err := findVersion(p, id, c.Version)
		if err != nil {
			return err
		}
		m := bundle.Maker{Workspace: p.Workspace, Grants: p.Grants, PDF: p.PDF, Program: bundle.Program{Name: app.Name, Version: s.version.Number, Build: s.version.Build}}
		b, err := m.Make(id, version, c.Lang)
		if err != nil {
			return err
		}
		made, err := p.WriteMade("Laget innsendingspakke", data.MadeDocument{Application: id, Version: version, MadeOf: data.MadeBundle, Language: b.Manifest.Language}, c.Output, b.WriteZip)
		if err != nil {
			return err
		}
		for _, r := range b.Replaced {
			fmt.Fprintf(s.err, "Tegnet %s kan ikke vises i PDF-en og er erstattet (%s).\n", r.Text, amount(r.Count, "gang", "ganger"))
		}
		return s.print(bundleJSON{c.Output, made.Size, made.SHA256, b.Manifest}, func(w io.Writer) {
			fmt.Fprintf(w, "Laget %s (%s byte, %s).\nKontrollsum (SHA-256): %s\n", c.Output, s.words.Number(made.Size), amount(len(b.Manifest.Files)+2, "fil", "filer"), made.SHA256)
		})
	})
}

// findVersion is the id of a version that is named by its place, the oldest
// being 1, by its id or the beginning of it, or by its name. "" is none.
func findVersion(p *app.Program, application, name string) (string, error) {
	if name == "" {
		return "", nil
	}
	all, err := p.Grants.Versions(application)
	if err != nil {
		return "", err
	}
	if n, err := strconv.Atoi(name); err == nil && n >= 1 && n <= len(all) {
		return all[len(all)-n].ID, nil
	}
	var hits []string
	for i := range all {
		if all[i].ID == name {
			return name, nil
		}
		if strings.HasPrefix(all[i].ID, name) || strings.EqualFold(all[i].Name, name) {
			hits = append(hits, all[i].ID)
		}
	}
	switch len(hits) {
	case 0:
		return "", data.NewError("notFound.versionName", "Søknaden har ingen versjon som heter eller har nummer «{{.ID}}». Ingen fil er skrevet. Skriv «versions» for å se dem.", nil, "ID", name)
	case 1:
		return hits[0], nil
	}
	return "", data.NewError("ambiguous.version", "Flere versjoner passer med «{{.ID}}». Ingen fil er skrevet. Skriv hele nummeret.", nil, "ID", name)
}

// verifyBundle checks a bundle; it needs no workspace.
func (s *session) verifyBundle(path string) error {
	r, err := bundle.VerifyFile(path)
	if err != nil {
		return err
	}
	err = s.print(r, func(w io.Writer) {
		if r.OK {
			fmt.Fprintf(w, "Pakken er hel og uendret: «%s», %s.\n", bundle.Shown(r.Manifest.Title), amount(len(r.Files), "fil", "filer"))
			if !r.Exact {
				fmt.Fprintln(w, "Filene er uendret, men ZIP-filen er pakket på nytt etter at den ble laget.")
			}
			fmt.Fprintf(w, "Kontrollsum for ZIP-filen (SHA-256): %s\n", r.SHA256)
		}
		for _, problem := range r.Problems {
			fmt.Fprintln(w, problem)
		}
	})
	if err == nil && !r.OK {
		return errStopped
	}
	return err
}
