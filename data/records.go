package data

import (
	"maps"
	"strconv"
)

// Setting is one choice of the workspace, for example the county. Its id is its
// name.
type Setting struct {
	Row
	Value string `db:"value" json:"value"`
}

// Kind names the table.
func (*Setting) Kind() string { return "setting" }

// CallFile is a call (utlysning) that the user added. Its id is the call's.
type CallFile struct {
	Row
	Name    string `db:"name" json:"name"`
	Content string `db:"content" json:"content"`
	Added   string `db:"added" json:"added"`
}

// Kind names the table.
func (*CallFile) Kind() string { return "call_file" }

// Status of an application, as domain.md 2.4 proposes.
const (
	StatusDraft     = "draft"
	StatusSubmitted = "submitted"
)

// Application is one project's application to one call. What a person writes
// in the call's fields stands in Answers, by field id.
type Application struct {
	Row
	Call       string `db:"call" json:"call"`
	County     string `db:"county" json:"county"`     // county number, in the structure of the call's year
	Language   string `db:"language" json:"language"` // "nb" or "nn": the written norm of the document
	Status     string `db:"status" json:"status"`
	Created    string `db:"created" json:"created"`     // RFC 3339, UTC
	Submitted  string `db:"submitted" json:"submitted"` // YYYY-MM-DD
	CaseNumber string `db:"case_number" json:"caseNumber"`
	// OutsideCeiling keeps an alternative draft or a rejected application from
	// counting against the county's ceiling.
	OutsideCeiling bool   `db:"outside_ceiling" json:"outsideCeiling,omitempty"`
	Note           string `db:"note" json:"note,omitempty"`
	Answers        Values `json:"answers"`
}

// Kind names the table.
func (*Application) Kind() string { return "application" }

// Title is the project's name.
func (a *Application) Title() string { return a.Answers["title"] }

// Goal is a main goal or a sub-goal (Field tells which), checked off afterwards.
type Goal struct {
	Row
	Application string `db:"application" json:"-"`
	Field       string `db:"field" json:"field"`
	Position    int64  `db:"position" json:"position"`
	Text        string `db:"text" json:"text"`
	Measure     string `db:"measure" json:"measure"`
	Due         string `db:"due" json:"due"`   // YYYY-MM-DD
	Done        string `db:"done" json:"done"` // YYYY-MM-DD, "" while open
	Outcome     string `db:"outcome" json:"outcome"`
}

// Kind names the table.
func (*Goal) Kind() string { return "goal" }

// Activity is a line of the schedule.
type Activity struct {
	Row
	Application string `db:"application" json:"-"`
	Position    int64  `db:"position" json:"position"`
	Name        string `db:"name" json:"name"`
	Responsible string `db:"responsible" json:"responsible"`
	Start       string `db:"start" json:"start"`   // YYYY-MM-DD
	Finish      string `db:"finish" json:"finish"` // YYYY-MM-DD, inclusive
	Goal        string `db:"goal" json:"goal"`
	Result      string `db:"result" json:"result"`
}

// Kind names the table.
func (*Activity) Kind() string { return "activity" }

// Milestone is a day by which something stands.
type Milestone struct {
	Row
	Application string `db:"application" json:"-"`
	Position    int64  `db:"position" json:"position"`
	Name        string `db:"name" json:"name"`
	Date        string `db:"date" json:"date"`         // YYYY-MM-DD
	Activity    string `db:"activity" json:"activity"` // id, or ""
	Done        string `db:"done" json:"done"`
}

// Kind names the table.
func (*Milestone) Kind() string { return "milestone" }

// The two plans of a budget.
const (
	PlanCost      = "cost"
	PlanFinancing = "financing"
)

// BudgetRow is a row of the cost plan or the financing plan. Amounts are whole
// kroner by year. A row with Hourly set holds hours instead, and its amounts
// are hours × Rate.
type BudgetRow struct {
	Row
	Application string `db:"application" json:"-"`
	Plan        string `db:"plan" json:"plan"`
	Position    int64  `db:"position" json:"position"`
	Type        string `db:"type" json:"type"` // cost type or financing source of the call
	Label       string `db:"label" json:"label"`
	Hourly      bool   `db:"hourly" json:"hourly,omitempty"`
	Rate        int64  `db:"rate" json:"rate,omitempty"` // kroner an hour
	RateBasis   string `db:"rate_basis" json:"rateBasis,omitempty"`
	Note        string `db:"note" json:"note,omitempty"`
	Cells       Values `json:"cells"` // year -> kroner, or hours when Hourly
}

// Kind names the table.
func (*BudgetRow) Kind() string { return "budget_row" }

// Cell is the number that was typed for a year: kroner, or hours when Hourly.
func (b *BudgetRow) Cell(year int) int64 {
	n, _ := strconv.ParseInt(b.Cells[strconv.Itoa(year)], 10, 64)
	return n
}

// SetCell stores the number typed for a year.
func (b *BudgetRow) SetCell(year int, n int64) {
	cells := maps.Clone(b.Cells)
	if cells == nil {
		cells = Values{}
	}
	if n == 0 {
		delete(cells, strconv.Itoa(year))
	} else {
		cells[strconv.Itoa(year)] = strconv.FormatInt(n, 10)
	}
	b.Cells = cells
}

