package imap_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"kompetansepilot/app/mail/mailtest"
	"kompetansepilot/data/post"
)

// TestManyOddFolders: bad input 19. Ten thousand folders, and names that are made to
// do harm: they come as the server has them, and opening them sends nothing else than
// one EXAMINE. Those that nobody can decode are left out, and the others stay.
func TestManyOddFolders(t *testing.T) {
	evil := []string{"../../etc/passwd", "a/b", "b\r\na9 DELETE INBOX", `c" "d`, "Søknader", "Årsmøte", strings.Repeat("lang", 1000), "\x1b[31mrød", "{12}", "*", "Drift & stell", "kvar dag"}
	wire := []string{`"../../etc/passwd"`, `"a/b"`, `"b&AA0ACg-a9 DELETE INBOX"`, `"c\" \"d"`, `"S&APg-knader"`, `"Årsmøte"`, `"` + strings.Repeat("lang", 1000) + `"`, `"&ABs-[31mr&APg-d"`, `"{12}"`, `"*"`, `"Drift &- stell"`,
		"{8}\r\nkvar dag", `"Drift & stell"`, `"&!!-"`, "\"b\xe5t\"", "\"\x1b[31m\"", "{19}\r\nb\r\na9 DELETE INBOX"}
	s := mailtest.Script(t, answers{
		"LIST": func(p *mailtest.Peer) {
			for i := range 10_000 {
				p.Say(`* LIST () "/" "Mappe %d"`, i)
			}
			for _, name := range wire {
				p.Say(`* LIST () "/" %s`, name)
			}
			p.OK()
		},
		"EXAMINE": func(p *mailtest.Peer) {
			for strings.HasSuffix(p.Rest, "}") { // a name in a literal
				var n int64
				if _, err := fmt.Sscanf(p.Rest[strings.LastIndexByte(p.Rest, '{'):], "{%d", &n); err != nil {
					return
				}
				p.Say("+ ja")
				p.Skip(n)
				p.Rest = p.Line()
			}
			p.Say("* 1 EXISTS\r\n* OK [UIDVALIDITY 1] \r\n* OK [UIDNEXT 2] ")
			p.OK()
		},
	})
	b, err := open(t, s)
	if err != nil {
		t.Fatal(err)
	}
	folders, err := b.Folders(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if len(folders) != 10_000+len(evil) {
		t.Errorf("%d folders", len(folders))
	}
	var names []string
	for _, f := range folders {
		names = append(names, f.Name)
		if !utf8.ValidString(f.Name) {
			t.Errorf("%q", f.Name)
		}
		if shown := post.FolderTitle(f.Name); strings.ContainsAny(shown, "\r\n\x1b\x00") || len([]rune(shown)) > 210 {
			t.Errorf("shown as %q", shown)
		}
	}
	for _, name := range evil {
		if !slices.Contains(names, name) {
			t.Errorf("%.40q is not among them", name)
			continue
		}
		if _, err := b.Examine(context.Background(), name); err != nil {
			t.Errorf("%.40q: %v", name, err)
		}
	}
	onlyReads(t, s.Commands())
}
