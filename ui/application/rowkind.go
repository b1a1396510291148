package application

import (
	"slices"

	"kompetansepilot/data"
)

// rowKind tells how the rows of one kind lie in a draft, and changes them there.
type rowKind[T any] struct {
	of    func(*data.Draft) *[]T
	parts func(*T) (id string, position *int64)
}

func activityRows() rowKind[data.Activity] {
	return rowKind[data.Activity]{
		of:    func(d *data.Draft) *[]data.Activity { return &d.Activities },
		parts: func(a *data.Activity) (string, *int64) { return a.ID, &a.Position },
	}
}

func milestoneRows() rowKind[data.Milestone] {
	return rowKind[data.Milestone]{
		of:    func(d *data.Draft) *[]data.Milestone { return &d.Milestones },
		parts: func(m *data.Milestone) (string, *int64) { return m.ID, &m.Position },
	}
}

func partnerRows() rowKind[data.Partner] {
	return rowKind[data.Partner]{
		of:    func(d *data.Draft) *[]data.Partner { return &d.Partners },
		parts: func(p *data.Partner) (string, *int64) { return p.ID, &p.Position },
	}
}

// in is a row of a draft, or nil.
func (k rowKind[T]) in(d *data.Draft, id string) *T {
	if i := k.index(d, id); i >= 0 {
		return &(*k.of(d))[i]
	}
	return nil
}

func (k rowKind[T]) index(d *data.Draft, id string) int {
	rows := *k.of(d)
	for i := range rows {
		if has, _ := k.parts(&rows[i]); has == id {
			return i
		}
	}
	return -1
}

func (k rowKind[T]) ids(d *data.Draft) []string {
	var ids []string
	for i := range *k.of(d) {
		id, _ := k.parts(&(*k.of(d))[i])
		ids = append(ids, id)
	}
	return ids
}

// add appends a row, once: an edit may meet a draft that it was made on already.
func (k rowKind[T]) add(d *data.Draft, row T) {
	if id, _ := k.parts(&row); k.index(d, id) < 0 {
		*k.of(d) = append(slices.Clone(*k.of(d)), row)
	}
	k.number(d)
}

// move puts a row right before another, or right after it. It says where and
// not how far, so that making it twice changes nothing.
func (k rowKind[T]) move(d *data.Draft, id, other string, after bool) {
	from := k.index(d, id)
	if from < 0 || k.index(d, other) < 0 || id == other {
		return
	}
	row := (*k.of(d))[from]
	*k.of(d) = slices.Delete(slices.Clone(*k.of(d)), from, from+1)
	to := k.index(d, other)
	if after {
		to++
	}
	*k.of(d) = slices.Insert(*k.of(d), to, row)
	k.number(d)
}

func (k rowKind[T]) remove(d *data.Draft, id string) {
	if i := k.index(d, id); i >= 0 {
		*k.of(d) = slices.Delete(slices.Clone(*k.of(d)), i, i+1)
	}
	k.number(d)
}

func (k rowKind[T]) number(d *data.Draft) {
	for i := range *k.of(d) {
		_, position := k.parts(&(*k.of(d))[i])
		*position = int64(i)
	}
}

// text makes the two ends of a cell for a text of a row.
func (k rowKind[T]) text(d *desk, id string, part func(*T) *string) (get func(*data.Draft) string, set func(*data.Draft, string) error) {
	get = func(draft *data.Draft) string {
		if row := k.in(draft, id); row != nil {
			return *part(row)
		}
		return ""
	}
	set = func(draft *data.Draft, text string) error {
		row := k.in(draft, id)
		if row == nil {
			return d.errGone()
		}
		*part(row) = text
		return nil
	}
	return get, set
}
