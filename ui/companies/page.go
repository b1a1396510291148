package companies

import (
	"context"
	"net/url"
	"path/filepath"
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"kompetansepilot/app"
	"kompetansepilot/app/companies"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// downloads is where the bulk files are fetched.
const downloads = "https://data.brreg.no/enhetsregisteret/api/dokumentasjon/no/index.html#tag/Nedlasting"

// lookAgain is how often the page looks how far a load has come.
const lookAgain = 300 * time.Millisecond

// page tells what is loaded of the register, loads more, and decides whether the
// service may be asked.
type page struct {
	env   *screen.Env
	words *lang.Printer
	files kit.FileChooser

	frame   *kit.Page
	load    *kit.Button
	loaded  *fyne.Container // what is loaded
	running *fyne.Container // the load under way, or the one that was stopped
	online  *kit.Check
	asked   *kit.Text

	loads  *task.Latest
	saves  *task.Serial
	again  func() // stops looking again
	county string // own one, "" when it is not chosen
	closed bool
}

// known is what the page shows.
type known struct {
	info       companies.Info
	none       error // why there is no info
	online     bool
	unfinished companies.Load
	stopped    bool
	county     string // own one
}

var _ screen.Page = (*page)(nil)

// New opens the page of the company register.
func New(env *screen.Env, files kit.FileChooser) screen.Page {
	words := env.Words
	p := &page{env: env, words: words, files: files, loads: task.NewLatest(env.Tasks), saves: task.NewSerial(env.Tasks), again: func() {}}
	p.load = kit.NewPrimaryButton(words.T("companiesui.load"), p.onLoad)
	p.loaded, p.running = kit.Column(gap()), kit.Column(gap())
	p.online = kit.NewCheck(words.T("companiesui.online"), p.onOnline)
	p.asked = kit.NewQuietText("")
	fetch := kit.NewTextLink(words.T("companiesui.download"), p.onDownload)
	p.frame = kit.NewPage(words, p.Title(), p.load, nil, kit.NewScroll(kit.FormColumn(kit.Column(2*theme.Size(theme.SizeNameGroup),
		kit.NewSection(words.T("companiesui.section.loaded"), p.running, p.loaded, fetch),
		kit.NewSection(words.T("companiesui.section.online"), p.online, kit.NewQuietText(words.T("companiesui.onlineHint")), p.asked),
		kit.NewQuietText(words.T("companiesui.licence")),
	))))
	p.read()
	return p
}

// Title is the register's name.
func (p *page) Title() string { return p.words.T("companiesui.title") }

// Content is the page.
func (p *page) Content() fyne.CanvasObject { return p.frame }

// Changed reads the choices again.
func (p *page) Changed(c data.Changed) {
	if c.Touches("setting") {
		p.read()
	}
}

// Leave stops looking; a load goes on.
func (p *page) Leave() {
	p.closed = true
	p.again()
}

func (p *page) read() {
	if p.closed {
		return
	}
	env := p.env
	task.RunLatest(p.loads, context.Background(), func(context.Context) (known, error) {
		k := known{online: env.Program.Online(), county: env.Program.Setting(app.SettingCounty)}
		k.info, k.none = env.Program.Companies.Store.Info()
		k.unfinished, k.stopped = env.Program.Companies.Unfinished()
		return k, nil
	}, func(k known, _ error) { p.show(k) })
}

func (p *page) show(k known) {
	p.county = k.county
	p.online.SetChecked(k.online)
	text := p.words.T("companiesui.asked.never")
	if at := p.env.Program.Companies.Asked(); !at.IsZero() {
		text = p.words.T("companiesui.asked", "Time", p.words.Clock(at))
	}
	p.asked.SetText(text)
	p.loaded.Objects = p.parts(&k)
	p.loaded.Refresh()
	p.showRunning(&k)
	kit.Relayout(p.loaded)
}

// parts tell what is loaded, and when.
func (p *page) parts(k *known) []fyne.CanvasObject {
	if data.Code(k.none) == companies.CodeNoRegister {
		return []fyne.CanvasObject{kit.NewText(p.words.T("companiesui.none"))}
	}
	if k.none != nil {
		return []fyne.CanvasObject{kit.NewMarkedLine(p.words, kit.Warn, orFault(p.words, k.none))}
	}
	parts := []fyne.CanvasObject{
		p.part(p.words.N("companiesui.main", k.info.Main.Units), &k.info.Main),
		p.part(p.words.N("companiesui.subs", k.info.Sub.Units), &k.info.Sub),
	}
	return append(parts, kit.NewQuietText(p.words.T("companiesui.area", "Area", p.area(k.info.Selection))))
}

func orFault(words *lang.Printer, err error) string {
	if s := Sentence(words, err); s != "" {
		return s
	}
	return words.T("companiesui.find.fault")
}

func (p *page) part(count string, part *companies.Part) fyne.CanvasObject {
	note := p.words.T("companiesui.notLoaded")
	if part.File != "" {
		note = p.words.T("companiesui.part", "File", part.File, "Retrieved", p.words.Moment(part.Retrieved), "Loaded", p.words.Moment(part.Loaded))
	}
	return kit.Column(0, kit.NewStrong(count), kit.NewQuietText(note))
}

// area is a selection in words.
func (p *page) area(s companies.Selection) string {
	if s.Everything {
		return p.words.T("companiesui.area.all")
	}
	parts := []string{}
	if s.County != "" {
		parts = append(parts, p.env.Program.Grants.CountyName(s.County, p.words.Code()))
	}
	for i, number := range s.Municipalities {
		if i == 8 {
			parts = append(parts, p.words.T("companiesui.area.more", "Count", strconv.Itoa(len(s.Municipalities)-i)))
			break
		}
		parts = append(parts, place(p.env.Program.Places, number))
	}
	return lang.Joined(", ", parts...)
}

// showRunning tells of the load under way, or of one that was stopped.
func (p *page) showRunning(k *known) {
	p.again()
	now, running := p.env.Program.Companies.Loading()
	p.running.Objects = nil
	switch {
	case running:
		p.load.Disable()
		p.running.Add(kit.NewMeter(now.Progress.Read, max(now.Progress.Size, 1), theme.ColorNameFine))
		p.running.Add(kit.NewText(progressText(p.words, &now)))
		p.running.Add(kit.Row(kit.NewButton(p.words.T("companiesui.stop"), p.env.Program.Companies.Stop)))
		p.again = p.env.Tasks.After(lookAgain, p.read)
	case k.stopped:
		p.load.Enable()
		p.running.Add(kit.NewMarkedLine(p.words, kit.Info, p.words.T("companiesui.unfinished", "File", filepath.Base(k.unfinished.Path), "Area", p.area(k.unfinished.Selection))))
		resume, forget := k.unfinished, kit.NewButton(p.words.T("companiesui.forget"), p.onForget)
		p.running.Add(kit.Row(kit.NewButton(p.words.T("companiesui.resume"), func() { p.start(resume.Path, resume.Selection) }), forget))
	default:
		p.load.Enable()
	}
	p.running.Hidden = len(p.running.Objects) == 0
	p.running.Refresh()
}

// progressText is "43 % av enheter.json.gz: lest 480 000, beholdt 12 000".
func progressText(words *lang.Printer, l *companies.Load) string {
	if l.Progress.Finishing {
		return words.T("companiesui.finishing", "Kept", words.Number(int64(l.Progress.Kept)))
	}
	return words.T("companiesui.progress", "Percent", strconv.Itoa(int(100*done(l.Progress))), "File", filepath.Base(l.Path),
		"Read", words.Number(int64(l.Progress.Seen)), "Kept", words.Number(int64(l.Progress.Kept)))
}

// done is how far a load has come, 0 to 1.
func done(p companies.Progress) float64 {
	if p.Finishing {
		return 1
	}
	return float64(p.Read) / float64(max(p.Size, 1))
}

func (p *page) onDownload() {
	u, err := url.Parse(downloads)
	if err == nil {
		err = fyne.CurrentApp().OpenURL(u)
	}
	if err != nil {
		p.env.Shell.Fail(p.words.T("companiesui.download"), err)
	}
}

func (p *page) onOnline(on bool) {
	label, value := p.words.T("companiesui.step.online"), ""
	if !on {
		label, value = p.words.T("companiesui.step.offline"), "off"
	}
	p.saves.Add(func(context.Context) error {
		return p.env.Program.SetSettings(label, map[string]string{app.SettingOnline: value})
	}, func(err error) {
		if err != nil {
			p.env.Shell.Fail(label, err)
			p.read()
			return
		}
		p.env.Shell.Saved()
		p.env.Shell.Toast(label, true)
	})
}

func (p *page) onForget() {
	desk := p.env.Program.Companies
	task.Run(p.env.Tasks, context.Background(), func(context.Context) (struct{}, error) {
		return struct{}{}, desk.Forget()
	}, func(_ struct{}, err error) {
		if err != nil {
			p.env.Shell.Fail(p.words.T("companiesui.forget"), err)
		}
		p.read()
	})
}

func (p *page) onLoad() {
	filter := kit.FileFilter{Name: p.words.T("companiesui.files"), Extensions: []string{".gz", ".json", ".csv"}}
	p.files.Open(p.words.T("companiesui.choose"), filter, func(path string) { showSelection(p, path) })
}

// start loads a file; it goes on when the page is left.
func (p *page) start(path string, selection companies.Selection) {
	env, words, desk := p.env, p.words, p.env.Program.Companies
	label := words.T("companiesui.loading", "File", filepath.Base(path))
	progress(env, label, 0, desk.Stop)
	told := time.Time{}
	task.Run(env.Tasks, context.Background(), func(ctx context.Context) (companies.Loaded, error) {
		return desk.Load(ctx, path, selection, func(now companies.Progress) {
			if time.Since(told) < lookAgain && !now.Finishing {
				return
			}
			told = time.Now()
			env.Tasks.Post(func() {
				if _, running := desk.Loading(); running {
					progress(env, words.T("companiesui.status", "File", filepath.Base(path), "Percent", strconv.Itoa(int(100*done(now)))), done(now), desk.Stop)
				}
			})
		})
	}, func(l companies.Loaded, err error) {
		progressDone(env)
		switch {
		case data.Code(err) == companies.CodeStopped:
			env.Shell.Toast(Sentence(words, err), false)
		case err != nil:
			env.Shell.Fail(label, err)
		default:
			env.Shell.Toast(words.T("companiesui.loadedNow", "Read", words.Number(int64(l.Seen)), "Kept", words.Number(int64(l.Kept)),
				"Main", words.N("companiesui.main", l.Main), "Subs", words.N("companiesui.subs", l.Sub)), false)
		}
		p.read()
	})
	p.again()
	p.again = env.Tasks.After(lookAgain, p.read)
}
