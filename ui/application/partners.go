package application

import (
	"slices"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/grant"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/parts"
	"kompetansepilot/ui/task"
)

// partnersView are those who take part in the project.
type partnersView struct {
	*rowsView[data.Partner]
	agreements *parts.Agreements
	read       int64 // the transaction that the agreements were read after
}

func newPartnersView(d *desk, f *grant.Field) *partnersView {
	v := &partnersView{agreements: parts.NewAgreements(d.env, nil)}
	v.rowsView = newRowsView(d, f, partnerRows(), rowsOptions[data.Partner]{
		build: v.newRow, fresh: func(row data.Row) data.Partner { return data.Partner{Row: row} },
		none: d.words.T("plan.partner.none"), add: d.words.T("plan.partner.add"),
		added: d.words.T("plan.partner.added"), removed: d.words.T("plan.partner.removed"),
	}, v.agreements.Object())
	v.agreements.SetResized(v.frame.Refresh)
	return v
}

func (v *partnersView) show(found []grant.Finding) {
	v.rowsView.show(found)
	v.showAgreements()
}

// showAgreements reads the application's agreements when something was stored
// since the last time.
func (v *partnersView) showAgreements() {
	if v.read == v.desk.newest {
		return
	}
	first := v.read == 0
	v.read = v.desk.newest
	if first {
		v.agreements.Show(parts.Owner{Application: v.desk.id})
		return
	}
	v.agreements.Reload()
}

// partnerKinds are the kinds that the call names, in words.
func partnerKinds(d *desk) []kit.Option {
	ids := d.call.PartnersExpected.Value
	if len(ids) == 0 {
		ids = grant.PartnerKinds()
	}
	var options []kit.Option
	for _, id := range ids {
		options = append(options, kit.Option{ID: id, Label: partnerKind(d, id)})
	}
	return options
}

// partnerKind is a kind in words; one that the program does not know is as the
// call wrote it.
func partnerKind(d *desk, id string) string {
	if id == "" || !d.words.Has("plan.partner.kind."+id) {
		return id
	}
	return d.words.T("plan.partner.kind." + id)
}

// partnerRow is one partner.
type partnerRow struct {
	view     *partnersView
	id       string
	register *kit.Select
	finder   *finder
	texts    []*cell // name, role, contribution
	number   *kit.OrgNumberField
	frame    *kit.Field // of the number, where findings stand
	kind     *kit.Select
	kinds    []kit.Option
	found    []grant.Finding
}

func (v *partnersView) newRow(id string) foldRow { return &partnerRow{view: v, id: id} }

func (r *partnerRow) partner() *data.Partner { return r.view.rows.in(&r.view.desk.draft, r.id) }

func (r *partnerRow) summary() (title, detail string) {
	p := r.partner()
	if p == nil {
		return "", ""
	}
	return named(r.view.desk, p.Name), lang.Joined(" · ", partnerKind(r.view.desk, p.PartnerKind), p.Role)
}

