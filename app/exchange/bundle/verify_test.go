package bundle_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kompetansepilot/app/disk"
	"kompetansepilot/app/document"
	"kompetansepilot/app/document/render"
	"kompetansepilot/app/exchange/bundle"
	"kompetansepilot/app/grant"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
)

// Any change of any byte of any file in the bundle is found, also when the ZIP
// itself is without a fault.
func TestAnyChangedByteIsFound(t *testing.T) {
	files := unpack(t, sample(t))
	rapid.Check(t, func(t *rapid.T) {
		changed := slices.Clone(files)
		i := rapid.IntRange(0, len(files)-1).Draw(t, "file")
		content := bytes.Clone(files[i].content)
		switch at := rapid.IntRange(0, len(content)-1).Draw(t, "at"); rapid.IntRange(0, 2).Draw(t, "how") {
		case 0:
			content[at] ^= byte(rapid.IntRange(1, 255).Draw(t, "bits"))
		case 1:
			content = slices.Delete(content, at, at+1)
		case 2:
			content = slices.Insert(content, at, byte(rapid.IntRange(0, 255).Draw(t, "byte")))
		}
		changed[i].content = content
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for _, f := range changed {
			w, _ := z.Create(f.name)
			_, _ = w.Write(f.content)
		}
		_ = z.Close()
		r := verify(b.Bytes())
		if r.OK {
			t.Fatalf("a change of %s was not found", files[i].name)
		}
		if !strings.Contains(strings.Join(r.Problems, "\n"), files[i].name) {
			t.Fatalf("a change of %s is told as %q", files[i].name, r.Problems)
		}
	})
}

// Any change of any byte of the ZIP is seen: either it is not OK, or not exact.
func TestAnyChangedByteOfTheZipIsSeen(t *testing.T) {
	raw := sample(t)
	rapid.Check(t, func(t *rapid.T) {
		changed := bytes.Clone(raw)
		// The names and the list of files stand at the ends.
		at := rapid.OneOf(rapid.IntRange(0, len(raw)-1), rapid.IntRange(0, 200), rapid.IntRange(len(raw)-1200, len(raw)-1)).Draw(t, "at")
		changed[at] ^= byte(rapid.IntRange(1, 255).Draw(t, "bits"))
		if r := verify(changed); r.OK && r.Exact {
			t.Fatalf("a change at %d of %d was not seen", at, len(raw))
		}
	})
}

func TestPackedAgainIsStillWhole(t *testing.T) {
	raw := sample(t)
	files := unpack(t, raw)
	for i := range files {
		files[i].method = zip.Deflate
	}
	files = append([]packed{{name: "vedlegg/"}}, files...)
	if r := verify(pack(t, files)); !r.OK || r.Exact {
		t.Errorf("exact %v, problems %q", r.Exact, r.Problems)
	}
}

