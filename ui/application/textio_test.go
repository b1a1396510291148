package application

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/textdiff"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/uitest"
)

// rewrite changes a Markdown file, as a colleague does.
func rewrite(t testing.TB, path string, pairs ...string) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(string(content), pairs[i]) {
			t.Fatalf("no %q in\n%s", pairs[i], content)
		}
	}
	if err := os.WriteFile(path, []byte(strings.NewReplacer(pairs...).Replace(string(content))), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestTextOutHoldsWhatIsTyped(t *testing.T) {
	w := try(t)
	w.FocusField("background")
	w.write("Skrevet nettopp")
	path := filepath.Join(t.TempDir(), "tekst.md")
	w.writeText(path)
	content, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(content), "Skrevet nettopp") {
		t.Errorf("%v: %s", err, content)
	}
	if len(w.shell.toasts) != 1 || w.shell.toasts[0] != "Skrev teksten til «tekst.md»" {
		t.Errorf("toasts %q", w.shell.toasts)
	}
	w.writeText(filepath.Join(t.TempDir(), "tekst.odt"))
	if len(w.shell.failed) != 1 || data.Code(w.shell.failed[0]) != "textFormat" {
		t.Errorf("failed %v", w.shell.failed)
	}
}

func TestTextInIsChosenFieldByField(t *testing.T) {
	w := try(t)
	for field, text := range map[string]string{"background": "Gammel bakgrunn", "results": "Gamle resultater", "effects": "Gamle effekter"} {
		if err := w.program.Grants.SetField("x", w.id, field, text); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "tekst.md")
	w.writeText(path)
	rewrite(t, path, "Gammel bakgrunn", "Ny bakgrunn", "Gamle resultater", "Nye resultater", "Gamle effekter", "Nye effekter")
	w.FocusField("results")
	w.write(" og mer") // not handed over yet: both places
	plan, err := func() (*textPlan, error) {
		w.saver.Flush()
		p, err := w.program.TextIn(w.id, path, "nb")
		if err != nil {
			return nil, err
		}
		return showTextPlan(w.desk, p, fileWords(w.desk.words, p.File)), nil
	}()
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(plan.chosen(), " "); got != "background effects" {
		t.Fatalf("ticked %q", got)
	}
	plan.checks["effects"].Tapped(nil)
	w.key(fyne.KeyReturn) // the verb
	if w.stored("background") != "Ny bakgrunn" || w.stored("effects") != "Gamle effekter" || !strings.Contains(w.stored("results"), "og mer") {
		t.Errorf("stored %q, %q, %q", w.stored("background"), w.stored("effects"), w.stored("results"))
	}
	if got := w.shell.toasts[len(w.shell.toasts)-1]; got != "Tok inn ett felt fra «tekst.md»" {
		t.Errorf("toast %q", got)
	}
	if label, err := w.program.Workspace.Undo(); err != nil || label != "Importerte tekst fra tekst.md" {
		t.Errorf("undo %q, %v", label, err)
	}
	if w.stored("background") != "Gammel bakgrunn" {
		t.Errorf("after undo %q", w.stored("background"))
	}
}

func TestTextInIsRefusedWhenTheProgramMovedOn(t *testing.T) {
	w := try(t)
	if err := w.program.Grants.SetField("x", w.id, "background", "Gammel bakgrunn"); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "tekst.docx")
	w.writeText(path)
	md := filepath.Join(t.TempDir(), "tekst.md")
	w.writeText(md)
	rewrite(t, md, "Gammel bakgrunn", "Ny bakgrunn")
	p, err := w.program.TextIn(w.id, md, "nb")
	if err != nil {
		t.Fatal(err)
	}
	v := showTextPlan(w.desk, p, fileWords(w.desk.words, p.File))
	if err := w.program.Grants.SetField("x", w.id, "background", "Skrevet imens"); err != nil {
		t.Fatal(err)
	}
	v.onVerb()
	if len(w.shell.failed) != 1 || data.Code(w.shell.failed[0]) != "textMoved" || w.stored("background") != "Skrevet imens" {
		t.Errorf("failed %v, stored %q", w.shell.failed, w.stored("background"))
	}
	w.readText(path) // now only the program's is changed
	if overlay := w.shell.window.Canvas().Overlays().Top(); overlay == nil || !strings.Contains(texts(overlay), "Filen har ingen tekst å ta inn.") {
		t.Error("the dialog does not say that there is nothing")
	}
}

