package brief

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"kompetansepilot/app/exchange/table"
	"kompetansepilot/app/lang"
)

// form writes a reply sheet and lets change fill it.
func form(t testing.TB, code string, change func(f *excelize.File, at map[string]string)) string {
	t.Helper()
	b := Brief{Title: "Sveising i Gran", Facts: []Fact{{"Tema", "Sveising"}}}
	path := filepath.Join(t.TempDir(), "svar.xlsx")
	if err := b.SaveForm(path, "e-1", lang.New(code)); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]string{}
	for _, n := range f.GetDefinedName() {
		at[strings.TrimPrefix(n.Name, namePrefix)] = strings.ReplaceAll(n.RefersTo[strings.LastIndex(n.RefersTo, "!")+1:], "$", "")
	}
	if len(at) != len(Fields())+1 {
		t.Fatalf("names: %v", at)
	}
	change(f, at)
	if err := f.Save(); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestReadsWhatProvidersWrite: numbers, dates and choices, typed as cells or as
// texts, in the language of the form, wherever the cells were moved.
func TestReadsWhatProvidersWrite(t *testing.T) {
	for _, code := range lang.Codes {
		words := lang.New(code)
		sheet := words.T("brief.sheet.reply")
		path := form(t, code, func(f *excelize.File, at map[string]string) {
			day, err := f.NewStyle(&excelize.Style{NumFmt: 14})
			if err != nil {
				t.Fatal(err)
			}
			for field, value := range map[string]any{FieldTotal: "kr 140 000,-", FieldPrice: 9500, FieldForm: words.T("offering.form.net_gatherings"), FieldPlace: "Gran ungdomsskole",
				FieldStart: 46419, FieldFinish: "30.4.2027", FieldDates: "Tre torsdager", FieldCredits: 7.5, FieldLevel: words.T("offering.level.vocational"), FieldLeast: "8", FieldCapacity: 16.0,
				FieldValid: "2027-01-15", FieldLanguage: words.T("offering.language.nn"), FieldNote: "=ikke en formel"} {
				if text, ok := value.(string); ok {
					err = f.SetCellStr(sheet, at[field], text)
				} else {
					err = f.SetCellValue(sheet, at[field], value)
				}
				if err != nil {
					t.Fatal(err)
				}
			}
			if err := f.SetCellStyle(sheet, at[FieldStart], at[FieldStart], day); err != nil {
				t.Fatal(err)
			}
			if err := f.InsertRows(sheet, 3, 2); err != nil { // a provider puts their letterhead in
				t.Fatal(err)
			}
		})
		got, err := ReadForm(path)
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]string{FieldTotal: "140000", FieldPrice: "9500", FieldForm: "net_gatherings", FieldPlace: "Gran ungdomsskole", FieldStart: "2027-02-01", FieldFinish: "2027-04-30",
			FieldDates: "Tre torsdager", FieldCredits: "750", FieldLevel: "vocational", FieldLeast: "8", FieldCapacity: "16", FieldValid: "2027-01-15", FieldLanguage: "nn", FieldNote: "=ikke en formel"}
		if got.Enquiry != "e-1" || len(got.Problems) > 0 {
			t.Errorf("%s: %+v", code, got)
		}
		for field, value := range want {
			if got.Values[field] != value {
				t.Errorf("%s: %s is %q, not %q", code, field, got.Values[field], value)
			}
		}
	}
}

// TestTellsWhatItCouldNotRead gives a sentence for each cell, and reads the rest.
func TestTellsWhatItCouldNotRead(t *testing.T) {
	path := form(t, "nb", func(f *excelize.File, at map[string]string) {
		for field, text := range map[string]string{FieldPrice: "ca. 9500", FieldForm: "Svømmebasseng", FieldStart: "neste uke", FieldCredits: "mange", FieldLeast: "-3", FieldPlace: "Gran", FieldCapacity: "kr"} {
			if err := f.SetCellStr("Svar", at[field], text); err != nil {
				t.Fatal(err)
			}
		}
		for _, err := range []error{f.SetCellFormula("Svar", at[FieldTotal], "12*4000"), f.DeleteDefinedName(&excelize.DefinedName{Name: namePrefix + FieldValid})} {
			if err != nil {
				t.Fatal(err)
			}
		}
	})
	got, err := ReadForm(path)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{FieldTotal: ProblemFormula, FieldPrice: ProblemNumber, FieldForm: ProblemChoice, FieldStart: ProblemDate, FieldCredits: ProblemCredits, FieldLeast: ProblemNumber,
		FieldValid: ProblemMissing, FieldCapacity: ProblemNumber}
	if len(got.Problems) != len(want) || got.Values[FieldPlace] != "Gran" {
		t.Errorf("%+v", got)
	}
	for _, p := range got.Problems {
		said := p.Sentence(lang.New("nb"))
		if want[p.Field] != p.Why || !strings.Contains(said, FieldWord(lang.New("nb"), p.Field)) || p.Why != ProblemMissing && (!strings.Contains(said, p.Cell) || p.Line(lang.New("nb")) == "") {
			t.Errorf("%+v: %s", p, said)
		}
	}
}

// TestRefusesOtherBooks: a workbook without the cells is no reply.
func TestRefusesOtherBooks(t *testing.T) {
	f := excelize.NewFile()
	path := filepath.Join(t.TempDir(), "annet.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadForm(path); err == nil || !strings.Contains(err.Error(), "svararket") {
		t.Error(err)
	}
}

// FuzzReadForm: no file makes it panic, and what it reads can be kept.
func FuzzReadForm(f *testing.F) {
	var whole bytes.Buffer
	b := Brief{Title: "Sveising"}
	if err := b.writeForm(&whole, "e-1", lang.New("nb")); err != nil {
		f.Fatal(err)
	}
	f.Add(whole.Bytes(), "12 000")
	f.Add([]byte("PK\x03\x04"), "46419")
	f.Fuzz(func(t *testing.T, raw []byte, text string) {
		for _, field := range Fields() {
			value, why := ParseField(field, text, len(text)%2 == 0)
			if why != "" && value != "" {
				t.Errorf("%s: both %q and %q", field, value, why)
			}
			if again, why := ParseField(field, value, false); value != "" && field != FieldCredits && (again != value || why != "") {
				t.Errorf("%s: %q became %q, and then %q (%s)", field, text, value, again, why)
			}
		}
		book, err := table.ReadBook(raw)
		if err != nil {
			return
		}
		defer book.Close()
		if got, err := readForm(book); err == nil && got.Values == nil {
			t.Error("nothing and no error")
		}
	})
}
