package application

import (
	"context"
	"path/filepath"

	"kompetansepilot/app"
	"kompetansepilot/app/system"
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
	done := d.words.T("preview.saved", "Name", name)
	p.afterTyping(d.words.T("preview.saving"), func() error {
		_, _, err := d.env.Program.SavePDF(done, d.id, p.version, p.language, path)
		return err
	}, func() { d.env.Shell.Toast(done, false) })
}

// handOver gives a copy of the PDF to another program.
func (p pdfOf) handOver(doing string, to func(path string) error) {
	name := p.name()
	p.afterTyping(doing, func() error {
		content, _, err := p.desk.env.Program.PDF(p.desk.id, p.version, p.language)
		if err != nil {
			return err
		}
		path, err := writeTemp(name, content)
		if err != nil {
			return err
		}
		return to(path)
	}, nil)
}

// afterTyping works in the background once all that is typed is stored. done may
// be nil.
func (p pdfOf) afterTyping(doing string, work func() error, done func()) {
	d := p.desk
	d.saver.Flush()
	task.Run(d.env.Tasks, context.Background(), func(ctx context.Context) (struct{}, error) {
		if err := d.saver.Drain(ctx); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, work()
	}, func(_ struct{}, err error) {
		switch {
		case err != nil:
			d.env.Shell.Fail(doing, err)
		case done != nil:
			done()
		}
	})
}
