package companies

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/companies"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// How long the keyboard rests before what is loaded, and then the service, is
// asked; and the fewest letters that the service is asked for.
const (
	offlinePause  = 80 * time.Millisecond
	onlinePause   = 400 * time.Millisecond
	onlineLetters = 3
)

// Finding is what the dialog that finds a unit is for.
type Finding struct {
	Title string
	Text  string // to begin with
	// Known are the organisations of the workspace that a unit already has, by its
	// number. It is called in the background and may be nil.
	Known func(numbers []string) (map[string]string, error)
	// OnChosen gets the register's answer for the unit that was chosen.
	OnChosen func(companies.Answer)
}

// finder finds a unit while one types: in what is loaded first, and then, if it
// may, in the register itself.
type finder struct {
	env     *screen.Env
	words   *lang.Printer
	finding Finding

	dialog *kit.Dialog
	field  *kit.SearchField
	list   *kit.RowList
	told   *kit.Text
	online *kit.Text
	wrong  *kit.SeverityLine

	loads   *task.Latest
	asks    *task.Latest
	lookups *task.Latest
	soon    *task.Debouncer
	later   *task.Debouncer
	text    string
	own     companies.Hits // from what is loaded
	far     companies.Hits // from the service
	shown   []companies.Unit
	known   map[string]string
}

// ShowFind opens the dialog that finds a unit.
func ShowFind(env *screen.Env, finding Finding) *kit.Dialog {
	words := env.Words
	f := &finder{env: env, words: words, finding: finding, known: map[string]string{},
		loads: task.NewLatest(env.Tasks), asks: task.NewLatest(env.Tasks), lookups: task.NewLatest(env.Tasks)}
	f.soon = task.NewDebouncer(env.Tasks, offlinePause, f.findOwn)
	f.later = task.NewDebouncer(env.Tasks, onlinePause, f.findOnline)
	f.field = kit.NewSearchField(words, words.T("companiesui.find.field"))
	f.field.OnChanged = f.onText
	f.field.OnSubmitted = func(string) { f.onFirst() }
	f.field.OnDown = func() {
		if len(f.shown) > 0 {
			focus(env, f.list)
		}
	}
	f.list = kit.NewRowList("", f.onChosen)
	f.told, f.online = kit.NewQuietText(words.T("companiesui.find.begin")), kit.NewQuietText("")
	f.wrong = kit.NewMarkedLine(words, kit.Warn, "")
	f.wrong.Hide()
	f.field.SetText(finding.Text)
	f.dialog = kit.ShowCustom(env.Shell.Window(), words, kit.Custom{
		Title: finding.Title, Width: 640, Height: 560, Focus: f.field.FocusTarget(),
		Content:  kit.Column(gap(), f.field, f.told, f.online, f.wrong, f.list),
		OnClosed: func(bool) { f.stop() },
	})
	f.onText(finding.Text)
	return f.dialog
}

func (f *finder) stop() {
	f.soon.Stop()
	f.later.Stop()
	f.loads.Cancel()
	f.asks.Cancel()
	f.lookups.Cancel()
}

func (f *finder) onText(text string) {
	f.text = strings.TrimSpace(text)
	f.loads.Cancel()
	f.asks.Cancel()
	f.far = companies.Hits{}
	f.wrong.Hide()
	f.online.SetText("")
	if f.text == "" {
		f.soon.Stop()
		f.later.Stop()
		f.own = companies.Hits{}
		f.told.SetText(f.words.T("companiesui.find.begin"))
		f.show()
		return
	}
	f.soon.Trigger()
	f.later.Trigger()
}

// answered is what one of the two knows, and which units the workspace has.
type answered struct {
	companies.Hits
	known map[string]string
	asked bool // the service was
}

func (f *finder) findOwn() {
	text, desk := f.text, f.env.Program.Companies
	task.RunLatest(f.loads, context.Background(), func(ctx context.Context) (answered, error) {
		hits, err := desk.Find(ctx, text)
		return f.withKnown(answered{Hits: hits}, err)
	}, f.onOwn)
}

// withKnown adds which units the workspace has.
func (f *finder) withKnown(a answered, err error) (answered, error) {
	if err != nil || f.finding.Known == nil {
		return a, err
	}
	numbers := make([]string, len(a.Units))
	for i := range a.Units {
		numbers[i] = a.Units[i].Number
	}
	a.known, err = f.finding.Known(numbers)
	return a, err
}

func (f *finder) onOwn(a answered, err error) {
	switch {
	case data.Code(err) == companies.CodeNoRegister:
		f.told.SetText(f.words.T("companiesui.find.notLoaded"))
	case err != nil:
		f.fail(err)
	default:
		f.told.SetText(f.words.T("companiesui.find.loaded", "Hits", f.hits(&a.Hits), "Date", f.words.Moment(a.Time)))
	}
	f.own = a.Hits
	f.learn(a.known)
	f.show()
}

