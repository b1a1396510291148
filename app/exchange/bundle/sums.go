package bundle

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// sums is SHA256SUMS: what «sha256sum -c» reads, for every file but itself.
func sums(files []File, manifest string) []byte {
	var b strings.Builder
	for _, f := range files {
		fmt.Fprintf(&b, "%s  %s\n", f.SHA256, f.Name)
	}
	fmt.Fprintf(&b, "%s  %s\n", manifest, NameManifest)
	return []byte(b.String())
}

// encode writes JSON for people and programs alike: indented, with a line feed
// at its end.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(v)
	return b.Bytes(), err
}

// isSum tells whether a text is a hash as this program writes it.
func isSum(text string) bool {
	return len(text) == 64 && strings.Trim(text, "0123456789abcdef") == ""
}

// decode reads one JSON value that names nothing unknown or twice, and is
// followed by nothing.
func decode(raw []byte, v any) error {
	if err := namesOnce(json.NewDecoder(bytes.NewReader(raw))); err != nil {
		return err
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if err := dec.Decode(v); err != nil {
		return err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something stands after the value")
	}
	return nil
}

// namesOnce refuses a value in which a name stands twice: readers do not agree
// on which of them counts (RFC 8259, 4). To most of them "Title" is "title" too,
// but not where the names are the ids of fields.
func namesOnce(dec *json.Decoder) error {
	type level struct {
		names map[string]bool // nil in a list
		name  string          // whose value comes next, "" before a name
		exact bool
	}
	open := []level{{}}
	for {
		t, err := dec.Token()
		if err != nil {
			return err
		}
		top := &open[len(open)-1]
		d, _ := t.(json.Delim)
		if name, ok := t.(string); ok && top.names != nil && top.name == "" {
			if !top.exact {
				name = strings.ToLower(name)
			}
			if top.names[name] {
				return fmt.Errorf("%q stands twice", name)
			}
			top.names[name], top.name = true, name+" "
			continue
		}
		switch d {
		case '{':
			open = append(open, level{names: map[string]bool{}, exact: top.name == "answers " || top.name == "own "})
		case '[':
			open = append(open, level{})
		case '}', ']':
			open = open[:len(open)-1]
			open[len(open)-1].name = ""
		default:
			top.name = ""
		}
		if len(open) == 1 {
			return nil
		}
	}
}
