package system

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"kompetansepilot/data"
)

func TestProgramsAreNotOpened(t *testing.T) {
	for _, path := range []string{"/tmp/a.exe", "/tmp/A.BAT", "/tmp/a.exe.", "/tmp/a.desktop", `C:\a.lnk`} {
		if err := Open(path); data.Code(err) != CodeProgram {
			t.Errorf("Open(%q) = %v", path, err)
		}
		if err := Print(path); data.Code(err) != CodeProgram {
			t.Errorf("Print(%q) = %v", path, err)
		}
	}
}

func TestSafeName(t *testing.T) {
	for text, want := range map[string]string{
		"Søknad – fra skog til hus.pdf":   "Søknad – fra skog til hus.pdf",
		`a/b\c:d*e?.pdf`:                  "a-b-c-d-e-.pdf",
		"con.pdf":                         "_con.pdf",
		"aux.tar.gz":                      "_aux.tar.gz",
		"nul .txt":                        "_nul .txt",
		"LPT¹":                            "_LPT¹",
		"COMB.pdf":                        "COMB.pdf",
		"CONIN$":                          "_CONIN$",
		"fra\u202egpj.exe":                "fragpj.exe",
		"a\x00b\x7f\u0085\xffc.pdf":       "a-b---c.pdf",
		"vedlegg.pdf. . ":                 "vedlegg.pdf",
		strings.Repeat("😀", 100) + ".pdf": strings.Repeat("😀", 59) + ".pdf",
		strings.Repeat("å", 300) + ".pdf": strings.Repeat("å", 116) + ".pdf",
		"..":                              "fil",
		"Fra skog til hus: pilot.pdf":     "Fra skog til hus - pilot.pdf",
	} {
		if got := SafeName(text); got != want {
			t.Errorf("SafeName(%q) = %q, want %q", text, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		name := SafeName(rapid.String().Draw(t, "text"))
		if name == "" || utf8.RuneCountInString(name) > 121 || len(name) > 241 || isDevice(name) || SafeName(name) != name || strings.ContainsAny(name, `<>:"/\|?*`) || strings.HasSuffix(name, ".") {
			t.Fatalf("unsafe: %q", name)
		}
	})
}
