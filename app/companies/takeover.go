package companies

import (
	"context"
	"time"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// Origin reads in the change log which fields of an organisation stand as the
// register told them: those whose newest change came in the same transaction as
// the source's time. A record that is not stored yet has none.
func Origin(w *data.Workspace, id string) (Origins, error) {
	if id == "" {
		return nil, nil
	}
	entries, err := w.History(id, "", 0)
	if err != nil {
		return nil, err
	}
	taken := map[int64]time.Time{}
	for _, e := range entries {
		if e.Field == "source_time" && e.New != "" {
			if at, err := time.Parse(time.RFC3339, e.New); err == nil {
				taken[e.Transaction] = at
			}
		}
	}
	origins, seen := Origins{}, map[string]bool{}
	fields := map[string]bool{}
	for _, name := range Fields() {
		fields[name] = true
	}
	for _, e := range entries { // newest first
		if !fields[e.Field] || seen[e.Field] {
			continue
		}
		seen[e.Field] = true
		if at, ok := taken[e.Transaction]; ok && e.New != "" {
			origins[e.Field] = at
		}
	}
	return origins, nil
}

// TakeOver writes what differs into the organisations, as one step named label.
// A field that was changed after the comparison was made is left as it is. It
// tells how many organisations it changed. The copies of a removed unit go from
// the organisation and from its history, and can't be undone.
func TakeOver(w *data.Workspace, label string, all []Comparison) (changed int, err error) {
	err = w.Update(label, func(tx *data.Tx) error {
		changed = 0
		for i := range all {
			did, err := all[i].takeOver(tx)
			if err != nil {
				return err
			}
			if did {
				changed++
			}
		}
		return nil
	})
	return changed, err
}

func (c *Comparison) takeOver(tx *data.Tx) (did bool, err error) {
	if c.Nothing() {
		return false, nil
	}
	o, err := data.Get[data.Organisation](tx, c.Organisation.ID)
	if err != nil {
		return false, err
	}
	if o.InTrash() {
		return false, nil
	}
	for _, d := range c.Differences {
		if f := field(&o, d.Field); f != nil && *f == d.Old {
			*f = d.New
			did = true
		}
	}
	if !did {
		return false, nil
	}
	if c.Answer.Standing == Removed {
		return true, c.forget(tx, &o)
	}
	before := o.SourceTime
	if c.Answer.mark(&o); o.SourceTime == before {
		// The log must show that the fields come from the source also when it is
		// the same file again; see Origin.
		o.SourceTime = ""
		if err := tx.Put(&o); err != nil {
			return false, err
		}
		o.SourceTime = before
	}
	return true, tx.Put(&o)
}

// forget takes the copied fields out of the organisation and of its history.
func (c *Comparison) forget(tx *data.Tx, o *data.Organisation) error {
	var copied []string
	for _, d := range c.Differences {
		if f := field(o, d.Field); f != nil && *f == d.New && d.New == "" {
			copied = append(copied, d.Field)
		}
	}
	o.Source, o.SourceTime = "", ""
	if err := tx.Put(o); err != nil {
		return err
	}
	return tx.Forget(o, copied...)
}

// Lookup asks the loaded part of the register about a number.
func (s *Store) Lookup(ctx context.Context, number string) (Answer, error) {
	digits, ok := Number(number)
	if !ok {
		return Answer{}, badNumber(number)
	}
	info, err := s.Info()
	if err != nil {
		return Answer{}, err
	}
	u, ok, err := s.Get(ctx, digits)
	if err != nil {
		return Answer{}, err
	}
	a := Answer{Number: digits, Unit: u, Time: info.Main.Retrieved}
	if u.Sub {
		a.Time = info.Sub.Retrieved
	}
	if !ok {
		a.Standing = NotLoaded
	}
	return a, nil
}

// Sentence says what a notice is about.
func (n Notice) Sentence(words *lang.Printer, places *reference.Tables) string {
	switch n.Kind {
	case NoticeUnknown:
		return words.T("companies.notice.unknown")
	case NoticeRemoved:
		return words.T("companies.notice.removed")
	case NoticeDeleted:
		return words.T("companies.notice.deleted", "Date", words.DateShort(n.Date))
	case NoticeBankrupt:
		if n.Date == "" {
			return words.T("companies.notice.bankruptSome")
		}
		return words.T("companies.notice.bankrupt", "Date", words.DateShort(n.Date))
	case NoticeDissolving:
		return words.T("companies.notice.dissolving")
	case NoticeMoved:
		return words.T("companies.notice.moved", "From", placeName(places, n.From), "To", placeName(places, n.To))
	case NoticeStandard:
		return words.T("companies.notice.standard", "From", n.From, "To", n.To)
	case NoticePerson:
		return words.T("companies.notice.person")
	case NoticeNotLoaded:
		return words.T("companies.notice.notLoaded")
	case NoticeOlder:
		return words.T("companies.notice.older", "Date", words.DateShort(n.Date))
	}
	return ""
}

// Effect says what taking over does about it; "" when it does nothing.
func (n Notice) Effect(words *lang.Printer) string {
	switch n.Kind {
	case NoticeUnknown, NoticeNotLoaded, NoticeOlder:
		return words.T("companies.effect.none")
	case NoticeRemoved:
		return words.T("companies.effect.removed")
	case NoticeDeleted:
		return words.T("companies.effect.tag", "Tag", TagDeleted)
	case NoticeBankrupt:
		return words.T("companies.effect.tag", "Tag", TagBankrupt)
	case NoticeDissolving:
		return words.T("companies.effect.tag", "Tag", TagDissolving)
	case NoticePerson:
		return words.T("companies.effect.person", "Tag", TagPerson)
	case NoticeMoved:
		return words.T("companies.effect.moved")
	case NoticeStandard:
		return words.T("companies.effect.standard")
	}
	return ""
}

func placeName(places *reference.Tables, number string) string {
	if r, ok := places.Resolve(number); ok {
		return r.UniqueName
	}
	return number
}

// Label is what a field is called.
func Label(words *lang.Printer, name string) string {
	switch name {
	case FieldName:
		return words.T("companies.field.name")
	case FieldMunicipality:
		return words.T("companies.field.municipality")
	case FieldIndustry:
		return words.T("companies.field.industry")
	case FieldStandard:
		return words.T("companies.field.standard")
	case FieldSize:
		return words.T("companies.field.size")
	case FieldNorm:
		return words.T("companies.field.norm")
	case FieldWebsite:
		return words.T("companies.field.website")
	case FieldEmail:
		return words.T("companies.field.email")
	case FieldPhone:
		return words.T("companies.field.phone")
	case FieldTags:
		return words.T("companies.field.tags")
	case FieldNumber:
		return words.T("companies.field.number")
	}
	return name
}
