// Package mailtest starts the servers that the tests of the mail need.
package mailtest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// Users of the server, each with its password.
const (
	User     = "post@fylke.example"
	Other    = "kompetanse@fylke.example"
	Password = "hemmelig passord"
)

// Server is a Dovecot of the test's own.
type Server struct {
	OIDC   *OIDC // nil without [DovecotOAuth]
	Host   string
	Port   int
	CA     *x509.CertPool
	CAFile string

	folder string
	log    string
	count  atomic.Int64
}

// Dovecot starts a server with TLS on a port of its own, on this machine only, and
// stops it with the test. The test is skipped where Dovecot is not installed.
func Dovecot(tb testing.TB) *Server {
	tb.Helper()
	return start(tb, false)
}

// DovecotOAuth is Dovecot that also takes the tokens of a provider on this machine,
// with the same root. Its users are those of Dovecot, [Person] and [Shared].
func DovecotOAuth(tb testing.TB) *Server {
	tb.Helper()
	return start(tb, true)
}

func start(tb testing.TB, tokens bool) *Server {
	tb.Helper()
	program, err := exec.LookPath("dovecot")
	if err != nil {
		if program = "/usr/sbin/dovecot"; !exists(program) {
			tb.Skip("dovecot is not installed; scripts/setup.sh test installs it")
		}
	}
	dir, err := os.MkdirTemp("", "kpilot-dovecot-") // short: a socket's path has a limit
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = os.RemoveAll(dir) })
	s := &Server{Host: "127.0.0.1", Port: freePort(tb), folder: filepath.Join(dir, "mail"), log: filepath.Join(dir, "log")}
	s.CA, s.CAFile = certificates(tb, dir)
	users := []string{User, Other}
	if tokens {
		users = append(users, Person, Shared)
		s.OIDC = serveOIDC(tb, dir, s.CA)
		s.OIDC.lay(tb, dir)
	}
	config := filepath.Join(dir, "dovecot.conf")
	if err := os.WriteFile(config, []byte(s.config(tb, dir)), 0o600); err != nil {
		tb.Fatal(err)
	}
	for _, u := range users {
		for _, f := range []string{"cur", "new", "tmp"} {
			if err := os.MkdirAll(filepath.Join(s.folder, u, f), 0o700); err != nil {
				tb.Fatal(err)
			}
		}
	}
	own(tb, dir)
	command := exec.Command(program, "-F", "-c", config)
	command.Stderr = os.Stderr
	if err := command.Start(); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		_ = command.Process.Signal(os.Interrupt)
		_ = command.Wait()
	})
	s.wait(tb)
	return s
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// owner is the ordinary user that the mail belongs to when the tests run as root,
// as they do in a container.
const owner = "nobody"

func (s *Server) config(tb testing.TB, dir string) string {
	who := owner
	group := "nogroup"
	if os.Getuid() != 0 {
		me, err := user.Current()
		if err != nil {
			tb.Fatal(err)
		}
		g, err := user.LookupGroupId(me.Gid)
		if err != nil {
			tb.Fatal(err)
		}
		who, group = me.Username, g.Name
	}
	passwords := filepath.Join(dir, "users")
	var lines []string
	for _, u := range []string{User, Other} {
		lines = append(lines, fmt.Sprintf("%s:{PLAIN}%s::::::", u, Password))
	}
	if err := os.WriteFile(passwords, []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
		tb.Fatal(err)
	}
	mechanisms, oauth := "plain login", ""
	if s.OIDC != nil {
		mechanisms, oauth = "plain login xoauth2 oauthbearer", s.OIDC.passdb(tb, dir)
	}
	return fmt.Sprintf(`
base_dir = %[1]s/run
state_dir = %[1]s/state
log_path = %[2]s
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <%[1]s/cert.pem
ssl_key = <%[1]s/key.pem
disable_plaintext_auth = yes
auth_mechanisms = %[7]s
auth_failure_delay = 0
mail_location = maildir:%[3]s/%%u
mail_uid = %[4]s
mail_gid = %[5]s
first_valid_uid = 1
first_valid_gid = 1
default_internal_user = %[4]s
default_login_user = %[4]s
default_internal_group = %[5]s
mail_max_userip_connections = 50
%[8]spassdb {
  driver = passwd-file
  mechanisms = plain login
  args = scheme=PLAIN username_format=%%u %[1]s/users
}
userdb {
  driver = static
  args = uid=%[4]s gid=%[5]s home=%[3]s/%%u
}
namespace inbox {
  inbox = yes
  separator = /
  mailbox Utkast {
    auto = create
    special_use = \Drafts
  }
  mailbox Sendt {
    auto = create
    special_use = \Sent
  }
}
service anvil {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = 0
  }
  inet_listener imaps {
    port = %[6]d
    ssl = yes
  }
}
service stats {
  unix_listener stats-writer {
    mode = 0666
  }
}
`, dir, s.log, s.folder, who, group, s.Port, mechanisms, oauth)
}

// own gives the folder to the user that the mail belongs to.
func own(tb testing.TB, dir string) {
	if os.Getuid() != 0 {
		return
	}
	u, err := user.Lookup(owner)
	if err != nil {
		tb.Fatal(err)
	}
	uid, _ := strconv.Atoi(u.Uid)
	gid, _ := strconv.Atoi(u.Gid)
	err = filepath.Walk(dir, func(path string, _ os.FileInfo, err error) error {
		if err != nil {
			return err
		}
		return os.Chown(path, uid, gid)
	})
	if err != nil {
		tb.Fatal(err)
	}
}

