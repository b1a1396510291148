package command

import (
	"bytes"
	"io"
	"regexp"

	"github.com/alecthomas/kong"
)

// The words that kong itself puts into its help, and ours for them.
var helpWords = []struct {
	theirs *regexp.Regexp
	ours   string
}{
	{regexp.MustCompile(`(?m)^Usage:`), "Bruk:"},
	{regexp.MustCompile(`<command>`), "<kommando>"},
	{regexp.MustCompile(`\[flags\]`), "[flagg]"},
	{regexp.MustCompile(`(?m)^Arguments:`), "Argumenter:"},
	{regexp.MustCompile(`(?m)^Flags:`), "Flagg:"},
	{regexp.MustCompile(`(?m)^Commands:`), "Kommandoer:"},
	{regexp.MustCompile(`Show context-sensitive help\.`), "Vis denne hjelpen."},
	{regexp.MustCompile(`(?s)Run "([^"]*)" for more information on a\s+command\.`), "Skriv «$1» for å se mer om en kommando."},
}

// printHelp is kong's help in Norwegian.
func printHelp(options kong.HelpOptions, ctx *kong.Context) error {
	out := ctx.Stdout
	var text bytes.Buffer
	ctx.Stdout = &text
	err := kong.DefaultHelpPrinter(options, ctx)
	ctx.Stdout = out
	if err != nil {
		return err
	}
	help := text.String()
	for _, w := range helpWords {
		help = w.theirs.ReplaceAllString(help, w.ours)
	}
	_, err = io.WriteString(out, help)
	return err
}
