package partner

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"kompetansepilot/app/disk"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// Codes of the errors of an import of offerings. CodeOfferRow is for one row,
// with what is wrong behind a dot.
const (
	CodeOfferFile = "offerFile"
	CodeOfferRow  = "offerRow"
)

// mostOfferBytes is the largest file of offerings that is read.
const mostOfferBytes = 50 << 20

// Imported tells what an import did.
type Imported struct {
	Created     int        `json:"created"`
	Updated     int        `json:"updated"`
	Unchanged   int        `json:"unchanged"`
	Rejected    []Rejected `json:"rejected"`
	Transaction int64      `json:"transaction"` // 0 when nothing was written
}

// Rejected is a row that was not taken, and why.
type Rejected struct {
	Row    int    `json:"row"` // line of the file, from 1
	Reason string `json:"reason"`
	Err    error  `json:"-"` // the reason as a *data.Error, for other languages
}

// Import reads a file of offerings: CSV with a header, in UTF-8, UTF-16 or
// Windows-1252, between commas, semicolons or tabs. The columns are id, title,
// description, provider_kind, level, credits, form, place, language_norm,
// months_available, min_participants, max_participants and price_nok, and those
// that the program itself names; columns that are not there leave what is
// stored, and others are passed over. Ids are kept, so that the same file read
// again changes what it made before. All of it is one step named label; bad
// rows are told of and the rest goes on. dry reads without writing.
func (s *Offerings) Import(label, file string, from io.Reader, dry bool) (Imported, error) {
	rows, rejected, err := readOffers(from, file)
	if err != nil {
		return Imported{}, err
	}
	in := &offerImport{file: filepath.Base(file), places: byPlaceName(s.places), seen: map[string]int{}}
	in.done.Rejected = rejected
	errDry := errors.New("dry run")
	err = s.store.Update(label, func(tx *data.Tx) error {
		for i := range rows {
			if err := in.take(tx, &rows[i]); err != nil {
				return err
			}
		}
		if dry {
			return errDry
		}
		return nil
	}, data.Committed(func(transaction int64) { in.done.Transaction = transaction }))
	if errors.Is(err, errDry) {
		err = nil
	}
	if in.done.Rejected == nil {
		in.done.Rejected = []Rejected{}
	}
	return in.done, err
}

// ImportFile is Import for a file on the disk.
func (s *Offerings) ImportFile(label, path string, dry bool) (Imported, error) {
	f, _, err := disk.Open(path)
	if err != nil {
		return Imported{}, unreadable(filepath.Base(path), err)
	}
	defer f.Close()
	return s.Import(label, path, f, dry)
}

// offerRow is a row of the file, by column.
type offerRow struct {
	line  int
	cells map[string]string
}

// offerImport is an import under way.
type offerImport struct {
	file   string
	places map[string]string // municipality number by folded name
	seen   map[string]int    // line by id
	done   Imported
}

func (in *offerImport) take(tx *data.Tx, row *offerRow) error {
	id := row.cells["id"]
	if before, twice := in.seen[id]; twice && id != "" {
		return in.reject(row, data.NewError(CodeOfferRow+".twice", "Id-en «{{.ID}}» står også i rad {{.Row}}.", nil, "ID", id, "Row", before))
	}
	in.seen[id] = row.line
	now, known, err := in.stored(tx, row)
	if err != nil {
		if data.Code(err) == CodeOfferRow {
			return in.reject(row, err)
		}
		return err
	}
	next := now
	if err := in.fill(tx, &next, row); err != nil {
		if data.Code(err) == CodeOfferRow {
			return in.reject(row, err)
		}
		return err
	}
	next.Deleted = ""
	switch {
	case known && next == now:
		in.done.Unchanged++
		return nil
	case known:
		in.done.Updated++
	default:
		in.done.Created++
	}
	next.Source, next.SourceTime = in.file, tx.Now()
	return tx.Put(&next)
}

func (in *offerImport) reject(row *offerRow, err error) error {
	in.done.Rejected = append(in.done.Rejected, Rejected{Row: row.line, Reason: data.Message(err), Err: err})
	return nil
}

