package data

import "strings"

// Kinds of agreement.
const (
	AgreementIntent      = "intent"      // the parties mean to work together
	AgreementSupport     = "support"     // a letter that supports an application
	AgreementCooperation = "cooperation" // who does what and who pays
)

// KeptFile is a file that a record keeps. Its bytes are a blob.
type KeptFile struct {
	FileName  string `db:"file_name" json:"fileName,omitempty"`
	MediaType string `db:"media_type" json:"mediaType,omitempty"`
	Size      int64  `db:"size" json:"size,omitempty"` // bytes
	SHA256    string `db:"sha256" json:"sha256,omitempty"`
}

// Agreement is a letter of intent, a letter of support or a co-operation
// agreement. Its parties are its signatures.
type Agreement struct {
	Row
	Application string `db:"application" json:"application,omitempty"` // id, or ""
	AgreementOf string `db:"kind" json:"kind"`
	Name        string `db:"name" json:"name"`
	Date        string `db:"date" json:"date,omitempty"`     // YYYY-MM-DD, of the agreement
	Finish      string `db:"finish" json:"finish,omitempty"` // YYYY-MM-DD, inclusive; "" for no end
	KeptFile           // the signed copy
	Note        string `db:"note" json:"note,omitempty"`
}

// Kind names the table.
func (*Agreement) Kind() string { return "agreement" }

// Signature is one party of an agreement: who must sign for it, and whether
// they have.
type Signature struct {
	Row
	Agreement    string `db:"agreement" json:"-"`
	Position     int64  `db:"position" json:"position"`
	Organisation string `db:"organisation" json:"organisation,omitempty"` // id in the register, or ""
	Party        string `db:"party" json:"party"`                         // the organisation's name
	Name         string `db:"name" json:"name"`                           // of the person
	Role         string `db:"role" json:"role,omitempty"`
	Done         string `db:"done" json:"signed,omitempty"` // YYYY-MM-DD, "" while it is missing
}

// Kind names the table.
func (*Signature) Kind() string { return "signature" }

// Who is the party with the person in brackets: "Fåvang Sag AS (Kari)".
func (s *Signature) Who() string {
	party, name := strings.TrimSpace(s.Party), strings.TrimSpace(s.Name)
	switch {
	case party == "":
		return name
	case name == "":
		return party
	}
	return party + " (" + name + ")"
}

// Aid is one award of public support to a business.
type Aid struct {
	Row
	Organisation string `db:"organisation" json:"organisation"`
	Donor        string `db:"donor" json:"donor"`
	Scheme       string `db:"scheme" json:"scheme"`
	Date         string `db:"date" json:"date"`     // YYYY-MM-DD, when it was awarded
	Amount       int64  `db:"amount" json:"amount"` // kroner
	// Rate is what a euro cost, in ten thousandths of a krone; 0 when nobody wrote it.
	Rate int64 `db:"rate" json:"rate"`
	// EUR is the amount in cents as the donor wrote it; 0 leaves it to Amount and Rate.
	EUR       int64  `db:"eur" json:"eurCents"`
	Basis     string `db:"basis" json:"basis"`
	Sector    string `db:"sector" json:"sector,omitempty"`
	Reference string `db:"reference" json:"reference,omitempty"`
	KeptFile         // the award letter
	Note      string `db:"note" json:"note,omitempty"`
}

// Kind names the table.
func (*Aid) Kind() string { return "state_aid" }

// Signed is an agreement with its parties, in their order.
type Signed struct {
	Agreement
	Parties []Signature `json:"parties"`
}

// Missing are the parties that have not signed.
func (s *Signed) Missing() []Signature {
	var all []Signature
	for _, p := range s.Parties {
		if p.Done == "" {
			all = append(all, p)
		}
	}
	return all
}

// Agreements are the live agreements that a condition on the table agreement
// picks ("" for all), the newest first.
func Agreements(r Reader, where string, args ...any) ([]Signed, error) {
	found, err := Live[Agreement](r, where, "id DESC", args...)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	if where == "" {
		where = "1"
	}
	parties, err := Live[Signature](r, "agreement IN (SELECT id FROM agreement WHERE deleted = '' AND ("+where+"))", "position, id", args...)
	if err != nil {
		return nil, err
	}
	all, at := make([]Signed, len(found)), make(map[string]int, len(found))
	for i := range found {
		all[i].Agreement, at[found[i].ID] = found[i], i
	}
	for _, p := range parties {
		if i, ok := at[p.Agreement]; ok {
			all[i].Parties = append(all[i].Parties, p)
		}
	}
	return all, nil
}

// WithParty is a condition for Agreements: those that an organisation is a
// party of. It takes the organisation's id.
const WithParty = "id IN (SELECT agreement FROM signature WHERE organisation = ? AND deleted = '')"
