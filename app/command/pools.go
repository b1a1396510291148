package command

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"strings"

	"kompetansepilot/app"
	"kompetansepilot/app/invite"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/mail"
	"kompetansepilot/app/need"
	"kompetansepilot/data"
)

type poolsCommands struct {
	List    poolsCommand       `cmd:"" default:"withargs" help:"Finn grupper, og vis dem."`
	Show    poolShowCommand    `cmd:"" help:"Vis en gruppe: hvorfor, hvem som nesten passer, og hvem som kan spørres."`
	Lock    poolLockCommand    `cmd:"" help:"Lås en gruppe, så neste beregning lar den stå."`
	Unlock  poolUnlockCommand  `cmd:"" help:"Lås opp en gruppe, så den tar imot flere som passer."`
	Split   poolSplitCommand   `cmd:"" help:"Ta noen behov ut i en ny gruppe."`
	Join    poolJoinCommand    `cmd:"" help:"Slå sammen to grupper."`
	Move    poolMoveCommand    `cmd:"" help:"Flytt behov inn i en gruppe."`
	Exclude poolExcludeCommand `cmd:"" help:"Ta behov ut av en gruppe, og hold dem utenfor."`
	Rename  poolRenameCommand  `cmd:"" help:"Gi en gruppe et navn."`
	Set     poolSetCommand     `cmd:"" help:"Bestem sted, måneder, minst og flest personer."`
	Release poolReleaseCommand `cmd:"" help:"Glem det som er bestemt om en gruppe."`
	Invite  poolsInviteCommand `cmd:"" help:"Skriv til bedrifter som kan bli med i en gruppe."`
}

// poolFlags are the limits of the calculation.
type poolFlags struct {
	Min        int64   `help:"Minst så mange personer i en gruppe." default:"0"`
	Max        int64   `help:"Høyst så mange personer i en gruppe." default:"0"`
	Reach      int64   `help:"Lengste reise i kilometer for alle. Uten den gjelder det hvert behov sier." default:"0"`
	RoadFactor float64 `help:"Hvor mye lengre veien er enn luftlinjen." default:"1.3"`
	Offers     string  `type:"path" placeholder:"FIL" help:"CSV med tilbud, som sier mer om hva som hører sammen."`
}

// group pools the needs as the flags say.
func (c poolFlags) group(needs *need.Service) (*need.Grouped, error) {
	offers, err := readOffers(needs, c.Offers)
	if err != nil {
		return nil, err
	}
	return needs.Group(need.PoolLimits{Min: c.Min, Max: c.Max, Reach: c.Reach, RoadFactor: c.RoadFactor}, offers)
}

type poolsCommand struct{ poolFlags }

// poolJSON is a group. Stored tells that somebody has decided about it; then the
// id never changes. Accepted are the offerings that were accepted, by need.
type poolJSON struct {
	ID       string              `json:"id"`
	Label    string              `json:"label"`
	Needs    []string            `json:"needs"`
	People   int64               `json:"people"`
	Place    string              `json:"place"` // municipality number, "" for online
	Months   []int               `json:"months"`
	Why      string              `json:"why"`
	Missing  int64               `json:"missing"`
	Stored   bool                `json:"stored"`
	Locked   bool                `json:"locked"`
	Excluded []string            `json:"excluded"`
	Accepted map[string][]string `json:"accepted"`
}

func (s *session) poolJSON(g *need.Grouped, pool *need.Pool) poolJSON {
	out := poolJSON{ID: pool.ID, Label: g.Pooler.Label(s.words, pool), Needs: pool.Needs, People: pool.People, Place: pool.Place, Months: pool.Months,
		Why: g.Pooler.Why(s.words, pool), Missing: pool.Missing, Stored: pool.Stored, Locked: pool.Locked, Excluded: pool.Out, Accepted: map[string][]string{}}
	if out.Needs == nil {
		out.Needs = []string{}
	}
	if out.Months == nil { // any time
		out.Months = []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}
	}
	if out.Excluded == nil {
		out.Excluded = []string{}
	}
	for _, id := range pool.Needs {
		if accepted := g.Accepted(id); len(accepted) > 0 {
			out.Accepted[id] = accepted
		}
	}
	return out
}

func tellPool(w io.Writer, pool *poolJSON) {
	mark := ""
	switch {
	case pool.Locked:
		mark = " (låst)"
	case pool.Stored:
		mark = " (bestemt)"
	}
	fmt.Fprintf(w, "%s  %s%s – %s\n    %s\n    %s\n", pool.ID, pool.Label, mark, persons(pool.People), strings.Join(pool.Needs, ", "), pool.Why)
	if n := len(pool.Accepted); n > 0 {
		fmt.Fprintf(w, "    %d av behovene har et tilbud som er godtatt.\n", n)
	}
}

