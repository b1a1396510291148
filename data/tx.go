package data

import (
	"database/sql"
	"fmt"
	"reflect"
	"strings"
	"time"
)

// Tx is a transaction under way. It is used by one goroutine, inside Update.
type Tx struct {
	w       *Workspace
	tx      *sql.Tx
	id      int64
	now     time.Time
	changes int
	pending []any // log entries not yet written, logWidth values each
	kinds   map[string]bool
	records map[string]bool
}

// Now is the time of the transaction as RFC 3339 in UTC.
func (tx *Tx) Now() string { return tx.now.UTC().Format(time.RFC3339) }

// Actor is who writes.
func (tx *Tx) Actor() string { return tx.w.actor }

func (tx *Tx) query(query string, args ...any) (*sql.Rows, error) { return tx.tx.Query(query, args...) }

func (tx *Tx) translate(doing string, err error) error { return tx.w.translate(doing, err) }

func (tx *Tx) exec(query string, args ...any) (sql.Result, error) { return tx.tx.Exec(query, args...) }

// Put writes a record: a new one, or the fields that differ from the stored
// row. An empty id is filled in.
func (tx *Tx) Put(r Record) error {
	p, v := planOf(r), reflect.ValueOf(r).Elem()
	row := r.row()
	if row.ID == "" {
		row.ID = NewID()
		return tx.insert(p, row.ID, v, false)
	}
	old, err := tx.current(p, row.ID)
	if err != nil {
		return err
	}
	if old == nil {
		return tx.insert(p, row.ID, v, true)
	}
	var sets []string
	var args []any
	for _, c := range p.columns {
		text := c.text(v)
		if text == old[c.name] {
			continue
		}
		if err := tx.log(p.kind, row.ID, c.name, old[c.name], text); err != nil {
			return err
		}
		sets = append(sets, c.name+" = ?")
		args = append(args, v.FieldByIndex(c.index).Interface())
	}
	if len(sets) > 0 {
		if _, err := tx.exec("UPDATE "+p.kind+" SET "+strings.Join(sets, ", ")+" WHERE id = ?", append(args, row.ID)...); err != nil {
			return fmt.Errorf("put %s: %w", p.kind, err)
		}
	}
	return tx.putValues(p, row.ID, v)
}

// insert writes a new record and one log entry with all its contents. known
// tells that the id was given, so that the log may hold a record of before.
func (tx *Tx) insert(p *plan, id string, v reflect.Value, known bool) error {
	args := make([]any, 1, len(p.columns)+1)
	args[0] = id
	content := append(make(packed, 0, 256), '1')
	for _, c := range p.columns {
		args = append(args, v.FieldByIndex(c.index).Interface())
		content.add(c.name, c.text(v))
	}
	if _, err := tx.exec(p.insert, args...); err != nil {
		return fmt.Errorf("put %s: %w", p.kind, err)
	}
	if p.values != nil {
		values := v.FieldByIndex(p.values).Interface().(Values)
		for _, field := range sortedKeys(values) {
			if values[field] == "" {
				continue
			}
			content.add(p.valueName(field), values[field])
			if err := tx.setValue(id, field, values[field]); err != nil {
				return err
			}
		}
	}
	if known {
		return tx.log(p.kind, id, exists, "", string(content))
	}
	return tx.logNew(p.kind, id, string(content))
}

// putValues writes the fields of a stored record's Values that differ.
func (tx *Tx) putValues(p *plan, id string, v reflect.Value) error {
	if p.values == nil {
		return nil
	}
	want := v.FieldByIndex(p.values).Interface().(Values)
	have, err := readValues(tx, id)
	if err != nil {
		return err
	}
	fields := map[string]bool{}
	for field := range want {
		fields[field] = true
	}
	for field := range have {
		fields[field] = true
	}
	for _, field := range sortedKeys(fields) {
		if want[field] == have[field] {
			continue
		}
		if err := tx.log(p.kind, id, p.valueName(field), have[field], want[field]); err != nil {
			return err
		}
		if err := tx.setValue(id, field, want[field]); err != nil {
			return err
		}
	}
	return nil
}