func (r *partnerRow) build() (fields []fyne.CanvasObject, first *kit.Field) {
	d, words, rows := r.view.desk, r.view.desk.words, r.view.rows
	label := words.T("plan.partner.changed")
	r.finder = newFinder(d, task.NewLatest(d.env.Tasks))
	r.register = kit.NewSelect(words, nil)
	r.register.AllowEmpty = true
	r.register.Search = r.finder.search
	r.register.OnChanged = r.onRegister
	cellOf := func(key string, lines int, part func(*data.Partner) *string) *cell {
		get, set := rows.text(d, r.id, part)
		c := d.lineCell
		if lines > 1 {
			c = func(label, key string, get func(*data.Draft) string, set func(*data.Draft, string) error) *cell {
				return d.areaCell(label, key, lines, get, set)
			}
		}
		r.texts = append(r.texts, c(label, r.id+key, get, set))
		return r.texts[len(r.texts)-1]
	}
	name := cellOf("/name", 1, func(p *data.Partner) *string { return &p.Name })
	role := cellOf("/role", 1, func(p *data.Partner) *string { return &p.Role })
	contribution := cellOf("/contribution", 2, func(p *data.Partner) *string { return &p.Contribution })
	r.number = kit.NewOrgNumberField(words)
	r.number.OnChanged = r.onNumber
	r.number.OnFocusLost = d.saver.Flush
	r.kinds = partnerKinds(d)
	r.kind = kit.NewSelect(words, r.kinds)
	r.kind.AllowEmpty = true
	r.kind.OnChanged = r.onKind
	first = kit.NewField(words, kit.FieldOptions{Label: words.T("plan.partner.name")}, name.control)
	r.frame = kit.NewField(words, kit.FieldOptions{Label: words.T("application.organisation.number")}, r.number)
	return []fyne.CanvasObject{
		kit.NewField(words, kit.FieldOptions{Label: words.T("plan.partner.register"), Hint: words.T("plan.partner.registerHint")}, r.register),
		first,
		kit.SideBySide(numberWidth, r.frame, kit.NewField(words, kit.FieldOptions{Label: words.T("plan.partner.kindLabel")}, r.kind)),
		kit.NewField(words, kit.FieldOptions{Label: words.T("plan.partner.role")}, role.control),
		kit.NewField(words, kit.FieldOptions{Label: words.T("plan.partner.contribution"), Hint: words.T("plan.partner.contributionHint")}, contribution.control),
	}, first
}

// numberWidth is the least width of a number beside another field.
const numberWidth = 220

func (r *partnerRow) change(apply func(*data.Partner)) {
	d, rows, id := r.view.desk, r.view.rows, r.id
	d.Change(d.words.T("plan.partner.changed"), func(draft *data.Draft) error {
		p := rows.in(draft, id)
		if p == nil {
			return d.errGone()
		}
		apply(p)
		return nil
	})
}

func (r *partnerRow) onKind(kind string) { r.change(func(p *data.Partner) { p.PartnerKind = kind }) }

// onRegister fills the partner in from the register, or lets go of it; what was
// filled in stays then.
func (r *partnerRow) onRegister(id string) {
	if id == "" {
		r.change(func(p *data.Partner) { p.Organisation = "" })
		return
	}
	if o, ok := r.finder.hits[id]; ok {
		r.change(func(p *data.Partner) { *p = grant.PartnerFrom(*p, &o) })
	}
}

// onNumber keeps a number that is wrong too: nothing typed is lost.
func (r *partnerRow) onNumber(digits string, ok bool) {
	if !ok {
		digits = r.number.Text()
	}
	d, rows, id := r.view.desk, r.view.rows, r.id
	d.TypeRow(d.words.T("plan.partner.changed"), r.numberKey(), func(draft *data.Draft) error {
		p := rows.in(draft, id)
		if p == nil {
			return d.errGone()
		}
		p.OrgNumber = digits
		return nil
	})
}

func (r *partnerRow) numberKey() string { return r.id + "/number" }

func (r *partnerRow) show(found []grant.Finding) {
	d, p := r.view.desk, r.partner()
	if p == nil {
		return
	}
	for _, c := range r.texts {
		c.show()
	}
	if now, _ := r.number.Value(); now != p.OrgNumber && !d.saver.Waiting(r.numberKey()) {
		r.number.SetValue(p.OrgNumber)
	}
	if p.PartnerKind != "" && !slices.ContainsFunc(r.kinds, func(o kit.Option) bool { return o.ID == p.PartnerKind }) {
		r.kinds = append(slices.Clone(r.kinds), kit.Option{ID: p.PartnerKind, Label: partnerKind(d, p.PartnerKind)})
		r.kind.SetOptions(r.kinds)
	}
	if r.kind.Selected() != p.PartnerKind {
		r.kind.SetSelected(p.PartnerKind)
	}
	r.finder.label(p.Organisation, r.onLinked)
	showNotes(r.frame, &r.found, found)
}

// onLinked shows the organisation that the partner is linked to.
func (r *partnerRow) onLinked(o kit.Option) {
	if p := r.partner(); p != nil && p.Organisation == o.ID {
		r.register.SetChoice(o)
	}
}

func (r *partnerRow) wrong() bool { return false }
