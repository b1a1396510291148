package instance

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"kompetansepilot/data"
)

// role makes the test binary a second start of the program.
const role = "KOMPETANSEPILOT_TEST_CLAIM"

func TestMain(m *testing.M) {
	dir := os.Getenv(role)
	if dir == "" {
		os.Exit(m.Run())
	}
	i, err := Claim(dir, filepath.Join(dir, "a.kpilot"), func() {})
	switch {
	case errors.Is(err, ErrForward):
		fmt.Print("forward")
	case err != nil:
		fmt.Print("error: ", err)
	default:
		fmt.Print("mine")
		if err := i.Release(); err != nil {
			fmt.Print(" ", err)
		}
	}
	os.Exit(0)
}

// start starts the program a second time.
func start(t *testing.T, dir string) string {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe)
	cmd.Env = append(os.Environ(), role+"="+dir)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestSecondStartBringsTheFirstForward(t *testing.T) {
	dir := t.TempDir()
	asked := make(chan struct{}, 1)
	i, err := Claim(dir, filepath.Join(dir, "a.kpilot"), func() { asked <- struct{}{} })
	if err != nil {
		t.Fatal(err)
	}
	if said := start(t, dir); said != "forward" {
		t.Errorf("the second start said %q", said)
	}
	select {
	case <-asked:
	case <-time.After(answerTime):
		t.Error("the first window was not asked")
	}
	if err := i.Release(); err != nil {
		t.Fatal(err)
	}
	if said := start(t, dir); said != "mine" {
		t.Errorf("after the first window closed, a start said %q", said)
	}
}

func TestOtherWorkspacesAreFree(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a", "b"} {
		i, err := Claim(dir, filepath.Join(dir, name), func() {})
		if err != nil {
			t.Fatal(err)
		}
		defer i.Release()
	}
}

func TestSpellingsOfOnePath(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "a.kpilot")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(dir, "link")
	if err := os.Symlink(file, link); err != nil {
		t.Skip("no links here")
	}
	if key(file) != key(link) || key(file) != key(filepath.Join(dir, "x", "..", "a.kpilot")) {
		t.Error("one file has several keys")
	}
}

// TestNobodyAnswers: the lock is held, but nobody listens.
func TestNobodyAnswers(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.kpilot")
	i, err := Claim(dir, path, func() {})
	if err != nil {
		t.Fatal(err)
	}
	if err := i.listener.Close(); err != nil {
		t.Fatal(err)
	}
	err = ask(i, 3*pause)
	if data.Code(err) != CodeNoAnswer || data.Message(err) == "" {
		t.Errorf("got %v", err)
	}
}

// TestWithoutSecret: who does not know the secret is not heard.
func TestWithoutSecret(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.kpilot")
	i, err := Claim(dir, path, func() { t.Error("the window was asked") })
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(i.address)
	if err != nil {
		t.Fatal(err)
	}
	var to address
	if err := json.Unmarshal(raw, &to); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(i.address); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others can read the secret: %v", info.Mode())
	}
	for _, said := range []string{"", "\n", "wrong secret of the same length.\n", "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"} {
		conn, err := net.Dial("tcp", to.Address)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(conn, said)
		conn.(*net.TCPConn).CloseWrite()
		if answer, _ := io.ReadAll(conn); len(answer) > 0 {
			t.Errorf("%q was answered with %q", said, answer)
		}
		conn.Close()
	}
	if err := i.Release(); err != nil {
		t.Fatal(err)
	}
}
