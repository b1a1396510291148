package parts

import (
	"context"

	"kompetansepilot/app/course"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
	"kompetansepilot/ui/form"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// Enquiries are the questions to a provider or about an offering, and their
// answers.
type Enquiries struct {
	*fold
	register  *partner.Register
	offerings *partner.Offerings
	all       map[string]data.Enquiry // as they were read last
	offers    []partner.Offer         // of the provider, to choose from
	drafts    drafts[data.Enquiry]
}

var _ Part = (*Enquiries)(nil)

// NewEnquiries makes the part.
func NewEnquiries(env *screen.Env, register *partner.Register) *Enquiries {
	w := env.Words
	e := &Enquiries{drafts: drafts[data.Enquiry]{}, register: register, offerings: partner.NewOfferings(env.Program.Workspace, env.Program.Places),
		fold: newFold(env, partner.PartEnquiries, w.T("offering.enquiry.title"), w.T("offering.enquiry.none"), "enquiry", "offering")}
	e.read = e.readOwner
	e.onOpen = func(id string) { e.open(e.all[id]) }
	e.actions(addButton(w.T("offering.enquiry.add"), e.Add))
	return e
}

func (e *Enquiries) readOwner(o Owner) (func() contents, error) {
	all, err := e.register.Enquiries(o.Organisation.ID, o.Offering)
	if err != nil {
		return nil, err
	}
	var offers []partner.Offer
	if o.Organisation.ID != "" {
		if offers, err = e.offerings.List(partner.OfferingQuery{Organisation: o.Organisation.ID}); err != nil {
			return nil, err
		}
	}
	return func() contents {
		e.offers = offers
		return e.contents(all)
	}, nil
}

func (e *Enquiries) contents(all []data.Enquiry) contents {
	w := e.words
	c := contents{}
	e.all = map[string]data.Enquiry{}
	waiting := 0
	for _, one := range all {
		e.all[one.ID] = one
		l := line{id: one.ID, title: e.title(&one), detail: []string{e.about(&one), one.Answer}, state: EnquiryWord(w, one.Status), severity: kit.Fine}
		switch one.Status {
		case "", partner.EnquiryDraft:
			l.severity = kit.Info
		case partner.EnquirySent:
			l.severity = kit.Warn
			waiting++
		case partner.EnquiryNo, partner.EnquiryNoAnswer:
			l.severity = kit.Info
		}
		c.lines = append(c.lines, l)
	}
	if len(all) > 0 {
		c.summary = w.N("offering.enquiry.count", len(all))
	}
	if waiting > 0 {
		c.summary += " · " + w.N("offering.enquiry.waiting", waiting)
		c.mark, c.marked = kit.Warn, true
	}
	return c
}

func (e *Enquiries) title(one *data.Enquiry) string {
	if one.Name != "" {
		return one.Name
	}
	return e.words.T("offering.enquiry.unnamed")
}

// about is who was asked, about what, and when.
func (e *Enquiries) about(one *data.Enquiry) string {
	w := e.words
	sent, answered, offer := "", "", ""
	if one.Date != "" {
		sent = w.T("offering.enquiry.sentOn", "Date", w.DateShort(one.Date))
	}
	if one.Done != "" {
		answered = w.T("offering.enquiry.answeredOn", "Date", w.DateShort(one.Done))
	}
	for i := range e.offers {
		if e.offers[i].ID == one.Offering {
			offer = e.offers[i].Title
		}
	}
	return lang.Joined(" · ", one.Contact, offer, sent, answered)
}

// Add begins an enquiry to the provider, or to that of the offering.
func (e *Enquiries) Add() {
	one := data.Enquiry{Organisation: e.owner.Organisation.ID, Offering: e.owner.Offering, Status: partner.EnquiryDraft, Contact: e.owner.Organisation.Contact}
	if one.Offering == "" {
		e.open(one)
		return
	}
	task.Run(e.env.Tasks, context.Background(), func(context.Context) (data.Enquiry, error) {
		offering, err := e.offerings.Get(one.Offering)
		if err != nil {
			return one, err
		}
		one.Organisation, one.Name = offering.Organisation, offering.Title
		if o, err := e.register.Get(offering.Organisation); err == nil {
			one.Contact = o.Contact
		}
		return one, nil
	}, func(one data.Enquiry, err error) {
		if err != nil {
			e.env.Shell.Fail(e.name, err)
			return
		}
		e.open(one)
	})
}

// enquiryDialog edits one enquiry.
type enquiryDialog struct {
	of     *Enquiries
	stored data.Enquiry
	now    data.Enquiry
	dialog *kit.Dialog
	gone   bool // it goes to the trash

	subject, contact *kit.TextField
	text, answer     *kit.TextArea
	status, offer    *kit.Select
	sent, answered   *kit.DateField
}

func (e *Enquiries) open(stored data.Enquiry) {
	w := e.words
	if stored.Status == "" {
		stored.Status = partner.EnquiryDraft
	}
	one := e.drafts.take(e.key(stored.ID), stored)
	d := &enquiryDialog{of: e, stored: stored, now: one, subject: kit.NewTextField(), contact: kit.NewTextField(), text: kit.NewTextArea(w), answer: kit.NewTextArea(w),
		sent: kit.NewDateField(w), answered: kit.NewDateField(w)}
	d.subject.SetText(one.Name)
	d.contact.SetText(one.Contact)
	d.text.SetText(one.Text)
	d.answer.SetText(one.Answer)
	d.sent.SetValue(one.Date)
	d.answered.SetValue(one.Done)
	d.status = kit.NewSelect(w, Options(partner.EnquiryStatuses(), func(s string) string { return EnquiryWord(w, s) }))
	form.Choose(d.status, one.Status)
	d.status.OnChanged = d.onStatus
	var offers []kit.Option
	for i := range e.offers {
		offers = append(offers, kit.Option{ID: e.offers[i].ID, Label: e.offers[i].Title})
	}
	d.offer = kit.NewSelect(w, offers)
	d.offer.AllowEmpty = true
	form.Choose(d.offer, one.Offering)
	field := func(label string, control kit.Control) *kit.Field {
		return kit.NewField(w, kit.FieldOptions{Label: label}, control)
	}
	column := kit.Column(theme.Size(theme.SizeNameGap),
		kit.SideBySide(pairWidth, field(w.T("offering.enquiry.subject"), d.subject), field(w.T("offering.enquiry.contact"), d.contact)))
	if len(offers) > 0 {
		column.Add(field(w.T("offering.enquiry.offering"), d.offer))
	}
	column.Add(field(w.T("offering.enquiry.text"), d.text))
	column.Add(field(w.T("offering.enquiry.statusLabel"), d.status))
	column.Add(kit.SideBySide(pairWidth, field(w.T("offering.enquiry.sent"), d.sent), field(w.T("offering.enquiry.answered"), d.answered)))
	column.Add(field(w.T("offering.enquiry.answer"), d.answer))
	d.dialog = e.dialog(one.ID == "", w.T("offering.enquiry.edit"), w.T("offering.enquiry.new"), d.onDelete, kit.Custom{OnVerb: d.onSave, Height: 640, Focus: d.subject.FocusTarget(), Content: column, OnClosed: d.onClosed})
}

// onClosed keeps what was written when it was not saved.
func (d *enquiryDialog) onClosed(saved bool) {
	d.of.drafts.closed(d.of.fold, d.stored.ID, saved || d.gone, d.stored, func() data.Enquiry {
		now, _ := d.value()
		return now
	})
}

// onStatus fills in today where a status means that something happened now.
func (d *enquiryDialog) onStatus(status string) {
	sent, okSent := d.sent.Value()
	answered, okAnswered := d.answered.Value()
	if okSent && sent == "" && status != partner.EnquiryDraft {
		d.sent.SetValue(data.Today())
	}
	if okAnswered && answered == "" && (status == partner.EnquiryYes || status == partner.EnquiryNo) {
		d.answered.SetValue(data.Today())
	}
}

// value is the enquiry as the fields say; dates tells whether both can be read.
func (d *enquiryDialog) value() (one data.Enquiry, dates bool) {
	one = d.now
	one.Name, one.Contact, one.Text, one.Answer, one.Status, one.Offering = d.subject.Text(), d.contact.Text(), d.text.Text(), d.answer.Text(), d.status.Selected(), d.offer.Selected()
	if one.Offering == "" {
		one.Offering = d.of.owner.Offering
	}
	var sentOK, answeredOK bool
	one.Date, sentOK = d.sent.Value()
	one.Done, answeredOK = d.answered.Value()
	return one, sentOK && answeredOK
}

func (d *enquiryDialog) onSave() bool {
	w := d.of.words
	one, dates := d.value()
	if !dates {
		d.dialog.SetProblem(w.T("agreement.badDate"))
		return false
	}
	label := w.T("offering.enquiry.saved", "Name", d.of.title(&one))
	courses := d.of.env.Program.Courses
	d.of.save(label, func() error {
		_, err := courses.SaveEnquiry(label, one, Reminder(w))
		return err
	})
	return true
}

func (d *enquiryDialog) onDelete() {
	d.gone = true
	d.dialog.Close()
	label, id, courses := d.of.words.T("offering.enquiry.deleted", "Name", d.of.title(&d.now)), d.now.ID, d.of.env.Program.Courses
	d.of.save(label, func() error { return courses.DeleteEnquiry(label, id) })
}

// Reminder is what the task to remind those who have not answered a request says.
func Reminder(w *lang.Printer) course.Reminder {
	return func(name string) string { return w.T("course.sent.reminder", "Name", name) }
}
