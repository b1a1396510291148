package kit

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/ui/theme"
)

func TestButtonKeys(t *testing.T) {
	presses := 0
	b := NewButton("Lag PDF", func() { presses++ })
	w, _, _ := window(t, Row(b))
	w.Canvas().Focus(b)
	key(t, w, fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter, fyne.KeyLeft)
	if presses != 3 {
		t.Errorf("pressed %d times, want 3", presses)
	}
	b.Disable()
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	click(b)
	if presses != 3 {
		t.Error("a disabled button was pressed")
	}
}

func TestPageStacksWhereItIsNarrow(t *testing.T) {
	page := NewPage(printers["nb"], "Innlandet: fra skog til ferdig hus", NewPrimaryButton("Lag PDF", nil),
		[]*fyne.MenuItem{fyne.NewMenuItem("Kopier", nil)}, NewText("Innhold"))
	page.AddHead(NewButton("Kan jeg sende inn?", nil))
	w, _, _ := window(t, page)
	if page.head.Position().Y > page.title.Position().Y+page.title.Size().Height {
		t.Error("in a wide window the buttons are not beside the title")
	}
	w.Resize(fyne.NewSize(360, 600))
	if page.head.Position().Y < page.title.Position().Y+page.title.Size().Height {
		t.Error("in a narrow window the buttons lie over the title")
	}
	if right := page.head.Position().X + page.head.Size().Width; right > 360 {
		t.Errorf("the buttons end at %v of 360", right)
	}
}

func TestKeysDoNotReachWhatIsGone(t *testing.T) {
	gone := NewTextField()
	page := NewPage(printers["nb"], "Side", nil, nil, gone)
	w, _, _ := window(t, page)
	w.Canvas().Focus(gone.entry)
	page.SetContent(NewText("Noe annet"))
	if w.Canvas().Focused() != nil {
		t.Error("a field that is gone still gets the keys")
	}
	page.SetContent(gone)
	w.Canvas().Focus(gone.entry)
	page.SetContent(Column(8, gone))
	if w.Canvas().Focused() != gone.FocusTarget() {
		t.Error("a field that is still there lost the focus")
	}
}

func TestTargetsAreLargeEnough(t *testing.T) {
	window(t, NewText(""))
	for name, o := range map[string]fyne.CanvasObject{
		"icon": NewIconButton(fynetheme.DeleteIcon(), "Slett", nil), "link": NewLink("a", nil), "button": NewButton("a", nil),
		"check": NewCheck("a", nil), "field": NewTextField(), "select": NewSelect(printers["nb"], nil),
		"menu": NewMenuButton(""), "tab": NewTabs(Tab{Label: "a"}).strip,
		"fold": NewDisclosure(printers["nb"]), "chart": NewGantt(printers["nb"]),
	} {
		if size := o.MinSize(); size.Width < 24 || size.Height < 24 {
			t.Errorf("%s is %v, want at least 24 × 24", name, size)
		}
	}
}

func TestIconButtonHasWords(t *testing.T) {
	b := NewIconButton(fynetheme.DeleteIcon(), "Slett raden", nil)
	w, stage, tasks := window(t, Row(b))
	if b.AccessibilityLabel() != "Slett raden" {
		t.Errorf("label %q", b.AccessibilityLabel())
	}
	w.Canvas().Focus(b)
	if stage.tips.box.Visible() {
		t.Error("the tooltip came at once")
	}
	tasks.Advance(tooltipDelay)
	if !stage.tips.box.Visible() || stage.tips.text.Text() != "Slett raden" {
		t.Error("no tooltip for the keyboard")
	}
	w.Canvas().Unfocus()
	if stage.tips.box.Visible() {
		t.Error("the tooltip stayed")
	}
}

// TestTooltipGoesWhenThePageScrolls: it would stay over something else.
func TestTooltipGoesWhenThePageScrolls(t *testing.T) {
	b := NewIconButton(fynetheme.DeleteIcon(), "Slett raden", nil)
	high := canvas.NewRectangle(nil)
	high.SetMinSize(fyne.NewSize(10, 5000))
	scroll := NewScroll(Column(4, b, high))
	w, stage, tasks := window(t, scroll)
	w.Canvas().Focus(b)
	tasks.Advance(tooltipDelay)
	if !stage.tips.box.Visible() {
		t.Fatal("no tooltip")
	}
	scroll.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -40)})
	if scroll.Offset.Y == 0 || stage.tips.box.Visible() {
		t.Errorf("scrolled to %g, and the tooltip is there: %v", scroll.Offset.Y, stage.tips.box.Visible())
	}
}

