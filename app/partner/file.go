package partner

import (
	"io"
	"mime"
	"path/filepath"

	"kompetansepilot/app/disk"
	"kompetansepilot/data"
)

// CodeUnreadable is the code of the error for a file that cannot be read.
const CodeUnreadable = "unreadableFile"

// MaxFileSize is the largest file that is kept, in bytes.
const MaxFileSize = 100 << 20

// File is a file on its way into the workspace.
type File struct {
	Name, MediaType string
	Content         []byte
}

// ReadFile reads a file to keep. The error has CodeTooLarge for one over
// MaxFileSize, of which no more than that is read.
func ReadFile(path string) (*File, error) {
	f := &File{Name: filepath.Base(path), MediaType: mime.TypeByExtension(filepath.Ext(path))}
	if f.MediaType == "" {
		f.MediaType = "application/octet-stream"
	}
	from, _, err := disk.Open(path)
	if err != nil {
		return nil, unreadable(f.Name, err)
	}
	defer from.Close()
	if f.Content, err = io.ReadAll(io.LimitReader(from, MaxFileSize+1)); err != nil {
		return nil, unreadable(f.Name, err)
	}
	if len(f.Content) > MaxFileSize {
		return nil, data.NewError(data.CodeTooLarge+".kept", "Filen «{{.Name}}» er større enn {{.Max}} MB og er ikke lagt inn. Lag en mindre utgave, for eksempel en PDF med lavere oppløsning.", nil, "Name", f.Name, "Max", MaxFileSize>>20)
	}
	return f, nil
}

func unreadable(name string, err error) error {
	return data.NewError(CodeUnreadable, "Filen «{{.Name}}» kan ikke leses. Ingenting er endret. Sjekk at den finnes og at du har tilgang til den, og prøv igjen.", err, "Name", name)
}

// Keep keeps the file's bytes in the workspace and gives what a record says of
// it.
func (f *File) Keep(tx *data.Tx) (data.KeptFile, error) {
	sha, err := tx.PutBlob(f.Content)
	return data.KeptFile{FileName: f.Name, MediaType: f.MediaType, Size: int64(len(f.Content)), SHA256: sha}, err
}
