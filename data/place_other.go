//go:build !linux && !windows

package data

import (
	"errors"
	"syscall"
)

// onNetwork tells on macOS by whether the disk is local.
func onNetwork(dir string) bool {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return false
	}
	const local = 0x1000 // MNT_LOCAL
	return s.Flags&local == 0
}

func isReadOnlyFS(err error) bool { return errors.Is(err, syscall.EROFS) }
