package brief

import (
	"math"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"kompetansepilot/app/exchange/table"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
)

// Why a cell of a reply was not read.
const (
	ProblemMissing  = "missing"  // the cell is no longer there
	ProblemFormula  = "formula"  // it holds a formula
	ProblemNumber   = "number"   // no whole number of kroner or people from zero up
	ProblemCredits  = "credits"  // no number of credits
	ProblemDate     = "date"     // no date
	ProblemChoice   = "choice"   // none of the answers of the list
	ProblemTooLong  = "long"     // more text than a reply has room for
	ProblemTwoCells = "twoCells" // the name means more than one cell
)

// mostText is the longest text of an answer, in characters.
const mostText = 10_000

// Problem is a cell that could not be read.
type Problem struct {
	Field string
	Cell  string // "B7", "" when it is not there
	Why   string // one of the Problem constants
	Text  string // what stands there
}

// Sentence tells of the problem and what to do.
func (p *Problem) Sentence(words *lang.Printer) string {
	return words.T("brief.problem."+p.Why, "Cell", p.Cell, "Field", FieldWord(words, p.Field), "Text", short(p.Text))
}

// Line is what is kept of an answer that could not be read.
func (p *Problem) Line(words *lang.Printer) string {
	if p.Text == "" {
		return ""
	}
	return FieldWord(words, p.Field) + " (" + p.Cell + "): " + p.Text
}

func short(text string) string {
	if r := []rune(text); len(r) > 60 {
		return string(r[:59]) + "…"
	}
	return text
}

// Filled is a reply sheet that came back.
type Filled struct {
	Enquiry  string            // id of what it answers, "" when it does not say
	Values   map[string]string // by field, as data.Reply keeps them; empty answers are left out
	Problems []Problem
	Name     string // of the file
}

// ReadForm reads a reply sheet. What cannot be read is among the problems; a
// workbook that has none of the cells of a reply sheet is an error.
func ReadForm(path string) (Filled, error) {
	file, err := table.OpenBook(path)
	if err != nil {
		return Filled{}, err
	}
	defer file.Close()
	filled, err := readForm(file)
	filled.Name = filepath.Base(path)
	return filled, err
}

func readForm(file *excelize.File) (Filled, error) {
	filled := Filled{Values: map[string]string{}}
	names := map[string]string{}
	for _, n := range file.GetDefinedName() {
		names[strings.ToLower(n.Name)] = n.RefersTo
	}
	known := 0
	r := &formReader{file: file, sheets: file.GetSheetList(), names: names}
	for _, field := range Fields() {
		value, problem, there := r.field(field)
		if there {
			known++
		}
		switch {
		case problem != nil:
			filled.Problems = append(filled.Problems, *problem)
		case value != "":
			filled.Values[field] = value
		}
	}
	if known == 0 {
		return filled, data.NewError("briefNotReply", "Arbeidsboken har ikke svararket som følger med en forespørsel. Ingenting er endret. Velg filen som tilbyderen fylte ut, eller skriv svaret inn.", nil)
	}
	if sheet, cell, ok := r.place(nameEnquiry); ok {
		text, _ := file.GetCellValue(sheet, cell)
		filled.Enquiry = strings.TrimSpace(text)
	}
	return filled, nil
}

// formReader reads cells by their names.
type formReader struct {
	file   *excelize.File
	sheets []string
	names  map[string]string
}

// place is where a named cell is.
func (r *formReader) place(name string) (sheet, cell string, ok bool) {
	refers := strings.TrimPrefix(r.names[name], "=")
	at := strings.LastIndex(refers, "!")
	if at < 0 {
		return "", "", false
	}
	sheet = strings.ReplaceAll(strings.Trim(refers[:at], "'"), "''", "'")
	cell = strings.ReplaceAll(refers[at+1:], "$", "")
	for _, s := range r.sheets {
		if strings.EqualFold(s, sheet) {
			return s, cell, true
		}
	}
	return "", "", false
}

