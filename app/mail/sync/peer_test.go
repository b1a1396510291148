package sync_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	gosync "sync"
	"testing"
	"time"

	"kompetansepilot/app/mail/imap"
	"kompetansepilot/app/mail/mailtest"
	"kompetansepilot/app/mail/signin"
	"kompetansepilot/data/post"
)

// bulk fills the inbox with messages of the sizes that mail has: half of them under
// 8 kB, one in a hundred over 1 MB. It gives the bytes.
func bulk(b *testing.B, s *mailtest.Server, n int) int64 {
	b.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	words := strings.Fields("vi trenger kurs i førstehjelp og sveising for ansatte bedriften søknaden tilskudd kommunen fylket studiepoeng samling nettkurs opplæring lærling fagbrev skog bygg hotell havbruk")
	var total int64
	for i := range n {
		var text strings.Builder
		for range 40 + r.IntN(800) {
			text.WriteString(words[r.IntN(len(words))] + " ")
		}
		raw := fmt.Sprintf("From: Bedrift %d <post@bedrift%d.example>\r\nTo: %s\r\nSubject: %s %d\r\nDate: %s\r\nMessage-ID: <%d@bedrift.example>\r\nMIME-Version: 1.0\r\n", i%500, i%500, mailtest.User,
			words[r.IntN(len(words))], i, time.Unix(int64(1_700_000_000+i*600), 0).UTC().Format(time.RFC1123Z), i)
		if i%4 > 0 {
			raw += fmt.Sprintf("In-Reply-To: <%d@bedrift.example>\r\n", i-1)
		}
		size := 0
		switch k := r.IntN(100); {
		case k == 0:
			size = 1_000_000 + r.IntN(4_000_000)
		case k < 15:
			size = 60_000 + r.IntN(200_000)
		}
		if size == 0 {
			raw += "Content-Type: text/plain; charset=utf-8\r\n\r\n" + text.String()
		} else {
			line := strings.Repeat("QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo", 2) + "\r\n"
			raw += "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + text.String() + "\r\n--b\r\nContent-Type: application/pdf; name=vedlegg.pdf\r\nContent-Disposition: attachment; filename=vedlegg.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
				strings.Repeat(line, size/len(line)) + "--b--\r\n"
		}
		if err := s.Put(mailtest.User, "", []byte(raw), time.Unix(int64(1_700_000_000+i*600), 0), "S"); err != nil {
			b.Fatal(err)
		}
		total += int64(len(raw))
	}
	return total
}

// delayed puts a line before a server on which each byte takes half of a round trip,
// however many are on their way; it gives its port.
func delayed(b *testing.B, to string, trip time.Duration) int {
	b.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	var work gosync.WaitGroup
	type piece struct {
		raw []byte
		at  time.Time
	}
	pass := func(from, to net.Conn) {
		line := make(chan piece, 4096)
		work.Go(func() {
			defer close(line)
			for {
				raw := make([]byte, 32<<10)
				n, err := from.Read(raw)
				if n > 0 {
					line <- piece{raw[:n], time.Now().Add(trip / 2)}
				}
				if err != nil {
					return
				}
			}
		})
		work.Go(func() {
			for p := range line {
				time.Sleep(time.Until(p.at))
				_, _ = to.Write(p.raw) // a closed end shows in the reading
			}
			_ = to.Close()
		})
	}
	work.Go(func() {
		for {
			near, err := l.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("tcp", to)
			if err != nil {
				_ = near.Close()
				continue
			}
			pass(near, far)
			pass(far, near)
		}
	})
	b.Cleanup(func() { _ = l.Close(); work.Wait() })
	return l.Addr().(*net.TCPAddr).Port
}

// peak is the most memory that the process has had, with what SQLite has, in bytes,
// since it was last asked; 0 where the system does not tell.
func peak() float64 {
	raw, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	defer func() { _ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) }() // begins anew
	for line := range strings.SplitSeq(string(raw), "\n") {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			n, _ := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")), 64)
			return n * 1024
		}
	}
	return 0
}

