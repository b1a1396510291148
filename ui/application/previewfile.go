package application

import (
	"context"
	"path/filepath"

	"kompetansepilot/app"
	"kompetansepilot/app/system"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/task"
)

// pdfOf names a PDF: the application as it is now or one of its versions, in a
// written norm ("" for its own).
type pdfOf struct {
	desk              *desk
	version, language string
}

func (v *previewView) pdf() pdfOf { return pdfOf{desk: v.desk, language: v.language.Selected()} }

func (v *previewView) onSave()  { v.pdf().save() }
func (v *previewView) onOpen()  { v.pdf().handOver(v.desk.words.T("preview.opening"), system.Open) }
func (v *previewView) onPrint() { v.pdf().handOver(v.desk.words.T("preview.printing"), system.Print) }

// save asks where the PDF shall lie.
func (p pdfOf) save() {
	words := p.desk.words
	filter := kit.FileFilter{Name: words.T("preview.files"), Extensions: []string{".pdf"}}
	p.desk.chooser().Save(words.T("preview.saveTitle"), p.name(), filter, p.saveTo)
}

func (p pdfOf) name() string { return app.PDFName(&p.desk.draft, p.language) }

// saveTo writes the PDF to a file that the person has chosen.
func (p pdfOf) saveTo(path string) {
	d, name := p.desk, filepath.Base(path)
	p.make(d.words.T("preview.saving"), func(content []byte) error {
		if err := app.WriteFile(path, content); err != nil {
			return &data.Error{Code: "writeFile", Message: d.words.T("preview.unwritable", "Name", name), Err: err}
		}
		return nil
	}, func() { d.env.Shell.Toast(d.words.T("preview.saved", "Name", name), false) })
}

// handOver gives a copy of the PDF to another program.
func (p pdfOf) handOver(doing string, to func(path string) error) {
	name := p.name()
	p.make(doing, func(content []byte) error {
		path, err := writeTemp(name, content)
		if err != nil {
			return err
		}
		return to(path)
	}, nil)
}

// make writes the PDF of what is written by now and does something with it, in
// the background. done may be nil.
func (p pdfOf) make(doing string, work func(content []byte) error, done func()) {
	d := p.desk
	d.saver.Flush()
	task.Run(d.env.Tasks, context.Background(), func(ctx context.Context) (struct{}, error) {
		if err := d.saver.Drain(ctx); err != nil {
			return struct{}{}, err
		}
		content, _, err := d.env.Program.PDF(d.id, p.version, p.language)
		if err != nil {
			return struct{}{}, err
		}
		return struct{}{}, work(content)
	}, func(_ struct{}, err error) {
		switch {
		case err != nil:
			d.env.Shell.Fail(doing, err)
		case done != nil:
			done()
		}
	})
}
