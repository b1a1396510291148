package brief

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"kompetansepilot/app/exchange"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/partner"
)

// Fields of a reply, as the cells of the reply sheet are named after "kp_".
const (
	FieldTotal    = "total"
	FieldPrice    = "price"
	FieldForm     = "form"
	FieldPlace    = "place"
	FieldStart    = "start"
	FieldFinish   = "finish"
	FieldDates    = "dates"
	FieldCredits  = "credits"
	FieldLevel    = "level"
	FieldLeast    = "least"
	FieldCapacity = "capacity"
	FieldValid    = "valid"
	FieldLanguage = "language"
	FieldNote     = "note"
)

// Fields are the fields of a reply in their order.
func Fields() []string {
	return []string{FieldTotal, FieldPrice, FieldForm, FieldPlace, FieldStart, FieldFinish, FieldDates, FieldCredits, FieldLevel,
		FieldLeast, FieldCapacity, FieldValid, FieldLanguage, FieldNote}
}

// FieldWord is what a field of a reply is called.
func FieldWord(words *lang.Printer, field string) string { return words.T("brief.reply." + field) }

const (
	// namePrefix begins the names of the cells.
	namePrefix = "kp_"
	// nameEnquiry is the cell with the id of the enquiry that the form answers.
	nameEnquiry = namePrefix + "enquiry"
	// firstRow is the row of the first answer: below the title and what to do.
	firstRow = 4
)

// choices are the answers that a field takes, as codes, and each in words; nil for
// fields that are written freely.
func choices(field string, words *lang.Printer) (codes, said []string) {
	key := ""
	switch field {
	case FieldForm:
		codes, key = partner.Forms(), "offering.form."
	case FieldLevel:
		codes, key = partner.Levels(), "offering.level."
	case FieldLanguage:
		codes, key = lang.Codes[:], "offering.language."
	}
	for _, c := range codes {
		said = append(said, words.T(key+c))
	}
	return codes, said
}

// SaveForm writes the request as a workbook: what the group needs, and a sheet to
// answer on, whose cells have names so that they are found again wherever they
// have been moved. enquiry is the id of what it answers, "" where the provider is
// not known.
func (b *Brief) SaveForm(path, enquiry string, words *lang.Printer) error {
	return exchange.Replace(path, func(w io.Writer) error { return b.writeForm(w, enquiry, words) })
}

// Form is the workbook of SaveForm.
func (b *Brief) Form(enquiry string, words *lang.Printer) ([]byte, error) {
	var content bytes.Buffer
	err := b.writeForm(&content, enquiry, words)
	return content.Bytes(), err
}

func (b *Brief) writeForm(w io.Writer, enquiry string, words *lang.Printer) (err error) {
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	x := &formWriter{file: f, words: words, facts: words.T("brief.sheet.facts"), reply: words.T("brief.sheet.reply")}
	if err := f.SetSheetName("Sheet1", x.facts); err != nil {
		return err
	}
	if _, err := f.NewSheet(x.reply); err != nil {
		return err
	}
	if err := x.styles(); err != nil {
		return err
	}
	if err := x.writeFacts(b); err != nil {
		return err
	}
	if err := x.writeReply(b, enquiry); err != nil {
		return err
	}
	if err := f.SetDocProps(&excelize.DocProperties{Title: words.T("brief.title", "Subject", b.Title), Language: words.Tag()}); err != nil {
		return err
	}
	return f.Write(w)
}

// formWriter writes the two sheets.
type formWriter struct {
	file         *excelize.File
	words        *lang.Printer
	facts, reply string // names of the sheets
	title, bold  int    // styles
	wrap, answer int
	date, quiet  int
}