func TestBadTextFileIsToldOf(t *testing.T) {
	w := try(t)
	path := filepath.Join(t.TempDir(), "tekst.docx")
	if err := os.WriteFile(path, []byte("PK\x03\x04"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.readText(path)
	if len(w.shell.failed) != 1 || data.Code(w.shell.failed[0]) != data.CodeDamaged {
		t.Errorf("failed %v", w.shell.failed)
	}
}

func TestLongStretchesAreCutShort(t *testing.T) {
	long := strings.Repeat("uendret ", 100)
	runs := shortRuns([]textdiff.Part{{Text: long, Change: textdiff.Same}, {Text: "ny ", Change: textdiff.Added}, {Text: long, Change: textdiff.Same}})
	if len(runs) != 3 || len([]rune(runs[0].Text)) > keptSame+10 || !strings.HasPrefix(runs[0].Text, "[…] ") || !strings.HasSuffix(runs[0].Text, "uendret ") ||
		runs[1].Text != "ny " || runs[1].Mark != kit.Inserted || !strings.HasSuffix(runs[2].Text, "[…] ") {
		t.Errorf("%+v", runs)
	}
}

// TestTextPictures opens the dialog; with PICTURES set it does so in all looks,
// to be looked at.
func TestTextPictures(t *testing.T) {
	p := uitest.Program(t, true)
	all, err := p.Grants.Applications()
	if err != nil || len(all) == 0 {
		t.Fatal("no application", err)
	}
	id := all[0].ID
	set := func(field, text string) {
		if err := p.Grants.SetField("x", id, field, text); err != nil {
			t.Fatal(err)
		}
	}
	set("effects", "Bedriftene får tak i folk med rett kompetanse nær der de holder til.")
	set("continuation", "Etter tre år går ordningen inn i den vanlige driften.")
	path := filepath.Join(t.TempDir(), "Innlandet med kommentarer.md")
	if err := p.TextOut(id, path, ""); err != nil {
		t.Fatal(err)
	}
	d, _, err := p.Grants.Load(id)
	if err != nil {
		t.Fatal(err)
	}
	background := d.Application.Answers["background"]
	first, _, _ := strings.Cut(background, " ")
	rewrite(t, path, first+" ", first+" og flere ", "Bedriftene får tak i folk", "Små bedrifter får lettere tak i folk", "inn i den vanlige driften", "inn i fylkeskommunens drift",
		"[[kp:anchoring", "[[kp:forankringen")
	set("continuation", "Etter tre år tar regionrådene over.")
	empty := filepath.Join(t.TempDir(), "Uendret.docx")
	if err := p.TextOut(id, empty, ""); err != nil {
		t.Fatal(err)
	}
	for look, options := range uitest.Looks() {
		for size, wide := range map[string]float32{"1280": 1280, "1024": 1024} {
			if os.Getenv("PICTURES") == "" && (look != "light" || wide != 1280) {
				continue
			}
			w := uitest.WindowIn(t, p, "nb", options, wide, map[string]float32{"1280": 800, "1024": 700}[size])
			page := New(w.Env, id).(*Page)
			w.Show(page)
			page.readText(path)
			settle(w, page)
			w.Picture("text-in-" + look + "-" + size)
			w.Key(fyne.KeyEnd)
			settle(w, page)
			w.Picture("text-in-end-" + look + "-" + size)
			w.Key(fyne.KeyEscape)
			page.readText(empty)
			settle(w, page)
			w.Picture("text-in-nothing-" + look + "-" + size)
			w.Key(fyne.KeyEscape)
			page.showTextOut()
			settle(w, page)
			w.Picture("text-out-" + look + "-" + size)
			page.Leave()
		}
	}
}

func TestPunctuationIsCorrectedFieldByField(t *testing.T) {
	w := try(t)
	for field, text := range map[string]string{"background": `Vi kaller det "hjelp" - i 2026-2028.`, "results": "Alt i orden."} {
		if err := w.program.Grants.SetField("x", w.id, field, text); err != nil {
			t.Fatal(err)
		}
	}
	plan, err := w.program.TextTidy(w.id, "nb")
	if err != nil {
		t.Fatal(err)
	}
	v := showTextPlan(w.desk, plan, tidyWords(w.desk.words))
	if got := strings.Join(v.chosen(), " "); got != "background" {
		t.Fatalf("ticked %q", got)
	}
	w.key(fyne.KeyReturn) // the verb
	if got := w.stored("background"); got != "Vi kaller det «hjelp» – i 2026–2028." {
		t.Errorf("background is %q", got)
	}
	if plan, err = w.program.TextTidy(w.id, "nb"); err != nil || len(plan.Changes) != 0 {
		t.Errorf("%v: still %v", err, plan.Changes)
	}
}
