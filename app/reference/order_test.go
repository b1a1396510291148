package reference

import (
	"slices"
	"testing"
)

func TestNorwegianOrder(t *testing.T) {
	names := []string{"Ås", "Ærdal", "Oslo", "Østre Toten", "Åmot", "Alvdal", "Vang"}
	byName(names, func(s string) string { return s })
	if want := []string{"Alvdal", "Oslo", "Vang", "Ærdal", "Østre Toten", "Åmot", "Ås"}; !slices.Equal(names, want) {
		t.Errorf("got %q, want %q", names, want)
	}
}
