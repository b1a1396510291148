// Package textio takes an application's text out of the program, as Markdown or
// as a Word document, for colleagues who write elsewhere, and back in again.
//
// Each field begins with its heading and a quiet line, its mark:
//
//	[[kp:background#3f2a9c1b | Why the project is needed. At most 4 000 characters.]]
//
// The mark names the field and says what its text was when it went out, as a
// hash. It is plain text because that is the one thing that Word, LibreOffice,
// Google Docs, mail and every Markdown editor leave alone; styles, comments,
// hidden text and bookmarks each get lost in one of them. What stands inside the
// brackets is never read back as text. In Word documents the heading carries a
// bookmark too, and where both are gone, a heading that is the field's label
// word for word will do.
package textio

import (
	"bytes"
	"path/filepath"
	"strings"

	"kompetansepilot/app/disk"
	"kompetansepilot/data"
)

// Format is a kind of file.
type Format string

// The formats.
const (
	Markdown Format = "md"
	Word     Format = "docx"
)

// Limits of what is read, in bytes. A whole application is some 50 kB of text;
// pictures that a colleague pastes in are not text, and are not read.
const (
	maxFile = 64 << 20 // on the disk
	maxText = 4 << 20  // text, in either format
)

// Extensions are the endings of file names that Read takes.
func Extensions() []string { return []string{".docx", ".md", ".markdown", ".txt"} }

// FormatOf is the format that a file's name asks for. The error has code
// textFormat.
func FormatOf(path string) (Format, error) {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".docx":
		return Word, nil
	case ".md", ".markdown", ".txt":
		return Markdown, nil
	}
	return "", data.NewError("textFormat", "«{{.Name}}» er verken et Word-dokument (.docx) eller Markdown (.md). Ingenting er endret. Velg et navn med en av disse endingene.", nil, "Name", filepath.Base(path))
}

// File is what was read from a file: its headings and paragraphs.
type File struct {
	Name   string // without folder
	Format Format

	blocks []block
}

// block is a heading or a paragraph.
type block struct {
	heading int // level, 1 is the highest; 0 for a paragraph
	text    string
	ids     []string // names of bookmarks that stand in it
}

// ReadFile reads a file that a colleague has written in. Its errors say what is
// wrong in one sentence.
func ReadFile(path string) (*File, error) {
	name := filepath.Base(path)
	if _, err := FormatOf(path); err != nil {
		return nil, err
	}
	content, err := disk.Read(path, maxFile)
	if data.Code(err) == data.CodeTooLarge {
		return nil, tooLarge(name)
	}
	if err != nil {
		return nil, err
	}
	return Read(name, content)
}

// Read is ReadFile for what has been read already. What the file is counts for
// more than what it is called.
func Read(name string, content []byte) (*File, error) {
	format, err := FormatOf(name)
	if err != nil {
		return nil, err
	}
	f := &File{Name: name, Format: format}
	switch {
	case len(content) > maxFile:
		return nil, tooLarge(name)
	case bytes.HasPrefix(content, []byte("\xd0\xcf\x11\xe0")): // Word before 2007, and anything with a password
		return nil, locked(name)
	case bytes.HasPrefix(content, []byte("PK\x03\x04")):
		f.Format = Word
		f.blocks, err = readWord(name, content)
	case format == Word:
		err = notWord(name, nil)
	case len(content) > maxText:
		err = tooLarge(name)
	default:
		f.blocks, err = readMarkdown(name, content)
	}
	if err != nil {
		return nil, err
	}
	return f, nil
}

func tooLarge(name string) error {
	return data.NewError(data.CodeTooLarge+".text", "«{{.Name}}» er for stor til å være teksten i en søknad, og er ikke lest. Ingenting er endret. Ta ut bilder og vedlegg, lagre på nytt, og prøv igjen.", nil, "Name", name)
}

func locked(name string) error {
	return data.NewError("textFormat.old", "«{{.Name}}» er en eldre Word-fil (.doc) eller er låst med passord, og kan ikke leses. Ingenting er endret. Lagre den som .docx uten passord, og prøv igjen.", nil, "Name", name)
}

func notWord(name string, err error) error {
	return data.NewError("textFormat.word", "«{{.Name}}» er ikke et Word-dokument, selv om den heter det. Ingenting er endret. Åpne den i programmet den er laget i, lagre den som .docx, og prøv igjen.", err, "Name", name)
}

func damaged(name string, err error) error {
	return data.NewError(data.CodeDamaged+".text", "«{{.Name}}» er skadet eller ikke hel, og kan ikke leses. Ingenting er endret. Åpne den i Word, lagre den på nytt, og prøv igjen.", err, "Name", name)
}

func unmerged(name string) error {
	return data.NewError("textFormat.unmerged", "«{{.Name}}» har merker etter to utgaver som ikke er flettet ferdig (<<<<<<<). Ingenting er endret. Åpne den, velg hvilken tekst som gjelder, ta bort merkene, og prøv igjen.", nil, "Name", name)
}

func badLetters(name string) error {
	return data.NewError(data.CodeDamaged+".letters", "«{{.Name}}» har bokstaver som ikke lar seg lese; noe av filen er skadet eller lagret på en annen måte enn resten. Ingenting er endret. Lagre den på nytt som UTF-8, og prøv igjen.", nil, "Name", name)
}

func notText(name string) error {
	return data.NewError("textFormat.text", "«{{.Name}}» er ikke en tekstfil. Ingenting er endret. Velg filen som ble laget med «Tekst ut».", nil, "Name", name)
}
