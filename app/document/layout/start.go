package layout

import (
	"kompetansepilot/app/document"
)

// firstHeight is the height, with the gap above, of what must stand on the same
// page as a heading before block i: what that block asks for when it is placed.
func (l *layouter) firstHeight(i int) float64 {
	if i >= len(l.blocks) {
		return 0
	}
	switch b := l.blocks[i].(type) {
	case document.Table:
		return gapTable + l.gridOf(i, b).start()
	case document.Paragraph:
		f := l.flowOf(i, b)
		switch {
		case f == nil:
			return l.firstHeight(i + 1)
		case b.KeepWithNext && len(f.lines) <= maxKept:
			return gapBlock + f.height() + min(l.firstHeight(i+1), pageEnd/3)
		}
		return gapBlock + f.firstHeight()
	}
	clean := l.clean
	l.clean = document.NewCleaner() // what is missing is counted where it stands
	defer func() { l.clean = clean }()
	switch b := l.blocks[i].(type) {
	case document.Heading:
		style, before, after := headingStyle(min(max(b.Level, 1), 3))
		return before + style.lineHeight() + after + min(l.firstHeight(i+1), pageEnd/3)
	case document.List:
		if len(b.Items) == 0 {
			return l.firstHeight(i + 1)
		}
		return gapBlock + l.newList(b).start(0)
	case document.Note:
		return gapTable + l.newNote(b, &Elem{}).start()
	case document.Figure:
		_, height := figureSize(b)
		return gapTable + height + l.captionHeight(b)
	case document.Signatures:
		return gapTable + 2 + l.pairHeight(b, 0)
	case document.Space:
		if b.MM > 0 {
			return min(b.MM, 40) + l.firstHeight(i+1)
		}
		return l.firstHeight(i + 1)
	}
	return 0
}

// gridOf gives the table of block i, made once: its columns take time, and its
// text is cleaned and counted once.
func (l *layouter) gridOf(i int, t document.Table) *grid {
	if l.grids[i] == nil {
		style := textStyle{9.5, 12.5, document.ColourText()}
		switch n := columnsNeeded(t); {
		case n > mostColumns:
			style = textStyle{6, 8, document.ColourText()}
		case n > manyColumns:
			style = textStyle{8, 10.5, document.ColourText()}
		}
		clean := l.clean
		l.clean = l.counter
		l.grids[i] = l.newGrid(t, style, false)
		l.clean = clean
	}
	return l.grids[i]
}

// flowOf gives the text of the paragraph that is block i, broken once; nil when
// it says nothing.
func (l *layouter) flowOf(i int, p document.Paragraph) *flow {
	f := l.texts[i]
	if f == nil {
		clean := l.clean
		l.clean = l.counter
		spans := l.spans(p.Spans)
		l.clean = clean
		f = newParagraph(nil, spans)
		l.texts[i] = f
	}
	if isBlank(f.spans) {
		return nil
	}
	return f
}