// stored is the offering that a row is about: that with its id, or without an
// id that with its title and provider.
func (in *offerImport) stored(tx *data.Tx, row *offerRow) (o data.Offering, known bool, err error) {
	if id := row.cells["id"]; id != "" {
		if len(id) > 100 || strings.ContainsAny(id, "\x00\n\r\t") {
			return o, false, data.NewError(CodeOfferRow+".id", "Id-en kan ikke brukes. Skriv en kort kode på én linje.", nil)
		}
		kind, err := data.KindOf(tx, id)
		switch {
		case err != nil:
			return o, false, err
		case kind == "":
			o.ID = id
			return o, false, nil
		case kind != o.Kind():
			return o, false, data.NewError(CodeOfferRow+".taken", "Id-en «{{.ID}}» er brukt av en annen post i arbeidsfilen.", nil, "ID", id)
		}
		o, err = data.Get[data.Offering](tx, id)
		if data.Code(err) == data.CodeNotFound { // its import was undone
			return data.Offering{Row: data.Row{ID: id}}, false, nil
		}
		return o, err == nil, err
	}
	title := row.cells["title"]
	all, err := data.Live[data.Offering](tx, "name = ?", "id", title)
	if err != nil || title == "" {
		return o, false, err
	}
	provider, err := in.provider(tx, row)
	if err != nil {
		return o, false, err
	}
	for _, o := range all {
		if o.Organisation == provider && (row.cells["place"] == "" || o.Place == row.cells["place"]) {
			return o, true, nil
		}
	}
	return o, false, nil
}

// provider is the id of the provider that a row names by number or name, ""
// when it names none.
func (in *offerImport) provider(tx *data.Tx, row *offerRow) (string, error) {
	number, name := strings.Join(strings.Fields(row.cells["provider_orgnr"]), ""), row.cells["provider"]
	if number+name == "" {
		return "", nil
	}
	where, value := "name = ?", name
	if number != "" {
		where, value = "org_number = ?", number
	}
	all, err := data.Live[data.Organisation](tx, "kind = 'provider' AND "+where, "id LIMIT 1", value)
	if err != nil {
		return "", err
	}
	if len(all) == 0 {
		return "", data.NewError(CodeOfferRow+".provider", "Tilbyderen «{{.Name}}» står ikke i registeret. Legg den inn først.", nil, "Name", strings.TrimSpace(name+" "+number))
	}
	return all[0].ID, nil
}

// fill puts a row's cells into the offering; a column that the file has not
// leaves what is there.
func (in *offerImport) fill(tx *data.Tx, o *data.Offering, row *offerRow) error {
	set := func(column string, to *string, read func(string) string) {
		if text, ok := row.cells[column]; ok {
			if read != nil {
				text = read(text)
			}
			*to = text
		}
	}
	set("title", &o.Title, nil)
	if o.Title == "" {
		return data.NewError(CodeOfferRow+".title", "Tittelen mangler.", nil)
	}
	set("description", &o.Description, nil)
	set("provider_kind", &o.ProviderKind, parseProviderKind)
	set("level", &o.Level, ParseLevel)
	set("form", &o.Form, ParseForm)
	set("place", &o.Place, nil)
	set("language_norm", &o.Language, strings.ToLower)
	set("website", &o.Website, nil)
	set("note", &o.Note, nil)
	if place, ok := row.cells["place"]; ok {
		o.Municipality = in.places[data.Fold(place)]
	}
	provider, err := in.provider(tx, row)
	if err != nil {
		return err
	}
	if provider != "" {
		o.Organisation = provider
	}
	for column, to := range map[string]*string{"start": &o.Start, "finish": &o.Finish, "due": &o.Due} {
		text, ok := row.cells[column]
		if ok && text != "" && !validDate(text) {
			return unreadableCell(column, text)
		}
		set(column, to, nil)
	}
	for column, to := range map[string]*int64{"min_participants": &o.Least, "max_participants": &o.Capacity, "price_nok": &o.Price} {
		if text, ok := row.cells[column]; ok {
			if *to, err = ParseCount(text); err != nil {
				return unreadableCell(column, text)
			}
		}
	}
	if text, ok := row.cells["credits"]; ok {
		if o.Credits, err = ParseCredits(text); err != nil {
			return unreadableCell("credits", text)
		}
	}
	if text, ok := row.cells["months_available"]; ok {
		months, err := ParseMonths(text)
		if err != nil {
			return unreadableCell("months_available", text)
		}
		o.Months = MonthsText(months)
	}
	return nil
}

