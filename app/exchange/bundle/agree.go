package bundle

import (
	"bytes"
	"encoding/json"
	"slices"

	"kompetansepilot/data"
)

// agreement finds what somebody forgot who changed a bundle and made its hashes
// anew: the manifest, the JSON, the PDF and the records must say the same.
func (v *verification) agreement() {
	m := &v.report.Manifest
	roles := map[string][]File{}
	for _, f := range m.Files {
		roles[f.Role] = append(roles[f.Role], f)
	}
	for _, want := range []struct{ role, name string }{{RoleReadMe, NameReadMe}, {RolePDF, NamePDF}, {RoleApplication, NameApplication}, {RoleSchema, NameSchema}} {
		if files := roles[want.role]; len(files) != 1 || files[0].Name != want.name {
			v.disagree(want.name)
		}
	}
	pdf, texts := v.unchanged(roles[RolePDF]), shownTexts{}
	if pdf != nil && pdfFault(pdf.text, pdf.tail) {
		v.fault(data.NewError("bundlePDF", "«{{.Name}}» er ikke en hel PDF-fil.", nil, "Name", NamePDF))
		pdf = nil
	}
	if pdf != nil && (m.FiguresInPDF || len(m.TextsInPDF) > 0) {
		texts = pdfTexts(pdf.text)
	}
	if pdf != nil && m.FiguresInPDF && !texts.showFigures(m.Figures) {
		v.fault(data.NewError("bundlePDFFigures", "«{{.Name}}» viser ikke de samme summene som søknadens data.", nil, "Name", NamePDF))
	}
	f := v.unchanged(roles[RoleApplication])
	if f == nil {
		return
	}
	var a Application
	if err := decode(f.text, &a); err != nil {
		v.fault(data.NewError("bundleApplication", "«{{.Name}}» har ikke den formen programmet gir den.", err, "Name", NameApplication))
		return
	}
	var draft data.Draft
	content, err := a.content()
	if err == nil {
		err = json.Unmarshal(content, &draft)
	}
	if err != nil || hashBytes(content) != a.ContentSHA256 || a.ContentSHA256 != m.ContentSHA256 {
		v.fault(data.NewError("bundleContent", "Søknadens innhold i «{{.Name}}» stemmer ikke med kontrollsummen det ble laget med.", err, "Name", NameApplication))
	}
	version := ""
	if a.Version != nil {
		version = a.Version.ID
	}
	if a.ID != m.Application || draft.Application.ID != a.ID || version != m.Version || a.Language != m.Language || a.Call.ID != m.Call ||
		a.Title != m.Title || draft.Application.Call != a.Call.ID || draft.Application.Title() != a.Title || a.Program != m.Program {
		v.disagree(NameApplication)
	}
	moment := draft.Application.Created
	if a.Version != nil {
		moment = a.Version.Created
	}
	switch {
	case pdf == nil:
	case len(m.TextsInPDF) > maxEntries || slices.ContainsFunc(m.TextsInPDF, func(field string) bool { return !texts.show(draft.Application.Answers[field]) }):
		v.fault(data.NewError("bundlePDFTexts", "«{{.Name}}» viser ikke de samme tekstene som søknadens data.", nil, "Name", NamePDF))
	case !madeOf(pdf.text, moment, m.Language):
		v.fault(data.NewError("bundlePDFOther", "«{{.Name}}» er laget av en annen versjon av søknaden, eller i en annen målform, enn resten av pakken.", nil, "Name", NamePDF))
	}
	if calls := roles[RoleCall]; len(calls) != 1 || calls[0].Name != a.Call.File || calls[0].SHA256 != a.Call.SHA256 {
		v.disagree(folderCall)
	}
	if !sameAttachments(roles[RoleAttachment], draft.Attachments) {
		v.disagree(folderAttachments)
	}
	if !a.Budget.follows(&draft) || m.Figures != (Figures{a.Budget.Cost.Total.Amount, a.Budget.Financing.Total.Amount, a.Budget.Grant.Amount}) {
		v.fault(data.NewError("bundleFigures", "Summene i «{{.Name}}» og {{.Manifest}} er ikke summen av radene i søknaden.", nil, "Name", NameApplication, "Manifest", NameManifest))
	}
}

