package people

import (
	"fyne.io/fyne/v2"

	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/theme"
)

// watch lists the persons whose basis or time ran out, or who have not been told.
type watch struct {
	*desk
	content fyne.CanvasObject
	rule    *kit.Text
	lacking *kit.SeverityLine
	fine    *kit.SeverityLine
	list    *kit.RowList
}

func newWatch(d *desk) *watch {
	w := d.words
	v := &watch{desk: d, rule: kit.NewText(""), list: kit.NewRowList(w.T("people.person.menu"), d.askPerson),
		lacking: kit.NewMarkedLine(w, kit.Warn, w.T("people.watch.lacking")), fine: kit.NewMarkedLine(w, kit.Fine, w.T("people.watch.fine"))}
	gap := theme.Size(theme.SizeNameGroup)
	v.content = kit.NewScroll(kit.Readable(kit.Column(gap, v.rule, kit.Row(kit.NewButton(w.T("people.rules"), d.askRules)), v.lacking, v.fine, v.list)))
	return v
}

func (v *watch) show(f *facts) {
	v.rule.SetText(v.words.N("people.watch.rule", f.rules.Months))
	v.lacking.Hidden = f.rules.Contact != ""
	v.fine.Hidden = len(f.watch) > 0
	var rows []kit.ListRow
	for _, c := range f.watch {
		rows = append(rows, v.personRow(c, ""))
	}
	v.list.SetRows(rows)
	v.content.Refresh()
}
