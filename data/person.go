package data

import "encoding/json"

// Legal bases for keeping a person's data, by the article of GDPR.
const (
	BasisTask      = "task"      // 6(1)(e), a task in the public interest: the ordinary one of a public body
	BasisConsent   = "consent"   // 6(1)(a); BasisDate is when it was given
	BasisOther     = "other"     // BasisNote tells which
	BasisWithdrawn = "withdrawn" // a consent that was taken back
)

// LegalFormSole is the legal form of a sole proprietorship. It is a natural
// person: its data are personal data.
const LegalFormSole = "ENK"

// Person is somebody that the county talks with. Dates are YYYY-MM-DD.
type Person struct {
	Row
	Name      string `db:"name" json:"name"`
	Role      string `db:"role" json:"role"`
	Email     string `db:"email" json:"email"`
	Phone     string `db:"phone" json:"phone"`
	Norm      string `db:"norm" json:"norm"` // "nb", "nn" or "en": what the person is written to in
	Note      string `db:"note" json:"note"`
	Basis     string `db:"basis" json:"basis"`
	BasisNote string `db:"basis_note" json:"basisNote"`
	BasisDate string `db:"basis_date" json:"basisDate"`
	Source    string `db:"source" json:"source"`     // where the data came from
	Obtained  string `db:"obtained" json:"obtained"` // and when
	// Told is when the person got the notice of GDPR article 14, ToldHow how.
	Told    string `db:"told" json:"told"`
	ToldHow string `db:"told_how" json:"toldHow"`
	// KeepUntil is a day that was decided; "" counts from the last contact.
	KeepUntil string `db:"keep_until" json:"keepUntil"`
}

// Kind names the table.
func (*Person) Kind() string { return "person" }

// PersonAt links a person to an organisation; a person may belong to several.
type PersonAt struct {
	Row
	Person       string `db:"person" json:"person"`
	Organisation string `db:"organisation" json:"organisation"`
	Role         string `db:"role" json:"role"` // there; "" is the person's own
}

// Kind names the table.
func (*PersonAt) Kind() string { return "person_at" }

// Kinds of interaction.
const (
	InteractionCall    = "call"
	InteractionVisit   = "visit"
	InteractionMeeting = "meeting"
	InteractionEmail   = "email"
	InteractionNote    = "note"
)

// Interaction is one time that the county was in touch with somebody.
type Interaction struct {
	Row
	InteractionOf string `db:"kind" json:"kind"`
	Date          string `db:"date" json:"date"` // YYYY-MM-DD
	Text          string `db:"text" json:"text"`
}

// Kind names the table.
func (*Interaction) Kind() string { return "interaction" }

// InteractionWith links an interaction to a person or to an organisation; one
// of the two is "".
type InteractionWith struct {
	Row
	Interaction  string `db:"interaction" json:"interaction"`
	Person       string `db:"person" json:"person"`
	Organisation string `db:"organisation" json:"organisation"`
}

// Kind names the table.
func (*InteractionWith) Kind() string { return "interaction_with" }

// Task is something that was promised, or that is to be done. What it is linked
// to may be "".
type Task struct {
	Row
	Text         string `db:"text" json:"text"`
	Due          string `db:"due" json:"due"`   // YYYY-MM-DD, "" for no day
	Done         string `db:"done" json:"done"` // YYYY-MM-DD, "" while open
	Responsible  string `db:"responsible" json:"responsible"`
	Organisation string `db:"organisation" json:"organisation"`
	Person       string `db:"person" json:"person"`
	Interaction  string `db:"interaction" json:"interaction"` // where it was promised
}

// Kind names the table.
func (*Task) Kind() string { return "task" }

// Erasure is the receipt of an erasure: what was asked for and how much it
// touched, and nothing about whom it concerned.
type Erasure struct {
	Row
	Date    string `db:"date" json:"date"`       // YYYY-MM-DD
	Subject string `db:"subject" json:"subject"` // kind of the record: "person" or "organisation"
	Reason  string `db:"reason" json:"reason"`
	Removed int64  `db:"removed" json:"removed"` // records that went
	Changed int64  `db:"changed" json:"changed"` // records where the person was taken out of the text
	Kept    int64  `db:"kept" json:"kept"`       // records that the law keeps
}

// Kind names the table.
func (*Erasure) Kind() string { return "erasure" }

// PeopleAt are the persons of an organisation, by name.
func PeopleAt(r Reader, organisation string) ([]Person, error) {
	return Live[Person](r, "id IN (SELECT person FROM person_at WHERE organisation = ? AND deleted = '')", "name, id", organisation)
}

// InteractionsAt are the interactions with an organisation, the newest first.
// limit 0 is no limit.
func InteractionsAt(r Reader, organisation string, limit int) ([]Interaction, error) {
	if limit <= 0 {
		limit = -1
	}
	return Find[Interaction](r, "WHERE deleted = '' AND id IN (SELECT interaction FROM interaction_with WHERE organisation = ? AND deleted = '') ORDER BY date DESC, id DESC LIMIT ?",
		organisation, limit)
}

// InteractionsOf are the interactions with a person, the newest first.
func InteractionsOf(r Reader, person string) ([]Interaction, error) {
	return Live[Interaction](r, "id IN (SELECT interaction FROM interaction_with WHERE person = ? AND deleted = '')", "date DESC, id DESC", person)
}

// LastContacts are the dates of the latest interaction with each of some persons.
func LastContacts(r Reader, persons []string) (map[string]string, error) {
	list, err := json.Marshal(persons)
	if err != nil {
		return nil, err
	}
	last, err := pairs(r, `SELECT max(i.date), l.person FROM interaction_with l JOIN interaction i ON i.id = l.interaction
		WHERE l.deleted = '' AND i.deleted = '' AND l.person IN (SELECT value FROM json_each(?)) GROUP BY l.person`, string(list))
	return last, r.translate("read last contacts", err)
}
