package reference

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"kompetansepilot/assets"
)

// row is a row of a table with the names of its columns.
type row struct {
	file   string
	line   int
	column map[string]int
	cells  []string
}

func (r row) text(column string) string {
	i, ok := r.column[column]
	if !ok {
		r.fail(column, fmt.Errorf("no such column"))
	}
	return r.cells[i]
}

func (r row) number(column string) int {
	n, err := strconv.Atoi(r.text(column))
	if err != nil {
		r.fail(column, err)
	}
	return n
}

func (r row) float(column string) float64 {
	f, err := strconv.ParseFloat(r.text(column), 64)
	if err != nil {
		r.fail(column, err)
	}
	return f
}

func (r row) fail(column string, err error) {
	panic(fmt.Sprintf("reference: %s:%d: %s: %v", r.file, r.line, column, err))
}

func read(name string) []byte {
	raw, err := assets.FS.ReadFile("reference/" + name)
	if err != nil {
		panic(fmt.Sprintf("reference: %v", err))
	}
	return raw
}

func readTable(name string) []row {
	lines, err := csv.NewReader(strings.NewReader(string(read(name)))).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("reference: %s: %v", name, err))
	}
	column := make(map[string]int, len(lines[0]))
	for i, head := range lines[0] {
		column[head] = i
	}
	rows := make([]row, 0, len(lines)-1)
	for i, cells := range lines[1:] {
		rows = append(rows, row{file: name, line: i + 2, column: column, cells: cells})
	}
	return rows
}

func readJSON[T any](name string) T {
	var v T
	if err := json.Unmarshal(read(name), &v); err != nil {
		panic(fmt.Sprintf("reference: %s: %v", name, err))
	}
	return v
}

func parseMunicipalities() municipalityTable {
	regions := map[string]string{}
	for _, r := range readTable("subregions.csv") {
		regions[r.text("number")] = r.text("subregion")
	}
	counties := map[string]string{}
	for _, c := range parseCounties() {
		if c.Structure == Current {
			counties[c.Number] = c.Name
		}
	}
	rows := readTable("municipalities.csv")
	table := municipalityTable{all: make([]Municipality, 0, len(rows)), byNumber: make(map[string]int, len(rows))}
	for _, r := range rows {
		m := Municipality{
			Number: r.text("number"), Name: r.text("name"), UniqueName: r.text("unique_name"), SamiName: r.text("sami_name"),
			CountyNumber: r.text("county"), CountyName: counties[r.text("county")], Norm: r.text("norm"),
			Centrality: r.number("centrality"), CentralityYear: r.number("centrality_year"),
			Population: r.number("population"), PopulationDate: r.text("population_date"),
			Lat: r.float("lat"), Lon: r.float("lon"), AreaLat: r.float("area_lat"), AreaLon: r.float("area_lon"),
			SubRegion: regions[r.text("number")],
		}
		if m.SubRegion == "" {
			m.SubRegion = OtherSubRegion
		}
		table.byNumber[m.Number] = len(table.all)
		table.all = append(table.all, m)
	}
	return table
}

func parseChanges() map[string][]change {
	all := map[string][]change{}
	for _, r := range readTable("municipality_changes.csv") {
		vintage := r.text("from")
		if r.text("to") != vintage {
			vintage += "–" + r.text("to")
		}
		number := r.text("old_number")
		all[number] = append(all[number], change{oldName: r.text("old_name"), vintage: vintage, number: r.text("number"),
			kind: r.text("change"), share: r.float("share"), main: r.text("main") == "1"})
	}
	return all
}

func parseCounties() []County {
	var all []County
	for _, r := range readTable("counties.csv") {
		c := County{
			Number: r.text("number"), Name: r.text("name"), NameNN: r.text("name_nn"), SamiName: r.text("sami_name"),
			OfficialName: r.text("official_name"), Body: r.text("body"), OrgNumber: r.text("org_number"),
			Structure: r.text("structure"), Norm: r.text("norm"), Website: r.text("website"),
		}
		if s := r.text("successors"); s != "" {
			c.Successors = strings.Split(s, ";")
		}
		all = append(all, c)
	}
	return all
}

// parseRings reads rings of longitude, latitude, longitude, latitude ...
func parseRings(file string) [][]Point {
	flat := readJSON[[][]float64](file)
	rings := make([][]Point, len(flat))
	for i, numbers := range flat {
		for j := 0; j+1 < len(numbers); j += 2 {
			rings[i] = append(rings[i], Point{Lat: numbers[j+1], Lon: numbers[j]})
		}
	}
	return rings
}

func parseCredits() []string { return readJSON[[]string]("credits.json") }
