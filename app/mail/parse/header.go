package parse

import (
	"bytes"
	"mime"
	"net/mail"
	"strings"
	"time"
	"unicode"
)

// mostHeader is how much of a header block is read, in bytes.
const mostHeader = 1 << 20

// field is a line of the header, unfolded.
type field struct{ name, value string } // the name in lower case

// header are the fields of a header block in their order.
type header []field

// get is the first value of a field, as it came.
func (h header) get(name string) string {
	for _, f := range h {
		if f.name == name {
			return f.value
		}
	}
	return ""
}

// repair takes away what stands before some messages. Line ends stay as they are, for
// a copy of a large message costs as much room again; those of old Macs alone are
// made others.
func repair(raw []byte) []byte {
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	if bytes.HasPrefix(raw, []byte("From ")) || bytes.HasPrefix(raw, []byte(">From ")) { // of an mbox file
		if i := bytes.IndexByte(raw, '\n'); i >= 0 {
			raw = raw[i+1:]
		}
	}
	if bytes.IndexByte(raw, '\n') < 0 && bytes.IndexByte(raw, '\r') >= 0 {
		return bytes.ReplaceAll(raw, []byte("\r"), []byte("\n"))
	}
	return raw
}

// split takes the header block off a message or a part. Lines without a colon are
// left out.
func split(raw []byte) (h header, body []byte) {
	read := 0
	var value []byte // of the last field, whose lines are still coming
	finish := func() {
		if len(h) > 0 {
			h[len(h)-1].value = string(value)
		}
	}
	defer finish()
	for len(raw) > 0 {
		line, rest, _ := bytes.Cut(raw, []byte("\n"))
		if len(bytes.TrimRight(line, "\r")) == 0 {
			return h, rest
		}
		raw = rest
		if read += len(line); read > mostHeader {
			continue
		}
		if (line[0] == ' ' || line[0] == '\t') && len(h) > 0 {
			value = append(append(value, ' '), bytes.TrimSpace(line)...)
			continue
		}
		name, first, ok := bytes.Cut(line, []byte(":"))
		if !ok {
			continue
		}
		finish()
		value = append(value[:0], bytes.TrimSpace(first)...)
		h = append(h, field{name: strings.ToLower(strings.TrimSpace(string(name)))})
	}
	return h, nil
}

// words decodes the encoded words of a value (RFC 2047). Letters that stand there
// raw are read as a person would.
func words(value string) string {
	decoder := mime.WordDecoder{CharsetReader: charsetReader}
	text, err := decoder.DecodeHeader(readable([]byte(value), ""))
	if err != nil {
		text = readable([]byte(value), "")
	}
	return visible(text)
}

// visible leaves out what a line cannot show, and the signs that turn the order
// of letters round or have no width: they make one name look like another.
func visible(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
			return ' '
		case r == unicode.ReplacementChar:
			return r
		case unicode.IsControl(r), r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r >= 0x200b && r <= 0x200f, r == 0xfeff, r == 0x00ad, r == 0x2028, r == 0x2029:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
	return strings.TrimSpace(s)
}

// Address is who wrote or is to read.
type Address struct {
	Name, Address string
	// Claims is another address that the name pretends to be, or "".
	Claims string
}

// mostAddresses is how many receivers are read.
const mostAddresses = 500

// addresses reads a list of addresses; where it is malformed, what looks like an
// address in it.
func addresses(value string) []Address {
	if len(value) > 64<<10 {
		value = value[:64<<10]
	}
	parser := mail.AddressParser{WordDecoder: &mime.WordDecoder{CharsetReader: charsetReader}}
	var all []Address
	if list, err := parser.ParseList(value); err == nil {
		for _, a := range list {
			all = append(all, address(visible(readable([]byte(a.Name), "")), a.Address))
		}
	} else {
		for part := range strings.SplitSeq(value, ",") {
			if a, ok := loose(part); ok {
				all = append(all, a)
			}
		}
	}
	return all[:min(len(all), mostAddresses)]
}

// loose reads one address that the rules do not allow.
func loose(part string) (Address, bool) {
	name, rest, ok := strings.Cut(part, "<")
	if !ok {
		name, rest = "", part
	}
	rest, _, _ = strings.Cut(rest, ">")
	rest = strings.TrimSpace(rest)
	if rest == "" && strings.TrimSpace(name) == "" {
		return Address{}, false
	}
	if !strings.Contains(rest, "@") || strings.ContainsAny(rest, " \t") {
		return address(words(part), ""), true
	}
	return address(strings.Trim(words(name), `"' `), rest), true
}

func address(name, addr string) Address {
	a := Address{Name: name, Address: visible(strings.ToLower(addr))}
	for word := range strings.FieldsSeq(strings.ToLower(name)) {
		word = strings.Trim(word, `<>"'()[],;`)
		if i := strings.IndexByte(word, '@'); i > 0 && strings.Contains(word[i:], ".") && word != a.Address {
			a.Claims = word
		}
	}
	if strings.EqualFold(a.Name, a.Address) {
		a.Name = ""
	}
	return a
}

// ids are the Message-IDs of a value, without brackets.
func ids(value string) []string {
	var all []string
	for word := range strings.FieldsFuncSeq(value, func(r rune) bool { return r == '<' || r == '>' || unicode.IsSpace(r) || r == ',' }) {
		if len(word) <= 500 && strings.Contains(word, "@") || len(word) > 12 && len(word) <= 500 {
			all = append(all, visible(word))
		}
		if len(all) == 200 {
			break
		}
	}
	return all
}

// date reads a date, also one that the rules do not allow; zero when it is none.
func date(value string) time.Time {
	if t, err := mail.ParseDate(value); err == nil {
		return t
	}
	if i := strings.IndexByte(value, '('); i > 0 {
		value = value[:i]
	}
	value = strings.TrimSpace(value)
	for _, layout := range []string{"Mon, 2 Jan 2006 15:04:05 MST", "2 Jan 2006 15:04:05", "Mon Jan 2 15:04:05 2006", time.RFC3339, "2006-01-02 15:04:05", "Mon, 2 Jan 2006 15:04:05", "Mon, 2 Jan 2006 15.04.05 -0700"} {
		if t, err := time.Parse(layout, value); err == nil {
			return t
		}
	}
	return time.Time{}
}
