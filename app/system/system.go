// Package system hands files to the programs of the person's own machine: to
// look at them and to print them, and addresses to its browser.
package system

import (
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"kompetansepilot/data"
)

// Codes of the errors of this package.
const (
	CodeNoViewer  = "noViewer"
	CodeNoPrinter = "noPrinter"
	CodeProgram   = "programFile"
	CodeNotWeb    = "notWeb"
	CodeNoBrowser = "noBrowser"
)

// Open shows a file in the program that the machine uses for its kind. A file
// that would itself be run is refused: it may come from anybody.
func Open(path string) error {
	if runnable(path) {
		return data.NewError(CodeProgram, "«{{.Name}}» er et program, ikke et dokument, og åpnes ikke herfra. Spør IT-avdelingen om du må kjøre det.", nil, "Name", filepath.Base(path))
	}
	if err := open(path); err != nil {
		return data.NewError(CodeNoViewer, "Maskinen fant ikke et program som kan vise filen. Den ligger på {{.Path}}; åpne den derfra.", err, "Path", path)
	}
	return nil
}

// Browse shows an https address in the machine's browser.
func Browse(address string) error {
	if u, err := url.Parse(address); err != nil || u.Scheme != "https" || u.Host == "" {
		return data.NewError(CodeNotWeb, "Adressen er ikke en sikker nettadresse, så den åpnes ikke.", err)
	}
	if err := open(address); err != nil {
		return data.NewError(CodeNoBrowser, "Maskinen fant ingen nettleser. Kopier adressen, og åpne den selv.", err)
	}
	return nil
}

// Print sends a document to the machine's printer, or opens the system's own
// way to print it.
func Print(path string) error {
	if runnable(path) {
		return Open(path)
	}
	if err := printFile(path); err != nil {
		return data.NewError(CodeNoPrinter, "Maskinen fant ingen skriver. Filen ligger på {{.Path}}; åpne den og skriv ut derfra.", err, "Path", path)
	}
	return nil
}

// runnable tells whether opening a file would run it.
func runnable(path string) bool {
	endings := []string{".exe", ".com", ".bat", ".cmd", ".scr", ".pif", ".msi", ".msp", ".ps1", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".wsh",
		".hta", ".cpl", ".jar", ".lnk", ".url", ".reg", ".desktop", ".sh", ".command", ".app", ".appimage", ".scf", ".msc"}
	return slices.Contains(endings, strings.ToLower(filepath.Ext(strings.TrimRight(path, ". "))))
}

// start runs a program and gives its error if it ends with one soon. Some of
// them stay until their window is closed; those are not waited for.
func start(name string, args ...string) error {
	cmd := exec.Command(name, args...)
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("start %s: %w", name, err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case err := <-ended:
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	case <-time.After(4 * time.Second):
	}
	return nil
}

// Limits of a file's name: what fits a window, and what Linux takes less what
// programs put before and after it.
const (
	maxNameRunes = 120
	maxNameBytes = 240
	maxEnding    = 10
)

// SafeName makes a text fit to be the name of a file on any system: no
// separators, signs that Windows refuses or signs that hide what the name is, at
// most 120 characters and 240 bytes, and none of the names that are devices.
func SafeName(text string) string {
	text = strings.ReplaceAll(text, ": ", " - ") // as one would write it
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Cf, r):
			return -1 // turns the order of the letters, or is not seen
		case unicode.IsControl(r) || r == utf8.RuneError || strings.ContainsRune(`<>:"/\|?*`, r):
			return '-'
		}
		return r
	}, text)
	ending := filepath.Ext(text)
	if utf8.RuneCountInString(ending) > maxEnding {
		ending = ""
	}
	stem := []rune(strings.TrimSuffix(text, ending))
	stem = stem[:min(len(stem), maxNameRunes-utf8.RuneCountInString(ending))]
	for len(stem) > 0 && len(string(stem))+len(ending) > maxNameBytes {
		stem = stem[:len(stem)-1]
	}
	text = strings.Trim(string(stem)+ending, " .")
	if isDevice(text) {
		text = "_" + text
	}
	if text == "" {
		return "fil"
	}
	return text
}

// isDevice tells of the names that Windows keeps for devices, with whatever
// ending: "con", "aux.pdf", "com1.tar.gz".
func isDevice(name string) bool {
	stem, _, _ := strings.Cut(strings.ToUpper(name), ".")
	stem = strings.TrimRight(stem, " ")
	switch stem {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$":
		return true
	}
	number, ok := strings.CutPrefix(stem, "COM")
	if !ok {
		number, ok = strings.CutPrefix(stem, "LPT")
	}
	return ok && utf8.RuneCountInString(number) == 1 && strings.Contains("0123456789¹²³", number)
}

// OpenCopy writes a copy of a file into a folder of its own, for nobody else to read,
// and opens it: what is changed in it does not come back.
func OpenCopy(name string, content []byte) error {
	dir, err := os.MkdirTemp("", "kompetansepilot-*")
	if err != nil {
		return err
	}
	path := filepath.Join(dir, SafeName(name))
	if err := os.WriteFile(path, content, 0o600); err != nil {
		return err
	}
	return Open(path)
}
