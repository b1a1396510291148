package textio

import (
	"archive/zip"
	"bytes"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kompetansepilot/app/disk"
	"kompetansepilot/app/grant"
	"kompetansepilot/data"
)

// packed makes an archive of parts: names and contents in turn.
func packed(t testing.TB, parts ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, parts[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

const wordStart = `<?xml version="1.0"?><w:document ` + wordSpace + `><w:body>`

// bomb is a document that unpacks to more than size bytes.
func bomb(t testing.TB, size int) []byte {
	t.Helper()
	return packed(t, "word/document.xml", wordStart+"<w:p><w:r><w:t>"+strings.Repeat("a", size))
}

// lying is an archive that says a part is small when it is not.
func lying(t testing.TB) []byte {
	content := bomb(t, maxPart+1<<20)
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	raw, err := z.File[0].OpenRaw()
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	h := z.File[0].FileHeader
	h.UncompressedSize64 = 100
	to, err := w.CreateRaw(&h)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(to, raw); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// withPassword says of the first part that it is encrypted.
func withPassword(word []byte) []byte {
	out := bytes.Clone(word)
	out[bytes.Index(out, []byte("PK\x01\x02"))+8] |= 1
	return out
}

func TestBadFilesGetASentence(t *testing.T) {
	whole := export(t, draft(), Word, "nb")
	entity := `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document ` + wordSpace + `><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>`
	many := make([]string, 0, 2*(maxParts+1))
	for range maxParts + 1 {
		many = append(many, "a", "")
	}
	for _, c := range []struct {
		name, file string
		content    []byte
		code       string
	}{
		{"bomb", "a.docx", bomb(t, maxPart+1), data.CodeTooLarge},
		{"bomb that lies", "a.docx", lying(t), data.CodeDamaged},
		{"bomb of styles", "a.docx", packed(t, "_rels/.rels", strings.Repeat(" ", maxPart+1), "word/document.xml", wordStart), data.CodeTooLarge},
		{"many parts", "a.docx", packed(t, many...), data.CodeTooLarge},
		{"cut", "a.docx", whole[:len(whole)*2/3], data.CodeDamaged},
		{"cut at the start", "a.docx", whole[len(whole)/3:], "textFormat"},
		{"entity", "a.docx", packed(t, "word/document.xml", entity), data.CodeDamaged},
		{"deep", "a.docx", packed(t, "word/document.xml", wordStart+strings.Repeat("<w:sdt>", maxDepth)), data.CodeDamaged},
		{"not closed", "a.docx", packed(t, "word/document.xml", wordStart+"<w:p>"), data.CodeDamaged},
		{"another zip", "a.docx", packed(t, "a.txt", "hei"), "textFormat"},
		{"a spreadsheet", "a.docx", packed(t, "word/document.xml", "<workbook/>"), "textFormat"},
		{"old Word", "a.docx", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest"), "textFormat"},
		{"text called Word", "a.docx", []byte("hei"), "textFormat"},
		{"a password", "a.docx", withPassword(whole), "textFormat"},
		{"empty Word", "a.docx", nil, "textFormat"},
		{"picture called Markdown", "a.md", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01"), "textFormat"},
		{"huge Markdown", "a.md", bytes.Repeat([]byte("a"), maxText+1), data.CodeTooLarge},
		{"more text than anybody writes", "a.docx", packed(t, "word/document.xml", wordStart+"<w:p><w:r><w:t>"+strings.Repeat("a", maxText+1)+"</w:t></w:r></w:p></w:body></w:document>"), data.CodeTooLarge},
		{"many empty paragraphs", "a.docx", packed(t, "word/document.xml", wordStart+strings.Repeat("<w:p/>", maxBlocks+1)+"</w:body></w:document>"), data.CodeTooLarge},
		{"not merged", "a.md", bytes.Replace(export(t, draft(), Markdown, "nb"), []byte("\n\n"), []byte("\n<<<<<<< HEAD\nvår\n=======\nderes\n>>>>>>> gren\n"), 3), "textFormat"},
		{"UTF-8 with a wrong byte", "a.md", append(export(t, draft(), Markdown, "nb"), 0xe6), data.CodeDamaged},
		{"UTF-8 cut in a letter", "a.md", []byte("[[kp:effects]]\n\nDet går så bra på ø\xc3"), data.CodeDamaged},
		{"NUL in Markdown", "a.md", bytes.Replace(export(t, draft(), Markdown, "nb"), []byte("[[kp:"), []byte("\x00[[kp:"), 1), "textFormat"},
		{"PDF", "a.pdf", []byte("%PDF-1.7"), "textFormat"},
		{"other Markdown", "a.md", []byte("# Handleliste\n\n- melk\n"), "textNoFields"},
		{"empty Markdown", "a.md", nil, "textNoFields"},
		{"all ids damaged", "a.md", bytes.ReplaceAll(bytes.ReplaceAll(export(t, draft(), Markdown, "nb"), []byte("[[kp:"), []byte("[[kp:x")), []byte("### "), []byte("### x")), "textNoFields"},
	} {
		f, err := Read(c.file, c.content)
		if err == nil {
			_, err = Compare(source(t, draft(), "nb"), f)
		}
		if data.Code(err) != c.code || !strings.Contains(data.Message(err), c.file) {
			t.Errorf("%s: %q: %v", c.name, data.Code(err), err)
		}
	}
}

// TestOldAndPastedLetters: a file of an old editor is read as one, and what a
// table in Word leaves behind is no reason to refuse a text.
func TestOldAndPastedLetters(t *testing.T) {
	for name, content := range map[string]string{"Windows-1252": "[[kp:effects]]\n\n\xabEN ID\xc9\xbb \x96 s\xe5 bra", "UTF-8": "\ufeff[[kp:effects]]\r\n\r\n«EN IDÉ» – \x07så bra" + strings.Repeat("\r\n\r\n", 100)} {
		f, err := Read("a.md", []byte(content))
		if err != nil {
			t.Fatal(name, err)
		}
		p, err := Compare(source(t, draft(), "nb"), f)
		if err != nil {
			t.Fatal(name, err)
		}
		if got := p.Change("effects").New; got != "«EN IDÉ» – så bra" {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestReadFileOfWhatIsNoFile(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "mappe.md"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"mappe.md", "finnes ikke.docx"} {
		if _, err := ReadFile(filepath.Join(dir, name)); data.Code(err) != disk.CodeRead {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestManyTricksTakeLinearTime would not end if anything were quadratic.
func TestManyTricksTakeLinearTime(t *testing.T) {
	const n = 100_000
	deleted := `<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>x</w:t></w:r></w:p>`
	related := `<Relationships>` + strings.Repeat(`<Relationship Type="x/styles" Target="styles.xml"/><Relationship Type="x/numbering" Target="styles.xml"/>`, maxStyles/2) + `</Relationships>`
	for name, content := range map[string][]byte{
		"0.docx": packed(t, "word/document.xml", wordStart+"</w:body></w:document>", "word/_rels/document.xml.rels", related, "word/styles.xml", "<a>"+strings.Repeat(" ", 16<<20)+"</a>"),
		"a.docx": packed(t, "word/document.xml", wordStart+strings.Repeat(deleted, n)+"<w:tbl>"+strings.Repeat("<w:tr><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr>", n)+"</w:tbl></w:body></w:document>"),
		"b.md":   []byte("[[kp:effects]]\n" + strings.Repeat("<!--\\<!--", n) + strings.Repeat("**a_", n) + strings.Repeat("[a", n) + strings.Repeat("`a``", n) + strings.Repeat("|", n)),
		"c.md":   []byte(strings.Repeat("[[kp:effects]]\nx\n\n", n/10)),
	} {
		f, err := Read(name, content)
		if err != nil {
			t.Fatal(name, err)
		}
		if _, err := Compare(source(t, draft(), "nb"), f); err != nil && data.Code(err) != "textNoFields" {
			t.Fatal(name, err)
		}
	}
}

func FuzzMarkdown(f *testing.F) {
	f.Add(export(f, draft(), Markdown, "nb"))
	f.Add([]byte("[[kp:effects#0011aabb | x]] **a** `b` [c](d)\n| e | f |\n<!-- kp:results -->\n> - g\n\\"))
	f.Add([]byte("\xff\xfe[\x00[\x00k\x00p\x00:\x00"))
	from := source(f, draft(), "nb")
	f.Fuzz(func(t *testing.T, content []byte) {
		file, err := Read("a.md", content)
		if err == nil {
			_, err = Compare(from, file)
		}
		if err != nil && data.Message(err) == "" {
			t.Fatal(err)
		}
	})
}

// FuzzWord reads any main part; the archive round it is Go's.
func FuzzWord(f *testing.F) {
	w := &wordWriter{}
	w.body(document{title: "t", sections: []section{{label: "s", fields: []field{{label: "Effekter", mark: mark{id: "effects", hash: "00112233"}, text: results}}}}})
	f.Add(w.String(), []byte(nil))
	f.Add(wordStart+`<w:tbl><w:tr><w:tc><w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:hyperlink r:id="rId1"/></w:p></w:tc></w:tr></w:tbl>`, []byte("PK\x03\x04"))
	from := source(f, draft(), "nb")
	f.Fuzz(func(t *testing.T, main string, raw []byte) {
		for _, content := range [][]byte{packed(t, "word/document.xml", main, "word/_rels/document.xml.rels", wordDocumentRelations, "word/numbering.xml", main, "word/styles.xml", main), raw} {
			file, err := Read("a.docx", content)
			if err == nil {
				_, err = Compare(from, file)
			}
			if err != nil && data.Message(err) == "" {
				t.Fatal(err)
			}
		}
	})
}

// FuzzRoundTrip: a text that goes out and is left alone comes back unchanged.
func FuzzRoundTrip(f *testing.F) {
	for _, text := range []string{background, results, "- a\n  - b\n- c", "* * *", "a\n---\nb", "=", "|x|", "1) a\n2) b\n7) c", "a  \n\\", "<!-- x -->", "\t1. x", "_a_b_", "&lt;", "**", "- # x", "a\n1. b\nc", "`` ` ``"} {
		f.Add(text)
	}
	from := source(f, nil, "nb")
	f.Fuzz(func(t *testing.T, text string) {
		if strings.Contains(strings.ToLower(normal(text)), "kp") || len(text) > 1<<16 {
			t.Skip()
		}
		d := draft()
		d.Application.Answers["effects"] = text
		from := from
		from.Draft = d
		for _, format := range []Format{Markdown, Word} {
			content, err := Write(from, format)
			if err != nil {
				t.Fatal(err)
			}
			file, err := Read("a."+string(format), content)
			if err != nil {
				t.Fatal(err)
			}
			p, err := Compare(from, file)
			if err != nil {
				t.Fatal(err)
			}
			if got := statuses(p); got != "" {
				t.Fatalf("%s: %s: %q is read as %q", format, got, normal(text), normal(p.Change("effects").New))
			}
		}
	})
}

// TestTextsSurviveTheRoundTrip makes texts of what has a meaning in Markdown or
// in Word, and wants each of them back.
func TestTextsSurviveTheRoundTrip(t *testing.T) {
	signs := []string{"a", "ord", " ", "  ", "\n", "\n\n", "\t", "*", "**", "_", "`", "[", "]", "(", ")", "<", ">", "<b>", "&", "&amp;", "#", "# ", "- ", "+ ", "• ", "1. ", "2. ", "3) ",
		"\\", "|", "=", "---", "~~~", "!", "<!--", "-->", "https://a.no", "x@y.no", ".", "å", "e\u0301", "\u00a0", "\u00ad", "\r", "\x01", "\xff", "\u2028", "\ufeff", "😀", "<br>", "\"", ":"}
	r := rand.New(rand.NewPCG(1, 2))
	for range 1500 {
		var b strings.Builder
		for range 1 + r.IntN(14) {
			b.WriteString(signs[r.IntN(len(signs))])
		}
		text := b.String()
		d := document{title: "t", mark: mark{file: true, id: "x"}, sections: []section{{label: "Spesifikasjon", fields: []field{
			{label: "Effekter", mark: mark{id: "effects", hash: hashOf(text), note: "hjelp"}, text: clean(text)},
			{label: "Resultat", mark: mark{id: "results", hash: hashOf("etter")}, text: "etter"},
		}}}}
		word, err := writeWord(d)
		if err != nil {
			t.Fatal(err)
		}
		for name, content := range map[string][]byte{"a.md": []byte(writeMarkdown(d)), "a.docx": word} {
			f, err := Read(name, content)
			if err != nil {
				t.Fatalf("%s of %q: %v", name, text, err)
			}
			c := newCollector(&grant.Call{})
			c.collect(f.blocks)
			if len(c.all) != 2 || hashOf(c.all[0].text()) != c.all[0].hash || c.all[1].text() != "etter" {
				t.Fatalf("%s of %q:\n%s\nis read as %q, want %q", name, text, content[:min(len(content), 400)], normal(c.all[0].text()), normal(text))
			}
		}
	}
}
