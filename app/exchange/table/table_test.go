package table

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"kompetansepilot/data"
)

// all reads a table to its end.
func all(t testing.TB, raw []byte) ([]Row, Info) {
	t.Helper()
	r, err := Read(raw, "")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var rows []Row
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			return rows, r.Info
		}
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
}

func want(t *testing.T, rows []Row, lines ...string) {
	t.Helper()
	var got []string
	for _, r := range rows {
		line := strings.Join(r.Cells, "|")
		if r.Fault != "" {
			line += " !" + string(r.Fault)
		}
		got = append(got, line)
	}
	if !slices.Equal(got, lines) {
		t.Errorf("got\n%q\nwant\n%q", got, lines)
	}
}

func utf16of(s string, big, mark bool) []byte {
	units := utf16.Encode([]rune(s))
	if mark {
		units = append([]uint16{0xFEFF}, units...)
	}
	var b []byte
	for _, u := range units {
		if big {
			b = append(b, byte(u>>8), byte(u))
		} else {
			b = append(b, byte(u), byte(u>>8))
		}
	}
	return b
}

func TestCSVEncodingsAndSeparators(t *testing.T) {
	text := "Navn;Kommune\r\nBlåbær AS;Våler, Østfold\r\n"
	for name, raw := range map[string][]byte{
		"UTF-8": []byte(text), "UTF-8 marked": []byte("\xEF\xBB\xBF" + text), "Windows-1252": []byte(strings.NewReplacer("å", "\xe5", "æ", "\xe6", "Ø", "\xd8").Replace(text)),
		"UTF-16 LE": utf16of(text, false, true), "UTF-16 BE": utf16of(text, true, true), "UTF-16 unmarked": utf16of(text, false, false), "UTF-16 BE unmarked": utf16of(text, true, false),
		"sep": []byte("sep=;\r\n" + text), "old Mac": []byte(strings.ReplaceAll(text, "\r\n", "\r")),
	} {
		t.Run(name, func(t *testing.T) {
			rows, info := all(t, raw)
			want(t, rows, "Navn|Kommune", "Blåbær AS|Våler, Østfold")
			if info.Format != CSV || info.Separator != ';' || !strings.HasPrefix(name, "sep") && !strings.HasPrefix(name, "old") && !strings.HasPrefix(name, info.Encoding) {
				t.Errorf("%+v", info)
			}
		})
	}
	rows, _ := all(t, []byte("Navn\tSted\nA, b og c\tLom\n"))
	want(t, rows, "Navn|Sted", "A, b og c|Lom")
	rows, _ = all(t, []byte("Name,Place,Phone\n\"Berg, Dal\",Lom,\"61;20\"\n"))
	want(t, rows, "Name|Place|Phone", "Berg, Dal|Lom|61;20")
	rows, _ = all(t, []byte("Navn\nBerg\nDal\n"))
	want(t, rows, "Navn", "Berg", "Dal")
}

func TestCSVQuotes(t *testing.T) {
	rows, _ := all(t, []byte("a;b\n\"to\nlinjer\";\"sa \"\"hei\"\"\"\n\"Rolf \"Sag\" AS\";x\n \"med\" ;y\n"))
	want(t, rows, "a|b", "to\nlinjer|sa \"hei\"", "Rolf \"Sag\" AS|x", "\"med\"|y")
	if rows[2].Number != 4 {
		t.Errorf("line %d", rows[2].Number)
	}
	many := "a;b\n\"aldri lukket;1\nBerg;2\n" + strings.Repeat("Dal;3\n", 100)
	rows, _ = all(t, []byte(many))
	if len(rows) != 103 || rows[1].Fault != FaultQuote || rows[2].Cells[0] != "Berg" || rows[2].Number != 3 || rows[102].Fault != "" {
		t.Errorf("%d rows, %+v", len(rows), rows[:3])
	}
	rows, _ = all(t, []byte("a;b\n\"slutt"))
	want(t, rows, "a|b", "\"slutt !quote")
}

func TestCSVDamage(t *testing.T) {
	rows, _ := all(t, []byte("Navn;Nummer\nBe\x00rg;1\nDal;2\n"))
	want(t, rows, "Navn|Nummer", "Berg|1 !nul", "Dal|2")
	rows, _ = all(t, []byte("\n\n;;\nNavn;Nummer\n\n;\nDal;2\n"))
	want(t, rows, "Navn|Nummer", "Dal|2")
	if rows[0].Number != 4 || rows[1].Number != 7 {
		t.Errorf("lines %d and %d", rows[0].Number, rows[1].Number)
	}
	wide := strings.Repeat("x;", 299) + "x\n"
	if rows, _ = all(t, []byte(wide+wide)); len(rows[0].Cells) != 300 {
		t.Errorf("%d columns", len(rows[0].Cells))
	}
	rows, _ = all(t, []byte("a;b\n"+strings.Repeat("å", MaxCell)+";c\n"))
	if c := rows[1].Cells[0]; len(c) > MaxCell || len(c) < MaxCell-2 {
		t.Errorf("a cell of %d bytes", len(c))
	}
	// A quotation mark in every row that never closes costs no more than reading on.
	start := time.Now()
	rows, _ = all(t, []byte(strings.Repeat("\"a;b\n", 20_000)))
	if len(rows) == 0 || time.Since(start) > time.Minute {
		t.Errorf("%d rows in %v", len(rows), time.Since(start))
	}
}

