//go:build !windows

package mail

// MarkForeign tells Windows that a file came from outside; other systems have no such
// mark.
func MarkForeign(string) {}
