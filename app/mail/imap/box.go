// Package imap is one signed-in connection to a mailbox, behind a small interface
// that only reads: folders are opened with EXAMINE, and the one command that
// writes is APPEND of a draft. It is go-imap under a guard and a watchdog; see
// package guard for what the library does not do by itself.
//
// Neither ENVELOPE nor BODYSTRUCTURE is asked for: servers make them wrong more
// often than anything else, and the program parses messages itself.
package imap

import (
	"context"
	"errors"
	"io"
	"strconv"
	"time"

	"kompetansepilot/data"
)

// Role is what a folder is for.
type Role string

// The roles. A folder of the user's own has none.
const (
	RoleInbox   Role = "inbox"
	RoleSent    Role = "sent"
	RoleDrafts  Role = "drafts"
	RoleTrash   Role = "trash"
	RoleJunk    Role = "junk"
	RoleArchive Role = "archive"
	RoleAll     Role = "all" // holds what stands in others too
)

// Folder is a folder of the mailbox.
type Folder struct {
	Name string // decoded, with the server's delimiter between levels
	Role Role
}

// State is how a folder stands on the server.
type State struct {
	Name        string
	UIDValidity uint32 // 0 when the server does not say
	UIDNext     uint32 // 0 when the server does not say
	Messages    uint32
	// HighestModSeq is 0 when the folder keeps none.
	HighestModSeq uint64
}

// Flags are the marks of a message that the program reads.
type Flags struct {
	Seen, Answered, Flagged, Draft, Forwarded bool
}

// Meta is what the server says of a message.
type Meta struct {
	UID      uint32
	Flags    Flags
	Internal time.Time // when the server took it
	Size     int64     // bytes; a hint, for Exchange may give the size on its disk
	Length   int64     // bytes of the body that comes with it; 0 when none does
}

// Box is a signed-in connection. It is for one goroutine, but Close may be called
// from any and ends what runs. A context that ends closes the connection.
type Box interface {
	Folders(ctx context.Context) ([]Folder, error)
	// Status asks for several folders at once. Those that cannot be opened are left
	// out.
	Status(ctx context.Context, names []string) ([]State, error)
	// Examine opens a folder for reading.
	Examine(ctx context.Context, name string) (State, error)
	// UIDs are the messages of the open folder, ascending.
	UIDs(ctx context.Context) ([]uint32, error)
	// Since are those that came on a day or later, by the server's clock.
	Since(ctx context.Context, day time.Time) ([]uint32, error)
	// Flags gives the flags of all messages, or of those changed after a
	// modification number.
	Flags(ctx context.Context, since uint64, each func(uid uint32, f Flags)) error
	// Headers gives the header blocks of messages, in any order; those that are
	// gone are left out.
	Headers(ctx context.Context, uids []uint32, each func(m Meta, header []byte) error) error
	// Bodies gives whole messages. The reader ends with an error when the message
	// was cut off. No message counts before Bodies returns nil. Missing are those
	// that were asked for and not given.
	Bodies(ctx context.Context, uids []uint32, each func(m Meta, body io.Reader) error) (missing []uint32, err error)
	// Append puts a draft into a folder. It gives the UID, or 0 when the server does
	// not tell.
	Append(ctx context.Context, folder string, message []byte, at time.Time) (uid uint32, err error)
	// Find gives the messages of a folder with a Message-ID. It opens the folder.
	Find(ctx context.Context, folder, messageID string) ([]uint32, error)
	// Idle waits until something happens in the open folder and calls news; it
	// returns when ctx ends. ErrNoIdle tells that the server cannot.
	Idle(ctx context.Context, news func()) error
	// Notices are what the server has said to people, plain text.
	Notices() []string
	Close() error
}

// ErrNoIdle tells that a server cannot tell of news by itself.
var ErrNoIdle = errors.New("the server has no IDLE")

