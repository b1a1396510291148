package data

import (
	"fmt"
	"strings"
)

// Report is the outcome of Verify.
type Report struct {
	OK       bool     `json:"ok"`
	Problems []string `json:"problems"`
	// Records counts the rows of each kind, deleted ones included.
	Records      map[string]int `json:"records"`
	Transactions int            `json:"transactions"`
	Changes      int            `json:"changes"`
	Bytes        int64          `json:"bytes"`
	Form         int64          `json:"form"`
}

// Verify checks the whole workspace: SQLite's own integrity, links between
// records, the change log against the rows, frozen versions and attachments
// against their checksums. Problems are plain sentences.
func (w *Workspace) Verify() (Report, error) {
	r := Report{Records: map[string]int{}, Problems: []string{}}
	bad := func(format string, args ...any) { r.Problems = append(r.Problems, fmt.Sprintf(format, args...)) }
	check := func(query string, found func(args []string)) error {
		rows, err := w.query(query)
		if err != nil {
			return err
		}
		defer rows.Close()
		names, err := rows.Columns()
		if err != nil {
			return err
		}
		for rows.Next() {
			got := make([]string, len(names))
			dest := make([]any, len(names))
			for i := range got {
				dest[i] = &got[i]
			}
			if err := rows.Scan(dest...); err != nil {
				return err
			}
			found(got)
		}
		return rows.Err()
	}
	steps := []struct {
		query string
		found func(a []string)
	}{
		{"PRAGMA integrity_check(20)", func(a []string) {
			if a[0] != "ok" {
				bad("Databasefilen er skadet: %s", a[0])
			}
		}},
		{`SELECT "table", coalesce(rowid, 0), parent, fkid FROM pragma_foreign_key_check`, func(a []string) {
			bad("En rad i %s hører til noe som ikke finnes i %s.", a[0], a[2])
		}},
		{"SELECT count(*), coalesce(max(id), 0) FROM tx", func(a []string) { fmt.Sscan(a[0], &r.Transactions) }},
		{"SELECT count(*) FROM change", func(a []string) { fmt.Sscan(a[0], &r.Changes) }},
		{"SELECT count(*) FROM change WHERE tx NOT IN (SELECT id FROM tx)", func(a []string) {
			if a[0] != "0" {
				bad("%s endringer i loggen mangler hendelsen de hører til.", a[0])
			}
		}},
		{"SELECT max(version_id) FROM goose_db_version WHERE is_applied", func(a []string) { fmt.Sscan(a[0], &r.Form) }},
		{"SELECT title FROM attachment WHERE deleted = '' AND sha256 <> '' AND sha256 NOT IN (SELECT sha256 FROM blob)", func(a []string) {
			bad("Innholdet i vedlegget «%s» mangler.", a[0])
		}},
		{"SELECT file_name FROM receipt WHERE deleted = '' AND sha256 NOT IN (SELECT sha256 FROM blob)", func(a []string) {
			bad("Innholdet i kvitteringen «%s» mangler.", a[0])
		}},
		{"SELECT field FROM transfer WHERE sha256 <> '' AND sha256 NOT IN (SELECT sha256 FROM blob)", func(a []string) {
			bad("Teksten som ble overført fra feltet %s, mangler.", a[0])
		}},
	}
	for _, s := range steps {
		if err := check(s.query, s.found); err != nil {
			bad("Kontrollen stanset: %v", err)
			return r, nil
		}
	}
	for _, rec := range kinds() {
		kind := rec.Kind()
		n, err := w.Count("SELECT count(*) FROM " + kind)
		if err != nil {
			bad("Kan ikke lese %s: %v", kind, err)
			continue
		}
		r.Records[kind] = n
		unlogged, err := w.Count("SELECT count(*) FROM " + kind + " k WHERE NOT EXISTS (SELECT 1 FROM change c WHERE c.record = k.id AND c.field = '+')")
		if err == nil && unlogged > 0 {
			bad("%d rader i %s er skrevet uten at loggen vet om det.", unlogged, kind)
		}
	}
	if err := w.verifyLog(bad); err != nil {
		bad("Kan ikke lese endringsloggen: %v", err)
	}
	versions, err := Find[Version](w, "")
	if err != nil {
		bad("Kan ikke lese versjonene: %v", err)
	}
	for _, v := range versions {
		if hashText(v.Content) != v.SHA256 {
			bad("Versjonen «%s» stemmer ikke med kontrollsummen sin.", v.Name)
		}
	}
	if err := w.verifyBlobs(bad); err != nil {
		bad("Kan ikke lese vedleggene: %v", err)
	}
	if err := check("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size", func(a []string) { fmt.Sscan(a[0], &r.Bytes) }); err != nil {
		bad("Kan ikke lese størrelsen: %v", err)
	}
	r.OK = len(r.Problems) == 0
	return r, nil
}

