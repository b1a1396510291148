package post

import (
	"database/sql"
	"errors"
	"slices"
	"strings"
	"time"
)

// Folder is a folder of an account as it is kept.
type Folder struct {
	ID          int64
	Account     string // id of the account's record
	Name        string
	Role        string
	UIDValidity uint32
	UIDNext     uint32
	ModSeq      uint64
	Messages    uint32
	Checked     int64 // unix seconds of the last whole sync

	// Of the last attempt: when (unix seconds), what came, what the server could not give,
	// and why the folder is not whole, in the owner's own form.
	Tried           int64
	Arrived, Failed int
	Problem         string
}

const folderColumns = "id, account, name, role, uidvalidity, uidnext, modseq, messages, checked, tried, arrived, failed, problem"

func (f *Folder) fields() []any {
	return []any{&f.ID, &f.Account, &f.Name, &f.Role, &f.UIDValidity, &f.UIDNext, &f.ModSeq, &f.Messages, &f.Checked, &f.Tried, &f.Arrived, &f.Failed, &f.Problem}
}

// FolderOf finds a folder, and makes it when it is not there.
func (s *Store) FolderOf(account, name, role string) (Folder, error) {
	var f Folder
	err := s.write("folder", func(tx *sql.Tx) error {
		if _, err := tx.Exec("INSERT INTO folder (account, name, role) VALUES (?, ?, ?) ON CONFLICT (account, name) DO UPDATE SET role = excluded.role WHERE role <> excluded.role", account, name, role); err != nil {
			return err
		}
		row := tx.QueryRow("SELECT "+folderColumns+" FROM folder WHERE account = ? AND name = ?", account, name)
		return row.Scan(f.fields()...)
	})
	return f, err
}

// Folders are the folders of an account, "" for all, by name.
func (s *Store) Folders(account string) ([]Folder, error) {
	rows, err := s.ro.Query("SELECT "+folderColumns+" FROM folder WHERE ? = '' OR account = ? ORDER BY account, name", account, account)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []Folder
	for rows.Next() {
		var f Folder
		if err := rows.Scan(f.fields()...); err != nil {
			return nil, err
		}
		all = append(all, f)
	}
	return all, rows.Err()
}

// Done notes that a folder was synced whole.
func (s *Store) Done(f Folder) error {
	err := s.write("folder done", func(tx *sql.Tx) error {
		_, err := tx.Exec("UPDATE folder SET uidvalidity = ?, uidnext = ?, modseq = ?, messages = ?, checked = ? WHERE id = ?", f.UIDValidity, f.UIDNext, f.ModSeq, f.Messages, f.Checked, f.ID)
		return err
	})
	s.tell(Changed{Folders: true})
	return err
}

// Tried notes how the last attempt at a folder went: its Tried, Arrived, Failed and
// Problem.
func (s *Store) Tried(f Folder) error {
	err := s.write("folder tried", func(tx *sql.Tx) error {
		_, err := tx.Exec("UPDATE folder SET tried = ?, arrived = ?, failed = ?, problem = ? WHERE account = ? AND name = ?", f.Tried, f.Arrived, f.Failed, f.Problem, f.Account, f.Name)
		return err
	})
	s.tell(Changed{Folders: true})
	return err
}

// Recheck has a folder looked through whole the next time, as when more of it is
// wanted than before; "" is all folders of the account.
func (s *Store) Recheck(account, name string) error {
	return s.write("recheck folder", func(tx *sql.Tx) error {
		_, err := tx.Exec("UPDATE folder SET checked = 0 WHERE account = ?1 AND (name = ?2 OR ?2 = '')", account, name)
		return err
	})
}

