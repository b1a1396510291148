package mail

import (
	"encoding/json"
	"maps"
	"slices"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/mail/archive"
	"kompetansepilot/data"
	"kompetansepilot/data/post"
)

// MarkOf is what the archive knows of a message; its ID is "" when nobody has
// said anything.
func (d *Desk) MarkOf(key string) (data.MailMark, error) {
	all, err := data.Live[data.MailMark](d.workspace, "message = ?", "id", key)
	if err != nil || len(all) == 0 {
		return data.MailMark{Message: key}, err
	}
	return all[len(all)-1], nil
}

// Journaled are the messages of keys that are journaled; nil asks about all.
func (d *Desk) Journaled(keys []string) (map[string]bool, error) {
	where, args := "journaled = 1", []any(nil)
	if keys != nil {
		list, err := json.Marshal(keys)
		if err != nil {
			return nil, err
		}
		where, args = where+" AND message IN (SELECT value FROM json_each(?))", []any{string(list)}
	}
	marks, err := data.Live[data.MailMark](d.workspace, where, "id", args...)
	all := make(map[string]bool, len(marks))
	for i := range marks {
		all[marks[i].Message] = true
	}
	return all, err
}

// Unjournaled narrows a query to what is left to journal: the messages that belong to
// a record and are not journaled. Letters that belong nowhere are no records of the
// county's work.
func (d *Desk) Unjournaled(q *post.Query) error {
	done, err := d.Journaled(nil)
	q.Linked, q.Without = true, slices.Sorted(maps.Keys(done))
	return err
}

// Mark keeps what the archive is to know of some messages, as one step named
// label. change sets the mark that it is given; its basis is checked, see
// [archive.Laws.Check].
func (d *Desk) Mark(label string, rows []post.Row, change func(*data.MailMark)) error {
	laws, err := archive.ReadLaws()
	if err != nil {
		return err
	}
	return d.workspace.Update(label, func(tx *data.Tx) error {
		for i := range rows {
			m := data.MailMark{Message: rows[i].Key}
			before, err := data.Live[data.MailMark](tx, "message = ?", "id", rows[i].Key)
			if err != nil {
				return err
			}
			if len(before) > 0 {
				m = before[len(before)-1]
			}
			was := m.Basis
			change(&m)
			if m.Basis != was {
				if m.Basis, err = laws.Check(m.Basis); err != nil {
					return err
				}
			}
			if err := tx.Put(&m); err != nil {
				return err
			}
		}
		return nil
	})
}

// HandOver writes messages with their journal list into a new folder, oldest
// first.
func (d *Desk) HandOver(folder string, words *lang.Printer, rows []post.Row) (archive.Result, error) {
	store, err := d.Store()
	if err != nil {
		return archive.Result{}, err
	}
	rows = slices.Clone(rows)
	slices.SortStableFunc(rows, func(a, b post.Row) int { return a.Date.Compare(b.Date) })
	items := make([]archive.Item, len(rows))
	for i := range rows {
		if rows[i].State != post.Fetched {
			return archive.Result{}, data.NewError(archive.Code+".partial", "«{{.Subject}}» er ikke hentet ferdig. Ingenting er skrevet. Hent posten, og prøv igjen.", nil, "Subject", rows[i].Subject)
		}
		raw, err := store.Raw(rows[i].ID)
		if err != nil {
			return archive.Result{}, err
		}
		mark, err := d.MarkOf(rows[i].Key)
		if err != nil {
			return archive.Result{}, err
		}
		items[i] = archive.Item{Raw: raw, Date: rows[i].Date, Sent: rows[i].Sent, Mark: mark}
	}
	return archive.Write(folder, words, items)
}

// Rows are the messages that some keys, or the beginnings of them, name; with threads
// the others of their threads too.
func (d *Desk) Rows(names []string, threads bool) ([]post.Row, error) {
	store, err := d.Store()
	if err != nil {
		return nil, err
	}
	var all []post.Row
	seen := map[string]bool{}
	add := func(r post.Row) {
		if !seen[r.Key] {
			seen[r.Key] = true
			all = append(all, r)
		}
	}
	for _, name := range names {
		row, err := store.Message(name)
		if err != nil {
			return nil, err
		}
		add(row)
		if !threads {
			continue
		}
		others, err := store.Thread(row.Thread)
		if err != nil {
			return nil, err
		}
		for _, o := range others {
			add(o)
		}
	}
	return all, nil
}
