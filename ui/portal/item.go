package portal

import (
	"context"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kompetansepilot/app/grant"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/portal"
	"kompetansepilot/app/system"
	"kompetansepilot/app/textdiff"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// itemView is one field or attachment: the text as the portal takes it, how long
// it is, whether it was carried over, and what has changed since.
type itemView struct {
	page *Page
	item *portal.Item

	where, label, count *kit.Text
	copy                *kit.Button
	done                *kit.Check
	stamp               *kit.Text
	over                *kit.SeverityLine
	changed             *kit.SeverityLine
	change              *fyne.Container // what has changed
	text                *fyne.Container
	grid                *kit.CellGrid
	gridBox             *fyne.Container
	row                 *kit.Button
	file                *fyne.Container
	fileText            *kit.Text
	whole               *fyne.Container
}

// longestShown is the longest text, in bytes, that is laid out as a whole; a
// longer one is shown in parts.
const longestShown = 20_000

func newItemView(p *Page) *itemView {
	w := p.words
	v := &itemView{page: p, where: kit.NewQuietText(""), label: kit.NewHeading(""), count: kit.NewQuietText(""), stamp: kit.NewQuietText(""),
		over: kit.NewSeverityLine(w, kit.Stop, ""), changed: kit.NewMarkedLine(w, kit.Warn, w.T("portal.item.changed")),
		change: kit.Column(0), text: kit.Column(0), grid: kit.NewCellGrid(), fileText: kit.NewText("")}
	v.copy = kit.NewPrimaryButton(w.T("portal.item.copy"), v.onCopy)
	v.done = kit.NewCheck(w.T("portal.item.done"), v.onDone)
	v.grid.OnDone = v.onCell
	v.row = kit.NewButton(w.T("portal.item.copyRow"), v.onCopyRow)
	v.gridBox = kit.Column(theme.Size(theme.SizeNameGap), container.NewHScroll(kit.Padded(theme.Size(theme.SizeNameGap), v.grid)), kit.Row(v.row))
	v.file = kit.Column(theme.Size(theme.SizeNameGap), v.fileText, kit.Row(kit.NewButton(w.T("portal.item.openFile"), v.onOpenFile),
		kit.NewButton(w.T("portal.command.saveFiles"), p.onSaveFiles)))
	gap := theme.Size(theme.SizeNameGap)
	v.whole = kit.Column(gap*1.5,
		kit.Column(theme.Size(theme.SizeNameGapSmall), v.where, kit.Row(v.label, v.count)),
		kit.Row(v.copy, v.done, v.stamp),
		v.over,
		v.changed,
		v.change,
		v.text,
		v.gridBox,
		v.file,
	)
	return v
}

func (v *itemView) show(i *portal.Item) {
	w := v.page.words
	same := v.item != nil && v.item.Key == i.Key && v.item.Text == i.Text && v.item.Before == i.Before && v.item.Changed == i.Changed
	v.item = i
	tab, number := v.page.positionOf(i)
	v.where.SetText(w.T("portal.item.where", "Tab", tab, "Number", number, "Total", len(v.page.now.Items())))
	v.label.SetText(i.Label)
	v.count.SetText(v.length(i))
	v.copy.SetText(v.verb(i))
	if i.Filled() {
		v.copy.Enable()
	} else {
		v.copy.Disable()
	}
	v.done.SetChecked(i.Done())
	v.done.Hidden = !i.Counts()
	v.stamp.SetText("")
	if !i.Transferred.IsZero() {
		v.stamp.SetText(lang.Joined(" · ", w.Moment(i.Transferred), i.By))
	}
	v.over.Hidden = i.Over() == 0
	v.over.Set(kit.Stop, w.T("portal.item.over", "Over", w.Number(int64(i.Over())), "Max", w.Number(int64(i.Limit))))
	v.changed.Hidden = !i.Changed
	if !same {
		v.fill(i)
	}
	v.whole.Refresh()
}

// fill shows the text in the way that suits it.
func (v *itemView) fill(i *portal.Item) {
	w := v.page.words
	v.change.Hidden = !i.Changed
	v.change.Objects = nil
	if i.Changed && i.File == nil {
		v.change.Objects = []fyne.CanvasObject{kit.Readable(kit.NewMarkedText(w, marked(i.Before, i.Text)))}
	}
	v.text.Objects = nil
	v.text.Hidden = i.Grid != nil || i.File != nil
	switch {
	case v.text.Hidden:
	case !i.Filled() && i.Required && i.Key == i.Field && v.page.isFile(i):
		v.text.Add(kit.NewText(w.T("portal.item.missingFile")))
	case !i.Filled():
		v.text.Add(kit.NewQuietText(w.T("portal.item.empty")))
	case len(i.Text) > longestShown:
		area := kit.NewTextArea(w)
		area.SetText(i.Text)
		area.Disable()
		v.text.Add(area)
	default:
		v.text.Add(kit.NewCard(kit.Readable(kit.NewText(i.Text))))
	}
	v.gridBox.Hidden = i.Grid == nil
	if i.Grid != nil {
		v.fillGrid(i.Grid)
	}
	v.file.Hidden = i.File == nil
	if f := i.File; f != nil {
		v.fileText.SetText(w.T("portal.item.file", "Name", f.Name, "Original", f.Original, "Size", portal.Size(w, f.Size)))
	}
}

func (v *itemView) fillGrid(g *portal.Grid) {
	var rows []kit.CellRow
	named := false
	for _, r := range g.Rows {
		rows = append(rows, kit.CellRow{Label: r.Label, Cells: r.Cells, Sum: r.Sum})
		named = named || r.Named
	}
	v.grid.LabelCells, v.grid.Numbers = named, named
	v.row.Hidden = !named
	v.grid.SetRows(g.Columns, rows, g.Foot)
}

// length is "412 av 500 tegn".
func (v *itemView) length(i *portal.Item) string {
	w := v.page.words
	switch {
	case !i.Filled() || i.File != nil || i.Grid != nil:
		return ""
	case i.Limit > 0:
		return w.T("portal.item.lengthOf", "Length", w.Number(int64(i.Length)), "Max", w.Number(int64(i.Limit)))
	}
	return w.N("portal.item.length", i.Length)
}

func (v *itemView) verb(i *portal.Item) string {
	switch {
	case i.File != nil:
		return v.page.words.T("portal.item.copyName")
	case i.Grid != nil:
		return v.page.words.T("portal.item.copyAll")
	}
	return v.page.words.T("portal.item.copy")
}

func (v *itemView) onCopy() {
	v.page.copyStep(v.item.Key)
}

func (v *itemView) onDone(bool) { v.page.toggleStep(v.item.Key) }

// onCell copies one cell; -1 is the row's label.
func (v *itemView) onCell(row, cell int) {
	r := &v.item.Grid.Rows[row]
	text := r.Label
	if cell >= 0 {
		text = r.Cells[cell]
	}
	if text == "" {
		return
	}
	v.page.put(text, v.page.words.T("portal.copiedText", "Text", text))
}

func (v *itemView) onCopyRow() {
	r := &v.item.Grid.Rows[v.grid.Row()]
	v.page.put(r.Text(), v.page.words.T("portal.copied", "Name", r.Label))
}

// onOpenFile shows a copy of the attachment, under the name that the portal gets.
func (v *itemView) onOpenFile() {
	f, w := v.item.File, v.page.env.Program.Workspace
	name, sha := f.Name, f.SHA256
	task.Run(v.page.env.Tasks, context.Background(), func(context.Context) (struct{}, error) {
		content, err := data.Blob(w, sha)
		if err != nil {
			return struct{}{}, err
		}
		dir, err := os.MkdirTemp("", "kompetansepilot-*")
		if err != nil {
			return struct{}{}, err
		}
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, system.Open(path)
	}, func(_ struct{}, err error) {
		if err != nil {
			v.page.env.Shell.Fail(v.page.words.T("portal.item.openFile"), err)
		}
	})
}

// positionOf is the tab of an item and its number among all.
func (p *Page) positionOf(item *portal.Item) (tab string, number int) {
	for n := range p.now.Tabs {
		for i := range p.now.Tabs[n].Items {
			number++
			if p.now.Tabs[n].Items[i].Key == item.Key {
				return p.words.T("portal.tab", "Number", n+1, "Name", p.now.Tabs[n].Label), number
			}
		}
	}
	return "", number
}

// marked is what was taken out of a text and put into it.
func marked(before, after string) []kit.MarkedRun {
	marks := map[textdiff.Change]kit.Mark{textdiff.Same: kit.Unmarked, textdiff.Added: kit.Inserted, textdiff.Removed: kit.Deleted}
	var runs []kit.MarkedRun
	for _, part := range textdiff.Words(before, after) {
		runs = append(runs, kit.MarkedRun{Text: part.Text, Mark: marks[part.Change]})
	}
	return runs
}

func (p *Page) isFile(i *portal.Item) bool {
	return i.Type == grant.TypeFile || i.Type == grant.TypeFiles
}
