package bundle

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"slices"
	"strings"

	"kompetansepilot/data"
)

// Limits of a bundle that is read, so that a file made to do harm does none.
const (
	maxTotal     = 4 << 30   // bytes unpacked
	maxFile      = 512 << 20 // bytes of one file
	maxText      = 64 << 20  // bytes of a file that is read into memory
	maxEntries   = 1000
	maxDirectory = 1 << 20 // bytes of the list of files
	// A file of more than a MB may not be packed tighter than this: text comes to
	// 20 or so, nothing but zeros to 1000.
	maxRatio     = 250
	ratioMatters = 1 << 20
)

// encrypted is the flag of a file that is locked with a password (APPNOTE 4.4.4).
const encrypted = 1

// unpacked is a file of a bundle as it was found.
type unpacked struct {
	zipped *zip.File
	size   int64
	sha256 string
	crc    uint32
	// text is the content of a file that is small enough and of use here; of
	// others it is the beginning.
	text []byte
	tail []byte // the last bytes
	bad  bool   // it could not be read to its end
}

// archive is a foreign ZIP, read with care.
type archive struct {
	files  map[string]*unpacked
	order  []string
	faults []*data.Error
}

func (a *archive) fault(e *data.Error) { a.faults = append(a.faults, e) }

// readArchive reads every file of a ZIP once. A nil archive is no ZIP at all;
// its faults say why.
func readArchive(r io.ReaderAt, size int64) (*archive, *data.Error) {
	head := make([]byte, 4)
	n, _ := r.ReadAt(head, 0)
	if !bytes.HasPrefix(head[:n], []byte("PK")) {
		return nil, data.NewError("bundleNotZip", "Filen er ikke en ZIP-fil, og dermed ikke en innsendingspakke. Velg ZIP-filen som ble laget.", nil)
	}
	end, ok := findEnd(r, size)
	if !ok || end.length > maxDirectory {
		return nil, broken(errors.New("no list of files, or too long a one"))
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, broken(err)
	}
	if len(z.File) > maxEntries {
		return nil, data.NewError("bundleTooMany", "ZIP-filen inneholder flere enn {{.Max}} filer og er ikke pakket ut. Den er ikke laget av Kompetansepilot.", nil, "Max", maxEntries)
	}
	if slices.ContainsFunc(z.File, func(f *zip.File) bool { return f.Flags&encrypted != 0 }) {
		return nil, data.NewError("bundleLocked", "ZIP-filen er låst med passord og kan ikke kontrolleres. Be om pakken slik den ble laget, uten passord.", nil)
	}
	a := &archive{files: map[string]*unpacked{}}
	a.surroundings(r, size, end)
	a.read(z)
	return a, nil
}

func broken(err error) *data.Error {
	return data.NewError("bundleTruncated", "ZIP-filen er avkortet eller skadet og kan ikke åpnes. Hent den på nytt der du fikk den fra.", err)
}

func (a *archive) read(z *zip.Reader) {
	names := map[string]bool{}
	total := int64(0)
	for _, f := range z.File {
		if strings.HasSuffix(f.Name, "/") && f.UncompressedSize64 == 0 && nameFault(strings.TrimSuffix(f.Name, "/")) == "" {
			continue // a folder, as other programs note it
		}
		if nameFault(f.Name) != "" || !f.Mode().IsRegular() {
			a.fault(data.NewError("bundleUnsafeName", "Filnavnet «{{.Name}}» peker ut av pakken eller kan ikke brukes trygt. Ikke pakk ut ZIP-filen.", nil, "Name", shown(f.Name)))
			continue
		}
		if names[folded(f.Name)] {
			a.fault(data.NewError("bundleDuplicate", "«{{.Name}}» finnes flere ganger i pakken, så det er uklart hvilken som gjelder.", nil, "Name", shown(f.Name)))
			continue
		}
		names[folded(f.Name)] = true
		u := &unpacked{zipped: f, bad: true}
		a.files[f.Name] = u
		a.order = append(a.order, f.Name)
		if isBomb(f) || total+int64(f.UncompressedSize64) > maxTotal {
			a.fault(data.NewError("bundleBomb", "«{{.Name}}» blir urimelig stor når den pakkes ut, og er ikke lest. Ikke pakk ut ZIP-filen.", nil, "Name", shown(f.Name)))
			continue
		}
		if err := u.read(); err != nil {
			a.fault(data.NewError("bundleUnreadable", "«{{.Name}}» er skadet og kan ikke leses.", err, "Name", shown(f.Name)))
			continue
		}
		u.bad = false
		total += u.size
	}
}

func isBomb(f *zip.File) bool {
	size, packed := f.UncompressedSize64, f.CompressedSize64
	return size > maxFile || size > ratioMatters && size/maxRatio > packed
}

// read takes in the file, never more than it said that it holds.
func (u *unpacked) read() error {
	r, err := u.zipped.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	keep := &keeper{most: 1 << 10, sum: sha256.New()}
	if u.zipped.UncompressedSize64 <= maxText && isText(u.zipped.Name) {
		keep.most = maxText
	}
	u.size, err = io.Copy(keep, io.LimitReader(r, int64(u.zipped.UncompressedSize64)+1))
	if err == nil && u.size != int64(u.zipped.UncompressedSize64) {
		err = fmt.Errorf("%d bytes, not %d", u.size, u.zipped.UncompressedSize64)
	}
	u.sha256, u.crc, u.text, u.tail = hex.EncodeToString(keep.sum.Sum(nil)), keep.crc, keep.head, keep.tail
	return err
}

// isText tells of which files the whole content is looked at.
func isText(name string) bool {
	return name == NameManifest || name == NameSums || name == NameApplication || name == NamePDF
}

// keeper hashes what is written to it and keeps its beginning and its end.
type keeper struct {
	most       int
	sum        hash.Hash
	crc        uint32
	head, tail []byte
}

// Write implements io.Writer.
func (k *keeper) Write(p []byte) (int, error) {
	_, _ = k.sum.Write(p)
	k.crc = crc32.Update(k.crc, crc32.IEEETable, p)
	if room := k.most - len(k.head); room > 0 {
		k.head = append(k.head, p[:min(room, len(p))]...)
	}
	const end = 64
	k.tail = append(k.tail, p[max(0, len(p)-end):]...)
	k.tail = k.tail[max(0, len(k.tail)-end):]
	return len(p), nil
}
