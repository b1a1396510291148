package app

import (
	"errors"
	"path/filepath"

	"kompetansepilot/data"
)

// BackupTo writes a verified backup to a file that must not exist.
func (p *Program) BackupTo(path string) error { return p.Workspace.CopyTo(path) }

// CopyBackup writes a backup to a file elsewhere, in place of one that is there.
func (p *Program) CopyBackup(backup, to string) error {
	return data.CopyBackup(p.Workspace, backup, to)
}

// UseBackupFolder makes the backups go to another folder from now on, "" for the
// usual one. It makes one there at once, so that a folder that does not work is
// refused and nothing is changed.
func (p *Program) UseBackupFolder(dir string) (data.BackupFile, error) {
	before := p.State.Get().BackupFolder
	if err := p.SetBackupFolder(dir); err != nil {
		return data.BackupFile{}, err
	}
	b, err := p.Backup()
	if err != nil {
		err = errors.Join(err, p.State.Change(func(prop *Preferences) { prop.BackupFolder = before }))
	}
	return b, err
}

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
