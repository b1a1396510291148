// Package guard follows the framing of what an IMAP server sends, under a client
// library that trusts it. go-imap v2.0.0-beta.8 takes a message that was cut off
// for a whole one (its issue 650), reads lines and literals of any length, and
// gives a session up over a response that it does not know. A [Conn] between the
// two
//
//   - makes an end inside a line or a literal an error,
//   - limits lines, literals and nesting,
//   - drops responses that nobody asked for and the library does not know,
//   - keeps what the server says to people (BYE, ALERT),
//   - ends a silence that lasts too long.
package guard

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode/utf8"
)

// Limits of a connection.
type Limits struct {
	Line    int           // bytes of a response beside its literals
	List    int           // the same for lists of numbers (SEARCH, ESEARCH)
	Literal int64         // bytes of one literal
	Depth   int           // of parentheses
	Stall   time.Duration // longest silence; 0 for no limit
}

// Usual are the limits for a mailbox: a list of half a million numbers and a mail
// of 150 MB go through.
func Usual() Limits {
	return Limits{Line: 256 << 10, List: 16 << 20, Literal: 256 << 20, Depth: 64, Stall: 60 * time.Second}
}

// ErrLimit is in errors about a response that exceeds a limit.
var ErrLimit = errors.New("the server's response exceeds a limit")

// mostNotices is how many texts of the server are kept, and noticeLength how
// much of each.
const (
	mostNotices  = 20
	noticeLength = 500
)

// Conn is a connection whose responses are followed. Reading is for one goroutine;
// Notices and SetStall may be called from any.
type Conn struct {
	net.Conn
	limits Limits
	stall  atomic.Int64
	in     *bufio.Reader

	out     []byte // a line that is ready for the reader
	literal int64  // bytes of a literal that are still to pass
	dropped bool   // the response is not for the reader
	more    bool   // the next line goes on with the response
	depth   int
	used    int   // bytes of the response beside literals
	most    int   // that it may have
	err     error // the library reads again after an error, so it stays

	mu      sync.Mutex
	notices []string
}

// New guards a connection.
func New(c net.Conn, limits Limits) *Conn {
	g := &Conn{Conn: c, limits: limits, in: bufio.NewReaderSize(c, 32<<10)}
	g.stall.Store(int64(limits.Stall))
	return g
}

// SetStall changes how long the server may be silent.
func (c *Conn) SetStall(d time.Duration) { c.stall.Store(int64(d)) }

// Notices are the texts of BYE and ALERT, oldest first.
func (c *Conn) Notices() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.notices)
}

// SetReadDeadline does nothing: the library sets one for a whole literal, which a
// large mail on a slow line overruns. The deadline here moves with each byte.
func (c *Conn) SetReadDeadline(time.Time) error { return nil }

// SetDeadline sets the deadline for writing only.
func (c *Conn) SetDeadline(t time.Time) error { return c.SetWriteDeadline(t) }

// Read gives the library what passes.
func (c *Conn) Read(p []byte) (int, error) {
	if c.err != nil {
		return 0, c.err
	}
	n, err := c.next(p)
	c.err = err
	return n, err
}

func (c *Conn) next(p []byte) (int, error) {
	for {
		switch {
		case len(c.out) > 0:
			n := copy(p, c.out)
			c.out = c.out[n:]
			return n, nil
		case c.literal > 0:
			n, err := c.pass(p)
			if n > 0 || err != nil {
				return n, err
			}
		default:
			if err := c.line(); err != nil {
				return 0, err
			}
		}
	}
}

// pass reads a part of a literal; 0 and no error when it was dropped.
func (c *Conn) pass(p []byte) (int, error) {
	c.expect()
	n, err := c.in.Read(p[:min(int64(len(p)), c.literal)])
	c.literal -= int64(n)
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	if c.dropped {
		n = 0
	}
	if n > 0 {
		err = nil // it comes again with the next read
	}
	return n, err
}

// expect moves the deadline on.
func (c *Conn) expect() {
	if d := time.Duration(c.stall.Load()); d > 0 {
		_ = c.Conn.SetReadDeadline(time.Now().Add(d)) // an error shows in the reading
		return
	}
	_ = c.Conn.SetReadDeadline(time.Time{})
}

// line reads a line of a response, and lays it ready unless it is dropped.
func (c *Conn) line() error {
	fresh := !c.more
	if fresh {
		c.depth, c.used, c.dropped, c.most = 0, 0, false, c.limits.Line
	}
	line, err := c.readLine(fresh)
	if err != nil {
		return err
	}
	if fresh {
		c.look(line)
	}
	n, ok := literalSize(line)
	if ok && (n < 0 || n > c.limits.Literal) {
		return fmt.Errorf("%w: a literal of %d bytes", ErrLimit, n)
	}
	if fresh && keyword(line) == "LIST" {
		return c.folder(line)
	}
	c.more, c.literal = ok, max(n, 0)
	if !c.dropped {
		c.out = line
	}
	return nil
}

// folder lays the whole of a LIST response ready, unless the library cannot decode its
// name: it gives all folders up over one.
func (c *Conn) folder(line []byte) error {
	whole, good := slices.Clone(line), decodable(line)
	for {
		n, ok := literalSize(line)
		if !ok {
			break
		}
		if n < 0 || n > int64(c.limits.Line-c.used) {
			return fmt.Errorf("%w: a folder's name of %d bytes", ErrLimit, n)
		}
		name := make([]byte, n)
		c.expect()
		if _, err := io.ReadFull(c.in, name); err != nil {
			return io.ErrUnexpectedEOF
		}
		c.used += len(name)
		var err error
		if line, err = c.readLine(false); err != nil {
			return err
		}
		good = good && decodable(name) && decodable(line)
		whole = append(append(whole, name...), line...)
	}
	if !good {
		slog.Warn("a folder is left out, for its name cannot be read", "bytes", len(whole))
		return nil
	}
	c.out = whole
	return nil
}

