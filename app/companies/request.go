package companies

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"kompetansepilot/data"
)

// get makes a request, again when the register asks to wait or stumbles. The
// status is 200, 404 or 410.
func (c *Client) get(ctx context.Context, kind, path string, query url.Values, limit int64) (body []byte, status int, err error) {
	select {
	case c.turn <- struct{}{}:
		defer func() { <-c.turn }()
	case <-ctx.Done():
		return nil, 0, ctx.Err()
	}
	pause := time.Second
	for attempt := 1; ; attempt++ {
		var asked time.Duration
		body, status, asked, err = c.once(ctx, kind, path, query, limit)
		if err == nil && status != http.StatusTooManyRequests && status < 500 {
			return body, status, c.refused(status)
		}
		if ctx.Err() != nil {
			return nil, 0, ctx.Err()
		}
		if data.Code(err) != "" || attempt == attempts || asked > longestPause || timedOut(err) && attempt > 1 {
			break
		}
		if err := c.pause(ctx, max(pause, asked)); err != nil {
			return nil, 0, err
		}
		pause *= 2
	}
	var known *data.Error
	switch {
	case errors.As(err, &known):
		return nil, 0, known
	case err != nil:
		return nil, 0, data.NewError(CodeOffline, "Fikk ikke svar fra Enhetsregisteret. Ingenting er endret. Sjekk nettforbindelsen og prøv igjen; registerfilen kan brukes uten nett.", err)
	case status == http.StatusTooManyRequests:
		return nil, 0, data.NewError(CodeOffline+".wait", "Enhetsregisteret ber oss vente før det svarer igjen. Ingenting er endret. Prøv igjen om noen minutter.", nil)
	}
	return nil, 0, data.NewError(CodeOffline+".server", "Enhetsregisteret har en feil akkurat nå (svar {{.Status}}). Ingenting er endret. Prøv igjen senere.", nil, "Status", status)
}

// timedOut tells whether an answer took too long. Asking many times would keep a
// person waiting for minutes.
func timedOut(err error) bool {
	var slow interface{ Timeout() bool }
	return errors.As(err, &slow) && slow.Timeout()
}

// refused is the error of a status that asking again would not change.
func (c *Client) refused(status int) error {
	switch status {
	case http.StatusOK, http.StatusNotFound, http.StatusGone:
		return nil
	}
	return data.NewError(CodeRequest, "Enhetsregisteret tok ikke imot spørsmålet (svar {{.Status}}). Ingenting er endret. Prøv et annet søk.", nil, "Status", status)
}

func (c *Client) once(ctx context.Context, kind, path string, query url.Values, limit int64) (body []byte, status int, asked time.Duration, err error) {
	u := c.base.JoinPath(path)
	u.RawQuery = query.Encode()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, 0, 0, err
	}
	r.Header.Set("Accept", "application/vnd.brreg.enhetsregisteret."+kind+".v2+json;charset=UTF-8, application/json;q=0.9")
	r.Header.Set("User-Agent", "Kompetansepilot")
	answer, err := c.http.Do(r)
	if err != nil {
		return nil, 0, 0, err
	}
	defer answer.Body.Close()
	body, err = io.ReadAll(io.LimitReader(answer.Body, limit+1))
	switch {
	case err != nil:
		return nil, 0, 0, err
	case int64(len(body)) > limit:
		return nil, 0, 0, badAnswer(fmt.Errorf("more than %d bytes", limit))
	}
	status = answer.StatusCode
	if status == http.StatusOK || status == http.StatusNotFound || status == http.StatusGone {
		// A gateway's page must never count as the register's word that a unit is gone.
		if looksLikeHTML(answer.Header.Get("Content-Type"), body) {
			return nil, 0, 0, badAnswer(errors.New("HTML"))
		}
		body = utf8Of(body)
	}
	return body, status, c.retryAfter(answer.Header.Get("Retry-After")), nil
}

func badAnswer(err error) error {
	return data.NewError(CodeAnswer, "Svaret kom ikke fra Enhetsregisteret, eller var ødelagt. Ingenting er endret. Noen nettverk viser en påloggingsside i stedet: åpne nettleseren og se, og prøv igjen.", err)
}

func looksLikeHTML(contentType string, body []byte) bool {
	return strings.Contains(strings.ToLower(contentType), "html") || strings.HasPrefix(strings.TrimSpace(string(body[:min(len(body), 64)])), "<")
}

// utf8Of repairs an answer in the wrong character set, whatever it says it is in.
func utf8Of(body []byte) []byte {
	if utf8.Valid(body) {
		return body
	}
	fixed, err := charmap.Windows1252.NewDecoder().Bytes(body)
	if err != nil {
		return body
	}
	return fixed
}

// retryAfter is how long an answer asks to wait: seconds, or a date.
func (c *Client) retryAfter(text string) time.Duration {
	if seconds, err := strconv.Atoi(strings.TrimSpace(text)); err == nil {
		return max(time.Duration(min(seconds, 86400))*time.Second, 0)
	}
	if at, err := http.ParseTime(text); err == nil {
		return max(at.Sub(c.now()), 0)
	}
	return 0
}
