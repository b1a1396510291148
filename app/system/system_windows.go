package system

import (
	"fmt"

	"golang.org/x/sys/windows"
)

func open(path string) error      { return shell("open", path) }
func printFile(path string) error { return shell("print", path) }

// shell does what the file's context menu does.
func shell(verb, path string) error {
	v, err := windows.UTF16PtrFromString(verb)
	if err != nil {
		return fmt.Errorf("%s %s: %w", verb, path, err)
	}
	p, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return fmt.Errorf("%s %s: %w", verb, path, err)
	}
	if err := windows.ShellExecute(0, v, p, nil, nil, windows.SW_SHOWNORMAL); err != nil {
		return fmt.Errorf("%s %s: %w", verb, path, err)
	}
	return nil
}
