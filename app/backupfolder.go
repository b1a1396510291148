package app

import (
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
	if filepath.Clean(dir) == filepath.Dir(p.Workspace.Path()) {
		return data.NewError(CodeBackupFolderBeside, "{{.Folder}} er mappen arbeidsfilen selv ligger i, og er ikke valgt: forsvinner den ene, forsvinner begge. Velg en annen mappe, helst på en annen disk.", nil, "Folder", dir)
	}
	f, err := os.CreateTemp(dir, ".kpilot-*")
	if err != nil {
		return data.NewError(CodeBackupFolder, "Programmet kan ikke skrive i mappen {{.Folder}}. Sikkerhetskopiene legges der de ble lagt før. Velg en annen mappe.", err, "Folder", dir)
	}
	_ = f.Close()
	return os.Remove(f.Name())
}