func unreadableCell(column, text string) error {
	if runes := []rune(text); len(runes) > 40 {
		text = string(runes[:40]) + "…"
	}
	return data.NewError(CodeOfferRow+".cell", "«{{.Text}}» i kolonnen {{.Column}} kan ikke leses.", nil, "Text", text, "Column", column)
}

// byPlaceName are the municipalities by folded name. A name that several have
// leads to none.
func byPlaceName(places *reference.Tables) map[string]string {
	all := map[string]string{}
	add := func(name, number string) {
		key := data.Fold(name)
		if other, twice := all[key]; twice && other != number {
			number = ""
		}
		all[key] = number
	}
	for _, m := range places.Municipalities() {
		add(m.Name, m.Number)
		if m.UniqueName != m.Name {
			add(m.UniqueName, m.Number)
		}
	}
	delete(all, "")
	return all
}

// readOffers reads the rows of a file. Rows that are no CSV are rejected; a
// file without a column for titles is refused as a whole.
func readOffers(from io.Reader, file string) ([]offerRow, []Rejected, error) {
	raw, err := io.ReadAll(io.LimitReader(from, mostOfferBytes+1))
	if err != nil {
		return nil, nil, unreadable(filepath.Base(file), err)
	}
	if len(raw) > mostOfferBytes {
		return nil, nil, data.NewError(CodeOfferFile+".large", "Filen er større enn {{.Max}} MB og er ikke lest. Ingenting er endret. Del den i flere.", nil, "Max", mostOfferBytes>>20)
	}
	text, err := decoded(raw)
	if err != nil {
		return nil, nil, unreadable(filepath.Base(file), err)
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord = separator(text), -1
	var head []string
	var rows []offerRow
	var rejected []Rejected
	for {
		cells, err := r.Read()
		var bad *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			if head == nil {
				return nil, nil, noHeader()
			}
			return rows, rejected, nil
		case errors.As(err, &bad):
			said := data.NewError(CodeOfferRow+".quote", "Raden har et anførselstegn som ikke slutter, eller som står feil.", err)
			rejected = append(rejected, Rejected{Row: bad.StartLine, Reason: said.Message, Err: said})
			continue
		case err != nil:
			return nil, nil, unreadable(filepath.Base(file), err)
		}
		line, _ := r.FieldPos(0)
		if head == nil {
			if head = header(cells); head == nil {
				return nil, nil, noHeader()
			}
			continue
		}
		row := offerRow{line: line, cells: map[string]string{}}
		said := false
		for i, name := range head {
			if name == "" {
				continue
			}
			row.cells[name] = ""
			if i < len(cells) {
				row.cells[name] = strings.TrimSpace(strings.ReplaceAll(cells[i], "\x00", ""))
				said = said || row.cells[name] != ""
			}
		}
		if said {
			rows = append(rows, row)
		}
	}
}

func noHeader() error {
	return data.NewError(CodeOfferFile, "Filen har ingen kolonne som heter «title» i første rad, så den er ikke en liste over tilbud. Ingenting er endret. Velg en annen fil.", nil)
}

// header are the names of the columns, nil when none is the title.
func header(cells []string) []string {
	names := make([]string, len(cells))
	titled := false
	for i, c := range cells {
		names[i] = strings.ToLower(strings.TrimSpace(c))
		titled = titled || names[i] == "title"
	}
	if !titled {
		return nil
	}
	return names
}

// decoded is the text of a file in UTF-8, UTF-16 with a mark, or Windows-1252.
func decoded(raw []byte) (string, error) {
	switch {
	case bytes.HasPrefix(raw, []byte{0xff, 0xfe}), bytes.HasPrefix(raw, []byte{0xfe, 0xff}):
		out, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(raw)
		return string(out), err
	case utf8.Valid(raw):
		return strings.TrimPrefix(string(raw), "\ufeff"), nil
	}
	out, err := charmap.Windows1252.NewDecoder().Bytes(raw)
	return string(out), err
}

// separator is what stands most often in the first line.
func separator(text string) rune {
	first, _, _ := strings.Cut(text, "\n")
	best := ','
	for _, r := range ";\t" {
		if strings.Count(first, string(r)) > strings.Count(first, string(best)) {
			best = r
		}
	}
	return best
}
