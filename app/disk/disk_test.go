package disk

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"kompetansepilot/data"
)

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o640); err != nil {
		t.Fatal(err)
	}
}

func wantFile(t *testing.T, path, content string) {
	t.Helper()
	if got, err := os.ReadFile(path); err != nil || string(got) != content {
		t.Errorf("%s holds %q, %v; want %q", filepath.Base(path), got, err, content)
	}
}

// alone wants no other names in a folder: nothing half written is left behind.
func alone(t *testing.T, dir string, names ...string) {
	t.Helper()
	all, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var have []string
	for _, e := range all {
		have = append(have, e.Name())
	}
	if fmt.Sprint(have) != fmt.Sprint(names) {
		t.Errorf("the folder has %q, want %q", have, names)
	}
}

func TestReplaceKeepsTheModeAndLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "søknad 😀.pdf")
	write(t, path, "før")
	if err := Write(path, []byte("nå")); err != nil {
		t.Fatal(err)
	}
	wantFile(t, path, "nå")
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	alone(t, dir, filepath.Base(path))
}

func TestReplaceThatFailsChangesNothing(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.pdf")
	write(t, path, "før")
	odd := errors.New("odd")
	for _, c := range []struct {
		err  error
		code string
	}{{odd, CodeWrite}, {fmt.Errorf("write: %w", syscall.ENOSPC), CodeWrite}, {unreadable("b", nil), CodeRead}} {
		err := Replace(path, func(w io.Writer) error {
			_, _ = io.WriteString(w, "halvt")
			return c.err
		})
		if !errors.Is(err, c.err) || data.Code(err) != c.code {
			t.Errorf("%v: got %v", c.err, err)
		}
		wantFile(t, path, "før")
		alone(t, dir, "a.pdf")
	}
}

// TestReplaceFollowsLinks: the link stays, and what it leads to is replaced.
func TestReplaceFollowsLinks(t *testing.T) {
	dir := t.TempDir()
	far := filepath.Join(dir, "felles")
	if err := os.Mkdir(far, 0o700); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(far, "a.pdf"), "før")
	for link, to := range map[string]string{"lenke.pdf": filepath.Join("felles", "a.pdf"), "videre.pdf": "lenke.pdf", "ny.pdf": filepath.Join("felles", "b.pdf"), "rundt.pdf": "rundt.pdf"} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Skip(err)
		}
	}
	for link, want := range map[string]string{"videre.pdf": "a.pdf", "ny.pdf": "b.pdf"} {
		if err := Write(filepath.Join(dir, link), []byte(link)); err != nil {
			t.Fatal(err)
		}
		wantFile(t, filepath.Join(far, want), link)
		if info, err := os.Lstat(filepath.Join(dir, link)); err != nil || info.Mode()&os.ModeSymlink == 0 {
			t.Errorf("%s is a link no more", link)
		}
	}
	if err := Write(filepath.Join(dir, "rundt.pdf"), nil); err == nil {
		t.Error("a link to itself is written")
	}
	alone(t, far, "a.pdf", "b.pdf")
}

// TestSomeThingsAreNeverReplaced: a workspace under whatever name, its log, a
// folder, and what somebody protected.
func TestSomeThingsAreNeverReplaced(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	database := "SQLite format 3\x00og så videre"
	write(t, at("a.kpilot"), database)
	write(t, at("forkledd.pdf"), database)
	write(t, at("beskyttet.pdf"), "før")
	if err := os.Chmod(at("beskyttet.pdf"), 0o444); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(at("mappe.pdf"), 0o700); err != nil {
		t.Fatal(err)
	}
	_ = os.Symlink("a.kpilot", at("lenke.pdf"))
	_ = os.Link(at("a.kpilot"), at("hard.pdf"))
	for name, why := range map[string]string{"a.kpilot": "arbeidsfil", "forkledd.pdf": "arbeidsfil", "lenke.pdf": "arbeidsfil", "hard.pdf": "arbeidsfil", "a.kpilot-wal": "arbeidsfil", "a.kpilot-shm": "arbeidsfil",
		"mappe.pdf": "mappe", "beskyttet.pdf": "skrivebeskyttet", filepath.Join("ingen", "mappe", "a.pdf"): "finnes ikke", filepath.Join("a.kpilot", "b.pdf"): "finnes ikke",
		strings.Repeat("x", 300) + ".pdf": "for langt"} {
		err := Write(at(name), []byte("ny"))
		if data.Code(err) != CodeWrite || !strings.Contains(data.Message(err), why) {
			t.Errorf("%.40s: %v, want a sentence with %q", name, err, why)
		}
	}
	wantFile(t, at("a.kpilot"), database)
	wantFile(t, at("forkledd.pdf"), database)
	wantFile(t, at("beskyttet.pdf"), "før")
	alone(t, dir, "a.kpilot", "beskyttet.pdf", "forkledd.pdf", "hard.pdf", "lenke.pdf", "mappe.pdf")
}

func TestReadTakesFilesOfASizeOnly(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	write(t, at("a"), "1234")
	if err := os.Truncate(at("a"), 4); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(at("stor"))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(f.Truncate(5<<30), f.Close()); err != nil {
		t.Skip(err)
	}
	if content, err := Read(at("a"), 4); err != nil || string(content) != "1234" {
		t.Errorf("%q, %v", content, err)
	}
	for name, code := range map[string]string{"a": data.CodeTooLarge, "stor": data.CodeTooLarge, "ingen": CodeRead, ".": CodeRead} {
		if _, err := Read(at(name), 3); data.Code(err) != code {
			t.Errorf("%s: %v, want %s", name, err, code)
		}
	}
}
