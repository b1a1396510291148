package guard

import (
	"bytes"
	"errors"
	"io"
	"net"
	"strings"
	"testing"
	"time"
)

// play gives a guarded connection what a server says, then closes it.
func play(t testing.TB, said string) ([]byte, *Conn, error) {
	t.Helper()
	here, there := net.Pipe()
	go func() {
		_, _ = io.WriteString(there, said)
		_ = there.Close()
	}()
	limits := Usual()
	limits.Line, limits.List, limits.Literal, limits.Depth, limits.Stall = 1000, 4000, 5000, 10, 2*time.Second
	c := New(here, limits)
	defer here.Close()
	out, err := io.ReadAll(c)
	return out, c, err
}

func TestPassesWhatIsRight(t *testing.T) {
	said := "* OK hei\r\n* 1 FETCH (UID 1 BODY[] {5}\r\nab(\"c FLAGS ())\r\na1 OK ferdig {ikke en literal}\r\n"
	if out, _, err := play(t, said); err != nil || string(out) != said {
		t.Errorf("%q %v", out, err)
	}
}

func TestDropsWhatNobodyKnows(t *testing.T) {
	out, _, err := play(t, "* VANISHED 1:3\r\n* XTULL {4}\r\nabcd)\r\n* 2 EXISTS\r\n")
	if err != nil || string(out) != "* 2 EXISTS\r\n" {
		t.Errorf("%q %v", out, err)
	}
}

// TestFoldersThatCannotBeRead are left out, whole, and the others pass.
func TestFoldersThatCannotBeRead(t *testing.T) {
	for said, pass := range map[string]bool{
		"* LIST () \"/\" INBOX\r\n": true, "* LIST () \"/\" \"S&APg-k\"\r\n": true, "* LIST () \"/\" {5}\r\na\"b c\r\n": true, "* LIST () \"/\" \"Årsmøte\"\r\n": true, "* LIST () \"/\" \"A &- B\"\r\n": true,
		"* LIST () \"/\" {3} (x {2}\r\nab)\r\n": true, "* LIST () \"/\" \"A & B\"\r\n": false, "* LIST () \"/\" {3}\r\na\nb\r\n": false, "* LIST () \"/\" \"b\xe5t\"\r\n": false, "* LIST () \"/\" \"&AOY-&AOY-\"\r\n": false, "* LIST () \"/\" \"&AO-\"\r\n": false,
	} {
		out, _, err := play(t, said+"* 2 EXISTS\r\n")
		want := "* 2 EXISTS\r\n"
		if pass {
			want = said + want
		}
		if err != nil || string(out) != want {
			t.Errorf("%q: %q %v", said, out, err)
		}
	}
	if _, _, err := play(t, "* LIST () \"/\" {4000}\r\n"); !errors.Is(err, ErrLimit) {
		t.Error("a name of 4 kB where 1 kB is the limit:", err)
	}
	if _, _, err := play(t, "* LIST () \"/\" {10}\r\nabc"); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Error("cut in a name:", err)
	}
}

func TestKeepsWhatIsSaidToPeople(t *testing.T) {
	_, c, _ := play(t, "* OK [ALERT] Vedlikehold kl. 22\r\n* BYE For mange\x07 forbindelser\r\n"+strings.Repeat("* OK [ALERT] mas\r\n", 100))
	got := c.Notices()
	if len(got) != mostNotices || got[0] != "Vedlikehold kl. 22" || got[1] != "For mange forbindelser" {
		t.Errorf("%q", got)
	}
}

func TestRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		said string
		want error
	}{
		"cut in a literal":  {"* 1 FETCH (BODY[] {10}\r\nabc", io.ErrUnexpectedEOF},
		"cut in a line":     {"* 1 FETCH (BO", io.ErrUnexpectedEOF},
		"cut after literal": {"* 1 FETCH (BODY[] {3}\r\nabc", io.ErrUnexpectedEOF},
		"large literal":     {"* 1 FETCH (BODY[] {5001}\r\n", ErrLimit},
		"literal too long":  {"* 1 FETCH (BODY[] {99999999999999999999}\r\n", ErrLimit},
		"negative literal":  {"* 1 FETCH (BODY[] {-1}\r\n", ErrLimit},
		"long line":         {"* OK " + strings.Repeat("a", 2000) + "\r\n", ErrLimit},
		"line without end":  {"* OK " + strings.Repeat("a", 100_000), ErrLimit},
		"nesting":           {"* 1 FETCH " + strings.Repeat("(", 11) + "\r\n", ErrLimit},
	} {
		if _, _, err := play(t, c.said); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	if out, _, err := play(t, "* SEARCH"+strings.Repeat(" 123456", 500)+"\r\n"); err != nil || len(out) < 3000 {
		t.Error("a long list of numbers:", err)
	}
}

// TestSilenceEnds ends a connection on which nothing comes.
func TestSilenceEnds(t *testing.T) {
	here, there := net.Pipe()
	defer there.Close()
	limits := Usual()
	limits.Stall = 50 * time.Millisecond
	var timeout net.Error
	if _, err := New(here, limits).Read(make([]byte, 10)); !errors.As(err, &timeout) || !timeout.Timeout() {
		t.Error(err)
	}
}

// FuzzGuard lets any bytes come. What passes is never longer than what came, and a
// message that was cut off is never the end of a right answer.
func FuzzGuard(f *testing.F) {
	f.Add([]byte("* 1 FETCH (BODY[] {3}\r\nabc)\r\n"))
	f.Add([]byte("* BYE [ALERT] \xff\r\n* SEARCH 1 2\r\n"))
	f.Add([]byte("* LIST () \"/\" {3}\r\na&b\r\n* LIST () \"/\" &AOY-\r\n"))
	f.Fuzz(func(t *testing.T, said []byte) {
		out, _, err := play(t, string(said))
		if len(out) > len(said) || err == nil && !bytes.HasSuffix(out, []byte("\n")) && len(out) > 0 {
			t.Errorf("%q of %q, %v", out, said, err)
		}
	})
}
