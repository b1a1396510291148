package needs

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app/disk"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/need"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// questions is the page where a county changes what interviews ask: the wording,
// the order, what the short form has, and questions of its own.
type questions struct {
	env   *screen.Env
	words *lang.Printer
	store *need.Service
	files kit.FileChooser
	frame *kit.Page
	list  *kit.RowList
	state *kit.Text
	loads *task.Latest
	form  *need.Form
	own   bool
	left  bool
}

var _ screen.Page = (*questions)(nil)

// NewQuestions opens the page.
func NewQuestions(env *screen.Env, files kit.FileChooser) screen.Page {
	w, gap := env.Words, theme.Size(theme.SizeNameGap)
	p := &questions{env: env, words: w, store: env.Program.Needs, files: files, loads: task.NewLatest(env.Tasks), state: kit.NewQuietText("")}
	p.list = kit.NewRowList(w.T("interview.question.menu"), p.onOpen)
	p.list.OnDelete = p.onDelete
	p.frame = kit.NewPage(w, p.Title(), kit.NewPrimaryButton(w.T("interview.question.add"), p.onAdd), []*fyne.MenuItem{
		fyne.NewMenuItemWithIcon(w.T("interview.form.save"), fynetheme.UploadIcon(), p.onSave),
		fyne.NewMenuItemWithIcon(w.T("interview.form.load"), fynetheme.DownloadIcon(), p.onLoad),
		fyne.NewMenuItemWithIcon(w.T("interview.form.reset"), fynetheme.ContentUndoIcon(), p.onReset),
	}, kit.NewScroll(kit.Readable(kit.Padded(gap, kit.Column(gap, p.state, p.list)))))
	p.load()
	return p
}

// Title of the page.
func (p *questions) Title() string { return p.words.T("interview.questions") }

// Content is the page.
func (p *questions) Content() fyne.CanvasObject { return p.frame }

// Changed reads the form again.
func (p *questions) Changed(c data.Changed) {
	if !p.left && c.Touches("interview_form") {
		p.load()
	}
}

// Leave stops the reading.
func (p *questions) Leave() {
	p.left = true
	p.loads.Cancel()
}

// First is what gets the focus when the page opens.
func (p *questions) First() fyne.Focusable { return p.list }

// formRead is a form as it was read.
type formRead struct {
	*need.Form
	own bool
}

func (p *questions) load() {
	task.RunLatest(p.loads, context.Background(), func(context.Context) (r formRead, err error) {
		r.Form, r.own, err = p.store.Form()
		return r, err
	}, func(r formRead, err error) {
		if err != nil {
			p.env.Shell.Fail(p.words.T("needs.loading"), err)
			return
		}
		p.form, p.own = r.Form, r.own
		p.show()
	})
}

func (p *questions) show() {
	w := p.words
	p.state.SetText(w.T("interview.form.builtIn"))
	if p.own {
		p.state.SetText(w.T("interview.form.own"))
	}
	var rows []kit.ListRow
	for _, part := range p.form.Parts {
		for _, q := range part.Questions {
			short := ""
			if q.Short {
				short = w.T("interview.question.inShort")
			}
			label, detail := q.Label.In(w.Code()), lang.Joined(" · ", part.Title.In(w.Code()), kindWord(w, q.Kind), short)
			id := q.ID
			rows = append(rows, kit.ListRow{ID: id, Label: label + ", " + detail, Content: kit.Column(2, kit.NewText(label), kit.NewQuietText(detail)), Menu: []*fyne.MenuItem{
				fyne.NewMenuItemWithIcon(w.T("interview.question.change"), fynetheme.DocumentCreateIcon(), func() { p.onOpen(id) }),
				fyne.NewMenuItemWithIcon(w.T("interview.question.up"), fynetheme.MoveUpIcon(), func() { p.move(id, -1) }),
				fyne.NewMenuItemWithIcon(w.T("interview.question.down"), fynetheme.MoveDownIcon(), func() { p.move(id, 1) }),
				fyne.NewMenuItemWithIcon(w.T("interview.question.delete"), fynetheme.DeleteIcon(), func() { p.onDelete(id) }),
			}})
		}
	}
	p.list.SetRows(rows)
}

func kindWord(w *lang.Printer, kind string) string { return w.T("interview.kind." + kind) }

