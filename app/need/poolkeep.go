package need

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
)

// CodePoolChoice is the code of what cannot be done to a pool with what was
// chosen.
const CodePoolChoice = "poolChoice"

// decided is what was decided about pools and offerings.
func (s *Service) decided() (*Decided, error) {
	d := &Decided{Used: map[string]bool{}, Matches: map[string]map[string]string{}}
	decisions, err := s.Decisions("")
	if err != nil {
		return nil, err
	}
	for i := range decisions {
		one := &decisions[i]
		if one.Offering == "" {
			continue
		}
		if d.Matches[one.Need] == nil {
			d.Matches[one.Need] = map[string]string{}
		}
		d.Matches[one.Need][one.Offering] = one.Decision
	}
	if !s.store.Has("pool") { // a file of an older form has no pools
		return d, nil
	}
	all, err := data.Find[data.Pool](s.store, "ORDER BY created, id")
	if err != nil {
		return nil, err
	}
	said, err := data.Live[data.PoolNeed](s.store, "", "need")
	if err != nil {
		return nil, err
	}
	at := map[string]int{}
	for i := range all {
		d.Used[all[i].ID] = true
		if !all[i].InTrash() {
			at[all[i].ID] = len(d.Pools)
			d.Pools = append(d.Pools, Kept{Pool: all[i]})
		}
	}
	for i := range said {
		k, ok := at[said[i].Pool]
		switch {
		case !ok:
		case said[i].State == data.PoolKept:
			d.Pools[k].In = append(d.Pools[k].In, said[i].Need)
		case said[i].State == data.PoolExcluded:
			d.Pools[k].Out = append(d.Pools[k].Out, said[i].Need)
		}
	}
	return d, nil
}

// Pool finds a pool by its id, by the beginning of its id, or by words of its
// label, when they point at one.
func (g *Grouped) Pool(words *lang.Printer, name string) (*Pool, error) {
	name = strings.TrimSpace(name)
	var found []*Pool
	for i := range g.Pools {
		pool := &g.Pools[i]
		switch {
		case strings.EqualFold(pool.ID, name):
			return pool, nil
		case name == "":
		case strings.HasPrefix(strings.ToLower(pool.ID), strings.ToLower(name)), strings.Contains(strings.ToLower(g.Pooler.Label(words, pool)), strings.ToLower(name)):
			found = append(found, pool)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return nil, data.NewError(data.CodeNotFound+".pool", "Fant ingen gruppe med nummeret «{{.ID}}». Ingenting er skrevet. «pools» viser gruppene.", nil, "ID", name)
	}
	return nil, data.NewError(data.CodeAmbiguous+".pool", "Flere grupper passer til «{{.ID}}». Ingenting er skrevet. Skriv nummeret slik «pools» viser det.", nil, "ID", name)
}

// change is a change to groups under way.
type change struct {
	tx    *data.Tx
	g     *Grouped
	words *lang.Printer
}

// changePools runs fn as one step; the name of the group stands in its label.
func (s *Service) changePools(words *lang.Printer, g *Grouped, step string, pool *Pool, fn func(c *change) error) error {
	label := words.T("need.pool.step."+step, "Name", g.Pooler.Label(words, pool))
	return s.store.Update(label, func(tx *data.Tx) error { return fn(&change{tx, g, words}) })
}

// changePool changes one group as a step: it is stored as it is shown, and fn changes
// the record. What is given back is the record, whose id never changes.
func (s *Service) changePool(words *lang.Printer, g *Grouped, step string, pool *Pool, fn func(c *change, kept *data.Pool) error) (kept data.Pool, err error) {
	err = s.changePools(words, g, step, pool, func(c *change) error {
		if kept, err = c.keep(pool); err != nil {
			return err
		}
		return fn(c, &kept)
	})
	return kept, err
}

// keep stores a pool as it is shown, with all its needs, and gives its record.
func (c *change) keep(pool *Pool) (data.Pool, error) {
	kept, err := data.Get[data.Pool](c.tx, pool.ID)
	switch {
	case err == nil && !kept.InTrash():
	case err == nil || data.Code(err) == data.CodeNotFound:
		kept = c.record(pool)
		if err == nil { // somebody has used the id since the calculation
			kept.ID = data.NewID()
		}
		if err := c.tx.Put(&kept); err != nil {
			return kept, err
		}
	default:
		return kept, err
	}
	return kept, c.put(kept.ID, data.PoolKept, pool.Needs...)
}

// record is a pool as it is stored.
func (c *change) record(pool *Pool) data.Pool {
	kept := data.Pool{Row: data.Row{ID: pool.ID}, Name: c.g.Pooler.Label(c.words, pool), Municipality: pool.Place, Months: monthsText(pool.Months),
		Level: pool.Level, Form: cmp.Or(pool.Form, Any), Created: c.tx.Now()}
	if pool.Concept >= 0 {
		kept.Concept = c.g.Pooler.terms.concepts[pool.Concept].ID
	}
	return kept
}

// put says where needs stand to a pool. Those that are put into it leave any
// other.
func (c *change) put(pool, state string, needs ...string) error {
	for _, id := range needs {
		if state == data.PoolKept {
			others, err := data.Live[data.PoolNeed](c.tx, "need = ? AND pool <> ? AND state = ?", "id", id, pool, data.PoolKept)
			if err != nil {
				return err
			}
			for i := range others {
				others[i].State = ""
				if err := c.tx.Put(&others[i]); err != nil {
					return err
				}
			}
		}
		if err := c.tx.Put(data.NewPoolNeed(pool, id, state)); err != nil {
			return err
		}
	}
	return nil
}

// tell writes into a stored pool what its needs have in common now. The place
// stays while no other suits more of them; what a person has said of place and
// months stays anyhow.
func (c *change) tell(kept *data.Pool, needs []string) error {
	p, g := c.g.Pooler, c.g.Grouping
	pool := Pool{Concept: -1, Needs: needs}
	members := g.of(&pool)
	p.fill(&pool, members)
	if best := p.meet(members); !kept.Placed && p.reachedBy(members, best) > p.reachedBy(members, kept.Municipality) {
		kept.Municipality = best
	}
	if _, ok := p.terms.byID[kept.Concept]; !ok {
		if subject := subjectOf(members); subject >= 0 {
			kept.Concept = p.terms.concepts[subject].ID
		}
	}
	if len(members) > 0 {
		if kept.Form = cmp.Or(pool.Form, Any); !kept.Timed {
			kept.Months = monthsText(pool.Months)
		}
	}
	if subject, ok := p.terms.byID[kept.Concept]; ok && !kept.Named {
		kept.Name = p.Label(c.words, &Pool{Concept: subject, Place: kept.Municipality})
	}
	return c.tx.Put(kept)
}

// without are a list's ids but for some.
func without(all, gone []string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(id string) bool { return slices.Contains(gone, id) })
}

