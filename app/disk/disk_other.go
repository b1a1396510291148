//go:build !windows

package disk

import (
	"os"
	"syscall"
)

// The causes that Windows has names of its own for.
const (
	errDiskFull    = syscall.ENOSPC
	errNameInvalid = syscall.EILSEQ
	errInUse       = syscall.ETXTBSY
)

// syncFolder makes a rename last over a power cut. Some network disks refuse it,
// and then have their own order.
func syncFolder(dir string) {
	if f, err := os.Open(dir); err == nil {
		_ = f.Sync()
		_ = f.Close()
	}
}
