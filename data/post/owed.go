package post

import (
	"database/sql"
	"time"
)

// Turn is one message of a thread, as it counts for who is to answer. A message of
// which only the header is here counts not.
type Turn struct {
	Key  string
	From string // the address, in small letters
	Sent bool
	Date time.Time
	// Kinds are the kinds of what was found in it.
	Kinds map[string]bool
}

// Turns are the messages of a thread that were read, oldest first.
func (s *Store) Turns(thread int64) ([]Turn, error) {
	rows, err := s.ro.Query(`SELECT m.id, m.key, m.from_address, m.sent, m.date, f.kind FROM message m JOIN finding f ON f.message = m.id
		WHERE m.thread = ? ORDER BY m.place_in_time`, thread)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []Turn
	last := int64(0)
	for rows.Next() {
		var t Turn
		var id, date int64
		var kind string
		if err := rows.Scan(&id, &t.Key, &t.From, &t.Sent, &date, &kind); err != nil {
			return nil, err
		}
		if id != last {
			t.Date, t.Kinds, last = time.Unix(date, 0), map[string]bool{}, id
			all = append(all, t)
		}
		all[len(all)-1].Kinds[kind] = true
	}
	return all, rows.Err()
}

// Owed is who is to answer in a thread, and since when.
type Owed struct {
	Who   string // "" for nobody
	Since time.Time
}

// SetOwed notes who is to answer, by thread, as one transaction.
func (s *Store) SetOwed(all map[int64]Owed) error {
	changed := 0
	err := s.write("owed", func(tx *sql.Tx) error {
		for thread, o := range all {
			statement, args := "INSERT INTO owed (thread, who, since) VALUES (?1, ?2, ?3) ON CONFLICT (thread) DO UPDATE SET who = ?2, since = ?3 WHERE who <> ?2 OR since <> ?3", []any{thread, o.Who, o.Since.Unix()}
			if o.Who == "" {
				statement, args = "DELETE FROM owed WHERE thread = ?", args[:1]
			}
			n, err := affected(tx.Exec(statement, args...))
			if err != nil {
				return err
			}
			changed += n
		}
		return nil
	})
	if err == nil && changed > 0 {
		s.tell(Changed{Messages: changed})
	}
	return err
}
