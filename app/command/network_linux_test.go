package command

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"kompetansepilot/app/mail/mailtest"
	"kompetansepilot/app/mail/parse"
	"kompetansepilot/data/post"
)

// packets are the counters of the network namespace that move when anything is sent or
// tried: it has no line, so each try is counted as one without a route.
func packets(t *testing.T) string {
	t.Helper()
	raw, err := os.ReadFile("/proc/net/snmp")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	var moved []string
	for line := range strings.SplitSeq(string(raw), "\n") {
		fields := strings.Fields(line)
		if len(fields) == 0 {
			continue
		}
		if len(names) > 0 && names[0] == fields[0] {
			for i, name := range names {
				switch fields[0] + name {
				case "Ip:OutRequests", "Ip:OutNoRoutes", "Tcp:ActiveOpens", "Udp:OutDatagrams", "Icmp:OutMsgs":
					moved = append(moved, name+" "+fields[i])
				}
			}
			names = nil
			continue
		}
		names = fields
	}
	return strings.Join(moved, ", ")
}

// TestChildShowsMail is what TestShowingSendsNoPacket runs without a network.
func TestChildShowsMail(t *testing.T) {
	if os.Getenv("WITHOUT_NETWORK") == "" {
		t.Skip("run by TestShowingSendsNoPacket")
	}
	l := newLine(t)
	l.run(0, "", "demo")
	store, err := post.Open(post.PathFor(l.workspace))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	f, err := store.FolderOf("a", "INBOX", "inbox")
	if err != nil {
		t.Fatal(err)
	}
	var all []post.Arrived
	for i, raw := range mailtest.Luring("lokke.example") {
		all = append(all, post.Arrived{UID: uint32(i + 1), Raw: raw, Key: post.Key(raw), Index: parse.Index(raw)})
	}
	if err := store.Add(f, all); err != nil {
		t.Fatal(err)
	}
	before := packets(t)
	for _, m := range all {
		if out, _ := l.run(0, "", "mail", "show", m.Key); !strings.Contains(out, "lokketekst") {
			t.Errorf("%s", out)
		}
		l.run(0, "", "mail", "explain", m.Key)
	}
	after := packets(t)
	if after != before {
		t.Errorf("something was sent: %s, before %s", after, before)
	}
	if c, err := net.DialTimeout("tcp", "192.0.2.1:80", time.Second); err == nil {
		_ = c.Close()
		t.Error("there is a network")
	}
	if tried := packets(t); tried == after {
		t.Errorf("a try is not seen: %s", tried)
	}
	fmt.Println("shown", len(all))
}

// TestShowingSendsNoPacket shows letters that lure in every way, in a network namespace
// without a line, and reads the kernel's counters: not one packet was tried.
func TestShowingSendsNoPacket(t *testing.T) {
	child := exec.Command(os.Args[0], "-test.run=^TestChildShowsMail$", "-test.v")
	child.Env = append(os.Environ(), "WITHOUT_NETWORK=1")
	child.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWUSER | syscall.CLONE_NEWNET,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}, GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}}
	out, err := child.CombinedOutput()
	if err != nil && len(out) == 0 {
		t.Skipf("no network namespace can be made here: %v", err)
	}
	if err != nil || !strings.Contains(string(out), "shown ") {
		t.Errorf("%v\n%s", err, out)
	}
}
