package needs

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/need"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// survey leads through taking in a file of answers: which column is what, then
// what each row becomes. It writes nothing before the last button.
type survey struct {
	env   *screen.Env
	words *lang.Printer
	store *need.Service
	files kit.FileChooser
	frame *kit.Page
	work  *task.Latest
	left  bool

	file *need.Survey
	plan *need.SurveyPlan
	make bool // make the businesses that the register does not have
}

var _ screen.Page = (*survey)(nil)

// NewSurvey opens the page.
func NewSurvey(env *screen.Env, files kit.FileChooser) screen.Page {
	p := &survey{env: env, words: env.Words, store: env.Program.Needs, files: files, work: task.NewLatest(env.Tasks), make: true}
	p.frame = kit.NewPage(p.words, p.Title(), nil, nil, kit.NewText(""))
	p.showChoose("")
	return p
}

// Title of the page.
func (p *survey) Title() string { return p.words.T("survey.title") }

// Content is the page.
func (p *survey) Content() fyne.CanvasObject { return p.frame }

// Changed finds the businesses again when the register changed under the plan.
func (p *survey) Changed(c data.Changed) {
	if !p.left && p.plan != nil && c.Touches("organisation", "interview") {
		p.look()
	}
}

// Leave ends what runs; nothing was written yet.
func (p *survey) Leave() {
	p.left = true
	p.work.Cancel()
}

// First is what gets the focus when the page opens.
func (p *survey) First() fyne.Focusable { return kit.FirstFocusable(p.frame.Content()) }

func (p *survey) step(number int, content fyne.CanvasObject, primary *kit.Button) {
	names := []string{p.words.T("exchange.step.file"), p.words.T("exchange.step.columns"), p.words.T("exchange.step.rows")}
	p.frame.SetSubtitle(p.words.T("exchange.step", "Step", strconv.Itoa(number), "Of", strconv.Itoa(len(names)), "Name", names[number-1]))
	p.frame.SetPrimary(primary)
	p.frame.SetContent(content)
	if c := p.env.Shell.Window().Canvas(); c != nil && primary != nil {
		c.Focus(primary)
	}
}

// showChoose is the first step.
func (p *survey) showChoose(problem string) {
	p.file, p.plan = nil, nil
	gap := theme.Size(theme.SizeNameGap)
	column := kit.Column(gap)
	if problem != "" {
		column.Add(kit.NewMarkedLine(p.words, kit.Stop, problem))
	}
	column.Add(kit.NewText(p.words.T("survey.about")))
	column.Add(kit.NewQuietText(p.words.T("survey.aboutColumns")))
	choose := kit.NewPrimaryButton(p.words.T("survey.choose"), p.onChoose)
	p.step(1, kit.NewScroll(kit.FormColumn(column)), choose)
}

func (p *survey) onChoose() {
	filter := kit.FileFilter{Name: p.words.T("survey.files"), Extensions: []string{".xlsx", ".csv", ".txt", ".tsv"}}
	p.files.Open(p.words.T("survey.choose"), filter, func(path string) { p.read(path, "") })
}

func (p *survey) read(path, sheet string) {
	task.RunLatest(p.work, context.Background(), func(context.Context) (*need.Survey, error) { return p.store.OpenSurvey(path, sheet) },
		func(file *need.Survey, err error) {
			switch {
			case p.left || errors.Is(err, context.Canceled):
			case err != nil:
				p.showChoose(p.sentence(err))
			default:
				p.file = file
				p.showColumns("")
			}
		})
}

func (p *survey) sentence(err error) string {
	if s := screen.Sentence(p.words, err); s != "" {
		return s
	}
	p.env.Shell.Fail(p.Title(), err)
	return p.words.T("exchange.fault")
}

// mostSurveyColumns is how many columns are shown; a form has some dozens.
const mostSurveyColumns = 120

// showColumns is the second step: which column is what, with the first answers.
func (p *survey) showColumns(problem string) {
	p.plan = nil
	gap := theme.Size(theme.SizeNameGap)
	column := kit.Column(gap)
	if problem != "" {
		column.Add(kit.NewMarkedLine(p.words, kit.Stop, problem))
	}
	column.Add(kit.NewStrong(p.file.Name()))
	column.Add(kit.NewQuietText(p.words.N("survey.answers", len(p.file.Rows))))
	if len(p.file.Sheets) > 1 {
		var options []kit.Option
		for _, s := range p.file.Sheets {
			options = append(options, kit.Option{ID: s, Label: s})
		}
		sheets := kit.NewSelect(p.words, options)
		sheets.SetSelected(p.file.Sheet)
		sheets.OnChanged = func(sheet string) { p.read(p.file.Path, sheet) }
		column.Add(kit.NewField(p.words, kit.FieldOptions{Label: p.words.T("exchange.sheet")}, sheets))
	}
	column.Add(kit.NewText(p.words.T("survey.columns")))
	list := kit.Column(gap)
	var options []kit.Option
	for _, c := range need.Columns() {
		options = append(options, kit.Option{ID: string(c), Label: c.Word(p.words)})
	}
	for i := range p.file.Matching[:min(len(p.file.Matching), mostSurveyColumns)] {
		if i > 0 {
			list.Add(kit.Hairline())
		}
		list.Add(p.column(i, options))
	}
	column.Add(kit.NewCard(list))
	fresh := kit.NewCheck(p.words.T("survey.make"), func(on bool) { p.make = on })
	fresh.SetChecked(p.make)
	column.Add(fresh)
	back := kit.NewButton(p.words.T("exchange.back"), func() { p.showChoose("") })
	p.step(2, kit.Pane(nil, kit.NewScroll(kit.FormColumn(column)), kit.Padded(gap/2, kit.Row(back))), kit.NewPrimaryButton(p.words.T("exchange.next"), p.look))
}

