package app

import (
	"context"
	"crypto/x509"
	"path/filepath"
	"time"

	"kompetansepilot/app/course"
	"kompetansepilot/app/disk"
	"kompetansepilot/app/document/render"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/mail"
	"kompetansepilot/app/mail/link"
	"kompetansepilot/app/partner"
	"kompetansepilot/app/system"
)

// papers are what one provider gets: a PDF to read and a workbook to answer in, in
// the provider's written norm, or in language where that is not known.
func (p *Program) papers(r *course.Requested, a *course.Asked, language string) (pdf, form mail.File, words *lang.Printer, err error) {
	words = lang.New(normOf(a, language))
	b, err := p.Courses.Brief(&r.Request, words)
	if err != nil {
		return pdf, form, words, err
	}
	name := system.SafeName(words.T("brief.file", "Subject", r.Name, "Provider", a.Provider))
	pdf.Name, form.Name = name+".pdf", name+".xlsx"
	doc, err := p.headed(b.Document(words, p.Setting(SettingName), time.Now().UTC().Truncate(time.Second)))
	if err != nil {
		return pdf, form, words, err
	}
	if pdf.Content, _, err = render.PDF(doc); err != nil {
		return pdf, form, words, err
	}
	form.Content, err = b.Form(a.ID, words)
	return pdf, form, words, err
}

// normOf is the written norm of a provider, or language where that is not known.
func normOf(a *course.Asked, language string) string {
	if lang.Known(a.Norm) {
		return a.Norm
	}
	return language
}

// RequestFiles writes a request for each provider that has not answered into a
// folder. It tells for how many.
func (p *Program) RequestFiles(folder string, r *course.Requested, language string) (n int, err error) {
	for i := range r.Asked {
		if !r.Asked[i].Open() {
			continue
		}
		pdf, form, _, err := p.papers(r, &r.Asked[i], language)
		if err != nil {
			return n, err
		}
		for _, f := range []mail.File{pdf, form} {
			if err := disk.Write(filepath.Join(folder, f.Name), f.Content); err != nil {
				return n, err
			}
		}
		n++
	}
	return n, nil
}

// RequestDrafts puts a draft with the request into the mailbox for each provider
// that has not answered and has an address. account is its address, "" for the usual
// one. Nothing is sent. ca is trusted instead of the system's roots, nil for those.
func (p *Program) RequestDrafts(ctx context.Context, account string, r *course.Requested, step *lang.Printer, ca *x509.CertPool) (mail.Drafted, error) {
	var letters []mail.Letter
	for i := range r.Asked {
		a := &r.Asked[i]
		if !a.Open() || a.Email == "" {
			continue
		}
		pdf, form, words, err := p.papers(r, a, step.Code())
		if err != nil {
			return mail.Drafted{}, err
		}
		letter := mail.Letter{To: []string{a.Email}, Subject: words.T("brief.title", "Subject", r.Name), Text: words.T("course.draft.text", "Subject", r.Name, "Name", p.Setting(SettingName)),
			Language: words.Code(), Files: []mail.File{pdf, form}, About: link.Organisation, Record: a.Organisation}
		if r.Due != "" {
			letter.Text = words.T("course.draft.textDue", "Subject", r.Name, "Due", words.DateLong(r.Due), "Name", p.Setting(SettingName))
		}
		letters = append(letters, letter)
	}
	return p.Mail.Drafts(ctx, mail.StepWords(step, letters), account, letters, ca)
}

// DeclineDrafts puts a draft with the letter of a request into the mailbox for each
// provider that was declined and has an address, as RequestDrafts does.
func (p *Program) DeclineDrafts(ctx context.Context, account string, r *course.Requested, step *lang.Printer, ca *x509.CertPool) (mail.Drafted, error) {
	var letters []mail.Letter
	for i := range r.Asked {
		a := &r.Asked[i]
		if a.Status != partner.EnquiryDeclined || a.Email == "" || r.Letter == "" {
			continue
		}
		code := normOf(a, step.Code())
		letters = append(letters, mail.Letter{To: []string{a.Email}, Subject: lang.New(code).T("brief.title", "Subject", r.Name), Text: r.Letter, Language: code, About: link.Organisation, Record: a.Organisation})
	}
	return p.Mail.Drafts(ctx, mail.StepWords(step, letters), account, letters, ca)
}
