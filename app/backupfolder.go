package app

import (
	"fmt"
	"os"
	"path/filepath"

	"kompetansepilot/data"
)

// Codes of the errors that SetBackupFolder gives.
const (
	CodeBackupFolder       = "backupFolder"
	CodeBackupFolderBeside = "backupFolderBeside"
)

// SetBackupFolder makes dir the folder of the backups, "" the ordinary one. A
// folder that nothing can be written in is refused, and the one of the workspace
// itself, for they would be lost together; then nothing is changed. Backups that
// were made before stay where they are.
func (p *Program) SetBackupFolder(dir string) error {
	if dir != "" {
		if err := p.checkBackupFolder(dir); err != nil {
			return err
		}
	}
	return p.State.Change(func(prefs *Preferences) { prefs.BackupFolder = dir })
}

func (p *Program) checkBackupFolder(dir string) error {
	args := map[string]any{"Folder": dir}
	if filepath.Clean(dir) == filepath.Dir(p.Workspace.Path()) {
		return &data.Error{Code: CodeBackupFolderBeside, Args: args,
			Message: fmt.Sprintf("%s er mappen arbeidsfilen selv ligger i, og er ikke valgt: forsvinner den ene, forsvinner begge. Velg en annen mappe, helst på en annen disk.", dir)}
	}
	f, err := os.CreateTemp(dir, ".kpilot-*")
	if err != nil {
		return &data.Error{Code: CodeBackupFolder, Args: args, Err: err,
			Message: fmt.Sprintf("Programmet kan ikke skrive i mappen %s. Sikkerhetskopiene legges der de ble lagt før. Velg en annen mappe.", dir)}
	}
	_ = f.Close()
	return os.Remove(f.Name())
}
