package textio

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
	"testing"
	"unicode/utf16"

	"kompetansepilot/app/grant"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/reference"
	"kompetansepilot/assets"
	"kompetansepilot/data"
)

func shippedCall(t testing.TB) *grant.Call {
	t.Helper()
	raw, err := fs.ReadFile(assets.FS, "calls/kompetansepiloter-2020.json")
	if err != nil {
		t.Fatal(err)
	}
	call, errs := grant.ParseCall(raw)
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	return call
}

const (
	background = "Små bedrifter mangler kompetanse.\n\nVi skal:\n- kartlegge behov\n- samle dem\n\nNeste avsnitt\nmed linjeskift."
	results    = "1. Først\n2. Så\n\nTil slutt * stjerne, snake_case, <b>, &amp; og [lenke](x).\n# ikke en overskrift"
)

func draft() *data.Draft {
	return &data.Draft{Application: data.Application{Row: data.Row{ID: "0192-abc"}, Language: "nb", Answers: data.Values{
		"title": "Fra skog til hus", "background": background, "results": results, "schedule": "2020-11-01/2023-10-31",
	}}, Goals: []data.Goal{{Field: "mainGoals", Text: "Nå 40 bedrifter", Measure: "antall"}}}
}

// places and words are loaded once; the tests only read them.
var (
	places = reference.Load()
	words  = map[string]*lang.Printer{"nb": lang.New("nb"), "nn": lang.New("nn")}
)

func source(t testing.TB, d *data.Draft, code string) Source {
	t.Helper()
	return Source{Call: shippedCall(t), Draft: d, Places: places, Words: words[code]}
}

func export(t testing.TB, d *data.Draft, format Format, code string) []byte {
	t.Helper()
	content, err := Write(source(t, d, code), format)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// back reads a file and holds it against a draft.
func back(t testing.TB, d *data.Draft, name string, content []byte) *Plan {
	t.Helper()
	f, err := Read(name, content)
	if err != nil {
		t.Fatal(err)
	}
	p, err := Compare(source(t, d, "nb"), f)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// statuses are the fields that are not unchanged: "background changed".
func statuses(p *Plan) string {
	var all []string
	for _, c := range p.Changes {
		if c.Status != Unchanged {
			all = append(all, c.Field+" "+string(c.Status))
		}
	}
	return strings.Join(all, ", ")
}

// unpack are the parts of a Word document by name, and the names in order.
func unpack(t testing.TB, content []byte) (parts map[string]string, order []string) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	parts = map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		part, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name], order = string(part), append(order, f.Name)
	}
	return parts, order
}

// wordPart changes a part of a Word document.
func wordPart(t testing.TB, content []byte, name string, edit func(string) string) []byte {
	t.Helper()
	parts, order := unpack(t, content)
	changed := edit(parts[name])
	if changed == parts[name] {
		t.Fatal("the edit changed nothing")
	}
	parts[name] = changed
	var all []string
	for _, name := range order {
		all = append(all, name, parts[name])
	}
	return packed(t, all...)
}

// wordEdit changes the main part of a Word document.
func wordEdit(t testing.TB, content []byte, edit func(string) string) []byte {
	t.Helper()
	return wordPart(t, content, "word/document.xml", edit)
}

