package app

import (
	"context"
	"errors"
	"path/filepath"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/mail"
	"kompetansepilot/app/people"
	"kompetansepilot/data"
)

// BackupTo writes a verified copy to a file that must not exist, and the mail
// beside it.
func (p *Program) BackupTo(path string) error {
	if err := p.Workspace.CopyTo(path); err != nil {
		return err
	}
	return p.Mail.CopyTo(path)
}

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
// is kept among the backups. Mail that lies with the backup and is not here is
// taken back too.
func Restore(workspace, backup string, state *State) error {
	workspace, err := filepath.Abs(workspace)
	if err != nil {
		return err
	}
	if err := data.Restore(workspace, backup, state.BackupFolder(workspace)); err != nil {
		return err
	}
	return mail.Bring(context.Background(), workspace, filepath.Dir(backup))
}

// Verify checks the workspace and its mail.
func (p *Program) Verify() (data.Report, error) {
	r, err := p.Workspace.Verify()
	if err != nil {
		return r, err
	}
	return r, p.Mail.Verify()
}

// Erased is what an erasure took away.
type Erased struct {
	data.Traces
	Mail int // messages that were deleted here
}

// Erase takes somebody out of the workspace for good, the mail to and from them
// out of the mail store, and what was searched for out of the machine's memory.
func (p *Program) Erase(words *lang.Printer, subject data.Subject, reason string) (Erased, error) {
	keys, err := p.Mail.About(subject) // while the address is still known
	if err != nil {
		return Erased{}, err
	}
	t, err := people.New(p.Workspace, p.Places).Erase(words, subject, reason)
	if err != nil && data.Code(err) != data.CodeErasedNotPacked {
		return Erased{}, err
	}
	return Erased{t, len(keys)}, errors.Join(err, p.Mail.Forget(keys), p.State.forgetSearches())
}
