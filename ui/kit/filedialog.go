package kit

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

type fileMode int

const (
	openFile fileMode = iota
	saveFile
	chooseFolder
)

// maxEntries is how many entries of a folder are shown.
const maxEntries = 2000

// fileDialog shows the folders and files of one folder, and a line for a name
// or a whole path.
type fileDialog struct {
	chooser *fileChooser
	mode    fileMode
	filter  FileFilter
	done    func(string)
	reads   *task.Latest

	folder string
	dialog *Dialog
	up     *Button
	where  *Text
	list   *focusList
	scroll *container.Scroll
	name   *TextField
	note   *Text
}

func newFileDialog(c *fileChooser, title, verb string, mode fileMode, filter FileFilter, name string, done func(string)) {
	d := &fileDialog{chooser: c, mode: mode, filter: filter, done: done, reads: task.NewLatest(runnerOf(c.window.Canvas()))}
	d.where, d.note = NewQuietText(""), NewQuietText("")
	d.up = NewIconButton(fynetheme.MoveUpIcon(), c.words.T("kit.file.up"), d.onUp)
	d.list = newFocusList(d.onPick, d.onUp)
	d.list.onRune = d.onRune
	d.scroll = container.NewVScroll(d.list)
	d.name = NewTextField()
	d.name.SetText(name)
	label := "kit.file.name"
	if mode == chooseFolder {
		label = "kit.file.folderName"
	}
	row := Row(d.up)
	d.addPlaces(row, d.places())
	content := Column(theme.Size(theme.SizeNameGap), row, d.where,
		NewCard(container.New(&heightLayout{height: 264}, d.scroll)), d.note,
		NewField(c.words, FieldOptions{Label: c.words.T(label), Hint: d.filterHint()}, d.name))
	focus := fyne.Focusable(d.list)
	if mode == saveFile {
		focus = d.name.FocusTarget()
	}
	d.dialog = ShowCustom(c.window, c.words, Custom{
		Title: title, Content: content, Verb: verb, OnVerb: d.onVerb, Width: 680, Focus: focus,
	})
	if mode == saveFile {
		d.name.selectAll() // what is typed takes the place of the suggestion; the ending is put on
	}
	d.enter(d.start())
	task.Run(runnerOf(c.window.Canvas()), context.Background(), drives, func(found []Option, _ error) { d.addPlaces(row, found) })
}

func (d *fileDialog) addPlaces(row *fyne.Container, places []Option) {
	for _, place := range places {
		row.Add(NewLink(place.Label, func() { d.enter(place.ID) }))
	}
}

