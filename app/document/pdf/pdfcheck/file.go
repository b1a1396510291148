package pdfcheck

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"image/color"
	"image/jpeg"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

func (f *file) checkFile() {
	if !regexp.MustCompile(`^%PDF-1\.[4-7]\n%[\x80-\xff]{4}`).Match(bytesAsLatin(f.raw[:min(len(f.raw), 20)])) {
		f.fault("header", "%q", f.raw[:min(len(f.raw), 16)])
	}
	if !bytes.HasSuffix(bytes.TrimRight(f.raw, "\r\n"), []byte("%%EOF")) {
		f.fault("eof", "%q", f.raw[max(0, len(f.raw)-10):])
	}
	id := f.array(f.trailer["ID"])
	if len(id) != 2 {
		f.fault("id", "%v", f.trailer["ID"])
	}
	for _, part := range id {
		if t, ok := part.(text); !ok || len(t) < 16 {
			f.fault("id", "%v", part)
		}
	}
	if f.trailer["Encrypt"] != nil {
		f.fault("encrypt", "the trailer has /Encrypt")
	}
	if len(f.objects) > maxObjects {
		f.fault("limit", "%d objects", len(f.objects))
	}
	for n, o := range f.objects {
		f.checkLimits(o)
		s, ok := o.(stream)
		if !ok {
			continue
		}
		if filter := f.get(s.dict["Filter"]); filter != nil && filter != name("FlateDecode") && filter != name("DCTDecode") {
			f.fault("filter", "stream %d: %v", n, filter)
		}
		if s.dict["F"] != nil || s.dict["FFilter"] != nil || s.dict["FDecodeParms"] != nil {
			f.fault("filter", "stream %d lies outside the file", n)
		}
		if s.dict["Subtype"] == name("Image") {
			f.checkImage(n, s)
		}
	}
	for n, o := range f.objects {
		d := f.dict(o)
		if d["Type"] == name("Filespec") || d["Type"] == name("EmbeddedFile") || d["EF"] != nil {
			f.fault("embedded", "object %d", n)
		}
		for _, key := range []string{"SMask", "TR", "TR2", "HT", "BM"} {
			if d[key] != nil {
				f.fault("state", "object %d has /%s", n, key)
			}
		}
		for _, key := range []string{"ca", "CA"} {
			if v, ok := f.number(d[key]); ok && v != 1 {
				f.fault("state", "object %d is transparent", n)
			}
		}
		if d["AA"] != nil || d["JS"] != nil || d["S"] == name("JavaScript") || d["S"] == name("Launch") {
			f.fault("action", "object %d", n)
		}
	}
}

// bytesAsLatin lets a regular expression see single bytes.
func bytesAsLatin(b []byte) []byte {
	var out []rune
	for _, c := range b {
		out = append(out, rune(c))
	}
	return []byte(string(out))
}

func (f *file) checkImage(n int, s stream) {
	if space := f.name(s.dict["ColorSpace"]); space != "DeviceRGB" && space != "DeviceGray" {
		f.fault("colour", "picture %d is %v", n, s.dict["ColorSpace"])
	}
	if s.dict["BitsPerComponent"] != 8 || s.dict["Interpolate"] == true || s.dict["Alternates"] != nil || s.dict["OPI"] != nil {
		f.fault("image", "picture %d: %v", n, s.dict)
	}
	width, _ := s.dict["Width"].(int)
	height, _ := s.dict["Height"].(int)
	colours := 3
	if s.dict["ColorSpace"] == name("DeviceGray") {
		colours = 1
	}
	if s.dict["Filter"] == name("DCTDecode") {
		config, err := jpeg.DecodeConfig(bytes.NewReader(s.raw))
		_, grey := config.ColorModel.Convert(color.White).(color.Gray)
		if err != nil || config.Width != width || config.Height != height || grey != (colours == 1) {
			f.fault("image", "picture %d is no JPEG of %d by %d in %d colours", n, width, height, colours)
		}
		return
	}
	// Rows begin with a byte that tells how they are packed (predictor 15).
	if rows, err := s.content(); err != nil || len(rows) != height*(1+width*colours) {
		f.fault("image", "picture %d: %d bytes for %d by %d in %d colours", n, len(rows), width, height, colours)
	}
}

// languageTag is a tag of RFC 3066.
var languageTag = regexp.MustCompile(`^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$`)

