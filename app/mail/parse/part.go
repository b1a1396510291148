package parse

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime/quotedprintable"
	"strings"
)

// Limits of what is read, against messages that are made to exhaust a machine.
const (
	mostDepth = 30
	mostParts = 500
	mostText  = 8 << 20 // bytes of text that are decoded, in all
)

// leaf is a part that holds no others.
type leaf struct {
	header      header
	kind        string
	params      map[string]string
	disposition string
	name        string
	cid         string
	body        []byte // as it was sent
	encoding    string
	alternative int // number of the multipart/alternative that it stands in, 0 for none
	quote       int // how many letters it lies in
}

// kindHeading is the kind of a leaf that is the head of a letter within the letter.
const kindHeading = "x-heading"

// walker cuts a message into its leaves.
type walker struct {
	leaves       []leaf
	alternatives int
	deep         bool // something was nested too deep, or there were too many parts
	signed       bool
	encrypted    bool
}

// place is where in a message the walker is.
type place struct{ depth, alternative, quote int }

func (w *walker) add(l leaf) {
	if len(w.leaves) >= mostParts {
		w.deep = true
		return
	}
	w.leaves = append(w.leaves, l)
}

func (w *walker) walk(h header, body []byte, at place) {
	if len(w.leaves) >= mostParts || at.depth > mostDepth {
		w.deep = true
		return
	}
	kind, p := params(h.get("content-type"))
	if kind == "" || !strings.Contains(kind, "/") {
		if _, more := params("x; " + h.get("content-type")); len(p) == 0 { // "Content-Type: charset=utf-8"
			p = more
		}
		kind = "text/plain"
	}
	if strings.HasPrefix(kind, "multipart/") {
		w.signed = w.signed || kind == "multipart/signed"
		w.encrypted = w.encrypted || kind == "multipart/encrypted"
		if parts := bodies(body, p["boundary"]); len(parts) > 0 {
			if kind == "multipart/alternative" {
				w.alternatives++
				at.alternative = w.alternatives
			}
			at.depth++
			for _, part := range parts {
				ph, pb := split(part)
				w.walk(ph, pb, at)
			}
			return
		}
		kind = "text/plain" // no boundary, or a wrong one: all of it as text
	}
	l := leaf{header: h, kind: kind, params: p, body: body, encoding: strings.ToLower(strings.TrimSpace(h.get("content-transfer-encoding"))), alternative: at.alternative, quote: at.quote}
	var dp map[string]string
	l.disposition, dp = params(h.get("content-disposition"))
	if l.name = dp["filename"]; l.name == "" {
		l.name = p["name"]
	}
	l.cid = strings.Trim(h.get("content-id"), "<> ")
	w.leaf(l, at)
}

// leaf takes a part, and opens what wraps others.
func (w *walker) leaf(l leaf, at place) {
	switch {
	case isSealed(&l):
		how, letter := unseal(l.decoded(0))
		switch {
		case how == sealedSigned && len(letter) > 0:
			w.signed = true
			h, body := split(repair(letter))
			at.depth++
			w.walk(h, body, at)
			return
		case how == sealedEncrypted, how == sealedNot && l.params["smime-type"] != "signed-data" && l.params["smime-type"] != "certs-only":
			w.encrypted = true
		}
		w.add(l)
	case l.kind == "application/ms-tnef", l.kind == "application/vnd.ms-tnef", strings.EqualFold(l.name, "winmail.dat"):
		if !w.tnef(l.decoded(0), at.depth+1, at.quote) {
			w.add(l)
		}
	case l.kind == "message/rfc822":
		w.add(l)
		h, body := split(repair(l.decoded(0)))
		if len(h) == 0 {
			return
		}
		w.add(leaf{kind: kindHeading, header: h, quote: at.quote + 1})
		w.walk(h, body, place{depth: at.depth + 1, quote: at.quote + 1})
	case l.kind == "text/plain" && l.isText() && l.encoding != "base64" && bytes.Contains(l.body, []byte("begin ")):
		rest, files := uudecode(l.decoded(0))
		if len(files) > 0 {
			l.body, l.encoding = rest, ""
		}
		w.add(l)
		for _, f := range files {
			w.add(leaf{kind: "application/octet-stream", name: f.name, body: f.content, disposition: "attachment", quote: at.quote})
		}
	default:
		w.add(l)
	}
}

