package render_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"golang.org/x/text/unicode/norm"

	"kompetansepilot/app/document"
	"kompetansepilot/app/document/documenttest"
	"kompetansepilot/app/document/layout"
	"kompetansepilot/app/document/pdf"
	"kompetansepilot/app/document/pdf/pdfcheck"
)

// made is a document with the number of pages that it has at least.
type made struct {
	name  string
	pages int
	doc   document.Document
}

// documents are documents of every kind in three languages.
func documents(t *testing.T) (all []made) {
	t.Helper()
	created := time.Date(2026, 3, 2, 9, 30, 0, 0, time.FixedZone("", 3600))
	for _, lang := range []string{"nb-NO", "nn-NO", "en"} {
		blank := document.Document{Title: "Dokument " + lang, Subject: "Prøve", Author: "Innlandet fylkeskommune", Keywords: "a, b & <c>", Lang: lang, Created: created}
		add := func(name string, pages int, blocks ...document.Block) {
			doc := blank
			doc.Blocks = blocks
			doc.Header = "Innlandet fylkeskommune"
			doc.Footer = func(page, pages int) string { return fmt.Sprintf("%d (%d)", page, pages) }
			all = append(all, made{lang + " " + name, pages, doc})
		}
		all = append(all, made{lang + " empty", 1, blank})
		sample := documenttest.Sample()
		sample.Lang = lang
		all = append(all, made{lang + " sample", 4, sample})
		everything := documenttest.Everything()
		everything.Lang = lang
		all = append(all, made{lang + " everything", 6, everything})
		letter := documenttest.Letter()
		letter.Lang = lang
		all = append(all, made{lang + " letter", 1, letter})

		add("one line", 1, paragraph("Én linje."))
		add("twenty pages", 20, prose(900)...)
		add("contents over pages", 3, append([]document.Block{document.Contents{Title: "Innhold"}}, prose(600)...)...)
		add("table over pages", 8, partners(400))
		add("forty partners", 2, document.Heading{Level: 1, Text: "Partnere"}, partners(40))
		add("merged cells", 3, documenttest.Merged(30))
		add("wide table", 1, wide(14))
		add("missing letters", 1, paragraph("😀 שלום سلام 日本 ∑ \U0001F1F3\U0001F1F4"), document.Heading{Level: 1, Text: "∮ 😀"}, document.List{Items: [][]document.Span{document.Text("🙂")}},
			document.Table{Caption: "😀", Columns: []document.Column{{Header: "日"}}, Rows: [][]string{{"本"}}})
		add("names", 1, document.Heading{Level: 1, Text: "Guovdageaidnu – Kautokeino", Lang: "se-NO"}, document.Paragraph{Spans: []document.Span{
			{Text: "Áilu Ánne Čáhppesduottar, Kárášjohka; Unjárga, Deatnu, Porsáŋgu, Gáivuotna, Ivgu. ", Lang: "se-NO"}, {Text: "Aarborte, Raavrevijhke, Snåase. ", Lang: "sma-NO"},
			{Text: "Hábmer, Divttasvuodna. ", Lang: "smj-NO"}, {Text: "Porsanki, Kaivuono, Omasvuono. ", Lang: "fkv-NO"}, {Text: "Sjeänǩǩ, ǥåålm, ǯ."}}})
		add("long words", 1, long1("Ressursoptimaliseringskompetanse", 40)...)
		add("links", 1, links(60)...)
		add("notes", 1, document.Note{Title: "Info", Spans: document.Text("a")}, document.Note{Title: "Bra", Tone: document.Success, Spans: document.Text("b")},
			document.Note{Title: "Varsel", Tone: document.Warning}, document.Note{Tone: document.Danger, Spans: document.Text(strings.Repeat("lang ", 900))})
		add("deep headings", 1, document.Cover{Title: "Omslag", County: "Innlandet"}, document.Heading{Level: 1, Text: "1"}, document.Heading{Level: 2, Text: "1.1"},
			document.Heading{Level: 3, Text: "1.1.1"}, document.Heading{Level: 6, Text: "1.1.1.1"}, document.Heading{Level: 1, Text: "2"})
		add("lists", 2, document.List{Ordered: true, Items: slices.Repeat([][]document.Span{document.Text("punkt på rad")}, 120)}, document.List{Items: [][]document.Span{document.Text("kule")}})
		add("signs", 1, paragraph("«Sitat» – tankestrek — ‘a’ “b” … § 13, 50 %, 20 °C, m², ½, €, ×, ‰, −5 ≤ 3 → (\\)<>[]{}%/#"), document.Signatures{Signature: "Underskrift", Signers: make([]document.Signer, 5)})
		for i, p := range pictures(t) {
			add(fmt.Sprint("picture ", i), 1, document.Figure{Alt: "Bilde", Caption: "Figur", Picture: p}, document.Figure{Alt: "Høyt", Picture: p, Height: 150})
		}
	}
	all = append(all, made{"500 pages", 500, log500(500)})
	return all
}

