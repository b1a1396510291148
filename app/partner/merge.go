package partner

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// Side is which of two records a field is taken from when they are merged.
type Side int

// The sides. Both puts the two texts together, where that makes sense.
const (
	Kept Side = iota
	Lost
	Both
)

// MergeField is a field that is chosen when two organisations become one.
type MergeField struct {
	ID string // the column
	// Joins tells that both can be kept: tags and notes.
	Joins bool
	at    func(*data.Organisation) *string
}

// Value is what an organisation has in the field.
func (f MergeField) Value(o *data.Organisation) string { return *f.at(o) }

// MergeFields are the fields in the order of the record.
func MergeFields() []MergeField {
	field := func(id string, at func(*data.Organisation) *string) MergeField { return MergeField{ID: id, at: at} }
	return []MergeField{
		field("name", func(o *data.Organisation) *string { return &o.Name }),
		field("org_number", func(o *data.Organisation) *string { return &o.OrgNumber }),
		field("municipality", func(o *data.Organisation) *string { return &o.Municipality }),
		field("status", func(o *data.Organisation) *string { return &o.Status }),
		field("contact", func(o *data.Organisation) *string { return &o.Contact }),
		field("email", func(o *data.Organisation) *string { return &o.Email }),
		field("phone", func(o *data.Organisation) *string { return &o.Phone }),
		field("website", func(o *data.Organisation) *string { return &o.Website }),
		field("size_band", func(o *data.Organisation) *string { return &o.SizeBand }),
		field("industry", func(o *data.Organisation) *string { return &o.Industry }),
		field("industry_std", func(o *data.Organisation) *string { return &o.IndustryStd }),
		field("legal_form", func(o *data.Organisation) *string { return &o.LegalForm }),
		field("norm", func(o *data.Organisation) *string { return &o.Norm }),
		{ID: "tags", Joins: true, at: func(o *data.Organisation) *string { return &o.Tags }},
		{ID: "note", Joins: true, at: func(o *data.Organisation) *string { return &o.Note }},
	}
}

// registered tells the fields that a public register knows best.
func registered(field string) bool {
	switch field {
	case "name", "org_number", "municipality", "size_band", "industry", "industry_std", "legal_form":
		return true
	}
	return false
}

// Merge is two organisations that become one: Lose goes to the trash, and what
// names it names Keep instead.
type Merge struct {
	Keep, Lose string // ids
	// Sides are the choices by field. A field without one gets DefaultSides.
	Sides map[string]Side
}