func TestVerifyNamesWhatIsWrong(t *testing.T) {
	raw := sample(t)
	files := unpack(t, raw)
	with := func(extra ...packed) []byte { return pack(t, append(slices.Clone(files), extra...)) }
	without := func(name string) []byte {
		return pack(t, slices.DeleteFunc(slices.Clone(files), func(f packed) bool { return f.name == name }))
	}
	changed := func(name string, f func([]byte) []byte) []byte {
		all := slices.Clone(files)
		for i := range all {
			if all[i].name == name {
				all[i].content = f(bytes.Clone(all[i].content))
			}
		}
		return pack(t, all)
	}
	replace := func(old, with string) func([]byte) []byte {
		return func(content []byte) []byte {
			if !bytes.Contains(content, []byte(old)) {
				t.Fatalf("no %q", old)
			}
			return bytes.Replace(content, []byte(old), []byte(with), 1)
		}
	}
	for name, c := range map[string]struct {
		raw  []byte
		want []string
		says string
	}{
		"nothing":             {nil, []string{"bundleNotZip"}, "ikke en ZIP-fil"},
		"a text":              {[]byte("Hei"), []string{"bundleNotZip"}, "ikke en ZIP-fil"},
		"a PDF":               {[]byte(thePDF), []string{"bundleNotZip"}, "ikke en ZIP-fil"},
		"cut off":             {raw[:len(raw)-30], []string{"bundleTruncated"}, "avkortet"},
		"half":                {raw[:len(raw)/2], []string{"bundleTruncated"}, "avkortet"},
		"another ZIP":         {pack(t, []packed{{name: "a.txt"}}), []string{"bundleNoManifest"}, "manifest.json mangler"},
		"no PDF":              {without(bundle.NamePDF), []string{"bundleMissing"}, "«søknad.pdf» mangler"},
		"no sums":             {without(bundle.NameSums), []string{"bundleMissing"}, "«SHA256SUMS» mangler"},
		"one more":            {with(packed{name: "vedlegg/99 Ny.pdf"}), []string{"bundleExtra"}, "«vedlegg/99 Ny.pdf» er lagt til"},
		"twice":               {with(files[1]), []string{"bundleDuplicate"}, "«søknad.pdf» finnes flere ganger"},
		"twice by case":       {with(packed{name: "SØKNAD.pdf"}), []string{"bundleDuplicate"}, "«SØKNAD.pdf» finnes flere ganger"},
		"upwards":             {with(packed{name: "../../x"}), []string{"bundleUnsafeName"}, "«../../x» peker ut"},
		"absolute":            {with(packed{name: "/etc/passwd"}), []string{"bundleUnsafeName"}, "«/etc/passwd» peker ut"},
		"a drive":             {with(packed{name: "C:x"}), []string{"bundleUnsafeName"}, "peker ut"},
		"backslash":           {with(packed{name: `..\x`}), []string{"bundleUnsafeName"}, "peker ut"},
		"NUL":                 {with(packed{name: "a\x00b"}), []string{"bundleUnsafeName"}, "«a?b»"},
		"only dots":           {with(packed{name: "vedlegg/..."}), []string{"bundleUnsafeName"}, "peker ut"},
		"not UTF-8":           {with(packed{name: "a\xff"}), []string{"bundleUnsafeName"}, "peker ut"},
		"long name":           {with(packed{name: strings.Repeat("a", 300)}), []string{"bundleUnsafeName"}, "peker ut"},
		"zip bomb":            {with(packed{name: "x", content: make([]byte, 30<<20), method: zip.Deflate}), []string{"bundleBomb", "bundleExtra"}, "urimelig stor"},
		"something behind":    {append(bytes.Clone(raw), "gjemt"...), []string{"bundleHidden"}, "har 5 byte som ikke hører til"},
		"something before":    {append([]byte("PK gjemt"), raw...), []string{"bundleHidden"}, "har 8 byte"},
		"two ZIPs":            {append(bytes.Clone(raw), raw...), []string{"bundleHidden"}, fmt.Sprintf("har %d byte", len(raw))},
		"something between":   {between(raw, "gjemt"), []string{"bundleHidden"}, "har 5 byte"},
		"another local name":  {bytes.Replace(raw, []byte(bundle.NameReadMe), []byte("LES-MEG.exe"), 1), []string{"bundleTwoNames"}, "to navn for «LES-MEG.txt»"},
		"a password":          {locked(raw), []string{"bundleLocked"}, "låst med passord"},
		"hashes in capitals":  {changed(bundle.NameManifest, capitals), capitalCodes(files), "fører opp «søknad.pdf» på en måte programmet aldri gjør"},
		"a form before ours":  {changed(bundle.NameManifest, replace(`"formatVersion": 1`, `"formatVersion": 0`)), []string{"bundleManifest"}, "kan ikke leses"},
		"a name twice":        {changed(bundle.NameManifest, replace(`"title":`, `"title": "En annen", "title":`)), []string{"bundleManifest"}, "kan ikke leses"},
		"a name in capitals":  {changed(bundle.NameManifest, replace(`"title":`, `"TITLE": "En annen", "title":`)), []string{"bundleManifest"}, "kan ikke leses"},
		"changed PDF":         {changed(bundle.NamePDF, replace("en", "to")), []string{"bundleChanged"}, "«søknad.pdf» er endret"},
		"changed manifest":    {changed(bundle.NameManifest, replace("1.2.3", "9.9.9")), []string{"bundleManifestChanged", "bundleDisagrees"}, "manifest.json er endret"},
		"many manifests":      {changed(bundle.NameSums, func(s []byte) []byte { return append(s, strings.Repeat("00  manifest.json\n", 50)...) }), []string{"bundleManifestChanged", "bundleSums"}, "SHA256SUMS"},
		"no manifest at all":  {changed(bundle.NameManifest, func([]byte) []byte { return []byte("{}") }), []string{"bundleManifest"}, "kan ikke leses"},
		"not a manifest":      {changed(bundle.NameManifest, func([]byte) []byte { return []byte("hei") }), []string{"bundleManifest"}, "kan ikke leses"},
		"from the future":     {changed(bundle.NameManifest, replace(`"formatVersion": 1`, `"formatVersion": 2`)), []string{"bundleNewer"}, "nyere utgave"},
		"changed sums":        {changed(bundle.NameSums, func(s []byte) []byte { return append(s, '\n') }), []string{"bundleSums"}, "SHA256SUMS er endret"},
		"one sum less":        {changed(bundle.NameSums, func(s []byte) []byte { return s[bytes.IndexByte(s, '\n')+1:] }), []string{"bundleSums"}, "SHA256SUMS er endret"},
		"sum of the manifest": {changed(bundle.NameSums, func(s []byte) []byte { return s[:bytes.LastIndexByte(s[:len(s)-1], '\n')+1] }), []string{"bundleSums"}, "SHA256SUMS er endret"},
	} {
		t.Run(name, func(t *testing.T) {
			r := verify(c.raw)
			if r.OK || !slices.Equal(codes(r), c.want) {
				t.Errorf("found %v, want %v", codes(r), c.want)
			}
			if all := strings.Join(r.Problems, "\n"); !strings.Contains(all, c.says) {
				t.Errorf("says %q, want %q", all, c.says)
			}
		})
	}
}

