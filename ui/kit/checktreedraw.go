package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/ui/theme"
)

// treeLine is what one row of a CheckTree is drawn with.
type treeLine struct {
	arrow, box *canvas.Image
	dash       *canvas.Rectangle // in the box of a group that is ticked in part
	label      *canvas.Text
	columns    []*canvas.Text
	rule       *canvas.Rectangle
}

func newTreeLine(columns int) *treeLine {
	l := &treeLine{
		arrow: &canvas.Image{FillMode: canvas.ImageFillContain}, box: &canvas.Image{FillMode: canvas.ImageFillContain},
		dash: &canvas.Rectangle{}, label: &canvas.Text{}, rule: &canvas.Rectangle{},
	}
	for range columns {
		l.columns = append(l.columns, &canvas.Text{Alignment: fyne.TextAlignTrailing})
	}
	return l
}

func (t *CheckTree) parts() []fyne.CanvasObject {
	parts := []fyne.CanvasObject{t.shade}
	for _, title := range t.titles {
		parts = append(parts, title)
	}
	parts = append(parts, t.rule)
	for _, l := range t.lines {
		parts = append(parts, l.rule, l.arrow, l.box, l.dash, l.label)
		for _, c := range l.columns {
			parts = append(parts, c)
		}
	}
	return append(parts, t.none, t.ring.rect)
}

func (t *CheckTree) paint() {
	for len(t.lines) < len(t.rows) {
		t.lines = append(t.lines, newTreeLine(len(t.heads)-1))
	}
	t.lines = t.lines[:len(t.rows)]
	for i, title := range t.titles {
		title.Text, title.Color, title.TextSize = t.heads[i], theme.Color(theme.ColorNameQuiet), theme.Size(theme.SizeNameLabel)
		if i > 0 {
			title.Alignment = fyne.TextAlignTrailing
		}
		title.Refresh()
	}
	t.rule.FillColor = theme.Color(theme.ColorNameFieldBorder)
	t.rule.Refresh()
	t.shade.FillColor, t.shade.CornerRadius = theme.Color(theme.ColorNameHoverRow), theme.Size(theme.SizeNameRadius)
	for i, row := range t.rows {
		t.paintLine(t.lines[i], row)
	}
	t.ring.paint()
}

func (t *CheckTree) paintLine(l *treeLine, row treeRow) {
	icon, color := fynetheme.CheckButtonIcon(), theme.ColorNameFieldBorder
	l.dash.Hidden, l.arrow.Hidden = true, !row.isGroup()
	if row.isGroup() {
		arrow := fynetheme.MenuExpandIcon()
		if t.open[t.groups[row.group].ID] || t.query != "" {
			arrow = fynetheme.MenuDropDownIcon()
		}
		l.arrow.Resource = fynetheme.NewColoredResource(arrow, fynetheme.ColorNameForeground)
		l.arrow.Refresh()
		switch ticked, all := t.state(row.group); {
		case ticked == all && all > 0:
			icon, color = fynetheme.CheckButtonCheckedIcon(), fynetheme.ColorNamePrimary
		case ticked > 0:
			l.dash.Hidden, color = false, fynetheme.ColorNamePrimary
		}
	} else if t.checked[t.groups[row.group].Items[row.item].ID] {
		icon, color = fynetheme.CheckButtonCheckedIcon(), fynetheme.ColorNamePrimary
	}
	l.box.Hidden = t.OnToggled == nil
	l.dash.Hidden = l.dash.Hidden || l.box.Hidden
	l.box.Resource = fynetheme.NewColoredResource(icon, color)
	l.box.Refresh()
	l.dash.FillColor = theme.Color(fynetheme.ColorNamePrimary)
	l.dash.Refresh()
	l.label.Color, l.label.TextSize = theme.Color(fynetheme.ColorNameForeground), theme.Size(fynetheme.SizeNameText)
	l.label.TextStyle = fyne.TextStyle{Bold: row.isGroup()}
	columns := t.columns(row)
	for i, c := range l.columns {
		c.Text = ""
		if i < len(columns) {
			c.Text = columns[i]
		}
		c.Color, c.TextSize = theme.Color(fynetheme.ColorNameForeground), theme.Size(fynetheme.SizeNameText)
		if row.isGroup() {
			c.Color = theme.Color(theme.ColorNameQuiet)
		}
		c.Refresh()
	}
	l.rule.FillColor = theme.Color(theme.ColorNameHairline)
	l.rule.Refresh()
}

