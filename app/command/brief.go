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
)

type briefCommand struct {
	onePool
	File string `short:"o" name:"output" required:"" type:"path" placeholder:"FIL" help:"Filen som skrives: .pdf, .xlsx eller .csv."`
	Lang string `enum:"nb,nn" default:"nb" help:"Tilbyderens målform: nb eller nn."`
}

func (c briefCommand) Run(s *session) error {
	return s.withPool(c.onePool, func(p *app.Program, g *need.Grouped, pool *need.Pool) error {
		words := lang.New(c.Lang)
		b := brief.Of(pool, g.Pooler.Public(words, pool), g.Needs, words, p.Places)
		if err := c.write(p, &b, words); err != nil {
			return err
		}
		return s.print(map[string]any{"file": c.File, "pool": pool.ID, "people": pool.People}, func(w io.Writer) { fmt.Fprintln(w, "Skrev", c.File) })
	})
}

func (c briefCommand) write(p *app.Program, b *brief.Brief, words *lang.Printer) error {
	if strings.EqualFold(filepath.Ext(c.File), ".pdf") {
		return p.SaveReport(b.Document(words, p.Setting(app.SettingName), time.Now().UTC().Truncate(time.Second)), c.File)
	}
	return b.Save(c.File, words)
}
