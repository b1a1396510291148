package post

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func arrived(uid uint32, size int) Arrived {
	raw := fmt.Appendf(nil, "Subject: nr %d\r\n\r\n%s", uid, strings.Repeat("tekst ", size/6))
	return Arrived{UID: uid, Raw: raw, Key: Key(raw), Internal: time.Unix(int64(uid), 0), Index: Index{Subject: fmt.Sprint("nr ", uid), Body: "tekst"}}
}

// TestDiskFullAndLocked: bad input 17. A disk without room, and a file that another
// program holds: nothing is half, and it goes on afterwards.
func TestDiskFullAndLocked(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a"+Extension)
	s, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	f, err := s.FolderOf("a", "INBOX", "")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Add(f, []Arrived{arrived(1, 1000)}); err != nil {
		t.Fatal(err)
	}
	count := func(want int) {
		t.Helper()
		if err := s.Verify(); err != nil {
			t.Error(err)
		}
		if n, err := s.Count(Query{}); err != nil || n != want {
			t.Errorf("%d messages, want %d, %v", n, want, err)
		}
		held, err := s.Held(f)
		if err != nil || len(held) != want {
			t.Errorf("%v %v", held, err)
		}
	}
	run := func(statement string) {
		t.Helper()
		if _, err := s.rw.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	batch := []Arrived{arrived(2, 100_000), arrived(3, 900_000)}
	run("PRAGMA max_page_count = 100") // of 4 kB
	if err := s.Add(f, batch); err == nil {
		t.Error("the disk was not full")
	}
	count(1)
	run("PRAGMA max_page_count = 1000000")
	run("PRAGMA busy_timeout = 50")
	other, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	tx, err := other.rw.Begin() // takes the file for writing
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Add(f, batch); err == nil {
		t.Error("the file was not locked")
	}
	count(1) // reading goes on
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	if err := s.Add(f, batch); err != nil {
		t.Fatal(err)
	}
	count(3)
}
