package command

import (
	"context"
	"fmt"
	"io"
	"strings"

	"kompetansepilot/app"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/search"
)

type searchCommand struct {
	Text []string `arg:"" help:"Det du leter etter: ord, begynnelsen på ord, deler av sammensatte ord, et nummer eller et beløp."`
}

// hitJSON is a hit of the search. id is the record; for a text it is the
// application, and field tells where in it.
type hitJSON struct {
	Kind    string `json:"kind"`
	ID      string `json:"id"`
	Title   string `json:"title"`
	Where   string `json:"where"`
	Snippet string `json:"snippet"`
	Field   string `json:"field,omitempty"`
}

func (c searchCommand) Run(s *session) error {
	return s.with(func(p *app.Program) error {
		hits, err := search.New(p, s.words).Find(context.Background(), search.Query{Text: strings.Join(c.Text, " "), Fresh: true})
		if err != nil {
			return err
		}
		all := []hitJSON{}
		for _, h := range hits {
			all = append(all, hitJSON{h.Kind, h.ID, h.Title, h.Where, h.Excerpt.Text, h.Field})
		}
		return s.print(all, func(w io.Writer) {
			for _, h := range all {
				fmt.Fprintf(w, "%s: %s\n", s.words.T("shell.kind."+h.Kind), h.Title)
				if about := lang.Joined(" · ", h.Where, h.Snippet); about != "" {
					fmt.Fprintln(w, "    "+about)
				}
			}
			if len(all) == 0 {
				fmt.Fprintln(w, s.words.T("shell.search.none", "Text", strings.Join(c.Text, " ")))
			}
		})
	})
}
