package data

import "errors"

// Logo is the picture at the top of the county's documents.
type Logo struct {
	SHA256   string `json:"sha256,omitempty"` // of a blob; "" for none
	FileName string `json:"fileName,omitempty"`
}

// The settings that hold the logo.
const (
	settingLogo     = "logo"
	settingLogoName = "logoName"
)

// CurrentLogo is the logo that documents get now.
func CurrentLogo(r Reader) (Logo, error) {
	var l Logo
	for id, to := range map[string]*string{settingLogo: &l.SHA256, settingLogoName: &l.FileName} {
		s, err := Get[Setting](r, id)
		if err != nil && !errors.Is(err, &Error{Code: CodeNotFound}) {
			return Logo{}, err
		}
		*to = s.Value
	}
	return l, nil
}

// PutLogo makes a picture, whose bytes are a blob already, the county's logo.
func (tx *Tx) PutLogo(l Logo) error {
	return errors.Join(
		tx.Put(&Setting{Row: Row{ID: settingLogo}, Value: l.SHA256}),
		tx.Put(&Setting{Row: Row{ID: settingLogoName}, Value: l.FileName}))
}