// widths are those of the columns to the right of the label.
func (t *CheckTree) widths() []float32 {
	widths := make([]float32, len(t.heads)-1)
	measure := func(i int, s string, size fyne.ThemeSizeName) {
		widths[i] = max(widths[i], fyne.MeasureText(s, theme.Size(size), fyne.TextStyle{}).Width)
	}
	for i := range widths {
		measure(i, t.heads[i+1], theme.SizeNameLabel)
	}
	for _, g := range t.groups {
		for i, s := range g.Columns {
			measure(i, s, fynetheme.SizeNameText)
		}
		for _, item := range g.Items {
			for i, s := range item.Columns {
				measure(i, s, fynetheme.SizeNameText)
			}
		}
	}
	return widths
}

// foldWidth is the width of the arrow's part of a group's line.
func (t *CheckTree) foldWidth() float32 {
	return max(theme.Size(theme.SizeNameIcon)+8, theme.Size(theme.SizeNameTarget))
}

func (t *CheckTree) least() fyne.Size {
	width := t.foldWidth() + theme.Size(theme.SizeNameIcon)*2 + 120
	for _, w := range t.widths() {
		width += w + 2*theme.Size(theme.SizeNameGap)
	}
	return fyne.NewSize(min(width, 320), t.rowTop(max(len(t.rows), 1)))
}

func (t *CheckTree) heightFor(float32) float32 { return t.least().Height }

func (t *CheckTree) arrange(size fyne.Size) {
	gap, icon, high := theme.Size(theme.SizeNameGap), theme.Size(theme.SizeNameIcon), t.rowHeight()
	right := size.Width - gap
	widths := t.widths()
	lefts := make([]float32, len(widths))
	for i := len(widths) - 1; i >= 0; i-- {
		lefts[i] = right - widths[i]
		right = lefts[i] - 2*gap
	}
	put := func(text *canvas.Text, x, top, width float32) {
		min := text.MinSize()
		text.Move(fyne.NewPos(x, top+(high-min.Height)/2))
		text.Resize(fyne.NewSize(width, min.Height))
	}
	indent := t.foldWidth()
	t.titles[0].Text = fitText(t.heads[0], t.titles[0].TextSize, right-gap)
	put(t.titles[0], gap, 0, right-gap)
	for i := range widths {
		put(t.titles[i+1], lefts[i], 0, widths[i])
	}
	t.rule.Move(fyne.NewPos(0, high-1))
	t.rule.Resize(fyne.NewSize(size.Width, 1))
	t.none.Move(fyne.NewPos(gap, high+gap))
	t.none.Resize(fyne.NewSize(size.Width-gap, t.none.heightFor(size.Width-gap)))
	for i, row := range t.rows {
		l, top := t.lines[i], t.rowTop(i)
		x := indent
		if !row.isGroup() {
			x += icon + gap
		}
		l.arrow.Move(fyne.NewPos((indent-icon)/2, top+(high-icon)/2))
		l.arrow.Resize(fyne.NewSquareSize(icon))
		if !l.box.Hidden {
			l.box.Move(fyne.NewPos(x, top+(high-icon)/2))
			l.box.Resize(fyne.NewSquareSize(icon))
			l.dash.Move(fyne.NewPos(x+icon*0.3, top+high/2-icon*0.08))
			l.dash.Resize(fyne.NewSize(icon*0.4, icon*0.16))
			x += icon + gap
		}
		room := right - x
		l.label.Text = fitText(t.label(row), l.label.TextSize, room)
		put(l.label, x, top, room)
		for n, c := range l.columns {
			put(c, lefts[n], top, widths[n])
		}
		l.rule.Move(fyne.NewPos(0, top+high-1))
		l.rule.Resize(fyne.NewSize(size.Width, 1))
	}
	if len(t.rows) > 0 {
		t.ring.around(fyne.NewPos(0, t.rowTop(t.at)), fyne.NewSize(size.Width, high))
	} else {
		t.ring.around(fyne.NewPos(0, high), fyne.NewSize(size.Width, high))
	}
	t.arrangeShade()
}

// arrangeShade lights up the line under the mouse.
func (t *CheckTree) arrangeShade() {
	t.shade.Hidden = t.over < 0
	if !t.shade.Hidden {
		t.shade.Move(fyne.NewPos(0, t.rowTop(t.over)))
		t.shade.Resize(fyne.NewSize(t.Size().Width, t.rowHeight()-1))
	}
	t.shade.Refresh()
}
