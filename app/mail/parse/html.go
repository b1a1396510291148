package parse

import (
	"bytes"
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/idna"
)

// BlockKind is what a block of text is.
type BlockKind int

// The kinds of block.
const (
	Paragraph BlockKind = iota
	Heading
	Item // of a list
	Link // Text with Address
)

// Block is a piece of a text, without any markup in it.
type Block struct {
	Kind  BlockKind
	Text  string
	Quote int // how deep it is quoted
	// Address of a link: only http, https and mailto.
	Address string
	// Host is where the link really leads; Differs tells that its text names another
	// host.
	Host    string
	Differs bool
}

// mostBlocks is how many blocks are made of one text.
const mostBlocks = 20_000

// htmlReader makes blocks of HTML in one pass over its tokens. It builds no tree,
// so nesting costs nothing, and it fetches nothing.
type htmlReader struct {
	blocks  []Block
	text    strings.Builder
	kind    BlockKind
	quote   int
	skip    int    // inside script, style and the like
	hidden  []bool // open elements: whether they hide what is in them
	hiding  int    // how many of them do
	href    string
	linked  strings.Builder
	links   []Block // of the paragraph that is open
	remote  int
	pre     int
	columns int
}

// htmlBlocks reads HTML; remote is how many pictures lie elsewhere.
func htmlBlocks(text string) (blocks []Block, remote int) {
	r := &htmlReader{}
	z := html.NewTokenizer(strings.NewReader(text))
	z.SetMaxBuf(4 << 20)
	for {
		switch z.Next() {
		case html.ErrorToken:
			r.flush()
			return r.blocks, r.remote
		case html.TextToken:
			r.write(z.Text())
		case html.StartTagToken, html.SelfClosingTagToken:
			name, attrs := z.TagName()
			r.open(atom.Lookup(name), z, attrs)
		case html.EndTagToken:
			name, _ := z.TagName()
			r.close(atom.Lookup(name))
		}
		if len(r.blocks) > mostBlocks {
			return r.blocks, r.remote
		}
	}
}

func (r *htmlReader) concealed() bool { return r.skip > 0 || r.hiding > 0 }

func (r *htmlReader) write(raw []byte) {
	if r.concealed() {
		return
	}
	text := html.UnescapeString(string(raw))
	if r.pre == 0 {
		space := bytes.ContainsAny(raw[:min(1, len(raw))], " \t\r\n") && r.text.Len() > 0
		end := len(raw) > 0 && bytes.ContainsAny(raw[len(raw)-1:], " \t\r\n")
		text = strings.Join(strings.Fields(text), " ")
		if text == "" {
			if space {
				r.space()
			}
			return
		}
		if space {
			r.space()
		}
		if end {
			text += " "
		}
	}
	r.text.WriteString(text)
	if r.href != "" {
		r.linked.WriteString(text)
	}
}

func (r *htmlReader) space() {
	if s := r.text.String(); s != "" && !strings.HasSuffix(s, " ") && !strings.HasSuffix(s, "\n") {
		r.text.WriteByte(' ')
	}
}

// flush ends the paragraph that is open; its links follow it.
func (r *htmlReader) flush() {
	text := strings.TrimSpace(clean(r.text.String()))
	r.text.Reset()
	alone := len(r.links) == 1 && strings.TrimSpace(r.links[0].Text) == text
	if text != "" && !alone {
		r.blocks = append(r.blocks, Block{Kind: r.kind, Text: text, Quote: r.quote})
	}
	r.blocks = append(r.blocks, r.links...)
	r.links, r.kind, r.columns = nil, Paragraph, 0
}

func (r *htmlReader) open(tag atom.Atom, z *html.Tokenizer, attrs bool) {
	href, src, style, hiddenAttr := "", "", "", false
	for attrs {
		var key, value []byte
		key, value, attrs = z.TagAttr()
		switch string(key) {
		case "href":
			href = string(value)
		case "src", "background", "poster", "data":
			src = string(value)
		case "style":
			style = strings.ToLower(string(value))
		case "hidden":
			hiddenAttr = true
		}
	}
	if elsewhere(src) {
		r.remote++
	}
	switch tag {
	case atom.Script, atom.Style, atom.Head, atom.Title, atom.Template, atom.Noscript, atom.Svg, atom.Math, atom.Object, atom.Iframe, atom.Select:
		r.skip++
		return
	case atom.Br:
		if !r.concealed() {
			r.text.WriteByte('\n')
		}
		return
	case atom.Img, atom.Hr, atom.Input, atom.Meta, atom.Link, atom.Base, atom.Wbr, atom.Col, atom.Area, atom.Embed, atom.Source, atom.Track:
		return
	case atom.P, atom.Div, atom.Table, atom.Tr, atom.Ul, atom.Ol, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Center, atom.Address:
		r.flush()
	case atom.Td, atom.Th:
		if r.columns > 0 && r.text.Len() > 0 {
			r.text.WriteString(" · ")
		}
		r.columns++
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		r.flush()
		r.kind = Heading
	case atom.Li:
		r.flush()
		r.kind = Item
	case atom.Blockquote:
		r.flush()
		r.quote++
	case atom.Pre:
		r.flush()
		r.pre++
	case atom.A:
		r.endLink()
		r.href = href
	}
	if len(r.hidden) < 10_000 {
		hidden := hiddenAttr || hides(style)
		if r.hidden = append(r.hidden, hidden); hidden {
			r.hiding++
		}
	}
}

