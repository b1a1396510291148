package mail

import (
	"context"
	"crypto/x509"
	"strconv"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app/mail"
	"kompetansepilot/app/mail/imap"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// Tabs of the dialog.
const (
	tabFolders = "folders"
	tabNever   = "never"
	tabLearned = "learned"
)

// privacy is the dialog about what is fetched and kept: the folders of each mailbox,
// whose mail is never stored, and what the program has learnt. What is changed in it
// is kept at once.
type privacy struct {
	page    *Page
	dialog  *kit.Dialog
	tabs    *kit.Tabs
	account *kit.Select
	chosen  string // id of the mailbox, "" for the first
	ca      *x509.CertPool
	column  map[string]*fyne.Container // by tab
	never   *kit.TextField             // keeps what is typed while the rest is made anew
	loads   *task.Latest
	asks    *task.Latest // of the server
	shown   settled
	server  map[string][]mail.FolderChoice // as the server told, by account
	refused error                          // why the server did not
	cancel  func()                         // ends the listening
	soon    func()
	closed  bool
}

// settled is what the dialog shows.
type settled struct {
	accounts []data.MailAccount
	status   []mail.Status
	folders  []mail.FolderChoice
	nevers   []data.MailNever
	learned  []mail.Learned
}

// onPrivacy opens the dialog.
func (p *Page) onPrivacy(tab string) { p.showPrivacy(tab, "", nil) }

// showPrivacy is onPrivacy for a mailbox, "" for the first; ca are the roots of a
// test's own server.
func (p *Page) showPrivacy(tab, account string, ca *x509.CertPool) *privacy {
	w := p.words
	d := &privacy{page: p, chosen: account, ca: ca, loads: task.NewLatest(p.env.Tasks), asks: task.NewLatest(p.env.Tasks), column: map[string]*fyne.Container{}, server: map[string][]mail.FolderChoice{}}
	for _, id := range []string{tabFolders, tabNever, tabLearned} {
		d.column[id] = kit.Column(theme.Size(theme.SizeNameGap))
	}
	d.never = kit.NewTextField()
	d.never.OnSubmitted = func(string) { d.onNever() }
	d.account = kit.NewSelect(w, nil)
	d.account.OnChanged = func(id string) {
		d.chosen = id
		d.load()
		d.ask()
	}
	d.tabs = kit.NewTabs(kit.Tab{ID: tabFolders, Label: w.T("mailui.tab.folders"), Content: d.column[tabFolders]},
		kit.Tab{ID: tabNever, Label: w.T("mailui.tab.never"), Content: d.column[tabNever]},
		kit.Tab{ID: tabLearned, Label: w.T("mailui.tab.learned"), Content: d.column[tabLearned]})
	d.tabs.Select(tab)
	d.cancel = p.desk.Subscribe(func() { p.env.Tasks.Post(d.onNews) })
	d.dialog = kit.ShowCustom(p.env.Shell.Window(), w, kit.Custom{Title: w.T("mailui.privacyTitle"), Width: 900, Height: 640, Content: d.tabs, OnClosed: func(bool) { d.close() }})
	d.load()
	d.ask()
	return d
}

func (d *privacy) close() {
	d.closed = true
	d.cancel()
	if d.soon != nil {
		d.soon()
	}
	d.loads.Cancel()
	d.asks.Cancel()
}

// onNews shows how far a fetch is, soon.
func (d *privacy) onNews() {
	if d.closed || d.soon != nil {
		return
	}
	d.soon = d.page.env.Tasks.After(showEvery, func() {
		d.soon = nil
		d.load()
	})
}

func (d *privacy) load() {
	desk, chosen := d.page.desk, d.chosen
	task.RunLatest(d.loads, context.Background(), func(context.Context) (s settled, err error) {
		if s.accounts, err = desk.Accounts(); err != nil {
			return s, err
		}
		s.status = desk.Status(s.accounts)
		for i := range s.accounts {
			if s.accounts[i].ID == chosen || chosen == "" && i == 0 {
				if s.folders, err = desk.KnownFolders(s.accounts[i]); err != nil {
					return s, err
				}
			}
		}
		if s.nevers, err = desk.Nevers(); err != nil {
			return s, err
		}
		s.learned, err = desk.LearnedRules()
		return s, err
	}, func(s settled, err error) {
		switch {
		case d.closed:
		case err != nil:
			d.dialog.SetProblem(d.page.sentence(err))
		default:
			d.shown = s
			d.fill()
		}
	})
}

// now is the mailbox that is shown, nil for none.
func (d *privacy) now() (*data.MailAccount, *mail.Status) {
	for i := range d.shown.accounts {
		if a := &d.shown.accounts[i]; a.ID == d.chosen || d.chosen == "" {
			return a, &d.shown.status[i]
		}
	}
	return nil, nil
}

// ask gets the folders from the server, for those that were never fetched.
func (d *privacy) ask() {
	desk, chosen := d.page.desk, d.chosen
	task.RunLatest(d.asks, context.Background(), func(ctx context.Context) (map[string][]mail.FolderChoice, error) {
		accounts, err := desk.Accounts()
		if err != nil {
			return nil, err
		}
		for _, a := range accounts {
			if a.ID == chosen || chosen == "" {
				all, err := desk.Folders(ctx, a, d.ca)
				return map[string][]mail.FolderChoice{a.ID: all}, err
			}
		}
		return nil, nil
	}, func(all map[string][]mail.FolderChoice, err error) {
		if d.closed {
			return
		}
		if d.refused = err; err == nil {
			for id, folders := range all {
				d.server[id] = folders
			}
		}
		d.fill()
	})
}

func (d *privacy) fill() {
	d.fillFolders()
	d.fillNever()
	d.fillLearned()
	d.dialog.SetContent(d.tabs)
	kit.FocusIfNone(d.tabs, d.tabs.FocusTarget()) // what had it may be made anew
}

func (d *privacy) set(tab string, objects []fyne.CanvasObject) {
	d.column[tab].Objects = objects
	d.column[tab].Refresh()
	kit.Relayout(d.column[tab])
}

// do changes something and shows what came of it.
func (d *privacy) do(label string, change func(context.Context) error) {
	task.Run(d.page.env.Tasks, context.Background(), func(ctx context.Context) (struct{}, error) { return struct{}{}, change(ctx) }, func(_ struct{}, err error) {
		switch {
		case err != nil && !d.closed:
			d.dialog.SetProblem(d.page.sentence(err))
			return
		case err != nil:
			d.page.env.Shell.Fail(label, err)
			return
		}
		d.page.env.Shell.Saved()
		d.page.env.Shell.Toast(label, true)
		if !d.closed {
			d.dialog.SetProblem("")
			d.load()
		}
	})
}

func (d *privacy) fillFolders() {
	w := d.page.words
	a, status := d.now()
	if a == nil {
		d.set(tabFolders, []fyne.CanvasObject{kit.NewText(w.T("mailui.noAccount")), kit.Row(kit.NewButton(w.T("mailui.add"), func() {
			d.dialog.Close()
			d.page.onAdd()
		}))})
		return
	}
	var all []fyne.CanvasObject
	if len(d.shown.accounts) > 1 {
		var options []kit.Option
		for _, x := range d.shown.accounts {
			options = append(options, kit.Option{ID: x.ID, Label: x.Address})
		}
		d.account.SetOptions(options)
		d.account.SetSelected(a.ID)
		all = append(all, kit.NewField(w, kit.FieldOptions{Label: w.T("mailui.account")}, d.account))
	}
	all = append(all, d.standing(a, status), kit.Hairline())
	if d.refused != nil {
		all = append(all, kit.NewMarkedLine(w, kit.Warn, w.T("mailui.foldersOffline", "Why", d.page.sentence(d.refused))))
	}
	known := map[string]mail.FolderChoice{}
	for _, f := range d.shown.folders {
		known[f.Name] = f
	}
	folders := d.shown.folders
	if told := d.server[a.ID]; len(told) > 0 {
		folders = nil
		for _, f := range told {
			if k, ok := known[f.Name]; ok {
				f = k // what was chosen since the server was asked
			}
			folders = append(folders, f)
		}
	}
	for i := range folders {
		if i > 0 {
			all = append(all, kit.Hairline())
		}
		all = append(all, d.folder(a, folders[i]))
	}
	d.set(tabFolders, all)
}

// standing is how it stands with a mailbox, and what can be done about its fetching.
func (d *privacy) standing(a *data.MailAccount, s *mail.Status) fyne.CanvasObject {
	p, w := d.page, d.page.words
	check := kit.NewSelect(w, []kit.Option{{ID: "0", Label: w.T("mailui.check.told")}, {ID: "5", Label: w.N("mailui.check.minutes", 5)}, {ID: "15", Label: w.N("mailui.check.minutes", 15)},
		{ID: "60", Label: w.N("mailui.check.minutes", 60)}, {ID: strconv.Itoa(data.MailOnlyAsked), Label: w.T("mailui.check.asked")}})
	check.SetSelected(strconv.FormatInt(a.Check, 10))
	check.OnChanged = func(id string) {
		n, err := strconv.ParseInt(id, 10, 64)
		if err != nil || n == a.Check {
			return
		}
		label := w.T("mailui.step.check", "Address", a.Address)
		d.do(label, func(context.Context) error {
			return p.desk.Change(label, a.ID, func(a *data.MailAccount) { a.Check = n })
		})
	}
	lines := []fyne.CanvasObject{p.statusLine(s)}
	var buttons []fyne.CanvasObject
	if s.Running {
		lines = append(lines, p.progress(s)...)
		buttons = append(buttons, kit.NewButton(w.T("mailui.stop"), func() { p.desk.Stop(a.ID) }))
	}
	if s.Paused {
		buttons = append(buttons, kit.NewPrimaryButton(w.T("mailui.resume"), func() { p.pause(a, false) }))
	} else {
		buttons = append(buttons, kit.NewButton(w.T("mailui.pause"), func() { p.pause(a, true) }))
	}
	return kit.Column(theme.Size(theme.SizeNameGap), append(lines, kit.Row(buttons...), kit.NewField(w, kit.FieldOptions{Label: w.T("mailui.check")}, check))...)
}

// statusLine is how it went with a mailbox last, in a sentence.
func (p *Page) statusLine(s *mail.Status) fyne.CanvasObject {
	w := p.words
	switch {
	case s.Running:
		return kit.NewMarkedLine(w, kit.Info, w.T("mailui.status.running", "Address", s.Address))
	case s.Err != nil:
		return kit.NewMarkedLine(w, kit.Warn, p.sentence(s.Err))
	case s.Paused:
		return kit.NewMarkedLine(w, kit.Warn, w.T("mailui.status.paused", "Address", s.Address))
	case s.At.IsZero():
		return kit.NewMarkedLine(w, kit.Info, w.T("mailui.status.never", "Address", s.Address))
	}
	return kit.NewMarkedLine(w, kit.Fine, w.T("mailui.status.at", "Address", s.Address, "Time", w.Moment(s.At)))
}

// progress is how far a fetch is.
func (p *Page) progress(s *mail.Status) []fyne.CanvasObject {
	if s.Progress.Folder == "" || s.Progress.All == 0 {
		return nil
	}
	w := p.words
	text := w.T("mailui.progress", "Folder", s.Progress.Folder, "Done", w.Number(int64(s.Progress.Done)), "All", w.Number(int64(s.Progress.All)))
	return []fyne.CanvasObject{kit.NewQuietText(text), kit.NewMeter(int64(s.Progress.Done), int64(s.Progress.All), fynetheme.ColorNamePrimary)}
}

// pause stops the fetching of a mailbox, or takes it up again.
func (p *Page) pause(a *data.MailAccount, paused bool) {
	id, label := a.ID, p.words.T("mailui.step.resume", "Address", a.Address)
	if paused {
		label = p.words.T("mailui.step.pause", "Address", a.Address)
	}
	p.do(label, func(context.Context) error { return p.desk.Pause(label, id, paused) })
}

// folder is what is done with a folder, and how it went last.
func (d *privacy) folder(a *data.MailAccount, f mail.FolderChoice) fyne.CanvasObject {
	p, w, account := d.page, d.page.words, *a
	change := func(set func(*mail.FolderChoice)) {
		c := f
		set(&c)
		for i, told := range d.server[account.ID] { // a folder that was never fetched is known from there alone
			if told.Name == c.Name {
				d.server[account.ID][i] = c
			}
		}
		label := w.T("mailui.step.folder", "Folder", f.Name)
		d.do(label, func(context.Context) error { return p.desk.Choose(label, account, c) })
	}
	name := f.Name
	if f.Role != "" && f.Role != string(imap.RoleArchive) {
		name = w.T("signin.folderRole", "Name", f.Name, "Role", w.T("signin.role."+f.Role))
	}
	fetch := kit.NewCheck(name, nil)
	fetch.SetChecked(f.Fetch)
	fetch.OnChanged = func(on bool) { change(func(c *mail.FolderChoice) { c.Fetch = on }) }
	days := p.daysSelect(f.Days, []int{0, data.MailAll, 90, 365, 1095}, func(n int) string { return w.T("mailui.back." + strconv.Itoa(n)) }, func(n int) { change(func(c *mail.FolderChoice) { c.Days = n }) })
	keep := p.daysSelect(f.Keep, []int{0, 365, 730, 1825, 3650}, func(n int) string { return w.T("mailui.keep." + strconv.Itoa(n)) }, func(n int) { change(func(c *mail.FolderChoice) { c.Keep = n }) })
	state := fyne.CanvasObject(kit.NewQuietText(w.T("mailui.folder.never")))
	switch {
	case f.Err != nil:
		state = kit.NewMarkedLine(w, kit.Warn, w.Moment(f.Tried)+": "+p.sentence(f.Err))
	case f.Failed > 0:
		state = kit.NewMarkedLine(w, kit.Warn, w.T("mailui.folder.at", "Time", w.Moment(f.Tried))+" · "+w.N("mailui.folder.failed", f.Failed))
	case !f.Tried.IsZero():
		state = kit.NewQuietText(w.T("mailui.folder.at", "Time", w.Moment(f.Tried)) + " · " + w.N("mailui.folder.new", f.New))
	}
	row := kit.NewShares(kit.Shares{Parts: []float32{4, 3, 3}, Least: 620, Gap: theme.Size(theme.SizeNameGap), Under: 4}, kit.Column(0, fetch, state),
		kit.NewField(w, kit.FieldOptions{Label: w.T("mailui.back")}, days), kit.NewField(w, kit.FieldOptions{Label: w.T("mailui.keep")}, keep))
	return row
}

// daysSelect chooses a number of days; one that is not among the choices is added.
func (p *Page) daysSelect(now int, choices []int, label func(int) string, chosen func(int)) *kit.Select {
	var options []kit.Option
	known := false
	for _, n := range choices {
		known = known || n == now
		options = append(options, kit.Option{ID: strconv.Itoa(n), Label: label(n)})
	}
	if !known {
		options = append(options, kit.Option{ID: strconv.Itoa(now), Label: p.words.N("mailui.daysCount", now)})
	}
	s := kit.NewSelect(p.words, options)
	s.SetSelected(strconv.Itoa(now))
	s.OnChanged = func(id string) {
		if n, err := strconv.Atoi(id); err == nil && n != now {
			chosen(n)
		}
	}
	return s
}

// onNever keeps no mail from the address or domain that was typed.
func (d *privacy) onNever() {
	d.page.never(d.never.Text(), func() {
		d.never.SetText("")
		d.load()
	})
}

func (d *privacy) fillNever() {
	p, w := d.page, d.page.words
	all := []fyne.CanvasObject{kit.NewText(w.T("mailui.never.text")),
		kit.NewField(w, kit.FieldOptions{Label: w.T("mailui.never.field"), Hint: w.T("mailui.never.hint")}, d.never), kit.Row(kit.NewDangerButton(w.T("mailui.never.add"), d.onNever))}
	for _, n := range d.shown.nevers {
		label := w.T("mailui.step.allow", "Pattern", n.Pattern)
		all = append(all, kit.Hairline(), beside(kit.NewText(n.Pattern), kit.NewQuietButton(w.T("mailui.never.allow"), func() {
			d.do(label, func(context.Context) error { return p.desk.Allow(label, n.ID) })
		})))
	}
	d.set(tabNever, all)
}

func (d *privacy) fillLearned() {
	p, w := d.page, d.page.words
	all := []fyne.CanvasObject{kit.NewText(w.T("mailui.learned.text"))}
	if len(d.shown.learned) == 0 {
		all = append(all, kit.NewQuietText(w.T("mailui.learned.none")))
	}
	for _, l := range d.shown.learned {
		label := w.T("mailui.step.unlearn", "Pattern", l.Pattern)
		all = append(all, kit.Hairline(), beside(kit.Column(0, kit.NewText(w.T("mailui.learned.rule", "Pattern", l.Pattern, "Name", l.Name))), kit.NewQuietButton(w.T("mailui.learned.forget"), func() {
			d.do(label, func(context.Context) error { return p.desk.Unlearn(label, l.ID) })
		})))
	}
	d.set(tabLearned, all)
}

// never keeps no mail from an address or a domain from now on, and deletes here what
// was fetched. That cannot be undone, so it asks first; then runs after.
func (p *Page) never(pattern string, then func()) {
	w := p.words
	kit.ShowConfirm(p.env.Shell.Window(), w, kit.Confirm{Title: w.T("mailui.never"), Text: w.T("mailui.neverText", "Address", pattern), Verb: w.T("mailui.neverVerb"), Danger: true, OnDone: func(yes bool) {
		if !yes {
			return
		}
		label := w.T("mailui.step.never", "Address", pattern)
		task.Run(p.env.Tasks, context.Background(), func(context.Context) (int, error) { return p.desk.Never(label, pattern) }, func(_ int, err error) {
			if err != nil {
				p.env.Shell.Fail(label, err)
				return
			}
			p.env.Shell.Toast(label, false)
			if !p.left {
				then()
				p.reader.reload()
				p.load()
			}
		})
	}})
}
