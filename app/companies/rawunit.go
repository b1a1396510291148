package companies

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"kompetansepilot/app/reference"
)

// String is the piece as text: "" for what is no text.
func (p piece) String() string {
	switch p.kind {
	case jsonString:
		if bytes.IndexByte(p.b, '\\') < 0 && utf8.Valid(p.b) {
			return string(p.b)
		}
		var text string
		if json.Unmarshal(around(`"`, p.b, `"`), &text) == nil {
			return text
		}
		return strings.ToValidUTF8(string(p.b), "\uFFFD")
	case csvQuoted:
		text := string(utf8Of(p.b)) // a spreadsheet may have saved it otherwise
		if strings.Contains(text, `""`) {
			text = strings.ReplaceAll(text, `""`, `"`)
		}
		return text
	case csvCell:
		return string(utf8Of(p.b))
	}
	return ""
}

func around(before string, b []byte, after string) []byte {
	all := make([]byte, 0, len(b)+2)
	return append(append(append(all, before...), b...), after...)
}

// text is the piece as a person may see it: on one line, without control
// characters and space around it.
func (p piece) text() string {
	return tidy(p.String())
}

func tidy(text string) string {
	plain := true
	for i := range len(text) {
		if c := text[i]; c < ' ' || c >= 0x7f {
			plain = false
			break
		}
	}
	if plain {
		return strings.TrimSpace(text)
	}
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\t':
			return ' '
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, text))
}

// lines is an array of texts, or the lines of a text, joined by commas.
func (p piece) lines() string {
	var all []string
	if p.kind == jsonOther {
		var some []any
		if json.Unmarshal(p.b, &some) != nil {
			return ""
		}
		for _, one := range some {
			if text, ok := one.(string); ok {
				all = append(all, text)
			}
		}
	} else {
		all = strings.Split(p.String(), "\n")
	}
	kept := all[:0]
	for _, line := range all {
		if line = tidy(line); line != "" {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, ", ")
}

// truth is a boolean of JSON or of a cell.
func (p piece) truth() flag {
	if p.kind == jsonString {
		return unsaid
	}
	switch string(p.b) {
	case "true":
		return yes
	case "false":
		return no
	}
	return unsaid
}

// count is a whole number that is not negative; ok tells whether it is one.
func (p piece) count() (n int, ok bool) {
	if p.kind == absent || p.kind == jsonString || len(p.b) > 9 {
		return 0, false
	}
	n, err := strconv.Atoi(string(p.b))
	return n, err == nil && n >= 0
}

// place is the address that says where the unit is: of a sub-unit where it lies,
// of a main unit its business address, and the postal address for want of both.
func (r *raw) place() *address {
	switch {
	case r.location.there:
		return &r.location
	case r.business.there:
		return &r.business
	}
	return &r.postal
}

// sub tells whether the unit is a sub-unit.
func (r *raw) sub() bool {
	form := string(r.form.b)
	return r.location.there || string(r.class.b) == "Underenhet" || form == "BEDR" || form == "AAFY"
}

// validNumber is the unit's number when it is one.
func (r *raw) validNumber() (string, bool) {
	if len(r.number.b) != 9 {
		return "", false
	}
	number := string(r.number.b)
	return number, strings.Trim(number, "0123456789") == "" && reference.ValidOrgNumber(number)
}

// employeesOf is the headcount. In the form of today an absent number means that
// it is withheld when there is one, and none when there is not. Older answers say
// 0 for all they do not tell, and so tell nothing.
func (r *raw) employeesOf() Employees {
	n, told := r.employees.count()
	switch {
	case r.hasEmployees == no:
		return 0
	case r.hasEmployees == yes && told:
		return Employees(n)
	case r.hasEmployees == yes:
		return EmployeesWithheld
	case told && n > 0:
		return Employees(n)
	}
	return EmployeesUnknown
}

// unit makes a unit of the pieces. resolve gives today's number of a
// municipality.
func (r *raw) unit(resolve func(number string) string) Unit {
	place := r.place()
	u := Unit{
		Number: string(r.number.b), Name: r.name.text(), Form: r.form.text(), Parent: r.parent.text(),
		Sub:               r.sub(),
		GivenMunicipality: place.number.text(), Street: place.street.lines(), PostCode: place.postCode.text(), PostPlace: place.postPlace.text(),
		Industry: r.industry.text(), IndustryName: r.industryName.text(), Employees: r.employeesOf(),
		Website: r.website.text(), Email: r.email.text(), Phone: r.phone.text(),
		Registered: r.registered.text(), Founded: r.founded.text(),
		Bankrupt: r.bankrupt == yes, BankruptOn: r.bankruptOn.text(), Dissolving: r.dissolving == yes || r.forced == yes,
		Deleted: r.deleted.text(),
	}
	u.Municipality = resolve(u.GivenMunicipality)
	if u.Phone == "" {
		u.Phone = r.mobile.text()
	}
	if u.Founded == "" {
		u.Founded = r.started.text()
	}
	if u.Deleted == "" {
		u.Deleted = r.closed.text()
	}
	u.Bankrupt = u.Bankrupt || u.BankruptOn != ""
	switch r.norm.text() {
	case "Bokmål":
		u.Norm = "nb"
	case "Nynorsk":
		u.Norm = "nn"
	}
	return u
}