// LockPool locks a pool, or opens one that was locked. Locked it keeps its needs
// until somebody changes it by hand; open it also takes in others that fit.
func (s *Service) LockPool(words *lang.Printer, g *Grouped, pool *Pool, lock bool) (data.Pool, error) {
	step := "lock"
	if !lock {
		step = "unlock"
	}
	return s.changePool(words, g, step, pool, func(c *change, kept *data.Pool) error {
		kept.Locked = lock
		return c.tell(kept, pool.Needs)
	})
}

// RenamePool gives a pool a name; "" gives it the one that the program makes.
func (s *Service) RenamePool(words *lang.Printer, g *Grouped, pool *Pool, name string) (data.Pool, error) {
	name = strings.Join(strings.Fields(name), " ")
	if len([]rune(name)) > mostName {
		return data.Pool{}, data.NewError(CodePoolChoice+".long", "Navnet er lengre enn {{.Count}} tegn. Ingenting er endret. Skriv et kortere navn.", nil, "Count", mostName)
	}
	return s.changePool(words, g, "rename", pool, func(c *change, kept *data.Pool) error {
		if kept.Named = name != ""; kept.Named {
			kept.Name = name
		}
		return c.tell(kept, pool.Needs)
	})
}

// mostName is how many characters the name of a pool may have.
const mostName = 120

// SplitPool takes some needs of a pool into a new one. Both are stored.
func (s *Service) SplitPool(words *lang.Printer, g *Grouped, pool *Pool, needs []string) (kept data.Pool, err error) {
	needs, err = among(pool.Needs, needs)
	if err != nil {
		return kept, err
	}
	rest := without(pool.Needs, needs)
	if len(rest) == 0 {
		return kept, data.NewError(CodePoolChoice+".all", "Alle behovene er valgt, så det blir ingenting igjen i gruppen. Ingenting er endret. Velg noen av dem.", nil)
	}
	err = s.changePools(words, g, "split", pool, func(c *change) error {
		old, err := c.keep(pool)
		if err != nil {
			return err
		}
		if kept, err = c.fresh(pool, needs); err != nil {
			return err
		}
		if err := c.put(kept.ID, data.PoolKept, needs...); err != nil {
			return err
		}
		return c.tell(&old, rest)
	})
	return kept, err
}

