package parse

import (
	"net/url"
	"sort"
	"strconv"
	"strings"
)

// params takes a value such as "text/plain; charset=utf-8" apart. It reads what
// senders write: names without quotes, RFC 2231 in any charset, encoded words
// where none belong. Of a name that comes twice the first counts.
func params(value string) (kind string, all map[string]string) {
	all = map[string]string{}
	parts := cut(value)
	kind = strings.ToLower(strings.TrimSpace(parts[0]))
	type piece struct {
		n       int
		text    string
		encoded bool
	}
	pieces := map[string][]piece{}
	for _, part := range parts[1:] {
		name, text, ok := strings.Cut(part, "=")
		name = strings.ToLower(strings.TrimSpace(name))
		if !ok || name == "" || len(pieces)+len(all) > 200 {
			continue
		}
		text = unquote(strings.TrimSpace(text))
		base, rest, star := strings.Cut(name, "*")
		if !star {
			if _, known := all[name]; !known {
				all[name] = text
			}
			continue
		}
		p := piece{text: text, encoded: rest == "" || strings.HasSuffix(rest, "*")}
		p.n, _ = strconv.Atoi(strings.TrimSuffix(rest, "*"))
		if len(pieces[base]) < 100 {
			pieces[base] = append(pieces[base], p)
		}
	}
	for name, list := range pieces {
		sort.SliceStable(list, func(i, j int) bool { return list[i].n < list[j].n })
		charset, raw := "", ""
		for i, p := range list {
			text := p.text
			if i == 0 && p.encoded {
				if first, rest, ok := strings.Cut(text, "'"); ok {
					if _, after, ok := strings.Cut(rest, "'"); ok {
						charset, text = first, after
					}
				}
			}
			if p.encoded {
				text = unescape(text)
			}
			raw += text
		}
		all[name] = readable([]byte(raw), charset)
	}
	for name, text := range all {
		if strings.Contains(text, "=?") {
			text = words(text)
		}
		all[name] = readable([]byte(text), "")
	}
	return kind, all
}

// cut divides at semicolons that are not quoted.
func cut(value string) []string {
	var all []string
	quoted, from := false, 0
	for i := 0; i < len(value); i++ {
		switch {
		case value[i] == '\\' && quoted:
			i++
		case value[i] == '"':
			quoted = !quoted
		case value[i] == ';' && !quoted:
			all, from = append(all, value[from:i]), i+1
		}
	}
	return append(all, value[from:])
}

func unquote(s string) string {
	if len(s) < 2 || s[0] != '"' {
		return s
	}
	s = strings.TrimSuffix(s[1:], `"`)
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && (s[i+1] == '"' || s[i+1] == '\\') {
			i++
		}
		out.WriteByte(s[i])
	}
	return out.String()
}

func unescape(s string) string {
	if out, err := url.PathUnescape(s); err == nil {
		return out
	}
	return s
}
