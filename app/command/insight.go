package command

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"kompetansepilot/app"
	"kompetansepilot/app/insight"
)

type insightCommand struct {
	By   string `enum:"subject,municipality,industry,size,half" default:"subject" help:"Tell etter subject (hva det gjelder), municipality, industry, size eller half (halvår)."`
	File string `short:"o" name:"output" type:"path" placeholder:"FIL" help:"Skriv det som kan deles, til en fil: .xlsx, .csv eller .pdf. Tall under fem er skjult."`
}

type insightRowJSON struct {
	Key        string         `json:"key"`
	Name       string         `json:"name"`
	Needs      []string       `json:"needs"`
	Unmet      []string       `json:"unmet"`
	Businesses int            `json:"businesses"`
	People     int64          `json:"people"`
	Halves     map[string]int `json:"halves"`
	Rises      bool           `json:"rises"`
}

func (c insightCommand) Run(s *session) error {
	return s.with(func(p *app.Program) error {
		facts, err := p.Insight.Facts(context.Background(), nil)
		if err != nil {
			return err
		}
		table := facts.Count(insight.Dimension(c.By), nil, s.words)
		if c.File != "" {
			return c.write(s, p, facts, &table)
		}
		out := make([]insightRowJSON, len(table.Rows))
		for i, r := range table.Rows {
			out[i] = insightRowJSON{r.Key, r.Name, orEmpty(r.Needs), orEmpty(r.Unmet), r.Businesses, r.People, map[string]int{}, r.Rises}
			for j, n := range r.Halves {
				out[i].Halves[table.Halves[j]] = n
			}
		}
		return s.print(out, func(w io.Writer) {
			if len(out) == 0 {
				fmt.Fprintln(w, "Ingen behov er registrert.")
			}
			for _, r := range out {
				fmt.Fprintf(w, "%4d  %s · %s · %s · %d uten tilbud", len(r.Needs), r.Name, amount(r.Businesses, "bedrift", "bedrifter"), persons(r.People), len(r.Unmet))
				if r.Rises {
					fmt.Fprint(w, " · øker")
				}
				fmt.Fprintln(w)
			}
		})
	})
}

func orEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

func (c insightCommand) write(s *session, p *app.Program, facts *insight.Facts, table *insight.Table) error {
	var err error
	if strings.EqualFold(filepath.Ext(c.File), ".pdf") {
		err = p.SaveReport(facts.Report(s.words, p.Setting(app.SettingName), time.Now().UTC().Truncate(time.Second)), c.File)
	} else {
		public := table.Public()
		err = public.Save(c.File, s.words)
	}
	if err != nil {
		return err
	}
	return s.print(map[string]string{"file": c.File}, func(w io.Writer) { fmt.Fprintln(w, "Skrev", c.File) })
}
