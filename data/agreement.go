package data

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