// between puts something between the files and the list of them.
func between(raw []byte, hidden string) []byte {
	end := bytes.LastIndex(raw, []byte("PK\x05\x06"))
	at := int(binary.LittleEndian.Uint32(raw[end+16:]))
	out := slices.Concat(raw[:at], []byte(hidden), raw[at:])
	binary.LittleEndian.PutUint32(out[end+len(hidden)+16:], uint32(at+len(hidden)))
	return out
}

// locked says of every file that it is encrypted.
func locked(raw []byte) []byte {
	out := bytes.Clone(raw)
	for i := range len(out) - 10 {
		switch string(out[i : i+4]) {
		case "PK\x03\x04":
			out[i+6] |= 1
		case "PK\x01\x02":
			out[i+8] |= 1
		}
	}
	return out
}

// capitals writes the hashes of a manifest as other programs may.
func capitals(manifest []byte) []byte {
	return regexp.MustCompile(`"sha256": "[^"]*"`).ReplaceAllFunc(manifest, func(m []byte) []byte {
		return append([]byte(`"sha256": `), bytes.ToUpper(m[len(`"sha256": `):])...)
	})
}

// capitalCodes are what is found where the hash of every file is in capitals.
func capitalCodes(files []packed) []string {
	all := slices.Repeat([]string{"bundleListedTwice"}, len(files)-2)
	return append(all, "bundleManifestChanged", "bundleSums")
}

// forge changes a file and makes all the hashes anew, as one would who wants to
// cheat.
func forge(t testing.TB, files []packed, name string, change func([]byte) []byte) []byte {
	t.Helper()
	files = slices.Clone(files)
	var manifest map[string]any
	for i := range files {
		if files[i].name == name {
			files[i].content = change(bytes.Clone(files[i].content))
		}
	}
	hash := func(b []byte) string { s := sha256.Sum256(b); return hex.EncodeToString(s[:]) }
	var list strings.Builder
	for i := range files {
		if files[i].name != bundle.NameManifest {
			continue
		}
		if err := json.Unmarshal(files[i].content, &manifest); err != nil {
			t.Fatal(err)
		}
		for _, f := range manifest["files"].([]any) {
			f := f.(map[string]any)
			for _, have := range files {
				if have.name == f["name"] {
					f["sha256"], f["size"] = hash(have.content), len(have.content)
				}
			}
			fmt.Fprintf(&list, "%s  %s\n", f["sha256"], f["name"])
		}
		raw, err := json.Marshal(manifest)
		if err != nil {
			t.Fatal(err)
		}
		files[i].content = raw
		fmt.Fprintf(&list, "%s  %s\n", hash(raw), bundle.NameManifest)
	}
	for i := range files {
		if files[i].name == bundle.NameSums {
			files[i].content = []byte(list.String())
		}
	}
	return pack(t, files)
}

