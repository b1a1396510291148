package data

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/mattn/go-sqlite3"
)

// Diagnostics is a text about the workspace for who helps the user: versions,
// sizes, counts, settings of SQLite, and the names of the last 20 steps. It
// holds no texts, names or titles that a person wrote, and no secrets; the home
// folder is written "~". What can't be read is said in its place.
func (w *Workspace) Diagnostics() string {
	var b strings.Builder
	line := func(name string, value any) { fmt.Fprintf(&b, "%-24s %v\n", name, value) }
	section := func(name string) { fmt.Fprintf(&b, "\n%s\n", name) }

	line("time", time.Now().UTC().Format(time.RFC3339))
	line("system", runtime.GOOS+"/"+runtime.GOARCH)
	line("go", runtime.Version())
	if info, ok := debug.ReadBuildInfo(); ok {
		line("program", info.Main.Version)
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" || s.Key == "vcs.modified" {
				line(s.Key, s.Value)
			}
		}
	}
	version, _, _ := sqlite3.Version()
	line("sqlite", version)
	line("newest form", latestMigration())

	section("file")
	line("path", withoutHome(w.path))
	for _, end := range []string{"", "-wal", "-shm"} {
		if info, err := os.Stat(w.path + end); err == nil {
			line("bytes"+end, info.Size())
		} else {
			line("bytes"+end, "none")
		}
	}
	why := "no"
	if w.readOnly != nil {
		why = w.readOnly.Code
	}
	line("read-only", why)
	line("in place", w.present() == nil)
	for _, pragma := range []string{"journal_mode", "synchronous", "foreign_keys", "page_size", "page_count", "freelist_count", "busy_timeout", "encoding", "user_version"} {
		var value string
		if err := w.ro.QueryRow("PRAGMA " + pragma).Scan(&value); err != nil {
			value = diagnosticError(err)
		}
		line(pragma, value)
	}

	section("records (in the trash)")
	count := func(name, query string) {
		var all, trash int
		if err := w.ro.QueryRow(query).Scan(&all, &trash); err != nil {
			line(name, diagnosticError(err))
			return
		}
		line(name, fmt.Sprintf("%d (%d)", all, trash))
	}
	for _, r := range w.kinds() {
		count(r.Kind(), "SELECT count(*), count(*) FILTER (WHERE deleted <> '') FROM "+r.Kind())
	}
	for _, table := range []string{"value", "blob", "tx", "change", "search_doc"} {
		count(table, "SELECT count(*), 0 FROM "+table)
	}

	section("last steps")
	steps, err := w.RecentSteps(20)
	if err != nil {
		line("unreadable", diagnosticError(err))
	}
	for _, s := range steps {
		line(s.Time.UTC().Format(time.RFC3339), fmt.Sprintf("%-5s %-7s %4d %s", s.Kind, s.State, s.Changes, withoutQuotes(s.Label)))
	}
	return b.String()
}

// diagnosticError gives the kind of an error, not its text, which may quote the
// file.
func diagnosticError(err error) string {
	if code := Code(err); code != "" {
		return "error: " + code
	}
	return fmt.Sprintf("error: %T", err)
}

// quoted is what a label took from what a person wrote: titles stand in quotes.
var quoted = regexp.MustCompile(`(?s)«.*»|".*"|“.*”|'.*'`)

func withoutQuotes(label string) string {
	label = quoted.ReplaceAllString(label, "«…»")
	// A quote that never ends hides all after it.
	if strings.ContainsAny(strings.ReplaceAll(label, "«…»", ""), `«»“”"`) {
		return "…"
	}
	return label
}

func withoutHome(path string) string {
	home, err := os.UserHomeDir()
	if err != nil || home == "" {
		return filepath.Base(path)
	}
	if inside(path, home) {
		rel, _ := filepath.Rel(home, path)
		return filepath.Join("~", rel)
	}
	return path
}
