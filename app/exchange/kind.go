// Package exchange takes the register in from files that people have made, and
// gives it out as files that they can use: workbooks, CSV and contact cards. An
// import looks at every row before it writes any, is one step to undo, and hands
// back the rows that it refused with the reason.
package exchange

import (
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
)

// Kind is what the rows of a file are.
type Kind string

// Kinds, as the command line names them.
const (
	Partners  Kind = "partners"
	Providers Kind = "providers"
	Contacts  Kind = "contacts" // persons in businesses and providers that the register has
)

// Kinds are all of them.
func Kinds() []Kind { return []Kind{Partners, Providers, Contacts} }

// Organisation is the kind of organisation that the rows are; "" is any, for
// contacts.
func (k Kind) Organisation() string {
	switch k {
	case Partners:
		return data.OrganisationBusiness
	case Providers:
		return data.OrganisationProvider
	}
	return ""
}

// Field is what a column of a file can hold.
type Field string

// Fields. "" is a column that is passed over.
const (
	FieldNone         Field = ""
	FieldName         Field = "name"
	FieldNumber       Field = "org_number"
	FieldMunicipality Field = "municipality"
	FieldStatus       Field = "status"
	FieldContact      Field = "contact"
	FieldEmail        Field = "email"
	FieldPhone        Field = "phone"
	FieldWebsite      Field = "website"
	FieldSize         Field = "size_band"
	FieldIndustry     Field = "industry"
	FieldStandard     Field = "industry_std"
	FieldNorm         Field = "norm"
	FieldTags         Field = "tags"
	FieldNote         Field = "note"
)

// Fields are the fields of a kind, in the order of a file that is written.
func (k Kind) Fields() []Field {
	switch k {
	case Contacts:
		return []Field{FieldContact, FieldName, FieldNumber, FieldEmail, FieldPhone}
	case Providers:
		return []Field{FieldName, FieldNumber, FieldMunicipality, FieldStatus, FieldContact, FieldEmail, FieldPhone, FieldWebsite, FieldTags, FieldNote}
	}
	return []Field{FieldName, FieldNumber, FieldMunicipality, FieldStatus, FieldContact, FieldEmail, FieldPhone, FieldWebsite, FieldSize,
		FieldIndustry, FieldStandard, FieldNorm, FieldTags, FieldNote}
}

// at is where an organisation keeps a field.
func (f Field) at(o *data.Organisation) *string {
	switch f {
	case FieldName:
		return &o.Name
	case FieldNumber:
		return &o.OrgNumber
	case FieldMunicipality:
		return &o.Municipality
	case FieldStatus:
		return &o.Status
	case FieldContact:
		return &o.Contact
	case FieldEmail:
		return &o.Email
	case FieldPhone:
		return &o.Phone
	case FieldWebsite:
		return &o.Website
	case FieldSize:
		return &o.SizeBand
	case FieldIndustry:
		return &o.Industry
	case FieldStandard:
		return &o.IndustryStd
	case FieldNorm:
		return &o.Norm
	case FieldTags:
		return &o.Tags
	}
	return &o.Note
}

// Label is a field's name, as it stands over a column.
func (f Field) Label(words *lang.Printer) string {
	switch f {
	case FieldName:
		return words.T("exchange.field.name")
	case FieldNumber:
		return words.T("exchange.field.number")
	case FieldMunicipality:
		return words.T("exchange.field.municipality")
	case FieldStatus:
		return words.T("exchange.field.status")
	case FieldContact:
		return words.T("exchange.field.contact")
	case FieldEmail:
		return words.T("exchange.field.email")
	case FieldPhone:
		return words.T("exchange.field.phone")
	case FieldWebsite:
		return words.T("exchange.field.website")
	case FieldSize:
		return words.T("exchange.field.size")
	case FieldIndustry:
		return words.T("exchange.field.industry")
	case FieldStandard:
		return words.T("exchange.field.standard")
	case FieldNorm:
		return words.T("exchange.field.norm")
	case FieldTags:
		return words.T("exchange.field.tags")
	}
	return words.T("exchange.field.note")
}

// heads are the words that a column of a field may have over it, parted by
// commas.
func (f Field) heads(words *lang.Printer) string {
	switch f {
	case FieldName:
		return words.T("exchange.head.name")
	case FieldNumber:
		return words.T("exchange.head.number")
	case FieldMunicipality:
		return words.T("exchange.head.municipality")
	case FieldStatus:
		return words.T("exchange.head.status")
	case FieldContact:
		return words.T("exchange.head.contact")
	case FieldEmail:
		return words.T("exchange.head.email")
	case FieldPhone:
		return words.T("exchange.head.phone")
	case FieldWebsite:
		return words.T("exchange.head.website")
	case FieldSize:
		return words.T("exchange.head.size")
	case FieldIndustry:
		return words.T("exchange.head.industry")
	case FieldStandard:
		return words.T("exchange.head.standard")
	case FieldNorm:
		return words.T("exchange.head.norm")
	case FieldTags:
		return words.T("exchange.head.tags")
	}
	return words.T("exchange.head.note")
}