// Add keeps what was fetched from a folder, as one transaction. What is there
// already is completed: a header gets its message.
func (s *Store) Add(f Folder, all []Arrived) error {
	var fresh map[uint64]struct{}
	err := s.write("add mail", func(tx *sql.Tx) error {
		a, err := newAdder(tx, &s.known)
		if err != nil {
			return err
		}
		defer a.close()
		defer func() { fresh = a.fresh }()
		for _, i := range byTime(all) {
			if err := a.add(f.ID, &all[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		s.known.add(fresh)
	}
	if err == nil && len(all) > 0 {
		s.tell(Changed{Messages: len(all)})
	}
	return err
}

// byTime is the order of time of messages: an index of words takes rows that go back
// slowly.
func byTime(all []Arrived) []int {
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return all[a].date().Compare(all[b].date()) })
	return order
}

// date is when a message was written, else when it came.
func (m *Arrived) date() time.Time {
	if m.Index.Date.IsZero() {
		return m.Internal
	}
	return m.Index.Date
}

// adder holds the statements of a batch.
type adder struct {
	tx         *sql.Tx
	statements []*sql.Stmt
	known      *vocabulary
	fresh      map[uint64]struct{} // words that were learnt in this batch

	held, hold, find, same, insert, update, place, raw, part, ref, refSet, words, unwords, word, wordpart, alike, last *sql.Stmt
}

func newAdder(tx *sql.Tx, known *vocabulary) (*adder, error) {
	a := &adder{tx: tx, known: known, fresh: map[uint64]struct{}{}}
	var err error
	prepare := func(text string) *sql.Stmt {
		if err != nil {
			return nil
		}
		var st *sql.Stmt
		if st, err = tx.Prepare(text); err == nil {
			a.statements = append(a.statements, st)
		}
		return st
	}
	a.held = prepare("SELECT EXISTS (SELECT 1 FROM withheld WHERE key = ?)")
	a.hold = prepare("INSERT OR IGNORE INTO withheld (key) VALUES (?)")
	a.find = prepare("SELECT id, state, size, place_in_time FROM message WHERE key = ?")
	a.same = prepare("SELECT content = ? FROM raw WHERE message = ?")
	a.insert = prepare("INSERT INTO message (key, message_id, thread, date, from_name, from_address, receivers, subject, snippet, size, state, attachments, sent, subject_key, orphan, place_in_time) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")
	a.last = prepare("SELECT coalesce(max(place_in_time), -1) FROM message WHERE place_in_time BETWEEN ? AND ?")
	a.alike = prepare("SELECT DISTINCT thread FROM message WHERE subject_key = ?1 AND subject_key <> '' AND (orphan AND date BETWEEN ?2 AND ?3 OR ?6 AND date BETWEEN ?4 AND ?5)")
	a.update = prepare("UPDATE message SET snippet = ?, size = ?, state = ?, attachments = ? WHERE id = ?")
	a.place = prepare(`INSERT INTO place (folder, uid, message, flags, whole) VALUES (?,?,?,?,?) ON CONFLICT (folder, uid) DO UPDATE SET
		whole = excluded.whole OR whole AND message = excluded.message, message = excluded.message, flags = excluded.flags, gone = 0`)
	a.raw = prepare("INSERT OR REPLACE INTO raw (message, content) VALUES (?,?)")
	a.part = prepare("INSERT OR REPLACE INTO part (message, position, name) VALUES (?,?,?)")
	a.ref = prepare("SELECT thread FROM reference WHERE message_id = ?")
	a.refSet = prepare("INSERT OR REPLACE INTO reference (message_id, thread) VALUES (?,?)")
	a.words = prepare("INSERT INTO words (rowid, subject, people, body, files) VALUES (?,?,?,?,?)")
	a.unwords = prepare("DELETE FROM words WHERE rowid = ?")
	a.word = prepare("INSERT OR IGNORE INTO word (text) VALUES (?)")
	a.wordpart = prepare("INSERT INTO wordpart (text) VALUES (?)")
	if err != nil {
		a.close()
	}
	return a, err
}

func (a *adder) close() {
	for _, st := range a.statements {
		_ = st.Close()
	}
}

// found is a message that is here already; id is 0 when none is.
type found struct {
	id    int64
	state State
	size  int64
	time  int64 // its place in time
}

func (a *adder) add(folder int64, m *Arrived) error {
	f, err := a.here(m)
	if err != nil {
		return err
	}
	// A header whose message is here already, as after a move or new numbers, needs
	// no second fetch. Another size may be another message with the same header.
	whole := m.Raw != nil || f.state == Fetched && f.size == m.Size
	var withheld bool
	if err := a.held.QueryRow(m.Key).Scan(&withheld); err != nil {
		return err
	}
	switch {
	case withheld || m.Withhold:
		if _, err := a.hold.Exec(m.Key); err != nil {
			return err
		}
		f.id, whole = 0, true
	case f.id == 0:
		if f.id, err = a.new(m); err != nil {
			return err
		}
	case m.Raw != nil && f.state != Fetched:
		if err := a.fill(f, m); err != nil {
			return err
		}
	}
	_, err = a.place.Exec(folder, m.UID, f.id, int64(m.Flags), whole)
	return err
}

// fill gives a message of which only the header was here the rest of it.
func (a *adder) fill(f found, m *Arrived) error {
	if _, err := a.update.Exec(m.Index.Snippet, m.size(), Fetched, len(m.Index.Attachments), f.id); err != nil {
		return err
	}
	if _, err := a.unwords.Exec(f.time); err != nil {
		return err
	}
	return a.content(f.id, f.time, m)
}

// here finds the message that has the key. Another message with the same header
// block gets a key of its own.
func (a *adder) here(m *Arrived) (found, error) {
	for {
		var f found
		err := a.find.QueryRow(m.Key).Scan(&f.id, &f.state, &f.size, &f.time)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return found{}, nil
		case err != nil:
			return found{}, err
		case m.Raw == nil || f.state != Fetched:
			return f, nil
		}
		var same bool
		if err := a.same.QueryRow(m.Raw, f.id).Scan(&same); err != nil {
			return found{}, err
		}
		if same {
			return f, nil
		}
		m.Key += "-2"
	}
}

func (m *Arrived) size() int64 {
	if m.Raw != nil {
		return int64(len(m.Raw))
	}
	return m.Size
}

func (a *adder) new(m *Arrived) (int64, error) {
	state := Listed
	if m.Raw != nil {
		state = Fetched
	}
	date := m.date()
	people := peopleOf(&m.Index)
	key := subjectKey(m.Index.Subject, people)
	thread, err := a.thread(m, date, key)
	if err != nil {
		return 0, err
	}
	at, err := a.inTime(date)
	if err != nil {
		return 0, err
	}
	done, err := a.insert.Exec(m.Key, m.Index.MessageID, thread, date.Unix(), m.Index.From.Name, people[0], strings.Join(people[1:], " "),
		m.Index.Subject, m.Index.Snippet, m.size(), state, len(m.Index.Attachments), m.Sent, key, orphan(&m.Index), at)
	if err != nil {
		return 0, err
	}
	id, err := done.LastInsertId()
	if err != nil {
		return 0, err
	}
	return id, a.content(id, at, m)
}

// perSecond is how many messages of one second have a place of their own before those
// of the next.
const perSecond = 1 << 10

// timeOf is the first place in time of a moment.
func timeOf(date time.Time) int64 { return max(0, min(date.Unix(), 1<<40)) * perSecond }

// inTime is a place in time that is free, at the moment or shortly after it.
func (a *adder) inTime(date time.Time) (int64, error) {
	for from := timeOf(date); ; from += perSecond {
		var last int64
		if err := a.last.QueryRow(from, from+perSecond-1).Scan(&last); err != nil {
			return 0, err
		}
		if at := max(from, last+1); at < from+perSecond {
			return at, nil
		}
	}
}

// content keeps the message itself and its words.
func (a *adder) content(id, at int64, m *Arrived) error {
	if m.Raw != nil {
		if _, err := a.raw.Exec(id, m.Raw); err != nil {
			return err
		}
	}
	for i, name := range m.Index.Attachments {
		if _, err := a.part.Exec(id, i, name); err != nil {
			return err
		}
	}
	people := m.Index.From.Name + " " + m.Index.From.Address
	for _, r := range m.Index.Receivers {
		people += " " + r.Name + " " + r.Address
	}
	var columns [4]string
	seen := map[string]bool{}
	for i, text := range []string{m.Index.Subject, people, m.Index.Body, strings.Join(m.Index.Attachments, " ")} {
		words := split(text)
		columns[i] = strings.Join(words, " ") // cut here, so that the index cuts as we do
		for _, w := range words {
			seen[w] = true
		}
	}
	if _, err := a.words.Exec(at, columns[0], columns[1], columns[2], columns[3]); err != nil {
		return err
	}
	return a.learn(seen)
}

// SetFlags notes flags of messages in a folder, by UID.
func (s *Store) SetFlags(f Folder, flags map[uint32]Flags) error {
	changed := 0
	err := s.write("flags", func(tx *sql.Tx) error {
		update, err := tx.Prepare("UPDATE place SET flags = ? WHERE folder = ? AND uid = ? AND flags <> ?")
		if err != nil {
			return err
		}
		defer update.Close()
		for uid, fl := range flags {
			n, err := affected(update.Exec(int64(fl), f.ID, uid, int64(fl)))
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

// Gone notes that messages are no longer in a folder on the server. They stay
// here.
func (s *Store) Gone(f Folder, uids []uint32) error {
	if len(uids) == 0 {
		return nil
	}
	err := s.write("gone", func(tx *sql.Tx) error {
		for _, uid := range uids {
			if _, err := tx.Exec("UPDATE place SET gone = 1 WHERE folder = ? AND uid = ?", f.ID, uid); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		s.tell(Changed{Messages: len(uids)})
	}
	return err
}

// Unplace forgets where the messages of a folder lie, as when the server has given
// all of them new numbers. The messages stay, and get their places again when they
// are listed.
func (s *Store) Unplace(f Folder) error {
	return s.write("unplace", func(tx *sql.Tx) error {
		_, err := tx.Exec("DELETE FROM place WHERE folder = ?", f.ID)
		return err
	})
}

// Fail notes that messages could not be fetched.
func (s *Store) Fail(f Folder, uids []uint32) error {
	return s.write("failed", func(tx *sql.Tx) error {
		for _, uid := range uids {
			if _, err := tx.Exec("UPDATE message SET state = 2, attempts = attempts + 1 WHERE state <> 1 AND id = (SELECT message FROM place WHERE folder = ? AND uid = ?)", f.ID, uid); err != nil {
				return err
			}
		}
		return nil
	})
}

// Held are the messages of a folder that are here, by UID: true when nothing is
// left to fetch. Those that are gone from the server are not among them.
func (s *Store) Held(f Folder) (map[uint32]bool, error) {
	rows, err := s.ro.Query("SELECT uid, whole FROM place WHERE folder = ? AND gone = 0", f.ID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := map[uint32]bool{}
	for rows.Next() {
		var uid uint32
		var whole bool
		if err := rows.Scan(&uid, &whole); err != nil {
			return nil, err
		}
		all[uid] = whole
	}
	return all, rows.Err()
}

// Lacking are those of the messages with the UIDs that are not whole here.
func (s *Store) Lacking(f Folder, uids []uint32) (map[uint32]bool, error) {
	all := map[uint32]bool{}
	if len(uids) == 0 {
		return all, nil
	}
	rows, err := s.ro.Query("SELECT uid FROM place WHERE folder = ? AND uid BETWEEN ? AND ? AND whole = 0", f.ID, slices.Min(uids), slices.Max(uids))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var uid uint32
		if err := rows.Scan(&uid); err != nil {
			return nil, err
		}
		all[uid] = true
	}
	return all, rows.Err()
}

// Delete takes messages out of the store for good, by key, and keeps them from
// being fetched again. The server is not told.
func (s *Store) Delete(keys []string) (deleted int, err error) {
	err = s.write("delete mail", func(tx *sql.Tx) error {
		if _, err := tx.Exec("PRAGMA secure_delete = ON"); err != nil {
			return err
		}
		for _, key := range keys {
			var id, at int64
			err := tx.QueryRow("SELECT id, place_in_time FROM message WHERE key = ?", key).Scan(&id, &at)
			if errors.Is(err, sql.ErrNoRows) {
				continue
			}
			if err != nil {
				return err
			}
			if _, err := tx.Exec("INSERT OR IGNORE INTO withheld (key) VALUES (?)", key); err != nil {
				return err
			}
			if _, err := tx.Exec("DELETE FROM words WHERE rowid = ?", at); err != nil {
				return err
			}
			// Others of the thread are read again: what they say may have rested on this one.
			for _, statement := range []string{"DELETE FROM owed WHERE thread = (SELECT thread FROM message WHERE id = ?)",
				"DELETE FROM finding WHERE kind = 'read' AND message IN (SELECT id FROM message WHERE thread = (SELECT thread FROM message WHERE id = ?))",
				"DELETE FROM raw WHERE message = ?", "DELETE FROM part WHERE message = ?", "DELETE FROM finding WHERE message = ?",
				"UPDATE place SET message = 0, whole = 1 WHERE message = ?", "DELETE FROM message WHERE id = ?"} {
				if _, err := tx.Exec(statement, id); err != nil {
					return err
				}
			}
			deleted++
		}
		return nil
	})
	if err == nil && deleted > 0 {
		s.tell(Changed{Messages: deleted})
	}
	return deleted, err
}

// affected is how many rows a statement changed.
func affected(done sql.Result, err error) (int, error) {
	if err != nil {
		return 0, err
	}
	n, err := done.RowsAffected()
	return int(n), err
}
