package app

import (
	"kompetansepilot/app/document"
	"kompetansepilot/app/document/render"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/submission"
	"kompetansepilot/data"
)

// Document is an application as a document. version is the id of a kept version,
// or "" for the application as it is now; language is "nb" or "nn", or "" for
// the application's own.
func (p *Program) Document(id, version, language string) (document.Document, error) {
	content, err := p.submission(id, version)
	if err != nil {
		return document.Document{}, err
	}
	content.Words = documentWords(content.Draft, language)
	logo := content.Draft.Logo
	if version == "" {
		logo = p.Logo()
	}
	content.Letterhead, err = p.letterhead(logo, p.Grants.CountyName(content.Draft.Application.County, content.Words.Code()))
	if err != nil {
		return document.Document{}, err
	}
	return submission.Document(content), nil
}

// PDF writes an application as PDF/A-2a and PDF/UA-1. It also tells which
// characters could not be shown. The same content gives the same bytes.
func (p *Program) PDF(id, version, language string) ([]byte, []document.Replacement, error) {
	doc, err := p.Document(id, version, language)
	if err != nil {
		return nil, nil, err
	}
	return render.PDF(doc)
}

// PDFName is what the file of an application is called when nobody says
// otherwise.
func PDFName(d *data.Draft, language string) string {
	return submission.FileName(d, documentWords(d, language))
}

func documentWords(d *data.Draft, language string) *lang.Printer {
	if language == "" {
		language = d.Application.Language
	}
	return lang.New(language)
}

// submission gathers what a document is made from. A kept version brings its
// own content; what the workspace knows besides it may have changed since.
func (p *Program) submission(id, version string) (submission.Content, error) {
	if version == "" {
		return p.submissionNow(id)
	}
	v, err := p.Grants.Version(version)
	if err != nil {
		return submission.Content{}, err
	}
	if v.Application != id {
		return submission.Content{}, &data.Error{Code: data.CodeNotFound, Message: "Versjonen hører ikke til denne søknaden.", Args: map[string]any{"ID": version}}
	}
	d, err := v.Draft()
	if err != nil {
		return submission.Content{}, err
	}
	call, err := p.Grants.Calls().Get(d.Application.Call)
	if err != nil {
		return submission.Content{}, err
	}
	return submission.Content{Call: call, Draft: &d, Places: p.Places, Version: &v}, nil
}

func (p *Program) submissionNow(id string) (submission.Content, error) {
	d, call, err := p.Grants.Load(id)
	if err != nil {
		return submission.Content{}, err
	}
	others, err := p.Grants.Others(&d, call)
	if err != nil {
		return submission.Content{}, err
	}
	businesses, err := p.Grants.Businesses()
	if err != nil {
		return submission.Content{}, err
	}
	return submission.Content{Call: call, Draft: &d, Places: p.Places, Others: others, Businesses: businesses}, nil
}
