package data

// MailAccount is a mailbox that the program reads. Its secret lies in the
// system's keychain, never here.
type MailAccount struct {
	Row
	Address string `db:"address" json:"address"`
	Host    string `db:"host" json:"host"`
	Port    int64  `db:"port" json:"port"`      // 0 is 993
	User    string `db:"user_name" json:"user"` // who signs in; for a shared mailbox another than Address
	// Days is how far back mail is fetched, 0 for all of it.
	Days int64 `db:"days" json:"days"`
	// SignIn is "password", "microsoft" or "google".
	SignIn     string `db:"sign_in" json:"signIn"`
	ClientID   string `db:"client_id" json:"clientId"` // the program as the county has registered it
	Tenant     string `db:"tenant" json:"tenant"`      // of Microsoft 365; "" is any organisation
	DeviceCode bool   `db:"device_code" json:"deviceCode"`
	// Endpoints are the county's own addresses for signing in, as JSON; "" is the
	// provider's usual ones.
	Endpoints string `db:"endpoints" json:"endpoints"`
	// Check is how many minutes go between looks for new mail: 0 as soon as the server
	// tells of it, MailOnlyAsked never by itself.
	Check int64 `db:"check_minutes" json:"check"`
	// Paused tells that nothing is fetched until somebody says so.
	Paused bool `db:"paused" json:"paused"`
}

// MailOnlyAsked is the Check of a mailbox that is fetched only when somebody asks.
const MailOnlyAsked = -1

// Kind names the table.
func (*MailAccount) Kind() string { return "mail_account" }

// MailAll is the Days of a folder that is fetched whole, whatever the account says.
const MailAll = -1

// MailFolder is what the user has chosen for a folder of an account. Folders
// without one are fetched, but for trash, junk and drafts.
type MailFolder struct {
	Row
	Account string `db:"account" json:"account"`
	Name    string `db:"name" json:"name"`
	Fetch   bool   `db:"fetch" json:"fetch"`
	Days    int64  `db:"days" json:"days"` // 0 as the account says, MailAll for all of it
	Keep    int64  `db:"keep" json:"keep"` // days that its mail is kept here; 0 for always
}

// Kind names the table.
func (*MailFolder) Kind() string { return "mail_folder" }

// MailNever is a sender or a domain whose mail is never kept.
type MailNever struct {
	Row
	Pattern string `db:"pattern" json:"pattern"` // "kari@example.no" or "example.no"
}

// Kind names the table.
func (*MailNever) Kind() string { return "mail_never" }

// What the user has said of a link.
const (
	MailLinkTaken   = "taken"
	MailLinkRefused = "refused"
)

// MailLink is what the user has decided about a message and a record.
type MailLink struct {
	Row
	Message string `db:"message" json:"message"` // key of the mail store
	About   string `db:"about" json:"about"`     // kind of the record: "organisation" or "application"
	Record  string `db:"record" json:"record"`
	State   string `db:"state" json:"state"`
}

// Kind names the table.
func (*MailLink) Kind() string { return "mail_link" }

// MailLearned is an address or a domain that the user has tied to an organisation.
type MailLearned struct {
	Row
	Pattern      string `db:"pattern" json:"pattern"` // "kari@example.no" or "example.no"
	Organisation string `db:"organisation" json:"organisation"`
}

// Kind names the table.
func (*MailLearned) Kind() string { return "mail_learned" }

// MailDecision is what became of something that a message asks for.
type MailDecision struct {
	Row
	Message string `db:"message" json:"message"`
	Asked   string `db:"asked" json:"asked"`   // key of what was found in it
	State   string `db:"state" json:"state"`   // MailLinkTaken or MailLinkRefused
	Became  string `db:"became" json:"became"` // id of the record, or ""
}

// Kind names the table.
func (*MailDecision) Kind() string { return "mail_decision" }

// MailMark is what the archive is to know of a message.
type MailMark struct {
	Row
	Message    string `db:"message" json:"message"`
	Journaled  bool   `db:"journaled" json:"journaled"`
	CaseNumber string `db:"case_number" json:"caseNumber"`
	Basis      string `db:"basis" json:"basis"` // of exemption from public access, "" for none
}

// Kind names the table.
func (*MailMark) Kind() string { return "mail_mark" }

// MailDraft is a letter that was written here and put into the mailbox's folder of
// drafts. Until it can be, it waits in the mail store; see post.Waiting.
type MailDraft struct {
	Row
	Account   string `db:"account" json:"account"`
	MessageID string `db:"message_id" json:"messageId"` // without brackets
	Receivers string `db:"receivers" json:"to"`
	Subject   string `db:"subject" json:"subject"`
	Text      string `db:"text" json:"text"`
	ReplyTo   string `db:"reply_to" json:"replyTo"` // key of the message that it answers, or ""
	About     string `db:"about" json:"about"`
	Record    string `db:"record" json:"record"`
	Created   string `db:"created" json:"created"`
	Saved     string `db:"saved" json:"saved"` // RFC 3339, UTC; "" when it could not be saved at once
}

// Kind names the table.
func (*MailDraft) Kind() string { return "mail_draft" }
