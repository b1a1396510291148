// Kompetansepilot helps county staff to apply for grants. Without arguments, or
// with a workspace, it opens its window; otherwise it runs a command.
package main

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"kompetansepilot/app"
	"kompetansepilot/app/command"
	"kompetansepilot/app/logfile"
	"kompetansepilot/data"
	"kompetansepilot/ui"
)

// The linker sets these from FyneApp.toml and the commit.
var (
	version = "0"
	build   = "0"
	commit  = ""
	appID   = "no.kompetansepilot.desktop"
)

func main() { os.Exit(run(os.Args[1:])) }

func run(args []string) int {
	workspace, window := windowArguments(args)
	in, out, errOut := console()
	said := errOut
	if !window {
		said = nil // what a command says is said by the command
	}
	logs := filepath.Join(app.ConfigFolder(), "logs")
	log, err := logfile.Open(logs, said)
	if err != nil {
		slog.Warn("open log", "err", err)
	}
	defer log.Close()
	if !window {
		return command.Run(args, in, out, errOut, command.Version{Number: version, Build: build})
	}
	return ui.Run(ui.Options{Version: version, Build: build, Commit: commit, AppID: appID, Workspace: workspace, Logs: logs})
}

// windowArguments tells whether the arguments ask for the window, and with
// which workspace; "" is the one that was open last.
func windowArguments(args []string) (workspace string, window bool) {
	switch {
	case len(args) == 0:
		return "", true
	case len(args) == 1 && strings.EqualFold(filepath.Ext(args[0]), data.Extension) && !strings.HasPrefix(args[0], "-"):
		return args[0], true
	case len(args) == 1 && strings.HasPrefix(args[0], "--workspace="):
		return strings.TrimPrefix(args[0], "--workspace="), true
	case len(args) == 2 && args[0] == "--workspace":
		return args[1], true
	}
	return "", false
}
