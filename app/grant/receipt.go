package grant

import (
	"mime"
	"path/filepath"
	"strings"

	"kompetansepilot/data"
)

// AddReceipt ties the portal's receipt, a file or a mail, to a version that was
// handed in. The version itself stays as it is.
func (s *Service) AddReceipt(label, version, fileName string, content []byte) (data.Receipt, error) {
	fileName = FileName(fileName)
	r := data.Receipt{FileName: fileName, MediaType: MediaType(fileName), Size: int64(len(content))}
	if err := attachable(fileName, content); err != nil {
		return r, err
	}
	v, err := s.Version(version)
	if err != nil {
		return r, err
	}
	if !v.Frozen {
		return r, data.NewError("notSubmitted.receipt", "Versjonen «{{.Name}}» er ikke sendt inn, så den kan ikke ha kvittering. Ingenting er endret. Noter innsendingen først.", nil, "Name", v.Name)
	}
	err = s.w.Update(label, func(tx *data.Tx) error {
		if r.SHA256, err = tx.PutBlob(content); err != nil {
			return err
		}
		r.Application, r.Version, r.Added, r.Actor = v.Application, v.ID, tx.Now(), tx.Actor()
		return tx.Put(&r)
	})
	return r, err
}

// RemoveReceipt moves a receipt to the trash.
func (s *Service) RemoveReceipt(label, receipt string) error {
	return s.w.Update(label, func(tx *data.Tx) error { return tx.Delete(&data.Receipt{Row: data.Row{ID: receipt}}) })
}

// Receipts of an application's versions, oldest first, by version.
func (s *Service) Receipts(application string) (map[string][]data.Receipt, error) {
	all, err := data.Live[data.Receipt](s.w, "application = ?", "added, id", application)
	if err != nil {
		return nil, err
	}
	by := map[string][]data.Receipt{}
	for _, r := range all {
		by[r.Version] = append(by[r.Version], r)
	}
	return by, nil
}

// Submitted is the application's last frozen version; ok is false before any.
func (s *Service) Submitted(application string) (v data.Version, ok bool, err error) {
	all, err := data.Live[data.Version](s.w, "application = ? AND frozen = 1", "created DESC, id DESC LIMIT 1", application)
	if err != nil || len(all) == 0 {
		return v, false, err
	}
	return all[0], true, nil
}

// attachable refuses what is not worth keeping, and what is too large to be.
func attachable(fileName string, content []byte) error {
	switch {
	case len(content) > MaxAttachmentSize:
		return data.NewError(data.CodeTooLarge, "Filen «{{.Name}}» er større enn {{.Max}} MB og er ikke lagt ved. Lag en mindre utgave, for eksempel en PDF med lavere oppløsning.", nil, "Name", fileName, "Max", MaxAttachmentSize>>20)
	case len(content) == 0:
		return data.NewError("emptyFile", "Filen «{{.Name}}» er tom og er ikke lagt ved. Velg en annen fil.", nil, "Name", fileName)
	}
	return nil
}

// MediaType is the type of a file by its name.
func MediaType(fileName string) string {
	ending := strings.ToLower(filepath.Ext(fileName))
	switch ending {
	case ".eml": // systems do not agree on these two
		return "message/rfc822"
	case ".msg":
		return "application/vnd.ms-outlook"
	}
	if t := mime.TypeByExtension(ending); t != "" {
		return t
	}
	return "application/octet-stream"
}
