package companies

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// Selection is which units of a bulk file are kept: those in a county, in some
// municipalities, or all.
type Selection struct {
	County         string   `json:"county,omitempty"`         // number, of either structure
	Municipalities []string `json:"municipalities,omitempty"` // numbers of today
	Everything     bool     `json:"everything,omitempty"`
}

// Select makes a selection of what a person gives: the number of a county, or
// numbers (also old ones) and names of municipalities. Its errors carry a
// sentence.
func Select(places *reference.Tables, county string, municipalities []string) (Selection, error) {
	s := Selection{County: strings.TrimSpace(county)}
	if s.County != "" && len(places.CountyMunicipalities(s.County)) == 0 {
		return s, data.NewError(CodeNoSelection+".county", "Det finnes ikke noe fylke med nummeret «{{.Name}}». Ingenting er lastet. Skriv to siffer, for eksempel 34.", nil, "Name", s.County)
	}
	for _, name := range municipalities {
		number, ok := findMunicipality(places, strings.TrimSpace(name))
		if !ok {
			return s, data.NewError(CodeNoSelection+".municipality", "Det finnes ingen kommune som heter eller har nummeret «{{.Name}}». Ingenting er lastet. Skriv kommunens nummer med fire siffer.", nil, "Name", name)
		}
		s.Municipalities = append(s.Municipalities, number)
	}
	slices.Sort(s.Municipalities)
	s.Municipalities = slices.Compact(s.Municipalities)
	if s.County == "" && len(s.Municipalities) == 0 {
		return s, data.NewError(CodeNoSelection, "Det er ikke valgt fylke eller kommuner. Ingenting er lastet. Velg hvilket område som skal være med.", nil)
	}
	return s, nil
}

// Numbers are the municipalities of today that a selection names; none for
// everything.
func (s Selection) Numbers(places *reference.Tables) []string {
	all := slices.Clone(s.Municipalities)
	if s.County != "" {
		for _, m := range places.CountyMunicipalities(s.County) {
			all = append(all, m.Number)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func findMunicipality(places *reference.Tables, name string) (number string, ok bool) {
	if r, ok := places.Resolve(name); ok {
		return r.Number, true
	}
	wanted := data.Fold(name)
	for _, m := range places.Municipalities() {
		if data.Fold(m.UniqueName) == wanted || data.Fold(m.Name) == wanted && m.Name == m.UniqueName {
			return m.Number, true
		}
	}
	return "", false
}

// key is the selection as the store keeps it.
func (s Selection) key() string {
	raw, err := json.Marshal(s)
	if err != nil {
		return ""
	}
	return string(raw)
}

// keeper tells of a municipality number, old or new, what it is today and
// whether its units are kept. It is made for asking a million times.
type keeper struct {
	everything bool
	keep       [10000]bool
	today      [10000]int16 // 0 for what is no number
}

func newKeeper(places *reference.Tables, s Selection) *keeper {
	k := &keeper{everything: s.Everything}
	chosen := map[string]bool{}
	for _, number := range s.Numbers(places) {
		chosen[number] = true
	}
	for _, m := range places.Municipalities() {
		k.set(m.Number, m.Number, chosen[m.Number])
	}
	for _, old := range places.Former() {
		// A municipality that was split counts in each of its parts.
		in := slices.ContainsFunc(old.Shares, func(part reference.Share) bool { return chosen[part.Number] })
		k.set(old.OldNumber, old.Number, in)
	}
	return k
}

func (k *keeper) set(number, today string, keep bool) {
	n, err := strconv.Atoi(number)
	to, err2 := strconv.ParseInt(today, 10, 16)
	if err != nil || err2 != nil || n < 0 || n >= len(k.keep) {
		return
	}
	k.keep[n], k.today[n] = keep, int16(to)
}

// fourDigits reads a municipality number; -1 is for what is none.
func fourDigits(b []byte) int {
	if len(b) != 4 {
		return -1
	}
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' {
			return -1
		}
		n = n*10 + int(c-'0')
	}
	return n
}

// keeps tells whether a unit is kept.
func (k *keeper) keeps(r *raw) bool {
	if k.everything {
		return true
	}
	n := fourDigits(r.place().number.b)
	return n >= 0 && k.keep[n]
}

// resolve is today's number of a municipality; a number that is not known stays.
func (k *keeper) resolve(number string) string {
	n := fourDigits([]byte(number))
	if n < 0 || k.today[n] == 0 {
		return number
	}
	text := strconv.Itoa(int(k.today[n]))
	return strings.Repeat("0", 4-len(text)) + text
}

// resolver gives today's number of a municipality.
func resolver(places *reference.Tables) func(number string) string {
	return newKeeper(places, Selection{}).resolve
}

func parseSelection(key string) Selection {
	var s Selection
	if err := json.Unmarshal([]byte(key), &s); err != nil {
		return Selection{}
	}
	return s
}
