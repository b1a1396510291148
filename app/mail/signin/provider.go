package signin

import (
	"encoding/json"
	"net"
	"net/url"
	"regexp"
	"strings"

	"kompetansepilot/assets"
	"kompetansepilot/data"
	"kompetansepilot/internal/lazyregexp"
)

// Ways of signing in, as an account keeps them.
const (
	WithPassword  = "password"
	WithMicrosoft = "microsoft"
	WithGoogle    = "google"
)

// Provider is who gives tokens: data, so that a county can have its own. In the
// addresses "{tenant}" and "{client}" stand for the account's own.
type Provider struct {
	ID   string `json:"id"`
	Name string `json:"name"`

	Authorize string `json:"authorize"`
	Token     string `json:"token"`
	Device    string `json:"device,omitempty"`  // "" where there is no sign-in with a code
	Consent   string `json:"consent,omitempty"` // where an administrator approves the program
	// Issuer must be in the answer, when the answer names one (RFC 9207).
	// "{tenantid}" stands for any number of a tenant.
	Issuer     string `json:"issuer,omitempty"`
	IssuerSent bool   `json:"issuerSent,omitempty"` // an answer without its issuer is refused

	Tenant     string            `json:"tenant,omitempty"` // where the account has none
	Scopes     []string          `json:"scopes"`
	Parameters map[string]string `json:"parameters,omitempty"` // more for Authorize
	// Redirect is the name of this machine in the answer's address: "localhost",
	// also for "", or "127.0.0.1".
	Redirect string `json:"redirect,omitempty"`
	Secret   bool   `json:"secret,omitempty"` // asks for a client secret
}

// hostOf tells where the mail of domains is, by the end of a name in the domain
// name system.
type hostOf struct {
	Ends   []string `json:"ends"`
	Host   string   `json:"host"`
	SignIn string   `json:"signIn"`
}

type knownPlaces struct {
	Providers []Provider `json:"providers"`
	Servers   []hostOf   `json:"servers"`
}

// places reads what is built into the program.
func places() knownPlaces {
	var k knownPlaces
	raw, err := assets.FS.ReadFile("mail/providers.json")
	if err == nil {
		err = json.Unmarshal(raw, &k)
	}
	if err != nil {
		panic(err) // an embedded file; a test reads it
	}
	return k
}

// ProviderOf is the provider of a way of signing in. own are the endpoints of an
// account that has its own, as JSON, else "".
func ProviderOf(way, own string) (Provider, error) {
	if own != "" {
		return ParseProvider([]byte(own))
	}
	for _, p := range places().Providers {
		if p.ID == way {
			return p, nil
		}
	}
	return Provider{}, data.NewError("mailSignInWay", "«{{.Way}}» er ikke en måte å logge på. Ingenting er lagret. Velg passord, Microsoft 365 eller Google.", nil, "Way", way)
}

// ParseProvider reads a county's own endpoints and checks that all speak https.
func ParseProvider(raw []byte) (Provider, error) {
	var p Provider
	if err := json.Unmarshal(raw, &p); err != nil {
		return p, badProvider("JSON", err)
	}
	for name, address := range map[string]string{"authorize": p.Authorize, "token": p.Token, "device": p.Device, "consent": p.Consent} {
		needed := name == "authorize" || name == "token"
		if address == "" && !needed {
			continue
		}
		if u, err := url.Parse(address); err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil || strings.ContainsAny(u.Host, "{}") {
			return p, badProvider(name, err)
		}
	}
	switch {
	case len(p.Scopes) == 0:
		return p, badProvider("scopes", nil)
	case p.Redirect != "" && p.Redirect != "localhost" && p.Redirect != "127.0.0.1":
		return p, badProvider("redirect", nil)
	}
	if p.Name == "" {
		u, _ := url.Parse(p.Authorize) // it was read above
		p.Name = u.Hostname()
	}
	return p, nil
}

func badProvider(part string, cause error) error {
	return data.NewError("mailEndpoints", "Adressene til påloggingstjenesten kan ikke brukes: se på «{{.Part}}». Ingenting er lagret. Alle adressene må begynne med https://, og «authorize», «token» og «scopes» må være med.", cause, "Part", part)
}

var (
	tenantForm = lazyregexp.New(`^[A-Za-z0-9][A-Za-z0-9.-]*$`)
	clientForm = lazyregexp.New(`^[A-Za-z0-9._:/-]+$`)
	guidForm   = `[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}`
)

// The longest names; the lengths stand apart from the forms, because an expression
// that counts to hundreds is slow to make, and these are made at every start.
const (
	leastClient = 3
	mostClient  = 255
	mostTenant  = 253
)

func isTenant(text string) bool { return len(text) <= mostTenant && tenantForm.MatchString(text) }

func isClient(text string) bool {
	return len(text) >= leastClient && len(text) <= mostClient && clientForm.MatchString(text)
}

// fill puts the account's own into an address.
func (c Client) fill(address string) string {
	return strings.NewReplacer("{tenant}", url.PathEscape(c.tenant()), "{client}", url.QueryEscape(c.ID)).Replace(address)
}

func (c Client) tenant() string {
	if c.Tenant != "" {
		return c.Tenant
	}
	return c.Provider.Tenant
}

// ConsentAddress is where an administrator approves the program, or "".
func (c Client) ConsentAddress() string {
	if c.Provider.Consent == "" || c.ID == "" {
		return ""
	}
	return c.fill(c.Provider.Consent)
}

// issuedBy tells whether iss names the provider.
func (c Client) issuedBy(iss string) bool {
	if iss == "" || c.Provider.Issuer == "" {
		return !c.Provider.IssuerSent
	}
	pattern := strings.ReplaceAll(regexp.QuoteMeta(c.fill(c.Provider.Issuer)), `\{tenantid\}`, guidForm)
	ok, err := regexp.MatchString("^"+pattern+"$", iss)
	return err == nil && ok
}

// loopback tells whether an address is one of this machine.
func loopback(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
}