// hides tells whether a style keeps people from seeing the text.
func hides(style string) bool {
	style = strings.ReplaceAll(style, " ", "")
	for _, sign := range []string{"display:none", "visibility:hidden", "font-size:0", "max-height:0", "opacity:0;", "mso-hide:all"} {
		if strings.Contains(style, sign) && !strings.Contains(style, "font-size:0.") {
			return true
		}
	}
	return false
}

func elsewhere(src string) bool {
	src = strings.ToLower(strings.TrimSpace(src))
	return strings.HasPrefix(src, "http:") || strings.HasPrefix(src, "https:") || strings.HasPrefix(src, "//") || strings.HasPrefix(src, "ftp:") || strings.HasPrefix(src, `\\`) || strings.HasPrefix(src, "file:")
}

func (r *htmlReader) close(tag atom.Atom) {
	switch tag {
	case atom.Script, atom.Style, atom.Head, atom.Title, atom.Template, atom.Noscript, atom.Svg, atom.Math, atom.Object, atom.Iframe, atom.Select:
		r.skip = max(0, r.skip-1)
		return
	case atom.A:
		r.endLink()
	case atom.P, atom.Div, atom.Table, atom.Tr, atom.Ul, atom.Ol, atom.Li, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Section, atom.Article:
		r.flush()
	case atom.Blockquote:
		r.flush()
		r.quote = max(0, r.quote-1)
	case atom.Pre:
		r.flush()
		r.pre = max(0, r.pre-1)
	}
	if n := len(r.hidden); n > 0 {
		if r.hidden[n-1] {
			r.hiding--
		}
		r.hidden = r.hidden[:n-1]
	}
}

// endLink makes a block of the link that is open.
func (r *htmlReader) endLink() {
	text := strings.TrimSpace(clean(r.linked.String()))
	if b, ok := link(text, r.href, r.quote); ok && text != "" {
		r.links = append(r.links, b)
	}
	r.href = ""
	r.linked.Reset()
}

// link is a block for an address that may be followed: http, https and mailto.
func link(text, href string, quote int) (Block, bool) {
	u, err := url.Parse(strings.TrimSpace(href))
	if err != nil {
		return Block{}, false
	}
	b := Block{Kind: Link, Text: text, Quote: quote, Address: u.String()}
	switch strings.ToLower(u.Scheme) {
	case "mailto":
		b.Host = strings.ToLower(u.Opaque)
		return b, u.Opaque != ""
	case "http", "https":
	default:
		return Block{}, false
	}
	host := strings.ToLower(u.Hostname())
	if ascii, err := idna.Lookup.ToASCII(host); err == nil {
		host = ascii // the whole of it in plain letters: no letter can look like another
	}
	b.Host = host
	if host == "" {
		return Block{}, false
	}
	if named := hostIn(text); named != "" && !sameSite(named, host) {
		b.Differs = true
	}
	return b, true
}

// hostIn is the host that a text names, or "".
func hostIn(text string) string {
	text = strings.ToLower(strings.TrimSpace(text))
	if strings.ContainsAny(text, " \n") {
		return ""
	}
	for _, scheme := range []string{"https://", "http://"} {
		if rest, ok := strings.CutPrefix(text, scheme); ok {
			return hostOf(rest)
		}
	}
	host := hostOf(text)
	if strings.HasPrefix(host, "www.") || strings.Count(host, ".") > 0 && !strings.Contains(host, "@") && topLevel(host) {
		return host
	}
	return ""
}

// hostOf is what stands before the path, without a port. A name before an @ stays: it
// looks like the host, and is not.
func hostOf(text string) string {
	host, _, _ := strings.Cut(text, "/")
	if !strings.Contains(host, "@") {
		host, _, _ = strings.Cut(host, ":")
	}
	return strings.TrimSuffix(host, ".")
}