// decodable tells whether a text can be read as a name in modified UTF-7 (RFC 3501
// 5.1.3), or in UTF-8.
func decodable(text []byte) bool {
	text = bytes.TrimSuffix(text, []byte("\r\n"))
	if !utf8.Valid(text) || bytes.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return false
	}
	coded := -1 // where the part in base64 before ended
	for at := 0; ; {
		i := bytes.IndexByte(text[at:], '&')
		if i < 0 {
			return true
		}
		start := at + i
		n := bytes.IndexByte(text[start:], '-')
		if n < 0 || n > 1 && coded == start {
			return false
		}
		if n > 1 {
			raw, err := base64.RawStdEncoding.DecodeString(strings.ReplaceAll(string(text[start+1:start+n]), ",", "/"))
			if err != nil || len(raw) == 0 || len(raw)%2 != 0 {
				return false
			}
			coded = start + n + 1
		}
		at = start + n + 1
	}
}

func (c *Conn) readLine(fresh bool) ([]byte, error) {
	var line []byte
	quoted := false
	for {
		c.expect()
		part, err := c.in.ReadSlice('\n')
		line = append(line, part...)
		if fresh && isList(keyword(line)) {
			c.most = c.limits.List
		}
		if c.used += len(part); c.used > c.most {
			return nil, fmt.Errorf("%w: a line of more than %d bytes", ErrLimit, c.most)
		}
		if quoted, err = c.nest(part, quoted, err); err == nil {
			return line, nil
		}
		switch {
		case err == bufio.ErrBufferFull:
			continue
		case err == io.EOF && (len(line) > 0 || c.more):
			return nil, io.ErrUnexpectedEOF
		}
		return nil, err
	}
}

// nest counts parentheses. A text may hold a lone quote; that only makes the
// count lower than it is, never higher.
func (c *Conn) nest(part []byte, quoted bool, err error) (bool, error) {
	for _, b := range part {
		switch {
		case b == '"':
			quoted = !quoted
		case quoted:
		case b == '(':
			if c.depth++; c.depth > c.limits.Depth {
				return quoted, fmt.Errorf("%w: nested deeper than %d", ErrLimit, c.limits.Depth)
			}
		case b == ')':
			c.depth--
		}
	}
	return quoted, err
}

// keyword is what an untagged response is about: "FETCH" for "* 12 FETCH (…".
func keyword(line []byte) string {
	fields := strings.Fields(string(line[:min(len(line), 64)]))
	if len(fields) < 2 || fields[0] != "*" {
		return ""
	}
	word := fields[1]
	if _, err := strconv.ParseUint(word, 10, 32); err == nil && len(fields) > 2 {
		word = fields[2]
	}
	return strings.ToUpper(word)
}

func isList(word string) bool { return word == "SEARCH" || word == "ESEARCH" || word == "SORT" }

// known are the untagged responses that the library can take.
const known = " OK NO BAD BYE PREAUTH ID CAPABILITY ENABLED NAMESPACE FLAGS EXISTS RECENT LIST STATUS FETCH EXPUNGE SEARCH ESEARCH SORT THREAD METADATA QUOTA QUOTAROOT MYRIGHTS ACL "

// look drops a response that the library does not know, and keeps what the server
// says to people.
func (c *Conn) look(line []byte) {
	if !bytes.HasPrefix(line, []byte("* ")) {
		return
	}
	word := keyword(line)
	if !strings.Contains(known, " "+word+" ") {
		c.dropped = true
		return
	}
	text := strings.TrimSpace(string(line[2:]))
	switch word {
	case "BYE":
		c.note(strings.TrimSpace(text[len("BYE"):]))
	case "OK", "NO", "BAD":
		if i := strings.Index(strings.ToUpper(text), "[ALERT]"); i >= 0 {
			c.note(strings.TrimSpace(text[i+len("[ALERT]"):]))
		}
	}
}

// note keeps a text without its control characters.
func (c *Conn) note(text string) {
	text = strings.ToValidUTF8(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, text), "")
	if len(text) > noticeLength {
		text = strings.ToValidUTF8(text[:noticeLength], "")
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if text != "" && len(c.notices) < mostNotices {
		c.notices = append(c.notices, text)
	}
}

// literalSize is the size of the literal that a line ends with; −1 for one that
// is no number.
func literalSize(line []byte) (int64, bool) {
	line = bytes.TrimRight(line, "\r\n")
	if len(line) == 0 || line[len(line)-1] != '}' {
		return 0, false
	}
	i := bytes.LastIndexByte(line, '{')
	if i < 0 || i+1 >= len(line)-1 || len(line)-i > 30 {
		return 0, false
	}
	digits := bytes.TrimSuffix(line[i+1:len(line)-1], []byte("+"))
	n, err := strconv.ParseInt(string(digits), 10, 64)
	switch {
	case err == nil:
		return n, true
	case errors.Is(err, strconv.ErrRange):
		return -1, true
	}
	return 0, false // a text that happens to end with a brace
}
