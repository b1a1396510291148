package table

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"kompetansepilot/data"
)

// sniffed is how much of a file tells what it is.
const sniffed = 64 << 10

// decode makes text of the bytes of a text file. Without a mark at its beginning
// it is UTF-16 when every second byte is mostly zero, UTF-8 when it is valid so,
// and otherwise what Excel in the west writes.
func decode(raw []byte) (text, encoding string, err error) {
	switch {
	case bytes.HasPrefix(raw, []byte("\xEF\xBB\xBF")):
		return string(bytes.ToValidUTF8(raw[3:], []byte("\uFFFD"))), "UTF-8", nil
	case bytes.HasPrefix(raw, []byte("\xFF\xFE")):
		return wide(raw[2:], binary.LittleEndian), "UTF-16", nil
	case bytes.HasPrefix(raw, []byte("\xFE\xFF")):
		return wide(raw[2:], binary.BigEndian), "UTF-16", nil
	}
	head := raw[:min(len(raw), sniffed)]
	if order := zeros(head); order != nil {
		return wide(raw, order), "UTF-16", nil
	}
	if strange(head) {
		return "", "", data.NewError(CodeTable+".kind", "Dette er ikke en tabell som kan leses. Ingenting er endret. Velg en fil som er lagret som .xlsx, .csv eller .vcf.", nil)
	}
	if utf8.Valid(raw) {
		return string(raw), "UTF-8", nil
	}
	out, err := charmap.Windows1252.NewDecoder().Bytes(raw)
	return string(out), "Windows-1252", err
}

func wide(raw []byte, order binary.ByteOrder) string {
	units := make([]uint16, len(raw)/2)
	for i := range units {
		units[i] = order.Uint16(raw[2*i:])
	}
	return string(utf16.Decode(units))
}

// zeros tells of UTF-16 without a mark: ASCII letters have a zero on one side.
func zeros(head []byte) binary.ByteOrder {
	if len(head) < 8 {
		return nil
	}
	var at [2]int
	for i, b := range head {
		if b == 0 {
			at[i%2]++
		}
	}
	half := len(head) / 2
	switch {
	case at[1] > half*2/3 && at[0] < half/10:
		return binary.LittleEndian
	case at[0] > half*2/3 && at[1] < half/10:
		return binary.BigEndian
	}
	return nil
}

// strange tells bytes that are no text: a picture, a PDF, a program. A few zeros
// may stand in a damaged table.
func strange(head []byte) bool {
	if bytes.HasPrefix(head, []byte("%PDF")) || bytes.HasPrefix(head, []byte("\x89PNG")) || bytes.HasPrefix(head, []byte("\x1f\x8b")) || bytes.HasPrefix(head, []byte("\xff\xd8\xff")) {
		return true
	}
	control := 0
	for _, b := range head {
		if b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != 0x1a {
			control++
		}
	}
	return control*10 > len(head)
}
