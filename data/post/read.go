package post

import (
	"database/sql"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode"

	"kompetansepilot/data"
)

// Row is a line of a list: the newest message of a thread, or a message.
type Row struct {
	ID          int64
	Key         string
	Thread      int64
	Date        time.Time
	From        Address
	Receivers   string // addresses, a space between
	Subject     string
	Snippet     string
	Size        int64
	State       State
	Attachments int
	Count       int  // messages of the thread that are here
	Unread      bool // in some folder
	Answered    bool
	Sent        bool
	Gone        bool   // from every folder on the server
	Link        string // of the first link that was found, or "": kind:id
	Due         string // the first deadline that was found, YYYY-MM-DD
	Owed        Owed   // who is to answer in its thread
}

const rowColumns = `m.id, m.key, m.thread, m.date, m.from_name, m.from_address, m.receivers, m.subject, m.snippet, m.size, m.state, m.attachments,
	(SELECT count(*) FROM message n WHERE n.thread = m.thread),
	EXISTS (SELECT 1 FROM place p WHERE p.message = m.id AND p.flags & 1 = 0),
	EXISTS (SELECT 1 FROM place p WHERE p.message = m.id AND p.flags & 2 <> 0), m.sent,
	NOT EXISTS (SELECT 1 FROM place p WHERE p.message = m.id AND p.gone = 0),
	coalesce((SELECT record FROM finding f WHERE f.message = m.id AND f.kind = 'link' LIMIT 1), ''),
	coalesce((SELECT min(due) FROM finding f WHERE f.message = m.id AND f.due <> ''), ''),
	coalesce((SELECT who FROM owed o WHERE o.thread = m.thread), ''), coalesce((SELECT since FROM owed o WHERE o.thread = m.thread), 0)`

func scanRows(rows *sql.Rows) ([]Row, error) {
	defer rows.Close()
	var all []Row
	for rows.Next() {
		var r Row
		var date, since int64
		if err := rows.Scan(&r.ID, &r.Key, &r.Thread, &date, &r.From.Name, &r.From.Address, &r.Receivers, &r.Subject, &r.Snippet, &r.Size, &r.State, &r.Attachments, &r.Count,
			&r.Unread, &r.Answered, &r.Sent, &r.Gone, &r.Link, &r.Due, &r.Owed.Who, &since); err != nil {
			return nil, err
		}
		r.Date = time.Unix(date, 0)
		if r.Owed.Who != "" {
			r.Owed.Since = time.Unix(since, 0)
		}
		all = append(all, r)
	}
	return all, rows.Err()
}

