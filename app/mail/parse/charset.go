package parse

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
)

// readable makes text of bytes. What says that it is latin-1, ASCII or nothing is
// UTF-8 when it can be, else Windows-1252: that is what writes such mail.
func readable(raw []byte, name string) string {
	name = strings.ToLower(strings.TrimSpace(name))
	switch name {
	case "", "us-ascii", "ascii", "iso-8859-1", "latin1", "utf-8", "utf8", "windows-1252", "unknown-8bit", "8bit", "binary", "unknown", "default":
		if utf8.Valid(raw) && name != "windows-1252" || utf8.Valid(raw) && !looksSingle(raw) {
			return string(raw)
		}
		out, err := charmap.Windows1252.NewDecoder().Bytes(raw)
		if err != nil {
			return strings.ToValidUTF8(string(raw), "\ufffd")
		}
		return string(out)
	case "ibm865", "cp865":
		out, _ := charmap.CodePage865.NewDecoder().Bytes(raw)
		return string(out)
	case "ns_4551-1", "iso-ir-60", "ns_4551", "iso646-no":
		return strings.NewReplacer("[", "Æ", `\`, "Ø", "]", "Å", "{", "æ", "|", "ø", "}", "å").Replace(strings.ToValidUTF8(string(raw), "\ufffd"))
	case "cp932", "ms932", "windows-31j":
		out, _ := japanese.ShiftJIS.NewDecoder().Bytes(raw)
		return string(out)
	case "utf-7", "unicode-1-1-utf-7":
		return utf7(readable(raw, ""))
	}
	r, err := charset.NewReaderLabel(name, bytes.NewReader(raw))
	if err != nil {
		return readable(raw, "")
	}
	out, err := io.ReadAll(r)
	if err != nil {
		return readable(raw, "")
	}
	return strings.ToValidUTF8(string(out), "\ufffd")
}

// looksSingle tells whether bytes that are valid UTF-8 are rather single letters:
// plain ASCII is the same in both.
func looksSingle(raw []byte) bool {
	for _, b := range raw {
		if b >= 0x80 {
			return false
		}
	}
	return true
}

func charsetReader(name string, r io.Reader) (io.Reader, error) {
	raw, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	return strings.NewReader(readable(raw, name)), nil
}

// utf7 decodes UTF-7 (RFC 2152). What it hides, such as a script, becomes text.
func utf7(s string) string {
	var out strings.Builder
	for {
		i := strings.IndexByte(s, '+')
		if i < 0 {
			out.WriteString(s)
			return out.String()
		}
		out.WriteString(s[:i])
		s = s[i+1:]
		end := 0
		for end < len(s) && strings.IndexByte(base64Letters, s[end]) >= 0 {
			end++
		}
		if end == 0 {
			out.WriteByte('+')
		} else {
			raw := base64Bytes([]byte(s[:end]))
			units := make([]uint16, 0, len(raw)/2)
			for k := 0; k+1 < len(raw); k += 2 {
				units = append(units, uint16(raw[k])<<8|uint16(raw[k+1]))
			}
			out.WriteString(string(utf16.Decode(units)))
		}
		s = s[end:]
		s = strings.TrimPrefix(s, "-")
	}
}
