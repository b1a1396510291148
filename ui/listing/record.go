package listing

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// RecordOptions are what a page tells of the record beside its list. S is what one
// reading of a record gives.
type RecordOptions[S any] struct {
	Choose  string              // stands there while no record is chosen
	Loading string              // names the reading where it fails
	Head    []fyne.CanvasObject // beside the button that goes back
	Under   []fyne.CanvasObject // under the head
	Body    fyne.CanvasObject

	Flush  func()          // hands over what was typed
	Back   func()          // goes to the list
	Delete func(id string) // moves the record to the trash

	// Read reads the record of an id, in the background.
	Read func(id string) (S, error)
	// Show shows what was read, and tells whether it lies in the trash. another is set
	// where another record was shown before.
	Show func(s S, another bool) (inTrash bool)
	// Clear forgets the record that was shown.
	Clear func()
	// Focus goes to a field of the record; "" is the first.
	Focus func(field string)
}

// Record is what stands beside a list: one record after the other, by the id.
type Record[S any] struct {
	env     *screen.Env
	o       RecordOptions[S]
	content *fyne.Container
	back    *kit.Button
	trash   *kit.SeverityLine
	loads   *task.Latest

	wanted string  // what Open was last asked for
	read   string  // the one that is shown
	aim    *string // field to go to when the record comes; nil for none
	left   bool
}

// NewRecord makes a place for records.
func NewRecord[S any](env *screen.Env, o RecordOptions[S]) *Record[S] {
	w, gap := env.Words, theme.Size(theme.SizeNameGap)/2
	r := &Record[S]{env: env, o: o, back: NewBack(w, o.Back), trash: kit.NewMarkedLine(w, kit.Warn, w.T("register.inTrash")), loads: task.NewLatest(env.Tasks)}
	r.trash.Hide()
	head := kit.Row(append(append([]fyne.CanvasObject{r.back}, o.Head...), kit.Spacer(),
		kit.NewIconButton(fynetheme.HistoryIcon(), w.T("register.history"), r.History),
		kit.NewIconButton(fynetheme.DeleteIcon(), w.T("register.delete"), func() { o.Delete(r.read) }))...)
	top := append(append([]fyne.CanvasObject{head}, o.Under...), r.trash)
	r.content = container.NewStack(kit.NewEmpty(o.Choose, "", nil), kit.Pane(kit.Padded(gap, kit.Column(gap, top...)), o.Body, nil))
	r.showPart(false)
	return r
}

func (r *Record[S]) place() (fyne.CanvasObject, *kit.Button) { return r.content, r.back }

// Content is the record as it stands on the page.
func (r *Record[S]) Content() fyne.CanvasObject { return r.content }

// Back is the button that goes to the list, where only the record has room.
func (r *Record[S]) Back() *kit.Button { return r.back }

// showPart shows the record, or what stands there while none is chosen.
func (r *Record[S]) showPart(record bool) {
	none, body := r.content.Objects[0], r.content.Objects[1]
	none.Hide()
	body.Hide()
	if record {
		body.Show()
	} else {
		none.Show()
	}
	r.content.Refresh()
}

// ID of the record that is shown or is being read, "" for none.
func (r *Record[S]) ID() string { return r.wanted }

// Open shows a record; what was typed in the one before is saved.
func (r *Record[S]) Open(id string) {
	if id == r.wanted {
		return
	}
	r.o.Flush()
	r.wanted = id
	r.Reload()
}

// Close shows none.
func (r *Record[S]) Close() {
	r.o.Flush()
	r.loads.Cancel()
	r.wanted, r.read = "", ""
	r.o.Clear()
	r.showPart(false)
}

// Leave ends the reading.
func (r *Record[S]) Leave() {
	r.left = true
	r.loads.Cancel()
}

// Reload reads the record again.
func (r *Record[S]) Reload() {
	if r.wanted == "" {
		return
	}
	id := r.wanted
	task.RunLatest(r.loads, context.Background(), func(context.Context) (S, error) { return r.o.Read(id) }, func(s S, err error) { r.onRead(id, s, err) })
}

func (r *Record[S]) onRead(id string, s S, err error) {
	switch {
	case r.left:
		return
	case data.Code(err) == data.CodeNotFound: // its making was undone
		r.Close()
		return
	case err != nil:
		r.env.Shell.Fail(r.o.Loading, err)
		return
	}
	another := r.read != id
	r.read = id
	r.trash.Hidden = !r.o.Show(s, another)
	r.showPart(true)
	if aim := r.aim; aim != nil {
		r.aim = nil
		r.Focus(*aim)
	}
}

// Focus goes to a field, by the name that routes use, once the record is read; "" is
// the first.
func (r *Record[S]) Focus(field string) {
	if r.read != r.wanted || r.wanted == "" {
		r.aim = &field
		return
	}
	r.o.Focus(field)
}

// History goes to the history of the record.
func (r *Record[S]) History() {
	r.o.Flush()
	r.env.Shell.Go(screen.Route{Page: screen.PageHistory, ID: r.read})
}
