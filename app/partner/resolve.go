package partner

import (
	"slices"
	"strings"

	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// Codes of the errors for what a person writes in a field by its name.
const (
	CodeUnknownColumn = "unknownColumn"
	CodeBadValue      = "badValue"
)

// Resolve finds an organisation of a kind by id, the beginning of its id, its
// organisation number or its name.
func (r *Register) Resolve(kind, name string) (data.Organisation, error) {
	number := strings.Join(strings.Fields(name), "")
	all, err := data.Live[data.Organisation](r.store, "kind = ? AND (id = ? OR org_number = ? AND ? <> '' OR ? <> '' AND substr(id, 1, length(?)) = ? OR name = ? COLLATE NOCASE)", "id LIMIT 3",
		kind, name, number, number, name, name, name, name)
	if err != nil {
		return data.Organisation{}, err
	}
	for _, o := range all {
		if o.ID == name {
			return o, nil
		}
	}
	switch len(all) {
	case 0:
		return data.Organisation{}, data.NewError(data.CodeNotFound+".organisation", "Fant ingen i registeret med nummeret eller navnet «{{.Name}}».", nil, "Name", name)
	case 1:
		return all[0], nil
	}
	return data.Organisation{}, data.NewError(data.CodeAmbiguous+".organisation", "Flere i registeret passer med «{{.Name}}». Skriv hele nummeret.", nil, "Name", name)
}

// Resolve finds an offering by id, the beginning of its id or its title.
func (s *Offerings) Resolve(name string) (data.Offering, error) {
	all, err := data.Live[data.Offering](s.store, "id = ? OR ? <> '' AND substr(id, 1, length(?)) = ? OR name = ? COLLATE NOCASE", "id", name, name, name, name, name)
	if err != nil {
		return data.Offering{}, err
	}
	if i := slices.IndexFunc(all, func(o data.Offering) bool { return o.ID == name }); i >= 0 {
		return all[i], nil
	}
	switch len(all) {
	case 0:
		return data.Offering{}, data.NewError(data.CodeNotFound+".offering", "Fant ikke noe tilbud med id-en eller tittelen «{{.Name}}».", nil, "Name", name)
	case 1:
		return all[0], nil
	}
	return data.Offering{}, data.NewError(data.CodeAmbiguous+".offering", "Flere tilbud passer med «{{.Name}}». Skriv hele id-en.", nil, "Name", name)
}

// SetColumn writes a field of an organisation by the name that the command line
// uses, and refuses what cannot be right.
func (r *Register) SetColumn(o *data.Organisation, column, value string) error {
	value = strings.TrimSpace(value)
	texts := map[string]*string{"name": &o.Name, "website": &o.Website, "contact": &o.Contact, "phone": &o.Phone, "note": &o.Note, "tags": &o.Tags}
	if o.OrganisationOf == data.OrganisationProvider {
		texts["accreditation"] = &o.Accreditation
	}
	if to := texts[column]; to != nil {
		*to = value
		return nil
	}
	among := func(all []string) bool { return value == "" || slices.Contains(all, value) }
	switch {
	case column == "orgnr":
		value = strings.Join(strings.Fields(value), "")
		return setIf(&o.OrgNumber, value, value == "" || reference.ValidOrgNumber(value), column)
	case column == "email":
		return setIf(&o.Email, value, value == "" || ValidEmail(value), column)
	case column == "industry":
		return setIf(&o.Industry, value, value == "" || ValidIndustry(value), column)
	case column == "employees":
		return setIf(&o.SizeBand, value, among(SizeBands()), column)
	case column == "norm":
		return setIf(&o.Norm, value, among([]string{reference.NormBokmal, reference.NormNynorsk}), column)
	case column == "status":
		known := false
		for _, s := range Pipeline(o.OrganisationOf) {
			known = known || string(s) == value
		}
		return setIf(&o.Status, value, known, column)
	case column == "kind" && o.OrganisationOf == data.OrganisationProvider:
		value = parseProviderKind(value)
		return setIf(&o.ProviderKind, value, among(ProviderKinds()), column)
	case column == "municipality":
		return setPlace(r.places, &o.Municipality, value)
	}
	return unknownColumn(column)
}

// SetColumn writes a field of an offering by the name that the command line and
// the import use, and refuses what cannot be right.
func (s *Offerings) SetColumn(o *data.Offering, column, value string) error {
	value = strings.TrimSpace(value)
	texts := map[string]*string{"title": &o.Title, "description": &o.Description, "place": &o.Place, "website": &o.Website, "note": &o.Note}
	if to := texts[column]; to != nil {
		*to = value
		return nil
	}
	dates := map[string]*string{"start": &o.Start, "finish": &o.Finish, "due": &o.Due}
	if to := dates[column]; to != nil {
		return setIf(to, value, value == "" || validDate(value), column)
	}
	counts := map[string]*int64{"min_participants": &o.Least, "max_participants": &o.Capacity, "price_nok": &o.Price}
	if to := counts[column]; to != nil {
		n, err := ParseCount(value)
		*to = n
		return badIf(err != nil, column, value)
	}
	among := func(all []string, v string) bool { return v == "" || slices.Contains(all, v) }
	switch column {
	case "level":
		level := ParseLevel(value)
		return setIf(&o.Level, level, among(Levels(), level), column)
	case "form":
		form := ParseForm(value)
		return setIf(&o.Form, form, among(Forms(), form), column)
	case "provider_kind":
		kind := parseProviderKind(value)
		return setIf(&o.ProviderKind, kind, among(ProviderKinds(), kind), column)
	case "language_norm":
		return setIf(&o.Language, strings.ToLower(value), among([]string{"nb", "nn", "en"}, strings.ToLower(value)), column)
	case "credits":
		n, err := ParseCredits(value)
		o.Credits = n
		return badIf(err != nil, column, value)
	case "months_available":
		months, err := ParseMonths(value)
		o.Months = MonthsText(months)
		return badIf(err != nil, column, value)
	case "municipality":
		return setPlace(s.places, &o.Municipality, value)
	case "provider":
		if value == "" {
			o.Organisation = ""
			return nil
		}
		provider, err := NewRegister(s.store, s.places).Resolve(data.OrganisationProvider, value)
		o.Organisation = provider.ID
		return err
	}
	return unknownColumn(column)
}

// setPlace takes a municipality by number or name.
func setPlace(places *reference.Tables, to *string, value string) error {
	if value == "" {
		*to = ""
		return nil
	}
	if _, ok := places.Resolve(value); ok {
		*to = value
		return nil
	}
	number := byPlaceName(places)[data.Fold(value)]
	return setIf(to, number, number != "", "municipality")
}

func setIf(to *string, value string, fine bool, column string) error {
	if !fine {
		return badIf(true, column, value)
	}
	*to = value
	return nil
}

func badIf(bad bool, column, value string) error {
	if !bad {
		return nil
	}
	return data.NewError(CodeBadValue, "«{{.Value}}» kan ikke stå i feltet {{.Column}}. Ingenting er endret.", nil, "Value", value, "Column", column)
}

func unknownColumn(column string) error {
	return data.NewError(CodeUnknownColumn, "Det finnes ikke noe felt som heter «{{.Column}}». Ingenting er endret.", nil, "Column", column)
}
