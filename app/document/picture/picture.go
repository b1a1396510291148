// Package picture reads pictures for documents: PNG and JPEG of every kind are
// turned into 8-bit sRGB, and a small, strict part of SVG into filled shapes.
// Nothing of a file goes into a document as it is, so neither a hidden place
// name in a photo nor a script in a drawing leaves the program.
package picture

import (
	"bytes"

	"kompetansepilot/app/document"
	"kompetansepilot/data"
)

// Limits of what is read. The second keeps the points of a picture below 200 MB
// while it is turned into what a document needs.
const (
	MaxBytes  = 40 << 20
	MaxPoints = 50_000_000
)

// The codes of this package's errors.
const (
	CodeKind      = "pictureKind"
	CodeBroken    = "pictureBroken"
	CodePoints    = "picturePoints"
	CodeBytes     = "pictureBytes"
	CodeScript    = "pictureScript"
	CodeReference = "pictureReference"
	CodePart      = "picturePart"
)

// Read reads the content of a picture file. name is what errors call it; the
// kind is told by the content. All errors are sentences for people.
func Read(name string, content []byte) (*document.Picture, error) {
	if len(content) > MaxBytes {
		return nil, data.NewError(CodeBytes, "Bildet «{{.Name}}» er større enn {{.Max}} MB og er ikke tatt inn. Lagre en mindre utgave og velg den.", nil,
			"Name", name, "Max", MaxBytes>>20)
	}
	switch {
	case bytes.HasPrefix(content, []byte("\x89PNG\r\n\x1a\n")), bytes.HasPrefix(content, []byte("\xff\xd8\xff")):
		return readPoints(name, content)
	case looksLikeSVG(content):
		return readDrawing(name, content)
	}
	return nil, data.NewError(CodeKind, "«{{.Name}}» er ikke et bilde som kan stå i et dokument. Ingenting er tatt inn. Velg en PNG-, JPEG- eller SVG-fil.", nil, "Name", name)
}

func broken(name string, err error) error {
	return data.NewError(CodeBroken, "Bildet «{{.Name}}» er skadet og kan ikke leses. Ingenting er tatt inn. Lagre det på nytt der det kommer fra, og velg det igjen.", err, "Name", name)
}

// looksLikeSVG tells whether the first thing in a file is markup.
func looksLikeSVG(content []byte) bool {
	start := bytes.TrimLeft(bytes.TrimPrefix(content, []byte("\ufeff")), " \t\r\n")
	return bytes.HasPrefix(start, []byte("<")) && bytes.Contains(start, []byte("<svg"))
}