// SetValue changes one field of a record's Values without reading the others:
// the path of typing. The error has CodeNotFound when the record is not there.
func (tx *Tx) SetValue(r Record, field, text string) error {
	p := planOf(r)
	id := r.row().ID
	if p.values == nil {
		return fmt.Errorf("%s has no values", p.kind)
	}
	var there bool
	if err := tx.tx.QueryRow("SELECT EXISTS (SELECT 1 FROM "+p.kind+" WHERE id = ?)", id).Scan(&there); err != nil {
		return err
	}
	if !there {
		return newError(CodeNotFound, "Fant ikke posten {{.ID}}. Den kan være slettet i en annen kopi av arbeidsfilen.", nil, "ID", id)
	}
	old, err := tx.value(id, field)
	if err != nil || old == text {
		return err
	}
	if err := tx.log(p.kind, id, p.valueName(field), old, text); err != nil {
		return err
	}
	return tx.setValue(id, field, text)
}

// SetField changes one field of a record as the history names and writes it: a
// column, or one of the Values of a kind that has them. The error has
// CodeNotFound when the record is not there.
func (tx *Tx) SetField(kind, id, field, text string) error {
	p := planOfKind(kind)
	if p == nil {
		return fmt.Errorf("set field: unknown kind %q", kind)
	}
	c, isColumn := p.column(field)
	if !isColumn {
		for _, r := range kinds() {
			if r.Kind() == kind {
				r.row().ID = id
				return tx.SetValue(r, field, text)
			}
		}
	}
	now, err := tx.current(p, id)
	if err != nil {
		return err
	}
	if now == nil {
		return newError(CodeNotFound, "Fant ikke posten {{.ID}}. Den kan være slettet i en annen kopi av arbeidsfilen.", nil, "ID", id)
	}
	if now[field] == text {
		return nil
	}
	value, err := c.stored(text)
	if err != nil {
		return err
	}
	if err := tx.log(kind, id, field, now[field], text); err != nil {
		return err
	}
	_, err = tx.exec("UPDATE "+kind+" SET "+c.name+" = ? WHERE id = ?", value, id)
	return err
}

func (tx *Tx) value(id, field string) (string, error) {
	var text string
	err := tx.tx.QueryRow("SELECT text FROM value WHERE record = ? AND field = ?", id, field).Scan(&text)
	if err == sql.ErrNoRows {
		return "", nil
	}
	return text, err
}

func (tx *Tx) setValue(id, field, text string) error {
	var err error
	if text == "" {
		_, err = tx.exec("DELETE FROM value WHERE record = ? AND field = ?", id, field)
	} else {
		_, err = tx.exec("INSERT INTO value (record, field, text) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET text = excluded.text", id, field, text)
	}
	if err != nil {
		return fmt.Errorf("set value: %w", err)
	}
	return nil
}

// Delete moves a record to the trash.
func (tx *Tx) Delete(r Record) error { return tx.setDeleted(r, tx.Now()) }

// Restore takes a record back from the trash.
func (tx *Tx) Restore(r Record) error { return tx.setDeleted(r, "") }

func (tx *Tx) setDeleted(r Record, when string) error {
	p := planOf(r)
	old, err := tx.current(p, r.row().ID)
	if err != nil {
		return err
	}
	if old == nil {
		return newError(CodeNotFound, "Fant ikke posten {{.ID}}. Den kan være slettet i en annen kopi av arbeidsfilen.", nil, "ID", r.row().ID)
	}
	if (old["deleted"] == "") == (when == "") {
		return nil
	}
	if err := tx.log(p.kind, r.row().ID, "deleted", old["deleted"], when); err != nil {
		return err
	}
	r.row().Deleted = when
	_, err = tx.exec("UPDATE "+p.kind+" SET deleted = ? WHERE id = ?", when, r.row().ID)
	return err
}

// current is the stored row as the log writes its fields, or nil.
func (tx *Tx) current(p *plan, id string) (map[string]string, error) {
	rows, err := tx.tx.Query(p.selects+" WHERE id = ?", id)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	if !rows.Next() {
		return nil, rows.Err()
	}
	return p.fields(rows)
}

// PutBlob keeps file contents, once, and gives their SHA-256 in hex.
func (tx *Tx) PutBlob(content []byte) (sha string, err error) {
	sha = hashBytes(content)
	if _, err := tx.exec("INSERT INTO blob (sha256, data) VALUES (?, ?) ON CONFLICT DO NOTHING", sha, content); err != nil {
		return "", fmt.Errorf("keep file: %w", err)
	}
	return sha, nil
}

// Blob is the content that PutBlob kept under sha.
func Blob(r Reader, sha string) ([]byte, error) {
	rows, err := r.query("SELECT data FROM blob WHERE sha256 = ?", sha)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	if !rows.Next() {
		return nil, newError(CodeNotFound+".blob", "Innholdet i vedlegget mangler i arbeidsfilen. Legg ved filen på nytt.", rows.Err())
	}
	var content []byte
	err = rows.Scan(&content)
	return content, err
}
