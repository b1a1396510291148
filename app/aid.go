package app

import (
	"kompetansepilot/app/document"
	"kompetansepilot/app/document/render"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/stateaid"
	"kompetansepilot/data"
)

// AidDeclaration is a business's self-declaration of de minimis aid on a day
// (YYYY-MM-DD), in the business's written norm. language "" is that norm.
func (p *Program) AidDeclaration(business, day, language string) (document.Document, string, error) {
	o, err := data.Get[data.Organisation](p.Workspace, business)
	if err != nil {
		return document.Document{}, "", err
	}
	ledger, err := stateaid.New(p.Workspace).Ledger(business, day)
	if err != nil {
		return document.Document{}, "", err
	}
	if language == "" {
		language = stateaid.Norm(&o)
	}
	d := stateaid.Declaration{Business: &o, Ledger: ledger, Date: day, Words: lang.New(language)}
	return d.Document(), d.FileName(), nil
}

// AidDeclarationPDF writes the self-declaration as PDF/A-2a, and tells what its
// file is called when nobody says otherwise.
func (p *Program) AidDeclarationPDF(business, day, language string) (pdf []byte, name string, err error) {
	doc, name, err := p.AidDeclaration(business, day, language)
	if err != nil {
		return nil, "", err
	}
	pdf, _, err = render.PDF(doc)
	return pdf, name, err
}
