package pdf

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
)

// file is a PDF as numbered objects. objects[0] is not used; an object is kept
// without its "obj" and "endobj" lines.
type file struct {
	objects [][]byte
	catalog int
	info    int
	profile profile
	zipper  *zlib.Writer // used again for every stream: a new one takes 1 MB
}

var errShape = errors.New("gofpdf's output has an unknown shape")

// parse splits gofpdf's output along its cross-reference table. It reads that
// one writer only, which puts every object on lines of its own.
func parse(raw []byte) (*file, error) {
	start := bytes.LastIndex(raw, []byte("startxref\n"))
	if start < 0 {
		return nil, errShape
	}
	at, err := strconv.Atoi(firstLine(raw[start+len("startxref\n"):]))
	if err != nil || at < 0 || at >= start || !bytes.HasPrefix(raw[at:], []byte("xref\n0 ")) {
		return nil, errShape
	}
	lines := strings.Split(string(raw[at:start]), "\n")
	count, err := strconv.Atoi(strings.TrimPrefix(lines[1], "0 "))
	if err != nil || count < 1 || len(lines) < count+2 {
		return nil, errShape
	}
	f := &file{objects: make([][]byte, count)}
	for n := 1; n < count; n++ {
		offset, err := strconv.Atoi(lines[n+2][:10])
		if err != nil || offset >= at {
			return nil, errShape
		}
		if f.objects[n], err = objectAt(raw[offset:at], n); err != nil {
			return nil, err
		}
	}
	for _, ln := range lines[count+2:] {
		if s, ok := strings.CutPrefix(ln, "/Root "); ok {
			f.catalog, _ = strconv.Atoi(strings.TrimSuffix(s, " 0 R"))
		}
		if s, ok := strings.CutPrefix(ln, "/Info "); ok {
			f.info, _ = strconv.Atoi(strings.TrimSuffix(s, " 0 R"))
		}
	}
	if f.catalog <= 0 || f.info <= 0 || f.catalog >= count || f.info >= count {
		return nil, errShape
	}
	return f, nil
}

// objectAt returns the body of object n at the start of b. A stream ends after
// its length, whatever bytes it holds.
func objectAt(b []byte, n int) ([]byte, error) {
	head := fmt.Sprintf("%d 0 obj\n", n)
	if !bytes.HasPrefix(b, []byte(head)) {
		return nil, fmt.Errorf("%w: object %d", errShape, n)
	}
	b = b[len(head):]
	from := 0
	end := bytes.Index(b, []byte("endobj"))
	if s := bytes.Index(b, []byte("stream\n")); s >= 0 && s < end {
		i := bytes.Index(b[:s], []byte("/Length "))
		if i < 0 {
			return nil, fmt.Errorf("%w: stream %d", errShape, n)
		}
		length, err := strconv.Atoi(leadingDigits(b[i+len("/Length "):]))
		if from = s + len("stream\n") + length; err != nil || from > len(b) {
			return nil, fmt.Errorf("%w: stream %d", errShape, n)
		}
		end = bytes.Index(b[from:], []byte("endobj"))
	}
	if end < 0 {
		return nil, fmt.Errorf("%w: object %d has no end", errShape, n)
	}
	return bytes.TrimRight(b[:from+end], "\n"), nil
}

func firstLine(b []byte) string {
	line, _, _ := strings.Cut(string(b[:min(len(b), 20)]), "\n")
	return line
}

func leadingDigits(b []byte) string {
	n := 0
	for n < len(b) && b[n] >= '0' && b[n] <= '9' {
		n++
	}
	return string(b[:n])
}

func (f *file) add(body string) int {
	f.objects = append(f.objects, []byte(body))
	return len(f.objects) - 1
}

func (f *file) addStream(dict string, data []byte, compress bool) int {
	f.objects = append(f.objects, f.stream(dict, data, compress))
	return len(f.objects) - 1
}

// stream makes a stream object; dict holds entries besides length and filter.
func (f *file) stream(dict string, data []byte, compress bool) []byte {
	if compress {
		data = f.deflate(data)
		dict += " /Filter /FlateDecode"
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "<<%s /Length %d>>\nstream\n", dict, len(data))
	b.Write(data)
	b.WriteString("\nendstream")
	return b.Bytes()
}

// streamData gives the bytes of a stream object as they stand in the file.
func streamData(object []byte) ([]byte, bool) {
	_, after, ok := bytes.Cut(object, []byte("stream\n"))
	return bytes.TrimSuffix(after, []byte("\nendstream")), ok
}

func isStream(object []byte) bool { return bytes.HasSuffix(object, []byte("endstream")) }

// packLevel is nearly as small as zlib's usual level, in half the time.
const packLevel = 4

// deflate compresses. Writing to a buffer cannot fail.
func (f *file) deflate(data []byte) []byte {
	var b bytes.Buffer
	if f.zipper == nil {
		f.zipper, _ = zlib.NewWriterLevel(&b, packLevel) // the level is one of zlib's
	}
	f.zipper.Reset(&b)
	f.zipper.Write(data)
	f.zipper.Close()
	return b.Bytes()
}

// maxText is the most characters of a text that a file holds outside its pages: a
// string may have 32 767 bytes (ISO 19005-2, 6.1.13), and a character takes up to
// four. A title or a description that goes on so long ends with an ellipsis.
const maxText = 8000

func shorten(s string) string {
	if len(s) <= maxText { // bytes, so no fewer than characters
		return s
	}
	runes := []rune(s)
	if len(runes) <= maxText {
		return s
	}
	return string(runes[:maxText-1]) + "…"
}

// textString writes text as UTF-16 in hexadecimal, which needs no escaping.
func textString(s string) string {
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, c := range utf16.Encode([]rune(shorten(s))) {
		fmt.Fprintf(&b, "%04X", c)
	}
	b.WriteString(">")
	return b.String()
}

// fileID is a name for the content: archives compare it.
func (f *file) fileID() string {
	h := sha256.New()
	for _, o := range f.objects[1:] {
		h.Write(o)
	}
	return strings.ToUpper(hex.EncodeToString(h.Sum(nil)[:16]))
}
