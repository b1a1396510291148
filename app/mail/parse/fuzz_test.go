package parse

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// harmless tells whether a text holds nothing that a screen should not get.
func harmless(t *testing.T, text string) {
	t.Helper()
	if !utf8.ValidString(text) || strings.ContainsAny(text, "\x00\x1b\x7f\u202e\u2066\u200b") {
		t.Errorf("%q", text)
	}
}

func harmlessMail(t *testing.T, m *Mail) {
	t.Helper()
	harmless(t, m.Subject)
	for _, b := range m.Blocks {
		harmless(t, b.Text)
		if b.Address != "" && !strings.HasPrefix(strings.ToLower(b.Address), "http") && !strings.HasPrefix(strings.ToLower(b.Address), "mailto:") {
			t.Errorf("leads to %q", b.Address)
		}
	}
	for i := range m.Attachments {
		a := &m.Attachments[i]
		if a.Name == "" || strings.ContainsAny(a.Name, "/\\\x00:") {
			t.Errorf("name %q", a.Name)
		}
		a.Content()
		if inner := a.Message(); inner != nil {
			harmless(t, inner.Subject)
		}
	}
	for _, i := range m.Invitations {
		harmless(t, i.Summary)
		harmless(t, i.Place)
		harmless(t, i.Description)
	}
}

func FuzzMessage(f *testing.F) {
	f.Add([]byte("Subject: A\n\nhei"))
	f.Add([]byte("Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>x<a href=\"http://a.no\">b</a>\n--b--"))
	f.Add([]byte("From: a@b\nContent-Type: text/plain; charset=utf-7\nContent-Transfer-Encoding: base64\n\nK0FE"))
	f.Add([]byte("Content-Type: message/rfc822\n\nContent-Type: text/calendar\n\nBEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT"))
	f.Add([]byte("Subject: x\n\nbegin 644 x\n#:&5I\n`\nend\n"))
	f.Add([]byte("Content-Type: text/plain; format=flowed; delsp=yes\n\n> a \n> b\n-- \n"))
	for _, name := range []string{"opaque", "clear", "encrypted"} {
		raw, err := os.ReadFile(filepath.Join("testdata", name+".eml"))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		harmlessMail(t, Message(raw))
		x := Index(raw)
		harmless(t, x.Snippet)
		harmless(t, x.From.Name)
	})
}

func FuzzHeader(f *testing.F) {
	f.Add("=?utf-8?B?YmzDpQ==?= =?iso-8859-1?Q?=F8?=")
	f.Add(`"Berg, Kari" <kari@x.example>, ola@y.example (Ola), gruppe: a@b, c@d;`)
	f.Add(`text/plain; charset*0*=utf-8''bl; charset*1="x"; name="a\"b"`)
	f.Add("<a@b> <c@d> tull")
	f.Fuzz(func(t *testing.T, value string) {
		harmless(t, words(value))
		for _, a := range addresses(value) {
			harmless(t, a.Name)
			harmless(t, a.Address)
		}
		for _, id := range ids(value) {
			harmless(t, id)
		}
		_, all := params(value)
		for _, v := range all {
			if !utf8.ValidString(v) {
				t.Errorf("%q", v)
			}
		}
		harmlessMail(t, Message([]byte("Subject: "+value+"\nFrom: "+value+"\nReferences: "+value+"\n\nhei")))
	})
}

func FuzzCharset(f *testing.F) {
	for _, name := range []string{"utf-8", "iso-8859-1", "utf-7", "ns_4551-1", "gb18030", "iso-2022-jp", "utf-16", "cp932", "ibm865", "x-user-defined", "replacement", "tull"} {
		f.Add([]byte("bl\xe5b\xe6r +AOY-"), name)
	}
	f.Fuzz(func(t *testing.T, raw []byte, name string) {
		if text := readable(raw, name); !utf8.ValidString(text) {
			t.Errorf("%s: %q", name, text)
		}
	})
}

func FuzzDate(f *testing.F) {
	for _, s := range []string{"Tue, 3 Mar 2026 15:00:00 +0100 (CET)", "3 Mar 26 15:00 EST", "2026-03-03T15:00:00Z", "Tue, 3 Mar 2026 15.00.00 +0100", "Tue, 99 Foo 10000 99:99:99 +9999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if d := date(s); !d.IsZero() && (d.Year() < 0 || d.Year() > 9999) {
			t.Errorf("%q: %v", s, d)
		}
		moment(s, map[string]string{"tzid": s})
		lengthOf(s)
	})
}

func FuzzHTML(f *testing.F) {
	f.Add(`<p>x<a href="http://a.no">b</a><table><tr><td>a<td>b`)
	f.Add(`<div style="display:none">x</div><blockquote>y<pre> z </pre><svg><script>1</script></svg><!--[if mso]>m<![endif]-->&#0;&#x202e;`)
	f.Add(`<a href="javascript:1">a</a><a href="//x">b</a><a href="mailto:a@b">c</a><a href="http://xn--bl-yia.example">altinn.no</a>`)
	f.Fuzz(func(t *testing.T, text string) {
		blocks, _ := htmlBlocks(text)
		harmlessMail(t, &Mail{Blocks: blocks})
	})
}

func FuzzTNEF(f *testing.F) {
	f.Add(newStream().attribute(1, attCodePage, []byte{0xe4, 4, 0, 0}).attribute(1, attBody, []byte("hei")).attribute(2, attRendData, nil).attribute(2, attTitle, []byte("x")).Bytes())
	f.Add(newStream().attribute(1, attProps, properties(value{0x1f, 0x8000, text16("noe")}, value{0x102, propRTF, helloRTF(f)})).Bytes())
	f.Add(newStream().attribute(1, attProps, properties(value{0x102, propRTF, stored(`{\rtf1\ansi\fromhtml1{\*\htmltag64 <p>}\htmlrtf x\htmlrtf0\u229?}`)})).Bytes())
	f.Add(newStream().attribute(2, attRendData, nil).attribute(2, attFileProps, properties(value{0x0d, propContent, append(make([]byte, 16), newStream().attribute(1, attBody, []byte("hei")).Bytes()...)})).Bytes())
	f.Fuzz(func(t *testing.T, raw []byte) {
		harmlessMail(t, Message(append([]byte("Content-Type: application/ms-tnef\n\n"), raw...)))
		_, text := rtfText(raw)
		if !utf8.ValidString(text) {
			t.Errorf("%q", text)
		}
		unpackRTF(raw)
	})
}

func FuzzSealed(f *testing.F) {
	for _, name := range []string{"opaque", "encrypted"} {
		raw, err := os.ReadFile(filepath.Join("testdata", name+".eml"))
		if err != nil {
			f.Fatal(err)
		}
		_, body := split(repair(raw))
		f.Add(base64Bytes(body))
	}
	f.Fuzz(func(_ *testing.T, raw []byte) { unseal(raw) })
}

func FuzzCalendar(f *testing.F) {
	f.Add("BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nSUMMARY:a\\,b\nDTSTART;TZID=Europe/Oslo:20260303T150000\nDURATION:P1DT2H\nORGANIZER;CN=\"x:y\":mailto:a@b\nEND:VEVENT")
	f.Fuzz(func(t *testing.T, text string) { harmlessMail(t, &Mail{Invitations: invitations(text)}) })
}
