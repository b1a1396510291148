package bundle_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"testing"

	"kompetansepilot/app/exchange/bundle"
)

// schema knows as much of JSON Schema as ours uses.
type schema struct {
	root map[string]any
	bad  []string
}

func (s *schema) check(at string, rule map[string]any, v any) {
	if ref, ok := rule["$ref"].(string); ok {
		s.check(at, s.root["$defs"].(map[string]any)[ref[len("#/$defs/"):]].(map[string]any), v)
		return
	}
	if choices, ok := rule["anyOf"].([]any); ok {
		var bad []string
		for _, r := range choices {
			try := schema{root: s.root}
			try.check(at, r.(map[string]any), v)
			if len(try.bad) == 0 {
				return
			}
			bad = append(bad, try.bad...)
		}
		s.bad = append(s.bad, bad...)
		return
	}
	fail := func(format string, args ...any) { s.bad = append(s.bad, at+": "+fmt.Sprintf(format, args...)) }
	if c, ok := rule["const"]; ok && c != v {
		fail("%v is not %v", v, c)
	}
	if enum, ok := rule["enum"].([]any); ok && !slices.Contains(enum, v) {
		fail("%v is not in %v", v, enum)
	}
	if t, ok := rule["type"]; ok && !fits(t, v) {
		fail("%v is no %v", v, t)
		return
	}
	switch v := v.(type) {
	case string:
		if p, ok := rule["pattern"].(string); ok && !regexp.MustCompile(p).MatchString(v) {
			fail("%q does not fit %s", v, p)
		}
	case []any:
		for i, item := range v {
			s.check(fmt.Sprintf("%s[%d]", at, i), rule["items"].(map[string]any), item)
		}
	case map[string]any:
		required, _ := rule["required"].([]any)
		for _, name := range required {
			if _, ok := v[name.(string)]; !ok {
				fail("lacks %v", name)
			}
		}
		properties, _ := rule["properties"].(map[string]any)
		for name, item := range v {
			if p, ok := properties[name].(map[string]any); ok {
				s.check(at+"."+name, p, item)
			} else if p, ok := rule["additionalProperties"].(map[string]any); ok {
				s.check(at+"."+name, p, item)
			} else {
				fail("does not know %q", name)
			}
		}
	}
}

func fits(t, v any) bool {
	if list, ok := t.([]any); ok {
		return slices.ContainsFunc(list, func(t any) bool { return fits(t, v) })
	}
	switch v := v.(type) {
	case nil:
		return t == "null"
	case string:
		return t == "string"
	case bool:
		return t == "boolean"
	case float64:
		return t == "integer" && v == float64(int64(v))
	case []any:
		return t == "array"
	}
	return t == "object"
}

// The schema that goes with the bundle describes its JSON: of every sample
// application, and of an empty one.
func TestTheSchemaFits(t *testing.T) {
	p := program(t)
	if _, err := p.Grants.Create("Ny", "kompetansepiloter-2020", "34", "nn", ""); err != nil {
		t.Fatal(err)
	}
	version := must(p.Grants.SaveVersion("Navnga", application(t, p), "Til styret"))
	raws := [][]byte{made(t, maker(p), application(t, p), version)}
	for _, a := range must(p.Grants.Applications()) {
		raws = append(raws, made(t, maker(p), a.ID, ""))
	}
	for _, raw := range raws {
		var s schema
		var doc any
		for _, f := range unpack(t, raw) {
			switch f.name {
			case bundle.NameSchema:
				if err := json.Unmarshal(f.content, &s.root); err != nil {
					t.Fatal(err)
				}
			case bundle.NameApplication:
				if err := json.Unmarshal(f.content, &doc); err != nil {
					t.Fatal(err)
				}
			}
		}
		s.check("", s.root, doc)
		for _, bad := range s.bad {
			t.Error(bad)
		}
		doc.(map[string]any)["budget"].(map[string]any)["grant"].(map[string]any)["amount"] = "1"
		if s.check("", s.root, doc); len(s.bad) == 0 {
			t.Error("the schema takes anything")
		}
	}
}
