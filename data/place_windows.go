package data

import (
	"errors"
	"path/filepath"
	"syscall"

	"golang.org/x/sys/windows"
)

// onNetwork asks Windows for the kind of the drive.
func onNetwork(dir string) bool {
	root := filepath.VolumeName(dir) + `\`
	p, err := windows.UTF16PtrFromString(root)
	if err != nil {
		return false
	}
	return windows.GetDriveType(p) == windows.DRIVE_REMOTE
}

func isReadOnlyFS(err error) bool {
	const writeProtect = syscall.Errno(19) // ERROR_WRITE_PROTECT
	return errors.Is(err, writeProtect)
}
