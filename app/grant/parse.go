package grant

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// MaxCallSize is the largest call file that is read, in bytes. The 2020 call
// takes 60 kB.
const MaxCallSize = 4 << 20

// CallError is a fault in a call file. Line counts from 1; 0 is the whole file.
type CallError struct {
	Line    int    `json:"line"`
	Path    string `json:"path"`
	Message string `json:"message"` // plain bokmål
}

func (e CallError) Error() string {
	switch {
	case e.Line == 0:
		return e.Message
	case e.Path == "":
		return fmt.Sprintf("linje %d: %s", e.Line, e.Message)
	}
	return fmt.Sprintf("linje %d, %s: %s", e.Line, e.Path, e.Message)
}

// ParseCall reads a call from the bytes of its file. With any errors there is
// no call.
func ParseCall(raw []byte) (*Call, []CallError) {
	call := &Call{}
	file, faults := ReadJSON(raw, call)
	if file == nil {
		return nil, faults
	}
	call.complete()
	v := &callValidator{call: call, lines: file.lines}
	v.validate()
	if len(v.errors) > 0 {
		return nil, v.errors
	}
	return call, nil
}

// complete fills in what the file leaves to be understood, and finds the fields
// by id.
func (c *Call) complete() {
	c.fields = map[string]*Field{}
	for i := range c.Form.Sections {
		s := &c.Form.Sections[i]
		for j := range s.Fields {
			f := &s.Fields[j]
			for k := range f.Columns {
				if k < len(f.ColumnLabels) {
					f.Columns[k].Label = f.ColumnLabels[k]
				}
				if k < len(f.ColumnTypes) {
					f.Columns[k].Type = f.ColumnTypes[k]
				}
			}
			f.Section = s.ID
			c.fields[f.ID] = f
		}
	}
	kinds := ruleKinds()
	for i := range c.Rules {
		r := &c.Rules[i]
		if r.Kind == "" {
			r.Kind = kindByID[r.ID]
		}
		if r.Field == "" {
			r.Field, r.implied = kinds[r.Kind].field, true
		}
	}
}

// lineIndex knows on which line each value of a JSON file begins, by path
// ("form.sections[0].fields[2].id").
type lineIndex struct {
	raw  []byte
	at   map[string]int64
	last int64
	dups []CallError
}

func (l *lineIndex) read() error {
	dec := json.NewDecoder(bytes.NewReader(l.raw))
	if err := l.value(dec, "", 0); err != nil {
		l.last = dec.InputOffset()
		return err
	}
	if _, err := dec.Token(); err != io.EOF {
		l.last = dec.InputOffset()
		return errors.New("det står mer etter slutten")
	}
	return nil
}

// maxDepth is far more than a call needs, and keeps a hostile file from
// exhausting the stack.
const maxDepth = 40

func (l *lineIndex) value(dec *json.Decoder, path string, depth int) error {
	if depth > maxDepth {
		return errors.New("for mange nivåer inni hverandre")
	}
	start := dec.InputOffset()
	tok, err := dec.Token()
	if err != nil {
		return err
	}
	l.at[path] = l.skip(start)
	d, ok := tok.(json.Delim)
	if !ok {
		return nil
	}
	seen := map[string]bool{}
	for i := 0; dec.More(); i++ {
		child := path + "[" + strconv.Itoa(i) + "]"
		if d == '{' {
			keyStart := dec.InputOffset()
			key, err := dec.Token()
			if err != nil {
				return err
			}
			name := fmt.Sprint(key)
			child = strings.TrimPrefix(path+"."+name, ".")
			if seen[name] {
				l.dups = append(l.dups, CallError{Line: l.lineAt(l.skip(keyStart)), Path: child, Message: fmt.Sprintf("Navnet «%s» står to ganger.", name)})
			}
			seen[name] = true
		}
		if err := l.value(dec, child, depth+1); err != nil {
			return err
		}
	}
	_, err = dec.Token()
	return err
}

