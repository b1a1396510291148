package mail_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kompetansepilot/app/mail"
)

// TestMarkForeign: bad input 24. A saved attachment carries the Mark of the Web, and
// its content is as it was.
func TestMarkForeign(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.docm")
	if err := os.WriteFile(path, []byte("innhold"), 0o600); err != nil {
		t.Fatal(err)
	}
	mail.MarkForeign(path)
	if mark, err := os.ReadFile(path + ":Zone.Identifier"); err != nil || !strings.Contains(string(mark), "ZoneId=3") {
		t.Errorf("%q %v", mark, err)
	}
	if raw, err := os.ReadFile(path); err != nil || string(raw) != "innhold" {
		t.Errorf("%q %v", raw, err)
	}
}
