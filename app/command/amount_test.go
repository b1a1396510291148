package command

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// TestAmountsInWords: one is said as one.
func TestAmountsInWords(t *testing.T) {
	for n, want := range map[int64]string{0: "0 personer", 1: "1 person", 2: "2 personer"} {
		if got := persons(n); got != want {
			t.Errorf("%d: %q", n, got)
		}
	}
}

// TestNoPluralForOne looks for numbers that are always followed by a plural; they
// go through amount.
func TestNoPluralForOne(t *testing.T) {
	plural := regexp.MustCompile(`%d (\p{L}+ )?(personer|bedrifter|tilbydere|rader|filer|dager|ganger|kladder|e-poster|poster|merknader|endringer|ansatte)\b`)
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		if name == "amount_test.go" {
			continue
		}
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range plural.FindAllString(string(raw), -1) {
			t.Errorf("%s: %q", name, found)
		}
	}
}
