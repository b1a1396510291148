package screen

import (
	"errors"

	"kompetansepilot/app/lang"
	"kompetansepilot/data"
)

// Sentence is what a person may read about an error, in the language of words;
// "" for a fault of the program.
func Sentence(words *lang.Printer, err error) string {
	var known *data.Error
	if !errors.As(err, &known) {
		return ""
	}
	if known.Text == "" || !words.Has(known.Text) {
		return known.Message
	}
	var pairs []any
	for name, value := range known.Args {
		pairs = append(pairs, name, value)
	}
	return words.T(known.Text, pairs...)
}
