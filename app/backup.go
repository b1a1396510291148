package app

import (
	"path/filepath"

	"kompetansepilot/data"
)

// BackupTo writes a verified backup to a file that must not exist.
func (p *Program) BackupTo(path string) error { return p.Workspace.CopyTo(path) }

// Compare tells what restoring a backup would change.
func (p *Program) Compare(backup string) (data.Difference, error) {
	return data.Compare(p.Workspace, backup)
}

// Restore makes a closed workspace as it was in a backup. What stands there now
// is kept among the backups.
func Restore(workspace, backup string, state *State) error {
	workspace, err := filepath.Abs(workspace)
	if err != nil {
		return err
	}
	return data.Restore(workspace, backup, state.BackupFolder(workspace))
}
