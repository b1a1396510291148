package pdf

import (
	"bytes"
	"fmt"
)

// perStream is the number of objects packed into one object stream.
const perStream = 200

// place tells where the cross-reference stream finds an object: at an offset
// (kind 1), or at an index in an object stream (kind 2).
type place struct{ kind, where, index int }

// bytes writes the file. Objects that are not streams are packed and compressed
// together, which makes a tagged document several times smaller.
func (f *file) bytes() []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-" + f.profile.version + "\n%\xE2\xE3\xCF\xD3\n") // four high bytes tell that the file is binary
	if f.profile.version < "1.5" {
		f.writeTable(&b)
		return b.Bytes()
	}
	places := make([]place, len(f.objects))
	var packed []int
	for n := 1; n < len(f.objects); n++ {
		if !isStream(f.objects[n]) {
			packed = append(packed, n)
			continue
		}
		places[n] = place{1, b.Len(), 0}
		writeObject(&b, n, f.objects[n])
	}
	for len(packed) > 0 {
		count := min(len(packed), perStream)
		number := len(places)
		var index, bodies bytes.Buffer
		for i, n := range packed[:count] {
			fmt.Fprintf(&index, "%d %d ", n, bodies.Len())
			bodies.Write(f.objects[n])
			bodies.WriteByte('\n')
			places[n] = place{2, number, i}
		}
		dict := fmt.Sprintf("/Type /ObjStm /N %d /First %d", count, index.Len())
		index.Write(bodies.Bytes())
		places = append(places, place{1, b.Len(), 0})
		writeObject(&b, number, f.stream(dict, index.Bytes(), true))
		packed = packed[count:]
	}
	f.writeReferences(&b, places)
	return b.Bytes()
}

func writeObject(b *bytes.Buffer, n int, body []byte) {
	fmt.Fprintf(b, "%d 0 obj\n", n)
	b.Write(body)
	b.WriteString("\nendobj\n")
}

// writeTable writes all objects plainly, and a table of the old kind: what is
// older than PDF 1.5 knows no object streams.
func (f *file) writeTable(b *bytes.Buffer) {
	offsets := make([]int, len(f.objects))
	for n := 1; n < len(f.objects); n++ {
		offsets[n] = b.Len()
		writeObject(b, n, f.objects[n])
	}
	start := b.Len()
	fmt.Fprintf(b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets))
	for _, at := range offsets[1:] {
		fmt.Fprintf(b, "%010d 00000 n \n", at)
	}
	id := f.fileID()
	fmt.Fprintf(b, "trailer\n<</Size %d /Root %d 0 R /Info %d 0 R /ID [<%s> <%s>]>>\nstartxref\n%d\n%%%%EOF\n", len(offsets), f.catalog, f.info, id, id, start)
}

func (f *file) writeReferences(b *bytes.Buffer, places []place) {
	self, start := len(places), b.Len()
	places = append(places, place{1, start, 0})
	table := []byte{0, 0, 0, 0, 0, 0xFF, 0xFF}
	for _, p := range places[1:] {
		w := uint32(p.where)
		table = append(table, byte(p.kind), byte(w>>24), byte(w>>16), byte(w>>8), byte(w), byte(p.index>>8), byte(p.index))
	}
	id := f.fileID()
	dict := fmt.Sprintf("/Type /XRef /Size %d /W [1 4 2] /Root %d 0 R /Info %d 0 R /ID [<%s> <%s>]", len(places), f.catalog, f.info, id, id)
	writeObject(b, self, f.stream(dict, table, true))
	fmt.Fprintf(b, "startxref\n%d\n%%%%EOF\n", start)
}
