package offerings

import (
	"path/filepath"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
)

// onImport reads a file of offerings and tells what came of it.
func (p *Page) onImport() {
	filter := kit.FileFilter{Name: p.words.T("offering.importFiles"), Extensions: []string{".csv", ".txt", ".tsv"}}
	p.chooser.Open(p.words.T("offering.importTitle"), filter, p.importFile)
}

func (p *Page) importFile(path string) {
	w, label := p.words, p.words.T("offering.step.import", "Name", filepath.Base(path))
	var done partner.Imported
	p.save.Do(func() (err error) {
		done, err = p.store.ImportFile(label, path, false)
		return err
	}, func(err error) {
		if err != nil {
			p.env.Shell.Fail(label, err)
			return
		}
		p.env.Shell.Saved()
		said := w.T("offering.imported", "Created", w.Number(int64(done.Created)), "Updated", w.Number(int64(done.Updated)), "Unchanged", w.Number(int64(done.Unchanged)))
		if len(done.Rejected) == 0 {
			p.env.Shell.Toast(said, done.Transaction != 0)
			return
		}
		text := said + "\n\n" + w.N("offering.rejected", len(done.Rejected)) + "\n"
		for _, r := range done.Rejected {
			text += w.T("offering.rejectedRow", "Row", r.Row, "Reason", reasonOf(w, r)) + "\n"
		}
		kit.ShowText(p.env.Shell.Window(), w, label, text)
	})
}

// reasonOf is why a row was not taken, in the person's language.
func reasonOf(w *lang.Printer, r partner.Rejected) string {
	e, ok := r.Err.(*data.Error)
	if !ok || e.Text == "" || !w.Has(e.Text) {
		return r.Reason
	}
	var pairs []any
	for name, value := range e.Args {
		pairs = append(pairs, name, value)
	}
	return w.T(e.Text, pairs...)
}