func (c poolsCommand) Run(s *session) error {
	return s.withNeeds(func(p *app.Program, needs *need.Service) error {
		g, err := c.group(needs)
		if err != nil {
			return err
		}
		out := make([]poolJSON, len(g.Pools))
		for i := range g.Pools {
			out[i] = s.poolJSON(g, &g.Pools[i])
		}
		return s.print(out, func(w io.Writer) {
			if len(out) == 0 {
				fmt.Fprintln(w, "Ingen behov hører sammen slik de står.")
			}
			for i := range out {
				tellPool(w, &out[i])
			}
		})
	})
}

// onePool is a command about one group.
type onePool struct {
	poolFlags
	Pool string `arg:"" help:"Gruppen: nummeret, begynnelsen på det, eller ord fra navnet."`
}

// withPool runs f on the group that a name points at.
func (s *session) withPool(c onePool, f func(p *app.Program, g *need.Grouped, pool *need.Pool) error) error {
	return s.withNeeds(func(p *app.Program, needs *need.Service) error {
		g, err := c.group(needs)
		if err != nil {
			return err
		}
		pool, err := g.Pool(s.words, c.Pool)
		if err != nil {
			return err
		}
		return f(p, g, pool)
	})
}

// changePool changes a group with something of its own, and prints it as it is after
// the next calculation.
func changePool[T any](s *session, c onePool, change func(*need.Service, *lang.Printer, *need.Grouped, *need.Pool, T) (data.Pool, error), with T) error {
	return s.withPool(c, func(p *app.Program, g *need.Grouped, pool *need.Pool) error {
		kept, err := change(p.Needs, s.words, g, pool, with)
		if err != nil {
			return err
		}
		if g, err = c.group(p.Needs); err != nil {
			return err
		}
		if pool, err = g.Pool(s.words, kept.ID); err != nil {
			return err
		}
		out := s.poolJSON(g, pool)
		return s.print(out, func(w io.Writer) { tellPool(w, &out) })
	})
}

type poolNearJSON struct {
	Need string   `json:"need"`
	Text string   `json:"text"`
	Pool string   `json:"pool,omitempty"` // that it is in
	Why  []string `json:"why"`            // what stops it, a sentence each
}

type poolLikelyJSON struct {
	ID    string   `json:"id"`
	Name  string   `json:"name"`
	Score float64  `json:"score"`
	Why   []string `json:"why"`
}

type poolShowJSON struct {
	poolJSON
	Nearly []poolNearJSON   `json:"nearly"`
	Likely []poolLikelyJSON `json:"likely"`
}

type poolShowCommand struct {
	onePool
	Most int `help:"Høyst så mange som nesten passer, og så mange bedrifter." default:"8"`
}

func (c poolShowCommand) Run(s *session) error {
	return s.withPool(c.onePool, func(p *app.Program, g *need.Grouped, pool *need.Pool) error {
		out := poolShowJSON{poolJSON: s.poolJSON(g, pool), Nearly: []poolNearJSON{}, Likely: []poolLikelyJSON{}}
		near := g.Pooler.Nearly(g.Grouping, pool, max(c.Most, 0))
		for i := range near {
			n := &near[i]
			out.Nearly = append(out.Nearly, poolNearJSON{n.Need.ID, n.Need.Text, n.Pool, g.Pooler.NearText(s.words, pool, n, g.LabelOf(s.words, n.Pool))})
		}
		likely, err := p.Needs.Likely(g, pool, max(c.Most, 0))
		if err != nil {
			return err
		}
		for i := range likely {
			l := &likely[i]
			out.Likely = append(out.Likely, poolLikelyJSON{l.Business.ID, l.Business.Name, l.Score, g.Pooler.LikelyText(s.words, pool, l)})
		}
		return s.print(out, func(w io.Writer) {
			tellPool(w, &out.poolJSON)
			if len(out.Nearly) > 0 {
				fmt.Fprintln(w, "Passer nesten:")
			}
			for _, n := range out.Nearly {
				fmt.Fprintf(w, "  %s  %s\n      %s\n", n.Need, short(n.Text), strings.Join(n.Why, " "))
			}
			if len(out.Likely) > 0 {
				fmt.Fprintln(w, "Kan spørres:")
			}
			for _, l := range out.Likely {
				fmt.Fprintf(w, "  %s\n      %s\n", l.Name, strings.Join(l.Why, " "))
			}
		})
	})
}

type poolLockCommand struct{ onePool }

func (c poolLockCommand) Run(s *session) error {
	return changePool(s, c.onePool, (*need.Service).LockPool, true)
}

type poolUnlockCommand struct{ onePool }

func (c poolUnlockCommand) Run(s *session) error {
	return changePool(s, c.onePool, (*need.Service).LockPool, false)
}

type poolSplitCommand struct {
	onePool
	Needs []string `arg:"" help:"Behovene som skal ut i den nye gruppen, med nummer."`
}

func (c poolSplitCommand) Run(s *session) error {
	return changePool(s, c.onePool, (*need.Service).SplitPool, c.Needs)
}

