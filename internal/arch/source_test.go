package arch

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// module is the import path of the root package.
const module = "kompetansepilot"

// root is the top of the project, seen from this package's folder.
const root = "../.."

// file is one of the project's own Go files, of whatever build tags.
type file struct {
	name    string // relative to the root, with forward slashes
	pkg     string // folder: "ui/kit", or "" for the root
	test    bool
	tree    *ast.File
	imports map[string]string // name in this file -> import path
}

// position tells where a node stands, for messages.
func (f *file) position(n ast.Node) string {
	return f.name + ":" + strconv.Itoa(fileSet.Position(n.Pos()).Line)
}

// selects tells whether n is name.member, where name is the import of path.
func (f *file) selects(n ast.Node, path string, members ...string) bool {
	s, ok := n.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	x, ok := s.X.(*ast.Ident)
	if !ok || f.imports[x.Name] != path {
		return false
	}
	for _, m := range members {
		if s.Sel.Name == m {
			return true
		}
	}
	return false
}

var fileSet = token.NewFileSet()

// readSources parses every Go file of the project once. A file that does not
// parse is the compiler's business and is left out.
var readSources = sync.OnceValues(func() ([]*file, error) {
	var files []*file
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		base := d.Name()
		if d.IsDir() {
			if base == "testdata" || base == "build" || base == "dist" || len(base) > 2 && base[0] == '.' {
				return fs.SkipDir
			}
			return nil
		}
		if path.Ext(base) != ".go" {
			return nil
		}
		tree, err := parser.ParseFile(fileSet, name, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		f := &file{name: filepath.ToSlash(rel), tree: tree, test: strings.HasSuffix(base, "_test.go"), imports: map[string]string{}}
		if dir := path.Dir(f.name); dir != "." {
			f.pkg = dir
		}
		for _, spec := range tree.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				continue
			}
			f.imports[importName(spec, imported)] = imported
		}
		files = append(files, f)
		return nil
	})
	return files, err
})

// importName is the name that a file uses for an import: its own, or the last
// element of the path that is not a major version.
func importName(spec *ast.ImportSpec, imported string) string {
	if spec.Name != nil {
		return spec.Name.Name
	}
	base := path.Base(imported)
	if len(base) > 1 && base[0] == 'v' && strings.Trim(base[1:], "0123456789") == "" {
		base = path.Base(path.Dir(imported))
	}
	return base
}

// sources are the project's own Go files.
func sources(t *testing.T) []*file {
	t.Helper()
	files, err := readSources()
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Fatal("no Go files found")
	}
	return files
}

// within tells whether a folder or import path is top or lies below it.
func within(name, top string) bool { return name == top || strings.HasPrefix(name, top+"/") }