func freePort(tb testing.TB) int {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

func (s *Server) wait(tb testing.TB) {
	for range 200 {
		c, err := tls.Dial("tcp", net.JoinHostPort(s.Host, strconv.Itoa(s.Port)), &tls.Config{RootCAs: s.CA, ServerName: s.Host})
		if err == nil {
			_ = c.Close()
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
	content, _ := os.ReadFile(s.log)
	tb.Fatalf("dovecot does not answer:\n%s", content)
}

// Deliver lays a message into a folder ("" is the inbox) as a delivery would. date
// is when it came.
func (s *Server) Deliver(tb testing.TB, user, folder string, message []byte, date time.Time) {
	tb.Helper()
	if err := s.Put(user, folder, message, date, ""); err != nil {
		tb.Fatal(err)
	}
}

// Put is Deliver with flags as Maildir writes them ("S" for seen).
func (s *Server) Put(user, folder string, message []byte, date time.Time, flags string) error {
	dir := filepath.Join(s.folder, user)
	if folder != "" && folder != "INBOX" {
		dir = filepath.Join(dir, "."+strings.ReplaceAll(folder, "/", "."))
		if err := s.makeFolder(dir); err != nil {
			return err
		}
	}
	name := fmt.Sprintf("%d.M%dP1.test,S=%d", date.Unix(), s.count.Add(1), len(message))
	sub := "new"
	if flags != "" {
		sub, name = "cur", name+":2,"+flags
	}
	path := filepath.Join(dir, sub, name)
	if err := os.WriteFile(path, message, 0o600); err != nil {
		return err
	}
	if err := os.Chtimes(path, date, date); err != nil {
		return err
	}
	return s.give(path)
}

func (s *Server) makeFolder(dir string) error {
	for _, f := range []string{"", "cur", "new", "tmp"} {
		path := filepath.Join(dir, f)
		if exists(path) {
			continue
		}
		if err := os.MkdirAll(path, 0o700); err != nil {
			return err
		}
		if err := s.give(path); err != nil {
			return err
		}
	}
	return nil
}

// give hands a path to the user that the mail belongs to.
func (s *Server) give(path string) error {
	if os.Getuid() != 0 {
		return nil
	}
	u, err := user.Lookup(owner)
	if err != nil {
		return err
	}
	uid, _ := strconv.Atoi(u.Uid)
	gid, _ := strconv.Atoi(u.Gid)
	return os.Chown(path, uid, gid)
}

// Listing tells how a user's mail stands on the disk: every message with its flags
// in its name, and its bytes' time. Reading must not change it, but for the
// moving from new to cur that the server does.
func (s *Server) Listing(tb testing.TB, user string) string {
	tb.Helper()
	var lines []string
	root := filepath.Join(s.folder, user)
	err := filepath.Walk(root, func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		sub := filepath.Base(filepath.Dir(path))
		if sub != "cur" && sub != "new" {
			return nil
		}
		folder, _ := filepath.Rel(root, filepath.Dir(filepath.Dir(path)))
		name, flags, _ := strings.Cut(info.Name(), ":2,")
		lines = append(lines, fmt.Sprintf("%s %s [%s] %d", folder, name, flags, info.Size()))
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	return strings.Join(lines, "\n")
}

// certificates makes a root and a certificate of the server, and gives the root.
func certificates(tb testing.TB, dir string) (pool *x509.CertPool, file string) {
	rootKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		tb.Fatal(err)
	}
	root := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Kompetansepilot test"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	rootRaw, err := x509.CreateCertificate(rand.Reader, root, root, &rootKey.PublicKey, rootKey)
	if err != nil {
		tb.Fatal(err)
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		tb.Fatal(err)
	}
	leaf := &x509.Certificate{SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "localhost"}, NotBefore: root.NotBefore, NotAfter: root.NotAfter,
		DNSNames: []string{"localhost"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}}
	raw, err := x509.CreateCertificate(rand.Reader, leaf, root, &key.PublicKey, rootKey)
	if err != nil {
		tb.Fatal(err)
	}
	keyRaw, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		tb.Fatal(err)
	}
	write := func(name, kind string, raw []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: raw}), 0o644); err != nil {
			tb.Fatal(err)
		}
		return path
	}
	file = write("ca.pem", "CERTIFICATE", rootRaw)
	write("cert.pem", "CERTIFICATE", raw)
	write("key.pem", "EC PRIVATE KEY", keyRaw)
	pool = x509.NewCertPool()
	parsed, err := x509.ParseCertificate(rootRaw)
	if err != nil {
		tb.Fatal(err)
	}
	pool.AddCert(parsed)
	return pool, file
}

// Files are the messages of a folder as they lie on the disk.
func (s *Server) Files(tb testing.TB, user, folder string) [][]byte {
	tb.Helper()
	var all [][]byte
	for _, sub := range []string{"new", "cur"} {
		paths, err := filepath.Glob(filepath.Join(s.folder, user, "."+folder, sub, "*"))
		if err != nil {
			tb.Fatal(err)
		}
		for _, path := range paths {
			raw, err := os.ReadFile(path)
			if err != nil {
				tb.Fatal(err)
			}
			all = append(all, raw)
		}
	}
	return all
}
