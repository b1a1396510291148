package lang

import (
	"encoding/json"
	"io/fs"
	"path"
	"sync"
	"testing"

	"kompetansepilot/assets"
)

// unread is a printer of its own, of which nothing has been read.
func unread(code string) *Printer { return &Printer{code: code, parts: parts(code)} }

func TestEveryKeyIsFound(t *testing.T) {
	for _, code := range Codes {
		files, err := fs.Glob(assets.FS, path.Join("translations", code, "*.json"))
		if err != nil || len(files) == 0 {
			t.Fatal(code, files, err)
		}
		p := unread(code)
		for _, file := range files {
			raw, err := fs.ReadFile(assets.FS, file)
			if err != nil {
				t.Fatal(err)
			}
			var texts map[string]entry
			if err := json.Unmarshal(raw, &texts); err != nil {
				t.Fatal(file, err)
			}
			for key, want := range texts {
				found := p.find(key)
				if found == nil || found.keys[key] != want {
					t.Fatalf("%s of %s is not found as it stands", key, file)
				}
			}
		}
	}
}

func TestKeyThatIsNowhere(t *testing.T) {
	p := unread("nb")
	// The second stands in a text, and the last in front of a key.
	for _, key := range []string{"no.such.key", "Lukk", "", "kit.clos", `kit.close"`, "one"} {
		if p.Has(key) {
			t.Errorf("has %q", key)
		}
		if got := p.T(key); got != key {
			t.Errorf("%q gives %q", key, got)
		}
	}
}

func TestOnlyWhatIsAskedForIsRead(t *testing.T) {
	p := unread("nn")
	if got := p.T("kit.close"); got != "Lukk" {
		t.Fatalf("kit.close is %q", got)
	}
	found := p.find("kit.close")
	if len(found.keys) == 0 || found != p.find("kit.cancel") {
		t.Error("two keys of one file were read apart")
	}
	if found == p.find("document.header") {
		t.Error("the keys of two files were read together")
	}
}

func TestManyAskAtOnce(t *testing.T) {
	p := unread("nb")
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for _, key := range []string{"kit.close", "document.header", "no.such.key", "error.title"} {
				p.Has(key)
			}
			if got := p.N("kit.letter.more", 2); got != "Vis 2 avsnitt til" {
				t.Errorf("two sections are %q", got)
			}
			if got := p.N("kit.letter.more", 1); got != "Vis 1 avsnitt til" {
				t.Errorf("one section is %q", got)
			}
		})
	}
	all.Wait()
}
