package signin

import (
	"strings"
	"testing"
)

func TestLengthsOfClientAndTenant(t *testing.T) {
	for text, want := range map[string]bool{"": false, "ab": false, "abc": true, strings.Repeat("a", 255): true, strings.Repeat("a", 256): false, "a b": false} {
		if got := isClient(text); got != want {
			t.Errorf("client of %d characters: %v", len(text), got)
		}
	}
	for text, want := range map[string]bool{"": false, "a": true, "-a": false, strings.Repeat("a", 253): true, strings.Repeat("a", 254): false, "a/b": false} {
		if got := isTenant(text); got != want {
			t.Errorf("tenant of %d characters: %v", len(text), got)
		}
	}
}
