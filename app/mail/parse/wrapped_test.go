package parse

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
)

// stream builds a TNEF stream.
type stream struct{ bytes.Buffer }

func newStream() *stream {
	s := &stream{}
	s.u32(tnefSignature)
	s.u16(1)
	return s
}

func (s *stream) u16(n int) { _ = binary.Write(s, binary.LittleEndian, uint16(n)) }
func (s *stream) u32(n int) { _ = binary.Write(s, binary.LittleEndian, uint32(n)) }

func (s *stream) attribute(level byte, id int, content []byte) *stream {
	s.WriteByte(level)
	s.u32(id)
	s.u32(len(content))
	s.Write(content)
	sum := 0
	for _, b := range content {
		sum += int(b)
	}
	s.u16(sum)
	return s
}

// value is a property of a test's stream.
type value struct {
	kind, id int
	content  []byte
}

func text16(s string) []byte {
	var out []byte
	for _, u := range append(utf16.Encode([]rune(s)), 0) {
		out = binary.LittleEndian.AppendUint16(out, u)
	}
	return out
}

func properties(all ...value) []byte {
	s := &stream{}
	s.u32(len(all))
	for _, v := range all {
		s.u16(v.kind)
		s.u16(v.id)
		if v.id >= 0x8000 { // a named one
			s.Write(make([]byte, 16))
			s.u32(1)
			name := text16("navn")
			s.u32(len(name))
			s.Write(append(name, make([]byte, padded(len(name))-len(name))...))
		}
		if fixedLength(v.kind) > 0 {
			s.Write(v.content)
			continue
		}
		s.u32(1)
		s.u32(len(v.content))
		s.Write(append(bytes.Clone(v.content), make([]byte, padded(len(v.content))-len(v.content))...))
	}
	return s.Bytes()
}

