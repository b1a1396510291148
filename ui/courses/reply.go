package courses

import (
	"slices"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/brief"
	"kompetansepilot/app/course"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
	"kompetansepilot/ui/form"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/parts"
	"kompetansepilot/ui/saving"
	"kompetansepilot/ui/theme"
)

// replyForm is what one provider answered, with the provider to choose above it.
type replyForm struct {
	page     *Requests
	content  *fyne.Container
	provider *kit.Select
	status   *form.Form[data.Enquiry]
	form     *form.Form[data.Reply] // its ID is the enquiry's
	unread   *fyne.Container
	request  *course.Requested
}

func newReplyForm(p *Requests) *replyForm {
	w := p.words
	r := &replyForm{page: p, provider: kit.NewSelect(w, nil), unread: kit.Column(theme.Size(theme.SizeNameGapSmall))}
	r.provider.OnChanged = r.choose
	r.status = form.New(w, p.enquiries, func(label string, _ *data.Enquiry) string {
		return w.T("course.reply.step", "Field", label, "Provider", r.name())
	})
	status := r.status.Choice("status", w.T("offering.enquiry.statusLabel"), "", parts.Options(partner.EnquiryStatuses(), func(c string) string { return parts.EnquiryWord(w, c) }), func(e *data.Enquiry) *string { return &e.Status })
	done := r.status.Date("done", w.T("offering.enquiry.answered"), "", func(e *data.Enquiry) *string { return &e.Done })
	r.form = form.New(w, p.replies, func(label string, _ *data.Reply) string {
		return w.T("course.reply.step", "Field", label, "Provider", r.name())
	})
	frame := map[string]fyne.CanvasObject{}
	for _, f := range brief.Fields() {
		frame[f] = r.field(f).Frame
	}
	pair := func(a, b string) fyne.CanvasObject { return kit.SideBySide(pairWidth, frame[a], frame[b]) }
	r.content = kit.FormColumn(kit.NewField(w, kit.FieldOptions{Label: w.T("offering.column.provider")}, r.provider), r.unread,
		kit.SideBySide(pairWidth, status.Frame, done.Frame),
		pair(brief.FieldTotal, brief.FieldPrice), pair(brief.FieldForm, brief.FieldPlace), pair(brief.FieldStart, brief.FieldFinish), frame[brief.FieldDates],
		pair(brief.FieldCredits, brief.FieldLevel), pair(brief.FieldLeast, brief.FieldCapacity), pair(brief.FieldValid, brief.FieldLanguage), frame[brief.FieldNote])
	return r
}

// name is the provider that is shown.
func (r *replyForm) name() string {
	if a := r.asked(r.form.ID); a != nil {
		return a.Provider
	}
	return ""
}

func (r *replyForm) asked(enquiry string) *course.Asked {
	if r.request == nil {
		return nil
	}
	i := slices.IndexFunc(r.request.Asked, func(a course.Asked) bool { return a.ID == enquiry })
	if i < 0 {
		return nil
	}
	return &r.request.Asked[i]
}

// field is the field of one answer.
func (r *replyForm) field(field string) *form.Field[data.Reply] {
	w, label := r.page.words, brief.FieldWord(r.page.words, field)
	at := func(v *data.Reply) *string { return course.ReplyAt(v, field) }
	switch field {
	case brief.FieldForm:
		return r.form.Choice(field, label, "", parts.FormOptions(w), at)
	case brief.FieldLevel:
		return r.form.Choice(field, label, "", parts.LevelOptions(w), at)
	case brief.FieldLanguage:
		return r.form.Choice(field, label, "", parts.LanguageOptions(w), at)
	case brief.FieldStart, brief.FieldFinish, brief.FieldValid:
		return r.form.Date(field, label, "", at)
	case brief.FieldPlace:
		return r.form.Text(field, label, "", at)
	case brief.FieldDates, brief.FieldNote:
		return r.form.Area(field, label, "", at)
	}
	hint := ""
	if field == brief.FieldTotal || field == brief.FieldCredits {
		hint = w.T("brief.replyHint." + field)
	}
	return r.form.Parsed(field, label, hint, func(v *data.Reply) string { return typedNumber(w, field, *at(v)) }, func(text string) (func(*data.Reply), string) {
		value, why := brief.ParseField(field, text, false)
		if why != "" {
			return nil, w.T("course.reply.bad." + why)
		}
		return func(v *data.Reply) { *at(v) = value }, ""
	})
}

// typedNumber is a number as one types it.
func typedNumber(w *lang.Printer, field, value string) string {
	if field == brief.FieldCredits {
		return course.ReplyWord(w, field, value)
	}
	return value
}

// on shows the replies to a request; another begins with the first provider who has
// answered, or else the first.
func (r *replyForm) on(request *course.Requested, another bool) {
	r.request = request
	var all []kit.Option
	for i := range request.Asked {
		a := &request.Asked[i]
		all = append(all, kit.Option{ID: a.ID, Label: a.Provider, Note: enquiryWord(r.page.env, a.Status)})
	}
	r.provider.SetOptions(all)
	chosen := r.form.ID
	if another || r.asked(chosen) == nil {
		chosen = ""
		for i := range request.Asked {
			if chosen == "" || request.Asked[i].Open() && !r.asked(chosen).Open() {
				chosen = request.Asked[i].ID
			}
		}
	}
	r.choose(chosen)
}

// choose shows what one provider answered.
func (r *replyForm) choose(enquiry string) {
	a := r.asked(enquiry)
	if a == nil {
		return
	}
	if r.form.ID != enquiry {
		r.page.flush()
	}
	r.provider.SetSelected(enquiry)
	reply := a.Reply
	r.form.Show(enquiry, reply)
	r.status.Show(enquiry, a.Enquiry)
	r.showUnread(&reply)
}

// showUnread tells what an import could not read, until somebody has dealt with it.
func (r *replyForm) showUnread(reply *data.Reply) {
	w := r.page.words
	r.unread.Objects = nil
	if reply.Unread != "" {
		clearIt := kit.NewButton(w.T("course.reply.unreadDone"), func() {
			r.page.replies.Choose(saving.FieldEdit[data.Reply]{Label: w.T("course.reply.unreadStep", "Provider", r.name()), ID: reply.Enquiry, Field: "unread",
				Apply: func(v *data.Reply) { v.Unread = "" }})
		})
		r.unread.Objects = []fyne.CanvasObject{kit.NewMarkedLine(w, kit.Warn, w.T("course.reply.unread")), kit.NewText(reply.Unread), kit.Row(clearIt)}
	}
	r.unread.Refresh()
	kit.Relayout(r.unread)
}

func (r *replyForm) focus() {
	if r.asked(r.form.ID) != nil {
		r.form.Focus("")
	}
}