// column is one column of the file: its question, its first answers, and what it
// holds.
func (p *survey) column(i int, options []kit.Option) fyne.CanvasObject {
	name := ""
	if i < len(p.file.Header) {
		name = clip(strings.Join(strings.Fields(p.file.Header[i]), " "), 120)
	}
	if name == "" {
		name = p.words.T("exchange.column", "Number", strconv.Itoa(i+1))
	}
	choice := kit.NewSelect(p.words, options)
	choice.AllowEmpty = true
	choice.SetSelected(string(p.file.Matching[i]))
	choice.OnChanged = func(id string) { p.file.Matching[i] = need.Column(id) }
	gap := theme.Size(theme.SizeNameGap)
	return kit.NewShares(kit.Shares{Parts: []float32{0.58, 0.42}, Least: 420, Gap: gap, Under: gap / 2, Middle: true},
		kit.Column(2, kit.NewStrong(name), kit.NewQuietText(p.examples(i))), choice)
}

func (p *survey) examples(column int) string {
	var all []string
	for _, r := range p.file.Rows[:min(len(p.file.Rows), 60)] {
		if column < len(r.Cells) && strings.TrimSpace(r.Cells[column]) != "" && len(all) < 3 {
			all = append(all, clip(strings.Join(strings.Fields(r.Cells[column]), " "), 60))
		}
	}
	if len(all) == 0 {
		return p.words.T("exchange.emptyColumn")
	}
	return strings.Join(all, "  ·  ")
}

// look decides what each row becomes.
func (p *survey) look() {
	file, taking := p.file, need.Taking{Make: p.make}
	task.RunLatest(p.work, context.Background(), func(ctx context.Context) (*need.SurveyPlan, error) { return p.store.PlanSurvey(ctx, file, taking) },
		func(plan *need.SurveyPlan, err error) {
			switch {
			case p.left || errors.Is(err, context.Canceled):
			case err != nil:
				p.showColumns(p.sentence(err))
			default:
				p.plan = plan
				p.showRows()
			}
		})
}

// showRows is the third step: what each row becomes.
func (p *survey) showRows() {
	w := p.words
	needs, known, fresh, skipped := p.plan.Count()
	grid := kit.NewGrid(w, []kit.GridColumn{
		{ID: "row", Label: w.T("exchange.column.row"), Width: 60, Align: fyne.TextAlignTrailing, Fixed: true},
		{ID: "business", Label: w.T("needs.column.business"), Width: 220},
		{ID: "becomes", Label: w.T("survey.column.becomes"), Width: 210},
		{ID: "need", Label: w.T("needs.column.text"), Width: 420},
		{ID: "notes", Label: w.T("survey.column.notices"), Width: 420},
	}, "")
	rows := make([]kit.GridRow, len(p.plan.Responses))
	for i := range p.plan.Responses {
		rows[i] = kit.GridRow{ID: strconv.Itoa(i), Cells: p.cells(&p.plan.Responses[i])}
	}
	grid.Serve(func() []kit.GridRow { return rows })
	grid.OnCopy = func(ids []string) {
		var chosen []kit.GridRow
		for _, id := range ids {
			if i, err := strconv.Atoi(id); err == nil {
				chosen = append(chosen, rows[i])
			}
		}
		fyne.CurrentApp().Clipboard().SetContent(grid.CopyText(chosen))
	}
	grid.Refill(0)
	gap := theme.Size(theme.SizeNameGap)
	said := lang.Joined(" · ", w.N("needs.count", needs), w.N("survey.known", known), w.N("survey.new", fresh))
	if skipped > 0 {
		said = lang.Joined(" · ", said, w.N("survey.skipped", skipped))
	}
	back := kit.NewButton(w.T("exchange.back"), func() { p.showColumns("") })
	take := kit.NewPrimaryButton(w.N("survey.take", needs), p.onTake)
	if needs == 0 {
		take.Disable()
	}
	p.step(3, kit.Pane(kit.Padded(gap/2, kit.NewText(said)), grid, kit.Padded(gap/2, kit.Row(back))), take)
}

func (p *survey) cells(r *need.Response) []string {
	w := p.words
	becomes := w.T("survey.noBusiness")
	switch {
	case r.Skipped:
		becomes = w.T("survey.isSkipped")
	case r.Known:
		becomes = w.T("survey.isKnown")
	case r.Match != "":
		becomes = w.T("survey.isMatched")
	case r.New:
		becomes = w.T("survey.isNew")
	}
	name := r.Name
	if r.MatchName != "" {
		name = r.MatchName
	}
	var texts, notices []string
	for i := range r.Needs {
		texts = append(texts, strings.Join(strings.Fields(r.Needs[i].Text), " "))
	}
	for i := range r.Notices {
		notices = append(notices, r.Notices[i].Sentence(w))
	}
	return []string{strconv.Itoa(r.Row), name, becomes, strings.Join(texts, " | "), strings.Join(notices, " ")}
}

// onTake keeps the needs as one step.
func (p *survey) onTake() {
	plan, label := p.plan, p.words.T("survey.step", "Name", p.file.Name())
	p.plan = nil // what it writes is no reason to look again
	task.RunLatest(p.work, context.Background(), func(ctx context.Context) (int, error) { return p.store.TakeSurvey(ctx, label, plan, p.words) },
		func(n int, err error) {
			switch {
			case p.left || errors.Is(err, context.Canceled):
			case err != nil:
				p.plan = plan
				p.env.Shell.Fail(label, err)
			default:
				p.env.Shell.Saved()
				p.env.Shell.Toast(p.words.N("survey.done", n), true)
				p.env.Shell.Go(screen.Route{Page: screen.PageNeeds})
			}
		})
}