// written is how many bytes the process has sent to the disk; 0 where the system does
// not tell.
func written() float64 {
	raw, err := os.ReadFile("/proc/self/io")
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(raw), "\nwrite_bytes: ")
	line, _, _ := strings.Cut(rest, "\n")
	n, _ := strconv.ParseFloat(line, 64)
	return n
}

// BenchmarkAgainstMbsync fetches MAIL messages (2 000) with this program and with
// mbsync from the same Dovecot, over TLS, and then both once more with nothing
// new. TRIP ("30ms") is what is added to each round trip. It reports ratios.
func BenchmarkAgainstMbsync(b *testing.B) {
	mbsync, err := exec.LookPath("mbsync")
	if err != nil {
		b.Skip("mbsync (Debian: isync) is not installed")
	}
	n, _ := strconv.Atoi(os.Getenv("MAIL"))
	if n == 0 {
		n = 2000
	}
	server := mailtest.Dovecot(b)
	total := bulk(b, server, n)
	port := server.Port
	if trip, err := time.ParseDuration(os.Getenv("TRIP")); err == nil && trip > 0 {
		port = delayed(b, net.JoinHostPort(server.Host, strconv.Itoa(server.Port)), trip)
	}
	runtime.GC()
	debug.FreeOSMemory() // what making the mail took
	for b.Loop() {
		dir := b.TempDir()
		peer := func(name, fsync string) func() time.Duration {
			config := filepath.Join(dir, name)
			store := filepath.Join(dir, name+".maildir")
			if err := os.MkdirAll(store, 0o700); err != nil {
				b.Fatal(err)
			}
			text := fmt.Sprintf("FSync %s\nIMAPAccount a\nHost %s\nPort %d\nUser %s\nPass \"%s\"\nSSLType IMAPS\nCertificateFile %s\n\nIMAPStore far\nAccount a\n\nMaildirStore near\nPath %s/\nInbox %s/INBOX\n\nChannel c\nFar :far:\nNear :near:\nPatterns INBOX\nCreate Near\nSync Pull New\nSyncState *\n",
				fsync, "localhost", port, mailtest.User, mailtest.Password, server.CAFile, store, store)
			if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
				b.Fatal(err)
			}
			return func() time.Duration {
				start := time.Now()
				if out, err := exec.Command(mbsync, "-c", config, "-a", "-q").CombinedOutput(); err != nil {
					b.Fatalf("%v: %s", err, out)
				}
				return time.Since(start)
			}
		}
		durable, fast := peer("durable", "yes"), peer("fast", "no")
		s, err := post.Open(filepath.Join(dir, "a"+post.Extension))
		if err != nil {
			b.Fatal(err)
		}
		j := job(s, nil)
		j.Dial = func(ctx context.Context) (imap.Box, error) {
			return imap.Dial(ctx, imap.Server{Host: server.Host, Port: port, CA: server.CA}, signin.Password{User: mailtest.User, Secret: mailtest.Password})
		}
		own := func() time.Duration {
			start := time.Now()
			if r, err := j.Run(context.Background()); err != nil || r.Folders[0].Failed > 0 {
				b.Fatal(r, err)
			}
			return time.Since(start)
		}
		peak()
		disk := written()
		first := own()
		disk = written() - disk
		memory := peak()
		theirs, loose := durable(), fast()
		again, theirsAgain := own(), durable()
		b.ReportMetric(first.Seconds(), "s/first")
		b.ReportMetric(first.Seconds()/theirs.Seconds(), "x-mbsync")
		b.ReportMetric(first.Seconds()/loose.Seconds(), "x-mbsync-nofsync")
		b.ReportMetric(again.Seconds()/theirsAgain.Seconds(), "x-mbsync-nothing-new")
		b.ReportMetric(float64(total)/1e6, "MB")
		b.ReportMetric(memory/1e6, "MB-peak")
		b.ReportMetric(disk/float64(total), "written/byte")
		b.ReportMetric(theirs.Seconds(), "s/mbsync")
		b.ReportMetric(loose.Seconds(), "s/mbsync-nofsync")
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
