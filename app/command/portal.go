package command

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"kompetansepilot/app"
	"kompetansepilot/app/disk"
	"kompetansepilot/app/grant"
	"kompetansepilot/app/portal"
	"kompetansepilot/data"
)

type portalCommand struct {
	Application string `arg:"" help:"Søknadens nummer, begynnelsen på det, eller navnet."`
	Portal      string `placeholder:"ID" help:"Portalen. Uten den brukes utlysningens egen (rf1350)."`
	Done        string `placeholder:"FELT" help:"Noter at feltet er overført slik det er nå."`
	Undone      string `placeholder:"FELT" help:"Noter at feltet ikke er overført likevel."`
	Compare     bool   `help:"Kontroller at portaltekst, PDF-tekst og arbeidsfil er like."`
}

type portalField struct {
	Tab         string `json:"tab"`
	Field       string `json:"field"`
	Label       string `json:"label"`
	Text        string `json:"text"`
	Length      int    `json:"length"`
	Limit       int    `json:"limit"` // 0 is unknown
	Transferred bool   `json:"transferred"`
	Changed     bool   `json:"changed"`
	At          string `json:"transferred_at,omitempty"` // RFC 3339, UTC
	By          string `json:"transferred_by,omitempty"`
	Attachment  string `json:"attachment,omitempty"`
	File        string `json:"file,omitempty"`
}

func (c portalCommand) Run(s *session) error {
	return s.withApplication(c.Application, func(p *app.Program, id string) error {
		for _, tick := range []struct {
			field string
			done  bool
		}{{c.Done, true}, {c.Undone, false}} {
			if tick.field == "" {
				continue
			}
			if err := c.note(s, p, id, tick.field, tick.done); err != nil {
				return err
			}
		}
		if c.Compare {
			return c.compare(s, p, id)
		}
		t, err := p.Portals.Transfer(id, c.Portal, s.words)
		if err != nil {
			return err
		}
		return s.print(portalFields(&t), func(w io.Writer) { s.printTransfer(w, &t) })
	})
}

// note ticks every item of a field.
func (c portalCommand) note(s *session, p *app.Program, id, field string, done bool) error {
	t, err := p.Portals.Transfer(id, c.Portal, s.words)
	if err != nil {
		return err
	}
	found := false
	for _, item := range t.Items() {
		if item.Field != field && item.Key != field {
			continue
		}
		found = true
		label := s.words.T("portal.step.done", "Name", item.Label)
		if !done {
			label = s.words.T("portal.step.undone", "Name", item.Label)
		}
		if err := p.Portals.Note(label, id, t.Portal.ID, *item, done); err != nil {
			return err
		}
	}
	if !found {
		return data.NewError("unknownField", "Utlysningen har ikke noe felt som heter «{{.Field}}». Ingenting er endret.", nil, "Field", field)
	}
	return nil
}

func portalFields(t *portal.Transfer) []portalField {
	all := []portalField{}
	for i := range t.Tabs {
		for _, item := range t.Tabs[i].Items {
			f := portalField{Tab: t.Tabs[i].Label, Field: item.Field, Label: item.Label, Text: item.Text, Length: item.Length, Limit: item.Limit,
				Transferred: !item.Transferred.IsZero(), Changed: item.Changed, By: item.By}
			if f.Transferred {
				f.At = item.Transferred.UTC().Format(time.RFC3339)
			}
			if item.File != nil {
				f.Attachment, f.File = item.File.ID, item.File.Original
			}
			all = append(all, f)
		}
	}
	return all
}

func (s *session) printTransfer(w io.Writer, t *portal.Transfer) {
	fmt.Fprintf(w, "%s\n%s\n", t.Portal.Name, s.words.N("portal.progress", t.Done, "Total", s.words.Number(int64(t.Total))))
	for i := range t.Tabs {
		fmt.Fprintf(w, "\n== %d %s ==\n", i+1, t.Tabs[i].Label)
		for _, item := range t.Tabs[i].Items {
			mark := "[ ]"
			switch {
			case item.Changed:
				mark = "[!]"
			case item.Done():
				mark = "[x]"
			}
			count := fmt.Sprint(item.Length)
			if item.Limit > 0 {
				count = fmt.Sprintf("%d/%d", item.Length, item.Limit)
			}
			fmt.Fprintf(w, "%s %s [%s] %s\n", mark, item.Label, item.Field, count)
			if item.Filled() {
				fmt.Fprintf(w, "%s\n", item.Text)
			}
		}
	}
	s.printFindings(w, t.Findings)
}

func (s *session) printFindings(w io.Writer, findings []grant.Finding) {
	for _, f := range findings {
		fmt.Fprintf(w, "\n%s [%s]\n  %s\n", f.Message, f.Field, f.Remedy)
	}
}

type portalDifference struct {
	Field    string `json:"field"`
	Label    string `json:"label"`
	Mismatch string `json:"mismatch"` // notTransferred, changed or pdf
	Stored   string `json:"stored"`
	Other    string `json:"other"`
}

