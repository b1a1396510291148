package stateaid

import (
	"strings"
	"time"

	"kompetansepilot/app/document"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/reference"
	"kompetansepilot/app/system"
	"kompetansepilot/data"
)

// Declaration is what a business declares of the aid that it has had.
type Declaration struct {
	Business *data.Organisation
	Ledger   Ledger
	Date     string // YYYY-MM-DD, when it is made
	// Words speak the written norm of the business.
	Words *lang.Printer
}

// Norm is the written norm to use to a business: its own, else bokmål.
func Norm(o *data.Organisation) string {
	if o.Norm == reference.NormNynorsk {
		return reference.NormNynorsk
	}
	return reference.NormBokmal
}

// Document is the self-declaration, for the business to read over and sign.
func (d *Declaration) Document() document.Document {
	w := d.Words
	title := w.T("aid.declaration.title")
	blocks := []document.Block{
		document.Cover{Kind: w.T("aid.declaration.kind"), Title: title, Summary: d.summary()},
		paragraph(w.T("aid.declaration.why")),
	}
	for i := range d.Ledger.Now {
		blocks = append(blocks, d.part(&d.Ledger.Now[i])...)
	}
	blocks = append(blocks,
		document.Heading{Level: 1, Text: w.T("aid.declaration.declares")},
		// A signature alone on a page signs nothing.
		document.Paragraph{Spans: document.Text(w.T("aid.declaration.text")), KeepWithNext: true},
		d.signature(),
	)
	created, err := time.Parse(time.DateOnly, d.Date)
	if err != nil {
		created = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return document.Document{
		Title: title, Subject: w.T("aid.declaration.subject", "Name", d.Business.Name), Author: d.Business.Name, Lang: w.Tag(), Created: created,
		Header: lang.Joined(" · ", title, d.Business.Name),
		Footer: func(page, pages int) string { return w.T("document.footer", "Page", page, "Pages", pages) },
		Blocks: blocks,
	}
}

// signature is the room to sign; whoever is not known writes the name too.
func (d *Declaration) signature() document.Signatures {
	w := d.Words
	s := document.Signatures{PlaceAndDate: w.T("aid.declaration.place"), Signature: w.T("aid.declaration.signature"),
		Signers: []document.Signer{{Name: strings.TrimSpace(d.Business.Contact), Title: d.Business.Name}}}
	if s.Signers[0].Name == "" {
		s.Signature = w.T("aid.declaration.signatureName")
	}
	return s
}

// FileName is what the declaration's file is called when nobody says otherwise.
func (d *Declaration) FileName() string {
	return system.SafeName(d.Words.T("aid.declaration.fileName", "Name", d.Business.Name, "Date", d.Date))
}

func (d *Declaration) summary() []document.SummaryRow {
	w := d.Words
	rows := []document.SummaryRow{{Label: w.T("aid.declaration.business"), Value: d.Business.Name}}
	if n := d.Business.OrgNumber; len(n) == 9 {
		rows = append(rows, document.SummaryRow{Label: w.T("aid.declaration.number"), Value: n[:3] + noBreak + n[3:6] + noBreak + n[6:]})
	}
	return append(rows, document.SummaryRow{Label: w.T("aid.declaration.asOf"), Value: w.DateLong(d.Date)})
}

// noBreak is a space that keeps a number on one line.
const noBreak = "\u00a0"

// part is one sum with the awards that it is made of.
func (d *Declaration) part(s *Sum) []document.Block {
	w := d.Words
	blocks := []document.Block{document.Heading{Level: 1, Text: BasisWord(w, s.Basis)}}
	if s.Regime == nil || s.Cap == nil {
		return append(blocks, paragraph(w.T("aid.noRules", "Date", w.DateLong(s.Date))))
	}
	blocks = append(blocks, paragraph(w.T("aid.declaration.rule", "Law", s.Regime.Law, "Cap", w.Number(s.Cap.EUR.Value), "From", w.DateLong(s.From), "To", w.DateLong(s.Date))))
	if len(s.Doubts()) > 0 {
		blocks = append(blocks, document.Paragraph{Spans: []document.Span{{Text: w.T("aid.unconfirmed") + ": ", Bold: true}, {Text: DoubtText(w, s)}}})
	}
	lines := append(append([]data.Aid{}, s.Counted...), s.Unpriced...)
	if len(lines) == 0 {
		return append(blocks, paragraph(w.T("aid.declaration.none")))
	}
	table := document.Table{Caption: w.T("aid.declaration.table", "From", w.DateLong(s.From), "To", w.DateLong(s.Date)),
		Columns: []document.Column{{Header: w.T("aid.column.date")}, {Header: w.T("aid.column.donor")}, {Header: w.T("aid.column.scheme")},
			{Header: w.T("aid.column.amount"), Align: document.Right}, {Header: w.T("aid.column.rate"), Align: document.Right}, {Header: w.T("aid.column.eur"), Align: document.Right}}}
	var kroner int64
	for i := range lines {
		a := &lines[i]
		kroner += a.Amount
		rate, eur := "", w.T("aid.noEUR")
		if a.Rate > 0 {
			rate = DecimalText(a.Rate, 4, ",")
		}
		if cents := EUR(a); cents > 0 {
			eur = EURText(w, cents)
		}
		table.Rows = append(table.Rows, []string{w.DateShort(a.Date), a.Donor, a.Scheme, w.Money(a.Amount), rate, eur})
	}
	table.Foot = [][]string{{w.T("aid.declaration.sum"), "", "", w.Money(kroner), "", EURText(w, s.Cents)}}
	blocks = append(blocks, table)
	said := SumText(w, s)
	if len(s.Unpriced) > 0 {
		said += " " + w.N("aid.unpriced", len(s.Unpriced))
	}
	return append(blocks, paragraph(said))
}

func paragraph(text string) document.Block { return document.Paragraph{Spans: document.Text(text)} }
