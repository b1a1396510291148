package post_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"kompetansepilot/data/post"
)

// benchMail is how many messages the store is measured with; MAIL says another.
func benchMail() int {
	if n, err := strconv.Atoi(os.Getenv("MAIL")); err == nil {
		return n
	}
	return 10_000
}

// benchLetter is message i: about 250 words of 2 000, in threads of four, and one
// thread of two hundred.
func benchLetter(i int, r *rand.Rand) []byte {
	var b strings.Builder
	refers := ""
	switch {
	case i > 0 && i < 200:
		refers = "References: <0@b>\r\n"
	case i%4 > 0:
		refers = fmt.Sprintf("References: <%d@b>\r\n", i-i%4)
	}
	fmt.Fprintf(&b, "From: Bedrift %d <post@bedrift%d.example>\r\nTo: post@fylke.example\r\nSubject: %s %d\r\nDate: %s\r\nMessage-ID: <%d@b>\r\n%sContent-Type: text/plain; charset=utf-8\r\n\r\n",
		i%500, i%500, benchWord(r), i, time.Unix(int64(1_600_000_000+i*600), 0).UTC().Format(time.RFC1123Z), i, refers)
	for w := range 250 {
		b.WriteString(benchWord(r))
		b.WriteString([]string{" ", " ", " ", "\r\n"}[w%4])
	}
	return []byte(b.String())
}

// benchWord is a made-up compound; some are much more usual than others.
func benchWord(r *rand.Rand) string {
	first := []string{"kurs", "skog", "bygg", "havn", "helse", "fiske", "sveise", "reise", "matvare", "regnskap", "næring", "drift"}
	last := []string{"opplæring", "bedrift", "prøve", "fagbrev", "samling", "tilskudd", "plan", "leder", "arbeid", "behov", "søknad"}
	n := int(r.ExpFloat64() * 25)
	return first[n%len(first)] + []string{"", "s", "e"}[n/7%3] + last[n/len(first)%len(last)]
}

func benchIndex(i int, raw []byte) post.Index {
	x := read(raw)
	x.MessageID = fmt.Sprintf("%d@b", i)
	for line := range strings.SplitSeq(string(raw[:strings.Index(string(raw), "\r\n\r\n")]), "\r\n") {
		if id, ok := strings.CutPrefix(line, "References: "); ok {
			x.References = []string{strings.Trim(id, "<>")}
		}
	}
	x.Date = time.Unix(int64(1_600_000_000+i*600), 0)
	x.Body = string(raw[strings.Index(string(raw), "\r\n\r\n")+4:])
	return x
}

// p95 is the time that nineteen of twenty stay under, in milliseconds.
func p95(all []time.Duration) float64 {
	slices.Sort(all)
	return float64(all[len(all)*95/100].Microseconds()) / 1000
}

// BenchmarkStore measures the store with MAIL messages (10 000): the first page of
// the list, opening a thread of 200, searching against "notmuch search" for the same
// words with the same limit, and what the last tenth of the messages costs to add
// against the first. The peer's time holds the start of its process.
func BenchmarkStore(b *testing.B) {
	n := benchMail()
	dir := b.TempDir()
	s, err := post.Open(filepath.Join(dir, "a"+post.Extension))
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	f, err := s.FolderOf("a", "INBOX", "inbox")
	if err != nil {
		b.Fatal(err)
	}
	notmuch, _ := exec.LookPath("notmuch")
	maildir := filepath.Join(dir, "mail", "cur")
	if err := os.MkdirAll(maildir, 0o700); err != nil {
		b.Fatal(err)
	}
	r := rand.New(rand.NewPCG(3, 4))
	const batch = 200
	var adding []time.Duration
	for from := 0; from < n; from += batch {
		var all []post.Arrived
		for i := from; i < min(n, from+batch); i++ {
			raw := benchLetter(i, r)
			all = append(all, post.Arrived{UID: uint32(i + 1), Flags: post.Flags(i % 2), Raw: raw, Key: post.Key(raw), Index: benchIndex(i, raw)})
			if notmuch != "" {
				if err := os.WriteFile(filepath.Join(maildir, fmt.Sprintf("%d.x:2,S", i)), raw, 0o600); err != nil {
					b.Fatal(err)
				}
			}
		}
		start := time.Now()
		if err := s.Add(f, all); err != nil {
			b.Fatal(err)
		}
		adding = append(adding, time.Since(start))
	}
	tenth := max(1, len(adding)/10)
	sum := func(all []time.Duration) (t time.Duration) {
		for _, d := range all {
			t += d
		}
		return t
	}
	growth := float64(sum(adding[len(adding)-tenth:])) / float64(sum(adding[:tenth]))

	timed := func(times int, f func(i int)) []time.Duration {
		f(0) // the first fills the caches
		var all []time.Duration
		for i := range times {
			start := time.Now()
			f(i)
			all = append(all, time.Since(start))
		}
		return all
	}
	must := func(rows []post.Row, err error) []post.Row {
		if err != nil {
			b.Fatal(err)
		}
		return rows
	}
	first := must(s.List(post.Query{Text: "emne:0", Oldest: true}, 0, 1))
	if len(first) != 1 {
		b.Fatal("no first message")
	}
	var words []string
	w := rand.New(rand.NewPCG(5, 6))
	for range 40 {
		words = append(words, benchWord(w))
	}
	for b.Loop() {
		page := timed(40, func(int) { must(s.List(post.Query{Threads: true}, 0, 50)) })
		thread := timed(40, func(int) {
			if rows := must(s.Thread(first[0].Thread)); n >= 200 && len(rows) != 200 {
				b.Fatalf("a thread of %d", len(rows))
			}
		})
		found := timed(len(words), func(i int) { must(s.List(post.Query{Text: words[i], Threads: true}, 0, 50)) })
		b.ReportMetric(p95(page), "ms-list-p95")
		b.ReportMetric(p95(thread), "ms-thread-200-p95")
		b.ReportMetric(p95(found), "ms-search-p95")
		b.ReportMetric(growth, "ratio-add-last-to-first")
		if notmuch != "" {
			b.ReportMetric(p95(found)/peer(b, notmuch, dir, words, timed), "ratio-search-to-notmuch")
		}
	}
}

// peer is p95 of notmuch, in milliseconds.
func peer(b *testing.B, notmuch, dir string, words []string, timed func(int, func(int)) []time.Duration) float64 {
	config := filepath.Join(dir, "notmuch")
	if err := os.WriteFile(config, []byte("[database]\npath="+filepath.Join(dir, "mail")+"\n[user]\nname=x\nprimary_email=post@fylke.example\n[new]\ntags=\n"), 0o600); err != nil {
		b.Fatal(err)
	}
	run := func(args ...string) {
		c := exec.Command(notmuch, args...)
		c.Env = append(os.Environ(), "NOTMUCH_CONFIG="+config)
		if out, err := c.CombinedOutput(); err != nil {
			b.Fatalf("%v: %s", err, out)
		}
	}
	run("new", "--quiet")
	return p95(timed(len(words), func(i int) { run("search", "--limit=50", words[i]) }))
}