// fresh stores a new pool of some needs, about the same as another.
func (c *change) fresh(like *Pool, needs []string) (data.Pool, error) {
	p := c.g.Pooler
	pool := Pool{Concept: like.Concept, Needs: needs}
	members := c.g.Grouping.of(&pool)
	if pool.Concept < 0 {
		pool.Concept = subjectOf(members)
	}
	p.fill(&pool, members)
	pool.Place, pool.Level = p.meet(members), levelOfMost(members)
	concept := ""
	if pool.Concept >= 0 {
		concept = p.terms.concepts[pool.Concept].ID
	} else {
		pool.Name = members[0].need.Text
		if runes := []rune(pool.Name); len(runes) > mostName {
			pool.Name = string(runes[:mostName])
		}
	}
	for again := 0; ; again++ {
		pool.ID = poolID(concept, needs[0], again)
		_, err := data.Get[data.Pool](c.tx, pool.ID)
		if data.Code(err) == data.CodeNotFound && !slices.ContainsFunc(c.g.Pools, func(other Pool) bool { return other.ID == pool.ID }) {
			break
		}
		if err != nil && data.Code(err) != data.CodeNotFound {
			return data.Pool{}, err
		}
	}
	kept := c.record(&pool)
	if called := kept.Name; c.called(called) { // two of one name could not be told apart
		kept.Named = true
		for n := 2; c.called(kept.Name); n++ {
			kept.Name = fmt.Sprintf("%s (%d)", called, n)
		}
	}
	return kept, c.tx.Put(&kept)
}

// called tells whether a pool has a name.
func (c *change) called(name string) bool {
	return slices.ContainsFunc(c.g.Pools, func(other Pool) bool { return c.g.Pooler.Label(c.words, &other) == name })
}

// JoinPools takes all needs of another pool into one. The other goes to the trash
// where it was stored.
func (s *Service) JoinPools(words *lang.Printer, g *Grouped, pool, other *Pool) (data.Pool, error) {
	if pool.ID == other.ID {
		return data.Pool{}, data.NewError(CodePoolChoice+".same", "Gruppen kan ikke slås sammen med seg selv. Ingenting er endret. Velg en annen gruppe.", nil)
	}
	return s.changePool(words, g, "join", pool, func(c *change, kept *data.Pool) error {
		if err := c.put(kept.ID, data.PoolKept, other.Needs...); err != nil {
			return err
		}
		if other.Stored {
			gone, err := data.Get[data.Pool](c.tx, other.ID)
			if err != nil {
				return err
			}
			if err := c.tx.Delete(&gone); err != nil {
				return err
			}
		}
		if err := c.put(kept.ID, data.PoolExcluded, without(other.Out, pool.Needs)...); err != nil {
			return err
		}
		return c.tell(kept, slices.Sorted(slices.Values(slices.Concat(pool.Needs, other.Needs))))
	})
}

// MoveToPool puts needs into a pool, wherever they are now.
func (s *Service) MoveToPool(words *lang.Printer, g *Grouped, pool *Pool, needs []string) (data.Pool, error) {
	if len(needs) == 0 {
		return data.Pool{}, nothingChosen()
	}
	for _, id := range needs {
		if !slices.ContainsFunc(g.Needs, func(n data.Need) bool { return n.ID == id }) {
			return data.Pool{}, data.NewError(data.CodeNotFound+".need", "Fant ikke behovet «{{.Name}}». Skriv nummeret slik listen viser det.", nil, "Name", id)
		}
	}
	return s.changePool(words, g, "move", pool, func(c *change, kept *data.Pool) error {
		if err := c.put(kept.ID, data.PoolKept, needs...); err != nil {
			return err
		}
		all := slices.Sorted(slices.Values(slices.Concat(without(pool.Needs, needs), needs)))
		return c.tell(kept, all)
	})
}

// KeepOut takes needs out of a pool, and no calculation puts them there again.
func (s *Service) KeepOut(words *lang.Printer, g *Grouped, pool *Pool, needs []string) (data.Pool, error) {
	needs, err := among(pool.Needs, needs)
	if err != nil {
		return data.Pool{}, err
	}
	return s.changePool(words, g, "out", pool, func(c *change, kept *data.Pool) error {
		if err := c.put(kept.ID, data.PoolExcluded, needs...); err != nil {
			return err
		}
		return c.tell(kept, without(pool.Needs, needs))
	})
}

