package duplicates

import (
	"context"
	"reflect"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kompetansepilot/app/exchange"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/partner"
	"kompetansepilot/app/partner/duplicate"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// detail shows a pair side by side, field by field, with what is kept ticked.
type detail struct {
	page    *page
	content *fyne.Container
	scroll  *container.Scroll
	links   *task.Latest

	pair       duplicate.Candidate
	keep, lose data.Organisation
	sides      map[string]partner.Side
	counts     [2]*kit.Text // how much names each
}

func newDetail(p *page) *detail {
	d := &detail{page: p, links: task.NewLatest(p.env.Tasks), content: container.NewStack()}
	return d
}

// shows tells whether a pair is the one that is shown.
func (d *detail) shows(c *duplicate.Candidate) bool { return idOf(&d.pair) == idOf(c) }

// show shows a pair with the choices that are proposed. One that is shown
// already, and has not changed, keeps the choices that were made.
func (d *detail) show(c *duplicate.Candidate) {
	if d.shows(c) && reflect.DeepEqual(d.pair.Keep, c.Keep) && reflect.DeepEqual(d.pair.Lose, c.Lose) {
		return
	}
	d.pair, d.keep, d.lose = *c, c.Keep, c.Lose
	d.propose()
}

func (d *detail) propose() {
	d.sides = partner.DefaultSides(&d.keep, &d.lose)
	d.draw()
	d.count()
}

func (d *detail) draw() {
	words, gap := d.page.words, theme.Size(theme.SizeNameGap)
	reasons := kit.Column(gap / 2)
	for _, s := range d.pair.Sentences(words) {
		reasons.Add(kit.NewItem("•", kit.NewText(s)))
	}
	d.counts = [2]*kit.Text{kit.NewQuietText(""), kit.NewQuietText("")}
	fields := kit.Column(gap/2, d.heads())
	for _, f := range partner.MergeFields() {
		if row := d.field(f); row != nil {
			fields.Add(kit.Hairline())
			fields.Add(row)
		}
	}
	level := words.T("duplicate.confidence", "Level", d.pair.Level(words), "Percent", strconv.Itoa(d.pair.Confidence))
	merge := kit.NewPrimaryButton(words.T("duplicate.merge"), d.onMerge)
	d.scroll = kit.NewScroll(kit.Column(theme.Size(theme.SizeNameGroup),
		kit.Column(gap/2, kit.NewStrong(level), reasons), fields, kit.Readable(kit.NewQuietText(words.T("duplicate.what")))))
	buttons := kit.Row(merge, kit.NewButton(words.T("duplicate.apart"), d.onApart), kit.NewQuietButton(words.T("duplicate.swap"), d.onSwap))
	d.content.Objects = []fyne.CanvasObject{kit.Pane(nil, d.scroll, kit.Padded(gap/2, buttons))}
	d.content.Refresh()
}

// line is a row of the comparison: what it is, and both sides.
func line(middle bool, label, left, right fyne.CanvasObject) fyne.CanvasObject {
	return kit.NewShares(kit.Shares{Parts: []float32{0.22, 0.39, 0.39}, Least: 340, Gap: theme.Size(theme.SizeNameGap), Under: 2, Middle: middle}, label, left, right)
}

func (d *detail) heads() fyne.CanvasObject {
	words := d.page.words
	side := func(title string, o *data.Organisation, count *kit.Text) fyne.CanvasObject {
		id := o.ID
		return kit.Column(2, kit.NewStrong(title), kit.NewTextLink(d.page.named(o), func() { d.open(id) }), count)
	}
	return line(false, kit.NewText(""), side(words.T("duplicate.keeps"), &d.keep, d.counts[0]), side(words.T("duplicate.loses"), &d.lose, d.counts[1]))
}

// field is the row of a field; nil when neither has anything in it.
func (d *detail) field(f partner.MergeField) fyne.CanvasObject {
	left, right := f.Value(&d.keep), f.Value(&d.lose)
	if left == "" && right == "" {
		return nil
	}
	label := kit.NewQuietText(d.page.label(f.ID))
	if left == right {
		return line(true, label, kit.NewText(d.page.shown(f.ID, left)), kit.NewText(d.page.shown(f.ID, right)))
	}
	c := &choice{detail: d, field: f}
	c.left = kit.NewCheck(d.page.shown(f.ID, left), func(bool) { c.onTicked(partner.Kept) })
	c.right = kit.NewCheck(d.page.shown(f.ID, right), func(bool) { c.onTicked(partner.Lost) })
	c.show()
	return line(true, label, c.left, c.right)
}

// choice is two boxes of which one is ticked, or both where both can be kept.
type choice struct {
	detail      *detail
	field       partner.MergeField
	left, right *kit.Check
}

func (c *choice) show() {
	s := c.detail.sides[c.field.ID]
	c.left.SetChecked(s != partner.Lost)
	c.right.SetChecked(s != partner.Kept)
}

// onTicked chooses the side whose box was pressed.
func (c *choice) onTicked(side partner.Side) {
	left, right := c.left.Checked(), c.right.Checked()
	switch {
	case left && right && c.field.Joins:
		side = partner.Both
	case left != right && c.field.Joins && left:
		side = partner.Kept
	case left != right && c.field.Joins:
		side = partner.Lost
	}
	c.detail.sides[c.field.ID] = side
	c.show()
}

// count tells how much names each of the two.
func (d *detail) count() {
	keep, lose := d.keep.ID, d.lose.ID
	texts := d.counts
	task.RunLatest(d.links, context.Background(), func(context.Context) (map[string]int, error) {
		return d.page.register.Links(keep, lose)
	}, func(links map[string]int, err error) {
		if err != nil || d.page.left {
			return
		}
		texts[0].SetText(d.page.words.N("duplicate.links", links[keep]))
		texts[1].SetText(d.page.words.N("duplicate.links", links[lose]))
		d.content.Refresh()
	})
}

func (d *detail) open(id string) {
	target := screen.PageBusinesses
	if d.page.kind == data.OrganisationProvider {
		target = screen.PageProviders
	}
	d.page.env.Shell.Go(screen.Route{Page: target, ID: id})
}

func (d *detail) onMerge() {
	label := d.page.words.T("duplicate.step.one", "Lose", d.page.named(&d.lose), "Keep", d.page.named(&d.keep))
	d.page.do(label, []partner.Merge{{Keep: d.keep.ID, Lose: d.lose.ID, Sides: d.sides}})
}

func (d *detail) onApart() {
	label := d.page.words.N("duplicate.step.apart", 1)
	pair := [2]string{d.pair.First, d.pair.Second}
	d.page.writes.Add(func(context.Context) error { return d.page.register.TellApart(label, pair) }, func(err error) { d.page.env.Done(label, err) })
}

// onSwap keeps the other one.
func (d *detail) onSwap() {
	d.keep, d.lose = d.lose, d.keep
	d.propose()
}

// label is what a field is called.
func (p *page) label(field string) string {
	switch field {
	case "name":
		return p.words.T("register.column.name")
	case "org_number":
		return p.words.T("register.column.number")
	case "municipality":
		return p.words.T("register.column.municipality")
	case "status":
		return p.words.T("register.column.status")
	case "contact":
		return p.words.T("register.column.contact")
	case "email":
		return p.words.T("register.column.email")
	case "phone":
		return p.words.T("register.column.phone")
	case "website":
		return p.words.T("register.column.website")
	case "size_band":
		return p.words.T("register.column.size")
	case "industry":
		return p.words.T("register.column.industry")
	case "industry_std":
		return p.words.T("register.field.standard")
	case "legal_form":
		return p.words.T("safety.column.legal_form")
	case "norm":
		return p.words.T("register.column.norm")
	case "tags":
		return p.words.T("register.column.tags")
	}
	return p.words.T("register.column.note")
}

// shown is a field's contents in words.
func (p *page) shown(field, value string) string {
	switch {
	case value == "" && field != "status" && field != "size_band":
		return p.words.T("duplicate.nothing")
	case field == "org_number" && len(value) == 9:
		return value[:3] + lang.NarrowSpace + value[3:6] + lang.NarrowSpace + value[6:]
	case field == "municipality":
		if m, ok := p.register.Place(value); ok {
			return m.UniqueName
		}
	case field == "status":
		return exchange.StatusWord(p.words, partner.ParseStatus(value))
	case field == "size_band" && value == partner.SizeWithheld:
		return p.words.T("register.size.withheld")
	case field == "size_band" && value == partner.SizeNone:
		return p.words.T("register.size.none")
	case field == "norm" && value == reference.NormBokmal:
		return p.words.T("register.norm.nb")
	case field == "norm" && value == reference.NormNynorsk:
		return p.words.T("register.norm.nn")
	}
	return value
}
