package signin

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
	"unicode"

	"golang.org/x/oauth2"

	"kompetansepilot/data"
	"kompetansepilot/internal/lazyregexp"
)

// Codes of the errors of a sign-in that somebody must do something about. Their
// sentences say who, and what.
const (
	CodeAgain         = "mailSignInAgain"     // the sign-in no longer counts
	CodeConsent       = "mailConsent"         // an administrator must approve the program
	CodeNotAssigned   = "mailNotAssigned"     // the person is not given the program
	CodeBlocked       = "mailBlocked"         // a rule of the organisation says no
	CodeDeviceBlocked = "mailDeviceBlocked"   // no sign-in with a code
	CodePublicClient  = "mailPublicClient"    // registered as a program with a secret
	CodeBadSecret     = "mailBadClientSecret" // the client secret is wrong or has run out
	CodeUnknownClient = "mailUnknownClient"   // nobody knows the client id
	CodeUnknownTenant = "mailUnknownTenant"   // nobody knows the tenant
	CodeOtherTenant   = "mailOtherTenant"     // the person belongs elsewhere
	CodeRedirect      = "mailRedirect"        // the answer may not come to this machine
	CodeScope         = "mailScope"           // the right to read mail is missing
	CodeLocked        = "mailUserLocked"      // the person's account is closed
	CodeDenied        = "mailDenied"          // the person said no
	CodeSignInRefused = "mailSignInRefused"   // no, for a reason that is not known here

	// These pass by themselves.
	CodeSignInBusy      = "mailSignInBusy"
	CodeSignInUnreached = "mailSignInUnreached"
	CodeSignInUnknownCA = "mailSignInUnknownCA"

	// These end a sign-in that somebody sits and waits for.
	CodeSignInTimeout = "mailSignInTimeout"
	CodeCodeTooOld    = "mailCodeTooOld"
	CodeWrongAnswer   = "mailWrongAnswer"
)

// NeedsPerson tells whether an error will come again until a person does something:
// trying by itself is then no use.
func NeedsPerson(err error) bool {
	switch data.Code(err) {
	case CodeAgain, CodeConsent, CodeNotAssigned, CodeBlocked, CodeDeviceBlocked, CodePublicClient, CodeBadSecret, CodeUnknownClient, CodeUnknownTenant,
		CodeOtherTenant, CodeRedirect, CodeScope, CodeLocked, CodeDenied, CodeSignInRefused, "mailNoClient", "mailClientSecret":
		return true
	}
	return false
}

// Numbers of Microsoft's errors, by what must be done. Source: Microsoft Entra
// authentication and authorization error codes.
var entraCodes = map[string]string{
	"65001": CodeConsent, "90094": CodeConsent, "90095": CodeConsent, "90093": CodeConsent, "65005": CodeScope,
	"65004": CodeDenied, "50105": CodeNotAssigned,
	"53003": CodeBlocked, "53000": CodeBlocked, "53001": CodeBlocked, "53002": CodeBlocked, "53004": CodeBlocked, "53009": CodeBlocked, "530032": CodeBlocked, "530034": CodeBlocked, "50005": CodeBlocked, "50097": CodeBlocked, "50158": CodeBlocked,
	"7000218": CodePublicClient, "7000215": CodeBadSecret, "7000222": CodeBadSecret,
	"700016": CodeUnknownClient, "700038": CodeUnknownClient, "7000112": CodeUnknownClient, "90013": CodeUnknownClient,
	"90002": CodeUnknownTenant, "900023": CodeUnknownTenant, "50059": CodeUnknownTenant, "50194": CodeUnknownTenant,
	"50020": CodeOtherTenant, "90072": CodeOtherTenant, "500200": CodeOtherTenant, "50034": CodeOtherTenant, "500201": CodeOtherTenant,
	"50011": CodeRedirect, "500113": CodeRedirect, "9002325": CodeRedirect,
	"65002": CodeScope, "70011": CodeScope, "650053": CodeScope, "650057": CodeScope, "650052": CodeScope, "70002": CodePublicClient,
	"50053": CodeLocked, "50057": CodeLocked, "50131": CodeBlocked,
	"70008": CodeAgain, "70043": CodeAgain, "700082": CodeAgain, "700084": CodeAgain, "700081": CodeAgain, "50173": CodeAgain, "50133": CodeAgain, "50055": CodeAgain, "50076": CodeAgain, "50078": CodeAgain, "50079": CodeAgain, "50074": CodeAgain, "50058": CodeAgain, "50089": CodeAgain, "54005": CodeAgain, "9002313": CodeAgain, "70000": CodeAgain,
	"70016": CodeCodeTooOld, "70019": CodeCodeTooOld, "70020": CodeCodeTooOld,
	"50196": CodeSignInBusy, "90033": CodeSignInBusy, "90006": CodeSignInBusy, "50001": CodeScope, "500011": CodeScope, "500014": CodeScope,
}

