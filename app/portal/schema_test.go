package portal_test

import (
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"

	"kompetansepilot/app/portal"
)

// schema is a part of a JSON schema.
type schema struct {
	Ref        string            `json:"$ref"`
	Required   []string          `json:"required"`
	Properties map[string]schema `json:"properties"`
	Items      *schema           `json:"items"`
}

func readSchema(t *testing.T) schema {
	t.Helper()
	raw, err := os.ReadFile("../../assets/schema/portal.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var s schema
	if err := json.Unmarshal(raw, &s); err != nil {
		t.Fatal(err)
	}
	return s
}

// TestSchemaNamesWhatIsShipped: the schema knows every name in the shipped file.
func TestSchemaNamesWhatIsShipped(t *testing.T) {
	var file any
	if err := json.Unmarshal(rf1350(t), &file); err != nil {
		t.Fatal(err)
	}
	var walk func(s schema, v any, path string)
	walk = func(s schema, v any, path string) {
		switch v := v.(type) {
		case map[string]any:
			for _, name := range s.Required {
				if _, ok := v[name]; !ok {
					t.Errorf("%s lacks %s", path, name)
				}
			}
			for name, child := range v {
				if s.Properties == nil {
					continue // free names, or a definition elsewhere
				}
				known, ok := s.Properties[name]
				if !ok {
					t.Errorf("the schema does not know %s.%s", path, name)
				}
				walk(known, child, path+"."+name)
			}
		case []any:
			for _, child := range v {
				if s.Items != nil {
					walk(*s.Items, child, path+"[]")
				}
			}
		}
	}
	walk(readSchema(t), file, "")
}

// TestSchemaNamesWhatIsRead: the schema knows every name that the program reads.
func TestSchemaNamesWhatIsRead(t *testing.T) {
	var walk func(s schema, of reflect.Type, path string)
	walk = func(s schema, of reflect.Type, path string) {
		for of.Kind() == reflect.Pointer || of.Kind() == reflect.Slice {
			if of.Kind() == reflect.Slice && s.Items != nil {
				s = *s.Items
			}
			of = of.Elem()
		}
		if of.Kind() != reflect.Struct || s.Ref != "" {
			return
		}
		for i := range of.NumField() {
			name, _, _ := strings.Cut(of.Field(i).Tag.Get("json"), ",")
			known, ok := s.Properties[name]
			if !ok {
				t.Errorf("the schema does not know %s.%s", path, name)
			}
			walk(known, of.Field(i).Type, path+"."+name)
		}
	}
	walk(readSchema(t), reflect.TypeFor[portal.Portal](), "")
}

// TestEverySourceIsNamed: a tag without an address can't be checked by anybody.
func TestEverySourceIsNamed(t *testing.T) {
	p := shipped(t)
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for name, child := range v {
				if tag, ok := child.(string); ok && (name == "source" || strings.HasSuffix(name, "Source")) {
					if tag != "inferred" && tag != "not-found" && p.Sources[tag] == "" {
						t.Errorf("the source %q has no address", tag)
					}
				}
				walk(child)
			}
		case []any:
			for _, child := range v {
				walk(child)
			}
		}
	}
	var file any
	if err := json.Unmarshal(rf1350(t), &file); err != nil {
		t.Fatal(err)
	}
	walk(file)
}
