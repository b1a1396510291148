package app

import (
	"path/filepath"
	"time"

	"kompetansepilot/app/course"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/system"
)

// RequestFiles writes a request for each provider that has not answered into a
// folder: a PDF to read and a workbook to answer in, in the provider's written norm,
// or in language where that is not known. It tells for how many.
func (p *Program) RequestFiles(folder string, r *course.Requested, language string) (n int, err error) {
	for i := range r.Asked {
		a := &r.Asked[i]
		if !a.Open() {
			continue
		}
		code := a.Norm
		if !lang.Known(code) {
			code = language
		}
		words := lang.New(code)
		b, err := p.Courses.Brief(&r.Request, words)
		if err != nil {
			return n, err
		}
		path := filepath.Join(folder, system.SafeName(words.T("brief.file", "Subject", r.Name, "Provider", a.Provider)))
		if err := p.SaveReport(b.Document(words, p.Setting(SettingName), time.Now().UTC().Truncate(time.Second)), path+".pdf"); err != nil {
			return n, err
		}
		if err := b.SaveForm(path+".xlsx", a.ID, words); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}