func (x *formWriter) styles() error {
	wrap := &excelize.Alignment{Vertical: "top", WrapText: true}
	border := []excelize.Border{}
	for _, side := range []string{"left", "right", "top", "bottom"} {
		border = append(border, excelize.Border{Type: side, Color: "6F7D87", Style: 1})
	}
	fill := excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFF8E1"}}
	unlocked := &excelize.Protection{Locked: false}
	day := "dd.mm.yyyy"
	for to, style := range map[*int]*excelize.Style{
		&x.title: {Font: &excelize.Font{Bold: true, Size: 16}}, &x.bold: {Font: &excelize.Font{Bold: true}, Alignment: wrap},
		&x.wrap: {Alignment: wrap}, &x.quiet: {Font: &excelize.Font{Color: "4B5963"}, Alignment: wrap},
		&x.answer: {Alignment: wrap, Border: border, Fill: fill, Protection: unlocked},
		&x.date:   {Alignment: wrap, Border: border, Fill: fill, Protection: unlocked, CustomNumFmt: &day},
	} {
		id, err := x.file.NewStyle(style)
		if err != nil {
			return err
		}
		*to = id
	}
	return nil
}

// put writes a text into a cell; a text is never a formula.
func (x *formWriter) put(sheet, cell, text string, style int) error {
	return errors.Join(x.file.SetCellStr(sheet, cell, text), x.file.SetCellStyle(sheet, cell, cell, style))
}

func (x *formWriter) writeFacts(b *Brief) error {
	w := x.words
	errs := []error{x.file.SetColWidth(x.facts, "A", "A", 24), x.file.SetColWidth(x.facts, "B", "B", 70),
		x.put(x.facts, "A1", w.T("brief.title", "Subject", b.Title), x.title),
		x.file.MergeCell(x.facts, "A2", "B2"), x.put(x.facts, "A2", w.T("brief.intro"), x.wrap)}
	row := 4
	for _, f := range b.Facts {
		at := strconv.Itoa(row)
		errs = append(errs, x.put(x.facts, "A"+at, f.Label, x.bold), x.put(x.facts, "B"+at, f.Text, x.wrap))
		row++
	}
	row++
	for _, text := range []string{w.T("brief.sheet.goOn", "Sheet", x.reply), w.T("brief.anonymous")} {
		at := strconv.Itoa(row)
		errs = append(errs, x.file.MergeCell(x.facts, "A"+at, "B"+at), x.put(x.facts, "A"+at, text, x.quiet), x.file.SetRowHeight(x.facts, row, 30))
		row++
	}
	return errors.Join(errs...)
}

func (x *formWriter) writeReply(b *Brief, enquiry string) error {
	w, f := x.words, x.file
	errs := []error{f.SetColWidth(x.reply, "A", "A", 34), f.SetColWidth(x.reply, "B", "B", 42), f.SetColWidth(x.reply, "C", "C", 52),
		x.put(x.reply, "A1", w.T("brief.sheet.replyTitle", "Subject", b.Title), x.title),
		f.MergeCell(x.reply, "A2", "C2"), x.put(x.reply, "A2", w.T("brief.sheet.fill"), x.wrap), f.SetRowHeight(x.reply, 2, 32)}
	name := func(name, cell string) error {
		column, row, err := excelize.SplitCellName(cell)
		if err != nil {
			return err
		}
		return f.SetDefinedName(&excelize.DefinedName{Name: name, RefersTo: "'" + strings.ReplaceAll(x.reply, "'", "''") + "'!$" + column + "$" + strconv.Itoa(row)})
	}
	row := firstRow
	for _, field := range Fields() {
		at := strconv.Itoa(row)
		style := x.answer
		if field == FieldStart || field == FieldFinish || field == FieldValid {
			style = x.date
		}
		errs = append(errs, x.put(x.reply, "A"+at, FieldWord(w, field), x.bold), f.SetCellStyle(x.reply, "B"+at, "B"+at, style),
			x.put(x.reply, "C"+at, w.T("brief.replyHint."+field), x.quiet), name(namePrefix+field, "B"+at))
		if _, said := choices(field, w); said != nil {
			list := excelize.NewDataValidation(true)
			list.SetSqref("B" + at)
			errs = append(errs, list.SetDropList(said), f.AddDataValidation(x.reply, list))
		}
		if field == FieldNote || field == FieldDates {
			errs = append(errs, f.SetRowHeight(x.reply, row, 48))
		}
		row++
	}
	row++
	at := strconv.Itoa(row)
	errs = append(errs, x.put(x.reply, "A"+at, w.T("brief.sheet.enquiry"), x.quiet), x.put(x.reply, "B"+at, enquiry, x.quiet), name(nameEnquiry, "B"+at))
	return errors.Join(errs...)
}
