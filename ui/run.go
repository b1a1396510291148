package ui

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"
	fynelang "fyne.io/fyne/v2/lang"

	"kompetansepilot/app"
	"kompetansepilot/app/instance"
	"kompetansepilot/app/lang"
	"kompetansepilot/assets"
	"kompetansepilot/ui/task"
)

// Options of Run.
type Options struct {
	Version, Build, Commit string
	// AppID is the program's id for the system, in reverse domain order.
	AppID string
	// Workspace is the file to open; "" is the one that was open last.
	Workspace string
	// Logs is the folder of the log.
	Logs string
}

// Exit codes of Run.
const (
	exitOK     = 0
	exitFailed = 1
)

// Run opens the window and gives the program's exit code when it is closed. A
// second start on a workspace brings the first window forward instead.
func Run(o Options) int {
	state := app.LoadState()
	path := o.Workspace
	if path == "" {
		path = state.Get().LastWorkspace
	}
	w := newWindow(o, state, task.New())
	growFreely()
	held, err := instance.Claim(locks(), pathToClaim(path), w.onAsked)
	if errors.Is(err, instance.ErrForward) {
		return exitOK
	}
	if err != nil {
		slog.Error("claim workspace", "path", path, "err", err)
	}
	w.held = held
	// The file is opened while Fyne makes the window.
	w.start(path, err)
	w.make(newFyneApp(o))
	w.appear()
	w.app.Run()
	w.finish()
	return w.exit
}

// While the program starts nearly all that it makes is kept, so it collects
// rarely until it has settled.
const startGC = 400 // percent, as GOGC

func growFreely() {
	usual := debug.SetGCPercent(startGC)
	time.AfterFunc(app.Settling, func() { debug.SetGCPercent(usual) })
}

// locks is the folder for the locks of windows.
func locks() string { return filepath.Join(app.ConfigFolder(), "windows") }

// pathToClaim is the workspace that a start is about; before there is one, the
// one that it will make.
func pathToClaim(path string) string {
	if path == "" {
		return app.DefaultWorkspace()
	}
	return path
}

// newFyneApp makes Fyne's part. Its particulars come from the build, never from
// a file beside the program.
func newFyneApp(o Options) fyne.App {
	build, err := strconv.Atoi(o.Build)
	if err != nil {
		build = 0
	}
	icon := programIcon()
	fyneapp.SetMetadata(fyne.AppMetadata{
		ID: o.AppID, Name: app.Name, Version: o.Version, Build: build, Icon: icon, Release: true,
		Migrations: map[string]bool{"fyneDo": true},
	})
	beLightUntold()
	a := fyneapp.NewWithID(o.AppID)
	a.SetIcon(icon)
	return a
}

// beLightUntold makes the system's look the light one on a desktop that cannot
// tell: Fyne asks over D-Bus, and takes the dark one when there is none.
func beLightUntold() {
	switch runtime.GOOS {
	case "windows", "darwin":
		return
	}
	if os.Getenv("FYNE_THEME") != "" || os.Getenv("DBUS_SESSION_BUS_ADDRESS") != "" {
		return
	}
	if dir := os.Getenv("XDG_RUNTIME_DIR"); dir != "" {
		if _, err := os.Stat(filepath.Join(dir, "bus")); err == nil {
			return
		}
	}
	if err := os.Setenv("FYNE_THEME", "light"); err != nil {
		slog.Warn("choose the light look", "err", err)
	}
}

func programIcon() fyne.Resource {
	raw, err := assets.FS.ReadFile("icons/icon-256.png")
	if err != nil {
		slog.Error("read icon", "err", err)
		return nil
	}
	return fyne.NewStaticResource("icon-256.png", raw)
}

// speak gives Fyne its own words in the language of the program. Fyne chooses
// by the system's locale alone, so they are registered under that.
func speak(code string) {
	raw, err := lang.Toolkit(code)
	if err == nil {
		err = fynelang.AddTranslationsForLocale(raw, fynelang.SystemLocale())
	}
	if err != nil {
		slog.Error("translate Fyne", "language", code, "err", err)
	}
}
