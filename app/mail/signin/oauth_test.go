package signin_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/mail/mailtest"
	"kompetansepilot/app/mail/signin"
	"kompetansepilot/assets"
	"kompetansepilot/data"
)

func clientOf(o *mailtest.OIDC) signin.Client {
	return signin.Client{Provider: o.Provider(), ID: mailtest.ClientID, Tenant: "fylke.example", User: mailtest.Person, CA: o.CA}
}

// visit goes through the browser, and gives what the page says.
func visit(t *testing.T, o *mailtest.OIDC, pages chan<- string) func(string) {
	return func(address string) {
		go func() {
			page, err := o.Browser(address)
			if err != nil {
				t.Error(err)
			}
			pages <- page
		}()
	}
}

func TestBrowser(t *testing.T) {
	o := mailtest.NewOIDC(t)
	for _, redirect := range []string{"", "127.0.0.1"} {
		for _, language := range []string{"nb", "nn", "en"} {
			c := clientOf(o)
			c.Provider.Redirect = redirect
			pages, words := make(chan string, 1), lang.New(language)
			var asked url.Values
			grant, err := c.Browser(context.Background(), words, func(address string) {
				u, err := url.Parse(address)
				if err != nil {
					t.Fatal(err)
				}
				asked = u.Query()
				visit(t, o, pages)(address)
			})
			if err != nil || grant.Token.RefreshToken == "" || grant.Person != mailtest.Person {
				t.Fatalf("%+v %v", grant, err)
			}
			if page := <-pages; !strings.Contains(page, words.T("signin.page.done")) || !strings.Contains(page, `lang="`+language+`"`) {
				t.Errorf("%s: %s", language, page)
			}
			if len(asked.Get("state")) < 32 || asked.Get("code_challenge_method") != "S256" || asked.Get("login_hint") != mailtest.Person || asked.Get("prompt") != "select_account" ||
				asked.Get("scope") != "https://outlook.office.com/IMAP.AccessAsUser.All offline_access" {
				t.Errorf("asked %v", asked)
			}
			want := redirect
			if want == "" {
				want = "localhost"
			}
			back, err := url.Parse(asked.Get("redirect_uri"))
			if err != nil || back.Hostname() != want || back.Scheme != "http" {
				t.Errorf("the answer goes to %s", asked.Get("redirect_uri"))
			}
			if _, err := http.Get(back.String()); err == nil {
				t.Error("the port is open after the sign-in")
			}
		}
	}
}

// TestBrowserTakesOneAnswer lets strangers knock: none of them ends the sign-in or
// gets into it.
func TestBrowserTakesOneAnswer(t *testing.T) {
	o := mailtest.NewOIDC(t)
	c := clientOf(o)
	c.Provider.Redirect = "127.0.0.1"
	pages := make(chan string, 1)
	_, err := c.Browser(context.Background(), lang.New("nb"), func(address string) {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		back, state := u.Query().Get("redirect_uri"), u.Query().Get("state")
		ask := func(method, path, host string) (int, string) {
			r, err := http.NewRequest(method, back+path, nil)
			if err != nil {
				t.Fatal(err)
			}
			if host != "" {
				r.Host = host
			}
			answer, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			defer answer.Body.Close()
			text, _ := io.ReadAll(answer.Body)
			if answer.Header.Get("Cache-Control") != "no-store" || !strings.Contains(answer.Header.Get("Content-Security-Policy"), "default-src 'none'") {
				t.Errorf("%s: %v", path, answer.Header)
			}
			return answer.StatusCode, string(text)
		}
		for _, x := range []struct {
			method, path, host string
			status             int
		}{
			{"GET", "/favicon.ico", "", 404}, {"POST", "/?state=" + state + "&code=x", "", 404}, {"GET", "/?state=" + state + "&code=x", "evil.example", 404},
			{"GET", "/", "", 400}, {"GET", "/?code=x", "", 400}, {"GET", "/?state=" + strings.Repeat("a", len(state)) + "&code=<script>", "", 400},
		} {
			if status, text := ask(x.method, x.path, x.host); status != x.status || strings.Contains(text, "<script>") {
				t.Errorf("%+v: %d", x, status)
			}
		}
		visit(t, o, pages)(address)
	})
	if err != nil {
		t.Fatal(err)
	}
	if page := <-pages; !strings.Contains(page, "Du er logget på") {
		t.Error(page)
	}
}

