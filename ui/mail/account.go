package mail

import (
	"cmp"
	"context"
	"crypto/x509"
	"net/url"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/mail"
	"kompetansepilot/app/mail/signin"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// accountForm signs in to a mailbox: the address first, then what was found from it
// and what the sign-in needs, then the browser.
type accountForm struct {
	page   *Page
	known  data.MailAccount // that is changed; without an ID it is a new one
	ca     *x509.CertPool   // of a test's own servers
	browse func(*url.URL) error
	dialog *kit.Dialog

	address, password, secret, host, port, user, person, client, tenant *kit.TextField

	addressField *kit.Field
	way, days    *kit.Select
	device       *kit.Check
	found        *kit.SeverityLine
	server       *kit.Disclosure

	form *fyne.Container
	// What is shown for a way of signing in, and once the mailbox is found.
	withPassword, withMicrosoft, withGoogle, withTokens, place, rest fyne.CanvasObject
	userField                                                        *kit.Field

	looked string // the address that was looked up last; "" before the first
	cancel context.CancelFunc
	asking bool
}

// onAdd asks for a mailbox.
func (p *Page) onAdd() { p.newAccountForm(data.MailAccount{}, nil, inBrowser).show() }

// onSignIn lets the person sign in to a mailbox again, and change how.
func (p *Page) onSignIn(a data.MailAccount) { p.newAccountForm(a, nil, inBrowser).show() }

func inBrowser(u *url.URL) error { return fyne.CurrentApp().OpenURL(u) }

// daysOptions are how far back mail is fetched.
func (p *Page) daysOptions(days int64) []kit.Option {
	w := p.words
	all := []kit.Option{{ID: "0", Label: w.T("mailui.days.all")}, {ID: "365", Label: w.T("mailui.days.year")}, {ID: "90", Label: w.T("mailui.days.quarter")}}
	if days != 0 && days != 365 && days != 90 {
		all = append(all, kit.Option{ID: strconv.FormatInt(days, 10), Label: w.N("signin.days.some", int(days))})
	}
	return all
}

// newAccountForm makes the form for a mailbox that is known, or for a new one. browse
// shows an address in the browser.
func (p *Page) newAccountForm(known data.MailAccount, ca *x509.CertPool, browse func(*url.URL) error) *accountForm {
	w, gap := p.words, theme.Size(theme.SizeNameGap)
	f := &accountForm{page: p, known: known, ca: ca, browse: browse, cancel: func() {}}
	f.address, f.host, f.port, f.user, f.person, f.client, f.tenant = kit.NewTextField(), kit.NewTextField(), kit.NewTextField(), kit.NewTextField(), kit.NewTextField(), kit.NewTextField(), kit.NewTextField()
	f.password, f.secret = kit.NewSecretField(), kit.NewSecretField()
	f.address.OnChanged = func(string) { f.onAddress() }
	f.way = kit.NewSelect(w, []kit.Option{{ID: signin.WithPassword, Label: w.T("signin.way.password")}, {ID: signin.WithMicrosoft, Label: w.T("signin.way.microsoft")}, {ID: signin.WithGoogle, Label: w.T("signin.way.google")}})
	f.way.OnChanged = func(string) { f.onWay() }
	f.device = kit.NewCheck(w.T("signin.device"), nil)
	f.days = kit.NewSelect(w, p.daysOptions(known.Days))
	f.days.SetSelected("365")
	f.found = kit.NewMarkedLine(w, kit.Fine, "")
	f.server = kit.NewDisclosure(w)
	f.server.OnChanged = func(bool) { f.arrange() }
	f.addressField = kit.NewField(w, kit.FieldOptions{Label: w.T("mailui.address"), Hint: w.T("signin.addressHint"), Required: true}, f.address)
	passwordHint, secretHint := w.T("mailui.passwordHint"), w.T("signin.clientSecretHint")
	if known.ID != "" {
		passwordHint, secretHint = w.T("signin.passwordKept"), w.T("signin.passwordKept")
	}
	f.withPassword = kit.NewField(w, kit.FieldOptions{Label: w.T("mailui.password"), Hint: passwordHint, Required: known.ID == ""}, f.password)
	f.withMicrosoft = kit.NewField(w, kit.FieldOptions{Label: w.T("signin.tenant"), Hint: w.T("signin.tenantHint")}, f.tenant)
	f.withGoogle = kit.NewField(w, kit.FieldOptions{Label: w.T("signin.clientSecret"), Hint: secretHint, Required: known.ID == ""}, f.secret)
	f.withTokens = kit.Column(gap,
		kit.SideBySide(220, kit.NewField(w, kit.FieldOptions{Label: w.T("signin.client"), Hint: w.T("signin.clientHint"), Required: true}, f.client), kit.Column(0, f.withMicrosoft, f.withGoogle)),
		kit.NewField(w, kit.FieldOptions{Label: w.T("signin.person"), Hint: w.T("signin.personHint")}, f.person),
		f.device, kit.Row(f.recipeButton()))
	f.userField = kit.NewField(w, kit.FieldOptions{Label: w.T("signin.user"), Hint: w.T("signin.userHint")}, f.user)
	f.place = kit.Column(gap, kit.SideBySide(200, kit.NewField(w, kit.FieldOptions{Label: w.T("mailui.server")}, f.host), kit.NewField(w, kit.FieldOptions{Label: w.T("mailui.port")}, f.port)), f.userField)
	f.rest = kit.Column(gap, f.found,
		kit.SideBySide(220, kit.NewField(w, kit.FieldOptions{Label: w.T("signin.way")}, f.way), kit.NewField(w, kit.FieldOptions{Label: w.T("mailui.days")}, f.days)),
		f.withPassword, f.withTokens, f.server, f.place, kit.NewQuietText(w.T("mailui.readOnly")))
	f.form = kit.FormColumn(f.addressField, f.rest)
	f.rest.Hide()
	if known.ID != "" {
		f.fill()
	}
	return f
}

// fill shows a mailbox that is known.
func (f *accountForm) fill() {
	a := f.known
	f.address.SetText(a.Address)
	f.address.Disable()
	f.host.SetText(a.Host)
	f.port.SetText(strconv.FormatInt(cmp.Or(a.Port, 993), 10))
	f.client.SetText(a.ClientID)
	f.tenant.SetText(a.Tenant)
	f.way.SetSelected(cmp.Or(a.SignIn, signin.WithPassword))
	if a.User != a.Address {
		f.user.SetText(a.User)
		f.person.SetText(a.User)
	}
	f.device.SetChecked(a.DeviceCode)
	f.days.SetSelected(strconv.FormatInt(a.Days, 10))
	f.days.OnChanged = func(string) { f.onDays() }
	f.looked = a.Address
	f.found.Hide()
	f.rest.Show()
}

func (f *accountForm) show() {
	w := f.page.words
	title, focus := w.T("mailui.add"), f.address.FocusTarget()
	if f.known.ID != "" {
		title = w.T("signin.signIn", "Address", f.known.Address)
		focus = f.password.FocusTarget()
		if f.way.Selected() != signin.WithPassword {
			focus = f.way.FocusTarget()
		}
	}
	f.dialog = kit.ShowCustom(f.page.env.Shell.Window(), w, kit.Custom{Title: strings.TrimSuffix(title, " …"), Verb: w.T("signin.findVerb"), Width: 680, Content: f.form, Focus: focus,
		OnVerb: f.onVerb, OnClosed: func(bool) { f.cancel() }})
	f.arrange()
}

// arrange shows what the way of signing in needs.
func (f *accountForm) arrange() {
	w, way := f.page.words, f.way.Selected()
	tokens := way != signin.WithPassword
	show := func(o fyne.CanvasObject, visible bool) {
		if visible {
			o.Show()
		} else {
			o.Hide()
		}
	}
	show(f.withPassword, !tokens)
	show(f.withTokens, tokens)
	show(f.withMicrosoft, way == signin.WithMicrosoft)
	show(f.device, way == signin.WithMicrosoft)
	show(f.withGoogle, way == signin.WithGoogle)
	show(f.userField, !tokens)
	show(f.place, f.server.Open())
	detail := w.T("signin.serverAt", "Host", f.host.Text(), "Port", f.port.Text())
	if f.host.Text() == "" {
		detail = w.T("signin.serverNone")
	}
	f.server.SetText(w.T("mailui.server"), detail)
	if f.dialog == nil {
		return
	}
	switch {
	case f.looked == "":
		f.dialog.SetVerb(w.T("signin.findVerb"))
	case tokens && !f.device.Checked():
		f.dialog.SetVerb(w.T("signin.browserVerb"))
	case f.known.ID != "" || tokens:
		f.dialog.SetVerb(w.T("signin.signInVerb"))
	default:
		f.dialog.SetVerb(w.T("mailui.addVerb"))
	}
	f.dialog.Fit()
}

// onAddress goes back to the search when the address becomes another.
func (f *accountForm) onAddress() {
	if f.looked == "" || strings.EqualFold(strings.TrimSpace(f.address.Text()), f.looked) {
		return
	}
	f.looked = ""
	f.rest.Hide()
	f.arrange()
}

// onWay fills in what the county has used for another mailbox.
func (f *accountForm) onWay() {
	way := f.way.Selected()
	for _, a := range f.page.accounts {
		if a.SignIn == way && f.client.Text() == "" {
			f.client.SetText(a.ClientID)
			f.tenant.SetText(a.Tenant)
			f.known.Endpoints = a.Endpoints
		}
	}
	if f.dialog != nil {
		f.dialog.SetProblem("")
	}
	f.arrange()
}

// onDays changes at once how far back a known mailbox is fetched.
func (f *accountForm) onDays() {
	days, err := strconv.ParseInt(f.days.Selected(), 10, 64)
	if err != nil {
		return
	}
	a, p := f.known, f.page
	label := p.words.T("signin.step.days", "Address", a.Address)
	task.Run(p.env.Tasks, context.Background(), func(context.Context) (struct{}, error) { return struct{}{}, p.desk.SetDays(label, a.ID, days) }, func(_ struct{}, err error) {
		if err != nil {
			f.dialog.SetProblem(p.sentence(err))
			return
		}
		p.env.Shell.Saved()
	})
}

func (f *accountForm) onVerb() bool {
	if f.asking {
		return false
	}
	f.dialog.SetProblem("")
	if f.looked == "" {
		f.find()
	} else {
		f.signIn()
	}
	return false
}

// find looks the address up.
func (f *accountForm) find() {
	w, address := f.page.words, f.address.Text()
	f.busy(true)
	f.dialog.SetVerb(w.T("signin.finding"))
	task.Run(f.page.env.Tasks, context.Background(), func(ctx context.Context) (signin.Found, error) { return mail.Find(ctx, address) }, func(found signin.Found, err error) {
		f.busy(false)
		if err != nil {
			f.arrange()
			f.addressField.SetError(f.page.sentence(err))
			f.dialog.Fit()
			f.addressField.FocusControl()
			return
		}
		f.addressField.SetError("")
		if f.address.Text() == address {
			f.onFound(found)
		} else {
			f.arrange()
		}
	})
}

// onFound shows what was found, to be changed before anything is sent.
func (f *accountForm) onFound(found signin.Found) {
	w := f.page.words
	f.looked = strings.TrimSpace(f.address.Text())
	if same := f.sameDomain(); found.Host == "" && same != nil {
		found = signin.Found{Host: same.Host, Port: int(cmp.Or(same.Port, 993)), SignIn: cmp.Or(same.SignIn, signin.WithPassword)}
	}
	f.host.SetText(found.Host)
	f.port.SetText(strconv.Itoa(found.Port))
	f.way.SetSelected(found.SignIn)
	f.server.SetOpen(found.Host == "")
	switch {
	case found.Host == "" && found.Offline:
		f.found.Set(kit.Warn, w.T("signin.found.offline"))
	case found.Host == "":
		f.found.Set(kit.Warn, w.T("signin.found.none"))
	case found.SignIn == signin.WithPassword && found.How == signin.ByGuess:
		f.found.Set(kit.Warn, w.T("signin.found.guess", "Host", found.Host))
	default:
		f.found.Set(kit.Fine, w.T("signin.found."+found.SignIn, "Host", found.Host))
	}
	f.rest.Show()
	f.onWay()
	target := f.password.FocusTarget()
	switch {
	case found.Host == "":
		target = f.host.FocusTarget()
	case found.SignIn != signin.WithPassword && f.client.Text() != "":
		target = f.way.FocusTarget()
	case found.SignIn != signin.WithPassword:
		target = f.client.FocusTarget()
	}
	f.page.env.Shell.Window().Canvas().Focus(target)
}

// sameDomain is a mailbox that is known in the domain of the address, or nil.
func (f *accountForm) sameDomain() *data.MailAccount {
	_, domain, _ := strings.Cut(strings.ToLower(f.looked), "@")
	for i, a := range f.page.accounts {
		if _, known, _ := strings.Cut(a.Address, "@"); known == domain {
			return &f.page.accounts[i]
		}
	}
	return nil
}

// busy locks the form while something is asked for.
func (f *accountForm) busy(busy bool) {
	f.asking = busy
	f.dialog.SetVerbEnabled(!busy)
}

// account is what stands in the form.
func (f *accountForm) account() data.MailAccount {
	a := f.known
	a.Address, a.SignIn = f.address.Text(), f.way.Selected()
	a.Host, a.Port = strings.TrimSpace(f.host.Text()), 0
	if n, err := strconv.ParseInt(strings.TrimSpace(f.port.Text()), 10, 64); err == nil {
		a.Port = n
	} else if strings.TrimSpace(f.port.Text()) != "" {
		a.Port = -1
	}
	a.User = f.user.Text()
	if a.SignIn != signin.WithPassword {
		a.User = f.person.Text()
	}
	a.ClientID, a.Tenant, a.DeviceCode = f.client.Text(), f.tenant.Text(), f.device.Checked() && a.SignIn == signin.WithMicrosoft
	if days, err := strconv.ParseInt(f.days.Selected(), 10, 64); err == nil {
		a.Days = days
	}
	return a
}

// signIn signs in with what stands in the form, and keeps the mailbox.
func (f *accountForm) signIn() {
	p, w := f.page, f.page.words
	a := f.account()
	label := w.T("mailui.step.add", "Address", strings.TrimSpace(a.Address))
	if f.known.ID != "" {
		label = w.T("signin.step.signIn", "Address", a.Address)
	}
	ctx, cancel := context.WithCancel(context.Background())
	f.cancel = cancel
	how := mail.SignIn{Password: f.password.Text(), ClientSecret: strings.TrimSpace(f.secret.Text()), CA: f.ca, Words: w,
		Open: func(address string) { p.env.Tasks.Post(func() { f.onBrowser(ctx, address) }) },
		Show: func(x signin.Prompt) { p.env.Tasks.Post(func() { f.onCode(ctx, x) }) }}
	f.busy(true)
	f.dialog.SetVerb(w.T("signin.signingIn"))
	task.Run(p.env.Tasks, ctx, func(ctx context.Context) (data.MailAccount, error) {
		return p.desk.AddAccount(ctx, label, a, how)
	}, func(_ data.MailAccount, err error) {
		stopped := ctx.Err() != nil
		cancel()
		f.busy(false)
		switch {
		case err == nil:
			f.dialog.Close()
			p.env.Shell.Toast(label, f.known.ID == "")
			if !p.left {
				p.added()
			}
			return
		case stopped: // the person did it
			f.back("")
		default:
			f.back(p.sentence(err))
		}
	})
}

// back shows the form again.
func (f *accountForm) back(problem string) {
	f.dialog.SetContent(f.form)
	f.arrange()
	f.dialog.SetProblem(problem)
	target := f.password.FocusTarget()
	if f.way.Selected() != signin.WithPassword {
		target = f.client.FocusTarget()
	}
	f.page.env.Shell.Window().Canvas().Focus(target)
}

// onBrowser shows an address in the browser, and that the program waits for it.
func (f *accountForm) onBrowser(ctx context.Context, address string) {
	if ctx.Err() != nil {
		return
	}
	w := f.page.words
	u, err := url.Parse(address)
	open := func() {
		if err == nil {
			err = f.browse(u)
		}
		if err != nil {
			f.dialog.SetProblem(w.T("signin.noBrowser"))
		}
	}
	f.wait(w.T("signin.waiting.title"), w.T("signin.waiting.text", "User", cmp.Or(strings.TrimSpace(f.person.Text()), strings.TrimSpace(f.address.Text()))), "",
		kit.NewButton(w.T("signin.waiting.open"), open), kit.NewCopyButton(w, w.T("signin.waiting.copy"), address))
	open()
}

// onCode shows a code, and where to write it.
func (f *accountForm) onCode(ctx context.Context, x signin.Prompt) {
	if ctx.Err() != nil {
		return
	}
	w := f.page.words
	open := kit.NewButton(w.T("signin.code.open"), func() {
		u, err := url.Parse(x.Address)
		if err == nil {
			err = f.browse(u)
		}
		if err != nil {
			f.dialog.SetProblem(w.T("signin.noBrowser"))
		}
	})
	f.wait(w.T("signin.code.title"), w.T("signin.code.text", "Address", x.Address, "Time", x.Until.Format("15:04")), x.Code, open, kit.NewCopyButton(w, w.T("signin.code.copy"), x.Code))
}

// wait shows that the program waits for the person to sign in elsewhere.
func (f *accountForm) wait(title, text, code string, open, copying *kit.Button) {
	w, gap := f.page.words, theme.Size(theme.SizeNameGap)
	parts := []fyne.CanvasObject{kit.NewStrong(title), kit.NewText(text)}
	if code != "" {
		parts = append(parts, kit.NewTitle(code))
	}
	parts = append(parts, kit.Row(open, copying, kit.NewQuietButton(w.T("signin.waiting.back"), f.cancel)), kit.NewQuietText(w.T("signin.waiting.stuck")), kit.Row(f.recipeButton()))
	f.dialog.SetVerb("")
	f.dialog.SetContent(kit.Column(2*gap, parts...))
	f.page.env.Shell.Window().Canvas().Focus(open)
}

// recipeButton copies what IT must do, with what stands in the form.
func (f *accountForm) recipeButton() *kit.Button {
	w := f.page.words
	b := kit.NewLink(w.T("signin.recipe"), nil)
	b.OnTapped = func() {
		fyne.CurrentApp().Clipboard().SetContent(f.recipe())
		b.SetText(w.T("signin.recipeCopied"))
	}
	return b
}

func (f *accountForm) recipe() string {
	w, a := f.page.words, f.account()
	address, person := strings.TrimSpace(a.Address), strings.TrimSpace(a.User)
	if a.SignIn == signin.WithGoogle {
		return w.T("signin.recipe.google", "Address", address)
	}
	text := w.T("signin.recipe.microsoft", "Address", address)
	if person != "" && !strings.EqualFold(person, address) {
		text += "\n" + w.T("signin.recipe.shared", "Address", address, "Person", person)
	}
	if c, err := mail.ClientOf(a); err == nil && c.ID != "" && c.Check() == nil {
		text += "\n" + w.T("signin.recipe.consent", "Link", c.ConsentAddress())
	}
	return text + "\n" + w.T("signin.recipe.back")
}

// added fetches the new mailbox at once.
func (p *Page) added() {
	task.Run(p.env.Tasks, context.Background(), func(context.Context) ([]data.MailAccount, error) { return p.desk.Accounts() }, func(all []data.MailAccount, err error) {
		if err != nil || p.left {
			return
		}
		p.accounts = all
		p.load()
		p.onFetch()
	})
}
