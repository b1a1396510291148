package safety

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

const trashOnPage = 50

// NewTrash opens the trash.
func NewTrash(env *screen.Env) screen.Page {
	words := env.Words
	t := &trash{env: env, loads: task.NewLatest(env.Tasks), chosen: map[string]trashRow{}}
	t.list = kit.Column(theme.Size(theme.SizeNameGap))
	t.pager = newPager(words, t.onNewer, t.onOlder)
	t.scroll = kit.NewScroll(kit.Column(theme.Size(theme.SizeNameGroup),
		kit.Readable(kit.NewQuietText(words.T("safety.trash.explain"))), t.list, t.pager.box))
	t.restore = kit.NewPrimaryButton(words.T("safety.trash.restore"), t.onRestoreChosen)
	t.restore.Disable()
	t.frame = kit.NewPage(words, t.Title(), nil, nil, kit.NewQuietText(words.T("safety.trash.loading")))
	t.load()
	return t
}

// trash are the deleted records.
type trash struct {
	env     *screen.Env
	loads   *task.Latest
	frame   *kit.Page
	list    *fyne.Container
	scroll  fyne.CanvasObject
	pager   *pager
	restore *kit.Button

	all    []trashRow
	first  int
	chosen map[string]trashRow // by id
	left   bool
}

var _ screen.Page = (*trash)(nil)

// trashRow is a deleted record in words.
type trashRow struct {
	kind, id   string
	name, note string
}

// Title of the page.
func (t *trash) Title() string { return t.env.Words.T("safety.trash.title") }

// Content is the page.
func (t *trash) Content() fyne.CanvasObject { return t.frame }

// Changed reads the trash again.
func (t *trash) Changed(data.Changed) {
	if !t.left {
		t.load()
	}
}

// Leave ends what runs.
func (t *trash) Leave() {
	t.left = true
	t.loads.Cancel()
}

func (t *trash) onNewer() { t.turn(max(t.first-trashOnPage, 0)) }
func (t *trash) onOlder() { t.turn(t.first + trashOnPage) }

func (t *trash) turn(first int) {
	t.first = first
	scrollToTop(t.scroll)
	t.show()
}

func (t *trash) load() {
	env := t.env
	task.RunLatest(t.loads, context.Background(), func(context.Context) ([]trashRow, error) {
		all, err := env.Program.Workspace.Trash()
		if err != nil {
			return nil, err
		}
		return newNamer(env).trashRows(all)
	}, t.onLoaded)
}

func (n *namer) trashRows(all []data.Trashed) ([]trashRow, error) {
	var parents []string
	for _, r := range all {
		if r.Parent != "" {
			parents = append(parents, r.Parent)
		}
	}
	slices.Sort(parents)
	if err := n.learn("application", slices.Compact(parents)); err != nil {
		return nil, err
	}
	rows := make([]trashRow, len(all))
	for i, r := range all {
		title := r.Title
		if r.Kind == "budget_row" {
			title = n.title(r.Kind, r.ID) // without a label it is known by its type
		}
		var belongs string
		if r.Parent != "" {
			belongs = n.Words.T("safety.trash.belongs", "Title", oneLine(n.title("application", r.Parent), 80))
		}
		var when string
		if at, err := time.Parse(time.RFC3339, r.Deleted); err == nil {
			when = n.Words.T("safety.trash.when", "When", n.Words.Moment(at))
			if r.Actor != "" {
				when = n.Words.T("safety.trash.whenBy", "When", n.Words.Moment(at), "Who", r.Actor)
			}
		}
		rows[i] = trashRow{kind: r.Kind, id: r.ID, name: n.named(r.Kind, title), note: joined("\n", when, belongs)}
	}
	return rows, nil
}

func (t *trash) onLoaded(all []trashRow, err error) {
	switch {
	case t.left || errors.Is(err, context.Canceled):
		return
	case err != nil:
		t.frame.SetContent(kit.Readable(kit.NewMarkedLine(t.env.Words, kit.Stop, sentence(t.env, err))))
		return
	}
	t.all = all
	still := map[string]trashRow{}
	for _, r := range all {
		if _, was := t.chosen[r.id]; was {
			still[r.id] = r
		}
	}
	t.chosen = still
	if t.first >= len(all) {
		t.first = 0
	}
	t.show()
}

func (t *trash) show() {
	if len(t.all) == 0 {
		t.frame.SetPrimary(nil)
		t.frame.SetContent(kit.NewEmpty(t.env.Words.T("safety.trash.empty"), "", nil))
		return
	}
	t.list.Objects = nil
	rows := kit.Column(theme.Size(theme.SizeNameGap))
	for i, r := range t.all[t.first:min(t.first+trashOnPage, len(t.all))] {
		if i > 0 {
			rows.Add(kit.Hairline())
		}
		rows.Add(t.row(r))
	}
	t.list.Add(kit.NewCard(rows))
	t.pager.show(t.first > 0, t.first+trashOnPage < len(t.all))
	t.frame.SetPrimary(t.restore)
	t.frame.SetContent(t.scroll)
	t.mark()
	t.list.Refresh()
	t.scroll.Refresh()
	kit.SettleFocus(t.env.Shell.Window().Canvas())
}

func (t *trash) row(r trashRow) fyne.CanvasObject {
	words := t.env.Words
	check := kit.NewCheck(r.name, func(on bool) { t.onChosen(r, on) })
	_, on := t.chosen[r.id]
	check.SetChecked(on)
	back := kit.NewButton(words.T("safety.trash.back"), func() { t.takeBack([]trashRow{r}) })
	back.SetTip(words.T("safety.trash.backTip", "Record", r.name))
	return kit.Column(theme.Size(theme.SizeNameGapSmall), check, kit.Row(kit.NewQuietText(r.note), kit.Spacer(), back))
}

func (t *trash) onChosen(r trashRow, on bool) {
	if on {
		t.chosen[r.id] = r
	} else {
		delete(t.chosen, r.id)
	}
	t.mark()
}

// mark tells on the button how many are chosen.
func (t *trash) mark() {
	words := t.env.Words
	if len(t.chosen) == 0 {
		t.restore.SetText(words.T("safety.trash.restore"))
		t.restore.Disable()
	} else {
		t.restore.SetText(words.N("safety.trash.restoreCount", len(t.chosen)))
		t.restore.Enable()
	}
	t.frame.Refresh() // the button is wider now
}

func (t *trash) onRestoreChosen() {
	var rows []trashRow
	for _, r := range t.chosen {
		rows = append(rows, r)
	}
	slices.SortFunc(rows, func(a, b trashRow) int { return strings.Compare(a.id, b.id) })
	t.takeBack(rows)
}

// takeBack restores records with what belonged to them, as one step.
func (t *trash) takeBack(rows []trashRow) {
	if len(rows) == 0 {
		return
	}
	env := t.env
	label := env.Words.N("safety.trash.restoredCount", len(rows))
	if len(rows) == 1 {
		label = env.Words.T("safety.trash.restored", "Record", rows[0].name)
	}
	env.Do(label, func() error {
		return env.Program.Workspace.Update(label, func(tx *data.Tx) error {
			for _, r := range rows {
				if err := tx.RestoreWhole(r.kind, r.id); err != nil {
					return err
				}
			}
			return nil
		})
	})
}