func TestToasts(t *testing.T) {
	w, stage, tasks := window(t, NewTextField())
	undone, heard := 0, 0
	stage.OnMessages = func() { heard++ }
	stage.Toast("Slettet.", "Angre", func() { undone++ })
	stage.ToastError("Ble ikke lagret.")
	w.Canvas().FocusNext()
	w.Canvas().FocusNext() // the toast's action, after the content
	key(t, w, fyne.KeyReturn)
	if undone != 1 || len(stage.toasts) != 1 {
		t.Errorf("undone %d, %d toasts left", undone, len(stage.toasts))
	}
	stage.Toast("Lagret.", "", nil)
	tasks.Advance(time.Hour)
	if len(stage.toasts) != 1 || !stage.toasts[0].isError {
		t.Errorf("%d toasts after an hour, want the error alone", len(stage.toasts))
	}
	for range 5 {
		stage.Toast("x", "", nil)
	}
	if len(stage.toasts) != maxToasts || !stage.toasts[0].isError {
		t.Error("the error was pushed out, or there are too many")
	}
	if m := stage.Messages(); len(m) != 8 || heard != 8 || m[7].Text != "Slettet." || !m[6].Error {
		t.Errorf("messages %v, heard %d", m, heard)
	}
}

func TestAnOlderOfferGoesWhenSomethingElseIsDone(t *testing.T) {
	_, stage, _ := window(t, NewTextField())
	stage.Toast("Slettet.", "Angre", func() {})
	stage.Toast("Angret: Slettet.", "", nil)
	if len(stage.toasts) != 1 || stage.toasts[0].action != nil {
		t.Errorf("%d toasts, want the last alone", len(stage.toasts))
	}
}

func TestTabs(t *testing.T) {
	var told []string
	tabs := NewTabs(Tab{"a", "Fakta", NewTextField()}, Tab{"b", "Kontakter", NewText("B")}, Tab{"c", "Post", NewText("C")})
	tabs.OnChanged = func(id string) { told = append(told, id) }
	w, _, _ := window(t, tabs)
	w.Canvas().FocusNext()
	if w.Canvas().Focused() != tabs.FocusTarget() {
		t.Fatal("Tab does not reach the labels")
	}
	key(t, w, fyne.KeyRight, fyne.KeyRight, fyne.KeyRight, fyne.KeyHome, fyne.KeyEnd)
	if got := strings.Join(told, ""); got != "bcac" || tabs.Selected() != "c" {
		t.Errorf("told %q, selected %q", got, tabs.Selected())
	}
	tabs.Select("b")
	if tabs.Selected() != "b" || len(told) != 4 {
		t.Error("Select told, or did not select")
	}
	for i := range tabs.strip.spots {
		tabs.strip.Tapped(&fyne.PointEvent{Position: tabs.strip.spots[i].AddXY(5, 5)})
		if tabs.at != i {
			t.Errorf("a click on label %d chose %d", i, tabs.at)
		}
	}
}

func TestNav(t *testing.T) {
	var opened []string
	nav := NewNav([]NavItem{{ID: "a", Label: "Oversikt", Icon: fynetheme.HomeIcon()}, {ID: "b", Label: "Søknad", Icon: fynetheme.DocumentIcon()}, {ID: "c", Label: "Post", Icon: fynetheme.MailComposeIcon(), Gap: true}},
		func(id string) { opened = append(opened, id) })
	w, stage, tasks := window(t, Row(nav))
	w.Canvas().Focus(nav)
	key(t, w, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn, fyne.KeyUp, fyne.KeySpace)
	if got := strings.Join(opened, ""); got != "cb" {
		t.Errorf("opened %q", got)
	}
	wide := nav.MinSize().Width
	nav.SetFolded(true)
	if nav.MinSize().Width >= wide/2 {
		t.Error("folding does not make it narrow")
	}
	key(t, w, fyne.KeyHome)
	tasks.Advance(tooltipDelay)
	if stage.tips.text.Text() != "Oversikt" || !stage.tips.box.Visible() {
		t.Error("a folded line does not say what it is")
	}
}

func TestNavScrolls(t *testing.T) {
	var items []NavItem
	for range 40 {
		items = append(items, NavItem{ID: "x", Label: "Side", Icon: fynetheme.HomeIcon()})
	}
	nav := NewNav(items, nil)
	scroll := container.NewVScroll(nav)
	w, _, _ := window(t, scroll)
	w.Canvas().Focus(nav)
	key(t, w, fyne.KeyEnd)
	if scroll.Offset.Y == 0 {
		t.Error("the last line is not scrolled into sight")
	}
	if w.Canvas().Size().Height > 700 {
		t.Error("the list made the window higher")
	}
}

