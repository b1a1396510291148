package post

import (
	"database/sql"
	"fmt"
)

// Waiting is a letter that was written here and has not come into its mailbox yet.
type Waiting struct {
	MessageID string // without brackets
	Account   string // id
	// Sum is of what the letter says, by the writer's own rule: a letter whose record
	// says something else by now must not be sent on.
	Sum string
	Raw []byte // the message as it goes into the mailbox; Waiting gives none
}

// Wait keeps letters until they have come into their mailboxes, as one transaction.
func (s *Store) Wait(all []Waiting) error {
	return s.write("keep letters", func(tx *sql.Tx) error {
		for i := range all {
			w := &all[i]
			if _, err := tx.Exec("INSERT OR REPLACE INTO waiting (message_id, account, sum, raw) VALUES (?, ?, ?, ?)", w.MessageID, w.Account, w.Sum, w.Raw); err != nil {
				return err
			}
		}
		return nil
	})
}

// Waiting are the letters that wait, the oldest first, without their messages.
func (s *Store) Waiting() ([]Waiting, error) {
	rows, err := s.ro.Query("SELECT message_id, account, sum FROM waiting ORDER BY rowid")
	if err != nil {
		return nil, fmt.Errorf("read letters: %w", err)
	}
	defer rows.Close()
	var all []Waiting
	for rows.Next() {
		var w Waiting
		if err := rows.Scan(&w.MessageID, &w.Account, &w.Sum); err != nil {
			return nil, fmt.Errorf("read letters: %w", err)
		}
		all = append(all, w)
	}
	return all, rows.Err()
}

// WaitingRaw is the message of a letter that waits, nil when it does so no longer.
func (s *Store) WaitingRaw(messageID string) ([]byte, error) {
	var raw []byte
	err := s.ro.QueryRow("SELECT raw FROM waiting WHERE message_id = ?", messageID).Scan(&raw)
	if err == sql.ErrNoRows {
		return nil, nil
	}
	return raw, err
}

// NoLongerWaits forgets letters, in their mailbox by now or not wanted. Their bytes
// are overwritten.
func (s *Store) NoLongerWaits(messageIDs ...string) error {
	return s.write("forget letters", func(tx *sql.Tx) error {
		if _, err := tx.Exec("PRAGMA secure_delete = ON"); err != nil {
			return err
		}
		for _, id := range messageIDs {
			if _, err := tx.Exec("DELETE FROM waiting WHERE message_id = ?", id); err != nil {
				return err
			}
		}
		return nil
	})
}
