package table

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"kompetansepilot/data"
)

// both are the rows of a workbook as our own reader gives them, and as excelize
// does.
func both(t *testing.T, raw []byte) (own, peer [][]string) {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	s, err := newSheetReader(archive, find(archive, "xl/worksheets/sheet1.xml"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	for {
		cells, err := s.next()
		if errors.Is(err, io.EOF) && !errors.Is(err, errCut) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		own = append(own, cells)
	}
	f, err := excelize.OpenReader(bytes.NewReader(raw), excelize.Options{ShortDatePattern: "dd.mm.yyyy"})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if peer, err = f.GetRows("Sheet1"); err != nil {
		t.Fatal(err)
	}
	return trimmed(own), trimmed(peer)
}

// trimmed leaves out empty cells at the ends of rows, and empty rows at the end.
func trimmed(rows [][]string) [][]string {
	for i, r := range rows {
		for len(r) > 0 && r[len(r)-1] == "" {
			r = r[:len(r)-1]
		}
		rows[i] = r
	}
	for len(rows) > 0 && len(rows[len(rows)-1]) == 0 {
		rows = rows[:len(rows)-1]
	}
	return rows
}

// TestReadsWhatExcelizeReads: the two readers agree on what both can read.
func TestReadsWhatExcelizeReads(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	texts := []string{"Berg & Dal <AS>", "«Åse» 'og' \"Ola\"", "to\nlinjer", " rom rundt ", "_x0041_ ikke", "=1+1", "😀", "974760673", "a_xZZZZ_b", "æøå", ""}
	for n := range 12 {
		raw := book(t, func(f *excelize.File) {
			var err error
			day, e := f.NewStyle(&excelize.Style{NumFmt: 14})
			err = errors.Join(err, e)
			for range 60 {
				cell, _ := excelize.CoordinatesToCellName(1+random.IntN(30), 1+random.IntN(40))
				var v any
				switch random.IntN(6) {
				case 0:
					v = random.IntN(1_000_000_000)
				case 1:
					v = float64(random.IntN(100_000)) / 100
				case 2:
					v = random.IntN(2) == 0
				case 3:
					v = time.Date(1950+random.IntN(100), 5, 1+random.IntN(28), 0, 0, 0, 0, time.UTC)
				default:
					v = texts[random.IntN(len(texts))]
				}
				err = errors.Join(err, f.SetCellValue("Sheet1", cell, v))
				if _, ok := v.(time.Time); ok {
					err = errors.Join(err, f.SetCellStyle("Sheet1", cell, cell, day))
				}
			}
			err = errors.Join(err, f.SetCellRichText("Sheet1", "A1", []excelize.RichTextRun{{Text: "fet "}, {Text: "skrift", Font: &excelize.Font{Bold: true}}}))
			if err != nil {
				t.Fatal(err)
			}
		})
		own, peer := both(t, raw)
		if len(own) != len(peer) {
			t.Fatalf("book %d: %d rows, excelize reads %d", n, len(own), len(peer))
		}
		for i := range own {
			if !slices.Equal(own[i], peer[i]) {
				t.Errorf("book %d, row %d:\n%q\n%q", n, i+1, own[i], peer[i])
			}
		}
	}
}

// sheetOf puts the XML of a sheet into a workbook.
func sheetOf(t *testing.T, sheet, shared string) []byte {
	t.Helper()
	parts := map[string]string{
		"[Content_Types].xml":        `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
		"_rels/.rels":                `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Ark1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   sheet,
	}
	if shared != "" {
		parts["xl/sharedStrings.xml"] = shared
	}
	return zipped(t, parts)
}

func TestSheetsOfOtherPrograms(t *testing.T) {
	rows, _ := all(t, sheetOf(t, `<?xml version="1.0" encoding="utf-8"?><x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><!-- hei > du --><x:sheetData>
		<x:row><x:c t="inlineStr"><x:is><x:t>Na</x:t><x:rPh><x:t>nei</x:t></x:rPh><x:t>vn</x:t></x:is></x:c><x:c t="s"><x:v>0</x:v></x:c><x:c t="s"><x:v>99</x:v></x:c></x:row>
		<x:row r="7"><x:c r="B7"><x:f>A1&amp;"x"</x:f><x:v>16.109999999999999</x:v></x:c><x:c r="C7" t="str"><x:v>&#65;&#x42;&lt;&bad;</x:v></x:c><x:c r="D7" t="e"><x:v>#N/A</x:v></x:c></x:row>
		<x:row r="8"/><x:row r="9"><x:c r="A9" t="inlineStr"><x:is><x:t><![CDATA[a < b > c]]></x:t></x:is></x:c><x:c r="B9"><x:v>9.74760673E8</x:v></x:c></x:row></x:sheetData></x:worksheet>`,
		`<sst><si><r><t>Kom</t></r><r><t xml:space="preserve">mune </t></r></si></sst>`))
	want(t, rows, "Navn|Kommune|", "|16.11|AB<&bad;|#N/A !formula", "a < b > c|974760673")
	if rows[1].Number != 7 || rows[2].Number != 9 {
		t.Errorf("rows %d and %d", rows[1].Number, rows[2].Number)
	}
	r, err := Read(sheetOf(t, `<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2`, ""), "")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if _, err := r.Next(); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Next(); data.Code(err) != CodeTable || errors.Is(err, io.EOF) && !errors.Is(err, errCut) {
		t.Errorf("a sheet that is cut off: %v", err)
	}
	wide, err := Read(sheetOf(t, `<worksheet><sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData></worksheet>`, ""), "")
	if err != nil {
		t.Fatal(err)
	}
	defer wide.Close()
	if _, err := wide.Next(); !strings.Contains(data.Message(err), "tusen kolonner") {
		t.Errorf("a sheet of sixteen thousand columns: %v", err)
	}
}

func TestDates(t *testing.T) {
	for code, is := range map[string]bool{"dd.mm.yyyy": true, "[$-414]d. mmmm yyyy": true, "0.00": false, `"dag" 0`: false, `\d0`: false, "[Red]0": false, "mmm-yy": true} {
		if isDate(code) != is {
			t.Errorf("%q: %v", code, !is)
		}
	}
	s := &sheetReader{dates: []bool{false, true}}
	for _, c := range [][2]string{{"46159", "17.05.2026"}, {"46159.5", "17.05.2026 12:00"}, {"0.5", "0.5"}, {"-4", "-4"}, {"x", "x"}} {
		if got := s.shown("", 1, c[0]); got != c[1] {
			t.Errorf("%s: %q", c[0], got)
		}
	}
	s.year04 = true
	if got := s.shown("n", 1, fmt.Sprint(46159-1462)); got != "17.05.2026" {
		t.Errorf("from 1904: %q", got)
	}
}
