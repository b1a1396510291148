package companies

import (
	"strings"
	"time"

	"kompetansepilot/app/reference"
)

// Source is what a datum from the register is marked with.
const Source = "Enhetsregisteret"

// Employees is a headcount. The register tells numbers from five on; below, it
// tells only that there are some. Negative values are not numbers.
type Employees int

const (
	// EmployeesWithheld are one to four: there are some, and the register does
	// not tell how many.
	EmployeesWithheld Employees = -1
	// EmployeesUnknown is for answers that tell nothing at all.
	EmployeesUnknown Employees = -2
)

// Known tells whether the headcount is a number; zero is one.
func (e Employees) Known() bool { return e >= 0 }

// Band is the size band of the headcount as an organisation has it: "" when it
// is withheld or unknown, "0" for none.
func (e Employees) Band() string {
	switch {
	case e < 0:
		return ""
	case e == 0:
		return "0"
	case e < 5:
		return "1-4"
	case e < 10:
		return "5-9"
	case e < 20:
		return "10-19"
	case e < 50:
		return "20-49"
	case e < 100:
		return "50-99"
	case e < 250:
		return "100-249"
	}
	return "250+"
}

// Standards of industry codes.
const (
	SN2007 = "SN2007"
	SN2025 = "SN2025"
)

// firstSN2025 is the day that the register changed to the codes of SN2025.
// Statistics Norway lets SN2007 end on 2025-08-31.
const firstSN2025 = "2025-09-01"

// StandardAt is the standard of the industry codes that the register gave at a
// time. An answer does not say which it uses, and the same code can mean
// different things, so the time decides.
func StandardAt(t time.Time) string {
	if t.Format(time.DateOnly) < firstSN2025 {
		return SN2007
	}
	return SN2025
}

// Unit is a main unit or a sub-unit as the register tells it. What the register
// leaves out is "".
type Unit struct {
	Number string // nine digits
	Name   string
	Form   string // legal form: "AS", "ENK", "BEDR" …
	Sub    bool   // a sub-unit, which is a workplace
	Parent string // number of the unit above

	// Municipality is the number of today, also where the register still gives an
	// older one; GivenMunicipality is what it gave.
	Municipality, GivenMunicipality string
	Street, PostCode, PostPlace     string

	Industry     string // main industry code, "16.110"
	IndustryName string
	Employees    Employees

	Website, Email, Phone string
	Norm                  string // "nb", "nn" or ""
	Registered, Founded   string // YYYY-MM-DD

	Bankrupt   bool
	BankruptOn string // YYYY-MM-DD
	Dissolving bool   // being wound up, by its own will or by force
	Deleted    string // YYYY-MM-DD, "" for a unit that lives
}

// Person tells whether the unit is a person: a sole proprietorship, whose data
// are personal data.
func (u *Unit) Person() bool { return u.Form == "ENK" }

// Number reads an organisation number as people write it: "974760673",
// "974 760 673", "NO 974 760 673 MVA". ok tells whether it has nine digits and
// the right check digit.
func Number(text string) (number string, ok bool) {
	digits, ok := numberDigits(text)
	return digits, ok && reference.ValidOrgNumber(digits)
}

// numberDigits takes away what may stand around a number and between its digits;
// ok tells whether digits are all that is left.
func numberDigits(text string) (digits string, ok bool) {
	text = strings.ToUpper(strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\t', '\u00a0', '\u202f', '.', '-':
			return -1
		}
		return r
	}, text))
	text = strings.TrimSuffix(strings.TrimPrefix(text, "NO"), "MVA")
	return text, text != "" && strings.Trim(text, "0123456789") == ""
}
