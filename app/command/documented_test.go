package command

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// TestCommandsAreDocumented looks for every command in the tables of README and of the
// help page in each language.
func TestCommandsAreDocumented(t *testing.T) {
	parser, err := kong.New(&commands{}, kong.Name("kompetansepilot"))
	if err != nil {
		t.Fatal(err)
	}
	quoted, word := regexp.MustCompile("`[^`]*`"), regexp.MustCompile(`[a-z]+`)
	for _, path := range []string{"../../README.md", "../../assets/help/nb/96-commandline.md", "../../assets/help/nn/96-commandline.md", "../../assets/help/en/96-commandline.md"} {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var rows [][]string // the words of each row that stand as code
		for line := range strings.Lines(string(raw)) {
			if strings.HasPrefix(line, "| `") {
				rows = append(rows, word.FindAllString(strings.Join(quoted.FindAllString(line, -1), " "), -1))
			}
		}
		for _, leaf := range parser.Model.Leaves(true) {
			var name []string
			for n := leaf; n != nil && n.Type == kong.CommandNode; n = n.Parent {
				if n == leaf && n.Parent.DefaultCmd == n {
					continue // its parent's name is enough
				}
				name = append([]string{n.Name}, name...)
			}
			if !slices.ContainsFunc(rows, func(row []string) bool {
				return !slices.ContainsFunc(name, func(n string) bool { return !slices.Contains(row, n) })
			}) {
				t.Errorf("%s does not tell of %q", path, strings.Join(name, " "))
			}
		}
	}
}
