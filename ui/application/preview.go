package application

import (
	"context"
	"encoding/json"
	"fmt"
	"image"
	"log/slog"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kompetansepilot/app"
	"kompetansepilot/app/document"
	"kompetansepilot/app/document/layout"
	drawing "kompetansepilot/app/document/preview"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/submission"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// previewView shows the application as the document that is handed in, and
// saves, opens and prints it.
type previewView struct {
	desk     *desk
	open     func() bool // whether the view is what is shown
	loads    *task.Latest
	pages    *kit.PageView
	language *kit.Select
	save     *kit.Button
	status   *kit.Text
	replaced *kit.SeverityLine
	whole    fyne.CanvasObject
	chosen   bool // the norm was chosen here and no longer follows the application
}

func newPreviewView(d *desk, open func() bool) view {
	words := d.words
	v := &previewView{desk: d, open: open, loads: task.NewLatest(d.env.Tasks), pages: kit.NewPageView(d.env.Tasks, words),
		status: kit.NewQuietText(words.T("preview.making")), replaced: kit.NewMarkedLine(words, kit.Warn, "")}
	v.language = kit.NewSelect(words, []kit.Option{{ID: "nb", Label: words.T("preview.nb")}, {ID: "nn", Label: words.T("preview.nn")}})
	v.language.OnChanged = v.onLanguage
	v.save = kit.NewButton(words.T("preview.save"), v.onSave)
	v.replaced.Hide()
	top := kit.Column(theme.Size(theme.SizeNameGap),
		kit.Row(v.save, kit.NewButton(words.T("preview.open"), v.onOpen), kit.NewButton(words.T("preview.print"), v.onPrint),
			kit.Spacer(), // The label goes to the next line with its choice.
			container.NewHBox(container.NewCenter(kit.NewText(words.T("preview.language"))), kit.AtLeast(9, v.language))),
		kit.NewPageBar(words, v.pages),
		v.replaced, v.status,
	)
	v.whole = kit.Dock(nil, kit.Padded(theme.Size(theme.SizeNameGapSmall), top), nil, v.pages)
	return v
}

func (v *previewView) content() fyne.CanvasObject { return v.whole }
func (v *previewView) focus(string)               { v.desk.focus(v.pages) }
func (v *previewView) leave()                     { v.loads.Cancel() }

// show lays the document out again, but only while it is looked at.
func (v *previewView) show() {
	if !v.chosen {
		v.language.SetSelected(v.norm())
	}
	if v.open() {
		v.load()
	}
}

// norm is the written norm of the application.
func (v *previewView) norm() string {
	if v.desk.draft.Application.Language == "nn" {
		return "nn"
	}
	return "nb"
}

func (v *previewView) onLanguage(string) {
	v.chosen = true
	v.load()
}

// load lays out what is on the screen, saved or not.
func (v *previewView) load() {
	d, language := v.desk, v.language.Selected()
	draft, err := copyOf(&d.draft)
	if err != nil {
		v.onLaid(nil, err)
		return
	}
	content := submission.Content{Call: d.call, Draft: draft, Others: d.others, Businesses: d.businesses, Places: d.env.Program.Places}
	task.RunLatest(v.loads, context.Background(), func(context.Context) (*layout.Result, error) {
		return layOut(d.env.Program, content, language)
	}, v.onLaid)
}

// layOut places the document with the logo of now on pages.
func layOut(program *app.Program, content submission.Content, language string) (*layout.Result, error) {
	head, err := program.Letterhead()
	if err != nil {
		return nil, err
	}
	content.Words, content.Letterhead = lang.New(language), head
	return layout.Lay(submission.Document(content))
}

// copyOf lets the background read a draft while the person goes on writing.
func copyOf(d *data.Draft) (*data.Draft, error) {
	raw, err := json.Marshal(d)
	if err != nil {
		return nil, fmt.Errorf("copy draft: %w", err)
	}
	c := &data.Draft{}
	if err := json.Unmarshal(raw, c); err != nil {
		return nil, fmt.Errorf("copy draft: %w", err)
	}
	return c, nil
}

func (v *previewView) onLaid(result *layout.Result, err error) {
	if err != nil {
		slog.Error("lay out preview", "err", err)
		v.status.SetText(v.desk.words.T("preview.failed"))
		v.status.Show()
		v.whole.Refresh()
		return
	}
	v.status.Hide()
	v.tellReplaced(result.Replaced)
	p := drawing.New(result)
	v.pages.SetSource(kit.PageSource{Pages: p.Pages(), Width: layout.PageWidth, Height: layout.PageHeight,
		Render: func(page int, dpi float64) image.Image { return p.Render(page, dpi) }})
	v.whole.Refresh()
}

// tellReplaced lists what the typeface lacks.
func (v *previewView) tellReplaced(all []document.Replacement) {
	v.replaced.Hidden = len(all) == 0
	if len(all) == 0 {
		return
	}
	const most = 12
	var texts []string
	for _, r := range all {
		texts = append(texts, r.Text)
	}
	if len(texts) > most {
		texts = append(texts[:most], "…")
	}
	v.replaced.Set(kit.Warn, v.desk.words.N("preview.replaced", len(all), "List", strings.Join(texts, ", ")))
}
