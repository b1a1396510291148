package arch

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"
)

// rule says what the packages of a room may not know, directly or through
// others.
type rule struct {
	room   string
	never  []string // import paths, each with all below it
	except []string
	why    string
	tests  bool // the tests of the room may all the same
}

// rules are the arrows of the house: main and ui know app, app knows data, data
// knows assets at most; nothing points back.
var rules = []rule{
	{room: "assets", never: []string{module}, except: []string{module + "/assets"},
		why: "the embedded files know no code", tests: true},
	{room: "data", never: []string{module}, except: []string{module + "/data", module + "/assets"},
		why: "the records know no capability and no screen"},
	{room: "data", never: []string{"fyne.io", "github.com/jung-kurt/gofpdf", "github.com/emersion"},
		why: "the records know no window, no PDF and no network"},
	{room: "app", never: []string{module + "/ui", "fyne.io"},
		why: "what the program can do works without a window"},
	{room: "app/lang", never: []string{module}, except: []string{module + "/app/lang", module + "/assets"},
		why: "words know no records"},
	{room: "app/reference", never: []string{module}, except: []string{module + "/app/reference", module + "/app/lang", module + "/assets"},
		why: "the reference tables know no records"},
	{room: "app/document/layout", never: []string{module + "/data", module + "/app/grant"},
		why: "documents are drawn without knowing what they tell"},
	{room: "ui/kit", never: []string{module + "/data", module + "/app"}, except: []string{module + "/app/lang", module + "/app/reference"},
		why: "widgets know no record"},
	{room: "ui/kit", never: []string{module + "/ui"}, except: []string{module + "/ui/kit", module + "/ui/theme", module + "/ui/task"},
		why: "widgets know no screen"},
	{room: "ui/theme", never: []string{module}, except: []string{module + "/ui/theme", module + "/assets"},
		why: "the looks know nothing but themselves"},
	{room: "ui/task", never: []string{module}, except: []string{module + "/ui/task"},
		why: "the crossing between threads knows no work"},
	{room: "internal", never: []string{"fyne.io", module + "/ui"},
		why: "only ui imports Fyne"},
}

// windowRooms are the only ones that may import Fyne themselves.
var windowRooms = []string{"ui", "main"}

func (r rule) forbids(imported string) bool {
	for _, top := range r.except {
		if within(imported, top) {
			return false
		}
	}
	for _, top := range r.never {
		if within(imported, top) {
			return true
		}
	}
	return false
}

// folder is the room of one of our import paths: "ui/kit"; "main" for the root.
func folder(importPath string) (string, bool) {
	if importPath == module {
		return "main", true
	}
	return strings.CutPrefix(importPath, module+"/")
}

// listed is what go list tells of a package.
type listed struct {
	ImportPath string
	Imports    []string
	Deps       []string
}

func goList(t *testing.T) []listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-e", "-deps", "-json=ImportPath,Imports,Deps", "-tags", "sqlite_fts5", "./...")
	cmd.Dir = root
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, stderr.Bytes())
	}
	var packages []listed
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
}

// TestArrows follows what is really built: every package that a room rests on,
// also through others' code.
func TestArrows(t *testing.T) {
	packages := goList(t)
	direct := map[string][]string{}
	for _, p := range packages {
		direct[p.ImportPath] = p.Imports
	}
	for _, p := range packages {
		room, ours := folder(p.ImportPath)
		if !ours {
			continue
		}
		for _, r := range rules {
			if !within(room, r.room) {
				continue
			}
			for _, dep := range p.Deps {
				if r.forbids(dep) {
					t.Errorf("%s imports %s: %s\n\t%s", room, dep, r.why, strings.Join(chain(direct, p.ImportPath, dep), " -> "))
				}
			}
		}
	}
}

// chain is a shortest way from one package to another it rests on.
func chain(direct map[string][]string, from, to string) []string {
	came := map[string]string{from: ""}
	for queue := []string{from}; len(queue) > 0; queue = queue[1:] {
		at := queue[0]
		if at == to {
			var way []string
			for ; at != ""; at = came[at] {
				way = append([]string{at}, way...)
			}
			return way
		}
		for _, next := range direct[at] {
			if _, seen := came[next]; !seen {
				came[next] = at
				queue = append(queue, next)
			}
		}
	}
	return nil
}

// TestArrowsOfEveryFile sees also what this machine does not build: tests, and
// files for other systems.
func TestArrowsOfEveryFile(t *testing.T) {
	for _, f := range sources(t) {
		room := f.pkg
		if room == "" {
			room = "main"
		}
		for _, imported := range f.imports {
			for _, r := range rules {
				if within(room, r.room) && r.forbids(imported) && !(f.test && r.tests) {
					t.Errorf("%s imports %s: %s", f.name, imported, r.why)
				}
			}
			if within(imported, "fyne.io") && !isWindowRoom(room) {
				t.Errorf("%s imports %s: only ui and main know Fyne", f.name, imported)
			}
		}
	}
}

func isWindowRoom(room string) bool {
	for _, w := range windowRooms {
		if within(room, w) {
			return true
		}
	}
	return false
}

// TestRules shows that the rules bite: each arrow is judged as the plan says.
func TestRules(t *testing.T) {
	for _, c := range []struct {
		room, imported string
		forbidden      bool
	}{
		{"data", module + "/app", true},
		{"data", module + "/app/lang", true},
		{"data", module + "/assets", false},
		{"data", module + "/data/internal/log", false},
		{"data", "fyne.io/fyne/v2", true},
		{"app/grant", module + "/ui/kit", true},
		{"app/grant", "fyne.io/fyne/v2/lang", true},
		{"app/grant", module + "/data", false},
		{"ui/kit", module + "/app/grant", true},
		{"ui/kit", module + "/app/lang", false},
		{"ui/kit", module + "/data", true},
		{"ui/kit", module + "/ui/theme", false},
		{"ui/kit/internal/gallery", module + "/ui/application", true},
		{"ui/application", module + "/app/grant", false},
		{"ui/application", module + "/data", false},
		{"assets", module + "/app/lang", true},
		{"assets", "embed", false},
	} {
		forbidden := false
		for _, r := range rules {
			forbidden = forbidden || within(c.room, r.room) && r.forbids(c.imported)
		}
		if forbidden != c.forbidden {
			t.Errorf("%s -> %s: forbidden is %v, want %v", c.room, c.imported, forbidden, c.forbidden)
		}
	}
}
