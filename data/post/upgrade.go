package post

import (
	"database/sql"
	"strings"
	"time"
)

// raise makes the tables of a new file, or brings those of an older form up to date.
func raise(tx *sql.Tx, version int) error {
	if version == 0 {
		_, err := tx.Exec(schema)
		return err
	}
	if version < 3 {
		if err := raiseTo3(tx, version); err != nil {
			return err
		}
	}
	_, err := tx.Exec("CREATE TABLE waiting (message_id TEXT PRIMARY KEY, account TEXT NOT NULL, sum TEXT NOT NULL, raw BLOB NOT NULL)")
	return err
}

// raiseTo3 brings a file of form 1 or 2 to form 3.
func raiseTo3(tx *sql.Tx, version int) error {
	if version == 1 {
		if _, err := tx.Exec("ALTER TABLE place ADD COLUMN whole INTEGER NOT NULL DEFAULT 0; UPDATE place SET whole = 1 WHERE message = 0 OR message IN (SELECT id FROM message WHERE state = 1)"); err != nil {
			return err
		}
	}
	if _, err := tx.Exec(`ALTER TABLE message ADD COLUMN subject_key TEXT NOT NULL DEFAULT '';
		ALTER TABLE message ADD COLUMN orphan INTEGER NOT NULL DEFAULT 0;
		ALTER TABLE message ADD COLUMN place_in_time INTEGER NOT NULL DEFAULT 0;
		DROP INDEX message_date;
		DROP INDEX message_thread;`); err != nil {
		return err
	}
	if err := putInTime(tx); err != nil {
		return err
	}
	if _, err := tx.Exec(`CREATE INDEX message_time ON message(place_in_time, thread);
		CREATE INDEX message_thread ON message(thread, place_in_time);
		CREATE INDEX message_subject ON message(subject_key, date) WHERE subject_key <> '';
		CREATE TABLE basis (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
		CREATE TABLE owed (thread INTEGER PRIMARY KEY, who TEXT NOT NULL, since INTEGER NOT NULL);
		CREATE INDEX owed_who ON owed(who, since);
		ALTER TABLE folder ADD COLUMN tried INTEGER NOT NULL DEFAULT 0;
		ALTER TABLE folder ADD COLUMN arrived INTEGER NOT NULL DEFAULT 0;
		ALTER TABLE folder ADD COLUMN failed INTEGER NOT NULL DEFAULT 0;
		ALTER TABLE folder ADD COLUMN problem TEXT NOT NULL DEFAULT '';`); err != nil {
		return err
	}
	return reindex(tx)
}

// putInTime gives the messages of form 2 their places in time and their subjects' keys.
func putInTime(tx *sql.Tx) error {
	rows, err := tx.Query("SELECT id, date, subject, from_address, receivers FROM message ORDER BY date, id")
	if err != nil {
		return err
	}
	type place struct {
		id, at int64
		key    string
	}
	var all []place
	last := int64(-1)
	for rows.Next() {
		var p place
		var date int64
		var subject, from, receivers string
		if err := rows.Scan(&p.id, &date, &subject, &from, &receivers); err != nil {
			_ = rows.Close() // the first error says more
			return err
		}
		p.at = max(last+1, timeOf(time.Unix(date, 0)))
		last = p.at
		p.key = subjectKey(subject, append(strings.Fields(receivers), from))
		all = append(all, p)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	set, err := tx.Prepare("UPDATE message SET place_in_time = ?, subject_key = ? WHERE id = ?")
	if err != nil {
		return err
	}
	defer set.Close()
	for _, p := range all {
		if _, err := set.Exec(p.at, p.key, p.id); err != nil {
			return err
		}
	}
	return nil
}

// reindex makes the index of form 2 anew, in the order of time. The texts are not kept,
// so they are put together from the words of the old index.
func reindex(tx *sql.Tx) error {
	for _, statement := range []string{
		"CREATE TEMP TABLE moved (at INTEGER, field TEXT, position INTEGER, text TEXT)",
		"CREATE VIRTUAL TABLE temp.instances USING fts5vocab(main, words, instance)",
		`INSERT INTO moved SELECT m.place_in_time, i.col, i."offset", i.term FROM temp.instances i CROSS JOIN message m ON m.id = i.doc`,
		"DROP TABLE temp.instances",
		"DROP TABLE words",
		`CREATE VIRTUAL TABLE words USING fts5(subject, people, body, files, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 0", detail=full)`,
		"DELETE FROM word",
		"DELETE FROM wordpart",
	} {
		if _, err := tx.Exec(statement); err != nil {
			return err
		}
	}
	a, err := newAdder(tx, &vocabulary{})
	if err != nil {
		return err
	}
	defer a.close()
	rows, err := tx.Query("SELECT at, field, text FROM moved ORDER BY at, field, position")
	if err != nil {
		return err
	}
	defer rows.Close()
	var now int64
	columns, seen := map[string][]string{}, map[string]bool{}
	flush := func() error {
		if len(columns) == 0 {
			return nil
		}
		text := func(name string) string { return strings.Join(columns[name], " ") }
		if _, err := a.words.Exec(now, text("subject"), text("people"), text("body"), text("files")); err != nil {
			return err
		}
		err := a.learn(seen)
		clear(columns)
		clear(seen)
		return err
	}
	for rows.Next() {
		var at int64
		var field, text string
		if err := rows.Scan(&at, &field, &text); err != nil {
			return err
		}
		if at != now {
			if err := flush(); err != nil {
				return err
			}
			now = at
		}
		for _, word := range split(text) { // longer ones are cut now
			columns[field] = append(columns[field], word)
			seen[word] = true
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if err := flush(); err != nil {
		return err
	}
	if err := rows.Close(); err != nil {
		return err
	}
	_, err = tx.Exec("DROP TABLE moved")
	return err
}
