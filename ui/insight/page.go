// Package insight is the page that tells what is asked for: a table by subject,
// municipality, industry, size or half-year, the needs behind each number, a
// chart and a map.
package insight

import (
	"context"
	"slices"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app"
	"kompetansepilot/app/insight"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/listing"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// Names that columns and divider are remembered under.
const (
	gridName  = "insight"
	splitName = "insight"
)

// IDs of the tabs beside the table.
const (
	tabNeeds = "needs"
	tabChart = "chart"
	tabMap   = "map"
)

// Page shows what is asked for.
type Page struct {
	env     *screen.Env
	words   *lang.Printer
	chooser kit.FileChooser
	loads   *task.Latest
	texts   *task.Latest

	frame  *kit.Page
	by     insight.Dimension
	chips  map[insight.Dimension]*kit.Button
	grid   *kit.Grid
	gridIn *fyne.Container
	count  *kit.Text
	sides  *kit.Sides
	tabs   *kit.Tabs
	back   *kit.Button
	head   *kit.Text
	list   *kit.RowList
	bars   *kit.Bars
	trend  *kit.Bars
	barsOf *kit.Text
	trends *kit.Text
	chart  *kit.Map
	empty  fyne.CanvasObject

	facts *insight.Facts
	table insight.Table
	rows  []kit.GridRow
	shown string // key of the row whose needs are shown
	any   bool   // a row is chosen
	left  bool
}

var _ screen.Page = (*Page)(nil)

// New opens the page.
func New(env *screen.Env) screen.Page {
	p := &Page{env: env, words: env.Words, loads: task.NewLatest(env.Tasks), texts: task.NewLatest(env.Tasks)}
	p.chooser = env.Chooser()
	p.build()
	p.load()
	return p
}

func (p *Page) build() {
	w, gap := p.words, theme.Size(theme.SizeNameGap)
	p.by, p.chips = insight.BySubject, map[insight.Dimension]*kit.Button{}
	chips := kit.Row()
	for _, d := range insight.Dimensions() {
		p.chips[d] = kit.NewChip(w.T("insight.by."+string(d)), func() { p.choose(d) })
		chips.Add(p.chips[d])
	}
	p.light()
	p.gridIn = container.NewStack()
	p.count = kit.NewQuietText("")
	list := kit.Pane(kit.Padded(gap/2, chips), p.gridIn, kit.Padded(gap/2, kit.Row(p.count)))
	p.back = listing.NewBack(w, func() { p.sides.ShowRecord(false) })
	p.sides = listing.NewSides(p.env, splitName, 0.55, list, p.beside(), p.back)
	p.empty = kit.NewEmpty(w.T("insight.empty"), w.T("insight.empty.do"), func() { p.env.Shell.Go(screen.Route{Page: screen.PageNeeds}) })
	p.frame = kit.NewPage(w, p.Title(), nil, []*fyne.MenuItem{
		fyne.NewMenuItemWithIcon(w.T("insight.export"), fynetheme.DocumentSaveIcon(), p.onExport),
		fyne.NewMenuItemWithIcon(w.T("insight.report"), fynetheme.DocumentPrintIcon(), p.onReport),
	}, kit.NewQuietText(w.T("insight.loading")))
	p.frame.SetSubtitle(w.T("insight.shareable"))
}

// beside are the needs behind a row, the chart and the map.
func (p *Page) beside() fyne.CanvasObject {
	w, gap := p.words, theme.Size(theme.SizeNameGap)
	p.head, p.barsOf, p.trends = kit.NewHeading(w.T("insight.choose")), kit.NewHeading(""), kit.NewHeading("")
	p.list = kit.NewRowList(w.T("insight.tab.needs"), func(id string) { p.env.Shell.Go(screen.Route{Page: screen.PageNeeds, ID: id}) })
	p.bars, p.trend = kit.NewBars(), kit.NewBars()
	p.chart = kit.NewMap(w, kit.MapOptions{Label: w.T("insight.mapLabel"), Outline: p.env.Program.Places.Outline(), Neighbours: p.env.Program.Places.Neighbours(), Whole: w.T("insight.mapWhole"),
		Legend: []kit.MapKey{{Class: 6, Square: true, Shade: 1, Text: w.T("insight.mapLegend")}}})
	p.chart.OnOpened = p.onPlace
	p.tabs = kit.NewTabs(
		kit.Tab{ID: tabNeeds, Label: w.T("insight.tab.needs"), Content: kit.NewScroll(kit.Column(gap*2, p.head, p.list))},
		kit.Tab{ID: tabChart, Label: w.T("insight.tab.chart"), Content: kit.NewScroll(kit.Column(gap*2, p.barsOf, p.bars, p.trends, p.trend))},
		kit.Tab{ID: tabMap, Label: w.T("insight.tab.map"), Content: kit.NewScroll(p.chart)},
	)
	return kit.Pane(kit.Padded(gap/2, kit.Row(p.back)), p.tabs, nil)
}

// Title is the page's name.
func (p *Page) Title() string { return p.words.T("insight.title") }

// Content is the page.
func (p *Page) Content() fyne.CanvasObject { return p.frame }

// Changed counts again.
func (p *Page) Changed(c data.Changed) {
	if !p.left && c.Touches("need", "offering", "organisation") {
		p.load()
	}
}

// Leave stops the counting.
func (p *Page) Leave() {
	p.left = true
	p.loads.Cancel()
	p.texts.Cancel()
}

func (p *Page) load() {
	service := p.env.Program.Insight
	task.RunLatest(p.loads, context.Background(), func(ctx context.Context) (*insight.Facts, error) { return service.Facts(ctx, nil) },
		func(f *insight.Facts, err error) {
			switch {
			case p.left:
			case err != nil:
				p.env.Shell.Fail(p.words.T("insight.loading"), err)
			default:
				p.facts = f
				p.recount()
			}
		})
}

// choose counts by another dimension.
func (p *Page) choose(d insight.Dimension) {
	p.by = d
	p.light()
	p.recount()
}

// light marks the chosen dimension.
func (p *Page) light() {
	for d, chip := range p.chips {
		chip.SetOn(d == p.by)
	}
}

// recount counts by the chosen dimension and shows it.
func (p *Page) recount() {
	if p.facts == nil {
		return
	}
	if len(p.facts.All) == 0 {
		p.frame.SetPrimary(nil)
		p.frame.SetContent(p.empty)
		return
	}
	if p.frame.Content() != p.sides.Content() {
		p.frame.SetPrimary(kit.NewPrimaryButton(p.words.T("insight.insert"), p.onInsert))
		p.frame.SetContent(p.sides.Content())
	}
	p.table = p.facts.Count(p.by, nil, p.words)
	p.makeGrid()
	p.showBars()
	p.showMap()
	p.showNeeds()
	p.count.SetText(p.words.T("insight.needsOf", "Name", p.words.T("insight.sum"), "Needs", p.words.N("insight.needs", len(p.table.Sum.Needs))))
}

// makeGrid builds the table anew: its columns follow the dimension and the
// half-years.
func (p *Page) makeGrid() {
	w := p.words
	columns := []kit.GridColumn{{ID: "name", Label: w.T("insight.by." + string(p.table.By)), Width: 240, Fixed: true}}
	for i, label := range p.table.Header(w)[1:] {
		columns = append(columns, kit.GridColumn{ID: "n" + strconv.Itoa(i), Label: label, Width: 110, Align: fyne.TextAlignTrailing})
	}
	columns = append(columns, kit.GridColumn{ID: "rises", Label: w.T("insight.column.rises"), Width: 80})
	p.rows = nil
	for i := range p.table.Rows {
		p.rows = append(p.rows, kit.GridRow{ID: strconv.Itoa(i), Cells: p.cells(&p.table.Rows[i])})
	}
	p.grid = kit.NewGrid(w, columns, "")
	p.grid.Serve(func() []kit.GridRow { return p.rows })
	p.grid.OnCurrent = p.onRow
	p.grid.OnOpen = func(id string) {
		p.onRow(id)
		p.sides.ShowRecord(true)
	}
	at := slices.IndexFunc(p.table.Rows, func(r insight.Row) bool { return p.any && r.Key == p.shown })
	p.grid.Refill(at)
	p.gridIn.Objects = []fyne.CanvasObject{p.grid}
	p.gridIn.Refresh()
}

func (p *Page) cells(r *insight.Row) []string {
	w := p.words
	cells := []string{r.Name, w.Number(int64(len(r.Needs))), w.Number(int64(r.Businesses)), w.Number(r.People), w.Number(int64(len(r.Unmet)))}
	if p.table.By != insight.ByHalf {
		for _, n := range r.Halves {
			cells = append(cells, w.Number(int64(n)))
		}
	}
	if r.Rises {
		return append(cells, w.T("insight.rises"))
	}
	return append(cells, "")
}

func (p *Page) onRow(id string) {
	i, err := strconv.Atoi(id)
	if err != nil || i >= len(p.table.Rows) {
		return
	}
	p.shown, p.any = p.table.Rows[i].Key, true
	p.showNeeds()
	p.showTrend()
}

// row is the row that is chosen, or nil.
func (p *Page) row() *insight.Row {
	for i := range p.table.Rows {
		if p.any && p.table.Rows[i].Key == p.shown {
			return &p.table.Rows[i]
		}
	}
	return nil
}

// mostNeeds is how many of the needs behind a number are listed at once.
const mostNeeds = 200

// showNeeds lists the needs behind the chosen row.
func (p *Page) showNeeds() {
	r := p.row()
	if r == nil {
		p.any = false
		p.head.SetText(p.words.T("insight.choose"))
		p.list.SetRows(nil)
		return
	}
	ids, unmet := r.Needs[:min(len(r.Needs), mostNeeds)], r.Unmet
	p.head.SetText(p.words.T("insight.needsOf", "Name", r.Name, "Needs", p.words.N("insight.needs", len(r.Needs))))
	workspace := p.env.Program.Workspace
	task.RunLatest(p.texts, context.Background(), func(context.Context) (map[string]string, error) { return workspace.Titles("need", ids) },
		func(titles map[string]string, err error) {
			switch {
			case p.left:
				return
			case err != nil:
				p.env.Shell.Fail(p.words.T("insight.loading"), err)
				return
			}
			rows := make([]kit.ListRow, 0, len(ids))
			for _, id := range ids {
				content := []fyne.CanvasObject{kit.NewText(titles[id])}
				if slices.Contains(unmet, id) {
					content = append(content, kit.NewMarkedLine(p.words, kit.Warn, p.words.T("insight.unmetMark")))
				}
				rows = append(rows, kit.ListRow{ID: id, Label: titles[id], Content: kit.Column(2, content...)})
			}
			p.list.SetRows(rows)
		})
}

// mostBars is how many lines a chart has.
const mostBars = 20

func (p *Page) showBars() {
	w := p.words
	p.barsOf.SetText(w.T("insight.chart", "By", lang.Inside(w.T("insight.by."+string(p.table.By)))))
	var bars []kit.Bar
	for i := range p.table.Rows {
		if r := &p.table.Rows[i]; len(bars) < mostBars {
			bars = append(bars, kit.Bar{Name: r.Name, Count: len(r.Needs), Text: w.Number(int64(len(r.Needs)))})
		}
	}
	p.bars.SetBars(p.barsOf.Text(), bars)
	p.showTrend()
}

// showTrend shows the half-years of the chosen row, or of all.
func (p *Page) showTrend() {
	w, r := p.words, p.row()
	if r == nil {
		r = &p.table.Sum
	}
	p.trends.SetText(w.T("insight.trend", "Name", r.Name))
	var bars []kit.Bar
	for i, n := range r.Halves {
		bars = append(bars, kit.Bar{Name: insight.HalfName(p.table.Halves[i], w), Count: n, Text: w.Number(int64(n))})
	}
	p.trend.SetBars(p.trends.Text(), bars)
}

// onPlace shows the needs of a municipality.
func (p *Page) onPlace(number string) {
	p.shown, p.any = number, true
	p.choose(insight.ByMunicipality)
	p.tabs.Select(tabNeeds)
}

func (p *Page) onExport() {
	if p.facts == nil {
		return
	}
	public, w := p.table.Public(), p.words
	p.chooser.Save(w.T("insight.export"), w.T("insight.title")+".xlsx", kit.FileFilter{Name: w.T("insight.files"), Extensions: []string{".xlsx", ".csv"}}, func(path string) {
		p.saved(path, func() error { return public.Save(path, w) })
	})
}

func (p *Page) onReport() {
	if p.facts == nil {
		return
	}
	facts, w, program := p.facts, p.words, p.env.Program
	p.chooser.Save(w.T("insight.report"), w.T("insight.report.title")+".pdf", kit.FileFilter{Name: w.T("insight.pdfFiles"), Extensions: []string{".pdf"}}, func(path string) {
		p.saved(path, func() error {
			return program.SaveReport(facts.Report(w, program.Setting(app.SettingName), time.Now().UTC().Truncate(time.Second)), path)
		})
	})
}

// saved writes a file in the background and tells where it lies.
func (p *Page) saved(path string, write func() error) {
	task.Run(p.env.Tasks, context.Background(), func(context.Context) (struct{}, error) { return struct{}{}, write() }, func(_ struct{}, err error) {
		if err != nil {
			p.env.Shell.Fail(p.words.T("insight.export"), err)
			return
		}
		p.env.Shell.Toast(p.words.T("insight.saved", "Path", path), false)
	})
}
