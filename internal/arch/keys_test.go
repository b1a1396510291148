package arch

import (
	"encoding/json"
	"go/ast"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// runtimeKeys are beginnings of keys that are put together while the program
// runs, from values that no Go file names.
var runtimeKeys = []string{
	"error.", // data.Error codes
	"rule.",  // kinds of rules in the call files
}

// keyShape is what a key looks like: "area.thing.part".
var keyShape = regexp.MustCompile(`^[a-z][A-Za-z0-9]*(\.[A-Za-z0-9-]+)+$`)

// call is one use of a Printer: p.T(key, pairs…) or p.N(key, count, pairs…).
type call struct {
	*ast.CallExpr
	key    string // the literal key, or the literal beginning of one
	whole  bool   // key is the whole key
	plural bool   // N
	pairs  []ast.Expr
}

// calls finds the uses whose key, or its beginning, is written out.
func (f *file) calls() []call {
	var found []call
	ast.Inspect(f.tree, func(n ast.Node) bool {
		c, ok := n.(*ast.CallExpr)
		if !ok || len(c.Args) == 0 {
			return true
		}
		s, ok := c.Fun.(*ast.SelectorExpr)
		if !ok || s.Sel.Name != "T" && s.Sel.Name != "N" {
			return true
		}
		use := call{CallExpr: c, plural: s.Sel.Name == "N", pairs: c.Args[1:]}
		if use.plural && len(use.pairs) > 0 {
			use.pairs = use.pairs[1:]
		}
		switch arg := c.Args[0].(type) {
		case *ast.BasicLit:
			use.key, use.whole = literal(arg), true
		case *ast.BinaryExpr:
			use.key = literal(leftmost(arg))
		}
		if use.key != "" {
			found = append(found, use)
		}
		return true
	})
	return found
}

// leftmost is the first operand of a + b + c.
func leftmost(e ast.Expr) ast.Expr {
	for {
		b, ok := e.(*ast.BinaryExpr)
		if !ok || b.Op != token.ADD {
			return e
		}
		e = b.X
	}
}

// literal is the value of a string literal, or "".
func literal(e ast.Expr) string {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return ""
	}
	s, err := strconv.Unquote(lit.Value)
	if err != nil {
		return ""
	}
	return s
}

// program are the files that speak to people; tests and this package do not.
func program(t *testing.T) []*file {
	t.Helper()
	return slices.DeleteFunc(slices.Clone(sources(t)), func(f *file) bool {
		return f.test || within(f.pkg, "internal")
	})
}

// TestKeysExist: a key that is written out has a text, of the kind that the
// call asks for.
func TestKeysExist(t *testing.T) {
	texts := translations(t)[languages[0]]
	for _, f := range program(t) {
		for _, c := range f.calls() {
			entry, ok := texts[c.key]
			switch {
			case !c.whole:
				if !beginsAny(texts, c.key) {
					t.Errorf("%s: no text has a key that begins with %q", f.position(c), c.key)
				}
			case !ok:
				t.Errorf("%s: no text for %q", f.position(c), c.key)
			case c.plural != entry.plural():
				t.Errorf("%s: %q: T is for texts without plural forms, N for those with", f.position(c), c.key)
			}
		}
	}
}

func beginsAny(texts translation, beginning string) bool {
	for key := range texts {
		if strings.HasPrefix(key, beginning) {
			return true
		}
	}
	return false
}

// TestPlaceholdersAreGiven: a call gives the values that its text wants, under
// the names that the text uses.
func TestPlaceholdersAreGiven(t *testing.T) {
	texts := translations(t)[languages[0]]
	for _, f := range program(t) {
		for _, c := range f.calls() {
			entry, ok := texts[c.key]
			if !c.whole || !ok || c.Ellipsis.IsValid() {
				continue
			}
			if len(c.pairs)%2 != 0 {
				t.Errorf("%s: %q: a name has no value", f.position(c), c.key)
				continue
			}
			given := map[string]bool{"Count": c.plural}
			written := true
			for i := 0; i < len(c.pairs); i += 2 {
				name := literal(c.pairs[i])
				written = written && name != ""
				given[name] = true
			}
			wanted := entry.placeholders()
			for _, name := range wanted {
				if written && !given[name] {
					t.Errorf("%s: %q wants {{.%s}}, which is not given", f.position(c), c.key, name)
				}
			}
			for name := range given {
				if name != "" && name != "Count" && !slices.Contains(wanted, name) {
					t.Errorf("%s: %q has no {{.%s}}", f.position(c), c.key, name)
				}
			}
		}
	}
}

// TestKeysAreUsed: a text that nothing shows is left over from something.
func TestKeysAreUsed(t *testing.T) {
	written := fyneKeys(t)
	beginnings := slices.Clone(runtimeKeys)
	for _, f := range program(t) {
		ast.Inspect(f.tree, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok {
				written[literal(lit)] = true
			}
			return true
		})
		for _, c := range f.calls() {
			if !c.whole {
				beginnings = append(beginnings, c.key)
			}
		}
	}
	for key, entry := range translations(t)[languages[0]] {
		if !written[key] && !slices.ContainsFunc(beginnings, func(b string) bool { return strings.HasPrefix(key, b) }) {
			t.Errorf("%s: nothing uses %q", entry.file, key)
		}
	}
}

// fyneKeys are the texts that Fyne itself asks for, in its menus and dialogs.
func fyneKeys(t *testing.T) map[string]bool {
	t.Helper()
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "fyne.io/fyne/v2").Output()
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "lang", "translations", "base.en.json"))
	if err != nil {
		t.Fatal(err)
	}
	var texts map[string]json.RawMessage
	if err := json.Unmarshal(raw, &texts); err != nil {
		t.Fatal(err)
	}
	keys := map[string]bool{}
	for key := range texts {
		keys[key] = true
	}
	return keys
}

// TestKeyTables: a word in ui that looks like a key of a known area is one, also
// where it stands in a table and not in a call.
func TestKeyTables(t *testing.T) {
	texts := translations(t)[languages[0]]
	areas := map[string]bool{}
	for key := range texts {
		area, _, _ := strings.Cut(key, ".")
		areas[area] = true
	}
	for _, f := range program(t) {
		if !within(f.pkg, "ui") {
			continue
		}
		ast.Inspect(f.tree, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if !ok {
				return true
			}
			key := literal(lit)
			area, _, _ := strings.Cut(key, ".")
			if _, ok := texts[key]; !ok && areas[area] && keyShape.MatchString(key) && !beginsAny(texts, key+".") {
				t.Errorf("%s: %q looks like a key, and has no text", f.position(lit), key)
			}
			return true
		})
	}
}

var norwegianLetters = regexp.MustCompile(`[æøåÆØÅ]`)

// lettersInCode are the files of ui that may hold Norwegian letters, and why.
var lettersInCode = map[string]string{
	"ui/kit/fold.go":      "folds letters for searching",
	"ui/kit/parsedate.go": "reads words that people type for dates",
}

// TestWordsAreTranslated: what the window says comes from the translations.
func TestWordsAreTranslated(t *testing.T) {
	for _, f := range program(t) {
		if !within(f.pkg, "ui") || lettersInCode[f.name] != "" || strings.Contains(f.pkg, "/internal/") {
			continue
		}
		ast.Inspect(f.tree, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			// "Åg" reaches highest and deepest: it measures a line.
			if ok && lit.Kind == token.STRING && literal(lit) != "Åg" && norwegianLetters.MatchString(lit.Value) {
				t.Errorf("%s: a Norwegian text in code: %s", f.position(lit), lit.Value)
			}
			return true
		})
	}
}
