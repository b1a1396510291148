package register

import (
	"context"
	"slices"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app"
	"kompetansepilot/app/partner"
	"kompetansepilot/app/placemap"
	"kompetansepilot/app/reference"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/task"
)

// Areas of the map.
const (
	areaCounty  = "county"
	areaCountry = "country"
)

// mapView shows the list as dots on a map, and as a table that says the same. A
// dot, and a line of the table, filters the list.
type mapView struct {
	page   *Page
	button *kit.Button // turns it on and off
	object fyne.CanvasObject
	place  *fyne.Container // holds the grid or the map
	on     bool

	area    *kit.Radio
	chart   *kit.Map
	chartIn *fyne.Container
	tree    *kit.CheckTree
	told    *kit.Text
	loads   *task.Latest
	counts  map[string]int
	opened  bool // the first group of the table was opened
}

func newMapView(p *Page) *mapView {
	words := p.words
	m := &mapView{page: p, loads: task.NewLatest(p.env.Tasks), told: kit.NewQuietText(""), chartIn: container.NewStack()}
	m.button = kit.NewChip(words.T("mapview.map"), m.onToggle)
	m.area = kit.NewRadio([]kit.Option{{ID: areaCounty, Label: words.T("mapview.area.county")}, {ID: areaCountry, Label: words.T("mapview.area.country")}}, func(string) { m.show() })
	m.area.SetSelected(areaCounty)
	m.tree = kit.NewCheckTree(words, []string{words.T("mapview.column.municipality"), words.T("mapview.column.count"), words.T("mapview.column.centrality")})
	m.tree.OnToggled = m.onToggled
	m.tree.OnResized = func() { kit.Relayout(m.tree) }
	save := kit.NewButton(words.T("mapview.pdf"), m.onPDF)
	save.SetIcon(fynetheme.DocumentSaveIcon())
	m.object = kit.NewScroll(kit.Padded(spacing(), kit.Column(spacing(), kit.Row(m.area, kit.Spacer(), save), m.told, m.chartIn,
		kit.NewHeading(words.T("mapview.table")), kit.NewQuietText(words.T("mapview.tableHint")), m.tree)))
	m.place = container.NewStack(p.grid)
	return m
}

// onToggle changes between the list and the map.
func (m *mapView) onToggle() {
	m.on = !m.on
	m.place.Objects = []fyne.CanvasObject{m.page.grid}
	m.button.SetOn(m.on)
	if m.on {
		if m.chart == nil {
			m.make()
		}
		m.place.Objects = []fyne.CanvasObject{m.object}
		m.load()
	}
	m.place.Refresh()
	m.page.chips.row.Refresh()
}

// make builds the map when it is first asked for.
func (m *mapView) make() {
	words := m.page.words
	m.chart = kit.NewMap(words, kit.MapOptions{
		Label: words.T("mapview.label"), Outline: m.page.env.Program.Places.Outline(), Neighbours: m.page.env.Program.Places.Neighbours(), Whole: words.T("mapview.whole"),
		Legend: []kit.MapKey{
			{Class: 6, Square: true, Shade: shade(6), Text: words.T("mapview.legend.rural")},
			{Class: 2, Shade: shade(2), Text: words.T("mapview.legend.central")},
			{Class: 6, Square: true, Selected: true, Shade: 1, Text: words.T("mapview.legend.chosen")},
		},
	})
	m.chart.OnToggled = func(id string, on bool) { m.onToggled([]string{id}, on) }
	m.chartIn.Objects = []fyne.CanvasObject{m.chart}
}

// shade is how full of colour the dot of a class of centrality is.
func shade(centrality int) float32 { return float32(centrality) / 6 }

// load counts the list by municipality; what it is filtered by is kept, but for
// the municipalities.
func (m *mapView) load() {
	if !m.on {
		return
	}
	q, register := m.page.query(), m.page.register
	q.Narrow.Municipalities = nil
	task.RunLatest(m.loads, context.Background(), func(context.Context) (map[string]int, error) {
		return register.ByPlace(q)
	}, func(counts map[string]int, err error) {
		switch {
		case m.page.left:
			return
		case err != nil:
			m.page.env.Shell.Fail(m.page.words.T("mapview.map"), err)
			return
		}
		m.counts = counts
		m.show()
	})
}

// places are the municipalities of the area, those with most first.
func (m *mapView) places() []placemap.Count {
	tables := m.page.env.Program.Places
	own := m.page.own.county
	var all []placemap.Count
	for _, p := range tables.Municipalities() {
		if m.area.Selected() == areaCounty && own != "" && !inCounty(tables, own, p.Number) {
			continue
		}
		all = append(all, placemap.Count{Municipality: p, Count: m.counts[p.Number]})
	}
	slices.SortStableFunc(all, func(a, b placemap.Count) int { return b.Count - a.Count })
	return all
}

