package exchange

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"

	"kompetansepilot/app/exchange/table"
	"kompetansepilot/app/partner"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// headRows is how far down the header of a table may stand.
const headRows = 20

// findHeader is the index of the row whose cells are the names of columns: the
// one with most words that are known as such, and nothing that only contents
// have. -1 is a table that begins with its contents.
func findHeader(rows []table.Row) int {
	best, most := -1, 0
	for i, r := range rows[:min(len(rows), headRows)] {
		known := 0
		for _, c := range r.Cells {
			if onlyContents(strings.TrimSpace(c)) {
				known = 0
				break
			}
			if headField(c) != FieldNone {
				known++
			}
		}
		if known > most {
			best, most = i, known
		}
	}
	return best
}

// onlyContents tells what never stands over a column.
func onlyContents(text string) bool {
	if text == "" {
		return false
	}
	_, reason := OrgNumber(text)
	return !reason.Refused() || partner.ValidEmail(text) || strings.Contains(text, "://")
}

// headField is the field that a header names, FieldNone for none.
func headField(head string) Field {
	key := squeezed(head)
	if f, ok := readWords().heads[key]; ok {
		return f
	}
	return FieldNone
}

// loosely are the fields that a header names among other words, "Navn på
// bedriften", those of the longest words first.
func loosely(head string) []Field {
	key := squeezed(head)
	var words []string
	for word := range readWords().heads {
		if len(word) >= 3 && strings.Contains(key, word) {
			words = append(words, word)
		}
	}
	slices.SortFunc(words, func(a, b string) int { return cmp.Or(len(b)-len(a), cmp.Compare(a, b)) })
	fields := make([]Field, len(words))
	for i, word := range words {
		fields[i] = readWords().heads[word]
	}
	return fields
}

// guess matches columns with fields: by what stands over them, then by what
// stands in them. Each field is given once, but for tags and notes.
func guess(kind Kind, header []string, sample []table.Row, p *parser) []Field {
	columns := len(header)
	for _, r := range sample {
		columns = max(columns, len(r.Cells))
	}
	matching := make([]Field, columns)
	given := map[Field]bool{}
	allowed := kind.Fields()
	give := func(i int, f Field) {
		if matching[i] != FieldNone || !slices.Contains(allowed, f) || given[f] && f != FieldTags {
			return
		}
		matching[i], given[f] = f, true
	}
	person := slices.ContainsFunc(header, func(h string) bool { return headField(h) == FieldContact })
	adapt := func(f Field, head string) Field {
		// In a list of contacts a plain "name" is the person's, unless another column is.
		if kind == Contacts && f == FieldName && !person && plainName(head) {
			return FieldContact
		}
		return f
	}
	for i, h := range header {
		give(i, adapt(headField(h), h))
	}
	for i, h := range header {
		for _, f := range loosely(h) {
			give(i, adapt(f, h))
		}
	}
	for i := range matching {
		if matching[i] == FieldNone {
			give(i, byContent(i, sample, p))
		}
	}
	if kind != Contacts && !given[FieldName] && len(header) == 0 {
		nameByContent(matching, sample)
	}
	return matching
}

// plainName tells a header that says "name" and not whose.
func plainName(head string) bool {
	switch squeezed(head) {
	case "navn", "namn", "name", "fn", "fulltnavn", "fulltnamn", "fullname":
		return true
	}
	return false
}

// byContent is the field whose form most cells of a column have.
func byContent(column int, sample []table.Row, p *parser) Field {
	filled := 0
	counts := map[Field]int{}
	for _, r := range sample {
		if column >= len(r.Cells) || strings.TrimSpace(r.Cells[column]) == "" {
			continue
		}
		filled++
		text := strings.TrimSpace(r.Cells[column])
		counts[formOf(text, p)]++
	}
	for _, f := range []Field{FieldNumber, FieldEmail, FieldWebsite, FieldPhone, FieldMunicipality, FieldIndustry} {
		if filled > 0 && counts[f]*10 >= filled*7 {
			return f
		}
	}
	return FieldNone
}

