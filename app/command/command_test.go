package command

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// line is a command line on a workspace of its own.
type line struct {
	*testing.T
	workspace string
}

func newLine(t *testing.T) *line {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("KOMPETANSEPILOT_HOME", filepath.Join(dir, "home"))
	t.Setenv("KOMPETANSEPILOT_BACKUPS", filepath.Join(dir, "backups"))
	return &line{t, filepath.Join(dir, "a.kpilot")}
}

// run runs a command and checks its exit code.
func (l *line) run(exit int, in string, args ...string) (out, errOut string) {
	l.Helper()
	var o, e bytes.Buffer
	args = append(args, "--workspace", l.workspace)
	if got := Run(args, strings.NewReader(in), &o, &e, Version{Number: "1.2.3", Build: "test"}); got != exit {
		l.Fatalf("%q ended with %d, want %d\n%s%s", args, got, exit, o.String(), e.String())
	}
	return o.String(), e.String()
}

// ask runs a command with --json and reads its answer into v.
func (l *line) ask(exit int, v any, args ...string) {
	l.Helper()
	out, _ := l.run(exit, "", append(args, "--json")...)
	if err := json.Unmarshal([]byte(out), v); err != nil {
		l.Fatalf("%q: %v\n%s", args, err, out)
	}
}

// names checks that a JSON object has these names: they are a promise.
func (l *line) names(what string, object map[string]any, want ...string) {
	l.Helper()
	for _, name := range want {
		if _, ok := object[name]; !ok {
			l.Errorf("%s has no %q: %v", what, name, object)
		}
	}
}

func (l *line) object(exit int, args ...string) map[string]any {
	l.Helper()
	var v map[string]any
	l.ask(exit, &v, args...)
	return v
}

func (l *line) list(args ...string) []map[string]any {
	l.Helper()
	var v []map[string]any
	l.ask(0, &v, args...)
	return v
}

// demo makes the sample county and gives the id of its full application.
func demo(t *testing.T) (*line, string) {
	t.Helper()
	l := newLine(t)
	l.names("demo", l.object(0, "demo"), "workspace")
	for _, a := range l.list("applications") {
		if strings.HasPrefix(a["title"].(string), "Fra skog") {
			return l, a["id"].(string)
		}
	}
	t.Fatal("the sample has no full application")
	return nil, ""
}

func TestDemoIsNeverWrittenOver(t *testing.T) {
	l, _ := demo(t)
	if _, message := l.run(1, "", "demo"); !strings.Contains(message, "finnes allerede") {
		t.Errorf("got %q", message)
	}
}

func TestWrongUse(t *testing.T) {
	l, id := demo(t)
	for _, args := range [][]string{{"nosuch"}, {}, {"get"}, {"pdf", id}, {"pdf", id, "-o", "x.pdf", "--lang", "se"}, {"submit", id}, {"check", id, "--nosuch"}} {
		if _, message := l.run(2, "", args...); message == "" {
			t.Errorf("%q: nothing is said about the wrong use", args)
		}
	}
	for _, args := range [][]string{{"get", "nobody"}, {"get", id, "nosuch"}, {"set", id, "schedule", "tull"}, {"restore", "nosuch.kpilot"}, {"call", "check", "nosuch.json"}} {
		if _, message := l.run(1, "", args...); message == "" || strings.Contains(message, "Det gikk galt") {
			t.Errorf("%q: no sentence for a person: %q", args, message)
		}
	}
	l.run(0, "", "--help")
}

