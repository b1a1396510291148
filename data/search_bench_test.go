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

// BenchmarkSearch is one key press with 100 000 businesses. The ratio is to
// SQLite alone with the same question, in the order of its own ranking.
func BenchmarkSearch(b *testing.B) {
	w, path := searchWorkspace(b)
	start := time.Now()
	if err := w.FollowSearch(context.Background()); err != nil {
		b.Fatal(err)
	}
	b.Logf("index made in %v", time.Since(start))
	db, err := sql.Open("sqlite3", "file:"+path+"?mode=ro")
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	for _, part := range []string{"organisation", "search_text_data", "search_doc"} {
		var size int64
		if err := db.QueryRow("SELECT sum(pgsize) FROM dbstat WHERE name = ?", part).Scan(&size); err == nil {
			b.Logf("%s: %.1f MB", part, float64(size)/1e6)
		}
	}
	for _, c := range []struct{ name, text, plain string }{
		{"one letter", "s", `"s"*`},
		{"common", "as", `"as"*`},
		{"prefix", "byg", `"byg"*`},
		{"name", "tynset", `"tynset"*`},
		{"two words", "østerdal tre", `"osterdal"* "tre"*`},
		{"number", "200 077 777", `"200077777"*`},
		{"compound", "mekling", `"mekling"*`},
		{"text", "prosjektledelse", `"prosjektledelse"*`},
		{"typing error", "reiselvi", `"reiseliv"*`},
		{"nothing", "qwertyuiop", `"qwertyuiop"*`},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := w.Find(context.Background(), data.SearchQuery{Text: c.text, Limit: 50}); err != nil {
					b.Fatal(err)
				}
			}
			ours := b.Elapsed() / time.Duration(b.N)
			b.StopTimer()
			const times = 20
			start := time.Now()
			for range times {
				rows, err := db.Query("SELECT rowid FROM search_text WHERE search_text MATCH ? ORDER BY rank LIMIT 50", c.plain)
				if err != nil {
					b.Fatal(err)
				}
				for rows.Next() {
				}
				rows.Close()
			}
			b.ReportMetric(float64(ours)/(float64(time.Since(start))/times), "ratio")
		})
	}
}
