package table

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"
)

// xmlToken is the beginning or the end of an element, or text.
type xmlToken struct {
	text, end, empty bool
	name             string // without its prefix
	value            string // of text
	attributes       []byte
}

// attr is an attribute, "" without it.
func (t *xmlToken) attr(name string) string {
	rest := t.attributes
	for {
		eq := bytes.IndexByte(rest, '=')
		if eq < 0 {
			return ""
		}
		key := bytes.TrimSpace(rest[:eq])
		rest = bytes.TrimLeft(rest[eq+1:], " \t\r\n")
		if len(rest) == 0 || rest[0] != '"' && rest[0] != '\'' {
			return ""
		}
		end := bytes.IndexByte(rest[1:], rest[0])
		if end < 0 {
			return ""
		}
		if string(key) == name {
			return entities(string(rest[1 : 1+end]))
		}
		rest = rest[end+2:]
	}
}

// xmlScanner reads the plain XML of a workbook: UTF-8, without entities of its
// own.
type xmlScanner struct {
	r      *bufio.Reader
	buffer []byte
	began  bool
}

const (
	scanAhead = 128 << 10
	maxToken  = 8 << 20 // bytes of one tag or text
)

func newXMLScanner(r io.Reader) *xmlScanner {
	return &xmlScanner{r: bufio.NewReaderSize(r, scanAhead)}
}

// until reads up to a byte, which is read too and not given. The answer is good
// until the next call.
func (x *xmlScanner) until(mark byte) ([]byte, error) {
	part, err := x.r.ReadSlice(mark)
	if err == nil {
		return part[:len(part)-1], nil
	}
	x.buffer = append(x.buffer[:0], part...)
	for errors.Is(err, bufio.ErrBufferFull) {
		part, err = x.r.ReadSlice(mark)
		x.buffer = append(x.buffer, part...)
		if len(x.buffer) > maxToken {
			return nil, errOther
		}
	}
	if err != nil {
		return x.buffer, err
	}
	return x.buffer[:len(x.buffer)-1], nil
}

func (x *xmlScanner) next() (xmlToken, error) {
	if !x.began {
		x.began = true
		head, _ := x.r.Peek(3)
		if bytes.Equal(head, []byte("\xEF\xBB\xBF")) {
			_, _ = x.r.Discard(3)
		} else if len(head) > 1 && (head[0] == 0 || head[1] == 0 || head[0] >= 0xFE) {
			return xmlToken{}, errOther // UTF-16
		}
	}
	for {
		b, err := x.r.ReadByte()
		if err != nil {
			return xmlToken{}, err
		}
		if b != '<' {
			if err := x.r.UnreadByte(); err != nil {
				return xmlToken{}, err
			}
			return x.textToken()
		}
		tag, err := x.until('>')
		if err != nil {
			return xmlToken{}, errors.Join(io.ErrUnexpectedEOF, err)
		}
		switch {
		case len(tag) == 0:
			return xmlToken{}, errOther
		case tag[0] == '?':
			if at := bytes.Index(tag, []byte("encoding=")); at >= 0 && !bytes.Contains(bytes.ToLower(tag[at:]), []byte("utf-8")) {
				return xmlToken{}, errOther
			}
		case bytes.HasPrefix(tag, []byte("!--")):
			if _, err := x.rest(tag, "--"); err != nil {
				return xmlToken{}, err
			}
		case bytes.HasPrefix(tag, []byte("![CDATA[")):
			text, err := x.rest(tag, "]]")
			if err != nil {
				return xmlToken{}, err
			}
			return xmlToken{text: true, value: strings.ToValidUTF8(strings.TrimSuffix(text[len("![CDATA["):], "]]"), "\uFFFD")}, nil
		case tag[0] == '!': // a document type, with entities of its own
			return xmlToken{}, errOther
		default:
			return element(tag), nil
		}
	}
}

// rest reads on until the tag ends with a mark before its >.
func (x *xmlScanner) rest(tag []byte, mark string) (string, error) {
	whole := string(tag)
	for !strings.HasSuffix(whole, mark) || whole == "!--" {
		more, err := x.until('>')
		if err != nil || len(whole)+len(more) > maxToken {
			return "", errors.Join(errOther, err)
		}
		whole += ">" + string(more)
	}
	return whole, nil
}

// textToken reads to the next tag and leaves its mark.
func (x *xmlScanner) textToken() (xmlToken, error) {
	text, err := x.until('<')
	if err != nil && !errors.Is(err, io.EOF) {
		return xmlToken{}, err
	}
	t := xmlToken{text: true, value: entities(string(text))}
	if err == nil {
		err = x.r.UnreadByte()
	} else {
		err = nil
	}
	return t, err
}

func element(tag []byte) xmlToken {
	var t xmlToken
	if tag[0] == '/' {
		t.end = true
		tag = tag[1:]
	} else if tag[len(tag)-1] == '/' {
		t.empty = true
		tag = tag[:len(tag)-1]
	}
	name := tag
	if at := bytes.IndexAny(tag, " \t\r\n"); at >= 0 {
		name, t.attributes = tag[:at], tag[at:]
	}
	if at := bytes.IndexByte(name, ':'); at >= 0 {
		name = name[at+1:]
	}
	t.name = interned(name)
	return t
}

// interned makes no new text of the names that come all the time.
func interned(name []byte) string {
	switch string(name) {
	case "c":
		return "c"
	case "v":
		return "v"
	case "row":
		return "row"
	case "t":
		return "t"
	case "is":
		return "is"
	case "si":
		return "si"
	}
	return string(name)
}

// entities reads the entities that every XML has. Line breaks are \n.
func entities(s string) string {
	if strings.IndexByte(s, '\r') >= 0 {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	}
	at := strings.IndexByte(s, '&')
	if at < 0 {
		return strings.ToValidUTF8(s, "\uFFFD")
	}
	var b strings.Builder
	for at >= 0 {
		b.WriteString(s[:at])
		s = s[at:]
		end := strings.IndexByte(s, ';')
		if end < 0 || end > 10 {
			b.WriteByte('&')
			s = s[1:]
		} else {
			b.WriteString(entity(s[1:end]))
			s = s[end+1:]
		}
		at = strings.IndexByte(s, '&')
	}
	b.WriteString(s)
	return strings.ToValidUTF8(b.String(), "\uFFFD")
}

func entity(name string) string {
	switch name {
	case "amp":
		return "&"
	case "lt":
		return "<"
	case "gt":
		return ">"
	case "quot":
		return `"`
	case "apos":
		return "'"
	}
	base, digits := 10, strings.TrimPrefix(name, "#")
	if rest, ok := strings.CutPrefix(digits, "x"); ok {
		base, digits = 16, rest
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || !strings.HasPrefix(name, "#") {
		return "&" + name + ";"
	}
	return string(rune(n))
}