// change copies the form, changes the copy and keeps it as the county's own.
func (p *questions) change(label string, apply func(*need.Form)) {
	raw, err := p.form.JSON()
	if err != nil {
		p.env.Shell.Fail(label, err)
		return
	}
	copied, err := need.ParseForm(raw)
	if err != nil {
		p.env.Shell.Fail(label, err)
		return
	}
	apply(copied)
	p.env.Do(label, func() error { return p.store.SetForm(label, copied) })
}

func find(f *need.Form, id string) (part, at int) {
	for i := range f.Parts {
		if k := slices.IndexFunc(f.Parts[i].Questions, func(q need.Question) bool { return q.ID == id }); k >= 0 {
			return i, k
		}
	}
	return -1, -1
}

// move puts a question before or after its neighbour, over into the next part
// when it stands at an end.
func (p *questions) move(id string, by int) {
	p.change(p.words.T("interview.step.form"), func(f *need.Form) {
		i, k := find(f, id)
		q := f.Parts[i].Questions[k]
		f.Parts[i].Questions = slices.Delete(f.Parts[i].Questions, k, k+1)
		to := k + by
		switch {
		case to < 0 && i > 0:
			i, to = i-1, len(f.Parts[i-1].Questions)
		case to > len(f.Parts[i].Questions) && i+1 < len(f.Parts):
			i, to = i+1, 0
		}
		to = min(max(to, 0), len(f.Parts[i].Questions))
		f.Parts[i].Questions = slices.Insert(f.Parts[i].Questions, to, q)
	})
}

func (p *questions) onDelete(id string) {
	if q, ok := p.form.Question(id); ok && q.Kind == need.AskNeeds {
		kit.ShowText(p.env.Shell.Window(), p.words, p.words.T("interview.question.delete"), p.words.T("interview.question.needed"))
		return
	}
	p.change(p.words.T("interview.step.form"), func(f *need.Form) {
		i, k := find(f, id)
		f.Parts[i].Questions = slices.Delete(f.Parts[i].Questions, k, k+1)
	})
}

func (p *questions) onOpen(id string) {
	if q, ok := p.form.Question(id); ok {
		p.ask(q, false)
	}
}

func (p *questions) onAdd() {
	n := 1
	for ; ; n++ {
		if _, taken := p.form.Question("own" + strconv.Itoa(n)); !taken {
			break
		}
	}
	p.ask(need.Question{ID: "own" + strconv.Itoa(n), Kind: need.AskText, Label: need.Said{}}, true)
}

// ask is the dialog for a question.
func (p *questions) ask(q need.Question, fresh bool) {
	w, code := p.words, p.words.Code()
	text, hint, answers := kit.NewTextField(), kit.NewTextField(), kit.NewTextArea(w)
	text.SetText(q.Label.In(code))
	hint.SetText(q.Hint.In(code))
	short := kit.NewCheck(w.T("interview.question.short"), nil)
	short.SetChecked(q.Short)
	var kinds, parts []kit.Option
	for _, k := range []string{need.AskText, need.AskNumber, need.AskYesNo, need.AskChoice, need.AskSeveral, need.AskTask} {
		kinds = append(kinds, kit.Option{ID: k, Label: kindWord(w, k)})
	}
	for _, part := range p.form.Parts {
		parts = append(parts, kit.Option{ID: part.ID, Label: part.Title.In(code)})
	}
	kind, where := kit.NewSelect(w, kinds), kit.NewSelect(w, parts)
	kind.SetSelected(q.Kind)
	where.SetSelected(p.form.Parts[len(p.form.Parts)-1].ID)
	if i, _ := find(p.form, q.ID); i >= 0 {
		where.SetSelected(p.form.Parts[i].ID)
	}
	var lines []string
	for _, o := range q.Options {
		lines = append(lines, o.Label.In(code))
	}
	answers.SetText(strings.Join(lines, "\n"))
	answers.SetRows(3, 8)
	field := func(label, hint string, o fyne.CanvasObject) fyne.CanvasObject {
		return kit.NewField(w, kit.FieldOptions{Label: label, Hint: hint}, o)
	}
	fields := []fyne.CanvasObject{field(w.T("interview.question.text"), "", text), field(w.T("interview.question.hint"), "", hint)}
	changeable := slices.ContainsFunc(kinds, func(o kit.Option) bool { return o.ID == q.Kind }) && q.Fills == ""
	if changeable {
		fields = append(fields, kit.SideBySide(fieldWidth, field(w.T("interview.question.kind"), "", kind), field(w.T("interview.question.part"), "", where)),
			field(w.T("interview.question.answers"), w.T("interview.question.answersHint"), answers))
	}
	fields = append(fields, short)
	title, verb := w.T("interview.question.change"), w.T("people.store")
	if fresh {
		title, verb = w.T("interview.question.add"), w.T("people.add")
	}
	choices := func() []string {
		return slices.DeleteFunc(strings.Split(answers.Text(), "\n"), func(s string) bool { return strings.TrimSpace(s) == "" })
	}
	kit.ShowForm(p.env.Shell.Window(), w, kit.Form{Title: title, Verb: verb, Fields: fields,
		Check: func() error {
			switch {
			case strings.TrimSpace(text.Text()) == "":
				return errors.New(w.T("interview.question.noText"))
			case changeable && (kind.Selected() == need.AskChoice || kind.Selected() == need.AskSeveral) && len(choices()) == 0:
				return errors.New(w.T("interview.question.noAnswers"))
			}
			return nil
		},
		OnDone: func() {
			q.Label, q.Hint = said(q.Label, code, text.Text()), said(q.Hint, code, hint.Text())
			q.Short = short.Checked()
			if changeable {
				q.Kind = kind.Selected()
				q.Options = optionsOf(q.Options, code, choices(), q.Kind)
			}
			p.change(w.T("interview.step.form"), func(f *need.Form) { place(f, q, where.Selected()) })
		}})
}

