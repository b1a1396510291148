package post_test

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

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

// TestUpgradeShape opens empty files of older forms: their tables, columns and indexes
// become those of a new file.
func TestUpgradeShape(t *testing.T) {
	form2, err := os.ReadFile(filepath.Join("testdata", "form2.sql"))
	if err != nil {
		t.Fatal(err)
	}
	whole := regexp.MustCompile(`(?m)^  whole .*\n`)
	form1 := whole.ReplaceAllString(string(form2), "")
	if form1 == string(form2) {
		t.Fatal("form 2 has not the column that form 1 lacks")
	}
	now, err := os.ReadFile("schema.sql")
	if err != nil {
		t.Fatal(err)
	}
	form3, _, ok := strings.Cut(string(now), "-- Letters that were written here")
	if !ok {
		t.Fatal("the schema has not the table that form 3 lacks")
	}
	want := shapeOf(t, "")
	for name, script := range map[string]string{"1": form1, "2": string(form2), "3": form3} {
		got := shapeOf(t, script+"; PRAGMA user_version = "+name)
		for object, columns := range want {
			if got[object] != columns {
				t.Errorf("form %s, %s:\n%s\nwant:\n%s", name, object, got[object], columns)
			}
		}
		for object := range got {
			if _, ok := want[object]; !ok {
				t.Errorf("form %s has %s, which a new file has not", name, object)
			}
		}
	}
}

// shapeOf is what a file that a script made holds once it was opened: the columns of each
// table, what each index covers, and how each virtual table was made.
func shapeOf(t *testing.T, script string) map[string]string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a"+post.Extension)
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(script); err != nil {
		t.Fatal(err)
	}
	s, err := post.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	shape := map[string]string{}
	rows, err := db.Query(`SELECT m.type || ' ' || m.name, CASE WHEN m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%' THEN
		(SELECT group_concat(format('%s %s %d %s %d', c.name, c.type, c."notnull", c.dflt_value, c.pk), char(10)) FROM (SELECT * FROM pragma_table_xinfo(m.name) ORDER BY cid) c)
		|| iif(m.sql LIKE '%WITHOUT ROWID', char(10) || 'WITHOUT ROWID', '') ELSE coalesce(m.sql, '') END FROM sqlite_master m`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var object, columns string
		if err := rows.Scan(&object, &columns); err != nil {
			t.Fatal(err)
		}
		shape[object] = columns
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return shape
}

// TestBeforeTimeBegan keeps messages that say they are from before 1970: each is found,
// before all others, and more of them than one second has places for.
func TestBeforeTimeBegan(t *testing.T) {
	s := open(t)
	f := folder(t, s, "INBOX")
	const many = 1100
	all := make([]post.Arrived, many)
	for i := range all {
		all[i] = mail(uint32(i+1), fmt.Sprintf("%d@x", i), fmt.Sprint("Gammel ", i), "lang tid")
		all[i].Index.Date = time.Date(1965, 1, 1, 0, 0, i, 0, time.UTC)
	}
	fresh := mail(many+1, "new@x", "Ny", "lang tid")
	fresh.Index.Date = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	add(t, s, f, append(all, fresh)...)
	rows, err := s.List(post.Query{Text: "lang tid"}, 0, 2*many)
	if err != nil || len(rows) != many+1 {
		t.Fatal(len(rows), err)
	}
	if rows[0].Subject != "Ny" || rows[1].Subject != fmt.Sprint("Gammel ", many-1) || rows[many].Subject != "Gammel 0" {
		t.Error(rows[0].Subject, rows[1].Subject, rows[many].Subject)
	}
	if n, err := s.Count(post.Query{Text: "etter:1971 tid"}); err != nil || n != 1 {
		t.Error(n, err)
	}
	if n, err := s.Delete([]string{rows[1].Key}); err != nil || n != 1 {
		t.Error(n, err)
	}
	if got := keys(t, s, post.Query{Text: fmt.Sprint("gammel ", many-1)}); got != nil {
		t.Error(got)
	}
}
