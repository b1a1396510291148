package application

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/app/lang"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// present is the id of what stands in the application now, where a version can
// be chosen.
const present = "now"

// versionsView lists the named copies of the application, compares them, goes
// back to one, and notes the submission.
type versionsView struct {
	desk     *desk
	loads    *task.Latest
	versions []data.Version
	receipts map[string][]data.Receipt // by version
	files    kit.FileChooser
	banner   *kit.SeverityLine
	name     *kit.Button
	list     *fyne.Container
	compare  *comparison
	// comparing is the section of the comparison, hidden while there is no version.
	comparing *fyne.Container
	whole     fyne.CanvasObject
	asked     bool // the list has been read once
}

func newVersionsView(d *desk, submit func()) view {
	v := &versionsView{desk: d, loads: task.NewLatest(d.env.Tasks), compare: newComparison(d), files: d.chooser(),
		banner: kit.NewMarkedLine(d.words, kit.Info, ""), list: kit.Column(theme.Size(theme.SizeNameGap))}
	v.name = kit.NewButton(d.words.T("application.version.name"), v.onName)
	v.comparing = kit.NewSection(d.words.T("application.compare.title"), v.compare.whole)
	v.comparing.Hide()
	v.whole = kit.NewScroll(kit.FormColumn(kit.Column(theme.Size(theme.SizeNameGroup),
		v.banner,
		kit.Row(v.name, kit.NewButton(d.words.T("application.submit.button"), submit)),
		kit.NewSection(d.words.T("application.version.list"), v.list),
		v.comparing,
	)))
	return v
}

func (v *versionsView) content() fyne.CanvasObject { return v.whole }
func (v *versionsView) focus(string)               { v.desk.focus(v.name) }
func (v *versionsView) opened()                    { v.load() }

func (v *versionsView) show() {
	a := v.desk.draft.Application
	v.banner.Hidden = a.Status != data.StatusSubmitted
	if a.Status == data.StatusSubmitted {
		v.banner.Set(kit.Info, v.desk.words.T("application.version.submitted", "Date", v.desk.words.DateLong(a.Submitted), "Case", a.CaseNumber))
	}
	if v.asked {
		v.load()
	}
}

func (v *versionsView) load() {
	v.asked = true
	task.RunLatest(v.loads, context.Background(), func(context.Context) (kept, error) {
		var k kept
		var err error
		if k.versions, err = v.desk.env.Program.Grants.Versions(v.desk.id); err == nil {
			k.receipts, err = v.desk.env.Program.Grants.Receipts(v.desk.id)
		}
		return k, err
	}, v.onLoaded)
}

// kept is what the list shows.
type kept struct {
	versions []data.Version
	receipts map[string][]data.Receipt
}

func (v *versionsView) onLoaded(k kept, err error) {
	if err != nil {
		v.desk.env.Shell.Fail(v.desk.words.T("application.part.versions"), err)
		return
	}
	all := k.versions
	v.compare.setVersions(all)
	v.comparing.Hidden = len(all) == 0
	if sameVersions(v.versions, all) && sameReceipts(v.receipts, k.receipts) && len(v.list.Objects) > 0 {
		return
	}
	v.versions, v.receipts = all, k.receipts
	v.list.Objects = nil
	if len(all) == 0 {
		v.list.Add(kit.NewText(v.desk.words.T("application.version.none")))
	}
	for i := range all {
		v.list.Add(v.row(&all[i]))
	}
	v.list.Refresh()
}

func sameVersions(a, b []data.Version) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].ID != b[i].ID || a[i].Name != b[i].Name {
			return false
		}
	}
	return true
}

func (v *versionsView) row(version *data.Version) fyne.CanvasObject {
	words, id := v.desk.words, version.ID
	title := []fyne.CanvasObject{kit.NewStrong(version.Name)}
	if version.Frozen {
		lock := widget.NewIcon(lockIcon())
		title = append(title, lock, kit.NewQuietText(words.T("application.version.frozen", "Case", version.CaseNumber)))
	}
	return kit.NewCard(kit.Column(theme.Size(theme.SizeNameGapSmall),
		kit.Row(title...),
		kit.NewQuietText(lang.Joined(" · ", versionTime(v.desk, version), version.Actor)),
		kit.Row(
			kit.NewButton(words.T("application.version.compare"), func() { v.compare.show(id, present) }),
			kit.NewButton(words.T("application.version.back"), func() { v.onBack(id) }),
			kit.NewButton(words.T("preview.save"), pdfOf{desk: v.desk, version: id}.save),
		),
		v.receiptsOf(version),
	))
}

func lockIcon() fyne.Resource {
	return fynetheme.NewColoredResource(fynetheme.LoginIcon(), theme.ColorNameQuiet)
}

// versionTime is when a version was made, on this machine's clock.
func versionTime(d *desk, v *data.Version) string {
	if t, err := time.Parse(time.RFC3339, v.Created); err == nil {
		return d.words.Moment(t)
	}
	return v.Created
}

func (v *versionsView) onName() {
	words := v.desk.words
	name := kit.NewTextField()
	field := kit.NewField(words, kit.FieldOptions{Label: words.T("application.version.nameLabel"), Hint: words.T("application.version.nameHint"), Required: true}, name)
	kit.ShowForm(v.desk.env.Shell.Window(), words, kit.Form{
		Title: words.T("application.version.name"), Verb: words.T("application.version.nameVerb"), Fields: []fyne.CanvasObject{field},
		Check:  func() error { return v.desk.needed(name.Text(), words.T("application.version.nameMissing")) },
		OnDone: func() { v.save(name.Text()) },
	})
}

// needed is an error with the sentence when a text says nothing.
func (d *desk) needed(text, sentence string) error {
	if text == "" {
		return &data.Error{Code: "missing", Message: sentence}
	}
	return nil
}

// background does something to the stored application after what is typed has
// been handed over, and tells when it is done.
func (d *desk) background(doing, toast string, undo bool, work func() error) {
	d.saver.Flush()
	task.Run(d.env.Tasks, context.Background(), func(ctx context.Context) (struct{}, error) {
		if err := d.saver.Drain(ctx); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, work()
	}, func(_ struct{}, err error) {
		if err != nil {
			d.env.Shell.Fail(doing, err)
			return
		}
		d.env.Shell.Saved()
		d.env.Shell.Toast(toast, undo)
		d.Load()
	})
}

func (v *versionsView) save(name string) {
	d := v.desk
	label := d.words.T("application.version.saved", "Name", name)
	d.background(label, label, false, func() error {
		_, err := d.env.Program.Grants.SaveVersion(label, d.id, name)
		return err
	})
}

func (v *versionsView) onBack(id string) {
	d := v.desk
	name := ""
	for i := range v.versions {
		if v.versions[i].ID == id {
			name = v.versions[i].Name
		}
	}
	kit.ShowConfirm(d.env.Shell.Window(), d.words, kit.Confirm{
		Title: d.words.T("application.version.backTitle", "Name", name), Text: d.words.T("application.version.backText"),
		Verb: d.words.T("application.version.back"),
		OnDone: func(yes bool) {
			if yes {
				v.restore(id, name)
			}
		},
	})
}

func (v *versionsView) restore(id, name string) {
	d := v.desk
	label := d.words.T("application.version.restored", "Name", name)
	before := d.words.T("application.version.before", "Name", name)
	d.background(label, label, true, func() error { return d.env.Program.Grants.RestoreVersion(label, before, id) })
}