func (f *finder) hits(h *companies.Hits) string {
	text := f.words.N("companiesui.hits", len(h.Units))
	if h.More {
		text = f.words.T("companiesui.hitsMore", "Hits", text)
	}
	return text
}

func (f *finder) findOnline() {
	text, desk, env := f.text, f.env.Program.Companies, f.env
	if _, number := companies.Number(text); !number && len([]rune(text)) < onlineLetters {
		return
	}
	f.online.SetText(f.words.T("companiesui.find.asking"))
	kit.Relayout(f.list)
	task.RunLatest(f.asks, context.Background(), func(ctx context.Context) (answered, error) {
		if !online(env) {
			return answered{}, nil
		}
		hits, err := desk.FindOnline(ctx, text)
		return f.withKnown(answered{Hits: hits, asked: true}, err)
	}, f.onOnline)
}

func (f *finder) onOnline(a answered, err error) {
	switch {
	case err != nil:
		f.online.SetText("")
		f.fail(err)
	case !a.asked:
		f.online.SetText(f.words.T("companiesui.find.off"))
	case a.Time.IsZero():
		f.online.SetText("") // a number that is not whole
	default:
		f.online.SetText(f.words.T("companiesui.find.online", "Hits", f.hits(&a.Hits), "Time", f.words.Clock(a.Time)))
	}
	f.far = a.Hits
	f.learn(a.known)
	f.show()
}

func (f *finder) fail(err error) {
	text := f.words.T("companiesui.find.fault")
	if s := Sentence(f.words, err); s != "" {
		text = s
	}
	f.wrong.Set(kit.Warn, text)
	f.wrong.Show()
}

// refuse tells of a unit that is loaded, but that the register no longer has.
func (f *finder) refuse(standing companies.Standing) {
	kind := companies.NoticeUnknown
	switch standing {
	case companies.Removed:
		kind = companies.NoticeRemoved
	case companies.NotLoaded:
		kind = companies.NoticeNotLoaded
	}
	f.wrong.Set(kit.Warn, companies.Notice{Kind: kind}.Sentence(f.words, f.env.Program.Places))
	f.wrong.Show()
	kit.Relayout(f.list)
}

func (f *finder) learn(known map[string]string) {
	for number, id := range known {
		f.known[number] = id
	}
}

// show lists what both know: names that begin with the text first, short ones
// before long ones. Where both know a unit, the service's word counts.
func (f *finder) show() {
	newer := map[string]int{}
	for i := range f.far.Units {
		newer[f.far.Units[i].Number] = i
	}
	f.shown = nil
	had := map[string]bool{}
	for _, u := range f.own.Units {
		if i, ok := newer[u.Number]; ok {
			u = f.far.Units[i]
		}
		f.shown, had[u.Number] = append(f.shown, u), true
	}
	for _, u := range f.far.Units {
		if !had[u.Number] {
			f.shown = append(f.shown, u)
		}
	}
	text := kit.Fold(f.text)
	slices.SortStableFunc(f.shown, func(a, b companies.Unit) int {
		begins := func(u *companies.Unit) int {
			if strings.HasPrefix(kit.Fold(u.Name), text) {
				return 0
			}
			return 1
		}
		return cmp.Or(begins(&a)-begins(&b), len(a.Name)-len(b.Name))
	})
	rows := make([]kit.ListRow, len(f.shown))
	for i := range f.shown {
		rows[i] = f.row(&f.shown[i])
	}
	f.list.SetRows(rows)
	kit.Relayout(f.list)
}

func (f *finder) row(u *companies.Unit) kit.ListRow {
	line := Line(f.words, f.env.Program.Places, u)
	parts := []fyne.CanvasObject{kit.NewStrong(u.Name), kit.NewQuietText(line)}
	label := u.Name + ", " + line
	if f.known[u.Number] != "" {
		has := f.words.T("companiesui.find.known")
		parts = append(parts, kit.NewMarkedLine(f.words, kit.Fine, has))
		label += ", " + has
	}
	return kit.ListRow{ID: u.Number, Label: label, Content: kit.Column(theme.Size(theme.SizeNameGapSmall)/2, parts...)}
}

// onFirst takes the first that was found, when the keyboard says Enter.
func (f *finder) onFirst() {
	if len(f.shown) > 0 {
		f.onChosen(f.shown[0].Number)
	}
}

func (f *finder) onChosen(number string) {
	desk, env := f.env.Program.Companies, f.env
	far := false
	for i := range f.far.Units {
		far = far || f.far.Units[i].Number == number
	}
	task.RunLatest(f.lookups, context.Background(), func(ctx context.Context) (companies.Answer, error) {
		// What the service just told is asked again only there; what is loaded is
		// asked there too if it may, for newer is better.
		return desk.Lookup(ctx, number, far || online(env))
	}, func(a companies.Answer, err error) {
		if err != nil {
			f.fail(err)
			return
		}
		if a.Standing != companies.Registered {
			f.refuse(a.Standing)
			return
		}
		f.dialog.Close()
		f.finding.OnChosen(a)
	})
}