// MaxAmount is the largest amount of a cell in kroner, either way: a thousand
// billion. Larger ones are cut, so that no sum overflows.
const MaxAmount = 1_000_000_000_000

// Amount is a year's amount in whole kroner.
func (b *BudgetRow) Amount(year int) int64 {
	n := min(max(b.Cell(year), -MaxAmount), MaxAmount)
	if !b.Hourly {
		return n
	}
	rate := min(max(b.Rate, 0), 1_000_000)
	return min(max(n*rate, -MaxAmount), MaxAmount)
}

// Kinds of evidence for a financing row.
const (
	EvidenceLetter   = "letter"
	EvidenceEmail    = "email"
	EvidenceDecision = "decision"
)

// Evidence is the letter, e-mail or decision that confirms a financing row.
type Evidence struct {
	Row
	Application string `db:"application" json:"-"`
	BudgetRow   string `db:"budget_row" json:"budgetRow"`
	EvidenceOf  string `db:"kind" json:"kind"`
	Reference   string `db:"reference" json:"reference"`
	Date        string `db:"date" json:"date"`     // YYYY-MM-DD
	Amount      int64  `db:"amount" json:"amount"` // kroner, 0 for the whole row
	Attachment  string `db:"attachment" json:"attachment"`
}

// Kind names the table.
func (*Evidence) Kind() string { return "evidence" }

// Partner is somebody who takes part in the project.
type Partner struct {
	Row
	Application  string `db:"application" json:"-"`
	Position     int64  `db:"position" json:"position"`
	Name         string `db:"name" json:"name"`
	OrgNumber    string `db:"org_number" json:"orgNumber"`
	PartnerKind  string `db:"kind" json:"kind"`
	Role         string `db:"role" json:"role"`
	Contribution string `db:"contribution" json:"contribution"`
	Organisation string `db:"organisation" json:"organisation,omitempty"`
}

// Kind names the table.
func (*Partner) Kind() string { return "partner" }

// Attachment is a file that goes with the application. Its bytes are a blob.
type Attachment struct {
	Row
	Application string `db:"application" json:"-"`
	Field       string `db:"field" json:"field"`
	Position    int64  `db:"position" json:"position"`
	Title       string `db:"title" json:"title"`
	FileName    string `db:"file_name" json:"fileName"`
	MediaType   string `db:"media_type" json:"mediaType"`
	Size        int64  `db:"size" json:"size"` // bytes
	SHA256      string `db:"sha256" json:"sha256"`
	Description string `db:"description" json:"description"`
}

// Kind names the table.
func (*Attachment) Kind() string { return "attachment" }

// Version is a named copy of an application's whole content (Draft as JSON). A
// frozen one was submitted and can never change.
type Version struct {
	Row
	Application string `db:"application" json:"application"`
	Name        string `db:"name" json:"name"`
	Created     string `db:"created" json:"created"` // RFC 3339, UTC
	Actor       string `db:"actor" json:"actor"`
	Frozen      bool   `db:"frozen" json:"frozen"`
	Submitted   string `db:"submitted" json:"submitted"` // YYYY-MM-DD
	CaseNumber  string `db:"case_number" json:"caseNumber"`
	SHA256      string `db:"sha256" json:"sha256"` // of Content
	Content     string `db:"content" json:"-"`
}

// Kind names the table.
func (*Version) Kind() string { return "version" }

// Kinds of organisation.
const (
	OrganisationBusiness = "business"
	OrganisationProvider = "provider"
)

// Organisation is a business, a provider or another actor in the register.
type Organisation struct {
	Row
	OrganisationOf string `db:"kind" json:"kind"`
	ProviderKind   string `db:"provider_kind" json:"providerKind"` // providers only
	Accreditation  string `db:"accreditation" json:"accreditation"`
	Name           string `db:"name" json:"name"`
	OrgNumber      string `db:"org_number" json:"orgNumber"`
	Municipality   string `db:"municipality" json:"municipality"` // number
	Industry       string `db:"industry" json:"industry"`
	IndustryStd    string `db:"industry_std" json:"industryStandard"` // "SN2007" or "SN2025"
	SizeBand       string `db:"size_band" json:"sizeBand"`            // "" is withheld, "0" is none
	Norm           string `db:"norm" json:"norm"`
	Website        string `db:"website" json:"website"`
	Contact        string `db:"contact" json:"contact"`
	Email          string `db:"email" json:"email"`
	Phone          string `db:"phone" json:"phone"`
	Status         string `db:"status" json:"status"`
	Tags           string `db:"tags" json:"tags"`
	Note           string `db:"note" json:"note"`
	Source         string `db:"source" json:"source"`
	SourceTime     string `db:"source_time" json:"sourceTime"`
	// LegalForm is the code of the company register: "AS", "ENK". "" is unknown.
	LegalForm string `db:"legal_form" json:"legalForm,omitempty"`
	// Own is what stands in the fields that the county defines, by the id of the
	// OwnField.
	Own Values `json:"own,omitempty"`
}

// Kind names the table.
func (*Organisation) Kind() string { return "organisation" }
