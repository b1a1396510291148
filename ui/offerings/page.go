// Package offerings is the page of what education providers can give: a grid to
// the left and the offering to the right, which is saved while it is typed.
package offerings

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/listing"
	"kompetansepilot/ui/saving"
	"kompetansepilot/ui/screen"
)

// listName is what columns and divider are remembered under.
const listName = "offerings"

// Page is the page of the offerings. A county has hundreds of them.
type Page struct {
	*listing.List[partner.Offer]
	env     *screen.Env
	words   *lang.Printer
	store   *partner.Offerings
	save    *saving.Fields[data.Offering]
	chooser kit.FileChooser
	chips   *chips
	record  *record
}

var (
	_ screen.Page    = (*Page)(nil)
	_ screen.Focuser = (*Page)(nil)
)

// New opens the page. id is the offering to show, "" for the first.
func New(env *screen.Env, id string) screen.Page {
	p := &Page{env: env, words: env.Words, store: partner.NewOfferings(env.Program.Workspace, env.Program.Places)}
	p.save = saving.NewFields(env, p.store.Type, p.onRefused)
	p.chooser = env.Chooser()
	p.chips = newChips(p)
	p.List = listing.New(env, p.options())
	p.record = newRecord(p)
	p.Start(p.record, id)
	return p
}

func (p *Page) options() listing.Options[partner.Offer] {
	w := p.words
	return listing.Options[partner.Offer]{
		Name: listName, Divider: 0.56, Columns: p.columns(), Usual: byTitle,
		Title: w.T("offering.title"), Loading: w.T("offering.loading"), Fault: w.T("offering.fault"), Filter: w.T("offering.filter"), NoHits: w.T("offering.noHits"),
		Empty: w.T("offering.empty"), First: w.T("offering.add"), OnFirst: p.onNew,
		More:  []*fyne.MenuItem{fyne.NewMenuItemWithIcon(w.T("offering.import"), fynetheme.FolderOpenIcon(), p.onImport)},
		Above: []fyne.CanvasObject{p.chips.row}, ClearFilters: p.chips.clear,
		Read: p.read, ID: func(o *partner.Offer) string { return o.ID }, Find: func(o *partner.Offer) string { return o.Title }, Cells: p.cells,
		Count: func(n int) string { return w.N("offering.count", n) },
		Edit:  fieldTitle, Save: p.save, Delete: p.store.Delete,
		Deleted: func(count string) string { return w.T("offering.step.delete", "Count", count) },
	}
}

// read reads the offerings as they are filtered.
func (p *Page) read(text string, sort []kit.GridSort) func(context.Context) (listing.Loaded[partner.Offer], error) {
	q := p.chips.query()
	q.Text = text
	for _, s := range sort {
		q.Sort = append(q.Sort, partner.Sort{Column: s.Column, Descending: s.Descending})
	}
	return func(context.Context) (l listing.Loaded[partner.Offer], err error) {
		if l.Records, err = p.store.List(q); err == nil {
			l.Whole, err = p.env.Program.Workspace.Count("SELECT count(*) FROM offering WHERE deleted = ''")
		}
		return l, err
	}
}

// Changed reads again what is shown.
func (p *Page) Changed(c data.Changed) {
	if p.Left() {
		return
	}
	if c.Touches("offering", "organisation") {
		p.Load()
	}
	if c.Outside || slices.Contains(c.Records, p.record.ID()) {
		p.record.Reload()
	}
	p.record.enquiries.Changed(c)
}

// Leave hands over what was typed.
func (p *Page) Leave() {
	p.List.Leave()
	p.record.Leave()
}

// onNew makes an offering and puts the focus on its title.
func (p *Page) onNew() {
	label := p.words.T("offering.step.new")
	p.Create(label, fieldTitle, func() (string, error) { return p.store.Create(label, data.Offering{}) })
}

// onRefused shows the offering as it is stored after a change was given up.
func (p *Page) onRefused() {
	p.record.Reload()
	p.Load()
}
