package mailtest

import (
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
)

// Trap is a listener on this machine that nobody may connect to.
type Trap struct {
	Address string // host and port

	mu    sync.Mutex
	calls int
}

// SetTrap starts a trap that lasts as long as the test.
func SetTrap(tb testing.TB) *Trap {
	tb.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	t := &Trap{Address: l.Addr().String()}
	var work sync.WaitGroup
	work.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			t.mu.Lock()
			t.calls++
			t.mu.Unlock()
			_ = c.Close()
		}
	})
	tb.Cleanup(func() { _ = l.Close(); work.Wait() })
	return t
}

// Calls is how often somebody connected.
func (t *Trap) Calls() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.calls
}

// Luring are letters that ask for something at an address in every way that a letter
// can: a client that shows them must not go there.
func Luring(address string) [][]byte {
	url := "http://" + address
	html := map[string]string{
		"img":      `<img src="URL/a.png"><img srcset="URL/b.png 2x"><img src=URL/c.gif width=1 height=1 lowsrc="URL/l" dynsrc="URL/d"><picture><source srcset="URL/p"></picture><input type=image src="URL/i">`,
		"css":      `<style>@import url(URL/i.css); body{background:url(URL/bg.png)} @font-face{font-family:x;src:url(URL/f.woff)} li{list-style-image:url('URL/li')} a:hover{cursor:url(URL/c),auto}</style><p style="background-image:url(URL/s.png);content:url(URL/k)">hei</p><link rel=stylesheet href="URL/l.css">`,
		"prefetch": `<link rel="dns-prefetch" href="//ADDRESS"><link rel=preconnect href="URL"><link rel=prefetch href="URL/p"><link rel=preload as=image href="URL/q"><link rel=prerender href="URL/r"><link rel=icon href="URL/favicon.ico"><link rel=manifest href="URL/m"><link rel=import href="URL/h">`,
		"meta":     `<meta http-equiv=refresh content="0;url=URL/m"><meta http-equiv="Content-Security-Policy" content="report-uri URL/csp"><base href="URL/"><img src="relativ.png"><a href="ping" ping="URL/ping">x</a>`,
		"script":   `<script src="URL/s.js"></script><script>fetch("URL/f");new Image().src="URL/x";new WebSocket("ws://ADDRESS/")</script><body onload="location='URL/l'" background="URL/b.png"><svg onload="fetch('URL/o')"></svg>`,
		"svg":      `<svg><image href="URL/i.svg"/><use xlink:href="URL/u#x"/><script xlink:href="URL/s"/><style>@import "URL/c"</style><foreignObject><iframe src="URL/f"></iframe></foreignObject><feImage href="URL/e"/></svg>`,
		"frames":   `<iframe src="URL/i" srcdoc="<img src=URL/d>"></iframe><object data="URL/o" codebase="URL/cb"></object><embed src="URL/e"><applet archive="URL/a.jar"></applet><frame src="URL/f"><portal src="URL/p">`,
		"media":    `<audio src="URL/a.mp3" autoplay></audio><video src="URL/v" poster="URL/p.png" autoplay></video><track src="URL/t.vtt"><bgsound src="URL/b.wav">`,
		"forms":    `<form action="URL/f" method=post><button formaction="URL/b">x</button><input autofocus onfocus="this.form.submit()"></form><table background="URL/t.png"><tr><td background="URL/d.png">hei</table>`,
		"comments": `<!--[if mso]><v:fill src="URL/v.png"/><![endif]--><?xml-stylesheet href="URL/x.xsl"?><!DOCTYPE html SYSTEM "URL/d.dtd" [<!ENTITY x SYSTEM "URL/e">]>&x;<html xmlns="URL/ns" manifest="URL/m">`,
		"markdown": `<p>![x](URL/md.png) [y](URL/md) &lt;img src="URL/esc"&gt;</p><a href="URL/lenke">Les mer</a> <a href="file://ADDRESS/del/x">fil</a> <a href="\\ADDRESS\del">del</a>`,
	}
	heads := []string{
		"Disposition-Notification-To: <a@ADDRESS>\r\nReturn-Receipt-To: <a@ADDRESS>\r\nX-Confirm-Reading-To: <a@ADDRESS>\r\nList-Unsubscribe: <URL/u>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\nX-Face: URL/f\r\nFace: URL/f\r\nX-Image-URL: URL/i\r\nBIMI-Location: v=BIMI1; l=URL/l.svg\r\nArchived-At: <URL/a>\r\nAutocrypt: addr=a@b; keydata=URL/k\r\nOpenPGP: url=URL/k.asc\r\nX-Mozilla-External-Attachment-URL: URL/x\r\nContent-Base: URL/\r\nContent-Location: URL/l\r\nReply-To: <a@ADDRESS>\r\nDKIM-Signature: v=1; d=ADDRESS; s=x; h=from; b=x\r\n",
	}
	fill := func(s string) string { return strings.NewReplacer("URL", url, "ADDRESS", address).Replace(s) }
	var all [][]byte
	add := func(name, head, body string) {
		all = append(all, []byte(fill(fmt.Sprintf("From: Lokke <lokke@x.example>\r\nTo: %s\r\nSubject: %s\r\nDate: Mon, 2 Mar 2026 09:00:00 +0100\r\nMessage-ID: <%s@lokke.example>\r\n%s\r\n%s", User, name, name, head, body))))
	}
	for name, body := range html {
		add(name, heads[0]+"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n", "<html><body><p>lokketekst</p>"+body+"</body></html>")
	}
	add("external-body", "Content-Type: multipart/mixed; boundary=b\r\n", "--b\r\nContent-Type: text/plain\r\n\r\nlokketekst URL/tekst\r\n--b\r\nContent-Type: message/external-body; access-type=URL; URL=\"URL/x\"\r\n\r\nContent-Type: image/png\r\n\r\n--b\r\nContent-Type: message/external-body; access-type=anon-ftp; site=\"ADDRESS\"; name=x\r\n\r\n\r\n--b\r\nContent-Type: text/x-moz-deleted; name=x\r\nX-Mozilla-External-Attachment-URL: file://ADDRESS/x\r\n\r\n\r\n--b\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:lokketekst\r\nDTSTART:20260303T150000Z\r\nATTACH:URL/a\r\nURL:URL/u\r\nIMAGE;VALUE=URI:URL/i\r\nORGANIZER;DIR=\"URL/d\":mailto:a@ADDRESS\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n--b--\r\n")
	add("related", "Content-Type: multipart/related; boundary=b\r\n", "--b\r\nContent-Type: text/html\r\n\r\n<p>lokketekst</p><img src=\"cid:1\"><img src=\"URL/r\">\r\n--b\r\nContent-Type: image/svg+xml\r\nContent-ID: <1>\r\nContent-Location: URL/cid.svg\r\n\r\n<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"URL/svg\"/></svg>\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: indre\r\nDisposition-Notification-To: <a@ADDRESS>\r\nContent-Type: text/html\r\n\r\n<img src=\"URL/indre\">\r\n--b--\r\n")
	add("receipt", "Content-Type: multipart/report; report-type=disposition-notification; boundary=b\r\nDisposition-Notification-To: <a@ADDRESS>\r\n", "--b\r\nContent-Type: text/plain\r\n\r\nlokketekst\r\n--b\r\nContent-Type: message/disposition-notification\r\n\r\nFinal-Recipient: rfc822; a@ADDRESS\r\n--b--\r\n")
	return all
}