func (c portalCommand) compare(s *session, p *app.Program, id string) error {
	all, err := p.Portals.Compare(id, c.Portal, p, s.words)
	if err != nil {
		return err
	}
	list := []portalDifference{}
	for _, d := range all.Differences {
		list = append(list, portalDifference{d.Key, d.Label, string(d.Mismatch), d.Stored, d.Other})
	}
	err = s.print(map[string]any{"same": len(list) == 0, "compared": all.Compared, "in_pdf": all.WithPDF, "differences": list}, func(w io.Writer) {
		if len(list) == 0 {
			fmt.Fprintln(w, s.words.N("portal.closing.same", all.Compared))
		}
		for _, d := range all.Differences {
			what := map[portal.Mismatch]string{portal.NotTransferred: s.words.T("portal.closing.notTransferred"),
				portal.ChangedSince: s.words.T("portal.state.changed"), portal.OtherInPDF: s.words.T("portal.closing.pdfShort")}
			fmt.Fprintf(w, "%s: %s\n", d.Label, what[d.Mismatch])
		}
	})
	if err == nil && len(list) > 0 {
		return errStopped
	}
	return err
}

type portalListCommand struct{}

func (portalListCommand) Run(s *session) error {
	return s.with(func(p *app.Program) error {
		type entry struct {
			ID      string   `json:"id"`
			Name    string   `json:"name"`
			Systems []string `json:"systems"`
		}
		list := []entry{}
		for _, one := range p.Portals.Portals() {
			list = append(list, entry{one.ID, one.Name, one.Systems})
		}
		return s.print(list, func(w io.Writer) {
			for _, e := range list {
				fmt.Fprintf(w, "%s  %s\n", e.ID, e.Name)
			}
		})
	})
}

type portalAddCommand struct {
	File string `arg:"" type:"path" help:"Filen som beskriver portalen."`
}

func (c portalAddCommand) Run(s *session) error {
	raw, err := disk.Read(c.File, grant.MaxCallSize)
	if err != nil {
		return err
	}
	return s.with(func(p *app.Program) error {
		added, faults, err := p.Portals.Add(s.words.T("portal.add.step", "Name", filepath.Base(c.File)), raw)
		if err != nil {
			return err
		}
		if len(faults) > 0 {
			return s.portalFaults(faults)
		}
		return s.print(map[string]any{"ok": true, "id": added.ID, "errors": []grant.CallError{}}, func(w io.Writer) {
			fmt.Fprintln(w, s.words.T("portal.add.done", "Name", added.Name))
		})
	})
}

type portalCheckCommand struct {
	File string `arg:"" type:"path" help:"Filen som beskriver portalen."`
}

func (c portalCheckCommand) Run(s *session) error {
	raw, err := disk.Read(c.File, grant.MaxCallSize)
	if err != nil {
		return err
	}
	if _, faults := portal.Parse(raw); len(faults) > 0 {
		return s.portalFaults(faults)
	}
	return s.print(map[string]any{"ok": true, "errors": []grant.CallError{}}, func(w io.Writer) { fmt.Fprintln(w, s.words.T("portal.add.fine")) })
}

// portalFaults shows what is wrong with a portal's file.
func (s *session) portalFaults(faults []grant.CallError) error {
	err := s.print(map[string]any{"ok": false, "errors": faults}, func(w io.Writer) {
		for _, f := range faults {
			fmt.Fprintln(w, f.Error())
		}
	})
	if err != nil {
		return err
	}
	return errStopped
}

type attachCommand struct {
	Application string `arg:"" help:"Søknadens nummer, begynnelsen på det, eller navnet."`
	File        string `arg:"" type:"path" help:"Filen som skal legges ved."`
	Field       string `placeholder:"FELT" help:"Feltets id i utlysningen. Uten det: det første feltet som tar flere filer."`
	Title       string `placeholder:"TEKST" help:"Hva vedlegget heter. Uten den: filens navn."`
}

func (c attachCommand) Run(s *session) error {
	return s.withApplication(c.Application, func(p *app.Program, id string) error {
		a, err := p.Grants.AttachFile(s.words.T("portal.attach.step", "Name", filepath.Base(c.File)), id, c.Field, strings.TrimSpace(c.Title), c.File)
		if err != nil {
			return err
		}
		return s.print(a, func(w io.Writer) {
			fmt.Fprintln(w, s.words.T("portal.attach.done", "Name", a.FileName, "Field", a.Field, "Size", portal.Size(s.words, a.Size)))
		})
	})
}

type receiptCommand struct {
	Application string `arg:"" help:"Søknadens nummer, begynnelsen på det, eller navnet."`
	File        string `arg:"" type:"path" help:"Kvitteringen fra portalen, en fil eller en e-post."`
	Version     string `placeholder:"ID" help:"Versjonen. Uten den: den som sist ble sendt inn."`
}

func (c receiptCommand) Run(s *session) error {
	return s.withApplication(c.Application, func(p *app.Program, id string) error {
		version := c.Version
		if version == "" {
			v, ok, err := p.Grants.Submitted(id)
			if err != nil {
				return err
			}
			if !ok {
				return data.NewError("notSubmitted.yet", "Søknaden er ikke notert som sendt inn, så den kan ikke ha kvittering. Ingenting er endret. Kjør «kompetansepilot submit» først.", nil)
			}
			version = v.ID
		}
		content, err := disk.Read(c.File, grant.MaxAttachmentSize)
		if err != nil {
			return err
		}
		name := filepath.Base(c.File)
		r, err := p.Grants.AddReceipt(s.words.T("portal.receipt.added", "Name", name), version, name, content)
		if err != nil {
			return err
		}
		return s.print(r, func(w io.Writer) { fmt.Fprintln(w, s.words.T("portal.receipt.added", "Name", name)) })
	})
}
