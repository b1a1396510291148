package data

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"

	"github.com/mattn/go-sqlite3"
)

// Error is an error that a person may see. Message is a plain sentence in
// bokmål that says what happened, what was kept and what to do. Text is the key
// of the same sentence among the translations, with Args as its placeholders; ""
// is for a Message that speaks the person's language already. Errors of any
// other type are faults of the program.
type Error struct {
	Code    string
	Message string
	Text    string
	Args    map[string]any
	Err     error
}

func (e *Error) Error() string {
	if e.Err != nil {
		return e.Message + " (" + e.Err.Error() + ")"
	}
	return e.Message
}

func (e *Error) Unwrap() error { return e.Err }

// Is makes errors.Is(err, &Error{Code: c}) compare by code.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code
}

// Codes of the errors of this package.
const (
	CodeNotFound     = "notFound"
	CodeReadOnly     = "readOnly"
	CodeNewer        = "newer"
	CodeDiskFull     = "diskFull"
	CodeDamaged      = "damaged"
	CodeGone         = "gone"
	CodeBusy         = "busy"
	CodeNetworkPath  = "networkPath"
	CodeCloudPath    = "cloudPath"
	CodeNoAccess     = "noAccess"
	CodeNotWorkspace = "notWorkspace"
	CodeExists       = "exists"
	CodeFrozen       = "frozen"
	CodeNothingToDo  = "nothingToUndo"
	CodeUndoConflict = "undoConflict"
	CodeAmbiguous    = "ambiguous"
	CodeBackup       = "backup"
	CodeTooLarge     = "tooLarge"

	CodeDisk          = "disk"
	CodeInUse         = "inUse"
	CodeBackupDamaged = "backupDamaged"
	CodeBackupNewer   = "backupNewer"
	CodeBackupGone    = "backupGone"
)

// Code is the code of the first Error in err's chain, or "".
func Code(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

// Message is the sentence of the first Error in err's chain, or "".
func Message(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Message
	}
	return ""
}

// NewError makes an error with its sentence in bokmål, where {{.Name}} stands for
// a value of pairs. Where one code has several sentences, code is followed by a
// dot and what tells them apart; the sentence is "error."+code among the
// translations.
func NewError(code, message string, err error, pairs ...any) *Error {
	return newError(code, message, err, pairs...)
}

func newError(code, message string, err error, pairs ...any) *Error {
	text := "error." + code
	code, _, _ = strings.Cut(code, ".")
	args := map[string]any{}
	for i := 0; i+1 < len(pairs); i += 2 {
		name, value := fmt.Sprint(pairs[i]), fmt.Sprint(pairs[i+1])
		args[name] = value
		message = strings.ReplaceAll(message, "{{."+name+"}}", value)
	}
	return &Error{Code: code, Message: message, Text: text, Args: args, Err: err}
}

// translate turns what SQLite and the file system report into sentences. doing
// names the work for the log.
func (w *Workspace) translate(doing string, err error) error {
	var s sqlite3.Error
	if errors.As(err, &s) && (s.Code == sqlite3.ErrCantOpen || s.Code == sqlite3.ErrReadonly || s.Code == sqlite3.ErrIoErr) && w.file != nil {
		if gone := w.present(); gone != nil {
			return gone
		}
	}
	return translate(w.path, doing, err)
}

func translate(path, doing string, err error) error {
	if err == nil {
		return nil
	}
	var known *Error
	if errors.As(err, &known) {
		return err
	}
	wrapped := fmt.Errorf("%s: %w", doing, err)
	var s sqlite3.Error
	if errors.As(err, &s) {
		switch s.Code {
		case sqlite3.ErrFull:
			return newError(CodeDiskFull, "Disken er full, så det siste ble ikke lagret. Alt som var lagret før, er trygt. Frigjør plass og prøv igjen.", wrapped)
		case sqlite3.ErrCorrupt:
			return newError(CodeDamaged, "Arbeidsfilen {{.Path}} er skadet. Ingenting er slettet. Hent tilbake siste sikkerhetskopi, eller kjør «Sjekk mine data».", wrapped, "Path", path)
		case sqlite3.ErrNotADB:
			return newError(CodeNotWorkspace, "Filen {{.Path}} er ikke en arbeidsfil for Kompetansepilot. Den er ikke endret. Velg en annen fil.", wrapped, "Path", path)
		case sqlite3.ErrReadonly, sqlite3.ErrPerm, sqlite3.ErrCantOpen:
			return newError(CodeNoAccess, "Programmet får ikke skrive til {{.Path}}. Ingenting er endret. Velg en mappe du har skrivetilgang til, eller be IT om tilgang.", wrapped, "Path", path)
		case sqlite3.ErrBusy, sqlite3.ErrLocked:
			return newError(CodeBusy, "Et annet program skriver til arbeidsfilen akkurat nå. Ingenting er endret. Vent litt og prøv igjen.", wrapped)
		case sqlite3.ErrConstraint:
			if s.ExtendedCode == sqlite3.ErrConstraintTrigger {
				return newError(CodeFrozen, "Versjonen er sendt inn og kan aldri endres. Ingenting er endret. Lag en ny versjon for å arbeide videre.", wrapped)
			}
		case sqlite3.ErrIoErr:
			return newError(CodeDisk, "Disken svarte ikke da endringen skulle lagres. Det som var lagret før, er trygt. Sjekk at det er plass på disken, og prøv igjen.", wrapped)
		}
	}
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return newError(CodeDiskFull, "Disken er full, så det siste ble ikke lagret. Alt som var lagret før, er trygt. Frigjør plass og prøv igjen.", wrapped)
	case errors.Is(err, fs.ErrPermission):
		return newError(CodeNoAccess, "Programmet får ikke skrive til {{.Path}}. Ingenting er endret. Velg en mappe du har skrivetilgang til, eller be IT om tilgang.", wrapped, "Path", path)
	}
	return wrapped
}