func TestSelectWithTheKeyboard(t *testing.T) {
	s := NewSelect(printers["nb"], []Option{{ID: "1", Label: "Aurskog"}, {ID: "2", Label: "Åsnes"}, {ID: "3", Label: "Asker"}})
	var told []string
	s.OnChanged = func(id string) { told = append(told, id) }
	w, _, _ := window(t, Column(8, s))
	w.Canvas().Focus(s)
	write(t, w, "a") // opens with the letter
	if s.list == nil {
		t.Fatal("typing does not open the list")
	}
	write(t, w, "as")
	key(t, w, fyne.KeyReturn)
	if s.Selected() != "2" || s.list != nil || w.Canvas().Focused() != fyne.Focusable(s) {
		t.Errorf("selected %q, open %v", s.Selected(), s.list != nil)
	}
	key(t, w, fyne.KeySpace, fyne.KeyDown, fyne.KeyReturn) // begins at the choice
	if s.Selected() != "3" {
		t.Errorf("selected %q", s.Selected())
	}
	key(t, w, fyne.KeySpace, fyne.KeyUp, fyne.KeyEscape)
	if s.Selected() != "3" || strings.Join(told, "") != "23" {
		t.Errorf("Esc chose %q; told %v", s.Selected(), told)
	}
}

func TestSelectDropsLateAnswers(t *testing.T) {
	s := NewSelect(printers["nb"], nil)
	var pending []func([]Option)
	s.Search = func(_ string, found func([]Option)) { pending = append(pending, found) }
	w, _, _ := window(t, Column(8, s))
	w.Canvas().Focus(s)
	key(t, w, fyne.KeySpace)
	write(t, w, "b")
	pending[1]([]Option{{ID: "new", Label: "Ny"}})
	pending[0]([]Option{{ID: "old", Label: "Gammel"}})
	key(t, w, fyne.KeyReturn)
	if s.Selected() != "new" {
		t.Errorf("selected %q, a late answer won", s.Selected())
	}
}

func TestMultiCheck(t *testing.T) {
	var options []Option
	for _, name := range []string{"A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "Øyer"} {
		options = append(options, Option{ID: name, Label: name})
	}
	m := NewMultiCheck(printers["nb"], options)
	var told []string
	m.OnChanged = func(ids []string) { told = ids }
	w, _, _ := window(t, NewScroll(m))
	m.SetSelected([]string{"C", "unknown"})
	w.Canvas().Focus(m.FocusTarget())
	write(t, w, "oy")
	visible := 0
	for _, c := range m.checks {
		if c.Visible() {
			visible++
		}
	}
	if visible != 1 {
		t.Fatalf("%d hits for «oy»", visible)
	}
	w.Canvas().Focus(m.checks[12])
	key(t, w, fyne.KeySpace)
	if strings.Join(told, "") != "CØyer" {
		t.Errorf("told %v", told)
	}
}

func TestRadio(t *testing.T) {
	var told []string
	r := NewRadio([]Option{{ID: "nb", Label: "Bokmål"}, {ID: "nn", Label: "Nynorsk"}}, func(id string) { told = append(told, id) })
	w, _, _ := window(t, Column(8, r))
	w.Canvas().Focus(r)
	key(t, w, fyne.KeySpace, fyne.KeyDown, fyne.KeyDown, fyne.KeyUp)
	if strings.Join(told, " ") != "nb nn nb" {
		t.Errorf("told %v", told)
	}
	r.Disable()
	r.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	if r.Selected() != "nb" {
		t.Error("a locked choice changed")
	}
}

func TestSearchField(t *testing.T) {
	s := NewSearchField(printers["nb"], "Søk i alt")
	var told []string
	down := 0
	s.OnChanged = func(q string) { told = append(told, q) }
	s.OnDown = func() { down++ }
	w, _, _ := window(t, Column(8, s))
	w.Canvas().Focus(s.FocusTarget())
	write(t, w, "ab")
	key(t, w, fyne.KeyDown, fyne.KeyEscape)
	if strings.Join(told, ",") != "a,ab," || down != 1 || s.Text() != "" {
		t.Errorf("told %q, down %d, text %q", told, down, s.Text())
	}
}

