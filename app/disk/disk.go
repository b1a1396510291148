// Package disk reads the files that people point at, and writes those that they
// ask for: never from a pipe or a device, never half a file, and never in place
// of a workspace. Its errors are sentences for people.
package disk

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"kompetansepilot/data"
)

// Codes of the errors of this package.
const (
	CodeRead  = "readFile"
	CodeWrite = "writeFile"
)

// Open opens a regular file for reading, and tells its size in bytes. A pipe
// would be waited for without end and a device may never end, so both are
// refused before they are opened.
func Open(path string) (*os.File, int64, error) {
	name := filepath.Base(path)
	info, err := os.Stat(path)
	if err != nil {
		return nil, 0, unreadable(name, err)
	}
	if err := refused(name, info); err != nil {
		return nil, 0, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, unreadable(name, err)
	}
	// The name may have got another file meanwhile.
	if info, err = f.Stat(); err != nil {
		err = unreadable(name, err)
	} else {
		err = refused(name, info)
	}
	if err != nil {
		return nil, 0, errors.Join(err, f.Close())
	}
	return f, info.Size(), nil
}

func refused(name string, info fs.FileInfo) error {
	switch {
	case info.IsDir():
		return data.NewError(CodeRead+".folder", "«{{.Name}}» er en mappe. Ingenting er endret. Velg en fil.", nil, "Name", name)
	case !info.Mode().IsRegular():
		return data.NewError(CodeRead+".device", "«{{.Name}}» er ikke en vanlig fil, men et rør eller en enhet, og er ikke lest. Ingenting er endret. Velg en fil.", nil, "Name", name)
	}
	return nil
}

func unreadable(name string, err error) error {
	return data.NewError(CodeRead+".gone", "Filen «{{.Name}}» kan ikke leses. Ingenting er endret. Sjekk at den finnes, at du har tilgang til den, og at den ikke er åpen i et annet program.", err, "Name", name)
}

// Read reads a file whole. It looks at the size before it reads, and never reads
// more than most bytes: the error has data.CodeTooLarge.
func Read(path string, most int64) ([]byte, error) {
	f, size, err := Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	name := filepath.Base(path)
	tooLarge := data.NewError(data.CodeTooLarge+".unread", "Filen «{{.Name}}» er større enn {{.Max}} MB og er ikke lest. Ingenting er endret.", nil, "Name", name, "Max", most>>20)
	if size > most {
		return nil, tooLarge
	}
	content, err := io.ReadAll(io.LimitReader(f, most+1))
	if err != nil {
		return nil, unreadable(name, err)
	}
	if int64(len(content)) > most { // it grew
		return nil, tooLarge
	}
	return content, nil
}

// Replace writes a file that write hands over bit by bit: a temporary one beside
// it, synced, then renamed, so that nobody ever sees half of it. When it fails
// nothing is changed. Where path is a link, the file that it leads to is
// replaced. An error of write that is a sentence comes back as it is.
func Replace(path string, write func(io.Writer) error) error {
	to, err := end(path)
	if err != nil {
		return unwritten(path, err)
	}
	mode, err := mayReplace(path, to)
	if err != nil {
		return err
	}
	// Who else may read a new file is for the person's own umask to say, as for what
	// other programs save: colleagues share a folder.
	f, err := os.OpenFile(filepath.Join(filepath.Dir(to), ".kpilot-"+data.NewID()), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return unwritten(path, err)
	}
	guard := &writer{w: f}
	if err = write(guard); err == nil {
		err = guard.err
	}
	if mode != 0 {
		_ = f.Chmod(mode) // some disks have no rights of their own
	}
	if err == nil {
		err = f.Sync()
	}
	err = errors.Join(err, f.Close())
	if err == nil {
		err = os.Rename(f.Name(), to)
	}
	if err != nil {
		_ = os.Remove(f.Name())
		return unwritten(path, err)
	}
	syncFolder(filepath.Dir(to))
	return nil
}

// Write is Replace for content that is at hand.
func Write(path string, content []byte) error {
	return Replace(path, func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	})
}

// writer remembers that something was not written, in case write forgets it.
type writer struct {
	w   io.Writer
	err error
}

// Write implements io.Writer.
func (w *writer) Write(p []byte) (int, error) {
	n, err := w.w.Write(p)
	w.err = errors.Join(w.err, err)
	return n, err
}

// mostLinks is how many links are followed, as Linux does.
const mostLinks = 40