func TestWhatIsForgedDoesNotAgree(t *testing.T) {
	raw := sample(t)
	files := unpack(t, raw)
	a := readApplication(t, raw)
	same := func(b []byte) []byte { return b }
	if r := verify(forge(t, files, "", same)); !r.OK {
		t.Fatalf("new hashes of the same files: %q", r.Problems)
	}
	attachment := ""
	for _, f := range files {
		if strings.HasPrefix(f.name, "vedlegg/") {
			attachment = f.name
		}
	}
	swap := func(old, with string) func([]byte) []byte {
		return func(b []byte) []byte {
			if !bytes.Contains(b, []byte(old)) {
				t.Fatalf("no %q", old)
			}
			return bytes.Replace(b, []byte(old), []byte(with), 1)
		}
	}
	total := fmt.Sprintf(`"total": {
        "amount": %d`, a.Budget.Cost.Total.Amount)
	for name, c := range map[string]struct {
		file   string
		change func([]byte) []byte
		want   string
	}{
		"a sum":         {bundle.NameApplication, swap(total, strings.Replace(total, "amount\": ", "amount\": 9", 1)), "bundleFigures"},
		"the grant":     {bundle.NameApplication, swap(fmt.Sprintf(`"amount": %d`, a.Budget.Grant.Amount), `"amount": 1`), "bundleFigures"},
		"a title":       {bundle.NameApplication, swap(`"title": "`, `"title": "X`), "bundleDisagrees"},
		"a cell":        {bundle.NameApplication, swap(`"cells": {`, `"cells": {"1999": "1",`), "bundleContent"},
		"a JSON":        {bundle.NameApplication, func([]byte) []byte { return []byte(`{"a": 1}`) }, "bundleApplication"},
		"a PDF":         {bundle.NamePDF, func([]byte) []byte { return []byte("hei") }, "bundlePDF"},
		"half a PDF":    {bundle.NamePDF, func(b []byte) []byte { return b[:len(b)-4] }, "bundlePDF"},
		"a name twice":  {bundle.NameApplication, swap(`"title": "`, `"title": "En annen", "title": "`), "bundleApplication"},
		"in the draft":  {bundle.NameApplication, swap(`"cells": {`, `"cells": {}, "Cells": {`), "bundleApplication"},
		"a call":        {"utlysning/kompetansepiloter-2020.json", func(b []byte) []byte { return append(b, ' ') }, "bundleDisagrees"},
		"an attachment": {attachment, func(b []byte) []byte { return append(b, ' ') }, "bundleDisagrees"},
	} {
		if r := verify(forge(t, files, c.file, c.change)); r.OK || !slices.Contains(codes(r), c.want) {
			t.Errorf("%s: found %v, want %s", name, codes(r), c.want)
		}
	}
}

