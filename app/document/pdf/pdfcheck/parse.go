package pdfcheck

import (
	"bytes"
	"compress/zlib"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"
)

// The kinds of PDF objects, besides int, float64, bool and nil.
type (
	name   string
	text   string // a string object, as bytes
	ref    int
	array  []any
	dict   map[string]any
	stream struct {
		dict
		raw []byte // as it stands in the file
	}
	operator string // only in page contents
)

// lexer reads objects from bytes.
type lexer struct {
	b  []byte
	at int
}

var errEnd = errors.New("end")

func isSpace(c byte) bool { return c <= ' ' }
func isDelimiter(c byte) bool {
	return strings.IndexByte("()<>[]{}/%", c) >= 0
}

func (l *lexer) space() {
	for l.at < len(l.b) {
		switch c := l.b[l.at]; {
		case isSpace(c):
			l.at++
		case c == '%':
			for l.at < len(l.b) && l.b[l.at] != '\n' && l.b[l.at] != '\r' {
				l.at++
			}
		default:
			return
		}
	}
}

func (l *lexer) word() string {
	from := l.at
	for l.at < len(l.b) && !isSpace(l.b[l.at]) && !isDelimiter(l.b[l.at]) {
		l.at++
	}
	return string(l.b[from:l.at])
}

// next reads one object or operator.
func (l *lexer) next() (any, error) {
	l.space()
	if l.at >= len(l.b) {
		return nil, errEnd
	}
	rest := l.b[l.at:]
	switch c := rest[0]; {
	case bytes.HasPrefix(rest, []byte("<<")):
		l.at += 2
		return l.dict()
	case c == '<':
		return l.hex()
	case c == '(':
		return l.literal()
	case c == '[':
		l.at++
		return l.array()
	case c == '/':
		l.at++
		return name(l.word()), nil
	case isDelimiter(c):
		l.at++
		return operator(c), nil
	}
	w := l.word()
	if n, err := strconv.Atoi(w); err == nil {
		return l.refOr(n), nil
	}
	if v, err := strconv.ParseFloat(w, 64); err == nil {
		return v, nil
	}
	switch w {
	case "true", "false":
		return w == "true", nil
	case "null":
		return nil, nil
	}
	return operator(w), nil
}

// refOr reads on when a number begins a reference.
func (l *lexer) refOr(n int) any {
	at := l.at
	l.space()
	if l.word() == "0" {
		l.space()
		if l.at < len(l.b) && l.b[l.at] == 'R' && (l.at+1 == len(l.b) || isSpace(l.b[l.at+1]) || isDelimiter(l.b[l.at+1])) {
			l.at++
			return ref(n)
		}
	}
	l.at = at
	return n
}

func (l *lexer) array() (any, error) {
	out := array{}
	for {
		o, err := l.next()
		if err != nil {
			return nil, err
		}
		if o == operator("]") {
			return out, nil
		}
		out = append(out, o)
	}
}

func (l *lexer) dict() (any, error) {
	out := dict{}
	for {
		l.space()
		if bytes.HasPrefix(l.b[l.at:], []byte(">>")) {
			l.at += 2
			return out, nil
		}
		key, err := l.next()
		if err != nil {
			return nil, err
		}
		k, ok := key.(name)
		if !ok {
			return nil, fmt.Errorf("key %v in a dictionary", key)
		}
		if out[string(k)], err = l.next(); err != nil {
			return nil, err
		}
	}
}

func (l *lexer) hex() (any, error) {
	end := bytes.IndexByte(l.b[l.at:], '>')
	if end < 0 {
		return nil, errEnd
	}
	digits := l.b[l.at+1 : l.at+end]
	l.at += end + 1
	if len(digits)%2 == 1 { // PDF lets it pass, PDF/A does not (6.1.6)
		return nil, errors.New("half a byte in a string")
	}
	out, err := hex.DecodeString(string(digits))
	return text(out), err
}

func (l *lexer) literal() (any, error) {
	var out []byte
	depth := 1
	for l.at++; l.at < len(l.b); l.at++ {
		switch c := l.b[l.at]; c {
		case '\\':
			l.at++
			if l.at >= len(l.b) {
				return nil, errEnd
			}
			switch e := l.b[l.at]; {
			case e == 'n':
				out = append(out, '\n')
			case e == 'r':
				out = append(out, '\r')
			case e == 't':
				out = append(out, '\t')
			case e >= '0' && e <= '7' && l.at+2 < len(l.b):
				v, _ := strconv.ParseUint(string(l.b[l.at:l.at+3]), 8, 16)
				out = append(out, byte(v))
				l.at += 2
			default:
				out = append(out, e)
			}
			continue
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				l.at++
				return text(out), nil
			}
		}
		out = append(out, l.b[l.at])
	}
	return nil, errEnd
}

// content unpacks a stream.
func (s stream) content() ([]byte, error) {
	switch s.dict["Filter"] {
	case nil:
		return s.raw, nil
	case name("FlateDecode"):
		z, err := zlib.NewReader(bytes.NewReader(s.raw))
		if err != nil {
			return nil, err
		}
		return io.ReadAll(z)
	}
	return nil, fmt.Errorf("filter %v", s.dict["Filter"])
}

// unicodeText gives a text string as UTF-8.
func unicodeText(o any) string {
	t, ok := o.(text)
	if !ok {
		return ""
	}
	if b, ok := strings.CutPrefix(string(t), "\xfe\xff"); ok {
		var units []uint16
		for i := 0; i+1 < len(b); i += 2 {
			units = append(units, uint16(b[i])<<8|uint16(b[i+1]))
		}
		return string(utf16.Decode(units))
	}
	return string(t)
}

