package register

import (
	"context"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/partner"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/task"
)

// saved are the filters with a name, as chips that tell how many each gives. The
// one that is in use has a tick.
type saved struct {
	page    *Page
	row     *fyne.Container
	keep    *kit.Button // saves the filter of now
	all     []partner.SavedFilter
	loads   *task.Latest
	changed func() // the dialog of saved filters is open
}

func newSaved(p *Page) *saved {
	s := &saved{page: p, row: kit.Row(), loads: task.NewLatest(p.env.Tasks)}
	s.keep = kit.NewChip(p.words.T("savedfilter.keep"), s.onKeep)
	s.keep.SetIcon(fynetheme.DocumentSaveIcon())
	s.row.Hide()
	return s
}

// load counts the filters again.
func (s *saved) load() {
	kind, register := s.page.kind, s.page.register
	task.RunLatest(s.loads, context.Background(), func(context.Context) ([]partner.SavedFilter, error) {
		return register.SavedFilters(kind)
	}, func(all []partner.SavedFilter, err error) {
		switch {
		case s.page.left:
			return
		case err != nil:
			s.page.env.Shell.Fail(s.page.words.T("savedfilter.title"), err)
			return
		}
		s.all = all
		s.show()
		if s.changed != nil {
			s.changed()
		}
	})
}

// now is the filter that is in use.
func (s *saved) now() partner.Filter {
	p := s.page
	return partner.Filter{Text: p.filter.Text(), Statuses: p.chips.chosen(), Narrow: p.narrow.now}
}

// show makes the chips, and offers to save a filter that has no name yet.
func (s *saved) show() {
	words, now := s.page.words, s.now()
	s.row.Objects = nil
	named := false
	for _, f := range s.all {
		b := kit.NewChip(words.T("register.chip", "Status", f.Name, "Count", words.Number(int64(f.Count))), func() { s.onChip(f) })
		if f.Filter.Same(&now) {
			named = true
			b.SetOn(true)
		}
		s.row.Add(b)
	}
	if !named && !now.Nothing() {
		s.row.Add(s.keep)
	}
	hidden := len(s.row.Objects) == 0
	moved := hidden != s.row.Hidden
	s.row.Hidden = hidden
	s.row.Refresh()
	if moved {
		s.page.sides.Content().Refresh()
	}
}

// onChip uses a filter, or gives it up when it is in use.
func (s *saved) onChip(f partner.SavedFilter) {
	now := s.now()
	if f.Filter.Same(&now) {
		s.apply(partner.Filter{})
		return
	}
	s.apply(f.Filter)
}

// apply filters the list.
func (s *saved) apply(f partner.Filter) {
	p := s.page
	p.filter.SetText(f.Text)
	p.chips.clear()
	for _, status := range f.Statuses {
		p.chips.on[status] = true
	}
	p.narrow.now = f.Narrow
	p.narrow.show()
	p.grid.ScrollToTop()
	p.load(false)
}

// onKeep asks for a name and saves the filter.
func (s *saved) onKeep() {
	p, now := s.page, s.now()
	name := kit.NewTextField()
	kit.ShowForm(p.env.Shell.Window(), p.words, kit.Form{
		Title: p.words.T("savedfilter.keepTitle"), Text: p.describe(&now), Verb: p.words.T("savedfilter.keepVerb"),
		Fields: []fyne.CanvasObject{kit.NewField(p.words, kit.FieldOptions{Label: p.words.T("savedfilter.name"), Hint: p.words.T("savedfilter.nameHint"), Required: true}, name)},
		OnDone: func() {
			label := p.words.T("savedfilter.step.keep", "Name", name.Text())
			p.save.Do(func() error {
				_, err := p.register.SaveFilter(label, p.kind, name.Text(), now)
				return err
			}, func(err error) { p.env.Done(label, err) })
		},
	})
}

// onSavedFilters opens the dialog where filters get other names and are deleted.
func (p *Page) onSavedFilters() {
	list := kit.Column(0)
	p.saved.changed = func() { p.saved.fill(list) }
	p.saved.fill(list)
	kit.ShowCustom(p.env.Shell.Window(), p.words, kit.Custom{
		Title: p.words.T("savedfilter.title"), Content: list, Width: 620, OnClosed: func(bool) { p.saved.changed = nil },
	})
}

func (s *saved) fill(list *fyne.Container) {
	words := s.page.words
	list.Objects = nil
	if len(s.all) == 0 {
		list.Add(kit.NewText(words.T("savedfilter.none")))
	}
	for _, f := range s.all {
		list.Add(kit.Padded(spacing()/2, kit.NewShares(kit.Shares{Parts: []float32{5, 1}, Least: 320, Gap: spacing(), Middle: true},
			kit.Column(0, kit.NewStrong(f.Name), kit.NewQuietText(lang.Joined(" · ", s.page.describe(&f.Filter), s.page.count(f.Count)))),
			kit.Row(kit.Spacer(), kit.NewIconButton(fynetheme.DocumentCreateIcon(), words.T("savedfilter.rename", "Name", f.Name), func() { s.onRename(f) }),
				kit.NewIconButton(fynetheme.DeleteIcon(), words.T("savedfilter.delete", "Name", f.Name), func() { s.onDelete(f) })))))
		list.Add(kit.Hairline())
	}
	list.Refresh()
	kit.Relayout(list)
}

func (s *saved) onRename(f partner.SavedFilter) {
	p, name := s.page, kit.NewTextField()
	name.SetText(f.Name)
	kit.ShowForm(p.env.Shell.Window(), p.words, kit.Form{
		Title: p.words.T("savedfilter.rename", "Name", f.Name), Verb: p.words.T("savedfilter.renameVerb"),
		Fields: []fyne.CanvasObject{kit.NewField(p.words, kit.FieldOptions{Label: p.words.T("savedfilter.name")}, name)},
		OnDone: func() {
			label := p.words.T("savedfilter.step.rename", "Name", name.Text())
			p.save.Do(func() error { return p.register.RenameFilter(label, f.ID, name.Text()) }, func(err error) { p.env.Done(label, err) })
		},
	})
}

func (s *saved) onDelete(f partner.SavedFilter) {
	p := s.page
	label := p.words.T("savedfilter.step.delete", "Name", f.Name)
	p.save.Do(func() error { return p.register.DeleteFilter(label, f.ID) }, func(err error) { p.env.Done(label, err) })
}
