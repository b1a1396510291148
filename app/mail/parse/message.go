package parse

import (
	"encoding/hex"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"kompetansepilot/data/post"
)

// Mail is a message as a person reads it.
type Mail struct {
	Subject    string
	From       []Address
	To, Cc     []Address
	ReplyTo    []Address
	Date       time.Time // zero when the sender gave none that can be read
	MessageID  string
	References []string // oldest first, In-Reply-To last
	// Conversation is the same for all letters of one, where Outlook says so.
	Conversation string
	// Blocks are the text, Text the same in one piece, Own what the sender wrote
	// beside the quoted.
	Blocks      []Block
	Text, Own   string
	Attachments []Attachment
	Invitations []Invitation
	// Remote is how many pictures lie elsewhere; they are not fetched.
	Remote int
	// Refused tells that the receiver's server says that the sender's address is not
	// real (DMARC).
	Refused bool
	// Automatic is mail that nobody wrote: an answer of a machine, a list.
	Automatic bool
	Encrypted bool
	Signed    bool // the signature is not checked
	TooDeep   bool // parts were nested too deep to be read
}

// Attachment is a file of a message.
type Attachment struct {
	Name    string // clean, never a path; see [CleanName]
	Type    string // as the sender says
	Size    int    // bytes, about right
	Inline  bool   // shown in the text
	Danger  string // why it is not opened: "program", "script", "macro", "disguised", or ""
	content func() []byte
	depth   int // how many letters it lies in
}

// Message is the letter that the file is, or nil when it is none. Its own files stand
// among those of the letter that it came with, too.
func (a *Attachment) Message() *Mail {
	if a.Type != "message/rfc822" || a.depth >= mostDepth {
		return nil
	}
	return message(a.Content(), a.depth+1)
}

// Content is the file.
func (a *Attachment) Content() []byte { return a.content() }

// Message reads a message.
func Message(raw []byte) *Mail { return message(raw, 0) }

func message(raw []byte, depth int) *Mail {
	h, body := split(repair(raw))
	m := head(h)
	w := &walker{}
	w.walk(h, body, place{depth: depth})
	m.TooDeep, m.Signed, m.Encrypted = w.deep, w.signed, w.encrypted
	m.read(w.leaves, depth)
	return m
}

func head(h header) *Mail {
	m := &Mail{Subject: words(h.get("subject")), From: addresses(h.get("from")), To: addresses(h.get("to")), Cc: addresses(h.get("cc")), ReplyTo: addresses(h.get("reply-to")),
		Date: date(h.get("date")), References: ids(h.get("references"))}
	if id := ids(h.get("message-id")); len(id) > 0 {
		m.MessageID = id[0]
	}
	for _, id := range ids(h.get("in-reply-to")) {
		if id != m.MessageID && !slices.Contains(m.References, id) {
			m.References = append(m.References, id)
		}
	}
	m.Conversation = conversation(h.get("thread-index"))
	results := strings.ToLower(h.get("authentication-results"))
	m.Refused = strings.Contains(results, "dmarc=fail")
	auto := strings.ToLower(h.get("auto-submitted"))
	m.Automatic = auto != "" && auto != "no" || h.get("list-id") != "" || h.get("list-unsubscribe") != "" || strings.EqualFold(h.get("precedence"), "bulk")
	return m
}

// conversation is the part of a Thread-Index that all letters of a conversation have
// in common: a byte 1, five of time and a GUID (MS-OXOMSG 2.2.1.3).
func conversation(value string) string {
	raw := base64Bytes([]byte(value))
	if len(raw) < 22 || raw[0] != 1 {
		return ""
	}
	return hex.EncodeToString(raw[:22])
}

// leastPlain is the share of the HTML's words that plain text must have to be
// taken instead: some senders put only "see the HTML" there.
const leastPlain = 0.3

// reading is a message whose text is being put together.
type reading struct {
	*Mail
	left  int // bytes of text that may still be decoded
	depth int
}

