package data

// Request is what several providers are asked for on behalf of a group of
// businesses. What each was asked is an Enquiry that names it.
type Request struct {
	Row
	Pool         string `db:"pool" json:"pool"`          // id, or ""
	Name         string `db:"name" json:"name"`          // the subject
	Needs        string `db:"needs" json:"-"`            // ids with ";" between, as they were when it was made
	People       int64  `db:"people" json:"people"`      // as they were then
	Municipality string `db:"municipality" json:"place"` // number, "" for online
	Months       string `db:"months" json:"months"`      // as Offering.Months
	Level        string `db:"level" json:"level"`        // as Need.Level
	Form         string `db:"form" json:"form"`          // as Need.Form
	Date         string `db:"date" json:"date"`          // YYYY-MM-DD
	Due          string `db:"due" json:"due"`            // YYYY-MM-DD, last day to answer
	Chosen       string `db:"chosen" json:"chosen"`      // id of the Enquiry that was chosen, or ""
	Letter       string `db:"letter" json:"letter"`      // to those who were not chosen
	Note         string `db:"note" json:"note"`
	Created      string `db:"created" json:"created"` // RFC 3339, UTC
}

// Kind names the table.
func (*Request) Kind() string { return "request" }

// Reply is what a provider answered to an Enquiry of a Request; there is one for
// each. A text is "" while the provider has not answered that, so that 0 is an
// answer; numbers are digits.
type Reply struct {
	Row
	Enquiry  string `db:"enquiry" json:"-"`
	Total    string `db:"total" json:"total"`       // kroner for the whole course
	Price    string `db:"price" json:"price"`       // kroner a participant
	Form     string `db:"form" json:"form"`         // as Offering.Form
	Place    string `db:"place" json:"place"`       // as the provider words it
	Start    string `db:"start" json:"start"`       // YYYY-MM-DD
	Finish   string `db:"finish" json:"finish"`     // YYYY-MM-DD, inclusive
	Dates    string `db:"dates" json:"dates"`       // of gatherings, as the provider words them
	Credits  string `db:"credits" json:"credits"`   // hundredths: "750" is 7.5
	Level    string `db:"level" json:"level"`       // as Offering.Level
	Least    string `db:"least" json:"least"`       // participants that it needs
	Capacity string `db:"capacity" json:"capacity"` // participants that it takes
	Valid    string `db:"valid" json:"valid"`       // YYYY-MM-DD, last day that the reply binds
	Language string `db:"language" json:"language"` // "nb", "nn" or "en"
	Note     string `db:"note" json:"note"`
	Unread   string `db:"unread" json:"unread,omitempty"` // what an import could not read, a line each
	Source   string `db:"source" json:"source,omitempty"` // the file's name, or ""
}

// Kind names the table.
func (*Reply) Kind() string { return "reply" }

// Course is an offering that runs, or is going to.
type Course struct {
	Row
	Offering     string `db:"offering" json:"offering"`
	Request      string `db:"request" json:"request"`       // that it came of, or ""
	Pool         string `db:"pool" json:"pool"`             // id, or ""
	Organisation string `db:"organisation" json:"provider"` // the provider, or ""
	Name         string `db:"name" json:"title"`
	Municipality string `db:"municipality" json:"place"` // number
	Start        string `db:"start" json:"start"`        // YYYY-MM-DD
	Finish       string `db:"finish" json:"finish"`      // YYYY-MM-DD, inclusive
	Status       string `db:"status" json:"status"`      // one of app/course's
	Credits      int64  `db:"credits" json:"credits"`    // hundredths, for each who completes
	Least        int64  `db:"least" json:"least"`        // participants that it needs, 0 when not known
	Capacity     int64  `db:"capacity" json:"capacity"`  // participants that it takes, 0 when not known
	Price        int64  `db:"price" json:"price"`        // kroner a participant
	Score        int64  `db:"score" json:"score"`        // mean of the evaluation: 430 is 4.3 of 5; 0 for none
	Answers      int64  `db:"answers" json:"answers"`    // how many evaluated
	Evaluation   string `db:"evaluation" json:"evaluation"`
	Note         string `db:"note" json:"note"`
	Created      string `db:"created" json:"created"` // RFC 3339, UTC
}

// Kind names the table.
func (*Course) Kind() string { return "course" }

// Participation is how many take part in a course from one business.
type Participation struct {
	Row
	Course       string `db:"course" json:"course"`
	Organisation string `db:"organisation" json:"business"` // id, or ""
	Name         string `db:"name" json:"name"`             // while no Organisation is named
	Municipality string `db:"municipality" json:"municipality"`
	Position     int64  `db:"position" json:"position"`
	Expected     int64  `db:"expected" json:"expected"` // whom the business asked a place for
	Registered   int64  `db:"registered" json:"registered"`
	Started      int64  `db:"started" json:"started"`
	Completed    int64  `db:"completed" json:"completed"`
	Dropped      int64  `db:"dropped" json:"dropped"` // started and did not complete
	Credits      int64  `db:"credits" json:"credits"` // hundredths, all together
	Reason       string `db:"reason" json:"reason"`   // why they dropped out, one of app/course's
	Note         string `db:"note" json:"note"`
}

// Kind names the table.
func (*Participation) Kind() string { return "participation" }

// Participant is somebody who takes part, where the name is wanted. The counts
// stand in the Participation and need no names.
type Participant struct {
	Row
	Participation string `db:"participation" json:"participation"`
	Person        string `db:"person" json:"person"` // id of the contact, or ""
	Name          string `db:"name" json:"name"`
	Status        string `db:"status" json:"status"` // one of app/course's stages
	Basis         string `db:"basis" json:"basis"`   // why the name may be kept, one of app/course's
}

// Kind names the table.
func (*Participant) Kind() string { return "participant" }
