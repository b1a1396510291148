package companies

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"kompetansepilot/app/companies/companiestest"
	"kompetansepilot/app/reference"
)

// BenchmarkScan reads units that are not kept.
func BenchmarkScan(b *testing.B) {
	var content bytes.Buffer
	if err := (companiestest.Bulk{Units: 2000}).Write(&content); err != nil {
		b.Fatal(err)
	}
	keep := newKeeper(reference.Load(), Selection{County: "34"})
	b.SetBytes(int64(content.Len()))
	b.ReportAllocs()
	for b.Loop() {
		s, u := scanner{b: content.Bytes(), i: 1}, raw{}
		for {
			c, err := s.space()
			if err != nil {
				b.Fatal(err)
			}
			if c == ']' {
				break
			}
			if c == ',' {
				s.i++
				continue
			}
			if err := s.unit(&u); err != nil {
				b.Fatal(err)
			}
			keep.keeps(&u)
		}
	}
}

// BenchmarkFind compares finding in a large store with the same questions in
// SQLite's own shell. scripts/bench/companies.sh makes the store and names it.
func BenchmarkFind(b *testing.B) {
	path := os.Getenv("COMPANIES_STORE")
	if path == "" {
		b.Skip("no large store: see scripts/bench/companies.sh")
	}
	s := NewStore(path, reference.Load())
	defer s.Close()
	queries := typed(b, s)
	shell := startShell(b, path)
	for _, q := range queries { // to fill caches
		if _, err := s.Find(context.Background(), q); err != nil {
			b.Fatal(err)
		}
	}
	var ours, theirs []time.Duration
	for b.Loop() {
		ours, theirs = nil, nil
		for _, q := range queries {
			statements := s.statements(b, q)
			theirs = append(theirs, shell.run(b, statements))
			from := time.Now()
			if _, err := s.Find(context.Background(), q); err != nil {
				b.Fatal(err)
			}
			ours = append(ours, time.Since(from))
		}
	}
	o, t := percentile(ours, 95), percentile(theirs, 95)
	b.ReportMetric(float64(percentile(ours, 50).Microseconds()), "µs-p50")
	b.ReportMetric(float64(o.Microseconds()), "µs-p95")
	b.ReportMetric(float64(t.Microseconds()), "µs-p95-sqlite3")
	b.ReportMetric(float64(o)/float64(t), "ratio-find-p95")
}

func percentile(all []time.Duration, p int) time.Duration {
	all = slices.Sorted(slices.Values(all))
	return all[min(len(all)*p/100, len(all)-1)]
}

// typed are questions as people type them: names, whole and half, one word and
// several, with and without a municipality.
func typed(b *testing.B, s *Store) []Query {
	b.Helper()
	var names []string
	err := s.with(func(db *sql.DB) error {
		rows, err := db.Query("SELECT name FROM unit WHERE id % (SELECT 1 + count(*) / 400 FROM unit) = 0")
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var name string
			if err := rows.Scan(&name); err != nil {
				return err
			}
			names = append(names, name)
		}
		return rows.Err()
	})
	if err != nil {
		b.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	var all []Query
	for i, name := range names {
		letters := []rune(name)
		q := Query{Text: name}
		switch i % 5 {
		case 1:
			q.Text = string(letters[:min(len(letters), 3+r.IntN(8))])
		case 2:
			words := strings.Fields(name)
			q.Text = words[r.IntN(len(words))]
		case 3:
			q.Text = strings.Fields(name)[0]
			q.Municipalities = []string{"3403", "3405", "3411"}
		case 4:
			q.Text, q.Industry = string(letters[:min(len(letters), 5)]), "55"
		}
		all = append(all, q)
	}
	return all
}

// statements are what Find asks SQLite for a query.
func (s *Store) statements(b *testing.B, q Query) string {
	b.Helper()
	var script strings.Builder
	err := s.with(func(db *sql.DB) error {
		next, err := tierMaker(context.Background(), db, q)
		if err != nil {
			return err
		}
		var units []Unit
		for n := 1; len(units) <= pageSize; n++ {
			t, ok, err := next()
			if n == 3 {
				for _, w := range wordsOf(q.Text) {
					if len([]rune(w)) >= insideLength {
						fmt.Fprintf(&script, `SELECT word.word FROM word JOIN word_text ON word.id = word_text.rowid WHERE word_text MATCH '"%s"' AND substr(word.word, 1, %d) != '%s' ORDER BY word_text.rowid LIMIT %d;`+"\n",
							w, len([]rune(w)), w, insideLimit)
					}
				}
			}
			if err != nil || !ok {
				return err
			}
			statement := t.sql()
			for _, arg := range append(slices.Clone(t.args), pageSize+1-len(units), 0) {
				if text, ok := arg.(string); ok {
					arg = "'" + strings.ReplaceAll(text, "'", "''") + "'"
				}
				statement = strings.Replace(statement, "?", fmt.Sprint(arg), 1)
			}
			script.WriteString(statement + ";\n")
			if err := t.read(context.Background(), db, &units, pageSize+1-len(units), 0); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return script.String()
}

// shell is SQLite's own shell on a store.
type shell struct {
	in   io.Writer
	out  *bufio.Reader
	idle time.Duration // what it takes to ask for nothing
}

func startShell(b *testing.B, path string) *shell {
	b.Helper()
	program, err := exec.LookPath("sqlite3")
	if err != nil {
		b.Skip("sqlite3 is not installed")
	}
	cmd := exec.Command(program, "-batch", "-readonly", path)
	in, err := cmd.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	s := &shell{in: in, out: bufio.NewReaderSize(out, 1<<20)}
	var idle []time.Duration
	for range 50 {
		idle = append(idle, s.run(b, ""))
	}
	s.idle = percentile(idle, 50)
	return s
}

// run is how long the shell takes for a script, less what asking takes.
func (s *shell) run(b *testing.B, script string) time.Duration {
	b.Helper()
	from := time.Now()
	fmt.Fprint(s.in, script+".print --done--\n")
	for {
		line, err := s.out.ReadString('\n')
		if err != nil {
			b.Fatal(err)
		}
		if line == "--done--\n" {
			return max(time.Since(from)-s.idle, 0)
		}
	}
}
