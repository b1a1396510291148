package post_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kompetansepilot/data/post"
)

func TestBaseSubject(t *testing.T) {
	for subject, want := range map[string]string{"Sv: VS: Re[2]: Kurs": "Kurs true", "Kurs": "Kurs false", "Svar ønskes: kurs": "Svar ønskes: kurs false", "  Fwd : Kurs": "Kurs true", "Re:": " true", "Vs.: x": "Vs.: x false", "AW: SV: Plan": "Plan true"} {
		base, answer := post.BaseSubject(subject)
		if got := fmt.Sprint(base, " ", answer); got != want {
			t.Errorf("%q: %q, want %q", subject, got, want)
		}
	}
}

// between is a letter with a subject from one to another, some hours into the time.
func between(uid uint32, subject, from, to string, hours int) post.Arrived {
	m := mail(uid, fmt.Sprint(uid, "@x"), subject, fmt.Sprint("tekst ", uid))
	m.Raw = append(m.Raw, fmt.Sprint(uid)...)
	m.Index.From, m.Index.Receivers = post.Address{Address: from}, []post.Address{{Address: to}}
	m.Index.Date = time.Unix(1_700_000_000, 0).Add(time.Duration(hours) * time.Hour)
	return m
}

// TestThreadsWithoutReferences: an answer that names nothing belongs to what was
// written shortly before about the same between the same people, and to nothing else;
// Outlook's conversations hold together.
func TestThreadsWithoutReferences(t *testing.T) {
	const kari, post1, ola = "kari@x.no", "Post@fylke.no", "ola@y.no"
	talk := func(m post.Arrived, conversation string) post.Arrived {
		m.Index.Conversation = conversation
		return m
	}
	refers := func(m post.Arrived, id string) post.Arrived {
		m.Index.References = []string{id}
		return m
	}
	for name, c := range map[string]struct {
		one, two post.Arrived
		same     bool
	}{
		"answer":             {between(1, "Blåbærkurs", kari, post1, 0), between(2, "SV: Blåbærkurs", post1, kari, 5), true},
		"other spelling":     {between(1, "Blåbærkurs", kari, post1, 0), between(2, "Re: BLÅBÆRKURS", post1, "KARI@x.no", 5), true},
		"before the letter":  {between(1, "Blåbærkurs", kari, post1, 9), between(2, "SV: Blåbærkurs", post1, kari, 5), false},
		"a month later":      {between(1, "Blåbærkurs", kari, post1, 0), between(2, "SV: Blåbærkurs", post1, kari, 31*24), false},
		"other people":       {between(1, "Blåbærkurs", kari, post1, 0), between(2, "SV: Blåbærkurs", post1, ola, 5), false},
		"no answer":          {between(1, "Blåbærkurs", kari, post1, 0), between(2, "Blåbærkurs", kari, post1, 5), false},
		"names another":      {between(1, "Blåbærkurs", kari, post1, 0), refers(between(2, "SV: Blåbærkurs", post1, kari, 5), "annen@x"), false},
		"says nothing":       {between(1, "Hei", kari, post1, 0), between(2, "SV: Hei", post1, kari, 5), false},
		"two answers":        {between(1, "SV: Blåbærkurs", kari, post1, 0), between(2, "SV: Blåbærkurs", post1, kari, 5), true},
		"conversation":       {talk(between(1, "Kurs", kari, post1, 0), "01aa"), talk(between(2, "SV: Kurs", ola, post1, 9999), "01aa"), true},
		"of one template":    {talk(between(1, "Kurs A", kari, post1, 0), "01aa"), talk(between(2, "Kurs B", ola, post1, 1), "01aa"), false},
		"other conversation": {talk(between(1, "Kurs og plan", kari, post1, 0), "01aa"), talk(between(2, "SV: Kurs og plan", post1, kari, 5), "01bb"), false},
		"itself":             {refers(between(1, "Kurs", kari, post1, 0), "1@x"), between(2, "Plan", kari, post1, 0), false},
	} {
		for _, newestFirst := range []bool{false, true} {
			s := open(t)
			all := []post.Arrived{c.one, c.two}
			if newestFirst {
				all = []post.Arrived{c.two, c.one}
			}
			for _, m := range all {
				add(t, s, folder(t, s, "INBOX"), m)
			}
			rows, err := s.List(post.Query{}, 0, 10)
			if err != nil || len(rows) != 2 {
				t.Fatal(name, len(rows), err)
			}
			if same := rows[0].Thread == rows[1].Thread; same != c.same {
				t.Errorf("%s, newest first %v: in one thread: %v", name, newestFirst, same)
			}
		}
	}
}

// TestThreadsHoldInAnyOrder gives the same threads whatever comes first, with all that
// ties letters together mixed.
func TestThreadsHoldInAnyOrder(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(2, 9).Draw(rt, "messages")
		var all []post.Arrived
		for i := range n {
			subject := rapid.SampledFrom([]string{"Kurs i havn", "SV: Kurs i havn", "Re: Sv: Kurs i havn", "Plan for skog", "VS: Plan for skog"}).Draw(rt, "subject")
			m := between(uint32(i+1), subject, rapid.SampledFrom([]string{"a@x", "b@x"}).Draw(rt, "from"), rapid.SampledFrom([]string{"a@x", "b@x", "c@x"}).Draw(rt, "to"), rapid.IntRange(0, 1500).Draw(rt, "hours"))
			if rapid.IntRange(0, 3).Draw(rt, "refers") == 0 {
				m.Index.References = []string{fmt.Sprint(rapid.IntRange(1, n).Draw(rt, "reference"), "@x")}
			}
			if rapid.IntRange(0, 3).Draw(rt, "talks") == 0 {
				m.Index.Conversation = rapid.SampledFrom([]string{"01aa", "01bb"}).Draw(rt, "conversation")
			}
			all = append(all, m)
		}
		threads := func(order []post.Arrived) map[string]int64 {
			s, err := post.Open(filepath.Join(t.TempDir(), fmt.Sprint(rapid.Uint64().Draw(rt, "file"))))
			if err != nil {
				rt.Fatal(err)
			}
			defer s.Close()
			f, err := s.FolderOf("a", "INBOX", "")
			if err != nil {
				rt.Fatal(err)
			}
			if err := s.Add(f, order); err != nil {
				rt.Fatal(err)
			}
			rows, err := s.List(post.Query{}, 0, 100)
			if err != nil || len(rows) != n {
				rt.Fatal(len(rows), err)
			}
			of := map[string]int64{}
			for _, r := range rows {
				of[r.Key] = r.Thread
			}
			return of
		}
		one, two := threads(all), threads(rapid.Permutation(all).Draw(rt, "order"))
		for a := range one {
			for b := range one {
				if (one[a] == one[b]) != (two[a] == two[b]) {
					rt.Fatalf("%s and %s are together in one order only", a, b)
				}
			}
		}
	})
}
