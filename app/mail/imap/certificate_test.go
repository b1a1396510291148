package imap_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"math/big"
	"net"
	"slices"
	"testing"
	"time"

	"kompetansepilot/app/mail/imap"
	"kompetansepilot/app/mail/mailtest"
	"kompetansepilot/data"
)

// TestCertificateOfAnother: a trusted certificate for another name, or one that has
// run out, is refused before anything is said.
func TestCertificateOfAnother(t *testing.T) {
	for name, c := range map[string]struct {
		ip   net.IP
		ends time.Duration
		code string
	}{
		"right":   {net.IPv4(127, 0, 0, 1), time.Hour, ""},
		"name":    {net.IPv4(127, 0, 0, 9), time.Hour, imap.CodeUnknownCA},
		"expired": {net.IPv4(127, 0, 0, 1), -time.Hour, imap.CodeUnknownCA},
	} {
		key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		template := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-48 * time.Hour), NotAfter: time.Now().Add(c.ends), IPAddresses: []net.IP{c.ip},
			IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature}
		raw, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
		if err != nil {
			t.Fatal(err)
		}
		parsed, err := x509.ParseCertificate(raw)
		if err != nil {
			t.Fatal(err)
		}
		s := mailtest.ScriptTLS(t, nil, &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{raw}, PrivateKey: key}}})
		s.CA = x509.NewCertPool()
		s.CA.AddCert(parsed)
		if _, err := open(t, s); data.Code(err) != c.code {
			t.Errorf("%s: %v", name, err)
		}
		if c.code != "" && slices.Contains(s.Commands(), "AUTHENTICATE") {
			t.Errorf("%s: the sign-in was sent", name)
		}
	}
}
