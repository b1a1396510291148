// Package lang turns keys, amounts and dates into words in bokmål, nynorsk or
// English. The texts are JSON files under assets/translations, one folder a
// language and one file a part of the program.
package lang

import (
	"bytes"
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
	code  string
	parts []*part
	where sync.Map // key -> the texts of the part that has it, nil for a key that is in none
}

var printers = map[string]func() *Printer{"nb": once("nb"), "nn": once("nn"), "en": once("en")}

func once(code string) func() *Printer {
	return sync.OnceValue(func() *Printer { return &Printer{code: code, parts: parts(code)} })
}

// New returns the printer of a language code ("nb", "nn" or "en"), the same one
// every time. An unknown code gives bokmål.
func New(code string) *Printer {
	if !Known(code) {
		code = Codes[0]
	}
	return printers[code]()
}

// part is one file of texts. It is read when a key is asked for that stands in
// it: all of a language takes some ten milliseconds, and a command needs little.
type part struct {
	name  string // of the file, without its ending; mostly what its keys begin with
	raw   []byte
	texts func() *texts
}

// texts are a part that has been read.
type texts struct {
	keys      map[string]entry
	localizer *i18n.Localizer
}

// entry is either a plain text or a text with a singular and a plural.
type entry struct{ One, Other string }

// plain tells whether the text stands as it is to be said.
func (e entry) plain() bool { return e.One == "" && !strings.Contains(e.Other, "{{") }

func parts(code string) []*part {
	dir := path.Join("translations", code)
	files, err := fs.ReadDir(assets.FS, dir)
	if err != nil {
		slog.Error("read translations", "language", code, "err", err)
	}
	var all []*part
	for _, f := range files {
		name := path.Join(dir, f.Name())
		raw, err := fs.ReadFile(assets.FS, name)
		if err != nil {
			slog.Error("read translations", "file", name, "err", err)
			continue
		}
		all = append(all, &part{
			name:  strings.TrimSuffix(f.Name(), ".json"),
			raw:   raw,
			texts: sync.OnceValue(func() *texts { return read(code, name, raw) }),
		})
	}
	return all
}

func read(code, name string, raw []byte) *texts {
	t := &texts{}
	if err := json.Unmarshal(raw, &t.keys); err != nil {
		slog.Error("read translations", "file", name, "err", err)
	}
	tag := language.MustParse(code)
	bundle := i18n.NewBundle(tag)
	for key, e := range t.keys {
		if e.plain() {
			continue
		}
		if err := bundle.AddMessages(tag, &i18n.Message{ID: key, One: e.One, Other: e.Other}); err != nil {
			slog.Error("add translation", "key", key, "language", code, "err", err)
		}
	}
	t.localizer = i18n.NewLocalizer(bundle, code)
	return t
}

// find gives the texts that key is among, nil when no part has it.
func (p *Printer) find(key string) *texts {
	if found, ok := p.where.Load(key); ok {
		return found.(*texts)
	}
	found := p.search(key)
	p.where.Store(key, found)
	return found
}

func (p *Printer) search(key string) *texts {
	begin, _, _ := strings.Cut(key, ".")
	for _, part := range p.parts {
		if part.name == begin && part.texts().has(key) {
			return part.texts()
		}
	}
	quoted, _ := json.Marshal(key) // a string always can be
	for _, part := range p.parts {
		// Looking is quicker than reading.
		if bytes.Contains(part.raw, quoted) && part.texts().has(key) {
			return part.texts()
		}
	}
	return nil
}

func (t *texts) has(key string) bool {
	_, ok := t.keys[key]
	return ok
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
	return p.find(key) != nil
}

// T is the text of key. pairs are placeholder names and values:
// T("budget.over", "Over", 2600). A missing key is logged and returned as it is.
func (p *Printer) T(key string, pairs ...any) string {
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
	t := p.find(c.MessageID)
	if t == nil {
		slog.Error("missing translation", "key", c.MessageID, "language", p.code)
		return c.MessageID
	}
	if e := t.keys[c.MessageID]; e.plain() {
		return e.Other
	}
	s, err := t.localizer.Localize(c)
	if err != nil {
		slog.Error("fill in translation", "key", c.MessageID, "language", p.code, "err", err)
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

// Toolkit is Fyne's own words in one language as JSON, for its translation
// store.
func Toolkit(code string) ([]byte, error) {
	return fs.ReadFile(assets.FS, path.Join("translations", code, "fyne.json"))
}

func (e *entry) UnmarshalJSON(raw []byte) error {
	if len(raw) > 0 && raw[0] == '"' {
		return json.Unmarshal(raw, &e.Other)
	}
	type plain entry
	return json.Unmarshal(raw, (*plain)(e))
}
