package post_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"kompetansepilot/data/post"
)

// TestUpgrade opens a file of form 2, in which the numbers of the messages were in the
// order that they came: all is found, in the order of time, and new mail fits in.
func TestUpgrade(t *testing.T) {
	form2, err := os.ReadFile(filepath.Join("testdata", "form2.sql"))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "a"+post.Extension)
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(string(form2) + `;
		INSERT INTO folder (id, account, name) VALUES (1, 'a', 'INBOX');
		INSERT INTO message (id, key, message_id, thread, date, from_address, receivers, subject, state) VALUES
			(1, 'aa', '1@x', 1, 3000, 'kari@x.no', 'post@fylke.no', 'Nyest', 1), (2, 'bb', '2@x', 2, 1000, 'kari@x.no', 'post@fylke.no', 'Blåbærkurs', 1), (3, 'cc', '3@x', 1, 1000, 'ola@x.no', 'post@fylke.no', 'Eldst', 1);
		INSERT INTO reference VALUES ('1@x', 1), ('2@x', 2), ('3@x', 1);
		INSERT INTO raw VALUES (1, 'a'), (2, 'b'), (3, 'c');
		INSERT INTO place (folder, uid, message, whole) VALUES (1, 1, 1, 1), (1, 2, 2, 1), (1, 3, 3, 1);
		INSERT INTO words (rowid, subject, people, body, files) VALUES (1, 'nyest', 'kari kari x no', 'vi vil ha kurs i torking', ''), (2, 'blaabaerkurs', 'kari', 'naar begynner kurset', 'plan.pdf'), (3, 'eldst', 'ola', 'kurs', '');
		INSERT INTO word VALUES ('torking');
		INSERT INTO wordpart (text) VALUES ('torking');
		PRAGMA user_version = 2;`); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	s, err := post.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	for text, want := range map[string][]string{
		"": {"Nyest", "Eldst", "Blåbærkurs"}, "kurs": {"Nyest", "Eldst", "Blåbærkurs"}, "BLÅBÆR": {"Blåbærkurs"}, "fra:ola": {"Eldst"}, `"ha kurs i"`: {"Nyest"}, `"kurs ha"`: nil,
		"fil:plan": {"Blåbærkurs"}, "baerkurs": {"Blåbærkurs"}, "før:1971 torking": {"Nyest"}, "etter:1971": nil,
	} {
		if got := keys(t, s, post.Query{Text: text}); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	m := between(9, "SV: Blåbærkurs", "post@fylke.no", "kari@x.no", 0)
	m.Index.Date = m.Index.Date.AddDate(-60, 0, 0)
	add(t, s, folder(t, s, "INBOX"), m, mail(10, "10@x", "Enda nyere", "kurs"))
	if got := keys(t, s, post.Query{Text: "kurs", Threads: true}); len(got) == 0 {
		t.Error(got)
	}
	if n, err := s.Delete([]string{"bb"}); err != nil || n != 1 {
		t.Error(n, err)
	}
	if got := keys(t, s, post.Query{Text: "fil:plan"}); got != nil {
		t.Error(got)
	}
	if err := s.Scrub(); err != nil {
		t.Error(err)
	}
}
