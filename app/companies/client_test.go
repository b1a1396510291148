package companies_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"kompetansepilot/app/companies"
	"kompetansepilot/app/companies/companiestest"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

var places = reference.Load()

// may2026 is when the tests' client asks.
var may2026 = time.Date(2026, 5, 20, 10, 0, 0, 0, time.UTC)

// client makes a client of the server whose pauses are noted and not waited.
func client(t *testing.T, s *companiestest.Server) (*companies.Client, *[]time.Duration) {
	t.Helper()
	var pauses []time.Duration
	c, err := companies.NewClient(places, companies.ClientOptions{
		Address: s.URL, Transport: s.Transport(), Timeout: 5 * time.Second, Now: func() time.Time { return may2026 },
		Pause: func(_ context.Context, d time.Duration) error {
			pauses = append(pauses, d)
			return nil
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return c, &pauses
}

var (
	one, two, three = companiestest.Number(1), companiestest.Number(2), companiestest.Number(3)
)

func TestLookup(t *testing.T) {
	s := companiestest.NewServer(t)
	s.Add(companiestest.Company(one, "ØRNE SAG AS", "0515"), companiestest.SoleProprietor(two, "KARI NORDMANN", "3439"),
		companiestest.Workplace(three, "ØRNE SAG AS AVD VÅGÅ", "1813", one))
	c, _ := client(t, s)
	a, err := c.Lookup(context.Background(), "NO "+one[:3]+" "+one[3:6]+" "+one[6:]+" MVA")
	want := companies.Unit{Number: one, Name: "ØRNE SAG AS", Form: "AS", Municipality: "3435", GivenMunicipality: "0515", Street: "Fjøsvegen 5, c/o Ødegård",
		PostCode: "2680", PostPlace: "VÅGÅ", Industry: "16.110", IndustryName: "Saging og høvling av tre", Employees: 17, Website: "www.example.no",
		Email: "post@example.no", Phone: "51 99 00 00", Norm: "nn", Registered: "1995-03-12", Founded: "1972-09-18"}
	if err != nil || a.Standing != companies.Registered || a.Unit != want || !a.Time.Equal(may2026) {
		t.Errorf("company: %+v, %v", a, err)
	}
	a, err = c.Lookup(context.Background(), two)
	if err != nil || !a.Unit.Person() || a.Unit.Employees != companies.EmployeesUnknown || a.Unit.Municipality != "3439" {
		t.Errorf("sole proprietor: %+v, %v", a, err)
	}
	a, err = c.Lookup(context.Background(), three)
	if err != nil || !a.Unit.Sub || a.Unit.Parent != one || a.Unit.Employees != 94 || a.Unit.Founded != "2020-01-01" {
		t.Errorf("workplace: %+v, %v", a, err)
	}
	if a, err = c.Lookup(context.Background(), companiestest.Number(9)); err != nil || a.Standing != companies.Unknown {
		t.Errorf("unknown: %+v, %v", a, err)
	}
	for _, wrong := range []string{"", "97476067", "974760674", "9747606733", "97476067x", "abc"} {
		if _, err := c.Lookup(context.Background(), wrong); data.Code(err) != companies.CodeRequest {
			t.Errorf("%q: %v", wrong, err)
		}
	}
}

func TestLookupGone(t *testing.T) {
	s := companiestest.NewServer(t)
	s.On("enheter/"+one, companiestest.Reply{Status: 410, Body: companiestest.Removed(one)})
	s.On("enheter/"+two, companiestest.Reply{Status: 410, Type: "text/plain"})
	s.On("underenheter/"+three, companiestest.Reply{Status: 410})
	s.Add(companiestest.Deleted(companiestest.Number(4), "GAMLE SAG AS"))
	c, _ := client(t, s)
	for number, day := range map[string]string{one: "2026-09-05", two: "", three: ""} {
		if a, err := c.Lookup(context.Background(), number); err != nil || a.Standing != companies.Removed || a.Unit.Deleted != day || a.Unit.Number != number {
			t.Errorf("%s: %+v, %v", number, a, err)
		}
	}
	if a, err := c.Lookup(context.Background(), companiestest.Number(4)); err != nil || a.Standing != companies.Registered || a.Unit.Deleted != "2024-11-26" {
		t.Errorf("deleted: %+v, %v", a, err)
	}
}

func TestBadAnswers(t *testing.T) {
	for name, c := range map[string]struct {
		reply companiestest.Reply
		code  string
	}{
		"a login page":             {companiestest.Reply{Type: "text/html", Body: companiestest.LoginPage}, companies.CodeAnswer},
		"HTML that says it is not": {companiestest.Reply{Body: "\n" + companiestest.LoginPage}, companies.CodeAnswer},
		"a login page as 410":      {companiestest.Reply{Status: 410, Type: "text/html", Body: companiestest.LoginPage}, companies.CodeAnswer},
		"a login page as 404":      {companiestest.Reply{Status: 404, Type: "text/html", Body: companiestest.LoginPage}, companies.CodeAnswer},
		"half an answer":           {companiestest.Reply{Body: companiestest.Company(one, "A", "3435")[:300]}, companies.CodeAnswer},
		"nothing":                  {companiestest.Reply{}, companies.CodeAnswer},
		"an array":                 {companiestest.Reply{Body: "[]"}, companies.CodeAnswer},
		"another unit":             {companiestest.Reply{Body: companiestest.Company(two, "A", "3435")}, companies.CodeAnswer},
		"a huge answer":            {companiestest.Reply{Body: `{"navn":"` + strings.Repeat("a", 2<<20) + `"}`}, companies.CodeAnswer},
		"a wrong question":         {companiestest.Reply{Status: 400, Body: `{"status":400}`}, companies.CodeRequest},
		"a server that stumbles":   {companiestest.Reply{Status: 503, Type: "text/html", Body: "<html>"}, companies.CodeOffline},
		"plain http":               {companiestest.Reply{Status: 302, Header: map[string]string{"Location": "http://127.0.0.1:1/enheter"}}, companies.CodeInsecure},
		"a long wait":              {companiestest.Reply{Status: 429, Header: map[string]string{"Retry-After": "3600"}}, companies.CodeOffline},
	} {
		s := companiestest.NewServer(t)
		s.On("enheter/"+one, c.reply)
		client, _ := client(t, s)
		_, err := client.Lookup(context.Background(), one)
		if data.Code(err) != c.code || data.Message(err) == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWrongCharset(t *testing.T) {
	s := companiestest.NewServer(t)
	latin := strings.NewReplacer("Ø", "\xd8", "ø", "\xf8", "Å", "\xc5", "å", "\xe5").Replace(companiestest.Company(one, "ØRNE PÅ ÅS", "3435"))
	s.On("enheter/"+one, companiestest.Reply{Type: "application/json", Body: latin})
	c, _ := client(t, s)
	if a, err := c.Lookup(context.Background(), one); err != nil || a.Unit.Name != "ØRNE PÅ ÅS" {
		t.Errorf("%q, %v", a.Unit.Name, err)
	}
}

func TestWaitsAsAsked(t *testing.T) {
	s := companiestest.NewServer(t)
	body := companiestest.Company(one, "ØRNE SAG AS", "3435")
	s.On("enheter/"+one,
		companiestest.Reply{Status: 429, Header: map[string]string{"Retry-After": "7"}},
		companiestest.Reply{Status: 503, Header: map[string]string{"Retry-After": may2026.Add(40 * time.Second).Format(http.TimeFormat)}},
		companiestest.Reply{Status: 500}, companiestest.Reply{Body: body})
	c, pauses := client(t, s)
	if a, err := c.Lookup(context.Background(), one); err != nil || a.Unit.Name == "" {
		t.Fatal(err)
	}
	if want := "[7s 40s 4s]"; fmt.Sprint(*pauses) != want {
		t.Errorf("waited %v, want %s", *pauses, want)
	}
}

func TestSlowServer(t *testing.T) {
	s := companiestest.NewServer(t)
	s.On("enheter/"+one, companiestest.Reply{Hang: true})
	c, err := companies.NewClient(places, companies.ClientOptions{Address: s.URL, Transport: s.Transport(), Timeout: 20 * time.Millisecond,
		Pause: func(context.Context, time.Duration) error { return nil }})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Lookup(context.Background(), one); data.Code(err) != companies.CodeOffline {
		t.Errorf("slow: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := c.Lookup(ctx, one); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
}

func TestOneRequestAtATime(t *testing.T) {
	s := companiestest.NewServer(t)
	c, _ := client(t, s)
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() { _, _ = c.Lookup(context.Background(), companiestest.Number(i)) })
	}
	all.Wait()
	if s.MostAtOnce() != 1 || len(s.Requests()) != 16 {
		t.Errorf("%d at once of %d", s.MostAtOnce(), len(s.Requests()))
	}
}

func TestOnlyHTTPS(t *testing.T) {
	for _, address := range []string{"http://data.example.no", "ftp://x", "data.example.no", "https://", "://"} {
		if _, err := companies.NewClient(places, companies.ClientOptions{Address: address}); data.Code(err) != companies.CodeInsecure {
			t.Errorf("%s: %v", address, err)
		}
	}
	if _, err := companies.NewClient(places, companies.ClientOptions{}); err != nil {
		t.Error(err)
	}
}

func TestSearchPages(t *testing.T) {
	s := companiestest.NewServer(t)
	for i := range 120 {
		s.Add(companiestest.Company(companiestest.Number(i), fmt.Sprintf("SAG %d AS", i), "3435"))
		s.Add(companiestest.Workplace(companiestest.Number(1000+i), fmt.Sprintf("SAG %d", i), "3435", one))
	}
	s.Add(companiestest.SoleProprietor(companiestest.Number(500), "SAG ENK", "3435"), `{"navn":"SAG UTEN NUMMER"}`)
	c, _ := client(t, s)
	p, err := c.Search(context.Background(), companies.Criteria{Name: "sag", Municipalities: []string{"3435", "3434"}, From: 10, Page: 2, Size: 50})
	if err != nil || p.Total != 120 || p.Pages != 3 || len(p.Units) != 20 || p.Units[0].Name != "SAG 100 AS" {
		t.Errorf("%+v, %v", p, err)
	}
	if got := s.Requests()[0]; got != "enheter?fraAntallAnsatte=10&kommunenummer=3435%2C3434&navn=sag&page=2&size=50" {
		t.Errorf("asked %s", got)
	}
	// A unit that is broken does not hide the others, and a headcount that the
	// register withholds is not asked for.
	p, err = c.Search(context.Background(), companies.Criteria{Name: "sag", From: 3, Page: 1, Size: 100})
	if err != nil || p.Total != 122 || len(p.Units) != 21 || strings.Contains(s.Requests()[1], "fra") {
		t.Errorf("%d of %d units, %v", len(p.Units), p.Total, err)
	}
	if p, err = c.Search(context.Background(), companies.Criteria{Name: "foobarbaz"}); err != nil || len(p.Units) != 0 || p.Total != 0 {
		t.Errorf("no hits: %+v, %v", p, err)
	}
	all, err := c.SubUnits(context.Background(), one)
	if err != nil || len(all) != 120 || !all[0].Sub {
		t.Errorf("%d sub-units, %v", len(all), err)
	}
	if _, err := c.Search(context.Background(), companies.Criteria{Page: 100, Size: 100}); data.Code(err) != companies.CodeTooMany {
		t.Errorf("past the end: %v", err)
	}
	s.On("enheter", companiestest.Reply{Body: `{"status":"ok"}`})
	if _, err := c.Search(context.Background(), companies.Criteria{}); data.Code(err) != companies.CodeAnswer {
		t.Errorf("no page: %v", err)
	}
}
