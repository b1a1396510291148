package partner

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"kompetansepilot/data"
)

// CodeOwnField is the code of errors about own fields.
const CodeOwnField = "ownField"

// ownPrefix begins the names of columns that are own fields.
const ownPrefix = "own:"

// OwnColumn is the column of an own field, for Sort and for grids.
func OwnColumn(f *data.OwnField) string { return ownPrefix + f.FieldOf + ":" + f.ID }

// ownOrder is how a column of an own field sorts.
func ownOrder(column string) (data.Order, bool) {
	rest, ok := strings.CutPrefix(column, ownPrefix)
	if !ok {
		return data.Order{}, false
	}
	kind, id, ok := strings.Cut(rest, ":")
	return data.Order{Own: id, Number: kind == data.OwnNumber}, ok && id != ""
}

// OwnNarrow is what an own field must hold. What is empty asks for nothing.
type OwnNarrow struct {
	Field    string   `json:"field"` // id of the data.OwnField
	Type     string   `json:"type"`
	OneOf    []string `json:"oneOf,omitempty"`    // of a choice
	Contains string   `json:"contains,omitempty"` // words of a text
	From     string   `json:"from,omitempty"`     // number or date
	To       string   `json:"to,omitempty"`
}

// Nothing tells that it asks for nothing.
func (c *OwnNarrow) Nothing() bool {
	return len(c.OneOf) == 0 && strings.TrimSpace(c.Contains) == "" && c.From == "" && c.To == ""
}

func (c OwnNarrow) condition() data.OwnCondition {
	return data.OwnCondition{Field: c.Field, OneOf: c.OneOf, Contains: c.Contains, From: c.From, To: c.To, Number: c.Type == data.OwnNumber}
}

// OwnTypes are the types of own fields, in the order that they are offered.
func OwnTypes() []string {
	return []string{data.OwnText, data.OwnNumber, data.OwnDate, data.OwnChoice}
}

// OwnChoices are what a field of choices lets one choose.
func OwnChoices(f *data.OwnField) []string {
	var all []string
	for line := range strings.Lines(f.Choices) {
		if line = strings.Join(strings.Fields(line), " "); line != "" && !slices.Contains(all, line) {
			all = append(all, line)
		}
	}
	return all
}

// ParseOwnNumber reads a number as people write it, "1 250,5", in the form that
// is stored, "1250.5". "" is "".
func ParseOwnNumber(text string) (stored string, ok bool) {
	text = strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\u00a0', '\u202f':
			return -1
		case ',':
			return '.'
		case '−':
			return '-'
		}
		return r
	}, text)
	if text == "" {
		return "", true
	}
	if strings.Trim(text, "-0123456789.") != "" {
		return "", false // also "NaN", "0x1" and the like
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return "", false
	}
	return strconv.FormatFloat(n, 'f', -1, 64), true
}

// ValidOwn tells whether a text can stand in an own field. An empty one always
// can.
func ValidOwn(f *data.OwnField, text string) bool {
	switch {
	case text == "":
		return true
	case f.FieldOf == data.OwnNumber:
		stored, ok := ParseOwnNumber(text)
		return ok && stored == text
	case f.FieldOf == data.OwnDate:
		_, err := time.Parse(time.DateOnly, text)
		return err == nil
	case f.FieldOf == data.OwnChoice:
		return slices.Contains(OwnChoices(f), text)
	}
	return true
}

// OwnFields are the fields that the county has defined for a kind, in order.
func (r *Register) OwnFields(kind string) ([]data.OwnField, error) {
	if !r.store.Has((*data.OwnField)(nil).Kind()) {
		return nil, nil
	}
	return data.Live[data.OwnField](r.store, "kind = ?", "position, id", kind)
}

// PutOwnField makes an own field, the last of its kind, or changes one. Its errors
// carry a sentence. What organisations hold stays when the type is changed.
func (r *Register) PutOwnField(label string, f data.OwnField) (id string, err error) {
	f.Name = strings.Join(strings.Fields(f.Name), " ")
	switch {
	case f.Name == "":
		return "", data.NewError(CodeOwnField, "Feltet har ikke noe navn. Ingenting er endret. Skriv et navn.", nil)
	case f.FieldOf == data.OwnChoice && len(OwnChoices(&f)) == 0:
		return "", data.NewError(CodeOwnField+".choices", "Feltet «{{.Name}}» har ingen valg. Ingenting er endret. Skriv minst ett valg, ett på hver linje.", nil, "Name", f.Name)
	}
	f.Choices = strings.Join(OwnChoices(&f), "\n")
	err = r.store.Update(label, func(tx *data.Tx) error {
		all, err := data.Live[data.OwnField](tx, "kind = ?", "position, id", f.OrganisationOf)
		if err != nil {
			return err
		}
		for i := range all {
			if all[i].ID != f.ID && strings.EqualFold(all[i].Name, f.Name) {
				return data.NewError(CodeOwnField+".same", "Det finnes allerede et felt som heter «{{.Name}}». Ingenting er endret. Velg et annet navn.", nil, "Name", f.Name)
			}
		}
		if f.ID == "" && len(all) > 0 {
			f.Position = all[len(all)-1].Position + 1
		}
		return tx.Put(&f)
	})
	return f.ID, err
}

// DeleteOwnField moves an own field to the trash. What stands in it is kept, and
// is seen again when the field is restored.
func (r *Register) DeleteOwnField(label, id string) error {
	return r.store.Update(label, func(tx *data.Tx) error { return tx.Delete(&data.OwnField{Row: data.Row{ID: id}}) })
}

// MoveOwnField moves an own field by a number of places among those of its kind.
func (r *Register) MoveOwnField(label, id string, by int) error {
	return r.store.Update(label, func(tx *data.Tx) error {
		f, err := data.Get[data.OwnField](tx, id)
		if err != nil {
			return err
		}
		all, err := data.Live[data.OwnField](tx, "kind = ?", "position, id", f.OrganisationOf)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(all, func(f data.OwnField) bool { return f.ID == id })
		to := min(max(at+by, 0), len(all)-1)
		if at < 0 {
			return nil
		}
		moved := all[at]
		all = slices.Insert(slices.Delete(all, at, at+1), to, moved)
		for i := range all {
			all[i].Position = int64(i)
			if err := tx.Put(&all[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

// OwnUse is how many organisations, not in the trash, hold something in an own
// field.
func (r *Register) OwnUse(id string) (int, error) {
	return r.store.Count("SELECT count(*) FROM value v JOIN organisation o ON o.id = v.record WHERE v.field = ? AND v.text <> '' AND o.deleted = ''", id)
}

// SetOwn puts a text into an own field of an organisation.
func SetOwn(o *data.Organisation, id, text string) {
	own := make(data.Values, len(o.Own)+1)
	for field, t := range o.Own {
		own[field] = t
	}
	if text == "" {
		delete(own, id)
	} else {
		own[id] = text
	}
	o.Own = own
}

// places are the stored numbers, old ones too, of the municipalities that a list
// is narrowed to; nil for all.
func (n *Narrow) places(lists *placeLists) []string {
	if len(n.Centrality) == 0 && len(n.Municipalities) == 0 {
		return nil
	}
	all := []string{}
	for number, class := range lists.centrality {
		if (len(n.Centrality) == 0 || slices.Contains(n.Centrality, class)) && (len(n.Municipalities) == 0 || slices.Contains(n.Municipalities, number)) {
			all = append(append(all, number), lists.former[number]...)
		}
	}
	slices.SortFunc(all, cmp.Compare[string]) // one text of SQL for one question
	return slices.Compact(all)
}
