package reference

import (
	"slices"
	"strings"
)

// Written norms that a municipality or county may have decided on.
const (
	NormBokmal  = "nb"
	NormNynorsk = "nn"
	NormNeutral = "neutral"
)

// Municipality is a municipality of the 2024 structure.
type Municipality struct {
	Number string // four digits
	Name   string
	// UniqueName tells municipalities of the same name apart, "Våler (Innlandet)".
	UniqueName   string
	SamiName     string // "" when it has none
	CountyNumber string
	CountyName   string
	// Norm is the written norm: "nb", "nn" or "neutral".
	Norm string
	// Centrality is the class by Statistics Norway, 1 (most central) to 6.
	Centrality int
	// CentralityYear is the vintage of the classification.
	CentralityYear int
	Population     int
	PopulationDate string // YYYY-MM-DD
	// Lat and Lon are the administrative centre, AreaLat and AreaLon a point in
	// the middle of the area; degrees of WGS 84.
	Lat, Lon         float64
	AreaLat, AreaLon float64
	// SubRegion is the regional-council area; a starting point that nobody has
	// verified and that the user may change. See [OtherSubRegion].
	SubRegion string
}

// OtherSubRegion is the sub-region of municipalities whose place is not known.
const OtherSubRegion = "Andre"

type municipalityTable struct {
	all      []Municipality // by number
	byNumber map[string]int
}

// Municipalities are all municipalities of 2024, by number.
func (t *Tables) Municipalities() []Municipality { return slices.Clone(t.municipalities().all) }

// MunicipalitiesIn are the municipalities of a 2024 county, by number. For a
// county of 2020 use [Tables.CountyMunicipalities].
func (t *Tables) MunicipalitiesIn(county string) []Municipality {
	var in []Municipality
	for _, m := range t.municipalities().all {
		if m.CountyNumber == county {
			in = append(in, m)
		}
	}
	return in
}

// Municipality finds a municipality by its 2024 number.
func (t *Tables) Municipality(number string) (Municipality, bool) {
	table := t.municipalities()
	i, ok := table.byNumber[number]
	if !ok {
		return Municipality{}, false
	}
	return table.all[i], true
}

// SubRegion is a group of municipalities inside a county.
type SubRegion struct {
	Name           string
	Municipalities []Municipality // by number
}

// SubRegions are the sub-regions of a county of either structure, in Norwegian
// order with [OtherSubRegion] last. The division is unverified.
func (t *Tables) SubRegions(county string) []SubRegion {
	var regions []SubRegion
	at := map[string]int{}
	for _, m := range t.CountyMunicipalities(county) {
		i, ok := at[m.SubRegion]
		if !ok {
			i = len(regions)
			at[m.SubRegion] = i
			regions = append(regions, SubRegion{Name: m.SubRegion})
		}
		regions[i].Municipalities = append(regions[i].Municipalities, m)
	}
	byName(regions, func(r SubRegion) string { return r.Name })
	slices.SortStableFunc(regions, func(a, b SubRegion) int { return last(a.Name) - last(b.Name) })
	return regions
}

func last(subRegion string) int {
	if subRegion == OtherSubRegion {
		return 1
	}
	return 0
}

// Resolution is what a municipality number, old or new, means today.
type Resolution struct {
	Municipality // the one of 2024; the largest share when the old one was split
	// OldNumber and OldName are what was asked for. OldName is the name of then.
	OldNumber, OldName string
	// Vintage is the years that the number is from: "2024" for a number of
	// today, otherwise "2020–2023", "2017–2019", "2018–2019" or "2017". Numbers
	// that went out of use before 2017 do not resolve.
	Vintage string
	// Change is "" for a number of today, otherwise "renumbered", "merged" or
	// "split".
	Change string
	// Shares are the parts of a split municipality, largest first; one part with
	// share 1 otherwise.
	Shares []Share
}

// Share is the part of an old municipality that became a part of a new one.
type Share struct {
	Number, Name string
	Share        float64 // 0 to 1
	Main         bool    // the part that Resolve chooses
}

type change struct {
	oldName, vintage, number, kind string
	share                          float64
	main                           bool
}

// Resolve finds the municipality of 2024 behind a number that is or was in use
// in 2017 or later.
func (t *Tables) Resolve(number string) (Resolution, bool) {
	number = strings.TrimSpace(number)
	if m, ok := t.Municipality(number); ok {
		return Resolution{Municipality: m, OldNumber: number, OldName: m.Name, Vintage: Current,
			Shares: []Share{{Number: m.Number, Name: m.Name, Share: 1, Main: true}}}, true
	}
	parts := t.changes()[number]
	if len(parts) == 0 {
		return Resolution{}, false
	}
	r := Resolution{OldNumber: number, OldName: parts[0].oldName, Vintage: parts[0].vintage, Change: parts[0].kind}
	for _, part := range parts {
		m, ok := t.Municipality(part.number)
		if !ok {
			return Resolution{}, false
		}
		if part.main {
			r.Municipality = m
		}
		r.Shares = append(r.Shares, Share{Number: m.Number, Name: m.Name, Share: part.share, Main: part.main})
	}
	return r, true
}

// Former are the numbers that are no longer in use, with what became of them, by
// number and the oldest first.
func (t *Tables) Former() []Resolution {
	changes := t.changes()
	all := make([]Resolution, 0, len(changes))
	for number := range changes {
		if r, ok := t.Resolve(number); ok && r.Change != "" {
			all = append(all, r)
		}
	}
	slices.SortFunc(all, func(a, b Resolution) int { return strings.Compare(a.OldNumber, b.OldNumber) })
	return all
}
