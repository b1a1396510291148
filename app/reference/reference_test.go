package reference

import (
	"math"
	"slices"
	"strings"
	"testing"
)

func TestEveryMunicipalityResolves(t *testing.T) {
	tables := Load()
	all := tables.Municipalities()
	if len(all) != 357 {
		t.Errorf("%d municipalities, want 357", len(all))
	}
	for _, m := range all {
		r, ok := tables.Resolve(m.Number)
		if !ok || r.Number != m.Number || r.Vintage != "2024" || r.Change != "" {
			t.Errorf("%s resolves to %+v, %v", m.Number, r, ok)
		}
		if m.CountyName == "" || m.Centrality < 1 || m.Centrality > 6 || m.CentralityYear < 2020 || m.Population < 100 || m.SubRegion == "" {
			t.Errorf("incomplete: %+v", m)
		}
		if !slices.Contains([]string{NormBokmal, NormNynorsk, NormNeutral}, m.Norm) {
			t.Errorf("%s: norm %q", m.Number, m.Norm)
		}
		for _, p := range []Point{{m.Lat, m.Lon}, {m.AreaLat, m.AreaLon}} {
			if p.Lat < 57.5 || p.Lat > 71.5 || p.Lon < 4 || p.Lon > 31.5 {
				t.Errorf("%s lies outside Norway: %v", m.Name, p)
			}
		}
	}
}

func TestEveryOldNumberResolves(t *testing.T) {
	tables := Load()
	changes := tables.changes()
	if len(changes) != 478 {
		t.Errorf("%d old numbers, want 478", len(changes))
	}
	if former := tables.Former(); len(former) != len(changes) || former[0].OldNumber != "0101" || former[0].Name != "Halden" {
		t.Errorf("%d former numbers, the first %+v", len(former), former[0])
	}
	for number := range changes {
		r, ok := tables.Resolve(number)
		if !ok || r.Number == "" || r.OldName == "" {
			t.Errorf("%s does not resolve: %+v", number, r)
			continue
		}
		sum, mains := 0.0, 0
		for _, s := range r.Shares {
			sum += s.Share
			if s.Main {
				mains++
			}
		}
		if math.Abs(sum-1) > 0.002 || mains != 1 || (len(r.Shares) > 1) != (r.Change == "split") {
			t.Errorf("%s: shares %+v", number, r.Shares)
		}
	}
}

func TestResolve(t *testing.T) {
	tables := Load()
	for _, c := range []struct{ number, want, name, vintage, change string }{
		{"0501", "3405", "Lillehammer", "2017–2019", "renumbered"},
		{"0517", "3437", "Sel", "2017–2019", "renumbered"},
		{"1601", "5001", "Trondheim", "2017", "merged"},
		{"3053", "3236", "Jevnaker", "2020–2023", "renumbered"},
		{"5402", "5503", "Harstad", "2020–2023", "renumbered"},
		{"1507", "1508", "Ålesund", "2020–2023", "split"},
		{"5012", "5059", "Orkland", "2018–2019", "split"},
		{" 3437 ", "3437", "Sel", "2024", ""},
	} {
		r, ok := tables.Resolve(c.number)
		if !ok || r.Number != c.want || r.Name != c.name || r.Vintage != c.vintage || r.Change != c.change {
			t.Errorf("Resolve(%q) = %s %s %q %q, %v", c.number, r.Number, r.Name, r.Vintage, r.Change, ok)
		}
	}
	if r, _ := tables.Resolve("1507"); len(r.Shares) != 2 || r.Shares[1].Number != "1580" || r.Shares[1].Main {
		t.Errorf("Ålesund of 2020: %+v", r.Shares)
	}
	for _, number := range []string{"", "9999", "34", "Sel"} {
		if r, ok := tables.Resolve(number); ok {
			t.Errorf("Resolve(%q) = %v", number, r.Name)
		}
	}
}

func TestCounties(t *testing.T) {
	tables := Load()
	for structure, want := range map[string]int{"2020": 11, "2024": 15, "1919": 0} {
		got := tables.Counties(structure)
		if len(got) != want {
			t.Errorf("%d counties in %s, want %d", len(got), structure, want)
		}
		for _, c := range got {
			if !ValidOrgNumber(c.OrgNumber) || c.NameNN == "" || c.Body == "" || (structure == "2020") != (len(c.Successors) > 0) {
				t.Errorf("county %+v", c)
			}
		}
	}
	if c, ok := tables.County("34"); !ok || c.Structure != "2024" || c.OrgNumber != "920717152" || c.Body != "Innlandet fylkeskommune" {
		t.Errorf("34 is %+v", c)
	}
	if c, ok := tables.County("30"); !ok || c.Structure != "2020" || !slices.Equal(c.Successors, []string{"31", "32", "33"}) {
		t.Errorf("30 is %+v", c)
	}
}

func TestCountyMunicipalities(t *testing.T) {
	tables := Load()
	for county, want := range map[string]int{"34": 46, "30": 51, "38": 23, "54": 39, "31": 12, "16": 0, "99": 0, "": 0, "3": 0} {
		if got := tables.CountyMunicipalities(county); len(got) != want {
			t.Errorf("county %q has %d municipalities, want %d", county, len(got), want)
		}
	}
	// The dissolved counties and their successors cover the same ground.
	for old, successors := range map[string][]string{"30": {"31", "32", "33"}, "38": {"39", "40"}, "54": {"55", "56"}} {
		var want []string
		for _, s := range successors {
			for _, m := range tables.MunicipalitiesIn(s) {
				want = append(want, m.Number)
			}
		}
		var got []string
		for _, m := range tables.CountyMunicipalities(old) {
			got = append(got, m.Number)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", old, got, want)
		}
	}
}

