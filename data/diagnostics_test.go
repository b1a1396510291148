package data_test

import (
	"path/filepath"
	"strings"
	"testing"

	"kompetansepilot/data"
)

func TestDiagnosticsHoldNoContents(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	w := openWorkspace(t, filepath.Join(home, "arbeid", "a.kpilot"))
	secrets := []string{"Hemmelig tittel", "Ola Nordmann", "ola@example.no", "Lønnsomt", "Kari"}
	app := data.Application{Note: "Lønnsomt", Answers: data.Values{"title": "Hemmelig tittel"}}
	put(t, w, &app, &data.Organisation{Name: "Ola Nordmann", Email: "ola@example.no"})
	for _, label := range []string{
		"Endret «Hemmelig tittel»", "Slettet «Hemmelig «indre» tittel» helt", `Kopierte "Ola Nordmann"`, "Åpen «Ola Nordmann", "Endret kostnadsplan",
	} {
		update(t, w, label, func(tx *data.Tx) error { return tx.SetValue(&app, "background", label) })
	}
	got := w.Diagnostics()
	for _, s := range append(secrets, home) {
		if strings.Contains(got, s) {
			t.Errorf("%q stands in\n%s", s, got)
		}
	}
	for _, s := range []string{"Endret kostnadsplan", "Endret «…»", filepath.Join("~", "arbeid", "a.kpilot"), "journal_mode             wal", "organisation             1 (0)", "synchronous              2"} {
		if !strings.Contains(got, s) {
			t.Errorf("%q is missing in\n%s", s, got)
		}
	}
}
