package people

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"kompetansepilot/app"
	"kompetansepilot/app/people"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/theme"
)

// makeNotice saves the notice of article 14 as a PDF, and then asks whether it
// was sent.
func (d *desk) makeNotice(c people.Card) {
	w := d.words
	date := data.Today()
	title := w.T("people.notice.save")
	read(d, title, func() (made, error) {
		head, err := d.env.Program.Letterhead()
		if err != nil {
			return made{}, err
		}
		content, name, err := d.people.Notice(c.ID, date, head)
		return made{name, content}, err
	}, func(m made) {
		filter := kit.FileFilter{Name: w.T("people.files.pdf"), Extensions: []string{".pdf"}}
		d.save(title, m.name, filter, func() ([]byte, error) { return m.content, nil }, func(file string) { d.askTold(c, file) })
	})
}

// askTold asks whether the letter that was saved is sent.
func (d *desk) askTold(c people.Card, file string) {
	kit.ShowConfirm(d.env.Shell.Window(), d.words, kit.Confirm{
		Title: d.words.T("people.saved", "Name", file), Text: d.words.T("people.notice.send", "Name", d.named(c.Name)), Verb: d.words.T("people.notice.note"),
		OnDone: func(yes bool) {
			if yes {
				d.noteTold(c)
			}
		},
	})
}

// made is a file that is ready to be saved.
type made struct {
	name    string
	content []byte
}

// noteTold notes that the person has got the notice today.
func (d *desk) noteTold(c people.Card) {
	label := d.words.T("people.step.told", "Name", d.named(c.Name))
	how := d.words.T("people.told.letter")
	d.env.Do(label, func() error { return d.people.SetTold(label, []string{c.ID}, data.Today(), how) })
}

// export saves everything about somebody for that person.
func (d *desk) export(subject data.Subject) {
	title := d.words.T("people.export")
	read(d, title, func() (made, error) {
		dossier, err := d.people.Dossier(subject)
		if err != nil {
			return made{}, err
		}
		content, err := dossier.Zip()
		return made{dossier.FileName(), content}, err
	}, func(m made) {
		d.save(title, m.name, kit.FileFilter{Name: d.words.T("people.files.zip"), Extensions: []string{".zip"}}, func() ([]byte, error) { return m.content, nil }, nil)
	})
}

// erasure is what the dialog shows before somebody is erased.
type erasure struct {
	traces  data.Traces
	mail    int
	backups []data.BackupFile
}

// askErase shows all that an erasure touches, and does it when the person says
// so.
func (d *desk) askErase(subject data.Subject, name string) {
	read(d, d.words.T("people.erase.looking"), func() (erasure, error) {
		traces, err := d.people.Traces(subject)
		if err != nil {
			return erasure{}, err
		}
		mail, err := d.env.Program.Mail.About(subject)
		if err != nil {
			return erasure{}, err
		}
		backups, err := d.env.Program.Backups()
		return erasure{traces, len(mail), backups}, err
	}, func(e erasure) { d.showErase(subject, d.named(name), e) })
}

func (d *desk) showErase(subject data.Subject, name string, e erasure) {
	w := d.words
	reason := kit.NewRadio(reasonOptions(d), nil)
	reason.SetSelected(people.ReasonRequest)
	parts := append([]fyne.CanvasObject{kit.NewText(w.T("people.erase.what", "Name", name))}, d.erased(&e)...)
	if e.mail > 0 {
		parts = append(parts, kit.NewText(w.N("people.erase.mail", e.mail)))
	}
	parts = append(parts, kit.NewField(w, kit.FieldOptions{Label: w.T("people.erase.why")}, reason))
	kit.ShowCustom(d.env.Shell.Window(), w, kit.Custom{
		Title: w.T("people.erase.title", "Name", name), Verb: w.T("people.erase.verb"), Danger: true, Width: 640,
		Content: kit.Column(theme.Size(theme.SizeNameGroup), parts...),
		OnClosed: func(byVerb bool) {
			if byVerb {
				d.erase(subject, reason.Selected(), e.backups)
			}
		},
	})
}

// erase does it, and shows the receipt.
func (d *desk) erase(subject data.Subject, reason string, backups []data.BackupFile) {
	w := d.words
	read(d, w.T("people.erase.verb"), func() (app.Erased, error) { return d.env.Program.Erase(w, subject, reason) }, func(t app.Erased) {
		d.env.Shell.Saved()
		parts := []fyne.CanvasObject{
			kit.NewMarkedLine(w, kit.Fine, w.T("people.receipt.done", "Date", w.DateLong(data.Today()))),
			kit.NewText(w.T("people.receipt.counts", "Removed", w.N("people.records", len(t.Removed)), "Changed", w.N("people.records", len(t.Changed)), "Kept", w.N("people.records", len(t.Kept)))),
			kit.NewText(w.T("people.receipt.where")),
		}
		parts = append(parts, d.backupLines(backups)...)
		kit.ShowCustom(d.env.Shell.Window(), w, kit.Custom{Title: w.T("people.receipt.title"), Content: kit.Column(theme.Size(theme.SizeNameGap), parts...)})
	})
}

// mostLines is how many records of a kind the preview names.
const mostLines = 12

