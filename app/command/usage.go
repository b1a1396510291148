package command

import (
	"errors"
	"reflect"
	"regexp"

	"github.com/alecthomas/kong"
)

// usageError is wrong use that is told in a sentence of ours.
type usageError string

func (e usageError) Error() string { return string(e) }

// paths reads the names of files. One name may hold commas. "-" is refused: what
// is written is put in place when it is whole, and what is read may be read
// twice.
func paths(ctx *kong.DecodeContext, target reflect.Value) error {
	many := target.Kind() == reflect.Slice
	for {
		token, err := ctx.Scan.PopValue("file")
		if err != nil {
			return err
		}
		name := token.String() // as it is: a name need not be UTF-8
		switch name {
		case "":
			return usageError("filen må ha et navn")
		case "-":
			return usageError("«-» er ikke navnet på en fil; programmet leser og skriver bare filer her")
		}
		name = kong.ExpandPath(name)
		if !many {
			target.SetString(name)
			return nil
		}
		target.Set(reflect.Append(target, reflect.ValueOf(name)))
		if ctx.Value.Flag != nil || !ctx.Scan.Peek().IsValue() {
			return nil
		}
	}
}

// wrongUse are the sentences of kong, which speaks English only, and ours.
type wrongUse struct {
	said *regexp.Regexp
	norm string
}

func (wrongUse) all() []wrongUse {
	w := func(said, norm string) wrongUse { return wrongUse{regexp.MustCompile(`(?s)^` + said + `$`), norm} }
	return []wrongUse{
		w(`(.*), did you mean (?:one of )?(.*)\?`, `$1; mente du $2?`),
		w(`(.*); perhaps try (.*)\?`, `$1; skriv $2`),
		w(`unknown flag (.*)`, `ukjent flagg $1`),
		w(`unexpected flag argument (.*)`, `uventet verdi $1`),
		w(`unexpected (?:argument|token) (.*)`, `uventet ord $1`),
		w(`missing flags: (.*)`, `disse flaggene mangler: $1`),
		w(`expected one of (.*)`, `en av disse må stå her: $1`),
		w(`expected (".*")`, `her mangler $1`),
		w(`(?:(.*): )?missing value, expecting .*`, `$1 mangler en verdi`),
		w(`(.*): expected \S+ value but got "EOL" .*`, `$1 mangler en verdi`),
		w(`(.*): expected \S+ value but got (".*") \(.*\)`, `$1 mangler en verdi før $2`),
		w(`(.*): bool value must be .* but got (".*")`, `$1 kan ikke være $2`),
		w(`(.*) must be one of (.*?)(?:,"")? but got (".*")`, `$1 må være en av $2, ikke $3`),
		w(`(.*): expected an? (?:valid \d+ bit )?u?int but got (".*?")(?: .*)?`, `$1 må være et helt tall, ikke $2`),
		w(`(.*): expected a (?:valid )?float but got (".*?")(?: .*)?`, `$1 må være et tall, ikke $2`),
		w(`(.*) and (.*) can't be used together`, `$1 og $2 kan ikke brukes sammen`),
	}
}

// usageMessage says in Norwegian what kong found wrong.
func usageMessage(err error) string {
	if own := usageError(""); errors.As(err, &own) {
		return string(own)
	}
	return norwegian(err.Error())
}

func norwegian(text string) string {
	for i, w := range (wrongUse{}).all() {
		m := w.said.FindStringSubmatchIndex(text)
		if m == nil {
			continue
		}
		if i < 2 { // what stands before is a sentence too
			return norwegian(text[m[2]:m[3]]) + string(w.said.ExpandString(nil, w.norm[len("$1"):], text, m))
		}
		return string(w.said.ExpandString(nil, w.norm, text, m))
	}
	return "kommandoen er ikke skrevet slik programmet venter"
}
