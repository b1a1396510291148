package application

import (
	"context"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/grant"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// historyLimit is how many changes of a field are shown.
const historyLimit = 100

// history tells who changed a field, when, and what stood there before.
type history struct {
	desk   *desk
	field  *grant.Field
	rows   *fyne.Container
	dialog *kit.Dialog
}

func showHistory(d *desk, f *grant.Field) {
	d.saver.Flush()
	h := &history{desk: d, field: f, rows: kit.Column(theme.Size(theme.SizeNameGroup))}
	h.rows.Add(kit.NewQuietText(d.words.T("application.loading")))
	h.dialog = kit.ShowCustom(d.env.Shell.Window(), d.words, kit.Custom{
		Title: d.words.T("application.history.title", "Field", d.label(f)), Content: h.rows, Width: 760, Height: 560,
	})
	task.Run(d.env.Tasks, context.Background(), func(ctx context.Context) ([]data.Entry, error) {
		if err := d.saver.Drain(ctx); err != nil {
			return nil, err
		}
		return d.env.Program.Workspace.History(d.id, f.ID, historyLimit)
	}, h.onRead)
}

func (h *history) onRead(entries []data.Entry, err error) {
	words := h.desk.words
	if err != nil {
		h.dialog.SetProblem(words.T("application.history.unreadable"))
		return
	}
	h.rows.Objects = nil
	for _, e := range entries {
		if e.Field != h.field.ID || e.Old == e.New {
			continue
		}
		before := e.Old
		parts := []fyne.CanvasObject{
			kit.NewQuietText(lang.Joined(" · ", words.Moment(e.Time), e.Actor, e.Label)),
			diffOf(h.desk, e.Old, e.New),
		}
		if before != "" && before != h.desk.Answer(h.field.ID) {
			parts = append(parts, kit.Row(kit.NewButton(words.T("application.history.restore"), func() { h.onRestore(before) })))
		}
		h.rows.Add(kit.NewCard(kit.Column(theme.Size(theme.SizeNameGap), parts...)))
	}
	if len(h.rows.Objects) == 0 {
		h.rows.Add(kit.NewText(words.T("application.history.none")))
	}
	h.rows.Refresh()
	h.dialog.Refresh()
}

func (h *history) onRestore(text string) {
	h.dialog.Close()
	h.desk.Answered(h.field, text)
	h.desk.env.Shell.Toast(h.desk.words.T("application.history.restored", "Field", h.desk.label(h.field)), true)
}
