// Package help holds the help that is built into the program: one Markdown file
// a topic and language, under assets/help. It reads and searches them; a screen
// shows them.
package help

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"kompetansepilot/app/lang"
	"kompetansepilot/assets"
)

// Topic is one page of the help.
type Topic struct {
	// ID is the same in all languages: "shortcuts".
	ID     string
	Title  string
	Blocks []Block

	folded string // title and text, to search in
}

// Load reads the topics in a language, in the order of the table of contents. An
// unknown language gives bokmål.
func Load(code string) ([]Topic, error) {
	if !lang.Known(code) {
		code = lang.Codes[0]
	}
	dir := path.Join("help", code)
	files, err := fs.ReadDir(assets.FS, dir)
	if err != nil {
		return nil, fmt.Errorf("read help: %w", err)
	}
	var topics []Topic
	for _, f := range files { // sorted by name, which begins with a number
		_, id, numbered := strings.Cut(strings.TrimSuffix(f.Name(), ".md"), "-")
		if !numbered || path.Ext(f.Name()) != ".md" {
			continue
		}
		raw, err := fs.ReadFile(assets.FS, path.Join(dir, f.Name()))
		if err != nil {
			return nil, fmt.Errorf("read help: %w", err)
		}
		topics = append(topics, newTopic(id, raw))
	}
	return topics, nil
}

// newTopic takes the first heading of the file as the title.
func newTopic(id string, markdown []byte) Topic {
	t := Topic{ID: id, Title: id, Blocks: Parse(markdown)}
	if len(t.Blocks) > 0 && t.Blocks[0].Kind == Heading {
		t.Title = Plain(t.Blocks[0].Text)
		t.Blocks = t.Blocks[1:]
	}
	text := []string{t.Title}
	for _, b := range t.Blocks {
		text = append(text, b.plain())
	}
	t.folded = lang.Fold(strings.Join(text, "\n"))
	return t
}

// Text is the topic without its title, a line a block.
func (t *Topic) Text() string {
	var lines []string
	for _, b := range t.Blocks {
		lines = append(lines, b.plain())
	}
	return strings.Join(lines, "\n")
}

// Search are the topics that have every word of a query, those with it in the
// title first. A query without words gives them all.
func Search(topics []Topic, query string) []Topic {
	words := strings.Fields(lang.Fold(query))
	var titled, rest []Topic
	for _, t := range topics {
		has := func(in string) bool {
			return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(in, w) })
		}
		switch {
		case has(lang.Fold(t.Title)):
			titled = append(titled, t)
		case has(t.folded):
			rest = append(rest, t)
		}
	}
	return append(titled, rest...)
}
