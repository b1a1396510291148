package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/ui/theme"
)

// CreateRenderer implements fyne.Widget.
func (s *Sheet) CreateRenderer() fyne.WidgetRenderer {
	s.ExtendBaseWidget(s)
	return newDrawnRenderer(s)
}

func (s *Sheet) parts() []fyne.CanvasObject {
	parts := []fyne.CanvasObject{s.pane.box, s.bar}
	parts = append(parts, s.frame.sides()...)
	parts = append(parts, s.anchor, s.info, s.foot, s.face)
	parts = append(append(parts, s.faceRing.sides()...), s.holder)
	if len(s.lefts) > 0 && s.overflows() {
		parts = append(parts, s.wheel)
	}
	return parts
}

func (s *Sheet) paint() {
	s.pane.paint()
	s.frame.paint(theme.Color(theme.ColorNameFieldBorder), 1)
	s.bar.FillColor = theme.Color(theme.ColorNameFieldBorder)
	s.bar.CornerRadius = (sheetBarHigh - 4) / 2
	s.bar.Refresh()
	s.anchor.FillColor = color.Transparent
	s.face.FillColor = theme.Color(fynetheme.ColorNameInputBackground)
	s.face.Refresh()
	s.faceRing.paint(theme.Color(theme.ColorNameFocusRing), theme.Size(theme.SizeNameFocusRing))
	s.say()
}

// say writes the line under the sheet: a notice, what is wrong, or more about
// the chosen cell.
func (s *Sheet) say() {
	severity, sentence, tip := Stop, "", ""
	switch {
	case s.notice != "":
		sentence, severity = s.notice, Info
		if s.bad {
			severity = Warn
		}
	default:
		sentence = s.problem()
		if s.focused || s.edit.on {
			tip = s.Cell(s.at.row, s.at.column).Tip
		}
	}
	s.foot.Hidden = sentence == ""
	s.info.Hidden = sentence != "" || tip == ""
	if sentence != "" && (sentence != s.foot.sentence || severity != s.foot.severity) {
		s.foot.Set(severity, sentence)
	}
	setText(s.info, tip, theme.Color(theme.ColorNameQuiet), theme.Size(theme.SizeNameLabel), false, fyne.TextAlignLeading)
}

// problem is what is wrong with the chosen cell, or with the first that anything
// is wrong with. The one that is being typed in is not finished.
func (s *Sheet) problem() string {
	if c := s.Cell(s.at.row, s.at.column); c.Problem != "" && s.focused && !s.edit.on {
		return c.Problem
	}
	for i := range s.rows {
		for j, c := range s.rows[i].Cells {
			at := place{i, j}
			if c.Problem != "" && !(s.edit.on && at == s.at) {
				return s.words.T("kit.sheet.problem", "Cell", s.nameOf(at), "Problem", c.Problem)
			}
		}
	}
	return ""
}

func (s *Sheet) arrange(size fyne.Size) {
	s.fit(size.Width)
	bottom := s.tops[len(s.tops)-1]
	s.pane.arrange()
	s.pane.box.Resize(fyne.NewSize(size.Width, bottom))
	s.frame.around(fyne.Position{}, fyne.NewSize(min(size.Width, s.seen()), bottom))
	s.wheel.Resize(fyne.NewSize(size.Width, bottom))
	s.arrangeBar(size.Width, bottom)
	below := s.bodyHeight() + theme.Size(theme.SizeNameGapSmall)
	s.foot.Move(fyne.NewPos(0, below))
	s.foot.Resize(fyne.NewSize(size.Width, s.footHeight(size.Width)))
	s.cutInfo(size.Width)
	s.info.Move(fyne.NewPos(0, below))
	s.info.Resize(fyne.NewSize(size.Width, s.info.MinSize().Height))
	s.arrangeEntry()
}

// cutInfo keeps the line under the sheet to one line; the whole of it opens with
// Enter or rests under the mouse.
func (s *Sheet) cutInfo(width float32) {
	if s.info.Hidden {
		return
	}
	f := sheetCellFace{text: s.info, whole: s.info.Text, cutFor: -1}
	f.cut(width, s.info.TextSize, false, false)
}

func (s *Sheet) arrangeBar(width, top float32) {
	s.bar.Hidden = !s.overflows()
	if s.bar.Hidden {
		return
	}
	room := width - s.first()
	long := max(24, room*room/(s.total()-s.first()))
	x := s.first()
	if most := s.lefts[1+s.mostSkipped()] - s.lefts[1]; most > 0 {
		x += (room - long) * s.offset() / most
	}
	s.bar.Move(fyne.NewPos(x, top+3))
	s.bar.Resize(fyne.NewSize(long, sheetBarHigh-4))
}

// arrangeEntry puts what is typed over its cell.
func (s *Sheet) arrangeEntry() {
	if !s.edit.on {
		return
	}
	pos, size := s.spot(s.at)
	s.face.Move(pos)
	s.face.Resize(size)
	s.faceRing.around(pos, size)
	height := s.entry.MinSize().Height
	left, width := pos.X, size.Width
	if s.columns[s.at.column].Amount {
		// Fyne's entry writes to the left only, so it is made as narrow as its text.
		needed := wideText(s.entry.Text, s.textSize(), false) + 2*theme.Size(fynetheme.SizeNameInnerPadding) + 2
		needed = min(max(needed, s.textSize()+16), size.Width)
		left, width = pos.X+size.Width-needed, needed
	}
	s.holder.Move(fyne.NewPos(left, pos.Y+(size.Height-height)/2))
	s.holder.Resize(fyne.NewSize(width, height))
}