// skip moves past the white space and punctuation in front of a value.
func (l *lineIndex) skip(offset int64) int64 {
	for offset < int64(len(l.raw)) && bytes.IndexByte([]byte(" \t\r\n,:"), l.raw[offset]) >= 0 {
		offset++
	}
	return offset
}

func (l *lineIndex) lineAt(offset int64) int {
	offset = min(offset, int64(len(l.raw)))
	return 1 + bytes.Count(l.raw[:offset], []byte("\n"))
}

// line is where a path stands, or its nearest parent that is in the file.
func (l *lineIndex) line(path string) int {
	for {
		if at, ok := l.at[path]; ok {
			return l.lineAt(at)
		}
		i := strings.LastIndexAny(path, ".[")
		if i < 0 {
			return l.lineAt(l.at[""])
		}
		path = path[:i]
	}
}

func (l *lineIndex) syntaxError(err error) CallError {
	var syntax *json.SyntaxError
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrong):
		return CallError{Line: l.lineAt(wrong.Offset), Path: wrong.Field,
			Message: fmt.Sprintf("Her skal det stå %s, men det står %s.", jsonName(wrong.Type.Kind().String()), jsonName(wrong.Value))}
	case errors.As(err, &syntax):
		return CallError{Line: l.lineAt(syntax.Offset), Message: "Filen er ikke gyldig JSON: her står det noe uventet."}
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		return CallError{Line: l.lineAt(int64(len(l.raw))), Message: "Filen er ikke gyldig JSON: den slutter midt i."}
	}
	return CallError{Line: l.lineAt(l.last), Message: "Filen er ikke gyldig JSON."}
}

func jsonName(kind string) string {
	switch {
	case strings.HasPrefix(kind, "int"), strings.HasPrefix(kind, "float"), strings.HasPrefix(kind, "number"):
		return "et helt tall"
	case kind == "string":
		return "en tekst"
	case kind == "bool":
		return "true eller false"
	case kind == "slice", kind == "array":
		return "en liste"
	case kind == "struct", kind == "map", kind == "object":
		return "et objekt"
	}
	return kind
}

type callValidator struct {
	call   *Call
	lines  *lineIndex
	errors []CallError
}

func (v *callValidator) add(path, format string, args ...any) {
	v.errors = append(v.errors, CallError{Line: v.lines.line(path), Path: path, Message: fmt.Sprintf(format, args...)})
}

func (v *callValidator) validate() {
	c := v.call
	v.errors = append(v.errors, v.lines.dups...)
	if c.ID == "" {
		v.add("id", "Utlysningen mangler «id».")
	}
	if c.Title.In("nb") == "" {
		v.add("title", "Utlysningen mangler «title».")
	}
	if len(c.Form.Sections) == 0 {
		v.add("form.sections", "Skjemaet har ingen deler («sections»).")
	}
	v.sections()
	v.rowTypes("funding.eligibleCostTypes", c.Funding.CostTypes)
	v.rowTypes("funding.financingSources", c.Funding.Sources)
	if s := c.Funding.MaxShare; s.Denominator < 0 || s.Numerator < 0 || s.Numerator > s.Denominator {
		v.add("funding.maxGrantShare", "Andelen %d/%d er ikke mellom 0 og 1.", s.Numerator, s.Denominator)
	}
	years := map[int]bool{}
	for i, y := range c.Funding.YearlyCeilings {
		path := fmt.Sprintf("funding.yearlyCeilingPerApplicant[%d]", i)
		if y.Year < 1900 || y.Year > 2200 {
			v.add(path+".year", "%d er ikke et årstall.", y.Year)
		}
		if years[y.Year] {
			v.add(path+".year", "Året %d står to ganger.", y.Year)
		}
		if y.Amount < 0 {
			v.add(path+".amount", "Taket kan ikke være mindre enn null.")
		}
		years[y.Year] = true
	}
	if !slices.IsSorted(c.Years()) {
		v.add("funding", "Årene i budsjettet må stå i rekkefølge.")
	}
	if n := len(c.Years()); n > 12 {
		v.add("funding", "Budsjettet har %d år; programmet tar høyst 12.", n)
	}
	ids := map[string]bool{}
	for i, a := range c.TargetGroup.Alternatives {
		v.id(ids, a.ID, fmt.Sprintf("targetGroup.alternatives[%d]", i), "Alternativet")
	}
	v.rules()
}

