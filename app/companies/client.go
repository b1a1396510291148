package companies

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// RegisterAddress is where the register answers.
const RegisterAddress = "https://data.brreg.no/enhetsregisteret/api"

// Codes of the errors of the register's service.
const (
	CodeOffline  = "companiesOffline"
	CodeAnswer   = "companiesAnswer"
	CodeInsecure = "companiesInsecure"
	CodeTooMany  = "companiesTooMany"
	CodeRequest  = "companiesRequest"
)

const (
	// answerTime is how long one answer may take.
	answerTime = 20 * time.Second
	// Most bytes of an answer with one unit, and of one with a page of them.
	maxAnswer, maxPage = 1 << 20, 32 << 20
	// attempts is how often a request is made before it is given up.
	attempts = 4
	// longestPause is the longest wait that the register may ask for.
	longestPause = 2 * time.Minute
	// maxResults is how far the register lets one page: (page + 1) × size.
	maxResults = 10_000
	maxSize    = 100
)

// Client asks the register's service, one request at a time. Its methods may be
// called from any goroutine.
type Client struct {
	base    *url.URL
	http    *http.Client
	resolve func(string) string
	turn    chan struct{}
	pause   func(ctx context.Context, d time.Duration) error
	now     func() time.Time
}

// ClientOptions are what tests set; the zero value is the real service.
type ClientOptions struct {
	Address   string // https
	Transport http.RoundTripper
	Timeout   time.Duration // of one answer
	// Pause replaces waiting between attempts.
	Pause func(ctx context.Context, d time.Duration) error
	Now   func() time.Time
}

// NewClient makes a client. The error has CodeInsecure when the address is not
// https.
func NewClient(places *reference.Tables, opts ClientOptions) (*Client, error) {
	address := opts.Address
	if address == "" {
		address = RegisterAddress
	}
	base, err := url.Parse(strings.TrimSuffix(address, "/"))
	if err != nil || base.Scheme != "https" || base.Host == "" {
		return nil, insecure(err, address)
	}
	c := &Client{base: base, resolve: resolver(places), turn: make(chan struct{}, 1), pause: opts.Pause, now: opts.Now,
		http: &http.Client{Transport: opts.Transport, Timeout: opts.Timeout, CheckRedirect: checkRedirect}}
	if c.http.Timeout == 0 {
		c.http.Timeout = answerTime
	}
	if c.pause == nil {
		c.pause = wait
	}
	if c.now == nil {
		c.now = time.Now
	}
	return c, nil
}

func insecure(err error, address string) error {
	return data.NewError(CodeInsecure, "Registeret svarte med en adresse uten kryptering ({{.Address}}), så den er ikke brukt. Ingenting er endret. Sjekk nettverket, eller spør IT.", err, "Address", address)
}

// checkRedirect follows a few redirects, and none that leaves https.
func checkRedirect(r *http.Request, via []*http.Request) error {
	if r.URL.Scheme != "https" {
		return insecure(nil, r.URL.Scheme+"://"+r.URL.Host)
	}
	if len(via) > 4 {
		return errors.New("too many redirects")
	}
	return nil
}

