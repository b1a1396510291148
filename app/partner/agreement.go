package partner

import (
	"slices"
	"strings"

	"kompetansepilot/data"
)

// AgreementKinds are the kinds of agreement, in the order that work usually
// takes them.
func AgreementKinds() []string {
	return []string{data.AgreementIntent, data.AgreementSupport, data.AgreementCooperation}
}

// AgreementState is how far an agreement has come.
type AgreementState string

// The states of an agreement.
const (
	AgreementNobody  AgreementState = "nobody"  // nobody is named who must sign
	AgreementMissing AgreementState = "missing" // somebody has not signed
	AgreementSigned  AgreementState = "signed"  // all have signed; the signed file is not kept
	AgreementKept    AgreementState = "kept"    // all have signed, and the file is kept
	AgreementOver    AgreementState = "over"    // its last day has passed
)

// StateOf tells how far an agreement has come on a day (YYYY-MM-DD).
func StateOf(a *data.Signed, today string) AgreementState {
	switch {
	case a.Finish != "" && a.Finish < today:
		return AgreementOver
	case len(a.Parties) == 0:
		return AgreementNobody
	case len(a.Missing()) > 0:
		return AgreementMissing
	case a.SHA256 == "":
		return AgreementSigned
	}
	return AgreementKept
}

// Agreements are the agreements of a workspace. Its methods may be called from
// any goroutine but Fyne's.
type Agreements struct{ store *data.Workspace }

// NewAgreements makes the agreements of a workspace.
func NewAgreements(store *data.Workspace) *Agreements { return &Agreements{store} }

// OfOrganisation are the agreements that an organisation is a party of.
func (s *Agreements) OfOrganisation(id string) ([]data.Signed, error) {
	return s.read(data.WithParty, id)
}

// OfApplication are the agreements that belong to an application.
func (s *Agreements) OfApplication(id string) ([]data.Signed, error) {
	return s.read("application = ?", id)
}

// Unsigned are the agreements that somebody must still sign, the one that has
// waited longest first. Those that are over, or that belong to an application
// in the trash, wait for nobody.
func (s *Agreements) Unsigned(today string) ([]data.Signed, error) {
	all, err := s.read("application = '' OR application IN (SELECT id FROM application WHERE deleted = '')")
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(a data.Signed) bool {
		state := StateOf(&a, today)
		return state != AgreementMissing && state != AgreementNobody
	})
	slices.Reverse(all)
	return all, nil
}

func (s *Agreements) read(where string, args ...any) (all []data.Signed, err error) {
	err = s.store.Read(func(r data.Reader) error {
		all, err = data.Agreements(r, where, args...)
		return err
	})
	return all, err
}

// Get reads one agreement, also one in the trash.
func (s *Agreements) Get(id string) (a data.Signed, err error) {
	err = s.store.Read(func(r data.Reader) error {
		if a.Agreement, err = data.Get[data.Agreement](r, id); err != nil {
			return err
		}
		a.Parties, err = data.Live[data.Signature](r, "agreement = ?", "position, id", id)
		return err
	})
	return a, err
}

// Save makes the stored agreement and its parties equal to a, as one step.
// Parties without any text are left out. file, which may be nil, becomes its
// signed copy.
func (s *Agreements) Save(label string, a data.Signed, file *File) (id string, err error) {
	a.Name = strings.TrimSpace(a.Name)
	err = s.store.Update(label, func(tx *data.Tx) error {
		if file != nil {
			if a.KeptFile, err = file.Keep(tx); err != nil {
				return err
			}
		}
		if err := tx.Put(&a.Agreement); err != nil {
			return err
		}
		keep := map[string]bool{}
		for i := range a.Parties {
			p := &a.Parties[i]
			if strings.TrimSpace(p.Party+p.Name+p.Organisation) == "" {
				continue
			}
			p.Agreement, p.Position = a.ID, int64(i)
			if err := tx.Put(p); err != nil {
				return err
			}
			keep[p.ID] = true
		}
		stored, err := data.Live[data.Signature](tx, "agreement = ?", "id", a.ID)
		if err != nil {
			return err
		}
		for i := range stored {
			if !keep[stored[i].ID] {
				if err := tx.Delete(&stored[i]); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return a.ID, err
}

// Delete moves an agreement to the trash with its parties.
func (s *Agreements) Delete(label, id string) error {
	return s.store.Update(label, func(tx *data.Tx) error {
		parties, err := data.Live[data.Signature](tx, "agreement = ?", "id", id)
		if err != nil {
			return err
		}
		for i := range parties {
			if err := tx.Delete(&parties[i]); err != nil {
				return err
			}
		}
		return tx.Delete(&data.Agreement{Row: data.Row{ID: id}})
	})
}
