package brief

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kompetansepilot/app/exchange/table"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/need"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// TestNamesNobody tells what is needed and nothing of who needs it.
func TestNamesNobody(t *testing.T) {
	needs := []data.Need{{Row: data.Row{ID: "1"}, Organisation: "berg", Text: "Dal Sagbruk AS må lære sveising. Ring Kari Nordmann, 98765432, kari@dal.example", Shareable: true}, {Row: data.Row{ID: "2"}, Organisation: "dal", Text: "Hemmelig hos Dal AS"}, {Row: data.Row{ID: "3"}, Text: "annet", Shareable: true}}
	pool := need.Pool{ID: "p", Needs: []string{"1", "2"}, People: 12, Place: "3446", Months: []int{1, 2}, Level: need.Any, Form: need.Any}
	for _, code := range []string{"nb", "nn", "en"} {
		words := lang.New(code)
		b := Of(&pool, "Sveising i Gran", needs, words, reference.Load())
		all := fmt.Sprint(b, b.Document(words, "Kåre", time.Unix(0, 0)).Blocks)
		if !strings.Contains(all, "12") || !strings.Contains(all, "Gran") || !strings.Contains(all, words.T("insight.hidden")) {
			t.Errorf("%s: %s", code, all)
		}
		for _, not := range []string{"Hemmelig", "berg", "Dal", "Kari", "98765432", "@", "annet"} {
			if strings.Contains(all, not) {
				t.Errorf("%s tells of %q: %s", code, not, all)
			}
		}
		doc := b.Document(words, "Kåre", time.Unix(0, 0))
		if len(doc.Blocks) < 5 {
			t.Error(len(doc.Blocks))
		}
	}
	b := Of(&pool, "Sveising i Gran", needs, lang.New("nn"), reference.Load())
	path := filepath.Join(t.TempDir(), "a.xlsx")
	if err := b.Save(path, lang.New("nn")); err != nil {
		t.Fatal(err)
	}
	r, err := table.Open(path, "")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if row, err := r.Next(); err != nil || len(row.Cells) < 1 {
		t.Error(row, err)
	}
}
