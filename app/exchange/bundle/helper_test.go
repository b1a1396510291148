package bundle_test

import (
	"archive/zip"
	"bytes"
	"io"
	"path/filepath"
	"testing"

	"kompetansepilot/app"
	"kompetansepilot/app/document"
	"kompetansepilot/app/exchange/bundle"
	"kompetansepilot/data"
)

// thePDF stands for what the program writes.
const thePDF = "%PDF-1.7\nen søknad\n%%EOF\n"

func program(t testing.TB) *app.Program {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("KOMPETANSEPILOT_HOME", filepath.Join(dir, "home"))
	p, err := app.Open(filepath.Join(dir, "a"+data.Extension), app.LoadState(), app.Options{Create: true, AnyPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Close() })
	if err := app.MakeSample(p); err != nil {
		t.Fatal(err)
	}
	return p
}

func maker(p *app.Program) *bundle.Maker {
	return &bundle.Maker{Workspace: p.Workspace, Grants: p.Grants, Program: bundle.Program{Name: app.Name, Version: "1.2.3", Build: "abc"},
		PDF: func(string, string, string) ([]byte, []document.Replacement, error) { return []byte(thePDF), nil, nil }}
}

// application is the sample's application with the most in it.
func application(t testing.TB, p *app.Program) string {
	t.Helper()
	kept, err := data.LiveDrafts(p.Workspace)
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range kept {
		if len(k.Attachments) > 0 {
			return k.Application.ID
		}
	}
	t.Fatal("no application with attachments")
	return ""
}

func made(t testing.TB, m *bundle.Maker, id, version string) []byte {
	t.Helper()
	b, err := m.Make(id, version, "")
	if err != nil {
		t.Fatal(err)
	}
	var w bytes.Buffer
	if err := b.WriteZip(&w); err != nil {
		t.Fatal(err)
	}
	return w.Bytes()
}

func sample(t testing.TB) []byte {
	p := program(t)
	return made(t, maker(p), application(t, p), "")
}

// packed is a file in a ZIP.
type packed struct {
	name    string
	content []byte
	method  uint16
}

func unpack(t testing.TB, raw []byte) []packed {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	var all []packed
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, packed{name: f.Name, content: content})
	}
	return all
}

func pack(t testing.TB, files []packed) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		w, err := z.CreateHeader(&zip.FileHeader{Name: f.name, Method: f.method})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(f.content); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func verify(raw []byte) bundle.Report {
	return bundle.Verify(bytes.NewReader(raw), int64(len(raw)))
}

func codes(r bundle.Report) []string {
	var all []string
	for _, f := range r.Faults {
		all = append(all, f.Code)
	}
	return all
}