func replaced(t testing.TB, text string, pairs ...string) string {
	t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(text, pairs[i]) {
			t.Fatalf("the file has no %q:\n%s", pairs[i], text)
		}
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

func TestUntouchedFileChangesNothing(t *testing.T) {
	for _, format := range []Format{Markdown, Word} {
		for _, code := range []string{"nb", "nn"} {
			p := back(t, draft(), "a."+string(format), export(t, draft(), format, code))
			if got := statuses(p); got != "" || p.OtherApplication || len(p.Changes) != 11 {
				t.Errorf("%s %s: %s (%d fields)", format, code, got, len(p.Changes))
			}
		}
	}
}

func TestTitleMayBeALabel(t *testing.T) {
	d := draft()
	d.Application.Answers["title"] = "Bakgrunn"
	for _, format := range []Format{Markdown, Word} {
		if got := statuses(back(t, d, "a."+string(format), export(t, d, format, "nb"))); got != "" {
			t.Errorf("%s: %s", format, got)
		}
	}
}

func TestFilesAreTheSameEachTime(t *testing.T) {
	for _, format := range []Format{Markdown, Word} {
		if !bytes.Equal(export(t, draft(), format, "nb"), export(t, draft(), format, "nb")) {
			t.Errorf("%s differs", format)
		}
	}
}

func TestWhatIsChangedInMarkdown(t *testing.T) {
	text := replaced(t, string(export(t, draft(), Markdown, "nb")),
		"Små bedrifter mangler kompetanse.", "Små **bedrifter** mangler *ofte* kompetanse.", "- samle dem", "- samle dem\n- dele dem")
	p := back(t, draft(), "a.md", []byte(text))
	if got := statuses(p); got != "background changed" {
		t.Fatalf("%s\n%q", got, p.Change("results").New)
	}
	want := "Små bedrifter mangler ofte kompetanse.\n\nVi skal:\n- kartlegge behov\n- samle dem\n- dele dem\n\nNeste avsnitt\nmed linjeskift."
	c := p.Change("background")
	if c.New != want || c.Old != background || !c.Sure() || len(c.Diff) == 0 {
		t.Errorf("new text %q, %+v", c.New, c)
	}
	if got := strings.Join(p.Sure(), " "); got != "background" {
		t.Errorf("sure %s", got)
	}
}

func TestWhatIsChangedInWord(t *testing.T) {
	content := wordEdit(t, export(t, draft(), Word, "nb"), func(x string) string {
		return replaced(t, x, "Små bedrifter mangler kompetanse.",
			`Små </w:t></w:r><w:del w:id="90" w:author="Kari"><w:r><w:delText>bedrifter</w:delText></w:r></w:del><w:ins w:id="91" w:author="Kari"><w:r><w:rPr><w:b/></w:rPr><w:t>virksomheter</w:t></w:r></w:ins>`+
				`<w:moveFrom w:id="92"><w:r><w:t>vekk</w:t></w:r></w:moveFrom><w:commentRangeStart w:id="1"/><w:r><w:t xml:space="preserve"> mangler</w:t></w:r><w:r><w:tab/><w:t>kompetanse.`)
	})
	p := back(t, draft(), "a.docx", content)
	if got := statuses(p); got != "background changed" {
		t.Fatal(got)
	}
	want := "Små virksomheter mangler\tkompetanse.\n\nVi skal:\n- kartlegge behov\n- samle dem\n\nNeste avsnitt\nmed linjeskift."
	if c := p.Change("background"); c.New != want {
		t.Errorf("new text %q", c.New)
	}
}

func TestThreeWays(t *testing.T) {
	content := export(t, draft(), Markdown, "nb")
	edited := []byte(replaced(t, string(content), "mangler kompetanse", "savner kompetanse"))
	now := draft()
	now.Application.Answers["background"] = "Skrevet om i programmet."
	for _, c := range []struct {
		name    string
		content []byte
		d       *data.Draft
		want    string
	}{
		{"file only", edited, draft(), "background changed"},
		{"program only", content, now, "background outdated"},
		{"both", edited, now, "background conflict"},
	} {
		p := back(t, c.d, "a.md", c.content)
		if got := statuses(p); got != c.want {
			t.Errorf("%s: %s", c.name, got)
		}
		if sure := len(p.Sure()) > 0; sure != (c.name == "file only") {
			t.Errorf("%s: sure %v", c.name, p.Sure())
		}
	}
	same := draft()
	same.Application.Answers["background"] = replaced(t, background, "mangler kompetanse", "savner kompetanse")
	if got := statuses(back(t, same, "a.md", edited)); got != "" {
		t.Errorf("the same change in both places: %s", got)
	}
}

func TestMarksThatSufferedAreToldOf(t *testing.T) {
	content := string(export(t, draft(), Markdown, "nb"))
	mark := "[[kp:background#" + hashOf(background)
	head := "### Bakgrunn\n\n"
	whole := mark + content[strings.Index(content, mark)+len(mark):][:strings.Index(content[strings.Index(content, mark)+len(mark):], "]]")+2]
	edit := func(pairs ...string) string { return replaced(t, content, pairs...) }
	for _, c := range []struct{ name, content, want, text string }{
		{"wrong id", edit("[[kp:background", "[[kp:bakgrunnen"), "background missing, bakgrunnen unknown", ""},
		{"no id", edit("[[kp:background", "[[kp:"), "background missing,  unknown", ""},
		{"no mark", edit(whole+"\n\n", ""), "", background},
		{"no mark, edited", edit(whole+"\n\n", "", "mangler komp", "savner komp"), "background changed", ""},
		{"no mark and no label", edit(whole+"\n\n", "", head, "### Noe annet\n\n"), "previousPublicSupport readOnly, background missing", ""},
		{"in a comment", edit(whole, "<!-- "+strings.Trim(whole, "[]")+" -->"), "", background},
		{"escaped by an editor", edit(whole, `\[\[kp:background\#`+hashOf(background)+` \| hjelp\]\]`), "", background},
		{"single brackets", edit(whole, whole[1:len(whole)-1]), "", background},
		{"end lost", edit(whole, whole[:len(whole)-2]), "", background},
		{"broken by Enter", edit(whole, strings.Replace(whole, " | ", " | \n\n", 1)), "", background},
		{"text drawn up", edit(whole+"\n\n", whole), "", background},
		{"hash lost", edit("#"+hashOf(background), "#zz"), "", background},
		{"hash lost, edited", edit("#"+hashOf(background), "", "mangler komp", "savner komp"), "background changed", ""},
		{"twice, the same", content + "\n" + whole + "\n\n" + content[strings.Index(content, whole)+len(whole):][:strings.Index(content[strings.Index(content, whole)+len(whole):], "###")], "", background},
		{"twice, different", content + "\n" + whole + "\n\nNoe annet\n", "background duplicate", ""},
		{"capitals", edit("[[kp:background", "[[KP: background"), "", background},
	} {
		p := back(t, draft(), "a.md", []byte(c.content))
		if got := statuses(p); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		if c.text != "" {
			if got := p.Change("background").New; normal(got) != normal(c.text) {
				t.Errorf("%s: text %q", c.name, got)
			}
		}
		if len(p.Sure()) > 0 {
			t.Errorf("%s: %v would be taken over without a look", c.name, p.Sure())
		}
	}
}

func TestTextOfALostFieldIsSeenInTheOneBefore(t *testing.T) {
	d := draft()
	d.Application.Answers["effects"] = "Flere bedrifter får tak i kurs nær der de er."
	content := string(export(t, d, Markdown, "nb"))
	from := strings.Index(content, "### Effekter")
	to := from + strings.Index(content[from:], "]]") + 2
	p := back(t, d, "a.md", []byte(content[:from]+content[to:]))
	if c := p.Change("results"); statuses(p) != "results changed, effects missing" || c.Holds != "effects" || c.Sure() {
		t.Errorf("%s: %+v", statuses(p), c)
	}
}

func TestEndOfMarkLostIsToldOf(t *testing.T) {
	content := string(export(t, draft(), Markdown, "nb"))
	at := strings.Index(content, "[[kp:background")
	end := at + strings.Index(content[at:], "]]")
	p := back(t, draft(), "a.md", []byte(replaced(t, content[:end]+content[end+2:], "mangler komp", "savner komp")))
	if c := p.Change("background"); c.Status != Changed || !c.Damaged || c.Sure() {
		t.Errorf("%+v", c)
	}
}

func TestListsKeepTheirHabits(t *testing.T) {
	for _, c := range []struct{ old, now, want string }{
		{"A:\n• b\n• c\nD", "A:\n\n- b\n- x\n\nD", "A:\n• b\n• x\nD"},
		{"A:\n\n- b\n\nD", "A:\n\n- b\n\nE", "A:\n\n- b\n\nE"},
		{"* a\n- b", "- a\n- b\n\nc", "- a\n- b\n\nc"},
		{"ingen liste", "A:\n\n1. b", "A:\n\n1. b"},
	} {
		if got := adopt(c.old, c.now); got != c.want {
			t.Errorf("%q after %q is %q, want %q", c.now, c.old, got, c.want)
		}
	}
}

func TestOneLineFieldsStayOneLine(t *testing.T) {
	d := draft()
	d.Application.Answers["title"] = "To\r\n\r\nlinjer"
	content := string(export(t, d, Markdown, "nb"))
	if got := statuses(back(t, d, "a.md", []byte(content))); got != "" {
		t.Error(got)
	}
	p := back(t, d, "a.md", []byte(replaced(t, content, "\n\nlinjer", "\n\nord")))
	if c := p.Change("title"); c.Status != Changed || c.New != "To ord" {
		t.Errorf("%+v", c)
	}
}

func TestBookmarkAloneIsEnough(t *testing.T) {
	content := wordEdit(t, export(t, draft(), Word, "nb"), func(x string) string {
		at := strings.Index(x, "[[kp:background")
		end := at + strings.Index(x[at:], "]]") + 2
		return replaced(t, x[:at]+x[end:], ">Bakgrunn<", ">Ny overskrift<", "mangler kompetanse", "savner kompetanse")
	})
	p := back(t, draft(), "a.docx", content)
	if got := statuses(p); got != "background changed" || len(p.Sure()) != 1 {
		t.Errorf("%s, %+v", got, p.Change("background"))
	}
}

func TestHeadingsThatColleaguesChange(t *testing.T) {
	content := replaced(t, string(export(t, draft(), Markdown, "nb")), "### Bakgrunn", "#### Bakgrunn og behov", "## Spesifikasjon", "## Om prosjektet",
		"med linjeskift.", "med linjeskift.\n\n#### Et tillegg\n\nMer tekst.")
	p := back(t, draft(), "a.md", []byte(content))
	if got := statuses(p); got != "background changed" {
		t.Fatal(got)
	}
	if c := p.Change("background"); c.New != background+"\n\nEt tillegg\n\nMer tekst." {
		t.Errorf("%q", c.New)
	}
}

func TestPlainTextFromWordLosesOnlyHeadings(t *testing.T) {
	var lines []string
	for _, line := range strings.Split(string(export(t, draft(), Markdown, "nb")), "\n") {
		lines = append(lines, strings.TrimLeft(line, "# "))
	}
	text := strings.Join(lines, "\r\n")
	p := back(t, draft(), "a.txt", []byte(text))
	if got := statuses(p); got != "" {
		t.Errorf("%s: %q", got, p.Change("projectDescription").New)
	}
}

func TestEncodings(t *testing.T) {
	text := replaced(t, string(export(t, draft(), Markdown, "nb")), "mangler kompetanse", "savner kompetanse æøå")
	units := utf16.Encode([]rune(text))
	little, big := make([]byte, 0, 2*len(units)), make([]byte, 0, 2*len(units))
	for _, u := range units {
		little, big = binary.LittleEndian.AppendUint16(little, u), binary.BigEndian.AppendUint16(big, u)
	}
	windows := strings.NewReplacer("æ", "\xe6", "ø", "\xf8", "å", "\xe5", "…", "\x85", "–", "\x96", "«", "\xab", "»", "\xbb", "\u202f", " ", "Å", "\xc5", "·", "\xb7").Replace(text)
	for name, content := range map[string]string{
		"crlf": strings.ReplaceAll(text, "\n", "\r\n"), "cr": strings.ReplaceAll(text, "\n", "\r"), "bom": "\ufeff" + text,
		"utf16le": "\xff\xfe" + string(little), "utf16be": "\xfe\xff" + string(big), "utf16le no bom": string(little), "utf16be no bom": string(big),
		"windows": windows,
	} {
		p := back(t, draft(), "a.md", []byte(content))
		if got := statuses(p); got != "background changed" {
			t.Errorf("%s: %s", name, got)
		} else if c := p.Change("background"); !strings.HasPrefix(c.New, "Små bedrifter savner kompetanse æøå.\n") {
			t.Errorf("%s: %q", name, c.New)
		}
	}
}

func TestReadOnlyFieldsAreToldOf(t *testing.T) {
	content := replaced(t, string(export(t, draft(), Markdown, "nb")), "Nå 40 bedrifter", "Nå 60 bedrifter")
	p := back(t, draft(), "a.md", []byte(content))
	if got := statuses(p); got != "mainGoals readOnly" {
		t.Error(got)
	}
	if c := p.Change("mainGoals"); c.Old != "Nå 40 bedrifter · antall" || len(c.Diff) == 0 || c.CanTake() || !c.NeedsEye() {
		t.Errorf("%+v", c)
	}
	if err := p.Take(nil, "", []string{"mainGoals"}); data.Code(err) != "textNotTaken" {
		t.Error(err)
	}
}

func TestLimitAndEmptied(t *testing.T) {
	d := draft()
	d.Application.Answers["shortDescription"] = "Kort."
	content := string(export(t, d, Markdown, "nb"))
	long := strings.Repeat("å", 499) + "\n\nb"
	p := back(t, d, "a.md", []byte(replaced(t, content, "Kort.", long)))
	// The portal counts a line break as two.
	if c := p.Change("shortDescription"); c.Over != 4 || c.Limit != 500 || c.Length != 504 || c.New != long || !c.Sure() {
		t.Errorf("%+v", c)
	}
	p = back(t, d, "a.md", []byte(replaced(t, content, "\n\nKort.", "")))
	if c := p.Change("shortDescription"); c.Status != Changed || !c.Emptied || c.Sure() {
		t.Errorf("%+v", c)
	}
}

func TestOtherApplication(t *testing.T) {
	content := []byte(replaced(t, string(export(t, draft(), Markdown, "nb")), "mangler komp", "savner komp"))
	d := draft()
	d.Application.ID = "another"
	if p := back(t, d, "a.md", content); !p.OtherApplication || len(p.Sure()) != 0 || statuses(p) != "background changed" {
		t.Errorf("%+v", p)
	}
}

func TestMarkdownOfOtherEditors(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"Hard  \nbreak", "Hard\nbreak"},
		{"Kort\nlinje", "Kort\nlinje"},
		{strings.Repeat("ord ", 18) + "\nfortsetter her", strings.Repeat("ord ", 18) + "fortsetter her"},
		{"* a\n* b", "* a\n* b"},
		{"-   a\n\n-   b", "- a\n- b"},
		{"> sitat\n> mer", "sitat\nmer"},
		{"| A | B |\n|---|---|\n| 1 | 2 |", "A · B\n1 · 2"},
		{"en [lenke](https://a.no/b) og <https://c.no>", "en lenke (https://a.no/b) og https://c.no"},
		{"**fet** _kursiv_ ***begge*** `kode` snake_case_x 2 * 3 * 4", "fet kursiv begge kode snake_case_x 2 * 3 * 4"},
		{"a<br>b &amp; c &nbsp;d", "a\nb & c \u00a0d"},
		{"<span lang=\"nb\">ord</span> 1 < 2", "ord 1 < 2"},
		{"før\n\n---\n\netter", "før\n\netter"},
		{"før <!-- kommentar\nmer --> etter", "før  etter"},
		{"```\n# kode\n```", "# kode"},
	} {
		p := back(t, draft(), "a.md", []byte("[[kp:effects]]\n\n"+c.in+"\n"))
		if got := p.Change("effects").New; got != clean(c.want) {
			t.Errorf("%q gives %q, want %q", c.in, got, c.want)
		}
	}
}

