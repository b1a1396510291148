package courses

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/course"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/parts"
	"kompetansepilot/ui/saving"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// Columns of the counts.
const (
	colBusiness = iota
	colExpected
	colRegistered
	colStarted
	colCompleted
	colDropped
	colCredits
)

// peoplePart are the counts of a course, a row a business, with what cannot be
// right under them.
type peoplePart struct {
	page    *Courses
	words   *lang.Printer
	content *fyne.Container
	sheet   *kit.Sheet
	found   *fyne.Container
	more    *fyne.Container // what can be done with the chosen business
	saves   *saving.Fields[data.Participation]
	run     *course.Run
	bad     map[string]string // texts that could not be read, by cell
	open    *businessDialog   // nil while it is closed
}

func newPeoplePart(p *Courses) *peoplePart {
	w, gap := p.words, theme.Size(theme.SizeNameGap)
	c := &peoplePart{page: p, words: w, found: kit.Column(gap / 2), more: kit.Row(), bad: map[string]string{}}
	c.saves = saving.NewFields(p.env, p.store.EditBusiness, p.load)
	c.sheet = kit.NewSheet(w, w.T("course.tab.people"), []kit.SheetColumn{
		{Title: w.T("course.by.business"), Width: 160}, {Title: w.T("course.column.expected"), Amount: true}, {Title: w.T("course.column.registered"), Amount: true},
		{Title: w.T("course.column.started"), Amount: true}, {Title: w.T("course.column.completed"), Amount: true}, {Title: w.T("course.column.dropped"), Amount: true},
		{Title: w.T("course.column.points"), Amount: true}})
	c.sheet.OnTyped = c.onTyped
	c.sheet.OnFilled = c.onFilled
	c.sheet.OnDone = c.saves.Flush
	c.sheet.OnOpened = func(int, int) { c.askBusiness() }
	c.sheet.OnSelected = func(int, int) { c.showMore() }
	c.content = kit.Column(gap, c.sheet, c.more, c.found)
	return c
}

func number(n int64) string { return strconv.FormatInt(n, 10) }

// show tells of a course.
func (c *peoplePart) show(r *course.Run) {
	if c.run == nil || c.run.ID != r.ID {
		c.bad = map[string]string{}
	}
	own := *r
	own.Businesses = append([]course.Business(nil), r.Businesses...)
	for i := range own.Businesses {
		c.saves.On(own.Businesses[i].ID, &own.Businesses[i].Participation)
	}
	c.run = &own
	c.fill()
	if c.open != nil {
		c.open.reload()
	}
}

// at is where a column stands in a participation, nil for those that are no count.
func at(p *data.Participation, column int) *int64 {
	switch column {
	case colExpected:
		return &p.Expected
	case colRegistered:
		return &p.Registered
	case colStarted:
		return &p.Started
	case colCompleted:
		return &p.Completed
	case colDropped:
		return &p.Dropped
	case colCredits:
		return &p.Credits
	}
	return nil
}

// columnField is the column of the record that a column of the sheet shows.
func columnField(column int) string {
	return [...]string{"name", "expected", "registered", "started", "completed", "dropped", "credits"}[column]
}

