package need

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"kompetansepilot/data"
)

// Levels of needs and offers, lowest first.
const (
	LevelCourse   = "kurs"
	LevelShort    = "short" // a short module with credits
	LevelFagskole = "fagskole"
	LevelBachelor = "bachelor"
	LevelMaster   = "master"
	Any           = "any" // level or form: whichever
)

// Forms of teaching.
const (
	FormOnline  = "nett"
	FormBlended = "nett+samling" // online with gatherings
	FormGather  = "samling"      // at the provider's place
	FormOnSite  = "på stedet"    // the teacher comes
)

// Offer is a course or a programme as the matching sees it.
type Offer struct {
	ID, Title, Description string
	ProviderKind           string
	Level                  string
	Credits                int64 // hundredths: 750 is 7.5
	Form                   string
	Place                  string // the municipality's name or number, "" where there is none
	Language               string // "nb", "nn" or another
	Months                 []int  // in which it can run; none means any
	// Least and Most are how many participants it needs and takes. Most 0 is not
	// known; Full says that no place is free.
	Least, Most int64
	Full        bool
	Price       int64 // kroner a participant
}

// ReadOffers reads offers from CSV with the columns of a provider list: id,
// title, description, provider_kind, level, credits, form, place, language_norm,
// months_available, min_participants, max_participants and price_nok, in any
// order. The error has CodeOfferFile when it is not such a file.
func ReadOffers(r io.Reader) ([]Offer, error) {
	table, err := readTable(r, "id", "title")
	if err != nil {
		return nil, err
	}
	offers := make([]Offer, 0, len(table.rows))
	for _, row := range table.rows {
		get := func(column string) string { return table.cell(row, column) }
		most, known := number(get("max_participants"))
		least, _ := number(get("min_participants"))
		price, _ := number(get("price_nok"))
		offers = append(offers, Offer{ID: get("id"), Title: get("title"), Description: get("description"), ProviderKind: get("provider_kind"),
			Level: get("level"), Credits: hundredths(get("credits")), Form: get("form"), Place: get("place"), Language: get("language_norm"),
			Months: months(get("months_available")), Least: least, Most: most, Full: known && most <= 0, Price: price})
	}
	return offers, nil
}

// table is a CSV file with a header.
type table struct {
	columns map[string]int
	rows    [][]string
}

func (t *table) cell(row []string, column string) string {
	if i, ok := t.columns[column]; ok && i < len(row) {
		return strings.TrimSpace(row[i])
	}
	return ""
}

// Codes of the errors of this package.
const (
	CodeFile = "needFile"
)

// maxFile is the most that is read of a list: 64 MB.
const maxFile = 64 << 20

// readTable reads a CSV file, with comma or semicolon, that has these columns.
func readTable(r io.Reader, wanted ...string) (*table, error) {
	raw, err := io.ReadAll(io.LimitReader(r, maxFile))
	if err != nil {
		return nil, err
	}
	text := strings.ToValidUTF8(strings.TrimPrefix(string(raw), "\ufeff"), "\uFFFD")
	header, _, _ := strings.Cut(text, "\n")
	rows := csv.NewReader(strings.NewReader(text))
	rows.FieldsPerRecord = -1
	rows.LazyQuotes = true
	if strings.Count(header, ";") > strings.Count(header, ",") {
		rows.Comma = ';'
	}
	all, err := rows.ReadAll()
	if err != nil || len(all) == 0 {
		return nil, data.NewError(CodeFile, "Filen kan ikke leses som en tabell. Ingenting er lest inn. Lagre den som CSV med overskrifter på første linje.", err)
	}
	t := &table{columns: map[string]int{}, rows: all[1:]}
	for i, name := range all[0] {
		t.columns[strings.ToLower(strings.TrimSpace(name))] = i
	}
	for _, w := range wanted {
		if _, ok := t.columns[w]; !ok {
			return nil, data.NewError(CodeFile+".column", "Filen mangler kolonnen «{{.Column}}». Ingenting er lest inn. Se hvilke kolonner som trengs, i hjelpen.", errors.New("no column"), "Column", w)
		}
	}
	return t, nil
}

// number reads a whole number; known is false when there is none.
func number(text string) (n int64, known bool) {
	f, err := strconv.ParseFloat(strings.ReplaceAll(strings.ReplaceAll(text, ",", "."), " ", ""), 64)
	if err != nil || f != f || f > 1e12 || f < -1e12 {
		return 0, false
	}
	return int64(f), true
}

func hundredths(text string) int64 {
	f, err := strconv.ParseFloat(strings.ReplaceAll(text, ",", "."), 64)
	if err != nil || f != f || f < 0 || f > 1000 {
		return 0
	}
	return int64(f*100 + 0.5)
}

// months reads "1;2;9". Numbers that no month has are left out.
func months(text string) []int {
	var all []int
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == ';' || r == ',' || r == ' ' }) {
		if n, err := strconv.Atoi(part); err == nil && n >= 1 && n <= 12 && !slices.Contains(all, n) {
			all = append(all, n)
		}
	}
	slices.Sort(all)
	return all
}
