package arch

import (
	"go/ast"
	"go/token"
	"go/types"
	"testing"
)

// crossing is the one package that starts goroutines for the window, and that
// comes back to Fyne's own.
const crossing = "ui/task"

// TestThreads: everything in ui runs on Fyne's goroutine.
func TestThreads(t *testing.T) {
	for _, f := range sources(t) {
		if !within(f.pkg, "ui") || f.pkg == crossing || f.test {
			continue
		}
		ast.Inspect(f.tree, func(n ast.Node) bool {
			if _, ok := n.(*ast.GoStmt); ok {
				t.Errorf("%s: starts a goroutine; use %s", f.position(n), crossing)
			}
			if n != nil && f.selects(n, "fyne.io/fyne/v2", "Do", "DoAndWait") {
				t.Errorf("%s: calls fyne.Do; use %s", f.position(n), crossing)
			}
			return true
		})
	}
}

// TestNoInit: nothing happens before main.
func TestNoInit(t *testing.T) {
	for _, f := range sources(t) {
		for _, d := range f.tree.Decls {
			if d, ok := d.(*ast.FuncDecl); ok && d.Recv == nil && d.Name.Name == "init" {
				t.Errorf("%s: func init; do it where it is needed, or in main", f.position(d))
			}
		}
	}
}

// TestPackageVariablesStay: a package variable is set once, where it is
// declared. Linker flags may set those of main.
func TestPackageVariablesStay(t *testing.T) {
	packages := map[string][]*file{}
	for _, f := range sources(t) {
		if !f.test {
			packages[f.pkg+" "+f.tree.Name.Name] = append(packages[f.pkg+" "+f.tree.Name.Name], f)
		}
	}
	for _, files := range packages {
		variables := packageVariables(files)
		for _, f := range files {
			ast.Inspect(f.tree, func(n ast.Node) bool {
				for _, target := range written(n) {
					if id := base(target); id != nil && variables(id) {
						t.Errorf("%s: changes the package variable %s", f.position(n), id.Name)
					}
				}
				return true
			})
		}
	}
}

// packageVariables tells of a name in these files whether it is a variable of
// the package. Names alone are resolved; imports stay unknown, which is enough.
func packageVariables(files []*file) func(*ast.Ident) bool {
	var trees []*ast.File
	for _, f := range files {
		trees = append(trees, f.tree)
	}
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}}
	config := types.Config{Error: func(error) {}, FakeImportC: true}
	pkg, _ := config.Check(files[0].pkg, fileSet, trees, info) // what it cannot resolve is not ours
	return func(id *ast.Ident) bool {
		v, ok := info.Uses[id].(*types.Var)
		return ok && pkg != nil && v.Parent() == pkg.Scope()
	}
}

// written are the expressions that a statement changes.
func written(n ast.Node) []ast.Expr {
	switch n := n.(type) {
	case *ast.AssignStmt:
		if n.Tok != token.DEFINE {
			return n.Lhs
		}
	case *ast.IncDecStmt:
		return []ast.Expr{n.X}
	case *ast.CallExpr:
		if f, ok := n.Fun.(*ast.Ident); ok && (f.Name == "delete" || f.Name == "clear") && len(n.Args) > 0 {
			return n.Args[:1]
		}
	}
	return nil
}

// base is the variable at the root of v, v[i], v.f or *v.
func base(e ast.Expr) *ast.Ident {
	for {
		switch x := e.(type) {
		case *ast.Ident:
			return x
		case *ast.IndexExpr:
			e = x.X
		case *ast.SelectorExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		case *ast.ParenExpr:
			e = x.X
		default:
			return nil
		}
	}
}