func (c *peoplePart) fill() {
	w := c.words
	findings := course.Check(c.run, w, data.Today())
	said := map[string]string{}
	for _, f := range findings {
		if f.Severity == course.Warn {
			said[f.Participation+"/"+f.Field] = f.Text
		}
	}
	var rows []kit.SheetRow
	for i := range c.run.Businesses {
		b := &c.run.Businesses[i]
		row := kit.SheetRow{ID: b.ID, Cells: []kit.SheetCell{{Text: b.Business, ReadOnly: true, Opens: true}}}
		names := ""
		if n := len(b.People); n > 0 {
			names = w.N("course.names", n)
		}
		row.Cells[0].Second = lang.Joined(" · ", course.ReasonWord(w, b.Reason), names)
		row.Cells[0].Tip = lang.Joined(" · ", b.Business, course.ReasonWord(w, b.Reason), b.Note)
		for column := colExpected; column <= colCredits; column++ {
			n := *at(&b.Participation, column)
			cell := kit.SheetCell{Text: w.Number(n), Raw: number(n)}
			if column == colCredits {
				cell.Text = course.CreditsWord(w, n)
				cell.Raw = cell.Text
			}
			if n == 0 {
				cell.Quiet = true
			}
			if text, bad := c.bad[b.ID+"/"+columnField(column)]; bad {
				cell = kit.SheetCell{Text: text, Problem: w.T("course.badNumber")}
			} else if text := said[b.ID+"/"+columnField(column)]; text != "" {
				cell.Marked, cell.Tone, cell.Tip = true, kit.Warn, text
			}
			row.Cells = append(row.Cells, cell)
		}
		rows = append(rows, row)
	}
	if len(rows) > 0 {
		sum := c.run.Sum()
		rows = append(rows, kit.SheetRow{ID: "sum", Sum: true, Cells: []kit.SheetCell{{Text: w.T("course.total.sum")}, {Text: w.Number(sum.Expected)}, {Text: w.Number(sum.Registered)},
			{Text: w.Number(sum.Started)}, {Text: w.Number(sum.Completed)}, {Text: w.Number(sum.Dropped)}, {Text: course.CreditsWord(w, sum.Credits)}}})
	}
	c.sheet.SetRows(rows)
	c.showMore()
	c.showFindings(findings)
}

func (c *peoplePart) showFindings(findings []course.Finding) {
	c.found.Objects = nil
	if len(c.run.Businesses) == 0 {
		c.found.Objects = append(c.found.Objects, kit.NewQuietText(c.words.T("course.people.empty")))
	}
	for _, f := range findings {
		severity := kit.Info
		if f.Severity == course.Warn {
			severity = kit.Warn
		}
		c.found.Objects = append(c.found.Objects, kit.NewMarkedLink(severity, f.Text, func() { c.jump(f) }))
	}
	c.found.Refresh()
	kit.Relayout(c.found)
}

// jump goes to what a finding is about.
func (c *peoplePart) jump(f course.Finding) {
	if f.Participation == "" {
		c.page.goField(f.Field)
		return
	}
	for column := colExpected; column <= colCredits; column++ {
		if columnField(column) == f.Field {
			c.sheet.SelectRow(f.Participation, column)
		}
	}
	c.sheet.Focus()
	if f.Field == "reason" || f.Field == "note" || f.Field == "basis" {
		c.sheet.SelectRow(f.Participation, colBusiness)
		c.askBusiness()
	}
}

// business is the one of a row, nil for the sum.
func (c *peoplePart) business(row int) *course.Business {
	if c.run == nil || row < 0 || row >= len(c.run.Businesses) {
		return nil
	}
	return &c.run.Businesses[row]
}

func (c *peoplePart) chosen() *course.Business {
	row, _ := c.sheet.Selected()
	return c.business(row)
}

// read reads the text of a cell.
func (c *peoplePart) read(column int, text string) (int64, bool) {
	parse := partner.ParseCount
	if column == colCredits {
		parse = partner.ParseCredits
	}
	n, err := parse(text)
	return n, err == nil
}

// put takes the text of a cell, and tells what to store.
func (c *peoplePart) put(change kit.SheetChange) (apply func(*data.Participation)) {
	b := c.business(change.Row)
	if b == nil || at(&b.Participation, change.Column) == nil {
		return nil
	}
	key := b.ID + "/" + columnField(change.Column)
	n, ok := c.read(change.Column, change.Text)
	if !ok {
		c.bad[key] = change.Text
		return nil
	}
	delete(c.bad, key)
	apply = func(p *data.Participation) { *at(p, change.Column) = n }
	apply(&b.Participation)
	return apply
}

func (c *peoplePart) label(b *course.Business, column int) string {
	field := ""
	switch column {
	case colExpected:
		field = c.words.T("course.column.expected")
	case colRegistered:
		field = c.words.T("course.column.registered")
	case colStarted:
		field = c.words.T("course.column.started")
	case colCompleted:
		field = c.words.T("course.column.completed")
	case colDropped:
		field = c.words.T("course.column.dropped")
	case colCredits:
		field = c.words.T("course.column.credits")
	}
	return c.words.T("course.count.step", "Field", lang.Inside(field), "Business", b.Business, "Name", c.run.Name)
}

