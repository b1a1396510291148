package data

import (
	"strings"
	"time"
)

// Kept is a live application with everything that belongs to it.
type Kept struct {
	Draft
	Changed  time.Time // the last change of any part of it
	Versions int
}

// LiveDrafts are all the applications outside the trash, as they are at one
// moment, the one changed last first. It reads each kind of record once, so it
// costs little more for many applications than for one.
func LiveDrafts(w *Workspace) ([]Kept, error) {
	var all []Kept
	err := w.Read(func(r Reader) (err error) {
		all, err = liveDrafts(r)
		return err
	})
	return all, err
}

const (
	ofLive  = "application IN (SELECT id FROM application WHERE deleted = '')"
	inOrder = "position, id"
)

func liveDrafts(r Reader) ([]Kept, error) {
	changed, order, err := lastChanges(r)
	if err != nil {
		return nil, err
	}
	apps, err := Live[Application](r, "", "id DESC")
	if err != nil {
		return nil, err
	}
	byID := make(map[string]*Kept, len(apps))
	for i := range apps {
		byID[apps[i].ID] = &Kept{Draft: Draft{Application: apps[i]}, Changed: changed[apps[i].ID]}
	}
	if err := fillDrafts(r, byID); err != nil {
		return nil, err
	}
	all := make([]Kept, 0, len(apps))
	for _, id := range order {
		if k := byID[id]; k != nil {
			all = append(all, *k)
			delete(byID, id)
		}
	}
	for i := range apps { // those that the log does not know
		if k := byID[apps[i].ID]; k != nil {
			all = append(all, *k)
		}
	}
	return all, nil
}

// fillDrafts puts the parts where they belong.
func fillDrafts(r Reader, byID map[string]*Kept) error {
	if err := partsOf(r, byID, inOrder, func(k *Kept, p *Goal) { k.Goals = append(k.Goals, *p) }); err != nil {
		return err
	}
	if err := partsOf(r, byID, inOrder, func(k *Kept, p *Activity) { k.Activities = append(k.Activities, *p) }); err != nil {
		return err
	}
	if err := partsOf(r, byID, inOrder, func(k *Kept, p *Milestone) { k.Milestones = append(k.Milestones, *p) }); err != nil {
		return err
	}
	if err := partsOf(r, byID, inOrder, func(k *Kept, p *BudgetRow) {
		if p.Plan == PlanCost {
			k.Cost = append(k.Cost, *p)
		} else {
			k.Financing = append(k.Financing, *p)
		}
	}); err != nil {
		return err
	}
	if err := partsOf(r, byID, "id", func(k *Kept, p *Evidence) { k.Evidence = append(k.Evidence, *p) }); err != nil {
		return err
	}
	if err := partsOf(r, byID, inOrder, func(k *Kept, p *Partner) { k.Partners = append(k.Partners, *p) }); err != nil {
		return err
	}
	if err := partsOf(r, byID, inOrder, func(k *Kept, p *Attachment) { k.Attachments = append(k.Attachments, *p) }); err != nil {
		return err
	}
	return countVersions(r, byID)
}

// partsOf reads one kind of part of all live applications.
func partsOf[T any, P interface {
	*T
	Record
}](r Reader, byID map[string]*Kept, order string, put func(*Kept, *T)) error {
	all, err := Live[T, P](r, ofLive, order)
	if err != nil {
		return err
	}
	for i := range all {
		if k := byID[*owner(P(&all[i]))]; k != nil {
			put(k, &all[i])
		}
	}
	return nil
}

func countVersions(r Reader, byID map[string]*Kept) error {
	rows, err := r.query("SELECT application, count(*) FROM version WHERE deleted = '' GROUP BY application")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		var n int
		if err := rows.Scan(&id, &n); err != nil {
			return r.translate("count versions", err)
		}
		if k := byID[id]; k != nil {
			k.Versions = n
		}
	}
	return r.translate("count versions", rows.Err())
}

// lastChanges are when each application, or a part of it, changed last, and the
// applications in that order, newest first. Parts in the trash count: taking
// one away is a change too. Making a document changes nothing.
func lastChanges(r Reader) (at map[string]time.Time, order []string, err error) {
	parts := []string{"SELECT id AS app, id AS record FROM application"}
	for _, rec := range kinds() {
		if p := planOf(rec); p.kind != "application" && p.kind != "made_document" {
			if _, ok := p.column("application"); ok {
				parts = append(parts, "SELECT application, id FROM "+p.kind)
			}
		}
	}
	rows, err := r.query("SELECT last.app, t.hlc FROM (SELECT p.app, max(c.id) AS id FROM (" + strings.Join(parts, " UNION ALL ") +
		") p JOIN change c ON c.record = p.record GROUP BY p.app) last JOIN change c ON c.id = last.id JOIN tx t ON t.id = c.tx ORDER BY last.id DESC")
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	at = map[string]time.Time{}
	for rows.Next() {
		var id string
		var hlc int64
		if err := rows.Scan(&id, &hlc); err != nil {
			return nil, nil, r.translate("read last changes", err)
		}
		at[id], order = hlcTime(hlc), append(order, id)
	}
	return at, order, r.translate("read last changes", rows.Err())
}
