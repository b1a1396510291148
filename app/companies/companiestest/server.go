package companiestest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// Server answers as the register's service does. Paths are those below the
// service's address: "enheter/923609016".
type Server struct {
	*httptest.Server

	mu       sync.Mutex
	units    map[string][]string // "enheter" or "underenheter" -> units as JSON
	scripted map[string][]Reply
	requests []string
	open     int
	most     int // requests at the same time
}

// Reply is one scripted answer, good or bad.
type Reply struct {
	Status int    // 200 when it is 0
	Type   string // content type; JSON when it is ""
	Body   string
	Header map[string]string
	// Hang keeps the answer back until the client goes away.
	Hang bool
}

// NewServer starts a server with TLS, which stops when the test ends.
func NewServer(tb testing.TB) *Server {
	tb.Helper()
	s := &Server{units: map[string][]string{}, scripted: map[string][]Reply{}}
	s.Server = httptest.NewTLSServer(http.HandlerFunc(s.serve))
	tb.Cleanup(s.Server.Close)
	return s
}

// Transport is what a client needs to trust the server.
func (s *Server) Transport() http.RoundTripper { return s.Client().Transport }

// Add lets the server know units, given as JSON.
func (s *Server) Add(units ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, u := range units {
		kind := "enheter"
		if strings.Contains(u, `"beliggenhetsadresse"`) {
			kind = "underenheter"
		}
		s.units[kind] = append(s.units[kind], u)
	}
}

// On scripts the answers of a path, one a request; the last one stays.
func (s *Server) On(path string, replies ...Reply) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.scripted[path] = replies
}

// Requests are the requests so far: path and query.
func (s *Server) Requests() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.requests)
}

// MostAtOnce is how many requests were under way at the same time.
func (s *Server) MostAtOnce() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.most
}

func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	path := strings.Trim(r.URL.Path, "/")
	s.mu.Lock()
	s.requests = append(s.requests, strings.TrimSuffix(path+"?"+r.URL.RawQuery, "?"))
	s.open++
	s.most = max(s.most, s.open)
	replies, scripted := s.scripted[path]
	if len(replies) > 1 {
		s.scripted[path] = replies[1:]
	}
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		s.open--
		s.mu.Unlock()
	}()
	kind, number, one := strings.Cut(path, "/")
	switch {
	case scripted:
		replies[0].send(w, r)
	case one:
		s.unit(kind, number).send(w, r)
	default:
		s.search(kind, r.URL.Query()).send(w, r)
	}
}

func (p Reply) send(w http.ResponseWriter, r *http.Request) {
	if p.Hang {
		select {
		case <-r.Context().Done():
		case <-time.After(30 * time.Second):
		}
		return
	}
	kind := p.Type
	if kind == "" {
		kind = "application/vnd.brreg.enhetsregisteret.enhet.v2+json;charset=UTF-8"
	}
	w.Header().Set("Content-Type", kind)
	for name, value := range p.Header {
		w.Header().Set(name, value)
	}
	if p.Status != 0 {
		w.WriteHeader(p.Status)
	}
	fmt.Fprint(w, p.Body)
}

func (s *Server) unit(kind, number string) Reply {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, u := range s.units[kind] {
		if strings.Contains(u, `"organisasjonsnummer":"`+number+`"`) || strings.Contains(u, `"organisasjonsnummer": "`+number+`"`) {
			return Reply{Body: u}
		}
	}
	return Reply{Status: http.StatusNotFound}
}

// search pages through what the query keeps, in the register's HAL form.
func (s *Server) search(kind string, q url.Values) Reply {
	s.mu.Lock()
	defer s.mu.Unlock()
	size, page := 20, 0
	if n, err := strconv.Atoi(q.Get("size")); err == nil {
		size = n
	}
	if n, err := strconv.Atoi(q.Get("page")); err == nil {
		page = n
	}
	if (page+1)*size > 10_000 {
		return Reply{Status: http.StatusBadRequest, Body: `{"status":400,"feilmelding":"Feilaktig forespørsel"}`}
	}
	var hits []json.RawMessage
	for _, u := range s.units[kind] {
		if keeps(u, q) {
			hits = append(hits, json.RawMessage(u))
		}
	}
	link := func(n int) map[string]string {
		return map[string]string{"href": fmt.Sprintf("%s/%s?page=%d&size=%d", base, kind, n, size)}
	}
	pages := (len(hits) + size - 1) / size
	links := map[string]any{"self": link(page)}
	answer := map[string]any{"_links": links, "page": map[string]int{"size": size, "totalElements": len(hits), "totalPages": pages, "number": page}}
	if from := page * size; from < len(hits) {
		answer["_embedded"] = map[string]any{kind: hits[from:min(from+size, len(hits))]}
		links["first"], links["last"] = link(0), link(pages-1)
		if page+1 < pages {
			links["next"] = link(page + 1)
		}
	}
	raw, err := json.Marshal(answer)
	if err != nil {
		return Reply{Status: http.StatusInternalServerError, Body: err.Error()}
	}
	return Reply{Body: string(raw)}
}

func keeps(unit string, q url.Values) bool {
	var u struct {
		Name      string `json:"navn"`
		Parent    string `json:"overordnetEnhet"`
		Employees int    `json:"antallAnsatte"`
	}
	if json.Unmarshal([]byte(unit), &u) != nil {
		return false
	}
	from, _ := strconv.Atoi(q.Get("fraAntallAnsatte"))
	return strings.Contains(strings.ToLower(u.Name), strings.ToLower(q.Get("navn"))) && u.Employees >= from &&
		(q.Get("overordnetEnhet") == "" || q.Get("overordnetEnhet") == u.Parent)
}
