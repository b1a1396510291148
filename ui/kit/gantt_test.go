package kit

import (
	"image/color"
	"math"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/ui/theme"
)

func dayIs(iso string) func() time.Time {
	return func() time.Time {
		t, _ := time.Parse(time.DateOnly, iso)
		return t
	}
}

// chart shows a plan on 2 March 2021.
func chart(t *testing.T, p GanttPlan) (*Gantt, fyne.Window) {
	t.Helper()
	g := newGantt(printers["nb"], dayIs("2021-03-02"))
	w, stage, _ := window(t, NewScroll(Column(0, g)))
	stage.Refresh()
	g.SetPlan(p)
	w.Resize(fyne.NewSize(1000, 700))
	return g, w
}

func number(t *testing.T, iso string) int64 {
	t.Helper()
	n, ok := dayNumber(iso)
	if !ok {
		t.Fatalf("%q is no date", iso)
	}
	return n
}

func near(a, b float32) bool { return math.Abs(float64(a-b)) < 0.01 }

func TestGanttDays(t *testing.T) {
	for iso, want := range map[string]int64{"1970-01-01": 0, "1969-12-31": -1, "2020-03-01": 18322, "2021-03-01": 18687, "2024-02-29": 19782} {
		got, ok := dayNumber(iso)
		if !ok || got != want || dayOf(got).Format(time.DateOnly) != iso {
			t.Errorf("%s is %d, %v, want %d", iso, got, ok, want)
		}
	}
	for _, iso := range []string{"", "2021-02-29", "17.05.2021", "2021-13-01", "x"} {
		if _, ok := dayNumber(iso); ok {
			t.Errorf("%q is taken for a date", iso)
		}
	}
}

func TestGanttScaleCountsLeapDays(t *testing.T) {
	s := ganttScale{ganttSpan{number(t, "2020-01-01"), number(t, "2021-01-01")}, 100, 366}
	for iso, want := range map[string]float32{"2020-01-01": 100, "2020-02-29": 159, "2020-03-01": 160, "2020-12-31": 465, "2021-01-01": 466, "2031-01-01": 466, "1999-01-01": 100} {
		if got := s.x(number(t, iso)); !near(got, want) {
			t.Errorf("%s is at %v, want %v", iso, got, want)
		}
	}
}

func TestGanttSpan(t *testing.T) {
	row := func(from, to string) GanttRow { return GanttRow{ID: from + to, Start: from, Finish: to} }
	for name, c := range map[string]struct {
		plan     GanttPlan
		from, to string
	}{
		"nothing":          {GanttPlan{}, "2021-01-01", "2022-01-01"},
		"the period":       {GanttPlan{From: "2020-11-01", To: "2023-10-31"}, "2020-11-01", "2023-11-01"},
		"a row outside it": {GanttPlan{From: "2020-11-01", To: "2023-10-31", Rows: []GanttRow{row("2020-09-15", "2024-01-31")}}, "2020-09-01", "2024-02-01"},
		"one day":          {GanttPlan{Rows: []GanttRow{row("2024-02-29", "2024-02-29")}}, "2024-02-01", "2024-05-01"},
		"a wrong year":     {GanttPlan{From: "2020-11-01", To: "2023-10-31", Rows: []GanttRow{row("2021-01-01", "2201-03-01"), row("1021-01-01", "2021-03-01")}}, "2020-11-01", "2023-11-01"},
		"a wrong period":   {GanttPlan{From: "2023-10-31", To: "2020-11-01", Rows: []GanttRow{row("2021-01-01", "2021-03-31")}}, "2021-01-01", "2021-04-01"},
		"no dates at all":  {GanttPlan{Rows: []GanttRow{row("", "snart")}}, "2021-01-01", "2022-01-01"},
		"a milestone":      {GanttPlan{From: "2021-01-01", To: "2021-06-30", Milestones: []GanttMilestone{{Date: "2021-08-31"}}}, "2021-01-01", "2021-09-01"},
	} {
		got := spanOf(&c.plan, number(t, "2021-03-02"))
		if want := (ganttSpan{number(t, c.from), number(t, c.to)}); got != want {
			t.Errorf("%s: %s to %s, want %s to %s", name, dayOf(got.first).Format(time.DateOnly), dayOf(got.last).Format(time.DateOnly), c.from, c.to)
		}
	}
}

