package bundle

import "testing"

// TestFileStem: a file's name ends with a whole word.
func TestFileStem(t *testing.T) {
	for title, want := range map[string]string{
		"Kort":          "Pakke - Kort 2020-09-15",
		" To  ord.\n":   "Pakke - To ord. 2020-09-15",
		"Fra skog: hus": "Pakke - Fra skog - hus 2020-09-15",
		"Fra skog til ferdig hus: kompetansepilot for trenæringen i Innlandet":   "Pakke - Fra skog til ferdig hus - kompetansepilot for trenæringen i 2020-09-15",
		"Kompetansepiloterforbedriftenesommanglerfolkmedriktigkompetanseifylket": "Pakke - Kompetansepiloterforbedriftenesommanglerfolkmedriktigkompeta 2020-09-15",
	} {
		if got := FileStem("Pakke", title, "2020-09-15"); got != want {
			t.Errorf("FileStem(%q) = %q, want %q", title, got, want)
		}
	}
}
