package bundle

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"io"
	"slices"

	"kompetansepilot/data"
)

// Lengths of a ZIP's records before their names and extras, in bytes (PKWARE
// APPNOTE 4.3).
const (
	localLength     = 30
	directoryLength = 46
	endLength       = 22
	maxComment      = 1<<16 - 1
	maxDescriptor   = 24
)

// ending is the record at the end of a ZIP, which tells where its list of files
// is.
type ending struct {
	at             int64 // of the record itself
	length, offset int64 // of the list
	comment        int64 // bytes after the record
}

// findEnd reads the end record before the ZIP package reads the list of files,
// which that would take into memory whatever its length. A bundle is far from
// needing the 64-bit form.
func findEnd(r io.ReaderAt, size int64) (ending, bool) {
	tail := make([]byte, min(size, endLength+maxComment))
	if n, err := r.ReadAt(tail, size-int64(len(tail))); n < len(tail) && err != nil {
		return ending{}, false
	}
	at := bytes.LastIndex(tail, []byte("PK\x05\x06"))
	if at < 0 || len(tail)-at < endLength {
		return ending{}, false
	}
	e := ending{at: size - int64(len(tail)) + int64(at), length: int64(binary.LittleEndian.Uint32(tail[at+12:])),
		offset: int64(binary.LittleEndian.Uint32(tail[at+16:])), comment: int64(binary.LittleEndian.Uint16(tail[at+20:]))}
	return e, e.offset+e.length <= e.at
}

// place is where a file lies in the ZIP.
type place struct {
	from, to int64
	// slack is how much may follow that belongs to the file: its sizes, which some
	// programs write after it.
	slack int64
}

// surroundings looks at what lies round the files. Programs that read a ZIP from
// its beginning see other files than those that read its list, where somebody
// has put something between.
func (a *archive) surroundings(r io.ReaderAt, size int64, e ending) {
	list := make([]byte, e.length)
	if n, err := r.ReadAt(list, e.at-e.length); n < len(list) && err != nil {
		return // told when the files are read
	}
	base := e.at - e.length - e.offset // what stands before the ZIP
	var places []place
	for len(list) >= directoryLength && len(places) <= maxEntries {
		name, extra, comment := int(binary.LittleEndian.Uint16(list[28:])), int(binary.LittleEndian.Uint16(list[30:])), int(binary.LittleEndian.Uint16(list[32:]))
		next := directoryLength + name + extra + comment
		if next > len(list) {
			break
		}
		p := place{from: base + int64(binary.LittleEndian.Uint32(list[42:]))}
		if binary.LittleEndian.Uint16(list[8:])&8 != 0 {
			p.slack = maxDescriptor
		}
		local := make([]byte, localLength+name)
		if n, err := r.ReadAt(local, p.from); n < len(local) && err != nil {
			return
		}
		if listed := list[directoryLength : directoryLength+name]; int(binary.LittleEndian.Uint16(local[26:])) != name || !bytes.Equal(local[localLength:], listed) {
			a.fault(data.NewError("bundleTwoNames", "ZIP-filen har to navn for «{{.Name}}», så det er uklart hva den pakkes ut som. Ikke pakk ut ZIP-filen.", nil, "Name", shown(string(listed))))
		}
		p.to = p.from + localLength + int64(name) + int64(binary.LittleEndian.Uint16(local[28:])) + int64(binary.LittleEndian.Uint32(list[20:]))
		places, list = append(places, p), list[next:]
	}
	slices.SortStableFunc(places, func(a, b place) int { return cmp.Compare(a.from, b.from) })
	places = append(places, place{from: e.at - e.length, to: e.at + endLength + e.comment})
	hidden, at, slack := int64(0), int64(0), int64(0)
	for _, p := range places {
		if gap := p.from - at; gap < 0 || gap > slack {
			hidden += max(gap, -gap)
		}
		at, slack = p.to, p.slack
	}
	if hidden += max(size-at, at-size); hidden != 0 {
		a.fault(data.NewError("bundleHidden", "ZIP-filen har {{.Bytes}} byte som ikke hører til noen av filene i den. Noen kan ha lagt noe til etter at pakken ble laget.", nil, "Bytes", hidden))
	}
}