// The PDF that the program writes shows the sums of the data. One that shows
// others is found, also with new hashes.
func TestThePDFShowsTheSums(t *testing.T) {
	p := program(t)
	id := application(t, p)
	budget := must(p.Grants.Budget(id, "nb"))
	begun := must(time.Parse(time.RFC3339, must(data.LoadDraft(p.Workspace, id)).Application.Created))
	pdfOf := func(grant int64) []byte {
		amount := func(n int64) string { return lang.New("nb").Money(n) }
		raw, _, err := render.PDF(document.Document{Title: "Søknad", Lang: "nb-NO", Created: begun, Blocks: []document.Block{
			document.Heading{Level: 1, Text: "Budsjett"},
			document.Table{Columns: []document.Column{{Header: "Sum"}, {Header: "Kroner", Align: document.Right}}, Rows: [][]string{
				{"Kostnader", amount(budget.TotalCost)}, {"Finansiering", amount(budget.TotalFinancing)}}},
			document.Paragraph{Spans: document.Text("Vi søker om " + amount(grant) + " kroner.")},
		}})
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	m := maker(p)
	m.PDF = func(string, string, string) ([]byte, []document.Replacement, error) {
		return pdfOf(budget.Grant), nil, nil
	}
	raw := made(t, m, id, "")
	if r := verify(raw); !r.OK || !r.Manifest.FiguresInPDF {
		t.Fatalf("found in the PDF: %v; problems %q", r.Manifest.FiguresInPDF, r.Problems)
	}
	other := func([]byte) []byte { return pdfOf(budget.Grant + 1) }
	if r := verify(forge(t, unpack(t, raw), bundle.NamePDF, other)); !slices.Equal(codes(r), []string{"bundlePDFFigures"}) {
		t.Errorf("another grant in the PDF gave %v", codes(r))
	}
	m.PDF = func(string, string, string) ([]byte, []document.Replacement, error) {
		return pdfOf(10 * budget.Grant), nil, nil
	}
	if r := verify(made(t, m, id, "")); r.Manifest.FiguresInPDF {
		t.Error("a grant ten times as large counts as the same")
	}
}

// A PDF of another version, or in the other norm, is found also when it shows the
// same sums and all hashes are made anew.
func TestThePDFIsOfTheVersion(t *testing.T) {
	p := program(t)
	id := application(t, p)
	m := maker(p)
	m.PDF = p.PDF
	version := must(p.Grants.SaveVersion("Lagret versjon", id, "Første"))
	raw := made(t, m, id, version)
	if r := verify(raw); !r.OK || !r.Exact {
		t.Fatalf("problems %q", r.Problems)
	}
	for name, made := range map[string]struct{ version, language string }{"the draft": {"", ""}, "nynorsk": {version, "nn"}} {
		pdf, _, err := p.PDF(id, made.version, made.language)
		if err != nil {
			t.Fatal(err)
		}
		r := verify(forge(t, unpack(t, raw), bundle.NamePDF, func([]byte) []byte { return pdf }))
		if !slices.Equal(codes(r), []string{"bundlePDFOther"}) {
			t.Errorf("the PDF of %s: %q", name, r.Problems)
		}
	}
}

// A PDF of the same draft as it was before a text was changed shows the same sums
// and tells the same moment.
func TestThePDFShowsTheTexts(t *testing.T) {
	p := program(t)
	id := application(t, p)
	m := maker(p)
	m.PDF = p.PDF
	for _, language := range []string{"nb", "nn"} {
		raw := made(t, m, id, "")
		r := verify(raw)
		draft := must(data.LoadDraft(p.Workspace, id))
		if want := must(p.Grants.Calls().Get(draft.Application.Call)).FieldsOf(grant.TypeText, grant.TypeMultiline); !r.OK || len(r.Manifest.TextsInPDF) != len(want) {
			t.Fatalf("%s: the texts of %v were found; problems %q", language, r.Manifest.TextsInPDF, r.Problems)
		}
		before, _, err := p.PDF(id, "", "")
		if err != nil {
			t.Fatal(err)
		}
		text := draft.Application.Answers["background"]
		if err := p.Grants.SaveAnswer("Endret", id, "background", strings.Replace(text, "e", "a", 1)); err != nil {
			t.Fatal(err)
		}
		old := func([]byte) []byte { return before }
		if r := verify(forge(t, unpack(t, made(t, m, id, "")), bundle.NamePDF, old)); !slices.Equal(codes(r), []string{"bundlePDFTexts"}) {
			t.Errorf("%s: %q", language, r.Problems)
		}
		if err := p.Grants.Save("Målform", id, func(d *data.Draft) error { d.Application.Language = "nn"; return nil }); err != nil {
			t.Fatal(err)
		}
	}
}

func TestWhatIsForeignIsShownWithCare(t *testing.T) {
	got := bundle.Shown("\x1b[2JHei\u202e" + strings.Repeat("å", 1000))
	if strings.ContainsAny(got, "\x1b\u202e") || len([]rune(got)) > 80 {
		t.Errorf("shown as %q", got)
	}
}

func TestVerifyFileTellsOfAFileThatIsNotThere(t *testing.T) {
	dir := t.TempDir()
	for _, path := range []string{filepath.Join(dir, "none.zip"), dir} {
		if _, err := bundle.VerifyFile(path); data.Code(err) != disk.CodeRead {
			t.Errorf("%s gave %v", path, err)
		}
	}
	path := filepath.Join(dir, "p.zip")
	raw := sample(t)
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(raw)
	if r, err := bundle.VerifyFile(path); err != nil || !r.OK || r.SHA256 != hex.EncodeToString(sum[:]) {
		t.Errorf("%+v, %v", r, err)
	}
}

func FuzzVerify(f *testing.F) {
	f.Add([]byte("PK\x05\x06" + strings.Repeat("\x00", 18)))
	f.Add([]byte("PK\x03\x04"))
	// Small ones, which are quick to change; TestAnyChangedByteOfTheZipIsSeen takes
	// a real one.
	manifest := `{"format":"kompetansepilot-bundle","formatVersion":1,"files":[{"name":"søknad.json","role":"application"},{"name":"søknad.pdf","role":"pdf"}]}`
	for _, method := range []uint16{zip.Store, zip.Deflate} {
		f.Add(pack(f, []packed{{"søknad.json", []byte(`{"$schema":"","budget":{"cost":{"lines":[]}},"draft":{"cost":[]}}`), method}, {"søknad.pdf", []byte(thePDF), method},
			{bundle.NameManifest, []byte(manifest), method}, {bundle.NameSums, []byte("00  manifest.json\n"), method}}))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		r := verify(b)
		if r.OK != (len(r.Problems) == 0) || r.Exact && !r.OK || len(r.Faults) != len(r.Problems) {
			t.Fatalf("%+v", r)
		}
	})
}

