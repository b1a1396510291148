package post

import "database/sql"

// Finding is what was read out of a message: a link, or something it asks for.
type Finding struct {
	Kind, Record, Due, Content string
}

// readMark is the finding that says that a message was read.
const readMark = "read"

// Place is where a reading goes on, in the order of time.
type Place struct{ from int64 }

// Unread are whole messages that nothing was read out of yet, oldest first, from
// after a place on. It gives the place of the last of them.
func (s *Store) Unread(after Place, limit int) ([]Row, Place, error) {
	rows, err := s.ro.Query("SELECT "+rowColumns+` FROM message m WHERE m.state = 1 AND m.place_in_time >= ?
		AND NOT EXISTS (SELECT 1 FROM finding f WHERE f.message = m.id AND f.kind = ?) ORDER BY m.place_in_time LIMIT ?`, after.from, readMark, limit)
	if err != nil {
		return nil, after, err
	}
	all, err := scanRows(rows)
	if err == nil && len(all) > 0 {
		err = s.ro.QueryRow("SELECT place_in_time + 1 FROM message WHERE id = ?", all[len(all)-1].ID).Scan(&after.from)
	}
	return all, after, err
}

// SetFindings notes what was read out of messages, by their ids, in place of what was
// before, as one transaction.
func (s *Store) SetFindings(all map[int64][]Finding) error {
	err := s.write("findings", func(tx *sql.Tx) error {
		insert, err := tx.Prepare("INSERT OR REPLACE INTO finding (message, kind, record, due, content) VALUES (?,?,?,?,?)")
		if err != nil {
			return err
		}
		defer insert.Close()
		for message, found := range all {
			if _, err := tx.Exec("DELETE FROM finding WHERE message = ?", message); err != nil {
				return err
			}
			for _, f := range append(found, Finding{Kind: readMark}) {
				if _, err := insert.Exec(message, f.Kind, f.Record, f.Due, f.Content); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err == nil {
		s.tell(Changed{Messages: len(all)})
	}
	return err
}

// Findings are what was read out of a message, nothing when it is to be read again.
func (s *Store) Findings(message int64) ([]Finding, error) {
	rows, err := s.ro.Query(`SELECT kind, record, due, content FROM finding f WHERE message = ?1 AND kind <> ?2
		AND EXISTS (SELECT 1 FROM finding r WHERE r.message = ?1 AND r.kind = ?2) ORDER BY kind, record`, message, readMark)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []Finding
	for rows.Next() {
		var f Finding
		if err := rows.Scan(&f.Kind, &f.Record, &f.Due, &f.Content); err != nil {
			return nil, err
		}
		all = append(all, f)
	}
	return all, rows.Err()
}
