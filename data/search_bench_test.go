package data_test

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kompetansepilot/data"
	"kompetansepilot/data/datatest"
)

// searchWorkspace has 100 000 businesses with names of their own, and 20 whole
// applications.
func searchWorkspace(b *testing.B) (w *data.Workspace, path string) {
	b.Helper()
	path = filepath.Join(b.TempDir(), "a.kpilot")
	w = datatest.Big(b, path, 0, 2000)
	first := []string{"Østerdal", "Fåvang", "Nord-Fron", "Tynset", "Kongsvinger", "Čáhppes", "Åsnes", "Blåbær", "Hæ", "Elverum", "Fjell", "Sør"}
	second := []string{"Tre", "Sag", "Bygg", "Mekaniske", "Treindustri", "Kompetansemekling", "Skogservice", "Trebygg", "Reiseliv", "Næringshage", "Elektro"}
	for from := 0; from < 100_000; from += 5000 {
		update(b, w, "Hentet", func(tx *data.Tx) error {
			for i := from; i < from+5000; i++ {
				o := datatest.Organisation(i)
				o.Name = fmt.Sprintf("%s %s%s AS", first[i%len(first)], letters(i), strings.ToLower(second[i%len(second)]))
				if i%3 == 0 {
					o.Name = fmt.Sprintf("%s %s %d AS", second[i%len(second)], first[i/7%len(first)], i)
				}
				if err := tx.Put(o); err != nil {
					return err
				}
			}
			return nil
		})
	}
	prose := strings.Repeat("Bedriftene i regionen mangler kompetanse i digital produksjon, bærekraft og prosjektledelse, og ber om kurs nær der folk bor. ", 12)
	apps, err := data.Live[data.Application](w, "", "id")
	if err != nil {
		b.Fatal(err)
	}
	for i := range apps {
		for f := range 20 {
			apps[i].Answers[fmt.Sprintf("field%d", f)] = prose + letters(i*20+f)
		}
		put(b, w, &apps[i])
	}
	return w, path
}

func letters(i int) string {
	var s []byte
	for i += 26; i > 0; i /= 26 {
		s = append(s, byte('a'+i%26))
	}
	return string(s)
}

// plain is the same question to SQLite alone, in the order of its own ranking.
const plain = "SELECT d.record FROM search_text s JOIN search_doc d ON d.id = s.rowid WHERE search_text MATCH ? ORDER BY rank LIMIT 50"

// BenchmarkSearch is one key press with 100 000 businesses and 20 applications.
// The ratio is to SQLite alone with the same question, where it can answer it: for
// a part of a compound that is LIKE. Ours also reads the records, ranks them by how
// they answer and cuts excerpts.
func BenchmarkSearch(b *testing.B) {
	w, path := searchWorkspace(b)
	db, err := sql.Open("sqlite3", "file:"+path+"?mode=ro")
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	size := func() (n float64) {
		if err := db.QueryRow("SELECT page_count * page_size / 1e6 FROM pragma_page_count, pragma_page_size").Scan(&n); err != nil {
			b.Fatal(err)
		}
		return n
	}
	before, start := size(), time.Now()
	if err := w.FollowSearch(context.Background()); err != nil {
		b.Fatal(err)
	}
	b.Logf("the index took %v and %.0f MB beside %.0f MB", time.Since(start), size()-before, before)
	for _, c := range []struct{ name, text, peer, arg string }{
		{"one letter", "s", plain, `"s"*`},
		{"common", "as", plain, `"as"*`},
		{"prefix", "byg", plain, `"byg"*`},
		{"name", "tynset", plain, `"tynset"*`},
		{"two words", "østerdal tre", plain, `"osterdal"* "tre"*`},
		{"number", "200 077 777", plain, `"200077777"*`},
		{"text", "prosjektledelse", plain, `"prosjektledelse"*`},
		{"compound", "mekling", "SELECT id FROM organisation WHERE deleted = '' AND name LIKE ? ORDER BY name LIMIT 50", "%mekling%"},
		{"typing error", "reiselvi", "", ""},
		{"nothing", "qwertyuiop", "", ""},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := w.Find(context.Background(), data.SearchQuery{Text: c.text, Limit: 100}); err != nil {
					b.Fatal(err)
				}
			}
			ours := b.Elapsed() / time.Duration(b.N)
			if c.peer == "" {
				return
			}
			b.StopTimer()
			const times = 20
			start := time.Now()
			for range times {
				rows, err := db.Query(c.peer, c.arg)
				if err != nil {
					b.Fatal(err)
				}
				n := 0
				for rows.Next() {
					n++
				}
				if rows.Close(); n == 0 {
					b.Fatal("the peer finds nothing")
				}
			}
			b.ReportMetric(float64(ours)/(float64(time.Since(start))/times), "ratio")
		})
	}
}