// bodies cuts a multipart body at its boundary. A missing end is taken for one.
func bodies(body []byte, boundary string) [][]byte {
	if boundary == "" {
		return nil
	}
	mark := []byte("--" + boundary)
	var parts [][]byte
	start, at := -1, 0
	for at < len(body) && len(parts) <= mostParts {
		end := bytes.IndexByte(body[at:], '\n')
		next := len(body)
		if end >= 0 {
			next = at + end + 1
		}
		line := bytes.TrimRight(body[at:next], " \t\r\n")
		if bytes.HasPrefix(line, mark) && (len(line) == len(mark) || bytes.Equal(line[len(mark):], []byte("--"))) {
			if start >= 0 {
				parts = append(parts, bytes.TrimSuffix(bytes.TrimSuffix(body[start:at], []byte("\n")), []byte("\r")))
			}
			if start = next; len(line) > len(mark) {
				return parts
			}
		}
		at = next
	}
	if start >= 0 && start < len(body) {
		parts = append(parts, body[start:])
	}
	return parts
}

// decoded is the content of a leaf, at most so many bytes; 0 for all.
func (l *leaf) decoded(most int) []byte {
	raw := l.body
	switch l.encoding {
	case "base64":
		if most > 0 && len(raw) > most*2 {
			raw = raw[:most*2]
		}
		return base64Bytes(raw)
	case "quoted-printable":
		if most > 0 && len(raw) > most*3 {
			raw = raw[:most*3]
		}
		out, _ := io.ReadAll(quotedprintable.NewReader(bytes.NewReader(raw))) // what could be read
		if len(out) == 0 && len(raw) > 0 {
			return raw
		}
		return out
	}
	if most > 0 && len(raw) > most {
		raw = raw[:most]
	}
	return raw
}

const base64Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

// base64Bytes decodes what is base64 in raw; other letters are passed over.
func base64Bytes(raw []byte) []byte {
	clean := make([]byte, 0, len(raw))
	for _, b := range raw {
		if b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b == '+' || b == '/' {
			clean = append(clean, b)
		}
	}
	if len(clean)%4 == 1 {
		clean = clean[:len(clean)-1]
	}
	out := make([]byte, base64.RawStdEncoding.DecodedLen(len(clean)))
	n, _ := base64.RawStdEncoding.Decode(out, clean)
	return out[:n]
}

// isText tells whether a leaf is a text to be read, not a file.
func (l *leaf) isText() bool {
	return (l.kind == "text/plain" || l.kind == "text/html") && l.disposition != "attachment" && (l.name == "" || l.disposition == "inline" && l.alternative > 0)
}

// text is the leaf's content as text, made of at most so many bytes.
func (l *leaf) text(most int) string {
	text := strings.ReplaceAll(readable(l.decoded(most), l.params["charset"]), "\r\n", "\n")
	text = strings.ReplaceAll(text, "\r", "\n")
	if l.kind == "text/plain" && strings.EqualFold(l.params["format"], "flowed") {
		text = flowed(text, strings.EqualFold(l.params["delsp"], "yes"))
	}
	return text
}

// flowed joins the lines of format=flowed (RFC 3676).
func flowed(text string, delsp bool) string {
	var out strings.Builder
	open, depth := false, 0
	for line := range strings.SplitSeq(text, "\n") {
		quotes := 0
		for quotes < len(line) && line[quotes] == '>' {
			quotes++
		}
		rest := strings.TrimPrefix(line[quotes:], " ")
		if open && quotes == depth && rest != "-- " {
			out.WriteString(rest)
		} else {
			if out.Len() > 0 {
				out.WriteByte('\n')
			}
			out.WriteString(strings.Repeat(">", quotes))
			if quotes > 0 {
				out.WriteByte(' ')
			}
			out.WriteString(rest)
		}
		depth, open = quotes, strings.HasSuffix(rest, " ") && rest != "-- "
		if open && delsp {
			s := out.String()
			out.Reset()
			out.WriteString(s[:len(s)-1])
		}
	}
	return out.String()
}
