// Command gallery shows the kit in a real window, to look at it in each look
// and text size: gallery [-look light|dark|contrast] [-scale 1.0] [-tab NAME].
package main

import (
	"flag"
	"os"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app/lang"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

type gallery struct {
	window fyne.Window
	words  *lang.Printer
	stage  *kit.Stage
	status *kit.StatusBar
}

func main() {
	look := flag.String("look", "light", "light, dark, contrast or system")
	scale := flag.Float64("scale", 1, "text size, 1 to 2")
	show := flag.String("show", "", "confirm, error, form, text, file, toast, focus")
	tab := flag.String("tab", "fields", "fields, texts, frames")
	then := flag.String("then", "", "a look to change to after a second, at text size 1.5")
	folded := flag.Bool("folded", false, "icons only in the navigation")
	paste := flag.Int("paste", 0, "characters to put on the clipboard")
	width := flag.Float64("width", 1280, "of the window")
	flag.Parse()

	a := app.NewWithID("no.kompetansepilot.gallery")
	a.Settings().SetTheme(theme.New(theme.Options{Variant: theme.ParseVariant(*look), TextScale: float32(*scale), Compact: true}))
	g := &gallery{window: a.NewWindow("Gallery"), words: lang.New("nb"), status: kit.NewStatusBar(lang.New("nb"))}
	tasks := task.New()

	nav := kit.NewNav([]kit.NavItem{
		{ID: "overview", Label: "Oversikt", Icon: fynetheme.HomeIcon()},
		{ID: "application", Label: "Søknad", Icon: fynetheme.DocumentIcon()},
		{ID: "businesses", Label: "Bedrifter", Icon: fynetheme.AccountIcon()},
		{ID: "mail", Label: "Post", Icon: fynetheme.MailComposeIcon()},
		{ID: "settings", Label: "Innstillinger", Icon: fynetheme.SettingsIcon(), Gap: true},
	}, func(string) {})
	nav.SetHead("Innlandet")
	nav.SetSelected("application")
	nav.SetCount("application", 3)
	nav.SetCount("mail", 12)
	nav.SetFolded(*folded)

	tabs := kit.NewTabs(
		kit.Tab{ID: "fields", Label: "Felt", Content: kit.NewScroll(g.fields())},
		kit.Tab{ID: "texts", Label: "Tekst", Content: kit.NewScroll(g.texts())},
		kit.Tab{ID: "frames", Label: "Rammer", Content: g.frames()},
	)
	tabs.SetBadge("texts", 2)
	tabs.Select(*tab)
	page := kit.NewPage(g.words, "Innlandet: fra skog til ferdig hus", kit.NewPrimaryButton("Lag PDF", g.toast), []*fyne.MenuItem{
		fyne.NewMenuItem("Kopier søknaden", g.toast), fyne.NewMenuItem("Navngi versjon", g.toast),
	}, tabs)
	page.AddHead(kit.NewButton("Kan jeg sende inn?", g.confirm))
	page.SetSubtitle("Kompetansepiloter 2020, sist endret 12. november 2026")

	g.status.SetText("saved", "Lagret 14:32:05")
	g.status.SetText("mail", "Post oppdatert 14:30")
	g.status.SetProgress("Henter register", 0.43, g.status.ClearProgress)
	g.stage = kit.NewStage(tasks, g.words, kit.Dock(container.NewVScroll(nav), nil, g.status, page))
	g.window.SetPadded(false)
	g.window.SetContent(g.stage)
	g.window.Resize(fyne.NewSize(float32(*width), 800))
	if *then != "" {
		tasks.After(time.Second, func() {
			a.Settings().SetTheme(theme.New(theme.Options{Variant: theme.ParseVariant(*then), TextScale: 1.5}))
		})
	}
	if *paste > 0 {
		tasks.After(200*time.Millisecond, func() { a.Clipboard().SetContent(strings.Repeat("x", *paste)) })
	}
	if *show != "" {
		tasks.After(300*time.Millisecond, func() { g.show(*show) })
	}
	g.window.ShowAndRun()
	tasks.Close()
	os.Exit(0)
}

func (g *gallery) show(what string) {
	switch what {
	case "confirm":
		g.confirm()
	case "error":
		kit.ShowError(g.window, g.words, kit.ErrorText{
			Happened: "PDF-en ble ikke laget.", Kept: "Søknaden er lagret og uendret.",
			Do: "Lukk filen i det andre programmet, og prøv igjen.", Detail: "open /home/kari/soknad.pdf: in use",
		})
	case "form":
		kit.ShowForm(g.window, g.words, kit.Form{
			Title: "Ny søknad", Verb: "Lag søknad",
			Fields: []fyne.CanvasObject{
				kit.NewField(g.words, kit.FieldOptions{Label: "Navn på prosjektet", Required: true}, kit.NewTextField()),
				kit.NewField(g.words, kit.FieldOptions{Label: "Frist", Hint: "Dag, måned og år."}, kit.NewDateField(g.words)),
			},
		})
	case "text":
		kit.ShowText(g.window, g.words, "Vilkår", strings.Repeat("Programmet lagrer det du skriver mens du skriver det. ", 80))
	case "file":
		kit.NewFileChooser(g.window, g.words, nil, nil).Save("Lagre PDF", "soknad.pdf",
			kit.FileFilter{Name: "PDF-filer", Extensions: []string{".pdf"}}, func(string) {})
	case "focus":
		var fields []fyne.CanvasObject
		var last *kit.Field
		for range 30 {
			last = kit.NewField(g.words, kit.FieldOptions{Label: "Felt"}, kit.NewTextArea(g.words))
			fields = append(fields, last)
		}
		g.stage.SetContent(kit.NewPage(g.words, "Ny side", nil, nil, kit.NewScroll(kit.FormColumn(fields...))))
		last.FocusControl()
	case "toast":
		g.toast()
		g.stage.ToastError("Fylkets register kunne ikke hentes. Det gamle registeret brukes videre. Prøv igjen senere.")
	}
}

func (g *gallery) toast() { g.stage.Toast("Tre bedrifter er slått sammen.", "Angre", func() {}) }

func (g *gallery) confirm() {
	kit.ShowConfirm(g.window, g.words, kit.Confirm{
		Title: "Sende inn søknaden?", Text: "Denne versjonen fryses. Senere endringer blir en ny versjon.", Verb: "Send inn", Danger: true,
	})
}

func (g *gallery) fields() fyne.CanvasObject {
	money := kit.NewMoneyField(g.words)
	money.SetValue(4400000)
	badMoney := kit.NewMoneyField(g.words)
	badMoney.SetText("fire mill")
	date := kit.NewDateField(g.words)
	date.SetValue("2026-05-17")
	org := kit.NewOrgNumberField(g.words)
	org.SetValue("920717152")
	choice := kit.NewSelect(g.words, municipalities())
	choice.SetSelected("3403")
	locked := kit.NewTextField()
	locked.SetText("Innlandet fylkeskommune")
	locked.Disable()
	badField := kit.NewField(g.words, kit.FieldOptions{Label: "Egenfinansiering", Required: true, Hint: "Hele kroner."}, badMoney)
	badField.SetError("«fire mill» er ikke et beløp i hele kroner. Skriv for eksempel 1 400 000.")
	name := kit.NewField(g.words, kit.FieldOptions{Label: "Prosjektnavn", Required: true, Hint: "Navnet står på forsiden.", OnHistory: func() {}}, kit.NewTextField())
	name.SetFindings([]kit.FieldNote{
		{Severity: kit.Stop, Message: "«Prosjektnavn» er ikke fylt ut.", Remedy: "Fyll ut feltet."},
		{Severity: kit.Warn, Message: "Milepælen ligger etter prosjektets slutt."},
		{Severity: kit.Fine, Message: "Tilskuddet er innenfor taket."},
	})
	return kit.FormColumn(
		name,
		kit.NewField(g.words, kit.FieldOptions{Label: "Søknadsbeløp", Hint: "Hele kroner.", Source: "utlysningen, punkt 5"}, money),
		badField,
		kit.NewField(g.words, kit.FieldOptions{Label: "Prosjektstart"}, date),
		kit.NewField(g.words, kit.FieldOptions{Label: "Organisasjonsnummer"}, org),
		kit.NewField(g.words, kit.FieldOptions{Label: "Kommune"}, choice),
		kit.NewField(g.words, kit.FieldOptions{Label: "Søker"}, locked),
		kit.NewField(g.words, kit.FieldOptions{Label: "Målform"}, kit.NewRadio([]kit.Option{{ID: "nb", Label: "Bokmål"}, {ID: "nn", Label: "Nynorsk"}}, nil)),
		kit.NewCheck("Fylkeskommunen har behandlet søknaden", nil),
		kit.Row(kit.NewPrimaryButton("Lag PDF", g.toast), kit.NewButton("Kopier", g.toast), kit.NewQuietButton("Vis historikk", g.toast),
			kit.NewDangerButton("Slett", g.confirm), kit.NewIconButton(fynetheme.DeleteIcon(), "Slett raden", g.confirm), kit.NewLink("Gå til", g.toast)),
	)
}

func (g *gallery) texts() fyne.CanvasObject {
	short := kit.NewTextArea(g.words)
	short.SetText(strings.Repeat("Bygda mangler folk som kan det nye. ", 13))
	long := kit.NewTextArea(g.words)
	long.SetText(strings.Repeat("Et langt avsnitt om verdikjeden for tre i Nord-Gudbrandsdalen, fra skog til ferdig hus.\n", 400))
	return kit.FormColumn(
		kit.NewField(g.words, kit.FieldOptions{Label: "Kort beskrivelse", Required: true, Max: 500, Hint: "Skriv så den kan stå alene og vises offentlig."}, short),
		kit.NewField(g.words, kit.FieldOptions{Label: "Bakgrunn", Suggested: 4000}, long),
	)
}

func (g *gallery) frames() fyne.CanvasObject {
	list := kit.NewMultiCheck(g.words, municipalities())
	left := kit.NewScroll(kit.NewSection("Kommuner", list))
	right := kit.NewScroll(kit.Column(16,
		kit.NewCard(kit.Column(8, kit.NewHeading("Økonomi"),
			kit.NewText("Tilskudd 4 400 000 av 6 282 000 = 70,04 %. Det er 2 600 kroner over taket på 70 %. Største tilskudd: 4 397 400."),
			kit.NewSeverityLine(g.words, kit.Stop, "Tilskuddet er over taket."), kit.NewSeverityLine(g.words, kit.Info, "Satsen er fra 2019."))),
		kit.NewEmpty("Her kommer bedriftene i fylket. Start med å hente dem fra registeret.", "Hent bedrifter", g.toast)))
	return kit.NewSplit(left, right, 0.35, nil)
}

func municipalities() []kit.Option {
	var out []kit.Option
	for i, name := range []string{"Kongsvinger", "Hamar", "Lillehammer", "Gjøvik", "Ringsaker", "Løten", "Stange", "Nord-Odal", "Sør-Odal", "Eidskog", "Grue", "Åsnes", "Våler", "Elverum", "Trysil"} {
		out = append(out, kit.Option{ID: "34" + string(rune('0'+i/10)) + string(rune('0'+i%10+1)), Label: name, Note: "Innlandet"})
	}
	return out
}