func (c *peoplePart) onTyped(change kit.SheetChange) {
	if apply := c.put(change); apply != nil {
		b := c.business(change.Row)
		c.saves.Type(saving.FieldEdit[data.Participation]{Label: c.label(b, change.Column), ID: b.ID, Field: columnField(change.Column), Apply: apply})
	}
	c.fill()
}

// onFilled takes what was pasted, as one step.
func (c *peoplePart) onFilled(changes []kit.SheetChange) {
	all := map[string]func(*data.Participation){}
	for _, change := range changes {
		apply := c.put(change)
		if apply == nil {
			continue
		}
		id := c.business(change.Row).ID
		if before := all[id]; before != nil {
			all[id] = func(p *data.Participation) {
				before(p)
				apply(p)
			}
			continue
		}
		all[id] = apply
	}
	c.fill()
	if len(all) > 0 {
		label := c.words.T("course.count.pasted", "Name", c.run.Name)
		c.page.do(label, func() error { return c.page.store.EditBusinesses(label, all) })
	}
}

// showMore shows what can be done with the chosen business.
func (c *peoplePart) showMore() {
	w := c.words
	c.more.Objects = []fyne.CanvasObject{kit.NewButton(w.T("course.people.add"), c.askAdd)}
	if b := c.chosen(); b != nil {
		c.more.Objects = append(c.more.Objects, kit.NewButton(w.T("course.people.open"), c.askBusiness),
			kit.NewQuietButton(w.T("course.people.remove"), c.onRemove))
		if b.Registered == 0 && b.Expected > 0 {
			c.more.Objects = append(c.more.Objects, kit.NewQuietButton(w.T("course.people.asExpected"), c.onAsExpected))
		}
	}
	c.more.Refresh()
	kit.Relayout(c.more)
}

// onAsExpected registers as many as every business asked for, where nobody is
// registered yet.
func (c *peoplePart) onAsExpected() {
	all := map[string]func(*data.Participation){}
	for i := range c.run.Businesses {
		if b := &c.run.Businesses[i]; b.Registered == 0 && b.Expected > 0 {
			all[b.ID] = func(p *data.Participation) { p.Registered = p.Expected }
		}
	}
	label := c.words.T("course.people.asExpectedStep", "Name", c.run.Name)
	c.page.do(label, func() error { return c.page.store.EditBusinesses(label, all) })
}

func (c *peoplePart) onRemove() {
	b := c.chosen()
	if b == nil {
		return
	}
	label, id := c.words.T("course.people.removed", "Business", b.Business, "Name", c.run.Name), b.ID
	c.page.do(label, func() error { return c.page.store.Remove(label, id) })
}

// askAdd asks for one more business.
func (c *peoplePart) askAdd() {
	w, env := c.words, c.page.env
	business := kit.NewSelect(w, nil)
	searches := task.NewLatest(env.Tasks)
	names := map[string]string{} // of what was found, by id
	business.Search = func(query string, found func([]kit.Option)) {
		task.RunLatest(searches, context.Background(), func(context.Context) ([]data.Organisation, error) {
			return env.Program.Workspace.MatchOrganisations(query, mostHits)
		}, func(all []data.Organisation, err error) {
			if err != nil {
				env.Shell.Fail(w.T("course.people.add"), err)
			}
			var hits []kit.Option
			for _, o := range all {
				if o.OrganisationOf == data.OrganisationBusiness {
					names[o.ID] = o.Name
					hits = append(hits, kit.Option{ID: o.ID, Label: o.Name, Note: parts.PlaceName(env, o.Municipality)})
				}
			}
			found(hits)
		})
	}
	var dialog *kit.Dialog
	dialog = kit.ShowCustom(env.Shell.Window(), w, kit.Custom{Title: w.T("course.people.add"), Verb: w.T("course.people.addVerb"), Focus: business,
		Content: kit.NewField(w, kit.FieldOptions{Label: w.T("course.by.business"), Hint: w.T("course.people.addHint")}, business),
		OnVerb: func() bool {
			id, run := business.Selected(), c.run.ID
			if id == "" {
				dialog.SetProblem(w.T("course.people.choose"))
				return false
			}
			label := w.T("course.people.added", "Business", names[id], "Name", c.run.Name)
			c.page.do(label, func() error {
				_, err := c.page.store.Add(label, run, id)
				return err
			})
			return true
		}})
}
