// Package parts is what belongs to an organisation, an application or an
// offering and is shown folded under it: agreements, support, campuses,
// offerings and enquiries. Pages put the parts in and tell them whose they are;
// each reads its own records and changes them in dialogs.
package parts

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
	"kompetansepilot/ui/form"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// Owner is what the parts belong to: one of the three.
type Owner struct {
	Organisation data.Organisation // its ID is "" for none
	Application  string            // id
	Offering     string            // id
}

func (o *Owner) key() string { return o.Organisation.ID + "/" + o.Application + "/" + o.Offering }

// Part is one of the folded parts.
type Part interface {
	// ID is the part's name in routes, one of package partner's Part constants.
	ID() string
	Object() fyne.CanvasObject
	// Show says whose records to show. It reads them when the owner is another.
	Show(Owner)
	// Changed reads again when a commit touched what is shown.
	Changed(data.Changed)
	// Open unfolds the part and puts the focus on it.
	Open()
}

// line is one record of a part.
type line struct {
	id, title string
	detail    []string // quiet lines under the title
	state     string   // a sentence with its severity, "" for none
	severity  kit.Severity
	buttons   []fyne.CanvasObject
}

// contents are what a part shows of one owner.
type contents struct {
	summary string // beside the part's name
	mark    kit.Severity
	marked  bool
	above   []fyne.CanvasObject // before the lines
	lines   []line
	below   []fyne.CanvasObject // after the lines
}

// fold is a part: a line that folds, and under it the records and what can be
// done. Reading happens in the background.
type fold struct {
	env   *screen.Env
	words *lang.Printer
	id    string
	kinds []string // of the records that it shows
	owner Owner

	name    string
	head    *kit.Disclosure
	list    *fyne.Container
	body    *fyne.Container
	whole   *fyne.Container
	links   map[string]*kit.TextLink // by record
	loads   *task.Latest
	serial  *task.Serial
	none    string
	resized func() // after it became higher or lower; may be nil
	onOpen  func(id string)
	// read makes the contents, in the background; build them into widgets.
	read func(Owner) (func() contents, error)
}

func newFold(env *screen.Env, id, name, none string, kinds ...string) *fold {
	gap := theme.Size(theme.SizeNameGap)
	f := &fold{env: env, words: env.Words, id: id, kinds: kinds, name: name, none: none, head: kit.NewDisclosure(env.Words),
		list: kit.Column(gap), links: map[string]*kit.TextLink{}, loads: task.NewLatest(env.Tasks), serial: task.NewSerial(env.Tasks)}
	f.head.SetText(name, "")
	f.head.OnChanged = f.onFold
	f.body = kit.Column(gap, f.list)
	f.body.Hide()
	f.whole = kit.Column(theme.Size(theme.SizeNameGapSmall), kit.Hairline(), f.head, kit.Padded(theme.Size(theme.SizeNameGapSmall), f.body))
	return f
}

// actions are the buttons under the records.
func (f *fold) actions(buttons ...fyne.CanvasObject) { f.body.Add(kit.Row(buttons...)) }

// ID implements Part.
func (f *fold) ID() string { return f.id }

// Object implements Part.
func (f *fold) Object() fyne.CanvasObject { return f.whole }

// Show implements Part.
func (f *fold) Show(o Owner) {
	another := f.owner.key() != o.key()
	f.owner = o
	if !another {
		return
	}
	f.list.Objects = nil
	f.links = map[string]*kit.TextLink{}
	f.head.SetText(f.name, "")
	f.head.SetMark(kit.Fine, false)
	f.Reload()
}

// SetResized lets what the part stands in follow its height.
func (f *fold) SetResized(resized func()) { f.resized = resized }

// Changed implements Part.
func (f *fold) Changed(c data.Changed) {
	if c.Touches(f.kinds...) {
		f.Reload()
	}
}

// Open implements Part.
func (f *fold) Open() {
	f.Unfold()
	kit.FocusOn(f.head, f.whole)
}

// Unfold unfolds the part and leaves the focus where it is.
func (f *fold) Unfold() {
	f.head.SetOpen(true)
	f.onFold(true)
}

func (f *fold) onFold(open bool) {
	f.body.Hidden = !open
	f.body.Refresh()
	f.fit()
}