// file is a PDF as objects.
type file struct {
	raw     []byte
	objects map[int]any
	trailer dict
	fonts   map[ref]*font
	faults  []Fault
}

// parse reads a file by its cross-reference table.
func parse(raw []byte) (*file, error) {
	f := &file{raw: raw, objects: map[int]any{}, fonts: map[ref]*font{}}
	i := bytes.LastIndex(raw, []byte("startxref"))
	if i < 0 {
		return nil, errors.New("no startxref")
	}
	l := &lexer{b: raw, at: i + len("startxref")}
	at, err := l.next()
	start, ok := at.(int)
	if err != nil || !ok || start < 0 || start >= len(raw) {
		return nil, errors.New("startxref leads nowhere")
	}
	if bytes.HasPrefix(raw[start:], []byte("xref")) {
		return f, f.readTable(start)
	}
	return f, f.readStream(start)
}

func (f *file) readTable(start int) error {
	l := &lexer{b: f.raw, at: start + len("xref")}
	l.next()
	count, _ := l.next()
	n, _ := count.(int)
	for k := range n {
		offset, _ := l.next()
		l.next()
		kind, err := l.next()
		if err != nil {
			return err
		}
		if at, ok := offset.(int); ok && kind == operator("n") {
			f.readAt(k, at)
		}
	}
	l.next()
	trailer, err := l.next()
	f.trailer, _ = trailer.(dict)
	return err
}

func (f *file) readStream(start int) error {
	o := f.objectAt(-1, start)
	s, ok := o.(stream)
	if !ok {
		return errors.New("no cross-reference stream")
	}
	f.trailer = s.dict
	rows, err := s.content()
	if err != nil {
		return err
	}
	packed := map[int]int{}
	for k := 0; 7*k+7 <= len(rows); k++ { // /W [1 4 2]
		row := rows[7*k:]
		where := int(row[1])<<24 | int(row[2])<<16 | int(row[3])<<8 | int(row[4])
		switch row[0] {
		case 1:
			f.readAt(k, where)
		case 2:
			packed[k] = where
		}
	}
	for k, in := range packed {
		if _, done := f.objects[k]; !done {
			f.unpack(in)
		}
		if _, done := f.objects[k]; !done {
			f.fault("xref", "object %d is not in its stream", k)
		}
	}
	return nil
}

func (f *file) unpack(number int) {
	s, _ := f.objects[number].(stream)
	content, err := s.content()
	first, ok := s.dict["First"].(int)
	if err != nil || !ok || first > len(content) {
		f.fault("xref", "object stream %d: %v", number, err)
		return
	}
	index := &lexer{b: content[:first]}
	for {
		n, err1 := index.next()
		at, err2 := index.next()
		number, ok1 := n.(int)
		offset, ok2 := at.(int)
		if err1 != nil || err2 != nil || !ok1 || !ok2 {
			return
		}
		o, err := (&lexer{b: content, at: first + offset}).next()
		if err != nil {
			f.fault("syntax", "object %d: %v", number, err)
		}
		f.objects[number] = o
	}
}

func (f *file) readAt(number, at int) {
	if o := f.objectAt(number, at); o != nil {
		f.objects[number] = o
	}
}

// objectAt reads the object that must begin at an offset.
func (f *file) objectAt(number, at int) any {
	head := fmt.Sprintf("%d 0 obj", number)
	if at < 0 || at >= len(f.raw) || number >= 0 && !bytes.HasPrefix(f.raw[at:], []byte(head)) {
		f.fault("xref", "object %d is not at %d", number, at)
		return nil
	}
	l := &lexer{b: f.raw, at: at}
	l.word()
	l.space()
	l.word()
	l.space()
	l.word()
	o, err := l.next()
	if err != nil {
		f.fault("syntax", "object %d: %v", number, err)
		return nil
	}
	d, ok := o.(dict)
	ended := l.at
	l.space()
	if !ok || !bytes.HasPrefix(l.b[l.at:], []byte("stream\n")) {
		f.checkSpacing(number, at, ended)
		return o
	}
	from := l.at + len("stream\n")
	length, ok := d["Length"].(int)
	if !ok || from+length > len(f.raw) || !bytes.HasPrefix(f.raw[from+length:], []byte("\nendstream")) {
		f.fault("length", "stream %d", number)
		return nil
	}
	f.checkSpacing(number, at, from+length+len("\nendstream"))
	return stream{d, f.raw[from : from+length]}
}

// get follows a reference.
func (f *file) get(o any) any {
	for range 10 {
		r, ok := o.(ref)
		if !ok {
			return o
		}
		o = f.objects[int(r)]
	}
	return nil
}

func (f *file) dict(o any) dict {
	switch d := f.get(o).(type) {
	case dict:
		return d
	case stream:
		return d.dict
	}
	return nil
}

func (f *file) array(o any) array { a, _ := f.get(o).(array); return a }
func (f *file) name(o any) string { n, _ := f.get(o).(name); return string(n) }

func (f *file) number(o any) (float64, bool) {
	switch v := f.get(o).(type) {
	case int:
		return float64(v), true
	case float64:
		return v, true
	}
	return 0, false
}

// content gives an unpacked stream, nil when there is none.
func (f *file) content(o any) []byte {
	s, ok := f.get(o).(stream)
	if !ok {
		return nil
	}
	b, err := s.content()
	if err != nil {
		f.fault("syntax", "stream: %v", err)
	}
	return b
}