// unchanged is the one file of a role when it is as the manifest says, or nil:
// what is wrong with another has been told.
func (v *verification) unchanged(files []File) *unpacked {
	if len(files) != 1 {
		return nil
	}
	if f := v.whole(files[0].Name); f != nil && f.sha256 == files[0].SHA256 {
		return f
	}
	return nil
}

func (v *verification) disagree(name string) {
	v.fault(data.NewError("bundleDisagrees", "{{.Manifest}} og «{{.Name}}» forteller ikke det samme. Pakken er trolig satt sammen av flere.", nil, "Manifest", NameManifest, "Name", name))
}

func sameAttachments(files []File, attachments []data.Attachment) bool {
	return slices.EqualFunc(files, attachments, func(f File, a data.Attachment) bool {
		return f.Record == a.ID && f.SHA256 == a.SHA256 && f.Size == a.Size && f.MediaType == a.MediaType
	})
}

// pdfFault tells of a PDF by its first and last bytes that it is none, or is
// cut off.
func pdfFault(head, tail []byte) bool {
	return !bytes.HasPrefix(head, []byte("%PDF-")) || !bytes.HasSuffix(bytes.TrimRight(tail, "\r\n "), []byte("%%EOF"))
}

// follows tells whether each figure is the sum of the records that it names.
func (b *Budget) follows(d *data.Draft) bool {
	c := counter{rows: map[string]*data.BudgetRow{}}
	for _, rows := range [][]data.BudgetRow{d.Cost, d.Financing} {
		for i := range rows {
			c.rows[rows[i].ID] = &rows[i]
		}
	}
	for _, y := range b.Cost.Years {
		c.years = append(c.years, y.Year)
	}
	good := c.plan(&b.Cost, d.Cost) && c.plan(&b.Financing, d.Financing)
	for _, f := range append([]Figure{b.Grant, b.Balance, b.Unconfirmed}, b.GrantYears...) {
		good = good && c.is(f)
	}
	cost := b.Cost.Total.Amount
	good = good && b.MaxGrant.Denominator > 0 && slices.Equal(b.MaxGrant.Records, b.Cost.Total.Records)
	if !good {
		return false
	}
	// Rounded down, also under zero; 128 bits are not needed, as MaxAmount bounds each cell.
	n, share := cost*b.MaxGrant.Numerator, b.MaxGrant.Denominator
	most := n / share
	if n%share < 0 {
		most--
	}
	return b.MaxGrant.Amount == most && b.OverShareBy == max(0, b.Grant.Amount-most)
}

// counter adds up records again.
type counter struct {
	rows  map[string]*data.BudgetRow
	years []int
}

// plan looks at a plan's lines, which must be the rows of the draft, and sums.
func (c *counter) plan(p *Plan, rows []data.BudgetRow) bool {
	if len(p.Lines) != len(rows) || len(p.Years) != len(c.years) || !c.is(p.Total) {
		return false
	}
	var ids []string
	for i, line := range p.Lines {
		ids = append(ids, line.Record)
		if line.Record != rows[i].ID || line.Type != rows[i].Type || len(line.Years) != len(c.years) || !c.is(line.Sum) || !slices.Equal(line.Sum.Records, ids[i:]) {
			return false
		}
		for k, f := range line.Years {
			if f.Year != c.years[k] || !slices.Equal(f.Records, ids[i:]) || !c.is(f) {
				return false
			}
		}
	}
	for k, f := range p.Years {
		if f.Year != c.years[k] || !slices.Equal(f.Records, ids) || !c.is(f) {
			return false
		}
	}
	return slices.Equal(p.Total.Records, ids)
}

// is tells whether a figure is the sum of its records.
func (c *counter) is(f Figure) bool {
	plus, known := c.sum(f.Records, f.Year)
	minus, knownToo := c.sum(f.Less, f.Year)
	return known && knownToo && f.Amount == plus-minus
}

func (c *counter) sum(records []string, year int) (sum int64, known bool) {
	for _, id := range records {
		row := c.rows[id]
		if row == nil {
			return 0, false
		}
		if year != 0 {
			sum += row.Amount(year)
			continue
		}
		for _, y := range c.years {
			sum += row.Amount(y)
		}
	}
	return sum, true
}