// Codes of the errors of this package. Their sentences say what happened and what
// to do.
const (
	CodeAuth      = "mailAuth"      // the server refused name and password
	CodeExpired   = "mailExpired"   // the sign-in has run out
	CodeThrottled = "mailThrottled" // too many connections or too much at once
	CodeUnknownCA = "mailUnknownCA" // the certificate cannot be trusted
	CodeNonsense  = "mailNonsense"  // the server answers nonsense
	CodeTimeout   = "mailTimeout"   // the server is silent
	CodeClosed    = "mailClosed"    // the connection was lost
	CodeRefused   = "mailRefused"   // the server refused a command
	CodeUnreached = "mailUnreached" // nobody answers there
	CodeNoFolder  = "mailNoFolder"  // there is no such folder
	CodeFull      = "mailFull"      // the mailbox has no room for the draft
	// CodeNotConnected tells that Microsoft 365 knows the person and keeps the mailbox
	// closed.
	CodeNotConnected = "mailNotConnected"
	CodeNoTLS        = "mailNoTLS" // nothing that speaks TLS 1.2 or newer answers there
)

// fault makes an error with a sentence.
func fault(code, host string, cause error) error {
	switch code {
	case CodeAuth:
		return data.NewError(CodeAuth, "{{.Host}} godtok ikke brukernavnet og passordet. Ingenting er hentet. Sjekk dem, og logg på igjen.", cause, "Host", host)
	case CodeExpired:
		return data.NewError(CodeExpired, "Påloggingen til {{.Host}} er gått ut. Det som er hentet, ligger her. Logg på igjen.", cause, "Host", host)
	case CodeThrottled:
		return data.NewError(CodeThrottled, "{{.Host}} ber oss vente. Det som er hentet, ligger her. Programmet prøver igjen om litt.", cause, "Host", host)
	case CodeUnknownCA:
		return data.NewError(CodeUnknownCA, "{{.Host}} viser et sertifikat som ikke kan stoles på. Ingen pålogging er sendt. Spør IT om tjenerens navn og sertifikat er riktige.", cause, "Host", host)
	case CodeNonsense:
		return data.NewError(CodeNonsense, "{{.Host}} svarte noe programmet ikke kan lese. Det som er hentet, ligger her. Programmet prøver igjen om litt.", cause, "Host", host)
	case CodeTimeout:
		return data.NewError(CodeTimeout, "{{.Host}} svarer ikke. Det som er hentet, ligger her. Programmet prøver igjen om litt.", cause, "Host", host)
	case CodeRefused:
		return data.NewError(CodeRefused, "{{.Host}} sa nei. Det som er hentet, ligger her.", cause, "Host", host)
	case CodeUnreached:
		return data.NewError(CodeUnreached, "Får ikke kontakt med {{.Host}}. Det som er hentet, ligger her. Se etter at navnet er riktig og at PC-en er på nett.", cause, "Host", host)
	case CodeNoFolder:
		return data.NewError(CodeNoFolder, "Postkassen har ikke mappen programmet så etter. Ingenting er endret på tjeneren. Velg en annen mappe.", cause, "Host", host)
	case CodeNoTLS:
		return data.NewError(CodeNoTLS, "{{.Host}} tilbyr ikke en sikker forbindelse (TLS 1.2 eller nyere) på denne porten. Ingen pålogging er sendt. Bruk port 993, eller spør IT.", cause, "Host", host)
	case CodeNotConnected:
		return data.NewError(CodeNotConnected, "{{.Host}} godtok påloggingen, men åpner ikke postkassen. Det som er hentet, ligger her. IT må slå på IMAP for postkassen og se etter at brukeren har full tilgang til den.", cause, "Host", host)
	case CodeFull:
		return data.NewError(CodeFull, "Postkassen er full, så kladden ble ikke lagret på tjeneren. Den ligger her. Rydd i postkassen, og prøv igjen.", cause, "Host", host)
	}
	return data.NewError(CodeClosed, "Forbindelsen til {{.Host}} ble brutt. Det som er hentet, ligger her. Programmet prøver igjen om litt.", cause, "Host", host)
}

// join is a name with its port.
func join(host string, port int) string {
	if port == 993 {
		return host
	}
	return host + ":" + strconv.Itoa(port)
}
