package data

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
)

// Draft is the whole content of one application: what the rules, the PDF and
// the versions read.
type Draft struct {
	Application Application  `json:"application"`
	Goals       []Goal       `json:"goals"`
	Activities  []Activity   `json:"activities"`
	Milestones  []Milestone  `json:"milestones"`
	Cost        []BudgetRow  `json:"cost"`
	Financing   []BudgetRow  `json:"financing"`
	Evidence    []Evidence   `json:"evidence"`
	Partners    []Partner    `json:"partners"`
	Attachments []Attachment `json:"attachments"`
	// Logo is the one of the moment when a version was kept.
	Logo Logo `json:"logo,omitzero"`
}

// LoadDraft reads an application with everything that belongs to it, as it is
// at one moment.
func LoadDraft(r Reader, id string) (Draft, error) {
	w, ok := r.(*Workspace)
	if !ok {
		return loadDraft(r, id)
	}
	var d Draft
	err := w.Read(func(r Reader) (err error) {
		d, err = loadDraft(r, id)
		return err
	})
	return d, err
}

// LoadDraftAt is LoadDraft, and tells the newest transaction that the draft
// holds.
func LoadDraftAt(w *Workspace, id string) (d Draft, transaction int64, err error) {
	err = w.Read(func(r Reader) (err error) {
		if d, err = loadDraft(r, id); err != nil {
			return err
		}
		rows, err := r.query("SELECT coalesce(max(id), 0) FROM tx")
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			if err := rows.Scan(&transaction); err != nil {
				return err
			}
		}
		return rows.Err()
	})
	return d, transaction, err
}

func loadDraft(r Reader, id string) (Draft, error) {
	var d Draft
	var err error
	if d.Application, err = Get[Application](r, id); err != nil {
		return Draft{}, err
	}
	const own, order = "application = ?", "position, id"
	if d.Goals, err = Live[Goal](r, own, order, id); err != nil {
		return Draft{}, err
	}
	if d.Activities, err = Live[Activity](r, own, order, id); err != nil {
		return Draft{}, err
	}
	if d.Milestones, err = Live[Milestone](r, own, order, id); err != nil {
		return Draft{}, err
	}
	rows, err := Live[BudgetRow](r, own, order, id)
	if err != nil {
		return Draft{}, err
	}
	for _, row := range rows {
		if row.Plan == PlanCost {
			d.Cost = append(d.Cost, row)
		} else {
			d.Financing = append(d.Financing, row)
		}
	}
	if d.Evidence, err = Live[Evidence](r, own, "id", id); err != nil {
		return Draft{}, err
	}
	if d.Partners, err = Live[Partner](r, own, order, id); err != nil {
		return Draft{}, err
	}
	if d.Attachments, err = Live[Attachment](r, own, order, id); err != nil {
		return Draft{}, err
	}
	return d, nil
}

// Confirmed tells whether a financing row is linked to evidence with a
// reference or a file.
func (d *Draft) Confirmed(row string) bool {
	for _, e := range d.Evidence {
		if e.BudgetRow == row && (e.Reference != "" || e.Attachment != "") {
			return true
		}
	}
	return false
}

// SaveDraft makes the stored application equal to the draft: rows that are not in it
// go to the trash, and rows with an empty id are made.
func (tx *Tx) SaveDraft(d *Draft) error {
	id := d.Application.ID
	if id != "" {
		now, err := LoadDraft(tx, id)
		if err != nil {
			return err
		}
		keep := map[string]bool{}
		for _, r := range d.parts() {
			keep[r.row().ID] = true
		}
		for _, r := range now.parts() {
			if !keep[r.row().ID] {
				if err := tx.Delete(r); err != nil {
					return err
				}
			}
		}
	}
	if err := tx.Put(&d.Application); err != nil {
		return err
	}
	for _, r := range d.parts() {
		*owner(r) = d.Application.ID
		if err := tx.Put(r); err != nil {
			return err
		}
	}
	return nil
}

// parts are the records that belong to the application.
func (d *Draft) parts() []Record {
	var all []Record
	for i := range d.Goals {
		all = append(all, &d.Goals[i])
	}
	for i := range d.Activities {
		all = append(all, &d.Activities[i])
	}
	for i := range d.Milestones {
		all = append(all, &d.Milestones[i])
	}
	for i := range d.Cost {
		d.Cost[i].Plan = PlanCost
		all = append(all, &d.Cost[i])
	}
	for i := range d.Financing {
		d.Financing[i].Plan = PlanFinancing
		all = append(all, &d.Financing[i])
	}
	for i := range d.Evidence {
		all = append(all, &d.Evidence[i])
	}
	for i := range d.Partners {
		all = append(all, &d.Partners[i])
	}
	for i := range d.Attachments {
		all = append(all, &d.Attachments[i])
	}
	return all
}

func owner(r Record) *string {
	switch r := r.(type) {
	case *Goal:
		return &r.Application
	case *Activity:
		return &r.Application
	case *Milestone:
		return &r.Application
	case *BudgetRow:
		return &r.Application
	case *Evidence:
		return &r.Application
	case *Partner:
		return &r.Application
	case *Attachment:
		return &r.Application
	}
	panic(fmt.Sprintf("%T belongs to no application", r))
}

// SaveVersion keeps the draft under a name. frozen versions are refused any
// later change, by the database itself.
func (tx *Tx) SaveVersion(d *Draft, v *Version) error {
	content, err := json.Marshal(d)
	if err != nil {
		return fmt.Errorf("write version: %w", err)
	}
	v.Application, v.Content, v.SHA256 = d.Application.ID, string(content), hashBytes(content)
	v.Created, v.Actor = tx.Now(), tx.Actor()
	return tx.Put(v)
}

// Draft is the content that the version kept.
func (v *Version) Draft() (Draft, error) {
	var d Draft
	if hashText(v.Content) != v.SHA256 {
		return d, newError(CodeDamaged+".version", "Versjonen «{{.Name}}» er skadet: innholdet stemmer ikke med kontrollsummen. Hent den fra en sikkerhetskopi.", nil, "Name", v.Name)
	}
	if err := json.Unmarshal([]byte(v.Content), &d); err != nil {
		return d, fmt.Errorf("read version: %w", err)
	}
	for _, r := range d.parts() {
		*owner(r) = v.Application
	}
	return d, nil
}

func hashBytes(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

func hashText(s string) string { return hashBytes([]byte(s)) }
