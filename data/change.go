package data

import (
	"database/sql"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Changed says which kinds of record a committed transaction touched.
type Changed struct {
	Kinds   []string
	Records []string
	// Outside is set when another program wrote, so that anything may have changed.
	Outside bool
}

// Touches tells whether one of the kinds changed.
func (c Changed) Touches(kinds ...string) bool {
	if c.Outside {
		return true
	}
	for _, k := range kinds {
		if slices.Contains(c.Kinds, k) {
			return true
		}
	}
	return false
}

// Subscribe calls f after each commit, on the goroutine that wrote. The
// returned function ends it.
func (w *Workspace) Subscribe(f func(Changed)) (cancel func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	id := w.nextID
	w.nextID++
	w.listeners[id] = f
	return func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		delete(w.listeners, id)
	}
}

// Announce tells the listeners that another program wrote.
func (w *Workspace) Announce(c Changed) {
	w.mu.Lock()
	all := make([]func(Changed), 0, len(w.listeners))
	for _, f := range w.listeners {
		all = append(all, f)
	}
	w.mu.Unlock()
	for _, f := range all {
		f(c)
	}
}

// Option changes how an Update stands in the undo list.
type Option func(*stepOptions)

type stepOptions struct {
	fixed  bool
	key    string
	window time.Duration
}

// Merge makes updates with one key that follow each other within window one
// step to undo: typing in a field, for example.
func Merge(key string, window time.Duration) Option {
	return func(o *stepOptions) { o.key, o.window = key, window }
}

// Fixed makes an update that can't be undone: submitting.
func Fixed() Option { return func(o *stepOptions) { o.fixed = true } }

type mergeState struct {
	key  string
	step int64
	last time.Time
}

// Update runs fn on a transaction and commits what it put. label is the name
// of the step in the undo list, in the user's words ("Endret kostnadsplan").
// When fn or the commit fails nothing is changed. An update that changes
// nothing leaves no step.
func (w *Workspace) Update(label string, fn func(*Tx) error, opts ...Option) error {
	var o stepOptions
	for _, f := range opts {
		f(&o)
	}
	w.writing.Lock()
	changed, err := w.write(label, "do", 0, o, fn)
	w.writing.Unlock()
	if err != nil {
		return w.translate("save "+label, err)
	}
	if len(changed.Kinds) > 0 {
		w.Announce(changed)
	}
	return nil
}

// write runs fn in a transaction. The caller holds w.writing.
func (w *Workspace) write(label, kind string, target int64, o stepOptions, fn func(*Tx) error) (Changed, error) {
	if w.readOnly != nil {
		return Changed{}, w.readOnly
	}
	if err := w.present(); err != nil {
		return Changed{}, err
	}
	sqlTx, err := w.rw.Begin()
	if err != nil {
		return Changed{}, err
	}
	defer sqlTx.Rollback()
	hlc := w.clock.tick()
	tx := &Tx{w: w, tx: sqlTx, now: hlcTime(hlc), kinds: map[string]bool{}, records: map[string]bool{}}
	if o.fixed {
		kind = "fixed"
	}
	var id int64
	if err := sqlTx.QueryRow("SELECT coalesce(max(id), 0) + 1 FROM tx").Scan(&id); err != nil {
		return Changed{}, err
	}
	tx.id = id
	step, err := w.joinStep(sqlTx, id, kind, o, tx.now)
	if err != nil {
		return Changed{}, err
	}
	if _, err := tx.exec("INSERT INTO tx (id, uid, device, actor, hlc, label, kind, target, step) VALUES (?, ?, ?, ?, ?, ?, ?, nullif(?, 0), ?)",
		id, NewID(), w.device, w.actor, hlc, label, kind, target, step); err != nil {
		return Changed{}, err
	}
	if err := fn(tx); err != nil {
		return Changed{}, err
	}
	if tx.changes == 0 {
		return Changed{}, nil
	}
	if kind == "do" || kind == "fixed" {
		if _, err := tx.exec("UPDATE tx SET state = 'dropped' WHERE state = 'undone'"); err != nil {
			return Changed{}, err
		}
	}
	if err := sqlTx.Commit(); err != nil {
		return Changed{}, err
	}
	w.mu.Lock()
	w.ownNewest = id
	w.mu.Unlock()
	w.merge = mergeState{}
	if o.key != "" && kind == "do" {
		w.merge = mergeState{key: o.key, step: step, last: tx.now}
	}
	return Changed{Kinds: sortedKeys(tx.kinds), Records: sortedKeys(tx.records)}, nil
}

// joinStep is the step of a new transaction: the previous one's when they
// merge, else its own id.
func (w *Workspace) joinStep(tx *sql.Tx, id int64, kind string, o stepOptions, now time.Time) (int64, error) {
	if kind != "do" || o.key == "" || o.key != w.merge.key || now.Sub(w.merge.last) > o.window {
		return id, nil
	}
	var step int64
	var state string
	err := tx.QueryRow("SELECT step, state FROM tx WHERE id = ?", id-1).Scan(&step, &state)
	if err != nil || step != w.merge.step || state != "live" {
		return id, err
	}
	return step, nil
}

// Tx is a transaction under way. It is used by one goroutine, inside Update.
type Tx struct {
	w       *Workspace
	tx      *sql.Tx
	id      int64
	now     time.Time
	changes int
	kinds   map[string]bool
	records map[string]bool
}

// Now is the time of the transaction as RFC 3339 in UTC.
func (tx *Tx) Now() string { return tx.now.UTC().Format(time.RFC3339) }

// Actor is who writes.
func (tx *Tx) Actor() string { return tx.w.actor }

func (tx *Tx) query(query string, args ...any) (*sql.Rows, error) { return tx.tx.Query(query, args...) }

