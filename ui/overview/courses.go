package overview

import (
	"fyne.io/fyne/v2"

	"kompetansepilot/app/course"
	"kompetansepilot/app/lang"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
)

// courses are the requests whose deadline has passed or that are not sent, and the
// courses that begin soon or have ended without counts.
func (p *page) courses() []fyne.CanvasObject {
	d, w := &p.shown.courses, p.words
	var lines []fyne.CanvasObject
	more := 0
	add := func(page, id, name string, severity kit.Severity, text string) {
		if len(lines) == mostShort {
			more++
			return
		}
		lines = append(lines, kit.Column(0, p.link(name, screen.Route{Page: page, ID: id}), kit.NewMarkedLine(w, severity, text)))
	}
	for i := range d.Late {
		r := &d.Late[i]
		add(screen.PageRequests, r.ID, r.Name, kit.Warn, w.T("overview.courses.late", "Date", w.DateLong(r.Due), "Replies", w.Number(int64(r.Replies())), "Asked", w.Number(int64(len(r.Asked)))))
	}
	for i := range d.Soon {
		text, severity := p.begins(&d.Soon[i])
		add(screen.PageCourses, d.Soon[i].ID, d.Soon[i].Name, severity, text)
	}
	for i := range d.Uncounted {
		r := &d.Uncounted[i]
		text := w.T("overview.courses.done")
		if r.Finish != "" && r.Finish < p.shown.Today {
			text = w.T("overview.courses.uncounted", "Date", w.DateLong(r.Finish))
		}
		add(screen.PageCourses, r.ID, r.Name, kit.Warn, text)
	}
	for i := range d.Unsent {
		add(screen.PageRequests, d.Unsent[i].ID, d.Unsent[i].Name, kit.Info, w.T("overview.courses.unsent"))
	}
	if more > 0 {
		lines = append(lines, kit.NewQuietText(w.N("overview.courses.more", more)))
	}
	return lines
}

// begins tells when a course begins, and how many take part; too few are marked.
func (p *page) begins(r *course.Run) (string, kit.Severity) {
	w, registered := p.words, r.Sum().Registered
	severity, people := kit.Info, w.N("pool.people", int(registered))
	if registered < r.Least {
		severity, people = kit.Warn, w.T("overview.courses.few", "People", w.Number(registered), "Least", w.Number(r.Least))
	}
	return lang.Joined(" · ", w.T("overview.courses.begins", "Date", w.DateLong(r.Start)), people), severity
}
