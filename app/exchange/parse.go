package exchange

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/partner"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// values are what a row says, field by field, as the register keeps it. A field
// that the row leaves open is not among them.
type values map[Field]string

// parser reads the cells of rows.
type parser struct {
	kind     Kind
	matching []Field
	places   map[string]string // squeezed name or number -> number; "" for a name that several have
	resolve  func(string) (reference.Resolution, bool)
}

func newParser(kind Kind, matching []Field, places *reference.Tables) *parser {
	p := &parser{kind: kind, matching: matching, places: map[string]string{}, resolve: places.Resolve}
	for _, m := range places.Municipalities() {
		p.places[squeezed(m.UniqueName)] = m.Number
		for _, name := range []string{m.Name, m.SamiName} {
			key := squeezed(name)
			if key == "" || key == squeezed(m.UniqueName) {
				continue
			}
			if other, taken := p.places[key]; taken && other != m.Number {
				p.places[key] = ""
			} else {
				p.places[key] = m.Number
			}
		}
	}
	return p
}

// row reads a row. Several columns may be matched with tags and notes; of other
// fields the first column that says something counts.
func (p *parser) row(cells []string) (values, Reason) {
	v := make(values, len(p.matching))
	for i, f := range p.matching {
		if f == FieldNone || i >= len(cells) {
			continue
		}
		text := strings.TrimSpace(cells[i])
		if strings.HasPrefix(text, "'") && len(text) > 1 && strings.ContainsRune("=+-@", rune(text[1])) {
			text = text[1:] // as spreadsheets protect what is no formula
		}
		if text == "" {
			continue
		}
		stored, reason := p.cell(f, text)
		if reason.Refused() {
			return nil, reason
		}
		switch old := v[f]; {
		case old == "":
			v[f] = stored
		case f == FieldTags:
			v[f] = partner.WithTag(old, stored)
		case f == FieldNote:
			v[f] = old + "\n" + stored
		}
	}
	if p.kind == Contacts {
		if v[FieldContact] == "" && v[FieldEmail] == "" && v[FieldPhone] == "" {
			return nil, Reason{why: whyNoContact}
		}
		if v[FieldName] == "" && v[FieldNumber] == "" {
			return nil, Reason{why: whyNobody, value: v[FieldContact]}
		}
		return v, Reason{}
	}
	if v[FieldName] == "" && v[FieldNumber] == "" {
		return nil, Reason{why: whyNameless}
	}
	return v, Reason{}
}

// name is what a row calls itself, also one that is wrong.
func (p *parser) name(cells []string) string {
	want := FieldName
	if p.kind == Contacts {
		want = FieldContact
	}
	if i := slices.Index(p.matching, want); i >= 0 && i < len(cells) {
		return strings.Join(strings.Fields(cells[i]), " ")
	}
	return ""
}

func (p *parser) cell(f Field, text string) (string, Reason) {
	switch f {
	case FieldNumber:
		return OrgNumber(text)
	case FieldEmail:
		text = strings.TrimPrefix(text, "mailto:")
		if !partner.ValidEmail(text) {
			return "", Reason{why: whyEmail, value: text}
		}
		return text, Reason{}
	case FieldMunicipality:
		return p.place(text)
	case FieldStatus:
		if s, ok := readWords().status[squeezed(text)]; ok {
			return s, Reason{}
		}
		return "", Reason{why: whyStatus, value: text}
	case FieldSize:
		return size(text)
	case FieldIndustry:
		return industry(text)
	case FieldStandard:
		for _, s := range partner.Standards() {
			if strings.Contains(squeezed(text), strings.ToLower(s[2:])) {
				return s, Reason{}
			}
		}
		return "", Reason{}
	case FieldNorm:
		if n, ok := readWords().norm[squeezed(text)]; ok {
			return n, Reason{}
		}
		return "", Reason{why: whyNorm, value: text}
	case FieldTags:
		return partner.WithTag("", strings.ReplaceAll(text, ";", ",")), Reason{}
	case FieldNote:
		return text, Reason{}
	}
	return strings.Join(strings.Fields(text), " "), Reason{}
}

