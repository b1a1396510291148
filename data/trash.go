package data

import (
	"errors"
	"strings"
)

// Trashed is a deleted record as the trash shows it.
type Trashed struct {
	Kind, ID string
	Title    string
	// Parent is the application that the record belongs to, or "".
	Parent  string
	Deleted string // RFC 3339, UTC
	Actor   string // who deleted it
}

// Trash are the deleted records, newest first, at most 2000. Settings,
// what was found to be two and where needs stand to pools are never deleted by a
// person, so they are not there.
func (w *Workspace) Trash() ([]Trashed, error) {
	var parts []string
	const actor = "coalesce((SELECT t.actor FROM change c JOIN tx t ON t.id = c.tx WHERE c.record = r.id AND c.field IN ('deleted', '+') ORDER BY c.id DESC LIMIT 1), '')"
	for _, rec := range w.kinds() {
		p := planOf(rec)
		if p.kind == "setting" || p.kind == "not_same" || p.kind == "pool_need" {
			continue
		}
		parent := "''"
		if _, ok := p.column("application"); ok {
			parent = "r.application"
		}
		parts = append(parts, "SELECT '"+p.kind+"', r.id, "+titleOf(p.kind, "main")+", "+parent+", r.deleted, "+actor+" FROM "+p.kind+" r WHERE r.deleted <> ''")
	}
	rows, err := w.query(strings.Join(parts, " UNION ALL ") + " ORDER BY 5 DESC, 2 DESC LIMIT 2000")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []Trashed
	for rows.Next() {
		var t Trashed
		if err := rows.Scan(&t.Kind, &t.ID, &t.Title, &t.Parent, &t.Deleted, &t.Actor); err != nil {
			return nil, w.translate("read trash", err)
		}
		all = append(all, t)
	}
	return all, w.translate("read trash", rows.Err())
}

// RestoreTrashed takes a record back from the trash, by kind and id.
func (tx *Tx) RestoreTrashed(kind, id string) error {
	for _, r := range kinds() {
		if r.Kind() == kind {
			r.row().ID = id
			return tx.Restore(r)
		}
	}
	return newError(CodeNotFound+".trash", "Posten finnes ikke lenger.", nil)
}

// ownerColumns are the columns that name what a record belongs to, and the kind
// of that.
var ownerColumns = []struct{ column, kind string }{{"application", "application"}, {"budget_row", "budget_row"}, {"agreement", "agreement"},
	{"request", "request"}, {"enquiry", "enquiry"}, {"course", "course"}, {"participation", "participation"}}

// RestoreWhole takes a record back from the trash with what belongs to it and
// went in the same deletion, and with what it belongs to itself, for without
// that nobody would see it. A record that is not in the trash is left alone.
func (tx *Tx) RestoreWhole(kind, id string) error {
	p := planOfKind(kind)
	if p == nil {
		return tx.RestoreTrashed(kind, id)
	}
	now, err := tx.current(p, id)
	if err != nil {
		return err
	}
	if now != nil && now["deleted"] == "" {
		return nil
	}
	parts, err := tx.wentWith(id)
	if err != nil {
		return err
	}
	if err := tx.RestoreTrashed(kind, id); err != nil {
		return err
	}
	for _, o := range ownerColumns {
		if owner := now[o.column]; owner != "" {
			if err := tx.RestoreWhole(o.kind, owner); err != nil {
				return err
			}
		}
	}
	for _, part := range parts {
		if err := tx.RestoreWhole(part.Kind, part.Record); err != nil {
			return err
		}
	}
	return nil
}

// wentWith are the records that belong to one and went to the trash in the same
// transaction.
func (tx *Tx) wentWith(id string) ([]Touched, error) {
	rows, err := tx.query(`SELECT DISTINCT o.kind, o.record FROM change o WHERE o.field = 'deleted' AND o.new <> '' AND o.record <> ?
		AND o.tx = (SELECT c.tx FROM change c WHERE c.record = ? AND c.field = 'deleted' ORDER BY c.id DESC LIMIT 1)`, id, id)
	if err != nil {
		return nil, err
	}
	var gone []Touched
	for rows.Next() {
		var t Touched
		if err := rows.Scan(&t.Kind, &t.Record); err != nil {
			rows.Close()
			return nil, err
		}
		gone = append(gone, t)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return nil, err
	}
	var parts []Touched
	for _, t := range gone {
		p := planOfKind(t.Kind)
		if p == nil {
			continue
		}
		fields, err := tx.current(p, t.Record)
		if err != nil {
			return nil, err
		}
		for _, o := range ownerColumns {
			if fields[o.column] == id {
				parts = append(parts, t)
				break
			}
		}
	}
	return parts, nil
}
