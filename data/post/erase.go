package post

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// Of are the keys of the messages that were sent by or to one of the addresses.
func (s *Store) Of(addresses []string) ([]string, error) {
	var all []string
	seen := map[string]bool{}
	for _, a := range addresses {
		a = strings.ToLower(strings.TrimSpace(a))
		if a == "" {
			continue
		}
		keys, err := texts(s.ro, "SELECT key FROM message WHERE from_address = ?1 OR instr(' ' || receivers || ' ', ' ' || ?1 || ' ') > 0 ORDER BY id", a)
		if err != nil {
			return nil, fmt.Errorf("mail of an address: %w", err)
		}
		for _, k := range keys {
			if !seen[k] {
				all, seen[k] = append(all, k), true
			}
		}
	}
	return all, nil
}

// From are the keys of the messages that an address, or somebody in a domain and
// those below it, sent.
func (s *Store) From(pattern string) ([]string, error) {
	return texts(s.ro, `SELECT key FROM message WHERE from_address = ?1 OR instr(?1, '@') = 0
		AND (substr(from_address, -length(?1) - 1) = '@' || ?1 OR substr(from_address, -length(?1) - 1) = '.' || ?1) ORDER BY id`, pattern)
}

// Older are the keys of the messages in a folder from before a time (unix seconds)
// that lie in no other folder too.
func (s *Store) Older(folder, before int64) ([]string, error) {
	return texts(s.ro, `SELECT m.key FROM message m JOIN place p ON p.message = m.id WHERE p.folder = ? AND m.date < ?
		AND NOT EXISTS (SELECT 1 FROM place o WHERE o.message = m.id AND o.folder <> p.folder AND o.gone = 0)`, folder, before)
}

// Scrub takes the last traces of what was deleted out of the file: the words of the
// index, the words that no message has any more, the Message-IDs that nothing names,
// and the room that it took. It writes the whole file anew.
func (s *Store) Scrub() error {
	err := s.write("scrub mail", func(tx *sql.Tx) error {
		for _, statement := range []string{
			"INSERT INTO words(words) VALUES ('optimize')", // merging drops what was deleted
			"CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, words, row)",
			"CREATE TEMP TABLE living AS SELECT term FROM temp.vocabulary",
			"CREATE INDEX temp.living_term ON living(term)",
			"DELETE FROM word WHERE text NOT IN (SELECT term FROM living)",
			"DELETE FROM wordpart WHERE text NOT IN (SELECT term FROM living)",
			"INSERT INTO wordpart(wordpart) VALUES ('optimize')",
			"DROP TABLE temp.living",
			"DROP TABLE temp.vocabulary",
			"DELETE FROM reference WHERE thread NOT IN (SELECT thread FROM message)",
		} {
			if _, err := tx.Exec(statement); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	s.known.forget()
	if _, err := s.rw.Exec("VACUUM"); err != nil {
		return fmt.Errorf("pack mail: %w", err)
	}
	var busy, pages, moved int
	if err := s.rw.QueryRowContext(context.Background(), "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &pages, &moved); err != nil {
		return fmt.Errorf("empty the log of mail: %w", err)
	}
	if busy != 0 {
		return fmt.Errorf("empty the log of mail: %d of %d pages moved", moved, pages)
	}
	return nil
}
