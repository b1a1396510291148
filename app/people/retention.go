package people

import (
	"slices"
	"strconv"
	"time"

	"kompetansepilot/data"
)

// Settings of a workspace about persons.
const (
	SettingMonths  = "retentionMonths" // months after the last contact
	SettingContact = "privacyContact"  // whom a person may write to
	SettingOfficer = "privacyOfficer"  // the data protection officer (personvernombud)
)

// DefaultMonths is how long a person is kept after the last contact when nobody
// chose otherwise. No law gives a number; the county must be able to say why.
const DefaultMonths = 24

// Months is how long a person is kept after the last contact.
func (s *Service) Months() int {
	n, err := strconv.Atoi(s.setting(SettingMonths))
	if err != nil || n <= 0 {
		return DefaultMonths
	}
	return n
}

func (s *Service) setting(name string) string {
	v, err := data.Get[data.Setting](s.store, name)
	if err != nil {
		return ""
	}
	return v.Value
}

// Rules are the choices about persons.
type Rules struct {
	Months           int
	Contact, Officer string
}

// Rules reads the choices.
func (s *Service) Rules() Rules {
	return Rules{s.Months(), s.setting(SettingContact), s.setting(SettingOfficer)}
}

// SetRules stores the choices as one step named label.
func (s *Service) SetRules(label string, r Rules) error {
	return s.store.Update(label, func(tx *data.Tx) error {
		for name, value := range map[string]string{SettingMonths: strconv.Itoa(r.Months), SettingContact: r.Contact, SettingOfficer: r.Officer} {
			if err := tx.Put(&data.Setting{Row: data.Row{ID: name}, Value: value}); err != nil {
				return err
			}
		}
		return nil
	})
}

// Clock tells how long a person may be kept.
type Clock struct {
	Last    string // YYYY-MM-DD of the last contact, or of when the data came
	Until   string // YYYY-MM-DD; "" when nothing tells
	Decided bool   // somebody decided the day
}

func clockOf(p *data.Person, lastContact string, months int) Clock {
	c := Clock{Last: max(p.Obtained, lastContact), Until: p.KeepUntil, Decided: p.KeepUntil != ""}
	if last := day(c.Last); c.Until == "" && !last.IsZero() {
		c.Until = last.AddDate(0, months, 0).Format(time.DateOnly)
	}
	return c
}

// Warning is something about a person that needs somebody.
type Warning string

// The warnings, the worst first.
const (
	WarnExpired   Warning = "expired"   // the time ran out
	WarnWithdrawn Warning = "withdrawn" // the consent was taken back
	WarnNoBasis   Warning = "noBasis"
	WarnNoProof   Warning = "noProof"  // a consent without a date, or another basis without a word
	WarnNotTold   Warning = "notTold"  // the month of GDPR article 14(3) has passed
	WarnNoSource  Warning = "noSource" // article 14(2)(f) wants it
	WarnExpiring  Warning = "expiring" // within a month
)

// Stops tells whether there is no ground to keep the person as it is.
func (w Warning) Stops() bool {
	return slices.Contains([]Warning{WarnExpired, WarnWithdrawn, WarnNoBasis}, w)
}

// noticeDays is how soon the person must be told: within a month (GDPR article
// 14(3)(a)).
const noticeDays = 30

func warningsOf(p *data.Person, c Clock, today string) []Warning {
	var all []Warning
	add := func(w Warning, on bool) {
		if on {
			all = append(all, w)
		}
	}
	soon := day(today).AddDate(0, 1, 0).Format(time.DateOnly)
	add(WarnExpired, c.Until != "" && c.Until < today)
	add(WarnWithdrawn, p.Basis == data.BasisWithdrawn)
	add(WarnNoBasis, p.Basis == "")
	add(WarnNoProof, p.Basis == data.BasisConsent && p.BasisDate == "" || p.Basis == data.BasisOther && p.BasisNote == "")
	since := day(p.Obtained)
	add(WarnNotTold, p.Told == "" && (since.IsZero() || since.AddDate(0, 0, noticeDays).Before(day(today))))
	add(WarnNoSource, p.Source == "")
	add(WarnExpiring, c.Until >= today && c.Until <= soon)
	return all
}

// Watch are the persons with something that needs somebody, those that can't be
// kept as they are first.
func (s *Service) Watch() ([]Card, error) {
	all, err := s.People()
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(c Card) bool { return len(c.Warnings) == 0 })
	slices.SortStableFunc(all, func(a, b Card) int { return weight(a.Warnings) - weight(b.Warnings) })
	return all, nil
}

// weight sorts by the worst warning.
func weight(all []Warning) int {
	order := []Warning{WarnExpired, WarnWithdrawn, WarnNoBasis, WarnNoProof, WarnNotTold, WarnNoSource, WarnExpiring}
	return slices.Index(order, all[0])
}

// SetTold notes that persons have got the notice, as one step named label.
func (s *Service) SetTold(label string, ids []string, date, how string) error {
	return s.store.Update(label, func(tx *data.Tx) error {
		for _, id := range ids {
			p, err := data.Get[data.Person](tx, id)
			if err != nil {
				return err
			}
			p.Told, p.ToldHow = date, how
			if err := tx.Put(&p); err != nil {
				return err
			}
		}
		return nil
	})
}
