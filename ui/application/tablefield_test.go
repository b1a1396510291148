package application

import (
	"testing"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/grant"
)

func TestTableOfTheCall(t *testing.T) {
	w := try(t)
	v := w.fieldView("previousPublicSupport").(*tableView)
	w.write("Innovasjon Norge")
	w.key(fyne.KeyTab)
	w.write("Bedriftsnettverk")
	w.key(fyne.KeyTab)
	w.write("kr 1 000 000,00")
	w.key(fyne.KeyTab)
	w.write("17.5.19")
	w.key(fyne.KeyEnter)
	if got := w.stored("previousPublicSupport"); got != "Innovasjon Norge\tBedriftsnettverk\t1000000\t2019-05-17\t" {
		t.Fatalf("stored %q", got)
	}
	if c := v.sheet.Cell(0, 3); c.Text != "17.05.2019" {
		t.Errorf("the date is shown as %q", c.Text)
	}
	if at, column := v.sheet.Selected(); at != 1 || column != 0 {
		t.Errorf("Enter went to %d, %d", at, column)
	}
	v.sheet.TypedShortcut(&fyne.ShortcutPaste{Clipboard: &clip{"A\tB\t5\t1.2.2018\tde minimis\nC\tD\tukjent\ti fjor\t\n"}})
	rows := grant.ParseTable(w.stored("previousPublicSupport"), 5)
	if len(rows) != 3 || rows[2][2] != "ukjent" || rows[2][3] != "i fjor" || rows[1][3] != "2018-02-01" {
		t.Fatalf("stored %q", rows)
	}
	if v.sheet.Cell(2, 2).Problem == "" || v.sheet.Cell(2, 3).Problem == "" {
		t.Error("nothing is said about what is no amount and no date")
	}
	v.sheet.Select(1, 0)
	v.onRemove()
	if rows := grant.ParseTable(w.stored("previousPublicSupport"), 5); len(rows) != 2 || rows[1][0] != "C" {
		t.Fatalf("stored %q", rows)
	}
	if _, err := w.program.Workspace.Undo(); err != nil {
		t.Fatal(err)
	}
	if got := len(v.rows); got != 3 {
		t.Fatalf("%d rows are shown after undo", got)
	}
}

func TestClearedTableCellKeepsItsRow(t *testing.T) {
	w := try(t)
	v := w.fieldView("coFinancingConfirmed").(*tableView)
	w.write("Fylket")
	w.key(fyne.KeyEnter)
	v.sheet.Select(0, 0)
	w.key(fyne.KeyF2)
	for range "Fylket" {
		w.key(fyne.KeyBackspace)
	}
	w.rest()
	if !v.sheet.Editing() {
		t.Fatal("the cell was taken away while it is typed in")
	}
	w.write("Kommunen")
	w.key(fyne.KeyEnter)
	if got := w.stored("coFinancingConfirmed"); got != "Kommunen\t\t" {
		t.Fatalf("stored %q", got)
	}
}
