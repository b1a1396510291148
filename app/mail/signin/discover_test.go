package signin_test

import (
	"context"
	"net"
	"testing"

	"kompetansepilot/app/mail/signin"
)

// names is a domain name system of a test's own.
type names struct {
	srv   map[string][]*net.SRV
	mx    map[string]string
	cname map[string]string
	host  map[string]string
	down  bool
	asked []string
}

func (n *names) missing(name string) error {
	n.asked = append(n.asked, name)
	if n.down {
		return &net.DNSError{Err: "no route", Name: name, IsTemporary: true}
	}
	return &net.DNSError{Err: "no such host", Name: name, IsNotFound: true}
}

func (n *names) LookupSRV(_ context.Context, service, proto, name string) (string, []*net.SRV, error) {
	if all := n.srv["_"+service+"._"+proto+"."+name]; all != nil {
		return "", all, nil
	}
	return "", nil, n.missing(name)
}

func (n *names) LookupMX(_ context.Context, name string) ([]*net.MX, error) {
	if host := n.mx[name]; host != "" {
		return []*net.MX{{Host: host}}, nil
	}
	return nil, n.missing(name)
}

func (n *names) LookupCNAME(_ context.Context, name string) (string, error) {
	if to := n.cname[name]; to != "" {
		return to, nil
	}
	return "", n.missing(name)
}

func (n *names) LookupHost(_ context.Context, name string) ([]string, error) {
	if ip := n.host[name]; ip != "" {
		return []string{ip}, nil
	}
	return nil, n.missing(name)
}

func TestDiscover(t *testing.T) {
	dns := &names{
		srv: map[string][]*net.SRV{
			"_imaps._tcp.srv.example":  {{Target: "imap.annet.example.", Port: 1993}, {Target: "reserve.example.", Port: 993}},
			"_imaps._tcp.none.example": {{Target: ".", Port: 0}},
			"_imaps._tcp.sky.example":  {{Target: "outlook.office365.com.", Port: 993}},
		},
		mx: map[string]string{
			"innlandet.example": "innlandet-example.mail.protection.outlook.com.", "ny.example": "ny-example.o-v1.mx.microsoft.", "skole.example": "ASPMX.L.GOOGLE.COM.",
			"filter.example": "mx1.filter.example.", "egen.example": "mx.egen.example.", "xn--frde-gra.example": "x.mail.protection.outlook.com.", "ond.example": "evil-google.com.",
		},
		cname: map[string]string{"autodiscover.filter.example": "autodiscover.outlook.com."},
		host:  map[string]string{"mail.egen.example": "192.0.2.1"},
	}
	for address, want := range map[string]signin.Found{
		"a@srv.example":        {Host: "imap.annet.example", Port: 1993, SignIn: signin.WithPassword, How: signin.BySRV},
		"a@sky.example":        {Host: "outlook.office365.com", Port: 993, SignIn: signin.WithMicrosoft, How: signin.BySRV},
		"a@none.example":       {Port: 993, SignIn: signin.WithPassword},
		" A@INNLANDET.example": {Host: "outlook.office365.com", Port: 993, SignIn: signin.WithMicrosoft, How: signin.ByMX},
		"a@ny.example":         {Host: "outlook.office365.com", Port: 993, SignIn: signin.WithMicrosoft, How: signin.ByMX},
		"a@skole.example":      {Host: "imap.gmail.com", Port: 993, SignIn: signin.WithGoogle, How: signin.ByMX},
		"a@filter.example":     {Host: "outlook.office365.com", Port: 993, SignIn: signin.WithMicrosoft, How: signin.ByMX},
		"a@egen.example":       {Host: "mail.egen.example", Port: 993, SignIn: signin.WithPassword, How: signin.ByGuess},
		"a@førde.example":      {Host: "outlook.office365.com", Port: 993, SignIn: signin.WithMicrosoft, How: signin.ByMX},
		"a@ond.example":        {Port: 993, SignIn: signin.WithPassword},
		"a@gmail.com":          {Host: "imap.gmail.com", Port: 993, SignIn: signin.WithGoogle, How: signin.ByDomain},
		"a@ukjent.example":     {Port: 993, SignIn: signin.WithPassword},
		"ikke en adresse":      {Port: 993, SignIn: signin.WithPassword},
		"a@":                   {Port: 993, SignIn: signin.WithPassword},
		"a@a b.example":        {Port: 993, SignIn: signin.WithPassword},
	} {
		if got := signin.Discover(context.Background(), address, dns); got != want {
			t.Errorf("%s: %+v", address, got)
		}
	}
	if got := signin.Discover(context.Background(), "a@ukjent.example", &names{down: true}); !got.Offline || got.Host != "" {
		t.Errorf("without a network: %+v", got)
	}
	quiet := &names{}
	if signin.Discover(context.Background(), "a@gmail.com", quiet); len(quiet.asked) != 0 {
		t.Error("asked of a domain that is known", quiet.asked)
	}
	for host, way := range map[string]string{"outlook.office365.com": signin.WithMicrosoft, "IMAP.gmail.com.": signin.WithGoogle, "imap.fylke.no": signin.WithPassword, "imap.domeneshop.no": signin.WithPassword} {
		if got := signin.WayOf(host); got != way {
			t.Errorf("%s: %s", host, got)
		}
	}
}
