package safety

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/app"
	"kompetansepilot/app/disk"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// Versioned knows the version of the program, as "1.2.0 (abc123)".
type Versioned interface{ Version() string }

// NewVerify opens the check of the whole workspace.
func NewVerify(env *screen.Env, w Versioned) screen.Page {
	words := env.Words
	v := &verify{env: env, version: w, checks: task.NewLatest(env.Tasks), texts: task.NewLatest(env.Tasks),
		files: env.Chooser()}
	v.start = kit.NewPrimaryButton(words.T("safety.verify.start"), v.onStart)
	v.stop = kit.NewButton(words.T("safety.verify.stop"), v.onStop)
	v.stop.Hide()
	v.progress = kit.NewText("")
	v.running = kit.Row(v.progress, v.stop)
	v.running.Hide()
	v.result = kit.Column(theme.Size(theme.SizeNameGap))
	v.show = kit.NewButton(words.T("safety.diagnostics.show"), v.onShow)
	v.text = kit.Column(theme.Size(theme.SizeNameGap))
	v.scroll = kit.NewScroll(kit.Column(theme.Size(theme.SizeNamePage),
		kit.Column(theme.Size(theme.SizeNameGroup), kit.Readable(kit.NewText(words.T("safety.verify.explain"))), v.running, v.result),
		kit.NewSection(words.T("safety.diagnostics.title"), kit.Column(theme.Size(theme.SizeNameGroup),
			kit.Readable(kit.NewText(words.T("safety.diagnostics.explain"))), kit.Row(v.show), v.text)),
	))
	v.frame = kit.NewPage(words, v.Title(), v.start, nil, v.scroll)
	return v
}

// verify checks the workspace, and makes the text for who helps.
type verify struct {
	env     *screen.Env
	version Versioned
	files   kit.FileChooser
	checks  *task.Latest
	texts   *task.Latest
	frame   *kit.Page
	start   *kit.Button
	stop    *kit.Button
	scroll  fyne.CanvasObject

	running  *fyne.Container
	progress *kit.Text
	result   *fyne.Container
	show     *kit.Button
	text     *fyne.Container // the diagnostics and what can be done with them
	left     bool
}

var _ screen.Page = (*verify)(nil)

// Title of the page.
func (v *verify) Title() string { return v.env.Words.T("safety.verify.title") }

// Content is the page.
func (v *verify) Content() fyne.CanvasObject { return v.frame }

// Changed does nothing: a check is of one moment, and says of which.
func (v *verify) Changed(data.Changed) {}

// Leave ends what runs.
func (v *verify) Leave() {
	v.left = true
	v.checks.Cancel()
	v.texts.Cancel()
}

// stages in the words of the progress line.
func (v *verify) stage(name string) string {
	words := v.env.Words
	switch name {
	case data.VerifyFile:
		return words.T("safety.verify.stage.file")
	case data.VerifyLinks:
		return words.T("safety.verify.stage.links")
	case data.VerifyLog:
		return words.T("safety.verify.stage.log")
	case data.VerifyVersions:
		return words.T("safety.verify.stage.versions")
	}
	return words.T("safety.verify.stage.attachments")
}

func (v *verify) onStart() {
	env := v.env
	v.result.Objects = nil
	v.progress.SetText(env.Words.T("safety.verify.starting"))
	v.busy(true)
	begun := func(stage string) {
		env.Tasks.Post(func() {
			if !v.left {
				v.progress.SetText(v.stage(stage))
				v.relay()
			}
		})
	}
	task.RunLatest(v.checks, context.Background(), func(ctx context.Context) (verdict, error) {
		report, err := env.Program.Workspace.VerifyStages(ctx, begun)
		if err != nil {
			return verdict{}, err
		}
		return newNamer(env).verdict(&report, time.Now()), nil
	}, v.onDone)
}

func (v *verify) onStop() {
	v.checks.Cancel()
	v.busy(false)
	v.result.Objects = []fyne.CanvasObject{kit.NewMarkedLine(v.env.Words, kit.Info, v.env.Words.T("safety.verify.stopped"))}
	v.relay()
}

func (v *verify) busy(on bool) {
	v.running.Hidden, v.stop.Hidden = !on, !on
	if on {
		v.start.Disable()
	} else {
		v.start.Enable()
	}
	v.relay()
}

func (v *verify) relay() {
	v.result.Refresh()
	v.text.Refresh()
	v.scroll.Refresh()
	kit.SettleFocus(v.env.Shell.Window().Canvas())
}

// verdict is a report in words.
type verdict struct {
	ok       bool
	when     string
	checked  string
	problems []string
}

func (n *namer) verdict(r *data.Report, now time.Time) verdict {
	words := n.Words
	v := verdict{ok: r.OK, when: words.Moment(now)}
	var counts []string
	for _, kind := range slices.Sorted(maps.Keys(r.Records)) {
		if r.Records[kind] > 0 && kind != "setting" {
			counts = append(counts, n.counted(kind, r.Records[kind]))
		}
	}
	v.checked = words.T("safety.verify.checked", "Size", fileSize(words, r.Bytes), "Steps", words.Number(int64(r.Transactions)),
		"Changes", words.Number(int64(r.Changes)), "Records", strings.Join(counts, ", "))
	for _, f := range r.Faults {
		v.problems = append(v.problems, n.fault(f))
	}
	return v
}

