package settings

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/uitest"
)

var some = says{
	{At: time.Date(2026, 11, 12, 14, 32, 5, 0, time.Local), Text: "Disken er full. Det du har skrevet, står fortsatt her. Rydd litt plass.", Error: true},
	{At: time.Date(2026, 11, 12, 14, 30, 0, 0, time.Local), Text: "Endret «Bakgrunn»"},
}

func TestMessages(t *testing.T) {
	w := uitest.Window(t, uitest.Program(t, false))
	p := NewMessages(w.Env, some).(*messagesPage)
	w.Show(p)
	if !reads(p.Content(), "Feil · 12.11.2026 14:32") || !reads(p.Content(), "Beskjed · 12.11.2026 14:30") {
		t.Error("the messages are not marked with a word and a time")
	}
	button(t, p.Content(), "Kopier alle").OnTapped()
	if got := fyne.CurrentApp().Clipboard().Content(); !strings.HasPrefix(got, "12.11.2026 14:32 Feil: Disken er full.") || !strings.Contains(got, "\n12.11.2026 14:30 Beskjed: Endret") {
		t.Error("copied:", got)
	}
}

func TestNewMessagesAreShown(t *testing.T) {
	w := uitest.Window(t, uitest.Program(t, false))
	p := NewMessages(w.Env, w.Stage).(*messagesPage)
	w.Show(p)
	if !reads(p.Content(), "Programmet har ikke sagt noe ennå") {
		t.Error("empty, and nothing says so")
	}
	w.Stage.ToastError("Noe gikk galt")
	p.Reload()
	if !reads(p.Content(), "Noe gikk galt") || reads(p.Content(), "Programmet har ikke sagt noe ennå") {
		t.Error("the new message is not shown")
	}
}

func TestMessagesPictures(t *testing.T) {
	pictures(t, "messages", false, func(w *uitest.Tried) screen.Page { return NewMessages(w.Env, append(some, some...)) })
	pictures(t, "messages-empty", false, func(w *uitest.Tried) screen.Page { return NewMessages(w.Env, says(nil)) })

}
