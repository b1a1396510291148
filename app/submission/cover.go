package submission

import (
	"slices"
	"time"
	"unicode/utf8"

	"kompetansepilot/app/document"
	"kompetansepilot/app/grant"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
)

// placesOnCover is how many municipalities the summary names.
const placesOnCover = 24

// leadLength is the longest short description, in characters, that is repeated
// under the summary.
const leadLength = 800

// cover is the first page: who applies for how much, and the short description.
func (b *builder) cover() {
	b.add(document.Cover{County: b.applicant().Name, Kind: b.kind(), Title: b.title(), Summary: b.summary()})
	if f, text := b.lead(); text != "" {
		b.add(document.Note{Title: b.label(f), Spans: document.Text(text)})
	}
	b.add(document.PageBreak{}, document.Contents{Title: b.words.T("document.contents")}, document.PageBreak{})
}

// kind says what the document is, and whether it was handed in.
func (b *builder) kind() string {
	a := &b.Draft.Application
	if a.Status == data.StatusSubmitted {
		return b.words.T("document.kind.submitted", "Date", b.words.DateLong(a.Submitted))
	}
	return b.words.T("document.kind.draft")
}

// lead is the first text that stands alone, as the portal's short description.
func (b *builder) lead() (*grant.Field, string) {
	fields := b.Call.FieldsOf(grant.TypeMultiline)
	if len(fields) == 0 {
		return nil, ""
	}
	text := b.answer(fields[0])
	if grant.Blank(text) || utf8.RuneCountInString(text) > leadLength {
		return nil, ""
	}
	return fields[0], document.Tidy(text)
}

func (b *builder) summary() []document.SummaryRow {
	w := b.words
	var rows []document.SummaryRow
	row := func(label, value string) {
		if value != "" {
			rows = append(rows, document.SummaryRow{Label: label, Value: value})
		}
	}
	row(w.T("document.summary.applicant"), b.organisation(b.applicant()))
	row(w.T("document.summary.call"), joined("\n", b.Call.Title.In(w.Code()), b.managedBy()))
	if a := &b.Draft.Application; a.Status == data.StatusSubmitted {
		row(w.T("document.summary.case"), a.CaseNumber)
	}
	if b.amount() != 0 {
		row(w.T("document.summary.amount"), b.kroner(b.amount()))
	}
	if b.budget.TotalCost != 0 {
		row(w.T("document.summary.cost"), b.kroner(b.budget.TotalCost))
	}
	if b.budget.TotalCost > 0 {
		row(w.T("document.summary.share"), w.T("document.summary.ofCost", "Percent", b.percent(b.budget.Grant, b.budget.TotalCost, 2)))
	}
	row(w.T("document.summary.period"), b.period(b.firstAnswer(grant.TypeSchedule)))
	row(w.T("document.summary.places"), b.placeNames())
	row(w.T("document.summary.contact"), contactLines(grant.ParseContact(b.firstAnswer(grant.TypeContact)), ", "))
	return rows
}

func (b *builder) managedBy() string {
	if b.Call.Manager.Name == "" || b.Call.Owner.Name == "" {
		return joined("", b.Call.Owner.Name, b.Call.Manager.Name)
	}
	return b.words.T("document.summary.manager", "Owner", b.Call.Owner.Name, "Manager", b.Call.Manager.Name)
}

// amount is the grant of the financing plan; while that is empty, the amount
// that was written in the form.
func (b *builder) amount() int64 {
	if b.budget.Grant == 0 {
		if n, err := lang.ParseMoney(b.firstAnswer(grant.TypeMoney)); err == nil {
			return n
		}
	}
	return b.budget.Grant
}

func (b *builder) placeNames() string {
	var names []string
	for _, m := range b.target.Municipalities {
		names = append(names, m.Name)
	}
	if len(names) == 0 {
		return ""
	}
	if more := len(names) - placesOnCover; more > 1 {
		return b.words.N("document.summary.more", more, "Names", list(names[:placesOnCover]))
	}
	return b.words.N("document.summary.placesNamed", len(names), "Names", list(names))
}

// list is "a, b, c".
func list(names []string) string {
	text := ""
	for i, n := range names {
		if i > 0 {
			text += ", "
		}
		text += n
	}
	return text
}

// kroner is "1 400 000 kroner", held together.
func (b *builder) kroner(n int64) string {
	return b.words.T("document.kroner", "Amount", b.words.Money(n))
}

func (b *builder) percent(part, whole int64, decimals int) string {
	return b.words.T("document.percent", "Number", b.words.Percent(part, whole, decimals))
}

// organisation is a name with its number.
func (b *builder) organisation(o grant.Organisation) string {
	if o.OrgNumber == "" {
		return o.Name
	}
	return joined(", ", o.Name, b.words.T("document.orgNumber", "Number", orgNumber(o.OrgNumber)))
}

// orgNumber groups nine digits in threes: "920 717 152".
func orgNumber(digits string) string {
	if len(digits) != 9 {
		return digits
	}
	return digits[:3] + noBreak + digits[3:6] + noBreak + digits[6:]
}

// noBreak is a space that keeps a number on one line.
const noBreak = "\u00a0"

func contactLines(c grant.Contact, between string) string {
	return joined("\n", joined(", ", c.Name, c.Role), joined(between, c.Email, c.Phone))
}

// period is "1. november 2020 – 31. oktober 2023 (36 måneder)".
func (b *builder) period(answer string) string {
	from, to := grant.ParsePeriod(answer)
	switch {
	case from == "" && to == "":
		return ""
	case from == "":
		return b.words.T("document.period.to", "Date", b.words.DateLong(to))
	case to == "":
		return b.words.T("document.period.from", "Date", b.words.DateLong(from))
	}
	text := b.words.DateLong(from) + " – " + b.words.DateLong(to)
	if months := wholeMonths(from, to); months > 0 {
		return b.words.N("document.period.months", months, "Period", text)
	}
	return text
}

// wholeMonths is how many months a period of whole months has, both days
// included; 0 for other periods.
func wholeMonths(from, to string) int {
	a, errA := time.Parse(time.DateOnly, from)
	z, errZ := time.Parse(time.DateOnly, to)
	if errA != nil || errZ != nil {
		return 0
	}
	z = z.AddDate(0, 0, 1)
	months := (z.Year()-a.Year())*12 + int(z.Month()-a.Month())
	if months <= 0 || a.Day() != z.Day() {
		return 0
	}
	return months
}

// hasAny tells whether any of the rows says something in a cell.
func hasAny[T any](rows []T, cell func(*T) string) bool {
	return slices.ContainsFunc(rows, func(r T) bool { return !grant.Blank(cell(&r)) })
}
