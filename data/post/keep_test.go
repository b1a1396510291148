package post_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kompetansepilot/data/post"
)

func read(raw []byte) post.Index {
	header, body, _ := strings.Cut(string(raw), "\r\n\r\n")
	x := post.Index{Body: body, Date: time.Unix(1_700_000_000, 0)}
	for line := range strings.SplitSeq(header, "\r\n") {
		name, value, _ := strings.Cut(line, ": ")
		switch name {
		case "Message-ID":
			x.MessageID = value
		case "Subject":
			x.Subject = value
		case "From":
			x.From.Address = value
		}
	}
	return x
}

func mailOf(n int, from, body string) []byte {
	return fmt.Appendf(nil, "Message-ID: m%d\r\nFrom: %s\r\nSubject: nr %d\r\n\r\n%s", n, from, n, body)
}

func added(t *testing.T, s *post.Store, first int, all ...[]byte) {
	t.Helper()
	f, err := s.FolderOf("a", "INBOX", "inbox")
	if err != nil {
		t.Fatal(err)
	}
	f.UIDValidity = 9
	if err := s.Done(f); err != nil {
		t.Fatal(err)
	}
	var batch []post.Arrived
	for i, raw := range all {
		batch = append(batch, post.Arrived{UID: uint32(first + i), Raw: raw, Key: post.Key(raw), Index: read(raw)})
	}
	if err := s.Add(f, batch); err != nil {
		t.Fatal(err)
	}
}