// fit lays out what the part stands in.
func (f *fold) fit() {
	f.whole.Refresh()
	if f.resized != nil {
		f.resized()
	}
	kit.Relayout(f.whole)
}

// Reload reads the records again.
func (f *fold) Reload() {
	owner := f.owner
	if owner.key() == "//" {
		return
	}
	task.RunLatest(f.loads, context.Background(), func(context.Context) (func() contents, error) { return f.read(owner) }, f.onRead)
}

func (f *fold) onRead(made func() contents, err error) {
	if err != nil {
		f.env.Shell.Fail(f.name, err)
		return
	}
	c := made()
	focused := f.focused()
	f.head.SetText(f.name, c.summary)
	f.head.SetMark(c.mark, c.marked)
	f.list.Objects, f.links = nil, map[string]*kit.TextLink{}
	for _, o := range c.above {
		f.list.Add(o)
	}
	for i := range c.lines {
		f.list.Add(f.lineOf(&c.lines[i]))
	}
	if len(c.lines) == 0 {
		f.list.Add(kit.NewQuietText(f.none))
	}
	for _, o := range c.below {
		f.list.Add(o)
	}
	f.list.Refresh()
	f.fit()
	if link := f.links[focused]; link != nil {
		f.env.Shell.Window().Canvas().Focus(link)
	} else if focused != "" {
		kit.FocusOn(f.head, f.whole)
	}
}

// focused is the record whose link has the focus, "" for none.
func (f *fold) focused() string {
	now := f.env.Shell.Window().Canvas().Focused()
	for id, link := range f.links {
		if now == fyne.Focusable(link) {
			return id
		}
	}
	return ""
}

func (f *fold) lineOf(l *line) fyne.CanvasObject {
	link := kit.NewStrongLink(l.title, func() { f.onOpen(l.id) })
	f.links[l.id] = link
	column := kit.Column(theme.Size(theme.SizeNameGapSmall)/2, link)
	for _, text := range l.detail {
		if text != "" {
			column.Add(kit.NewQuietText(text))
		}
	}
	if l.state != "" {
		column.Add(kit.NewMarkedLine(f.words, l.severity, l.state))
	}
	if len(l.buttons) > 0 {
		column.Add(kit.Row(l.buttons...))
	}
	return kit.NewCard(column)
}

// save does something in the workspace, in order, and tells it with Angre.
func (f *fold) save(label string, work func() error) {
	f.serial.Add(func(context.Context) error { return work() }, func(err error) {
		f.env.Done(label, err)
	})
}

// addButton is the button that makes a new record.
func addButton(text string, do func()) *kit.Button {
	b := kit.NewButton(text, do)
	b.SetIcon(fynetheme.ContentAddIcon())
	return b
}

// PlaceOptions are all municipalities, those of the own county first.
func PlaceOptions(env *screen.Env, county string) []kit.Option {
	var first, rest []kit.Option
	for _, m := range env.Program.Places.Municipalities() {
		o := kit.Option{ID: m.Number, Label: m.UniqueName, Note: m.CountyName}
		if m.CountyNumber == county {
			first = append(first, o)
		} else {
			rest = append(rest, o)
		}
	}
	return slices.Concat(first, rest)
}

// AddPlace adds the choice of a municipality to a form; those of the own county come
// first.
func AddPlace[T any](env *screen.Env, f *form.Form[T], id, label string, at func(*T) *string) *form.Field[T] {
	x := f.Choice(id, label, "", nil, at)
	control := x.Frame.Control().(*kit.Select)
	x.Show = func(v *T) { ShowPlace(env, control, *at(v)) }
	task.Run(env.Tasks, context.Background(), func(context.Context) ([]kit.Option, error) {
		return PlaceOptions(env, env.Program.Setting(app.SettingCounty)), nil
	}, func(options []kit.Option, _ error) {
		control.SetOptions(options)
		x.Show(&f.Now)
	})
	return x
}

// ShowPlace shows a municipality, by its number, on a choice.
func ShowPlace(env *screen.Env, control *kit.Select, number string) {
	if number == "" {
		control.SetSelected("")
		return
	}
	control.SetChoice(kit.Option{ID: number, Label: PlaceName(env, number)})
}

// PlaceName is a municipality in words, or its number.
func PlaceName(env *screen.Env, number string) string {
	if r, ok := env.Program.Places.Resolve(number); ok {
		return r.UniqueName
	}
	return number
}
