package stateaid

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"kompetansepilot/app/partner"
	"kompetansepilot/data"
)

// SettingRules is the setting of a workspace that holds its own rules.
const SettingRules = "stateAid"

// Service is what one can do with the support in a workspace. Its methods may
// be called from any goroutine but Fyne's.
type Service struct{ store *data.Workspace }

// New makes the service of a workspace.
func New(store *data.Workspace) *Service { return &Service{store} }

// Rules are the workspace's own rules, or else the program's.
func (s *Service) Rules() (Rules, error) {
	own, err := data.Get[data.Setting](s.store, SettingRules)
	switch {
	case data.Code(err) == data.CodeNotFound, err == nil && own.Value == "":
		return BuiltIn(), nil
	case err != nil:
		return Rules{}, err
	}
	return parse([]byte(own.Value))
}

// SetRules stores rules for the workspace. The error has CodeRules when they
// cannot be used.
func (s *Service) SetRules(label string, r Rules) error {
	if err := r.check(); err != nil {
		return err
	}
	value := ""
	if r.Own() {
		raw, err := json.Marshal(&r)
		if err != nil {
			return fmt.Errorf("write rules: %w", err)
		}
		value = string(raw)
	}
	return s.store.Update(label, func(tx *data.Tx) error {
		return tx.Put(&data.Setting{Row: data.Row{ID: SettingRules}, Value: value})
	})
}

// ResetRules goes back to the program's own rules.
func (s *Service) ResetRules(label string) error { return s.SetRules(label, BuiltIn()) }

// Awards are the awards to a business.
func (s *Service) Awards(organisation string) ([]data.Aid, error) {
	return data.Live[data.Aid](s.store, "organisation = ?", "date, id", organisation)
}

// Ledger is the support to a business as it stands on a day (YYYY-MM-DD).
func (s *Service) Ledger(organisation, today string) (Ledger, error) {
	rules, err := s.Rules()
	if err != nil {
		return Ledger{}, err
	}
	awards, err := s.Awards(organisation)
	return NewLedger(rules, awards, today), err
}

// Get reads one award, also one in the trash.
func (s *Service) Get(id string) (data.Aid, error) { return data.Get[data.Aid](s.store, id) }

// Save stores an award; a new one gets an id. file, which may be nil, becomes
// its award letter.
func (s *Service) Save(label string, a data.Aid, file *partner.File) (id string, err error) {
	a.Donor, a.Scheme = strings.TrimSpace(a.Donor), strings.TrimSpace(a.Scheme)
	err = s.store.Update(label, func(tx *data.Tx) error {
		if file != nil {
			if a.KeptFile, err = file.Keep(tx); err != nil {
				return err
			}
		}
		return tx.Put(&a)
	})
	return a.ID, err
}

// Delete moves an award to the trash.
func (s *Service) Delete(label, id string) error {
	return s.store.Update(label, func(tx *data.Tx) error { return tx.Delete(&data.Aid{Row: data.Row{ID: id}}) })
}

// With is awards with one of them changed, or added when it is new: what a
// ledger would be after it was saved.
func With(awards []data.Aid, a data.Aid) []data.Aid {
	all := slices.Clone(awards)
	for i := range all {
		if all[i].ID == a.ID && a.ID != "" {
			all[i] = a
			return all
		}
	}
	return append(all, a)
}

// ParseRate reads what a euro cost in kroner, with at most four decimals, as
// ten thousandths: "11,4325" is 114325. Empty is 0.
func ParseRate(text string) (int64, error) { return parseDecimal(text, 4, 10_000) }

// ParseEUR reads an amount in euros with at most two decimals, as cents. Empty
// is 0.
func ParseEUR(text string) (int64, error) { return parseDecimal(text, 2, data.MaxAmount) }

// parseDecimal reads digits with at most so many decimals, without the point.
func parseDecimal(text string, decimals int, most int64) (int64, error) {
	text = strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\u00a0', '\u202f':
			return -1
		case ',':
			return '.'
		}
		return r
	}, text)
	if text == "" {
		return 0, nil
	}
	whole, rest, _ := strings.Cut(text, ".")
	if len(rest) > decimals || strings.Trim(whole+rest, "0123456789") != "" || whole == "" {
		return 0, strconv.ErrSyntax
	}
	n, err := strconv.ParseInt(whole+rest+strings.Repeat("0", decimals-len(rest)), 10, 64)
	unit := int64(1)
	for range decimals {
		unit *= 10
	}
	if err != nil || n/unit > most {
		return 0, strconv.ErrRange
	}
	return n, nil
}

// DecimalText is a number of parts as it is typed, with as few decimals as it
// has: 114325 with four is "11,4325".
func DecimalText(n int64, decimals int, point string) string {
	unit := int64(1)
	for range decimals {
		unit *= 10
	}
	text := strconv.FormatInt(n/unit, 10)
	if rest := n % unit; rest != 0 {
		digits := strconv.FormatInt(unit+rest, 10)[1:]
		text += point + strings.TrimRight(digits, "0")
	}
	return text
}
