package settings

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"kompetansepilot/app"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// Looks is what the window does when a choice about it is made. The page has
// stored the choice in app.State before it calls; the window applies it at once,
// on Fyne's goroutine.
type Looks interface {
	SetLanguage(code string)     // "nb", "nn" or "en"
	SetLook(name string)         // "system", "light", "dark" or "contrast"
	SetTextScale(scale float32)  // 1.0 to 2.0
	SetCompact(compactRows bool) // low rows in grids and lists
}

// Fields that FocusField knows.
const (
	FieldCounty   = "county"
	FieldName     = "name"
	FieldLanguage = "language"
	FieldLook     = "look"
	FieldText     = "text"
	FieldRows     = "rows"
	FieldBackup   = "backup"
	FieldLogo     = "logo"
)

// page is where a person makes the program their own. There is no button that
// saves: each choice is stored when it is made.
type page struct {
	*screen.Env
	looks Looks
	files kit.FileChooser

	saves *task.Serial
	loads *task.Latest
	frame *kit.Page
	now   choices // as they are stored
	// typing is set while the name differs from the stored one by the person's wish.
	typing bool

	county               *kit.Select
	name                 *kit.TextField
	language, look, rows *kit.Radio
	text                 *kit.Select
	backup, logo         *kit.Text
	setLogo, noLogo      *kit.Button
	choose, ordinary     *kit.Button
	fields               map[string]*kit.Field
}

// choices are what the page shows.
type choices struct {
	county, name string
	prefs        app.Preferences
	backup       string // the folder, chosen or not
	logo         string // its file name, "" for none
}

var (
	_ screen.Page    = (*page)(nil)
	_ screen.Focuser = (*page)(nil)
)

// New makes the page; it fills itself in the background.
func New(env *screen.Env, w Looks) screen.Page {
	p := &page{Env: env, looks: w, saves: task.NewSerial(env.Tasks), loads: task.NewLatest(env.Tasks), fields: map[string]*kit.Field{}}
	p.files = kit.NewFileChooser(env.Shell.Window(), env.Words, env.Program.BackupFolder, nil)
	p.frame = kit.NewPage(env.Words, p.Title(), nil, nil, nil)
	p.frame.SetSubtitle(env.Words.T("settings.saved"))
	p.build()
	p.load()
	return p
}

// Title is the name of the page.
func (p *page) Title() string { return p.Words.T("settings.title") }

// Content is the page.
func (p *page) Content() fyne.CanvasObject { return p.frame }

// Changed reads the choices again.
func (p *page) Changed(c data.Changed) {
	if c.Touches("setting") {
		p.load()
	}
}

// Leave stores a name that was typed and not confirmed.
func (p *page) Leave() { p.onName() }

// FocusField goes to a choice.
func (p *page) FocusField(field string) {
	if f := p.fields[field]; f != nil {
		f.FocusControl()
		return
	}
	switch field {
	case FieldBackup:
		p.Shell.Window().Canvas().Focus(p.choose)
	case FieldLogo:
		p.Shell.Window().Canvas().Focus(p.setLogo)
	}
}

func (p *page) build() {
	p.frame.SetContent(kit.NewScroll(kit.FormColumn(kit.Column(sectionGap(),
		kit.NewSection(p.Words.T("settings.section.you"), p.countyField(), p.nameField(), p.logoBlock()),
		kit.NewSection(p.Words.T("settings.section.look"), p.languageField(), p.lookField(), p.textField(), p.rowsField()),
		kit.NewSection(p.Words.T("settings.section.files"), p.backupBlock(), p.workspaceBlock(), p.logBlock()),
		p.about(),
	))))
}

// field puts a label and a hint round a control and remembers it by name.
func (p *page) field(name, label, hint string, control fyne.CanvasObject) fyne.CanvasObject {
	f := kit.NewField(p.Words, kit.FieldOptions{Label: label, Hint: hint}, control)
	p.fields[name] = f
	return f
}

func (p *page) countyField() fyne.CanvasObject {
	p.county = kit.NewSelect(p.Words, p.counties())
	p.county.OnChanged = p.onCounty
	return p.field(FieldCounty, p.Words.T("settings.county"), p.Words.T("settings.countyHint"), p.county)
}

func (p *page) nameField() fyne.CanvasObject {
	p.name = kit.NewTextField()
	p.name.OnChanged = func(string) { p.typing = true }
	p.name.OnFocusLost = p.onName
	p.name.OnSubmitted = func(string) { p.onName() }
	return p.field(FieldName, p.Words.T("settings.name"), p.Words.T("settings.nameHint"), p.name)
}

func (p *page) load() {
	task.RunLatest(p.loads, context.Background(), func(context.Context) (choices, error) {
		return choices{county: p.Program.Setting(app.SettingCounty), name: p.Program.Setting(app.SettingName),
			prefs: p.Program.State.Get(), backup: p.Program.BackupFolder(), logo: p.Program.Logo().FileName}, nil
	}, p.onLoaded)
}

func (p *page) onLoaded(c choices, err error) {
	if err != nil {
		p.Shell.Fail(p.Words.T("settings.title"), err)
		return
	}
	p.now = c
	p.county.SetSelected(c.county)
	if c.county != "" && p.county.Selected() == "" { // a county of 2020
		p.county.SetChoice(kit.Option{ID: c.county, Label: p.Program.Grants.CountyName(c.county, p.Words.Code())})
	}
	if !p.typing {
		p.name.SetText(c.name)
	}
	p.showLooks(c.prefs)
	p.showBackup(c)
	p.showLogo(c.logo)
}

// counties are today's counties.
func (p *page) counties() []kit.Option {
	var all []kit.Option
	for _, c := range p.Program.Places.Counties("2024") {
		all = append(all, kit.Option{ID: c.Number, Label: p.Program.Grants.CountyName(c.Number, p.Words.Code()), Note: c.SamiName})
	}
	return all
}

func (p *page) onCounty(number string) {
	if number != p.now.county {
		p.now.county = number
		name := p.Program.Grants.CountyName(number, p.Words.Code())
		p.store(p.Words.T("settings.step.county", "County", name), map[string]string{app.SettingCounty: number})
	}
}

// onName stores the name when the person is done with it. Who works here stands
// in the history, so it is never made empty.
func (p *page) onName() {
	name := strings.TrimSpace(p.name.Text())
	switch field := p.fields[FieldName]; {
	case name == p.now.name:
		p.typing = false
		field.SetError("")
	case name == "":
		field.SetError(p.Words.T("settings.nameEmpty", "Name", p.now.name))
	default:
		field.SetError("")
		p.typing, p.now.name = false, name
		p.store(p.Words.T("settings.step.name", "Name", name), map[string]string{app.SettingName: name})
	}
}

// store keeps choices of the workspace as one step that can be undone.
func (p *page) store(label string, values map[string]string) {
	p.saves.Add(func(context.Context) error { return p.Program.SetSettings(label, values) }, func(err error) {
		if err != nil {
			p.Shell.Fail(label, err)
			_, p.typing = values[app.SettingName] // the field keeps what was typed, and Leave tries again
			p.load()
			return
		}
		p.Shell.Saved()
		p.Shell.Toast(label, true)
	})
}

// gap is the distance between related things.
func gap() float32 { return theme.Size(theme.SizeNameGap) }

// sectionGap is the distance between sections.
func sectionGap() float32 { return 2 * theme.Size(theme.SizeNameGroup) }

// smallGap is the distance inside a block.
func smallGap() float32 { return theme.Size(theme.SizeNameGapSmall) }
