package kit

import (
	"fyne.io/fyne/v2"

	"kompetansepilot/app/lang"
)

// FileFilter is a kind of file.
type FileFilter struct {
	Name       string   // "PDF-filer"
	Extensions []string // ".pdf", lower case; none means all files
}

// FileChooser asks for a file or a folder. done gets a full path and is not
// called when the person changes their mind.
type FileChooser interface {
	Open(title string, filter FileFilter, done func(path string))
	Save(title, name string, filter FileFilter, done func(path string))
	Folder(title string, done func(path string))
}

// NewFileChooser makes the chooser of a window. last is the folder to start in,
// "" for the home folder; remember gets the folder of each choice. Both may be
// nil.
func NewFileChooser(w fyne.Window, words *lang.Printer, last func() string, remember func(folder string)) FileChooser {
	return &fileChooser{window: w, words: words, last: last, remember: remember}
}

type fileChooser struct {
	window   fyne.Window
	words    *lang.Printer
	last     func() string
	remember func(string)
}

func (c *fileChooser) Open(title string, filter FileFilter, done func(string)) {
	newFileDialog(c, title, c.words.T("kit.file.open"), openFile, filter, "", done)
}

func (c *fileChooser) Save(title, name string, filter FileFilter, done func(string)) {
	newFileDialog(c, title, c.words.T("kit.file.save"), saveFile, filter, name, done)
}

func (c *fileChooser) Folder(title string, done func(string)) {
	newFileDialog(c, title, c.words.T("kit.file.choose"), chooseFolder, FileFilter{}, "", done)
}

// FakeChooser answers at once with Path, for tests; an empty Path is a person
// who changes their mind.
type FakeChooser struct {
	Path  string
	Asked []string // the titles
}

var _ FileChooser = (*FakeChooser)(nil)

// Open answers with Path.
func (f *FakeChooser) Open(title string, _ FileFilter, done func(string)) { f.answer(title, done) }

// Save answers with Path.
func (f *FakeChooser) Save(title, _ string, _ FileFilter, done func(string)) { f.answer(title, done) }

// Folder answers with Path.
func (f *FakeChooser) Folder(title string, done func(string)) { f.answer(title, done) }

func (f *FakeChooser) answer(title string, done func(string)) {
	f.Asked = append(f.Asked, title)
	if f.Path != "" {
		done(f.Path)
	}
}