// TestWrongUseIsToldInNorwegian: the parser of the command line speaks English.
func TestWrongUseIsToldInNorwegian(t *testing.T) {
	l, id := demo(t)
	file := filepath.Join(t.TempDir(), "a.pdf")
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"pdf", id, "-o"}, "--output mangler en verdi"},
		{[]string{"pdf", id, "-o", "-"}, "«-» er ikke navnet på en fil"},
		{[]string{"pdf", id, "-o", ""}, "filen må ha et navn"},
		{[]string{"pdf", id, "-o", file, "--lang", "en"}, `--lang må være en av "nb","nn", ikke "en"`},
		{[]string{"pdf", id, "-o", file, "--version", "-1"}, `--version mangler en verdi før "-1"; skriv --version="-1"`},
		{[]string{"pdf", id, "-o", file, "--json=ja"}, `--json kan ikke være "ja"`},
		{[]string{"pdf", id, "-o", file, "to"}, "uventet ord to"},
		{[]string{"portals", "add", "--workspce", "x"}, `ukjent flagg --workspce; mente du "--workspace"?`},
		{[]string{"insight", "--min", "x"}, "ukjent flagg --min"},
		{[]string{"text"}, "en av disse må stå her"},
		{[]string{"attach", id}, `her mangler "<file>"`},
	} {
		if _, message := l.run(2, "", c.args...); !strings.HasPrefix(message, "kompetansepilot: "+c.want) {
			t.Errorf("%q: %q", c.args, message)
		}
	}
	for _, said := range []string{"invalid foo", "--x: expected an int but got \"a\" (string)", "--x: expected a valid 64 bit int but got \"a\"", "--x: expected a float but got \"a\" (string)",
		"--x: missing value, expecting \"<arg>,...\"", "--a and --b can't be used together", "unexpected flag argument \"x\""} {
		if got := norwegian(said); regexp.MustCompile(`\b(the|expected|missing|value|but|got|invalid|used|unexpected)\b`).MatchString(got) {
			t.Errorf("%q is told as %q", said, got)
		}
	}
}

func TestApplicationsAndCalls(t *testing.T) {
	l, _ := demo(t)
	for _, a := range l.list("applications") {
		l.names("an application", a, "id", "title", "county", "call", "status")
		if len(a) != 5 {
			t.Errorf("more than was promised: %v", a)
		}
	}
	calls := l.list("call", "list")
	if len(calls) == 0 {
		t.Fatal("no calls")
	}
	l.names("a call", calls[0], "id", "title", "deadline")
	file := filepath.Join(t.TempDir(), "call.json")
	if err := os.WriteFile(file, []byte("{\n\"id\": 1}"), 0o600); err != nil {
		t.Fatal(err)
	}
	answer := l.object(1, "call", "check", file)
	l.names("call check", answer, "ok", "errors")
	if answer["ok"] != false || len(answer["errors"].([]any)) == 0 {
		t.Errorf("a broken call file is fine: %v", answer)
	}
	l.object(1, "call", "add", file)
}

func TestSetAndGet(t *testing.T) {
	l, id := demo(t)
	text := "Linje én\n\n«Linje to» – áŋŧ 😀\n"
	l.run(0, text, "set", id, "background", "-")
	if got := l.object(0, "get", id, "background")["background"]; got != text {
		t.Errorf("got %q, want %q", got, text)
	}
	// The beginning, where two of one millisecond differ.
	l.run(0, "", "set", id[:30], "background", "kort")
	if out, _ := l.run(0, "", "get", id, "background"); out != "kort\n" {
		t.Errorf("got %q", out)
	}
	whole := l.object(0, "get", id)
	l.names("get", whole, "title", "background", "costPlan", "municipalities")
	for _, field := range []string{"costPlan", "financingPlan", "activities", "milestones", "mainGoals", "partners", "schedule", "municipalities", "amountRequested"} {
		before := whole[field].(string)
		l.run(0, before, "set", id, field, "-")
		if got := l.object(0, "get", id, field)[field]; got != before {
			t.Errorf("%s does not come back as it was given:\n%q\n%q", field, before, got)
		}
	}
}