// List are the rows that a query picks, newest first: a thread a line when the
// query says so, with the newest of its messages that fit.
func (s *Store) List(q Query, offset, limit int) ([]Row, error) {
	p, err := s.pick(&q)
	if err != nil {
		return nil, err
	}
	ids, err := s.page(p, &q, offset, limit)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	at := make(map[any]int, len(ids))
	for i, id := range ids {
		at[id] = i
	}
	var all []Row
	for chunk := range slices.Chunk(ids, mostValues) {
		rows, err := s.ro.Query("SELECT "+rowColumns+" FROM message m WHERE m.id IN (?"+strings.Repeat(", ?", len(chunk)-1)+")", chunk...)
		if err != nil {
			return nil, err
		}
		some, err := scanRows(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	slices.SortFunc(all, func(a, b Row) int { return at[a.ID] - at[b.ID] })
	return all, nil
}

// mostValues is how many values a statement is given.
const mostValues = 10_000

// page are the ids of a page. It reads no further than the page's end, but for the
// oldest threads: of those the newest message must be known first.
func (s *Store) page(p *picked, q *Query, offset, limit int) ([]any, error) {
	direction := " DESC"
	if q.Oldest && !q.Threads {
		direction = ""
	}
	order := p.time + direction
	if q.Owed != "" { // who has waited longest first
		order = "(SELECT since FROM owed o WHERE o.thread = m.thread), m.thread, " + p.time + " DESC"
	}
	rows, err := s.ro.Query("SELECT m.id, m.thread"+p.sql()+" ORDER BY "+order, p.args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ids []any
	seen := map[int64]bool{}
	for rows.Next() {
		var id, thread int64
		if err := rows.Scan(&id, &thread); err != nil {
			return nil, err
		}
		if q.Threads && seen[thread] {
			continue
		}
		seen[thread] = true
		if ids = append(ids, id); len(ids) == offset+limit && !(q.Threads && q.Oldest && q.Owed == "") {
			break
		}
	}
	if q.Threads && q.Oldest && q.Owed == "" {
		slices.Reverse(ids)
	}
	return ids[min(offset, len(ids)):min(offset+limit, len(ids))], rows.Err()
}

// Count is how many rows List has.
func (s *Store) Count(q Query) (int, error) {
	p, err := s.pick(&q)
	if err != nil {
		return 0, err
	}
	what := "count(*)"
	if q.Threads {
		what = "count(DISTINCT m.thread)"
	}
	var n int
	err = s.ro.QueryRow("SELECT "+what+p.sql(), p.args...).Scan(&n)
	return n, err
}

// Thread are the messages of a thread, oldest first.
func (s *Store) Thread(thread int64) ([]Row, error) {
	rows, err := s.ro.Query("SELECT "+rowColumns+" FROM message m WHERE m.thread = ? ORDER BY m.place_in_time", thread)
	if err != nil {
		return nil, err
	}
	return scanRows(rows)
}

// Message finds a message by its key or the beginning of it.
func (s *Store) Message(key string) (Row, error) {
	rows, err := s.ro.Query("SELECT "+rowColumns+" FROM message m WHERE m.key >= ? AND m.key < ? || 'g' ORDER BY m.key LIMIT 2", key, key)
	if err != nil {
		return Row{}, err
	}
	all, err := scanRows(rows)
	switch {
	case err != nil:
		return Row{}, err
	case len(all) == 0 || key == "":
		return Row{}, data.NewError(data.CodeNotFound+".mail", "Fant ikke e-posten «{{.Key}}». Den kan være slettet her.", nil, "Key", key)
	case len(all) > 1 && all[0].Key != key:
		return Row{}, data.NewError(data.CodeAmbiguous+".mail", "Flere e-poster passer til «{{.Key}}». Skriv mer av nummeret.", nil, "Key", key)
	}
	return all[0], nil
}

// Raw is a message as it came. The error has CodeNotFound while only its header is
// here.
func (s *Store) Raw(id int64) ([]byte, error) {
	var content []byte
	err := s.ro.QueryRow("SELECT content FROM raw WHERE message = ?", id).Scan(&content)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, data.NewError(data.CodeNotFound+".mailBody", "Bare toppen av e-posten er hentet. Resten hentes neste gang posten oppdateres.", nil)
	}
	return content, err
}

// ByMessageID finds messages by Message-ID.
func (s *Store) ByMessageID(ids []string) ([]Row, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	rows, err := s.ro.Query("SELECT "+rowColumns+" FROM message m WHERE m.message_id IN (?"+strings.Repeat(", ?", len(ids)-1)+")", args...)
	if err != nil {
		return nil, err
	}
	return scanRows(rows)
}

// AccountsOf are the ids of the mailboxes that a message came to, those that it still
// lies in first.
func (s *Store) AccountsOf(id int64) ([]string, error) {
	return texts(s.ro, "SELECT f.account FROM place p JOIN folder f ON f.id = p.folder WHERE p.message = ? GROUP BY f.account ORDER BY min(p.gone), min(f.id)", id)
}

// PlacesOf are the titles of the folders that a message lies in.
func (s *Store) PlacesOf(id int64) ([]string, error) {
	all, err := texts(s.ro, "SELECT f.name FROM place p JOIN folder f ON f.id = p.folder WHERE p.message = ? AND p.gone = 0 ORDER BY f.name", id)
	for i, name := range all {
		all[i] = FolderTitle(name)
	}
	return all, err
}

// titleLength is how much of a folder's name is shown, in letters.
const titleLength = 200

// FolderTitle is a folder's name as it can be shown: servers allow control signs and
// names of any length. The name itself is what the server is asked for, and never a
// path here.
func FolderTitle(name string) string {
	runes := []rune(strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, name))
	if len(runes) > titleLength {
		return string(runes[:titleLength]) + "…"
	}
	return string(runes)
}

// Any tells whether there is any message.
func (s *Store) Any() (any bool, err error) {
	err = s.ro.QueryRow("SELECT EXISTS (SELECT 1 FROM message)").Scan(&any)
	return any, err
}

// Totals are the numbers of messages: all, only listed, failed, and unread.
func (s *Store) Totals() (all, listed, failed, unread int, err error) {
	err = s.ro.QueryRow(`SELECT count(*), count(*) FILTER (WHERE state = 0), count(*) FILTER (WHERE state = 2),
		(SELECT count(DISTINCT message) FROM place WHERE flags & 1 = 0 AND gone = 0 AND message <> 0) FROM message`).Scan(&all, &listed, &failed, &unread)
	return all, listed, failed, unread, err
}
