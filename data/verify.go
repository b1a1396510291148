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
		{"SELECT v.record, v.field FROM value v WHERE NOT EXISTS (SELECT 1 FROM change c WHERE c.record = v.record AND c.field = v.field) LIMIT 20", func(a []string) {
			bad("Feltet %s i posten %s er skrevet uten at loggen vet om det.", a[1], a[0])
		}},
		{`SELECT v.record, v.field FROM value v JOIN change c ON c.id = (SELECT max(id) FROM change WHERE record = v.record AND field = v.field)
			WHERE c.head + c.tail = 0 AND c.new <> v.text OR length(CAST(v.text AS BLOB)) <> c.head + c.tail + length(CAST(c.new AS BLOB)) LIMIT 20`, func(a []string) {
			bad("Feltet %s i posten %s er ikke slik loggen sier.", a[1], a[0])
		}},
		{"SELECT title FROM attachment WHERE deleted = '' AND sha256 <> '' AND sha256 NOT IN (SELECT sha256 FROM blob)", func(a []string) {
			bad("Innholdet i vedlegget «%s» mangler.", a[0])
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