func TestSubRegions(t *testing.T) {
	tables := Load()
	for _, county := range tables.Counties(Current) {
		n := 0
		for _, r := range tables.SubRegions(county.Number) {
			n += len(r.Municipalities)
		}
		if want := len(tables.MunicipalitiesIn(county.Number)); n != want {
			t.Errorf("%s: sub-regions hold %d of %d", county.Name, n, want)
		}
	}
	other := 0
	for _, m := range tables.Municipalities() {
		if m.SubRegion == OtherSubRegion {
			other++
		}
	}
	if other != 6 {
		t.Errorf("%d municipalities have no sub-region, want 6", other)
	}
	var names []string
	for _, r := range tables.SubRegions("18") {
		names = append(names, r.Name)
	}
	if want := "Indre Helgeland, Lofoten, Ofoten, Salten, Sør-Helgeland, Vesterålen, Ytre Helgeland, Andre"; strings.Join(names, ", ") != want {
		t.Errorf("Nordland: %v", names)
	}
}

func TestAnswersAreCopies(t *testing.T) {
	tables := Load()
	tables.Municipalities()[0].Name = "x"
	tables.Outline()[0][0].Lat = 0
	tables.Credits()[0] = "x"
	tables.Counties("2020")[4].Successors[0] = "x"
	c, _ := tables.County("30")
	if tables.Municipalities()[0].Name == "x" || tables.Outline()[0][0].Lat == 0 || tables.Credits()[0] == "x" || c.Successors[0] == "x" {
		t.Error("a caller changed a table")
	}
}

func TestOutline(t *testing.T) {
	rings := Load().Outline()
	if len(rings) < 80 {
		t.Errorf("%d rings", len(rings))
	}
	for i, ring := range rings {
		if len(ring) < 4 || ring[0] != ring[len(ring)-1] {
			t.Errorf("ring %d has %d points and is closed: %v", i, len(ring), ring[0] == ring[len(ring)-1])
		}
		for _, p := range ring {
			if p.Lat < 57.5 || p.Lat > 71.5 || p.Lon < 4 || p.Lon > 31.5 {
				t.Errorf("ring %d: %v", i, p)
			}
		}
	}
}

func TestNeighbours(t *testing.T) {
	rings := Load().Neighbours()
	for i, ring := range rings {
		if len(ring) < 5 || ring[0] != ring[len(ring)-1] {
			t.Errorf("ring %d has %d points and is closed: %v", i, len(ring), ring[0] == ring[len(ring)-1])
		}
	}
	inside := func(lat, lon float64) bool {
		in := false
		for _, ring := range rings {
			for i := range len(ring) - 1 {
				p, q := ring[i], ring[i+1]
				if (p.Lat > lat) != (q.Lat > lat) && lon < p.Lon+(lat-p.Lat)/(q.Lat-p.Lat)*(q.Lon-p.Lon) {
					in = !in
				}
			}
		}
		return in
	}
	for name, p := range map[string]Point{"Östersund": {63.18, 14.64}, "Torsby": {60.14, 13.0}, "Rovaniemi": {66.5, 25.73}, "Nikel": {69.41, 30.22}} {
		if !inside(p.Lat, p.Lon) {
			t.Errorf("%s is at sea", name)
		}
	}
	for name, p := range map[string]Point{"Hamar": {60.79, 11.07}, "the Skagerrak": {58.0, 9.5}, "the Bothnian Sea": {61.5, 19.0}} {
		if inside(p.Lat, p.Lon) {
			t.Errorf("%s is in a neighbouring country", name)
		}
	}
}

func TestCreditsNameThePublishers(t *testing.T) {
	all := strings.Join(Load().Credits(), "\n")
	for _, name := range []string{"Kartverket", "Statistisk sentralbyrå", "Brønnøysundregistrene", "GeoNames", "Natural Earth", "csdata", "Språkrådet", "CC BY 4.0", "NLOD", "MIT"} {
		if !strings.Contains(all, name) {
			t.Errorf("the credits do not name %s", name)
		}
	}
}

func TestValidOrgNumber(t *testing.T) {
	for text, want := range map[string]bool{
		"123456785": true, "991825827": true, "991 825 827": true, "920717152": true,
		"123456786": false, "12345678": false, "1234567850": false, "": false, "99182582a": false, "000000010": false,
	} {
		if got := ValidOrgNumber(text); got != want {
			t.Errorf("ValidOrgNumber(%q) = %v", text, got)
		}
	}
	// The weighted sum is 12, the remainder 1: no check digit fits.
	for d := '0'; d <= '9'; d++ {
		if ValidOrgNumber("00000006" + string(d)) {
			t.Errorf("00000006%c passes", d)
		}
	}
}

func TestProviders(t *testing.T) {
	tables := Load()
	all := tables.Providers()
	if len(all) != 65 {
		t.Errorf("%d providers", len(all))
	}
	numbers := map[string]bool{}
	for _, p := range all {
		if p.Name == "" || p.Kind == "" || p.OrgNumber == "" && p.Registered {
			t.Errorf("unfinished: %+v", p)
		}
		if p.OrgNumber != "" && (!ValidOrgNumber(p.OrgNumber) || numbers[p.OrgNumber]) {
			t.Errorf("%s has the number %s", p.Name, p.OrgNumber)
		}
		numbers[p.OrgNumber] = true
		if _, ok := tables.Municipality(p.Municipality); p.Municipality != "" && !ok {
			t.Errorf("%s lies in %s", p.Name, p.Municipality)
		}
	}
}
