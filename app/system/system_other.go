//go:build !windows && !darwin

package system

func open(path string) error      { return start("xdg-open", path) }
func printFile(path string) error { return start("lp", path) }