// said is a text with another wording in one language.
func said(now need.Said, code, text string) need.Said {
	next := need.Said{}
	for c, t := range now {
		next[c] = t
	}
	next[code] = strings.TrimSpace(text)
	return next
}

// optionsOf are the answers to choose between; one whose wording is there already
// keeps its id and its other languages.
func optionsOf(now []need.Choice, code string, texts []string, kind string) []need.Choice {
	if kind != need.AskChoice && kind != need.AskSeveral {
		return nil
	}
	var all []need.Choice
	for i, t := range texts {
		t = strings.TrimSpace(t)
		if at := slices.IndexFunc(now, func(c need.Choice) bool { return c.Label.In(code) == t }); at >= 0 {
			all = append(all, now[at])
			continue
		}
		id := "a" + strconv.Itoa(i+1)
		for slices.ContainsFunc(now, func(c need.Choice) bool { return c.ID == id }) {
			id += "x"
		}
		all = append(all, need.Choice{ID: id, Label: need.Said{code: t}})
	}
	return all
}

// place puts a question into a part: where it stands, or last.
func place(f *need.Form, q need.Question, part string) {
	i, k := find(f, q.ID)
	if i >= 0 && (f.Parts[i].ID == part || part == "") {
		f.Parts[i].Questions[k] = q
		return
	}
	if i >= 0 {
		f.Parts[i].Questions = slices.Delete(f.Parts[i].Questions, k, k+1)
	}
	for i := range f.Parts {
		if f.Parts[i].ID == part {
			f.Parts[i].Questions = append(f.Parts[i].Questions, q)
		}
	}
}

func (p *questions) filter() kit.FileFilter {
	return kit.FileFilter{Name: p.words.T("interview.form.files"), Extensions: []string{".json"}}
}

func (p *questions) onSave() {
	form := p.form
	p.files.Save(p.words.T("interview.form.save"), "intervju.json", p.filter(), func(path string) {
		if filepath.Ext(path) == "" {
			path += ".json"
		}
		task.Run(p.env.Tasks, context.Background(), func(context.Context) (struct{}, error) {
			raw, err := form.JSON()
			if err == nil {
				err = disk.Write(path, raw)
			}
			return struct{}{}, err
		}, func(_ struct{}, err error) {
			if err != nil {
				p.env.Shell.Fail(p.words.T("interview.form.save"), err)
				return
			}
			p.env.Shell.Toast(p.words.T("people.saved", "Name", filepath.Base(path)), false)
		})
	})
}

func (p *questions) onLoad() {
	p.files.Open(p.words.T("interview.form.load"), p.filter(), func(path string) {
		label := p.words.T("interview.step.form")
		p.env.Do(label, func() error {
			raw, err := disk.Read(path, need.MaxForm)
			if err != nil {
				return err
			}
			form, err := need.ParseForm(raw)
			if err != nil {
				return err
			}
			return p.store.SetForm(label, form)
		})
	})
}

func (p *questions) onReset() {
	if p.own {
		label := p.words.T("interview.form.reset")
		p.env.Do(label, func() error { return p.store.ResetForm(label) })
	}
}
