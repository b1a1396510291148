package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/ui/theme"
)

// hitRows are the lines of a HitList: one is under the arrow keys or the mouse.
type hitRows struct {
	widget.BaseWidget

	hits   []Hit
	at     int
	onPick func(Hit)

	rows []*hitRow
	bar  *canvas.Rectangle
	mark *canvas.Rectangle
}

type hitRow struct {
	icon        *canvas.Image
	label, kind *canvas.Text
	detail      []*canvas.Text // where, and the runs of the excerpt
}

var (
	_ drawn             = (*hitRows)(nil)
	_ fyne.Tappable     = (*hitRows)(nil)
	_ desktop.Hoverable = (*hitRows)(nil)
)

func newHitRows(onPick func(Hit)) *hitRows {
	r := &hitRows{onPick: onPick, bar: &canvas.Rectangle{}, mark: &canvas.Rectangle{}}
	r.ExtendBaseWidget(r)
	return r
}

func (r *hitRows) set(hits []Hit) {
	r.hits, r.at = hits, 0
	r.Refresh()
}

func (r *hitRows) move(by int) {
	r.at = max(0, min(r.at+by, len(r.hits)-1))
	r.Refresh()
	y, high := r.line(r.at)
	reveal(r, fyne.NewPos(0, y), fyne.NewSize(10, high))
}

func (r *hitRows) pick() {
	if r.at < len(r.hits) {
		r.onPick(r.hits[r.at])
	}
}

// line is where a line stands and how high it is.
func (r *hitRows) line(at int) (y, high float32) {
	for i, h := range r.hits {
		high = r.height(&h)
		if i == at {
			break
		}
		y += high
	}
	return y, high
}

// height of a line: lower when it has one row of text.
func (r *hitRows) height(h *Hit) float32 {
	one := theme.Size(theme.SizeNameTarget) + 6
	if h.Where == "" && len(h.Excerpt) == 0 {
		return one
	}
	return one + fyne.MeasureText("Åg", theme.Size(theme.SizeNameLabel), fyne.TextStyle{}).Height
}

func (r *hitRows) hit(pos fyne.Position) bool {
	var y float32
	for i := range r.hits {
		high := r.height(&r.hits[i])
		if pos.Y >= y && pos.Y < y+high {
			r.at = i
			return true
		}
		y += high
	}
	return false
}

// Tapped chooses.
func (r *hitRows) Tapped(ev *fyne.PointEvent) {
	if r.hit(ev.Position) {
		r.pick()
	}
}

// MouseIn implements desktop.Hoverable.
func (r *hitRows) MouseIn(*desktop.MouseEvent) {}

// MouseMoved moves the bar.
func (r *hitRows) MouseMoved(ev *desktop.MouseEvent) {
	if before := r.at; r.hit(ev.Position) && r.at != before {
		r.Refresh()
	}
}

// MouseOut implements desktop.Hoverable.
func (r *hitRows) MouseOut() {}

// CreateRenderer implements fyne.Widget.
func (r *hitRows) CreateRenderer() fyne.WidgetRenderer { return newDrawnRenderer(r) }

func (r *hitRows) parts() []fyne.CanvasObject {
	parts := []fyne.CanvasObject{r.bar, r.mark}
	for _, row := range r.rows {
		parts = append(parts, row.icon, row.label, row.kind)
		for _, t := range row.detail {
			parts = append(parts, t)
		}
	}
	return parts
}

func (r *hitRows) paint() {
	for len(r.rows) < len(r.hits) {
		r.rows = append(r.rows, &hitRow{icon: &canvas.Image{FillMode: canvas.ImageFillContain}, label: &canvas.Text{}, kind: &canvas.Text{}})
	}
	r.rows = r.rows[:len(r.hits)]
	r.bar.FillColor = theme.Color(theme.ColorNameSelectedRow)
	r.bar.CornerRadius = theme.Size(theme.SizeNameRadius)
	r.bar.Hidden = len(r.hits) == 0
	// The line keeps the chosen one from being told by colour alone.
	r.mark.FillColor, r.mark.Hidden = theme.Color(fynetheme.ColorNamePrimary), r.bar.Hidden
	for i := range r.hits {
		r.rows[i].paint(&r.hits[i])
	}
	r.bar.Refresh()
	r.mark.Refresh()
}

