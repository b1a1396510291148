package application

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
)

func TestEvidenceConfirmsARow(t *testing.T) {
	w := try(t)
	_, financing := w.grids()
	w.at(financing, "Kommuner", 2021)
	w.write("500 000")
	w.key(fyne.KeyEnter)
	w.at(financing, "Kommuner", 0)
	at, _ := financing.sheet.Selected()
	cell := func() kit.SheetCell { return financing.sheet.Cell(at, financing.lastColumn()) }
	if c := cell(); c.Text != "Ikke bekreftet" || c.Tone != kit.Warn || !c.Marked {
		t.Fatalf("the cell says %+v", c)
	}
	row := w.storedRow(financingOf, "Kommuner").ID
	f := newEvidenceForm(financing, data.Evidence{BudgetRow: row, EvidenceOf: data.EvidenceDecision})
	if f.check() == nil {
		t.Fatal("an empty confirmation is taken")
	}
	path := filepath.Join(t.TempDir(), "brev.pdf")
	if err := os.WriteFile(path, []byte("%PDF-1.7"), 0o600); err != nil {
		t.Fatal(err)
	}
	f.kind.SetSelected(data.EvidenceLetter)
	f.attach(path)
	f.amount.SetValue(200000)
	f.date.SetValue("2020-09-15")
	if err := f.check(); err != nil {
		t.Fatal(err)
	}
	f.onDone()
	f.dialog.Close()
	d := w.draftNow()
	if len(d.Evidence) != 1 || d.Evidence[0].Attachment != d.Attachments[0].ID || d.Evidence[0].Date != "2020-09-15" {
		t.Fatalf("stored %+v and %+v", d.Evidence, d.Attachments)
	}
	if c := cell(); c.Text != "Delvis bekreftet" || !strings.Contains(plain(c.Tip), "200 000 av 500 000 kroner er bekreftet.\nBrev · 15.09.2020 · 200 000 kroner · brev.pdf") {
		t.Fatalf("the cell says %+v", c)
	}
	f = newEvidenceForm(financing, d.Evidence[0])
	f.amount.SetText("")
	f.reference.SetText("Sak 12/20")
	f.onDone()
	f.dialog.Close()
	if c := cell(); c.Text != "Bekreftet" || c.Tone != kit.Fine || !c.Marked || !strings.Contains(c.Tip, "Brev · Sak 12/20 · 15.09.2020 · brev.pdf") {
		t.Fatalf("the cell says %+v", c)
	}
	removeEvidence(financing, d.Evidence[0].ID)
	if c := cell(); c.Text != "Ikke bekreftet" {
		t.Fatalf("the cell says %+v", c)
	}
}