func TestGanttAxisThinsOut(t *testing.T) {
	measure := func(s string) float32 { return 7 * float32(len([]rune(s))) }
	span := ganttSpan{number(t, "2020-11-01"), number(t, "2023-11-01")}
	labels := func(width float32, span ganttSpan) string {
		years, parts := ganttScale{span, 0, width}.ticks(printers["nb"], measure)
		var all []string
		for _, tick := range append(years, parts...) {
			if tick.label != "" {
				all = append(all, tick.label)
			}
		}
		return strings.Join(all, " ")
	}
	if got := labels(1400, span); !strings.HasPrefix(got, "2020 2021 2022 2023 nov des jan feb mar") {
		t.Errorf("wide: %s", got)
	}
	if got := labels(500, span); !strings.HasPrefix(got, "2021 2022 2023 K4 K1 K2") {
		t.Errorf("medium: %s", got)
	}
	if got := labels(200, span); got != "2021 2022 2023" {
		t.Errorf("narrow: %s", got)
	}
	if got := labels(300, ganttSpan{number(t, "2001-01-01"), number(t, "2031-01-01")}); got != "2005 2010 2015 2020 2025 2030" {
		t.Errorf("thirty years: %s", got)
	}
}

func TestGanttBars(t *testing.T) {
	g, _ := chart(t, GanttPlan{From: "2020-01-01", To: "2020-12-31", Rows: []GanttRow{
		{ID: "a", Label: "Februar", Start: "2020-02-01", Finish: "2020-02-29"},
		{ID: "b", Label: "Feil vei", Start: "2020-05-31", Finish: "2020-05-01"},
		{ID: "c", Label: "Bare start", Start: "2020-06-01"},
		{ID: "d", Label: "Ingen"},
		{ID: "e", Label: "Langt unna", Start: "1020-01-01", Finish: "1020-02-01"},
		{ID: "f", Label: "Sent ute", Start: "2020-12-01", Finish: "2120-02-01"},
	}})
	f := g.frame(g.Size().Width)
	day := f.scale.width / 366
	left, right, ok := f.bar(&g.lines[0])
	if !ok || !near(left, f.scale.left+31*day) || !near(right, f.scale.left+60*day) {
		t.Errorf("February is %v to %v", left, right)
	}
	left, right, ok = f.bar(&g.lines[1])
	if !ok || !near(left, f.scale.x(number(t, "2020-05-01"))) || !near(right, f.scale.x(number(t, "2020-06-01"))) || g.lines[1].tone() != GanttStop {
		t.Errorf("the wrong one is %v to %v, tone %v", left, right, g.lines[1].tone())
	}
	if left, _, ok := f.bar(&g.lines[2]); !ok || !near(left, f.scale.x(number(t, "2020-06-01"))) {
		t.Errorf("the open one begins at %v", left)
	}
	for _, i := range []int{3, 4} {
		if _, _, ok := f.bar(&g.lines[i]); ok {
			t.Errorf("%s has a bar", g.lines[i].Label)
		}
	}
	if _, right, ok := f.bar(&g.lines[5]); !ok || !near(right, f.scale.left+f.scale.width) {
		t.Errorf("a bar goes past the end of the axis: %v", right)
	}
	hollow := 0
	for _, b := range g.drawing.bars.all[:g.drawing.bars.used] {
		if b.StrokeWidth > 0 {
			hollow++
		}
	}
	if g.drawing.bars.used != 4 || hollow != 2 {
		t.Errorf("%d bars, %d of them hollow; want 4 and 2", g.drawing.bars.used, hollow)
	}
}