// fault is what Verify found, in words.
func (n *namer) fault(f *data.Error) string {
	arg := func(name string) string { return fmt.Sprint(f.Args[name]) }
	words := n.Words
	switch f.Code {
	case data.FaultFile:
		return words.T("safety.fault.file", "Detail", arg("Detail"))
	case data.FaultLink:
		return words.T("safety.fault.link", "Kind", n.kind(arg("Kind")), "Other", n.kind(arg("Other")))
	case data.FaultLostChanges:
		return words.T("safety.fault.lostChanges", "Count", arg("Count"))
	case data.FaultAttachmentMissing:
		return words.T("safety.fault.attachmentMissing", "Name", arg("Name"))
	case data.FaultUnlogged:
		return words.T("safety.fault.unlogged", "Kind", n.kind(arg("Kind")), "Count", arg("Count"))
	case data.FaultDiffers:
		return words.T("safety.fault.differs", "Field", n.field(arg("Kind"), arg("Record"), arg("Field")), "Record", n.record(arg("Kind"), arg("Record")))
	case data.FaultDiffersMore:
		return words.T("safety.fault.differsMore", "Count", arg("Count"))
	case data.FaultVersion:
		return words.T("safety.fault.version", "Name", arg("Name"))
	case data.FaultAttachment:
		if arg("Name") == "" {
			return words.T("safety.fault.attachmentUnused")
		}
		return words.T("safety.fault.attachment", "Name", arg("Name"))
	}
	// What can't be read: the reason is for who helps.
	return words.T("safety.fault.unreadable", "Detail", arg("Detail"))
}

func (v *verify) onDone(d verdict, err error) {
	if v.left || errors.Is(err, context.Canceled) {
		return
	}
	words := v.env.Words
	v.result.Objects = nil
	switch {
	case err != nil:
		v.result.Add(kit.NewMarkedLine(words, kit.Stop, sentence(v.env, err)))
	case d.ok:
		v.result.Add(kit.NewCard(kit.Column(theme.Size(theme.SizeNameGap),
			kit.NewMarkedLine(words, kit.Fine, words.T("safety.verify.fine", "When", d.when)), kit.NewQuietText(d.checked))))
	default:
		column := kit.Column(theme.Size(theme.SizeNameGap), kit.NewMarkedLine(words, kit.Stop, words.N("safety.verify.bad", len(d.problems), "When", d.when)))
		for _, p := range d.problems {
			column.Add(kit.NewMarkedLine(words, kit.Warn, p))
		}
		column.Add(kit.NewStrong(words.T("safety.verify.todoTitle")))
		column.Add(kit.Readable(kit.NewText(words.T("safety.verify.todo"))))
		column.Add(kit.Row(kit.NewButton(words.T("safety.verify.toBackups"), func() { v.env.Shell.Go(screen.Route{Page: screen.PageBackups}) })))
		column.Add(kit.NewQuietText(d.checked))
		v.result.Add(kit.NewCard(column))
	}
	v.busy(false)
}

// onShow makes the text for who helps and shows all of it, before it can go
// anywhere.
func (v *verify) onShow() {
	env := v.env
	version := v.version.Version()
	task.RunLatest(v.texts, context.Background(), func(context.Context) (string, error) {
		return fmt.Sprintf("%-24s %s\n", app.Name, version) + env.Program.Workspace.Diagnostics(), nil
	}, v.onText)
}

func (v *verify) onText(text string, err error) {
	words := v.env.Words
	if v.left || errors.Is(err, context.Canceled) {
		return
	}
	if err != nil {
		v.env.Shell.Fail(words.T("safety.diagnostics.making"), err)
		return
	}
	v.show.SetText(words.T("safety.diagnostics.again"))
	shown := widget.NewLabelWithStyle(text, fyne.TextAlignLeading, fyne.TextStyle{Monospace: true})
	v.text.Objects = []fyne.CanvasObject{
		kit.Row(kit.NewButton(words.T("safety.diagnostics.copy"), func() { v.onCopy(text) }),
			kit.NewButton(words.T("safety.diagnostics.save"), func() { v.onSave(text) })),
		kit.NewCard(container.NewHScroll(shown)),
	}
	v.relay()
}

func (v *verify) onCopy(text string) {
	fyne.CurrentApp().Clipboard().SetContent(text)
	v.env.Shell.Toast(v.env.Words.T("safety.diagnostics.copied"), false)
}

func (v *verify) onSave(text string) {
	env, words := v.env, v.env.Words
	filter := kit.FileFilter{Name: words.T("safety.diagnostics.files"), Extensions: []string{".txt"}}
	v.files.Save(words.T("safety.diagnostics.saveTitle"), words.T("safety.diagnostics.fileName")+".txt", filter, func(path string) {
		task.Run(env.Tasks, context.Background(), func(context.Context) (struct{}, error) {
			return struct{}{}, disk.Write(path, []byte(text))
		}, func(_ struct{}, err error) {
			if err != nil {
				env.Shell.Fail(words.T("safety.diagnostics.saving"), err)
				return
			}
			env.Shell.Toast(words.T("safety.diagnostics.saved", "Path", path), false)
		})
	})
}
