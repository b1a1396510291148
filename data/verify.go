package data

import (
	"context"
	"fmt"
	"strings"
)

// Report is the outcome of Verify.
type Report struct {
	OK       bool     `json:"ok"`
	Problems []string `json:"problems"`
	// Faults are the Problems by code (Fault…), with their Args.
	Faults []*Error `json:"-"`
	// Records counts the rows of each kind, deleted ones included.
	Records      map[string]int `json:"records"`
	Transactions int            `json:"transactions"`
	Changes      int            `json:"changes"`
	Bytes        int64          `json:"bytes"`
	Form         int64          `json:"form"`
}

// Stages of Verify, in order.
const (
	VerifyFile        = "file"        // SQLite's own structures, page by page
	VerifyLinks       = "links"       // links between records
	VerifyLog         = "log"         // the change log against the rows
	VerifyVersions    = "versions"    // frozen content against its checksum
	VerifyAttachments = "attachments" // files against theirs
)

// Codes of what Verify finds; a screen may tell them in another language.
const (
	FaultFile              = "file"              // Detail
	FaultLink              = "link"              // Kind, Other
	FaultLostChanges       = "lostChanges"       // Count
	FaultAttachmentMissing = "attachmentMissing" // Name
	FaultStopped           = "stopped"           // Detail
	FaultUnreadable        = "unreadable"        // Kind, Detail
	FaultUnlogged          = "unlogged"          // Count, Kind
	FaultLogUnreadable     = "logUnreadable"     // Detail
	FaultDiffers           = "differs"           // Field, Record, Kind
	FaultDiffersMore       = "differsMore"       // Count
	FaultVersions          = "versions"          // Detail
	FaultVersion           = "version"           // Name
	FaultAttachments       = "attachments"       // Detail
	FaultAttachment        = "attachment"        // Sum, Name ("" when no record has the file)
	FaultSize              = "size"              // Detail
)

// Verify checks the whole workspace: SQLite's own integrity, links between
// records, the change log against the rows, frozen versions and attachments
// against their checksums. Problems are plain sentences.
func (w *Workspace) Verify() (Report, error) { return w.VerifyStages(context.Background(), nil) }

// VerifyStages is Verify that tells which stage begins, and ends with ctx
// between two stages. begun may be nil.
func (w *Workspace) VerifyStages(ctx context.Context, begun func(stage string)) (Report, error) {
	v := &verification{w: w, report: Report{Records: map[string]int{}, Problems: []string{}}}
	stages := []struct {
		name  string
		check func()
	}{
		{VerifyFile, v.file}, {VerifyLinks, v.links}, {VerifyLog, v.log}, {VerifyVersions, v.versions}, {VerifyAttachments, v.attachments},
	}
	for _, s := range stages {
		if err := ctx.Err(); err != nil {
			return v.report, err
		}
		if v.stopped {
			break
		}
		if begun != nil {
			begun(s.name)
		}
		s.check()
	}
	v.report.OK = len(v.report.Faults) == 0
	return v.report, nil
}

// verification is one run of Verify.
type verification struct {
	w       *Workspace
	report  Report
	stopped bool // nothing more can be read
}

func (v *verification) bad(code, sentence string, pairs ...any) {
	fault := newError(code, sentence, nil, pairs...)
	v.report.Faults = append(v.report.Faults, fault)
	v.report.Problems = append(v.report.Problems, fault.Message)
}

// each hands the rows of a query over as texts. A query that fails ends the
// whole check: the file can't be read.
func (v *verification) each(query string, found func(a []string)) {
	if v.stopped {
		return
	}
	if err := v.read(query, found); err != nil {
		v.stopped = true
		v.bad(FaultStopped, "Kontrollen stanset: {{.Detail}}", "Detail", err)
	}
}