// inCounty tells whether a municipality of today lies in a county, which may be one
// of before.
func inCounty(tables *reference.Tables, county, number string) bool {
	return slices.ContainsFunc(tables.CountyMunicipalities(county), func(m reference.Municipality) bool { return m.Number == number })
}

// Sizes of the dots against an ordinary mark.
const (
	noneMark  = 0.4
	leastMark = 0.85
	mostMark  = 2
)

// show puts the numbers on the map and into the table.
func (m *mapView) show() {
	if m.chart == nil {
		return
	}
	words, all := m.page.words, m.places()
	chosen := m.page.narrow.now.Municipalities
	largest, total, with := 0, 0, 0
	for _, c := range all {
		largest, total = max(largest, c.Count), total+c.Count
		if c.Count > 0 {
			with++
		}
	}
	var points []kit.MapPoint
	for _, c := range all {
		selected := slices.Contains(chosen, c.Number)
		at := placemap.Centre(&c.Municipality)
		point := kit.MapPoint{ID: c.Number, Label: c.Name, At: at, Selected: selected,
			Note: words.T("mapview.note", "Count", m.page.count(c.Count), "Centrality", strconv.Itoa(c.Centrality)), Size: noneMark}
		if c.Count > 0 {
			point.Label += " " + words.Number(int64(c.Count))
			point.Class, point.Square = c.Centrality, placemap.Rural(c.Centrality)
			point.Shade = shade(c.Centrality)
			point.Size = leastMark + (mostMark-leastMark)*float32(placemap.Share(c.Count, largest))
		}
		points = append(points, point)
	}
	m.chart.SetPoints(points)
	text := words.T("mapview.sum", "Count", m.page.count(total), "Places", words.N("mapview.places", with))
	if none := m.counts[""]; none > 0 {
		text += " " + words.N("mapview.without", none)
	}
	m.told.SetText(text)
	m.showTable(chosen)
	kit.Relayout(m.tree)
}

func (m *mapView) showTable(chosen []string) {
	p := m.page
	groups := countyGroups(p, p.own.county, func(number string) string { return p.words.Number(int64(m.counts[number])) })
	if m.area.Selected() == areaCounty && p.own.county != "" {
		groups = slices.DeleteFunc(groups, func(g kit.CheckGroup) bool { return g.ID != p.own.county })
	}
	for i := range groups {
		sum := 0
		for _, item := range groups[i].Items {
			sum += m.counts[item.ID]
		}
		groups[i].Columns = []string{p.words.Number(int64(sum))}
		slices.SortStableFunc(groups[i].Items, func(a, b kit.CheckItem) int { return m.counts[b.ID] - m.counts[a.ID] })
	}
	m.tree.SetGroups(groups)
	m.tree.SetChecked(chosen)
	if !m.opened && len(groups) > 0 {
		m.opened = true
		m.tree.SetOpen(groups[0].ID, true)
	}
}

// onToggled filters the list by municipalities, or gives them up.
func (m *mapView) onToggled(ids []string, on bool) {
	p := m.page
	now := p.narrow.now
	now.Municipalities = slices.DeleteFunc(slices.Clone(now.Municipalities), func(id string) bool { return slices.Contains(ids, id) })
	if on {
		now.Municipalities = append(now.Municipalities, ids...)
		slices.Sort(now.Municipalities)
	}
	if len(now.Municipalities) == 0 {
		now.Municipalities = nil
	}
	p.narrow.set(now)
	m.show()
}

// onPDF saves the map and the table as a PDF.
func (m *mapView) onPDF() {
	p, words := m.page, m.page.words
	area := words.T("mapview.norway")
	if m.area.Selected() == areaCounty && p.own.county != "" {
		area = p.env.Program.Grants.CountyName(p.own.county, words.Code())
	}
	filter := partner.Filter{Text: p.filter.Text(), Statuses: p.chips.chosen(), Narrow: p.narrow.now}
	filter.Narrow.Municipalities = nil
	report := placemap.Report{Title: words.T("mapview.report.title", "Kind", p.Title(), "Area", area), Filter: p.describe(&filter), Counts: m.places(), Without: m.counts[""],
		Made: time.Now().UTC().Truncate(time.Second)}
	name := report.Title + ".pdf"
	p.env.Chooser().Save(words.T("mapview.pdf"), name, kit.FileFilter{Name: words.T("mapview.pdfFiles"), Extensions: []string{".pdf"}}, func(path string) {
		m.savePDF(report, path)
	})
}

func (m *mapView) savePDF(report placemap.Report, path string) {
	env, words := m.page.env, m.page.words
	task.Run(env.Tasks, context.Background(), func(context.Context) (string, error) {
		report.Author = env.Program.Setting(app.SettingName)
		return path, env.Program.SaveReport(report.Document(words, env.Program.Places), path)
	}, func(path string, err error) {
		if err != nil {
			env.Shell.Fail(words.T("mapview.pdf"), err)
			return
		}
		env.Shell.Toast(words.T("mapview.saved", "Path", path), false)
	})
}