func paragraph(s string) document.Block { return document.Paragraph{Spans: document.Text(s)} }

// prose is n paragraphs with a heading for each tenth.
func prose(n int) (out []document.Block) {
	for i := range n {
		if i%10 == 0 {
			out = append(out, document.Heading{Level: 1 + i/10%2, Text: fmt.Sprintf("Del %d", i)})
		}
		out = append(out, paragraph(strings.Repeat("Samtale med bedriften om behov for opplæring. ", 4)))
	}
	return out
}

func partners(n int) document.Block {
	t := document.Table{Caption: "Partnere", RowHeader: true, Columns: []document.Column{{Header: "Navn"}, {Header: "Org.nr."}, {Header: "Beløp", Align: document.Right}},
		Foot: [][]string{{"Sum", "", "1 400 000"}}}
	for i := range n {
		t.Rows = append(t.Rows, []string{fmt.Sprintf("Partner nummer %d AS\nmed avdeling", i), "964 982 953", fmt.Sprintf("%d 000", i)})
	}
	return t
}

func wide(n int) document.Block {
	var t document.Table
	var row []string
	for i := range n {
		t.Columns = append(t.Columns, document.Column{Header: fmt.Sprint("K", i)})
		row = append(row, fmt.Sprint(i*1000))
	}
	t.Rows = [][]string{row, row[:3], nil}
	return t
}

func long1(word string, n int) []document.Block {
	w := strings.Repeat(word, n)
	return []document.Block{paragraph(w), document.Heading{Level: 1, Text: w[:200]}, document.List{Items: [][]document.Span{document.Text(w)}},
		document.Table{Columns: []document.Column{{Header: w[:90]}, {Header: "b"}}, Rows: [][]string{{w, "c"}}}, document.Note{Title: w[:90], Spans: document.Text(w)}}
}

func links(n int) (out []document.Block) {
	for i := range n {
		out = append(out, document.Paragraph{Spans: []document.Span{{Text: "Se "}, {Text: strings.Repeat("en lang lenke ", 1+i%9), Link: fmt.Sprintf("https://example.org/å/%d?q=(x)", i)}, {Text: " og "},
			{Text: "post@example.org", Link: "mailto:post@example.org"}}})
	}
	return out
}

func pictures(t *testing.T) []*document.Picture {
	t.Helper()
	return []*document.Picture{documenttest.Logo(), documenttest.Picture(documenttest.Photo(800, 500, false)), documenttest.Picture(documenttest.Photo(60, 300, true)), documenttest.Picture(documenttest.Drawing(300, 200))}
}

