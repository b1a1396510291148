package companies

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync/atomic"

	"kompetansepilot/app/disk"
)

const (
	blockSize = 1 << 20
	// maxUnit is the most that one unit may take, in bytes. Real ones take a few
	// thousand.
	maxUnit = 8 << 20
)

// bulkFile is a bulk file that is being read. It unpacks in the background, a few
// blocks ahead.
type bulkFile struct {
	file   *os.File
	size   int64        // of the file, in bytes
	read   atomic.Int64 // so far, of the file
	stop   context.CancelFunc
	blocks chan block
	free   chan []byte
}

type block struct {
	b   []byte
	err error
}

// openBulk opens a bulk file, packed or not.
func openBulk(ctx context.Context, path string) (*bulkFile, error) {
	file, size, err := disk.Open(path)
	if err != nil {
		return nil, err
	}
	f := &bulkFile{file: file, size: size, blocks: make(chan block, 2), free: make(chan []byte, 4)}
	for range cap(f.free) {
		f.free <- nil // made when it is needed
	}
	ctx, f.stop = context.WithCancel(ctx)
	go f.unpack(ctx)
	return f, nil
}

// close ends the reading. The background work ends by itself.
func (f *bulkFile) close() error {
	f.stop()
	for range f.blocks { // until the reader has let go of the file
	}
	return f.file.Close()
}

// Read counts what is read of the file.
func (f *bulkFile) Read(b []byte) (int, error) {
	n, err := f.file.Read(b)
	f.read.Add(int64(n))
	return n, err
}

func (f *bulkFile) unpack(ctx context.Context) {
	defer close(f.blocks)
	in, err := f.unpacked()
	for {
		var b []byte
		select {
		case <-ctx.Done():
			return
		case b = <-f.free:
		}
		n := 0
		if b == nil {
			b = make([]byte, blockSize)
		}
		if err == nil {
			n, err = io.ReadFull(in, b[:blockSize])
			if errors.Is(err, io.ErrUnexpectedEOF) && isPlainEnd(in) {
				err = io.EOF
			}
		}
		select {
		case <-ctx.Done():
			return
		case f.blocks <- block{b[:n], err}:
		}
		if err != nil {
			return
		}
	}
}

// isPlainEnd tells whether a reader that ran out has truly ended. io.ReadFull
// gives the same error for a short block and for a packed file that is cut.
func isPlainEnd(in io.Reader) bool {
	var one [1]byte
	_, err := in.Read(one[:])
	return errors.Is(err, io.EOF)
}

// unpacked is the file's content, by its first bytes.
func (f *bulkFile) unpacked() (io.Reader, error) {
	magic := make([]byte, 2)
	n, err := io.ReadFull(f.file, magic)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if _, err := f.file.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	switch {
	case n == 2 && magic[0] == 0x1f && magic[1] == 0x8b:
		return gzip.NewReader(bufio.NewReaderSize(f, 64<<10))
	case string(magic) == "PK":
		return nil, errZip
	}
	return f, nil
}

var errZip = errors.New("a zip archive")

// window is the part of the content that is at hand: the units not yet read, and
// the beginning of the next.
type window struct {
	from   *bulkFile
	b      []byte // what is at hand
	buf    []byte // the memory under b
	offset int64  // of b in the content
	end    error  // why no more comes, or nil
}

func newWindow(from *bulkFile) *window { return &window{from: from} }

// atEnd tells whether b is all that is left.
func (w *window) atEnd() bool { return errors.Is(w.end, io.EOF) }

// take goes past n bytes.
func (w *window) take(n int) {
	w.b = w.b[n:]
	w.offset += int64(n)
}

// more puts another block behind b. It moves b.
func (w *window) more(ctx context.Context) error {
	if w.end != nil {
		return w.end
	}
	if len(w.b) > maxUnit {
		return fmt.Errorf("%w: longer than %d bytes", errSyntax, maxUnit)
	}
	var next block
	var ok bool
	select {
	case <-ctx.Done():
		return ctx.Err()
	case next, ok = <-w.from.blocks:
	}
	if !ok {
		return context.Canceled
	}
	need := len(w.b) + len(next.b)
	if cap(w.buf) < need {
		grown := make([]byte, 0, max(need, 2*blockSize))
		w.buf = append(grown, w.b...)
	} else {
		w.buf = append(w.buf[:0], w.b...)
	}
	w.buf = append(w.buf, next.b...)
	w.b = w.buf
	w.end = next.err
	w.from.free <- next.b[:blockSize]
	if w.end != nil && !w.atEnd() {
		return w.end
	}
	return nil
}

// skipTo goes to an offset of the content that lies ahead.
func (w *window) skipTo(ctx context.Context, offset int64) error {
	for w.offset < offset {
		if len(w.b) == 0 {
			if err := w.more(ctx); err != nil {
				return err
			}
		}
		w.take(int(min(int64(len(w.b)), offset-w.offset)))
	}
	return nil
}

// skipSpace goes past white space, and the mark that some programs put before
// UTF-8, and gives the byte after it.
func (w *window) skipSpace(ctx context.Context) (byte, error) {
	for {
		if w.offset == 0 {
			for len(w.b) < 3 && w.end == nil {
				if err := w.more(ctx); err != nil {
					return 0, err
				}
			}
			if bytes.HasPrefix(w.b, []byte("\xef\xbb\xbf")) {
				w.take(3)
			}
		}
		n := 0
		for n < len(w.b) && (w.b[n] == ' ' || w.b[n] == '\n' || w.b[n] == '\r' || w.b[n] == '\t') {
			n++
		}
		w.take(n)
		if len(w.b) > 0 {
			return w.b[0], nil
		}
		if err := w.more(ctx); err != nil {
			return 0, err
		}
	}
}