// read chooses the text and lists the files.
func (m *Mail) read(leaves []leaf, depth int) {
	r := &reading{Mail: m, left: mostText, depth: depth}
	var blocks []Block
	done := map[int]bool{}
	for i := range leaves {
		l := &leaves[i]
		switch {
		case len(blocks) > mostBlocks:
			m.TooDeep = true
		case l.kind == kindHeading:
			blocks = append(blocks, r.heading(l))
			continue
		case !l.isText():
		case l.alternative > 0 && done[l.alternative]:
		case l.alternative > 0:
			done[l.alternative] = true
			blocks = append(blocks, r.alternative(leaves, l.alternative)...)
		default:
			blocks = append(blocks, r.textOf(l)...)
		}
		if !l.isText() && l.kind != kindHeading {
			r.attach(l)
		}
	}
	m.Blocks = blocks
	m.Text, m.Own = plain(blocks, true), plain(blocks, false)
	if m.Own == "" {
		m.Own = m.Text
	}
}

// heading is the head of a letter within the letter: subject, sender and date.
func (r *reading) heading(l *leaf) Block {
	if l.header == nil {
		return Block{Kind: Heading, Text: visible(string(l.body)), Quote: l.quote}
	}
	m := head(l.header)
	var parts []string
	if m.Subject != "" {
		parts = append(parts, m.Subject)
	}
	if len(m.From) > 0 {
		parts = append(parts, strings.TrimSpace(m.From[0].Name+" <"+m.From[0].Address+">"))
	}
	if !m.Date.IsZero() {
		parts = append(parts, m.Date.Format("02.01.2006 15.04"))
	}
	return Block{Kind: Heading, Text: strings.Join(parts, " · "), Quote: l.quote}
}

func (r *reading) textOf(l *leaf) []Block {
	if r.left <= 0 {
		r.TooDeep = true
		return nil
	}
	text := l.text(r.left)
	r.left -= len(text)
	var blocks []Block
	if l.kind == "text/html" {
		var remote int
		blocks, remote = htmlBlocks(text)
		r.Remote += remote
		blocks = quoteBelow(blocks)
	} else {
		blocks = textBlocks(text)
	}
	for i := range blocks {
		blocks[i].Quote += l.quote
	}
	return blocks
}

// alternative is the better of the ways that the same text was sent in.
func (r *reading) alternative(leaves []leaf, group int) []Block {
	var text, html []Block
	for i := range leaves {
		if l := &leaves[i]; l.alternative == group && l.isText() {
			if l.kind == "text/html" {
				html = append(html, r.textOf(l)...)
			} else {
				text = append(text, r.textOf(l)...)
			}
		}
	}
	if words := len(strings.Fields(plain(html, true))); float64(len(strings.Fields(plain(text, true)))) >= leastPlain*float64(words) && len(text) > 0 {
		return text
	}
	return html
}

func (r *reading) attach(l *leaf) {
	switch l.kind {
	case "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature":
		return
	case "text/calendar", "application/ics":
		r.invite(l)
	}
	name := l.name
	if name == "" {
		switch {
		case l.kind == "message/rfc822":
			name = "videresendt.eml"
		case l.kind == "text/calendar":
			name = "innkalling.ics"
		default:
			_, sub, _ := strings.Cut(l.kind, "/")
			name = "vedlegg." + strings.Map(letterOrDigit, sub)
		}
	}
	a := Attachment{Name: CleanName(name), Type: l.kind, Size: len(l.body), Inline: l.cid != "" && l.disposition != "attachment", content: func() []byte { return l.decoded(0) }, depth: r.depth + l.quote}
	if l.encoding == "base64" {
		a.Size = len(l.body) / 4 * 3
	}
	a.Danger = danger(a.Name, l.decoded(512))
	r.Attachments = append(r.Attachments, a)
}

