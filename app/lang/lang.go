// Package lang turns keys, amounts and dates into words in bokmål, nynorsk or
// English. The texts are JSON files under assets/translations, one folder a
// language and one file a part of the program.
package lang

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"path"
	"strings"
	"sync"
	"text/template"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"kompetansepilot/assets"
)

// Codes are the languages of the program, the default first.
var Codes = [...]string{"nb", "nn", "en"}

// Printer speaks one language. It is safe for concurrent use.
type Printer struct {
	code  string
	texts map[string]entry

	// Only texts with something to fill in are handed to i18n, and not before they
	// are asked for: its own form of all of them takes as long as reading them.
	mu        sync.RWMutex
	bundle    *i18n.Bundle
	localizer *i18n.Localizer
	added     map[string]bool
}

// printers holds one printer a language, made when it is first asked for: the
// texts are embedded and reading them takes some ten milliseconds.
var printers = map[string]func() *Printer{"nb": once("nb"), "nn": once("nn"), "en": once("en")}

func once(code string) func() *Printer {
	return sync.OnceValue(func() *Printer { return read(code) })
}

// New returns the printer of a language code ("nb", "nn" or "en"), the same one
// every time. An unknown code gives bokmål.
func New(code string) *Printer {
	if !Known(code) {
		code = Codes[0]
	}
	return printers[code]()
}

func read(code string) *Printer {
	bundle := i18n.NewBundle(language.MustParse(code))
	return &Printer{code: code, texts: load(code), bundle: bundle, localizer: i18n.NewLocalizer(bundle, code), added: map[string]bool{}}
}

// Known tells whether code is one of Codes.
func Known(code string) bool {
	for _, c := range Codes {
		if c == code {
			return true
		}
	}
	return false
}

// Code is "nb", "nn" or "en".
func (p *Printer) Code() string { return p.code }

// Tag is the language as a BCP 47 tag for documents: "nb-NO", "nn-NO" or "en".
func (p *Printer) Tag() string {
	if p.code == "en" {
		return "en"
	}
	return p.code + "-NO"
}

// Has tells whether the language has a text for key.
func (p *Printer) Has(key string) bool {
	_, ok := p.texts[key]
	return ok
}

// T is the text of key. pairs are placeholder names and values:
// T("budget.over", "Over", 2600). A missing key is logged and returned as it is.
func (p *Printer) T(key string, pairs ...any) string {
	if e, ok := p.texts[key]; ok && e.plain() {
		return e.Other
	}
	return p.localize(&i18n.LocalizeConfig{MessageID: key, TemplateData: data(pairs)})
}

// N is the text of key in the form that count asks for; {{.Count}} holds the
// number.
func (p *Printer) N(key string, count int, pairs ...any) string {
	d := data(pairs)
	if d == nil {
		d = map[string]any{}
	}
	d["Count"] = p.Number(int64(count))
	return p.localize(&i18n.LocalizeConfig{MessageID: key, PluralCount: count, TemplateData: d})
}

func (p *Printer) localize(c *i18n.LocalizeConfig) string {
	p.learn(c.MessageID)
	p.mu.RLock()
	defer p.mu.RUnlock()
	s, err := p.localizer.Localize(c)
	if err != nil {
		slog.Error("missing translation", "key", c.MessageID, "language", p.code, "err", err)
		return c.MessageID
	}
	return s
}

// learn hands a text to i18n the first time it is asked for.
func (p *Printer) learn(key string) {
	p.mu.RLock()
	known := p.added[key]
	p.mu.RUnlock()
	e, ok := p.texts[key]
	if known || !ok {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.bundle.AddMessages(language.MustParse(p.code), &i18n.Message{ID: key, One: e.One, Other: e.Other}); err != nil {
		slog.Error("add translation", "key", key, "err", err)
	}
	p.added[key] = true
}

func data(pairs []any) map[string]any {
	if len(pairs) == 0 {
		return nil
	}
	d := make(map[string]any, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		d[fmt.Sprint(pairs[i])] = pairs[i+1]
	}
	return d
}

// Fill puts values into a text with placeholders that comes from a data file
// (a call's rule message), in the same form as T.
func Fill(text string, pairs ...any) (string, error) {
	if !strings.Contains(text, "{{") {
		return text, nil
	}
	// Not a bundle of i18n's: making one takes a third of a millisecond, and a
	// check fills in many texts.
	t, err := template.New("").Parse(text)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	if err := t.Execute(&b, data(pairs)); err != nil {
		return "", err
	}
	return b.String(), nil
}

// Fyne are the words of Fyne's own widgets in one language, as JSON for its
// translation store.
func Fyne(code string) ([]byte, error) { return fs.ReadFile(assets.FS, textsOf(code)+"/fyne.json") }

func textsOf(code string) string { return "translations/" + code }

// Name is what a language calls itself. It is found without reading the
// language's other texts.
func Name(code string) string { return readFile(code, "lang.json")["lang.name"].Other }

// load reads every text of one language, by key.
func load(code string) map[string]entry {
	files, err := fs.ReadDir(assets.FS, textsOf(code))
	if err != nil {
		slog.Error("read translations", "language", code, "err", err)
		return nil
	}
	all := map[string]entry{}
	for _, f := range files {
		maps.Copy(all, readFile(code, f.Name()))
	}
	return all
}

func readFile(code, name string) map[string]entry {
	var texts map[string]any
	raw, err := fs.ReadFile(assets.FS, path.Join(textsOf(code), name))
	if err == nil {
		err = json.Unmarshal(raw, &texts)
	}
	if err != nil {
		slog.Error("read translations", "file", name, "language", code, "err", err)
	}
	all := make(map[string]entry, len(texts))
	for key, text := range texts {
		all[key] = newEntry(text)
	}
	return all
}

// entry is either a plain text or a text with a singular and a plural.
type entry struct{ One, Other string }

// newEntry takes a text or an object with the texts "one" and "other".
func newEntry(text any) (e entry) {
	switch t := text.(type) {
	case string:
		e.Other = t
	case map[string]any:
		e.One, _ = t["one"].(string)
		e.Other, _ = t["other"].(string)
	}
	return e
}

// plain tells whether there is nothing to fill in.
func (e entry) plain() bool { return !strings.Contains(e.Other, "{{") }
