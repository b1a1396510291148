package parse

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// allocated is how many bytes f asks for in all, and what it gives.
func allocated(f func() *Mail) (m *Mail, bytes uint64) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	m = f()
	runtime.ReadMemStats(&after)
	return m, after.TotalAlloc - before.TotalAlloc
}

// TestMIMEBombs: bad input 20. Nesting and numbers without end: the text is shown, it
// is said that something lies too deep, and the memory stays small.
func TestMIMEBombs(t *testing.T) {
	nested := func(n int, kind, text string) string {
		var b strings.Builder
		b.WriteString("Subject: A\n")
		for i := range n {
			fmt.Fprintf(&b, "Content-Type: %s; boundary=b%d\n\n--b%d\n\n%s\n--b%d\n", kind, i, i, text, i)
		}
		return b.String() + "\nhei"
	}
	for name, c := range map[string]struct {
		raw  string
		deep bool
	}{
		"1.2 kB, 100 deep":     {nested(100, "multipart/mixed", "hei"), true},
		"5 000 deep":           {nested(5000, "multipart/mixed", "hei"), true},
		"a million parts":      {"Subject: A\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nhei\n" + strings.Repeat("--b\n\nx\n", 1_000_000), true},
		"no end":               {"Subject: A\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nhei", false},
		"5 000 letters":        {"Subject: A\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nhei\n--b\n" + strings.Repeat("Content-Type: message/rfc822\n\n", 5000) + "x\n--b--", true},
		"letters in base64":    {"Subject: A\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nhei\n--b\n" + wrapped(12) + "\n--b--", false},
		"letters side by side": {"Subject: A\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nhei\n" + strings.Repeat("--b\nContent-Type: message/rfc822\n\nSubject: x\n\nx\n", 10_000) + "\n--b--", true},
	} {
		m, used := allocated(func() *Mail { return Message([]byte(c.raw)) })
		if m.Subject != "A" || !strings.Contains(m.Text, "hei") || m.TooDeep != c.deep {
			t.Errorf("%s: %q, %d letters of text, too deep: %v", name, m.Subject, len(m.Text), m.TooDeep)
		}
		if used > 256<<20 {
			t.Errorf("%s: asked for %d MB", name, used>>20)
		}
	}
}

// wrapped is a letter in a letter, n times, each in base64.
func wrapped(n int) string {
	part := "Subject: innerst\n\ninnerst"
	for range n {
		part = "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n" + base64.StdEncoding.EncodeToString([]byte(part))
	}
	return part
}

// TestHeaderBombs: bad input 21. Headers without end: subject and sender are there
// when they stand in the first megabyte.
func TestHeaderBombs(t *testing.T) {
	for name, more := range map[string]string{
		"20 MB":             "X: " + strings.Repeat("a", 20<<20) + "\n",
		"500 000 lines":     strings.Repeat("X: y\n", 500_000),
		"100 000 receivers": "To: " + strings.Repeat("a@b.no, ", 100_000) + "\n",
		"references":        "References: " + strings.Repeat("<aaaaaaaa@b> ", 160_000) + "\n",
		"no colon":          strings.Repeat("tull\n", 100_000),
		"folded":            "X: a\n" + strings.Repeat(" b\n", 500_000),
		"encoded words":     "X: " + strings.Repeat("=?utf-8?Q?=C3=A5?= ", 50_000) + "\n",
	} {
		m := Message([]byte("Subject: Bl=?utf-8?Q?=C3=A5?=\nFrom: Kari <kari@x.no>\n" + more + "\nhei"))
		if m.Subject == "" || len(m.From) != 1 || m.Text != "hei" || len(m.To) > mostAddresses || len(m.References) > 200 {
			t.Errorf("%s: %q %v %q %d %d", name, m.Subject, m.From, m.Text, len(m.To), len(m.References))
		}
	}
	if m := Message([]byte("\n")); m.Subject != "" || len(m.From) != 0 {
		t.Errorf("%+v", m)
	}
}

// TestBadLetters: bad input 22, with TestBrokenMail: no control signs, and Norwegian
// letters that can be read.
func TestBadLetters(t *testing.T) {
	for raw, want := range map[string]string{
		"\n\nbl\xe5b\xe6r\x00\x1b[31m":                                                        "blåbær[31m",
		"Content-Type: text/plain; charset=utf-8\n\nl\xed\xa0\x80k bl\xe5":                    "",
		"Content-Type: text/plain; charset=utf-16le\n\n" + "b\x00l\x00\xe5\x00":               "blå",
		"Content-Type: text/html; charset=utf-7\n\n+ADw-script+AD4-x+ADw-/script+AD4-bl+AOU-": "blå",
		"Content-Type: text/plain; charset=utf-7\n\n+2D0-":                                    "\ufffd",
	} {
		m := Message([]byte(raw))
		harmless(t, m.Text)
		if want != "" && m.Text != want {
			t.Errorf("%q: %q, want %q", raw, m.Text, want)
		}
	}
}

