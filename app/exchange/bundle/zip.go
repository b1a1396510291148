package bundle

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
)

// entry is a file as it is put into the ZIP.
type entry struct {
	name string
	size int64
	crc  uint32
	open func() (io.ReadCloser, error)
}

// held is an entry whose content is at hand.
func held(name string, content []byte) entry {
	return entry{name: name, size: int64(len(content)), crc: crc32.ChecksumIEEE(content),
		open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(content)), nil }}
}

const (
	utf8Names   = 0x800    // general purpose bit 11: names are UTF-8
	fixedDate   = 1<<5 | 1 // 1 January 1980, the first day that a ZIP can tell
	regularFile = 0o644
)

// writeZip stores the files as they are: compression gives other bytes with
// another version of its library, and PDF and pictures are compressed already.
func writeZip(w io.Writer, files []entry) error {
	z := zip.NewWriter(w)
	for _, f := range files {
		h := &zip.FileHeader{Name: f.name, Method: zip.Store, Flags: utf8Names, CRC32: f.crc, CompressedSize64: uint64(f.size), UncompressedSize64: uint64(f.size)}
		//lint:ignore SA1019 CreateRaw writes this field and not Modified
		h.ModifiedDate = fixedDate
		h.SetMode(regularFile)
		if err := copyEntry(z, h, &f); err != nil {
			return fmt.Errorf("write %s: %w", f.name, err)
		}
	}
	return z.Close()
}

func copyEntry(z *zip.Writer, h *zip.FileHeader, f *entry) error {
	to, err := z.CreateRaw(h)
	if err != nil {
		return err
	}
	from, err := f.open()
	if err != nil {
		return err
	}
	n, err := io.Copy(to, from)
	if err == nil && n != f.size {
		err = fmt.Errorf("%d bytes, not %d", n, f.size)
	}
	return errors.Join(err, from.Close())
}

func hashBytes(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

func hashOf(r io.Reader) (string, error) {
	sum := sha256.New()
	_, err := io.Copy(sum, r)
	return hex.EncodeToString(sum.Sum(nil)), err
}