// oauthCodes are the errors of OAuth 2.0 itself (RFC 6749, 8628), OpenID Connect
// and Google.
var oauthCodes = map[string]string{
	"invalid_grant": CodeAgain, "login_required": CodeAgain, "interaction_required": CodeAgain, "invalid_token": CodeAgain,
	"consent_required": CodeConsent, "admin_policy_enforced": CodeConsent, "org_internal": CodeOtherTenant,
	"access_denied": CodeDenied, "authorization_declined": CodeDenied,
	"invalid_client": CodeUnknownClient, "unauthorized_client": CodeUnknownClient, "deleted_client": CodeUnknownClient, "disabled_client": CodeUnknownClient,
	"redirect_uri_mismatch": CodeRedirect, "invalid_scope": CodeScope,
	"expired_token": CodeCodeTooOld, "code_expired": CodeCodeTooOld, "bad_verification_code": CodeCodeTooOld,
	"temporarily_unavailable": CodeSignInBusy, "server_error": CodeSignInBusy, "slow_down": CodeSignInBusy,
}

var entraNumber = lazyregexp.New(`AADSTS(\d{4,8})`)

// classify tells what a refusal asks for. device tells that the sign-in is with a
// code.
func classify(code, description string, device bool) string {
	if m := entraNumber.FindStringSubmatch(description); m != nil {
		if known := entraCodes[m[1]]; known != "" {
			if known == CodeBlocked && device {
				return CodeDeviceBlocked
			}
			return known
		}
		if code != "invalid_grant" && code != "interaction_required" { // a number that is not known says more than the rest
			return CodeSignInRefused
		}
	}
	low := strings.ToLower(description)
	switch {
	case code == "invalid_request" && strings.Contains(low, "client_secret") && strings.Contains(low, "missing"):
		return CodeBadSecret // Google
	case code == "invalid_client" && strings.Contains(low, "secret"):
		return CodeBadSecret
	case code == "invalid_request" && strings.Contains(low, "redirect_uri"):
		return CodeRedirect
	}
	if known := oauthCodes[code]; known != "" {
		return known
	}
	return CodeSignInRefused
}

// refused is the sentence for what a provider answered.
func (c Client) refused(code, description string, device bool) error {
	return c.fault(classify(code, description, device), code, description)
}

// explain gives an error of a question to the provider its sentence. The error that
// came is left out: it may hold an answer, and so a token.
func (c Client) explain(err error, device bool) error {
	var said *oauth2.RetrieveError
	var address *url.Error
	var unknown x509.UnknownAuthorityError
	var name x509.HostnameError
	var certificate *tls.CertificateVerificationError
	switch {
	case errors.Is(err, context.Canceled):
		return context.Canceled
	case errors.As(err, &said):
		if said.ErrorCode == "" {
			if said.Response != nil && (said.Response.StatusCode >= 500 || said.Response.StatusCode == 429) {
				return c.fault(CodeSignInBusy, "HTTP", said.Response.Status)
			}
			status := ""
			if said.Response != nil {
				status = said.Response.Status
			}
			return c.fault(CodeSignInRefused, "HTTP", status)
		}
		return c.refused(said.ErrorCode, said.ErrorDescription, device)
	case errors.As(err, &unknown), errors.As(err, &name), errors.As(err, &certificate):
		return c.fault(CodeSignInUnknownCA, "TLS", "")
	case errors.As(err, &address):
		return c.fault(CodeSignInUnreached, "", address.Err.Error())
	case errors.Is(err, context.DeadlineExceeded):
		return c.fault(CodeSignInUnreached, "", "timeout")
	}
	var far net.Error
	if errors.As(err, &far) {
		return c.fault(CodeSignInUnreached, "", "network")
	}
	return c.fault(CodeSignInRefused, "answer", "")
}

// plain makes what a provider said fit for a line.
func plain(text string) string {
	text, _, _ = strings.Cut(text, " Trace ID:")
	text = strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsControl(r) || unicode.IsSpace(r) }), " ")
	if r := []rune(text); len(r) > 300 {
		text = string(r[:300]) + "…"
	}
	return text
}

