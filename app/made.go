package app

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"

	"kompetansepilot/app/disk"
	"kompetansepilot/app/document"
	"kompetansepilot/app/document/render"
	"kompetansepilot/data"
)

// WriteMade writes a document of an application to path, in place of a file that
// is there, and notes it in the workspace: m tells what it is. A workspace that
// can't be written keeps no note; the file is written all the same.
func (p *Program) WriteMade(label string, m data.MadeDocument, path string, write func(io.Writer) error) (data.MadeDocument, error) {
	sum, counted := sha256.New(), &counter{}
	err := disk.Replace(path, func(w io.Writer) error { return write(io.MultiWriter(w, sum, counted)) })
	if err != nil {
		return m, err
	}
	m.FileName, m.Path, m.SHA256, m.Size = filepath.Base(path), path, hex.EncodeToString(sum.Sum(nil)), counted.n
	if p.Workspace.ReadOnly() != nil {
		return m, nil
	}
	err = p.Workspace.Update(label, func(tx *data.Tx) error {
		m.Made, m.Actor = tx.Now(), tx.Actor()
		return tx.Put(&m)
	}, data.Fixed())
	if err != nil {
		return m, data.NewError("noteMade", "Filen {{.Path}} er skrevet, men arbeidsfilen kunne ikke notere det. Filen er hel og kan brukes.", err, "Path", path)
	}
	return m, nil
}

// SavePDF writes the PDF of an application, or of a version of it, to path and
// notes it. language "" is the application's own. It also tells which characters
// could not be shown.
func (p *Program) SavePDF(label, id, version, language, path string) (data.MadeDocument, []document.Replacement, error) {
	doc, err := p.Document(id, version, language)
	if err != nil {
		return data.MadeDocument{}, nil, err
	}
	content, replaced, err := render.PDF(doc)
	if err != nil {
		return data.MadeDocument{}, nil, err
	}
	norm, _, _ := strings.Cut(doc.Lang, "-")
	m, err := p.WriteMade(label, data.MadeDocument{Application: id, Version: version, MadeOf: data.MadePDF, Language: norm}, path, func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	})
	return m, replaced, err
}

// Made are the documents that were made of an application, newest first.
func (p *Program) Made(application string) ([]data.MadeDocument, error) {
	return data.MadeOf(p.Workspace, application)
}

// How a file stands against what was noted when it was made.
const (
	MadeSame    = "same"
	MadeChanged = "changed"
	MadeGone    = "gone" // no file is there
)

// CheckMade compares the file at path, "" for where it was written, with what
// was noted when it was made.
func (p *Program) CheckMade(m *data.MadeDocument, path string) (string, error) {
	if path == "" {
		path = m.Path
	}
	f, _, err := disk.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return MadeGone, nil
	}
	if err != nil {
		return "", err
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return "", data.NewError("readMade", "Filen {{.Path}} kan ikke leses. Se etter at du har lov til å lese den.", fmt.Errorf("check made: %w", err), "Path", path)
	}
	if hex.EncodeToString(sum.Sum(nil)) != m.SHA256 {
		return MadeChanged, nil
	}
	return MadeSame, nil
}

// counter counts bytes.
type counter struct{ n int64 }

// Write implements io.Writer.
func (c *counter) Write(p []byte) (int, error) {
	c.n += int64(len(p))
	return len(p), nil
}
