package parse

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"time"
)

func crlf(s string) []byte { return []byte(strings.ReplaceAll(s, "\n", "\r\n")) }

func TestOrdinaryMail(t *testing.T) {
	m := Message(crlf(`From: =?iso-8859-1?Q?K=E5re_=D8deg=E5rd?= <Kare@Bedrift.no>
To: "Post, Innlandet" <post@fylke.example>, Ola <ola@x.no>
Subject: =?utf-8?B?` + base64.StdEncoding.EncodeToString([]byte("Søknad om blåbær")) + `?=
Date: Tue, 3 Mar 2026 15:00:00 +0100 (CET)
Message-ID: <a1@bedrift.no>
In-Reply-To: <a0@fylke.example>
References: <x0@fylke.example> <a0@fylke.example>
Content-Type: multipart/mixed; boundary="b b"

--b b
Content-Type: multipart/alternative; boundary=c

--c
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

Hei, vi st=F8tter s=F8knaden.

Den 1. mars 2026 kl. 10 skrev Post <post@fylke.example>:
> Vil dere v=E6re med?
--c
Content-Type: text/html

<p>Hei, vi støtter søknaden.</p>
--c--
--b b
Content-Type: application/pdf; name*=iso-8859-1''st%F8tte.pdf
Content-Disposition: attachment
Content-Transfer-Encoding: base64

JVBERi0x
--b b--
`))
	if m.Subject != "Søknad om blåbær" || m.From[0] != (Address{Name: "Kåre Ødegård", Address: "kare@bedrift.no"}) || len(m.To) != 2 || m.To[0].Name != "Post, Innlandet" {
		t.Errorf("%q %+v %+v", m.Subject, m.From, m.To)
	}
	if !m.Date.Equal(time.Date(2026, 3, 3, 14, 0, 0, 0, time.UTC)) || m.MessageID != "a1@bedrift.no" || fmt.Sprint(m.References) != "[x0@fylke.example a0@fylke.example]" {
		t.Error(m.Date, m.MessageID, m.References)
	}
	if m.Own != "Hei, vi støtter søknaden." || !strings.Contains(m.Text, "Vil dere være med?") {
		t.Errorf("own %q, text %q", m.Own, m.Text)
	}
	if len(m.Attachments) != 1 || m.Attachments[0].Name != "støtte.pdf" || string(m.Attachments[0].Content()) != "%PDF-1" || m.Attachments[0].Danger != "" {
		t.Errorf("%+v", m.Attachments)
	}
}

// TestBrokenMail reads what the rules do not allow.
func TestBrokenMail(t *testing.T) {
	for name, c := range map[string]struct{ raw, subject, text string }{
		"byte order mark":    {"\xef\xbb\xbfSubject: A\n\nhei", "A", "hei"},
		"line of an mbox":    {"From kari Tue Mar 3\nSubject: A\n\nhei", "A", "hei"},
		"no colon":           {"Subject: A\nhva er dette\nFrom: x@y.no\n\nhei", "A", "hei"},
		"carriage returns":   {"Subject: A\r\rhei", "A", "hei"},
		"raw latin-1":        {"Subject: bl\xe5b\xe6r\n\nl\xf8k", "blåbær", "løk"},
		"1252 as latin-1":    {"Subject: A\nContent-Type: text/plain; charset=iso-8859-1\n\n\x93hei\x94", "A", "“hei”"},
		"no charset":         {"Subject: A\nContent-Type: text\n\nl\xf8k", "A", "løk"},
		"unknown charset":    {"Subject: A\nContent-Type: text/plain; charset=tull\n\nl\xf8k", "A", "løk"},
		"no end boundary":    {"Subject: A\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nhei", "A", "hei"},
		"wrong boundary":     {"Subject: A\nContent-Type: multipart/mixed; boundary=b\n\n--c\nhei", "A", "--c\nhei"},
		"utf-7":              {"Subject: A\nContent-Type: text/plain; charset=utf-7\n\n+ADw-script+AD4- bl+AOU-", "A", "<script> blå"},
		"rubbish in base64":  {"Subject: A\nContent-Transfer-Encoding: base64\n\naG!V*p", "A", "hei"},
		"hidden letters":     {"Subject: A\u202eB\u200b\n\nhei\u202e du", "AB", "hei du"},
		"old Norwegian code": {"Subject: A\nContent-Type: text/plain; charset=NS_4551-1\n\nbl}b{r", "A", "blåbær"},
	} {
		if m := Message([]byte(c.raw)); m.Subject != c.subject || m.Text != c.text {
			t.Errorf("%s: %q, %q", name, m.Subject, m.Text)
		}
	}
}