func wait(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// Standing is what the register knows of a number.
type Standing int

const (
	// Registered units are in the register.
	Registered Standing = iota
	// Unknown numbers are not in it (404).
	Unknown
	// Removed units are gone, and copies of their data must go too (410).
	Removed
	// NotLoaded are those that the loaded part of the register does not hold, which
	// tells nothing about the whole.
	NotLoaded
)

// Answer is what the register said about a number, and when.
type Answer struct {
	Number   string
	Standing Standing
	Unit     Unit // of a registered one; of a removed one what little was told
	Time     time.Time
}

// Lookup asks for a main unit or a sub-unit by its number. A number that the
// register does not know, or has removed, is an answer and no error.
func (c *Client) Lookup(ctx context.Context, number string) (Answer, error) {
	digits, ok := Number(number)
	if !ok {
		return Answer{}, badNumber(number)
	}
	var a Answer
	for _, kind := range []string{"enhet", "underenhet"} {
		body, status, err := c.get(ctx, kind, kind+"er/"+digits, nil, maxAnswer)
		if err != nil {
			return Answer{}, err
		}
		a = Answer{Number: digits, Time: c.now()}
		switch status {
		case http.StatusNotFound:
			a.Standing = Unknown
			continue
		case http.StatusGone:
			a.Standing = Removed
			if u, err := c.parse(body); err == nil && u.Number == digits {
				a.Unit = u
			}
			a.Unit.Number = digits
			return a, nil
		}
		a.Unit, err = c.parse(body)
		if err == nil && a.Unit.Number != digits {
			err = fmt.Errorf("the answer is about %q", a.Unit.Number)
		}
		if err != nil {
			return Answer{}, badAnswer(err)
		}
		a.Unit.Sub = a.Unit.Sub || kind == "underenhet"
		return a, nil
	}
	return a, nil
}

func badNumber(number string) error {
	return data.NewError(CodeRequest+".number", "«{{.Number}}» er ikke et organisasjonsnummer. Det har ni siffer, der det siste kontrollerer de andre.", nil, "Number", number)
}

// Criteria is what to look for in the whole register. What is empty asks for
// nothing.
type Criteria struct {
	Name           string
	Municipalities []string
	Industry       string // at any level
	Form           string
	From, To       int // headcount; below five the register does not tell
	Parent         string
	Sub            bool // sub-units instead of main units
	Page, Size     int  // Size 0 is 50; at most 100
}

// Page is a page of results.
type Page struct {
	Units        []Unit
	Number, Size int
	Pages, Total int // as the register counts them
	Time         time.Time
}

// Search looks in the whole register. The register lets nobody page past 10 000
// results: then the error has CodeTooMany.
func (c *Client) Search(ctx context.Context, q Criteria) (Page, error) {
	size := q.Size
	if size <= 0 {
		size = pageSize
	}
	size = min(size, maxSize)
	if q.Page < 0 || (q.Page+1)*size > maxResults {
		return Page{}, data.NewError(CodeTooMany, "Registeret viser bare de første 10 000 treffene. Gjør søket smalere, eller last registerfilen.", nil)
	}
	kind := "enhet"
	if q.Sub {
		kind = "underenhet"
	}
	body, status, err := c.get(ctx, kind, kind+"er", q.values(size), maxPage)
	if err != nil {
		return Page{}, err
	}
	if status != http.StatusOK {
		return Page{}, badAnswer(fmt.Errorf("status %d for a search", status))
	}
	page, err := c.parsePage(body)
	if err != nil {
		return Page{}, badAnswer(err)
	}
	return page, nil
}

// SubUnits are the workplaces of a main unit, all of them.
func (c *Client) SubUnits(ctx context.Context, parent string) ([]Unit, error) {
	var all []Unit
	for page := 0; ; page++ {
		p, err := c.Search(ctx, Criteria{Parent: parent, Sub: true, Page: page, Size: maxSize})
		if err != nil {
			return nil, err
		}
		all = append(all, p.Units...)
		if len(p.Units) == 0 || page+1 >= p.Pages {
			return all, nil
		}
	}
}

func (q Criteria) values(size int) url.Values {
	v := url.Values{}
	set := func(key, value string) {
		if value != "" {
			v.Set(key, value)
		}
	}
	set("navn", q.Name)
	set("kommunenummer", strings.Join(q.Municipalities, ","))
	set("naeringskode", q.Industry)
	set("organisasjonsform", q.Form)
	set("overordnetEnhet", q.Parent)
	if q.From >= 5 { // below, the register withholds what it would have to filter by
		set("fraAntallAnsatte", strconv.Itoa(q.From))
	}
	if q.To >= 5 {
		set("tilAntallAnsatte", strconv.Itoa(q.To))
	}
	set("page", strconv.Itoa(q.Page))
	set("size", strconv.Itoa(size))
	return v
}

func (c *Client) parse(body []byte) (Unit, error) {
	if !json.Valid(body) {
		return Unit{}, errors.New("no JSON")
	}
	return c.parseUnit(body)
}

// parseUnit reads a unit of bytes that are JSON.
func (c *Client) parseUnit(body []byte) (Unit, error) {
	s, r := scanner{b: body}, raw{}
	if ch, err := s.space(); err != nil || ch != '{' {
		return Unit{}, errors.New("no unit")
	}
	if err := s.unit(&r); err != nil {
		return Unit{}, err
	}
	if _, ok := r.validNumber(); !ok {
		return Unit{}, errors.New("a unit without a number")
	}
	return r.unit(c.resolve), nil
}

func (c *Client) parsePage(body []byte) (Page, error) {
	var hal struct {
		Embedded struct {
			Main []json.RawMessage `json:"enheter"`
			Sub  []json.RawMessage `json:"underenheter"`
		} `json:"_embedded"`
		Page *struct {
			Size, TotalElements, TotalPages, Number int
		} `json:"page"`
	}
	if err := json.Unmarshal(body, &hal); err != nil {
		return Page{}, err
	}
	if hal.Page == nil {
		return Page{}, errors.New("no page")
	}
	p := Page{Number: hal.Page.Number, Size: hal.Page.Size, Pages: hal.Page.TotalPages, Total: hal.Page.TotalElements, Time: c.now()}
	for _, one := range append(hal.Embedded.Main, hal.Embedded.Sub...) {
		u, err := c.parseUnit(one)
		if err != nil {
			continue // one that is broken must not hide the others
		}
		p.Units = append(p.Units, u)
	}
	return p, nil
}
