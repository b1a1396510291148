package signin

import (
	"context"
	"net"
	"strings"
)

// Resolver asks the domain name system; nil is the machine's own.
type Resolver interface {
	LookupSRV(ctx context.Context, service, proto, name string) (cname string, addrs []*net.SRV, err error)
	LookupMX(ctx context.Context, name string) ([]*net.MX, error)
}

// Discover finds the IMAP server of an address: from the domain's SRV record (RFC
// 6186), else from who takes its mail. host is "" when neither tells.
func Discover(ctx context.Context, address string, r Resolver) (host string, port int) {
	_, domain, ok := strings.Cut(address, "@")
	if !ok || domain == "" {
		return "", 0
	}
	if r == nil {
		r = net.DefaultResolver
	}
	if _, all, err := r.LookupSRV(ctx, "imaps", "tcp", domain); err == nil {
		for _, s := range all {
			if name := strings.TrimSuffix(s.Target, "."); name != "" {
				return name, int(s.Port)
			}
		}
	}
	if host := known(domain); host != "" {
		return host, 993
	}
	if all, err := r.LookupMX(ctx, domain); err == nil {
		for _, mx := range all {
			if host := known(strings.ToLower(strings.TrimSuffix(mx.Host, "."))); host != "" {
				return host, 993
			}
		}
	}
	return "", 0
}

// known is the IMAP server of who runs the mail of a host.
func known(host string) string {
	for _, k := range []struct{ end, imap string }{
		{"mail.protection.outlook.com", "outlook.office365.com"}, {"outlook.com", "outlook.office365.com"}, {"hotmail.com", "outlook.office365.com"},
		{"google.com", "imap.gmail.com"}, {"googlemail.com", "imap.gmail.com"}, {"gmail.com", "imap.gmail.com"},
		{"domeneshop.no", "imap.domeneshop.no"}, {"one.com", "imap.one.com"}, {"icloud.com", "imap.mail.me.com"}, {"online.no", "imap.online.no"},
	} {
		if host == k.end || strings.HasSuffix(host, "."+k.end) {
			return k.imap
		}
	}
	return ""
}