func TestCheckAndBudget(t *testing.T) {
	l, id := demo(t)
	report := l.object(1, "check", id) // the sample asks for 2 600 kroner too much
	l.names("check", report, "can_submit", "findings")
	finding := report["findings"].([]any)[0].(map[string]any)
	l.names("a finding", finding, "severity", "rule", "field", "message", "remedy", "reference")
	if report["can_submit"] != false || finding["severity"] != "stop" {
		t.Errorf("the first finding is %v", finding)
	}
	if out, _ := l.run(1, "", "check", id); !strings.Contains(out, "STOPPER") {
		t.Errorf("got %q", out)
	}
	b := l.object(0, "budget", id)
	l.names("budget", b, "years", "cost", "financing", "total_cost", "total_financing", "balance", "grant", "max_grant", "over_share_by", "over_ceiling")
	if b["grant"] != 4400000.0 || b["total_cost"] != 6282000.0 || b["over_share_by"] != 2600.0 {
		t.Errorf("the budget is %v", b)
	}
	l.names("a cost", b["cost"].([]any)[0].(map[string]any), "type", "year", "amount")
	l.names("a financing", b["financing"].([]any)[0].(map[string]any), "source", "year", "amount", "confirmed")
	l.run(0, "", "budget", id)
}

func TestPDF(t *testing.T) {
	l, id := demo(t)
	dir := t.TempDir()
	made := func(name string, args ...string) []byte {
		t.Helper()
		path := filepath.Join(dir, name)
		answer := l.object(0, append([]string{"pdf", id, "-o", path}, args...)...)
		l.names("pdf", answer, "file", "bytes")
		content, err := os.ReadFile(path)
		if err != nil || answer["file"] != path || answer["bytes"] != float64(len(content)) {
			t.Fatal(err, answer, len(content))
		}
		return content
	}
	one := made("a.pdf")
	if !bytes.HasPrefix(one, []byte("%PDF-1.7")) {
		t.Errorf("not a PDF: %q", one[:20])
	}
	if !bytes.Equal(one, made("b.pdf")) || !bytes.Equal(one, made("c.pdf", "--lang", "nb")) {
		t.Error("the same application gave different bytes")
	}
	if bytes.Equal(one, made("d.pdf", "--lang", "nn")) {
		t.Error("nynorsk gave the same bytes as bokmål")
	}
	l.run(0, "Et smil 😀", "set", id, "background", "-")
	if _, message := l.run(0, "", "pdf", id, "-o", filepath.Join(dir, "e.pdf")); !strings.Contains(message, "[U+1F600]") {
		t.Errorf("nobody is told about the smile: %q", message)
	}
	if _, message := l.run(1, "", "pdf", id, "-o", filepath.Join(dir, "a.pdf", "x.pdf")); !strings.Contains(message, "ingenting er skrevet") {
		t.Errorf("got %q", message)
	}
}

func TestSubmitAndVersions(t *testing.T) {
	l, id := demo(t)
	report := l.object(1, "submit", id, "--date", "2020-09-28", "--case", "20/1")
	l.names("a refused submission", report, "can_submit", "findings")
	if got := l.list("versions", id); len(got) != 0 {
		t.Fatalf("a refused submission left %d versions", len(got))
	}
	mend(l, id)
	l.run(1, "", "submit", id, "--date", "28.9.2020", "--case", "20/1")
	version := l.object(0, "submit", id, "--date", "2020-09-28", "--case", "20/1")
	versions := l.list("versions", id)
	for _, v := range append(versions, version) {
		l.names("a version", v, "id", "application", "name", "created", "actor", "frozen", "submitted", "caseNumber", "sha256")
	}
	if len(versions) != 1 || versions[0]["frozen"] != true || versions[0]["submitted"] != "2020-09-28" || versions[0]["caseNumber"] != "20/1" {
		t.Errorf("the versions are %v", versions)
	}
}