func TestWordOfOtherPrograms(t *testing.T) {
	mark := `<w:p><w:r><w:t>[[kp:</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:t>effects]]</w:t></w:r></w:p>`
	p := func(inner string) string { return "<w:p>" + inner + "</w:p>" }
	r := func(text string) string { return "<w:r><w:t xml:space=\"preserve\">" + text + "</w:t></w:r>" }
	list := func(level, id int, text string) string {
		return p(fmt.Sprintf(`<w:pPr><w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr></w:pPr>`, level, id) + r(text))
	}
	cell := func(text string) string { return "<w:tc><w:tcPr/>" + text + "</w:tc>" }
	for _, c := range []struct{ name, in, want string }{
		{"table", "<w:tbl><w:tr>" + cell(p(r("A"))+p(r("B"))) + cell(p(r("C"))) + "</w:tr><w:tr>" + cell(p(r("D"))) + cell("<w:tbl><w:tr>"+cell(p(r("E")))+cell(p(r("F")))+"</w:tr></w:tbl>"+p("")) + "</w:tr></w:tbl>" + p(r("etter")),
			"A B · C\nD · E · F\n\netter"},
		{"lists", list(0, 1, "a") + list(1, 1, "b") + list(0, 2, "c") + list(0, 2, "d"), "- a\n  - b\n1. c\n2. d"},
		{"deleted paragraph mark", p(`<w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>`+r("en ")) + p(r("to")), "en to"},
		{"deleted heading", p(`<w:pPr><w:pStyle w:val="Heading2"/><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:del w:id="2"><w:r><w:delText>borte</w:delText></w:r></w:del>`) + p(r("to")) + mark + p(r("tre")), "to\n\ntre"},
		{"style changed by tracking", p(`<w:pPr><w:pPrChange w:id="1"><w:pPr><w:pStyle w:val="Heading1"/></w:pPr></w:pPrChange></w:pPr>` + r("tekst")), "tekst"},
		{"box drawn twice", p(r("ved ") + `<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>` + p(r("boks")) + `</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>` + p(r("boks")) + `</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>` + r("siden")), "boks\n\nved siden"},
		{"field code", p(`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>` + r("7")), "7"},
		{"content control", `<w:sdt><w:sdtPr><w:placeholder/></w:sdtPr><w:sdtContent>` + p(r("inni")) + `</w:sdtContent></w:sdt>`, "inni"},
		{"hyphens and breaks", p(`<w:r><w:t>e</w:t><w:noBreakHyphen/><w:t>post</w:t><w:br/><w:t>ny</w:t><w:br w:type="page"/></w:r>`), "e\u2011post\nny"},
		{"own heading", p(`<w:pPr><w:pStyle w:val="Overskrift3"/></w:pPr>` + r("Deloverskrift")), "Deloverskrift"},
		{"page break paragraph", p("") + p(r("a")) + p("") + p("") + p(r("b")), "a\n\nb"},
	} {
		content := wordEdit(t, export(t, draft(), Word, "nb"), func(x string) string {
			head := x[:strings.Index(x, "<w:body>")]
			head = strings.Replace(head, "<w:document ", `<w:document xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" `, 1)
			return head + "<w:body>" + mark + c.in + "</w:body></w:document>"
		})
		content = wordPart(t, content, "word/numbering.xml", func(x string) string {
			return replaced(t, x, "</w:numbering>", `<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>`, `<w:num w:numId="2">`, `<w:num w:numId="99">`)
		})
		if got := back(t, draft(), "a.docx", content).Change("effects").New; got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestWordPartsAreWhole: every part that is named is there, and is XML.
func TestWordPartsAreWhole(t *testing.T) {
	parts, order := unpack(t, export(t, draft(), Word, "nn"))
	if order[0] != "[Content_Types].xml" {
		t.Errorf("the types must come first: %q", order)
	}
	for name, part := range parts {
		for dec := xml.NewDecoder(strings.NewReader(part)); ; {
			token, err := dec.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			s, ok := token.(xml.StartElement)
			if !ok {
				continue
			}
			named := ""
			switch s.Name.Local {
			case "Override":
				named = strings.TrimPrefix(attribute(s, "PartName"), "/")
			case "Relationship":
				named = path.Join(path.Dir(path.Dir(name)), attribute(s, "Target"))
			}
			if named != "" && parts[named] == "" {
				t.Errorf("%s names %s, which is not there", name, named)
			}
		}
	}
	for _, want := range []string{`<w:lang w:val="nn-NO"`, `w:val="heading 1"`} {
		if !strings.Contains(parts["word/styles.xml"], want) {
			t.Errorf("styles lack %s", want)
		}
	}
	for _, want := range []string{`w:name="kp_background_` + hashOf(background) + `"`, `<w:pStyle w:val="ListParagraph"/><w:numPr>`, "[[kp:background#" + hashOf(background)} {
		if !strings.Contains(parts["word/document.xml"], want) {
			t.Errorf("the document lacks %s", want)
		}
	}
}

func TestTidyTellsOnlyOfWhatChanges(t *testing.T) {
	d := draft()
	d.Application.Answers["results"] = `De sier "ja" - alle`
	plan := Tidy(source(t, d, "nn"))
	if len(plan.Changes) != 1 || plan.Changes[0].Field != "results" || plan.Changes[0].New != "De sier «ja» – alle" || !plan.Changes[0].Sure() {
		t.Errorf("%+v", plan.Changes)
	}
	if d.Application.Answers["results"] != `De sier "ja" - alle` {
		t.Error("the draft is changed")
	}
}
