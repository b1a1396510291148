package grant

import (
	"path/filepath"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"kompetansepilot/app/disk"
	"kompetansepilot/data"
)

// AttachFile keeps a file as an attachment of a field. field "" is the first one
// that takes any number of files, or else the first that is free; title "" is the
// file's name without its ending.
func (s *Service) AttachFile(label, id, field, title, path string) (data.Attachment, error) {
	d, call, err := s.Load(id)
	if err != nil {
		return data.Attachment{}, err
	}
	f, err := fileField(&d, call, field)
	if err != nil {
		return data.Attachment{}, err
	}
	content, err := disk.Read(path, MaxAttachmentSize)
	if err != nil {
		return data.Attachment{}, err
	}
	name := FileName(filepath.Base(path))
	if Blank(title) {
		title = stem(name)
	}
	a := data.Attachment{Field: f.ID, FileName: name, Title: title, MediaType: MediaType(name)}
	key, err := s.Attach(label, id, a, content)
	if err != nil {
		return data.Attachment{}, err
	}
	return data.Get[data.Attachment](s.w, key)
}

// FileName is a file's own name as it is kept and can stand in a line: without
// what is not seen and what moves the letters of the line.
func FileName(name string) string {
	name = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Cf, r):
			return -1
		case unicode.IsControl(r):
			return ' '
		}
		return r
	}, norm.NFC.String(strings.ToValidUTF8(name, "_")))
	return strings.TrimSpace(name)
}

// fileField finds the field for a new attachment.
func fileField(d *data.Draft, call *Call, id string) (*Field, error) {
	if id != "" {
		f := call.Field(id)
		switch {
		case f == nil:
			return nil, data.NewError("unknownField", "Utlysningen har ikke noe felt som heter «{{.Field}}». Ingenting er endret.", nil, "Field", id)
		case f.Type != TypeFile && f.Type != TypeFiles:
			return nil, data.NewError("noFileField", "Feltet «{{.Field}}» tar ikke filer. Ingenting er endret.", nil, "Field", id)
		case f.Type == TypeFile && Filled(d, f):
			return nil, data.NewError("fieldFull", "Feltet «{{.Field}}» har en fil allerede, og tar bare én. Ingenting er endret. Fjern den først.", nil, "Field", id)
		}
		return f, nil
	}
	for _, f := range call.FieldsOf(TypeFiles) {
		return f, nil
	}
	for _, f := range call.FieldsOf(TypeFile) {
		if !Filled(d, f) {
			return f, nil
		}
	}
	return nil, data.NewError("noFileField.free", "Utlysningen har ikke noe ledig felt for filer. Ingenting er endret.", nil)
}
