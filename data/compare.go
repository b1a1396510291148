package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"
)

// Difference is what a restore of a backup would change in a workspace.
type Difference struct {
	// BackupTime and NowTime are when the newest step of each was done; zero when
	// nothing was.
	BackupTime, NowTime time.Time
	// Back are the records that would come back, Gone those that would disappear,
	// Changed those that would get other contents. Records in the trash count as
	// not there. Sorted by kind, then by title.
	Back, Gone, Changed []Differing
	// StepsLost is how many steps of the workspace the backup does not have.
	StepsLost int
	// Related is false when the backup is of another workspace.
	Related bool
}

// Empty tells that a restore would change no record.
func (d Difference) Empty() bool { return len(d.Back)+len(d.Gone)+len(d.Changed) == 0 }

// Differing is a record of a [Difference].
type Differing struct {
	Kind, ID string
	Title    string // as it is now; for one that would come back, as it was
	// Fields are the names of the columns and of the Values that differ, for a
	// changed record.
	Fields []string
}

// Compare tells what a restore of the backup would change. The error has
// CodeBackupDamaged, CodeBackupNewer or CodeNotWorkspace when it can't be used.
func Compare(w *Workspace, backup string) (Difference, error) {
	if err := w.present(); err != nil {
		return Difference{}, err
	}
	db, err := openImmutable(backup)
	if err != nil {
		return Difference{}, w.translate("compare", err)
	}
	defer db.Close()
	if err := checkForm(db, backup); err != nil {
		return Difference{}, err
	}
	conn, err := db.Conn(context.Background())
	if err != nil {
		return Difference{}, w.translate("compare", err)
	}
	defer conn.Close()
	extra := ""
	if w.immutable {
		extra = "immutable=1"
	}
	if _, err := conn.ExecContext(context.Background(), "ATTACH ? AS now", dsn(w.path, "ro", extra)); err != nil {
		return Difference{}, w.translate("compare", err)
	}
	d, err := (&comparison{conn}).run()
	return d, w.translate("compare", err)
}

// comparison reads the backup as "main" and the workspace as "now".
type comparison struct{ conn *sql.Conn }

func (c *comparison) run() (Difference, error) {
	var d Difference
	var was, is sql.NullInt64
	var shared, steps int
	err := c.conn.QueryRowContext(context.Background(), `SELECT (SELECT max(hlc) FROM main.tx), (SELECT max(hlc) FROM now.tx),
		(SELECT count(*) FROM main.tx m JOIN now.tx n ON n.uid = m.uid WHERE m.id = (SELECT min(id) FROM main.tx)),
		(SELECT count(DISTINCT step) FROM now.tx WHERE uid NOT IN (SELECT uid FROM main.tx))`).Scan(&was, &is, &shared, &steps)
	if err != nil {
		return d, err
	}
	if was.Valid {
		d.BackupTime = hlcTime(was.Int64)
	}
	if is.Valid {
		d.NowTime = hlcTime(is.Int64)
	}
	d.StepsLost, d.Related = steps, shared > 0 || !was.Valid
	for _, r := range kinds() {
		if err := c.kind(&d, planOf(r)); err != nil {
			return d, fmt.Errorf("compare %s: %w", r.Kind(), err)
		}
	}
	return d, nil
}

func (c *comparison) kind(d *Difference, p *plan) error {
	have, err := c.columns(p.kind)
	if err != nil || len(have) == 0 { // the backup is older than this kind
		return err
	}
	const missing = "SELECT r.id, %s FROM %s.%s r WHERE r.deleted = '' AND NOT EXISTS (SELECT 1 FROM %s.%s o WHERE o.id = r.id AND o.deleted = '') ORDER BY 2, 1"
	back, err := c.records(p.kind, fmt.Sprintf(missing, titleOf(p.kind, "main"), "main", p.kind, "now", p.kind))
	if err != nil {
		return err
	}
	gone, err := c.records(p.kind, fmt.Sprintf(missing, titleOf(p.kind, "now"), "now", p.kind, "main", p.kind))
	if err != nil {
		return err
	}
	changed, err := c.changed(p, have)
	if err != nil {
		return err
	}
	d.Back, d.Gone, d.Changed = append(d.Back, back...), append(d.Gone, gone...), append(d.Changed, changed...)
	return nil
}

