package mailgen

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"html"
	"math/rand/v2"
	"mime"
	"mime/quotedprintable"
	"net/url"
	"strings"
	"time"

	"golang.org/x/text/encoding/charmap"
)

// styles are the mail programs that letters are written with.
const (
	outlook = iota
	thunderbird
	oldExchange // latin-1
	phone
	styles
)

func domainOf(address string) string {
	_, domain, _ := strings.Cut(address, "@")
	return domain
}

// raw writes a letter out as its sender's mail program would.
func (g *generator) raw(l *letter) []byte {
	r := rand.New(rand.NewPCG(l.seed, 1))
	var b bytes.Buffer
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\r\n", args...) }
	own := mime.QEncoding.Encode("utf-8", "Kompetansepiloter Innlandet") + " <" + g.o.Own + ">"
	other := mime.QEncoding.Encode("utf-8", l.with.Person) + " <" + l.with.Email + ">"
	if l.kind == Spoofed {
		other = `"` + strings.ReplaceAll(l.with.Person, "ø", "o") + `" <` + l.with.Email + ">"
	}
	from, to := other, own
	if l.ours {
		from, to = own, other
	} else {
		line("Received: from mx.%s by mx.innlandet.example.no with ESMTPS; %s", domainOf(l.with.Email), l.date.Format(time.RFC1123Z))
	}
	for _, h := range l.headers {
		line("%s", h)
	}
	if l.kind != Bad || l.seed%5 != 0 { // some have no date
		line("Date: %s", l.date.In(time.FixedZone("", 3600)).Format(time.RFC1123Z))
	}
	line("From: %s", from)
	line("To: %s", to)
	if l.kind == Bad && l.seed%5 == 1 {
		b.WriteString("Subject: ")
		raw, _ := charmap.Windows1252.NewEncoder().Bytes([]byte(l.subject)) // every letter of it is there
		b.Write(append(raw, '\r', '\n'))
	} else {
		line("Subject: %s", mime.QEncoding.Encode("utf-8", l.subject))
	}
	line("Message-ID: <%s>", l.id)
	if l.answers != nil {
		line("In-Reply-To: <%s>", l.answers.id)
		var chain []string
		for a := l.answers; a != nil; a = a.answers {
			chain = append([]string{"<" + a.id + ">"}, chain...)
		}
		line("References: %s", strings.Join(chain, "\r\n "))
	}
	line("MIME-Version: 1.0")
	if len(l.files) == 0 {
		g.body(&b, l)
		return b.Bytes()
	}
	boundary := fmt.Sprintf("=_del_%016x", l.seed)
	line("Content-Type: multipart/mixed; boundary=%q", boundary)
	line("")
	line("--%s", boundary)
	g.body(&b, l)
	for _, f := range l.files {
		line("")
		line("--%s", boundary)
		attachment(&b, f, r, g.o.FileKB)
	}
	line("")
	line("--%s--", boundary)
	return b.Bytes()
}

// body writes the text with the header lines that belong to it.
func (g *generator) body(b *bytes.Buffer, l *letter) {
	text := l.text
	if a := l.answers; a != nil && l.kind != Away && l.kind != Report {
		who := a.with.Person
		if a.ours {
			who = "Kompetansepiloter Innlandet"
		}
		switch l.style {
		case outlook, oldExchange:
			text += "\n\nFra: " + who + "\nSendt: " + a.date.Format("2. 01 2006 15:04") + "\nTil: " + l.with.Person + "\nEmne: " + a.subject + "\n\n" + a.text
		default:
			text += "\n\nDen " + a.date.Format("02.01.2006") + " skrev " + who + ":\n> " + strings.ReplaceAll(a.text, "\n", "\n> ")
		}
	}
	line := func(format string, args ...any) { fmt.Fprintf(b, format+"\r\n", args...) }
	switch {
	case l.kind == Bad && l.seed%5 == 2: // says utf-8 and is not
		line("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n")
		raw, _ := charmap.Windows1252.NewEncoder().Bytes([]byte(crlf(text)))
		b.Write(raw)
	case l.kind == Bad && l.seed%5 == 3: // the last boundary is not there
		line("Content-Type: multipart/alternative; boundary=del\r\n\r\n--del\r\nContent-Type: text/plain; charset=utf-8\r\n")
		b.WriteString(crlf(text))
	case l.kind == Newsletter:
		line("Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n")
		quoted(b, `<html><head><style>p{color:red}</style></head><body><img src="https://naeringsnytt.example.com/p.gif?id=`+l.id+`" width=1 height=1>`+asHTML(text)+`</body></html>`)
	case l.style == outlook:
		boundary := fmt.Sprintf("=_alt_%016x", l.seed)
		line("Content-Type: multipart/alternative; boundary=%q\r\n\r\n--%s", boundary, boundary)
		line("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n")
		quoted(b, text)
		line("\r\n--%s\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n", boundary)
		quoted(b, `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><!--[if gte mso 9]><xml></xml><![endif]--></head><body lang=NO-BOK><div class=WordSection1>`+asHTML(text)+`</div></body></html>`)
		line("\r\n--%s--", boundary)
	case l.style == oldExchange:
		line("Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: base64\r\n")
		raw, err := charmap.ISO8859_1.NewEncoder().Bytes([]byte(crlf(strings.ReplaceAll(text, "–", "-"))))
		if err != nil {
			raw = []byte(crlf(l.kind))
		}
		based(b, raw)
	default:
		line("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n")
		b.WriteString(crlf(text) + "\r\n")
	}
}

func crlf(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }

func asHTML(text string) string {
	return "<p class=MsoNormal>" + strings.ReplaceAll(html.EscapeString(text), "\n", "<o:p></o:p></p>\n<p class=MsoNormal>") + "</p>"
}

func quoted(b *bytes.Buffer, text string) {
	w := quotedprintable.NewWriter(b)
	_, _ = w.Write([]byte(crlf(text))) // a buffer takes all
	_ = w.Close()
}

func based(b *bytes.Buffer, raw []byte) {
	s := base64.StdEncoding.EncodeToString(raw)
	for len(s) > 76 {
		b.WriteString(s[:76] + "\r\n")
		s = s[76:]
	}
	b.WriteString(s + "\r\n")
}

func attachment(b *bytes.Buffer, f file, r *rand.Rand, kb int) {
	content := []byte(f.text)
	if f.mime == "application/pdf" {
		content = pdf(f.text, r, kb*512+r.IntN(kb*1024))
	}
	fmt.Fprintf(b, "Content-Type: %s; name=%q\r\nContent-Disposition: attachment;\r\n filename*=utf-8''%s\r\nContent-Transfer-Encoding: base64\r\n\r\n", f.mime, mime.QEncoding.Encode("utf-8", f.name), url.PathEscape(f.name))
	based(b, content)
}

// pdf is a page with a line of text, and a picture's worth of noise behind it.
func pdf(text string, r *rand.Rand, noise int) []byte {
	var b bytes.Buffer
	var at []int
	object := func(content string) {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(at), content)
	}
	b.WriteString("%PDF-1.4\n")
	object("<< /Type /Catalog /Pages 2 0 R >>")
	object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
	object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>")
	latin, err := charmap.Windows1252.NewEncoder().String(strings.NewReplacer("(", "", ")", "", `\`, "").Replace(text))
	if err != nil {
		latin = ""
	}
	page := "BT /F1 14 Tf 60 760 Td (" + latin + ") Tj ET"
	object(fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(page), page))
	object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
	random := make([]byte, noise)
	for i := range random {
		random[i] = byte(r.Uint32())
	}
	object(fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(random), random))
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, a := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", a)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return b.Bytes()
}