// log500 is a log of about pages pages.
func log500(pages int) document.Document {
	doc := document.Document{Title: "Logg", Lang: "nb-NO", Author: "Nordland fylkeskommune", Created: time.Unix(1_770_000_000, 0).UTC(),
		Footer: func(page, pages int) string { return fmt.Sprintf("side %d av %d", page, pages) }}
	for i := range pages * 63 / 10 {
		if i%100 == 0 {
			doc.Blocks = append(doc.Blocks, document.Heading{Level: 1, Text: fmt.Sprintf("Måned %d", i/100)})
		}
		doc.Blocks = append(doc.Blocks, document.Heading{Level: 2, Text: fmt.Sprintf("%d. mars: møte nr. %d", i%28+1, i)},
			paragraph(fmt.Sprintf("Sak %d. ", i)+strings.Repeat("Samtale med bedriften om behov for opplæring i Bodø og på Værøy. ", 7)))
	}
	return doc
}

// TestDocuments takes every document through our own checker and those of
// others, and compares the text that comes out with the text that went in.
func TestDocuments(t *testing.T) {
	api.DisableConfigDir()
	all := documents(t)
	if len(all) < 50 {
		t.Fatalf("only %d documents", len(all))
	}
	for i, m := range all {
		if testing.Short() && i%7 != 0 {
			continue
		}
		t.Run(m.name, func(t *testing.T) {
			t.Parallel()
			r, err := layout.Lay(m.doc)
			if err != nil {
				t.Fatal(err)
			}
			if len(r.Pages) < m.pages {
				t.Errorf("%d pages, want %d", len(r.Pages), m.pages)
			}
			var b bytes.Buffer
			if err := pdf.Write(&b, r); err != nil {
				t.Fatal(err)
			}
			for _, f := range pdfcheck.Check(b.Bytes()) {
				t.Error(f)
			}
			checkPDFCPU(t, b.Bytes())
			path := filepath.Join(t.TempDir(), "a.pdf")
			if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
			checkQPDF(t, path)
			checkFonts(t, path)
			checkText(t, path, m.doc, r)
		})
	}
}

func checkPDFCPU(t *testing.T, file []byte) {
	t.Helper()
	conf := model.NewDefaultConfiguration()
	conf.ValidationMode = model.ValidationStrict
	conf.Offline = true
	ctx, err := api.ReadContext(bytes.NewReader(file), conf)
	if err == nil {
		err = api.ValidateContext(ctx)
	}
	if err != nil {
		t.Errorf("pdfcpu: %v", err)
	}
}

// tool runs a program, and gives nothing when it is not installed.
func tool(t *testing.T, name string, args ...string) (string, bool) {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Logf("%s is not installed", name)
		return "", false
	}
	out, err := exec.Command(path, args...).CombinedOutput()
	if err != nil {
		t.Errorf("%s: %v\n%s", name, err, out)
	}
	return string(out), true
}

func checkQPDF(t *testing.T, path string) {
	t.Helper()
	if out, ok := tool(t, "qpdf", "--check", path); ok && (!strings.Contains(out, "No syntax or stream encoding errors found") || strings.Contains(out, "WARNING")) {
		t.Error(out)
	}
}

func checkFonts(t *testing.T, path string) {
	t.Helper()
	out, _ := tool(t, "pdffonts", path)
	for i, ln := range strings.Split(strings.TrimSpace(out), "\n") {
		if i >= 2 && !strings.Contains(ln, "CID TrueType      Identity-H       yes yes yes") {
			t.Errorf("font %s", ln)
		}
	}
}