// columns are those of a table of the backup, which may be of an older form.
func (c *comparison) columns(table string) ([]string, error) {
	rows, err := c.conn.QueryContext(context.Background(), "SELECT name FROM pragma_table_info(?, 'main')", table)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}

func (c *comparison) records(kind, query string) ([]Differing, error) {
	rows, err := c.conn.QueryContext(context.Background(), query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []Differing
	for rows.Next() {
		r := Differing{Kind: kind}
		if err := rows.Scan(&r.ID, &r.Title); err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, rows.Err()
}

// changed are the records that both have with different contents.
func (c *comparison) changed(p *plan, have []string) ([]Differing, error) {
	// Each query gives an id and the name of a field that differs.
	var parts []string
	for _, col := range p.columns {
		if col.name != "deleted" && slices.Contains(have, col.name) {
			parts = append(parts, fmt.Sprintf("SELECT r.id, '%[1]s' AS field FROM now.%[2]s r JOIN main.%[2]s o ON o.id = r.id WHERE r.%[1]s <> o.%[1]s AND r.deleted = '' AND o.deleted = ''", col.name, p.kind))
		}
	}
	if p.values != nil {
		const alone = "SELECT v.record AS id, v.field FROM %[1]s.value v JOIN now.%[3]s r ON r.id = v.record JOIN main.%[3]s o ON o.id = v.record LEFT JOIN %[2]s.value x ON x.record = v.record AND x.field = v.field WHERE r.deleted = '' AND o.deleted = '' AND x.text IS NOT v.text"
		parts = append(parts, fmt.Sprintf(alone, "now", "main", p.kind), fmt.Sprintf(alone, "main", "now", p.kind))
	}
	if len(parts) == 0 {
		return nil, nil
	}
	rows, err := c.conn.QueryContext(context.Background(), fmt.Sprintf("SELECT r.id, %s AS title, group_concat(DISTINCT d.field) FROM (%s) d JOIN now.%s r ON r.id = d.id GROUP BY r.id ORDER BY 2, 1",
		titleOf(p.kind, "now"), strings.Join(parts, " UNION ALL "), p.kind))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []Differing
	for rows.Next() {
		r := Differing{Kind: p.kind}
		var fields string
		if err := rows.Scan(&r.ID, &r.Title, &fields); err != nil {
			return nil, err
		}
		r.Fields = strings.Split(fields, ",")
		slices.Sort(r.Fields)
		all = append(all, r)
	}
	return all, rows.Err()
}

// checkForm refuses a backup that this program can't read.
func checkForm(db *sql.DB, backup string) error {
	form, _, err := storedForm(db)
	switch {
	case err != nil:
		return damagedBackup(backup, err)
	case form > latestMigration():
		return newError(CodeBackupNewer, "Sikkerhetskopien er laget med en nyere utgave av Kompetansepilot. Arbeidsfilen er ikke endret. Oppdater programmet først.", nil)
	case form <= 0:
		return newError(CodeNotWorkspace, "Filen {{.Path}} er ikke en arbeidsfil for Kompetansepilot. Den er ikke endret. Velg en annen fil.", nil, "Path", backup)
	}
	return nil
}

func damagedBackup(backup string, err error) error {
	if _, statErr := os.Stat(backup); errors.Is(statErr, fs.ErrNotExist) {
		return newError(CodeBackupGone, "Fant ikke sikkerhetskopien {{.Path}}. Arbeidsfilen er ikke endret. Velg en annen kopi.", err, "Path", backup)
	}
	return newError(CodeBackupDamaged, "Sikkerhetskopien {{.Path}} er skadet og kan ikke brukes. Arbeidsfilen er ikke endret. Velg en annen kopi.", err, "Path", backup)
}
