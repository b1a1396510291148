package data

import (
	"database/sql"
	"maps"
	"slices"
	"time"
)

// Changed says which kinds of record a committed transaction touched.
type Changed struct {
	Kinds   []string
	Records []string
	// Transaction is the one that was committed; 0 when nothing was.
	Transaction int64
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

// Subscribe calls f after each commit, on the goroutine that wrote, in the order
// of subscription: what others read from is kept up to date first. The returned
// function ends it.
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
	for _, id := range slices.Sorted(maps.Keys(w.listeners)) {
		all = append(all, w.listeners[id])
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

	committed func(transaction int64)
}

// Merge makes updates with one key that follow each other within window one
// step to undo: typing in a field, for example.
func Merge(key string, window time.Duration) Option {
	return func(o *stepOptions) { o.key, o.window = key, window }
}

// Fixed makes an update that can't be undone: submitting.
func Fixed() Option { return func(o *stepOptions) { o.fixed = true } }

// Committed calls f with the transaction once it is on the disk, before anybody
// else hears of it. 0 is an update that changed nothing.
func Committed(f func(transaction int64)) Option {
	return func(o *stepOptions) { o.committed = f }
}

type mergeState struct {
	key  string
	step int64
	last time.Time
}

// Update runs fn on a transaction and commits what it put. label is the name
// of the step in the undo list, in the user's words ("Endret kostnadsplan").
// When fn or the commit fails nothing is changed. An update that changes
// nothing leaves no step. fn must not call Update, Undo or Redo.
func (w *Workspace) Update(label string, fn func(*Tx) error, opts ...Option) error {
	var o stepOptions
	for _, f := range opts {
		f(&o)
	}
	changed, err := w.writeAlone(label, o, fn)
	if err != nil {
		return w.translate("save "+label, err)
	}
	if o.committed != nil {
		o.committed(changed.Transaction)
	}
	if len(changed.Kinds) > 0 {
		w.Announce(changed)
	}
	return nil
}

// writeAlone lets go of the lock also when fn panics.
func (w *Workspace) writeAlone(label string, o stepOptions, fn func(*Tx) error) (Changed, error) {
	w.writing.Lock()
	defer w.writing.Unlock()
	return w.write(label, "do", 0, o, fn)
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
	if err := tx.flushLog(); err != nil {
		return Changed{}, err
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
	w.own[id] = true
	w.mu.Unlock()
	w.merge = mergeState{}
	if o.key != "" && kind == "do" {
		w.merge = mergeState{key: o.key, step: step, last: tx.now}
	}
	return Changed{Kinds: sortedKeys(tx.kinds), Records: sortedKeys(tx.records), Transaction: id}, nil
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