func made(t *testing.T) *post.Store {
	t.Helper()
	s, err := post.Open(filepath.Join(t.TempDir(), "x"+post.Extension))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func kept(t *testing.T, s *post.Store, dir string, want int) {
	t.Helper()
	if n, err := s.Keep(context.Background(), dir, "fylket"); err != nil || n != want {
		t.Fatalf("kept %d, want %d: %v", n, want, err)
	}
}

func files(t *testing.T, dir string) []string {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestKeepAndBring keeps mail in pieces, only what is new each time, and brings it
// into an empty store as it was: nothing is fetched again afterwards.
func TestKeepAndBring(t *testing.T) {
	s, dir := made(t), t.TempDir()
	kept(t, s, dir, 0)
	added(t, s, 1, mailOf(1, "kari@x.example", "blåbær"), mailOf(2, "ola@x.example", "tyttebær"))
	if err := s.Verify(); err != nil {
		t.Fatal(err)
	}
	kept(t, s, dir, 2)
	kept(t, s, dir, 0)
	added(t, s, 3, mailOf(3, "per@x.example", "multer"))
	if err := s.Verify(); err != nil { // also after a second look
		t.Fatal(err)
	}
	kept(t, s, dir, 1)
	if all := files(t, dir); len(all) != 1 {
		t.Fatalf("small pieces should be one: %v", all)
	}
	fresh := made(t)
	n, err := fresh.Bring(context.Background(), dir, "fylket", read)
	if err != nil || n != 3 {
		t.Fatalf("brought %d: %v", n, err)
	}
	rows, err := fresh.List(post.Query{Text: "tyttebær"}, 0, 10)
	if err != nil || len(rows) != 1 || rows[0].State != post.Fetched {
		t.Fatalf("%+v %v", rows, err)
	}
	raw, err := fresh.Raw(rows[0].ID)
	if err != nil || !bytes.Equal(raw, mailOf(2, "ola@x.example", "tyttebær")) {
		t.Errorf("%q %v", raw, err)
	}
	f, err := fresh.FolderOf("a", "INBOX", "inbox")
	if err != nil || f.UIDValidity != 9 {
		t.Errorf("%+v %v", f, err)
	}
	held, err := fresh.Held(f)
	if err != nil || len(held) != 3 || !held[1] || !held[2] || !held[3] {
		t.Errorf("held %v %v", held, err)
	}
	if n, err := fresh.Bring(context.Background(), dir, "fylket", read); err != nil || n != 0 {
		t.Errorf("brought twice: %d %v", n, err)
	}
	if err := fresh.Verify(); err != nil {
		t.Error(err)
	}
}

// TestDamagedPiece is told, does not keep the others away, and is written again.
func TestDamagedPiece(t *testing.T) {
	s, dir := made(t), t.TempDir()
	added(t, s, 1, mailOf(1, "kari@x.example", "en"))
	kept(t, s, dir, 1)
	if err := os.Truncate(files(t, dir)[0], 5000); err != nil {
		t.Fatal(err)
	}
	added(t, s, 2, mailOf(2, "ola@x.example", "to"))
	kept(t, s, dir, 2)
	fresh := made(t)
	n, err := fresh.Bring(context.Background(), dir, "fylket", read)
	if err == nil || n != 2 {
		t.Errorf("brought %d: %v", n, err)
	}
}

// TestErasedIsGone leaves no byte of a person's mail in the store or in the pieces,
// and lets it not come back from the mailbox or from a backup.
func TestErasedIsGone(t *testing.T) {
	s, dir := made(t), t.TempDir()
	theirs := mailOf(1, "hemmelig.ottersen@x.example", "kryptonitten ligger i skuffen")
	added(t, s, 1, theirs, mailOf(2, "ola@x.example", "noe annet"))
	kept(t, s, dir, 2)
	keys, err := s.Of([]string{"Hemmelig.Ottersen@x.example"})
	if err != nil || len(keys) != 1 {
		t.Fatalf("%v %v", keys, err)
	}
	if n, err := s.Delete(keys); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	if err := s.Scrub(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Keep(context.Background(), dir, "fylket"); err != nil {
		t.Fatal(err)
	}
	for _, path := range append(files(t, dir), files(t, filepath.Dir(s.Path()))...) {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range []string{"ottersen", "kryptonitten"} {
			if bytes.Contains(bytes.ToLower(raw), []byte(word)) {
				t.Errorf("%s holds %q", filepath.Base(path), word)
			}
		}
	}
	added(t, s, 1, theirs)
	if rows, err := s.List(post.Query{}, 0, 10); err != nil || len(rows) != 1 {
		t.Errorf("it came back: %+v %v", rows, err)
	}
	fresh := made(t)
	if n, err := fresh.Bring(context.Background(), dir, "fylket", read); err != nil || n != 1 {
		t.Errorf("brought %d %v", n, err)
	}
	added(t, fresh, 1, theirs)
	if rows, err := fresh.List(post.Query{}, 0, 10); err != nil || len(rows) != 1 {
		t.Errorf("it came back after a restore: %+v %v", rows, err)
	}
}

// TestSameHeaderOtherBody keeps two messages that share a header block, of which one
// came before the program ended.
func TestSameHeaderOtherBody(t *testing.T) {
	s := made(t)
	f, err := s.FolderOf("a", "INBOX", "inbox")
	if err != nil {
		t.Fatal(err)
	}
	one, two := mailOf(1, "kari@x.example", "aaaa"), mailOf(1, "kari@x.example", "bbbb")
	listed := func(uid uint32, raw []byte) post.Arrived {
		return post.Arrived{UID: uid, Key: post.Key(raw), Size: int64(len(raw)), Index: read(raw)}
	}
	whole := func(uid uint32, raw []byte) post.Arrived {
		a := listed(uid, raw)
		a.Raw = raw
		return a
	}
	for _, batch := range [][]post.Arrived{{listed(1, one), listed(2, two)}, {whole(1, one)}} {
		if err := s.Add(f, batch); err != nil {
			t.Fatal(err)
		}
	}
	lacking, err := s.Lacking(f, []uint32{1, 2})
	if err != nil || lacking[1] || !lacking[2] {
		t.Fatalf("lacking %v %v", lacking, err)
	}
	if err := s.Add(f, []post.Arrived{whole(2, two)}); err != nil {
		t.Fatal(err)
	}
	if rows, err := s.List(post.Query{}, 0, 10); err != nil || len(rows) != 2 {
		t.Errorf("%+v %v", rows, err)
	}
}