// TestHTMLBecomesPlain keeps the words and drops what would act.
func TestHTMLBecomesPlain(t *testing.T) {
	blocks, remote := htmlBlocks(`<html><head><style>p{}</style><title>x</title></head><body onload="f()"><h1>Kurs</h1><p>Hei <b>du</b></p>
<div style="display:none">skjult tekst</div><script>alert(1)</script><img src="https://spor.example/x.png"><img src="cid:1">
<ul><li>en</li><li>to</li></ul><blockquote><p>sitert</p></blockquote><p>Se <a href="https://ond.example/x">https://altinn.no</a> nå</p>
<a href="javascript:alert(1)">klikk</a><table><tr><td>a</td><td>b</td></tr></table><a href="https://xn--bl-yia.example">blå</a></body></html>`)
	var got []string
	for _, b := range blocks {
		got = append(got, fmt.Sprintf("%d%d%s", b.Kind, b.Quote, b.Text))
	}
	all := strings.Join(got, "|")
	for _, want := range []string{"10Kurs", "00Hei du", "20en", "20to", "01sitert", "00Se https://altinn.no nå", "00klikk", "00a · b"} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not in %s", want, all)
		}
	}
	for _, not := range []string{"skjult", "alert", "p{}"} {
		if strings.Contains(all, not) {
			t.Errorf("%q is in %s", not, all)
		}
	}
	if remote != 1 {
		t.Error("pictures elsewhere:", remote)
	}
	warned := 0
	for _, b := range blocks {
		if b.Kind == Link && b.Differs {
			warned++
			if b.Host != "ond.example" {
				t.Error(b.Host)
			}
		}
		if strings.HasPrefix(b.Address, "javascript") {
			t.Error(b)
		}
	}
	if warned != 1 {
		t.Error("links that pretend:", warned)
	}
}

func TestSpoofedSender(t *testing.T) {
	m := Message([]byte("From: \"Statsforvalteren <post@statsforvalteren.no>\" <x@ond.example>\nAuthentication-Results: mx; dmarc=fail\n\nhei"))
	if len(m.From) != 1 || m.From[0].Address != "x@ond.example" || m.From[0].Claims != "post@statsforvalteren.no" || !m.Refused {
		t.Errorf("%+v %v", m.From, m.Refused)
	}
}

// TestBombs reads messages that are made to exhaust a machine.
func TestBombs(t *testing.T) {
	nested := func(n int, kind string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "Content-Type: %s; boundary=b%d\n\n--b%d\n", kind, i, i)
		}
		return b.String() + "\nhei"
	}
	for name, raw := range map[string]string{
		"nested":     nested(5000, "multipart/mixed"),
		"parts":      "Content-Type: multipart/mixed; boundary=b\n\n" + strings.Repeat("--b\n\nx\n", 200_000),
		"header":     "X: " + strings.Repeat("a", 20<<20) + "\nSubject: A\n\nhei",
		"lines":      strings.Repeat("X: y\n", 500_000) + "\nhei",
		"addresses":  "To: " + strings.Repeat("a@b.no, ", 100_000) + "\n\nhei",
		"references": "References: " + strings.Repeat("<a@b> ", 400_000) + "\n\nhei",
		"div":        "Content-Type: text/html\n\n" + strings.Repeat("<div>", 200_000) + "hei",
		"quotes":     "\n" + strings.Repeat(">", 1<<20) + "hei",
		"params":     "Content-Type: text/plain" + strings.Repeat("; a*1*=x", 100_000) + "\n\nhei",
	} {
		if m := Message([]byte(raw)); m == nil {
			t.Error(name)
		}
	}
}