func (tx *Tx) exec(query string, args ...any) (sql.Result, error) { return tx.tx.Exec(query, args...) }

// Put writes a record: a new one, or the fields that differ from the stored
// row. An empty id is filled in.
func (tx *Tx) Put(r Record) error {
	p, v := planOf(r), reflect.ValueOf(r).Elem()
	row := r.row()
	var old map[string]string
	if row.ID == "" {
		row.ID = NewID()
	} else {
		var err error
		if old, err = tx.current(p, row.ID); err != nil {
			return err
		}
	}
	if old == nil {
		return tx.insert(p, row.ID, v)
	}
	var sets []string
	var args []any
	for _, c := range p.columns {
		text := c.text(v)
		if text == old[c.name] {
			continue
		}
		if err := tx.log(p.kind, row.ID, c.name, old[c.name], text, true); err != nil {
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
	return tx.putValues(p, row.ID, v, true)
}

func (tx *Tx) insert(p *plan, id string, v reflect.Value) error {
	args := make([]any, 0, len(p.columns)+1)
	args = append(args, id)
	for _, c := range p.columns {
		args = append(args, v.FieldByIndex(c.index).Interface())
	}
	if _, err := tx.exec(p.insert, args...); err != nil {
		return fmt.Errorf("put %s: %w", p.kind, err)
	}
	if err := tx.log(p.kind, id, exists, "", "1", false); err != nil {
		return err
	}
	for _, c := range p.columns {
		if text := c.text(v); text != "" {
			if err := tx.log(p.kind, id, c.name, "", text, false); err != nil {
				return err
			}
		}
	}
	return tx.putValues(p, id, v, false)
}

// putValues writes the fields of a record's Values that differ from the stored
// ones.
func (tx *Tx) putValues(p *plan, id string, v reflect.Value, stored bool) error {
	if p.values == nil {
		return nil
	}
	want := v.FieldByIndex(p.values).Interface().(Values)
	have := Values{}
	if stored {
		var err error
		if have, err = readValues(tx, id); err != nil {
			return err
		}
	}
	for _, field := range sortedKeys(want) {
		if want[field] != have[field] {
			if err := tx.log(p.kind, id, field, have[field], want[field], stored); err != nil {
				return err
			}
			if err := tx.setValue(id, field, want[field]); err != nil {
				return err
			}
		}
	}
	for _, field := range sortedKeys(have) {
		if _, ok := want[field]; !ok {
			if err := tx.log(p.kind, id, field, have[field], "", stored); err != nil {
				return err
			}
			if err := tx.setValue(id, field, ""); err != nil {
				return err
			}
		}
	}
	return nil
}

// SetValue changes one field of a record's Values without reading the others:
// the path of typing.
func (tx *Tx) SetValue(r Record, field, text string) error {
	p := planOf(r)
	id := r.row().ID
	if p.values == nil {
		return fmt.Errorf("%s has no values", p.kind)
	}
	old, err := tx.value(id, field)
	if err != nil || old == text {
		return err
	}
	if err := tx.log(p.kind, id, field, old, text, true); err != nil {
		return err
	}
	return tx.setValue(id, field, text)
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
		return newError(CodeNotFound, "Posten finnes ikke lenger.", nil)
	}
	if (old["deleted"] == "") == (when == "") {
		return nil
	}
	if err := tx.log(p.kind, r.row().ID, "deleted", old["deleted"], when, true); err != nil {
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
	got := make([]sql.NullString, len(p.columns)+1)
	dest := make([]any, len(got))
	for i := range got {
		dest[i] = &got[i]
	}
	if err := rows.Scan(dest...); err != nil {
		return nil, err
	}
	fields := make(map[string]string, len(p.columns))
	for i, c := range p.columns {
		s := got[i+1].String
		if c.kind != reflect.String && (s == "0" || s == "false") {
			s = ""
		}
		if c.kind == reflect.Bool && s != "" {
			s = "1"
		}
		fields[c.name] = s
	}
	return fields, nil
}

// deltaFrom is the length in bytes from which the log leaves out what old and
// new share at both ends, so that typing in a long text costs few bytes.
const deltaFrom = 200

func (tx *Tx) log(kind, record, field, old, new string, look bool) error {
	head, tail := 0, 0
	if len(old) >= deltaFrom && len(new) >= deltaFrom {
		head, tail = shared(old, new)
	}
	var seen int64
	if look {
		if err := tx.tx.QueryRow("SELECT coalesce(max(id), 0) FROM change WHERE record = ? AND field = ?", record, field).Scan(&seen); err != nil {
			return fmt.Errorf("log: %w", err)
		}
	}
	_, err := tx.exec("INSERT INTO change (tx, kind, record, field, old, new, head, tail, seen) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
		tx.id, kind, record, field, old[head:len(old)-tail], new[head:len(new)-tail], head, tail, seen)
	if err != nil {
		return fmt.Errorf("log: %w", err)
	}
	tx.changes++
	tx.kinds[kind] = true
	tx.records[record] = true
	return nil
}

// shared is how many bytes a and b share in front and behind, cut between
// characters.
func shared(a, b string) (head, tail int) {
	n := min(len(a), len(b))
	for head < n && a[head] == b[head] {
		head++
	}
	for head > 0 && head < len(a) && !utf8.RuneStart(a[head]) || head > 0 && head < len(b) && !utf8.RuneStart(b[head]) {
		head--
	}
	n -= head
	for tail < n && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	for tail > 0 && !utf8.RuneStart(a[len(a)-tail]) {
		tail--
	}
	return head, tail
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
		return nil, newError(CodeNotFound, "Innholdet i vedlegget mangler i arbeidsfilen. Legg ved filen på nytt.", rows.Err())
	}
	var content []byte
	err = rows.Scan(&content)
	return content, err
}
