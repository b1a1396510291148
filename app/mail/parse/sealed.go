package parse

import (
	"bytes"
	"encoding/pem"
	"strings"

	"github.com/smallstep/pkcs7"
)

// sealed is what S/MIME (RFC 8551) did to a letter.
type sealed int

const (
	sealedNot sealed = iota // it is not S/MIME, or cannot be read
	sealedSigned
	sealedEncrypted
)

// unseal takes the letter out of an opaque signature (smime.p7m). The signature is
// not checked.
func unseal(raw []byte) (how sealed, letter []byte) {
	if block, _ := pem.Decode(raw); block != nil {
		raw = block.Bytes
	}
	if nesting(raw) > mostDepth {
		return sealedNot, nil
	}
	p, err := pkcs7.Parse(raw)
	switch {
	case err != nil:
		return sealedNot, nil
	case len(p.Signers) == 0 && len(p.Content) == 0:
		return sealedEncrypted, nil
	}
	return sealedSigned, p.Content
}

// nesting is how deep the structures of BER lie in each other, at most; the library
// follows them without a limit, and a stack that is full ends the program.
func nesting(raw []byte) int {
	most := 0
	var ends []int // where the open ones end, -1 when a mark of its own ends them
	for at := 0; at < len(raw); {
		for len(ends) > 0 && ends[len(ends)-1] >= 0 && at >= ends[len(ends)-1] {
			ends = ends[:len(ends)-1]
		}
		if at+1 < len(raw) && raw[at] == 0 && raw[at+1] == 0 && len(ends) > 0 && ends[len(ends)-1] < 0 {
			ends, at = ends[:len(ends)-1], at+2
			continue
		}
		constructed := raw[at]&0x20 != 0
		if raw[at]&0x1f == 0x1f {
			for at++; at < len(raw) && raw[at] >= 0x80; at++ {
			}
		}
		if at++; at >= len(raw) {
			return most
		}
		length := int(raw[at])
		at++
		switch {
		case length == 0x80:
			length = -1
		case length > 0x80:
			n := length & 0x7f
			if n > 4 || at+n > len(raw) {
				return most
			}
			length = 0
			for _, b := range raw[at : at+n] {
				length = length<<8 | int(b)
			}
			at += n
		}
		switch {
		case !constructed && length < 0:
			return most
		case !constructed:
			at += length
		case length < 0:
			ends = append(ends, -1)
		default:
			ends = append(ends, at+length)
		}
		if most = max(most, len(ends)); most > mostDepth {
			return most
		}
	}
	return most
}

// isSealed tells whether a part says that it is S/MIME.
func isSealed(l *leaf) bool {
	return l.kind == "application/pkcs7-mime" || l.kind == "application/x-pkcs7-mime" ||
		l.kind == "application/octet-stream" && strings.EqualFold(l.name, "smime.p7m")
}

// uuFile is a file that stands in a text as uuencode writes it.
type uuFile struct {
	name    string
	content []byte
}

// uudecode takes the files out of a text.
func uudecode(text []byte) (rest []byte, files []uuFile) {
	for len(files) < mostParts {
		start, name := uuBegin(text)
		if start < 0 {
			break
		}
		at := start + bytes.IndexByte(text[start:], '\n') + 1
		content, after, ok := uuBody(text[at:])
		if !ok { // only a word that looks like it
			rest, text = append(rest, text[:at]...), text[at:]
			continue
		}
		files = append(files, uuFile{readable([]byte(name), ""), content})
		rest, text = append(rest, text[:start]...), after
	}
	return append(rest, text...), files
}

// uuBegin finds the line that begins a file: "begin 644 name".
func uuBegin(text []byte) (start int, name string) {
	for from := 0; ; {
		i := bytes.Index(text[from:], []byte("begin "))
		if i < 0 {
			return -1, ""
		}
		i += from
		from = i + 1
		if i > 0 && text[i-1] != '\n' {
			continue
		}
		line, _, whole := bytes.Cut(text[i:], []byte("\n"))
		mode, name, ok := strings.Cut(strings.TrimSpace(string(line[len("begin "):])), " ")
		if whole && ok && (len(mode) == 3 || len(mode) == 4) && strings.Trim(mode, "01234567") == "" {
			return i, name
		}
	}
}

// uuBody decodes the lines up to "end"; a missing end is taken for one when there was
// any line.
func uuBody(text []byte) (content, rest []byte, ok bool) {
	for len(text) > 0 {
		line, after, _ := bytes.Cut(text, []byte("\n"))
		line = bytes.TrimRight(line, "\r")
		if string(bytes.TrimSpace(line)) == "end" {
			return content, after, true
		}
		if string(bytes.TrimSpace(line)) == "`" || len(bytes.TrimSpace(line)) == 0 {
			text = after
			continue
		}
		n := int(line[0]-' ') & 63
		if line[0] < ' ' || line[0] > '`' || len(line)-1 < (n+2)/3*4-3 {
			return content, text, len(content) > 0
		}
		content, text = append(content, uuLine(line[1:], n)...), after
	}
	return content, nil, len(content) > 0
}

func uuLine(line []byte, n int) []byte {
	at := func(i int) byte {
		if i < len(line) {
			return (line[i] - ' ') & 63
		}
		return 0
	}
	var out []byte
	for i := 0; len(out) < n; i += 4 {
		a, b, c, d := at(i), at(i+1), at(i+2), at(i+3)
		out = append(out, a<<2|b>>4, b<<4|c>>2, c<<6|d)
	}
	return out[:n]
}
