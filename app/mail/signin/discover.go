package signin

import (
	"context"
	"errors"
	"net"
	"strings"
	"time"

	"golang.org/x/net/idna"
)

// Resolver asks the domain name system; nil is the machine's own.
type Resolver interface {
	LookupSRV(ctx context.Context, service, proto, name string) (cname string, addrs []*net.SRV, err error)
	LookupMX(ctx context.Context, name string) ([]*net.MX, error)
	LookupCNAME(ctx context.Context, name string) (string, error)
	LookupHost(ctx context.Context, name string) ([]string, error)
}

// How a server was found.
const (
	BySRV    = "srv"    // the domain says where its mail is (RFC 6186)
	ByDomain = "domain" // the address is at a known provider
	ByMX     = "mx"     // a known provider takes the domain's mail
	ByGuess  = "guess"  // there is a server with the usual name
)

// Found is where a mailbox is, and how one signs in to it.
type Found struct {
	Host   string // "" when nothing tells
	Port   int
	SignIn string // WithPassword, WithMicrosoft or WithGoogle
	How    string // BySRV and so on, "" when nothing tells
	// Offline tells that nobody could be asked: the machine has no network.
	Offline bool
}

// findTime is the longest that a search may take.
const findTime = 10 * time.Second

// Discover finds the IMAP server of an address, and the way of signing in: from the
// domain's SRV record, else from who takes its mail or knows its mailboxes, else by
// the usual names.
func Discover(ctx context.Context, address string, r Resolver) Found {
	none := Found{Port: 993, SignIn: WithPassword}
	_, domain, ok := strings.Cut(strings.ToLower(strings.TrimSpace(address)), "@")
	ascii, err := idna.Lookup.ToASCII(domain)
	if !ok || err != nil || !strings.Contains(ascii, ".") {
		return none
	}
	domain = ascii
	known := places().Servers
	if h := byEnd(known, domain); h != nil {
		return Found{Host: h.Host, Port: 993, SignIn: h.SignIn, How: ByDomain}
	}
	if r == nil {
		r = net.DefaultResolver
	}
	ctx, cancel := context.WithTimeout(ctx, findTime)
	defer cancel()
	answered := false
	heard := func(err error) bool {
		var dns *net.DNSError
		answered = answered || err == nil || errors.As(err, &dns) && dns.IsNotFound
		return err == nil
	}
	if _, all, err := r.LookupSRV(ctx, "imaps", "tcp", domain); heard(err) {
		for _, s := range all {
			if name := bare(s.Target); name != "" && s.Port != 0 {
				f := Found{Host: name, Port: int(s.Port), SignIn: WithPassword, How: BySRV}
				if h := byEnd(known, name); h != nil {
					f.SignIn = h.SignIn
				}
				return f
			}
		}
	}
	if all, err := r.LookupMX(ctx, domain); heard(err) {
		for _, mx := range all {
			if h := byEnd(known, bare(mx.Host)); h != nil {
				return Found{Host: h.Host, Port: 993, SignIn: h.SignIn, How: ByMX}
			}
		}
	}
	// A filter may take the mail before Microsoft does; then Outlook's record tells.
	if name, err := r.LookupCNAME(ctx, "autodiscover."+domain); heard(err) {
		if h := byEnd(known, bare(name)); h != nil {
			return Found{Host: h.Host, Port: 993, SignIn: h.SignIn, How: ByMX}
		}
	}
	for _, name := range []string{"imap." + domain, "mail." + domain} {
		if all, err := r.LookupHost(ctx, name); heard(err) && len(all) > 0 {
			return Found{Host: name, Port: 993, SignIn: WithPassword, How: ByGuess}
		}
	}
	none.Offline = !answered
	return none
}

func bare(name string) string { return strings.ToLower(strings.TrimSuffix(name, ".")) }

// byEnd is the place whose names end as name does, or nil.
func byEnd(all []hostOf, name string) *hostOf {
	for i := range all {
		for _, end := range all[i].Ends {
			if name == end || strings.HasSuffix(name, "."+end) {
				return &all[i]
			}
		}
	}
	return nil
}

// WayOf is how one signs in to a server, by its name.
func WayOf(host string) string {
	host = bare(host)
	for _, h := range places().Servers {
		if h.Host == host || byEnd([]hostOf{h}, host) != nil {
			return h.SignIn
		}
	}
	return WithPassword
}