// invite reads a calendar; a meeting that comes in two ways counts once.
func (r *reading) invite(l *leaf) {
	charset := l.params["charset"]
	if charset == "" {
		charset = "utf-8"
	}
	for _, i := range invitations(readable(l.decoded(1<<20), charset)) {
		if len(r.Invitations) < mostInvitations && !slices.Contains(r.Invitations, i) {
			r.Invitations = append(r.Invitations, i)
		}
	}
}

func letterOrDigit(r rune) rune {
	if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
		return r
	}
	return -1
}

// danger is why a file is not to be opened from a mail.
func danger(name string, start []byte) string {
	ext := strings.ToLower(path.Ext(name))
	inner := strings.ToLower(path.Ext(strings.TrimSuffix(name, path.Ext(name))))
	switch ext {
	case ".exe", ".com", ".scr", ".msi", ".pif", ".dll", ".cpl", ".iso", ".img", ".vhd", ".vhdx", ".lnk", ".url", ".app", ".dmg", ".jar", ".appref-ms":
		if slices.Contains([]string{".pdf", ".doc", ".docx", ".jpg", ".png", ".xlsx", ".txt"}, inner) {
			return "disguised"
		}
		return "program"
	case ".js", ".jse", ".vbs", ".vbe", ".wsf", ".hta", ".bat", ".cmd", ".ps1", ".sh", ".html", ".htm", ".shtml", ".xhtml", ".svg", ".one", ".chm", ".reg", ".py":
		return "script"
	case ".docm", ".xlsm", ".pptm", ".xlam", ".dotm", ".xll":
		return "macro"
	}
	if len(start) > 1 && (start[0] == 'M' && start[1] == 'Z' || strings.HasPrefix(string(start), "\x7fELF") || strings.HasPrefix(string(start), "#!")) {
		return "disguised"
	}
	if kind := http.DetectContentType(start); strings.HasPrefix(kind, "text/html") && ext != ".eml" && ext != ".txt" {
		return "disguised"
	}
	return ""
}

// mostName is how many letters a file's name may have.
const mostName = 120

// CleanName makes a name that is safe on every system: no path, no control signs,
// no name that Windows keeps for itself, and its real ending last.
func CleanName(name string) string {
	name = visible(strings.ToValidUTF8(name, ""))
	name = strings.ReplaceAll(name, `\`, "/")
	name = name[strings.LastIndexByte(name, '/')+1:]
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`<>:"|?*`, r) || r < ' ' {
			return '_'
		}
		return r
	}, name)
	name = strings.Trim(name, " .")
	ext := path.Ext(name)
	if len(ext) > 20 {
		ext = ""
	}
	stem := strings.TrimSpace(strings.TrimSuffix(name, ext))
	if runes := []rune(stem); len(runes) > mostName-utf8.RuneCountInString(ext) {
		stem = string(runes[:mostName-utf8.RuneCountInString(ext)])
	}
	stem = strings.TrimRight(stem, " .")
	switch low := strings.ToLower(stem); {
	case stem == "":
		stem = "vedlegg"
	case slices.Contains([]string{"con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9"}, low):
		stem += "_"
	}
	return stem + ext
}

// snippetLength is how much of a text a list shows, in letters.
const snippetLength = 140

// Index reads what lists and search need of a header block or a whole message.
func Index(raw []byte) post.Index {
	m := Message(raw)
	x := post.Index{MessageID: m.MessageID, References: m.References, Conversation: m.Conversation, Date: m.Date, Subject: m.Subject, Body: m.Text}
	if len(m.From) > 0 {
		x.From = post.Address{Name: m.From[0].Name, Address: m.From[0].Address}
	}
	for _, a := range slices.Concat(m.To, m.Cc) {
		x.Receivers = append(x.Receivers, post.Address{Name: a.Name, Address: a.Address})
	}
	runes := []rune(strings.Join(strings.Fields(m.Own), " "))
	x.Snippet = string(runes[:min(len(runes), snippetLength)])
	for _, a := range m.Attachments {
		if !a.Inline {
			x.Attachments = append(x.Attachments, a.Name)
		}
	}
	return x
}
