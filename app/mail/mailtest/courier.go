package mailtest

import (
	"bufio"
	"crypto/tls"
	"encoding/base64"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// courierVariable names the folder that the packages of Courier were unpacked into,
// where they are not installed.
const courierVariable = "KOMPETANSEPILOT_COURIER"

// Courier starts Courier's IMAP server for [User]: a program of another family than
// Dovecot, which leaves UIDNEXT out and knows no CONDSTORE, ESEARCH or SPECIAL-USE. It
// wants to be started by root and a daemon for signing in, so here a front of the
// test's own speaks TLS and takes the password, and the server answers from then on.
// Folders are made and mail delivered with Put. The test is skipped where Courier is
// not installed.
func Courier(tb testing.TB) *Server {
	tb.Helper()
	root := os.Getenv(courierVariable)
	program, maker := filepath.Join(root, "/usr/bin/imapd"), filepath.Join(root, "/usr/bin/maildirmake.courier")
	if !exists(program) || !exists(maker) { // another imapd has no such maker
		tb.Skip("Courier is not installed (Debian: courier-imap); " + courierVariable + " may name a folder that its packages were unpacked into")
	}
	dir, err := os.MkdirTemp("", "kpilot-courier-")
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = os.RemoveAll(dir) })
	s := &Server{Host: "127.0.0.1", folder: dir}
	environment := append(os.Environ(), "AUTHENTICATED="+User, "AUTHADDR="+User, "HOME="+dir, "TMPDIR="+dir, "IMAP_USELOCKS=0", "IMAP_ENHANCEDIDLE=0",
		"IMAP_CAPABILITY=IMAP4rev1 UIDPLUS CHILDREN NAMESPACE THREAD=ORDEREDSUBJECT THREAD=REFERENCES SORT QUOTA IDLE")
	if root != "" {
		environment = append(environment, "LD_LIBRARY_PATH="+filepath.Join(root, "usr/lib")+":"+filepath.Join(root, "usr/lib/x86_64-linux-gnu")+":"+filepath.Join(root, "lib/x86_64-linux-gnu"))
	}
	maildir := exec.Command(maker, filepath.Join(dir, User))
	maildir.Env = environment
	if out, err := maildir.CombinedOutput(); err != nil {
		tb.Skipf("Courier does not run here: %v %s", err, out)
	}
	s.Port, s.CA = listen(tb, &tls.Config{}, func(c *tls.Conn, _ int) {
		command := exec.Command(program, User)
		command.Dir, command.Env = dir, environment
		front(c, command)
	})
	return s
}

// front signs one client in and lets the server answer it.
func front(c *tls.Conn, command *exec.Cmd) {
	in := bufio.NewReader(c)
	say := func(format string, args ...any) { _, _ = fmt.Fprintf(c, format+"\r\n", args...) } // the client may be gone
	say("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] hei")
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		tag, verb, rest := split(line)
		if verb == "CAPABILITY" {
			say("* CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN\r\n%s OK ferdig", tag)
			continue
		}
		if verb != "AUTHENTICATE" {
			say("%s BAD ikke ennå", tag)
			continue
		}
		_, token, _ := strings.Cut(rest, " ")
		raw, _ := base64.StdEncoding.DecodeString(token)
		if string(raw) != "\x00"+User+"\x00"+Password {
			say("%s NO [AUTHENTICATIONFAILED] feil", tag)
			continue
		}
		hand(c, in, command, tag)
		return
	}
}

// hand starts the server, which thinks that the client signed in with it, and gives it
// the connection.
func hand(c *tls.Conn, in io.Reader, command *exec.Cmd, tag string) {
	there, err := command.StdinPipe()
	if err != nil {
		return
	}
	out, err := command.StdoutPipe()
	if err != nil {
		return
	}
	if err := command.Start(); err != nil {
		return
	}
	back := bufio.NewReader(out)
	for {
		line, err := back.ReadString('\n')
		if err != nil {
			break
		}
		if strings.HasPrefix(line, "* PREAUTH") {
			_, _ = io.WriteString(c, tag+" OK velkommen\r\n") // the client may be gone
			break
		}
	}
	go func() {
		_, _ = io.Copy(there, in)
		_ = there.Close()
	}()
	_, _ = io.Copy(c, back)
	_ = c.Close()
	_ = command.Wait()
}
