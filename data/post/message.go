package post

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"time"
)

// State of a message.
type State int

// The states.
const (
	Listed  State = iota // the header is here
	Fetched              // all of it is here
	Failed               // the server could not give it
)

// Flags of a message in a folder, as bits.
type Flags int64

// The flags.
const (
	Seen Flags = 1 << iota
	Answered
	Flagged
	Draft
	Forwarded
)

// Address is a person's or a machine's.
type Address struct{ Name, Address string }

// Who is what to call somebody: the name, else the address.
func (a Address) Who() string {
	if a.Name == "" {
		return a.Address
	}
	return a.Name
}

// Index is what is read out of a message, for lists and search.
type Index struct {
	MessageID  string   // without brackets
	References []string // of earlier messages, oldest first; In-Reply-To is among them
	// Conversation is the beginning of Outlook's Thread-Index, the same for all of a
	// conversation; Exchange leaves References out at times.
	Conversation string
	Date         time.Time
	From         Address
	Receivers    []Address
	Subject      string
	Snippet      string   // the beginning of the text
	Body         string   // for search; "" of a header
	Attachments  []string // names
}

// Arrived is a message that was fetched, or its header.
type Arrived struct {
	UID      uint32
	Flags    Flags
	Internal time.Time
	Size     int64
	Raw      []byte // nil for a header alone
	Key      string
	Index    Index
	Sent     bool // lies in the folder of sent mail
	// Withhold keeps nothing of it but that it is there.
	Withhold bool
}

// Key is what a message is known by; block is its header block or the whole of it.
func Key(block []byte) string {
	end := headerEnd(block)
	sum := sha256.Sum256(block[:end])
	return hex.EncodeToString(sum[:16])
}

// headerEnd is the length of a header block with the blank line after it.
func headerEnd(raw []byte) int {
	if i := bytes.Index(raw, []byte("\r\n\r\n")); i >= 0 {
		if j := bytes.Index(raw[:i], []byte("\n\n")); j >= 0 {
			return j + 2
		}
		return i + 4
	}
	if i := bytes.Index(raw, []byte("\n\n")); i >= 0 {
		return i + 2
	}
	return len(raw)
}