// checkText compares the text that a screen reader gets, and all letters on the
// pages, with the model.
func checkText(t *testing.T, path string, doc document.Document, r *layout.Result) {
	t.Helper()
	want := expected(doc, r)
	// It draws a page anew for each element, so it gets the short documents only.
	if marks(r) > 90 {
		t.Log("too long for pdfinfo -struct-text")
	} else if out, ok := tool(t, "pdfinfo", "-struct-text", path); ok {
		var b strings.Builder
		for ln := range strings.SplitSeq(out, "\n") {
			if ln = strings.TrimSpace(ln); len(ln) >= 2 && ln[0] == '"' && ln[len(ln)-1] == '"' {
				b.WriteString(ln[1 : len(ln)-1])
			}
		}
		if got := bare(b.String()); got != bare(want) {
			t.Errorf("a screen reader gets another text: %s", difference(got, bare(want)))
		}
	}
	// Poppler takes its time over a page of text; of long documents it gets a part.
	const most = 8
	drawn, last := want, len(r.Pages)
	if last > most {
		drawn, last = "", most
	}
	for i := range last {
		for _, op := range r.Pages[i].Ops {
			if op.Elem == nil || len(r.Pages) > most { // headers, footers and repeated heading rows
				drawn += op.Text
			}
		}
	}
	if out, ok := tool(t, "pdftotext", "-l", fmt.Sprint(last), "-enc", "UTF-8", path, "-"); ok {
		if a, b := letters(out), letters(drawn); a != b {
			t.Errorf("other letters on the pages: %s", difference(a, b))
		}
	}
}

func marks(r *layout.Result) (n int) {
	for i := range r.Pages {
		n += r.Pages[i].Marks
	}
	return n
}

// bare is text without spaces and what only parts words, its letters in one form.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\u00ad' {
			return -1
		}
		return r
	}, norm.NFKC.String(s))
}

// letters are the letters of a text in order of their numbers: programs that read
// pages put their parts in orders of their own.
func letters(s string) string {
	all := []rune(bare(s))
	slices.Sort(all)
	return string(all)
}

func difference(got, want string) string {
	a, b := []rune(got), []rune(want)
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	cut := func(s []rune) string { return string(s[max(0, i-20):min(len(s), i+30)]) }
	return fmt.Sprintf("%d and %d letters; %q, want %q", len(a), len(b), cut(a), cut(b))
}

// expected is the text of a document in reading order.
func expected(doc document.Document, r *layout.Result) string {
	var b strings.Builder
	clean := document.NewCleaner()
	put := func(parts ...string) {
		for _, s := range parts {
			b.WriteString(clean.Clean(s) + " ")
		}
	}
	spans := func(list []document.Span) {
		for _, s := range list {
			put(s.Text)
		}
	}
	if h := doc.Letterhead; h != nil {
		put(h.Name)
		put(h.Lines...)
	}
	for _, block := range doc.Blocks {
		switch x := block.(type) {
		case document.Cover:
			put(x.County, x.Kind, x.Title)
			for _, s := range x.Summary {
				put(s.Label, s.Value)
			}
		case document.Contents:
			put(x.Title)
			for _, o := range r.Outline {
				if o.Level < 2 {
					put(o.Text, fmt.Sprint(o.Page+1))
				}
			}
		case document.Heading:
			put(x.Text)
		case document.Paragraph:
			spans(x.Spans)
		case document.List:
			for i, item := range x.Items {
				if x.Ordered {
					put(fmt.Sprint(i+1) + ".")
				} else {
					put("•")
				}
				spans(item)
			}
		case document.Note:
			put(x.Title)
			spans(x.Spans)
		case document.Table:
			expectedTable(x, put, spans)
		case document.Figure:
			if x.Draw != nil {
				put("2026 550 000 2027 850 000") // of the sample
			}
			put(x.Caption)
		case document.Letter:
			put(x.Sender...)
			put(x.Receiver...)
			for _, s := range x.Facts {
				put(s.Label, s.Value)
			}
			put(x.Title)
		case document.Signatures:
			for _, s := range x.Signers {
				put(x.PlaceAndDate, x.Signature, s.Name, s.Title)
			}
		}
	}
	return b.String()
}

func expectedTable(t document.Table, put func(...string), spans func([]document.Span)) {
	cells := func(rows [][]document.Cell) {
		for _, r := range rows {
			for _, c := range r {
				spans(c.Spans)
			}
		}
	}
	put(t.Caption)
	cells(t.Head)
	for _, c := range t.Columns {
		put(c.Header)
	}
	for _, r := range t.Rows {
		put(r...)
	}
	cells(t.Body)
	for _, r := range t.Foot {
		put(r...)
	}
}
