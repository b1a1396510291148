package settings

import (
	"context"
	"math"
	"strconv"

	"fyne.io/fyne/v2"

	"kompetansepilot/app"
	"kompetansepilot/app/lang"
	"kompetansepilot/ui/kit"
)

// Names of the looks as app.Preferences keeps them.
const (
	lookSystem   = "system"
	lookLight    = "light"
	lookDark     = "dark"
	lookContrast = "contrast"
)

// IDs of the two heights of rows.
const (
	rowsRoomy   = "roomy"
	rowsCompact = "compact"
)

func (p *page) languageField() fyne.CanvasObject {
	// A language is called what its own speakers call it.
	p.language = kit.NewRadio([]kit.Option{
		{ID: "nb", Label: p.Words.T("settings.language.nb")},
		{ID: "nn", Label: p.Words.T("settings.language.nn")},
		{ID: "en", Label: p.Words.T("settings.language.en")},
	}, p.onLanguage)
	return p.field(FieldLanguage, p.Words.T("settings.language"), p.Words.T("settings.languageHint"), p.language)
}

func (p *page) lookField() fyne.CanvasObject {
	p.look = kit.NewRadio([]kit.Option{
		{ID: lookSystem, Label: p.Words.T("settings.look.system")},
		{ID: lookLight, Label: p.Words.T("settings.look.light")},
		{ID: lookDark, Label: p.Words.T("settings.look.dark")},
		{ID: lookContrast, Label: p.Words.T("settings.look.contrast")},
	}, p.onLook)
	return p.field(FieldLook, p.Words.T("settings.look"), p.Words.T("settings.lookHint"), p.look)
}

func (p *page) textField() fyne.CanvasObject {
	var sizes []kit.Option
	for percent := 100; percent <= 200; percent += 10 {
		sizes = append(sizes, p.size(percent))
	}
	p.text = kit.NewSelect(p.Words, sizes)
	p.text.OnChanged = p.onText
	return p.field(FieldText, p.Words.T("settings.text"), p.Words.T("settings.textHint"), p.text)
}

func (p *page) size(percent int) kit.Option {
	return kit.Option{ID: strconv.Itoa(percent), Label: p.Words.T("settings.percent", "Number", percent)}
}

func (p *page) rowsField() fyne.CanvasObject {
	p.rows = kit.NewRadio([]kit.Option{
		{ID: rowsRoomy, Label: p.Words.T("settings.rows.roomy")},
		{ID: rowsCompact, Label: p.Words.T("settings.rows.compact")},
	}, p.onRows)
	return p.field(FieldRows, p.Words.T("settings.rows"), p.Words.T("settings.rowsHint"), p.rows)
}

func (p *page) showLooks(prefs app.Preferences) {
	language, look, rows := prefs.Language, prefs.Look, rowsRoomy
	if !lang.Known(language) {
		language = lang.Codes[0]
	}
	if look == "" {
		look = lookSystem
	}
	if prefs.Compact {
		rows = rowsCompact
	}
	p.language.SetSelected(language)
	p.look.SetSelected(look)
	p.rows.SetSelected(rows)
	p.text.SetChoice(p.size(int(math.Round(float64(max(prefs.TextScale, 1)) * 100))))
}

func (p *page) onLanguage(code string) {
	p.prefer(func(prefs *app.Preferences) { prefs.Language = code }, func() { p.looks.SetLanguage(code) })
}

func (p *page) onLook(name string) {
	p.prefer(func(prefs *app.Preferences) { prefs.Look = name }, func() { p.looks.SetLook(name) })
}

func (p *page) onText(percent string) {
	n, err := strconv.Atoi(percent)
	if err != nil {
		return
	}
	scale := float32(n) / 100
	p.prefer(func(prefs *app.Preferences) { prefs.TextScale = scale }, func() { p.looks.SetTextScale(scale) })
}

func (p *page) onRows(id string) {
	compact := id == rowsCompact
	p.prefer(func(prefs *app.Preferences) { prefs.Compact = compact }, func() { p.looks.SetCompact(compact) })
}

// prefer stores a choice of this machine and applies it, also when it could not
// be stored: then it lasts until the program is closed.
func (p *page) prefer(change func(*app.Preferences), apply func()) {
	p.saves.Add(func(context.Context) error { return p.Program.State.Change(change) }, func(err error) {
		if err != nil {
			p.Shell.Fail(p.Words.T("settings.keep"), err)
		}
		apply()
	})
}