// helloRTF is the example of MS-OXRTFCP 3.1.1.
func helloRTF(t testing.TB) []byte {
	t.Helper()
	raw, err := hex.DecodeString("2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232" + "0af32068656c090020627705b06c647d0a800fa0")
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func stored(rtf string) []byte {
	s := &stream{}
	s.u32(len(rtf) + 12)
	s.u32(len(rtf))
	s.u32(0x414c454d)
	s.u32(0)
	s.WriteString(rtf)
	return s.Bytes()
}

func winmail(raw []byte) []byte {
	return []byte("From: a@x.example\nSubject: Fra Outlook\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nSe vedlegg.\n--b\nContent-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n" +
		base64.StdEncoding.EncodeToString(raw) + "\n--b--\n")
}

func TestTNEF(t *testing.T) {
	inner := newStream().attribute(1, attProps, properties(value{0x1f, propSubject, text16("Den første")}, value{0x1f, propBody, text16("Indre tekst")})).
		attribute(2, attRendData, make([]byte, 14)).attribute(2, attTitle, []byte("indre.txt\x00")).attribute(2, attAttachData, []byte("innerst"))
	raw := newStream().attribute(1, attCodePage, []byte{0xe4, 4, 0, 0, 0, 0, 0, 0}).
		attribute(1, attProps, properties(value{3, 0x3fde, []byte{0xe4, 4, 0, 0}}, value{0x1f, 0x8000, text16("noe")}, value{0x102, propHTML, []byte("<p>Bl\xe5b\xe6r <b>og</b> l\xf8k</p>")})).
		attribute(2, attRendData, make([]byte, 14)).attribute(2, attTitle, []byte("STTTE~1.PDF\x00")).attribute(2, attAttachData, []byte("%PDF-1")).
		attribute(2, attFileProps, properties(value{0x1f, propLongName, text16("støttebrev.pdf")}, value{0x1e, propMimeTag, []byte("application/pdf\x00")})).
		attribute(2, attRendData, make([]byte, 14)).
		attribute(2, attFileProps, properties(value{0x0d, propContent, append(make([]byte, 16), inner.Bytes()...)})).Bytes()
	m := Message(winmail(raw))
	if want := "Se vedlegg.\n\nBlåbær og løk\n\nDen første\n\nIndre tekst"; m.Text != want {
		t.Errorf("%q", m.Text)
	}
	var files []string
	for _, a := range m.Attachments {
		files = append(files, fmt.Sprintf("%s %s %s", a.Name, a.Type, a.Content()))
	}
	if got := strings.Join(files, "|"); got != "støttebrev.pdf application/pdf %PDF-1|indre.txt application/octet-stream innerst" {
		t.Error(got)
	}
	for end := range raw { // cut off anywhere
		Message(winmail(raw[:end]))
	}
	if m := Message(winmail([]byte("ikke TNEF"))); len(m.Attachments) != 1 || m.Attachments[0].Name != "winmail.dat" {
		t.Errorf("what is no TNEF stays a file: %+v", m.Attachments)
	}
}

func TestRTF(t *testing.T) {
	if got := string(unpackRTF(helloRTF(t))); got != "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n" {
		t.Errorf("%q", got)
	}
	for rtf, want := range map[string]string{
		`{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}\pard Bl\'e5b\'e6r\par \u8211? l\u248?k\tab \{x\}}`:                                                                  "text/plain: Blåbær\n– løk\t{x}",
		`{\rtf1\ansi\ansicpg1252\fromhtml1 {\*\generator x;}{\*\htmltag64 <p>}\htmlrtf \par\htmlrtf0 Hei{\*\htmltag84 &nbsp;}\htmlrtf\'a0\htmlrtf0 du{\*\htmltag72 </p>}}`: "text/html: <p>Hei&nbsp;du</p>",
		`{\rtf1\uc2 \u-10179 ??\u-8704 ??}`:           "text/plain: \U0001F600",
		`{\rtf1 {\*\tull {\b skjult} skjult} synlig}`: "text/plain:  synlig",
	} {
		if kind, text := rtfText([]byte(rtf)); kind+": "+text != want {
			t.Errorf("%s: %s: %q", rtf, kind, text)
		}
	}
	raw := newStream().attribute(1, attProps, properties(value{0x102, propRTF, stored(`{\rtf1\ansi Vi vil v\'e6re med\par}`)})).Bytes()
	if m := Message(winmail(raw)); !strings.HasSuffix(m.Text, "Vi vil være med") {
		t.Errorf("%q", m.Text)
	}
}

func TestUuencode(t *testing.T) {
	m := Message(crlf("From: a@x.example\nSubject: Gammelt\n\nHei, her er filen.\nbegin her og nå\n\nbegin 644 b\xe5t.txt\n#:&5I\n`\nend\n\nHilsen Kari\n"))
	if m.Text != "Hei, her er filen.\nbegin her og nå\n\nHilsen Kari" {
		t.Errorf("%q", m.Text)
	}
	if len(m.Attachments) != 1 || m.Attachments[0].Name != "båt.txt" || string(m.Attachments[0].Content()) != "hei" {
		t.Errorf("%+v", m.Attachments)
	}
}

// TestSealed reads what OpenSSL made: a letter in an opaque signature, one with the
// signature beside it, and one that is encrypted.
func TestSealed(t *testing.T) {
	for name, c := range map[string]struct {
		signed, encrypted bool
		text              string
		files             int
	}{
		"opaque": {true, false, "Blåbærkurset begynner mandag.", 1}, "clear": {true, false, "Blåbærkurset begynner mandag.", 1}, "encrypted": {false, true, "", 1},
	} {
		raw, err := os.ReadFile(filepath.Join("testdata", name+".eml"))
		if err != nil {
			t.Fatal(err)
		}
		m := Message(raw)
		if m.Signed != c.signed || m.Encrypted != c.encrypted || m.Text != c.text || len(m.Attachments) != c.files {
			t.Errorf("%s: signed %v, encrypted %v, %q, %+v", name, m.Signed, m.Encrypted, m.Text, m.Attachments)
		}
		if c.signed && m.Attachments[0].Name != "avtale.pdf" {
			t.Errorf("%s: %s", name, m.Attachments[0].Name)
		}
	}
	bomb := "Content-Type: application/pkcs7-mime; smime-type=signed-data\nContent-Transfer-Encoding: base64\n\n" + base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{0x30, 0x80}, 4<<20))
	if m := Message([]byte(bomb)); len(m.Attachments) != 1 {
		t.Errorf("%+v", m)
	}
}

