package data

import "strings"

// Trashed is a deleted record as the trash shows it.
type Trashed struct {
	Kind, ID string
	Title    string
	// Parent is the application that the record belongs to, or "".
	Parent  string
	Deleted string // RFC 3339, UTC
}

// titleOf is SQL for what a person knows a record by: row r of the kind's table
// in the database schema. Settings are known by their ids.
func titleOf(kind, schema string) string {
	switch kind {
	case "application":
		return "coalesce((SELECT text FROM " + schema + ".value WHERE record = r.id AND field = 'title'), '')"
	case "goal":
		return "r.text"
	case "budget_row":
		return "CASE r.label WHEN '' THEN r.type ELSE r.label END"
	case "evidence":
		return "r.reference"
	case "attachment":
		return "CASE r.title WHEN '' THEN r.file_name ELSE r.title END"
	case "setting":
		return "r.id"
	case "transfer":
		return "r.field"
	case "receipt":
		return "r.file_name"
	}
	return "r.name"
}

// Trash are the deleted records, newest first, at most 2000. Settings are never
// deleted by a person, so they are not there.
func (w *Workspace) Trash() ([]Trashed, error) {
	var parts []string
	for _, rec := range kinds() {
		p := planOf(rec)
		if p.kind == "setting" {
			continue
		}
		parent := "''"
		if _, ok := p.column("application"); ok {
			parent = "r.application"
		}
		parts = append(parts, "SELECT '"+p.kind+"', r.id, "+titleOf(p.kind, "main")+", "+parent+", r.deleted FROM "+p.kind+" r WHERE r.deleted <> ''")
	}
	rows, err := w.query(strings.Join(parts, " UNION ALL ") + " ORDER BY 5 DESC, 2 DESC LIMIT 2000")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []Trashed
	for rows.Next() {
		var t Trashed
		if err := rows.Scan(&t.Kind, &t.ID, &t.Title, &t.Parent, &t.Deleted); err != nil {
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
