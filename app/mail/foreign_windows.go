package mail

import "os"

// MarkForeign tells Windows that a file came from outside (Mark of the Web), so that
// Office opens it protected and programs in it are asked about first. A disk that
// keeps no such marks is no error.
func MarkForeign(path string) {
	_ = os.WriteFile(path+":Zone.Identifier", []byte("[ZoneTransfer]\r\nZoneId=3\r\n"), 0o600)
}