func (f *file) checkCatalog() {
	root := f.dict(f.trailer["Root"])
	if !languageTag.MatchString(unicodeText(root["Lang"])) {
		f.fault("lang", "%v", root["Lang"])
	}
	f.checkExtras(root)
	if info := f.dict(root["MarkInfo"]); info["Marked"] != true || info["Suspects"] == true {
		f.fault("marked", "%v", root["MarkInfo"])
	}
	if f.dict(root["ViewerPreferences"])["DisplayDocTitle"] != true {
		f.fault("title", "%v", root["ViewerPreferences"])
	}
	if root["OpenAction"] != nil || f.dict(root["Names"])["JavaScript"] != nil {
		f.fault("action", "the catalog acts")
	}
	if f.dict(root["Names"])["EmbeddedFiles"] != nil || root["AF"] != nil {
		f.fault("embedded", "the catalog")
	}
	f.checkIntent(root)
	f.checkMetadata(root)
	if outlines := f.dict(root["Outlines"]); outlines != nil {
		if n := f.checkOutline(root["Outlines"], 0); float64(n) != value(f.number(outlines["Count"])) {
			f.fault("outline", "%d bookmarks, the root says %v", n, outlines["Count"])
		}
	}
}

func value(v float64, _ bool) float64 { return v }

func (f *file) checkIntent(root dict) {
	intents := f.array(root["OutputIntents"])
	if len(intents) > 1 {
		f.fault("intent", "%d of them", len(intents)) // allowed with one profile, but nothing here asks for two
	}
	for _, o := range intents {
		d := f.dict(o)
		if d["S"] != name("GTS_PDFA1") || unicodeText(d["OutputConditionIdentifier"]) == "" {
			continue
		}
		profile, _ := f.get(d["DestOutputProfile"]).(stream)
		icc := f.content(d["DestOutputProfile"])
		if profile.dict["N"] == 3 && len(icc) > 128 && string(icc[36:40]) == "acsp" && string(icc[12:20]) == "mntrRGB " && icc[8] < 5 && int(binary.BigEndian.Uint32(icc)) == len(icc) {
			return
		}
	}
	f.fault("intent", "none that is whole")
}

// checkOutline gives the number of bookmarks below one, or below the root, which
// are all shown.
func (f *file) checkOutline(parent any, depth int) (count int) {
	var previous any
	for o := f.dict(parent)["First"]; o != nil && depth < 20 && count < 100_000; o = f.dict(o)["Next"] {
		d := f.dict(o)
		count++
		if strings.TrimSpace(unicodeText(d["Title"])) == "" {
			f.fault("outline", "a bookmark has no title")
		}
		if d["Parent"] != parent || d["Prev"] != previous {
			f.fault("outline", "%q does not know its neighbours", unicodeText(d["Title"]))
		}
		previous = o
		f.checkDestination(d)
		if d["First"] == nil {
			continue
		}
		below := f.checkOutline(o, depth+1)
		if value(f.number(d["Count"])) != float64(below) {
			f.fault("outline", "%d below %q, which says %v", below, unicodeText(d["Title"]), d["Count"])
		}
		count += below
	}
	if f.dict(parent)["Last"] != previous {
		f.fault("outline", "the last is %v, not %v", previous, f.dict(parent)["Last"])
	}
	return count
}

func (f *file) checkDestination(d dict) {
	if action := f.dict(d["A"]); action != nil {
		uri := unicodeText(action["URI"])
		if s := action["S"]; s != name("URI") && s != name("GoTo") {
			f.fault("action", "%v", s)
		}
		if action["S"] != name("URI") || !regexp.MustCompile(`^(https?|mailto|tel):[!-~]+$`).MatchString(uri) {
			f.fault("destination", "%v", action)
		}
		return
	}
	if at := f.array(d["Dest"]); len(at) < 2 || f.dict(at[0])["Type"] != name("Page") {
		f.fault("destination", "%v", d["Dest"])
	}
}

// packet is what is read of the metadata: for each property, its texts.
type packet map[string][]string

const (
	nsDC    = "http://purl.org/dc/elements/1.1/ "
	nsXMP   = "http://ns.adobe.com/xap/1.0/ "
	nsPDF   = "http://ns.adobe.com/pdf/1.3/ "
	nsPDFA  = "http://www.aiim.org/pdfa/ns/id/ "
	nsUA    = "http://www.aiim.org/pdfua/ns/id/ "
	nsField = "http://www.aiim.org/pdfa/ns/schema# "
	nsAbout = "http://www.aiim.org/pdfa/ns/property# "
	nsMore  = "http://www.aiim.org/pdfa/ns/extension/ "
	nsRDF   = "http://www.w3.org/1999/02/22-rdf-syntax-ns# "

	properties = "all properties" // keys of a packet besides properties
	prefixes   = "all prefixes"
)

