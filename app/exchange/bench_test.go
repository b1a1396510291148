package exchange

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"kompetansepilot/app/reference"
	"kompetansepilot/data"
	"kompetansepilot/data/datatest"
)

// BenchmarkImport is the import of fifty thousand rows of a workbook against
// reading them with excelize alone.
func BenchmarkImport(b *testing.B) {
	dir := b.TempDir()
	path := filepath.Join(dir, "a.xlsx")
	const rows = 50_000
	header := []string{"Navn", "Kommunenummer", "E-post", "Telefon", "Kontakt", "Næringskode", "Antall ansatte", "Status", "Merkelapper", "Nettsted"}
	err := WriteTable(path, header, func(yield func([]string) error) error {
		for i := range rows {
			o := datatest.Organisation(i)
			if err := yield([]string{o.Name, o.Municipality, o.Email, fmt.Sprint(20_000_000 + i), o.Contact, o.Industry, o.SizeBand, "Kontaktet", "sag, tre", "https://example.no"}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	var alone, whole []time.Duration
	for n := 0; b.Loop(); n++ {
		for range 3 {
			start := time.Now()
			if got := readAlone(b, path); got != rows+1 {
				b.Fatalf("%d rows", got)
			}
			alone = append(alone, time.Since(start))
			w, err := data.Open(filepath.Join(dir, fmt.Sprintf("%d.kpilot", len(whole))), data.Options{Create: true, AnyPlace: true})
			if err != nil {
				b.Fatal(err)
			}
			start = time.Now()
			s := New(w, reference.Load())
			f, err := s.Open(path, "", Partners)
			if err != nil {
				b.Fatal(err)
			}
			r, err := s.Import(context.Background(), "Importerte", f, PolicyUpdate, false)
			if err != nil || r.Created != rows {
				b.Fatalf("%+v, %v", r.Created, err)
			}
			whole = append(whole, time.Since(start))
			if err := w.Close(); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(slices.Min(whole))/float64(slices.Min(alone)), "ratio")
	b.ReportMetric(slices.Min(whole).Seconds(), "s/50000")
}

func readAlone(b *testing.B, path string) (n int) {
	b.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	rows, err := f.Rows("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	for rows.Next() {
		if _, err := rows.Columns(); err != nil {
			b.Fatal(err)
		}
		n++
	}
	return n
}
