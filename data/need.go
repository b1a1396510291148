package data

// How urgent a need is.
const (
	UrgencyLow    = "low"
	UrgencyNormal = "normal"
	UrgencyHigh   = "high"
)

// Need is something that a business lacks and could learn, as one person said
// it. Who else has the same need is for the matching to find.
type Need struct {
	Row
	Organisation string `db:"organisation" json:"organisation,omitempty"` // id, or ""
	// Industry is the business's industry in words, with its code last:
	// "Lakseoppdrett (SN2007 03)".
	Industry     string `db:"industry" json:"industry"`
	Municipality string `db:"municipality" json:"municipality"` // number
	Employees    int64  `db:"employees" json:"employees"`
	Text         string `db:"text" json:"text"`
	OwnWords     string `db:"own_words" json:"ownWords,omitempty"` // quoted from the conversation
	People       int64  `db:"people" json:"people"`
	Level        string `db:"level" json:"level"`                         // "kurs", "short", "fagskole", "bachelor", "master" or "any"
	Form         string `db:"form" json:"form"`                           // "nett", "nett+samling", "samling", "på stedet" or "any"
	Reach        int64  `db:"reach" json:"reach"`                         // kilometres by road, the longest journey
	FromMonth    int64  `db:"from_month" json:"from"`                     // 1 to 12, 0 for any
	ToMonth      int64  `db:"to_month" json:"to"`                         // 1 to 12, inclusive; before FromMonth is after New Year
	Norm         string `db:"norm" json:"norm"`                           // "nb" or "nn"
	Credits      int64  `db:"credits" json:"credits"`                     // hundredths wanted, 0 for none
	Urgency      string `db:"urgency" json:"urgency"`                     // one of the Urgency constants, or ""
	Shareable    bool   `db:"shareable" json:"shareable"`                 // may be told to providers without the name
	Interview    string `db:"interview" json:"interview"`                 // YYYY-MM-DD, when it was said
	Conversation string `db:"conversation" json:"conversation,omitempty"` // id of the Interview that it came up in, or ""
	Created      string `db:"created" json:"created"`                     // RFC 3339, UTC
}

// Kind names the table.
func (*Need) Kind() string { return "need" }
