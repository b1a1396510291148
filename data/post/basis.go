package post

import (
	"database/sql"
	"fmt"
	"strings"
)

// Basis is what was read out of the messages rests on: the records that the rules
// asked for and what people said, each under a key of the reader's own. The store
// keeps it as it was at the last reading, so that only what a change concerns is
// read again.
func (s *Store) Basis() (map[string]string, error) {
	rows, err := s.ro.Query("SELECT key, value FROM basis")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := map[string]string{}
	for rows.Next() {
		var key, value string
		if err := rows.Scan(&key, &value); err != nil {
			return nil, err
		}
		all[key] = value
	}
	return all, rows.Err()
}

// Concerns are the messages that a change concerns.
type Concerns struct {
	All      bool
	Phrases  []string // that stand in the message: an address, a domain, a name, a number
	Keys     []string // of messages
	Answers  []string // Message-IDs; the messages of their threads
	Findings []string // kinds of findings that the messages have
}

// Reread notes the new basis (a value "" takes a key away), and that the messages of
// the threads that are concerned are to be read again, as one transaction. What was
// read out of them before stays until then. It gives how many there are.
func (s *Store) Reread(changed map[string]string, c Concerns) (n int, err error) {
	err = s.write("reread mail", func(tx *sql.Tx) error {
		if _, err := tx.Exec("PRAGMA secure_delete = ON"); err != nil { // the address of somebody who was erased
			return err
		}
		for key, value := range changed {
			statement, args := "INSERT OR REPLACE INTO basis (key, value) VALUES (?, ?)", []any{key, value}
			if value == "" {
				statement, args = "DELETE FROM basis WHERE key = ?", args[:1]
			}
			if _, err := tx.Exec(statement, args...); err != nil {
				return err
			}
		}
		n, err = concern(tx, &c)
		return err
	})
	return n, err
}

func concern(tx *sql.Tx, c *Concerns) (int, error) {
	if c.All {
		return affected(tx.Exec("DELETE FROM finding WHERE kind = ?", readMark))
	}
	if _, err := tx.Exec("CREATE TEMP TABLE concerned (thread INTEGER PRIMARY KEY)"); err != nil {
		return 0, err
	}
	for _, part := range []struct {
		values    []string
		statement string
	}{
		{phrases(c.Phrases), "SELECT thread FROM message WHERE place_in_time IN (SELECT rowid FROM words WHERE words MATCH ?)"},
		{c.Keys, "SELECT thread FROM message WHERE key = ?"},
		{c.Answers, "SELECT thread FROM reference WHERE message_id = ?"},
		{c.Findings, "SELECT m.thread FROM message m JOIN finding f ON f.message = m.id WHERE f.kind = ?"},
	} {
		for _, v := range part.values {
			if _, err := tx.Exec("INSERT OR IGNORE INTO concerned "+part.statement, v); err != nil {
				return 0, fmt.Errorf("messages that %q concerns: %w", v, err)
			}
		}
	}
	n, err := affected(tx.Exec("DELETE FROM finding WHERE kind = ? AND message IN (SELECT id FROM message WHERE thread IN (SELECT thread FROM concerned))", readMark))
	if err != nil {
		return 0, err
	}
	_, err = tx.Exec("DROP TABLE concerned")
	return n, err
}

// phrases are the queries of the index for texts; one with no word has none.
func phrases(texts []string) []string {
	var all []string
	for _, t := range texts {
		if words := split(t); len(words) > 0 {
			all = append(all, quote(strings.Join(words, " ")))
		}
	}
	return all
}