// FuzzAgreement makes the hashes of what it changed anew, so that what the files
// say is held against each other.
func FuzzAgreement(f *testing.F) {
	files := unpack(f, sample(f))
	content := map[string][]byte{}
	for _, one := range files {
		content[one.name] = one.content
	}
	f.Add(content[bundle.NameApplication], content[bundle.NameManifest], []byte(thePDF))
	f.Add([]byte(`{"budget":{"cost":{"lines":[{"record":"a","years":[{}]}],"years":[{"year":1}]},"maxGrant":{"denominator":1}},"draft":{"cost":[{"id":"a","cells":{"1":"2"}}]}}`),
		[]byte(`{"format":"kompetansepilot-bundle","formatVersion":1,"figuresInPDF":true,"figures":{"grant":1},"files":[{"name":"søknad.json","role":"application"},{"name":"søknad.pdf","role":"pdf"},{"name":"utlysning/a.json","role":"call"}]}`),
		[]byte("%PDF-1.7\nstream\n\x78\x9c(\\)Tjendstream<xmp:CreateDate>x</xmp:CreateDate>\n%%EOF"))
	f.Fuzz(func(t *testing.T, application, manifest, pdf []byte) {
		all := slices.Clone(files)
		for i := range all {
			switch all[i].name {
			case bundle.NameApplication:
				all[i].content = application
			case bundle.NamePDF:
				all[i].content = pdf
			case bundle.NameManifest:
				all[i].content = manifest
			}
		}
		var m map[string]any
		if json.Unmarshal(manifest, &m) != nil {
			t.Skip()
		}
		if list, ok := m["files"].([]any); !ok || slices.ContainsFunc(list, func(f any) bool { _, ok := f.(map[string]any); return !ok }) {
			t.Skip()
		}
		r := verify(forge(t, all, "", nil))
		if r.OK != (len(r.Problems) == 0) || len(r.Faults) != len(r.Problems) || slices.Contains(r.Problems, "") {
			t.Fatalf("%+v", r)
		}
	})
}
