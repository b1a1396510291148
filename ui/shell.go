package ui

import (
	"context"
	"log/slog"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"

	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// Segments of the status line, in their order.
const (
	segmentSaved = "saved"
	segmentWork  = "work"
)

// saving is what the window knows of what reaches the disk.
type saving struct {
	unsaved error // why the last change is not stored yet, or nil
}

// Toast tells what was done, and offers to undo it.
func (w *Window) Toast(text string, undo bool) {
	w.note(text, false)
	if undo {
		w.stage.Toast(text, w.words.T("shell.undo"), w.Undo)
		return
	}
	w.stage.Toast(text, "", nil)
}

// Fail tells what went wrong: its sentence, or for a fault of the program what
// was being done.
func (w *Window) Fail(doing string, err error) {
	slog.Error("failed", "doing", doing, "err", err)
	text := screen.Sentence(w.words, err)
	if text == "" {
		text = w.words.T("shell.fault", "Doing", doing)
	}
	w.note(text, true)
	w.stage.ToastError(text)
}

// mostMessages is how many messages are kept.
const mostMessages = 500

func (w *Window) note(text string, isError bool) {
	w.messages = append(w.messages, kit.Message{At: time.Now(), Text: text, Error: isError})
	w.messages = w.messages[max(0, len(w.messages)-mostMessages):]
}

// onMessages shows a new message in the list of messages, if that is open.
func (w *Window) onMessages() {
	if s := w.session; s != nil {
		if r, ok := s.page.(interface{ Reload() }); ok {
			r.Reload()
		}
	}
}

// Messages are what the window has said since the start, newest first.
func (w *Window) Messages() []kit.Message {
	all := make([]kit.Message, 0, len(w.messages))
	for i := len(w.messages) - 1; i >= 0; i-- {
		all = append(all, w.messages[i])
	}
	return all
}

// Saved tells that a change is on the disk.
func (w *Window) Saved() {
	s := w.session
	if s == nil {
		return
	}
	s.frame.status.SetText(segmentSaved, w.words.T("shell.saved", "Time", w.words.Clock(time.Now())))
	if s.saving.unsaved != nil {
		s.saving.unsaved = nil
		w.showBanner()
	}
}

// Unsaved tells that a change is not on the disk yet. Whoever made it keeps it
// and tries again.
func (w *Window) Unsaved(err error) {
	s := w.session
	if s == nil {
		return
	}
	again := s.saving.unsaved != nil && data.Code(s.saving.unsaved) == data.Code(err)
	s.saving.unsaved = err
	s.frame.status.SetText(segmentSaved, w.words.T("shell.unsaved"))
	if again {
		return
	}
	slog.Error("a change is not stored yet", "err", err)
	text := w.unsavedSentence(err)
	w.note(text, true)
	w.showBanner()
}

// CommandsChanged brings the menu up to date with the page.
func (w *Window) CommandsChanged() {
	if w.session != nil {
		w.refreshMenu()
	}
}

func (w *Window) unsavedSentence(err error) string {
	if text := screen.Sentence(w.words, err); text != "" {
		return text
	}
	return w.words.T("shell.unsaved.fault")
}

// showBanner shows what must be known over every page.
func (w *Window) showBanner() {
	s := w.session
	switch readOnly := s.program.Workspace.ReadOnly(); {
	case s.saving.unsaved != nil:
		copied := kit.NewButton(w.words.T("shell.saveCopy"), w.SaveCopy)
		s.frame.setBanner(w.notice(kit.Stop, w.unsavedSentence(s.saving.unsaved)+" "+w.words.T("shell.unsaved.kept"), copied))
	case readOnly != nil:
		s.frame.setBanner(w.notice(kit.Warn, screen.Sentence(w.words, readOnly), kit.NewButton(w.words.T("shell.saveCopy"), w.SaveCopy)))
	default:
		s.frame.setBanner(nil)
	}
}

// notice is a sentence with something to do about it, over the page.
func (w *Window) notice(tone kit.Severity, text string, button *kit.Button) fyne.CanvasObject {
	line := kit.NewSeverityLine(w.words, tone, text)
	return kit.Padded(theme.Size(theme.SizeNameGap), kit.NewCard(kit.Column(theme.Size(theme.SizeNameGap), line, kit.Row(button))))
}

// Progress tells what goes on in the background, 0 to 1, less than 0 when nobody
// knows how far. stop may be nil.
func (w *Window) Progress(label string, done float64, stop func()) {
	if w.session != nil {
		w.session.frame.status.SetProgress(label, done, stop)
	}
}

// ProgressDone tells that it has come to an end.
func (w *Window) ProgressDone() {
	if w.session != nil {
		w.session.frame.status.ClearProgress()
	}
}

// SaveCopy writes the workspace to another file, also when its own is gone.
func (w *Window) SaveCopy() {
	s := w.session
	if s == nil {
		return
	}
	name := s.program.Base() + " " + w.words.T("shell.copy.suffix") + data.Extension
	w.files.Save(w.words.T("shell.saveCopy"), name, w.workspaceFiles(), w.saveCopyTo)
}

func (w *Window) saveCopyTo(path string) {
	if filepath.Ext(path) == "" {
		path += data.Extension
	}
	program := w.session.program
	w.Progress(w.words.T("shell.copying"), -1, nil)
	task.Run(w.tasks, context.Background(), func(context.Context) (struct{}, error) {
		return struct{}{}, program.BackupTo(path)
	}, func(_ struct{}, err error) {
		w.ProgressDone()
		if err != nil {
			w.Fail(w.words.T("shell.saveCopy"), err)
			return
		}
		w.Toast(w.words.T("shell.copied", "Path", path), false)
	})
}

func (w *Window) workspaceFiles() kit.FileFilter {
	return kit.FileFilter{Name: w.words.T("shell.workspaceFiles"), Extensions: []string{data.Extension}}
}