func TestSplit(t *testing.T) {
	var moved float64
	s := NewSplit(NewText("a"), NewText("b"), 0.5, func(o float64) { moved = o })
	w, _, _ := window(t, s)
	w.Canvas().Focus(s.divider)
	before := s.leading.Size().Width
	key(t, w, fyne.KeyRight)
	if s.leading.Size().Width <= before || moved <= 0.5 {
		t.Errorf("width %v after %v, told %v", s.leading.Size().Width, before, moved)
	}
	s.move(0.001)
	if s.leading.Size().Width < s.leading.MinSize().Width {
		t.Error("a part became narrower than it can be")
	}
	if got := float32(s.Offset()) * s.Size().Width; got < s.leading.MinSize().Width-0.5 {
		t.Errorf("the offset is at %v, the divider at %v", got, s.leading.Size().Width)
	}
}

func TestTextBreaksBetweenWords(t *testing.T) {
	window(t, NewText(""))
	text := NewText("Et avsnitt med noen ord.\nOg ett til, med etkjempelangtordsomaldrivilslutte.")
	for _, width := range []float32{600, 200, 90} {
		text.breakLines(width)
		for _, o := range text.lines {
			if got := o.MinSize().Width; got > width+1 {
				t.Errorf("a line of %v in a width of %v", got, width)
			}
		}
	}
	if text.heightFor(90) <= text.heightFor(600) {
		t.Error("narrow text is not higher")
	}
}

func TestStatusBar(t *testing.T) {
	s := NewStatusBar(printers["nb"])
	stopped := 0
	w, _, _ := window(t, Column(0, s))
	s.SetText("saved", "Lagret 14:32:05")
	s.SetText("mail", "Post oppdatert")
	s.SetText("saved", "Lagret 14:33:00")
	if s.text.Text != "Lagret 14:33:00 · Post oppdatert" {
		t.Errorf("says %q", s.text.Text)
	}
	s.SetProgress("Henter", 0.43, func() { stopped++ })
	if s.doing.Text != "Henter 43 %" || !s.stop.Visible() {
		t.Errorf("says %q", s.doing.Text)
	}
	w.Canvas().Focus(s.stop)
	key(t, w, fyne.KeySpace)
	s.ClearProgress()
	if stopped != 1 || s.stop.Visible() || s.track.Visible() {
		t.Error("the stop button does not stop, or the progress stays")
	}
}

// TestTextSize: a form at 200 % has nothing cut and nothing over each other.
func TestTextSize(t *testing.T) {
	field := NewField(printers["nb"], FieldOptions{Label: "Et nokså langt navn på et felt", Required: true, Hint: "Et hint som går over flere linjer når teksten er stor.", Max: 10}, NewTextField())
	field.SetFindings([]FieldNote{{Severity: Stop, Message: "Noe er galt.", Remedy: "Rett det."}})
	next := NewField(printers["nb"], FieldOptions{Label: "Neste"}, NewMoneyField(printers["nb"]))
	column := FormColumn(field, next)
	w, _, _ := window(t, NewScroll(column))
	for _, scale := range []float32{1, 1.5, 2} {
		fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Options{Variant: theme.Dark, TextScale: scale}))
		refreshAll(w.Content())
		w.Resize(fyne.NewSize(420, 700))
		column.Layout.Layout(column.Objects, fyne.NewSize(400, 700))
		bottom := field.notes[0].Position().Y + field.notes[0].Size().Height
		if bottom > field.Size().Height+0.5 {
			t.Errorf("at %v the finding ends at %v, the field at %v", scale, bottom, field.Size().Height)
		}
		if next.Position().Y < field.Size().Height {
			t.Errorf("at %v the fields stand over each other", scale)
		}
	}
}

func TestThemeTakesEffectAtOnce(t *testing.T) {
	b := NewPrimaryButton("Lag PDF", nil)
	window(t, Row(b))
	before := b.face.FillColor
	fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Options{Variant: theme.HighContrast}))
	b.Refresh()
	if b.face.FillColor == before {
		t.Error("the button keeps the old colour")
	}
}

// TestColumnOfNothing: what is empty takes no gap, and a column is as high as
// what it lays out.
func TestColumnOfNothing(t *testing.T) {
	button := NewButton("Nytt mål", nil)
	column := Column(8, Column(0), button, Column(0))
	window(t, container.NewVBox(column))
	if column.Size().Height != button.MinSize().Height || button.Position().Y != 0 {
		t.Fatalf("the button stands at %v in a column %v high, and is %v high",
			button.Position().Y, column.Size().Height, button.MinSize().Height)
	}
}