func TestBrowserRefusals(t *testing.T) {
	type refusal struct{ at, code, description string }
	for name, x := range map[string]struct {
		set    func(o *mailtest.OIDC, c *signin.Client)
		refuse refusal
		code   string
		says   []string // what the sentence must name
	}{
		"consent":            {nil, refusal{"authorize", "invalid_client", "AADSTS65001: The user or administrator has not consented."}, signin.CodeConsent, []string{mailtest.ClientID, "administrator"}},
		"admin approval":     {nil, refusal{"authorize", "access_denied", "AADSTS90094: The grant requires admin permission."}, signin.CodeConsent, nil},
		"not assigned":       {nil, refusal{"authorize", "interaction_required", "AADSTS50105: not assigned to a role"}, signin.CodeNotAssigned, []string{mailtest.Person, "Users and groups"}},
		"conditional access": {nil, refusal{"token", "invalid_grant", "AADSTS53003: Access has been blocked by Conditional Access policies. Trace ID: 1"}, signin.CodeBlocked, []string{"Conditional Access"}},
		"public client":      {nil, refusal{"token", "invalid_client", "AADSTS7000218: The request body must contain: 'client_assertion' or 'client_secret'."}, signin.CodePublicClient, []string{"Allow public client flows"}},
		"unknown client":     {nil, refusal{"token", "unauthorized_client", "AADSTS700016: Application with identifier was not found."}, signin.CodeUnknownClient, []string{mailtest.ClientID, "fylke.example"}},
		"unknown tenant":     {nil, refusal{"token", "invalid_request", "AADSTS90002: Tenant not found."}, signin.CodeUnknownTenant, []string{"fylke.example"}},
		"other tenant":       {nil, refusal{"authorize", "access_denied", "AADSTS50020: User account does not exist in tenant."}, signin.CodeOtherTenant, nil},
		"redirect":           {nil, refusal{"token", "invalid_client", "AADSTS50011: The redirect URI does not match."}, signin.CodeRedirect, []string{"http://localhost"}},
		"scope":              {nil, refusal{"authorize", "invalid_client", "AADSTS650053: asked for scope that doesn't exist."}, signin.CodeScope, []string{"IMAP.AccessAsUser.All"}},
		"locked":             {nil, refusal{"token", "invalid_grant", "AADSTS50057: The user account is disabled."}, signin.CodeLocked, nil},
		"said no":            {nil, refusal{"authorize", "access_denied", ""}, signin.CodeDenied, nil},
		"declined":           {nil, refusal{"authorize", "access_denied", "AADSTS65004: User declined to consent."}, signin.CodeDenied, nil},
		"Google's policy":    {nil, refusal{"authorize", "admin_policy_enforced", ""}, signin.CodeConsent, nil},
		"Google's secret":    {nil, refusal{"token", "invalid_request", "client_secret is missing."}, signin.CodeBadSecret, nil},
		"busy":               {nil, refusal{"token", "temporarily_unavailable", ""}, signin.CodeSignInBusy, nil},
		"unknown":            {nil, refusal{"token", "odd", "AADSTS99999: Something\r\nodd."}, signin.CodeSignInRefused, []string{"AADSTS99999: Something odd."}},
		"other issuer":       {func(o *mailtest.OIDC, _ *signin.Client) { o.Issuer("https://ond.example") }, refusal{}, signin.CodeWrongAnswer, nil},
		"no issuer":          {func(o *mailtest.OIDC, _ *signin.Client) { o.Issuer("") }, refusal{}, signin.CodeWrongAnswer, nil},
		"nothing lasting":    {func(o *mailtest.OIDC, _ *signin.Client) { o.Forgetful() }, refusal{}, "mailNoRefresh", nil},
		"less than asked":    {func(o *mailtest.OIDC, _ *signin.Client) { o.Scope("openid profile") }, refusal{}, "mailScopeDenied", nil},
		"all that was asked": {func(o *mailtest.OIDC, _ *signin.Client) {
			o.Scope("openid https://outlook.office.com/IMAP.AccessAsUser.All")
		}, refusal{}, "", nil},
		"by short name":  {func(o *mailtest.OIDC, _ *signin.Client) { o.Scope("IMAP.AccessAsUser.All") }, refusal{}, "", nil},
		"nobody answers": {func(_ *mailtest.OIDC, c *signin.Client) { c.Provider.Token = "https://127.0.0.1:1/token" }, refusal{}, signin.CodeSignInUnreached, nil},
	} {
		o := mailtest.NewOIDC(t)
		c := clientOf(o)
		if x.set != nil {
			x.set(o, &c)
		}
		o.Refuse(x.refuse.at, x.refuse.code, x.refuse.description)
		pages := make(chan string, 1)
		_, err := c.Browser(context.Background(), lang.New("nb"), visit(t, o, pages))
		if data.Code(err) != x.code {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, word := range x.says {
			if !strings.Contains(data.Message(err), word) && !strings.Contains(sentence(err), word) {
				t.Errorf("%s: %s does not say %s", name, sentence(err), word)
			}
		}
		title := "Påloggingen gikk ikke"
		if x.code == "" {
			title = "Du er logget på"
		}
		if page := <-pages; !strings.Contains(page, title) {
			t.Errorf("%s: the browser shows %s", name, page)
		}
		for _, token := range o.Issued() {
			if err != nil && strings.Contains(err.Error(), token) {
				t.Errorf("%s: a token stands in the error", name)
			}
		}
	}
}

// sentence is what a person reads.
func sentence(err error) string {
	var e *data.Error
	if !errors.As(err, &e) {
		return ""
	}
	var pairs []any
	for k, v := range e.Args {
		pairs = append(pairs, k, v)
	}
	return lang.New("nb").T(e.Text, pairs...)
}

func TestBrowserCanBeCancelled(t *testing.T) {
	o := mailtest.NewOIDC(t)
	ctx, cancel := context.WithCancel(context.Background())
	var address string
	_, err := clientOf(o).Browser(ctx, lang.New("nb"), func(a string) {
		address = a
		cancel()
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	u, _ := url.Parse(address)
	if _, err := http.Get(u.Query().Get("redirect_uri")); err == nil {
		t.Error("the port is open after it was cancelled")
	}
	ctx, cancel = context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	if _, err := clientOf(o).Browser(ctx, lang.New("nb"), func(string) {}); data.Code(err) != signin.CodeSignInTimeout {
		t.Error("nobody signed in:", err)
	}
}

// TestAnswerToAnotherSignIn: a code is worth nothing without the verifier.
func TestAnswerToAnotherSignIn(t *testing.T) {
	o := mailtest.NewOIDC(t)
	pages := make(chan string, 2)
	_, err := clientOf(o).Browser(context.Background(), lang.New("nb"), func(address string) {
		// Another sign-in's challenge, so another's code.
		u, _ := url.Parse(address)
		q := u.Query()
		q.Set("code_challenge", strings.Repeat("A", 43))
		u.RawQuery = q.Encode()
		visit(t, o, pages)(u.String())
	})
	if data.Code(err) != signin.CodeAgain {
		t.Error(err)
	}
}

func TestCode(t *testing.T) {
	o := mailtest.NewOIDC(t)
	var prompt signin.Prompt
	grant, err := clientOf(o).WithCode(context.Background(), func(p signin.Prompt) {
		prompt = p
		o.Approve()
	})
	if err != nil || grant.Token.RefreshToken == "" || prompt.Code != "ABCD-EFGH" || !strings.HasPrefix(prompt.Address, "https://") || prompt.Until.Before(time.Now()) {
		t.Fatalf("%+v %+v %v", grant, prompt, err)
	}
	o.Refuse("token", "invalid_grant", "AADSTS53003: blocked")
	if _, err := clientOf(o).WithCode(context.Background(), func(signin.Prompt) {}); data.Code(err) != signin.CodeDeviceBlocked {
		t.Error("blocked:", err)
	}
	o.Refuse("token", "expired_token", "")
	if _, err := clientOf(o).WithCode(context.Background(), func(signin.Prompt) {}); data.Code(err) != signin.CodeCodeTooOld {
		t.Error("too old:", err)
	}
	o.Refuse("device", "invalid_client", "AADSTS7000218: secret")
	if _, err := clientOf(o).WithCode(context.Background(), func(signin.Prompt) {}); data.Code(err) != signin.CodePublicClient {
		t.Error("not public:", err)
	}
	c := clientOf(o)
	c.Provider.Device = ""
	if _, err := c.WithCode(context.Background(), func(signin.Prompt) {}); data.Code(err) != "mailNoDevice" {
		t.Error("no codes there:", err)
	}
}

func TestClientIsCheckedFirst(t *testing.T) {
	o := mailtest.NewOIDC(t)
	for code, change := range map[string]func(c *signin.Client){
		"mailNoClient":     func(c *signin.Client) { c.ID = "" },
		"mailClientForm":   func(c *signin.Client) { c.ID = "a b" },
		"mailTenantForm":   func(c *signin.Client) { c.Tenant = "fylke.example/../evil" },
		"mailClientSecret": func(c *signin.Client) { c.Provider.Secret = true },
		"mailTestCASignIn": func(c *signin.Client) { c.Provider.Token = "https://login.fylke.no/token" },
	} {
		c := clientOf(o)
		change(&c)
		if _, err := c.Browser(context.Background(), lang.New("nb"), func(string) { t.Errorf("%s: the browser was opened", code) }); data.Code(err) != code {
			t.Errorf("%s: %v", code, err)
		}
	}
	// Without the test's root the provider cannot be trusted.
	c := clientOf(o)
	c.CA = nil
	pages := make(chan string, 1)
	if _, err := c.Browser(context.Background(), lang.New("nb"), visit(t, o, pages)); data.Code(err) != signin.CodeSignInUnknownCA {
		t.Error(err)
	}
}

func TestProviders(t *testing.T) {
	var all struct{ Providers []json.RawMessage }
	raw, err := assets.FS.ReadFile("mail/providers.json")
	if err != nil || json.Unmarshal(raw, &all) != nil || len(all.Providers) != 2 {
		t.Fatal(len(all.Providers), err)
	}
	for _, one := range all.Providers { // those that are built in pass the same gate as a county's own
		p, err := signin.ParseProvider(one)
		if err != nil {
			t.Error(err)
		}
		if same, err := signin.ProviderOf(p.ID, ""); err != nil || same.Token != p.Token {
			t.Error(p.ID, err)
		}
	}
	m, err := signin.ProviderOf(signin.WithMicrosoft, "")
	if err != nil {
		t.Fatal(err)
	}
	c := signin.Client{Provider: m, ID: mailtest.ClientID, Tenant: "fylke.no"}
	if got := c.ConsentAddress(); !strings.HasPrefix(got, "https://login.microsoftonline.com/fylke.no/v2.0/adminconsent?client_id="+mailtest.ClientID) {
		t.Error(got)
	}
	good := `{"authorize":"https://login.fylke.no/a","token":"https://login.fylke.no/t","scopes":["imap"]}`
	if p, err := signin.ProviderOf(signin.WithMicrosoft, good); err != nil || p.Name != "login.fylke.no" {
		t.Error(p, err)
	}
	for _, bad := range []string{
		"{", `{}`, strings.Replace(good, "https://login.fylke.no/t", "http://login.fylke.no/t", 1), strings.Replace(good, "https://login.fylke.no/a", "javascript:alert(1)", 1),
		strings.Replace(good, `"scopes":["imap"]`, `"scopes":[]`, 1), strings.Replace(good, `}`, `,"redirect":"evil.example"}`, 1), strings.Replace(good, "login.fylke.no/t", "{tenant}.evil.example/t", 1),
		strings.Replace(good, `}`, `,"device":"ftp://x"}`, 1),
	} {
		if _, err := signin.ParseProvider([]byte(bad)); data.Code(err) != "mailEndpoints" {
			t.Errorf("%s: %v", bad, err)
		}
	}
	if _, err := signin.ProviderOf("yahoo", ""); data.Code(err) != "mailSignInWay" {
		t.Error(err)
	}
}