// KeepFirst orders two organisations: the one to keep comes first. It is the one
// that a register knows, then the one with a number, then the one that is
// further in the pipeline, then the older one.
func KeepFirst(a, b *data.Organisation) (keep, lose *data.Organisation) {
	for _, better := range []func(o *data.Organisation) int{
		func(o *data.Organisation) int { return one(o.Source != "") },
		func(o *data.Organisation) int { return one(o.OrgNumber != "") },
		func(o *data.Organisation) int { return progress(o) },
	} {
		if x, y := better(a), better(b); x != y {
			if x > y {
				return a, b
			}
			return b, a
		}
	}
	if b.ID < a.ID { // ids begin with the time
		return b, a
	}
	return a, b
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// progress is how far the work has come; those who said no come before those
// who are unknown.
func progress(o *data.Organisation) int {
	return slices.Index(Pipeline(o.OrganisationOf), ParseStatus(o.Status))
}

// DefaultSides proposes where each field is taken from: from the one that has
// anything; what registers know best from the one that comes from a register,
// the newest if both do; the status that is furthest; both tags and both notes;
// and otherwise from the one that is kept.
func DefaultSides(keep, lose *data.Organisation) map[string]Side {
	sides := map[string]Side{}
	fresher := lose.Source != "" && (keep.Source == "" || lose.SourceTime > keep.SourceTime)
	for _, f := range MergeFields() {
		k, l := f.Value(keep), f.Value(lose)
		switch {
		case f.ID == "status":
			sides[f.ID] = side(progress(lose) > progress(keep) && ParseStatus(lose.Status) != StatusDeclined)
		case f.Joins && k != "" && l != "" && k != l:
			sides[f.ID] = Both
		case l == "" || k == l:
			sides[f.ID] = Kept
		case k == "":
			sides[f.ID] = Lost
		case registered(f.ID):
			sides[f.ID] = side(fresher)
		}
	}
	return sides
}

func side(lost bool) Side {
	if lost {
		return Lost
	}
	return Kept
}

// Merged is what keep becomes with some choices.
func Merged(keep, lose data.Organisation, sides map[string]Side) data.Organisation {
	out := keep
	defaults := DefaultSides(&keep, &lose)
	for _, f := range MergeFields() {
		s, chosen := sides[f.ID]
		if !chosen {
			s = defaults[f.ID]
		}
		k, l := f.Value(&keep), f.Value(&lose)
		switch {
		case s == Lost:
			*f.at(&out) = l
		case s == Both && f.ID == "tags":
			*f.at(&out) = WithTag(k, l)
		case s == Both && f.Joins && !strings.Contains(k, l):
			*f.at(&out) = lang.Joined("\n\n", k, l)
		}
	}
	out.Own = maps.Clone(keep.Own)
	for field, text := range lose.Own { // the county's own fields: what only one has is kept
		if out.Own == nil {
			out.Own = data.Values{}
		}
		if out.Own[field] == "" {
			out.Own[field] = text
		}
	}
	if lose.Source != "" && (keep.Source == "" || lose.SourceTime > keep.SourceTime) {
		out.Source, out.SourceTime = lose.Source, lose.SourceTime
	}
	return out
}

// Merge merges pairs as one step named label. A record that lost in an earlier
// pair is followed to the one that was kept, so that three alike become one. The
// error has CodeNotFound when a record is not in the register.
func (r *Register) Merge(label string, merges []Merge) error {
	return r.store.Update(label, func(tx *data.Tx) error {
		became := map[string]string{}
		for _, m := range merges {
			keep, lose := follow(became, m.Keep), follow(became, m.Lose)
			if keep == lose {
				continue
			}
			sides := m.Sides
			if keep != m.Keep || lose != m.Lose {
				sides = nil // chosen for other contents
			}
			if err := mergeOne(tx, keep, lose, sides); err != nil {
				return err
			}
			became[lose] = keep
		}
		return nil
	})
}

func follow(became map[string]string, id string) string {
	for became[id] != "" {
		id = became[id]
	}
	return id
}

func mergeOne(tx *data.Tx, keepID, loseID string, sides map[string]Side) error {
	keep, err1 := data.Get[data.Organisation](tx, keepID)
	lose, err2 := data.Get[data.Organisation](tx, loseID)
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	if keep.InTrash() || lose.InTrash() {
		return data.NewError(CodeMergeGone, "En av de to ligger i papirkurven, så de ble ikke slått sammen. Ingenting er endret. Hent den tilbake først.", nil)
	}
	if keep.OrganisationOf != lose.OrganisationOf {
		return data.NewError(CodeMergeKinds, "En bedrift og en tilbyder kan ikke slås sammen. Ingenting er endret.", nil)
	}
	out := Merged(keep, lose, sides)
	if err := tx.Put(&out); err != nil {
		return err
	}
	if _, err := tx.MoveLinks(loseID, keepID); err != nil {
		return err
	}
	if err := linkOnce(tx, keepID); err != nil {
		return err
	}
	return tx.Delete(&lose)
}

// linkOnce takes away the second of two links that say the same: a person of
// both is a person of the one that is left, once.
func linkOnce(tx *data.Tx, id string) error {
	at, err := data.Live[data.PersonAt](tx, "organisation = ?", "id", id)
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for i := range at {
		if seen[at[i].Person] {
			if err := tx.Delete(&at[i]); err != nil {
				return err
			}
		}
		seen[at[i].Person] = true
	}
	with, err := data.Live[data.InteractionWith](tx, "organisation = ?", "id", id)
	if err != nil {
		return err
	}
	clear(seen)
	for i := range with {
		if seen[with[i].Interaction] {
			if err := tx.Delete(&with[i]); err != nil {
				return err
			}
		}
		seen[with[i].Interaction] = true
	}
	return nil
}

// Codes of the errors of merging.
const (
	CodeMergeGone  = "mergeGone"
	CodeMergeKinds = "mergeKinds"
)

// TellApart remembers of pairs of organisations that look alike that they are
// two, as a step named label.
func (r *Register) TellApart(label string, pairs ...[2]string) error {
	return r.store.Update(label, func(tx *data.Tx) error {
		for _, p := range pairs {
			if err := tx.Put(data.NewNotSame(p[0], p[1])); err != nil {
				return err
			}
		}
		return nil
	})
}

// ToldApart are the pairs that somebody found to be two, by both ids, the
// smaller first.
func (r *Register) ToldApart() (map[[2]string]bool, error) {
	all, err := data.Live[data.NotSame](r.store, "", "")
	apart := make(map[[2]string]bool, len(all))
	for _, n := range all {
		apart[[2]string{n.First, n.Second}] = true
	}
	return apart, err
}

// Links counts what names each of some organisations, by id.
func (r *Register) Links(ids ...string) (map[string]int, error) { return data.CountLinks(r.store, ids) }

// All are the organisations of a kind that are not in the trash, in no order.
func (r *Register) All(kind string) ([]data.Organisation, error) {
	return data.Live[data.Organisation](r.store, "kind = ?", "", kind)
}

// Places are the municipalities that the register knows.
func (r *Register) Places() *reference.Tables { return r.places }