// plan of two rows and three milestones, one of them of no row.
func smallPlan() GanttPlan {
	return GanttPlan{From: "2021-01-01", To: "2021-12-31",
		Rows: []GanttRow{{ID: "a", Label: "Kartlegge", Start: "2021-01-01", Finish: "2021-05-31"}, {ID: "b", Label: "Mobilisere", Start: "2021-04-01", Finish: "2021-11-30", Tone: GanttMend}},
		Milestones: []GanttMilestone{{ID: "m2", Row: "a", Label: "Andre", Date: "2021-05-01"}, {ID: "m1", Row: "a", Label: "Første", Date: "2021-02-01", Done: true},
			{ID: "m3", Row: "gone", Label: "Alene", Date: "2021-12-01"}, {ID: "m4", Row: "b", Label: "Uten dato"}}}
}

func TestGanttKeys(t *testing.T) {
	g, w := chart(t, smallPlan())
	var opened []string
	g.OnOpen = func(id string) { opened = append(opened, id) }
	w.Canvas().FocusNext()
	if w.Canvas().Focused() != g {
		t.Fatal("Tab does not stop at the chart")
	}
	for _, step := range []struct {
		key  fyne.KeyName
		want string
	}{
		{fyne.KeyUp, "a"}, {fyne.KeyRight, "m1"}, {fyne.KeyRight, "m2"}, {fyne.KeyRight, "m2"}, {fyne.KeyLeft, "m1"},
		{fyne.KeyDown, "b"}, {fyne.KeyRight, "b"}, {fyne.KeyDown, "m3"}, {fyne.KeyLeft, "m3"}, {fyne.KeyDown, "m3"},
		{fyne.KeyHome, "a"}, {fyne.KeyEnd, "m3"},
	} {
		key(t, w, step.key)
		if got := g.Chosen(); got != step.want {
			t.Fatalf("%s leads to %q, want %q", step.key, got, step.want)
		}
	}
	key(t, w, fyne.KeyReturn, fyne.KeyHome, fyne.KeySpace)
	if strings.Join(opened, " ") != "m3 a" {
		t.Errorf("opened %v", opened)
	}
	key(t, w, fyne.KeyDown)
	p := smallPlan()
	p.Rows[0], p.Rows[1] = p.Rows[1], p.Rows[0]
	g.SetPlan(p)
	if g.Chosen() != "b" {
		t.Errorf("after the rows changed places %q is chosen, want b", g.Chosen())
	}
	g.SetPlan(GanttPlan{})
	key(t, w, fyne.KeyDown, fyne.KeyRight, fyne.KeyReturn)
	if g.Chosen() != "" || len(opened) != 2 {
		t.Error("something is chosen in an empty chart")
	}
}

func TestGanttMouse(t *testing.T) {
	g, w := chart(t, smallPlan())
	var opened []string
	g.OnOpen = func(id string) { opened = append(opened, id) }
	f := g.frame(g.Size().Width)
	at := func(line int, iso string) fyne.Position {
		return fyne.NewPos(f.scale.x(number(t, iso)), f.lineTop(line)+f.lineHigh/2)
	}
	g.Tapped(&fyne.PointEvent{Position: at(0, "2021-03-20")})
	g.Tapped(&fyne.PointEvent{Position: at(0, "2021-02-01")})
	g.Tapped(&fyne.PointEvent{Position: fyne.NewPos(20, f.lineTop(1)+4)})
	g.Tapped(&fyne.PointEvent{Position: at(2, "2021-03-01")}) // beside the loose milestone
	g.Tapped(&fyne.PointEvent{Position: fyne.NewPos(20, 4)})
	if strings.Join(opened, " ") != "a m1 b" {
		t.Errorf("opened %v", opened)
	}
	stage := w.Content().(*Stage)
	g.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at(0, "2021-02-01")}})
	stage.tasks.Advance(tooltipDelay)
	if !stage.tips.box.Visible() || stage.tips.text.Text() != "Milepæl 1. februar 2021, nådd: Første" {
		t.Errorf("the tooltip says %q", stage.tips.text.Text())
	}
	g.MouseOut()
	if stage.tips.box.Visible() {
		t.Error("the tooltip stayed")
	}
}