func (v *callValidator) sections() {
	c := v.call
	sections, fields := map[string]bool{}, map[string]bool{}
	for i := range c.Form.Sections {
		s := &c.Form.Sections[i]
		path := fmt.Sprintf("form.sections[%d]", i)
		v.id(sections, s.ID, path, "Delen")
		if s.Label.In("nb") == "" {
			v.add(path+".label", "Delen «%s» mangler navn («label»).", s.ID)
		}
		for j := range s.Fields {
			f := &s.Fields[j]
			path := fmt.Sprintf("%s.fields[%d]", path, j)
			v.id(fields, f.ID, path, "Feltet")
			if f.Label.In("nb") == "" {
				v.add(path+".label", "Feltet «%s» mangler navn («label»).", f.ID)
			}
			switch {
			case f.Type == "":
				v.add(path+".type", "Feltet «%s» mangler «type».", f.ID)
			case !slices.Contains(fieldTypes(), f.Type):
				v.add(path+".type", "Feltet «%s» har typen «%s», som programmet ikke kjenner. Kjente typer: %s.", f.ID, f.Type, strings.Join(fieldTypes(), ", "))
			}
			if f.MaxLength < 0 || f.SuggestedMaxLength < 0 {
				v.add(path+".maxLength", "Lengden i feltet «%s» kan ikke være mindre enn null.", f.ID)
			}
			if f.Type == TypeTable && len(f.Columns) == 0 {
				v.add(path+".columns", "Tabellen «%s» har ingen kolonner («columns»).", f.ID)
			}
			for k := range f.Columns {
				if t := f.Columns[k].Type; t != "" && t != TypeText && t != TypeMoney && t != "date" {
					v.add(path+".columnTypes", "Kolonnen «%s» i tabellen «%s» har typen «%s». Kjente typer: text, money, date.", f.Columns[k].ID, f.ID, t)
				}
			}
		}
	}
}

func (v *callValidator) rowTypes(path string, rows []RowType) {
	ids := map[string]bool{}
	for i, r := range rows {
		v.id(ids, r.ID, fmt.Sprintf("%s[%d]", path, i), "Raden")
	}
}

func (v *callValidator) rules() {
	ids := map[string]bool{}
	for i := range v.call.Rules {
		r := &v.call.Rules[i]
		path := fmt.Sprintf("validationRules[%d]", i)
		v.id(ids, r.ID, path, "Regelen")
		if _, known := ruleKinds()[r.Kind]; !known {
			v.add(path+".kind", "Regelen «%s» har typen «%s», som programmet ikke kjenner.", r.ID, r.Kind)
			continue
		}
		if !slices.Contains([]string{"error", "warning", "info"}, r.Severity) {
			v.add(path+".severity", "Regelen «%s» må ha «severity» lik error, warning eller info.", r.ID)
		}
		switch {
		case r.Field == "" || v.call.fields[r.Field] != nil:
		case r.implied:
			v.add(path, "Regelen «%s» nevner ikke noe felt («field»), og skjemaet har ikke feltet «%s» som den ellers gjelder.", r.ID, r.Field)
		default:
			v.add(path+".field", "Regelen «%s» gjelder feltet «%s», som ikke finnes i skjemaet.", r.ID, r.Field)
		}
	}
}

func (v *callValidator) id(seen map[string]bool, id, path, what string) {
	switch {
	case id == "":
		v.add(path, "%s mangler «id».", what)
	case seen[id]:
		v.add(path+".id", "%s har samme «id» som en annen: «%s».", what, id)
	}
	seen[id] = true
}
