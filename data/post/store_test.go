package post_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kompetansepilot/data"
	"kompetansepilot/data/post"
)

func open(t testing.TB) *post.Store {
	t.Helper()
	s, err := post.Open(filepath.Join(t.TempDir(), "a.kpilot"+post.Extension))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// mail makes a message and what is read out of it.
func mail(uid uint32, id, subject, body string, refs ...string) post.Arrived {
	raw := fmt.Appendf(nil, "Message-ID: <%s>\r\nSubject: %s\r\n\r\n%s", id, subject, body)
	return post.Arrived{UID: uid, Raw: raw, Key: post.Key(raw), Internal: time.Unix(int64(1000+uid), 0),
		Index: post.Index{MessageID: id, References: refs, Subject: subject, Body: body, From: post.Address{Name: "Kåre Ødegård", Address: "kare@Bedrift.example"}, Date: time.Unix(int64(1000+uid), 0)}}
}

func add(t testing.TB, s *post.Store, f post.Folder, all ...post.Arrived) {
	t.Helper()
	if err := s.Add(f, all); err != nil {
		t.Fatal(err)
	}
}

func folder(t testing.TB, s *post.Store, name string) post.Folder {
	t.Helper()
	f, err := s.FolderOf("a", name, "")
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func keys(t testing.TB, s *post.Store, q post.Query) []string {
	t.Helper()
	rows, err := s.List(q, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, r := range rows {
		all = append(all, r.Subject)
	}
	return all
}

// TestHeaderThenMessage completes a header with its message: one row, and the words
// of the body are found afterwards only.
func TestHeaderThenMessage(t *testing.T) {
	s := open(t)
	f := folder(t, s, "INBOX")
	whole := mail(1, "a@x", "Kurs", "Vi trenger blåbærplukkere")
	header := whole
	header.Raw, header.Index.Body = nil, ""
	add(t, s, f, header)
	if got := keys(t, s, post.Query{Text: "blåbær"}); got != nil {
		t.Error("found in a header", got)
	}
	if held, err := s.Held(f); err != nil || held[1] {
		t.Error(held, err)
	}
	add(t, s, f, whole)
	add(t, s, f, whole)
	rows, err := s.List(post.Query{}, 0, 10)
	if err != nil || len(rows) != 1 || rows[0].State != post.Fetched {
		t.Fatalf("%+v %v", rows, err)
	}
	if raw, err := s.Raw(rows[0].ID); err != nil || string(raw) != string(whole.Raw) {
		t.Error(err)
	}
	for _, text := range []string{"blåbær", "blaabaer", "BLÅBÆR", "plukkere", `"trenger blåbærplukkere"`, "fra:kåre", "from:kare@bedrift.example", "emne:kurs", "plukk etter:1970-01-01"} {
		if got := keys(t, s, post.Query{Text: text}); len(got) != 1 {
			t.Errorf("%s is not found", text)
		}
	}
	for _, text := range []string{"bjørnebær", "emne:blåbær", "før:1969", "har:vedlegg", "mappe:Arkiv"} {
		if got := keys(t, s, post.Query{Text: text}); len(got) != 0 {
			t.Errorf("%s finds %v", text, got)
		}
	}
}

// TestSameMailInTwoFolders is one message.
func TestSameMailInTwoFolders(t *testing.T) {
	s := open(t)
	m := mail(1, "a@x", "Kurs", "tekst")
	add(t, s, folder(t, s, "INBOX"), m)
	m.UID = 9
	add(t, s, folder(t, s, "Arkiv"), m)
	rows, err := s.List(post.Query{}, 0, 10)
	if err != nil || len(rows) != 1 {
		t.Fatalf("%+v %v", rows, err)
	}
	if places, err := s.PlacesOf(rows[0].ID); err != nil || !slices.Equal(places, []string{"Arkiv", "INBOX"}) {
		t.Error(places, err)
	}
	if err := s.Gone(folder(t, s, "INBOX"), []uint32{1}); err != nil {
		t.Fatal(err)
	}
	if rows, _ = s.List(post.Query{}, 0, 10); rows[0].Gone {
		t.Error("gone though it lies in Arkiv")
	}
	other := mail(2, "a@x", "Kurs", "en helt annen tekst")
	add(t, s, folder(t, s, "INBOX"), other)
	if rows, _ = s.List(post.Query{}, 0, 10); len(rows) != 2 || rows[0].Thread != rows[1].Thread {
		t.Errorf("the same header with another text: %+v", rows)
	}
}

// TestThreadsInAnyOrder gives the same threads whatever comes first.
func TestThreadsInAnyOrder(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(1, 8).Draw(rt, "messages")
		var all []post.Arrived
		parent := make([]int, n)
		for i := range n {
			parent[i] = rapid.IntRange(-1, i-1).Draw(rt, "parent")
			var refs []string
			if parent[i] >= 0 {
				refs = []string{fmt.Sprint(parent[i], "@x")}
			}
			all = append(all, mail(uint32(i+1), fmt.Sprint(i, "@x"), fmt.Sprint(i), "tekst", refs...))
		}
		root := func(i int) int {
			for parent[i] >= 0 {
				i = parent[i]
			}
			return i
		}
		s, err := post.Open(filepath.Join(t.TempDir(), fmt.Sprint(rapid.Uint64().Draw(rt, "file"))))
		if err != nil {
			rt.Fatal(err)
		}
		defer s.Close()
		f, err := s.FolderOf("a", "INBOX", "")
		if err != nil {
			rt.Fatal(err)
		}
		for _, i := range rapid.Permutation(all).Draw(rt, "order") {
			if err := s.Add(f, []post.Arrived{i}); err != nil {
				rt.Fatal(err)
			}
		}
		rows, err := s.List(post.Query{Oldest: true}, 0, 100)
		if err != nil || len(rows) != n {
			rt.Fatal(len(rows), err)
		}
		for i := range rows {
			for j := range rows {
				if (rows[i].Thread == rows[j].Thread) != (root(i) == root(j)) {
					rt.Fatalf("messages %d and %d, roots %d and %d, threads %d and %d", i, j, root(i), root(j), rows[i].Thread, rows[j].Thread)
				}
			}
		}
		if threads, err := s.Count(post.Query{Threads: true}); err != nil || threads != roots(parent) {
			rt.Fatal(threads, err)
		}
	})
}

func roots(parent []int) (n int) {
	for _, p := range parent {
		if p < 0 {
			n++
		}
	}
	return n
}

// TestDeletedStaysAway deletes a message and gets it from the server again.
func TestDeletedStaysAway(t *testing.T) {
	s := open(t)
	f := folder(t, s, "INBOX")
	m := mail(1, "a@x", "Hemmelig", "om Kari")
	add(t, s, f, m, mail(2, "b@x", "Annet", "om Ola"))
	if n, err := s.Delete([]string{m.Key, "finnes ikke"}); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	if held, err := s.Held(f); err != nil || !held[1] {
		t.Error("would be fetched again", held, err)
	}
	add(t, s, f, m)
	if got := keys(t, s, post.Query{}); !slices.Equal(got, []string{"Annet"}) {
		t.Error(got)
	}
	if got := keys(t, s, post.Query{Text: "kari hemmelig"}); got != nil {
		t.Error("found", got)
	}
	if _, err := s.Message(m.Key); data.Code(err) == "" {
		t.Error("still there", err)
	}
}
