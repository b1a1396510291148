package grant

import (
	"path/filepath"
	"slices"
	"strings"

	"kompetansepilot/data"
)

// TakeIn keeps a file that came from elsewhere, as by mail, with an application's
// attachments, as one step named label. With evidence it confirms the financing row
// that evidence.BudgetRow names; nil is an attachment only.
func (s *Service) TakeIn(label, id, name string, content []byte, evidence *data.Evidence) (data.Attachment, error) {
	d, call, err := s.Load(id)
	if err != nil {
		return data.Attachment{}, err
	}
	f, err := fileField(&d, call, "")
	if err != nil {
		return data.Attachment{}, err
	}
	if len(content) > MaxAttachmentSize {
		return data.Attachment{}, data.NewError(data.CodeTooLarge, "Filen «{{.Name}}» er større enn {{.Max}} MB og er ikke lagt ved. Lag en mindre utgave, for eksempel en PDF med lavere oppløsning.", nil, "Name", name, "Max", MaxAttachmentSize>>20)
	}
	a := data.Attachment{Application: id, Field: f.ID, FileName: name, Title: strings.TrimSuffix(name, filepath.Ext(name)), MediaType: MediaType(name), Size: int64(len(content)), Position: int64(len(d.Attachments))}
	err = s.w.Update(label, func(tx *data.Tx) error {
		d, err := data.LoadDraft(tx, id)
		if err != nil {
			return err
		}
		if a.SHA256, err = tx.PutBlob(content); err != nil {
			return err
		}
		if err := tx.Put(&a); err != nil || evidence == nil {
			return err
		}
		if !slices.ContainsFunc(d.Financing, func(r data.BudgetRow) bool { return r.ID == evidence.BudgetRow && r.Type != GrantSource }) {
			return data.NewError(data.CodeNotFound+".financingRow", "Raden i finansieringsplanen finnes ikke lenger. Ingenting er tatt inn. Velg en annen.", nil)
		}
		e := *evidence
		e.Application, e.Attachment = id, a.ID
		return tx.Put(&e)
	})
	return a, err
}
