package companies

import (
	"slices"
	"strings"
	"time"

	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// Fields of an organisation that the register tells, as the history names them.
const (
	FieldNumber       = "org_number"
	FieldName         = "name"
	FieldMunicipality = "municipality"
	FieldIndustry     = "industry"
	FieldStandard     = "industry_std"
	FieldSize         = "size_band"
	FieldNorm         = "norm"
	FieldWebsite      = "website"
	FieldEmail        = "email"
	FieldPhone        = "phone"
	FieldTags         = "tags"
)

// Fields are those that are copied, in the order that they are shown.
func Fields() []string {
	return []string{FieldName, FieldMunicipality, FieldIndustry, FieldStandard, FieldSize, FieldNorm, FieldWebsite, FieldEmail, FieldPhone}
}

// Tags that the register gives and takes away.
const (
	TagPerson     = "enkeltpersonforetak"
	TagBankrupt   = "konkurs"
	TagDissolving = "under avvikling"
	TagDeleted    = "slettet i registeret"
)

// field is where an organisation keeps a field; nil for names that are none.
func field(o *data.Organisation, name string) *string {
	switch name {
	case FieldNumber:
		return &o.OrgNumber
	case FieldName:
		return &o.Name
	case FieldMunicipality:
		return &o.Municipality
	case FieldIndustry:
		return &o.Industry
	case FieldStandard:
		return &o.IndustryStd
	case FieldSize:
		return &o.SizeBand
	case FieldNorm:
		return &o.Norm
	case FieldWebsite:
		return &o.Website
	case FieldEmail:
		return &o.Email
	case FieldPhone:
		return &o.Phone
	case FieldTags:
		return &o.Tags
	}
	return nil
}

// Datum is a field's value as the register told it.
type Datum struct {
	Field, Value string
	Source       string
	Time         time.Time
}

// Data are what an answer tells for the fields of an organisation; fields that it
// tells nothing about are left out. That a headcount is withheld, or none, is told.
func (a *Answer) Data() []Datum {
	u := &a.Unit
	if a.Standing != Registered {
		return nil
	}
	var all []Datum
	add := func(field, value string) { all = append(all, Datum{field, value, Source, a.Time}) }
	some := func(field, value string) {
		if value != "" {
			add(field, value)
		}
	}
	some(FieldNumber, u.Number)
	some(FieldName, u.Name)
	some(FieldMunicipality, u.Municipality)
	if u.Industry != "" {
		add(FieldIndustry, u.Industry)
		add(FieldStandard, StandardAt(a.Time))
	}
	if u.Employees != EmployeesUnknown {
		add(FieldSize, u.Employees.Band())
	}
	some(FieldNorm, u.Norm)
	some(FieldWebsite, u.Website)
	some(FieldEmail, u.Email)
	some(FieldPhone, u.Phone)
	return all
}

// Fill puts what the register told into an organisation that a person has not
// filled in yet, with the source and its time.
func (a *Answer) Fill(o *data.Organisation) {
	for _, d := range a.Data() {
		*field(o, d.Field) = d.Value
	}
	o.Tags = a.tags(o.Tags)
	a.mark(o)
}

func (a *Answer) mark(o *data.Organisation) {
	o.Source, o.SourceTime = Source, a.Time.UTC().Format(time.RFC3339)
}

// tags are an organisation's tags with those that the register gives.
func (a *Answer) tags(now string) string {
	u := &a.Unit
	for _, t := range []struct {
		tag string
		on  bool
	}{
		{TagPerson, u.Person()}, {TagBankrupt, u.Bankrupt}, {TagDissolving, u.Dissolving && !u.Bankrupt}, {TagDeleted, u.Deleted != ""},
	} {
		// The little that is told of a deleted unit tells nothing about the rest.
		if t.on || u.Deleted == "" {
			now = withTag(now, t.tag, t.on)
		}
	}
	return now
}

func withTag(tags, tag string, on bool) string {
	var all []string
	had := false
	for _, t := range strings.Split(tags, ",") {
		t = strings.TrimSpace(t)
		same := strings.EqualFold(t, tag)
		had = had || same
		if t != "" && (on || !same) {
			all = append(all, t)
		}
	}
	if on == had {
		return tags
	}
	if on {
		all = append(all, tag)
	}
	return strings.Join(all, ", ")
}

// Difference is a field that the register tells otherwise.
type Difference struct {
	Field    string
	Old, New string
	// Own tells that a person wrote what stands there, so that taking over loses it.
	Own    bool
	Source string
	Time   time.Time
}

// Kind is what a notice is about.
type Kind string

// Kinds of notices; [Notice.Sentence] and [Notice.Effect] put words to them.
const (
	NoticeUnknown    Kind = "unknown"    // 404: nothing is changed
	NoticeRemoved    Kind = "removed"    // 410: the copied data go
	NoticeDeleted    Kind = "deleted"    // slettedato: a tag
	NoticeBankrupt   Kind = "bankrupt"   // a tag
	NoticeDissolving Kind = "dissolving" // a tag
	NoticeMoved      Kind = "moved"      // another municipality
	NoticeStandard   Kind = "standard"   // the industry code is of another standard
	NoticePerson     Kind = "person"     // a tag
	NoticeNotLoaded  Kind = "notLoaded"  // the loaded part does not hold it
	NoticeOlder      Kind = "older"      // the loaded file is older than what stands
)

// Notice is something about a unit that a person should know, with its values.
type Notice struct {
	Kind     Kind
	Date     string // YYYY-MM-DD, or "" when it is not told
	From, To string // municipalities' numbers, or standards
}

// Comparison is what an answer means for an organisation. Nothing is changed by
// making one.
type Comparison struct {
	Organisation data.Organisation
	Answer       Answer
	Notices      []Notice
	Differences  []Difference
}

// Origins tells which fields of an organisation stand as the register told them,
// and when it did; see [Origin].
type Origins map[string]time.Time

// Compare tells what an answer means for an organisation.
func Compare(places *reference.Tables, o data.Organisation, a Answer, origins Origins) Comparison {
	c := Comparison{Organisation: o, Answer: a}
	switch a.Standing {
	case Unknown:
		c.notice(Notice{Kind: NoticeUnknown})
		return c
	case NotLoaded:
		c.notice(Notice{Kind: NoticeNotLoaded})
		return c
	case Removed:
		c.notice(Notice{Kind: NoticeRemoved, Date: a.Unit.Deleted})
		for _, name := range Fields() {
			if _, copied := origins[name]; copied {
				c.differ(name, "", origins)
			}
		}
		return c
	}
	if at, err := time.Parse(time.RFC3339, o.SourceTime); err == nil && o.Source == Source && a.Time.Before(at.Truncate(time.Second)) {
		c.notice(Notice{Kind: NoticeOlder, Date: a.Time.Format(time.DateOnly)})
		return c
	}
	c.state()
	if a.Unit.Deleted == "" {
		c.fields(places, origins)
	}
	if tags := a.tags(o.Tags); tags != o.Tags {
		c.Differences = append(c.Differences, Difference{Field: FieldTags, Old: o.Tags, New: tags, Source: Source, Time: a.Time})
	}
	return c
}

// Nothing tells that there is nothing to take over.
func (c *Comparison) Nothing() bool { return len(c.Differences) == 0 }

func (c *Comparison) notice(n Notice) { c.Notices = append(c.Notices, n) }

// state notices what the unit is or has become.
func (c *Comparison) state() {
	u := &c.Answer.Unit
	if u.Deleted != "" {
		c.notice(Notice{Kind: NoticeDeleted, Date: u.Deleted})
	}
	if u.Bankrupt {
		c.notice(Notice{Kind: NoticeBankrupt, Date: u.BankruptOn})
	} else if u.Dissolving {
		c.notice(Notice{Kind: NoticeDissolving})
	}
	if u.Person() {
		c.notice(Notice{Kind: NoticePerson})
	}
}

func (c *Comparison) fields(places *reference.Tables, origins Origins) {
	o := &c.Organisation
	for _, d := range c.Answer.Data() {
		old := *field(o, d.Field)
		if same(d.Field, old, d.Value) {
			continue
		}
		switch {
		case d.Field == FieldMunicipality && old != "":
			// A number that a reform changed is no move.
			if r, ok := places.Resolve(old); !ok || r.Number != d.Value {
				c.notice(Notice{Kind: NoticeMoved, From: old, To: d.Value})
			}
		case d.Field == FieldStandard && old != "":
			c.notice(Notice{Kind: NoticeStandard, From: old, To: d.Value})
		}
		c.differ(d.Field, d.Value, origins)
	}
}

func (c *Comparison) differ(name, value string, origins Origins) {
	old := *field(&c.Organisation, name)
	_, copied := origins[name]
	if old != value {
		c.Differences = append(c.Differences, Difference{Field: name, Old: old, New: value, Own: old != "" && !copied, Source: Source, Time: c.Answer.Time})
	}
}

// same tells whether two values of a field say the same, written otherwise.
func same(name, a, b string) bool {
	switch name {
	case FieldName:
		return data.Fold(a) == data.Fold(b)
	case FieldWebsite:
		return bare(a) == bare(b)
	case FieldEmail:
		return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b))
	case FieldPhone:
		return phone(a) == phone(b)
	case FieldNumber:
		a, _ = numberDigits(a)
		return a == b
	case FieldSize:
		// "1-4" is what "withheld" means.
		return a == b || b == "" && a == "1-4"
	}
	return a == b
}

// bare is a website's address without what browsers add.
func bare(website string) string {
	website = strings.ToLower(strings.TrimSpace(website))
	for _, front := range []string{"https://", "http://", "www."} {
		website = strings.TrimPrefix(website, front)
	}
	return strings.TrimSuffix(website, "/")
}

func phone(text string) string {
	text = strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r == '+' {
			return r
		}
		return -1
	}, text)
	return strings.TrimPrefix(strings.TrimPrefix(text, "0047"), "+47")
}

// Has tells whether a comparison has a notice of a kind.
func (c *Comparison) Has(kind Kind) bool {
	return slices.ContainsFunc(c.Notices, func(n Notice) bool { return n.Kind == kind })
}
