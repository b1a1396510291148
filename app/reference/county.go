package reference

import (
	"slices"
	"strings"
)

// County is a county of the 2020 or the 2024 structure. The same number may be
// in both.
type County struct {
	Number       string // two digits
	Name, NameNN string
	SamiName     string // "" when it has none
	OfficialName string // all official names, "Troms - Romsa - Tromssa"
	// Body is the county council as an organisation, "Innlandet fylkeskommune".
	Body      string
	OrgNumber string
	// Structure is "2020" or "2024".
	Structure string
	// Norm is the written norm decided: "nb", "nn" or "neutral"; "" when not known.
	Norm    string
	Website string // without scheme; "" when not known
	// Successors are the 2024 counties of a 2020 county; empty for a county of 2024.
	Successors []string
}

// Counties are the counties of a structure, "2020" or "2024", by number.
func (t *Tables) Counties(structure string) []County {
	var in []County
	for _, c := range t.counties() {
		if c.Structure == structure {
			c.Successors = slices.Clone(c.Successors)
			in = append(in, c)
		}
	}
	return in
}

// County finds a county by number: the one of 2024, or of 2020 when the number
// is no longer in use (30, 38, 54).
func (t *Tables) County(number string) (County, bool) {
	for _, structure := range []string{Current, "2020"} {
		for _, c := range t.Counties(structure) {
			if c.Number == number {
				return c, true
			}
		}
	}
	return County{}, false
}

// CountyMunicipalities are today's municipalities in the area of a county of
// either structure, by number. For a county that was dissolved (Viken 30,
// Vestfold og Telemark 38, Troms og Finnmark 54) they are where its own
// municipalities went, so each of them exactly.
func (t *Tables) CountyMunicipalities(county string) []Municipality {
	if in := t.MunicipalitiesIn(county); len(in) > 0 || len(county) != 2 {
		return in
	}
	var numbers []string
	for old, parts := range t.changes() {
		if !strings.HasPrefix(old, county) || parts[0].vintage != "2020–2023" {
			continue
		}
		for _, part := range parts {
			numbers = append(numbers, part.number)
		}
	}
	slices.Sort(numbers)
	var in []Municipality
	for _, number := range slices.Compact(numbers) {
		if m, ok := t.Municipality(number); ok {
			in = append(in, m)
		}
	}
	return in
}
