package command

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kompetansepilot/app"
	"kompetansepilot/app/document"
	"kompetansepilot/app/exchange/bundle"
	"kompetansepilot/data"
)

// tryArgs runs a command as from a terminal.
func tryArgs(t *testing.T, args ...string) (exit int, out, errOut string) {
	t.Helper()
	var o, e bytes.Buffer
	exit = Run(args, strings.NewReader(""), &o, &e, Version{Number: "1.2.3", Build: "abc"})
	return exit, o.String(), e.String()
}

// sampleBundle is a bundle whose PDF is a stand-in, and its workspace.
func sampleBundle(t *testing.T) (zip, workspace string) {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("KOMPETANSEPILOT_HOME", filepath.Join(dir, "home"))
	workspace = filepath.Join(dir, "a"+data.Extension)
	p, err := app.Open(workspace, app.LoadState(), app.Options{Create: true, AnyPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	if err := app.MakeSample(p); err != nil {
		t.Fatal(err)
	}
	apps, err := p.Grants.Applications()
	if err != nil {
		t.Fatal(err)
	}
	m := bundle.Maker{Workspace: p.Workspace, Grants: p.Grants, PDF: func(string, string, string) ([]byte, []document.Replacement, error) {
		return []byte("%PDF-1.7\n%%EOF\n"), nil, nil
	}}
	b, err := m.Make(apps[0].ID, "", "")
	if err != nil {
		t.Fatal(err)
	}
	zip = filepath.Join(dir, "p.zip")
	if _, err := p.WriteMade("Laget", data.MadeDocument{Application: apps[0].ID, MadeOf: data.MadeBundle}, zip, b.WriteZip); err != nil {
		t.Fatal(err)
	}
	return zip, workspace
}

func TestVerifyOfABundleNeedsNoWorkspace(t *testing.T) {
	zip, _ := sampleBundle(t)
	t.Setenv("KOMPETANSEPILOT_HOME", t.TempDir())
	if exit, out, errOut := tryArgs(t, "verify", zip); exit != 0 || !strings.Contains(out, "Pakken er hel og uendret") {
		t.Errorf("exit %d: %s%s", exit, out, errOut)
	}
	raw, err := os.ReadFile(zip)
	if err != nil {
		t.Fatal(err)
	}
	raw = bytes.Replace(raw, []byte("%PDF-1.7"), []byte("%PDF-1.6"), 1)
	if err := os.WriteFile(zip, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	exit, out, _ := tryArgs(t, "verify", "--json", zip)
	var got struct {
		OK       bool
		Problems []string
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	if exit != 1 || got.OK || len(got.Problems) != 1 || !strings.Contains(got.Problems[0], "søknad.pdf") {
		t.Errorf("exit %d: %+v", exit, got)
	}
	if exit, _, errOut := tryArgs(t, "verify", zip+"x"); exit != 1 || !strings.Contains(errOut, "kan ikke leses") {
		t.Errorf("a file that is not there: exit %d: %s", exit, errOut)
	}
}

func TestVerifyOfAWorkspaceIsWhatItWas(t *testing.T) {
	_, workspace := sampleBundle(t)
	for _, args := range [][]string{{"verify", workspace}, {"verify", "--workspace", workspace}} {
		exit, out, errOut := tryArgs(t, args...)
		if exit != 0 || !strings.Contains(out, "Alt er i orden.") {
			t.Errorf("%v: exit %d: %s%s", args, exit, out, errOut)
		}
	}
}
