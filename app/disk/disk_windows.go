package disk

import "golang.org/x/sys/windows"

// What Windows calls the causes that people can do something about.
const (
	errDiskFull    = windows.ERROR_DISK_FULL
	errNameInvalid = windows.ERROR_INVALID_NAME
	errInUse       = windows.ERROR_SHARING_VIOLATION
)

// syncFolder does nothing: Windows has no such call.
func syncFolder(string) {}