func TestGanttInWords(t *testing.T) {
	p := smallPlan()
	p.Rows = append(p.Rows, GanttRow{ID: "c", Start: "2021-05-02", Finish: "2021-05-01"}, GanttRow{ID: "d", Label: "Senere"})
	g, _ := chart(t, p)
	want := "Valgt: Kartlegge: 1. januar 2021 – 31. mai 2021\nTidsplanen\nProsjektperioden er 1. januar 2021 – 31. desember 2021\n" +
		"Kartlegge: 1. januar 2021 – 31. mai 2021\nMilepæl 1. februar 2021, nådd: Første\nMilepæl 1. mai 2021: Andre\n" +
		"Mobilisere: 1. april 2021 – 30. november 2021 (Bør rettes)\nUten navn: slutter 1. mai 2021, før den begynner 2. mai 2021\n" +
		"Senere: uten datoer\nAndre milepæler\nMilepæl 1. desember 2021: Alene"
	if got := g.AccessibilityLabel(); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// TestGanttContrast: bars, and the edges of hollow ones, are told from all that
// can lie under them.
func TestGanttContrast(t *testing.T) {
	for _, look := range []theme.Variant{theme.Light, theme.Dark, theme.HighContrast} {
		test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Options{Variant: look}))
		for _, bar := range []fyne.ThemeColorName{fynetheme.ColorNamePrimary, theme.ColorNameMend, theme.ColorNameStop, fynetheme.ColorNameForeground} {
			for _, ground := range []fyne.ThemeColorName{theme.ColorNameSurface, theme.ColorNameHoverRow, theme.ColorNameSelectedRow} {
				if got := ratio(theme.Color(bar), theme.Color(ground)); got < 3 {
					t.Errorf("look %v: %s on %s is %.2f, want 3", look, bar, ground, got)
				}
			}
		}
	}
}

func ratio(a, b color.Color) float64 {
	light := func(c color.Color) float64 {
		r, g, b, _ := c.RGBA()
		channel := func(v uint32) float64 {
			s := float64(v) / 0xffff
			if s <= 0.03928 {
				return s / 12.92
			}
			return math.Pow((s+0.055)/1.055, 2.4)
		}
		return 0.2126*channel(r) + 0.7152*channel(g) + 0.0722*channel(b)
	}
	x, y := light(a), light(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestGanttFitsItsWidth(t *testing.T) {
	for _, scale := range []float32{1, 1.5, 2} {
		for _, width := range []float32{240, 420, 700, 1200} {
			g, w := chart(t, smallPlan())
			fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Options{Variant: theme.Light, TextScale: scale}))
			w.Resize(fyne.NewSize(width, 700))
			if g.Size().Width > width {
				t.Errorf("scale %v, width %v: the chart is %v wide", scale, width, g.Size().Width)
			}
			for _, o := range g.parts() {
				text, ok := o.(*canvas.Text)
				if ok && text.Position().X+text.Size().Width > g.Size().Width+1 {
					t.Errorf("scale %v, width %v: %q ends at %v", scale, width, text.Text, text.Position().X+text.Size().Width)
				}
			}
			for _, b := range g.drawing.bars.all[:g.drawing.bars.used] {
				if b.Position().X < 0 || b.Position().X+b.Size().Width > g.Size().Width {
					t.Errorf("scale %v, width %v: a bar at %v, %v wide", scale, width, b.Position().X, b.Size().Width)
				}
			}
		}
	}
}