func TestRefused(t *testing.T) {
	for name, raw := range map[string][]byte{
		"empty": {}, "spaces": []byte(" \r\n\t "), "only a mark": []byte("\xEF\xBB\xBF\r\n"), "too wide": []byte(strings.Repeat(";", 2000)), "PDF": []byte("%PDF-1.7\n…"),
		"gzip": []byte("\x1f\x8b\x08\x00abc"), "old Excel": []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 x"), "binary": bytes.Repeat([]byte{1, 2, 3, 4, 0xff}, 100),
		"cut zip": []byte("PK\x03\x04 cut off"), "a zip that is no workbook": zipped(t, map[string]string{"a.txt": "hei"}),
	} {
		_, err := Read(raw, "")
		if data.Code(err) != CodeTable || !strings.HasSuffix(data.Message(err), ".") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Open("/nosuch/file.csv", ""); data.Code(err) != CodeTable {
		t.Errorf("a file that is not there: %v", err)
	}
	if _, err := Open(t.TempDir(), ""); data.Code(err) != CodeTable {
		t.Errorf("a folder: %v", err)
	}
}

func zipped(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range parts {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// book makes a workbook.
func book(t testing.TB, make func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	make(f)
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func set(t testing.TB, f *excelize.File, cell string, v any) {
	t.Helper()
	if err := f.SetCellValue("Sheet1", cell, v); err != nil {
		t.Fatal(err)
	}
}

func TestWorkbook(t *testing.T) {
	raw := book(t, func(f *excelize.File) {
		set(t, f, "A3", "Navn")
		set(t, f, "B3", "Kommune")
		set(t, f, "C3", "Dato")
		set(t, f, "D3", "Nummer")
		set(t, f, "A4", "Berg")
		set(t, f, "B4", "Lom")
		set(t, f, "C4", time.Date(2026, 5, 17, 0, 0, 0, 0, time.UTC))
		set(t, f, "D4", 974760673)
		set(t, f, "A5", "Dal")
		set(t, f, "A6", "Vik")
		if err := errors.Join(f.MergeCell("Sheet1", "B4", "B6"), f.MergeCell("Sheet1", "A1", "D1"), f.SetCellFormula("Sheet1", "D5", "=1/0"),
			f.SetCellValue("Sheet1", "D6", "#REF!")); err != nil {
			t.Fatal(err)
		}
	})
	rows, info := all(t, raw)
	want(t, rows, "Navn|Kommune|Dato|Nummer", "Berg|Lom|17.05.2026|974760673", "Dal|Lom", "Vik|Lom||#REF! !formula")
	if rows[0].Number != 3 || info.Format != XLSX || info.Sheet != "Sheet1" {
		t.Errorf("row %d, %+v", rows[0].Number, info)
	}
}

func TestWorkbookSheets(t *testing.T) {
	raw := book(t, func(f *excelize.File) {
		if _, err := f.NewSheet("Liste"); err != nil {
			t.Fatal(err)
		}
		if err := f.SetCellValue("Liste", "A1", "Navn"); err != nil {
			t.Fatal(err)
		}
	})
	rows, info := all(t, raw)
	want(t, rows, "Navn")
	if info.Sheet != "Liste" || len(info.Sheets) != 2 {
		t.Errorf("%+v", info)
	}
	if _, err := Read(raw, "Nei"); data.Code(err) != CodeTable {
		t.Errorf("a sheet that is not there: %v", err)
	}
	r, err := Read(raw, "Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if _, err := r.Next(); !errors.Is(err, io.EOF) {
		t.Errorf("an empty sheet: %v", err)
	}
}

// TestZipBomb: a small file that unpacks to more than memory is refused before
// it is unpacked.
func TestZipBomb(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	zeros := make([]byte, 1<<20)
	w, err := z.Create("xl/worksheets/sheet1.xml")
	for range 600 {
		if err == nil {
			_, err = w.Write(zeros)
		}
	}
	if err = errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	if b.Len() > 2<<20 {
		t.Fatalf("the bomb is %d bytes", b.Len())
	}
	if _, err := Read(b.Bytes(), ""); data.Code(err) != CodeTable {
		t.Errorf("%v", err)
	}
	lying := bytes.Clone(book(t, func(f *excelize.File) { set(t, f, "A1", "x") }))
	for i := 0; i+46 < len(lying); i++ { // the directory says that all is small
		if bytes.HasPrefix(lying[i:], []byte("PK\x01\x02")) {
			copy(lying[i+24:], []byte{1, 0, 0, 0})
		}
	}
	if r, err := Read(lying, ""); err == nil {
		defer r.Close()
		if _, err := r.Next(); err == nil {
			t.Error("a workbook that lies about its sizes was read")
		}
	}
}

func TestCards(t *testing.T) {
	raw := "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Haugsbakk;Åse;;;\r\nFN:Åse Haugsbakk\r\nORG:Lom Bakeri\\, AS;Salg\r\nitem1.EMAIL;TYPE=HOME:heime@example.no\r\nEMAIL;TYPE=WORK:aase@\r\n lom.example.no\r\n" +
		"TEL;TYPE=WORK,FAX:11111111\r\nTEL;TYPE=\"work,voice\":+47 61 20 30 40\r\nNOTE:linje\\nto\r\nPHOTO;ENCODING=b:" + strings.Repeat("QUJD", 100_000) + "\r\nCATEGORIES:sag,tre\r\nEND:VCARD\r\n" +
		"BEGIN:VCARD\nVERSION:4.0\nN:Dal;Ola\nTEL;VALUE=uri;PREF=1:tel:+4799999999\nADR;TYPE=work:;;Gata 1;Lom;;2686;Norge\nLANG:nn\nEND:VCARD\n" +
		"BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=85se =\n=C3=98y\nTEL;CELL:40000000\nEND:VCARD\nBEGIN:VCARD\nFN:Avkuttet\nBEGIN:VCARD\nFN:Siste"
	rows, info := all(t, []byte(raw))
	if info.Format != VCard || len(rows) != 6 {
		t.Fatalf("%d rows, %+v", len(rows), info)
	}
	want(t, rows[1:], "Åse Haugsbakk|Lom Bakeri, AS, Salg||aase@lom.example.no|+47 61 20 30 40|||sag, tre|linje\nto||", "Ola Dal||||+4799999999||Lom||||nn", "Åse Øy||||40000000||||||",
		"Avkuttet|||||||||| !card", "Siste|||||||||| !card")
	if rows[1].Number != 1 || rows[3].Number != 3 {
		t.Errorf("cards %d and %d", rows[1].Number, rows[3].Number)
	}
}

// FuzzText: whatever the bytes, reading ends, and what it gives is text.
func FuzzText(f *testing.F) {
	f.Add([]byte("Navn;Nummer\n\"Be\"\"rg\";1\n\"åpen;2\n"))
	f.Add([]byte("\xff\xfea\x00;\x00b\x00\n\x00"))
	f.Add([]byte("BEGIN:VCARD\nFN;ENCODING=QUOTED-PRINTABLE:=C3=\n=85\nTEL;TYPE=\"a:b\":1\nEND:VCARD\n"))
	f.Add([]byte("sep=,\na,b\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if !bytes.HasPrefix(raw, []byte("PK")) {
			readWhole(t, raw)
		}
	})
}

// FuzzWorkbook does the same with the parts of a workbook.
func FuzzWorkbook(f *testing.F) {
	parts := map[string]string{}
	raw := book(f, func(x *excelize.File) {
		set(f, x, "A1", "Navn")
		set(f, x, "B2", 1)
		_ = x.MergeCell("Sheet1", "A1", "A9")
	})
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		f.Fatal(err)
	}
	for _, p := range z.File {
		r, err := p.Open()
		if err != nil {
			f.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			f.Fatal(err)
		}
		parts[p.Name] = string(text)
	}
	f.Add(parts["xl/worksheets/sheet1.xml"], parts["xl/workbook.xml"], parts["xl/sharedStrings.xml"])
	f.Add(`<worksheet><sheetData><row r="999999999"><c r="XFD1" t="s"><v>-1</v></c></row></sheetData><mergeCells><mergeCell ref="A1:A1048576"/></mergeCells></worksheet>`,
		parts["xl/workbook.xml"], parts["xl/sharedStrings.xml"])
	f.Fuzz(func(t *testing.T, sheet, workbook, shared string) {
		changed := maps.Clone(parts)
		changed["xl/worksheets/sheet1.xml"], changed["xl/workbook.xml"], changed["xl/sharedStrings.xml"] = sheet, workbook, shared
		readWhole(t, zipped(t, changed))
	})
}

func readWhole(t *testing.T, raw []byte) {
	r, err := Read(raw, "")
	if err != nil {
		if data.Message(err) == "" {
			t.Fatalf("no sentence: %v", err)
		}
		return
	}
	defer r.Close()
	last := -1
	for n := 0; n < 5000; n++ {
		row, err := r.Next()
		if err != nil {
			if !errors.Is(err, io.EOF) && data.Message(err) == "" {
				t.Fatalf("no sentence: %v", err)
			}
			return
		}
		if row.Number < last {
			t.Fatalf("row %d after %d", row.Number, last)
		}
		last = row.Number
		if strings.ContainsRune(strings.Join(row.Cells, ""), 0) && row.Fault == "" {
			t.Fatalf("%q", row.Cells)
		}
	}
}
