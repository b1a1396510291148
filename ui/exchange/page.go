package exchange

import (
	"context"
	"errors"
	"log/slog"
	"strconv"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/exchange"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// Steps of an import.
const (
	stepFile = iota + 1
	stepColumns
	stepRows
	stepDone
)

// page leads through an import. It writes nothing before the last button.
type page struct {
	env     *screen.Env
	words   *lang.Printer
	service *exchange.Service
	files   kit.FileChooser
	frame   *kit.Page
	work    *task.Latest // what runs
	left    bool

	step   int
	kind   exchange.Kind
	file   *exchange.File
	policy exchange.Policy
	plan   *exchange.Plan
	own    map[int]exchange.Action // what rows are to do, where somebody chose it
	result exchange.Result
	only   exchange.Action // rows that the list is narrowed to
	narrow bool            // it is
	whole  bool            // all columns are shown, however many
}

var _ screen.Page = (*page)(nil)

// New opens an import. kind is an exchange.Kind, "" for businesses.
func New(env *screen.Env, files kit.FileChooser, kind string) screen.Page {
	p := &page{env: env, words: env.Words, files: files, service: exchange.New(env.Program.Workspace, env.Program.Places),
		work: task.NewLatest(env.Tasks), kind: exchange.Partners, policy: exchange.PolicyUpdate}
	for _, k := range exchange.Kinds() {
		if string(k) == kind {
			p.kind = k
		}
	}
	p.frame = kit.NewPage(p.words, p.Title(), nil, nil, kit.NewText(""))
	p.go1()
	return p
}

// Title of the page.
func (p *page) Title() string { return p.words.T("exchange.title") }

// Content is the page.
func (p *page) Content() fyne.CanvasObject { return p.frame }

// Changed looks at the rows again when the register changed under the plan.
func (p *page) Changed(c data.Changed) {
	if !p.left && p.step == stepRows && c.Touches("organisation", "person", "person_at") {
		p.look()
	}
}

// Leave ends what runs; nothing was written yet.
func (p *page) Leave() {
	p.left = true
	p.work.Cancel()
}

// First is what gets the focus when the page opens.
func (p *page) First() fyne.Focusable { return kit.FirstFocusable(p.frame.Content()) }

// show puts a step into the frame, and the focus on its first control.
func (p *page) show(step int, content fyne.CanvasObject, primary *kit.Button) {
	p.step = step
	names := map[int]string{stepFile: p.words.T("exchange.step.file"), stepColumns: p.words.T("exchange.step.columns"),
		stepRows: p.words.T("exchange.step.rows"), stepDone: p.words.T("exchange.step.done")}
	p.frame.SetSubtitle(p.words.T("exchange.step", "Step", strconv.Itoa(step), "Of", strconv.Itoa(stepDone), "Name", names[step]))
	p.frame.SetPrimary(primary)
	p.frame.SetContent(content)
	if c := p.env.Shell.Window().Canvas(); c != nil && primary != nil && !primary.Disabled() {
		c.Focus(primary)
	}
}

// busy shows that a file is being read, and how to stop it.
func (p *page) busy(text string, stop func()) *kit.Text {
	line := kit.NewText(text)
	p.frame.SetPrimary(nil)
	p.frame.SetContent(kit.FormColumn(kit.Column(theme.Size(theme.SizeNameGap), line, kit.Row(kit.NewButton(p.words.T("exchange.stop"), func() {
		p.work.Cancel()
		stop()
	})))))
	return line
}

// progress tells the number of rows that are read; it is called in the
// background.
func (p *page) progress(line *kit.Text) func(int) {
	return func(rows int) {
		p.env.Tasks.Post(func() {
			if !p.left {
				line.SetText(p.words.N("exchange.reading", rows))
			}
		})
	}
}

// fail shows an error and goes back to where it can be mended.
func (p *page) fail(err error, back func(problem string)) {
	if p.left || errors.Is(err, context.Canceled) {
		return
	}
	back(p.sentence(err))
}

// sentence is what a person may read about an error.
func (p *page) sentence(err error) string {
	if s := screen.Sentence(p.words, err); s != "" {
		return s
	}
	slog.Error("import page", "err", err)
	return p.words.T("exchange.fault")
}

func gap() float32   { return theme.Size(theme.SizeNameGap) }
func group() float32 { return theme.Size(theme.SizeNameGroup) }
