package application

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/theme"
)

// arrangement is how many of the page's panes stand beside each other.
type arrangement int

const (
	unknown arrangement = iota
	narrow              // one; a list to choose from and a button over it
	medium              // the list of parts and the part; findings behind a button
	wide                // all three
)

// The least width of the page, at text size 1, for two panes, for three, and for three
// with tables.
const (
	widthForTwo    = 640
	widthForThree  = 1000
	widthForTables = 1500
)

// panes puts the list of parts, the part, and its findings beside each other as
// far as there is room.
type panes struct {
	desk   *desk
	object *fyne.Container

	list, middle, beside fyne.CanvasObject
	choose               *kit.Select
	findings             *kit.Button
	now                  arrangement
	hasBeside            bool // the open part has findings of its own to show
	needsWidth           bool // the open part has tables, which want the room of the findings
}

func newPanes(d *desk, list *partList, middle, beside fyne.CanvasObject, onPart func(id string)) *panes {
	p := &panes{desk: d, list: container.NewVScroll(list), middle: middle, beside: beside, hasBeside: true}
	p.choose = kit.NewSelect(d.words, nil)
	p.choose.OnChanged = onPart
	p.findings = kit.NewButton("", p.onFindings)
	p.object = container.New(p)
	return p
}

// show writes what the folded parts say.
func (p *panes) show(parts []*part, current *part) {
	var options []kit.Option
	for _, part := range parts {
		options = append(options, kit.Option{ID: part.id, Label: part.label, Note: part.mark.word(p.desk.words)})
	}
	p.choose.SetOptions(options)
	if current == nil {
		return
	}
	p.choose.SetSelected(current.id)
	n := len(findingsOf(p.desk, current))
	p.findings.SetText(p.desk.words.N("application.findings.button", n))
	has, wants := current.section != nil, current.hasTables()
	if has != p.hasBeside || wants != p.needsWidth {
		p.hasBeside, p.needsWidth, p.now = has, wants, unknown
		p.object.Refresh()
	}
	p.findings.Hidden = !p.hasBeside
}

// onFindings shows the folded findings in a dialog.
func (p *panes) onFindings() {
	kit.ShowCustom(p.desk.env.Shell.Window(), p.desk.words, kit.Custom{
		Title: p.desk.words.T("application.findings.title"), Content: p.beside, Width: 460, Height: 520,
		OnClosed: func(bool) { p.object.Refresh() },
	})
}

// MinSize is small, so that the window can become narrow enough to fold.
func (p *panes) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(280, 200) }

// Layout chooses the arrangement for the width.
func (p *panes) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	if fit := p.fit(size.Width); fit != p.now {
		p.now = fit
		p.object.Objects = []fyne.CanvasObject{p.compose()}
	}
	p.object.Objects[0].Resize(size)
}

func (p *panes) fit(width float32) arrangement {
	width /= theme.Size(theme.SizeNameFormWidth) / 720 // what stands in the panes grows with the text
	switch {
	case width < widthForTwo:
		return narrow
	case width < widthForThree || p.needsWidth && width < widthForTables:
		return medium
	}
	return wide
}

func (p *panes) compose() fyne.CanvasObject {
	part := p.middle
	if p.now == narrow {
		return kit.Dock(nil, kit.Column(theme.Size(theme.SizeNameGap), kit.Row(kit.AtLeast(14, p.choose), p.findings), kit.Hairline()), nil, part)
	}
	if p.hasBeside {
		if p.now == medium {
			part = kit.Dock(nil, kit.Row(kit.Spacer(), p.findings), nil, part)
		} else {
			part = kit.NewSplit(part, p.beside, p.desk.env.Divider("applicationBeside", 0.68), p.onBesideMoved)
		}
	}
	return kit.NewSplit(p.list, part, p.desk.env.Divider("applicationList", 0.2), p.onListMoved)
}

func (p *panes) onListMoved(offset float64)   { p.desk.env.KeepDivider("applicationList", offset) }
func (p *panes) onBesideMoved(offset float64) { p.desk.env.KeepDivider("applicationBeside", offset) }