func (v *verification) read(query string, found func(a []string)) error {
	rows, err := v.w.query(query)
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

func (v *verification) file() {
	v.each("PRAGMA integrity_check(20)", func(a []string) {
		if a[0] != "ok" {
			v.bad(FaultFile, "Databasefilen er skadet: {{.Detail}}", "Detail", a[0])
		}
	})
	v.each("SELECT max(version_id) FROM goose_db_version WHERE is_applied", func(a []string) { fmt.Sscan(a[0], &v.report.Form) })
	if v.stopped {
		return
	}
	if err := v.read("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size", func(a []string) { fmt.Sscan(a[0], &v.report.Bytes) }); err != nil {
		v.bad(FaultSize, "Kan ikke lese størrelsen: {{.Detail}}", "Detail", err)
	}
}

func (v *verification) links() {
	v.each(`SELECT "table", coalesce(rowid, 0), parent, fkid FROM pragma_foreign_key_check`, func(a []string) {
		v.bad(FaultLink, "En rad i {{.Kind}} hører til noe som ikke finnes i {{.Other}}.", "Kind", a[0], "Other", a[2])
	})
}

func (v *verification) log() {
	v.each("SELECT count(*) FROM tx", func(a []string) { fmt.Sscan(a[0], &v.report.Transactions) })
	v.each("SELECT count(*) FROM change", func(a []string) { fmt.Sscan(a[0], &v.report.Changes) })
	v.each("SELECT count(*) FROM change WHERE tx NOT IN (SELECT id FROM tx)", func(a []string) {
		if a[0] != "0" {
			v.bad(FaultLostChanges, "{{.Count}} endringer i loggen mangler hendelsen de hører til.", "Count", a[0])
		}
	})
	if v.stopped {
		return
	}
	for _, rec := range v.w.kinds() {
		kind := rec.Kind()
		n, err := v.w.Count("SELECT count(*) FROM " + kind)
		if err != nil {
			v.bad(FaultUnreadable, "Kan ikke lese {{.Kind}}: {{.Detail}}", "Kind", kind, "Detail", err)
			continue
		}
		v.report.Records[kind] = n
		unlogged, err := v.w.Count("SELECT count(*) FROM " + kind + " k WHERE NOT EXISTS (SELECT 1 FROM change c WHERE c.record = k.id AND c.field = '+')")
		if err == nil && unlogged > 0 {
			v.bad(FaultUnlogged, "{{.Count}} rader i {{.Kind}} er skrevet uten at loggen vet om det.", "Count", unlogged, "Kind", kind)
		}
	}
	if err := v.replay(); err != nil {
		v.bad(FaultLogUnreadable, "Kan ikke lese endringsloggen: {{.Detail}}", "Detail", err)
	}
}

func (v *verification) versions() {
	versions, err := Find[Version](v.w, "")
	if err != nil {
		v.bad(FaultVersions, "Kan ikke lese versjonene: {{.Detail}}", "Detail", err)
	}
	for _, version := range versions {
		if hashText(version.Content) != version.SHA256 {
			v.bad(FaultVersion, "Versjonen «{{.Name}}» stemmer ikke med kontrollsummen sin.", "Name", version.Name)
		}
	}
}

func (v *verification) attachments() {
	v.each(`SELECT CASE title WHEN '' THEN file_name ELSE title END FROM attachment WHERE deleted = '' AND sha256 <> '' AND sha256 NOT IN (SELECT sha256 FROM blob)
		UNION ALL SELECT file_name FROM receipt WHERE deleted = '' AND sha256 NOT IN (SELECT sha256 FROM blob)
		UNION ALL SELECT field FROM transfer WHERE sha256 <> '' AND sha256 NOT IN (SELECT sha256 FROM blob)`, func(a []string) {
		v.bad(FaultAttachmentMissing, "Innholdet i vedlegget «{{.Name}}» mangler.", "Name", a[0])
	})
	if v.stopped {
		return
	}
	if err := v.blobs(); err != nil {
		v.bad(FaultAttachments, "Kan ikke lese vedleggene: {{.Detail}}", "Detail", err)
	}
}

// mostLogProblems is how many records Verify names; one fault of the program or
// the disk may touch thousands.
const mostLogProblems = 20

// replay does the whole change log over again, record by record: each old
// value must be the new one of the change before, and the last the stored one.
func (v *verification) replay() error {
	return v.w.Read(func(r Reader) error {
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
					v.bad(FaultDiffers, "Feltet {{.Field}} i posten {{.Record}} ({{.Kind}}) er ikke slik loggen sier.", "Field", fieldName(field), "Record", at.record, "Kind", at.kind)
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
			v.bad(FaultDiffersMore, "Det samme gjelder {{.Count}} poster til.", "Count", problems-mostLogProblems)
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

func (v *verification) blobs() error {
	rows, err := v.w.query("SELECT b.sha256, coalesce((SELECT CASE a.title WHEN '' THEN a.file_name ELSE a.title END FROM attachment a WHERE a.sha256 = b.sha256 LIMIT 1), ''), b.data FROM blob b")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var sha, name string
		var content []byte
		if err := rows.Scan(&sha, &name, &content); err != nil {
			return err
		}
		if hashBytes(content) != sha {
			v.bad(FaultAttachment, "Et vedlegg ({{.Sum}} …) stemmer ikke med kontrollsummen sin.", "Sum", sha[:min(12, len(sha))], "Name", name)
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