func readPacket(b []byte) (packet, error) {
	out := packet{}
	depth := 0 // of the description that is read
	var path []string
	dec := xml.NewDecoder(bytes.NewReader(b))
	for {
		t, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			path = append(path, t.Name.Space+" "+t.Name.Local)
			if t.Name.Space+" " == nsRDF && t.Name.Local == "Description" {
				depth = len(path)
			} else if depth > 0 && len(path) == depth+1 {
				out[properties] = append(out[properties], path[len(path)-1])
			}
			for _, a := range t.Attr {
				if a.Name.Space == "xmlns" {
					out[prefixes] = append(out[prefixes], a.Name.Local+" "+a.Value)
				}
				if a.Name.Local == "lang" {
					out["lang of "+path[len(path)-3]] = []string{a.Value}
				}
			}
		case xml.EndElement:
			path = path[:len(path)-1]
		case xml.CharData:
			if s := strings.TrimSpace(string(t)); s != "" {
				for i, p := range path { // a property, or a list in it
					if i > 1 && !strings.Contains(p, "rdf-syntax") {
						out[p] = append(out[p], string(t))
						break
					}
				}
				out[path[len(path)-1]+"!"] = append(out[path[len(path)-1]+"!"], s)
			}
		}
	}
}

func (p packet) one(key string) string { return strings.Join(p[key], "|") }

func (f *file) checkMetadata(root dict) {
	s, ok := f.get(root["Metadata"]).(stream)
	if !ok || s.dict["Filter"] != nil || s.dict["Subtype"] != name("XML") {
		f.fault("metadata", "missing or packed")
		return
	}
	if s.dict["Type"] != name("Metadata") || !utf8.Valid(s.raw) {
		f.fault("metadata", "%v", s.dict)
	}
	if !bytes.HasPrefix(s.raw, []byte("<?xpacket begin=\"\ufeff\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>")) || !bytes.HasSuffix(s.raw, []byte("?>")) {
		f.fault("metadata", "no packet")
	}
	p, err := readPacket(s.raw)
	if err != nil {
		f.fault("metadata", "%v", err)
		return
	}
	part, level := p.one(nsPDFA+"part"), p.one(nsPDFA+"conformance")
	if part != "2" || level != "A" || p.one(nsUA+"part") != "1" {
		f.fault("xmp-claim", "PDF/A-%s%s, PDF/UA-%s", part, level, p.one(nsUA+"part"))
	}
	if p.one(nsDC+"title") == "" || p.one("lang of "+nsDC+"title") != "x-default" {
		f.fault("xmp-title", "%q", p.one(nsDC+"title"))
	}
	if !slices.Contains(p[nsField+"namespaceURI!"], strings.TrimSpace(nsUA)) {
		f.fault("xmp-schema", "%v", p[nsField+"namespaceURI!"])
	}
	f.checkProperties(p)
	f.checkInfo(p)
}

// checkProperties: an archive knows these properties, each with its usual prefix,
// and no other that the packet does not explain.
func (f *file) checkProperties(p packet) {
	known := map[string][]string{"dc " + nsDC: {"format", "title", "creator", "description", "language"}, "xmp " + nsXMP: {"CreateDate", "ModifyDate", "MetadataDate", "CreatorTool"},
		"pdf " + nsPDF: {"Producer", "Keywords"}, "pdfaid " + nsPDFA: {"part", "conformance"}, "pdfuaid " + nsUA: {"part"}, "pdfaExtension " + nsMore: {"schemas"}}
	seen := map[string]bool{}
	for _, property := range p[properties] {
		space, local, _ := strings.Cut(property, " ")
		ok := false
		for _, prefix := range p[prefixes] {
			ok = ok || strings.HasSuffix(prefix, " "+space) && slices.Contains(known[prefix+" "], local)
		}
		if !ok || seen[property] {
			f.fault("xmp-property", "%s", property)
		}
		seen[property] = true
	}
	for key, want := range map[string]string{nsField + "prefix": "pdfuaid", nsAbout + "name": "part", nsAbout + "valueType": "Integer", nsAbout + "category": "internal"} {
		if got := strings.Join(p[key+"!"], "|"); got != want {
			f.fault("xmp-schema", "%s is %q", key, got)
		}
	}
	if len(p[nsField+"schema!"]) != 1 || len(p[nsAbout+"description!"]) != 1 {
		f.fault("xmp-schema", "it is not described")
	}
}

func (f *file) checkInfo(p packet) {
	info := f.dict(f.trailer["Info"])
	for key, property := range map[string]string{"Title": nsDC + "title", "Author": nsDC + "creator", "Subject": nsDC + "description",
		"Keywords": nsPDF + "Keywords", "Creator": nsXMP + "CreatorTool", "Producer": nsPDF + "Producer"} {
		if said := unicodeText(info[key]); said != p.one(property) {
			f.fault("xmp-info", "%s is %q and %q", key, said, p.one(property))
		}
	}
	for key, property := range map[string]string{"CreationDate": nsXMP + "CreateDate", "ModDate": nsXMP + "ModifyDate"} {
		a, err1 := time.Parse("D:20060102150405-0700", strings.ReplaceAll(unicodeText(info[key]), "'", ""))
		b, err2 := time.Parse(time.RFC3339, p.one(property))
		if err1 != nil || err2 != nil || !a.Equal(b) {
			f.fault("xmp-info", "%s is %q and %q", key, unicodeText(info[key]), p.one(property))
		}
	}
}
