package pdf

import (
	"bytes"
	"compress/zlib"
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
)

// reader reads back the files that this package writes, to check them.
type reader struct {
	objects map[int]string // bodies; streams are unpacked and follow their dictionary
	faults  []string
}

func (r *reader) fault(format string, args ...any) {
	r.faults = append(r.faults, fmt.Sprintf(format, args...))
}

var (
	reObject = regexp.MustCompile(`^(\d+) 0 obj\n`)
	reLength = regexp.MustCompile(`/Length (\d+)`)
	reRef    = regexp.MustCompile(`(\d+) 0 R`)
)

func unpack(b []byte) []byte {
	z, err := zlib.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil
	}
	out, _ := io.ReadAll(z)
	return out
}

// open follows the cross-reference stream to every object.
func open(file []byte) *reader {
	r := &reader{objects: map[int]string{}}
	tail := string(file[max(0, len(file)-60):])
	start, _ := strconv.Atoi(strings.Fields(tail[strings.Index(tail, "startxref"):])[1])
	_, table := r.at(file, start)
	type packedObject struct{ number, stream, index int }
	var packed []packedObject
	for n := 0; n < len(table)/7; n++ {
		row := table[7*n : 7*n+7]
		where := int(row[1])<<24 | int(row[2])<<16 | int(row[3])<<8 | int(row[4])
		switch row[0] {
		case 1:
			number, body := r.at(file, where)
			if number != n {
				r.fault("entry %d leads to object %d", n, number)
			}
			r.objects[n] = body
		case 2:
			packed = append(packed, packedObject{n, where, int(row[5])<<8 | int(row[6])})
		}
	}
	for _, p := range packed {
		body := r.objects[p.stream]
		fields := strings.Fields(body)
		if fields[2*p.index] != strconv.Itoa(p.number) {
			r.fault("object %d is not at its place in its stream", p.number)
		}
		count := 0
		for count*2 < len(fields) && fields[count*2] != "<<" && isNumber(fields[count*2]) && isNumber(fields[count*2+1]) {
			count++
		}
		first := strings.IndexAny(body, "<[")
		from, _ := strconv.Atoi(fields[2*p.index+1])
		to := len(body)
		if p.index+1 < count {
			next, _ := strconv.Atoi(fields[2*p.index+3])
			to = first + next
		}
		r.objects[p.number] = body[first+from : to]
	}
	return r
}

func isNumber(s string) bool { _, err := strconv.Atoi(s); return err == nil }

// at reads the object at an offset; of a stream it gives the unpacked content.
func (r *reader) at(file []byte, offset int) (int, string) {
	m := reObject.FindSubmatch(file[offset:min(offset+20, len(file))])
	if m == nil {
		r.fault("no object at %d", offset)
		return -1, ""
	}
	n, _ := strconv.Atoi(string(m[1]))
	body := file[offset+len(m[0]):]
	s := bytes.Index(body, []byte("stream\n"))
	dict := body[:s]
	length, _ := strconv.Atoi(string(reLength.FindSubmatch(dict)[1]))
	content := body[s+7 : s+7+length]
	if !bytes.HasPrefix(body[s+7+length:], []byte("\nendstream")) {
		r.fault("object %d has a wrong length", n)
	}
	if bytes.Contains(dict, []byte("/FlateDecode")) {
		content = unpack(content)
	}
	return n, string(content)
}

// value gives what follows a key in an object, up to the next key.
func value(object, key string) string {
	_, after, ok := strings.Cut(object, "/"+key+" ")
	if !ok {
		return ""
	}
	return after
}

func refs(s string) (out []int) {
	for _, m := range reRef.FindAllStringSubmatch(s, -1) {
		n, _ := strconv.Atoi(m[1])
		out = append(out, n)
	}
	return out
}

func (r *reader) firstRef(object, key string) int {
	if list := refs(value(object, key)); len(list) > 0 {
		return list[0]
	}
	return 0
}

func (r *reader) find(kind string) (int, string) {
	for n, o := range r.objects {
		if strings.HasPrefix(o, "<</Type /"+kind+" ") || strings.HasPrefix(o, "<</Type /"+kind+"\n") {
			return n, o
		}
	}
	return 0, ""
}

// check looks for breaches of PDF/A-2a and PDF/UA-1 in the tagging of a file.
func check(file []byte, pages int) []string {
	r := open(file)
	_, catalog := r.find("Catalog")
	for _, key := range []string{"/Lang (", "/MarkInfo <</Marked true>>", "/StructTreeRoot ", "/Metadata ", "/DisplayDocTitle true", "/OutputIntents ["} {
		if !strings.Contains(catalog, key) {
			r.fault("the catalog has no %s", key)
		}
	}
	if err := xml.Unmarshal([]byte(r.objects[r.firstRef(catalog, "Metadata")]), new(struct{})); err != nil {
		r.fault("metadata: %v", err)
	}
	root := r.firstRef(catalog, "StructTreeRoot")
	parents := map[int]int{} // number in the parent tree to object
	nums := strings.Trim(value(r.objects[r.firstRef(r.objects[root], "ParentTree")], "Nums"), "[]>\n")
	for f := strings.Fields(nums); len(f) >= 4; f = f[4:] {
		key, _ := strconv.Atoi(f[0])
		parents[key], _ = strconv.Atoi(f[1])
	}
	next, _ := strconv.Atoi(strings.TrimSuffix(value(r.objects[root], "ParentTreeNextKey"), ">>\n"))
	if next != len(parents) {
		r.fault("the next key is %d after %d keys", next, len(parents))
	}
	seen := map[string]int{} // "page mcid" to the element it belongs to
	r.walk(r.firstRef(r.objects[root], "K"), root, seen)
	for i := range pages {
		n := pageObject(i)
		marks := r.content(r.objects[n+1], i)
		listed := refs(r.objects[parents[i]])
		if len(listed) != marks {
			r.fault("page %d has %d marks, the parent tree %d", i+1, marks, len(listed))
		}
		for mcid, e := range listed {
			if got := seen[fmt.Sprint(n, " ", mcid)]; got != e {
				r.fault("page %d mark %d: element %d in the tree, %d in the parent tree", i+1, mcid, got, e)
			}
		}
		if annots, _, _ := strings.Cut(value(r.objects[n], "Annots"), "]"); annots != "" {
			for _, a := range refs(annots) {
				r.link(a, parents)
			}
		}
	}
	return r.faults
}

func (r *reader) link(a int, parents map[int]int) {
	o := r.objects[a]
	if !strings.Contains(o, "/F 4 ") || !strings.Contains(o, "/Contents <FEFF") {
		r.fault("link %d has no flag or no contents", a)
	}
	key, _ := strconv.Atoi(strings.Fields(value(o, "StructParent"))[0])
	e := r.objects[parents[key]]
	if !strings.Contains(e, "/S /Link ") || !strings.Contains(e, fmt.Sprintf("/OBJR /Obj %d 0 R", a)) {
		r.fault("link %d and its element do not know each other", a)
	}
}
