package courses

import (
	"context"

	"fyne.io/fyne/v2"

	"kompetansepilot/app"
	"kompetansepilot/app/course"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/partner"
	"kompetansepilot/app/system"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// Widths of the comparison's columns, at text size 1.
const (
	questionWidth = 170
	answerWidth   = 150
)

func (p *Requests) showCompare(r *course.Requested) {
	w := p.words
	c := course.Compare(r, w, data.Today())
	columns := []kit.SheetColumn{{Title: w.T("course.compare.what"), Width: questionWidth}}
	whole := kit.SheetRow{ID: "provider", Cells: []kit.SheetCell{{Text: w.T("offering.column.provider"), ReadOnly: true}}}
	for _, name := range c.Providers {
		whole.Cells = append(whole.Cells, kit.SheetCell{Text: name, ReadOnly: true, Opens: true, Tip: name})
		columns = append(columns, kit.SheetColumn{Title: name, Width: answerWidth})
	}
	sheet := kit.NewSheet(w, w.T("course.tab.compare"), columns)
	p.sheet = sheet
	rows := []kit.SheetRow{whole}
	doubts := kit.Column(theme.Size(theme.SizeNameGapSmall))
	for _, l := range c.Lines {
		row := kit.SheetRow{ID: l.ID, Cells: []kit.SheetCell{{Text: l.Label, ReadOnly: true}}}
		for i, one := range l.Cells {
			cell := kit.SheetCell{Text: one.Text, ReadOnly: true, Opens: true, Tip: one.Doubt}
			switch {
			case l.ID == course.CompareStatus:
				cell.Marked, cell.Tone = true, severityOf(c.Asked[i].Status)
			case one.Text == "":
				cell.Text, cell.Quiet = w.T("course.compare.none"), true
			case one.Best:
				cell.Marked, cell.Tone, cell.Tip = true, kit.Fine, lang.Joined(". ", w.T("course.compare.best"), one.Doubt)
			case one.Doubt != "":
				cell.Marked, cell.Tone = true, kit.Warn
			}
			row.Cells = append(row.Cells, cell)
			if one.Doubt != "" {
				doubts.Add(kit.NewMarkedLine(w, kit.Warn, w.T("course.compare.doubt", "Provider", c.Providers[i], "Question", lang.Inside(l.Label), "Doubt", one.Doubt)))
			}
		}
		rows = append(rows, row)
	}
	sheet.SetRows(rows)
	sheet.OnOpened = func(_, column int) {
		if column > 0 && column <= len(c.Asked) {
			p.onAsked(c.Asked[column-1].ID)
		}
	}
	choose := kit.Row()
	for i := range r.Asked {
		a := &r.Asked[i]
		if r.Chosen == "" && a.Answered() && a.Status != partner.EnquiryNo {
			choose.Add(kit.NewButton(w.T("course.choose", "Provider", a.Provider), func() { p.onChoose(r, a) }))
		}
	}
	content := []fyne.CanvasObject{sheet, doubts, kit.NewQuietText(w.T("course.compare.legend"))}
	if len(choose.Objects) > 0 {
		content = append(content, choose)
	}
	if r.Chosen != "" {
		content = append(content, kit.NewTextLink(w.T("course.goToCourse"), func() { p.goCourse(r.ID) }))
	}
	content = append(content, kit.Row(kit.NewQuietButton(w.T("course.compare.save"), func() { p.onSaveComparison(&c) })))
	p.compare.Objects = content
	p.compare.Refresh()
}

// goCourse goes to the course that came of a request.
func (p *Requests) goCourse(request string) {
	task.Run(p.env.Tasks, context.Background(), func(context.Context) ([]data.Course, error) {
		return data.Live[data.Course](p.env.Program.Workspace, "request = ?", "created DESC", request)
	}, func(all []data.Course, err error) {
		if err != nil {
			p.env.Shell.Fail(p.words.T("course.title"), err)
			return
		}
		r := screen.Route{Page: screen.PageCourses}
		if len(all) > 0 {
			r.ID = all[0].ID
		}
		p.env.Shell.Go(r)
	})
}

// onChoose asks for the letter to the others, and chooses.
func (p *Requests) onChoose(r *course.Requested, a *course.Asked) {
	p.flush()
	w := p.words
	others := 0
	for i := range r.Asked {
		if s := r.Asked[i].Status; r.Asked[i].ID != a.ID && !r.Asked[i].Unsent() && s != partner.EnquiryNo && s != partner.EnquiryNoAnswer {
			others++
		}
	}
	letter := kit.NewTextArea(w)
	letter.SetText(r.Letter)
	if r.Letter == "" && others > 0 {
		letter.SetText(w.T("course.choose.letter", "Subject", r.Name, "Name", p.env.Program.Setting(app.SettingName)))
	}
	text := w.T("course.choose.text", "Provider", a.Provider)
	if others > 0 {
		text += " " + w.N("course.choose.others", others)
	}
	content := kit.Column(theme.Size(theme.SizeNameGap), kit.NewText(text))
	if others > 0 {
		content.Add(kit.NewField(w, kit.FieldOptions{Label: w.T("course.request.letter"), Hint: w.T("course.request.letterHint")}, letter))
	}
	kit.ShowCustom(p.env.Shell.Window(), w, kit.Custom{Title: w.T("course.choose.title", "Provider", a.Provider), Verb: w.T("course.choose.verb"), Width: 620, Content: content,
		OnVerb: func() bool {
			p.choose(a, letter.Text())
			return true
		}})
}

func (p *Requests) choose(a *course.Asked, letter string) {
	label := p.words.T("course.choose.step", "Provider", a.Provider, "Name", a.Name)
	task.Run(p.env.Tasks, context.Background(), func(context.Context) (course.Choice, error) { return p.store.Choose(label, a.ID, letter) },
		func(made course.Choice, err error) {
			if !p.env.Done(label, err) {
				return
			}
			p.env.Shell.Go(screen.Route{Page: screen.PageCourses, ID: made.Course.ID})
		})
}

func (p *Requests) onSaveComparison(c *course.Comparison) {
	w := p.words
	filter := kit.FileFilter{Name: w.T("course.tableFiles"), Extensions: []string{".xlsx", ".csv"}}
	p.chooser.Save(w.T("course.compare.save"), w.T("course.compare.file", "Name", system.SafeName(c.Request.Name))+".xlsx", filter, func(path string) {
		task.Run(p.env.Tasks, context.Background(), func(context.Context) (struct{}, error) { return struct{}{}, c.Save(path, w) },
			func(_ struct{}, err error) { p.tellSaved(w.T("course.compare.save"), path, err) })
	})
}

func (p *Requests) tellSaved(doing, path string, err error) {
	if err != nil {
		p.env.Shell.Fail(doing, err)
		return
	}
	p.env.Shell.Toast(p.words.T("pool.saved", "Path", path), false)
}