// end is the file that a name leads to. The last of them need not be there.
func end(path string) (string, error) {
	for range mostLinks {
		info, err := os.Lstat(path)
		if err != nil || info.Mode()&fs.ModeSymlink == 0 {
			return path, nil // what is wrong with it is told when it is written
		}
		to, err := os.Readlink(path)
		if err != nil {
			return "", err
		}
		if !filepath.IsAbs(to) {
			folder, err := filepath.EvalSymlinks(filepath.Dir(path))
			if err != nil {
				return "", err
			}
			to = filepath.Join(folder, to)
		}
		path = to
	}
	return "", errors.New("too many links")
}

// mayReplace refuses what must not be written over. mode is that of the file
// that is there, which the new one keeps; 0 for none.
func mayReplace(path, to string) (mode fs.FileMode, err error) {
	if folder, err := os.Stat(filepath.Dir(to)); errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) || err == nil && !folder.IsDir() {
		return 0, data.NewError(CodeWrite+".noFolder", "Mappen {{.Path}} finnes ikke, så ingenting er skrevet. Lag mappen først, eller velg en annen.", err, "Path", filepath.Dir(to))
	}
	for _, ending := range []string{"-wal", "-shm", "-journal"} {
		if base, ok := strings.CutSuffix(to, ending); ok && isDatabase(base) {
			return 0, workspace(path)
		}
	}
	info, err := os.Stat(to)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return 0, nil
	case err != nil:
		return 0, unwritten(path, err)
	case info.IsDir():
		return 0, data.NewError(CodeWrite+".folder", "{{.Path}} er en mappe, så ingenting er skrevet. Skriv også hva filen skal hete.", nil, "Path", path)
	case !info.Mode().IsRegular():
		return 0, data.NewError(CodeWrite+".device", "{{.Path}} er ikke en vanlig fil, men et rør eller en enhet, så ingenting er skrevet. Velg et annet navn.", nil, "Path", path)
	case isDatabase(to):
		return 0, workspace(path)
	case info.Mode().Perm()&0o222 == 0:
		return 0, data.NewError(CodeWrite+".protected", "{{.Path}} er skrivebeskyttet og er ikke skrevet over. Ingenting er skrevet. Velg et annet navn.", nil, "Path", path)
	}
	return info.Mode().Perm(), nil
}

// isDatabase tells of a workspace, its mail, a backup, and of any other SQLite
// file: what somebody keeps records in is never a document that may be replaced.
func isDatabase(path string) bool {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return false
	}
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	const magic = "SQLite format 3\x00"
	head := make([]byte, len(magic))
	_, err = io.ReadFull(f, head)
	return err == nil && string(head) == magic
}

func workspace(path string) error {
	return data.NewError(CodeWrite+".workspace", "{{.Path}} hører til en arbeidsfil eller en annen database, og blir aldri skrevet over. Ingenting er skrevet. Velg et annet navn.", nil, "Path", path)
}

// unwritten says why a file was not written. What has a sentence already comes
// back as it is.
func unwritten(path string, err error) error {
	switch {
	case data.Code(err) != "":
		return err
	case errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, errDiskFull):
		return data.NewError(CodeWrite+".full", "Det er ikke plass på disken til {{.Path}}, så ingenting er skrevet. Lå det en fil der før, er den som den var. Frigjør plass, eller velg en annen disk.", err, "Path", path)
	case errors.Is(err, syscall.ENAMETOOLONG) || errors.Is(err, errNameInvalid):
		return data.NewError(CodeWrite+".name", "Navnet {{.Path}} er for langt eller har tegn som ikke går an, så ingenting er skrevet. Velg et annet navn.", err, "Path", shortened(path))
	case errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) || errors.Is(err, errInUse):
		return data.NewError(CodeWrite+".refused", "Programmet får ikke skrive {{.Path}}. Lå det en fil der før, er den som den var. Er den åpen i et annet program, så lukk den der; ellers velg en mappe du kan skrive i.", err, "Path", path)
	}
	return data.NewError(CodeWrite, "Kunne ikke skrive {{.Path}}. Lå det en fil der før, er den som den var. Se etter at det er plass på disken, og at du kan skrive i mappen.", err, "Path", path)
}

// shortened is a path as it fits a sentence.
func shortened(path string) string {
	if runes := []rune(path); len(runes) > 120 {
		return string(runes[:60]) + "…" + string(runes[len(runes)-40:])
	}
	return path
}
