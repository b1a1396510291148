package data_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kompetansepilot/data"
	"kompetansepilot/data/datatest"
)

// bare is SQLite without the write path: one prepared insert into a table of
// the same form with the same indexes, and the same durability.
type bare struct {
	conn   *sql.Conn
	insert *sql.Stmt
}

func newBare(b *testing.B) *bare {
	b.Helper()
	migration, err := os.ReadFile("migrations/00001_records.sql")
	if err != nil {
		b.Fatal(err)
	}
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(b.TempDir(), "bare.db")+"?_journal_mode=WAL&_synchronous=FULL&_foreign_keys=on")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	conn, err := db.Conn(context.Background())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { conn.Close() })
	s := string(migration)
	table := s[strings.Index(s, "CREATE TABLE organisation"):]
	table = table[:strings.Index(table, "-- Caches")]
	if _, err := conn.ExecContext(context.Background(), table); err != nil {
		b.Fatal(err)
	}
	insert, err := conn.PrepareContext(context.Background(), `INSERT INTO organisation
		(id, kind, name, org_number, municipality, industry, industry_std, size_band, norm, contact, email, status, source, source_time)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	if err != nil {
		b.Fatal(err)
	}
	return &bare{conn, insert}
}

// write inserts n organisations in one transaction.
func (p *bare) write(b *testing.B, n int) {
	ctx := context.Background()
	exec := func(q string) {
		if _, err := p.conn.ExecContext(ctx, q); err != nil {
			b.Fatal(err)
		}
	}
	exec("BEGIN IMMEDIATE")
	for i := range n {
		o := datatest.Organisation(i)
		if _, err := p.insert.Exec(data.NewID(), o.OrganisationOf, o.Name, o.OrgNumber, o.Municipality, o.Industry, o.IndustryStd, o.SizeBand,
			o.Norm, o.Contact, o.Email, o.Status, o.Source, o.SourceTime); err != nil {
			b.Fatal(err)
		}
	}
	exec("COMMIT")
}

// BenchmarkWritePath gives rows a second against bare SQLite in the same run.
// "ratio-rows" counts log entries as rows, "ratio-records" only the records.
func BenchmarkWritePath(b *testing.B) {
	for _, size := range []int{1, 10_000} {
		b.Run(fmt.Sprintf("records=%d", size), func(b *testing.B) {
			w, peer := newWorkspace(b), newBare(b)
			logged := func() int {
				n, err := w.Count("SELECT (SELECT count(*) FROM change) + (SELECT count(*) FROM tx)")
				if err != nil {
					b.Fatal(err)
				}
				return n
			}
			var ours, theirs time.Duration
			before := logged()
			for b.Loop() {
				start := time.Now()
				update(b, w, "Hentet bedrifter", func(tx *data.Tx) error {
					for i := range size {
						if err := tx.Put(datatest.Organisation(i)); err != nil {
							return err
						}
					}
					return nil
				})
				ours += time.Since(start)
				start = time.Now()
				peer.write(b, size)
				theirs += time.Since(start)
			}
			records := float64(b.N * size)
			rows := records + float64(logged()-before)
			b.ReportMetric(rows/ours.Seconds(), "rows/s")
			b.ReportMetric(records/theirs.Seconds(), "bare-rows/s")
			b.ReportMetric(rows/ours.Seconds()/(records/theirs.Seconds()), "ratio-rows")
			b.ReportMetric(theirs.Seconds()/ours.Seconds(), "ratio-records")
		})
	}
}

// BenchmarkTyping is one saved key press in a field of 10 000 characters. The
// peer saves the same text in bare SQLite, so that what is left of the
// difference is the write path's own.
func BenchmarkTyping(b *testing.B) {
	w := newWorkspace(b)
	text := strings.Repeat("Kompetanse på bygda. ", 476)
	app := data.Application{Answers: data.Values{"background": text}}
	put(b, w, &app)
	peer := newBare(b)
	ctx := context.Background()
	if _, err := peer.conn.ExecContext(ctx, "CREATE TABLE value (record TEXT, field TEXT, text TEXT, PRIMARY KEY (record, field)) WITHOUT ROWID; INSERT INTO value VALUES ('a', 'b', '')"); err != nil {
		b.Fatal(err)
	}
	save, err := peer.conn.PrepareContext(ctx, "UPDATE value SET text = ? WHERE record = 'a' AND field = 'b'")
	if err != nil {
		b.Fatal(err)
	}
	var ours, theirs time.Duration
	for n := 0; b.Loop(); n++ {
		typed := text[:5000] + fmt.Sprint(n) + text[5000:]
		start := time.Now()
		update(b, w, "Skrev", func(tx *data.Tx) error { return tx.SetValue(&app, "background", typed) }, data.Merge("background", time.Minute))
		ours += time.Since(start)
		start = time.Now()
		if _, err := save.Exec(typed); err != nil {
			b.Fatal(err)
		}
		theirs += time.Since(start)
	}
	each := func(d time.Duration) float64 { return float64(d.Microseconds()) / float64(b.N) }
	b.ReportMetric(each(ours), "µs/save")
	b.ReportMetric(each(theirs), "bare-µs/save")
	b.ReportMetric(each(ours-theirs), "own-µs/save")
}

// BenchmarkOpen opens a large workspace.
func BenchmarkOpen(b *testing.B) {
	path := filepath.Join(b.TempDir(), "big.kpilot")
	datatest.Big(b, path, 100_000, 100_000).Close()
	for b.Loop() {
		w, err := data.Open(path, data.Options{Actor: "Kari", AnyPlace: true})
		if err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		w.Close()
		b.StartTimer()
	}
}

// BenchmarkLarge is what takes long in a large workspace.
func BenchmarkLarge(b *testing.B) {
	path := filepath.Join(b.TempDir(), "big.kpilot")
	w := datatest.Big(b, path, 100_000, 100_000)
	dir := b.TempDir()
	backup, err := data.Backup(w, dir)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("first search", func(b *testing.B) {
		copied := filepath.Join(b.TempDir(), "copy.kpilot")
		for b.Loop() {
			b.StopTimer()
			os.Remove(copied)
			if err := w.CopyTo(copied); err != nil {
				b.Fatal(err)
			}
			fresh := openWorkspace(b, copied)
			b.StartTimer()
			if hits, err := fresh.Search("tynset 77", 20); err != nil || len(hits) == 0 {
				b.Fatal(hits, err)
			}
			b.StopTimer()
			fresh.Close()
			b.StartTimer()
		}
	})
	if _, err := w.Search("tynset", 1); err != nil {
		b.Fatal(err)
	}
	b.Run("search", func(b *testing.B) {
		for b.Loop() {
			if hits, err := w.Search("tynset 77", 20); err != nil || len(hits) == 0 {
				b.Fatal(hits, err)
			}
		}
	})
	b.Run("verify", func(b *testing.B) {
		for b.Loop() {
			if r, err := w.Verify(); err != nil || !r.OK {
				b.Fatal(r.Problems, err)
			}
		}
	})
	b.Run("backup", func(b *testing.B) {
		for b.Loop() {
			if _, err := data.Backup(w, dir); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(backup.Size)/1e6, "MB")
	})
	b.Run("compare", func(b *testing.B) {
		for b.Loop() {
			if d, err := data.Compare(w, backup.Path); err != nil || !d.Empty() {
				b.Fatal(d, err)
			}
		}
	})
	b.Run("load draft", func(b *testing.B) {
		apps, err := data.Live[data.Application](w, "", "")
		if err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			if _, err := data.LoadDraft(w, apps[0].ID); err != nil {
				b.Fatal(err)
			}
		}
	})
}
