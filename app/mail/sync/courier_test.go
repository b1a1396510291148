package sync_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"kompetansepilot/app/mail/mailtest"
	"kompetansepilot/data/post"
)

// TestCourier syncs with a server of another family: all comes whole, what is new and
// gone afterwards too, a draft is put and found, and the mailbox is else as it was.
func TestCourier(t *testing.T) {
	server := mailtest.Courier(t)
	want := map[string][]byte{}
	for i, folder := range []string{"", "Sak", "Sendt"} {
		for n := range 40 {
			raw := fmt.Appendf(nil, "From: a@x.example\r\nMessage-ID: <%d.%d@x>\r\nSubject: nr %d i %d\r\n\r\n%s\r\n", n, i, n, i, bytes.Repeat([]byte("blåbær og tyttebær\r\n"), n*n*2))
			// Courier's own files have bare line ends; it sends whole ones.
			if err := server.Put(mailtest.User, folder, bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n")), time.Unix(int64(1_700_000_000+n), 0), []string{"", "S", "RS"}[n%3]); err != nil {
				t.Fatal(err)
			}
			want[fmt.Sprintf("nr %d i %d", n, i)] = raw
		}
	}
	s := open(t, t.TempDir())
	ctx := context.Background()
	run := func() (fresh, gone int) {
		t.Helper()
		j := job(s, nil)
		j.Dial = dialer(server.Host, server.Port, server.CA)
		r, err := j.Run(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range r.Folders {
			if f.Err != nil || f.Failed > 0 {
				t.Errorf("%+v", f)
			}
			fresh, gone = fresh+f.New, gone+f.Gone
		}
		return fresh, gone
	}
	if fresh, _ := run(); fresh != len(want) {
		t.Errorf("%d came, want %d", fresh, len(want))
	}
	same(t, s, want, true)
	before := server.Listing(t, mailtest.User)
	if fresh, gone := run(); fresh+gone > 0 {
		t.Errorf("again: %d new, %d gone", fresh, gone)
	}
	if after := server.Listing(t, mailtest.User); after != before {
		t.Errorf("the mailbox has changed:\n%s\nwas\n%s", after, before)
	}
	rows, err := s.List(post.Query{Unread: true}, 0, 1000)
	if err != nil || len(rows) != 42 {
		t.Errorf("%d unread, want 42: %v", len(rows), err)
	}
	raw := []byte("Message-ID: <ny@x>\r\nSubject: ny\r\n\r\nhei\r\n")
	server.Deliver(t, mailtest.User, "Sak", raw, time.Now())
	if fresh, gone := run(); fresh != 1 || gone != 0 {
		t.Errorf("one more: %d new, %d gone", fresh, gone)
	}
	box, err := dialer(server.Host, server.Port, server.CA)(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer box.Close()
	draft := []byte("Message-ID: <kladd@x>\r\nSubject: kladd\r\n\r\n" + strings.Repeat("hei\r\n", 5000))
	if _, err := box.Append(ctx, "INBOX.Sendt", draft, time.Now()); err != nil {
		t.Error(err)
	}
	if found, err := box.Find(ctx, "INBOX.Sendt", "<kladd@x>"); err != nil || len(found) != 1 {
		t.Errorf("the draft: %v %v", found, err)
	}
}
