package app_test

import (
	"path/filepath"
	"testing"

	"kompetansepilot/app"
	"kompetansepilot/data"
)

// The whole sample has something to show on every page of the register.
func TestWholeSample(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("KOMPETANSEPILOT_HOME", filepath.Join(dir, "home"))
	p, err := app.Open(filepath.Join(dir, "a"+data.Extension), app.LoadState(), app.Options{Create: true, AnyPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	if err := app.MakeWholeSample(p); err != nil {
		t.Fatal(err)
	}
	some(t, p, live[data.Person], "email LIKE '%example.no' AND obtained < date('now')", 25)
	some(t, p, live[data.Interaction], "kind != '' AND date < date('now') AND id IN (SELECT interaction FROM interaction_with WHERE organisation != '')", 25)
	some(t, p, live[data.Task], "done = '' AND due < date('now', '-1 day')", 2)
	some(t, p, live[data.Agreement], "application != '' AND kind != ''", 4)
	some(t, p, live[data.Signature], "done = '' AND party != ''", 2)
	some(t, p, live[data.Aid], "amount > 0 AND basis = 'deMinimis' AND date != ''", 6)
	some(t, p, live[data.Offering], "organisation != '' AND level != '' AND form != '' AND months != ''", 13)
	some(t, p, live[data.Enquiry], "status = 'sent' AND date != '' AND done = ''", 1)
	some(t, p, live[data.Need], "organisation != '' AND people > 0 AND interview != ''", 30)
}

func live[T any, P interface {
	*T
	data.Record
}](r data.Reader, where string) (int, error) {
	all, err := data.Live[T, P](r, where, "id")
	return len(all), err
}

func some(t *testing.T, p *app.Program, count func(data.Reader, string) (int, error), where string, least int) {
	t.Helper()
	if n, err := count(p.Workspace, where); err != nil || n < least {
		t.Errorf("%d with %s, want %d: %v", n, where, least, err)
	}
}
