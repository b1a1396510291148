package data

import (
	"database/sql"
	"errors"
	"fmt"
	"reflect"
	"strings"
)

// registerCopy is the register of a workspace that cannot be written to, in
// memory: its cache may be behind, or missing in a file of an older form.
type registerCopy struct {
	db     *sql.DB
	change int64 // the newest that was there when it was made
}

func (c *registerCopy) close() error {
	if c.db == nil {
		return nil
	}
	err := c.db.Close()
	c.db = nil
	return err
}

// readCopy runs fn on a copy when the file's own cache is of no use; used tells
// whether it did.
func (w *Workspace) readCopy(fn func(Reader) error) (used bool, err error) {
	w.searching.Lock()
	defer w.searching.Unlock()
	var newest, behind int64
	if err := w.ro.QueryRow("SELECT coalesce(max(id), 0) FROM change WHERE kind = 'organisation'").Scan(&newest); err != nil {
		return false, w.translate("read register", err)
	}
	err = w.ro.QueryRow("SELECT count(*) FROM sqlite_master WHERE name = 'organisation_row'").Scan(&behind)
	if err == nil && behind > 0 {
		err = w.ro.QueryRow("SELECT coalesce((SELECT value FROM cache_state WHERE name = ?), 0)", rowsState).Scan(&behind)
		if err == nil && behind >= newest {
			return false, nil
		}
	}
	if err != nil {
		return false, w.translate("read register", err)
	}
	if w.copy.db == nil || w.copy.change != newest {
		if err := w.copyRegister(newest); err != nil {
			return false, errors.Join(err, w.copy.close())
		}
	}
	tx, err := w.copy.db.Begin()
	if err != nil {
		return true, err
	}
	defer tx.Rollback()
	return true, fn(snapshot{w, tx})
}

func (w *Workspace) copyRegister(newest int64) error {
	if err := w.copy.close(); err != nil {
		return err
	}
	all, err := Find[Organisation](w, "")
	if err != nil {
		return err
	}
	db, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1) // each connection would have a memory of its own
	w.copy = registerCopy{db: db, change: newest}
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	tables, err := registerTables()
	if err != nil {
		return err
	}
	if _, err := tx.Exec(tables); err != nil {
		return fmt.Errorf("copy register: %w", err)
	}
	p := planOf(&Organisation{})
	insert, err := tx.Prepare(p.insert)
	if err != nil {
		return err
	}
	defer insert.Close()
	for i := range all {
		v := reflect.ValueOf(&all[i]).Elem()
		args := []any{all[i].ID}
		for _, c := range p.columns {
			args = append(args, v.FieldByIndex(c.index).Interface())
		}
		if _, err := insert.Exec(args...); err != nil {
			return err
		}
		for _, field := range sortedKeys(all[i].Own) {
			if _, err := tx.Exec("INSERT INTO value (record, field, text) VALUES (?, ?, ?)", all[i].ID, field, all[i].Own[field]); err != nil {
				return err
			}
		}
	}
	if err := fillRows(tx, "", "", nil); err != nil {
		return err
	}
	return tx.Commit()
}

// registerTables is SQL that makes the tables that the register is read from.
func registerTables() (string, error) {
	up := ""
	for _, name := range []string{"00002_organisation_rows.sql", "00009_own_fields.sql", "00022_register_filters.sql"} {
		step, err := migrations.ReadFile("migrations/" + name)
		if err != nil {
			return "", err
		}
		part, _, _ := strings.Cut(string(step), "-- +goose Down")
		up += part
	}
	p := planOf(&Organisation{})
	table := "CREATE TABLE organisation (id TEXT PRIMARY KEY NOT NULL"
	for _, c := range p.columns {
		table += ", " + c.name + " NOT NULL"
	}
	return table + ");\nCREATE TABLE value (record TEXT NOT NULL, field TEXT NOT NULL, text TEXT NOT NULL);\n" + up, nil
}
