package command

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"kompetansepilot/app"
	"kompetansepilot/app/brief"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/need"
	"kompetansepilot/data"
)

type briefCommand struct {
	Pool       string  `arg:"" help:"Gruppen, slik pools viser nummeret."`
	File       string  `short:"o" name:"output" required:"" type:"path" placeholder:"FIL" help:"Filen som skrives: .pdf, .xlsx eller .csv."`
	Lang       string  `enum:"nb,nn" default:"nb" help:"Tilbyderens målform: nb eller nn."`
	Min        int64   `help:"Minst så mange personer i en gruppe." default:"0"`
	Max        int64   `help:"Høyst så mange personer i en gruppe." default:"0"`
	Reach      int64   `help:"Lengste reise i kilometer for alle." default:"0"`
	RoadFactor float64 `help:"Hvor mye lengre veien er enn luftlinjen." default:"1.3"`
	Offers     string  `type:"existingfile" placeholder:"FIL" help:"CSV med tilbud, som sier mer om hva som hører sammen."`
}

func (c briefCommand) Run(s *session) error {
	return s.withNeeds(func(p *app.Program, needs *need.Service) error {
		all, err := needs.All()
		if err != nil {
			return err
		}
		pools := poolsCommand{Min: c.Min, Max: c.Max, Reach: c.Reach, RoadFactor: c.RoadFactor, Offers: c.Offers}
		offers, err := pools.matcher(needs)
		if err != nil {
			return err
		}
		pooler, err := needs.Pooler(need.PoolLimits{Min: c.Min, Max: c.Max, Reach: c.Reach, RoadFactor: c.RoadFactor}, offers)
		if err != nil {
			return err
		}
		words := lang.New(c.Lang)
		for _, pool := range pooler.Pools(all) {
			if pool.ID != c.Pool {
				continue
			}
			b := brief.Of(&pool, pooler.Label(words, &pool), all, words, p.Places)
			if err := c.write(p, &b, words); err != nil {
				return err
			}
			return s.print(map[string]any{"file": c.File, "pool": pool.ID, "people": pool.People}, func(w io.Writer) { fmt.Fprintln(w, "Skrev", c.File) })
		}
		return data.NewError(data.CodeNotFound+".pool", "Fant ingen gruppe med nummeret «{{.ID}}». Ingenting er skrevet. «pools» viser gruppene.", nil, "ID", c.Pool)
	})
}

func (c briefCommand) write(p *app.Program, b *brief.Brief, words *lang.Printer) error {
	if strings.EqualFold(filepath.Ext(c.File), ".pdf") {
		return p.SaveReport(b.Document(words, p.Setting(app.SettingName), time.Now().UTC().Truncate(time.Second)), c.File)
	}
	return b.Save(c.File, words)
}
