package data

import (
	"errors"
	"syscall"
)

// onNetwork tells by the file system's magic number (statfs(2)).
func onNetwork(dir string) bool {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return false
	}
	switch uint32(s.Type) {
	case 0x6969, // NFS
		0x517B,     // SMB
		0xFF534D42, // CIFS
		0xFE534D42, // SMB2
		0x564C,     // NCP
		0x5346414F, // AFS
		0x01021997: // 9P
		return true
	}
	return false
}

func isReadOnlyFS(err error) bool { return errors.Is(err, syscall.EROFS) }