// OrgNumber reads an organisation number as people write it, "NO 974 760 673
// MVA", and gives its nine digits; reason tells what is wrong with it.
func OrgNumber(text string) (digits string, reason Reason) {
	s := strings.ToUpper(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '.' || r == '-' || r == ':' || r == '\u2011' {
			return -1
		}
		return r
	}, text))
	if whole, zeros, ok := strings.Cut(s, ","); ok && strings.Trim(zeros, "0") == "" {
		s = whole // "974760673,00"
	}
	for _, before := range []string{"ORGNR", "ORGNUMMER", "ORG", "NO"} {
		s = strings.TrimPrefix(s, before)
	}
	s = strings.TrimSuffix(strings.TrimSuffix(s, "MVA"), "FORETAKSREGISTERET")
	s = strings.TrimSuffix(s, "MVA")
	switch {
	case strings.Trim(s, "0123456789") != "" || s == "":
		return "", Reason{why: whyLetters, value: text}
	case len(s) != 9:
		return "", Reason{why: whyLength, value: s}
	case !reference.ValidOrgNumber(s):
		return "", Reason{why: whyControl, value: s}
	}
	return s, Reason{}
}

// place reads a municipality's name or number, of today or of before.
func (p *parser) place(text string) (string, Reason) {
	key := squeezed(text)
	if strings.Trim(key, "0123456789") == "" {
		for len(key) < 4 { // spreadsheets take the first zero of 0301 away
			key = "0" + key
		}
		if r, ok := p.resolve(key); ok {
			return r.Number, Reason{}
		}
		return "", Reason{why: whyPlace, value: text}
	}
	number, ok := p.places[key]
	if !ok {
		for _, k := range []string{strings.TrimSuffix(key, "kommune"), strings.TrimSuffix(key, "kommuna"), strings.TrimLeft(key, "0123456789")} {
			if number, ok = p.places[k]; ok {
				break
			}
		}
	}
	switch {
	case !ok:
		return "", Reason{why: whyPlace, value: text}
	case number == "":
		return "", Reason{why: whyPlaces, value: text}
	}
	return number, Reason{}
}

// size reads a size band, or the number of employees.
func size(text string) (string, Reason) {
	if band, ok := readWords().size[squeezed(text)]; ok {
		return band, Reason{}
	}
	digits := strings.FieldsFunc(text, func(r rune) bool { return r < '0' || r > '9' })
	if len(digits) == 0 || len(digits) > 2 {
		return "", Reason{why: whySize, value: text}
	}
	least, err := strconv.Atoi(digits[0])
	if err != nil {
		return "", Reason{why: whySize, value: text}
	}
	for _, band := range slices.Backward(partner.SizeBands()) {
		from, err := strconv.Atoi(strings.TrimRight(strings.SplitN(band, "-", 2)[0], "+"))
		if err == nil && least >= from {
			return band, Reason{}
		}
	}
	return "", Reason{why: whySize, value: text}
}

// industry reads an industry code, also one with its name behind it.
func industry(text string) (string, Reason) {
	code := strings.Trim(strings.Fields(text)[0], ",;:")
	code = strings.ReplaceAll(code, ",", ".")
	if digits := strings.Trim(code, "0123456789") == ""; digits && len(code) == 5 {
		code = code[:2] + "." + code[2:]
	}
	if !partner.ValidIndustry(code) {
		return "", Reason{why: whyIndustry, value: text}
	}
	return code, Reason{}
}

// Cells are an organisation's row in a file, field by field.
func Cells(words *lang.Printer, places *reference.Tables, fields []Field, o *data.Organisation) []string {
	cells := make([]string, len(fields))
	for i, f := range fields {
		text := *f.at(o)
		switch f {
		case FieldMunicipality:
			if p, ok := places.Resolve(text); ok {
				text = p.UniqueName
			}
		case FieldStatus:
			text = StatusWord(words, partner.ParseStatus(text))
		case FieldSize:
			text = SizeWord(words, text)
		case FieldNorm:
			text = normWord(words, text)
		}
		cells[i] = text
	}
	return cells
}
