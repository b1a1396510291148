package data

import (
	"errors"
	"slices"
	"strings"
)

// Subject is whom an export or an erasure is about: a person, or an organisation
// that is one. Kind is "person" or "organisation".
type Subject struct{ Kind, ID string }

// Reasons to keep a record where somebody is named.
const (
	KeptFrozen   = "frozen" // an application that was submitted: archive law
	KeptContents = "file"   // the contents of an attached file
	KeptSelf     = "self"   // the choices of who works here
	KeptActor    = "actor"  // who did what, in the change log
)

// Trace is a record that is about somebody or names them.
type Trace struct {
	Kind, ID string
	Title    string
	// Fields where the person is named, and a piece of the first of them. Both are
	// empty for a record that is about the person as a whole.
	Fields  []string
	Excerpt string
	Reason  string // Kept…
}

// Traces are all that a workspace holds about somebody.
type Traces struct {
	Names   []string // what was looked for
	Removed []Trace  // records that are about the person alone
	Changed []Trace  // records that name the person
	Kept    []Trace  // those that are left as they are
	Entries int      // entries of the change log that go or are rewritten
	Labels  int      // names of steps in the undo list that change
}

// TracesOf looks for somebody in the whole workspace and its history. Nothing is
// changed.
func TracesOf(w *Workspace, s Subject) (Traces, error) {
	var found Traces
	err := w.Read(func(r Reader) error {
		e, err := newEraser(r, s, "")
		if err != nil {
			return err
		}
		found, err = e.look()
		return err
	})
	return found, w.translate("look for a person", err)
}

// identities are the texts that somebody is known by, now and before.
func identities(r Reader, s Subject) (n *needles, names []string, err error) {
	fields := map[string]func(*needles, string){"name": (*needles).addName, "email": (*needles).addAddress, "phone": (*needles).addNumber}
	if s.Kind == "organisation" {
		fields["org_number"] = (*needles).addNumber
		fields["contact"] = (*needles).addName
	}
	entries, err := history(r, s.ID, "", 0, true)
	if err != nil {
		return nil, nil, err
	}
	texts := map[string][]string{}
	for _, e := range entries {
		if text := strings.TrimSpace(e.New); fields[e.Field] != nil && text != "" && !slices.Contains(texts[e.Field], text) {
			texts[e.Field] = append(texts[e.Field], text)
		}
	}
	n = &needles{ids: map[string]bool{s.ID: true}}
	for _, field := range sortedKeys(texts) {
		for _, text := range texts[field] {
			// What was on its way to be typed is not a name of its own.
			if !slices.ContainsFunc(texts[field], func(longer string) bool { return len(longer) > len(text) && strings.HasPrefix(longer, text) }) {
				fields[field](n, text)
				names = append(names, text)
			}
		}
	}
	return n, names, nil
}

// belongings are the records that are about the subject alone, by id, with their
// kinds: its own, its links, and what concerns nobody else.
func belongings(r Reader, s Subject) (map[string]string, error) {
	gone := map[string]string{s.ID: s.Kind}
	if err := dependents(r, s.Kind, s.ID, gone); err != nil {
		return nil, err
	}
	queries := map[string][]string{
		"person": {
			"SELECT 'interaction_with', id FROM interaction_with WHERE person = ?1",
			"SELECT 'interaction', interaction FROM interaction_with GROUP BY interaction HAVING min(person) = ?1 AND max(person) = ?1 AND max(organisation) = ''",
			"SELECT 'task', id FROM task WHERE person = ?1 AND organisation = ''",
			"SELECT 'participant', id FROM participant WHERE person = ?1",
		},
		"organisation": {
			"SELECT 'interaction_with', id FROM interaction_with WHERE organisation = ?1",
			"SELECT 'interaction', interaction FROM interaction_with GROUP BY interaction HAVING min(organisation) = ?1 AND max(organisation) = ?1 AND max(person) = ''",
			"SELECT 'task', id FROM task WHERE organisation = ?1 AND person = ''",
			"SELECT 'interview', id FROM interview WHERE organisation = ?1",
			"SELECT 'need', id FROM need WHERE organisation = ?1",
		},
	}
	for _, query := range queries[s.Kind] {
		found, err := pairs(r, query, s.ID)
		if err != nil {
			return nil, err
		}
		for id, kind := range found {
			gone[id] = kind
			if err := dependents(r, kind, id, gone); err != nil {
				return nil, err
			}
		}
	}
	return gone, nil
}

// dependents adds the records whose rows cannot be without the one of id.
func dependents(r Reader, kind, id string, gone map[string]string) error {
	for _, rec := range kinds() {
		columns, err := pairs(r, `SELECT 'column', "from" FROM pragma_foreign_key_list(?) WHERE "table" = ?`, rec.Kind(), kind)
		if err != nil {
			return err
		}
		for column := range columns {
			found, err := pairs(r, "SELECT '"+rec.Kind()+"', id FROM "+rec.Kind()+" WHERE "+column+" = ?", id)
			if err != nil {
				return err
			}
			for child, childKind := range found {
				if gone[child] == "" {
					gone[child] = childKind
					if err := dependents(r, childKind, child, gone); err != nil {
						return err
					}
				}
			}
		}
	}
	return nil
}

// near are the records that are linked to a person and also concern others. In
// their texts a first name alone means the person.
func near(r Reader, s Subject) (map[string]string, error) {
	if s.Kind != "person" {
		return nil, nil
	}
	return pairs(r, `SELECT 'interaction', interaction FROM interaction_with WHERE person = ?1 UNION SELECT 'task', id FROM task WHERE person = ?1
		UNION SELECT 'interview', id FROM interview WHERE person = ?1 UNION SELECT 'need', id FROM need WHERE conversation IN (SELECT id FROM interview WHERE person = ?1)`, s.ID)
}

// pairs are the rows of a query with two columns, the second as the key.
func pairs(r Reader, query string, args ...any) (map[string]string, error) {
	rows, err := r.query(query, args...)
	if err != nil {
		return nil, err
	}
	all := map[string]string{}
	for rows.Next() {
		var value, key string
		if err := rows.Scan(&value, &key); err != nil {
			return nil, errors.Join(err, rows.Close())
		}
		all[key] = value
	}
	return all, errors.Join(rows.Err(), rows.Close())
}
