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

// onSave asks where the PDF shall lie.
func (v *previewView) onSave() {
	d := v.desk
	name := app.PDFName(&d.draft, v.language.Selected())
	d.chooser().Save(d.words.T("preview.saveTitle"), name, kit.FileFilter{Name: d.words.T("preview.files"), Extensions: []string{".pdf"}}, v.saveTo)
}

// saveTo writes the PDF to a file that the person has chosen.
func (v *previewView) saveTo(path string) {
	d, name := v.desk, filepath.Base(path)
	v.withPDF(d.words.T("preview.saving"), func(content []byte) error {
		if err := app.WriteFile(path, content); err != nil {
			return &data.Error{Code: "writeFile", Message: d.words.T("preview.unwritable", "Name", name), Err: err}
		}
		return nil
	}, func() { d.env.Shell.Toast(d.words.T("preview.saved", "Name", name), false) })
}

func (v *previewView) onOpen()  { v.handOver(v.desk.words.T("preview.opening"), system.Open) }
func (v *previewView) onPrint() { v.handOver(v.desk.words.T("preview.printing"), system.Print) }

// handOver gives a copy of the PDF to another program.
func (v *previewView) handOver(doing string, to func(path string) error) {
	name := app.PDFName(&v.desk.draft, v.language.Selected())
	v.withPDF(doing, func(content []byte) error {
		path, err := writeTemp(name, content)
		if err != nil {
			return err
		}
		return to(path)
	}, nil)
}

// withPDF makes the PDF of what is written by now and does something with it,
// in the background. done may be nil.
func (v *previewView) withPDF(doing string, work func(content []byte) error, done func()) {
	d, language := v.desk, v.language.Selected()
	d.saver.Flush()
	task.Run(d.env.Tasks, context.Background(), func(ctx context.Context) (struct{}, error) {
		if err := d.saver.serial.Drain(ctx); err != nil {
			return struct{}{}, err
		}
		content, _, err := d.env.Program.PDF(d.id, "", language)
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