// field reads the answer to a field. there tells whether its cell was found.
func (r *formReader) field(field string) (value string, problem *Problem, there bool) {
	fail := func(cell, why, text string) (string, *Problem, bool) {
		return "", &Problem{Field: field, Cell: cell, Why: why, Text: text}, why != ProblemMissing
	}
	sheet, cell, ok := r.place(namePrefix + field)
	if !ok {
		return fail("", ProblemMissing, "")
	}
	if strings.Contains(cell, ":") {
		return fail(cell, ProblemTwoCells, "")
	}
	if _, _, err := excelize.CellNameToCoordinates(cell); err != nil {
		return fail("", ProblemMissing, "") // "#REF!": the row was deleted
	}
	raw, err := r.file.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
	if err != nil {
		return fail(cell, ProblemMissing, "")
	}
	text := strings.TrimSpace(raw)
	formula, err := r.file.GetCellFormula(sheet, cell)
	if err != nil || formula != "" {
		return fail(cell, ProblemFormula, strings.TrimSpace("="+formula+" "+text))
	}
	if text == "" {
		return "", nil, true
	}
	if len([]rune(text)) > mostText {
		return fail(cell, ProblemTooLong, string([]rune(text)[:mostText]))
	}
	kind, _ := r.file.GetCellType(sheet, cell)
	isNumber := kind == excelize.CellTypeUnset || kind == excelize.CellTypeNumber
	value, why := ParseField(field, text, isNumber)
	if why != "" {
		return fail(cell, why, text)
	}
	return value, nil, true
}

// ParseField reads an answer as a person or a spreadsheet writes it, in the form
// that data.Reply keeps. why is one of the Problem constants, "" when it could be
// read. number tells that the text is a number of a spreadsheet, where a day is
// one too.
func ParseField(field, text string, number bool) (value, why string) {
	text = strings.TrimSpace(text)
	if text == "" {
		return "", ""
	}
	switch field {
	case FieldTotal, FieldPrice, FieldLeast, FieldCapacity:
		return whole(text, number)
	case FieldCredits:
		n, err := partner.ParseCredits(strings.TrimSpace(trimUnit(text)))
		if err != nil {
			return "", ProblemCredits
		}
		return strconv.FormatInt(n, 10), ""
	case FieldStart, FieldFinish, FieldValid:
		return date(text, number)
	case FieldForm, FieldLevel, FieldLanguage:
		return choice(field, text)
	}
	if len([]rune(text)) > mostText {
		return "", ProblemTooLong
	}
	return text, ""
}

// trimUnit takes the unit away that stands after a number.
func trimUnit(text string) string {
	lower := strings.ToLower(text)
	for _, unit := range []string{"kroner", "kr.", "kr", ",-", ".-", "nok", "studiepoeng", "stp.", "stp", "sp", "deltakere", "deltakarar", "deltagere", "personer", "personar"} {
		if strings.HasSuffix(lower, unit) {
			return strings.TrimSpace(text[:len(text)-len(unit)])
		}
	}
	return text
}

// whole reads a whole number from zero up: "40 000", "kr 40.000,-". number tells
// that the text is a number of a spreadsheet, "1E5" for one.
func whole(text string, number bool) (value, why string) {
	f, err := strconv.ParseFloat(text, 64)
	if number && err == nil && f == math.Trunc(f) && math.Abs(f) <= data.MaxAmount {
		text = strconv.FormatInt(int64(f), 10)
	}
	text = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(strings.ToLower(trimUnit(text)), "nok"), "kr."))
	n, err := lang.ParseMoney(text)
	if err != nil || n < 0 || n > data.MaxAmount || !strings.ContainsAny(text, "0123456789") {
		return "", ProblemNumber
	}
	return strconv.FormatInt(n, 10), ""
}

// date reads a day: "1.2.2027", "2027-02-01", or the number of a spreadsheet's day.
func date(text string, serial bool) (value, why string) {
	if n, err := strconv.ParseFloat(text, 64); serial && err == nil && n > 30_000 && n < 80_000 { // 1982 to 2119
		if day, err := excelize.ExcelDateToTime(n, false); err == nil {
			return day.Format(time.DateOnly), ""
		}
	}
	for _, layout := range []string{time.DateOnly, "2.1.2006", "2.1.06", "2/1/2006", "2006-01-02T15:04:05Z07:00", "2006-01-02T15:04:05"} {
		if day, err := time.Parse(layout, text); err == nil {
			return day.Format(time.DateOnly), ""
		}
	}
	return "", ProblemDate
}

// choice finds the code of an answer in the words of any language, or the code
// itself.
func choice(field, text string) (value, why string) {
	same := func(a string) bool { return data.Fold(a) == data.Fold(strings.Join(strings.Fields(text), " ")) }
	for _, code := range lang.Codes {
		codes, said := choices(field, lang.New(code))
		for i := range codes {
			if same(codes[i]) || same(said[i]) {
				return codes[i], ""
			}
		}
	}
	var codes []string
	parsed := text
	switch field {
	case FieldForm:
		codes, parsed = partner.Forms(), partner.ParseForm(text)
	case FieldLevel:
		codes, parsed = partner.Levels(), partner.ParseLevel(text)
	}
	for _, c := range codes {
		if c == parsed {
			return c, ""
		}
	}
	return "", ProblemChoice
}
