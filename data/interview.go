package data

// Answers to "may we …": nothing said is "".
const (
	ConsentYes = "yes"
	ConsentNo  = "no"
)

// Interview is a conversation with a business about what it lacks. The needs
// that came up are records of their own that name it (Need.Conversation).
type Interview struct {
	Row
	Organisation string `db:"organisation" json:"organisation"` // id, or "" until it is chosen
	Form         string `db:"form" json:"form"`                 // id of the form that was used
	Channel      string `db:"channel" json:"channel"`           // one of the Interaction constants, or InterviewSurvey
	Date         string `db:"date" json:"date"`                 // YYYY-MM-DD
	Person       string `db:"person" json:"person"`             // id of who was talked with, or ""
	Short        bool   `db:"short" json:"short"`               // only the questions of the short form
	Consent      string `db:"consent" json:"consent"`           // may the county keep it and get back: ConsentYes, ConsentNo or ""
	Share        string `db:"share" json:"share"`               // may the needs be told providers without the name
	Note         string `db:"note" json:"note"`
	Done         string `db:"done" json:"done"`               // YYYY-MM-DD when it was finished, "" while it goes on
	Interaction  string `db:"interaction" json:"interaction"` // id of the activity that it became, or ""
	Source       string `db:"source" json:"source"`           // file that it came from, or ""
	// Answers are by the id of the question.
	Answers Values `json:"answers,omitempty"`
}

// InterviewSurvey is the channel of an interview that came as a filled-in form.
const InterviewSurvey = "survey"

// Kind names the table.
func (*Interview) Kind() string { return "interview" }

// InterviewForm is the county's own list of questions for interviews.
type InterviewForm struct {
	Row
	Name    string `db:"name" json:"name"`
	Content string `db:"content" json:"content"` // JSON, as app/need reads it
}

// Kind names the table.
func (*InterviewForm) Kind() string { return "interview_form" }

// Senses of a TermCorrection.
const (
	TermMeans    = "means"
	TermMeansNot = "not"
)

// TermCorrection says that a word means a concept of the term table, or that it
// does not.
type TermCorrection struct {
	Row
	Word    string `db:"word" json:"word"`       // one or more words, as they were written
	Concept string `db:"concept" json:"concept"` // id in the term table
	Sense   string `db:"sense" json:"sense"`     // TermMeans or TermMeansNot
	Need    string `db:"need" json:"need"`       // id of the need where it was seen, or ""
	Created string `db:"created" json:"created"` // RFC 3339, UTC
}

// Kind names the table.
func (*TermCorrection) Kind() string { return "term_correction" }

// Decisions about a need and an offering.
const (
	MatchAccepted = "accepted"
	MatchRejected = "rejected"
	MatchNone     = "none" // no offering fits; Offering is ""
)

// MatchDecision is what a person decided about an offering for a need.
type MatchDecision struct {
	Row
	Need     string `db:"need" json:"need"`
	Offering string `db:"offering" json:"offering"`
	Decision string `db:"decision" json:"decision"` // one of the Match constants
	Reason   string `db:"reason" json:"reason"`     // why, one of app/need's, or ""
	Note     string `db:"note" json:"note"`
	Created  string `db:"created" json:"created"` // RFC 3339, UTC
}

// Kind names the table.
func (*MatchDecision) Kind() string { return "match_decision" }

// NeedsIn are the needs of an interview, in the order that they were said in.
func NeedsIn(r Reader, interview string) ([]Need, error) {
	return Live[Need](r, "conversation = ?", "created, id", interview)
}
