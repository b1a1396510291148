package data

// Trashed is a deleted record as the trash shows it.
type Trashed struct {
	Kind, ID string
	Title    string
	// Parent is the application that the record belongs to, or "".
	Parent  string
	Deleted string // RFC 3339, UTC
}

// Trash are the deleted records, newest first.
func (w *Workspace) Trash() ([]Trashed, error) {
	rows, err := w.query(`
		SELECT 'application', id, coalesce((SELECT text FROM value WHERE record = a.id AND field = 'title'), ''), '', deleted FROM application a WHERE deleted <> ''
		UNION ALL SELECT 'goal', id, text, application, deleted FROM goal WHERE deleted <> ''
		UNION ALL SELECT 'activity', id, name, application, deleted FROM activity WHERE deleted <> ''
		UNION ALL SELECT 'milestone', id, name, application, deleted FROM milestone WHERE deleted <> ''
		UNION ALL SELECT 'budget_row', id, label, application, deleted FROM budget_row WHERE deleted <> ''
		UNION ALL SELECT 'evidence', id, reference, application, deleted FROM evidence WHERE deleted <> ''
		UNION ALL SELECT 'partner', id, name, application, deleted FROM partner WHERE deleted <> ''
		UNION ALL SELECT 'attachment', id, title, application, deleted FROM attachment WHERE deleted <> ''
		UNION ALL SELECT 'version', id, name, application, deleted FROM version WHERE deleted <> ''
		UNION ALL SELECT 'organisation', id, name, '', deleted FROM organisation WHERE deleted <> ''
		UNION ALL SELECT 'call_file', id, name, '', deleted FROM call_file WHERE deleted <> ''
		ORDER BY 5 DESC LIMIT 2000`)
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
	return newError(CodeNotFound, "Posten finnes ikke lenger.", nil)
}