func formOf(text string, p *parser) Field {
	if _, reason := OrgNumber(text); !reason.Refused() {
		return FieldNumber
	}
	low := strings.ToLower(text)
	digits := 0
	for _, r := range text {
		if r >= '0' && r <= '9' {
			digits++
		}
	}
	switch {
	case partner.ValidEmail(text):
		return FieldEmail
	case strings.HasPrefix(low, "www.") || strings.HasPrefix(low, "http://") || strings.HasPrefix(low, "https://"):
		return FieldWebsite
	case strings.Trim(text, "+0123456789 ()-") == "" && (digits == 8 || strings.HasPrefix(text, "+") && digits > 8):
		return FieldPhone
	case len(text) == 6 && partner.ValidIndustry(text):
		return FieldIndustry
	}
	if _, reason := p.place(text); !reason.Refused() {
		return FieldMunicipality
	}
	return FieldNone
}

// nameByContent takes the first column of texts that nothing else claims for the
// names, in a table without a header.
func nameByContent(matching []Field, sample []table.Row) {
	for i, f := range matching {
		texts := 0
		for _, r := range sample {
			if i < len(r.Cells) && strings.ContainsFunc(r.Cells[i], func(c rune) bool { return c > '9' }) {
				texts++
			}
		}
		if f == FieldNone && texts*2 > len(sample) {
			matching[i] = FieldName
			return
		}
	}
}

// settingFor is the name of the setting that remembers how a set of headers was
// matched for a kind.
func settingFor(kind Kind, header []string) string {
	keys := make([]string, len(header))
	for i, h := range header {
		keys[i] = squeezed(h)
	}
	sum := sha256.Sum256([]byte(strings.Join(keys, "\n")))
	return "exchange." + string(kind) + "." + hex.EncodeToString(sum[:8])
}

// remembered is how the columns were matched the last time that a file had these
// headers.
func remembered(w *data.Workspace, kind Kind, header []string) ([]Field, bool) {
	s, err := data.Get[data.Setting](w, settingFor(kind, header))
	if err != nil || s.Value == "" {
		return nil, false
	}
	var matching []Field
	if err := json.Unmarshal([]byte(s.Value), &matching); err != nil || len(matching) < len(header) {
		return nil, false
	}
	return matching, true
}

func remember(tx *data.Tx, kind Kind, header []string, matching []Field) error {
	raw, err := json.Marshal(matching)
	if err != nil {
		return err
	}
	return tx.Put(&data.Setting{Row: data.Row{ID: settingFor(kind, header)}, Value: string(raw)})
}

// ParseMatching reads a matching from JSON: an object with a column's header and
// the id of a field, {"Firma": "name"}. Columns that it does not name keep what
// was guessed; "" passes a column over.
func ParseMatching(raw []byte, f *File) error {
	var named map[string]Field
	if err := json.Unmarshal(raw, &named); err != nil {
		return data.NewError(CodeMatching, "Filen med kolonnevalg kan ikke leses. Ingenting er endret. Den skal se ut som {\"Firma\": \"name\"}.", err)
	}
	for head, field := range named {
		at := slices.IndexFunc(f.Header, func(h string) bool { return squeezed(h) == squeezed(head) })
		if at < 0 {
			return data.NewError(CodeMatching+".column", "Tabellen har ingen kolonne som heter «{{.Column}}». Ingenting er endret.", nil, "Column", head)
		}
		if field != FieldNone && !slices.Contains(f.Kind.Fields(), field) {
			return data.NewError(CodeMatching+".field", "Det finnes ikke noe felt som heter «{{.Field}}». Ingenting er endret.", nil, "Field", string(field))
		}
		f.Matching[at] = field
	}
	return nil
}

// CodeMatching is the code of errors in how columns are matched.
const CodeMatching = "matching"

// samePlace tells whether two municipality numbers can be one place; an unknown
// one can be any.
func samePlace(places *reference.Tables, a, b string) bool {
	if a == "" || b == "" || a == b {
		return true
	}
	x, ok1 := places.Resolve(a)
	y, ok2 := places.Resolve(b)
	return ok1 && ok2 && x.Number == y.Number
}

// byID puts organisations in the order that they were made in.
func byID(a, b *data.Organisation) int { return cmp.Compare(a.ID, b.ID) }
