// Package lang turns keys, amounts and dates into words in bokmål, nynorsk or
// English. The texts are JSON files under assets/translations, one folder a
// language and one file a part of the program.
package lang

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"log/slog"
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
	code      string
	localizer *i18n.Localizer
	texts     map[string]struct{}
	plain     sync.Map // key -> text, for keys without data
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
	p := &Printer{code: code, texts: map[string]struct{}{}}
	for _, text := range load(code) {
		p.texts[text.ID] = struct{}{}
		if err := bundle.AddMessages(language.MustParse(code), text); err != nil {
			slog.Error("add translation", "key", text.ID, "err", err)
		}
	}
	p.localizer = i18n.NewLocalizer(bundle, code)
	return p
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
	if len(pairs) == 0 {
		if s, ok := p.plain.Load(key); ok {
			return s.(string)
		}
	}
	s := p.localize(&i18n.LocalizeConfig{MessageID: key, TemplateData: data(pairs)})
	if len(pairs) == 0 {
		p.plain.Store(key, s)
	}
	return s
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
	s, err := p.localizer.Localize(c)
	if err != nil {
		slog.Error("missing translation", "key", c.MessageID, "language", p.code, "err", err)
		return c.MessageID
	}
	return s
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

// Raw is every text of one language as JSON, for Fyne's own translation store.
func Raw(code string) ([]byte, error) {
	all := map[string]string{}
	for _, m := range load(code) {
		all[m.ID] = m.Other
	}
	return json.Marshal(all)
}

func load(code string) []*i18n.Message {
	dir := "translations/" + code
	files, err := fs.ReadDir(assets.FS, dir)
	if err != nil {
		slog.Error("read translations", "language", code, "err", err)
		return nil
	}
	var all []*i18n.Message
	for _, f := range files {
		raw, err := fs.ReadFile(assets.FS, path.Join(dir, f.Name()))
		if err == nil {
			var file map[string]entry
			if err = json.Unmarshal(raw, &file); err == nil {
				for id, e := range file {
					all = append(all, &i18n.Message{ID: id, One: e.One, Other: e.Other})
				}
			}
		}
		if err != nil {
			slog.Error("read translations", "file", f.Name(), "language", code, "err", err)
		}
	}
	return all
}

// entry is either a plain text or a text with a singular and a plural.
type entry struct{ One, Other string }

func (e *entry) UnmarshalJSON(raw []byte) error {
	if len(raw) > 0 && raw[0] == '"' {
		return json.Unmarshal(raw, &e.Other)
	}
	type plain entry
	return json.Unmarshal(raw, (*plain)(e))
}
