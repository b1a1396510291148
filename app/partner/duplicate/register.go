package duplicate

import (
	"context"

	"kompetansepilot/app/partner"
	"kompetansepilot/data"
)

// Candidate is a pair with both of its records, the one to keep first.
type Candidate struct {
	Pair
	Keep, Lose data.Organisation
}

// In finds the pairs of a register, the surest first. Those that somebody told
// apart are left out.
func In(ctx context.Context, r *partner.Register, kind string) ([]Candidate, error) {
	all, err := r.All(kind)
	if err != nil {
		return nil, err
	}
	apart, err := r.ToldApart()
	if err != nil {
		return nil, err
	}
	pairs, err := Find(ctx, all, r.Places(), apart)
	if err != nil {
		return nil, err
	}
	at := make(map[string]int, len(all))
	for i := range all {
		at[all[i].ID] = i
	}
	found := make([]Candidate, len(pairs))
	for i, p := range pairs {
		keep, lose := partner.KeepFirst(&all[at[p.First]], &all[at[p.Second]])
		found[i] = Candidate{p, *keep, *lose}
	}
	return found, nil
}