// drives are the drives of a Windows machine. A network drive that does not
// answer takes seconds, so this runs in the background.
func drives(ctx context.Context) ([]Option, error) {
	if runtime.GOOS != "windows" {
		return nil, nil
	}
	var out []Option
	for letter := 'C'; letter <= 'Z' && ctx.Err() == nil; letter++ {
		root := string(letter) + `:\`
		if _, err := os.Stat(root); err == nil {
			out = append(out, Option{ID: root, Label: string(letter) + ":"})
		}
	}
	return out, ctx.Err()
}

// runnerOf is the runner of the window's Stage; a window without one, as in a
// test, reads folders at once.
func runnerOf(c fyne.Canvas) *task.Runner {
	if stage, ok := c.Content().(*Stage); ok {
		return stage.tasks
	}
	return task.NewSync()
}

func (d *fileDialog) start() string {
	if d.chooser.last != nil {
		if dir := d.chooser.last(); dir != "" {
			return dir
		}
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return string(filepath.Separator)
	}
	return home
}

// places are the folders that people keep things in.
func (d *fileDialog) places() []Option {
	home, err := os.UserHomeDir()
	if err != nil {
		return nil
	}
	words := d.chooser.words
	out := []Option{{ID: home, Label: words.T("kit.file.home")}}
	for _, p := range []struct {
		key   string
		names []string
	}{
		{"kit.file.documents", []string{"Documents", "Dokumenter"}},
		{"kit.file.desktop", []string{"Desktop", "Skrivebord"}},
		{"kit.file.downloads", []string{"Downloads", "Nedlastinger"}},
	} {
		for _, name := range p.names {
			dir := filepath.Join(home, name)
			if info, err := os.Stat(dir); err == nil && info.IsDir() {
				out = append(out, Option{ID: dir, Label: words.T(p.key)})
				break
			}
		}
	}
	return out
}

func (d *fileDialog) filterHint() string {
	if len(d.filter.Extensions) == 0 {
		return ""
	}
	return d.filter.Name + " (" + strings.Join(d.filter.Extensions, ", ") + ")"
}

// enter shows a folder, once it is read: a network folder may take its time.
func (d *fileDialog) enter(dir string) {
	d.note.SetText(d.chooser.words.T("kit.file.reading"))
	filter, mode := d.filter, d.mode
	task.RunLatest(d.reads, context.Background(), func(context.Context) ([]Option, error) {
		return readFolder(dir, filter, mode)
	}, func(options []Option, err error) {
		if err != nil {
			d.note.SetText(d.chooser.words.T("kit.file.unreadable", "Folder", dir))
			return
		}
		d.folder = dir
		d.where.SetText(dir)
		d.note.SetText("")
		switch {
		case len(options) == 0:
			d.note.SetText(d.chooser.words.T("kit.file.empty"))
		case len(options) == maxEntries:
			d.note.SetText(d.chooser.words.T("kit.file.many", "Count", d.chooser.words.Number(maxEntries)))
		}
		d.list.set(options, "")
		d.scroll.Refresh()
		d.scroll.ScrollToTop()
	})
}

// readFolder lists folders first, then the files of the kind, without hidden
// ones.
func readFolder(dir string, filter FileFilter, mode fileMode) ([]Option, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var folders, files []Option
	for _, e := range entries {
		name := e.Name()
		if strings.HasPrefix(name, ".") || strings.HasPrefix(name, "$") {
			continue
		}
		path := filepath.Join(dir, name)
		switch {
		case isFolder(path, e):
			folders = append(folders, Option{ID: path, Label: name, icon: fynetheme.FolderIcon()})
		case mode != chooseFolder && filter.takes(name):
			files = append(files, Option{ID: path, Label: name, Note: changedOn(e), icon: fynetheme.FileIcon()})
		}
	}
	byName := func(a, b Option) int { return strings.Compare(Fold(a.Label), Fold(b.Label)) }
	slices.SortFunc(folders, byName)
	slices.SortFunc(files, byName)
	all := append(folders, files...)
	return all[:min(len(all), maxEntries)], nil
}

// isFolder follows links.
func isFolder(path string, e fs.DirEntry) bool {
	if e.IsDir() {
		return true
	}
	if e.Type()&fs.ModeSymlink == 0 {
		return false
	}
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

func changedOn(e fs.DirEntry) string {
	info, err := e.Info()
	if err != nil {
		return ""
	}
	return info.ModTime().Format("02.01.2006")
}

func (f FileFilter) takes(name string) bool {
	return len(f.Extensions) == 0 || slices.Contains(f.Extensions, strings.ToLower(filepath.Ext(name)))
}

// onRune lets a path be typed wherever one is: it begins in the line for it.
func (d *fileDialog) onRune(r rune) bool {
	if r != '/' && r != '~' && r != filepath.Separator {
		return false
	}
	d.name.SetText("")
	line := d.name.FocusTarget()
	d.dialog.canvas.Focus(line)
	line.TypedRune(r)
	return true
}

func (d *fileDialog) onUp() { d.enter(filepath.Dir(d.folder)) }

func (d *fileDialog) onPick(o Option) {
	if info, err := os.Stat(o.ID); err == nil && info.IsDir() {
		d.enter(o.ID)
		return
	}
	d.name.SetText(o.Label)
	d.dialog.canvas.Focus(d.name.FocusTarget())
}

// target is the path that stands in the line; "" is the folder itself.
func (d *fileDialog) target() string {
	name := strings.TrimSpace(d.name.Text())
	if rest, ok := strings.CutPrefix(name, "~"+string(filepath.Separator)); ok {
		if home, err := os.UserHomeDir(); err == nil {
			name = filepath.Join(home, rest)
		}
	}
	if name == "" || filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(d.folder, name)
}

// onVerb goes into a folder whose path was written, or answers. It closes the
// dialog itself.
func (d *fileDialog) onVerb() bool {
	path := d.target()
	if path == "" && d.mode == chooseFolder {
		path = d.folder
	}
	if path == "" {
		d.dialog.SetProblem(d.chooser.words.T("kit.file.noName"))
		return false
	}
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir() && d.mode != chooseFolder:
		d.name.SetText("")
		d.enter(path)
	case d.mode == chooseFolder && (err != nil || !info.IsDir()), d.mode == openFile && err != nil:
		d.dialog.SetProblem(d.chooser.words.T("kit.file.missing", "Path", path))
	case d.mode == saveFile:
		d.save(path)
	default:
		d.answer(path)
	}
	return false
}

// save adds the extension and asks before it writes over a file.
func (d *fileDialog) save(path string) {
	if !d.filter.takes(path) {
		path += d.filter.Extensions[0]
	}
	if _, err := os.Stat(filepath.Dir(path)); err != nil {
		d.dialog.SetProblem(d.chooser.words.T("kit.file.missing", "Path", filepath.Dir(path)))
		return
	}
	if _, err := os.Stat(path); err != nil {
		d.answer(path)
		return
	}
	words := d.chooser.words
	ShowConfirm(d.chooser.window, words, Confirm{
		Title: words.T("kit.file.existsTitle"), Text: words.T("kit.file.exists", "Name", filepath.Base(path)),
		Verb: words.T("kit.file.overwrite"), Danger: true,
		OnDone: func(yes bool) {
			if yes {
				d.answer(path)
			}
		},
	})
}

func (d *fileDialog) answer(path string) {
	d.dialog.Close()
	if d.chooser.remember != nil {
		dir := path
		if d.mode != chooseFolder {
			dir = filepath.Dir(path)
		}
		d.chooser.remember(dir)
	}
	d.done(path)
}

// heightLayout gives its objects a fixed height.
type heightLayout struct{ height float32 }

func (l *heightLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.Position{})
		o.Resize(size)
	}
}

func (l *heightLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(120, l.height) }
