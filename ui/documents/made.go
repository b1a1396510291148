package documents

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"kompetansepilot/app"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/system"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

func (s *section) showMade() {
	words := s.page.words
	s.made.Objects = []fyne.CanvasObject{kit.NewHeading(words.T("bundle.madeList"))}
	if len(s.shown.made) == 0 {
		s.made.Add(kit.NewText(words.T("bundle.madeNone")))
	}
	documents, more := newest(s.shown.made, s.all)
	for i, m := range documents {
		if i > 0 {
			s.made.Add(kit.Hairline())
		}
		s.made.Add(s.document(m))
	}
	if more > 0 {
		s.made.Add(s.moreButton(more))
	}
}

// document is a file that was made, and whether it is still the same.
func (s *section) document(m data.MadeDocument) fyne.CanvasObject {
	words := s.page.words
	d := &madeRow{section: s, made: m, state: kit.NewMarkedLine(words, kit.Info, ""), find: kit.NewButton(words.T("bundle.findFile"), nil)}
	d.find.OnTapped = d.onFind
	d.state.Hide()
	d.find.Hide()
	kind := words.T("bundle.kind.pdf")
	if m.MadeOf == data.MadeBundle {
		kind = words.T("bundle.kind.bundle")
	}
	what := kit.Column(theme.Size(theme.SizeNameGapSmall), kit.NewStrong(m.FileName),
		kit.NewQuietText(lang.Joined(" · ", kind, s.of(m.Version), fileSize(words, m.Size), moment(words, m.Made), m.Actor)),
		kit.NewQuietText(filepath.Dir(m.Path)),
		d.state, kit.Row(d.find))
	same := kit.NewButton(words.T("bundle.isSame"), d.onCheck)
	same.SetTip(words.T("bundle.isSameTip", "Name", m.FileName))
	open := kit.NewButton(words.T("bundle.open"), d.onOpen)
	open.SetTip(words.T("bundle.openTip", "Name", m.FileName))
	sum := kit.NewButton(words.T("bundle.copySum"), func() { s.page.copySum(m.SHA256) })
	sum.SetTip(words.T("bundle.copySumTip", "Name", m.FileName))
	return s.row(what, same, open, sum)
}

// of is what a document was made of.
func (s *section) of(version string) string {
	for i := range s.shown.versions {
		if s.shown.versions[i].ID == version {
			return s.page.words.T("bundle.ofVersion", "Name", s.shown.versions[i].Name)
		}
	}
	if version != "" {
		return s.page.words.T("bundle.ofGone")
	}
	return s.page.words.T("bundle.ofDraft")
}

// copySum puts a checksum on the clipboard.
func (p *page) copySum(sum string) {
	fyne.CurrentApp().Clipboard().SetContent(sum)
	p.env.Shell.Toast(p.words.T("bundle.sumCopied"), false)
}

// madeRow is a document that was made.
type madeRow struct {
	section *section
	made    data.MadeDocument
	state   *kit.SeverityLine
	find    *kit.Button
}

func (d *madeRow) onOpen() {
	env, path := d.section.page.env, d.made.Path
	task.Run(env.Tasks, context.Background(), func(context.Context) (string, error) {
		state, err := env.Program.CheckMade(&d.made, path)
		if err == nil && state != app.MadeGone {
			err = system.Open(path)
		}
		return state, err
	}, func(state string, err error) {
		switch {
		case err != nil:
			env.Shell.Fail(d.section.page.words.T("bundle.opening"), err)
		case state != app.MadeSame:
			d.tell(state, path, nil)
		}
	})
}

func (d *madeRow) onCheck() { d.check(d.made.Path) }

// onFind checks a file that was moved.
func (d *madeRow) onFind() {
	p := d.section.page
	p.files.Open(p.words.T("bundle.findTitle", "Name", d.made.FileName), kit.FileFilter{Name: p.words.T("bundle.file"), Extensions: []string{strings.ToLower(filepath.Ext(d.made.FileName))}}, d.check)
}

func (d *madeRow) check(path string) {
	env := d.section.page.env
	task.Run(env.Tasks, context.Background(), func(context.Context) (string, error) { return env.Program.CheckMade(&d.made, path) },
		func(state string, err error) { d.tell(state, path, err) })
}

func (d *madeRow) tell(state, path string, err error) {
	words := d.section.page.words
	d.find.Hidden = true
	switch {
	case err != nil:
		d.state.Set(kit.Stop, sentence(words, err))
	case state == app.MadeSame:
		d.state.Set(kit.Fine, words.T("bundle.same", "Folder", filepath.Dir(path)))
	case state == app.MadeChanged:
		d.state.Set(kit.Stop, words.T("bundle.changed", "Folder", filepath.Dir(path)))
	default:
		d.find.Hidden = false
		d.state.Set(kit.Warn, words.T("bundle.gone", "Folder", filepath.Dir(path)))
	}
	d.state.Show()
	if !d.section.page.left {
		d.section.line.Refresh()
		d.section.page.relay()
	}
}
