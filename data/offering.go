package data

// Campus is a place where a provider teaches.
type Campus struct {
	Row
	Organisation string `db:"organisation" json:"-"`
	Position     int64  `db:"position" json:"position"`
	Name         string `db:"name" json:"name"`
	Municipality string `db:"municipality" json:"municipality"` // number
	Contact      string `db:"contact" json:"contact,omitempty"`
	Note         string `db:"note" json:"note,omitempty"`
}

// Kind names the table.
func (*Campus) Kind() string { return "campus" }

// Offering is a course or a study programme that a provider can give.
type Offering struct {
	Row
	Organisation string `db:"organisation" json:"organisation"` // the provider, or ""
	// ProviderKind is what the provider is while no Organisation is named.
	ProviderKind string `db:"provider_kind" json:"providerKind"`
	Title        string `db:"name" json:"title"`
	Description  string `db:"description" json:"description"`
	Level        string `db:"level" json:"level"`
	Credits      int64  `db:"credits" json:"credits"` // hundredths: 750 is 7.5
	Form         string `db:"form" json:"form"`
	Place        string `db:"place" json:"place"`               // as the provider words it
	Municipality string `db:"municipality" json:"municipality"` // number
	Language     string `db:"language" json:"language"`         // "nb", "nn" or "en"
	Start        string `db:"start" json:"start"`               // YYYY-MM-DD
	Finish       string `db:"finish" json:"finish"`             // YYYY-MM-DD, inclusive
	Due          string `db:"due" json:"due"`                   // YYYY-MM-DD, last day to apply
	Months       string `db:"months" json:"months"`             // in which it can run: "1;2;9", "" for any
	Least        int64  `db:"least" json:"least"`               // participants that it needs
	Capacity     int64  `db:"capacity" json:"capacity"`         // participants that it takes, 0 when not known
	Price        int64  `db:"price" json:"price"`               // kroner a participant
	Website      string `db:"website" json:"website"`
	Note         string `db:"note" json:"note"`
	Source       string `db:"source" json:"source"`
	SourceTime   string `db:"source_time" json:"sourceTime"` // RFC 3339, UTC
}

// Kind names the table.
func (*Offering) Kind() string { return "offering" }

// Enquiry is a question to a provider, and its answer.
type Enquiry struct {
	Row
	Organisation string `db:"organisation" json:"organisation"`
	Offering     string `db:"offering" json:"offering,omitempty"` // id, or ""
	Name         string `db:"name" json:"name"`                   // what it is about
	Contact      string `db:"contact" json:"contact"`             // who was asked
	Text         string `db:"text" json:"text"`
	Status       string `db:"status" json:"status"`
	Date         string `db:"date" json:"sent"`     // YYYY-MM-DD
	Done         string `db:"done" json:"answered"` // YYYY-MM-DD
	Answer       string `db:"answer" json:"answer"`
	Request      string `db:"request" json:"request,omitempty"` // that it is part of, or ""
	Channel      string `db:"channel" json:"channel,omitempty"` // how it was sent, one of app/course's
	Due          string `db:"due" json:"due,omitempty"`         // YYYY-MM-DD, last day to answer
}

// Kind names the table.
func (*Enquiry) Kind() string { return "enquiry" }

// KindOf is the kind of the record that the change log knows by an id, "" when
// it knows none.
func KindOf(r Reader, id string) (kind string, err error) {
	kinds, err := texts(r.query("SELECT kind FROM change WHERE record = ? LIMIT 1", id))
	if err != nil || len(kinds) == 0 {
		return "", r.translate("look up a record", err)
	}
	return kinds[0], nil
}