// mostLogProblems is how many records Verify names; one fault of the program or
// the disk may touch thousands.
const mostLogProblems = 20

// verifyLog does the whole change log over again, record by record: each old
// value must be the new one of the change before, and the last the stored one.
func (w *Workspace) verifyLog(bad func(string, ...any)) error {
	return w.Read(func(r Reader) error {
		rows, err := r.query("SELECT kind, record, field, old, new, head, tail FROM change ORDER BY record, id")
		if err != nil {
			return err
		}
		defer rows.Close()
		var at replayed
		problems := 0
		finish := func() error {
			field, err := at.differs(r)
			if err == nil && field != "" {
				if problems++; problems <= mostLogProblems {
					bad("Feltet %s i posten %s (%s) er ikke slik loggen sier.", fieldName(field), at.record, at.kind)
				}
			}
			return err
		}
		for rows.Next() {
			var c change
			if err := rows.Scan(&c.kind, &c.record, &c.field, &c.old, &c.new, &c.head, &c.tail); err != nil {
				return err
			}
			if c.record != at.record {
				if err := finish(); err != nil {
					return err
				}
				at = replayed{kind: c.kind, record: c.record, fields: map[string]string{}}
			}
			if err := at.apply(c); err != nil {
				return err
			}
		}
		if err := rows.Err(); err != nil {
			return err
		}
		if err := finish(); err != nil {
			return err
		}
		if problems > mostLogProblems {
			bad("Det samme gjelder %d poster til.", problems-mostLogProblems)
		}
		return nil
	})
}

// replayed is a record as the log says it is.
type replayed struct {
	kind, record string
	fields       map[string]string
	broken       string // the first field whose changes do not follow each other
}

func (s *replayed) apply(c change) error {
	parts, err := c.parts()
	if err != nil {
		return err
	}
	for _, p := range parts {
		now := s.fields[p.field]
		if s.broken == "" && (len(now) != p.head+len(p.old)+p.tail || now[p.head:len(now)-p.tail] != p.old) {
			s.broken = p.field
		}
		if s.broken == "" {
			s.fields[p.field] = now[:p.head] + p.new + now[len(now)-p.tail:]
		}
	}
	return nil
}

// differs is the first field that is not stored as the log says, or "".
func (s *replayed) differs(r Reader) (string, error) {
	if s.record == "" || s.broken != "" {
		return s.broken, nil
	}
	p := planOfKind(s.kind)
	if p == nil {
		return s.kind, nil
	}
	stored, err := storedFields(r, p, s.record)
	if err != nil {
		return "", err
	}
	for field, text := range stored {
		if s.fields[field] != text {
			return field, nil
		}
		delete(s.fields, field)
	}
	for field, text := range s.fields {
		if text != "" {
			return field, nil
		}
	}
	return "", nil
}

func (w *Workspace) verifyBlobs(bad func(string, ...any)) error {
	rows, err := w.query("SELECT sha256, data FROM blob")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var sha string
		var content []byte
		if err := rows.Scan(&sha, &content); err != nil {
			return err
		}
		if hashBytes(content) != sha {
			bad("Et vedlegg (%s …) stemmer ikke med kontrollsummen sin.", sha[:12])
		}
	}
	return rows.Err()
}

// Summary is the report in one line a kind, for the diagnostics file: counts,
// no contents.
func (r Report) Summary() string {
	var b strings.Builder
	for _, k := range sortedKeys(r.Records) {
		fmt.Fprintf(&b, "%-14s %8d\n", k, r.Records[k])
	}
	fmt.Fprintf(&b, "%-14s %8d\n%-14s %8d\n", "tx", r.Transactions, "change", r.Changes)
	return b.String()
}