// erased lists what an erasure touches: what goes, where the name is taken out,
// what stays and why, and the backups.
func (d *desk) erased(e *erasure) []fyne.CanvasObject {
	w := d.words
	gone := map[string]int{}
	var order []string
	for _, t := range e.traces.Removed {
		if gone[t.Kind] == 0 {
			order = append(order, t.Kind)
		}
		gone[t.Kind]++
	}
	var lines []fyne.CanvasObject
	for _, kind := range order {
		lines = append(lines, kit.NewItem("–", kit.NewText(w.N("safety.count."+kind, gone[kind]))))
	}
	lines = append(lines, kit.NewItem("–", kit.NewText(w.N("people.erase.entries", e.traces.Entries))))
	all := []fyne.CanvasObject{kit.NewSection(w.T("people.erase.gone"), kit.Column(theme.Size(theme.SizeNameGapSmall), lines...))}
	if len(e.traces.Changed) > 0 {
		all = append(all, kit.NewSection(w.T("people.erase.named"), d.traceLines(e.traces.Changed)))
	}
	if len(e.traces.Kept) > 0 {
		all = append(all, kit.NewSection(w.T("people.erase.kept"), d.traceLines(e.traces.Kept)))
	}
	return append(all, kit.NewSection(w.T("people.erase.backups"), d.backupLines(e.backups)...))
}

func (d *desk) traceLines(all []data.Trace) fyne.CanvasObject {
	w := d.words
	column := kit.Column(theme.Size(theme.SizeNameGapSmall))
	for _, t := range all[:min(len(all), mostLines)] {
		text := people.KindWord(w, t.Kind)
		if t.Title != "" {
			text = w.T("people.named", "Kind", text, "Title", shortened(t.Title))
		}
		under := t.Excerpt
		switch {
		case t.Reason != "":
			under = people.ReasonWord(w, t.Reason)
		case under == "":
			under = fieldWords(d, &t)
		}
		line := kit.Column(0, kit.NewText(text))
		if under != "" {
			line.Add(kit.NewQuietText(under))
		}
		column.Add(kit.NewItem("–", line))
	}
	if more := len(all) - mostLines; more > 0 {
		column.Add(kit.NewQuietText(w.N("people.erase.more", more)))
	}
	return column
}

// fieldWords names the fields where a record leads to the person.
func fieldWords(d *desk, t *data.Trace) string {
	var all []string
	for _, field := range t.Fields {
		all = append(all, people.FieldWord(d.words, t.Kind, field))
	}
	return strings.Join(all, ", ")
}

// longestTitle is how much of a record's title is shown, in characters.
const longestTitle = 60

func shortened(title string) string {
	title = oneSpace(title)
	if r := []rune(title); len(r) > longestTitle {
		return string(r[:longestTitle-1]) + "…"
	}
	return title
}

// backupLines say plainly that older copies still hold the person.
func (d *desk) backupLines(all []data.BackupFile) []fyne.CanvasObject {
	w := d.words
	if len(all) == 0 {
		return []fyne.CanvasObject{kit.NewText(w.T("people.erase.noBackups"))}
	}
	lines := []fyne.CanvasObject{kit.NewMarkedLine(w, kit.Warn, w.N("people.erase.inBackups", len(all), "Folder", d.env.Program.BackupFolder()))}
	for _, b := range all[:min(len(all), mostLines)] {
		lines = append(lines, kit.NewQuietText(w.Moment(b.Time)))
	}
	if more := len(all) - mostLines; more > 0 {
		lines = append(lines, kit.NewQuietText(w.N("people.erase.more", more)))
	}
	return lines
}

func reasonOptions(d *desk) []kit.Option {
	var all []kit.Option
	for _, r := range people.Reasons() {
		all = append(all, kit.Option{ID: r, Label: d.words.T("safety.value.reason." + r)})
	}
	return all
}

// askRules asks how long persons are kept, and whom they may write to.
func (d *desk) askRules() {
	w := d.words
	read(d, w.T("people.rules"), func() (people.Rules, error) { return d.people.Rules(), nil }, func(r people.Rules) {
		months, contact, officer := kit.NewTextField(), kit.NewTextField(), kit.NewTextField()
		months.SetText(strconv.Itoa(r.Months))
		contact.SetText(r.Contact)
		officer.SetText(r.Officer)
		kit.ShowForm(d.env.Shell.Window(), w, kit.Form{Title: w.T("people.rules"), Verb: w.T("people.store"),
			Fields: []fyne.CanvasObject{
				kit.NewField(w, kit.FieldOptions{Label: w.T("safety.setting.retentionMonths"), Hint: w.T("people.hint.months")}, months),
				kit.NewField(w, kit.FieldOptions{Label: w.T("safety.setting.privacyContact"), Hint: w.T("people.hint.contact")}, contact),
				kit.NewField(w, kit.FieldOptions{Label: w.T("safety.setting.privacyOfficer"), Hint: w.T("people.hint.officer")}, officer),
			},
			Check: func() error { return checkMonths(d, months.Text()) },
			OnDone: func() {
				n, _ := strconv.Atoi(oneSpace(months.Text()))
				label := w.T("people.step.rules")
				rules := people.Rules{Months: n, Contact: oneSpace(contact.Text()), Officer: oneSpace(officer.Text())}
				d.env.Do(label, func() error { return d.people.SetRules(label, rules) })
			}})
	})
}

// mostMonths is ten years: longer is a matter for the archive, not for a working
// file.
const mostMonths = 120

func checkMonths(d *desk, text string) error {
	if n, err := strconv.Atoi(oneSpace(text)); err != nil || n < 1 || n > mostMonths {
		return &data.Error{Code: "months", Message: d.words.T("people.wrong.months", "Most", mostMonths)}
	}
	return nil
}
