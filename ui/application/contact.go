package application

import (
	"slices"

	"kompetansepilot/app/grant"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/theme"
)

// contactView is a person: name, role, e-mail and phone.
type contactView struct {
	framed
	desk  *desk
	field *grant.Field
	first *grant.Field // the call's first contact, to be the same as; nil for itself
	parts [4]*kit.TextField
}

func newContactView(d *desk, f *grant.Field) fieldView {
	v := &contactView{desk: d, field: f}
	if all := d.call.FieldsOf(grant.TypeContact); all[0] != f {
		v.first = all[0]
	}
	words := d.words
	labels := [4]string{words.T("application.contact.name"), words.T("application.contact.role"),
		words.T("application.contact.email"), words.T("application.contact.phone")}
	rows := kit.Column(0)
	if v.first != nil {
		rows.Add(kit.Row(kit.NewButton(words.T("application.contact.same", "Field", d.label(v.first)), v.onSame)))
	}
	for i := range v.parts {
		v.parts[i] = kit.NewTextField()
		v.parts[i].OnChanged = v.onChanged
		v.parts[i].OnFocusLost = d.saver.Flush
		rows.Add(kit.NewField(words, kit.FieldOptions{Label: labels[i]}, v.parts[i]))
	}
	v.framed = newFramed(kit.NewField(words, d.options(f), kit.NewCard(rows)))
	return v
}

func (v *contactView) focus() { v.desk.focus(v.parts[0]) }

func (v *contactView) contact() grant.Contact {
	return grant.Contact{Name: v.parts[0].Text(), Role: v.parts[1].Text(), Email: v.parts[2].Text(), Phone: v.parts[3].Text()}
}

func (v *contactView) onChanged(string) { v.desk.Type(v.field, v.contact().String()) }

func (v *contactView) onSame() { v.desk.Answered(v.field, v.desk.Answer(v.first.ID)) }

func (v *contactView) show(found []grant.Finding) {
	if !v.desk.saver.Waiting(v.field.ID) {
		c := grant.ParseContact(v.desk.Answer(v.field.ID))
		for i, text := range [4]string{c.Name, c.Role, c.Email, c.Phone} {
			v.parts[i].SetText(text)
		}
	}
	v.note(found)
}

// organisationView is an organisation: name and number.
type organisationView struct {
	framed
	desk   *desk
	field  *grant.Field
	name   *kit.TextField
	number *kit.OrgNumberField
}

func newOrganisationView(d *desk, f *grant.Field) fieldView {
	v := &organisationView{desk: d, field: f, name: kit.NewTextField(), number: kit.NewOrgNumberField(d.words)}
	v.name.OnChanged = func(string) { v.onChanged() }
	v.name.OnFocusLost = d.saver.Flush
	v.number.OnChanged = func(string, bool) { v.onChanged() }
	v.number.OnFocusLost = d.saver.Flush
	words := d.words
	v.framed = newFramed(kit.NewField(words, d.options(f), kit.NewCard(kit.Column(theme.Size(theme.SizeNameGapSmall),
		kit.NewField(words, kit.FieldOptions{Label: words.T("application.organisation.name")}, v.name),
		kit.NewField(words, kit.FieldOptions{Label: words.T("application.organisation.number"), Hint: words.T("application.organisation.numberHint")}, v.number),
		kit.Row(kit.NewButton(words.T("application.organisation.county"), v.onCounty)),
	))))
	return v
}

func (v *organisationView) focus() { v.desk.focus(v.name) }

// onChanged keeps a number that is wrong too: nothing typed is lost.
func (v *organisationView) onChanged() {
	number, ok := v.number.Value()
	if !ok {
		number = v.number.Text()
	}
	v.desk.Type(v.field, grant.Organisation{Name: v.name.Text(), OrgNumber: number}.String())
}

// onCounty fills in the county that the application is for.
func (v *organisationView) onCounty() {
	if c, ok := v.desk.env.Program.Places.County(v.desk.draft.Application.County); ok {
		v.desk.Answered(v.field, grant.Organisation{Name: c.Body, OrgNumber: c.OrgNumber}.String())
	}
}

func (v *organisationView) show(found []grant.Finding) {
	if !v.desk.saver.Waiting(v.field.ID) {
		o := grant.ParseOrganisation(v.desk.Answer(v.field.ID))
		v.name.SetText(o.Name)
		if now, _ := v.number.Value(); now != o.OrgNumber {
			v.number.SetValue(o.OrgNumber)
		}
	}
	v.note(found)
}

// accountView is a bank account number.
type accountView struct {
	framed
	desk    *desk
	field   *grant.Field
	control *kit.TextField
}

func newAccountView(d *desk, f *grant.Field) fieldView {
	v := &accountView{desk: d, field: f, control: kit.NewTextField()}
	v.control.OnChanged = v.onChanged
	v.control.OnFocusLost = v.onFocusLost
	v.framed = newFramed(kit.NewField(d.words, d.options(f), v.control))
	return v
}

func (v *accountView) onChanged(text string) {
	v.desk.Type(v.field, text)
	if v.frame.Error() != "" {
		v.explain()
	}
}

func (v *accountView) onFocusLost() {
	v.explain()
	v.desk.saver.Flush()
}

// explain says what is wrong with the number, once it has been typed.
func (v *accountView) explain() {
	switch digits, ok := accountDigits(v.control.Text()); {
	case len(digits) == 0 && ok:
		v.frame.SetError("")
	case !ok || len(digits) != 11:
		v.frame.SetError(v.desk.words.T("application.account.length"))
	case !validAccount(digits):
		v.frame.SetError(v.desk.words.T("application.account.check"))
	default:
		v.frame.SetError("")
	}
}

func (v *accountView) show(found []grant.Finding) {
	if !v.desk.saver.Waiting(v.field.ID) {
		v.control.SetText(v.desk.Answer(v.field.ID))
		if !v.control.Focused() {
			v.explain()
		}
	}
	v.note(found)
}

// accountDigits are the digits of a number as people write it, "1234.56.78903";
// ok is false when it holds anything else.
func accountDigits(text string) (digits []int, ok bool) {
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			digits = append(digits, int(r-'0'))
		case !slices.Contains([]rune{' ', '.', '\u00a0', '\u202f'}, r):
			return nil, false
		}
	}
	return digits, true
}

// validAccount tells whether the last of eleven digits is the right check
// digit: weights 5 4 3 2 7 6 5 4 3 2, modulo 11 (Bits, "Kontonummer").
func validAccount(digits []int) bool {
	weights := [10]int{5, 4, 3, 2, 7, 6, 5, 4, 3, 2}
	sum := 0
	for i, w := range weights {
		sum += w * digits[i]
	}
	return digits[10] == (11-sum%11)%11
}

// focus gives a control the focus.
func (d *desk) focus(o kit.Control) {
	c := d.env.Shell.Window().Canvas()
	if target := o.FocusTarget(); target != nil && c != nil {
		c.Focus(target)
	}
}