func TestInvitation(t *testing.T) {
	oslo, err := time.LoadLocation("Europe/Oslo")
	if err != nil {
		t.Fatal(err)
	}
	ics := "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VTIMEZONE\nTZID:W. Europe Standard Time\nBEGIN:STANDARD\nDTSTART:16010101T030000\nEND:STANDARD\nEND:VTIMEZONE\nBEGIN:VEVENT\nUID:1@x\nSUMMARY:Dialogmøte\\, del 1\nLOCATION:Rom 4\\; Hamar\nORGANIZER;CN=\"Berg, Kari\":mailto:Kari@berg.example\nDTSTART;TZID=W. Europe Standard Time:20260303T150000\nDURATION:PT1H30M\nBEGIN:VALARM\nSUMMARY:ikke denne\nEND:VALARM\nDESCRIPTION:Ta med plan\n en.\\nVel møtt\nEND:VEVENT\nBEGIN:VEVENT\nUID:2@x\nSUMMARY:Samling\nDTSTART;VALUE=DATE:20260310\nDTEND;VALUE=DATE:20260313\nSTATUS:CANCELLED\nRRULE:FREQ=WEEKLY\nEND:VEVENT\nEND:VCALENDAR\n"
	m := Message(crlf("From: kari@berg.example\nSubject: Innkalling\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\nVelkommen\n--b\nContent-Type: text/calendar; method=REQUEST\n\n" + ics + "--b--\n"))
	if len(m.Invitations) != 2 || m.Text != "Velkommen" {
		t.Fatalf("%+v", m)
	}
	one, two := m.Invitations[0], m.Invitations[1]
	start := time.Date(2026, 3, 3, 15, 0, 0, 0, oslo)
	if one.Summary != "Dialogmøte, del 1" || one.Place != "Rom 4; Hamar" || one.Organiser != (Address{Name: "Berg, Kari", Address: "kari@berg.example"}) ||
		!one.Start.Equal(start) || !one.End.Equal(start.Add(90*time.Minute)) || one.Description != "Ta med planen.\nVel møtt" || one.Cancelled() || one.Repeats {
		t.Errorf("%+v", one)
	}
	if !two.WholeDay || two.Start.Day() != 10 || two.End.Day() != 12 || !two.Cancelled() || !two.Repeats {
		t.Errorf("%+v", two)
	}
	if len(m.Attachments) != 1 || m.Attachments[0].Name != "innkalling.ics" {
		t.Errorf("%+v", m.Attachments)
	}
}

// TestLetterInLetter shows a letter that lies in another, and its files.
func TestLetterInLetter(t *testing.T) {
	m := Message(crlf("From: ola@x.example\nSubject: VS\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nSe her.\n--b\nContent-Type: message/rfc822\n\nFrom: HK-dir <post@hkdir.example>\nSubject: Tilsagnsbrev\nDate: Tue, 3 Mar 2026 15:00:00 +0100\nContent-Type: multipart/mixed; boundary=c\n\n--c\nContent-Type: text/plain\n\nDere har fått tilsagn.\n--c\nContent-Type: application/pdf; name=brev.pdf\nContent-Transfer-Encoding: base64\n\nJVBERi0x\n--c--\n--b--\n"))
	if m.Own != "Se her." || !strings.Contains(m.Text, "Tilsagnsbrev · HK-dir <post@hkdir.example> · 03.03.2026 15.00") || !strings.Contains(m.Text, "Dere har fått tilsagn.") {
		t.Errorf("own %q, text %q", m.Own, m.Text)
	}
	if len(m.Attachments) != 2 || m.Attachments[0].Name != "videresendt.eml" || m.Attachments[1].Name != "brev.pdf" {
		t.Fatalf("%+v", m.Attachments)
	}
	inner := m.Attachments[0].Message()
	if inner == nil || inner.Subject != "Tilsagnsbrev" || len(inner.Attachments) != 1 || m.Attachments[1].Message() != nil {
		t.Errorf("%+v", inner)
	}
}