// fault makes an error with a sentence.
func (c Client) fault(kind, code, description string) error {
	reason := plain(strings.TrimSpace(code + " " + description))
	cause := fmt.Errorf("%s: %s", c.Provider.ID, reason)
	p, id, tenant, user := c.Provider.Name, c.ID, c.tenant(), c.User
	switch kind {
	case CodeAgain:
		return data.NewError(CodeAgain, "Påloggingen for {{.User}} gjelder ikke lenger hos {{.Provider}}. Det som er hentet, ligger her. Logg på igjen.", cause, "User", user, "Provider", p)
	case CodeConsent:
		return data.NewError(CodeConsent, "Programmet er ikke godkjent for å lese e-post hos dere. Ingenting er lagret. En administrator i IT må godkjenne appen {{.Client}} hos {{.Provider}}. Kopier oppskriften til IT, og send den.", cause, "Client", id, "Provider", p)
	case CodeNotAssigned:
		return data.NewError(CodeNotAssigned, "{{.User}} har ikke fått appen hos {{.Provider}}. Ingenting er lagret. IT må legge brukeren til under «Users and groups» for appen {{.Client}}.", cause, "User", user, "Client", id, "Provider", p)
	case CodeBlocked:
		return data.NewError(CodeBlocked, "Sikkerhetsreglene hos dere (Conditional Access) stoppet påloggingen for {{.User}}. Det som er hentet, ligger her. IT må åpne for appen {{.Client}}, eller du må logge på fra en PC de godtar.", cause, "User", user, "Client", id)
	case CodeDeviceBlocked:
		return data.NewError(CodeDeviceBlocked, "Sikkerhetsreglene hos dere tillater ikke pålogging med kode. Ingenting er lagret. Slå av «Logg på med kode», og logg på i nettleseren.", cause)
	case CodePublicClient:
		return data.NewError(CodePublicClient, "Appen {{.Client}} er registrert som en nettjeneste og ikke som et program på PC. Ingenting er lagret. IT må slå på «Allow public client flows» og legge til http://localhost under «Mobile and desktop applications».", cause, "Client", id)
	case CodeBadSecret:
		return data.NewError(CodeBadSecret, "Klienthemmeligheten til {{.Client}} er feil, eller den er gått ut. Det som er hentet, ligger her. Be IT om en ny, og logg på igjen.", cause, "Client", id)
	case CodeUnknownClient:
		return data.NewError(CodeUnknownClient, "{{.Provider}} kjenner ikke klient-ID-en {{.Client}} hos leietakeren «{{.Tenant}}». Det som er hentet, ligger her. Se etter at begge er skrevet slik IT ga deg dem.", cause, "Provider", p, "Client", id, "Tenant", tenant)
	case CodeUnknownTenant:
		return data.NewError(CodeUnknownTenant, "{{.Provider}} kjenner ikke leietakeren «{{.Tenant}}». Ingenting er lagret. Skriv domenet til fylket, for eksempel fylke.no, eller ID-en du fikk av IT.", cause, "Provider", p, "Tenant", tenant)
	case CodeOtherTenant:
		return data.NewError(CodeOtherTenant, "Brukeren du logget på med, hører ikke til «{{.Tenant}}» hos {{.Provider}}. Ingenting er lagret. Velg fylkets bruker, {{.User}}, når du logger på.", cause, "Tenant", tenant, "Provider", p, "User", user)
	case CodeRedirect:
		return data.NewError(CodeRedirect, "Appen {{.Client}} får ikke svare til denne PC-en. Ingenting er lagret. IT må legge til http://localhost som adresse under «Mobile and desktop applications» hos {{.Provider}}.", cause, "Client", id, "Provider", p)
	case CodeScope:
		return data.NewError(CodeScope, "Appen {{.Client}} mangler rettigheten til å lese e-post over IMAP hos {{.Provider}}. Det som er hentet, ligger her. IT må gi den {{.Scope}} og godkjenne den.", cause, "Client", id, "Provider", p, "Scope", c.Provider.Scopes[0])
	case CodeLocked:
		return data.NewError(CodeLocked, "Brukeren {{.User}} er sperret hos {{.Provider}}. Det som er hentet, ligger her. Be IT om å åpne den.", cause, "User", user, "Provider", p)
	case CodeDenied:
		return data.NewError(CodeDenied, "Påloggingen ble avvist i nettleseren. Ingenting er lagret. Prøv igjen, og svar ja når {{.Provider}} spør om programmet får lese e-posten.", cause, "Provider", p)
	case CodeSignInBusy:
		return data.NewError(CodeSignInBusy, "Påloggingen hos {{.Provider}} svarer ikke nå. Det som er hentet, ligger her. Prøv igjen om litt.", cause, "Provider", p)
	case CodeSignInUnreached:
		return data.NewError(CodeSignInUnreached, "Får ikke kontakt med påloggingen hos {{.Provider}}. Det som er hentet, ligger her. Se etter at PC-en er på nett, og prøv igjen.", cause, "Provider", p)
	case CodeSignInUnknownCA:
		return data.NewError(CodeSignInUnknownCA, "Påloggingen hos {{.Provider}} viser et sertifikat som ikke kan stoles på. Ingenting er sendt. Spør IT om nettet åpner kryptert trafikk.", cause, "Provider", p)
	case CodeSignInTimeout:
		return data.NewError(CodeSignInTimeout, "Ingen logget på i tide. Ingenting er lagret. Prøv igjen. Står det en feil i nettleseren, send den til IT.", cause)
	case CodeCodeTooOld:
		return data.NewError(CodeCodeTooOld, "Koden ble for gammel før noen skrev den inn. Ingenting er lagret. Prøv igjen, så får du en ny.", cause)
	case CodeWrongAnswer:
		return data.NewError(CodeWrongAnswer, "Svaret kom ikke fra {{.Provider}}, så programmet brukte det ikke. Ingenting er lagret. Prøv igjen; skjer det på nytt, si fra til IT.", cause, "Provider", p)
	}
	return data.NewError(CodeSignInRefused, "{{.Provider}} sa nei til påloggingen: {{.Reason}}. Det som er hentet, ligger her. Prøv igjen; skjer det på nytt, send teksten til IT.", cause, "Provider", p, "Reason", reason)
}