func (row *hitRow) paint(h *Hit) {
	quiet, small := theme.Color(theme.ColorNameQuiet), theme.Size(theme.SizeNameLabel)
	row.label.Text, row.kind.Text = h.Label, h.Kind
	row.label.Color, row.kind.Color = theme.Color(fynetheme.ColorNameForeground), quiet
	row.label.TextSize, row.kind.TextSize = theme.Size(fynetheme.SizeNameText), small
	row.icon.Hidden = h.Icon == nil
	if h.Icon != nil {
		row.icon.Resource = fynetheme.NewColoredResource(h.Icon, fynetheme.ColorNamePrimary)
		row.icon.Refresh()
	}
	runs := h.runs()
	for len(row.detail) < len(runs) {
		row.detail = append(row.detail, &canvas.Text{})
	}
	row.detail = row.detail[:len(runs)]
	for i, run := range runs {
		t := row.detail[i]
		t.Text, t.Color, t.TextSize, t.TextStyle = run.Text, quiet, small, fyne.TextStyle{}
		if run.Marked {
			t.Color, t.TextStyle = theme.Color(fynetheme.ColorNameForeground), fyne.TextStyle{Bold: true}
		}
		t.Refresh()
	}
	row.label.Refresh()
	row.kind.Refresh()
}

func (r *hitRows) least() fyne.Size {
	var high float32
	for i := range r.hits {
		high += r.height(&r.hits[i])
	}
	return fyne.NewSize(200, high)
}

func (r *hitRows) arrange(size fyne.Size) {
	gap := theme.Size(theme.SizeNameGap)
	y, high := r.line(r.at)
	r.bar.Move(fyne.NewPos(0, y))
	r.bar.Resize(fyne.NewSize(size.Width, high))
	r.mark.Move(fyne.NewPos(0, y+gap/2))
	r.mark.Resize(fyne.NewSize(3, high-gap))
	y = 0
	for i, row := range r.rows {
		row.arrange(&r.hits[i], y, size.Width)
		y += r.height(&r.hits[i])
	}
}

func (row *hitRow) arrange(h *Hit, y, width float32) {
	gap, icon := theme.Size(theme.SizeNameGap), theme.Size(theme.SizeNameIcon)
	one := theme.Size(theme.SizeNameTarget) + 6
	row.icon.Move(fyne.NewPos(gap, y+(one-icon)/2))
	row.icon.Resize(fyne.NewSquareSize(icon))
	left := icon + 2*gap
	row.kind.Text = fitText(h.Kind, row.kind.TextSize, max(1, (width-left)*mostKind))
	kind := row.kind.MinSize()
	row.kind.Move(fyne.NewPos(width-kind.Width-gap, y+(one-kind.Height)/2))
	row.kind.Resize(kind)
	row.label.Text = fitText(h.Label, row.label.TextSize, max(1, width-kind.Width-left-2*gap))
	label := row.label.MinSize()
	row.label.Move(fyne.NewPos(left, y+(one-label.Height)/2))
	row.label.Resize(label)
	x, end := left, width-gap
	for i, run := range h.runs() {
		t := row.detail[i]
		room := end - x
		if i == 0 && h.Where != "" && len(h.Excerpt) > 0 {
			room = min(room, (end-left)*mostWhere)
		}
		t.Text = run.Text
		switch {
		case room < 2*t.TextSize:
			t.Text, x = "", end // the rest is out of sight
		case t.MinSize().Width > room:
			t.Text = fitTextIn(run.Text, t.TextSize, room, t.TextStyle)
			if i > 0 || len(h.Excerpt) == 0 {
				end = x
			}
		}
		t.Move(fyne.NewPos(x, y+(one+label.Height)/2))
		t.Resize(t.MinSize())
		x += t.MinSize().Width
		if i == 0 && h.Where != "" {
			x += 2 * gap
		}
	}
}

// mostKind is how much of the first line the kind takes.
const mostKind = 0.45

// mostWhere is how much of the second line the place takes when there is an
// excerpt too.
const mostWhere = 0.4

// runs are the second line from left to right.
func (h *Hit) runs() []HitRun {
	if h.Where == "" {
		return h.Excerpt
	}
	return append([]HitRun{{Text: h.Where}}, h.Excerpt...)
}
