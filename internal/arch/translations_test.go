package arch

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"text/template"
)

// languages are the folders of translations; the first is the one that others
// are compared with.
var languages = []string{"nb", "nn", "en"}

// text is what one language says for a key: one form, or one by plural category.
type text struct {
	file  string
	forms map[string]string // "" for a text without plural
}

func (t text) plural() bool { _, plain := t.forms[""]; return !plain }

var placeholder = regexp.MustCompile(`{{-?[^}]*?\.([A-Za-z]\w*)[^}]*}}`)

// placeholders are the names that the text wants, in order.
func (t text) placeholders() []string {
	names := map[string]bool{}
	for _, form := range t.forms {
		for _, m := range placeholder.FindAllStringSubmatch(form, -1) {
			names[m[1]] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

type translation map[string]text // key -> text

var readTranslations = sync.OnceValues(func() (map[string]translation, error) {
	all := map[string]translation{}
	for _, language := range languages {
		files, err := filepath.Glob(filepath.Join(root, "assets/translations", language, "*.json"))
		if err != nil {
			return nil, err
		}
		all[language] = translation{}
		for _, name := range files {
			if err := readTranslation(all[language], name); err != nil {
				return nil, fmt.Errorf("%s/%s: %w", language, filepath.Base(name), err)
			}
		}
	}
	return all, nil
})

// readTranslation adds one file. It reads token by token, for json.Unmarshal
// would let the last of two equal keys win in silence.
func readTranslation(to translation, name string) error {
	raw, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return fmt.Errorf("want an object: %v", err)
	}
	for dec.More() {
		t, err := dec.Token()
		if err != nil {
			return err
		}
		key := t.(string)
		if other, twice := to[key]; twice {
			return fmt.Errorf("key %q stands in %s already", key, other.file)
		}
		var value json.RawMessage
		if err := dec.Decode(&value); err != nil {
			return err
		}
		entry := text{file: filepath.Base(name), forms: map[string]string{}}
		var plain string
		if err := json.Unmarshal(value, &plain); err == nil {
			entry.forms[""] = plain
		} else if err := json.Unmarshal(value, &entry.forms); err != nil {
			return fmt.Errorf("key %q: want a text, or texts by plural form: %w", key, err)
		}
		to[key] = entry
	}
	if _, err := dec.Token(); err != nil {
		return err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something stands after the object")
	}
	return nil
}

func translations(t *testing.T) map[string]translation {
	t.Helper()
	all, err := readTranslations()
	if err != nil {
		t.Fatal(err)
	}
	if len(all[languages[0]]) == 0 {
		t.Fatal("no translations found")
	}
	return all
}

func TestLanguagesHaveTheSameKeys(t *testing.T) {
	all := translations(t)
	for _, a := range languages {
		for _, b := range languages {
			for key, entry := range all[a] {
				other, ok := all[b][key]
				switch {
				case !ok:
					t.Errorf("%s/%s has %q, and %s has not", a, entry.file, key, b)
				case other.file != entry.file:
					t.Errorf("%q stands in %s/%s, but in %s/%s", key, a, entry.file, b, other.file)
				}
			}
		}
	}
}

func TestLanguagesHaveTheSamePlaceholders(t *testing.T) {
	all := translations(t)
	first := languages[0]
	for key, entry := range all[first] {
		for _, language := range languages[1:] {
			other, ok := all[language][key]
			if !ok {
				continue // told by TestLanguagesHaveTheSameKeys
			}
			if a, b := entry.placeholders(), other.placeholders(); !slices.Equal(a, b) {
				t.Errorf("%q wants %v in %s, and %v in %s", key, a, first, b, language)
			}
			if a, b := slices.Sorted(maps.Keys(entry.forms)), slices.Sorted(maps.Keys(other.forms)); !slices.Equal(a, b) {
				t.Errorf("%q has the forms %q in %s, and %q in %s", key, a, first, b, language)
			}
		}
	}
}

// TestTextsAreWhole: every text is there, is a template that parses, and has
// the two plural forms that all three languages use.
func TestTextsAreWhole(t *testing.T) {
	for language, entries := range translations(t) {
		for key, entry := range entries {
			if entry.plural() && !slices.Equal(slices.Sorted(maps.Keys(entry.forms)), []string{"one", "other"}) {
				t.Errorf("%s: %q wants the forms one and other", language, key)
			}
			for _, form := range entry.forms {
				if strings.TrimSpace(form) == "" {
					t.Errorf("%s: %q is empty", language, key)
				}
				if _, err := template.New(key).Parse(form); err != nil {
					t.Errorf("%s: %v", language, err)
				}
				if strings.HasSuffix(form, "!") {
					t.Errorf("%s: %q ends with an exclamation mark", language, key)
				}
			}
		}
	}
}

// TestEnglishIsTranslated: a sentence that is the same in English and Norwegian
// was copied, not translated.
func TestEnglishIsTranslated(t *testing.T) {
	all := translations(t)
	for key, entry := range all["en"] {
		for form, english := range entry.forms {
			words := strings.Fields(placeholder.ReplaceAllString(english, ""))
			if len(words) >= 4 && (english == all["nb"][key].forms[form] || english == all["nn"][key].forms[form]) {
				t.Errorf("en: %q is not translated: %s", key, english)
			}
		}
	}
}
