package offerings

import (
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/partner"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/parts"
)

// Columns that cannot be sorted by.
const (
	columnKind     = "kind"
	columnMonths   = "months"
	columnLanguage = "language"
	columnFinish   = "finish"
	columnID       = "id"
)

// byTitle is how the rows are sorted until somebody sorts them.
const byTitle = `{"sort":[{"column":"title"}]}`

// columns of the grid, in the order of the cells of cells.
func (p *Page) columns() []kit.GridColumn {
	w := p.words
	return []kit.GridColumn{
		{ID: partner.OfferingTitle, Label: w.T("offering.column.title"), Width: 240, Sortable: true, Fixed: true},
		{ID: partner.OfferingProvider, Label: w.T("offering.column.provider"), Width: 170, Sortable: true},
		{ID: columnKind, Label: w.T("offering.column.kind"), Width: 130, Hidden: true},
		{ID: partner.OfferingLevel, Label: w.T("offering.column.level"), Width: 150, Sortable: true},
		{ID: partner.OfferingCredits, Label: w.T("offering.column.credits"), Width: 100, Align: fyne.TextAlignTrailing, Sortable: true},
		{ID: partner.OfferingForm, Label: w.T("offering.column.form"), Width: 150, Sortable: true},
		{ID: partner.OfferingPlace, Label: w.T("offering.column.place"), Width: 120, Sortable: true},
		{ID: partner.OfferingStart, Label: w.T("offering.column.start"), Width: 100, Sortable: true},
		{ID: columnFinish, Label: w.T("offering.column.finish"), Width: 100, Hidden: true},
		{ID: partner.OfferingDue, Label: w.T("offering.column.due"), Width: 100, Sortable: true},
		{ID: columnMonths, Label: w.T("offering.column.months"), Width: 160, Hidden: true},
		{ID: partner.OfferingCapacity, Label: w.T("offering.column.capacity"), Width: 90, Align: fyne.TextAlignTrailing, Sortable: true},
		{ID: partner.OfferingPrice, Label: w.T("offering.column.price"), Width: 110, Align: fyne.TextAlignTrailing, Sortable: true},
		{ID: columnLanguage, Label: w.T("offering.column.language"), Width: 90, Hidden: true},
		{ID: columnID, Label: w.T("offering.column.id"), Width: 90, Hidden: true},
	}
}

// cells are the texts of an offering's row. plain leaves numbers without spaces,
// for spreadsheets.
func (p *Page) cells(o *partner.Offer, plain bool) []string {
	w := p.words
	date := func(iso string) string {
		if iso == "" {
			return ""
		}
		return w.DateShort(iso)
	}
	number := func(n int64) string {
		switch {
		case n == 0:
			return ""
		case plain:
			return strconv.FormatInt(n, 10)
		}
		return w.Number(n)
	}
	credits := ""
	if o.Credits > 0 {
		credits = partner.CreditsText(o.Credits, w.Decimal())
	}
	title, provider := o.Title, o.Provider
	if !plain {
		title = parts.OfferingTitle(w, &o.Offering)
		if provider == "" {
			provider = parts.ProviderKindWord(w, o.Kind)
		}
	}
	return []string{title, provider, parts.ProviderKindWord(w, o.Kind), parts.LevelWord(w, o.Level), credits, parts.FormWord(w, o.Form), o.Where,
		date(o.Start), date(o.Finish), date(o.Due), p.months(o.Months), number(o.Capacity), number(o.Price), parts.LanguageWord(w, o.Language), o.ID}
}

// months are the short names of months: "jan, feb".
func (p *Page) months(stored string) string {
	all, err := partner.ParseMonths(stored)
	if err != nil {
		return stored
	}
	names := make([]string, len(all))
	for i, m := range all {
		names[i] = p.words.MonthShort(time.Month(m))
	}
	return strings.Join(names, ", ")
}
