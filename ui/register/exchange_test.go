package register

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/partner"
	"kompetansepilot/data"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/uitest"
)

func TestExportsWhatIsSeen(t *testing.T) {
	w := trySample(t)
	w.filter.SetText("sjoavegen")
	w.onFilter("")
	w.grid.ShowColumn(partner.ColumnMunicipality, false)
	w.grid.MoveColumn(partner.ColumnNumber, -9)
	path := filepath.Join(t.TempDir(), "ut.csv")
	w.export(path, true)
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(raw)), "\r\n")
	if len(lines) != 1+w.view.Total || !strings.HasPrefix(lines[0], "\xEF\xBB\xBFOrg.nummer;Navn;Status") || !strings.Contains(lines[1], "Sjoavegen Elementbygg AS") || strings.Contains(lines[0], "Kommune") {
		t.Errorf("%d seen, %q", w.view.Total, lines)
	}
	cards := filepath.Join(t.TempDir(), "ut.vcf")
	w.export(cards, true)
	if raw, err = os.ReadFile(cards); err != nil || strings.Count(string(raw), "BEGIN:VCARD") != w.view.Total {
		t.Errorf("%s, %v", raw, err)
	}
	w.export(path, false)
	if raw, err = os.ReadFile(path); err != nil || strings.Count(string(raw), "\r\n") < 61 || !strings.Contains(string(raw), "Kommune") {
		t.Errorf("all are %d lines, %v", strings.Count(string(raw), "\r\n"), err)
	}
	if got := w.Shell.Toasts; len(got) != 3 || got[2] != "Skrev 60 rader til ut.csv" || got[0] != "Skrev 1 rad til ut.csv" {
		t.Errorf("toasts %q", got)
	}
	w.export(filepath.Join(t.TempDir(), "no", "such", "x.csv"), true)
	if len(w.Shell.Failed) != 1 || data.Message(w.Shell.Failed[0]) == "" {
		t.Errorf("failed %v", w.Shell.Failed)
	}
}

func TestLeadsToImportAndDuplicates(t *testing.T) {
	w := try(t, uitest.Program(t, false), data.OrganisationProvider, "")
	items := w.exchangeItems()
	items[0].Action()
	items[2].Action()
	if len(w.Shell.Went) != 2 || w.Shell.Went[0] != (screen.Route{Page: screen.PageImport, ID: "providers"}) || w.Shell.Went[1] != (screen.Route{Page: screen.PageDuplicates, ID: data.OrganisationProvider}) {
		t.Errorf("went %v", w.Shell.Went)
	}
	w = trySample(t)
	w.onExport()
	w.Picture("export")
	w.Key(fyne.KeyEscape)
}
