package documents

import (
	"context"
	"io"
	"path/filepath"
	"strings"

	"kompetansepilot/app/document"
	"kompetansepilot/app/exchange/bundle"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/task"
)

// making makes documents of the draft (version "") or of a version.
type making struct {
	section  *section
	version  string
	pdf      *kit.Button
	bundle   *kit.Button
	progress *kit.Text
}

func (m *making) onPDF() {
	words := m.section.page.words
	filter := kit.FileFilter{Name: words.T("bundle.pdfFiles"), Extensions: []string{".pdf"}}
	m.section.page.files.Save(words.T("bundle.savePDF"), m.fileName(words.T("bundle.fileNamePDF"))+".pdf", filter, func(path string) {
		m.make(withEnding(path, ".pdf"), data.MadePDF, m.writePDF)
	})
}

func (m *making) onBundle() {
	words := m.section.page.words
	filter := kit.FileFilter{Name: words.T("bundle.zipFiles"), Extensions: []string{".zip"}}
	m.section.page.files.Save(words.T("bundle.saveBundle"), m.fileName(words.T("bundle.fileName"))+".zip", filter, func(path string) {
		m.make(withEnding(path, ".zip"), data.MadeBundle, m.writeBundle)
	})
}

// fileName is what a file may be called: what it is, and of which application.
func (m *making) fileName(what string) string {
	submitted := ""
	for i := range m.section.shown.versions {
		if v := &m.section.shown.versions[i]; v.ID == m.version {
			submitted = v.Submitted
		}
	}
	return bundle.FileStem(what, m.section.name, submitted)
}

func withEnding(path, ending string) string {
	if strings.EqualFold(filepath.Ext(path), ending) {
		return path
	}
	return path + ending
}

// finished is what was made.
type finished struct {
	document data.MadeDocument
	replaced int // characters that the PDF could not show
}

// make makes a document in the background and notes it.
func (m *making) make(path, kind string, write func() (func(io.Writer) error, []document.Replacement, error)) {
	p, id := m.section.page, m.section.id
	label := p.words.T("bundle.made", "Name", filepath.Base(path))
	m.busy(true)
	task.Run(p.env.Tasks, context.Background(), func(context.Context) (finished, error) {
		a, err := data.Get[data.Application](p.env.Program.Workspace, id)
		if err != nil {
			return finished{}, err
		}
		to, replaced, err := write()
		if err != nil {
			return finished{}, err
		}
		made, err := p.env.Program.WriteMade(label, data.MadeDocument{Application: id, Version: m.version, MadeOf: kind, Language: a.Language}, path, to)
		n := 0
		for _, r := range replaced {
			n += r.Count
		}
		return finished{made, n}, err
	}, m.onMade)
}

func (m *making) writePDF() (func(io.Writer) error, []document.Replacement, error) {
	content, replaced, err := m.section.page.pdf(m.section.id, m.version, "")
	return func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	}, replaced, err
}

func (m *making) writeBundle() (func(io.Writer) error, []document.Replacement, error) {
	p := m.section.page
	maker := bundle.Maker{Workspace: p.env.Program.Workspace, Grants: p.env.Program.Grants, PDF: p.pdf, Program: p.program}
	b, err := maker.Make(m.section.id, m.version, "")
	if err != nil {
		return nil, nil, err
	}
	return b.WriteZip, b.Replaced, nil
}

func (m *making) onMade(f finished, err error) {
	p := m.section.page
	m.busy(false)
	if err != nil {
		p.env.Shell.Fail(p.words.T("bundle.makingFile"), err)
		return
	}
	p.env.Shell.Saved()
	text := p.words.T("bundle.made", "Name", f.document.FileName)
	if f.replaced > 0 {
		text += " " + p.words.N("bundle.replaced", f.replaced)
	}
	p.env.Shell.Toast(text, false)
}

func (m *making) busy(on bool) {
	m.progress.Hidden = !on
	for _, b := range []*kit.Button{m.pdf, m.bundle} {
		if on {
			b.Disable()
		} else {
			b.Enable()
		}
	}
	if !m.section.page.left {
		m.section.line.Refresh()
		m.section.page.relay()
	}
}