// mend makes the sample fit to be handed in: what stops it is the share alone.
func mend(l *line, id string) {
	l.Helper()
	plan := l.object(0, "get", id, "financingPlan")["financingPlan"].(string)
	plan = strings.Replace(plan, "2022=1500000", "2022=1497400", 1)
	plan = strings.Replace(plan, "2022=600000", "2022=602600", 1)
	l.run(0, plan, "set", id, "financingPlan", "-")
	l.run(0, "", "set", id, "amountRequested", "4397400")
	l.object(0, "check", id)
}

func TestHistoryUndoRedo(t *testing.T) {
	l, id := demo(t)
	before := l.object(0, "get", id, "background")["background"]
	l.run(0, "", "set", id, "background", "ny tekst")
	entries := l.list("history", id, "background")
	if len(entries) == 0 {
		t.Fatal("no history")
	}
	l.names("an entry", entries[0], "time", "actor", "field", "old", "new", "transaction")
	if entries[0]["new"] != "ny tekst" || entries[0]["old"] != before {
		t.Errorf("the newest entry is %v", entries[0])
	}
	l.names("undo", l.object(0, "undo"), "step")
	if got := l.object(0, "get", id, "background")["background"]; got != before {
		t.Errorf("after undo: %q", got)
	}
	l.object(0, "redo")
	if got := l.object(0, "get", id, "background")["background"]; got != "ny tekst" {
		t.Errorf("after redo: %q", got)
	}
	if _, message := l.run(1, "", "redo"); message == "" {
		t.Error("a redo with nothing to redo says nothing")
	}
}

func TestBackupRestoreVerify(t *testing.T) {
	l, id := demo(t)
	before := l.object(0, "get", id)
	file := filepath.Join(t.TempDir(), "kopi.kpilot")
	if answer := l.object(0, "backup", file); answer["file"] != file {
		t.Errorf("got %v", answer)
	}
	l.run(1, "", "backup", file) // never over another file
	l.names("backup", l.object(0, "backup"), "file")
	l.run(0, "", "set", id, "background", "etter kopien")
	l.names("restore", l.object(0, "restore", file), "workspace", "restored")
	after := l.object(0, "get", id)
	for field, text := range before {
		if after[field] != text {
			t.Errorf("%s came back as %q", field, after[field])
		}
	}
	answer := l.object(0, "verify")
	l.names("verify", answer, "ok", "changes")
	if answer["ok"] != true {
		t.Errorf("got %v", answer)
	}
}

func TestVersion(t *testing.T) {
	l := newLine(t)
	if answer := l.object(0, "version"); answer["version"] != "1.2.3" || answer["build"] != "test" {
		t.Errorf("got %v", answer)
	}
}

// TestCommandsOfTheReadme: every command that README.md lists is one, and it
// lists all.
func TestCommandsOfTheReadme(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	l := newLine(t)
	help, _ := l.run(0, "", "--help")
	one, _ := l.run(0, "", "pdf", "--help")
	for _, english := range []string{"Usage", "Flags", "Commands", "Arguments", "command", "Show", "Run", "more"} {
		if strings.Contains(help+one, english) {
			t.Errorf("%q is left in the help:\n%s\n%s", english, help, one)
		}
	}
	for _, name := range []string{"demo", "applications", "call list", "call add", "call check", "get", "set", "check", "budget", "attach", "pdf", "text export", "text import", "portal", "portals list", "receipt", "bundle", "register load", "register find", "register update", "partners list", "providers list", "offerings list", "offerings import", "import", "export", "duplicates", "search", "needs list", "needs import", "match", "pools", "person export", "person erase", "submit", "versions", "history", "undo", "redo", "backup", "restore", "verify", "version"} {
		if !strings.Contains(string(readme), "`"+name) {
			t.Errorf("README.md does not list %q", name)
		}
		if !slices.ContainsFunc(strings.Split(help, "\n"), func(s string) bool { return strings.HasPrefix(strings.TrimSpace(s), name) }) {
			t.Errorf("--help does not list %q:\n%s", name, help)
		}
	}
}