// PoolTerms are what a person may say of a pool.
type PoolTerms struct {
	Place       *string // number of a municipality, "" for online
	Least, Most *int64  // people; 0 for what is usual, and for no bound
	Months      *[]int  // 1 to 12; none for those in which everyone can
}

// SetPool keeps what a person says of a pool.
func (s *Service) SetPool(words *lang.Printer, g *Grouped, pool *Pool, say PoolTerms) (data.Pool, error) {
	if say.Place != nil && *say.Place != "" {
		if _, ok := s.places.Municipality(*say.Place); !ok {
			return data.Pool{}, data.NewError(CodePoolChoice+".place", "«{{.Name}}» er ikke nummeret på en kommune. Ingenting er endret. Skriv fire sifre, for eksempel 3446.", nil, "Name", *say.Place)
		}
	}
	if say.Months != nil {
		for _, m := range *say.Months {
			if m < 1 || m > 12 {
				return data.Pool{}, badMonths(strconv.Itoa(m))
			}
		}
	}
	return s.changePool(words, g, "set", pool, func(c *change, kept *data.Pool) error {
		if say.Least != nil {
			kept.Least = min(max(*say.Least, 0), mostPeople)
		}
		if say.Most != nil {
			kept.Most = min(max(*say.Most, 0), mostPeople)
		}
		if say.Place != nil {
			kept.Placed = kept.Placed || kept.Municipality != *say.Place
			kept.Municipality = *say.Place
			if subject, ok := c.g.Pooler.terms.byID[kept.Concept]; ok && !kept.Named {
				kept.Name = c.g.Pooler.Label(words, &Pool{Concept: subject, Place: kept.Municipality})
			}
		}
		if say.Months != nil {
			c.time(kept, pool.Needs, *say.Months)
		}
		return c.tx.Put(kept)
	})
}

// time writes into a stored pool in which months it meets; without any, those in
// which its needs can.
func (c *change) time(kept *data.Pool, needs []string, months []int) {
	if kept.Timed = len(months) > 0; kept.Timed {
		kept.Months = monthsText(slices.Compact(slices.Sorted(slices.Values(months))))
		return
	}
	now := Pool{Concept: -1, Needs: needs}
	c.g.Pooler.fill(&now, c.g.Grouping.of(&now))
	kept.Months = monthsText(now.Months)
}

// PoolMonths reads months as a person writes them for a pool, "9, 10"; "" is none.
func PoolMonths(text string) ([]int, error) {
	months, err := partner.ParseMonths(text)
	if err != nil {
		return nil, badMonths(text)
	}
	return months, nil
}

func badMonths(text string) error {
	return data.NewError(CodePoolChoice+".months", "«{{.Name}}» er ikke måneder. Ingenting er endret. Skriv tall fra 1 til 12 med komma mellom, for eksempel 9,10.", nil, "Name", text)
}

// mostPeople is the largest bound on the people of a pool.
const mostPeople = 10_000

// ReleasePool forgets what was decided about a pool, so that the next calculation
// groups its needs anew. The record goes to the trash.
func (s *Service) ReleasePool(words *lang.Printer, g *Grouped, pool *Pool) error {
	if !pool.Stored {
		return data.NewError("poolNothing", "Gruppen er et forslag som ingen har endret. Det er ingenting å løse opp.", nil)
	}
	return s.changePools(words, g, "release", pool, func(c *change) error {
		kept, err := data.Get[data.Pool](c.tx, pool.ID)
		if err != nil {
			return err
		}
		return c.tx.Delete(&kept)
	})
}

// among are the chosen ids that a list has; an error says that none is chosen, or
// which one is not in it.
func among(all, chosen []string) ([]string, error) {
	if len(chosen) == 0 {
		return nil, nothingChosen()
	}
	for _, id := range chosen {
		if !slices.Contains(all, id) {
			return nil, data.NewError(CodePoolChoice+".notIn", "Behovet «{{.Name}}» er ikke i gruppen. Ingenting er endret.", nil, "Name", id)
		}
	}
	return slices.Compact(slices.Sorted(slices.Values(chosen))), nil
}

func nothingChosen() error {
	return data.NewError(CodePoolChoice, "Ingen behov er valgt. Ingenting er endret. Velg ett eller flere behov først.", nil)
}
