package application

import (
	"context"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/grant"
	"kompetansepilot/app/textdiff"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// comparison shows what differs between two versions, field by field.
type comparison struct {
	desk     *desk
	latest   *task.Latest
	from, to *kit.Select
	result   *fyne.Container
	whole    fyne.CanvasObject
}

func newComparison(d *desk) *comparison {
	c := &comparison{desk: d, latest: task.NewLatest(d.env.Tasks), from: kit.NewSelect(d.words, nil), to: kit.NewSelect(d.words, nil),
		result: kit.Column(theme.Size(theme.SizeNameGroup))}
	c.from.OnChanged = c.onChosen
	c.to.OnChanged = c.onChosen
	c.whole = kit.Column(theme.Size(theme.SizeNameGap),
		kit.NewField(d.words, kit.FieldOptions{Label: d.words.T("application.compare.from")}, c.from),
		kit.NewField(d.words, kit.FieldOptions{Label: d.words.T("application.compare.to")}, c.to),
		c.result)
	return c
}

func (c *comparison) setVersions(all []data.Version) {
	options := []kit.Option{{ID: present, Label: c.desk.words.T("application.compare.now")}}
	for i := range all {
		options = append(options, kit.Option{ID: all[i].ID, Label: all[i].Name, Note: versionTime(c.desk, &all[i])})
	}
	from, to := c.from.Selected(), c.to.Selected()
	c.from.SetOptions(options)
	c.to.SetOptions(options)
	if from == "" && len(all) > 0 {
		from = all[0].ID
	}
	if to == "" {
		to = present
	}
	c.show(from, to)
}

func (c *comparison) onChosen(string) { c.show(c.from.Selected(), c.to.Selected()) }

// show compares two versions; either may be the present.
func (c *comparison) show(from, to string) {
	c.from.SetSelected(from)
	c.to.SetSelected(to)
	if from == "" || to == "" {
		return
	}
	d := c.desk
	now := d.draft
	task.RunLatest(c.latest, context.Background(), func(context.Context) ([2]data.Draft, error) {
		var both [2]data.Draft
		for i, id := range []string{from, to} {
			if id == present {
				both[i] = now
				continue
			}
			v, err := d.env.Program.Grants.Version(id)
			if err != nil {
				return both, err
			}
			if both[i], err = v.Draft(); err != nil {
				return both, err
			}
		}
		return both, nil
	}, c.onRead)
}

func (c *comparison) onRead(both [2]data.Draft, err error) {
	if err != nil {
		c.desk.env.Shell.Fail(c.desk.words.T("application.compare.title"), err)
		return
	}
	c.result.Objects = nil
	for _, diff := range differences(c.desk, &both[0], &both[1]) {
		c.result.Add(kit.Column(theme.Size(theme.SizeNameGapSmall), kit.NewStrong(diff.label), diffOf(c.desk, diff.before, diff.after)))
	}
	if len(c.result.Objects) == 0 {
		c.result.Add(kit.NewText(c.desk.words.T("application.compare.same")))
	}
	c.result.Refresh()
}

// difference is a field that is not the same in two versions.
type difference struct{ label, before, after string }

// differences are the fields that differ, in the order of the form.
func differences(d *desk, from, to *data.Draft) []difference {
	var all []difference
	for i := range d.call.Form.Sections {
		for j := range d.call.Form.Sections[i].Fields {
			f := &d.call.Form.Sections[i].Fields[j]
			before, after := readable(d, from, f), readable(d, to, f)
			if before == after && grant.FieldText(from, f) != grant.FieldText(to, f) {
				// What people read is alike; what is stored is not.
				before, after = grant.FieldText(from, f), grant.FieldText(to, f)
			}
			if before != after {
				all = append(all, difference{d.label(f), before, after})
			}
		}
	}
	return all
}

// marks are the kit's marks of changes.
var marks = map[textdiff.Change]kit.Mark{textdiff.Same: kit.Unmarked, textdiff.Added: kit.Inserted, textdiff.Removed: kit.Deleted}

// diffOf shows two texts as one, with what was taken out and put in marked.
func diffOf(d *desk, before, after string) fyne.CanvasObject {
	var runs []kit.MarkedRun
	for _, part := range textdiff.Words(before, after) {
		runs = append(runs, kit.MarkedRun{Text: part.Text, Mark: marks[part.Change]})
	}
	return kit.Readable(kit.NewMarkedText(d.words, runs))
}
