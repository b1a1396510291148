package data

import (
	"errors"
	"fmt"
)

// link is a column that names an organisation by its id.
type link struct{ kind, column string }

// linkColumns are the names that a column with the id of an organisation may
// have. Every column of every kind with one of these names is such a link;
// organisationLinks lists those with other names.
var linkColumns = []string{"organisation", "business", "provider"}

// organisationLinks are all columns that name an organisation.
func organisationLinks() []link {
	var all []link // with another name: link{"kind", "column"}
	for _, r := range kinds() {
		p := planOf(r)
		for _, name := range linkColumns {
			if _, ok := p.column(name); ok {
				all = append(all, link{p.kind, name})
			}
		}
	}
	return all
}

// MoveLinks makes all that names the organisation from name the organisation to
// instead, also what lies in the trash, and tells how many records that were.
func (tx *Tx) MoveLinks(from, to string) (moved int, err error) {
	for _, l := range organisationLinks() {
		ids, err := texts(tx.query("SELECT id FROM "+l.kind+" WHERE "+l.column+" = ? ORDER BY id", from))
		if err != nil {
			return moved, fmt.Errorf("find links of %s: %w", l.kind, err)
		}
		for _, id := range ids {
			if err := tx.SetField(l.kind, id, l.column, to); err != nil {
				return moved, err
			}
			moved++
		}
	}
	return moved, nil
}

// CountLinks tells how many records that are not in the trash name each of some
// organisations, by id.
func CountLinks(r Reader, ids []string) (map[string]int, error) {
	counts := make(map[string]int, len(ids))
	for _, l := range organisationLinks() {
		for _, id := range ids {
			n, err := count(r, "SELECT count(*) FROM "+l.kind+" WHERE deleted = '' AND "+l.column+" = ?", id)
			if err != nil {
				return nil, r.translate("count links", err)
			}
			counts[id] += n
		}
	}
	return counts, nil
}

func count(r Reader, query string, args ...any) (n int, err error) {
	rows, err := r.query(query, args...)
	if err != nil {
		return 0, err
	}
	for rows.Next() {
		err = errors.Join(err, rows.Scan(&n))
	}
	return n, errors.Join(err, rows.Err(), rows.Close())
}