type poolJoinCommand struct {
	onePool
	Other string `arg:"" help:"Gruppen som går inn i den første."`
}

func (c poolJoinCommand) Run(s *session) error {
	join := func(needs *need.Service, words *lang.Printer, g *need.Grouped, pool *need.Pool, name string) (data.Pool, error) {
		other, err := g.Pool(words, name)
		if err != nil {
			return data.Pool{}, err
		}
		return needs.JoinPools(words, g, pool, other)
	}
	return changePool(s, c.onePool, join, c.Other)
}

type poolMoveCommand struct {
	onePool
	Needs []string `arg:"" help:"Behovene som skal inn, med nummer."`
}

func (c poolMoveCommand) Run(s *session) error {
	return changePool(s, c.onePool, (*need.Service).MoveToPool, c.Needs)
}

type poolExcludeCommand struct {
	onePool
	Needs []string `arg:"" help:"Behovene som skal ut, med nummer."`
}

func (c poolExcludeCommand) Run(s *session) error {
	return changePool(s, c.onePool, (*need.Service).KeepOut, c.Needs)
}

type poolRenameCommand struct {
	onePool
	Name string `arg:"" help:"Navnet. Et tomt navn gir tilbake programmets."`
}

func (c poolRenameCommand) Run(s *session) error {
	return changePool(s, c.onePool, (*need.Service).RenamePool, c.Name)
}

type poolSetCommand struct {
	onePool
	Place  *string `help:"Nummeret på kommunen der de møtes; tomt er på nett." placeholder:"NUMMER"`
	Months *string `help:"Månedene de møtes, for eksempel 9,10; tomt er de der alle kan." placeholder:"TALL"`
	Least  *int64  `help:"Minst så mange personer til et kurs; 0 er det vanlige." placeholder:"N"`
	Most   *int64  `help:"Høyst så mange personer; 0 er ingen grense." placeholder:"N"`
}

func (c poolSetCommand) Run(s *session) error {
	say := need.PoolTerms{Place: c.Place, Least: c.Least, Most: c.Most}
	if c.Months != nil {
		months, err := need.PoolMonths(*c.Months)
		if err != nil {
			return err
		}
		say.Months = &months
	}
	return changePool(s, c.onePool, (*need.Service).SetPool, say)
}

type poolReleaseCommand struct{ onePool }

func (c poolReleaseCommand) Run(s *session) error {
	return s.withPool(c.onePool, func(p *app.Program, g *need.Grouped, pool *need.Pool) error {
		if err := p.Needs.ReleasePool(s.words, g, pool); err != nil {
			return err
		}
		return s.print(map[string]string{"id": pool.ID}, func(w io.Writer) {
			fmt.Fprintf(w, "Gruppen «%s» er løst opp. Neste beregning grupperer behovene på nytt.\n", g.Pooler.Label(s.words, pool))
		})
	})
}

type poolsInviteCommand struct {
	onePool
	testCA
	Most    int    `help:"Høyst så mange bedrifter, de mest sannsynlige først." default:"5"`
	Draft   bool   `help:"Legg kladdene i postkassen i stedet for å skrive dem ut."`
	Account string `help:"Postkassen; ellers den som ble brukt sist." placeholder:"ADRESSE"`
}

type poolInviteJSON struct {
	Letters []invite.Letter `json:"letters"`
	Drafts  int             `json:"drafts"`  // that lie in the mailbox
	Waiting int             `json:"waiting"` // that wait for it here
}

func (c poolsInviteCommand) Run(s *session) error {
	return s.withPool(c.onePool, func(p *app.Program, g *need.Grouped, pool *need.Pool) error {
		likely, err := p.Needs.Likely(g, pool, max(c.Most, 0))
		if err != nil {
			return err
		}
		businesses := make([]data.Organisation, len(likely))
		for i := range likely {
			businesses[i] = likely[i].Business
		}
		letters, err := invite.Letters(p.Mail, p.Places, g, pool, businesses, p.Setting(app.SettingName), p.Setting(app.SettingCounty))
		if err != nil {
			return err
		}
		out := poolInviteJSON{Letters: letters}
		var made mail.Drafted
		if c.Draft {
			ca, err := c.pool()
			if err != nil {
				return err
			}
			made, err = invite.Drafts(context.Background(), s.words, p.Mail, c.Account, letters, ca)
			if err != nil {
				return err
			}
			out.Drafts, out.Waiting = made.Saved, len(made.Kept)-made.Saved
		}
		err = s.print(out, func(w io.Writer) {
			switch {
			case len(letters) == 0:
				fmt.Fprintln(w, "Registeret har ingen bedrifter som ligner dem i gruppen.")
			case c.Draft:
				fmt.Fprintf(w, "%d av %s ligger i postkassen; resten mangler adresse.\n", out.Drafts, amount(len(letters), "kladd", "kladder"))
			default:
				fmt.Fprintln(w, invite.Copy(s.words, letters))
			}
		})
		return cmp.Or(err, s.waits(made))
	})
}
