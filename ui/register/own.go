package register

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"

	"fyne.io/fyne/v2"

	"kompetansepilot/app"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
	"kompetansepilot/ui/form"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/listing"
	"kompetansepilot/ui/parts"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// ownFields are the fields that the county has defined: as columns of the grid
// and as fields of the record.
type ownFields struct {
	page   *Page
	now    atomic.Pointer[[]data.OwnField] // read in the background too
	loads  *task.Latest
	object *fyne.Container // in the record
	fields []*field
	county string // the own one, "" when it is not chosen
}

func newOwnFields(p *Page) *ownFields {
	o := &ownFields{page: p, loads: task.NewLatest(p.env.Tasks), object: kit.Column(theme.Size(theme.SizeNameGroup))}
	o.now.Store(&[]data.OwnField{})
	o.object.Hide()
	return o
}

// all are the fields of now.
func (o *ownFields) all() []data.OwnField { return *o.now.Load() }

// load reads the fields; the list is read again when they have changed.
func (o *ownFields) load() {
	kind, register, program := o.page.kind, o.page.register, o.page.env.Program
	county := ""
	task.RunLatest(o.loads, context.Background(), func(context.Context) ([]data.OwnField, error) {
		county = program.Setting(app.SettingCounty)
		return register.OwnFields(kind)
	}, func(all []data.OwnField, err error) {
		o.county = county
		o.onLoaded(all, err)
	})
}

func (o *ownFields) onLoaded(all []data.OwnField, err error) {
	p := o.page
	switch {
	case p.left:
		return
	case err != nil:
		p.env.Shell.Fail(p.words.T("register.loading"), err)
		return
	case slices.Equal(all, o.all()):
		return
	}
	p.save.Flush()
	o.now.Store(&all)
	p.grid.SetColumns(append(columns(p.words, p.kind), o.columns()...), listing.Layout(p.env, p.gridName(), byName))
	o.build()
	p.load(false)
	if p.ownChanged != nil {
		p.ownChanged()
	}
}

// columns of the grid.
func (o *ownFields) columns() []kit.GridColumn {
	all := o.all()
	columns := make([]kit.GridColumn, len(all))
	for i := range all {
		columns[i] = kit.GridColumn{ID: partner.OwnColumn(&all[i]), Label: all[i].Name, Width: 130, Sortable: true}
		if all[i].FieldOf == data.OwnNumber {
			columns[i].Align = fyne.TextAlignTrailing
		}
	}
	return columns
}

// cells are the texts of an organisation in the columns.
func (o *ownFields) cells(organisation *data.Organisation, plain bool) []string {
	all := o.all()
	cells := make([]string, len(all))
	for i := range all {
		cells[i] = organisation.Own[all[i].ID]
		if !plain {
			cells[i] = ownWord(o.page.words, &all[i], cells[i])
		}
	}
	return cells
}

// ownWord is what stands in an own field as a person reads it.
func ownWord(words *lang.Printer, f *data.OwnField, stored string) string {
	switch {
	case stored == "" || !partner.ValidOwn(f, stored):
		return stored
	case f.FieldOf == data.OwnDate:
		return words.DateShort(stored)
	case f.FieldOf == data.OwnNumber:
		whole, part, fraction := strings.Cut(stored, ".")
		n, err := strconv.ParseInt(whole, 10, 64)
		if err != nil || n == 0 {
			return strings.Replace(stored, ".", ",", 1) // keeps "-0,5"
		}
		if fraction {
			return words.Number(n) + "," + part
		}
		return words.Number(n)
	}
	return stored
}

// build makes the fields of the record.
func (o *ownFields) build() {
	all, r := o.all(), o.page.record
	r.form.Drop(o.fields)
	o.fields, o.object.Objects = nil, nil
	for i := range all {
		o.fields = append(o.fields, r.addOwn(&all[i]))
	}
	for pair := range slices.Chunk(o.fields, 2) {
		if len(pair) == 2 {
			o.object.Add(kit.SideBySide(fieldWidth, pair[0].Frame, pair[1].Frame))
		} else {
			o.object.Add(pair[0].Frame)
		}
	}
	o.object.Hidden = len(all) == 0
	r.form.ShowAgain()
	kit.Relayout(o.object)
}

// addOwn makes the field of the record for an own field, by its type.
func (r *record) addOwn(of *data.OwnField) *field {
	switch of.FieldOf {
	case data.OwnChoice:
		return r.addOwnChoice(of)
	case data.OwnDate:
		return r.addOwnDate(of)
	case data.OwnNumber:
		return r.addOwnNumber(of)
	}
	id, control := of.ID, kit.NewTextField()
	x := r.form.Add(id, of.Name, "", control, func(o *data.Organisation) { control.SetText(o.Own[id]) })
	control.OnChanged = func(text string) { r.form.Typed(x, func(o *data.Organisation) { partner.SetOwn(o, id, text) }) }
	control.OnFocusLost = r.page.save.Flush
	return x
}

func (r *record) addOwnDate(of *data.OwnField) *field {
	id, control := of.ID, kit.NewDateField(r.words)
	x := r.form.Add(id, of.Name, "", control, func(o *data.Organisation) {
		if now, _ := control.Value(); now != o.Own[id] {
			control.SetValue(o.Own[id])
		}
	})
	control.OnChanged = func(iso string, ok bool) {
		if ok {
			r.form.Typed(x, func(o *data.Organisation) { partner.SetOwn(o, id, iso) })
		}
	}
	control.OnFocusLost = r.page.save.Flush
	return x
}

func (r *record) addOwnChoice(of *data.OwnField) *field {
	id, control := of.ID, kit.NewSelect(r.words, parts.Options(partner.OwnChoices(of), func(choice string) string { return choice }))
	control.AllowEmpty = true
	x := r.form.Add(id, of.Name, "", control, func(o *data.Organisation) { form.Choose(control, o.Own[id]) })
	control.OnChanged = func(choice string) { r.form.Chosen(x, func(o *data.Organisation) { partner.SetOwn(o, id, choice) }) }
	return x
}

// addOwnNumber keeps the last number that was one; what is no number is explained and
// stays in the field.
func (r *record) addOwnNumber(of *data.OwnField) *field {
	number, control := *of, kit.NewTextField()
	x := r.form.Add(of.ID, of.Name, "", control, func(o *data.Organisation) {
		if now, ok := partner.ParseOwnNumber(control.Text()); !ok || now != o.Own[number.ID] {
			if !control.Focused() || ok {
				control.SetText(ownWord(r.words, &number, o.Own[number.ID]))
			}
		}
	})
	explain := func() {
		sentence := ""
		if _, ok := partner.ParseOwnNumber(control.Text()); !ok {
			sentence = r.words.T("ownfield.wrong.number")
		}
		x.Frame.SetError(sentence)
	}
	x.Note = func(*data.Organisation) {
		if !control.Focused() || x.Frame.Error() != "" {
			explain()
		}
	}
	control.OnChanged = func(text string) {
		if stored, ok := partner.ParseOwnNumber(text); ok {
			r.form.Typed(x, func(o *data.Organisation) { partner.SetOwn(o, number.ID, stored) })
		}
	}
	control.OnFocusLost = func() {
		explain()
		r.page.save.Flush()
	}
	return x
}
