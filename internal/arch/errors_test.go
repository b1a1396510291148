package arch

import (
	"go/ast"
	"go/token"
	"strings"
	"testing"
)

// TestErrorsAreTranslated: each sentence that a lower room says to a person
// stands among the translations too, in bokmål word for word.
func TestErrorsAreTranslated(t *testing.T) {
	consts := constants(t)
	texts := translations(t)[languages[0]]
	said := map[string]bool{}
	for _, f := range program(t) {
		ast.Inspect(f.tree, func(n ast.Node) bool {
			c, ok := n.(*ast.CallExpr)
			if !ok || len(c.Args) < 3 || !isNewError(c.Fun) {
				return true
			}
			code, known := folded(c.Args[0], consts)
			message := literal(c.Args[1])
			if !known || message == "" {
				return true // NewError itself, which only hands on
			}
			key := "error." + code
			said[key] = true
			if got := texts[key].forms[""]; got != message {
				t.Errorf("%s: %q is %q among the translations", f.position(c), key, got)
			}
			return true
		})
	}
	for key, entry := range texts {
		if strings.HasPrefix(key, "error.") && !said[key] {
			t.Errorf("%s: nobody says %q", entry.file, key)
		}
	}
}

func isNewError(fun ast.Expr) bool {
	switch f := fun.(type) {
	case *ast.Ident:
		return f.Name == "newError"
	case *ast.SelectorExpr:
		return f.Sel.Name == "NewError"
	}
	return false
}

// folded is the value of constants and literals joined by +.
func folded(e ast.Expr, consts map[string]string) (string, bool) {
	switch x := e.(type) {
	case *ast.BasicLit:
		return literal(x), true
	case *ast.Ident:
		v, ok := consts[x.Name]
		return v, ok
	case *ast.SelectorExpr:
		v, ok := consts[x.Sel.Name]
		return v, ok
	case *ast.BinaryExpr:
		a, ok1 := folded(x.X, consts)
		b, ok2 := folded(x.Y, consts)
		return a + b, ok1 && ok2
	}
	return "", false
}

// constants are the named texts whose names begin with Code.
func constants(t *testing.T) map[string]string {
	all := map[string]string{}
	for _, f := range program(t) {
		for _, d := range f.tree.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.CONST {
				continue
			}
			for _, s := range g.Specs {
				v := s.(*ast.ValueSpec)
				for i, name := range v.Names {
					if i < len(v.Values) && strings.HasPrefix(name.Name, "Code") {
						all[name.Name] = literal(v.Values[i])
					}
				}
			}
		}
	}
	return all
}
