package command

import (
	"bytes"
	"io"

	"github.com/alecthomas/kong"

	"kompetansepilot/internal/lazyregexp"
)

// The words that kong itself puts into its help, and ours for them.
var helpWords = []struct {
	theirs *lazyregexp.Regexp
	ours   string
}{
	{lazyregexp.New(`(?m)^Usage:`), "Bruk:"},
	{lazyregexp.New(`<command>`), "<kommando>"},
	{lazyregexp.New(`\[flags\]`), "[flagg]"},
	{lazyregexp.New(`(?m)^Arguments:`), "Argumenter:"},
	{lazyregexp.New(`(?m)^Flags:`), "Flagg:"},
	{lazyregexp.New(`(?m)^Commands:`), "Kommandoer:"},
	{lazyregexp.New(`Show context-sensitive help\.`), "Vis denne hjelpen."},
	{lazyregexp.New(`(?s)Run "([^"]*)" for more information on a\s+command\.`), "Skriv «$1» for å se mer om en kommando."},
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