// topLevel tells whether a text ends as a host does, so that "punkt.Ny" is none.
func topLevel(host string) bool {
	end := host[strings.LastIndexByte(host, '.')+1:]
	switch end {
	case "no", "com", "org", "net", "eu", "info", "se", "dk", "fi", "io", "de", "uk":
		return true
	}
	return false
}

func sameSite(a, b string) bool {
	a, b = strings.TrimPrefix(a, "www."), strings.TrimPrefix(b, "www.")
	return a == b || strings.HasSuffix(a, "."+b) || strings.HasSuffix(b, "."+a)
}

// clean takes away what nobody sees in running text; line breaks stay.
func clean(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = visible(line)
	}
	return strings.Join(lines, "\n")
}

// textBlocks makes blocks of plain text: paragraphs, quotes, and its addresses.
func textBlocks(text string) []Block {
	var all []Block
	var now []string
	depth := 0
	flush := func() {
		if t := strings.TrimSpace(clean(strings.Join(now, "\n"))); t != "" {
			all = append(all, Block{Text: t, Quote: depth})
			for word := range strings.FieldsSeq(t) {
				word = strings.Trim(word, "<>()[],.;:\"'»«")
				if strings.HasPrefix(word, "http://") || strings.HasPrefix(word, "https://") {
					if b, ok := link(word, word, depth); ok && len(all) < mostBlocks {
						all = append(all, b)
					}
				}
			}
		}
		now = nil
	}
	for line := range strings.SplitSeq(text, "\n") {
		quotes, rest := 0, line
		for strings.HasPrefix(rest, ">") {
			quotes++
			rest = strings.TrimPrefix(rest[1:], " ")
		}
		if quotes != depth {
			flush()
			depth = quotes
		}
		if strings.TrimSpace(rest) == "" {
			flush()
			continue
		}
		if now = append(now, rest); len(all) > mostBlocks {
			break
		}
	}
	flush()
	return quoteBelow(all)
}

// quoteBelow marks what stands under the line that mail programs put over an
// earlier letter as quoted.
func quoteBelow(all []Block) []Block {
	for i := range all {
		if all[i].Quote == 0 && isDivider(all[i].Text) {
			for j := i; j < len(all); j++ {
				all[j].Quote++
			}
			return all
		}
	}
	return all
}

// isDivider knows the heads that programs put over an earlier letter.
func isDivider(text string) bool {
	first, rest, _ := strings.Cut(text, "\n")
	low := strings.ToLower(strings.Trim(first, " -_*"))
	switch {
	case strings.Contains(first, "-----") && (strings.HasPrefix(low, "original") || strings.HasPrefix(low, "opprinnelig") || strings.HasPrefix(low, "opphavleg") || strings.HasPrefix(low, "videresendt") || strings.HasPrefix(low, "vidaresendt") || strings.HasPrefix(low, "forwarded")):
		return true
	case (strings.HasPrefix(low, "fra:") || strings.HasPrefix(low, "frå:") || strings.HasPrefix(low, "from:")) && (containsLine(rest, "sendt:", "sent:", "dato:", "date:")):
		return true
	case (strings.HasPrefix(low, "den ") || strings.HasPrefix(low, "on ") || startsWithDay(low)) && (strings.HasSuffix(low, "skrev:") || strings.HasSuffix(low, "skreiv:") || strings.HasSuffix(low, "wrote:") || strings.HasSuffix(low, ">:")):
		return true
	}
	return false
}

func startsWithDay(low string) bool {
	for _, day := range []string{"man", "tir", "tys", "ons", "tor", "fre", "lør", "lau", "søn", "sun"} {
		if strings.HasPrefix(low, day) {
			return true
		}
	}
	return false
}

func containsLine(text string, heads ...string) bool {
	for line := range strings.SplitSeq(strings.ToLower(text), "\n") {
		for _, h := range heads {
			if strings.HasPrefix(strings.TrimSpace(line), h) {
				return true
			}
		}
	}
	return false
}

// plain is the text of blocks, for search and quoting.
func plain(blocks []Block, quoted bool) string {
	var out strings.Builder
	before := "" // the paragraph that links follow
	for _, b := range blocks {
		if b.Kind == Link && strings.Contains(before, b.Text) || !quoted && b.Quote > 0 {
			continue
		}
		if b.Kind != Link {
			before = b.Text[:min(len(b.Text), 100_000)]
		}
		if out.Len() > 0 {
			out.WriteString("\n\n")
		}
		if b.Kind == Item {
			out.WriteString("– ")
		}
		out.WriteString(b.Text)
	}
	return out.String()
}