// TestFileNames: bad inputs 23 and 24. Names never leave the folder they are saved in,
// and end with the real ending; what is dangerous is named so by content and by name.
func TestFileNames(t *testing.T) {
	for name, want := range map[string]string{
		"../../x": "x", `C:\x`: "x", `\\srv\x`: "x", "CON.txt": "CON_.txt", "con": "con_", "a:b": "a_b", "a\x00b.pdf": "ab.pdf", "faktura\u202efdp.exe": "fakturafdp.exe",
		"punktum.": "punktum", "blank ": "blank", "": "vedlegg", " . ": "vedlegg", "/etc/": "vedlegg", strings.Repeat("a", 300) + ".pdf": strings.Repeat("a", 116) + ".pdf", "COM1.pdf ": "COM1_.pdf",
		"linje\r\nskift.txt": "linje  skift.txt", "a?b*c|d<e>.txt": "a_b_c_d_e_.txt",
	} {
		got := CleanName(name)
		if got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
		if again := CleanName(got); again != got {
			t.Errorf("%q: %q becomes %q", name, got, again)
		}
	}
	for name, want := range map[string]string{"a.exe": "program", "a.js": "script", "a.lnk": "program", "a.scr": "program", "a.iso": "program", "a.one": "script", "a.html": "script", "a.svg": "script",
		"faktura.pdf.exe": "disguised", "a.docm": "macro", "a.xlsm": "macro", "a.docx": "", "a.EXE": "program"} {
		if got := danger(name, []byte("PK\x03\x04")); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	for start, want := range map[string]string{"MZ\x90": "disguised", "\x7fELF": "disguised", "<html><script>": "disguised", "%PDF-1.7": ""} {
		if got := danger("a.pdf", []byte(start)); got != want {
			t.Errorf("a PDF that begins with %q: %q", start, got)
		}
	}
}

// TestArchivesStayShut: bad input 25. Archives and pictures are neither unpacked nor
// drawn when a letter is read, whatever they say they become.
func TestArchivesStayShut(t *testing.T) {
	png := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, 100_000), 100_000)...)
	for name, content := range map[string][]byte{
		"bombe.zip": append([]byte("PK\x03\x04"), bytes.Repeat([]byte{0}, 100_000)...), "bilde.png": append(png, bytes.Repeat([]byte{0}, 1000)...),
		"film.gif": append([]byte("GIF89a\xff\xff\xff\xff"), bytes.Repeat([]byte{0x2c}, 10_000)...), "bombe.pdf": []byte("%PDF-1.7\n1 0 obj<</Filter[/FlateDecode/FlateDecode]>>"),
	} {
		raw := fmt.Sprintf("Subject: A\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>hei<img src=\"cid:1\"></p>\n--b\nContent-Type: application/octet-stream; name=%s\nContent-ID: <1>\nContent-Transfer-Encoding: base64\n\n%s\n--b--\n", name, base64.StdEncoding.EncodeToString(content))
		m, used := allocated(func() *Mail { return Message([]byte(raw)) })
		if used > 4<<20 {
			t.Errorf("%s: asked for %d kB", name, used>>10)
		}
		if m.Text != "hei" || len(m.Attachments) != 1 || !bytes.Equal(m.Attachments[0].Content(), content) {
			t.Errorf("%s: %q %d files", name, m.Text, len(m.Attachments))
		}
	}
}

// TestLinksThatLie: bad input 27. The real host is given, in letters that look like no
// others; a text that names another is marked; nothing but http, https and mailto
// can be followed.
func TestLinksThatLie(t *testing.T) {
	for link, want := range map[string]string{
		`<a href="https://ond.example/x">https://altinn.no</a>`:                       "ond.example true",
		`<a href="https://altinn.no@ond.example/">altinn.no</a>`:                      "ond.example true",
		`<a href="https://xn--ltinn-3ve.no/">altinn.no</a>`:                           "xn--ltinn-3ve.no true",
		`<a href="https://аltinn.no/">altinn.no</a>`:                                  "xn--ltinn-3ve.no true",
		`<a href="https://www.altinn.no/skjema">altinn.no</a>`:                        "www.altinn.no false",
		`<a href="HTTPS://ALTINN.NO">Logg inn</a>`:                                    "altinn.no false",
		`<a href=" java` + "\t" + `script:alert(1)">klikk</a>`:                        "",
		`<a href="https://altinn.no:8443/x">https://altinn.no:8443/x</a>`:             "altinn.no false",
		`<a href="https://altinn.no@ond.example/">https://altinn.no@ond.example/</a>`: "ond.example true",
		`<a href="javascript:alert(1)">klikk</a>`:                                     "",
		`<a href="file:///etc/passwd">fil</a>`:                                        "",
		`<a href="\\srv\del">del</a>`:                                                 "",
		`<a href="data:text/html,x">data</a>`:                                         "",
		`<a href="//ond.example">https://altinn.no</a>`:                               "",
		`<a href="ms-word:ofe|u|http://x.example">åpne</a>`:                           "",
		`<a href="mailto:kari@x.example">Kari</a>`:                                    "mailto",
	} {
		blocks, _ := htmlBlocks("<p>Se " + link + " nå</p>")
		got := ""
		for _, b := range blocks {
			if b.Kind == Link {
				if got = fmt.Sprint(b.Host, " ", b.Differs); strings.HasPrefix(b.Address, "mailto:") {
					got = "mailto"
				}
			}
		}
		if got != want {
			t.Errorf("%s: %q, want %q", link, got, want)
		}
		if text := plain(blocks, true); !strings.HasPrefix(text, "Se ") {
			t.Errorf("%s: the words are lost: %q", link, text)
		}
	}
}
